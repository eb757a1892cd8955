"""What a device has: its facts, ports, sensors and neighbours, found by walking the tables that its profiles name.

Done at first contact and then about once an hour; what is found here decides what a regular poll asks.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from collectors.snmp import ber
from collectors.snmp.ber import Value
from collectors.snmp.failure import PollFailed
from collectors.snmp.found import Found, FoundPort, FoundSensor
from collectors.snmp.neighbours import columns_of_neighbours, find_neighbours
from collectors.snmp.ports import find_ports
from collectors.snmp.sensors import Conversing, find_sensors
from collectors.snmp.tables import Tables
from collectors.snmp.walk import Asking, first_under, get, words_of
from noc_console.profiles.catalogue import Catalogue
from noc_console.profiles.profile import EntityTable, Profile
from noc_console.text import clean

__all__ = ["SYS_UP_TIME", "Conversing", "Found", "FoundPort", "FoundSensor", "take_inventory"]

SYS_DESCR, SYS_OBJECT_ID, SYS_UP_TIME = (ber.oid(f"1.3.6.1.2.1.1.{n}.0") for n in (1, 2, 3))
MOST_CHASSIS = 4
"""Chassis of a stack that are asked for model and serial."""


def take_inventory(catalogue: Catalogue, found: Found, *, has_bulk: bool, with_sensors: bool = True) -> Conversing:
    """Look at a device and write what is there into `found`. PollFailed if it does not answer; part by part what is readable.

    Without sensors it says what the device is and how it is cabled, in a fraction of the requests.
    """
    yield from _recognise(catalogue, found)
    walked = Tables(has_bulk=has_bulk)
    without = _left_out(found.profiles)
    for profile in found.profiles:
        yield from _scalars(profile, found)
    ports = [each for profile in found.profiles for each in profile.ports if each.name not in without[profile.name]]
    for each in sorted(ports, key=lambda table: table.adds):
        yield from find_ports(each, walked, found)
    if with_sensors:
        yield from _all_sensors(found, walked, without)
    for profile in found.profiles:
        for entities in profile.entities:
            yield from _chassis(entities, found, walked)
    yield from walked.look_ahead(column for each in found.profiles for column in columns_of_neighbours(each, without[each.name]))
    for profile in found.profiles:
        yield from find_neighbours(profile, without[profile.name], walked, found)
    _name_apart(found)


def _all_sensors(found: Found, walked: Tables, without: Mapping[str, frozenset[str]]) -> Conversing:
    tables = {
        each.name: [t for t in (*each.sensors, *each.gauges) if t.name not in without[each.name]] for each in found.profiles
    }
    yield from walked.look_ahead(table.value for each in tables.values() for table in each)
    for profile in found.profiles:
        yield from find_sensors(tables[profile.name], walked, found)


def _recognise(catalogue: Catalogue, found: Found) -> Conversing:
    """Which profiles the device has."""
    # sysUpTime goes along because no agent is without it: an empty answer then means that the view hides everything.
    told = yield from get((SYS_DESCR, SYS_OBJECT_ID, SYS_UP_TIME))
    named = _fact(told.get(SYS_OBJECT_ID), SYS_OBJECT_ID), _fact(told.get(SYS_DESCR), SYS_DESCR)
    questions = catalogue.questions(*named)
    answers = (yield from _asked(first_under([ber.oid(each) for each in questions]), "recognition", found)) if questions else {}
    found.profiles = catalogue.fitting(*named, [each for each in questions if answers.get(ber.oid(each)) is not None])
    for profile in found.profiles:
        for fact, expression in profile.facts_in_sys_descr.items():
            match = re.search(expression, named[1])
            if match and match.groups() and match[1]:
                found.system.setdefault(fact, clean(match[1]))


def _left_out(profiles: Sequence[Profile]) -> dict[str, frozenset[str]]:
    """By profile: tables that another one does not want asked."""
    return {each.name: frozenset(name for other in profiles if other is not each for name in other.without) for each in profiles}


def _asked(asking: Asking, what: str, found: Found) -> Asking:
    """What is asked, but a failure only leaves `what` incomplete."""
    try:
        return (yield from asking)
    except PollFailed as failure:
        found.incomplete.append(f"{what}: {words_of(failure)}")
        return {}


def _scalars(profile: Profile, found: Found) -> Conversing:
    facts = [each for objects in profile.facts.values() for each in objects]
    single = [each for each in facts if each.endswith(".0")]
    wanted = [*single, *profile.watched, *(s.object for s in profile.scalars)]
    what = f"scalars of {profile.name}"
    told = dict((yield from _asked(get(tuple(dict.fromkeys(map(ber.oid, wanted)))), what, found))) if wanted else {}
    columns = [ber.oid(each) for each in facts if not each.endswith(".0")]
    if columns:
        told |= yield from _asked(first_under(columns), what, found)
    for fact, objects in profile.facts.items():
        texts = (_fact(told.get(ber.oid(each)), ber.oid(each)) for each in objects)
        if text := next(filter(None, texts), ""):
            found.system.setdefault(fact, text)
    found.watched |= {ber.oid(each): told[ber.oid(each)] for each in profile.watched if ber.oid(each) in told}
    known = {scalar.metric for scalar in found.scalars}
    found.scalars += [s for s in profile.scalars if ber.oid(s.object) in told and s.metric not in known]


def _fact(value: Value, name: bytes) -> str:
    """A fact as text. An identifier (sysObjectID) is written with dots."""
    if not isinstance(value, bytes):
        return "" if value is None else str(value)
    if name == SYS_OBJECT_ID:
        return ber.oid_text(value) if value else ""
    return clean(value)


def _chassis(table: EntityTable, found: Found, walked: Tables) -> Conversing:
    """Model, serial, firmware of the first chassis that tells them."""
    if trouble := (yield from walked.need((table.class_object,))):
        found.incomplete.append(f"{table.name}: {trouble}")
    rows = walked.rows(table.class_object)
    for kind in table.chassis:
        for index in [row for row, value in rows.items() if value == kind][:MOST_CHASSIS]:
            wanted = [ber.oid(each) + index for objects in table.facts.values() for each in objects]
            told = yield from _asked(get(wanted), table.name, found)
            for fact, objects in table.facts.items():
                text = next(filter(None, (_fact(told.get(ber.oid(each) + index), b"") for each in objects)), "")
                if text:
                    found.system.setdefault(fact, text)


def _name_apart(found: Found) -> None:
    """Give components that are called alike their index, so that each (component, metric) is one.

    The same object under the same name is one sensor, however many profiles tell of it.
    """
    ports = Counter(port.component for port in found.ports)
    found.ports = [
        replace(port, component=f"{port.component} {_index_text(port.index)}") if ports[port.component] > 1 else port
        for port in found.ports
    ]
    found.sensors = list({(s.component, s.metric, s.table.value, s.index): s for s in reversed(found.sensors)}.values())[::-1]
    sensors = Counter((s.component, s.metric) for s in found.sensors)
    found.sensors = [_apart(s) if sensors[s.component, s.metric] > 1 else s for s in found.sensors]


def _apart(sensor: FoundSensor) -> FoundSensor:
    called = f"{sensor.component} {_index_text(sensor.index)}"
    return replace(sensor, component=called, descr=f"{sensor.descr} {_index_text(sensor.index)}" if sensor.descr else "")


def _index_text(index: bytes) -> str:
    return ".".join(map(str, ber.index_numbers(index)))
