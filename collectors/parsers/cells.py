"""Cells of tools: numbers with units, "not available" in every spelling, PCI addresses."""

import re
from functools import lru_cache
from math import isfinite, nan

from noc_console.text import clean

MIB = 1024.0 * 1024.0
_FACTORS = {
    "": 1.0,
    "%": 1.0,
    "C": 1.0,
    "W": 1.0,
    "mW": 1e-3,
    "kW": 1e3,
    "Hz": 1.0,
    "kHz": 1e3,
    "KHz": 1e3,
    "MHz": 1e6,
    "GHz": 1e9,
    "B": 1.0,
    "KiB": 1024.0,
    "kB": 1024.0,
    "MiB": MIB,
    "MB": MIB,  # drivers before 260 wrote MB and meant MiB
    "GiB": 1024.0 * MIB,
    "x": 1.0,
}
_NUMBER = re.compile(r"([+-]?[0-9]{1,20}(?:\.[0-9]{1,12})?)\s{0,3}([A-Za-z%]{0,5})")
_PCI = re.compile(r"(?:([0-9a-fA-F]{1,8}):)?([0-9a-fA-F]{1,2}):([0-9a-fA-F]{1,2})(?:\.[0-9a-fA-F])?")

# What stands where a value should: nvidia-smi 384 to 610, in XML bare, in CSV in brackets.
_NOTHING = frozenset(
    (
        "",
        "n/a",
        "none",
        "unknown",
        "unknown error",
        "not supported",
        "not available",
        "not found",
        "function not found",
        "gpu is lost",
        "insufficient permissions",
        "no permission",
        "gpu requires reset",
        "reset required",
        "requested functionality has been deprecated",
        "error",
        "err!",
        "-",
    )
)


def given(cell: str) -> str:
    """The cell without its brackets and the space around it; empty where the device gives nothing."""
    if cell[:1].isdigit() and cell.isascii():  # a number, mostly; no spelling of "nothing" begins like one
        return cell.strip()
    cell = cell.strip()
    bare = cell[1:-1].strip() if cell[:1] == "[" and cell[-1:] == "]" else cell
    return "" if bare.lower() in _NOTHING or bare.lower().startswith("requested functionality") else bare


def number(cell: str, unit: str = "") -> float:
    """The number of a cell in base units (bytes, hertz, watts); NaN if it has none.

    `unit` is that of the column, for cells that carry none. A unit that is not known gives NaN, not a guess.
    """
    match = _NUMBER.fullmatch(cell.strip())
    if match is None:
        return nan
    factor = _FACTORS.get(match[2] or unit)
    value = nan if factor is None else float(match[1]) * factor
    return value if isfinite(value) else nan


def yes_or_no(cell: str) -> float:
    """1 for Yes, Active, Enabled; 0 for No, Not Active, Disabled; else NaN. A number stays itself."""
    word = cell.strip().lower()
    if word in ("yes", "active", "enabled", "true"):
        return 1.0
    if word in ("no", "not active", "disabled", "false"):
        return 0.0
    return number(word)


@lru_cache(maxsize=1024)
def pci_bus_id(text: str) -> str | None:
    """`dddd:bb:dd` in lower-case hex, whatever the spelling: `00000000:8F:00.0`, `0000:8f:00`, `8f:00.0`; None if it is none."""
    match = _PCI.fullmatch(text.strip().upper().removeprefix("PCI:"))
    if match is None:
        return None
    domain, bus, device = int(match[1] or "0", 16), int(match[2], 16), int(match[3], 16)
    return f"{domain:04x}:{bus:02x}:{device:02x}"


def text_cell(cell: str, most: int = 128) -> str:
    """A fact as words, cleaned; empty where the device gives nothing."""
    return clean(given(cell), most)


_REFUSALS = (
    ("not a valid field to query", "unknown-field"),
    ("couldn't communicate with the nvidia driver", "driver-failed"),
    ("failed to initialize nvml", "driver-failed"),
    ("couldn't find libnvidia-ml.so", "driver-failed"),
    ("driver/library version mismatch", "driver-failed"),
    ("no devices were found", "no-gpu"),
    ("no devices found", "no-gpu"),
    ("unable to determine the device handle", "gpu-lost"),
    ("gpu is lost", "gpu-lost"),
    ("fallen off the bus", "gpu-lost"),
    ("insufficient permissions", "no-permission"),
    ("command not found", "no-tool"),
    ("no such file or directory", "no-tool"),
)


def refusal(text: str) -> tuple[str, str]:
    """(problem, line) where nvidia-smi printed a sentence instead of values; two empty strings if it did not."""
    for line in text[:4096].splitlines():
        low = line.lower()
        for words, problem in _REFUSALS:
            if words in low:
                return problem, clean(line, 200)
    return "", ""
