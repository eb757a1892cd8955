"""The two cached pictures of the map, wider than the canvas so that panning only copies them. UI thread."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets import theme
from widgets.canvas.viewport import Viewport

MARGIN = 160
"""Pixels that the pictures reach beyond each edge of the canvas."""
REACH = (MARGIN - 60, MARGIN)
"""How far each picture is panned before it is drawn anew: never both in one frame."""

Paint = Callable[[QPainter, Viewport], None]


class MapLayers:
    """Ground (bands, links) and devices, each drawn anew only when it changed, at another scale, or beyond the margin."""

    def __init__(self, ground: Paint, devices: Paint) -> None:
        self._paints = (ground, devices)
        self._pictures = [QPixmap(), QPixmap()]
        self._dirty = [True, True]
        self._drawn = [Viewport(), Viewport()]
        self._key: object = None
        self.renders = 0
        """How often a layer was drawn anew."""

    def touch(self, *, ground: bool = False, devices: bool = False) -> None:
        """Mark what must be drawn anew."""
        self._dirty = [self._dirty[0] or ground, self._dirty[1] or devices]

    def draw(self, painter: QPainter, view: Viewport, ratio: float) -> None:
        """Copy both layers to the canvas, drawing anew what must be."""
        key = (view.scale, view.width, view.height, ratio, theme.current().key)
        if key != self._key:
            self._key, self._dirty = key, [True, True]
        for n, paint in enumerate(self._paints):
            if self._dirty[n] or max(abs(d) for d in self._offset(n, view)) > REACH[n]:
                self._render(n, paint, view, ratio)
            dx, dy = self._offset(n, view)
            painter.drawPixmap(QPointF(round(dx) - MARGIN, round(dy) - MARGIN), self._pictures[n])

    def _offset(self, n: int, view: Viewport) -> tuple[float, float]:
        drawn = self._drawn[n]
        return (drawn.x - view.x) * view.scale, (drawn.y - view.y) * view.scale

    def _render(self, n: int, paint: Paint, view: Viewport, ratio: float) -> None:
        self._drawn[n] = replace(view)
        wide = replace(view, width=view.width + 2 * MARGIN, height=view.height + 2 * MARGIN)
        size = QSize(wide.width, wide.height) * ratio
        if self._pictures[n].size() != size:
            self._pictures[n] = QPixmap(size)
            self._pictures[n].setDevicePixelRatio(ratio)
        self._pictures[n].fill(theme.current().colour("surface.sunken") if n == 0 else Qt.GlobalColor.transparent)
        painter = QPainter(self._pictures[n])
        paint(painter, wide)
        painter.end()
        self._dirty[n] = False
        self.renders += 1
