"""Paints what stands over the devices of the map: names, the figures of racks, the glyphs of alarms. UI thread."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from noc_console.model.severity import Severity
from widgets import glyphs
from widgets.canvas.labels import choosing
from widgets.canvas.map_geometry import GLYPH_PX, MapGeometry
from widgets.canvas.map_state import MapState
from widgets.canvas.tier_layout import Form
from widgets.canvas.viewport import Viewport
from widgets.words import number

SMALL_GLYPH_PX = 10
GLYPHS, FIGURES = 100, 40
"""Painted in one go."""


class MarkPainter(MapGeometry):
    """What may cover its neighbours. `paint` stops now and then, so that other things come between."""

    def __init__(self, state: MapState, view: Viewport, roles: list[str], ratio: float, site: str = "") -> None:
        super().__init__(state, view, roles, ratio, site)
        self._sprites: dict[tuple[int, bool, int], QPixmap] = {}

    def paint(self, painter: QPainter, selected: int = -1) -> Iterator[None]:
        """Labels, figures, and last the glyphs."""
        order = np.flatnonzero(self.seen)
        yield from self._paint_labels(painter, order[self.arrangement.form[order] == Form.NODE], selected)
        yield from self._paint_rack_figures(painter)
        yield from self._paint_glyphs(painter, order)

    def _paint_labels(self, painter: QPainter, nodes: NDArray[np.intp], selected: int) -> Iterator[None]:
        if not len(nodes):
            return
        font, metrics = self.label_font, self.label_metrics
        widths = np.array([metrics.horizontalAdvance(self.arrangement.names[i]) for i in nodes], dtype=np.float64)
        beside_glyph = np.where(self.state.severity[nodes] > 0, GLYPH_PX / 2, 0)
        left = self.centre[nodes, 0] + self.size[nodes, 0] / 2 + 4 + beside_glyph
        top = self.centre[nodes, 1] - metrics.height() / 2
        boxes = np.column_stack([left, top, left + widths + 2, top + metrics.height()])
        rank = self.arrangement.rank[nodes] + 1000.0 * self.state.severity[nodes] + 1e6 * (nodes == selected)
        taken = np.hstack([self.centre[nodes] - self.size[nodes] / 2, self.centre[nodes] + self.size[nodes] / 2])
        for i in choosing(boxes, rank, taken=taken):
            if i is None:
                yield
                continue
            silent = self.state.silent[nodes[i]]
            painter.fillRect(
                QRectF(left[i] - 1, top[i] + 1, widths[i] + 3, metrics.height() - 2), self.theme.colour("map.tier_band")
            )
            painter.setFont(font)
            painter.setPen(self.theme.colour("text.muted" if silent else "text.secondary"))
            painter.drawText(QPointF(boxes[i, 0], boxes[i, 1] + metrics.ascent()), self.arrangement.names[nodes[i]])

    def _paint_rack_figures(self, painter: QPainter) -> Iterator[None]:
        """The warmest inlet of each rack, at the right of its head."""
        metrics, high = self.label_metrics, 20 * self.view.scale
        if high + 2 < metrics.height():
            return
        for n, (band, cells) in enumerate(self.state.racks):
            if n % FIGURES == FIGURES - 1:
                yield
            inlets = self.state.inlet[cells]
            known = inlets[~np.isnan(inlets)]
            left, top = self.view.to_screen(np.array([band.x, band.y]))
            wide = band.width * self.view.scale - 10
            words = f"{number(float(known.max()), 1)} °C" if len(known) else ""
            if words and metrics.horizontalAdvance(words) + metrics.horizontalAdvance(band.name) + 16 < wide:
                self.text(painter, words, QRectF(left, top + 1, wide, high), "text.primary", Qt.AlignmentFlag.AlignRight)

    def _paint_glyphs(self, painter: QPainter, order: NDArray[np.intp]) -> Iterator[None]:
        """Worst last. Of what hangs on something else small and hollow: the eye goes to the cause."""
        state = self.state
        alarmed = order[state.severity[order] > 0]
        alarmed = alarmed[np.argsort(state.severity[alarmed] + 100 * ~state.folded[alarmed], kind="stable")]
        columns = (alarmed, state.severity[alarmed], state.filled[alarmed], state.folded[alarmed])
        in_rack = (self.arrangement.form[alarmed] == Form.CELL).tolist()
        for n, (node, severity, filled, folded) in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
            if n % GLYPHS == GLYPHS - 1:
                yield
            large = min(self.rects[node][2:]) >= (GLYPH_PX + 1 if in_rack[n] else 9) and not folded
            sprite = self._sprite(severity, filled, GLYPH_PX if large else SMALL_GLYPH_PX)
            painter.drawPixmap(*self._glyph_at(node, GLYPH_PX if large else SMALL_GLYPH_PX, in_rack=in_rack[n]), sprite)

    def _glyph_at(self, node: int, size: int, *, in_rack: bool) -> tuple[int, int]:
        """At the upper right corner; of a server in its rack inside, at its foot: it hides neither figure nor neighbour."""
        left, top, wide, high = self.rects[node]
        if not in_rack:
            return round(left + wide - size / 2), round(top - size / 2)
        return round(left + wide - size - 1 if wide > 2 * size else left + (wide - size) / 2), round(top + high - size - 1)

    def _sprite(self, severity: int, filled: bool, size: int) -> QPixmap:
        found = self._sprites.get((severity, filled, size))
        if found is None:
            found = glyphs.severity(Severity(severity), filled=filled, size=size, ratio=self.ratio)
            self._sprites[severity, filled, size] = found
        return found
