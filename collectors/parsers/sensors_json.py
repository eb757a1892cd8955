"""`sensors -j` (lm-sensors): temperatures, fans, voltages, power of a host's chips."""

import re
from collections.abc import Mapping
from math import isnan, nan

from collectors.parsers import json_text
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import Parsed

MOST_CHIPS = 256

_INPUT = re.compile(r"(temp|fan|in|power|curr|humidity|energy|pwm)(\d{0,3})_(input|average)\Z")
_METRICS = {
    "temp": "temperature_celsius",
    "fan": "fan_speed_rpm",
    "in": "voltage_volts",
    "power": "power_watts",
    "curr": "current_amperes",
    "humidity": "humidity_percent",
    "energy": "energy_joules_total",
}
COLDEST, HOTTEST = -100.0, 200.0
"""°C; outside, a sensor that is not connected (-128, 255, 65261.85)."""


def parse(text: str) -> Parsed:
    """Each feature as `chip feature` (`coretemp-isa-0000 Core 0`), with the limits of its chip. Any thread."""
    document, problem = json_text.read(text)
    if problem:
        return Parsed(problem=problem)
    found = Collected()
    for chip, features in list(json_text.table(document).items())[:MOST_CHIPS]:
        for name, feature in json_text.table(features).items():
            if isinstance(feature, dict):
                _feature(found, f"{chip[:64]} {name[:64]}", feature)
    return found.parsed()


def _feature(found: Collected, name: str, feature: Mapping[str, object]) -> None:
    for key, cell in list(feature.items())[:64]:
        match = _INPUT.match(key)
        metric = _METRICS.get(match[1], "") if match else ""
        value = json_text.figure(cell)
        if match is None or not metric or isnan(value) or (match[1] == "temp" and not COLDEST < value < HOTTEST):
            continue
        component = found.component(name)
        if not component:
            return
        found.put(component, metric, value)
        _limits(found, component, metric, feature, f"{match[1]}{match[2]}")
        return


def _limits(found: Collected, component: str, metric: str, feature: Mapping[str, object], prefix: str) -> None:
    """High ones of a temperature, low ones of a fan; 0 of a fan's is "not set"."""
    if metric == "temperature_celsius":
        critical = json_text.figure(feature.get(f"{prefix}_crit"))
        major = json_text.figure(feature.get(f"{prefix}_max"))
        major, critical = (value if 0.0 < value < HOTTEST else nan for value in (major, critical))
        if not major >= critical:
            found.limit(component, metric, "major", major)
        found.limit(component, metric, "critical", critical)
    elif metric == "fan_speed_rpm":
        least = json_text.figure(feature.get(f"{prefix}_min"))
        if least > 0.0:
            found.limit(component, metric, "major", least)
