"""Conditions read from TOML: the program's own in `resources/conditions`, the user's in their folder, which come first.

Every mistake is told at once, each with its file, its line and what would be right; what has none holds all the same.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from re import compile as compile_pattern
from typing import Protocol

from noc_console.alarms.conditions import (
    CollectorRules,
    ConditionMistake,
    Conditions,
    Raises,
    ThresholdCondition,
)
from noc_console.alarms.gpu_conditions import GPU_KINDS, GpuCondition, Resistance, Rise, Shortfall, Straggler, Throttle
from noc_console.alarms.kinds import (
    AbsenceCondition,
    CountCondition,
    Figure,
    PeersCondition,
    RateCondition,
    StateCondition,
    UsualCondition,
)
from noc_console.alarms.read_kinds import FIGURE_KINDS
from noc_console.alarms.table import Wrong, alarm_type, hold, number, only
from noc_console.toml_lines import Lines

MOST_BYTES = 1_000_000
MOST_NAME = 80
_LINE = compile_pattern(r"at line (\d+)")


class Readable(Protocol):
    """A file of conditions, on disk or in the package."""

    @property
    def name(self) -> str:
        """The name without folders."""

    def read_bytes(self) -> bytes:
        """All of it."""


def standard_conditions() -> Conditions:
    """The program's own conditions."""
    return load_conditions(None)


def load_conditions(folder: Path | None) -> Conditions:
    """The user's conditions (`folder/*.toml`, if there are any) before the program's own.

    What is wrong in a file is left out and stands in `mistakes`, all else holds.
    """
    return read_conditions([*own_files(folder), *standard_files()])


def own_files(folder: Path | None) -> list[Readable]:
    """The user's files, by name."""
    return [*sorted(folder.glob("*.toml"))] if folder is not None and folder.is_dir() else []


def standard_files() -> list[Readable]:
    """The program's own files, by name."""
    shipped = files("resources") / "conditions"
    return sorted((f for f in shipped.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)


def read_conditions(sources: Iterable[Readable]) -> Conditions:
    """Conditions of these files, in their order; the first that sets the rules for collectors wins."""
    mistakes: list[ConditionMistake] = []
    found: list[Raises | GpuCondition] = []
    rules: CollectorRules | None = None
    for source in sources:
        page = _Page(source, mistakes)
        found += page.conditions()
        rules = rules or page.collector_rules()
    return Conditions(
        thresholds=tuple(c for c in found if isinstance(c, ThresholdCondition)),
        gpus=_first_of_each(c for c in found if isinstance(c, GpuCondition)),
        figures=tuple(c for c in found if isinstance(c, Figure)),
        absences=tuple(c for c in found if isinstance(c, AbsenceCondition)),
        counts=tuple(c for c in found if isinstance(c, CountCondition)),
        collectors=rules or CollectorRules(),
        mistakes=tuple(mistakes),
    )


def _first_of_each(found: Iterable[GpuCondition]) -> tuple[GpuCondition, ...]:
    """Of two that raise the same alarm the first holds."""
    kept: dict[tuple[str, str], GpuCondition] = {}
    for condition in found:
        kept.setdefault((condition.type, condition.qualifier), condition)
    return tuple(kept.values())


class _Page:
    """One file of conditions; what is wrong in it is noted with its line."""

    def __init__(self, source: Readable, mistakes: list[ConditionMistake]) -> None:
        self._name = source.name
        self._mistakes = mistakes
        self._text = ""
        self._table = self._parsed(source)

    def conditions(self) -> Iterator[Raises | GpuCondition]:
        """Those without a mistake."""
        names: set[str] = set()
        for place, entry in enumerate(self._entries()):
            try:
                condition = _condition(entry)
                if condition.name in names:
                    raise Wrong("stands twice in this file: give one of them another name", "name")
                names.add(condition.name)
                yield replace(condition, file=self._name)
            except Wrong as wrong:
                named = str(entry.get("name") or f"number {place + 1}")[:MOST_NAME]
                self._note(f"condition {named}: {wrong}", "conditions", place, *wrong.at)

    def collector_rules(self) -> CollectorRules | None:
        """The rules for collectors, if it sets any."""
        try:
            return _collector_rules(self._table.get("collectors"))
        except Wrong as wrong:
            self._note(f"collectors: {wrong}", "collectors", *wrong.at)
            return None

    def _note(self, says: str, *at: str | int) -> None:
        self._mistakes.append(ConditionMistake(file=self._name, line=Lines(self._text).of(at), says=says))

    def _parsed(self, source: Readable) -> Mapping[str, object]:
        try:
            raw = source.read_bytes()
            if len(raw) > MOST_BYTES:
                raise ValueError(f"is larger than {MOST_BYTES} bytes")
            self._text = raw.decode()
            table = tomllib.loads(self._text)
        except (OSError, ValueError, RecursionError) as error:
            line = _LINE.search(str(error))
            says = f"cannot be read: {error}"
            self._mistakes.append(ConditionMistake(file=self._name, line=int(line[1]) if line else None, says=says))
            return {}
        for key in table.keys() - {"conditions", "collectors"}:
            self._note(f"unknown key {key!r}; conditions stand under [[conditions]]", key)
        return table

    def _entries(self) -> list[Mapping[str, object]]:
        found = self._table.get("conditions", [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            self._note("conditions must be tables: [[conditions]]", "conditions")
            return []
        return found


def _condition(table: Mapping[str, object]) -> Raises | GpuCondition:
    kind = str(table.get("kind", "threshold"))
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, 1)
        meant = f" (is {near[0]!r} meant?)" if near else ""
        raise Wrong(f"unknown kind {kind!r}{meant}; known: {', '.join(sorted(KINDS))}", "kind")
    if kind in GPU_KINDS:
        alarm_type(table)
    return KINDS[kind](table)


KINDS: Mapping[str, Callable[[Mapping[str, object]], Raises | GpuCondition]] = {**FIGURE_KINDS, **GPU_KINDS}
"""Kind → reader of its table."""


def kind_of(condition: Raises | GpuCondition) -> str:
    """The word of a condition's kind."""
    return _WORDS[type(condition)]


_WORDS: Mapping[type, str] = {
    ThresholdCondition: "threshold", RateCondition: "rate", StateCondition: "state", AbsenceCondition: "absence",
    CountCondition: "count", PeersCondition: "peers", UsualCondition: "usual", Throttle: "throttle", Shortfall: "shortfall",
    Rise: "rise", Straggler: "straggler", Resistance: "thermal-resistance",
}  # fmt: skip


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
