# ruff: noqa: D102 - overrides of Qt are described by Qt
"""A bar that is one painted widget with cells: places that can be clicked, chosen by arrow keys and read aloud."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from widgets import theme
from widgets.theme import Theme

REPAINT_MS = 250
"""Bars are painted at most four times a second."""


@dataclass(slots=True)
class Cell:
    """A place of a bar. `name` is read aloud, `tip` shown on hover; without `activate` it is only read."""

    rect: QRect
    name: str
    activate: Callable[[], None] | None = None
    tip: str = ""


class PaintedBar(QWidget):
    """Base of the bars: `paint_bar` paints and gives the cells; `stir` asks for a repaint within a quarter of a second."""

    surface = "surface.bar"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: list[Cell] = []
        self._chosen = -1
        self._hovered = -1
        self._later = QTimer(self, singleShot=True, interval=REPAINT_MS)
        self._later.timeout.connect(self.update)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """Paint all of it; gives the cells in reading order."""
        raise NotImplementedError

    @Slot()
    def stir(self) -> None:
        """Something that it shows has changed."""
        if not self._later.isActive():
            self._later.start()

    def hot(self, rect: QRect) -> bool:
        """Whether the pointer is over a cell with this rectangle."""
        return 0 <= self._hovered < len(self.cells) and self.cells[self._hovered].rect == rect

    def _live_cells(self) -> list[int]:
        return [i for i, cell in enumerate(self.cells) if cell.activate is not None]

    def _at(self, x: int, y: int) -> int:
        return next((i for i, cell in enumerate(self.cells) if cell.rect.contains(x, y)), -1)

    def _activate(self, index: int) -> None:
        if 0 <= index < len(self.cells):
            act = self.cells[index].activate
            if act is not None:
                act()

    def _paint_focus(self, painter: QPainter, shown: Theme) -> None:
        if self.hasFocus() and 0 <= self._chosen < len(self.cells):
            width = shown.size("stroke.focus")
            painter.setPen(QPen(shown.colour("accent.focus"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cells[self._chosen].rect.adjusted(width, width, -width, -width))

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), shown.colour(self.surface))
        self.cells = self.paint_bar(painter, shown)
        self._paint_focus(painter, shown)
        painter.end()
        words = ". ".join(cell.name for cell in self.cells)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(round(event.position().x()), round(event.position().y()))
        if at != self._hovered:
            self._hovered = at
            active = 0 <= at < len(self.cells) and self.cells[at].activate is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if active else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._activate(self._at(round(event.position().x()), round(event.position().y())))

    def focusInEvent(self, event: QFocusEvent) -> None:
        live = self._live_cells()
        if self._chosen not in live:
            self._chosen = live[0] if live else -1
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        live, key = self._live_cells(), event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if key in steps and live:
            at = live.index(self._chosen) if self._chosen in live else 0
            self._chosen = live[(at + steps[Qt.Key(key)]) % len(live)]
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._chosen in live:
            self._activate(self._chosen)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(event.pos().x(), event.pos().y())
            text = self.cells[at].tip if at >= 0 else ""
            QToolTip.showText(event.globalPos(), text, self) if text else QToolTip.hideText()
            return True
        return super().event(event)


def text_at(painter: QPainter, x: int, rect: QRect, text: str, *, most: int = 0) -> int:
    """Draw one line, centred in the height of `rect`, from x on; gives the x behind it. `most` elides."""
    metrics = QFontMetrics(painter.font())
    if most:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
    width = metrics.horizontalAdvance(text)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(QRect(x, rect.y(), width + 1, rect.height()), flags, text)
    return x + width


def key_cap(painter: QPainter, shown: Theme, x: int, rect: QRect, text: str, *, colour: str = "text.secondary") -> int:
    """Draw a key as it stands on a button; gives the x behind it."""
    painter.setFont(shown.font("caption"))
    metrics = QFontMetrics(painter.font())
    side = shown.size("font.line.caption")
    width = max(metrics.horizontalAdvance(text) + shown.size("space.s"), side)
    cap = QRectF(x + 0.5, rect.center().y() - side / 2 + 0.5, width, side)
    painter.setPen(QPen(shown.colour(colour), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cap, shown.size("radius.s"), shown.size("radius.s"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, text)
    return x + width


def rule(painter: QPainter, shown: Theme, x: int, height: int) -> None:
    """A vertical hairline between groups of a bar."""
    painter.fillRect(x, 0, 1, height, shown.colour("line.strong"))
