"""Where a person says that an alarm belongs: under another cause, or a cause of its own."""

from collections.abc import Callable, Mapping

from noc_console.alarms.book import Book
from noc_console.correlation.why import NOTHING, Why
from noc_console.incidents import Incidents
from noc_console.model.alarm import Alarm, Entry, EntryKind

BY_HAND = Why("placed by hand", ("placed",))
"""Why it is there (`why` and `reason` of the alarm)."""


class Placing:
    """Moves alarms between incidents by their `regrouped` entries. Used from the monitor's thread."""

    def __init__(
        self,
        book: Book,
        incidents: Incidents,
        root: Callable[[Alarm], Mapping[str, object]],
        placed: Callable[[Alarm], None],
    ) -> None:
        """`root` names the cause that an alarm stands for; `placed` is told of each alarm that was moved."""
        self._book = book
        self._incidents = incidents
        self._root = root
        self._placed = placed
        self._why_before: dict[int, Why] = {}

    def restore(self) -> None:
        """Move what a person had moved when the last run was killed, if that was not stored any more."""
        for alarm in list(self._book.alarms.values()):
            last = next((e for e in reversed(self._book.entries.get(alarm.id, ())) if e.kind is EntryKind.REGROUPED), None)
            if last is None:
                continue
            stands = _word(alarm.symptom_of)
            if stands != last.now and (alarm.placed or stands == last.was):
                self.follow(last)

    def cause_of(self, alarm: int) -> Alarm | None:
        """The cause that an alarm hangs under, itself where it is one; None where it is not in memory."""
        found = self._book.alarms.get(alarm)
        if found is None or found.symptom_of is None:
            return found
        return self._book.alarms.get(found.symptom_of)

    def follow(self, entry: Entry) -> None:
        """Do what a stored entry says."""
        alarm = self._book.alarms.get(entry.alarm)
        if alarm is None:
            return
        if entry.undoes is None:
            self._why_before[entry.id] = Why(alarm.why, alarm.reason)
        if not entry.now:
            self._alone(alarm)
        else:
            root = self.cause_of(int(entry.now))
            # Two that were put under each other at the same time: the first stays.
            if root is not None and root.id != alarm.id:
                self._under(alarm, root, self._why(entry, alarm))
        self._placed(self._book.alarms[alarm.id])

    def _why(self, entry: Entry, alarm: Alarm) -> Why:
        if entry.undoes is not None:
            return self._why_before.pop(entry.undoes, NOTHING)
        return BY_HAND if entry.who else Why(alarm.why, alarm.reason)

    def _alone(self, alarm: Alarm) -> None:
        if alarm.incident is not None and alarm.symptom_of is None:
            return
        if alarm.incident is not None:
            self._incidents.leave(alarm.incident, alarm.id)
        self._book.set_cause(alarm.id, self._incidents.reopen(self._root(alarm), alarm), None, by_hand=True)

    def _under(self, alarm: Alarm, root: Alarm, why: Why) -> None:
        incident = root.incident
        if incident is None:
            # Not judged yet: by this it is a cause.
            incident = self._incidents.open(self._root(root), root)
            self._book.set_cause(root.id, incident, None, by_hand=True)
        for number in (alarm.id, *self.symptoms(alarm)):
            record = self._book.alarms[number]
            if record.incident is not None and record.incident != incident:
                self._incidents.leave(record.incident, number)
            self._incidents.join(incident, number)
            told = why if number == alarm.id else Why(record.why, record.reason)
            self._book.set_cause(number, incident, root.id, *told, by_hand=True)
        self._incidents.set_root(incident, self._root(root))

    def symptoms(self, alarm: Alarm) -> tuple[int, ...]:
        """What hangs under this cause."""
        if alarm.incident is None or alarm.symptom_of is not None:
            return ()
        members = self._incidents.members(alarm.incident)
        return tuple(number for number in members if self._book.alarms[number].symptom_of == alarm.id)


def _word(cause: int | None) -> str:
    return "" if cause is None else str(cause)
