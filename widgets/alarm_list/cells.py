"""What the cells of the list are painted with: one elided line, a chip, the curve of the last hour."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from widgets import glyphs, theme
from widgets.theme import Theme

HOUR = 3600.0
_ANY = 1 << 20
"""Room for every text."""
Curve = tuple[NDArray[np.float64], NDArray[np.float32]]


_SIDE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _RIGHT = int(Qt.AlignmentFlag.AlignLeft | _SIDE), int(Qt.AlignmentFlag.AlignRight | _SIDE)


@lru_cache(maxsize=64)
def _font(key: tuple[str, float], size: str, weight: str) -> tuple[QFont, QFontMetrics]:
    """A font of the theme of this key. Not to be changed: made once, since making one takes as long as drawing its text."""
    assert key == theme.current().key
    font = theme.current().font(size, weight=weight)
    return font, QFontMetrics(font)


@lru_cache(maxsize=8192)
def _elided(key: tuple[str, float], size: str, weight: str, text: str, room: int) -> tuple[str, int]:
    """(the text as far as it has room, its width)."""
    metrics = _font(key, size, weight)[1]
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    return text, metrics.horizontalAdvance(text)


def line(
    painter: QPainter,
    shown: Theme,
    rect: QRect,
    text: str,
    *,
    size: str = "body",
    colour: str,
    weight: str = "regular",
    right: bool = False,
) -> int:
    """One elided line in a cell; gives the x behind it."""
    if not text:
        return rect.x()
    text, wide = _elided(shown.key, size, weight, text, max(rect.width(), 0))
    painter.setFont(_font(shown.key, size, weight)[0])
    painter.setPen(shown.colour(colour))
    painter.drawText(rect, _RIGHT if right else _LEFT, text)
    return rect.x() + wide


def text_width(shown: Theme, text: str, *, size: str = "body", weight: str = "regular") -> int:
    """Pixels that a line takes."""
    return _elided(shown.key, size, weight, text, _ANY)[1]


def chip_width(shown: Theme, text: str, *, icon: bool) -> int:
    """Pixels that a chip takes."""
    wide = text_width(shown, text, size="caption", weight="medium")
    return wide + 2 * shown.size("space.s") + (shown.size("space.m") + shown.size("space.xs") if icon else 0)


def chip(painter: QPainter, shown: Theme, x: int, rect: QRect, text: str, *, icon: str = "") -> int:
    """A raised chip in the middle of a row, from x on; gives the x behind it."""
    height = shown.line("caption") + shown.size("space.hair")
    box = QRect(x, rect.y() + (rect.height() - height) // 2, chip_width(shown, text, icon=bool(icon)), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shown.colour("surface.raised"))
    painter.drawRoundedRect(QRectF(box), shown.size("radius.s"), shown.size("radius.s"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    left = box.x() + shown.size("space.s")
    if icon:
        side = shown.size("space.m")
        glyphs.draw(painter, glyphs.icon(icon, colour="text.secondary", size=side), QRectF(left, box.y(), side, box.height()))
        left += side + shown.size("space.xs")
    line(
        painter,
        shown,
        QRect(left, box.y(), box.width(), box.height()),
        text,
        size="caption",
        colour="text.primary",
        weight="medium",
    )
    return box.right() + shown.size("space.s")


def spark(painter: QPainter, shown: Theme, rect: QRect, curve: Curve, now: float) -> None:
    """The last hour of a curve as a line; nothing is drawn across a gap."""
    times, values = curve
    first = int(times.searchsorted(now - HOUR))
    times, values = times[first:], values[first:]
    good = np.isfinite(values)
    if good.sum() < 2:
        return
    low, high = float(values[good].min()), float(values[good].max())
    span = max(high - low, abs(high) * 0.02, 1e-9)
    step = max(len(times) // max(rect.width(), 1), 1)
    xs = rect.x() + (times[::step] - (now - HOUR)) / HOUR * rect.width()
    ys = rect.bottom() - (values[::step] - low) / span * rect.height()
    painter.setPen(QPen(shown.colour("text.secondary"), 1))
    part: list[QPointF] = []
    for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
        if y == y:
            part.append(QPointF(x, y))
        else:
            painter.drawPolyline(part)
            part = []
    painter.drawPolyline(part)
