"""Who belongs to whom: alarms are held until their possible causes are known, then folded under one or announced as one.

Deterministic: it looks at most once a second of the monitor's time, at everything that is held, in the order of the alarms.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from noc_console.alarms.book import Identity
from noc_console.alarms.types import AlarmType
from noc_console.correlation.inferred import Inferred
from noc_console.correlation.outlived import Outlived
from noc_console.correlation.reason import Reason
from noc_console.correlation.roots import Roots
from noc_console.correlation.rules import Rules, Waited
from noc_console.correlation.sight import COOLER_TROUBLE, Sight
from noc_console.correlation.why import NOTHING, Why
from noc_console.incidents import Incidents
from noc_console.model.alarm import Alarm
from noc_console.model.severity import OperatorState

LEAST_HELD_S = 5.0
"""Seconds that an alarm is held that may have a cause (field)."""

INTERVALS_HELD = 2
"""Intervals of the slowest possible cause that it is held at most; a suspect is waited for one more."""

USUAL_INTERVAL_S = 30.0
LOOK_EVERY_S = 1.0
LONG_HELD_S = 120.0
"""Older than two intervals of most devices: an hour between two answers is not looked at second by second."""
ASK_AGAIN_S = 10.0
"""Seconds until a possible cause is asked again that was asked and did not answer."""


@dataclass(slots=True)
class _Held:
    """An alarm without a cause yet. `since` is when it was raised."""

    since: float
    causes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The alarm that is the cause (itself, if it is one), or None while it is waited for."""

    root: int | None
    why: Why = NOTHING


_WAIT = _Verdict(None)
_ASKED = _Verdict(None)
"""Its reason is being looked for: one that leads back to it is none."""


