# ruff: noqa: D102 - overrides of Qt are described by Qt
"""The rows of the Alarms view: groups, causes with their symptoms, filtered. Sorting and filtering work on arrays; no proxy.

A row of the view is a slot (>= 0), a group's head (-1 - group), the line "57 more" of a cause, or the sentence that stands
where nobody is needed. What is chosen or under the pointer is *held*: its row stays where it is until it is let go.
"""

from collections.abc import Iterable
from enum import IntEnum

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from widgets import alarm_words, words
from widgets.models.alarm_groups import Group, Scope, group_of
from widgets.models.alarm_rows import NOBODY, AlarmRows, Wanted
from widgets.models.alarm_tree import MORE, Level, Slots
from widgets.models.causes import Causes
from widgets.words import translate

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_LINE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_ALARM = _LINE | Qt.ItemFlag.ItemIsSelectable
BEHIND_VALUE = "\u2003\u2003"
"""Room behind the head of the values, as their rows have it for the arrow of the direction."""
MANY = 200
"""From so many chosen rows or changed ones the view is told once for all of them."""


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


_COLUMNS = len(Column)


def group_title(group: Group) -> str:
    """The words of a group's head."""
    return {
        Group.NEEDS_YOU: translate("alarms", "Needs you"),
        Group.HELD: translate("alarms", "Cause being sought, no call yet"),
        Group.ENDING_SOON: translate("alarms", "Shelf ends soon"),
        Group.IN_HAND: translate("alarms", "In hand"),
        Group.WARNINGS: translate("alarms", "Warnings, no call"),
        Group.MAINTENANCE: translate("alarms", "In maintenance"),
        Group.CLEARED: translate("alarms", "Cleared, not closed"),
        Group.SHELVED: translate("alarms", "Shelved"),
        Group.CLOSED: translate("alarms", "Closed"),
    }[group]


__all__ = ["AlarmTable", "Column", "Group", "Level", "Scope", "group_of", "group_title"]


