"""`ethtool -m IFACE`: an optical module (SFP, QSFP, CMIS): light, temperature, voltage, and the limits that it holds itself."""

import re
from math import isnan, nan

from collectors.parsers.cells import number, text_cell
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import MOST_BYTES, Parsed
from noc_console.text import clean

MODULE = "module"
"""Its component: the output does not name the interface, who asked for it does."""
DARK = -40.0
"""dBm, shown for `-inf`: the least that the registers can hold (0.1 µW, SFF-8472); no light is a value, not an unknown."""

_LINE = re.compile(r"\s{0,16}([A-Za-z][A-Za-z0-9 ,/()._-]{0,63}?)\s{0,48}:\s{0,4}(.{0,128})")
_DBM = re.compile(r"[0-9.]{1,12} mW / (-inf|[+-]?[0-9]{1,4}(?:\.[0-9]{1,4})?) dBm")
_CHANNEL = re.compile(r"\(channel (\d{1,2})\)|, lane (\d{1,2})")
_FACTS = (("vendor name", "vendor"), ("vendor pn", "part"), ("vendor sn", "serial"), ("identifier", "form"))
_RX = ("receiver signal average optical power", "receiver signal oma", "rcvr signal avg optical power", "rx power")
_TX = ("laser output power", "transmit avg optical power", "tx power")
_LIMITS = (
    # in the words of the output: beginning, metric, which side an operator is called for
    ("laser rx power", "rx_power_dbm", "low"),
    ("laser output power", "tx_power_dbm", "low"),
    ("module temperature", "temperature_celsius", "high"),
)
_LEVELS = (("warning", "major"), ("alarm", "critical"))


def parse(text: str) -> Parsed:
    """The module, and each channel where it has several: then its light is that of the darkest. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    if not text.strip():
        return Parsed(problem="empty")
    cells: dict[str, str] = {}
    for line in text[:262_144].splitlines()[:2048]:
        match = _LINE.fullmatch(line[:256])
        if match:
            cells.setdefault(match[1].lower(), match[2].strip())
    if "identifier" not in cells:
        refused = "not supported" in text[:4096].lower() or "cannot get module" in text[:4096].lower()
        return Parsed(problem="not-supported" if refused else "not-this-tool", detail=clean(text, 200))
    found = Collected()
    found.known(MODULE)
    for name, fact in _FACTS:
        found.fact(MODULE, fact, text_cell(cells.get(name, "")))
    _light(found, cells)
    found.put(MODULE, "temperature_celsius", number(cells.get("module temperature", "").partition(" degrees C")[0]))
    found.put(MODULE, "voltage_volts", number(cells.get("module voltage", "").removesuffix(" V")))
    found.put(MODULE, "bias_current_amperes", number(cells.get("laser bias current", "").removesuffix(" mA")) / 1000.0)
    _limits(found, cells)
    return found.parsed()


def _light(found: Collected, cells: dict[str, str]) -> None:
    for metric, names in (("rx_power_dbm", _RX), ("tx_power_dbm", _TX)):
        channels = [_dbm(cell) for name, cell in cells.items() if name.startswith(names) and _CHANNEL.search(name)]
        for name, cell in cells.items():
            channel = _CHANNEL.search(name) if name.startswith(names) else None
            if channel and found.known(part := f"{MODULE}/{int(channel[1] or channel[2])}"):
                found.put(part, metric, _dbm(cell))
        single = next((_dbm(cell) for name, cell in cells.items() if name in names), nan)
        found.put(MODULE, metric, min((value for value in channels if not isnan(value)), default=single))


def _dbm(cell: str) -> float:
    match = _DBM.fullmatch(cell)
    return nan if match is None else DARK if match[1] == "-inf" else number(match[1])


def _limits(found: Collected, cells: dict[str, str]) -> None:
    for name, metric, side in _LIMITS:
        for word, level in _LEVELS:
            cell = cells.get(f"{name} {side} {word} threshold", "")
            value = _dbm(cell) if metric.endswith("dbm") else number(cell.partition(" degrees C")[0])
            found.limit(MODULE, metric, level, value)