class Correlator:
    """Used from the monitor's thread.

    Attributes
    ----------
    root : the cause that an alarm stands for, as the formats name it.
    """

    def __init__(self, sight: Sight, incidents: Incidents, ask: Callable[[str], None]) -> None:
        """`ask` has a possible cause asked now."""
        self._sight = sight
        self._book = sight.book
        self._incidents = incidents
        self._ask = ask
        self._inferred = Inferred(sight)
        self.root = Roots(sight, self._inferred).of
        self._rules = Rules(sight, self._inferred, self._heat_cause)
        self._outlived = Outlived(sight, self._rules, incidents)
        self._held: dict[int, _Held] = {}
        self._on_device: dict[str, dict[int, None]] = {}
        self._causes: dict[int, None] = {}
        self._asked: dict[str, float] = {}
        self._look_at: float | None = None

    def restore(self, alarms: Iterable[Alarm], now: float) -> None:
        """Take up what stands; what had no incident yet is held again."""
        for alarm in alarms:
            self._sight.note(alarm)
            if alarm.incident is None:
                self._hold(alarm, now)
            elif alarm.symptom_of is not None:
                self._outlived.note(alarm, now)
                self._outlived.put_under(alarm)
            elif alarm.device is not None:
                self._on_device.setdefault(alarm.device, {})[alarm.id] = None
                self._causes[alarm.id] = None
            if alarm.needs_someone and alarm.incident is not None and not alarm.announced and not alarm.placed:
                # Symptoms were put under it by hand before it was judged, and the last run ended before it was.
                self._hold(alarm, now)
        if self._held:
            self._look(now)
        self._inferred.restore()

    # what happens

    def followed(self, alarm: Alarm, now: float) -> None:
        """An alarm was raised, cleared or changed; the record is as it will be."""
        before = self._book.alarms.get(alarm.id)
        self._sight.note(alarm)
        self._incidents.touch(alarm.incident)
        if alarm.is_open and (before is None or not before.is_open):
            self._hold(alarm, now)
        elif not alarm.is_open and alarm.symptom_of is None and before is not None:
            self._outlived.ended(alarm, now)
        self._look(now)

    def _hold(self, alarm: Alarm, now: float) -> None:
        self._sight.refresh_links()
        causes = self._rules.possible_causes(alarm)
        self._held[alarm.id] = _Held(now, causes)
        if not causes:
            self._look_at = now

    def heard(self, now: float) -> None:
        """A device answered or missed: what is held may be decided."""
        if self._held or self._outlived.is_due(now):
            self._look(now)

    def _look(self, now: float, pause: float = LOOK_EVERY_S) -> None:
        at = now + pause
        self._look_at = at if self._look_at is None else min(self._look_at, at)

    def next_wake(self) -> float | None:
        """When it wants to look next."""
        return self._look_at

    def advance(self, now: float) -> None:
        """Look where that is due."""
        while self._look_at is not None and self._look_at <= now:
            at, self._look_at = self._look_at, None
            self._decide(at)

    def forget(self) -> None:
        """Let go of alarms that are in memory no more."""
        for device, alarms in list(self._on_device.items()):
            known = {i: None for i in alarms if i in self._book.alarms}
            self._on_device[device] = known
            if not known:
                del self._on_device[device]

    # what people say

    def placed(self, alarm: Alarm) -> None:
        """A person said where it belongs: it is held no more."""
        self._held.pop(alarm.id, None)
        self._stands_for(alarm)

    def reopened(self, alarm: Alarm, now: float) -> None:
        """Its close was undone: it stands, or ended, where it did."""
        self._sight.note(alarm)
        self._incidents.touch(alarm.incident)
        if alarm.incident is None and alarm.is_open:
            self._hold(alarm, now)
        self._stands_for(alarm)
        self._look(now)

    def _stands_for(self, alarm: Alarm) -> None:
        is_cause = alarm.incident is not None and alarm.symptom_of is None
        on_device = self._on_device.setdefault(alarm.device or "", {})
        for known in (self._causes, on_device):
            if is_cause:
                known[alarm.id] = None
            else:
                known.pop(alarm.id, None)

    # deciding

    def _decide(self, now: float) -> None:
        self._sight.cut = {
            i for i in self._causes if (a := self._book.alarms.get(i)) and a.is_open and a.type == AlarmType.PORT_DOWN
        }
        self._sight.refresh()
        self._book.breathe()
        self._inferred.update(now)
        self._move_late(now)
        self._judge_outlived(now)
        verdicts: dict[int, _Verdict] = {}
        for alarm in sorted(self._held):
            self._book.breathe()
            if alarm in self._book.alarms:
                self._verdict(alarm, now, verdicts)
        causes = [alarm for alarm, verdict in sorted(verdicts.items()) if verdict.root == alarm and alarm in self._held]
        for alarm in causes:
            self._book.breathe()
            self._own(alarm, now)
        for alarm, verdict in sorted(verdicts.items()):
            self._book.breathe()
            if verdict.root not in (None, alarm) and alarm in self._held:
                self._fold(alarm, verdict)
        self._held = {i: held for i, held in self._held.items() if i in self._book.alarms}
        if self._held or causes:
            # A new cause may explain what was called before it.
            self._look(now, _pause(self._held.values(), now))

    def _verdict(self, number: int, now: float, known: dict[int, _Verdict]) -> _Verdict:
        found = known.get(number)
        if found is not None:
            return found
        alarm = self._book.alarms[number]
        held = self._held.get(number)
        if held is None:
            return _Verdict(alarm.symptom_of if alarm.symptom_of in self._book.alarms else number)
        if alarm.placed:
            root = alarm.symptom_of if alarm.symptom_of in self._book.alarms else number
            known[number] = _Verdict(root, Why(alarm.why, alarm.reason))
            return known[number]
        known[number] = _ASKED
        reason = self._rules.reason(alarm)
        if reason is not None and reason.is_guess and self._waits(alarm, held, now):
            known[number] = _WAIT
        elif reason is not None and known.get(reason.cause) is not _ASKED:
            above = self._verdict(reason.cause, now, known)
            known[number] = _Verdict(above.root, reason.why) if above.root is not None else _WAIT
        elif not self._waits(alarm, held, now):
            known[number] = _Verdict(number)
        else:
            known[number] = _WAIT
        return known[number]

    def _waits(self, alarm: Alarm, held: _Held, now: float) -> bool:
        waited = self._rules.waited(alarm, held.causes)
        if held.causes and alarm.is_open and now < held.since + LEAST_HELD_S:
            self._ask_for(waited, alarm, now)
            return True
        if not waited:
            return False
        self._ask_for(waited, alarm, now)
        intervals = INTERVALS_HELD + waited.suspect
        return now < held.since + intervals * (waited.slowest or USUAL_INTERVAL_S)

    def _ask_for(self, waited: Waited, alarm: Alarm, now: float) -> None:
        for device in sorted(waited.unknown):
            last = self._asked.get(device)
            if last is None or last < now - ASK_AGAIN_S:
                self._asked[device] = now
                self._ask(device)

    def _own(self, number: int, now: float) -> None:
        """It is a cause."""
        alarm = self._book.alarms[number]
        del self._held[number]
        if alarm.symptom_of is not None:
            # It came back: it belongs where it did, unless its cause does not come back with it.
            self._incidents.touch(alarm.incident)
            self._outlived.note(alarm, now)
            self._outlived.put_under(alarm)
            return
        if alarm.incident is None:
            self._book.set_cause(number, self._incidents.open(self.root(alarm), alarm), None)
        self._stand_alone(number, now)

    def _stand_alone(self, number: int, now: float) -> None:
        """It is the cause of its incident: told of once, unless a person has it in hand already, or closed it."""
        alarm = self._book.alarms[number]
        self._on_device.setdefault(alarm.device or "", {})[number] = None
        self._causes[number] = None
        self._incidents.touch(alarm.incident)
        if alarm.is_open and alarm.state is OperatorState.NONE and not alarm.announced:
            self._book.announce(number, now)

    def _judge_outlived(self, now: float) -> None:
        """A symptom that stands though its cause is over: it has another cause, or is one itself."""
        for number in self._outlived.due(now, self._held):
            self._book.breathe()
            alarm = self._book.alarms[number]
            reason = self._outlived.reason(alarm)
            root = self._root_of(reason) if reason is not None else None
            if reason is not None and root is not None:
                self._put_under(alarm, root, reason.why, late=True)
            elif reason is None:
                # A cause of its own from now on, and of what hung under it.
                beside = self._incidents.members(alarm.incident or 0)
                self._incidents.leave(alarm.incident or 0, number)
                self._book.set_cause(number, self._incidents.open(self.root(alarm), alarm), None)
                self._stand_alone(number, now)
                self._take_along(number, beside)

    def _take_along(self, cause: int, beside: Iterable[int]) -> None:
        """What stood under the same cause as this one, because of it."""
        for number in beside:
            alarm = self._book.alarms[number]
            if alarm.is_open and alarm.symptom_of is not None and not alarm.placed and number not in self._held:
                reason = self._rules.reason(alarm)
                root = self._root_of(reason) if reason is not None else None
                if reason is not None and root is not None and root.id == cause:
                    self._put_under(alarm, root, reason.why, late=True)

    def _fold(self, number: int, verdict: _Verdict) -> None:
        """It is a symptom of another, and what was folded under it goes along."""
        self._held.pop(number)
        root = self._book.alarms.get(verdict.root or 0)
        if root is None or root.incident is None:
            return
        self._put_under(self._book.alarms[number], root, verdict.why)

    def _put_under(self, alarm: Alarm, root: Alarm, why: Why, *, late: bool = False) -> None:
        before, incident = alarm.incident, root.incident
        if incident is None:
            return
        moved = [alarm.id]
        if before is not None and before != incident and alarm.symptom_of is None:
            moved += [m for m in self._incidents.members(before) if m != alarm.id]
        for number in moved:
            record = self._book.alarms[number]
            if record.incident is not None and record.incident != incident:
                self._incidents.leave(record.incident, number)
            self._incidents.join(incident, number, late=late)
            self._book.set_cause(number, incident, root.id, *(why if number == alarm.id else (record.why, record.reason)))
            self._outlived.put_under(self._book.alarms[number])
        if not root.is_open and why.reason[:1] != ("cooled-by",):
            self._outlived.note(alarm, self._book.now)
        self._causes.pop(alarm.id, None)
        if alarm.device is not None:
            self._on_device.get(alarm.device, {}).pop(alarm.id, None)
        self._incidents.set_root(incident, self.root(root))

    def _move_late(self, now: float) -> None:
        """A cause that was known too late: what was called as a cause of its own goes under it."""
        self._causes = {
            i: None for i in self._causes if i in self._book.alarms and self._incidents.is_open(self._book.alarms[i].incident)
        }
        for number in [i for i in self._causes if i not in self._held and _is_own_cause(self._book.alarms[i])]:
            self._book.breathe()
            alarm = self._book.alarms[number]
            reason = self._rules.reason(alarm)
            root = self._root_of(reason) if reason is not None else None
            if reason is not None and root is not None and root.id != alarm.id and root.incident != alarm.incident:
                self._put_under(alarm, root, reason.why)

    def _root_of(self, reason: Reason) -> Alarm | None:
        cause = self._book.alarms.get(reason.cause)
        if cause is None or cause.id in self._held:
            return None
        return self._book.alarms.get(cause.symptom_of) if cause.symptom_of is not None else cause

    # causes

    def _heat_cause(self, cooler: str) -> Alarm | None:
        """The trouble of a cooler that stands, or whose incident is not closed."""
        standing = self._book.open_of(cooler, *COOLER_TROUBLE)
        if standing:
            return min(standing, key=lambda a: a.id)
        ended = (self._book.alarms[i] for i in self._on_device.get(cooler, ()) if i in self._book.alarms)
        return next((a for a in ended if a.type in COOLER_TROUBLE and self._incidents.is_open(a.incident)), None)


def _is_own_cause(alarm: Alarm) -> bool:
    is_cause = alarm.incident is not None and alarm.symptom_of is None
    return alarm.is_open and is_cause and not alarm.placed


def _pause(held: Iterable[_Held], now: float) -> float:
    """Seconds until time alone may decide something: what was held for long need not be looked at each second."""
    age = now - max((each.since for each in held), default=now)
    return LOOK_EVERY_S if age < LONG_HELD_S else age / 16.0


__all__ = ["Correlator", "Identity"]
