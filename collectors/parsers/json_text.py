"""JSON of tools: bounded, found behind the lines that some print before it, its cells read like any other."""

import json
import re
from collections.abc import Mapping
from math import isfinite, nan

from collectors.parsers.cells import given, number

MOST_JSON = 4 * 1024 * 1024
"""Characters. `smartctl -jx` of a large disk is 60 kB, `amd-smi metric` of eight GPUs about 100 kB."""
MOST_ONE = 16_384
_TRIES = 4
_OPENING = re.compile(r"^[ \t]{0,64}[\[{]", re.MULTILINE)
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)  # NaN and Infinity are no JSON: absent


def read(text: str) -> tuple[object, str]:
    """(document, problem). A warning before the document and what follows it are left out; None with a problem."""
    if len(text) > MOST_JSON:
        return None, "too-long"
    if not text.strip():
        return None, "empty"
    for tried, match in enumerate(_OPENING.finditer(text)):
        if tried >= _TRIES:
            break
        try:
            return _DECODER.raw_decode(text, match.end() - 1)[0], ""
        except (ValueError, RecursionError):  # an integer of over 4,300 digits is a ValueError too
            continue
    return None, "not-json" if _OPENING.search(text) else "not-this-tool"


def one(text: str) -> object:
    """The document that a short text begins with, whatever follows; None if it begins with none."""
    try:
        return _DECODER.raw_decode(text[:MOST_ONE])[0]
    except (ValueError, RecursionError):
        return None


def table(value: object) -> Mapping[str, object]:
    """The object, or an empty one where it is something else."""
    return value if isinstance(value, dict) else {}


def at(value: object, path: str) -> object:
    """What stands at `power/socket_power`; None if nothing does."""
    for name in path.split("/"):
        value = table(value).get(name)
    return value


def word(value: object) -> str:
    """A cell as text, empty where the device gives nothing."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return given(str(value)[:512])
    except ValueError:  # an integer too long to be written
        return ""


def figure(value: object, unit: str = "") -> float:
    """A cell as a number in base units: bare, as text with a unit, or `{"value": 158, "unit": "W"}`; NaN if it is none."""
    if isinstance(value, dict):
        own = value.get("unit")
        return figure(value.get("value"), own if isinstance(own, str) and len(own) < 8 else unit)
    if isinstance(value, bool):
        return nan
    if isinstance(value, str):
        return number(given(value[:64]), unit)
    if not isinstance(value, int | float):
        return nan
    try:
        found = float(value) * number("1", unit)
    except OverflowError:
        return nan
    return found if isfinite(found) else nan
