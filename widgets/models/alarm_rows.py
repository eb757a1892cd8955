"""Which rows there are and in which order: sorting, folding, filtering and holding on arrays; no Qt model."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.store.vocabulary import saying_of, subject_of
from widgets import alarm_words, cause_words
from widgets.models.alarm_filter import Term, matcher
from widgets.models.alarm_groups import ALWAYS_THERE, GROUPS_OF, Group, Scope, is_of, sort_key
from widgets.models.alarm_tree import Folding, Slots, opened, roots

NOBODY = -100
"""The row that says that nothing needs anyone."""
MOST_MOVED = 3000
"""Rows let go that take their places in one turn."""


@dataclass(slots=True)
class Wanted:
    """What is looked at: scope, site, terms of the filter, folded groups, how far causes are open; `who` am I."""

    scope: Scope = Scope.OPEN
    site: str = ""
    who: str = ""
    terms: tuple[Term, ...] = ()
    folded: set[Group] = field(default_factory=set)
    folding: Folding = field(default_factory=Folding)


class AlarmRows:
    """Alarms in slots, their sort keys, and the rows that are made of them.

    Attributes
    ----------
    alarms : by slot. slots : number of an alarm → its slot. counts : causes of each group that fit. hidden : alarms that do
    not. roots : slot → slot of its cause. folded : by slot, whether it stands under a cause that is shown. symptoms : slot of
    a cause → how many stand under it.
    """

    def __init__(self, mirror: Mirror, wanted: Wanted) -> None:
        self._mirror, self._wanted = mirror, wanted
        self.alarms: list[Alarm] = []
        self.slots: dict[int, int] = {}
        self.counts = dict.fromkeys(Group, 0)
        self.hidden = 0
        self.roots: Slots = np.zeros(0, dtype=np.int64)
        self.folded: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self.symptoms: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._texts: list[str] = []
        self._keys = np.zeros((0, 3))
        self._numbers: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._open: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._held: frozenset[int] = frozenset()
        self._late: set[int] = set()
        self._ending: set[int] = set()
        self._stale_roots = True
        self._tops: dict[Group, Slots] = {}

    # ------------------------------------------------------------ what changes
    def restart(self, now: float, more: Iterable[Alarm] = ()) -> None:
        """Take all alarms of the mirror anew; `more` are older ones, from the store."""
        known = self._mirror.alarms
        self.alarms = [*known.values(), *(alarm for alarm in more if alarm.id not in known)]
        self.slots = {alarm.id: slot for slot, alarm in enumerate(self.alarms)}
        self._texts = [""] * len(self.alarms)
        self._keys, self._numbers, self._open = _arrays(self.alarms, now)
        self._late.clear()
        self._ending = {alarm.id for alarm in self.alarms if alarm.shelved_until is not None}
        self._stale_roots = True

    def take(self, numbers: Iterable[int], now: float) -> None:
        """Take these alarms from the mirror; what is held keeps its sort key."""
        fresh = []
        for number in numbers:
            alarm = self._mirror.alarms.get(number)
            if alarm is None:
                continue
            if alarm.shelved_until is not None:
                self._ending.add(number)
            slot = self.slots.get(number)
            if slot is None:
                self.slots[number] = len(self.alarms)
                self.alarms.append(alarm)
                fresh.append(alarm)
            else:
                self._stale_roots |= self.alarms[slot].symptom_of != alarm.symptom_of
                self.alarms[slot], self._texts[slot], self._open[slot] = alarm, "", alarm.is_open
                self._place(slot, number, now)
        self.append(fresh, now, have_slots=True)

    def append(self, fresh: list[Alarm], now: float, *, have_slots: bool = False) -> None:
        """More alarms at the end: new ones, or older ones from the store."""
        if not have_slots:
            fresh = [alarm for alarm in fresh if alarm.id not in self.slots]
            self.slots.update((alarm.id, slot) for slot, alarm in enumerate(fresh, len(self.alarms)))
            self.alarms += fresh
        if fresh:
            self._texts += [""] * len(fresh)
            keys, numbers, are_open = _arrays(fresh, now)
            self._keys = np.vstack([self._keys, keys])
            self._numbers, self._open = np.append(self._numbers, numbers), np.append(self._open, are_open)
            self._stale_roots = True

    def _place(self, slot: int, number: int, now: float) -> None:
        if number in self._held:
            self._late.add(number)
        else:
            self._keys[slot] = sort_key(self.alarms[slot], now)

    def hold(self, numbers: frozenset[int], now: float) -> bool:
        """Hold these, let the others go; whether any of those has to move. Of very many some move now: see `has_late`."""
        self._held = numbers
        due = list(islice((number for number in self._late if number not in numbers), MOST_MOVED))
        self._late.difference_update(due)
        for number in due:
            self._keys[self.slots[number]] = sort_key(self.alarms[self.slots[number]], now)
        return bool(due)

    def let_go(self, now: float) -> None:
        """A person looks at something else: all take their places."""
        for number in self._late:
            self._keys[self.slots[number]] = sort_key(self.alarms[self.slots[number]], now)
        self._late.clear()

    def has_late(self) -> bool:
        """Whether some that were let go have not taken their places yet."""
        return not self._late <= self._held

    def end_soon(self, now: float) -> bool:
        """Look which shelves end soon; whether a row has to move."""
        before = len(self._late)
        moved = False
        for number in [n for n in self._ending if n in self.slots]:
            slot = self.slots[number]
            if self.alarms[slot].shelved_until is None:
                self._ending.discard(number)
            elif self._keys[slot, 0] != sort_key(self.alarms[slot], now)[0]:
                self._place(slot, number, now)
                moved = True
        return moved and len(self._late) == before

    # ------------------------------------------------------------ rows
    def arranged(self, now: float) -> Slots:
        """(rows,) int64 from the top: a slot, -1 - group for a head, MORE - slot for what a cause hides, or NOBODY."""
        if self._stale_roots:
            self.roots, self._stale_roots = roots(self.alarms, self.slots), False
        held = np.array([self.slots[n] for n in self._held if n in self.slots], dtype=np.int64)
        groups = self._groups(held)
        in_scope = self._in_scope(groups)
        shown = self._fitting(in_scope, now)
        self.hidden = int(in_scope.sum()) - len(shown)
        keys = self._keys[shown]
        slots = shown[np.lexsort((shown, keys[:, 2], keys[:, 1], groups[shown]))]
        here = np.zeros(len(self.alarms), dtype=bool)
        here[shown] = True
        self.folded = here & here[self.roots] & (self.roots != np.arange(len(self.roots)))
        under = self._under(slots[self.folded[slots]])
        tops = slots[~self.folded[slots]]
        pieces: list[Slots] = [np.zeros(0, dtype=np.int64)]
        belongs = self._belongs(groups, now)
        for group in Group:
            members = tops[groups[tops] == group]
            self.counts[group], self._tops[group] = int((belongs[tops] == group).sum()), members
            pieces += self._piece(group, members, under, held)
        return np.concatenate(pieces)

    def _groups(self, held: Slots) -> NDArray[np.float64]:
        """The group of each slot; a cause that is over stands among those in hand while a symptom of it still stands."""
        groups = self._keys[:, 0].copy()
        symptom = self.roots != np.arange(len(self.roots))
        standing = symptom & self._open
        count = len(self.alarms)
        open_below = np.bincount(self.roots[standing], minlength=count)
        all_below = np.bincount(self.roots[symptom], minlength=count)
        self.symptoms = np.where(open_below > 0, open_below, all_below)
        lasting = (open_below > 0) & ~self._open
        lasting[held] = False
        groups[lasting] = Group.IN_HAND
        return groups

    def _belongs(self, groups: NDArray[np.float64], now: float) -> NDArray[np.float64]:
        """The groups as they are counted: what is held in its row, and was taken in hand or shelved there, is no more in it."""
        belongs = groups.copy()
        for number in self._late if len(self._late) <= MOST_MOVED else ():
            belongs[self.slots[number]] = sort_key(self.alarms[self.slots[number]], now)[0]
        return belongs

    def _under(self, folded: Slots) -> dict[int, Slots]:
        """Slot of a cause → slots of its symptoms in order: what stands before what is over, worst, newest."""
        if not len(folded):
            return {}
        keys, causes = self._keys[folded], self.roots[folded]
        order = np.lexsort((folded, keys[:, 2], keys[:, 1], ~self._open[folded], causes))
        folded, causes = folded[order], causes[order]
        starts = np.flatnonzero(np.append(True, causes[1:] != causes[:-1]))
        return {int(causes[at]): part for at, part in zip(starts, np.split(folded, starts[1:]), strict=True)}

    def _piece(self, group: Group, members: Slots, under: dict[int, Slots], held: Slots) -> list[Slots]:
        scope = self._wanted.scope
        if not len(members) and (scope is not Scope.OPEN or group not in ALWAYS_THERE):
            return []
        if group in self._wanted.folded:
            return [np.array([-1 - group])]
        piece = [np.array([-1 - group]), opened(members, self._wanted.folding, self._numbers, under, held)]
        if group is Group.NEEDS_YOU and not len(members) and scope is Scope.OPEN:
            piece.append(np.array([NOBODY]))
        return piece

    def _in_scope(self, groups: NDArray[np.float64]) -> NDArray[np.bool_]:
        wanted, count = self._wanted, len(self.alarms)
        mask = np.isin(groups, [int(group) for group in GROUPS_OF[wanted.scope]])
        symptom = self.roots != np.arange(count)
        mask[symptom] |= mask[self.roots[symptom]] & self._open[symptom]  # what stands never leaves its cause
        if wanted.scope is Scope.MINE:
            mask &= np.fromiter((is_of(a, wanted.who) for a in self.alarms), dtype=bool, count=count)
        if wanted.site:
            mask &= np.fromiter((a.site == wanted.site for a in self.alarms), dtype=bool, count=count)
        return mask

    # ------------------------------------------------------------ filter
    def _fitting(self, mask: NDArray[np.bool_], now: float) -> Slots:
        """Slots in the mask that fit all terms."""
        slots = np.flatnonzero(mask)
        titles = {site.name: site.title.casefold() for site in self._mirror.inventory.sites.values()}
        for term in self._wanted.terms:
            if term.key:
                test = matcher(term, titles, now)
                fit = [test(self.alarms[slot]) for slot in slots.tolist()]
            else:
                value, texts = term.value, self._texts
                fit = [value in (texts[slot] or self._words(slot)) for slot in slots.tolist()]
            slots = slots[np.array(fit, dtype=bool)]
        return slots

    def _words(self, slot: int) -> str:
        text = self._texts[slot]
        if not text:
            alarm = self.alarms[slot]
            said = saying_of(alarm)
            # What is shown, and what the store looks through: whatever it finds fits here too.
            parts = (
                *alarm_words.where(alarm),
                alarm_words.what(alarm),
                cause_words.why(alarm),
                subject_of(alarm)[0],
                said[0] if said else "",
            )
            text = self._texts[slot] = " ".join(str(part) for part in parts if part).casefold()
        return text

    def known(self, number: int) -> Alarm | None:
        """The alarm of this number as it is now, or as it was stored where it is older than what the window keeps."""
        slot = self.slots.get(number)
        return self._mirror.alarms.get(number) or (None if slot is None else self.alarms[slot])

    def prepare(self, most: int = 2000) -> bool:
        """Make the words of some alarms before a filter asks for them; whether more are left. For idle moments."""
        missing = list(islice((slot for slot, text in enumerate(self._texts) if not text), most))
        for slot in missing:
            self._words(slot)
        return len(missing) == most

    def sites_of_causes(self, groups: Iterable[Group]) -> list[tuple[str, int]]:
        """Site → how many causes of these groups stand there, most first."""
        found = Counter(self.alarms[slot].site for group in groups for slot in self._tops.get(group, ()))
        return [(site, count) for site, count in found.most_common() if site]

    def members(self, slot: int) -> list[Alarm]:
        """Symptoms of the cause in this slot, as many as its chip says."""
        found = [self.alarms[at] for at in np.flatnonzero(self.roots == slot).tolist() if at != slot]
        standing = [alarm for alarm in found if alarm.is_open]
        return standing or found


def _arrays(alarms: list[Alarm], now: float) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Sort keys, numbers, whether they stand."""
    keys = np.array([sort_key(alarm, now) for alarm in alarms], dtype=float).reshape(-1, 3)
    numbers = np.array([alarm.id for alarm in alarms], dtype=np.int64)
    return keys, numbers, np.array([alarm.is_open for alarm in alarms], dtype=bool)
