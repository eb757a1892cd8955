"""The small curve of one part of a device. UI thread."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from noc_console.series import DRAWN_METRICS
from widgets import theme, words
from widgets.canvas.curve_source import RANGES, CurveSource, Key
from widgets.canvas.curves import Axes, CurvePlot
from widgets.canvas.thermal_panels import Panel, axes_of, curves_of, limits_of
from widgets.canvas.thermal_parts import plain_label

GRIDS = {"celsius": (5.0, 10.0), "watts": (100.0, 200.0), "percent": (20.0, 100.0), "rpm": (200.0, 800.0), "hertz": (2e8, 1e9)}
"""Ending of a metric → grid and least height of its axis."""
HEIGHT = 190


class PartCurve(QWidget):
    """Half an hour of one key with its limits; hidden for what has no curve."""

    def __init__(self, source: CurveSource, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key: Key | None = None
        self._source, self._clock = source, clock
        self._before: Axes | None = None
        self._drawn: tuple[dict[str, float], str] = {}, "UTC"
        self.title = plain_label(self, "caption", "strong")
        self.title.setMargin(theme.current().size("space.xs"))
        self.plot = CurvePlot(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.current().size("space.s"), 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.plot, 1)
        self.setMaximumHeight(HEIGHT + HEIGHT // 2)
        source.changed.connect(self._redraw)
        self.hide()

    def keep_to(self, pixels: int) -> None:
        """Take no more height than this, and never more than its own most."""
        self.setMaximumHeight(min(pixels, HEIGHT + HEIGHT // 2))

    def show_key(self, key: Key | None) -> None:
        """Show another key; one whose metric is not drawn hides the curve."""
        drawn = key is not None and key[2] in DRAWN_METRICS
        self.setVisible(drawn)
        if key != self.key:
            self.key, self._before = key, None

    def draw(self, levels: dict[str, float], zone: str) -> None:
        """Draw what is known now."""
        self._drawn = levels, zone
        if self.key is None or not self.isVisible():
            return
        now, (_, component, metric) = self._clock(), self.key
        grid, least = next((g for ending, g in GRIDS.items() if metric.endswith(ending)), (1.0, 5.0))
        below = metric.startswith("fan_") or "margin" in metric
        panel = Panel("", "", words.unit(metric), [self.key], {self.key: component}, levels, not below, grid, least)
        self._source.reach_back([self.key], now - RANGES[0])
        curves = curves_of(panel, self._source.points)
        axes = self._before = axes_of(panel, curves, (now - RANGES[0], now), zone, self._before)
        name = words.metric(metric)
        self.title.setText(" ".join([*([component] if component.lower() != name.lower() else []), name, words.unit(metric)]))
        self.plot.setAccessibleName(self.title.text())
        self.plot.show_curves(curves, limits_of(panel, curves), axes)

    @Slot()
    def _redraw(self) -> None:
        self.draw(*self._drawn)
