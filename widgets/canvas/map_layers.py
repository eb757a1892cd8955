"""The two cached pictures of the map, wider than the canvas so that panning only copies them. UI thread."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets import theme
from widgets.canvas.viewport import Viewport

MARGIN = 160
"""Pixels that the pictures reach beyond each edge of the canvas."""

Paint = Callable[[QPainter, Viewport], None]


class MapLayers:
    """Ground (bands, links) and devices, each drawn anew only when it changed, at another scale, or beyond the margin."""

    def __init__(self, ground: Paint, devices: Paint) -> None:
        self._paints = (ground, devices)
        self._pictures = [QPixmap(), QPixmap()]
        self._dirty = [True, True]
        self._drawn = Viewport()
        self._key: object = None
        self.renders = 0
        """How often a layer was drawn anew."""

    def touch(self, *, ground: bool = False, devices: bool = False) -> None:
        """Mark what must be drawn anew."""
        self._dirty = [self._dirty[0] or ground, self._dirty[1] or devices]

    def draw(self, painter: QPainter, view: Viewport, ratio: float) -> None:
        """Copy both layers to the canvas, drawing anew what must be."""
        key = (view.scale, view.width, view.height, ratio, theme.current().key)
        if key != self._key or max(abs(d) for d in self._offset(view)) > MARGIN:
            self._key, self._drawn = key, replace(view)
            self._dirty = [True, True]
        for n, paint in enumerate(self._paints):
            if self._dirty[n]:
                self._render(n, paint, ratio)
        dx, dy = self._offset(view)
        for picture in self._pictures:
            painter.drawPixmap(QPointF(round(dx) - MARGIN, round(dy) - MARGIN), picture)

    def _offset(self, view: Viewport) -> tuple[float, float]:
        return (self._drawn.x - view.x) * view.scale, (self._drawn.y - view.y) * view.scale

    def _render(self, n: int, paint: Paint, ratio: float) -> None:
        wide = replace(self._drawn, width=self._drawn.width + 2 * MARGIN, height=self._drawn.height + 2 * MARGIN)
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
