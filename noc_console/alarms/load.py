"""Conditions read from TOML: the program's own in `resources/conditions`, the user's in their folder, which come first.

Every mistake is told at once, each with its file and what would be right.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Protocol

from noc_console.alarms.conditions import LEVELS, CollectorRules, Conditions, Hold, Levels, ThresholdCondition
from noc_console.alarms.types import AlarmType
from noc_console.model.severity import Severity

MOST_BYTES = 1_000_000


class Readable(Protocol):
    """A file of conditions, on disk or in the package."""

    @property
    def name(self) -> str:
        """The name without folders."""

    def read_bytes(self) -> bytes:
        """All of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionMistake:
    """One thing wrong in a file of conditions."""

    file: str
    says: str


class ConditionsWrong(Exception):
    """Conditions cannot be used; `mistakes` has all of them."""

    def __init__(self, mistakes: tuple[ConditionMistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(f"{m.file}: {m.says}" for m in mistakes))


class _Wrong(ValueError):
    """One mistake in one table."""


def standard_conditions() -> Conditions:
    """The program's own conditions."""
    return load_conditions(None)


def load_conditions(folder: Path | None) -> Conditions:
    """The user's conditions (`folder/*.toml`, if there are any) before the program's own. ConditionsWrong tells every mistake."""
    own: list[Readable] = [*sorted(folder.glob("*.toml"))] if folder is not None and folder.is_dir() else []
    shipped = files("resources") / "conditions"
    standard = sorted((f for f in shipped.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return read_conditions([*own, *standard])


def read_conditions(sources: Iterable[Readable]) -> Conditions:
    """Conditions of these files, in their order; the first that sets the rules for collectors wins."""
    mistakes: list[ConditionMistake] = []
    thresholds: list[ThresholdCondition] = []
    rules: CollectorRules | None = None
    for source in sources:
        table = _parsed(source, mistakes)
        for number, entry in enumerate(_entries(source, table, mistakes), start=1):
            try:
                thresholds.append(_condition(entry))
            except _Wrong as wrong:
                named = entry.get("name") or f"number {number}"
                mistakes.append(ConditionMistake(file=source.name, says=f"condition {named}: {wrong}"))
        try:
            rules = rules or _collector_rules(table.get("collectors"))
        except _Wrong as wrong:
            mistakes.append(ConditionMistake(file=source.name, says=f"collectors: {wrong}"))
    if mistakes:
        raise ConditionsWrong(tuple(mistakes))
    return Conditions(thresholds=tuple(thresholds), collectors=rules or CollectorRules())


def _parsed(source: Readable, mistakes: list[ConditionMistake]) -> Mapping[str, object]:
    try:
        raw = source.read_bytes()
        if len(raw) > MOST_BYTES:
            raise ValueError(f"is larger than {MOST_BYTES} bytes")
        table = tomllib.loads(raw.decode())
    except (OSError, ValueError) as error:
        mistakes.append(ConditionMistake(file=source.name, says=f"cannot be read: {error}"))
        return {}
    for key in table.keys() - {"conditions", "collectors"}:
        mistakes.append(ConditionMistake(file=source.name, says=f"unknown key {key!r}; conditions stand under [[conditions]]"))
    return table


def _entries(source: Readable, table: Mapping[str, object], mistakes: list[ConditionMistake]) -> list[Mapping[str, object]]:
    found = table.get("conditions", [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        mistakes.append(ConditionMistake(file=source.name, says="conditions must be tables: [[conditions]]"))
        return []
    return found


def _condition(table: Mapping[str, object]) -> ThresholdCondition:
    kind = table.get("kind", "threshold")
    reader = KINDS.get(str(kind))
    if reader is None:
        raise _Wrong(f"unknown kind {kind!r}; known: {', '.join(sorted(KINDS))}")
    return reader(table)


def _threshold(table: Mapping[str, object]) -> ThresholdCondition:
    _only(table, "name kind type metric components roles direction levels hold clear hysteresis unless_metric qualifier")
    direction = table.get("direction", "above")
    if direction not in ("above", "below"):
        raise _Wrong(f"direction must be above or below, not {direction!r}")
    code = _word(table, "type")
    if code not in set(AlarmType):
        raise _Wrong(f"unknown type {code!r}; known: {', '.join(sorted(AlarmType))}")
    levels = _levels(table.get("levels", {}), rising=direction == "above")
    return ThresholdCondition(
        name=_word(table, "name"),
        type=code,
        metric=_word(table, "metric"),
        components=_words(table, "components"),
        roles=_words(table, "roles"),
        above=direction == "above",
        levels=levels,
        hold=_hold(table.get("hold", {}), "hold"),
        clear=_hold(table.get("clear", {}), "clear"),
        hysteresis=_number(table, "hysteresis", 0.0),
        unless_metric=_word(table, "unless_metric", ""),
        qualifier=_word(table, "qualifier", ""),
    )


KINDS: Mapping[str, Callable[[Mapping[str, object]], ThresholdCondition]] = {"threshold": _threshold}
"""Kind → reader of its table."""


def _collector_rules(table: object) -> CollectorRules | None:
    if table is None:
        return None
    if not isinstance(table, dict):
        raise _Wrong("must be a table: [collectors]")
    _only(table, "dead_after late_behind fine_behind hold")
    standard = CollectorRules()
    return CollectorRules(
        dead_after=_number(table, "dead_after", standard.dead_after),
        late_behind=_number(table, "late_behind", standard.late_behind),
        fine_behind=_number(table, "fine_behind", standard.fine_behind),
        hold=_hold(table.get("hold", {"readings": standard.hold.readings}), "hold"),
    )


def levels_of(given: Mapping[str, float]) -> Levels:
    """Limits as a device or the inventory gives them; words that are no severity and values that are no number are left out."""
    known = {severity.word: severity for severity in LEVELS}
    return {known[word]: float(value) for word, value in given.items() if word in known and isfinite(value)}


def _levels(table: object, *, rising: bool) -> Levels:
    if not isinstance(table, dict):
        raise _Wrong("levels must be a table: levels = { major = 85, critical = 90 }")
    levels: dict[Severity, float] = {}
    for severity in LEVELS:
        if severity.word in table:
            levels[severity] = _number(table, severity.word, 0.0)
    unknown = table.keys() - {severity.word for severity in LEVELS}
    if unknown:
        raise _Wrong(f"unknown level {min(unknown)!r}; known: {', '.join(s.word for s in LEVELS)}")
    order = list(levels.values())
    if order != sorted(order, reverse=not rising):
        raise _Wrong("the levels must become stricter from warning to critical")
    return levels


def _hold(table: object, name: str) -> Hold:
    if not isinstance(table, dict):
        raise _Wrong(f"{name} must be a table: {name} = {{ readings = 2 }}")
    _only(table, "readings seconds")
    readings = _number(table, "readings", 2)
    if readings < 1 or readings != int(readings):
        raise _Wrong(f"{name}.readings must be a whole number of at least 1")
    return Hold(readings=int(readings), seconds=_number(table, "seconds", 0.0))


def _only(table: Mapping[str, object], known: str) -> None:
    unknown = table.keys() - set(known.split())
    if unknown:
        raise _Wrong(f"unknown key {min(unknown)!r}; known: {', '.join(sorted(known.split()))}")


def _word(table: Mapping[str, object], key: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or (not value and default is None):
        raise _Wrong(f"{key} must be a word")
    return value


def _words(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise _Wrong(f'{key} must be a list of words: {key} = ["gpu*"]')
    return tuple(value)


def _number(table: Mapping[str, object], key: str, default: float) -> float:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise _Wrong(f"{key} must be a number")
    return float(value)
