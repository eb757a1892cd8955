"""Calls of the last two hours, for the load meter and the time strip; and which call nobody has taken."""

from collections.abc import Iterator
from dataclasses import dataclass

from noc_console.mirror import Mirror, Touched
from noc_console.model.alarm import Alarm, Entry
from noc_console.model.severity import Severity

LOAD_SECONDS = 600.0
STRIP_SECONDS = 7200.0
FLOOD_ABOVE = 10
FLOOD_BELOW = 5


@dataclass(frozen=True, slots=True)
class Call:
    """One announcement of an alarm."""

    at: float
    alarm: int
    severity: Severity


class Calls:
    """Kept beside the mirror so that no bar walks through all alarms at each paint."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._of: dict[int, tuple[Call, ...]] = {}
        self._open: set[int] = set()
        self._people: dict[int, tuple[Entry, ...]] = {}
        self.flood = False

    def take(self, touched: Touched, now: float) -> None:
        """Take what changed."""
        ids = self._mirror.alarms.keys() if touched.everything else touched.alarms
        if touched.everything:
            self._of.clear()
            self._open.clear()
            self._people.clear()
        for i in ids:
            self._take_one(i, now - STRIP_SECONDS)

    def _take_one(self, number: int, start: float) -> None:
        alarm = self._mirror.alarms.get(number)
        if alarm is None:
            return
        calls = tuple(Call(at, number, alarm.severity) for at in alarm.announced if at >= start and alarm.severity.calls)
        self._of[number] = calls
        if waits(alarm):
            self._open.add(number)
        else:
            self._open.discard(number)
        self._people[number] = tuple(e for e in self._mirror.entries.get(number, ()) if e.who and e.noted >= start)

    def forget(self, now: float) -> None:
        """Drop what is older than the strip; once in a while."""
        start = now - STRIP_SECONDS
        self._of = {i: kept for i, calls in self._of.items() if (kept := tuple(call for call in calls if call.at >= start))}
        self._people = {i: late for i, done in self._people.items() if (late := tuple(e for e in done if e.noted >= start))}

    def all(self) -> Iterator[Call]:
        """Calls of the last two hours, in no order."""
        for calls in self._of.values():
            yield from calls

    def people(self) -> Iterator[Entry]:
        """What people did in the last two hours, in no order."""
        for done in self._people.values():
            yield from done

    def load(self, now: float) -> int:
        """Calls in the last ten minutes; `flood` is kept with its hysteresis."""
        count = sum(call.at >= now - LOAD_SECONDS for call in self.all())
        self.flood = count > FLOOD_ABOVE or (self.flood and count >= FLOOD_BELOW)
        return count

    def waiting(self, site: str = "") -> list[Alarm]:
        """Calls that nobody has taken, worst first, then newest."""
        found = [self._mirror.alarms[i] for i in self._open if i in self._mirror.alarms]
        found = [a for a in found if not site or a.site == site]
        return sorted(found, key=lambda a: (-a.severity, -a.raised))

    def last(self) -> Call | None:
        """The last call of the two hours."""
        return max(self.all(), key=lambda c: c.at, default=None)


def waits(alarm: Alarm) -> bool:
    """Whether an alarm calls and is in nobody's hands: not a symptom, not only a warning."""
    calls = alarm.needs_someone or (alarm.worse_again and alarm.is_open)
    return calls and alarm.severity.calls and alarm.symptom_of is None
