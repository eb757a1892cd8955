"""What the cells of the list are painted with: one elided line, a chip, the curve of the last hour."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from widgets import glyphs
from widgets.theme import Theme

HOUR = 3600.0
Curve = tuple[NDArray[np.float64], NDArray[np.float32]]


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
    font = shown.font(size, weight=weight)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
    painter.setFont(font)
    painter.setPen(shown.colour(colour))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
    return rect.x() + metrics.horizontalAdvance(text)


def chip_width(shown: Theme, text: str, *, icon: bool) -> int:
    """Pixels that a chip takes."""
    text_width = QFontMetrics(shown.font("caption", weight="medium")).horizontalAdvance(text)
    return text_width + 2 * shown.size("space.s") + (shown.size("space.m") + shown.size("space.xs") if icon else 0)


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
