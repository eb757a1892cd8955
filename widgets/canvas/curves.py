"""Curves over time with their limits: the only file that knows pyqtgraph, which is imported when the first plot is shown.

Lines are one pixel wide and not antialiased, ranges never follow the values by themselves, gaps stay gaps. Painting goes through
`setData` and `update` only: a forced `viewport().repaint()` crashed when it was measured. UI thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme, words
from widgets.canvas.curve_points import envelope, with_gaps
from widgets.canvas.scale import time_ticks, value_ticks

AXIS_WIDTH, AXIS_HEIGHT = 44, 20
NAME_HALF = 15
"""Half the height of a curve's name with its value, two lines."""
MOST_NAMES = 8
RIGHT_SHARE = 0.13
"""Part of the width right of now: room for the names of the curves."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One curve. `times` (n,) UTC seconds, `values` (n,). `chosen` is drawn in colour 1 and over the others.

    `series` is the number of its colour (0 to 7), or -1 for the colour of context. `name` is written at its end.
    """

    key: tuple[str, str, str]
    name: str
    times: NDArray[np.float64]
    values: NDArray[np.floating]
    chosen: bool = False
    series: int = -1


@dataclass(frozen=True, slots=True)
class Limit:
    """A dashed line with its name. `severity` is its word; `broken` washes what is beyond. `above`: beyond is higher."""

    value: float
    name: str
    severity: str
    broken: bool
    above: bool = True


@dataclass(frozen=True, slots=True)
class Axes:
    """What is shown: from `start` to `end` (UTC seconds), values from `low` to `high`, times in a zone."""

    start: float
    end: float
    low: float
    high: float
    unit: str = ""
    timezone: str = "UTC"


@cache
def _plots() -> Any:  # noqa: ANN401 - pyqtgraph has no types
    """Pyqtgraph, imported once, with what holds for every plot."""
    import pyqtgraph

    pyqtgraph.setConfigOptions(antialias=False)
    return pyqtgraph


