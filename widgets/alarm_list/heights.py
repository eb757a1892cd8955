"""How high each row is: a symptom lower than what it stands under, and under one row the room for the line that asks."""

from PySide6.QtCore import QObject, QPersistentModelIndex, Slot
from PySide6.QtWidgets import QTableView

from widgets import theme
from widgets.models.alarm_table import AlarmTable

MOST_ROWS = 400
"""Rows from the top that get a height of their own; the others have that of a cause."""


class RowHeights(QObject):
    """Keeps the heights while rows come and go."""

    def __init__(self, model: AlarmTable, table: QTableView) -> None:
        super().__init__(table)
        self._model, self._table = model, table
        self._under, self._room = 0, 0
        self._raised = QPersistentModelIndex()  # the row that has the room now, wherever it goes
        model.layoutChanged.connect(self.settle)
        model.modelReset.connect(self.settle)

    def dress(self, *, short: bool) -> None:
        """Take the measures of the theme now; `short` = there is little height."""
        header, shown = self._table.verticalHeader(), theme.current()
        header.setMinimumSectionSize(shown.size("row.compact"))
        header.setDefaultSectionSize(shown.size("row.compact" if short else "row.normal"))
        self.settle()

    def make_room(self, number: int, pixels: int) -> None:
        """Leave so much room under the row of an alarm; 0 for none."""
        if (number, pixels) != (self._under, self._room):
            self._under, self._room = number, pixels
            self.settle()

    def of(self, row: int) -> int:
        """Pixels of a row without the room under it."""
        normal = self._table.verticalHeader().defaultSectionSize()
        alarm = self._model.alarm(row) if row < MOST_ROWS else None
        return theme.current().size("row.compact") if alarm is not None and self._model.causes.is_folded(alarm.id) else normal

    @Slot()
    def settle(self) -> None:
        """Give each row its height; those that have it already cost a look."""
        header, opened = self._table.verticalHeader(), self._model.row_of(self._under) if self._room else -1
        own = {opened, self._raised.row() if self._raised.isValid() else -1} - {-1}
        self._raised = QPersistentModelIndex(self._model.index(opened, 0)) if opened >= 0 else QPersistentModelIndex()
        for row in own.union(range(min(self._model.rowCount(), MOST_ROWS))):
            wanted = self.of(row) + (self._room if row == opened else 0)
            if header.sectionSize(row) != wanted:
                header.resizeSection(row, wanted)
