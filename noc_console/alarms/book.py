"""The book of alarms: their conditions, episodes and entries. One owner, one thread, no clock.

Judges say what stands (`raise_alarm`, `clear`); people's entries come in through `apply`. Each change is an entry.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from noc_console.alarms.operator_axis import axis_of, fold, step, with_axis
from noc_console.model.alarm import Alarm, Entry, EntryKind, Param
from noc_console.model.severity import OperatorState, Severity

EPISODE_SECONDS = 600.0
"""A raise within this time after the clear is the same alarm again (formats: episodes)."""

CHATTERING = 3
"""Raises within ten minutes from which an alarm is one that comes and goes (field)."""

KEPT_SECONDS = 86_400.0
"""How long an alarm that is cleared and closed stays in memory."""


class Identity(NamedTuple):
    """What an alarm is about: X.733's resource, type and qualifier."""

    device: str | None
    component: str
    type: str
    qualifier: str = ""


class Place(NamedTuple):
    """Where a device stands."""

    site: str | None = None
    room: str | None = None
    rack: str | None = None


@dataclass(slots=True)
class BookNews:
    """What changed since the last look. `own` are the changes that the monitor has to store itself (a person's are stored)."""

    alarms: dict[int, None] = field(default_factory=dict)
    own_alarms: dict[int, None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    own_entries: list[Entry] = field(default_factory=list)


class Book:
    """All alarms of the monitor.

    Attributes
    ----------
    alarms : id → newest record. entries : id → its entries in order. calls : announcements that called a person.
    now : UTC seconds; when a change is noted. Set by the owner before it judges.
    """

    def __init__(self, place: Callable[[str | None], Place], follow: Callable[[Alarm], None]) -> None:
        """`place` tells where a device stands; `follow` is told of each changed condition before it is kept."""
        self._place = place
        self._follow = follow
        self.alarms: dict[int, Alarm] = {}
        self.entries: dict[int, list[Entry]] = {}
        self.calls = 0
        self.now = 0.0
        self._newest: dict[Identity, int] = {}
        self._open: dict[str | None, dict[Identity, int]] = {}
        # The worst severity that an acknowledgement stands for, or that was announced after it.
        self._answered_for: dict[int, Severity] = {}
        self._last_alarm = 0
        self._last_entry = 0
        self._news = BookNews()

    def restore(self, alarms: Iterable[Alarm], entries: Iterable[Entry], *, last_alarm: int = 0, last_entry: int = 0) -> None:
        """Take up what was stored; the operator's axis is the fold of the entries."""
        for entry in sorted(entries, key=lambda e: e.id):
            self.entries.setdefault(entry.alarm, []).append(entry)
            last_entry = max(last_entry, entry.id)
        for alarm in sorted(alarms, key=lambda a: a.id):
            told = self.entries.get(alarm.id, [])
            alarm = with_axis(alarm, fold(told))
            self._put(replace(alarm, worse_again=self._remember_answer(alarm, told)))
            last_alarm = max(last_alarm, alarm.id)
        self._last_alarm, self._last_entry = last_alarm, last_entry
        for alarm in [a for a in self.alarms.values() if a.is_open and a.state is OperatorState.CLOSED]:
            # Killed after the close was stored and before its end was, with a change of the condition stored in between.
            self._settle(ended_by_person(alarm, alarm.state_at or alarm.changed))

    def _remember_answer(self, alarm: Alarm, told: Iterable[Entry]) -> bool:
        """Find what an acknowledgement stood for; whether it got worse since then."""
        severity = Severity.INDETERMINATE
        answered = worst = None
        for entry in told:
            if entry.kind in (EntryKind.RAISED, EntryKind.SEVERITY):
                severity = Severity.of(entry.now)
                worst = max(worst, severity) if worst is not None else None
            elif entry.kind is EntryKind.ACKNOWLEDGED:
                answered = worst = severity
            elif entry.kind is EntryKind.UNACKNOWLEDGED:
                answered = worst = None
        if answered is None or worst is None or alarm.state is not OperatorState.ACKNOWLEDGED:
            return False
        self._answered_for[alarm.id] = worst
        return worst > answered

    # what stands

    def standing(self, who: Identity) -> Alarm | None:
        """The open alarm of this identity."""
        found = self._open.get(who.device, {}).get(who)
        return self.alarms[found] if found is not None else None

    def newest(self, device: str | None, component: str, type_: str, qualifier: str = "") -> Alarm | None:
        """The newest alarm of this identity, open or not."""
        found = self._newest.get(Identity(device, component, type_, qualifier))
        return self.alarms[found] if found is not None else None

    def is_open(self, alarm: int) -> bool:
        """Whether this alarm is known and its condition stands."""
        return alarm in self.alarms and self.alarms[alarm].is_open

    def open_of(self, device: str | None, *types: str) -> list[Alarm]:
        """The open alarms of a device, of these types where some are named."""
        return [self.alarms[i] for who, i in self._open.get(device, {}).items() if not types or who.type in types]

    # the condition's axis

    def raise_alarm(
        self,
        who: Identity,
        severity: Severity,
        at: float,
        params: Mapping[str, Param],
        *,
        again: int = 0,
        place: Place | None = None,
        chattering: bool = False,
    ) -> Alarm:
        """The condition stands, with this severity, since `at`. Saying it twice changes nothing. It is not announced yet.

        `place` tells where it is, if no device does. `again` counts further events of an open alarm (an Xid
        that repeats): its count grows and the newest parameters show. `chattering`: it stands for many raises and clears.
        """
        alarm = self._raised(who, severity, at, params, again, place)
        if chattering and not alarm.chattering:
            alarm = self._settle(replace(alarm, chattering=True))
        return alarm

    def _raised(
        self, who: Identity, severity: Severity, at: float, params: Mapping[str, Param], again: int, place: Place | None
    ) -> Alarm:
        last = self._newest.get(who)
        alarm = self.alarms[last] if last is not None else None
        if alarm is None or (not alarm.is_open and not _same_episode(alarm, at)):
            return self._begin(who, severity, at, params, max(1, again), place or self._place(who.device))
        if not alarm.is_open:
            chattering = alarm.chattering or self._comes_and_goes(alarm.id, at)
            alarm = replace(alarm, cleared=None, count=alarm.count + max(1, again), params=params, chattering=chattering)
            self._write(alarm, EntryKind.RAISED, at, now=severity.word)
            return self._settle(self._worsened(alarm, severity, at))
        if again:
            self._write(alarm, EntryKind.RAISED, at, was=alarm.severity.word, now=severity.word)
            alarm = replace(alarm, count=alarm.count + again, params=params)
        elif severity is alarm.severity:
            return alarm
        else:
            self._write(alarm, EntryKind.SEVERITY, at, was=alarm.severity.word, now=severity.word)
        return self._settle(self._worsened(replace(alarm, params=params), severity, at))

    def _comes_and_goes(self, alarm: int, at: float) -> bool:
        """Whether this raise is the third within ten minutes."""
        raised = [entry for entry in self.entries.get(alarm, ()) if entry.kind is EntryKind.RAISED]
        return len(raised) >= CHATTERING - 1 and at - raised[1 - CHATTERING].at <= EPISODE_SECONDS

    def clear(self, who: Identity, at: float, text: str = "") -> None:
        """The condition is gone; nothing happens where it did not stand."""
        alarm = self.standing(who)
        if alarm is None:
            return
        at = max(at, alarm.raised)
        self._write(alarm, EntryKind.CLEARED, at, was=alarm.severity.word, text=text)
        self._settle(replace(alarm, cleared=at, changed=at))

    def amend(self, alarm: int, params: Mapping[str, Param]) -> None:
        """More is known of an alarm: these parameters are added or replaced. It is no new raise."""
        known = self.alarms[alarm]
        self._settle(replace(known, params={**known.params, **params}))

    def _begin(
        self, who: Identity, severity: Severity, at: float, params: Mapping[str, Param], count: int, place: Place
    ) -> Alarm:
        self._last_alarm += 1
        alarm = Alarm(
            id=self._last_alarm,
            device=who.device,
            component=who.component,
            type=str(who.type),
            qualifier=who.qualifier,
            severity=severity,
            raised=at,
            changed=at,
            count=count,
            params=params,
            site=place.site,
            room=place.room,
            rack=place.rack,
        )
        self._write(alarm, EntryKind.RAISED, at, now=severity.word)
        return self._settle(alarm)

    def _worsened(self, alarm: Alarm, severity: Severity, at: float) -> Alarm:
        """With the severity, announced again if it is worse than what was acknowledged, or calls for the first time."""
        answered = self._answered_for.get(alarm.id)
        worse = answered is not None and severity > answered
        calls_first = answered is None and severity.calls and not alarm.severity.calls
        if worse:
            self._answered_for[alarm.id] = severity
        # A symptom is never announced; what is held back is announced when its hold-back ends.
        again = (worse or (calls_first and bool(alarm.announced))) and alarm.symptom_of is None
        announced = (*alarm.announced, at) if again else alarm.announced
        self.calls += again and severity.calls
        return replace(alarm, severity=severity, changed=at, worse_again=alarm.worse_again or worse, announced=announced)

    # the cause

    def announce(self, alarm: int, at: float) -> None:
        """Tell of it for the first time: a call, unless it is only a warning."""
        record = self.alarms[alarm]
        self.calls += record.severity.calls
        self._change(replace(record, announced=(*record.announced, at)))

    def set_cause(self, alarm: int, incident: int, symptom_of: int | None, why: str = "", reason: tuple[str, ...] = ()) -> None:
        """It belongs to this incident: as the cause, or as a symptom of another alarm. `reason`: what `why` says, as a code."""
        record = self.alarms[alarm]
        if (record.incident, record.symptom_of, record.why, record.reason) != (incident, symptom_of, why, reason):
            self._change(replace(record, incident=incident, symptom_of=symptom_of, why=why, reason=reason))

    def _change(self, alarm: Alarm) -> None:
        self._put(alarm)
        self._news.alarms[alarm.id] = None
        self._news.own_alarms[alarm.id] = None

    def _settle(self, alarm: Alarm) -> Alarm:
        self._follow(alarm)
        self._change(alarm)
        return alarm

    def _put(self, alarm: Alarm) -> None:
        who = Identity(*alarm.identity)
        self.alarms[alarm.id] = alarm
        if alarm.id >= self._newest.get(who, 0):
            self._newest[who] = alarm.id
        standing = self._open.setdefault(who.device, {})
        if alarm.is_open:
            standing[who] = alarm.id
        elif standing.get(who) == alarm.id:
            del standing[who]

    def _write(self, alarm: Alarm, kind: EntryKind, at: float, *, was: str = "", now: str = "", text: str = "") -> None:
        entry = Entry(id=self.next_entry(), alarm=alarm.id, kind=kind, at=at, noted=self.now, was=was, now=now, text=text)
        self.entries.setdefault(alarm.id, []).append(entry)
        self._news.entries.append(entry)
        self._news.own_entries.append(entry)

    def next_entry(self) -> int:
        """A number for an entry, given once."""
        self._last_entry += 1
        return self._last_entry

    # the operator's axis

    def apply(self, entry: Entry) -> Alarm:
        """A person's entry that is stored: it changes the operator's axis, and closing ends the alarm."""
        alarm = self.alarms[entry.alarm]
        alarm = with_axis(alarm, step(axis_of(alarm), entry))
        if entry.kind is EntryKind.ACKNOWLEDGED:
            self._answered_for[alarm.id] = alarm.severity
            alarm = replace(alarm, worse_again=False)
        elif entry.kind in (EntryKind.UNACKNOWLEDGED, EntryKind.CLOSED):
            self._answered_for.pop(alarm.id, None)
        if entry.kind is EntryKind.CLOSED and alarm.is_open:
            alarm = self._settle(ended_by_person(alarm, entry.at))
        self._put(alarm)
        self._news.alarms[alarm.id] = None
        self.entries.setdefault(alarm.id, []).append(entry)
        self._news.entries.append(entry)
        return alarm

    # what is told on

    def take(self) -> BookNews:
        """What changed since the last call."""
        news, self._news = self._news, BookNews()
        return news

    def forget_old(self, now: float) -> None:
        """Let go of alarms that are closed and ended a day ago; the store has them."""
        for alarm in [a for a in self.alarms.values() if not is_kept(a, now)]:
            del self.alarms[alarm.id]
            self.entries.pop(alarm.id, None)
            if self._newest.get(Identity(*alarm.identity)) == alarm.id:
                del self._newest[Identity(*alarm.identity)]


def is_kept(alarm: Alarm, now: float) -> bool:
    """Whether an alarm belongs into memory and snapshots: open, not closed, or ended in the last 24 hours."""
    return alarm.cleared is None or alarm.state is not OperatorState.CLOSED or now - alarm.cleared < KEPT_SECONDS


def ended_by_person(alarm: Alarm, at: float) -> Alarm:
    """The record of an alarm that stood when it was closed."""
    at = max(at, alarm.raised)
    return replace(alarm, cleared=at, changed=at)


def _same_episode(alarm: Alarm, at: float) -> bool:
    return alarm.state is not OperatorState.CLOSED and alarm.cleared is not None and at - alarm.cleared <= EPISODE_SECONDS
