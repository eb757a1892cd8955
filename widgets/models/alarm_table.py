# ruff: noqa: D102 - overrides of Qt are described by Qt
"""The rows of the Alarms view: groups, worst then newest, filtered. Sorting and filtering work on arrays; no proxy.

A row of the view is a slot (>= 0), a group's head (-1 - group), or the sentence that stands where nobody is needed.
What is chosen or under the pointer is *held*: its row stays where it is until it is let go, whatever happens to its alarm.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.model.severity import OperatorState
from widgets import alarm_words, words
from widgets.models.alarm_filter import Term, matcher
from widgets.words import translate

Index = QModelIndex | QPersistentModelIndex
_NOBODY = -100
"""The row that says that nothing needs anyone."""
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class Column(IntEnum):
    """Columns from the left."""

    GLYPH = 0
    SINCE = 1
    WHERE = 2
    PLACE = 3
    WHAT = 4
    HOUR = 5
    NOW = 6
    STATE = 7


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


def group_title(group: Group) -> str:
    """The words of a group's head."""
    return {
        Group.NEEDS_YOU: translate("alarms", "Needs you"),
        Group.IN_HAND: translate("alarms", "In hand"),
        Group.WARNINGS: translate("alarms", "Warnings, no call"),
        Group.CLEARED: translate("alarms", "Cleared, not closed"),
        Group.CLOSED: translate("alarms", "Closed"),
    }[group]


