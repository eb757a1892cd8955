"""Follows the chain from its beginning and says what was changed, taken out, put in or cut off. Pure: rows in, findings out."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from noc_console.audit import chain
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
    waits_up_to: int = 0
    """Entries up to this number may not be bound yet: they are taken in beside what comes. 0 = all are."""
    waiting: int = 0
    """So many of them are not."""
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

    def unbound(self, entries: Iterable[int]) -> None:
        """These entries are bound by no record."""
        for entry in entries:
            if entry <= self.waits_up_to:
                self.waiting += 1
            else:
                self.add(Problem(kind="inserted", number=0, entry=entry))


Checked = tuple[int, str, int, float, bytes, str, bytes, int | None, Sequence[object] | None]
"""(number, kind, about, noted, digest, body, mac, the purge that took its entry, values of its entry); None: there is none."""

WRONG = (TypeError, ValueError, AttributeError, OverflowError)
"""SQLite keeps anything in any column: what no record of ours can hold was put there by somebody else."""


class Follower:
    """Follows a chain record by record, in their order."""

    def __init__(self, key: AuditKey) -> None:
        self.verdict = Verdict()
        self._key = key
        self._mac = chain.Binder(key.octets).mac
        self._before = chain.START
        self._number = 0
        self._is_ours = True
        self._taken: dict[int, list[bytes]] = {}
        self._purges: dict[int, Mapping[str, object]] = {}
        self._macs: dict[int, bytes] = {}

    def follow(self, batches: Iterable[Sequence[Checked]], heads: Mapping[int, bytes]) -> None:
        """Take the records; `heads` are those that were told elsewhere, by number."""
        for rows in batches:
            for row, digest in zip(rows, _digests(rows), strict=True):
                self._take(row, digest, heads)
        self._end(heads)

    def _take(self, row: Checked, digest: bytes | None, heads: Mapping[int, bytes]) -> None:
        number, kind, noted, mac = row[0], row[1], row[3], row[6]
        verdict = self.verdict
        verdict.records += 1
        verdict.first = noted if verdict.first is None else verdict.first
        if number in heads:
            self._macs[number] = mac
        if number != self._number + 1:
            verdict.add(Problem(kind="gap", number=number, count=abs(number - self._number - 1)))
        try:
            self._bound(row)
            if kind != chain.ENTRY:
                self._own_words(row)
            else:
                verdict.entries += 1
                if digest is None or digest != row[4]:
                    self._entry(row)
        except WRONG:
            verdict.add(Problem(kind="changed", number=number))
        verdict.last, self._before, self._number = noted, mac, number

    def _bound(self, row: Checked) -> None:
        number, kind, about, noted, digest, body, mac = row[:7]
        if kind in (chain.BEGIN, chain.KEY):
            self._is_ours = self._names_our_key(body)
        if not self._is_ours:
            self.verdict.unchecked += 1
        elif self._mac(self._before, number, kind, about, noted, digest) != mac:
            self.verdict.add(Problem(kind="broken", number=number, entry=about or None))

    def _names_our_key(self, body: str) -> bool:
        try:
            return bool(json.loads(body)["key"] == self._key.name)
        except (ValueError, TypeError, KeyError):
            return True

    def _own_words(self, row: Checked) -> None:
        number, kind, body, verdict = row[0], row[1], row[5], self.verdict
        if chain.digest([body]) != row[4]:
            verdict.add(Problem(kind="changed", number=number))
        elif kind == chain.PURGE:
            self._purges[number] = dict(json.loads(body))
        elif kind == chain.BEGIN:
            begun = json.loads(body)
            verdict.entries_before, verdict.waits_up_to = int(begun.get("entries_before", 0)), int(begun.get("up_to", 0))
        elif kind == chain.TAKEN:
            verdict.waits_up_to = 0

    def _entry(self, row: Checked) -> None:
        """Of an entry whose digest is not known to be right."""
        number, about, digest, purge, values = row[0], row[2], row[4], row[7], row[8]
        if values is not None:
            if chain.digest(values) != digest:
                self.verdict.add(Problem(kind="changed", number=number, entry=about))
        elif purge is not None:
            self.verdict.purged += 1
            self._taken.setdefault(purge, []).append(bytes(digest))
        else:
            self.verdict.add(Problem(kind="missing", number=number, entry=about))

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


def _digests(rows: Sequence[Checked]) -> list[bytes | None]:
    """Of the entries in these rows; None where there is none, or where it has to be made one by one."""
    there = [at for at, row in enumerate(rows) if row[8] is not None]
    found: list[bytes | None] = [None] * len(rows)
    try:
        made = chain.digests([rows[at][8] or () for at in there])
    except WRONG:
        return found
    for at, digest in zip(there, made, strict=True):
        found[at] = digest
    return found
