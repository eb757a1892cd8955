"""NVMe health: `nvme smart-log` (text and JSON of every version), `smartctl -j` (NVM Express Base, log page 02h)."""

import re
from collections.abc import Mapping
from math import isnan, nan

from collectors.parsers import json_text
from collectors.parsers.cells import given, number, text_cell
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import MOST_BYTES, Parsed
from noc_console.text import clean

KELVIN = 273.0
"""The log holds whole kelvin; nvme-cli turns them with this."""
UNIT_BYTES = 512_000.0
"""Of a data unit: a thousand blocks of 512 bytes."""

# Metric, factor, the keys that it has had.
_VALUES: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("spare_percent", 1.0, ("avail_spare", "available_spare")),
    ("spare_limit_percent", 1.0, ("spare_thresh", "available_spare_threshold")),
    ("wear_percent", 1.0, ("percent_used", "percentage_used")),
    ("media_errors_total", 1.0, ("media_errors", "media_and_data_integrity_errors")),
    ("error_log_entries_total", 1.0, ("num_err_log_entries", "error_information_log_entries")),
    ("unsafe_shutdowns_total", 1.0, ("unsafe_shutdowns",)),
    ("power_on_seconds", 3600.0, ("power_on_hours",)),
    ("read_octets_total", UNIT_BYTES, ("data_units_read",)),
    ("written_octets_total", UNIT_BYTES, ("data_units_written",)),
)
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_ ]{0,47}?)\s{0,32}:\s{0,8}(.{0,96})")
_HEAD = re.compile(r"Smart Log for NVME device:([A-Za-z0-9]{1,16})")
_CELSIUS = re.compile(r"(-?[0-9]{1,3}) ?(?:°|º|\ufffd){0,2} ?C")
_DEVICE = re.compile(r"(?:/dev/)?([A-Za-z0-9]{1,16})\Z")


def parse(text: str) -> Parsed:
    """One disk: `nvme0` where the output names it, else `nvme`. Its `state` tells of its critical warning. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    if not text.strip():
        return Parsed(problem="empty")
    is_json = text.lstrip()[:1] in ("{", "[")
    return _from_json(text) if is_json else _from_text(text)


def _from_json(text: str) -> Parsed:
    document, problem = json_text.read(text)
    if problem:
        return Parsed(problem=problem)
    found = Collected()
    health = json_text.at(document, "nvme_smart_health_information_log")
    if isinstance(health, dict):  # smartctl: Celsius
        device = _DEVICE.match(json_text.word(json_text.at(document, "device/name")))
        name = _disk(found, device)
        _fill(found, name, health, json_text.figure(health.get("temperature")))
        for fact, key in (("product", "model_name"), ("serial", "serial_number"), ("firmware", "firmware_version")):
            found.fact(name, fact, text_cell(json_text.word(json_text.table(document).get(key))))
        if json_text.at(document, "smart_status/passed") is False:
            found.values[name, "state"] = 2.0
            found.texts[name, "state"] = "SMART status: failed"
    elif "critical_warning" in json_text.table(document):  # nvme-cli: kelvin
        _fill(found, _disk(found, None), json_text.table(document), _temperature(json_text.at(document, "temperature")))
    return found.parsed()


def _from_text(text: str) -> Parsed:
    cells: dict[str, object] = {}
    for line in text[:65_536].splitlines()[:512]:
        match = _LINE.fullmatch(line[:160].strip())
        if match:
            cells.setdefault(match[1].lower().replace(" ", "_"), match[2].replace(",", "").replace("%", "").strip())
    if "critical_warning" not in cells:
        return Parsed(problem="not-this-tool", detail=clean(text, 200))
    found = Collected()
    celsius = _CELSIUS.match(str(cells.get("temperature", "")))
    _fill(found, _disk(found, _HEAD.search(text[:4096])), _numbers(cells), number(celsius[1]) if celsius else nan)
    return found.parsed()


def _numbers(cells: Mapping[str, object]) -> Mapping[str, object]:
    """The first word of each cell: newer versions write `33 (16.90 MB)` behind a count."""
    return {name: str(cell).partition(" ")[0] for name, cell in cells.items()}


def _disk(found: Collected, named: re.Match[str] | None) -> str:
    name = named[1] if named else "nvme"
    found.known(name)
    return name


def _temperature(cell: object) -> float:
    """nvme-cli's JSON has always been kelvin; a few wrappers give Celsius, which no disk's kelvin can be."""
    value = json_text.figure(cell)
    return value - KELVIN if value > 200.0 else value


def _fill(found: Collected, name: str, cells: Mapping[str, object], temperature: float) -> None:
    found.put(name, "temperature_celsius", round(temperature, 2))
    for metric, factor, keys in _VALUES:
        values = (json_text.figure(cells.get(key)) * factor for key in keys)
        found.put(name, metric, next((value for value in values if not isnan(value)), nan))
    warning = cells.get("critical_warning")
    bits = _bits(warning.get("value") if isinstance(warning, dict) else warning)
    found.put(name, "state", nan if isnan(bits) else 2.0 if bits else 0.0)
    if not isnan(bits):
        found.texts[name, "state"] = f"critical warning {int(bits):#04x}" if bits else "ok"


def _bits(cell: object) -> float:
    word = given(str(cell)[:16]) if isinstance(cell, str) else ""
    if word[:2].lower() == "0x" and len(word) <= 10:
        try:
            return float(int(word, 16))
        except ValueError:
            return nan
    value = json_text.figure(cell)
    return value if 0.0 <= value < 2.0**32 else nan
