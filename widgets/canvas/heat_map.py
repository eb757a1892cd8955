"""The heat map's canvas: servers × GPUs as one indexed image, with figures where cells have room. UI thread."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from noc_console.model.severity import Severity
from widgets import glyphs, theme, words
from widgets.canvas import sprites
from widgets.canvas.heat_grid import MEASURES, HeatGrid, Measure
from widgets.canvas.scale import MISSING

FIGURE = 24, 13
"""Smallest cell that has a figure."""
LEAST_ROW, MOST_ROW = 13, 22
MOST_COLUMN = 48


Steps = NDArray[np.uint8]


class _Measures(NamedTuple):
    """Pixels: width of the names, height and width of a cell, top of each row."""

    label: int
    high: int
    wide: int
    tops: list[int]


class HeatMap(QWidget):
    """Paints a grid.

    Signals
    -------
    chosen(str, str): device and component of the cell. opened(str, str): Enter or double click.
    """

    chosen = Signal(str, str)
    opened = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = HeatGrid()
        self.measure: Measure = MEASURES[0]
        self.selected = ("", "")
        self.setAccessibleName(words.translate("thermal", "GPUs of all servers"))
        self._measures: _Measures | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.source().changed.connect(self._settle)

    def show_grid(self, grid: HeatGrid, measure: Measure) -> None:
        """Show another grid."""
        self.grid, self.measure = grid, measure
        self._settle()

    def _settle(self) -> None:
        """Another grid, another theme or scale: cells are measured anew, and all rows have room."""
        self._measures = None
        self.setMinimumHeight(self._heads() + len(self.grid.devices) * LEAST_ROW)
        self.update()

    def touch_rows(self, devices: Iterable[str]) -> None:
        """Paint the rows of these devices anew: only their values changed. Nothing happens for those out of sight."""
        sizes, seen = self._measured(), self.visibleRegion().boundingRect()
        dirty = QRegion()
        for top in sorted(sizes.tops[self.grid.row_of[name]] for name in devices if name in self.grid.row_of):
            if seen.top() - sizes.high < top <= seen.bottom():
                dirty += QRect(0, top, self.width(), sizes.high)
        if not dirty.isEmpty():
            self.update(dirty)

    def select(self, device: str, component: str) -> None:
        """Mark a cell, or a row where the component is no GPU."""
        if (device, component) != self.selected:
            self.selected = device, component
            row, at = self.grid.row_of.get(device), component in self.grid.components
            value = self.grid.values[row, self.grid.components.index(component)] if row is not None and at else np.nan
            self.setAccessibleDescription(f"{device} {component} {words.quantity(self.measure.metric, float(value))}")
            self.update()

    def steps(self, rows: range | None = None) -> Steps:
        """Step of the ramp of each cell (of some rows), MISSING where nothing fresh is known."""
        part = slice(None) if rows is None else slice(rows.start, rows.stop)
        return self.measure.ramp.step(self.grid.values[part])

    # ---- geometry

    def _heads(self) -> int:
        return theme.current().line("caption") * (len(self.grid.groups) + 1) + 4

    def _measured(self) -> _Measures:
        """Sizes of the cells; measured anew after another grid, size or theme."""
        if self._measures is None:
            metrics, rows = self.fontMetrics(), len(self.grid.devices)
            label = max([metrics.horizontalAdvance(name) for name in self.grid.devices], default=40) + 10
            high = min(max((self.height() - self._heads()) // max(rows, 1), LEAST_ROW), MOST_ROW)
            wide = min(max((self.width() - label - 4) // max(len(self.grid.components), 1), 6), MOST_COLUMN)
            line = theme.current().line("caption")
            group_of = [n for n, (_, _, count) in enumerate(self.grid.groups) for _ in range(count)]
            tops = [line * (group + 2) + row * high for row, group in enumerate(group_of)]
            self._measures = _Measures(label, high, wide, tops)
        return self._measures

    def cell(self, row: int, column: int) -> QRect:
        """Where a cell is."""
        sizes = self._measured()
        return QRect(sizes.label + column * sizes.wide, sizes.tops[row], sizes.wide, sizes.high)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) under a pixel."""
        sizes = self._measured()
        column = int((x - sizes.label) // sizes.wide)
        row = bisect_right(sizes.tops, y) - 1
        inside = row >= 0 and y < sizes.tops[row] + sizes.high and 0 <= column < len(self.grid.components)
        return (row, column) if inside else None

    # ---- painting

    def rows_at(self, top: int, bottom: int) -> range:
        """Rows of which something lies between these pixels."""
        sizes = self._measured()
        return range(max(bisect_right(sizes.tops, top - sizes.high), 0), bisect_right(sizes.tops, bottom))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are in sight and changed, then mark the chosen cell."""
        painter = QPainter(self)
        painter.setFont(theme.current().font("caption"))
        for rect in cast("Iterable[QRect]", event.region()):  # the stubs do not know it
            self._paint(painter, rect)
        device, component = self.selected
        row = self.grid.row_of.get(device)
        if row is not None:
            whole = component not in self.grid.components
            rect = self.cell(row, 0 if whole else self.grid.components.index(component))
            rect.setWidth(rect.width() * len(self.grid.components) if whole else rect.width())
            painter.setPen(theme.current().pen("accent.focus", 2 if self.hasFocus() or not whole else 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.end()

    def _paint(self, painter: QPainter, rect: QRect) -> None:
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.current().colour("surface.panel"))
        rows = self.rows_at(rect.top(), rect.bottom())
        for title, first, count in self.grid.groups:
            part = range(max(first, rows.start), min(first + count, rows.stop))
            if part:
                self._paint_rows(painter, part.start, self.steps(part))
            if first in part or rows.start <= first <= rows.stop:
                self._paint_title(painter, title, first)
        if self.grid.devices and rect.top() < theme.current().line("caption"):
            self._paint_columns(painter)
        painter.setClipping(False)

    def _paint_columns(self, painter: QPainter) -> None:
        shown, wide = theme.current(), self._measured().wide
        painter.setPen(shown.colour("text.muted"))
        for n in range(len(self.grid.components)):
            place = QRect(self._measured().label + n * wide, 0, wide, shown.line("caption"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(n))

    def _paint_title(self, painter: QPainter, title: str, first: int) -> None:
        line = theme.current().line("caption")
        painter.setPen(theme.current().colour("text.secondary"))
        place = QRect(theme.current().size("space.m"), self.cell(first, 0).top() - line, self.width(), line)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_rows(self, painter: QPainter, first: int, steps: Steps) -> None:
        """Rows below each other from `first`: one picture stretched over their cells, then gaps, names and figures."""
        shown, count = theme.current(), len(steps)
        area = self.cell(first, 0).united(self.cell(first + count - 1, len(self.grid.components) - 1))
        part = np.ascontiguousarray(steps)
        image = QImage(part.data, part.shape[1], part.shape[0], part.strides[0], QImage.Format.Format_Indexed8)
        colours = [c.rgb() for c in shown.ramp(self.measure.colours)]
        image.setColorTable(colours + [shown.colour("heat.missing").rgb()] * (256 - len(colours)))
        painter.drawImage(area, image)
        for row, column in np.argwhere(part == MISSING):
            if self.grid.present[first + row, column]:
                painter.fillRect(self.cell(first + int(row), int(column)), sprites.hatch())
        painter.setPen(shown.pen("surface.panel"))
        for n in range(1, len(self.grid.components)):
            x = area.left() + n * self._measured().wide - 1
            painter.drawLine(x, area.top(), x, area.bottom())
        for n in range(count):
            self._paint_row(painter, first + n, steps[n])
            self._paint_glyphs(painter, first + n)

    def _paint_row(self, painter: QPainter, row: int, steps: Steps) -> None:
        shown, place = theme.current(), self.cell(row, 0)
        painter.setPen(shown.pen("surface.panel"))
        painter.drawLine(place.left(), place.bottom(), self.cell(row, len(self.grid.components) - 1).right(), place.bottom())
        painter.setPen(shown.colour("text.secondary"))
        label = QRect(2, place.top(), self._measured().label - 6, place.height())
        painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.grid.devices[row])
        if place.width() < FIGURE[0] or place.height() < FIGURE[1]:
            return
        for column, step in enumerate(steps):
            if step == MISSING:
                continue
            colour = "heat.on_low" if step <= (5 if self.measure.colours == "heat" else 2) else "heat.on_high"
            weight = "strong" if self.measure.colours == "heat" and step in (5, 6) else "regular"
            figure = f"{self.grid.values[row, column]:.0f}"
            picture = sprites.figure(shown.key, figure, colour, weight, self.devicePixelRatioF())
            glyphs.draw(painter, picture, QRectF(self.cell(row, column)))

    def _paint_glyphs(self, painter: QPainter, row: int) -> None:
        for column in np.flatnonzero(self.grid.severity[row]):
            place = self.cell(row, int(column))
            size = min(theme.current().size("glyph_s"), place.height() - 1)
            sprite = glyphs.severity(
                Severity(int(self.grid.severity[row, column])), filled=bool(self.grid.filled[row, column]), size=size
            )
            painter.drawPixmap(QPointF(place.right() - size, place.top()), sprite)

    # ---- pointer and keys

    def _cell_names(self, cell: tuple[int, int] | None) -> tuple[str, str] | None:
        return (self.grid.devices[cell[0]], self.grid.components[cell[1]]) if cell else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell."""
        names = self._cell_names(self.cell_at(event.position().x(), event.position().y()))
        if names and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(*names)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open its device."""
        names = self._cell_names(self.cell_at(event.position().x(), event.position().y()))
        if names:
            self.opened.emit(*names)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the cells, Enter opens."""
        arrows = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
        key = Qt.Key(event.key())
        if key in arrows and self.grid.devices:
            device, component = self.selected
            row = self.grid.row_of.get(device, -1) + arrows[key][0]
            column = self.grid.components.index(component) if component in self.grid.components else 0
            cell = max(min(row, len(self.grid.devices) - 1), 0), (column + arrows[key][1]) % len(self.grid.components)
            self.chosen.emit(*(self._cell_names(cell) or ("", "")))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected[0]:
            self.opened.emit(*self.selected)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Hovering tells the value."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(event.pos().x(), event.pos().y())
            names = self._cell_names(cell)
            value = self.grid.values[cell] if cell else np.nan
            text = f"{names[0]} {names[1]}  {words.quantity(self.measure.metric, float(value))}" if names else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, other cells."""
        self._measures = None
        self.update()

    def sizeHint(self) -> QSize:
        """Room for figures in all cells."""
        columns = max(len(self.grid.components), 8)
        return QSize(self._measured().label + columns * 34, self._heads() + len(self.grid.devices) * 18)


class HeatLegend(QWidget):
    """The range of the ramp, fixed, and what hatching means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure: Measure = MEASURES[0]
        self._settle()
        theme.source().changed.connect(self._settle)

    def _settle(self) -> None:
        self.setFixedHeight(theme.current().line("caption") + 8)
        self.update()

    def show_measure(self, measure: Measure) -> None:
        """The legend of another measure."""
        self.measure = measure
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line."""
        shown, ramp = theme.current(), self.measure.ramp
        painter = QPainter(self)
        painter.setFont(shown.font("caption"))
        metrics = painter.fontMetrics()
        low, high = f"{ramp.low:.0f}", f"{ramp.high:.0f} {self.measure.unit}"
        x, y = 6, (self.height() + metrics.ascent() - metrics.descent()) // 2
        painter.setPen(shown.colour("text.muted"))
        painter.drawText(x, y, low)
        x += metrics.horizontalAdvance(low) + 6
        missing = words.translate("thermal", "no data")
        wide = max(self.width() - x - metrics.horizontalAdvance(high) - metrics.horizontalAdvance(missing) - 60, 40)
        sprites.draw_ramp(painter, QRect(x, self.height() // 2 - 4, wide, 8), shown.ramp(self.measure.colours))
        painter.drawText(x + wide + 6, y, high)
        x += wide + 6 + metrics.horizontalAdvance(high) + 14
        painter.fillRect(QRectF(x, self.height() / 2 - 5, 18, 10), sprites.hatch())
        painter.drawText(x + 24, y, missing)
        painter.end()
