# ruff: noqa: D102 - overrides of Qt are described by Qt
"""The table of alarms: fixed widths, groups and causes that fold, a row that stays under the pointer and the cursor."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from widgets import flash, theme
from widgets.alarm_list import columns
from widgets.alarm_list.choice import Choice
from widgets.alarm_list.folds import Folds
from widgets.alarm_list.heights import RowHeights
from widgets.alarm_list.row_painter import RowPainter
from widgets.keys import act_on_letter
from widgets.models.alarm_groups import calls_someone
from widgets.models.alarm_table import AlarmTable, Column
from widgets.view import ViewContext
from widgets.words import translate

SHORT = 900
"""Below this height of the window rows are compact, and a cause shows fewer symptoms by itself."""


class TableView(QTableView):
    """Signals: chosen_changed(): other rows are chosen. opened(int): Enter or a double click on this alarm."""

    chosen_changed = Signal()
    opened = Signal(int)

    def __init__(self, model: AlarmTable, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table, self._context = model, context
        self._anchor: tuple[int, int] | None = None
        self._pointed = 0
        self.choice = Choice(model, self)
        self.setModel(model)
        self.heights = RowHeights(model, self)  # after the model: the header has its rows before they get their heights
        self.painter = RowPainter(model, context, self)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            # A header asks for each of its columns whether all rows are chosen: with ten thousand rows the window would stand.
            header.setSelectionModel(QItemSelectionModel(model, header))
        self.setItemDelegate(self.painter)
        self.folds = Folds(model, self, context.clock)
        self._set_up()
        model.layoutAboutToBeChanged.connect(self._note_anchor)
        model.layoutChanged.connect(self._keep_anchor)
        model.modelAboutToBeReset.connect(self._note_anchor)
        flash.source().toggled.connect(self._flash)

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(translate("alarms", "Alarms"))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(0)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        self.dress()

    def dress(self) -> None:
        """Take the measures of the theme now."""
        shown = theme.current()
        short = self.window().height() < SHORT * shown.scale
        self.folds.show_first(short=short)
        self.heights.dress(short=short)
        self.horizontalHeader().setFixedHeight(shown.size("row.header"))
        self._spread()

    # ------------------------------------------------------------ columns
    @Slot(QPoint)
    def _choose_columns(self, at: QPoint) -> None:
        menu, hidden = QMenu(self), columns.hidden_by_choice(self._context.settings)
        for column in columns.CHOOSABLE:
            action = menu.addAction(str(self._table.headerData(column, Qt.Orientation.Horizontal)))
            action.setCheckable(True)
            action.setChecked(column not in hidden)
            action.setData(int(column))
        picked = menu.exec(self.horizontalHeader().mapToGlobal(at))
        menu.deleteLater()
        if picked is not None:
            self.toggle_column(Column(picked.data()))

    def toggle_column(self, column: Column) -> None:
        """Show or hide one of the columns that one can do without; kept."""
        columns.toggle(self._context.settings, column)
        self._spread()

    def _spread(self) -> None:
        shown, room = theme.current(), self.viewport().width()
        self.painter.compact = self._table.compact = room < columns.NARROW * shown.scale
        widths = columns.widths(room, shown.scale, columns.hidden_by_choice(self._context.settings))
        beside = not widths[Column.HOUR]
        self.painter.words_width, self.painter.now_width = (widths[Column.WHAT], widths[Column.NOW]) if beside else (0, 0)
        for column, pixels in widths.items():
            self.setColumnHidden(column, pixels == 0)
            if pixels:
                self.setColumnWidth(column, pixels)

    # ------------------------------------------------------------ what is chosen
    def chosen(self) -> list[int]:
        """Numbers of the chosen alarms, from the top."""
        return self.choice.numbers()

    def current(self) -> int:
        """The alarm with the cursor; 0 for none."""
        alarm = self._table.alarm(self.currentIndex().row())
        return alarm.id if alarm is not None else 0

    def choose(self, number: int) -> None:
        """Choose one alarm and bring it into sight; its cause where the cause is folded over it."""
        row = self._table.row_of(number)
        if row < 0:
            number = self._table.causes.of(number)
            row = self._table.row_of(number)
        if row >= 0 and self.chosen() != [number]:
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self._table.index(row, 0), flag.ClearAndSelect | flag.Rows)
        if row >= 0:
            self.scrollTo(self._table.index(row, 0))

    def held(self) -> frozenset[int]:
        """What must not move: chosen, under the cursor, under the pointer."""
        return frozenset({*self.chosen(), self.current(), self._pointed} - {0})

    # ------------------------------------------------------------ what stays where it is
    @Slot()
    def _note_anchor(self) -> None:
        row = self._table.row_of(self._pointed or self.current())
        at_top = self.verticalScrollBar().value() == 0 and not self._pointed and not self.current()
        alarm = self._table.alarm(row)  # None for the head of a group that has the cursor after it was folded
        self._anchor = None if alarm is None or at_top else (alarm.id, self.rowViewportPosition(row))

    @Slot()
    def _keep_anchor(self) -> None:
        if self._anchor is not None:
            number, before = self._anchor
            row = self._table.row_of(number)
            if row >= 0:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.rowViewportPosition(row) - before)

    @Slot()
    def _flash(self) -> None:
        if self.isVisible():
            width, top = self.columnWidth(Column.GLYPH), 0
            for row in self._rows_between(0, self.viewport().height() - 1):
                alarm = self._table.alarm(row)
                if alarm is not None and calls_someone(alarm):
                    top = self.rowViewportPosition(row)
                    self.viewport().update(0, top, width, self.rowHeight(row))

    def repaint_times(self) -> None:
        """Ages and values have moved on: the visible rows."""
        self.viewport().update()

    # ------------------------------------------------------------ Qt
    def selectionChanged(self, selected, deselected) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        super().selectionChanged(selected, deselected)
        self.choice.forget()
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.folds.open_rest():
                self.opened.emit(self.current())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.folds.step(shut=key == Qt.Key.Key_Left)
        elif key == Qt.Key.Key_Space:
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flag.Toggle | flag.Rows)
        elif not act_on_letter(self, event):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are actions here, not a search."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton or not self.folds.click(index, at):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index: QModelIndex = self.indexAt(event.position().toPoint())
        alarm = self._table.alarm(index.row()) if index.isValid() else None
        if alarm is not None:
            self.opened.emit(alarm.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        alarm = self._table.alarm(index.row()) if index.isValid() else None
        self._pointed = alarm.id if alarm is not None else 0
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = 0
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        dirty, port, chosen = event.region(), self.viewport(), self.selectionModel()
        columns = [column for column in Column if not self.isColumnHidden(column)]
        cells = [(column, self.columnViewportPosition(column), self.columnWidth(column)) for column in columns]
        cursor = self.currentIndex().row() if self.hasFocus() else -1
        painter = QPainter(port)
        for row in self._rows_between(event.rect().top(), event.rect().bottom()):
            high = min(self.rowHeight(row), self.heights.of(row))  # without the line that asks under it
            rect = QRect(0, self.rowViewportPosition(row), port.width(), high)
            if dirty.intersects(rect):
                selected = self._table.alarm(row) is not None and chosen.isSelected(self._table.index(row, 0))
                self.painter.paint_row(painter, rect, row, cells, selected=selected, cursor=row == cursor)
        painter.end()

    def _rows_between(self, top: int, bottom: int) -> range:
        last = self.rowAt(bottom)
        return range(max(self.rowAt(top), 0), (last if last >= 0 else self._table.rowCount() - 1) + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()
