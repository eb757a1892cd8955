"""Paints the two layers of the map from its arrays: the ground with its links, and the devices. UI thread."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen

from noc_console.model.severity import Severity
from widgets import glyphs, theme
from widgets.canvas import map_state, sprites
from widgets.canvas.labels import choose_labels
from widgets.canvas.map_state import MapState, load_step
from widgets.canvas.scale import GPU_TEMPERATURE, INLET, MISSING
from widgets.canvas.tier_layout import SITE_HEAD, Arrangement, Band, Form
from widgets.canvas.viewport import Viewport

LABEL_PX = 10
GLYPH_PX, SMALL_GLYPH_PX = 14, 10
GPUS_FROM = 60
"""Height of a cell on screen from which its GPUs are drawn too."""
FIGURE = 24, 13
"""Smallest cell that has a figure."""
FLAT_FROM, LIFT = 160.0, 40.0
"""A level link longer than this (world units) is bent upwards by so much: it passes over the labels between its ends."""
SMALL_TITLES = 0.5
"""Scale below which the names of sites are small."""
_INDEXED = QImage.Format.Format_Indexed8
MOST_ANTIALIASED = 3000
"""Links up to which an idle map is antialiased."""
CABLING_STYLES = (
    (map_state.AS_PLANNED, Qt.PenStyle.SolidLine),
    (map_state.NOT_FOUND, Qt.PenStyle.DashLine),
    (map_state.NOT_PLANNED, Qt.PenStyle.DashDotLine),
)
"""Of links that are up: what differs from the plan is broken, its load keeps its colour."""


class MapPainter:
    """Draws what an arrangement and its state say, through a viewport, for one paint.

    `named` gives the words of tiers and rows; `shown_site` is the site filter, "" for all.
    """

    def __init__(self, state: MapState, view: Viewport, roles: list[str], ratio: float, site: str = "") -> None:
        self.state, self.view, self.roles, self.ratio = state, view, roles, ratio
        self.arrangement: Arrangement = state.arrangement
        self.theme = theme.current()
        self.heat = self.theme.ramp("heat")
        missing = self.theme.colour("heat.missing").rgb()
        self.heat_table = [colour.rgb() for colour in self.heat] + [missing] * (256 - len(self.heat))
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

    # ---- the ground

    def paint_ground(self, painter: QPainter, names: dict[tuple[str, str], str], site: str = "") -> None:
        """Tier bands, row frames, racks, their names, and the links. `names` gives (kind, name) → words."""
        painter.setFont(self.theme.font("caption"))
        for band in self.arrangement.bands:
            if not site or band.site == site:
                self._paint_band(painter, band, names.get((band.kind, band.name), band.name))
        self._paint_links(painter)
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
                self._text(painter, words, rect.adjusted(4, 0, -2, 0), "text.muted", Qt.AlignmentFlag.AlignLeft)
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

    def _paint_links(self, painter: QPainter) -> None:
        chosen = self.drawn_links()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(chosen) < MOST_ANTIALIASED)
        self.paint_links(painter, chosen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_links(self, painter: QPainter, chosen: NDArray[np.intp], *, width: int = 1) -> None:
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
        _draw_lines(painter, halves[status == map_state.UNKNOWN], unknown)
        _draw_lines(painter, halves[status == map_state.DOWN], self.theme.pen("state.stale", width, Qt.PenStyle.DotLine))
        for step in range(-1, 7):
            colour = self.theme.colour("utilisation.over") if step == 6 else ramp[max(step, 0)]
            pen = QPen(colour, width + (2 if step == 6 else 0))
            for kind, style in CABLING_STYLES:
                pen.setStyle(style)
                _draw_lines(painter, halves[(status == map_state.UP) & (steps == step) & (cabling == kind)], pen)
        _draw_lines(painter, halves[status == map_state.ALARMED], self.theme.pen("utilisation.down", width, Qt.PenStyle.DashLine))

    # ---- the devices

    def paint_devices(self, painter: QPainter, selected: int = -1) -> None:
        """Cells, bars, boxes, nodes, labels, and last the glyphs of alarms."""
        order = np.flatnonzero(self.seen)
        form = self.arrangement.form
        self._paint_cells(painter, order[form[order] == Form.CELL])
        for node in order[form[order] == Form.BAR]:
            self._paint_bar(painter, int(node))
        for node in order[form[order] == Form.BOX]:
            self._paint_box(painter, int(node))
        nodes = order[form[order] == Form.NODE]
        self._paint_nodes(painter, nodes)
        self._paint_labels(painter, nodes, selected)
        self._paint_rack_figures(painter)
        self._paint_glyphs(painter, order)

    def _paint_nodes(self, painter: QPainter, nodes: NDArray[np.intp]) -> None:
        for node in nodes:
            rect = self.rect(int(node))
            sprite = sprites.node(
                self.roles[node], int(rect.width()), int(rect.height()), silent=bool(self.state.silent[node]), ratio=self.ratio
            )
            painter.drawPixmap(rect.topLeft(), sprite)

    def _paint_cells(self, painter: QPainter, cells: NDArray[np.intp]) -> None:
        inlets, gpus = INLET.step(self.state.inlet).tolist(), GPU_TEMPERATURE.step(self.state.gpus).tolist()
        for node in cells.tolist():
            rect = self.rect(node)
            if rect.height() < GPUS_FROM:
                self._heat_cell(painter, rect, inlets[node], self.state.inlet[node])
                continue
            head = QRectF(rect.left(), rect.top(), rect.width(), round(rect.height() * 0.26))
            self._heat_cell(painter, head, inlets[node], self.state.inlet[node], weight="strong")
            below = QRectF(rect.left(), head.bottom() + 2, rect.width(), rect.bottom() - head.bottom() - 2)
            self._paint_gpus(painter, below, node, gpus[node])

    def _paint_gpus(self, painter: QPainter, rect: QRectF, node: int, steps: list[int]) -> None:
        labelled = rect.width() >= 52
        height = rect.height() - (LABEL_PX + 5 if labelled else 0)
        wide, high = rect.width() / 2, height / 4
        if min(steps) == MISSING:
            self._heat_cell(painter, QRectF(rect.left(), rect.top(), rect.width(), height), MISSING, math.nan)
        elif wide < FIGURE[0]:
            self._paint_gpus_small(painter, QRect(int(rect.left()), int(rect.top()), int(rect.width()), int(height)), steps)
        else:
            for n, step in enumerate(steps):
                line, column = divmod(n, 2)
                cell = QRectF(rect.left() + column * wide, rect.top() + line * high, wide - 1, high - 1)
                self._heat_cell(painter, cell, step, self.state.gpus[node, n])
        if labelled:
            foot = QRectF(rect.left() - 2, rect.top() + height, rect.width() + 4, LABEL_PX + 6)
            self._text(painter, self.arrangement.names[node], foot)

    def _paint_gpus_small(self, painter: QPainter, rect: QRect, steps: list[int]) -> None:
        """The GPUs of a server as one small picture: no figures, no gaps."""
        image = QImage(bytes(n for i in range(0, len(steps), 2) for n in (*steps[i : i + 2], 0, 0)), 2, 4, 4, _INDEXED)
        image.setColorTable(self.heat_table)
        painter.drawImage(rect, image)

    def _heat_cell(self, painter: QPainter, rect: QRectF, step: int, value: float, *, weight: str = "regular") -> None:
        if step == MISSING:
            painter.fillRect(rect, sprites.hatch())
            return
        painter.fillRect(rect, self.heat[step])
        if rect.width() >= FIGURE[0] and rect.height() >= FIGURE[1]:
            colour, strong = "heat.on_low" if step <= 5 else "heat.on_high", "strong" if step in (5, 6) else weight
            picture = sprites.figure(self.theme.key, f"{value:.0f}", colour, strong, self.ratio)
            glyphs.draw(painter, picture, rect)

    def _paint_bar(self, painter: QPainter, node: int) -> None:
        rect = self.rect(node)
        if self.state.silent[node]:
            painter.setPen(self.theme.pen("state.stale", 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(rect, self.theme.colour("map.node"))
        if rect.height() >= LABEL_PX + 2:
            colour = "text.muted" if self.state.silent[node] else "text.primary"
            self._text(painter, self.arrangement.names[node], rect.adjusted(4, 0, -2, 0), colour, Qt.AlignmentFlag.AlignLeft)

    def _paint_box(self, painter: QPainter, node: int) -> None:
        rect = self.rect(node).adjusted(0.5, 0.5, -0.5, -0.5)
        severity = Severity(int(self.state.severity[node])) if self.state.severity[node] else None
        painter.setBrush(self.theme.colour("surface.raised"))
        painter.setPen(self.theme.pen("line.control"))
        if severity is not None and severity.calls:
            painter.setPen(QPen(self.theme.severity(severity, "edge"), 1))
            if self.state.filled[node]:
                painter.setBrush(self.theme.severity(severity, "wash"))
        if self.state.silent[node]:
            painter.setPen(self.theme.pen("state.stale", 1, Qt.PenStyle.DashLine))
        painter.drawRect(rect)
        self._paint_box_words(painter, node, rect)

    def _paint_box_words(self, painter: QPainter, node: int, rect: QRectF) -> None:
        if rect.width() < 34 or rect.height() < 16:
            return
        colour = "text.muted" if self.state.silent[node] else "text.primary"
        wide = rect.width() >= 64
        named = wide or self.label_metrics.horizontalAdvance(self.arrangement.names[node]) <= rect.width() - 4
        if wide or not named:
            icon = glyphs.icon(glyphs.role_icon(self.roles[node]), colour=colour, size=14, ratio=self.ratio)
            painter.drawPixmap(QPointF(rect.left() + 4, rect.top() + 3), icon)
        line = self.theme.line("caption")
        name = rect.adjusted(22 if wide else 3, 2, -1, 0)
        name.setHeight(line)
        if named:
            weight = "strong" if wide else "regular"
            self._text(painter, self.arrangement.names[node], name, colour, Qt.AlignmentFlag.AlignLeft, weight)
        fan, supply = self.state.fan[node], self.state.inlet[node]
        words = [f"{fan:.0f} rpm" if not math.isnan(fan) else "", f"{supply:.1f} °C" if not math.isnan(supply) else ""]
        for n, word in enumerate(w for w in words if w):
            at = QRectF(rect.left() + 6, rect.top() + 4 + (n + 1) * line, rect.width() - 8, line)
            if at.bottom() <= rect.bottom() and self.label_metrics.horizontalAdvance(word) <= at.width():
                self._text(painter, word, at, "text.secondary", Qt.AlignmentFlag.AlignLeft)

    def _text(
        self,
        painter: QPainter,
        words: str,
        rect: QRectF,
        colour: str = "text.secondary",
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        weight: str = "regular",
    ) -> None:
        plain = weight == "regular"
        font = self.label_font if plain else self.theme.font_of(self.label_font.pixelSize(), weight=weight)
        metrics = self.label_metrics if plain else QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour))
        room = int(rect.width())
        if metrics.horizontalAdvance(words) > room:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_labels(self, painter: QPainter, nodes: NDArray[np.intp], selected: int) -> None:
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
        painter.setFont(font)
        for i in choose_labels(boxes, rank, taken=taken):
            silent = self.state.silent[nodes[i]]
            painter.fillRect(
                QRectF(left[i] - 1, top[i] + 1, widths[i] + 3, metrics.height() - 2), self.theme.colour("map.tier_band")
            )
            painter.setPen(self.theme.colour("text.muted" if silent else "text.secondary"))
            painter.drawText(QPointF(boxes[i, 0], boxes[i, 1] + metrics.ascent()), self.arrangement.names[nodes[i]])

    def _paint_rack_figures(self, painter: QPainter) -> None:
        """The warmest inlet of each rack, at the right of its head."""
        metrics, high = self.label_metrics, 20 * self.view.scale
        if high + 2 < metrics.height():
            return
        for band, cells in self.state.racks:
            inlets = self.state.inlet[cells]
            known = inlets[~np.isnan(inlets)]
            left, top = self.view.to_screen(np.array([band.x, band.y]))
            wide = band.width * self.view.scale - 10
            words = f"{known.max():.1f} °C" if len(known) else ""
            if words and metrics.horizontalAdvance(words) + metrics.horizontalAdvance(band.name) + 16 < wide:
                self._text(painter, words, QRectF(left, top + 1, wide, high), "text.primary", Qt.AlignmentFlag.AlignRight)

    def _paint_glyphs(self, painter: QPainter, order: NDArray[np.intp]) -> None:
        """Worst last. Of what hangs on something else small and hollow: the eye goes to the cause."""
        alarmed = order[self.state.severity[order] > 0]
        rank = self.state.severity[alarmed] + 100 * ~self.state.folded[alarmed]
        for node in alarmed[np.argsort(rank, kind="stable")].tolist():
            rect, in_rack = self.rect(node), self.arrangement.form[node] == Form.CELL
            large = min(rect.width(), rect.height()) >= (GLYPH_PX + 1 if in_rack else 9) and not self.state.folded[node]
            size = GLYPH_PX if large else SMALL_GLYPH_PX
            severity, filled = Severity(int(self.state.severity[node])), bool(self.state.filled[node])
            sprite = glyphs.severity(severity, filled=filled, size=size, ratio=self.ratio)
            painter.drawPixmap(_glyph_at(rect, size, in_rack=in_rack), sprite)


def _glyph_at(rect: QRectF, size: int, *, in_rack: bool) -> QPointF:
    """At the upper right corner; of a server in its rack inside, at its foot, so that it hides neither figure nor neighbour."""
    if not in_rack:
        return QPointF(round(rect.right() - size / 2), round(rect.top() - size / 2))
    left = rect.right() - size - 1 if rect.width() > 2 * size else rect.center().x() - size / 2
    return QPointF(round(left), round(rect.bottom() - size - 1))


def _draw_lines(painter: QPainter, segments: NDArray[np.float64], pen: QPen) -> None:
    if len(segments):
        painter.setPen(pen)
        painter.drawLines([QLineF(*segment) for segment in segments.tolist()])
