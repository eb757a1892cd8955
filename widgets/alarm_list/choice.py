"""What is chosen in the list, read from ranges and kept until it changes: ten thousand chosen rows cost no more than one."""

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Slot
from PySide6.QtWidgets import QTableView

from widgets.models.alarm_table import MANY, AlarmTable

_Flag = QItemSelectionModel.SelectionFlag


class Choice(QObject):
    """Chosen rows of a table; after a change of the model they follow their alarms."""

    def __init__(self, model: AlarmTable, table: QTableView) -> None:
        super().__init__(table)
        self._model, self._table = model, table
        self._kept: list[int] | None = None
        self._over_reset: tuple[list[int], int] = [], 0
        model.layoutChanged.connect(self.forget)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)

    @Slot()
    def _keep(self) -> None:
        alarm = self._model.alarm(self._table.currentIndex().row())
        self._over_reset = self.numbers(), alarm.id if alarm is not None else 0

    @Slot()
    def _restore(self) -> None:
        self._kept = None
        self.set(*self._over_reset)

    @Slot()
    def forget(self) -> None:
        """Something else may be chosen now."""
        self._kept = None

    def numbers(self) -> list[int]:
        """Numbers of the chosen alarms, from the top."""
        if self._kept is None:
            rows: set[int] = set()
            selection = self._table.selectionModel().selection()
            for part in (selection.at(i) for i in range(selection.size())):
                rows.update(range(part.top(), part.bottom() + 1))
            self._kept = self._model.numbers(sorted(rows))
            self._model.many_chosen = len(self._kept) > MANY
        return self._kept

    def set(self, numbers: Iterable[int], current: int = 0) -> None:
        """Choose these, as far as they have rows; `current` gets the cursor."""
        rows = sorted(row for row in map(self._model.row_of, numbers) if row >= 0)
        chosen, last = QItemSelection(), self._model.columnCount() - 1
        for first, end in _runs(rows):
            chosen.append(QItemSelectionRange(self._model.index(first, 0), self._model.index(end, last)))
        selection = self._table.selectionModel()
        row = self._model.row_of(current)
        if row >= 0:
            selection.setCurrentIndex(self._model.index(row, 0), _Flag.NoUpdate)
        selection.select(chosen, _Flag.ClearAndSelect)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rows in their order as runs without gaps."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
