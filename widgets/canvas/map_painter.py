"""Paints the devices of the map from its arrays: cells, bars, boxes, nodes, each within its own place. UI thread."""

import math
from collections.abc import Iterable, Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QRegion

from noc_console.model.severity import Severity
from widgets import glyphs
from widgets.canvas import sprites
from widgets.canvas.map_geometry import FIGURE, LABEL_PX, MapGeometry
from widgets.canvas.map_state import MapState
from widgets.canvas.scale import GPU_TEMPERATURE, INLET, MISSING
from widgets.canvas.tier_layout import Form
from widgets.canvas.viewport import Viewport
from widgets.words import number

GPUS_FROM = 60
"""Height of a cell on screen from which its GPUs are drawn too."""
DEVICES = 40
"""Painted in one go."""
_INDEXED = QImage.Format.Format_Indexed8


class DevicePainter(MapGeometry):
    """Draws what the arrays say of single devices."""

    def __init__(self, state: MapState, view: Viewport, roles: list[str], ratio: float, site: str = "") -> None:
        super().__init__(state, view, roles, ratio, site)
        self.heat = self.theme.ramp("heat")
        missing = self.theme.colour("heat.missing").rgb()
        self.heat_table = [colour.rgb() for colour in self.heat] + [missing] * (256 - len(self.heat))

    def paint(self, painter: QPainter) -> Iterator[None]:
        """All devices on the canvas; stops now and then, so that other things come between."""
        order = np.flatnonzero(self.seen)
        for begin in range(0, len(order), DEVICES):
            self.paint_some(painter, order[begin : begin + DEVICES].tolist())
            yield

    def paint_anew(self, painter: QPainter, nodes: Iterable[int]) -> None:
        """These devices, over what was painted of them; with those that they touch where there is little room, in their order."""
        nodes = [node for node in nodes if self.seen[node]]
        if not nodes:
            return
        region = QRegion()
        for node in nodes:
            region += QRect(*self.rects[node])
        painter.setClipRegion(region)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(region.boundingRect(), Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        self.paint_some(painter, self._touching(nodes))
        painter.setClipping(False)

    def _touching(self, nodes: list[int]) -> list[int]:
        """These and what is seen of others within their places."""
        left, top, wide, high = np.array(self.rects, dtype=np.intp).T
        hit = np.zeros(len(left), dtype=bool)
        for node in nodes:
            x, y, w, h = self.rects[node]
            hit |= (left < x + w) & (x < left + wide) & (top < y + h) & (y < top + high)
        found: list[int] = np.flatnonzero(hit & self.seen).tolist()
        return found

    def paint_some(self, painter: QPainter, nodes: Iterable[int]) -> None:
        """These devices."""
        paints = {Form.CELL: self._paint_cell, Form.BAR: self._paint_bar, Form.BOX: self._paint_box, Form.NODE: self._paint_node}
        for node in nodes:
            paints[Form(int(self.arrangement.form[node]))](painter, node)

    def _paint_node(self, painter: QPainter, node: int) -> None:
        rect = self.rect(node)
        wide, high, silent = int(rect.width()), int(rect.height()), bool(self.state.silent[node])
        painter.drawPixmap(rect.topLeft(), sprites.node(self.roles[node], wide, high, silent=silent, ratio=self.ratio))

    def _paint_cell(self, painter: QPainter, node: int) -> None:
        rect, inlet = self.rect(node), float(self.state.inlet[node])
        step = INLET.step_of(inlet)
        if rect.height() < GPUS_FROM:
            self._heat_cell(painter, rect, step, inlet)
            return
        head = QRectF(rect.left(), rect.top(), rect.width(), round(rect.height() * 0.26))
        self._heat_cell(painter, head, step, inlet, weight="strong")
        below = QRectF(rect.left(), head.bottom() + 2, rect.width(), rect.bottom() - head.bottom() - 2)
        self._paint_gpus(painter, below, node, [GPU_TEMPERATURE.step_of(value) for value in self.state.gpus[node].tolist()])

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
            self.text(painter, self.arrangement.names[node], foot)

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
            self.text(painter, self.arrangement.names[node], rect.adjusted(4, 0, -2, 0), colour, Qt.AlignmentFlag.AlignLeft)

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
            self.text(painter, self.arrangement.names[node], name, colour, Qt.AlignmentFlag.AlignLeft, weight)
        fan, supply = self.state.fan[node], self.state.inlet[node]
        words = [f"{fan:.0f} rpm" if not math.isnan(fan) else "", f"{number(supply, 1)} °C" if not math.isnan(supply) else ""]
        for n, word in enumerate(w for w in words if w):
            at = QRectF(rect.left() + 6, rect.top() + 4 + (n + 1) * line, rect.width() - 8, line)
            if at.bottom() <= rect.bottom() and self.label_metrics.horizontalAdvance(word) <= at.width():
                self.text(painter, word, at, "text.secondary", Qt.AlignmentFlag.AlignLeft)
