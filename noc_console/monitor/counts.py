"""What happens too often: events of kernel logs, traps, and raises of alarms, counted within a time."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.conditions import Conditions, any_matches, patterns
from noc_console.alarms.kinds import CountCondition
from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm, Param
from noc_console.model.fleet import Device
from noc_console.model.poll import Event

TIDY_EVERY = 600.0
LOOK_EVERY = 1.0


@dataclass(slots=True)
class _Counted:
    """Of one thing: the newest times, as many as the highest level needs, and when it became well."""

    condition: CountCondition
    times: deque[float]
    text: str = ""
    calm: float | None = None


class Counts:
    """Used from the monitor's thread."""

    def __init__(self, conditions: Conditions, book: Book, devices: Mapping[str, Device]) -> None:
        self._events = tuple(c for c in conditions.counts if c.of == "events")
        self._raises = tuple(c for c in conditions.counts if c.of == "raises")
        self._words = {c.name: patterns(c.words) for c in self._events}
        self._book = book
        self._devices = devices
        self._counted: dict[Identity, _Counted] = {}
        self._standing: dict[Identity, None] = {}
        self._waiting: list[Alarm] = []
        self._look_at = self._tidy_at = 0.0

    def restore(self) -> None:
        """Take up what stands: it ends when it has been calm for the window."""
        for alarm in self._book.alarms.values():
            if alarm.is_open:
                self.stands(alarm)

    def stands(self, alarm: Alarm) -> None:
        """An alarm stands that was not raised just now: it counts as if it had."""
        conditions = (c for c in (*self._events, *self._raises) if c.qualifier == alarm.qualifier)
        condition = next(conditions, None)
        if alarm.type == AlarmType.TOO_OFTEN and condition is not None:
            who = Identity(*alarm.identity)
            self._counted[who] = _new(condition)
            self._counted[who].times.extend([alarm.changed] * int(_lowest(condition)))
            self._standing[who] = None

    def heard(self, device: str, component: str, event: Event) -> None:
        """One event that is told for the first time."""
        for condition in self._events:
            kinds, codes = condition.kinds, condition.codes
            wanted = (not kinds or event.kind in kinds) and (not codes or event.code in codes)
            if wanted and any_matches(self._words[condition.name], event.text):
                self._count(condition, device, component, event.time, event.text)

    def noted(self, alarm: Alarm, before: Alarm | None) -> None:
        """An alarm changed; it is counted at the next look, since the book is at work now."""
        if self._raises and alarm.is_open and alarm.type != AlarmType.TOO_OFTEN:
            came = before is None or not before.is_open or alarm.count > before.count
            if came and alarm.device is not None:
                self._waiting.append(alarm)

    def advance(self, now: float) -> None:
        """Count what was raised, and end what has become calm."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            for alarm in waiting:
                for condition in self._raises:
                    if not condition.types or alarm.type in condition.types:
                        self._count(condition, alarm.device or "", alarm.component, alarm.changed, alarm.type)
        if self._standing and now >= self._look_at:
            self._look_at = now + LOOK_EVERY
            self._end_calm(now)
        if now >= self._tidy_at:
            self._tidy_at = now + TIDY_EVERY
            self._tidy(now)

    def forget(self, who: Identity) -> None:
        """A person has closed this alarm: it is counted anew."""
        self._counted.pop(who, None)
        self._standing.pop(who, None)

    def _count(self, condition: CountCondition, device: str, component: str, at: float, text: str) -> None:
        found = self._devices.get(device)
        if found is None or not condition.fits_device(found) or not condition.fits_component(component):
            return
        part = component if condition.per == "component" else ""
        who = Identity(device, part, condition.type, condition.qualifier)
        counted = self._counted.get(who)
        if counted is None:
            counted = self._counted[who] = _new(condition)
        counted.times.append(at)
        counted.text = text
        number = sum(time > at - condition.window for time in counted.times)
        severity = max((severity for severity, limit in condition.levels.items() if number >= limit), default=None)
        if severity is None:
            return
        standing = self._book.standing(who)
        if standing is not None:
            severity = max(severity, standing.severity)
        self._standing[who], counted.calm = None, None
        params: dict[str, Param] = {
            "value": number, "limit": condition.levels[severity], "window": condition.window, "of": condition.of,
            "text": text, "since": counted.times[0], **condition.said,
        }  # fmt: skip
        self._book.raise_alarm(who, severity, at, params)

    def _end_calm(self, now: float) -> None:
        for who in list(self._standing):
            counted = self._counted.get(who)
            if counted is None or self._book.standing(who) is None:
                del self._standing[who]
                continue
            number = sum(time > now - counted.condition.window for time in counted.times)
            if number >= _lowest(counted.condition):
                counted.calm = None
                continue
            counted.calm = now if counted.calm is None else counted.calm
            if now - counted.calm >= counted.condition.clear.seconds:
                del self._standing[who]
                self._book.clear(who, now)

    def _tidy(self, now: float) -> None:
        """Forget what happened too long ago to count."""
        for who, counted in list(self._counted.items()):
            if who not in self._standing and counted.times[-1] <= now - counted.condition.window:
                del self._counted[who]


def _lowest(condition: CountCondition) -> float:
    return min(condition.levels.values())


def _new(condition: CountCondition) -> _Counted:
    return _Counted(condition, deque(maxlen=int(max(condition.levels.values()))))
