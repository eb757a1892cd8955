"""Symptoms that stand though their cause is over: each is judged anew once its device was asked for long enough since."""

from collections.abc import Container

from noc_console.alarms.types import AlarmType
from noc_console.correlation import why
from noc_console.correlation.reason import Reason
from noc_console.correlation.rules import Rules
from noc_console.correlation.sight import Sight
from noc_console.incidents import Incidents
from noc_console.model.alarm import Alarm

POLLS = 3
"""Polls of its device that a symptom may outlive its cause: the first may still be lost, a port needs two."""

LEAST_S = 65.0
COOLING_DOWN_S = 900.0
"""Seconds that air and metal take to cool down."""

_JUDGED = (
    AlarmType.UNREACHABLE, AlarmType.PORT_DOWN, AlarmType.AUTH_FAILED, AlarmType.BAD_REPLY, AlarmType.SOURCE_SILENT,
    AlarmType.FAN_STOPPED, AlarmType.VOLTAGE_LOW, AlarmType.STATE_BAD, AlarmType.TEMPERATURE_HIGH,
)  # fmt: skip
"""What each poll says anew. Events, and what is counted over a time, end later than their cause by their nature."""


class Outlived:
    """Used from the monitor's thread."""

    def __init__(self, sight: Sight, rules: Rules, incidents: Incidents) -> None:
        self._sight = sight
        self._book = sight.book
        self._rules = rules
        self._incidents = incidents
        self._due: dict[int, float] = {}

    def ended(self, cause: Alarm, now: float) -> None:
        """A cause is over: its symptoms that stand are due later."""
        for number in self._incidents.members(cause.incident) if cause.incident is not None else ():
            alarm = self._book.alarms[number]
            if alarm.is_open and alarm.symptom_of == cause.id:
                self.note(alarm, now)

    def note(self, alarm: Alarm, now: float) -> None:
        """A symptom stands whose cause may be over."""
        if alarm.type in _JUDGED and alarm.device is not None:
            source = alarm.qualifier if alarm.type == AlarmType.SOURCE_SILENT else ""
            grace = max(LEAST_S, POLLS * self._sight.reach.interval(alarm.device, source))
            self._due[alarm.id] = now + (max(grace, COOLING_DOWN_S) if alarm.type == AlarmType.TEMPERATURE_HIGH else grace)

    def is_due(self, now: float) -> bool:
        """Whether one may be judged."""
        return bool(self._due) and min(self._due.values()) <= now

    def due(self, now: float, held: Container[int]) -> list[int]:
        """Those that are judged now: their device was asked since they were due (a recording that has ended tells nothing)."""
        found: list[int] = []
        for number in [n for n, due in sorted(self._due.items()) if due <= now and n not in held]:
            if not self._is_outlived(number):
                del self._due[number]
            elif (self._sight.reach.polled_at(self._book.alarms[number].device or "") or 0.0) >= self._due[number]:
                del self._due[number]
                found.append(number)
        return found

    def _is_outlived(self, number: int) -> bool:
        alarm = self._book.alarms.get(number)
        if alarm is None or not alarm.is_open or alarm.symptom_of is None or alarm.placed:
            return False
        return not self._book.is_open(alarm.symptom_of)

    def reason(self, alarm: Alarm) -> Reason | None:
        """What explains it now: only what stands itself, or a cooler's trouble of which the heat is left."""
        device = alarm.device or ""
        dead = self._sight.dead.get(device)
        if dead is not None and dead != alarm.id:
            # What it said last is all that is known of it.
            return Reason(dead, why.part_of(device))
        reason = self._rules.reason(alarm)
        if reason is None:
            return None
        is_heat = alarm.type == AlarmType.TEMPERATURE_HIGH and reason.why.reason[:1] == ("cooled-by",)
        return reason if is_heat or self._book.is_open(reason.cause) else None
