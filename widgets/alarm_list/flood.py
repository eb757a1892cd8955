"""The form by cause: a flood puts the list into it and takes it out again; a person may do either by hand."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from noc_console.model.changes import LoadState
from widgets.alarm_list.flood_line import FloodLine
from widgets.alarm_list.table import TableView
from widgets.models.alarm_table import AlarmTable, Level


class FloodForm(QObject):
    """Causes only, shut, with the figures of their symptoms.

    `by_hand` is what a person chose; it holds until the next flood begins or ends.
    """

    def __init__(self, line: FloodLine, model: AlarmTable, table: TableView, clock: Callable[[], float]) -> None:
        super().__init__(table)
        self._line, self._model, self._table, self._clock = line, model, table, clock
        self._load = LoadState(calls=0)
        self.by_hand: bool | None = None
        line.toggled.connect(self.toggle)

    @property
    def by_cause(self) -> bool:
        """Whether the list has that form now."""
        return self._load.flood if self.by_hand is None else self.by_hand

    def take(self, load: LoadState) -> None:
        """How busy it is now."""
        if load.flood != self._load.flood:
            self.by_hand = None
        self._load = load
        self.settle()

    @Slot()
    def toggle(self) -> None:
        """The other form, by hand."""
        self.by_hand = not self.by_cause
        self.settle()

    def settle(self) -> None:
        """Put the list into the form that it should have, and tell of it."""
        usual = Level.SHUT if self.by_cause else Level.FIRST
        folding = self._model.wanted.folding
        if folding.usual is not usual:
            folding.usual = usual
            folding.levels.clear()
            self._table.painter.causes.by_cause = self.by_cause
            self._model.settle(self._clock())
            self._table.viewport().update()
        self._line.tell(self._load, by_cause=self.by_cause)
