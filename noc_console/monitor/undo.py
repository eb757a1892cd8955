"""Taking back what a person did a moment ago: by entries, each naming the one that it takes back."""

from collections.abc import Mapping, Sequence

from noc_console.alarms.book import Book
from noc_console.alarms.operator_axis import SIDES, OperatorAxis, counting, fold, undone
from noc_console.model.alarm import Entry, EntryKind
from noc_console.model.command import Command, CommandOutcome
from noc_console.model.severity import OperatorState

UNDONE_WITHIN_S = 60.0
REMEMBERED_S = 3600.0
"""For so long an undo that comes too late is told so."""

_KIND_OF_STATE = {
    OperatorState.NONE: EntryKind.UNACKNOWLEDGED,
    OperatorState.ACKNOWLEDGED: EntryKind.ACKNOWLEDGED,
    OperatorState.CLOSED: EntryKind.CLOSED,
}


class Undo:
    """What was done lately, by command. Used from the monitor's thread."""

    def __init__(self, book: Book, waiting: Mapping[int, Sequence[Entry]]) -> None:
        """`waiting` are entries of commands that are not stored yet, by alarm."""
        self._book = book
        self._waiting = waiting
        self._done: dict[str, tuple[Entry, ...]] = {}
        self._left: dict[str, tuple[int, ...]] = {}

    def restore(self, now: float) -> None:
        """Take up what was done shortly before the start."""
        found: dict[str, list[Entry]] = {}
        for told in self._book.entries.values():
            for entry in told:
                if entry.command and entry.noted > now - REMEMBERED_S:
                    found.setdefault(entry.command, []).append(entry)
        in_time = sorted(found.items(), key=lambda item: item[1][0].noted)
        self._done = {command: tuple(sorted(entries, key=lambda e: e.id)) for command, entries in in_time}

    def note(self, entries: tuple[Entry, ...], now: float) -> None:
        """A command is done."""
        if entries:
            self._done[entries[0].command] = entries
        for command in [c for c, done in self._done.items() if done[0].noted <= now - REMEMBERED_S]:
            del self._done[command]

    def is_done(self, command: str) -> bool:
        """Whether this command was stored in the last hour."""
        return command in self._done

    def left(self, undo: str) -> tuple[int, ...]:
        """The alarms that an undo left as they are, since they were changed meanwhile. Told once."""
        return self._left.pop(undo, ())

    def entries(self, command: Command, now: float) -> list[Entry] | CommandOutcome:
        """What takes a command back, or why that cannot be."""
        done = [e for e in self._done.get(command.undoes, ()) if e.kind in SIDES and e.alarm in self._book.alarms]
        done = [e for e in done if e.id not in undone(self._told(e.alarm))]
        if not done or next((e.who for e in done if e.who), "") != command.who:
            return CommandOutcome(id=command.id, error="nothing-to-undo")
        if now - done[0].noted > UNDONE_WITHIN_S:
            return CommandOutcome(id=command.id, error="too-late")
        changed = {e.alarm: None for e in done if self._is_changed(e)}
        if len(changed) == len({e.alarm for e in done}):
            return CommandOutcome(id=command.id, error="changed-since", detail=", ".join(map(str, list(changed)[:20])))
        if changed:
            self._left[command.id] = tuple(changed)
        # In the order in which it was done: a cause first, then what went along with it.
        return [self._entry(command, entry, now) for entry in done if entry.alarm not in changed]

    def _told(self, alarm: int) -> list[Entry]:
        """The entries of an alarm with those that are on their way to the disk, in order."""
        waiting = self._waiting.get(alarm)
        told = self._book.entries.get(alarm, [])
        return sorted((*told, *waiting), key=lambda entry: entry.id) if waiting else told

    def _is_changed(self, entry: Entry) -> bool:
        """Whether the same side of the alarm was changed after it; what was undone again does not count."""
        sides = SIDES[entry.kind]
        later = (e for e in counting(self._told(entry.alarm)) if e.id > entry.id)
        return any(not sides.isdisjoint(SIDES.get(e.kind, frozenset())) for e in later) or self._is_taken(entry)

    def _is_taken(self, entry: Entry) -> bool:
        """Whether the condition of a closed alarm was raised again as a new one: there cannot be two."""
        alarm = self._book.alarms[entry.alarm]
        newest = self._book.newest(*alarm.identity)
        return entry.kind is EntryKind.CLOSED and newest is not None and newest.id != alarm.id

    def _entry(self, command: Command, taken_back: Entry, now: float) -> Entry:
        before = fold(e for e in self._told(taken_back.alarm) if e.id < taken_back.id)
        kind, was, word, until = _reverse(taken_back, before)
        return Entry(
            id=self._book.next_entry(),
            alarm=taken_back.alarm,
            kind=kind,
            at=command.at,
            noted=now,
            who=command.who if taken_back.who else "",
            was=was,
            now=word,
            until=until,
            command=command.id,
            undoes=taken_back.id,
        )


def _reverse(entry: Entry, before: OperatorAxis) -> tuple[EntryKind, str, str, float | None]:
    """(kind, was, now, until) of what takes an entry back: named for what the alarm becomes again."""
    if entry.kind is EntryKind.CLOSED:
        return EntryKind.REOPENED, entry.now, before.state.value, before.until
    if entry.kind in (EntryKind.SHELVED, EntryKind.UNSHELVED):
        until = before.shelved_until
        return (EntryKind.UNSHELVED if until is None else EntryKind.SHELVED), "", "", until
    if SIDES[entry.kind] & SIDES[EntryKind.ACKNOWLEDGED]:
        return _KIND_OF_STATE[before.state], entry.now, before.state.value, before.until
    return entry.kind, entry.now, entry.was, None
