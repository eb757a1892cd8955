"""What ends by its time: acknowledgements and shelves, each with an entry, a shelf with a warning before."""

from heapq import heappop, heappush

from noc_console.alarms.book import Book
from noc_console.model.alarm import Alarm, ByItself, EntryKind
from noc_console.monitor.owed import OwedCalls

WARNED_BEFORE_S = 900.0
"""Seconds before its end that a shelf is told of; of a short one, at half of it."""

_ACKNOWLEDGEMENT, _WARNING, _SHELF = range(3)


class Endings:
    """Ends of all alarms, in order of time. Used from the monitor's thread."""

    def __init__(self, book: Book, owed: OwedCalls) -> None:
        self._book = book
        self._owed = owed
        self._due: list[tuple[float, int, int]] = []

    def restore(self) -> None:
        """Take up what was said before."""
        for number in self._book.alarms:
            self.note(number)

    def note(self, alarm: int) -> None:
        """An entry on its operator's axis was written."""
        record = self._book.alarms.get(alarm)
        if record is None:
            return
        if record.state_until is not None:
            heappush(self._due, (record.state_until, alarm, _ACKNOWLEDGEMENT))
        if record.shelved_until is not None:
            heappush(self._due, (record.shelved_until, alarm, _SHELF))
            warning = self._warning(record, record.shelved_until)
            if warning is not None:
                heappush(self._due, (warning, alarm, _WARNING))

    def _warning(self, alarm: Alarm, until: float) -> float | None:
        """When the end of its shelf is told; None if it was."""
        since = until
        for entry in reversed(self._book.entries.get(alarm.id, ())):
            if entry.kind is EntryKind.SHELF_ENDING and entry.until == until:
                return None
            if entry.kind is EntryKind.SHELVED:
                since = entry.at
                break
        return until - min(WARNED_BEFORE_S, (until - since) / 2)

    def next_wake(self) -> float | None:
        """When something may end next."""
        return self._due[0][0] if self._due else None

    def advance(self, now: float) -> None:
        """End what is due, in order of time. What was changed meanwhile no longer ends then."""
        while self._due and self._due[0][0] <= now:
            at, number, what = heappop(self._due)
            alarm = self._book.alarms.get(number)
            if alarm is None:
                continue
            if what == _ACKNOWLEDGEMENT and alarm.state_until == at:
                self._end(number, EntryKind.UNACKNOWLEDGED, at)
            elif what == _SHELF and alarm.shelved_until == at:
                self._end(number, EntryKind.UNSHELVED, at)
            elif what == _WARNING and alarm.shelved_until is not None and self._warning(alarm, alarm.shelved_until) == at:
                self._book.say(number, EntryKind.SHELF_ENDING, at, until=alarm.shelved_until)

    def _end(self, alarm: int, kind: EntryKind, at: float) -> None:
        self._book.say(alarm, kind, at, text=ByItself.TIME)
        self._owed.note(alarm, at)
