"""Opening and shutting in the list: groups by their heads, causes by their chips and keys, the line "57 more"."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtWidgets import QTableView

from noc_console.model.alarm import Alarm
from widgets import theme
from widgets.alarm_list.row_painter import RowPainter
from widgets.models.alarm_table import AlarmTable, Column, Level
from widgets.models.alarm_tree import FIRST

FIRST_WHERE_SHORT = 2


class Folds:
    """Acts on the rows of a table; the cursor stays on what was opened or shut."""

    def __init__(self, model: AlarmTable, table: QTableView, clock: Callable[[], float]) -> None:
        self._model, self._table, self._clock = model, table, clock

    def show_first(self, *, short: bool) -> None:
        """How many symptoms a cause shows by itself: fewer where there is little height."""
        wanted = FIRST_WHERE_SHORT if short else FIRST
        if self._model.wanted.folding.first != wanted:
            self._model.wanted.folding.first = wanted
            self._model.settle(self._clock())

    def step(self, *, shut: bool) -> None:
        """Left or right on the row of the cursor: a cause by one step, a symptom its cause, anything else its group."""
        row = self._table.currentIndex().row()
        alarm = self._model.alarm(row) or self._model.rest_of(row)
        cause = self._model.causes.of(alarm.id) if alarm is not None else 0
        if alarm is not None and cause != alarm.id and self._model.causes.is_folded(alarm.id):
            if shut:
                self._go_to(cause)
            return
        if not self._step_cause(cause, -1 if shut else 1):
            self._fold_group(row, shut)

    def _step_cause(self, cause: int, by: int) -> bool:
        if not cause or not self._model.causes.count(cause):
            return False
        level = self._level(cause)
        further = level + by
        if level is Level.FIRST and by > 0 and not self._model.causes.hidden(cause, self._model.rows())[0]:
            return True  # it shows all of them already
        if not Level.SHUT <= further <= Level.WHOLE:
            return by > 0
        self._set(cause, Level(further))
        return True

    def _level(self, cause: int) -> Level:
        level = self._model.wanted.folding.of(cause)
        first = self._model.wanted.folding.first
        small = self._model.causes.count(cause) <= first + 1
        return Level.FIRST if level is Level.WHOLE and small else level

    def _set(self, cause: int, level: Level) -> None:
        self._model.open_cause(cause, level, self._clock())
        self._go_to(cause)

    def _go_to(self, number: int) -> None:
        row = self._model.row_of(number)
        if row >= 0:
            self._table.setCurrentIndex(self._model.index(row, 0))

    def _fold_group(self, row: int, shut: bool) -> None:
        head = next((r for r in reversed(self._model.heads()) if r <= row), -1)
        group = self._model.group(head)
        if group is not None:
            self._model.fold(group, shut, self._clock())
            self._table.setCurrentIndex(self._model.index(head, 0))

    def open_rest(self) -> bool:
        """Enter on "57 more" opens the cause; whether the cursor is there."""
        cause = self._model.rest_of(self._table.currentIndex().row())
        if cause is None:
            return False
        self._set(cause.id, Level.WHOLE)
        return True

    def click(self, index: QModelIndex, at: QPoint) -> bool:
        """A click on a head, a chip or "57 more"; whether it was one."""
        group, rest = self._model.group(index.row()), self._model.rest_of(index.row())
        if group is not None:
            self._model.fold(group, group not in self._model.wanted.folded, self._clock())
            return True
        if rest is not None:
            self._set(rest.id, Level.WHOLE)
            return True
        alarm = self._model.alarm(index.row())
        if alarm is not None and index.column() in (Column.WHAT, Column.NOW) and self._on_chip(index, alarm, at):
            self._set(alarm.id, Level.WHOLE if self._level(alarm.id) is Level.SHUT else Level.SHUT)
            return True
        return False

    def _on_chip(self, index: QModelIndex, alarm: Alarm, at: QPoint) -> bool:
        painter = self._table.itemDelegate()
        shown, cell = theme.current(), self._table.visualRect(index.siblingAtColumn(Column.WHAT))
        return isinstance(painter, RowPainter) and painter.causes.chip_at(
            shown, painter.words_rect(shown, cell, alarm), alarm, at.x()
        )
