"""Calls that wait until quiet is over: what still stands when a shelf, an acknowledgement or a maintenance window ends.

After maintenance nobody is called for what the work left behind and the next answer takes back: the device is asked first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from noc_console.alarms.book import Book
from noc_console.model.alarm import Alarm

LONGEST_S = 60.0
"""Seconds that the call of a maintained device waits for its answers: two usual intervals."""


@dataclass(slots=True)
class _Owed:
    """When the call is made at the latest, and the sources that are waited for until then."""

    at: float
    sources: set[str] = field(default_factory=set)


class OwedCalls:
    """Used from the monitor's thread. Whether a call is owed is said by the alarm's entries; here is only when it is made."""

    def __init__(self, book: Book, ask: Callable[[str], Iterable[str]]) -> None:
        """`ask` has all sources of a device asked now, and gives them."""
        self._book = book
        self._ask = ask
        self._owed: dict[int, _Owed] = {}
        self._began = float("-inf")

    def restore(self) -> None:
        """What stood when the last run ended, and was not called for. Nobody is called before the start."""
        self._began = self._book.now
        for alarm in list(self._book.alarms.values()):
            if self._book.owes_call(alarm.id):
                self.note_judged(alarm, self._book.now)

    def note(self, alarm: int, now: float) -> None:
        """An entry was written: if it ended the alarm's quiet, it is called for now."""
        if self._book.owes_call(alarm):
            self._owed[alarm] = _Owed(now)

    def note_judged(self, alarm: Alarm, now: float) -> None:
        """The same, once its device has answered or missed since then."""
        if alarm.device is None:
            self.note(alarm.id, now)
        elif self._book.owes_call(alarm.id):
            self._owed[alarm.id] = _Owed(now + LONGEST_S, set(self._ask(alarm.device)))

    def heard(self, device: str, source: str, now: float) -> None:
        """An answer or a miss that was asked for since is judged."""
        for number in [n for n in self._owed if n in self._book.alarms and self._book.alarms[n].device == device]:
            owed = self._owed[number]
            owed.sources.discard(source)
            if not owed.sources:
                owed.at = min(owed.at, now)

    def __bool__(self) -> bool:
        return bool(self._owed)

    def next_wake(self) -> float | None:
        """When the next call is made."""
        return min((owed.at for owed in self._owed.values()), default=None)

    def advance(self, now: float) -> None:
        """Make the calls that are due, of what still stands and is in nobody's hands."""
        if not self._owed:
            return
        for number in sorted(n for n, owed in self._owed.items() if owed.at <= now):
            owed = self._owed.pop(number)
            if self._book.owes_call(number):
                self._book.announce(number, max(owed.at, self._began))
