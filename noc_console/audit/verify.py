"""Follows the chain from its beginning and says what was changed, taken out, put in or cut off. Pure: rows in, findings out."""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from noc_console.audit import chain
from noc_console.audit.chain import Record
from noc_console.audit.key import AuditKey

MOST_PROBLEMS = 100
"""Named one by one; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that is not as it was written.

    `kind` : `changed` (an entry says something else), `missing` (an entry is gone and no purge took it), `inserted` (an entry
    that was never bound), `broken` (a record does not follow from the one before), `gap` (numbers of records are missing),
    `cut` (the end is gone: a head that was told is not there), `purge` (a purge took something else than it says).
    """

    kind: str
    number: int
    entry: int | None = None
    count: int = 1


@dataclass(slots=True)
class Verdict:
    """What was found. `unchecked` counts records that are bound with a key which is not there."""

    records: int = 0
    entries: int = 0
    purged: int = 0
    unchecked: int = 0
    entries_before: int = 0
    first: float | None = None
    last: float | None = None
    head: tuple[int, bytes] = (0, chain.START)
    heads_seen: int = 0
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more_problems += 1


Checked = tuple[Record, int | None, Sequence[object] | None]
"""(record, number of the purge that took its entry or None, values of its entry or None)."""


class Follower:
    """Follows a chain record by record, in their order."""

    def __init__(self, key: AuditKey) -> None:
        self.verdict = Verdict()
        self._key = key
        self._before = chain.START
        self._number = 0
        self._is_ours = True
        self._taken: dict[int, list[bytes]] = {}
        self._purges: dict[int, Mapping[str, object]] = {}
        self._macs: dict[int, bytes] = {}

    def follow(self, rows: Iterable[Checked], heads: Mapping[int, bytes]) -> None:
        """Take the records; `heads` are those that were told elsewhere, by number."""
        for record, purge, values in rows:
            if record.number in heads:
                self._macs[record.number] = record.mac
            try:
                self._bound(record)
                self._content(record, purge, values)
            except (TypeError, ValueError, AttributeError, OverflowError):
                # SQLite keeps anything in any column: what no record of ours can hold was put there by somebody else.
                self.verdict.add(Problem(kind="changed", number=record.number))
            self._before, self._number = record.mac, record.number
        self._end(heads)

    def _bound(self, record: Record) -> None:
        verdict = self.verdict
        verdict.records += 1
        verdict.first = record.noted if verdict.first is None else verdict.first
        verdict.last = record.noted
        if record.number != self._number + 1:
            verdict.add(Problem(kind="gap", number=record.number, count=abs(record.number - self._number - 1)))
        if record.kind in (chain.BEGIN, chain.KEY):
            self._is_ours = self._names_our_key(record)
        if not self._is_ours:
            verdict.unchecked += 1
            return
        expected = chain.mac(
            self._key.octets, self._before, record.number, record.kind, record.about, record.noted, record.digest
        )
        if not hmac.compare_digest(expected, record.mac):
            verdict.add(Problem(kind="broken", number=record.number, entry=record.about or None))

    def _names_our_key(self, record: Record) -> bool:
        try:
            return bool(json.loads(record.body)["key"] == self._key.name)
        except (ValueError, TypeError, KeyError):
            return True

    def _content(self, record: Record, purge: int | None, values: Sequence[object] | None) -> None:
        verdict = self.verdict
        if record.kind != chain.ENTRY:
            if chain.digest([record.body]) != record.digest:
                verdict.add(Problem(kind="changed", number=record.number))
            elif record.kind == chain.PURGE:
                self._purges[record.number] = dict(json.loads(record.body))
            elif record.kind == chain.BEGIN:
                verdict.entries_before = int(json.loads(record.body).get("entries_before", 0))
            return
        verdict.entries += 1
        if values is not None:
            if chain.digest(values) != record.digest:
                verdict.add(Problem(kind="changed", number=record.number, entry=record.about))
        elif purge is not None:
            verdict.purged += 1
            self._taken.setdefault(purge, []).append(bytes(record.digest))
        else:
            verdict.add(Problem(kind="missing", number=record.number, entry=record.about))

    def _end(self, heads: Mapping[int, bytes]) -> None:
        verdict = self.verdict
        verdict.head = (self._number, self._before)
        verdict.heads_seen = len(heads)
        for problem in self._of_purges():
            verdict.add(problem)
        for number, mac in sorted(heads.items()):
            if number > self._number:
                verdict.add(Problem(kind="cut", number=number, count=number - self._number))
            elif self._macs.get(number) != mac:
                verdict.add(Problem(kind="broken", number=number))

    def _of_purges(self) -> Iterator[Problem]:
        for number in sorted({*self._taken, *self._purges}):
            taken, said = self._taken.get(number, []), self._purges.get(number)
            if said is None or said.get("entries") != len(taken) or said.get("digest") != chain.together(taken):
                yield Problem(kind="purge", number=number, count=len(taken))
