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
from widgets import alarm_words, words
from widgets.models.alarm_filter import Term
from widgets.models.alarm_rows import NOBODY, AlarmRows, Group, Scope, Wanted, group_of
from widgets.words import translate

Index = QModelIndex | QPersistentModelIndex
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


def group_title(group: Group) -> str:
    """The words of a group's head."""
    return {
        Group.NEEDS_YOU: translate("alarms", "Needs you"),
        Group.IN_HAND: translate("alarms", "In hand"),
        Group.WARNINGS: translate("alarms", "Warnings, no call"),
        Group.CLEARED: translate("alarms", "Cleared, not closed"),
        Group.CLOSED: translate("alarms", "Closed"),
    }[group]


__all__ = ["AlarmTable", "Column", "Group", "Scope", "group_of", "group_title"]


class AlarmTable(QAbstractTableModel):
    """Rows by groups. `take` what changed, `narrow` by a filter, `hold` what must not move."""

    def __init__(self, mirror: Mirror, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mirror = mirror
        self.wanted = Wanted()
        self._all = AlarmRows(mirror, self.wanted)
        self._rows: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._row_of: dict[int, int] = {}
        self._now = 0.0
        self.empty_text = ""
        self.compact = False

    # ------------------------------------------------------------ what changes
    def restart(self, now: float) -> None:
        """Take all alarms of the mirror anew."""
        self._all.restart()
        self.settle(now)

    def take(self, numbers: Iterable[int], now: float) -> None:
        """Take the alarms of these numbers from the mirror."""
        self._all.take(numbers)
        self.settle(now)
        self._tell(numbers)

    def hold(self, numbers: frozenset[int], now: float) -> None:
        """What is chosen or under the pointer: these rows stay where they are; those let go take their places."""
        if self._all.hold(numbers):
            self.settle(now)

    def narrow(self, terms: Sequence[Term], now: float) -> None:
        """Show only what fits all terms."""
        self.wanted.terms = tuple(terms)
        self.settle(now)

    def fold(self, group: Group, folded: bool, now: float) -> None:
        """Fold or unfold a group."""
        (self.wanted.folded.add if folded else self.wanted.folded.discard)(group)
        self.settle(now)

    def prepare(self) -> bool:
        """Make words for the filter in an idle moment; whether more are left."""
        return self._all.prepare()

    def settle(self, now: float) -> None:
        """Work out which rows there are, in which order; tells the view only if that has changed."""
        self._now = now
        rows = self._all.arranged(now)
        if len(rows) == len(self._rows) and bool((rows == self._rows).all()):
            return
        self.layoutAboutToBeChanged.emit()  # the selection makes its persistent indexes now, so they are asked for after it
        before = self.persistentIndexList()
        slots = [int(self._rows[i.row()]) for i in before]
        self._rows = rows
        self._row_of = {int(slot): row for row, slot in enumerate(rows)}
        places = zip((self._row_of.get(slot, -1) for slot in slots), before, strict=True)
        after = [self.index(row, index.column()) if row >= 0 else QModelIndex() for row, index in places]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            row = self._row_of.get(self._all.slots.get(number, -1), -1)
            if row >= 0:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    # ------------------------------------------------------------ what is asked
    def alarm(self, row: int) -> Alarm | None:
        """The alarm of a row; None for a group's head."""
        slot = int(self._rows[row]) if 0 <= row < len(self._rows) else -1
        return self._all.alarms[slot] if slot >= 0 else None

    def group(self, row: int) -> Group | None:
        """The group whose head this row is; None for an alarm."""
        slot = int(self._rows[row]) if 0 <= row < len(self._rows) else 0
        return Group(-1 - slot) if NOBODY < slot < 0 else None

    def is_empty_note(self, row: int) -> bool:
        """Whether the row is the sentence that nothing needs anyone."""
        return 0 <= row < len(self._rows) and int(self._rows[row]) == NOBODY

    def row_of(self, number: int) -> int:
        """The row of an alarm; -1 if it is not shown."""
        slot = self._all.slots.get(number)
        return -1 if slot is None else self._row_of.get(slot, -1)

    def heads(self) -> list[int]:
        """Rows that are heads of groups."""
        return [int(row) for row in np.flatnonzero((self._rows < 0) & (self._rows != NOBODY))]

    def spanned(self) -> list[int]:
        """Rows that are one cell: heads and the sentence."""
        return [int(row) for row in np.flatnonzero(self._rows < 0)]

    def count(self, group: Group) -> int:
        """Alarms of a group that fit the filter."""
        return self._all.counts[group]

    def hidden(self) -> int:
        """Alarms that the filter hides."""
        return self._all.hidden

    def shown(self) -> list[Alarm]:
        """Alarms that fit the filter, from the top."""
        return [self._all.alarms[int(slot)] for slot in self._rows if slot >= 0]

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
            return f"{group_title(group)} {self._all.counts[group]}"
        if self.is_empty_note(index.row()):
            return self.empty_text
        alarm = self.alarm(index.row())
        if alarm is None or role == _DISPLAY:
            return None  # the delegate paints from the alarm itself
        return alarm_words.accessible(alarm, self._since(alarm))

    def _since(self, alarm: Alarm) -> str:
        return words.moment(alarm.raised, self._zone(), self._now)

    def _zone(self) -> str:
        return words.home_zone(self._mirror.inventory, self.wanted.site)

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
