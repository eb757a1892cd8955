"""Cells of a TOML table of conditions: each read with what would be right where it is wrong."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from math import isfinite

from noc_console.alarms.conditions import LEVELS, Hold, Levels
from noc_console.alarms.types import AlarmType
from noc_console.model.severity import Severity

__all__ = [
    "Levels", "Wrong", "alarm_type", "between", "hold", "levels", "number", "one_of", "only", "severity_word", "table_of",
    "truth", "whole", "word", "words",
]  # fmt: skip

MOST_WORD = 1000


class Wrong(ValueError):
    """One mistake in one table; `at` are the keys that lead to it."""

    def __init__(self, says: str, *at: str) -> None:
        self.at = at
        super().__init__(says)


def levels(table: object, *, rising: bool, least: float | None = None) -> Levels:
    """Limits by severity, stricter from warning to critical."""
    if not isinstance(table, dict):
        raise Wrong("levels must be a table: levels = { major = 85, critical = 90 }", "levels")
    only_levels(table)
    found: dict[Severity, float] = {}
    for severity in LEVELS:
        if severity.word in table:
            found[severity] = _level(table, severity.word, least)
    order = list(found.values())
    if order != sorted(order, reverse=not rising):
        raise Wrong("the levels must become stricter from warning to critical", "levels")
    return found


def _level(table: Mapping[str, object], name: str, least: float | None) -> float:
    try:
        found = number(table, name, 0.0)
    except Wrong as wrong:
        raise Wrong(str(wrong), "levels", name) from None
    if least is not None and found < least:
        raise Wrong(f"levels.{name} must be {least:g} or more, not {found:g}", "levels", name)
    return found


def only_levels(table: Mapping[str, object]) -> None:
    """No other keys than severities."""
    unknown = table.keys() - {severity.word for severity in LEVELS}
    if unknown:
        raise Wrong(f"unknown level {min(unknown)!r}; known: {', '.join(s.word for s in LEVELS)}", "levels", min(unknown))


def hold(table: object, name: str, readings: int = 2) -> Hold:
    """For how long: readings and seconds."""
    if not isinstance(table, dict):
        raise Wrong(f"{name} must be a table: {name} = {{ readings = 2 }}", name)
    try:
        only(table, "readings seconds")
        needed = number(table, "readings", readings)
        seconds = number(table, "seconds", 0.0)
    except Wrong as wrong:
        raise Wrong(f"{name}: {wrong}", name, *wrong.at) from None
    if needed < 1 or needed != int(needed) or needed > 1e6:
        raise Wrong(f"{name}.readings must be a whole number of at least 1", name, "readings")
    if seconds < 0:
        raise Wrong(f"{name}.seconds must be 0 or more", name, "seconds")
    return Hold(readings=int(needed), seconds=seconds)


def only(table: Mapping[str, object], known: str) -> None:
    """No other keys than these."""
    unknown = table.keys() - set(known.split())
    if unknown:
        first = min(unknown)
        near = get_close_matches(first, known.split(), 1)
        meant = f" (is {near[0]!r} meant?)" if near else ""
        raise Wrong(f"unknown key {first!r}{meant}; known: {', '.join(sorted(known.split()))}", first)


def word(table: Mapping[str, object], key: str, default: str | None = None) -> str:
    """A text; without a default it must be given."""
    value = table.get(key, default)
    if not isinstance(value, str) or (not value and default is None):
        raise Wrong(f"{key} must be a word", key)
    if len(value) > MOST_WORD:
        raise Wrong(f"{key} must be shorter than {MOST_WORD} characters", key)
    return value


def words(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of texts."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise Wrong(f'{key} must be a list of words: {key} = ["gpu*"]', key)
    return tuple(value)


def table_of(table: Mapping[str, object], key: str) -> Mapping[str, str]:
    """A table of words by words."""
    value = table.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        raise Wrong(f'{key} must be a table of words: {key} = {{ team = "network" }}', key)
    return dict(value)


def number(table: Mapping[str, object], key: str, default: float) -> float:
    """A finite number."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300 or not isfinite(value):
        raise Wrong(f"{key} must be a number", key)
    return float(value)


def between(table: Mapping[str, object], key: str, default: float, least: float, most: float) -> float:
    """A number within bounds."""
    found = number(table, key, default)
    if not least <= found <= most:
        raise Wrong(f"{key} must be from {least:g} to {most:g}, not {found:g}", key)
    return found


def whole(table: Mapping[str, object], key: str, default: int, least: int, most: int) -> int:
    """A whole number within bounds."""
    found = between(table, key, default, least, most)
    if found != int(found):
        raise Wrong(f"{key} must be a whole number, not {found:g}", key)
    return int(found)


def truth(table: Mapping[str, object], key: str, *, default: bool = False) -> bool:
    """True or false."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise Wrong(f"{key} must be true or false", key)
    return value


def one_of(table: Mapping[str, object], key: str, known: Iterable[str], default: str) -> str:
    """One of some words."""
    found, among = table.get(key, default), tuple(known)
    if found not in among:
        raise Wrong(f"{key} must be one of {', '.join(among)}, not {found!r}", key)
    return str(found)


def severity_word(table: Mapping[str, object], key: str) -> Severity:
    """A severity by its word."""
    known = {severity.word: severity for severity in LEVELS}
    given = word(table, key)
    if given not in known:
        raise Wrong(f"{key} must be one of {', '.join(known)}, not {given!r}", key)
    return known[given]


def alarm_type(table: Mapping[str, object], default: str | None = None) -> str:
    """The code of the alarm that is raised."""
    code = word(table, "type", default)
    if code not in set(AlarmType):
        near = get_close_matches(code, list(AlarmType), 1)
        meant = f" (is {near[0]!r} meant?)" if near else ""
        raise Wrong(f"unknown type {code!r}{meant}; known: {', '.join(sorted(AlarmType))}", "type")
    return code
