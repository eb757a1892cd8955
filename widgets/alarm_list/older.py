"""The list of all stored alarms: pages come as one scrolls down or searches; the window never waits for them."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from widgets.alarm_list.table import TableView
from widgets.models.alarm_table import AlarmTable, Scope
from widgets.models.archive import PAGE, Archive
from widgets.view import ViewContext
from widgets.words import translate

MOST_KEPT = 20_000
"""Older alarms that the list holds; with more it begins anew."""
FEW = 60
"""With fewer rows than this shown another page is asked for at once."""


class Older(QObject):
    """Signals: changed(): rows or the note changed."""

    changed = Signal()

    def __init__(self, context: ViewContext, model: AlarmTable, table: TableView) -> None:
        super().__init__(table)
        self._context, self._model, self._table = context, model, table
        self._count = 0
        self._idle, self._further = QTimer(self, singleShot=True), QTimer(self, singleShot=True)  # they end with it
        self.archive = Archive(lambda: context.history, lambda: context.clock(), self)
        self._idle.timeout.connect(self._prepare)
        self._further.timeout.connect(self.archive.more)
        self.archive.came.connect(self._take)
        self.archive.changed.connect(self.changed)
        table.verticalScrollBar().valueChanged.connect(self._scrolled)

    def settle(self) -> None:
        """What is looked at has changed: another scope, another filter."""
        if self._model.wanted.scope is Scope.ALL:
            self.archive.search(self._model.wanted.terms, self._model.wanted.site, self._titles())
        else:
            self.archive.stop()

    def _titles(self) -> dict[str, str]:
        return {site.name: site.title.casefold() for site in self._context.mirror.inventory.sites.values()}

    def note(self) -> str:
        """What it does now, for the line of the filter."""
        if self.archive.trouble:
            return translate("alarms", "Older ones cannot be read: {why}").format(why=self.archive.trouble)
        return translate("alarms", "reading older ones…") if self.archive.is_reading else ""

    @Slot(object)
    def _take(self, alarms: object) -> None:
        if not isinstance(alarms, list) or self._model.wanted.scope is not Scope.ALL:
            return
        now = self._context.clock()
        if self._count + len(alarms) > MOST_KEPT:
            self._count = 0
            self._model.restart(now)
        self._count += len(alarms)
        self._model.all.append(alarms, now)
        self._model.settle(now)
        self._idle.start(0)
        self.changed.emit()
        if alarms and len(self._model.rows()) < FEW:
            self._further.start(0)

    @Slot()
    def _prepare(self) -> None:
        """Words for the next filter, in idle moments: those of thousands at its first letter would be felt."""
        if self._model.all.prepare(PAGE):
            self._idle.start(20)

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        bar = self._table.verticalScrollBar()
        if self._model.wanted.scope is Scope.ALL and bar.maximum() - value < PAGE // 4 * self._table.rowHeight(0):
            self.archive.more()
