"""Which rows there are and in which order: sorting, filtering and holding on arrays. No Qt model here, only its arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.model.severity import OperatorState
from widgets import alarm_words
from widgets.models.alarm_filter import Term, matcher

NOBODY = -100
"""The row that says that nothing needs anyone."""


class Group(IntEnum):
    """Groups from the top."""

    NEEDS_YOU = 0
    IN_HAND = 1
    WARNINGS = 2
    CLEARED = 3
    CLOSED = 4


class Scope(IntEnum):
    """Which alarms are looked at."""

    OPEN = 0
    MINE = 1
    ALL = 2


def group_of(alarm: Alarm) -> Group:
    """The group that an alarm belongs to now."""
    if alarm.state is OperatorState.CLOSED:
        return Group.CLOSED
    if not alarm.is_open:
        return Group.CLEARED
    if not alarm.severity.calls:
        return Group.WARNINGS if alarm.needs_someone else Group.IN_HAND
    return Group.NEEDS_YOU if alarm.needs_someone or alarm.worse_again else Group.IN_HAND


@dataclass(slots=True)
class Wanted:
    """What is looked at: scope, site, terms of the filter, folded groups; `who` am I."""

    scope: Scope = Scope.OPEN
    site: str = ""
    who: str = ""
    terms: tuple[Term, ...] = ()
    folded: set[Group] = field(default_factory=set)


class AlarmRows:
    """Alarms in slots, their sort keys, and the rows that are made of them.

    Attributes
    ----------
    alarms : by slot. slots : number of an alarm → its slot. counts : alarms of each group that fit. hidden : those that do not.
    """

    def __init__(self, mirror: Mirror, wanted: Wanted) -> None:
        self._mirror, self._wanted = mirror, wanted
        self.alarms: list[Alarm] = []
        self.slots: dict[int, int] = {}
        self.counts = dict.fromkeys(Group, 0)
        self.hidden = 0
        self._texts: list[str] = []
        self._keys = np.zeros((0, 3))
        self._held: frozenset[int] = frozenset()
        self._late: set[int] = set()

    def restart(self) -> None:
        """Take all alarms of the mirror anew."""
        self.alarms = list(self._mirror.alarms.values())
        self.slots = {alarm.id: slot for slot, alarm in enumerate(self.alarms)}
        self._texts = [""] * len(self.alarms)
        self._keys = np.array([_key(alarm) for alarm in self.alarms], dtype=float).reshape(-1, 3)
        self._late.clear()

    def take(self, numbers: Iterable[int]) -> None:
        """Take these alarms from the mirror; what is held keeps its sort key."""
        fresh = []
        for number in numbers:
            alarm = self._mirror.alarms.get(number)
            if alarm is None:
                continue
            slot = self.slots.get(number)
            if slot is None:
                self.slots[number] = len(self.alarms)
                self.alarms.append(alarm)
                self._texts.append("")
                fresh.append(_key(alarm))
            else:
                self.alarms[slot], self._texts[slot] = alarm, ""
                self._place(slot, number)
        if fresh:
            self._keys = np.vstack([self._keys, np.array(fresh, dtype=float)])

    def _place(self, slot: int, number: int) -> None:
        if number in self._held:
            self._late.add(number)
        else:
            self._keys[slot] = _key(self.alarms[slot])

    def hold(self, numbers: frozenset[int]) -> bool:
        """Hold these, let the others go; whether any of those has to move."""
        if numbers == self._held:
            return False
        self._held, due = numbers, self._late - numbers
        self._late -= due
        for number in due:
            self._keys[self.slots[number]] = _key(self.alarms[self.slots[number]])
        return bool(due)

    def arranged(self, now: float) -> NDArray[np.int64]:
        """(rows,) int64 from the top: a slot, -1 - group for a head, or NOBODY."""
        in_scope = self._in_scope()
        shown = self._fitting(in_scope, now)
        self.hidden = int(in_scope.sum()) - len(shown)
        keys = self._keys[shown]
        slots = shown[np.lexsort((shown, keys[:, 2], keys[:, 1], keys[:, 0]))]
        groups = self._keys[slots, 0]
        pieces: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        for group in Group:
            members = slots[groups == group]
            self.counts[group] = len(members)
            pieces += self._piece(group, members)
        return np.concatenate(pieces)

    def _piece(self, group: Group, members: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        is_open = self._wanted.scope is Scope.OPEN
        if not len(members) and (not is_open or group is Group.CLOSED):
            return []
        piece = [np.array([-1 - group]), members[:0] if group in self._wanted.folded else members]
        if group is Group.NEEDS_YOU and not len(members) and is_open:
            piece.append(np.array([NOBODY]))
        return piece

    def _in_scope(self) -> NDArray[np.bool_]:
        wanted, groups, count = self._wanted, self._keys[:, 0], len(self.alarms)
        mask = np.ones(count, dtype=bool) if wanted.scope is Scope.ALL else groups < Group.CLOSED
        if wanted.scope is Scope.MINE:
            mask &= np.fromiter((a.state_by == wanted.who for a in self.alarms), dtype=bool, count=count)
        if wanted.site:
            mask &= np.fromiter((a.site == wanted.site for a in self.alarms), dtype=bool, count=count)
        return mask

    def _fitting(self, mask: NDArray[np.bool_], now: float) -> NDArray[np.int64]:
        """Slots in the mask that fit all terms."""
        slots = np.flatnonzero(mask)
        titles = {site.name: site.title.casefold() for site in self._mirror.inventory.sites.values()}
        for term in self._wanted.terms:
            if term.key:
                test = matcher(term, titles, now)
                fit = [test(self.alarms[slot]) for slot in slots.tolist()]
            else:
                fit = [term.value in self._words(slot) for slot in slots.tolist()]
            slots = slots[np.array(fit, dtype=bool)]
        return slots

    def _words(self, slot: int) -> str:
        text = self._texts[slot]
        if not text:
            alarm = self.alarms[slot]
            parts = (
                *alarm_words.where(alarm),
                alarm_words.what(alarm),
                alarm.rack,
                alarm.room,
                alarm.site,
                alarm.state_by,
                alarm.note,
            )
            text = self._texts[slot] = " ".join(str(part) for part in parts if part).casefold()
        return text

    def prepare(self, most: int = 2000) -> bool:
        """Make the words of some alarms before a filter asks for them; whether more are left. For idle moments."""
        missing = [slot for slot, text in enumerate(self._texts) if not text][:most]
        for slot in missing:
            self._words(slot)
        return len(missing) == most


def _key(alarm: Alarm) -> tuple[float, float, float]:
    """Group, then worst, then newest first."""
    group = group_of(alarm)
    newest = alarm.cleared if group is Group.CLEARED and alarm.cleared is not None else alarm.raised
    return float(group), -float(alarm.severity), -newest
