"""Paints the ground of the map: bands, racks, names of places, and the links. UI thread."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from widgets.canvas import map_state
from widgets.canvas.map_geometry import LABEL_PX, MapGeometry
from widgets.canvas.map_state import load_step
from widgets.canvas.tier_layout import SITE_HEAD, Band, Form

FLAT_FROM, LIFT = 160.0, 40.0
"""A level link longer than this (world units) is bent upwards by so much: it passes over the labels between its ends."""
SMALL_TITLES = 0.5
"""Scale below which the names of sites are small."""
MOST_ANTIALIASED = 3000
"""Links up to which an idle map is antialiased."""
BANDS, LINES = 40, 250
"""Painted in one go."""
CABLING_STYLES = (
    (map_state.AS_PLANNED, Qt.PenStyle.SolidLine),
    (map_state.NOT_FOUND, Qt.PenStyle.DashLine),
    (map_state.NOT_PLANNED, Qt.PenStyle.DashDotLine),
)
"""Of links that are up: what differs from the plan is broken, its load keeps its colour."""


class GroundPainter(MapGeometry):
    """What moves seldom. `paint` stops now and then, so that other things come between."""

    def paint(self, painter: QPainter, names: dict[tuple[str, str], str], site: str = "") -> Iterator[None]:
        """Tier bands, row frames, racks, their names, and the links. `names` gives (kind, name) → words."""
        painter.setFont(self.theme.font("caption"))
        for n, band in enumerate(self.arrangement.bands):
            if not site or band.site == site:
                self._paint_band(painter, band, names.get((band.kind, band.name), band.name))
            if n % BANDS == BANDS - 1:
                yield
        yield from self._paint_all_links(painter)
        for band in self.arrangement.bands:
            if band.kind == "site" and (not site or band.site == site):
                self._paint_site_name(painter, band, names.get((band.kind, band.name), band.name))

    def _paint_site_name(self, painter: QPainter, band: Band, words: str) -> None:
        """Over the links that pass by, cut where the next site begins."""
        large = self.view.scale >= SMALL_TITLES
        font = self.theme.font("body" if large else "caption", weight="strong")
        metrics = QFontMetrics(font)
        left, top = np.rint(self.view.to_screen(np.array([band.x, band.y])))
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(int(band.width * self.view.scale) - 4, 24))
        below = (SITE_HEAD - 6) * self.view.scale
        box = QRectF(left, top + max(below - metrics.height(), -metrics.height() / 2), 0, metrics.height())
        box.setWidth(metrics.horizontalAdvance(words) + 8)
        painter.fillRect(box, self.theme.colour("surface.sunken"))
        painter.setFont(font)
        painter.setPen(self.theme.colour("text.secondary"))
        painter.drawText(QPointF(left + 4, box.top() + metrics.ascent()), words)

    def _paint_band(self, painter: QPainter, band: Band, words: str) -> None:
        corner = self.view.to_screen(np.array([[band.x, band.y], [band.x + band.width, band.y + band.height]]))
        (left, top), (right, bottom) = np.rint(corner)
        rect = QRectF(left + 0.5, top + 0.5, right - left, bottom - top)
        if not rect.intersects(QRectF(0, 0, self.view.width, self.view.height)) and band.kind != "tier":
            return
        if band.kind == "tier":
            painter.fillRect(rect, self.theme.colour("map.tier_band"))
        elif band.kind == "row":
            painter.setPen(self.theme.pen("line.strong"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect)
        elif band.kind == "rack":
            painter.setPen(self.theme.pen("map.node_edge"))
            painter.setBrush(self.theme.colour("surface.panel"))
            painter.drawRect(rect)
        elif band.kind == "slot":
            painter.fillRect(rect.adjusted(0, 0, -1, -1), self.theme.colour("surface.raised"))
        self._paint_band_name(painter, band, rect, words)

    def _paint_band_name(self, painter: QPainter, band: Band, rect: QRectF, words: str) -> None:
        metrics = QFontMetrics(painter.font())
        if band.kind == "slot":
            if rect.height() >= LABEL_PX + 2:
                self.text(painter, words, rect.adjusted(4, 0, -2, 0), "text.muted", Qt.AlignmentFlag.AlignLeft)
                painter.setFont(self.theme.font("caption"))
        elif band.kind in ("tier", "row"):
            painter.setPen(self.theme.colour("text.muted"))
            room = 60 * self.view.scale + (0 if band.kind == "row" else 2)
            if metrics.horizontalAdvance(words) <= room and 26 * self.view.scale >= 9:
                y = rect.top() + (min(rect.height(), 34 * self.view.scale) + metrics.ascent()) / 2
                painter.drawText(QPointF(rect.left() - room, y), words)
        elif band.kind == "rack" and metrics.height() <= 20 * self.view.scale + 2:
            painter.setPen(self.theme.colour("text.secondary"))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()) - 8)
            head = QRectF(rect.left() + 5, rect.top() + 1, rect.width(), 20 * self.view.scale)
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, shown)

    # ---- links

    def drawn_links(self) -> NDArray[np.intp]:
        """Links that are always drawn: those between nodes of the tiers, and every one with an alarm."""
        nodes = self.arrangement.form[self.state.ends] == Form.NODE
        shown = nodes.all(axis=1) | (self.state.status == map_state.ALARMED)
        near = self.seen[self.state.ends].any(axis=1) | self._crossing()
        return np.flatnonzero(shown & near)

    def _crossing(self) -> NDArray[np.bool_]:
        points = self.centre[self.state.ends]
        low, high = points.min(axis=1), points.max(axis=1)
        crossing: NDArray[np.bool_] = (high > 0).all(axis=1) & (low < (self.view.width, self.view.height)).all(axis=1)
        return crossing

    def _paint_all_links(self, painter: QPainter) -> Iterator[None]:
        chosen = self.drawn_links()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(chosen) < MOST_ANTIALIASED)
        yield from self.paint_links(painter, chosen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_links(self, painter: QPainter, chosen: NDArray[np.intp], *, width: int = 1) -> Iterator[None]:
        """These links, each half in the colour of the load that leaves its end; alarmed ones last."""
        if not len(chosen):
            return
        ends = self.centre[self.state.ends[chosen]]
        middle = ends.mean(axis=1)
        across = np.abs(ends[:, 0] - ends[:, 1])
        flat = (across[:, 1] < 4) & (across[:, 0] > FLAT_FROM * self.view.scale)
        middle[flat, 1] -= np.minimum(across[flat, 0] * 0.05, LIFT * self.view.scale)
        halves = np.concatenate([np.hstack([ends[:, 0], middle]), np.hstack([ends[:, 1], middle])])
        status = np.tile(self.state.status[chosen], 2)
        cabling = np.tile(self.state.cabling[chosen], 2)
        steps = load_step(self.state.load[chosen]).T.ravel()
        ramp = self.theme.ramp("utilisation")
        unknown = self.theme.pen("state.stale", width, Qt.PenStyle.DashLine)
        yield from _draw_lines(painter, halves[status == map_state.UNKNOWN], unknown)
        yield from _draw_lines(
            painter, halves[status == map_state.DOWN], self.theme.pen("state.stale", width, Qt.PenStyle.DotLine)
        )
        for step in range(-1, 7):
            colour = self.theme.colour("utilisation.over") if step == 6 else ramp[max(step, 0)]
            pen = QPen(colour, width + (2 if step == 6 else 0))
            for kind, style in CABLING_STYLES:
                pen.setStyle(style)
                yield from _draw_lines(painter, halves[(status == map_state.UP) & (steps == step) & (cabling == kind)], pen)
        yield from _draw_lines(
            painter, halves[status == map_state.ALARMED], self.theme.pen("utilisation.down", width, Qt.PenStyle.DashLine)
        )


def _draw_lines(painter: QPainter, segments: NDArray[np.float64], pen: QPen) -> Iterator[None]:
    for begin in range(0, len(segments), LINES):
        painter.setPen(pen)
        painter.drawLines([QLineF(*segment) for segment in segments[begin : begin + LINES].tolist()])
        yield
