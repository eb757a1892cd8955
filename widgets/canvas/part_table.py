"""A table of parts: plain cells, stale ones muted, the worst alarm's glyph at the left. UI thread."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from widgets import alarm_words, glyphs, theme, words
from widgets.canvas.device_rows import PartRow, Table
from widgets.models.alarm_groups import is_filled

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
LEAST_WORDS = 130
"""Pixels that the words of the wide column keep, where they need them."""
TIGHTER = 2
"""Pixels less beside the words of a cell than a column has at each side: so much it can give without cutting them."""


class PartModel(QAbstractTableModel):
    """Rows of a table; a new table of the same parts only changes its cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = Table("", (), ())

    def take(self, table: Table) -> bool:
        """Show another table; whether its parts are others (what was chosen is gone)."""
        same = table.heads == self.table.heads and [_identity(r) for r in table.rows] == [_identity(r) for r in self.table.rows]
        if not same:
            self.beginResetModel()
            self.table = table
            self.endResetModel()
            return True
        before, self.table = self.table.rows, table
        for n, (old, new) in enumerate(zip(before, table.rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(n, 0), self.index(n, len(table.heads) - 1))
        return False

    def rowCount(self, parent: Index = _NONE) -> int:
        """Parts."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QColor | QPixmap | int | None:
        """Cells, their colour, the glyph, and what a screen reader says."""
        row, column = self.table.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in self.table.right else Qt.AlignmentFlag.AlignLeft
            return int(side.value | Qt.AlignmentFlag.AlignVCenter.value)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.current().colour("text.muted" if row.stale else "text.primary")
        if role == Qt.ItemDataRole.BackgroundRole and row.alarm is not None and is_filled(row.alarm) and row.alarm.severity.calls:
            return theme.current().severity(row.alarm.severity, "wash")
        if role == Qt.ItemDataRole.DecorationRole and column == 0 and row.alarm is not None:
            return glyphs.of_alarm(row.alarm, size="icon_s")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def _spoken(self, row: PartRow, column: int) -> str:
        text = f"{self.table.heads[column]} {row.cells[column]}"
        if column == 0 and row.alarm is not None:
            text += f", {words.severity(row.alarm.severity)}, {alarm_words.what(row.alarm)}"
        return text + (", " + words.translate("device", "stale") if row.stale else "")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> str | int | None:
        """Names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.table.heads[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in self.table.right else Qt.AlignmentFlag.AlignLeft
            return int(side.value | Qt.AlignmentFlag.AlignVCenter.value)
        return None


def _identity(row: PartRow) -> tuple[object, ...]:
    return row.component, row.metric, row.goes_to, row.number, row.cells[0] if not row.component else ""


class PartTable(QTableView):
    """Shows a table. `nothing` is what it says in place of lines that are not there.

    Signals
    -------
    part_chosen(str, str): the current line is about this component and metric. gone_to(str): Enter on a line that names a device.
    alarm_chosen(int): the current line is about this alarm.
    """

    part_chosen = Signal(str, str)
    gone_to = Signal(str)
    alarm_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = PartModel(self)
        self.nothing = ""
        self._wanted: list[int] = []
        """Pixels that each column would have, were there room."""
        self.setModel(self.parts)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(self._go)
        theme.source().changed.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        shown = theme.current()
        self.setFont(shown.font())
        self.horizontalHeader().setFont(shown.font("caption"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(shown.size("row.compact"))
        self.horizontalHeader().setFixedHeight(shown.size("row.header"))
        side = shown.size("space.s") - TIGHTER
        self.setStyleSheet(f"QTableView::item {{ padding: 0 {side}px; }} QHeaderView::section {{ padding: 0 {side}px; }}")

    def show_table(self, table: Table) -> None:
        """Show another table; the chosen part stays chosen where it is still there."""
        chosen = self.chosen()
        if self.parts.take(table):
            self._fit_columns()
            if chosen is not None:
                self.choose(chosen.component, chosen.metric)
        else:
            self._grow_columns()
        self.setAccessibleName(table.name)

    def chosen(self) -> PartRow | None:
        """The current line."""
        row = self.currentIndex().row()
        return self.parts.table.rows[row] if 0 <= row < len(self.parts.table.rows) else None

    def choose(self, component: str, metric: str = "") -> bool:
        """Go to the line of a component; whether there is one."""
        for n, row in enumerate(self.parts.table.rows):
            if row.component == component and metric in ("", row.metric):
                self.setCurrentIndex(self.parts.index(n, 0))
                return True
        return False

    def _fit_columns(self) -> None:
        """Widths by the widest cell; the wide column takes the rest."""
        table, head = self.parts.table, self.horizontalHeader()
        heads, spare = QFontMetrics(head.font()), 2 * theme.current().size("space.m")
        self._wanted = [max(self._widest(n), heads.horizontalAdvance(name)) + spare for n, name in enumerate(table.heads)]
        if self._wanted and any(row.alarm is not None for row in table.rows):
            self._wanted[0] += theme.current().size("icon_m")
        self._stretch()

    def _widest(self, column: int) -> int:
        cells = QFontMetrics(self.font())
        return max([cells.horizontalAdvance(row.cells[column]) for row in self.parts.table.rows[:300]], default=0)

    def _grow_columns(self) -> None:
        """Columns of figures become wider with them, never narrower: nothing jumps."""
        spare = 2 * theme.current().size("space.m")
        for column in self.parts.table.right:
            widest = self._widest(column) + spare
            if widest > self._wanted[column]:
                self._wanted[column] = widest
                self._stretch()

    def _stretch(self) -> None:
        """As wide as wanted where there is room; else with less between the columns, then with shorter words, never figures."""
        table, shown = self.parts.table, theme.current()
        if not table.heads:
            return
        head = QFontMetrics(self.horizontalHeader().font()).horizontalAdvance(table.heads[table.wide])
        least = max(min(self._widest(table.wide), LEAST_WORDS), head) + 2 * shown.size("space.m")
        widths = {n: width for n, width in enumerate(self._wanted) if n != table.wide}
        room = self.viewport().width() - least
        over = sum(widths.values()) - room
        for n in widths:
            less = min(max(over, 0), 2 * TIGHTER)
            widths[n] -= less
            over -= less
        for n in sorted(widths.keys() - table.right - {0}, key=lambda n: -widths[n]):
            less = min(max(over, 0), max(widths[n] - shown.size("rail"), 0))
            widths[n] -= less
            over -= less
        for n, width in widths.items():
            self.setColumnWidth(n, width)
        self.setColumnWidth(table.wide, max(self.viewport().width() - sum(widths.values()), least))

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            row = self.parts.table.rows[index.row()]
            self.part_chosen.emit(row.component, row.metric)
            if row.number:
                self.alarm_chosen.emit(row.number)

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        row = self.parts.table.rows[index.row()]
        if row.goes_to:
            self.gone_to.emit(row.goes_to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the line as text; letters are left to the view."""
        row = self.chosen()
        if event.matches(QKeySequence.StandardKey.Copy) and row is not None:
            QGuiApplication.clipboard().setText("\t".join(row.cells))
        elif event.text().isalpha() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The wide column follows, and the chosen line stays in sight."""
        super().resizeEvent(event)
        self._stretch()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, or the words for none."""
        super().paintEvent(event)
        if self.nothing and not self.parts.table.rows:
            painter, side = QPainter(self.viewport()), theme.current().size("space.m")
            painter.setPen(theme.current().colour("text.muted"))
            where = self.viewport().rect().adjusted(side, side, -side, -side)
            painter.drawText(where, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self.nothing)


def titled(table: PartTable, title: str, parent: QWidget) -> QWidget:
    """A table under its title."""
    shown, side = theme.current(), QWidget(parent)
    head = QLabel(title, side)
    head.setTextFormat(Qt.TextFormat.PlainText)
    head.setFont(shown.font("body", weight="strong"))
    head.setContentsMargins(shown.size("space.m"), shown.size("space.s"), 0, shown.size("space.xs"))
    side.setProperty("surface", "panel")
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(table, 1)
    return side
