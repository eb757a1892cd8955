"""The line under the map that says what its colours and broken lines mean. UI thread."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter

from widgets import theme
from widgets.canvas import map_state, sprites
from widgets.canvas.map_ground import CABLING_STYLES
from widgets.canvas.map_state import MapState
from widgets.canvas.scale import INLET

SAMPLE = 28
"""Pixels of a line that stands for its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendWords:
    """What is said of the ramps, and of links that differ from the plan."""

    inlet: str
    load: str
    not_found: str
    not_planned: str


def paint_legend(painter: QPainter, rect: QRect, words: LegendWords, state: MapState) -> None:
    """The fixed ranges of the ramps, in one line; the broken lines only while a link is drawn so."""
    shown = theme.current()
    painter.setFont(shown.font("caption"))
    ramps = (
        (words.inlet, shown.ramp("heat"), f"{INLET.low:.0f}–{INLET.high:.0f}"),
        (words.load, shown.ramp("utilisation"), "0–100 %"),
    )
    x = rect.left()
    for title, colours, figures in ramps:
        x = _say(painter, x, rect, title) + shown.size("space.s")
        sprites.draw_ramp(painter, QRect(x, rect.top() + 3, 10 * len(colours), 8), colours)
        x = _say(painter, x + 10 * len(colours) + 6, rect, figures) + 20
    styles = dict(CABLING_STYLES)
    up = state.cabling[state.status == map_state.UP]
    for kind, text in ((map_state.NOT_FOUND, words.not_found), (map_state.NOT_PLANNED, words.not_planned)):
        room = rect.right() - x - SAMPLE - shown.size("space.m")
        if (up == kind).any() and QFontMetrics(painter.font()).horizontalAdvance(text) <= room:
            painter.setPen(shown.pen("text.secondary", 1, styles[kind]))
            middle = rect.top() + 7
            painter.drawLine(x, middle, x + SAMPLE, middle)
            x = _say(painter, x + SAMPLE + 6, rect, text) + 20


def _say(painter: QPainter, x: int, rect: QRect, text: str) -> int:
    """Words from x on; gives the x behind them."""
    metrics = QFontMetrics(painter.font())
    painter.setPen(theme.current().colour("text.muted"))
    painter.drawText(x, rect.top() + metrics.ascent(), text)
    return x + metrics.horizontalAdvance(text)