class AlarmTable(QAbstractTableModel):
    """Rows by groups. `take` what changed, `narrow` by a filter, `hold` what must not move."""

    def __init__(self, mirror: Mirror, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mirror = mirror
        self._slots: dict[int, int] = {}
        self._alarms: list[Alarm] = []
        self._texts: list[str] = []
        self._keys = np.zeros((0, 3))
        self._shown: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._rows: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._row_of: dict[int, int] = {}
        self._counts = dict.fromkeys(Group, 0)
        self._held: frozenset[int] = frozenset()
        self._late: set[int] = set()
        self.terms: tuple[Term, ...] = ()
        self.scope, self.site, self.who = Scope.OPEN, "", ""
        self.folded: set[Group] = set()
        self.hidden = 0
        self.empty_text = ""
        self.compact = False
        self._now = 0.0

    # ------------------------------------------------------------ what changes
    def restart(self, now: float) -> None:
        """Take all alarms of the mirror anew."""
        self._alarms = list(self._mirror.alarms.values())
        self._slots = {alarm.id: slot for slot, alarm in enumerate(self._alarms)}
        self._texts = [""] * len(self._alarms)
        self._keys = np.array([_key(alarm) for alarm in self._alarms], dtype=float).reshape(-1, 3)
        self._late.clear()
        self.settle(now)

    def take(self, numbers: Iterable[int], now: float) -> None:
        """Take the alarms of these numbers from the mirror."""
        fresh = []
        for number in numbers:
            alarm = self._mirror.alarms.get(number)
            if alarm is None:
                continue
            slot = self._slots.get(number)
            if slot is None:
                self._slots[number] = len(self._alarms)
                self._alarms.append(alarm)
                self._texts.append("")
                fresh.append(_key(alarm))
            else:
                self._alarms[slot], self._texts[slot] = alarm, ""
                self._place(slot, number)
        if fresh:
            self._keys = np.vstack([self._keys, np.array(fresh, dtype=float)])
        self.settle(now)
        self._tell(numbers)

    def _place(self, slot: int, number: int) -> None:
        if number in self._held:
            self._late.add(number)
        else:
            self._keys[slot] = _key(self._alarms[slot])

    def hold(self, numbers: frozenset[int], now: float) -> None:
        """What is chosen or under the pointer: these rows stay where they are; those let go take their places."""
        if numbers == self._held:
            return
        self._held, due = numbers, self._late - numbers
        self._late -= due
        for number in due:
            self._keys[self._slots[number]] = _key(self._alarms[self._slots[number]])
        if due:
            self.settle(now)

    def narrow(self, terms: Sequence[Term], now: float) -> None:
        """Show only what fits all terms."""
        self.terms = tuple(terms)
        self.settle(now)

    def fold(self, group: Group, folded: bool, now: float) -> None:
        """Fold or unfold a group."""
        (self.folded.add if folded else self.folded.discard)(group)
        self.settle(now)

    def settle(self, now: float) -> None:
        """Work out which rows there are, in which order; tells the view only if that has changed."""
        self._now = now
        rows = self._arranged()
        if len(rows) == len(self._rows) and bool((rows == self._rows).all()):
            return
        self.layoutAboutToBeChanged.emit()  # the selection makes its persistent indexes now, so they are asked for after it
        before = self.persistentIndexList()
        slots = [int(self._rows[i.row()]) for i in before]
        self._rows = rows
        self._row_of = {int(slot): row for row, slot in enumerate(rows)}
        after = [
            self.index(self._row_of[s], i.column()) if s in self._row_of else QModelIndex()
            for s, i in zip(slots, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _arranged(self) -> NDArray[np.int64]:
        in_scope = self._in_scope()
        shown = self._fitting(in_scope)
        self._shown = shown
        self.hidden = int(in_scope.sum() - shown.sum())
        slots = np.flatnonzero(shown)
        keys = self._keys[slots]
        slots = slots[np.lexsort((slots, keys[:, 2], keys[:, 1], keys[:, 0]))]
        groups = self._keys[slots, 0]
        pieces: list[NDArray[np.int64]] = []
        for group in Group:
            members = slots[groups == group]
            self._counts[group] = len(members)
            if len(members) or (self.scope is Scope.OPEN and group is not Group.CLOSED):
                pieces += [np.array([-1 - group]), members[:0] if group in self.folded else members]
            if group is Group.NEEDS_YOU and not len(members) and self.scope is Scope.OPEN:
                pieces.append(np.array([_NOBODY]))
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)

    def _in_scope(self) -> NDArray[np.bool_]:
        groups = self._keys[:, 0]
        mask = np.ones(len(groups), dtype=bool) if self.scope is Scope.ALL else groups < Group.CLOSED
        if self.scope is Scope.MINE:
            mask &= np.fromiter((a.state_by == self.who for a in self._alarms), dtype=bool, count=len(self._alarms))
        if self.site:
            mask &= np.fromiter((a.site == self.site for a in self._alarms), dtype=bool, count=len(self._alarms))
        return mask

    def _fitting(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        slots = np.flatnonzero(mask)
        titles = {site.name: site.title.casefold() for site in self._mirror.inventory.sites.values()}
        for term in self.terms:
            if term.key:
                test = matcher(term, titles, self._now)
                fit = [test(self._alarms[slot]) for slot in slots.tolist()]
            else:
                fit = [term.value in self._words(slot) for slot in slots.tolist()]
            slots = slots[np.array(fit, dtype=bool)]
        fitting = np.zeros_like(mask)
        fitting[slots] = True
        return fitting

    def _words(self, slot: int) -> str:
        text = self._texts[slot]
        if not text:
            alarm = self._alarms[slot]
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

    def _tell(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            row = self._row_of.get(self._slots.get(number, -1), -1)
            if row >= 0:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def prepare(self, most: int = 2000) -> bool:
        """Make the words of some alarms before a filter asks for them; whether more are left. For idle moments."""
        missing = [slot for slot, text in enumerate(self._texts) if not text][:most]
        for slot in missing:
            self._words(slot)
        return len(missing) == most

    # ------------------------------------------------------------ what is asked
    def alarm(self, row: int) -> Alarm | None:
        """The alarm of a row; None for a group's head."""
        slot = int(self._rows[row]) if 0 <= row < len(self._rows) else -1
        return self._alarms[slot] if slot >= 0 else None

    def group(self, row: int) -> Group | None:
        """The group whose head this row is; None for an alarm."""
        slot = int(self._rows[row]) if 0 <= row < len(self._rows) else 0
        return Group(-1 - slot) if _NOBODY < slot < 0 else None

    def is_empty_note(self, row: int) -> bool:
        """Whether the row is the sentence that nothing needs anyone."""
        return 0 <= row < len(self._rows) and int(self._rows[row]) == _NOBODY

    def row_of(self, number: int) -> int:
        """The row of an alarm; -1 if it is not shown."""
        return self._row_of.get(self._slots.get(number, -1), -1)

    def heads(self) -> list[int]:
        """Rows that are heads of groups."""
        return [int(row) for row in np.flatnonzero((self._rows < 0) & (self._rows != _NOBODY))]

    def spanned(self) -> list[int]:
        """Rows that are one cell: heads and the sentence."""
        return [int(row) for row in np.flatnonzero(self._rows < 0)]

    def count(self, group: Group) -> int:
        """Alarms of a group that fit the filter."""
        return self._counts[group]

    def shown(self) -> list[Alarm]:
        """Alarms that fit the filter, from the top."""
        return [self._alarms[int(slot)] for slot in self._rows if slot >= 0]

    # ------------------------------------------------------------ Qt
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if role not in (_DISPLAY, _SPOKEN) or not index.isValid():
            return None
        group = self.group(index.row())
        if group is not None:
            return f"{group_title(group)} {self._counts[group]}"
        if self.is_empty_note(index.row()):
            return self.empty_text
        alarm = self.alarm(index.row())
        if alarm is None or role == _DISPLAY:
            return None  # the delegate paints from the alarm itself
        return alarm_words.accessible(alarm, self._since(alarm))

    def _since(self, alarm: Alarm) -> str:
        return words.moment(alarm.raised, self._zone(), self._now)

    def _zone(self) -> str:
        return words.home_zone(self._mirror.inventory, self.site)

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return enabled if self.alarm(index.row()) is None else enabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.NOW:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation is not Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        zone = words.zone_label(self._zone(), self._now)
        return {
            Column.GLYPH: "",
            Column.SINCE: zone if self.compact else translate("alarms", "Since ({zone})").format(zone=zone),
            Column.WHERE: translate("alarms", "Where"),
            Column.PLACE: translate("alarms", "Place"),
            Column.WHAT: translate("alarms", "What is wrong"),
            Column.HOUR: translate("alarms", "Last hour"),
            Column.NOW: translate("alarms", "Now (limit)"),
            Column.STATE: translate("alarms", "State"),
        }[Column(section)]


def _key(alarm: Alarm) -> tuple[float, float, float]:
    """Group, then worst, then newest first."""
    group = group_of(alarm)
    newest = alarm.cleared if group is Group.CLEARED and alarm.cleared is not None else alarm.raised
    return float(group), -float(alarm.severity), -newest
