"""One device, looked at once over SNMP: an inventory and a regular poll, told as the object that `probe` prints."""

import math
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from collectors.snmp.ber import index_numbers
from collectors.snmp.exchange import Conversation, Exchange, Line
from collectors.snmp.failure import PollFailed, timed_out
from collectors.snmp.found import Found, FoundPort
from collectors.snmp.inventory import take_inventory
from collectors.snmp.plan import Plan
from collectors.snmp.planning import plan_of
from collectors.snmp.record import Recorded, record_all, write_recording
from collectors.snmp.regular import Reading, poll_regularly
from collectors.snmp.words import state_of
from noc_console.model.poll import Key, Neighbour
from noc_console.profiles.catalogue import Catalogue
from noc_console.profiles.classes import SENSOR_CLASSES

LATEST_STEP_S = 0.5
STATIONS, PEERS = "bridge", "bgp"
"""Protocols whose neighbours are no links: stations in a forwarding table, peers of layer 3."""


INVENTORY_SHARE = 0.7
"""Of the time, at most: a table that is not answered leaves time for the values of what was found."""


@dataclass(slots=True)
class _Look:
    found: Found = field(default_factory=Found)
    plan: Plan | None = None
    reading: Reading | None = None


def look_at(line: Line, catalogue: Catalogue, *, timeout: float, rng: random.Random) -> dict[str, object]:
    """What a device has and says now. PollFailed if it does not answer at all; what could not be read is in `incomplete`."""
    look = _Look()
    began = time.monotonic()
    exchange = Exchange(rng)
    try:
        inventory = take_inventory(catalogue, look.found, has_bulk=line.session.has_bulk)
        failure = _run(exchange, inventory, line, began + INVENTORY_SHARE * timeout)
        if failure is not None and not look.found.profiles:
            raise failure
        failure = _run(exchange, _values(look, line), line, began + timeout) or failure
    finally:
        exchange.close()
    if failure is not None:
        look.found.incomplete.append(f"values: {failure.error.reason}")
    return _told(look)


def record(line: Line, file: Path, *, timeout: float, rng: random.Random) -> dict[str, object]:
    """Write all that a device tells into a recording. PollFailed if it does not answer at all, OSError."""
    recorded: Recorded = {}
    troubles: list[str] = []
    exchange = Exchange(rng)
    try:
        talk = record_all(recorded, troubles, has_bulk=line.session.has_bulk)
        failure = _run(exchange, talk, line, time.monotonic() + timeout)
    finally:
        exchange.close()
    if failure is not None and not recorded:
        raise failure
    if not recorded:
        raise timed_out()
    return {"recorded": write_recording(recorded, file), "file": str(file), "incomplete": troubles}


def _run(exchange: Exchange, talk: Conversation, line: Line, deadline: float) -> PollFailed | None:
    """Have a conversation to its end; what it failed with."""
    ended: list[PollFailed | None] = []
    exchange.begin(talk, line, deadline=deadline, ended=ended.append)
    while not ended:
        exchange.step(time.monotonic() + LATEST_STEP_S)
    return ended[0]


def _values(look: _Look, line: Line) -> Conversation:
    look.plan = plan_of(look.found, has_bulk=line.session.has_bulk)
    look.reading = Reading(np.full(look.plan.size, np.nan))
    yield from poll_regularly(look.plan, look.reading)


def _told(look: _Look) -> dict[str, object]:
    found = look.found
    values: dict[Key, float] = {}
    words: dict[Key, str] = {}
    raw: dict[Key, float] = {}
    if look.plan is not None and look.reading is not None:
        keys = look.plan.layout.keys
        values = dict(zip(keys, look.plan.values(look.reading.raw).tolist(), strict=True))
        raw = dict(zip(keys, look.reading.raw[look.plan.take].tolist(), strict=True))
        words = {(component, metric): text for component, metric, text in look.plan.texts(look.reading.raw)}
    sensors = list(_sensors(found, values, raw))
    system = found.system
    return {
        "system": {
            **{name: system.get(name) for name in ("sysObjectID", "sysDescr", "sysName")},
            "profile": found.profiles[0].name if found.profiles else None,
        },
        "ports": [_port(port, values, words) for port in found.ports],
        "temperatures": [
            {key: sensor[key] for key in ("descr", "value", "oid")} for sensor in sensors if sensor["class"] == "temperature"
        ],
        "sensors": [sensor for sensor in sensors if sensor["class"] != "temperature"],
        "links": [_link(each) for each in found.neighbours or () if each.protocol not in (STATIONS, PEERS)],
        **{
            part: told
            for part, protocol in (("stations", STATIONS), ("peers", PEERS))
            if (told := [_link(each) for each in found.neighbours or () if each.protocol == protocol])
        },
        "incomplete": list(dict.fromkeys(found.incomplete)),
    }


def _link(each: Neighbour) -> dict[str, object]:
    return {
        "protocol": each.protocol,
        "local_ifIndex": each.local_if_index,
        "local_port": each.local_port,
        "remote_host": each.remote_host,
        "remote_port": each.remote_port,
        **{
            name: text
            for name, text in (("remote_address", each.remote_address), ("remote_platform", each.remote_platform))
            if text
        },
    }


def _port(port: FoundPort, values: Mapping[Key, float], words: Mapping[Key, str]) -> dict[str, object]:
    speed = values.get((port.component, "speed_bits_per_second"), math.nan)
    return {
        "ifIndex": port.if_index,
        "name": port.names[0] if port.names else port.component,
        "names": list(port.names),
        "alias": port.facts.get("alias", ""),
        "oper": _status((port.component, "oper_status"), values, words),
        "admin": _status((port.component, "admin_status"), values, words),
        "speed_bps": None if math.isnan(speed) else round(speed),
    }


def _status(key: Key, values: Mapping[Key, float], words: Mapping[Key, str]) -> str | None:
    """The word of IF-MIB; None if it was not given."""
    if key in words:
        return words[key]
    return {1.0: "up", 0.0: "down"}.get(values.get(key, math.nan))


def _sensors(found: Found, values: Mapping[Key, float], raw: Mapping[Key, float]) -> Iterator[dict[str, object]]:
    """Every sensor that gave a value; in the unit of its class. A state is told with the device's own number."""
    for sensor in found.sensors:
        if not sensor.sensor_class:
            continue
        kind = SENSOR_CLASSES[sensor.sensor_class]
        key = (sensor.component, kind.metric)
        told: dict[str, object] = {
            "class": kind.printed,
            "descr": sensor.descr or sensor.component,
            "value": values.get(key, math.nan) / kind.factor,
            "oid": f"{sensor.table.value}.{'.'.join(map(str, index_numbers(sensor.index)))}",
        }
        if kind.name == "state":
            level, word = state_of(sensor.table, raw.get(key, math.nan))
            number = raw.get(key, math.nan)
            if level != "absent":
                yield told | {"value": None if math.isnan(number) else number, "state": level, "word": word or None}
        elif not math.isnan(values.get(key, math.nan)):
            yield told
