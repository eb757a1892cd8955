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

from noc_console.alarms.conditions import LEVELS, CollectorRules, Conditions, Levels, ThresholdCondition
from noc_console.alarms.gpu_conditions import GPU_KINDS, GpuCondition
from noc_console.alarms.table import Wrong, alarm_type, hold, levels, number, only, word, words

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
    found: list[ThresholdCondition | GpuCondition] = []
    rules: CollectorRules | None = None
    for source in sources:
        table = _parsed(source, mistakes)
        for place, entry in enumerate(_entries(source, table, mistakes), start=1):
            try:
                found.append(_condition(entry))
            except Wrong as wrong:
                named = entry.get("name") or f"number {place}"
                mistakes.append(ConditionMistake(file=source.name, says=f"condition {named}: {wrong}"))
        try:
            rules = rules or _collector_rules(table.get("collectors"))
        except Wrong as wrong:
            mistakes.append(ConditionMistake(file=source.name, says=f"collectors: {wrong}"))
    if mistakes:
        raise ConditionsWrong(tuple(mistakes))
    return Conditions(
        thresholds=tuple(c for c in found if isinstance(c, ThresholdCondition)),
        gpus=_first_of_each(c for c in found if isinstance(c, GpuCondition)),
        collectors=rules or CollectorRules(),
    )


def _first_of_each(found: Iterable[GpuCondition]) -> tuple[GpuCondition, ...]:
    """Of two that raise the same alarm the first holds."""
    kept: dict[tuple[str, str], GpuCondition] = {}
    for condition in found:
        kept.setdefault((condition.type, condition.qualifier), condition)
    return tuple(kept.values())


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


def _condition(table: Mapping[str, object]) -> ThresholdCondition | GpuCondition:
    kind = str(table.get("kind", "threshold"))
    if kind not in KINDS:
        raise Wrong(f"unknown kind {kind!r}; known: {', '.join(sorted(KINDS))}")
    alarm_type(table)
    return KINDS[kind](table)


def _threshold(table: Mapping[str, object]) -> ThresholdCondition:
    only(table, "name kind type metric components roles direction levels hold clear hysteresis unless_metric qualifier")
    direction = table.get("direction", "above")
    if direction not in ("above", "below"):
        raise Wrong(f"direction must be above or below, not {direction!r}")
    return ThresholdCondition(
        name=word(table, "name"),
        type=alarm_type(table),
        metric=word(table, "metric"),
        components=words(table, "components"),
        roles=words(table, "roles"),
        above=direction == "above",
        levels=levels(table.get("levels", {}), rising=direction == "above"),
        hold=hold(table.get("hold", {}), "hold"),
        clear=hold(table.get("clear", {}), "clear"),
        hysteresis=number(table, "hysteresis", 0.0),
        unless_metric=word(table, "unless_metric", ""),
        qualifier=word(table, "qualifier", ""),
    )


KINDS: Mapping[str, Callable[[Mapping[str, object]], ThresholdCondition | GpuCondition]] = {"threshold": _threshold, **GPU_KINDS}
"""Kind → reader of its table."""


def _collector_rules(table: object) -> CollectorRules | None:
    if table is None:
        return None
    if not isinstance(table, dict):
        raise Wrong("must be a table: [collectors]")
    only(table, "dead_after late_behind fine_behind hold")
    standard = CollectorRules()
    return CollectorRules(
        dead_after=number(table, "dead_after", standard.dead_after),
        late_behind=number(table, "late_behind", standard.late_behind),
        fine_behind=number(table, "fine_behind", standard.fine_behind),
        hold=hold(table.get("hold", {"readings": standard.hold.readings}), "hold"),
    )


def levels_of(given: Mapping[str, float]) -> Levels:
    """Limits as a device or the inventory gives them; words that are no severity and values that are no number are left out."""
    known = {severity.word: severity for severity in LEVELS}
    return {known[word]: float(value) for word, value in given.items() if word in known and isfinite(value)}