class CurvePlot(QWidget):
    """A plot that keeps its items and only gives them new points.

    Signals
    -------
    picked(str, str): a curve was clicked: its device and component. cursor_moved(float): the cursor stands at this time.
    """

    picked = Signal(str, str)
    cursor_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curves: list[Curve] = []
        self.limits: list[Limit] = []
        self.axes = Axes(0.0, 1800.0, 0.0, 1.0)
        self.cursor_time = 0.0
        self._plot: Any = None
        self._items: list[Any] = []
        self._lines: list[Any] = []
        self._names: list[Any] = []
        self._origin = 0.0
        self._limits_key: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.source().changed.connect(self._settle)

    def show_curves(self, curves: Sequence[Curve], limits: Sequence[Limit], axes: Axes) -> None:
        """Show these curves and limits; the first time the plot is built a moment later, so that a window opens at once."""
        self.curves, self.limits, self.axes = list(curves), list(limits), axes
        if self._plot is None:
            QTimer.singleShot(0, self, self._build)
        else:
            self._draw()

    @property
    def is_ready(self) -> bool:
        """Whether the plot has been built."""
        return self._plot is not None

    @Slot()
    def _build(self) -> None:
        if self._plot is not None:
            return
        library = _plots()
        self._plot = library.PlotWidget(self)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = self._plot.getPlotItem()
        box.setMenuEnabled(False)
        box.hideButtons()
        box.getViewBox().setMouseEnabled(False, False)
        box.getViewBox().disableAutoRange()
        box.getAxis("left").setWidth(AXIS_WIDTH)
        self._cursor_line = library.InfiniteLine(angle=90, movable=False)
        self._cursor_line.setZValue(20)
        self._now_line = library.InfiniteLine(angle=90, movable=False)
        for line in (self._cursor_line, self._now_line):
            box.addItem(line, ignoreBounds=True)
        self._cursor_line.hide()
        self._plot.viewport().installEventFilter(self)
        self._column.addWidget(self._plot)
        self._origin = self.axes.end
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Take the colours and fonts of the theme."""
        if self._plot is None:
            return
        shown, box = theme.current(), self._plot.getPlotItem()
        self._plot.setBackground(shown.colour("surface.sunken"))
        for side in ("left", "bottom"):
            axis = box.getAxis(side)
            axis.setPen(shown.pen("line.subtle"))
            axis.setTextPen(shown.pen("text.muted"))
            axis.setStyle(tickFont=shown.font("caption"), tickLength=0)
            axis.setGrid(60)
        self._cursor_line.setPen(shown.pen("series.cursor"))
        self._now_line.setPen(shown.pen("line.strong"))
        self._draw()

    def _draw(self) -> None:
        axes, box = self.axes, self._plot.getPlotItem()
        right = axes.end + (axes.end - axes.start) * RIGHT_SHARE / (1 - RIGHT_SHARE)
        box.getViewBox().setRange(
            xRange=(axes.start - self._origin, right - self._origin), yRange=(axes.low, axes.high), padding=0, update=False
        )
        self._now_line.setPos(axes.end - self._origin)
        times, step = time_ticks(axes.start, axes.end, max(self.width() // 130, 2), axes.timezone)
        labels = [(t - self._origin, words.clock(t, axes.timezone, seconds=step < 60)) for t in times]
        box.getAxis("bottom").setTicks([labels])
        ticks = value_ticks(axes.low, axes.high, max(self.height() // 45, 2))
        box.getAxis("left").setTicks([[(v, words.shortest(v, 1)) for v in ticks]])
        self._draw_limits()
        self._draw_curves()
        self._draw_names()
        self._show_cursor()

    def _draw_curves(self) -> None:
        library, shown, box = _plots(), theme.current(), self._plot.getPlotItem()
        while len(self._items) < len(self.curves):
            item = library.PlotCurveItem(antialias=False)
            self._items.append(item)
            box.addItem(item, ignoreBounds=True)
        colours, columns = shown.ramp("series"), max(self.width() - AXIS_WIDTH, 100)
        for item, curve in zip(self._items, self.curves, strict=False):
            times, values = with_gaps(curve.times, curve.values)
            times, values = envelope(times, values, self.axes.start, self.axes.end, columns)
            colour = (
                colours[0] if curve.chosen else colours[curve.series] if curve.series >= 0 else shown.colour("series.context")
            )
            pen = library.mkPen(colour, width=1)
            if curve.series >= 0 and not curve.chosen:
                pen.setStyle(shown.dash(curve.series))
            item.setPen(pen)
            item.setZValue(5 if curve.chosen else 2)
            item.setData(times - self._origin, values, connect="finite")
            item.show()
        for item in self._items[len(self.curves) :]:
            item.setData([], [])
            item.hide()

    def _draw_limits(self) -> None:
        library, shown, box = _plots(), theme.current(), self._plot.getPlotItem()
        key = (tuple(self.limits), self.axes.low, self.axes.high, self.height(), shown.key)
        if key == self._limits_key:
            return
        self._limits_key = key
        for line in self._lines:
            box.removeItem(line)
        self._lines = []
        for limit in sorted(self.limits, key=lambda one: one.value):
            if not self.axes.low <= limit.value <= self.axes.high:
                continue
            if limit.broken:
                self._lines.append(self._wash(library, limit))
            pen = library.mkPen(shown.colour("series.limit"), width=1, style=Qt.PenStyle.DashLine)
            side = 0 if limit.value > self.axes.high - (self.axes.high - self.axes.low) * 24 / max(self.height(), 48) else 1
            options = {"position": 0.02, "color": shown.colour("text.secondary"), "anchors": [(0, side), (0, side)]}
            line = library.InfiniteLine(limit.value, angle=0, pen=pen, label=limit.name, labelOpts=options)
            line.label.setFont(shown.font("caption"))
            line.setZValue(3)
            self._lines.append(line)
        for line in self._lines:
            box.addItem(line, ignoreBounds=True)

    def _wash(self, library: Any, limit: Limit) -> Any:  # noqa: ANN401 - pyqtgraph has no types
        colour = QColor(theme.current().colour(f"severity.{limit.severity}.wash"))
        colour.setAlphaF(0.55)
        reach = (limit.value, self.axes.high) if limit.above else (self.axes.low, limit.value)
        region = library.LinearRegionItem(reach, orientation="horizontal", movable=False, brush=colour, pen=library.mkPen(None))
        region.setZValue(-10)
        return region

    def _draw_names(self) -> None:
        """The newest value and name of the chosen curves, right of now."""
        shown, box = theme.current(), self._plot.getPlotItem()
        named = self._named()
        while len(self._names) < len(named):
            item = _plots().TextItem(anchor=(0, 0.5))
            self._names.append(item)
            box.addItem(item, ignoreBounds=True)
        for item, (curve, value) in zip(self._names, named, strict=False):
            figure = words.shortest(value, 1) + (f" {self.axes.unit}" if curve.chosen else "")
            item.setText(f"{figure}\n{curve.name}", shown.colour("text.primary" if curve.chosen else "text.muted"))
            item.setFont(shown.font("caption", weight="strong" if curve.chosen else "regular"))
            item.setAnchor((0, self._side_of(value)))
            item.setPos(self.axes.end - self._origin, value)
            item.show()
        for item in self._names[len(named) :]:
            item.hide()

    def _side_of(self, value: float) -> float:
        """Where a name hangs on its value: at its middle, at the edges inwards, so that none is cut."""
        share = (value - self.axes.low) / max(self.axes.high - self.axes.low, 1e-9)
        edge = NAME_HALF / max(self.height() - AXIS_HEIGHT, 2 * NAME_HALF)
        return 1.0 if share < edge else 0.0 if share > 1 - edge else 0.5

    def _named(self) -> list[tuple[Curve, float]]:
        """Curves whose names have room, the chosen one first, each with its newest value."""
        named: list[tuple[Curve, float]] = []
        high = (self.axes.high - self.axes.low) * 30 / max(self.height(), 60)
        for curve in sorted(self.curves, key=lambda c: not c.chosen):
            known = np.flatnonzero(np.isfinite(curve.values))
            if len(known) and curve.name and len(named) < MOST_NAMES:
                value = float(curve.values[known[-1]])
                if all(abs(value - other) >= high for _, other in named):
                    named.append((curve, value))
        return named

    # ---- cursor

    def set_cursor(self, time: float) -> None:
        """Put the cursor at a time; 0 takes it away."""
        self.cursor_time = min(max(time, self.axes.start), self.axes.end) if time else 0.0
        self._show_cursor()

    def _show_cursor(self) -> None:
        if self._plot is not None:
            self._cursor_line.setVisible(self.cursor_time > 0)
            self._cursor_line.setPos(self.cursor_time - self._origin)

    def value_at(self, curve: Curve, time: float) -> float | None:
        """The value of a curve at a time, None in a gap."""
        at = int(np.searchsorted(curve.times, time, side="right")) - 1
        if at < 0 or not np.isfinite(curve.values[at]):
            return None
        step = float(np.median(np.diff(curve.times))) if len(curve.times) > 2 else np.inf
        return float(curve.values[at]) if time - curve.times[at] <= 2.5 * step else None

    def clock(self, time: float) -> str:
        """A time in the zone of the axis."""
        return words.clock(time, self.axes.timezone, seconds=True)

    def nearest(self, time: float, value: float) -> Curve | None:
        """The curve that comes nearest to a point, None if none is near."""
        reach = (self.axes.high - self.axes.low) * 0.06
        found = [(abs(v - value), i) for i, c in enumerate(self.curves) if (v := self.value_at(c, time)) is not None]
        best = min(found, default=None)
        return self.curves[best[1]] if best is not None and best[0] <= reach else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the plot moves the cursor and picks the nearest curve."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and self._plot is not None:
            point = self._plot.getPlotItem().getViewBox().mapSceneToView(QPointF(event.position()))
            time = point.x() + self._origin
            self.set_cursor(time)
            self.cursor_moved.emit(self.cursor_time)
            curve = self.nearest(time, point.y())
            if curve is not None:
                self.picked.emit(*curve.key[:2])
            return True
        return False
