# ruff: noqa: D102 - overrides of Qt are described by Qt
"""The table of alarms: fixed widths, groups that fold, a row that stays under the pointer and the cursor."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from widgets import flash, theme
from widgets.alarm_list.row_painter import RowPainter
from widgets.keys import act_on_letter
from widgets.models.alarm_table import AlarmTable, Column
from widgets.view import ViewContext
from widgets.words import translate

WIDE = 1100
"""From this width place and the last hour have columns."""
_WIDTHS = {
    Column.GLYPH: 40,
    Column.SINCE: 112,
    Column.WHERE: 170,
    Column.PLACE: 140,
    Column.HOUR: 140,
    Column.NOW: 170,
    Column.STATE: 130,
}
_NARROW_WIDTHS = {
    Column.GLYPH: 40,
    Column.SINCE: 62,
    Column.WHERE: 140,
    Column.PLACE: 0,
    Column.HOUR: 0,
    Column.NOW: 150,
    Column.STATE: 90,
}
_NARROW = 820
CHOOSABLE = (Column.PLACE, Column.HOUR)


class TableView(QTableView):
    """Signals: chosen_changed(): other rows are chosen. opened(int): Enter or a double click on this alarm."""

    chosen_changed = Signal()
    opened = Signal(int)

    def __init__(self, model: AlarmTable, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table, self._context = model, context
        self.painter = RowPainter(model, context, self)
        self._anchor: tuple[int, int] | None = None
        self._pointed = 0
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self._set_up()
        model.layoutAboutToBeChanged.connect(self._note_anchor)
        model.layoutChanged.connect(self._keep_anchor)
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
        short = self.window().height() < 900 * shown.scale
        self.verticalHeader().setDefaultSectionSize(shown.size("row.compact" if short else "row.normal"))
        self.verticalHeader().setMinimumSectionSize(shown.size("row.compact"))
        self.horizontalHeader().setFixedHeight(shown.size("row.header"))
        self._spread()

    # ------------------------------------------------------------ columns
    def _hidden_by_choice(self) -> set[Column]:
        kept = str(self._context.settings.value("alarms/hidden", ""))
        return {Column(int(word)) for word in kept.split(",") if word.isdigit() and int(word) in CHOOSABLE}

    @Slot(QPoint)
    def _choose_columns(self, at: QPoint) -> None:
        menu, hidden = QMenu(self), self._hidden_by_choice()
        for column in CHOOSABLE:
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
        hidden = self._hidden_by_choice() ^ {column}
        settings: QSettings = self._context.settings
        settings.setValue("alarms/hidden", ",".join(str(int(each)) for each in sorted(hidden)))
        self._spread()

    def _spread(self) -> None:
        shown, room = theme.current(), self.viewport().width()
        widths = dict(_WIDTHS if room >= _NARROW * shown.scale else _NARROW_WIDTHS)
        self.painter.compact = self._table.compact = room < _NARROW * shown.scale
        if room < WIDE * shown.scale:
            widths[Column.PLACE] = widths[Column.HOUR] = 0
        for column in self._hidden_by_choice():
            widths[column] = 0
        for column, width in widths.items():
            pixels = round(width * shown.scale)
            self.setColumnHidden(column, pixels == 0)
            if pixels:
                self.setColumnWidth(column, pixels)
        taken = sum(round(width * shown.scale) for width in widths.values())
        self.setColumnWidth(Column.WHAT, max(room - taken, 80))

    # ------------------------------------------------------------ what is chosen
    def chosen(self) -> list[int]:
        """Numbers of the chosen alarms, from the top."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [alarm.id for row in rows if (alarm := self._table.alarm(row)) is not None]

    def current(self) -> int:
        """The alarm with the cursor; 0 for none."""
        alarm = self._table.alarm(self.currentIndex().row())
        return alarm.id if alarm is not None else 0

    def choose(self, number: int) -> None:
        """Choose one alarm and bring it into sight."""
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
        self._span_heads()
        if self._anchor is not None:
            number, before = self._anchor
            row = self._table.row_of(number)
            if row >= 0:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.rowViewportPosition(row) - before)

    def _span_heads(self) -> None:
        self.clearSpans()
        for row in self._table.spanned():
            self.setSpan(row, 0, 1, len(Column))

    @Slot()
    def _flash(self) -> None:
        if self.isVisible():
            width, top = self.columnWidth(Column.GLYPH), 0
            last = self.rowAt(self.viewport().height() - 1)
            end = last if last >= 0 else self._table.rowCount() - 1
            for row in range(max(self.rowAt(0), 0), end + 1):
                alarm = self._table.alarm(row)
                if alarm is not None and (alarm.needs_someone or alarm.worse_again) and alarm.severity.calls:
                    top = self.rowViewportPosition(row)
                    self.viewport().update(0, top, width, self.rowHeight(row))

    def repaint_times(self) -> None:
        """Ages and values have moved on: the visible rows."""
        self.viewport().update()

    def fold_here(self, folded: bool, now: float) -> None:
        """Fold or unfold the group of the cursor; the cursor goes to its head."""
        row = self.currentIndex().row()
        head = next((r for r in reversed(self._table.heads()) if r <= row), -1)
        group = self._table.group(head)
        if group is not None:
            self._table.fold(group, folded, now)
            self.setCurrentIndex(self._table.index(head, 0))

    # ------------------------------------------------------------ Qt
    def selectionChanged(self, selected, deselected) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold_here(key == Qt.Key.Key_Left, self._context.clock())
        elif key == Qt.Key.Key_Space:
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flag.Toggle | flag.Rows)
        elif not act_on_letter(self, event):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are actions here, not a search."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        group = self._table.group(index.row()) if index.isValid() else None
        if group is not None:
            self._table.fold(group, group not in self._table.wanted.folded, self._context.clock())
            return
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()