class AlarmTable(QAbstractTableModel):
    """Rows by groups. `take` what changed, `narrow` by a filter, `hold` what must not move."""

    def __init__(self, mirror: Mirror, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mirror = mirror
        self.wanted = Wanted()
        self.all = AlarmRows(mirror, self.wanted)
        self.causes = Causes(self.all)
        self._rows: Slots = np.zeros(0, dtype=np.int64)
        self._row_of: dict[int, int] = {}
        self._now = 0.0
        self.empty_text = ""
        self.compact = False
        self.many_chosen = False
        """The view keeps the choice itself: one reset is quicker than ten thousand persistent indexes."""

    # ------------------------------------------------------------ what changes
    def restart(self, now: float, more: Iterable[Alarm] = ()) -> None:
        """Take all alarms of the mirror anew; `more` are older ones."""
        self.all.restart(now, more)
        self.settle(now)

    def take(self, numbers: Iterable[int], now: float) -> None:
        """Take the alarms of these numbers from the mirror."""
        self.all.take(numbers, now)
        self.settle(now)
        self.tell(numbers)

    def hold(self, numbers: frozenset[int], now: float) -> None:
        """What is chosen or under the pointer: these rows stay where they are; those let go take their places."""
        if self.all.hold(numbers, now):
            self.settle(now)

    def fold(self, group: Group, folded: bool, now: float) -> None:
        """Fold or unfold a group."""
        (self.wanted.folded.add if folded else self.wanted.folded.discard)(group)
        self.settle(now)

    def open_cause(self, number: int, level: Level, now: float) -> None:
        """Open a cause to its symptoms, or shut it."""
        self.wanted.folding.levels[number] = level
        self.settle(now)

    def settle(self, now: float) -> None:
        """Work out which rows there are, in which order; tells the view only if that has changed."""
        self._now = now
        rows = self.all.arranged(now)
        if len(rows) == len(self._rows) and bool((rows == self._rows).all()):
            return
        if self.many_chosen:
            self.beginResetModel()
            self._take_rows(rows)
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()  # the selection makes its persistent indexes now, so they are asked for after it
        before = self.persistentIndexList()
        slots = [int(self._rows[i.row()]) for i in before]
        self._take_rows(rows)
        places = zip((self._row_of.get(slot, -1) for slot in slots), before, strict=True)
        after = [self.index(row, index.column()) if row >= 0 else QModelIndex() for row, index in places]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _take_rows(self, rows: Slots) -> None:
        self._rows = rows
        self._row_of = dict(zip(rows.tolist(), range(len(rows)), strict=True))

    def tell(self, numbers: Iterable[int]) -> None:
        """These rows look different now."""
        rows = [row for number in numbers if (row := self._row_of.get(self.all.slots.get(number, -1), -1)) >= 0]
        if len(rows) > MANY:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), len(Column) - 1))
            return
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    # ------------------------------------------------------------ what is asked
    def _slot(self, row: int) -> int:
        return int(self._rows[row]) if 0 <= row < len(self._rows) else NOBODY

    def alarm(self, row: int) -> Alarm | None:
        """The alarm of a row; None for a group's head."""
        slot = self._slot(row)
        return self.all.alarms[slot] if slot >= 0 else None

    def numbers(self, rows: Iterable[int]) -> list[int]:
        """Numbers of the alarms among these rows."""
        alarms, slots = self.all.alarms, self._rows[np.fromiter(rows, dtype=np.int64)]
        return [alarms[slot].id for slot in slots[slots >= 0].tolist()]

    def group(self, row: int) -> Group | None:
        """The group whose head this row is; None for an alarm."""
        slot = self._slot(row)
        return Group(-1 - slot) if NOBODY < slot < 0 else None

    def rest_of(self, row: int) -> Alarm | None:
        """The cause that a line "57 more" belongs to."""
        slot = self._slot(row)
        return self.all.alarms[MORE - slot] if slot <= MORE else None

    def is_empty_note(self, row: int) -> bool:
        """Whether the row is the sentence that nothing needs anyone."""
        return 0 <= row < len(self._rows) and int(self._rows[row]) == NOBODY

    def row_of(self, number: int) -> int:
        """The row of an alarm; -1 if it is not shown."""
        slot = self.all.slots.get(number)
        return -1 if slot is None else self._row_of.get(slot, -1)

    def rows(self) -> Slots:
        """What each row is, from the top."""
        return self._rows

    def heads(self) -> list[int]:
        """Rows that are heads of groups."""
        return [int(row) for row in np.flatnonzero((self._rows < 0) & (self._rows > NOBODY))]

    def shown(self) -> list[Alarm]:
        """Alarms that have a row now, from the top."""
        return [self.all.alarms[int(slot)] for slot in self._rows if slot >= 0]

    # ------------------------------------------------------------ Qt
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if role not in (_DISPLAY, _SPOKEN) or not index.isValid():
            return None
        row = index.row()
        alarm = self.alarm(row)
        if alarm is None:
            return self.line(row) if index.column() == Column.GLYPH else ""
        if role == _DISPLAY:
            return None  # the delegate paints from the alarm itself
        return alarm_words.accessible(
            alarm,
            words.moment(alarm.raised, words.home_zone(self._mirror.inventory, self.wanted.site), self._now),
            self.causes.count(alarm.id),
        )

    def line(self, row: int) -> str:
        """The words of a row that is no alarm."""
        group, cause = self.group(row), self.rest_of(row)
        if group is not None:
            return f"{group_title(group)} {self.all.counts[group]}"
        if cause is not None:
            count, over = self.causes.hidden(cause.id, self._rows)
            text = translate("alarms", "{count} more under this cause, {over} of them over") if over else ""
            return (text or translate("alarms", "{count} more under this cause")).format(count=count, over=over)
        return self.empty_text

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _LINE if self._slot(index.row()) < 0 else _ALARM

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.NOW:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation is not Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        zone = words.zone_label(words.home_zone(self._mirror.inventory, self.wanted.site), self._now)
        return {
            Column.GLYPH: "",
            Column.SINCE: zone if self.compact else translate("alarms", "Since ({zone})").format(zone=zone),
            Column.WHERE: translate("alarms", "Where"),
            Column.PLACE: translate("alarms", "Place"),
            Column.WHAT: translate("alarms", "What is wrong"),
            Column.HOUR: translate("alarms", "Last hour"),
            Column.NOW: translate("alarms", "Now (limit)") + BEHIND_VALUE,
            Column.STATE: translate("alarms", "State"),
        }[Column(section)]
