"""How often people are called: the calls of the last ten minutes, and whether they are a flood (field: load per operator)."""

from bisect import insort

from noc_console.alarms.book import Book
from noc_console.alarms.tale import severity_at
from noc_console.model.changes import LoadState
from noc_console.monitor.gathered import Gathered

WITHIN_S = 600.0
FLOOD_ABOVE, FLOOD_UNTIL_BELOW = 10, 5
REMEMBERED_S = 7200.0
"""After a restart the calls of so long are counted again, so that a flood that goes on is known as one."""


class OperatorsLoad:
    """Used from the monitor's thread.

    Attributes
    ----------
    state : as it was told last.
    """

    def __init__(self, book: Book, gathered: Gathered) -> None:
        self._book = book
        self._gathered = gathered
        self._calls: list[float] = []
        self.state = LoadState(calls=0)
        book.called = self.called

    def restore(self, now: float) -> None:
        """Count the calls before the start."""
        calls = [
            at
            for alarm in self._book.alarms.values()
            for at in alarm.announced
            if now - REMEMBERED_S < at <= now and severity_at(self._book.entries.get(alarm.id, ()), at).calls
        ]
        self._calls.clear()
        for at in sorted(calls):
            self.advance(at)
            self.called(at)
            self.advance(at)
        self.advance(now)

    def called(self, at: float) -> None:
        """A person is called."""
        insort(self._calls, at)

    def advance(self, now: float) -> None:
        """Count those of the last ten minutes."""
        gone = 0
        while gone < len(self._calls) and self._calls[gone] <= now - WITHIN_S:
            gone += 1
        del self._calls[:gone]
        count = len(self._calls)
        flood = count > FLOOD_ABOVE or (self.state.flood and count >= FLOOD_UNTIL_BELOW)
        since = (self.state.since or now) if flood else None
        state = LoadState(calls=count, flood=flood, since=since)
        if state != self.state:
            self.state = self._gathered.load = state
