"""Symptoms whose cause is over, or explains them no more: each is judged anew once its device was asked since."""

from collections.abc import Container
from math import inf

from noc_console.alarms.types import AlarmType
from noc_console.correlation import why
from noc_console.correlation.parts import AIR, GPU_GONE
from noc_console.correlation.reason import Reason
from noc_console.correlation.rules import Rules, reboot_ends
from noc_console.correlation.sight import Sight
from noc_console.incidents import Incidents
from noc_console.model.alarm import Alarm
from noc_console.model.severity import Severity

POLLS = 3
"""Polls of its device that a symptom may outlive its cause: the first may still be lost, a port needs two."""

LEAST_S = 65.0
COOLING_DOWN_S = 900.0
"""Seconds that air and metal take to cool down."""

_JUDGED = (
    AlarmType.UNREACHABLE, AlarmType.PORT_DOWN, AlarmType.AUTH_FAILED, AlarmType.BAD_REPLY, AlarmType.SOURCE_SILENT,
    AlarmType.FAN_STOPPED, AlarmType.VOLTAGE_LOW, AlarmType.VOLTAGE_HIGH, AlarmType.STATE_BAD, AlarmType.TEMPERATURE_HIGH, *AIR,
)  # fmt: skip
"""What each poll says anew. Events, and what is counted over a time, end later than their cause by their nature."""
_OF_AIR = (AlarmType.TEMPERATURE_HIGH, *AIR)


class Outlived:
    """Used from the monitor's thread."""

    def __init__(self, sight: Sight, rules: Rules, incidents: Incidents) -> None:
        self._sight = sight
        self._book = sight.book
        self._rules = rules
        self._incidents = incidents
        self._due: dict[int, float] = {}
        self._doubts: dict[int, float] = {}
        """Symptom → until when (UTC seconds) its cause can explain it."""

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
            self._due[alarm.id] = now + (max(grace, COOLING_DOWN_S) if alarm.type in _OF_AIR else grace)

    def put_under(self, alarm: Alarm) -> None:
        """A symptom has a cause, which may explain it only for a while: a host that is away for a reboot comes back."""
        ends = self._ends(alarm)
        if ends < inf:
            self._doubts[alarm.id] = ends
        else:
            self._doubts.pop(alarm.id, None)

    def is_due(self, now: float) -> bool:
        """Whether one may be judged."""
        return any(due and min(due.values()) <= now for due in (self._due, self._doubts))

    def due(self, now: float, held: Container[int]) -> list[int]:
        """Those that are judged now: their device was asked since they were due (a recording that has ended tells nothing)."""
        found: list[int] = []
        for waiting, is_wanted in ((self._due, self._is_outlived), (self._doubts, self._is_doubtful)):
            for number in [n for n, due in sorted(waiting.items()) if due <= now and n not in held]:
                if not is_wanted(number):
                    del waiting[number]
                elif (self._sight.reach.polled_at(self._book.alarms[number].device or "") or 0.0) >= waiting[number]:
                    del waiting[number]
                    found.append(number)
        return found

    def _is_outlived(self, number: int) -> bool:
        alarm = self._symptom(number)
        return alarm is not None and not self._book.is_open(alarm.symptom_of or 0)

    def _is_doubtful(self, number: int) -> bool:
        """Whether its cause still stands; somebody may have taken it in hand meanwhile, which gives it more time."""
        alarm = self._symptom(number)
        cause = self._book.alarms.get(alarm.symptom_of or 0) if alarm is not None else None
        if alarm is None or cause is None or not cause.is_open:
            return False
        self._doubts[number] = self._ends(alarm)
        return True

    def _ends(self, alarm: Alarm) -> float:
        """Until when (UTC seconds) the lost GPUs of its own device explain its silence, whatever they themselves hang on."""
        cause = self._book.alarms.get(alarm.symptom_of or 0)
        if cause is None or cause.type == AlarmType.UNREACHABLE or alarm.reason != why.part_of(alarm.device or "").reason:
            return inf
        lost = (a for a in self._book.open_of(alarm.device, *GPU_GONE) if a.severity is Severity.CRITICAL)
        return max((reboot_ends(alarm, each) for each in lost), default=inf)

    def _symptom(self, number: int) -> Alarm | None:
        """The alarm, if it stands and no person said where it belongs."""
        alarm = self._book.alarms.get(number)
        return alarm if alarm is not None and alarm.is_open and alarm.symptom_of is not None and not alarm.placed else None

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
        is_heat = alarm.type in _OF_AIR and reason.why.reason[:1] == ("cooled-by",)
        return reason if is_heat or self._book.is_open(reason.cause) else None
