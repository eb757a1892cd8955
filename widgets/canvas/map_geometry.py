"""Where everything of the map is on a canvas: what its painters share. UI thread."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from widgets import theme
from widgets.canvas.map_state import MapState
from widgets.canvas.tier_layout import Arrangement, Form
from widgets.canvas.viewport import Viewport

LABEL_PX = 10
GLYPH_PX = 14
FIGURE = 24, 13
"""Smallest cell that has a figure."""


class MapGeometry:
    """An arrangement and its state through a viewport, in one theme. `site` is the site filter, "" for all.

    Attributes
    ----------
    centre, size : (n, 2) float64 pixels. seen : (n,) bool, on the canvas. rects : left, top, width, height of each device.
    """

    def __init__(self, state: MapState, view: Viewport, roles: list[str], ratio: float, site: str = "") -> None:
        self.state, self.view, self.roles, self.ratio = state, view, roles, ratio
        self.arrangement: Arrangement = state.arrangement
        self.theme = theme.current()
        self.centre = view.to_screen(self.arrangement.centre)
        self.size = self._screen_sizes()
        self.seen = self._seen(site)
        corner = np.rint(self.centre - self.size / 2)
        self.rects = np.hstack([corner, np.maximum(np.rint(self.size), 3)]).astype(np.intp).tolist()
        self.label_font = self.theme.font_of(round(LABEL_PX * self.theme.scale))
        self.label_metrics = QFontMetrics(self.label_font)

    def _screen_sizes(self) -> NDArray[np.float64]:
        size = self.arrangement.size * self.view.scale
        nodes = self.arrangement.form == Form.NODE
        size[nodes] = self.arrangement.size[nodes] * min(max(self.view.scale, 0.4), 1.5)
        return size

    def _seen(self, site: str) -> NDArray[np.bool_]:
        low, high = self.centre - self.size / 2 - GLYPH_PX, self.centre + self.size / 2 + GLYPH_PX
        seen = (high[:, 0] > 0) & (high[:, 1] > 0) & (low[:, 0] < self.view.width) & (low[:, 1] < self.view.height)
        if site:
            seen &= np.array([s == site for s in self.arrangement.site_of], dtype=bool)
        return seen

    def rect(self, node: int) -> QRectF:
        """Where a device is drawn."""
        return QRectF(*self.rects[node])

    def text(
        self,
        painter: QPainter,
        words: str,
        rect: QRectF,
        colour: str = "text.secondary",
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        weight: str = "regular",
    ) -> None:
        """One line, cut where it has no room."""
        plain = weight == "regular"
        font = self.label_font if plain else self.theme.font_of(self.label_font.pixelSize(), weight=weight)
        metrics = self.label_metrics if plain else QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour))
        room = int(rect.width())
        if metrics.horizontalAdvance(words) > room:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, words)
