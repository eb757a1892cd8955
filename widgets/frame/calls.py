"""Calls of the last two hours, for the load meter and the time strip; and which call nobody has taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from noc_console.mirror import Mirror, Touched
from noc_console.model.alarm import Alarm, Entry
from noc_console.model.severity import Severity
from widgets.models.alarm_groups import calls_someone

LOAD_SECONDS = 600.0
STRIP_SECONDS = 7200.0


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
        self._waiting: dict[str, list[Alarm]] = {}
        self._under: dict[int, set[int]] = {}
        self._above: dict[int, int] = {}

    def take(self, touched: Touched, now: float) -> None:
        """Take what changed."""
        ids = self._mirror.alarms.keys() if touched.everything else touched.alarms
        if touched.everything:
            self.clear()
        self.take_some(ids, now)

    def clear(self) -> None:
        """Begin anew."""
        self._of.clear()
        self._open.clear()
        self._people.clear()
        self._waiting.clear()
        self._under.clear()
        self._above.clear()

    def take_some(self, numbers: Iterable[int], now: float) -> None:
        """Take these alarms."""
        self._waiting.clear()
        for i in numbers:
            self._take_one(i, now - STRIP_SECONDS)

    def _take_one(self, number: int, start: float) -> None:
        alarm = self._mirror.alarms.get(number)
        if alarm is None:
            return
        if alarm.announced and alarm.announced[-1] >= start and alarm.severity.calls:
            self._of[number] = tuple(Call(at, number, alarm.severity) for at in alarm.announced if at >= start)
        else:
            self._of.pop(number, None)
        self._place(alarm)
        (self._open.add if calls_someone(alarm) else self._open.discard)(number)
        done = tuple(e for e in self._mirror.entries.get(number, ()) if e.who and e.noted >= start)
        if done:
            self._people[number] = done
        else:
            self._people.pop(number, None)

    def _place(self, alarm: Alarm) -> None:
        above = alarm.symptom_of if alarm.is_open and alarm.symptom_of is not None else 0
        before = self._above.get(alarm.id, 0)
        if above != before:
            self._under.get(before, set()).discard(alarm.id)
            if above:
                self._above[alarm.id] = above
                self._under.setdefault(above, set()).add(alarm.id)
            else:
                self._above.pop(alarm.id, None)

    def symptoms(self, number: int) -> int:
        """How many that stand are symptoms of this alarm."""
        return len(self._under.get(number, ()))

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
        """Calls in the last ten minutes: as the monitor counts them, else as they can be seen here."""
        told = self._mirror.load
        return told.calls if told.calls or told.flood else sum(call.at >= now - LOAD_SECONDS for call in self.all())

    def waiting(self, site: str = "") -> list[Alarm]:
        """Calls that nobody has taken, worst first, then newest. Not to be changed."""
        found = self._waiting.get(site)
        if found is None:
            alarms = self._mirror.alarms
            found = [alarms[i] for i in self._open if i in alarms and (not site or alarms[i].site == site)]
            found.sort(key=lambda a: (-a.severity, -a.raised))
            self._waiting[site] = found
        return found

    def last(self) -> Call | None:
        """The last call of the two hours."""
        return max(self.all(), key=lambda c: c.at, default=None)
