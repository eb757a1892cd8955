"""What is wrong with an inventory: every mistake at once, each with its place and what would be right."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path as FilePath

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from noc_console.text import clean
from noc_console.toml_lines import Lines, Path

MOST = 1000
"""Mistakes that are told one by one; of a broken generator's thousands, the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake. `line` counts from 1; None where it cannot be had."""

    file: str
    line: int | None
    says: str

    def __str__(self) -> str:
        return f"{self.file}{'' if self.line is None else f':{self.line}'}: {self.says}"


class InventoryError(Exception):
    """An inventory that cannot be used. `mistakes` says all that is wrong with it."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """One file as read. `line` is the way from a path in the document to the line."""

    file: str
    text: str
    document: Mapping[str, object]
    _lines: list[Lines] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """Line of a path, or of the nearest table around it."""
        if not self._lines:
            self._lines.append(Lines(self.text))
        return self._lines[0].of(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place: a path in a document of a file."""

    source: Source
    path: Path

    def at(self, *further: str | int) -> "Where":
        """A place below this one."""
        return Where(source=self.source, path=self.path + further)

    @property
    def line(self) -> int | None:
        """Its line."""
        return self.source.line(self.path)


class Notes:
    """Mistakes as they are found, told in the order of the files."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, int | None, str], None] = {}
        self._more = 0
        self.suggestions = 60

    def __bool__(self) -> bool:
        return bool(self._noted)

    def note(self, where: Where, says: str, *, other: Where | None = None) -> None:
        """Note a mistake; `other` is a second place that it speaks of."""
        if len(self._noted) >= MOST:
            self._more += 1
            return
        if other is not None:
            says += f" (the other: {other.source.file} line {other.line})"
        self.note_file(where.source.file, where.line, says)

    def note_file(self, file: str, line: int | None, says: str) -> None:
        """Note a mistake where no document could be read."""
        self._noted.setdefault((file, line, clean(says, 600)))

    def hint(self, word: str, known: Iterable[str]) -> str:
        """`; did you mean "…"?` if something known is near, else an empty string."""
        if self.suggestions <= 0:
            return ""
        self.suggestions -= 1
        near = nearest(word, known)
        return f"; did you mean {quoted(near)}?" if near else ""

    def unknown(self, where: Where, what: str, word: str, known: Collection[str]) -> None:
        """Note a name that nothing in the inventory has, with the nearest that there is, or the few that there are."""
        hint = self.hint(word, known)
        if not hint and known and len(known) <= 8:
            hint = f"; known: {', '.join(sorted(known))}"
        self.note(where, f"there is no {what} {quoted(word)}{hint}")

    def refused(self, where: Where, error: ValidationError, model: type[BaseModel]) -> None:
        """Note all that pydantic found in one table."""
        for detail in error.errors(include_url=False, include_context=True):
            path: Path = tuple(part for part in detail["loc"] if not (isinstance(part, str) and part[:1] == "<"))
            if path and path[-1] == "[key]":
                path = path[:-1]
            self.note(where.at(*path), self._words(detail, path, model))

    def told(self) -> tuple[Mistake, ...]:
        """All of them, by file and line."""
        mistakes = [Mistake(file=file, line=line, says=says) for file, line, says in self._noted]
        mistakes.sort(key=lambda mistake: (mistake.file, mistake.line or 0))
        if self._more:
            mistakes.append(Mistake(file=mistakes[-1].file, line=None, says=f"and {self._more} more mistakes; mend these first"))
        return tuple(mistakes)

    def _words(self, detail: ErrorDetails, path: Path, model: type[BaseModel]) -> str:
        key = ".".join(str(part) for part in path)
        kind, given, limits = detail["type"], detail["input"], detail.get("ctx", {})
        if kind == "extra_forbidden":
            known = _keys_at(model, path)
            return (
                f"unknown key {quoted(str(path[-1]))}{self.hint(str(path[-1]), known) or '; known: ' + ', '.join(sorted(known))}"
            )
        if kind == "missing":
            return f"{quoted(key)} is missing: {_MISSING.get(str(path[-1]), 'it is required here')}"
        if kind == "literal_error":
            expected = re.findall(r"'([^']*)'", str(limits.get("expected", "")))
            return f"{quoted(key)}: {shown(given)} is none of {', '.join(expected)}{self.hint(str(given), expected)}"
        if kind == "string_pattern_mismatch":
            return f"{quoted(key)}: {shown(given)} may hold no colon, no control character, and no space at its ends"
        return f"{quoted(key)} must be {_must_be(kind, limits)}, not {shown(given)}"


_MISSING = {
    "name": 'give it a name, as in name = "leaf-01"',
    "address": "a host name, an IPv4 or an IPv6 address",
    "role": "what the device is: leaf, spine, core, router, gpu-server, pdu, cooling…",
    "kind": "one of snmp-v1, snmp-v2c, snmp-v3, ssh",
    "a": 'one end of the link, as in a = "leaf-01:Ethernet1"',
    "b": 'the other end of the link, as in b = "gpu-0001:eth0"',
}
_TYPES = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "list_type": 'a list, as in ["a", "b"]',
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}
_BOUNDS = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le"), "greater_than": ("more than", "gt")}


def _must_be(kind: str, limits: Mapping[str, object]) -> str:
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return f"{words} {limits.get(bound)}"
    if kind == "string_too_short":
        return "some text"
    if kind == "string_too_long":
        return f"at most {limits.get('max_length')} characters"
    return _TYPES.get(kind, f"otherwise ({kind})")


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Keys that the table has in which the last part of the path stands."""
    # The one table inside a table is that of a protocol: collect.snmp.…
    if len(path) > 1 and path[0] == "collect":
        from noc_console.inventory.tables import CollectTable

        return list(CollectTable.model_fields)
    return list(model.model_fields)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, if any is."""
    candidates = [name for name in known if abs(len(name) - len(word)) <= 3]
    if len(candidates) > 1000:  # the ratio costs 20 µs each
        candidates = [name for name in candidates if name[:2] == word[:2]][:1000]
    found = get_close_matches(word, candidates, n=1, cutoff=0.6)
    return found[0] if found else None


def quoted(word: str) -> str:
    """A word as it would stand in the file."""
    return f'"{clean(word, 120)}"'


def shown(value: object) -> str:
    """A value as it stands in the file, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int | float):
        return f"{value:.17g}"
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return "a date or time"


def file_name(path: FilePath) -> str:
    """A path as it is told in a mistake."""
    return clean(str(path), 400)
