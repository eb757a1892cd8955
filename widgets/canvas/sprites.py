"""Small pictures and brushes that the canvases share: node boxes with role icons, the hatch of what is not known. UI thread."""

from functools import cache, lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPixmap

from widgets import glyphs, theme

TILE = 8
"""Side of the tile of a hatch."""


def node(role: str, width: int, height: int, *, silent: bool, ratio: float) -> QPixmap:
    """The box of a node with its role's icon; dashed and empty where it does not answer."""
    return _node(theme.current().key, role, width, height, silent, ratio)


@cache
def _node(_key: tuple[str, float], role: str, width: int, height: int, silent: bool, ratio: float) -> QPixmap:
    shown = theme.current()
    pixmap = QPixmap(QSize(width, height) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setBrush(shown.colour("surface.sunken" if silent else "map.node"))
    dash = Qt.PenStyle.DashLine if silent else Qt.PenStyle.SolidLine
    painter.setPen(shown.pen("state.stale" if silent else "map.node_edge", 1, dash))
    painter.drawRect(QRectF(0.5, 0.5, width - 1, height - 1))
    side = min(width, height) - 4
    if side >= 7:
        colour = "state.stale" if silent else "text.primary"
        glyphs.draw(
            painter, glyphs.icon(glyphs.role_icon(role), colour=colour, size=side, ratio=ratio), QRectF(0, 0, width, height)
        )
    painter.end()
    return pixmap


def hatch() -> QBrush:
    """What fills a place whose value is not known: diagonal lines on the sunken surface."""
    return _hatch(theme.current().key)


@cache
def _hatch(_key: tuple[str, float]) -> QBrush:
    shown = theme.current()
    tile = QPixmap(TILE, TILE)
    tile.fill(shown.colour("heat.missing"))
    painter = QPainter(tile)
    painter.setPen(shown.pen("line.strong"))
    painter.drawLine(QPoint(0, TILE - 1), QPoint(TILE - 1, 0))
    painter.end()
    return QBrush(tile)


def draw_ramp(painter: QPainter, rect: QRect, colours: tuple[QColor, ...] | list[QColor]) -> None:
    """A legend's strip: the colours side by side."""
    for n, colour in enumerate(colours):
        left = rect.left() + n * rect.width() // len(colours)
        right = rect.left() + (n + 1) * rect.width() // len(colours)
        painter.fillRect(left, rect.top(), right - left, rect.height(), colour)


@lru_cache(maxsize=4096)
def figure(key: tuple[str, float], text: str, colour: str, weight: str, ratio: float) -> QPixmap:
    """A figure in a colour on nothing, for cells: copying it is ten times faster than drawing the text. `key` is the theme's."""
    assert key == theme.current().key
    font = theme.current().font("caption", weight=weight)
    metrics = QFontMetrics(font)
    pixmap = QPixmap(QSize(metrics.horizontalAdvance(text) + 1, metrics.height()) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.setPen(theme.current().colour(colour))
    painter.drawText(0, metrics.ascent(), text)
    painter.end()
    return pixmap
