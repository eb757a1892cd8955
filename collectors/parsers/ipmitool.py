"""`ipmitool sdr`, `sdr elist`, `-c sdr` and `sensor`: what a management controller measures, as sensors of our classes."""

import re
from collections.abc import Sequence
from math import isnan, nan

from collectors.parsers.cells import number
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import MOST_BYTES, Parsed
from noc_console.text import clean

MOST_LINES = 4096
CFM = 0.3048**3 / 60.0
"""Cubic metres per second."""

# Unit as ipmitool writes it (in lower case) → (metric, factor).
_UNITS = {
    "degrees c": ("temperature_celsius", 1.0),
    "degrees k": ("temperature_celsius", 1.0),
    "volts": ("voltage_volts", 1.0),
    "amps": ("current_amperes", 1.0),
    "watts": ("power_watts", 1.0),
    "rpm": ("fan_speed_rpm", 1.0),
    "hz": ("frequency_hertz", 1.0),
    "cfm": ("flow_cubic_metres_per_second", CFM),
}
_FAHRENHEIT, _PERCENT = "degrees f", ("percent", "%")
# Status of an SDR, ipmitool(1): not specified, ok, (upper or lower) non-critical, critical, non-recoverable.
_STATES = {"ok": 0.0, "nc": 1.0, "unc": 1.0, "lnc": 1.0, "cr": 2.0, "ucr": 2.0, "lcr": 2.0, "nr": 2.0, "unr": 2.0, "lnr": 2.0}
_STATE_WORDS = ("ok", "warning", "critical")
_VALUE = re.compile(r"([+-]?[0-9]{1,12}(?:\.[0-9]{1,6})?) {0,2}([A-Za-z% ]{0,16})")
_ENTITY = re.compile(r"\d{1,3}\.\d{1,3}")
_SENSOR_NUMBER = re.compile(r"[0-9A-Fa-f]{2}h")
_SICK = (
    ("predictive failure", 1.0),
    ("redundancy lost", 1.0),
    ("redundancy degraded", 1.0),
    ("non-critical", 1.0),
    ("failure", 2.0),
    ("fault", 2.0),
    ("power supply ac lost", 2.0),
    ("critical", 2.0),
    ("non-recoverable", 2.0),
)


def parse(text: str) -> Parsed:
    """Each sensor by its own name; a state beside every value that has one. What is not readable is left out. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    if not text.strip():
        return Parsed(problem="empty")
    found = Collected()
    for line in text[: MOST_LINES * 160].splitlines()[:MOST_LINES]:
        cells = [cell.strip() for cell in line[:512].split("|" if "|" in line else ",", 16)]
        if len(cells) >= 3:
            _record(found, cells, is_plain="|" not in line)
    return found.parsed(detail=text[:400] if not found.components else "")


def _record(found: Collected, cells: Sequence[str], *, is_plain: bool) -> None:
    """One line, in the form that it has; one that fits none is no record."""
    if is_plain and len(cells) >= 4:
        _sensor(found, cells[0], f"{cells[1]} {cells[2]}", cells[3])
    elif not is_plain and len(cells) == 5 and _SENSOR_NUMBER.fullmatch(cells[1]) and _ENTITY.fullmatch(cells[3]):
        _sensor(found, cells[0], cells[4], cells[2])
    elif not is_plain and len(cells) >= 10:
        # sensor: name | reading | unit | status | lower nr, cr, nc | upper nc, cr, nr
        name = _sensor(found, cells[0], f"{cells[1]} {cells[2]}", cells[3])
        _thresholds(found, name, cells[2].lower(), cells[4:10])
    elif not is_plain and len(cells) == 3:
        _sensor(found, cells[0], cells[1], cells[2])


def _sensor(found: Collected, name: str, reading: str, status: str) -> str:
    state = _STATES.get(status.lower(), nan)
    metric, value = _measured(name, reading)
    hexadecimal = reading.startswith("0x")
    if not metric:
        words = "" if hexadecimal else reading
        state = max(state, _sickness(words)) if not isnan(state) else nan
        if status.lower().startswith("0x"):  # sensor(1) shows the bits of a discrete one, which mean another thing in each
            state = nan
    if isnan(state) and isnan(value):
        return ""
    component = found.component(name)
    if not component:
        return ""
    if metric and not isnan(value):
        found.put(component, metric, value)
    if not isnan(state):
        found.put(component, "state", state)
        said = "" if metric or hexadecimal else clean(reading, 80)
        found.texts[component, "state"] = said or _STATE_WORDS[int(state)]
    return component


def _measured(name: str, reading: str) -> tuple[str, float]:
    """(metric, value); an empty metric where it measures nothing that has one."""
    match = _VALUE.fullmatch(reading.strip())
    unit = match[2].strip().lower() if match else ""
    if match is None or not unit:
        return "", nan
    value = number(match[1])
    if unit == _FAHRENHEIT:
        return "temperature_celsius", (value - 32.0) / 1.8
    if unit in _PERCENT:
        low = name.lower()
        return ("fan_speed_percent" if "fan" in low else "humidity_percent" if "humid" in low else "load_percent"), value
    metric, factor = _UNITS.get(unit, ("", nan))
    return metric, value * factor - (273.15 if unit == "degrees k" else 0.0)


def _sickness(words: str) -> float:
    low = words.lower()
    return next((state for part, state in _SICK if part in low and "deassert" not in low), 0.0)


def _thresholds(found: Collected, component: str, unit: str, cells: Sequence[str]) -> None:
    """Upper ones of temperatures, lower ones of fans and voltages: the sides that an operator is called for."""
    metric, factor = _UNITS.get(unit, ("", nan))
    if not component or unit == "degrees k":
        return
    major, critical = (cells[3], cells[4]) if metric == "temperature_celsius" else (cells[2], cells[1])
    if metric in ("temperature_celsius", "fan_speed_rpm", "voltage_volts"):
        found.limit(component, metric, "major", number(major) * factor)
        found.limit(component, metric, "critical", number(critical) * factor)
