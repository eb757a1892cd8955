"""The book of alarms: their conditions, episodes and entries. One owner, one thread, no clock.

Judges say what stands (`raise_alarm`, `clear`); people's entries come in through `apply`. Each change is an entry.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from noc_console.alarms.breath import go_on
from noc_console.alarms.ledger import BookNews, Identity, Ledger, is_kept
from noc_console.alarms.operator_axis import axis_of, fold, step, with_axis
from noc_console.alarms.tale import acknowledged_at, changed_at, owed_since, stands
from noc_console.model.alarm import Alarm, ByItself, Entry, EntryKind, Param
from noc_console.model.severity import OperatorState, Severity

EPISODE_SECONDS = 600.0
"""A raise within this time after the clear is the same alarm again (formats: episodes)."""

CHATTERING = 3
"""Raises within ten minutes from which an alarm is one that comes and goes (field)."""


class Place(NamedTuple):
    """Where a device stands."""

    site: str | None = None
    room: str | None = None
    rack: str | None = None


class Book(Ledger):
    """All alarms of the monitor.

    Attributes
    ----------
    calls : announcements that called a person.
    cover : the maintenance window that an alarm stands in now, empty = none. called : is told when a person is called.
    breathe : is called again and again by those that work on very many alarms: it may let other threads come first for a moment.
    """

    def __init__(self, place: Callable[[str | None], Place], follow: Callable[[Alarm], None]) -> None:
        """`place` tells where a device stands; `follow` is told of each changed condition before it is kept."""
        super().__init__()
        self._place = place
        self._follow = follow
        self.calls = 0
        self.cover: Callable[[Alarm], str] = _uncovered
        self.called: Callable[[float], None] = _unheard
        self.breathe: Callable[[], None] = go_on
        # The severity that a standing acknowledgement is for.
        self._answered_for: dict[int, Severity] = {}

    def restore(self, alarms: Iterable[Alarm], entries: Iterable[Entry], *, last_alarm: int = 0, last_entry: int = 0) -> None:
        """Take up what was stored; the operator's axis is the fold of the entries."""
        for entry in sorted(entries, key=lambda e: e.id):
            self.entries.setdefault(entry.alarm, []).append(entry)
            last_entry = max(last_entry, entry.id)
        for alarm in sorted(alarms, key=lambda a: a.id):
            told = self.entries.get(alarm.id, [])
            alarm = with_axis(alarm, fold(told)) if told else alarm
            self._put(alarm)
            last_alarm = max(last_alarm, alarm.id)
        self._last_alarm, self._last_entry = last_alarm, last_entry
        for alarm in list(self.alarms.values()):
            self._mend(alarm)

    def _mend(self, alarm: Alarm) -> None:
        """Killed after a person's word was stored and before what it does to the condition was: do it now."""
        is_closed = alarm.state is OperatorState.CLOSED
        if alarm.is_open and is_closed:
            self._settle(ended_by_person(alarm, alarm.state_at or alarm.changed))
            return
        if not alarm.is_open and not is_closed and stands(self.entries.get(alarm.id, ())):
            alarm = _standing_again(alarm, self.entries[alarm.id])
            self._change(alarm)
        self._answer_anew(self._without_shelf(alarm, self.now), self.now)

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
            return self._settle(self._worsened(self._covered(alarm, at), severity, at))
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
        """The condition is gone, and with it a shelf; nothing happens where it did not stand."""
        alarm = self.standing(who)
        if alarm is None:
            return
        at = max(at, alarm.raised)
        self._write(alarm, EntryKind.CLEARED, at, was=alarm.severity.word, text=text)
        if alarm.shelved_until is not None:
            alarm = self._by_itself(alarm, EntryKind.UNSHELVED, at, text=ByItself.CLEARED)
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
        return self._settle(self._covered(alarm, at))

    def _covered(self, alarm: Alarm, at: float) -> Alarm:
        window = self.cover(alarm)
        return alarm if window == alarm.maintenance else self._by_itself(alarm, EntryKind.MAINTENANCE, at, now=window)

    def _worsened(self, alarm: Alarm, severity: Severity, at: float) -> Alarm:
        """With the severity. Worse than what was acknowledged ends that and calls again; what calls for the first time calls."""
        answered = self._answered_for.get(alarm.id)
        worse = answered is not None and severity > answered
        calls_first = answered is None and severity.calls and not alarm.severity.calls
        if worse:
            del self._answered_for[alarm.id]
            alarm = self._by_itself(alarm, EntryKind.UNACKNOWLEDGED, at, text=ByItself.WORSE)
        alarm = replace(alarm, severity=severity, changed=at)
        # What is held back is announced when its hold-back ends, what is quiet when that does.
        decided = bool(alarm.announced) or alarm.incident is not None
        return self._announced(alarm, at) if (worse or calls_first) and decided and alarm.needs_someone else alarm

    def _announced(self, alarm: Alarm, at: float) -> Alarm:
        self._news.announced = True
        if alarm.severity.calls:
            self.calls += 1
            self.called(at)
        return replace(alarm, announced=(*alarm.announced, at))

    # the cause

    def announce(self, alarm: int, at: float) -> None:
        """Tell of it: a call, unless it is only a warning. What is on a shelf or under maintenance is told of when that ends."""
        record = self.alarms[alarm]
        if not record.is_quiet:
            self._change(self._announced(record, at))

    def owes_call(self, alarm: int) -> bool:
        """Whether its quiet time is over and it still waits for its call."""
        record = self.alarms.get(alarm)
        return record is not None and owed_since(record, self.entries.get(alarm, ())) is not None

    def set_cause(
        self,
        alarm: int,
        incident: int,
        symptom_of: int | None,
        why: str = "",
        reason: tuple[str, ...] = (),
        *,
        by_hand: bool = False,
    ) -> None:
        """It belongs to this incident: as the cause, or as a symptom of another alarm. `reason`: what `why` says, as a code.

        What a person moved (`by_hand`) has its entry already.
        """
        record = self.alarms[alarm]
        if record.symptom_of != symptom_of and not by_hand:
            was, now = ("" if cause is None else str(cause) for cause in (record.symptom_of, symptom_of))
            self._write(record, EntryKind.FOLDED, self.now, was=was, now=now, text=why)
        if (record.incident, record.symptom_of, record.why, record.reason) != (incident, symptom_of, why, reason):
            self._change(replace(record, incident=incident, symptom_of=symptom_of, why=why, reason=reason))

    def _settle(self, alarm: Alarm) -> Alarm:
        self._follow(alarm)
        self._change(alarm)
        return alarm

    # the operator's axis

    def apply(self, entry: Entry) -> Alarm:
        """A person's stored entry: it changes the operator's axis. Closing ends the alarm, undoing that brings it back."""
        alarm = self.alarms[entry.alarm]
        told = self.entries.setdefault(alarm.id, [])
        in_order = not told or told[-1].id < entry.id
        if in_order:
            told.append(entry)
        else:
            # The monitor noted something between the asking and the commit.
            insort(told, entry, key=lambda other: other.id)
        plain = in_order and entry.undoes is None
        alarm = with_axis(alarm, step(axis_of(alarm), entry) if plain else fold(told))
        self._news.entries.append(entry)
        self._put(alarm)
        self._news.alarms[alarm.id] = None
        if alarm.is_open and alarm.state is OperatorState.CLOSED:
            alarm = self._settle(ended_by_person(alarm, entry.at))
        elif entry.kind is EntryKind.REOPENED and alarm.state is not OperatorState.CLOSED and stands(told):
            alarm = _standing_again(alarm, told)
            self._change(alarm)
        return self._answer_anew(self._without_shelf(alarm, entry.at), entry.at)

    def _without_shelf(self, alarm: Alarm, at: float) -> Alarm:
        """It cleared between the asking and the commit: a shelf ends with that."""
        if alarm.is_open or alarm.shelved_until is None:
            return alarm
        alarm = self._by_itself(alarm, EntryKind.UNSHELVED, max(at, alarm.changed), text=ByItself.CLEARED)
        self._change(alarm)
        return alarm

    def _answer_anew(self, alarm: Alarm, at: float) -> Alarm:
        """What an acknowledgement stands for; if it got worse between its asking and its commit, it ends at once."""
        self._answered_for.pop(alarm.id, None)
        answered = acknowledged_at(self.entries.get(alarm.id, ())) if alarm.state is OperatorState.ACKNOWLEDGED else None
        if answered is None:
            return alarm
        self._answered_for[alarm.id] = answered
        if not alarm.is_open or alarm.severity <= answered:
            return alarm
        return self._settle(self._worsened(alarm, alarm.severity, max(at, alarm.changed)))

    def say(self, alarm: int, kind: EntryKind, at: float, *, now: str = "", text: str = "", until: float | None = None) -> None:
        """The monitor's own word on the operator's axis: a shelf or an acknowledgement ends, a maintenance window begins."""
        record = self._by_itself(self.alarms[alarm], kind, at, now=now, text=text, until=until)
        if kind is EntryKind.UNACKNOWLEDGED:
            self._answered_for.pop(alarm, None)
        self._change(record)

    def _by_itself(
        self, alarm: Alarm, kind: EntryKind, at: float, *, now: str = "", text: str = "", until: float | None = None
    ) -> Alarm:
        was = {EntryKind.MAINTENANCE: alarm.maintenance, EntryKind.UNACKNOWLEDGED: alarm.state.value}.get(kind, "")
        entry = self._write(alarm, kind, at, was=was, now=now, text=text, until=until)
        self._news.own_axes[alarm.id] = None
        return with_axis(alarm, step(axis_of(alarm), entry))

    def store_again(self, alarm: int) -> None:
        """What is stored of its operator's axis may be a command's that failed: store what is."""
        if alarm in self.alarms:
            self._news.own_alarms[alarm] = self._news.own_axes[alarm] = None


def ended_by_person(alarm: Alarm, at: float) -> Alarm:
    """The record of an alarm that stood when it was closed."""
    at = max(at, alarm.raised)
    return replace(alarm, cleared=at, changed=at)


def _standing_again(alarm: Alarm, told: list[Entry]) -> Alarm:
    """The record of an alarm whose end by a person was undone."""
    return replace(alarm, cleared=None, changed=changed_at(told, alarm.changed))


def _same_episode(alarm: Alarm, at: float) -> bool:
    return alarm.state is not OperatorState.CLOSED and alarm.cleared is not None and at - alarm.cleared <= EPISODE_SECONDS


def _uncovered(_: Alarm) -> str:
    return ""


def _unheard(_: float) -> None:
    """Nobody counts calls."""


__all__ = ["EPISODE_SECONDS", "Book", "BookNews", "Identity", "Place", "ended_by_person", "is_kept"]
