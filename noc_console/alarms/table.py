"""Cells of a TOML table of conditions: each read with what would be right where it is wrong."""

from collections.abc import Mapping
from math import isfinite

from noc_console.alarms.conditions import LEVELS, Hold, Levels
from noc_console.alarms.types import AlarmType
from noc_console.model.severity import Severity

__all__ = ["Levels", "Wrong", "alarm_type", "hold", "levels", "number", "only", "severity_word", "word", "words"]


class Wrong(ValueError):
    """One mistake in one table."""


def levels(table: object, *, rising: bool) -> Levels:
    """Limits by severity, stricter from warning to critical."""
    if not isinstance(table, dict):
        raise Wrong("levels must be a table: levels = { major = 85, critical = 90 }")
    found: dict[Severity, float] = {}
    for severity in LEVELS:
        if severity.word in table:
            found[severity] = number(table, severity.word, 0.0)
    unknown = table.keys() - {severity.word for severity in LEVELS}
    if unknown:
        raise Wrong(f"unknown level {min(unknown)!r}; known: {', '.join(s.word for s in LEVELS)}")
    order = list(found.values())
    if order != sorted(order, reverse=not rising):
        raise Wrong("the levels must become stricter from warning to critical")
    return found


def hold(table: object, name: str) -> Hold:
    """For how long: readings and seconds."""
    if not isinstance(table, dict):
        raise Wrong(f"{name} must be a table: {name} = {{ readings = 2 }}")
    only(table, "readings seconds")
    readings = number(table, "readings", 2)
    if readings < 1 or readings != int(readings):
        raise Wrong(f"{name}.readings must be a whole number of at least 1")
    return Hold(readings=int(readings), seconds=number(table, "seconds", 0.0))


def only(table: Mapping[str, object], known: str) -> None:
    """No other keys than these."""
    unknown = table.keys() - set(known.split())
    if unknown:
        raise Wrong(f"unknown key {min(unknown)!r}; known: {', '.join(sorted(known.split()))}")


def word(table: Mapping[str, object], key: str, default: str | None = None) -> str:
    """A text; without a default it must be given."""
    value = table.get(key, default)
    if not isinstance(value, str) or (not value and default is None):
        raise Wrong(f"{key} must be a word")
    return value


def words(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of texts."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise Wrong(f'{key} must be a list of words: {key} = ["gpu*"]')
    return tuple(value)


def number(table: Mapping[str, object], key: str, default: float) -> float:
    """A finite number."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise Wrong(f"{key} must be a number")
    return float(value)


def severity_word(table: Mapping[str, object], key: str) -> Severity:
    """A severity by its word."""
    known = {severity.word: severity for severity in LEVELS}
    given = word(table, key)
    if given not in known:
        raise Wrong(f"{key} must be one of {', '.join(known)}, not {given!r}")
    return known[given]


def alarm_type(table: Mapping[str, object]) -> str:
    """The code of the alarm that is raised."""
    code = word(table, "type")
    if code not in set(AlarmType):
        raise Wrong(f"unknown type {code!r}; known: {', '.join(sorted(AlarmType))}")
    return code
