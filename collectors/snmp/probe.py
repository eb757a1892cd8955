"""One device, looked at once over SNMP: an inventory and a regular poll, told as the object that `probe` prints."""

import math
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from collectors.snmp.ber import index_numbers
from collectors.snmp.exchange import Conversation, Exchange, Line
from collectors.snmp.failure import PollFailed
from collectors.snmp.inventory import Found, FoundPort, take_inventory
from collectors.snmp.plan import Plan
from collectors.snmp.planning import plan_of
from collectors.snmp.regular import Reading, poll_regularly
from noc_console.model.poll import Key
from noc_console.profiles.catalogue import Catalogue
from noc_console.profiles.classes import SENSOR_CLASSES

LATEST_STEP_S = 0.5


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
    if look.plan is not None and look.reading is not None:
        values = dict(zip(look.plan.layout.keys, look.plan.values(look.reading.raw).tolist(), strict=True))
        words = {(component, metric): text for component, metric, text in look.plan.texts(look.reading.raw)}
    sensors = list(_sensors(found, values, words))
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
        "links": [
            {
                "protocol": each.protocol,
                "local_ifIndex": each.local_if_index,
                "local_port": each.local_port,
                "remote_host": each.remote_host,
                "remote_port": each.remote_port,
            }
            for each in found.neighbours or ()
        ],
        "incomplete": list(dict.fromkeys(found.incomplete)),
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


_LEVELS = {0.0: "ok", 1.0: "warning", 2.0: "critical"}


def _sensors(found: Found, values: Mapping[Key, float], words: Mapping[Key, str]) -> Iterator[dict[str, object]]:
    """Every sensor that gave a value; in the unit of its class."""
    for sensor in found.sensors:
        kind = SENSOR_CLASSES[sensor.sensor_class]
        key = (sensor.component, kind.metric)
        value = values.get(key, math.nan)
        told: dict[str, object] = {
            "class": kind.printed,
            "descr": sensor.descr or sensor.component,
            "value": value / kind.factor,
            "oid": f"{sensor.table.value}.{'.'.join(map(str, index_numbers(sensor.index)))}",
        }
        if kind.name == "state":
            told |= {"state": _LEVELS.get(value, "unknown"), "word": words.get(key)}
        if not math.isnan(value):
            yield told
