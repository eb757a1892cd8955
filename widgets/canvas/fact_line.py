"""Pairs of a small name and its value, wrapped to the width. UI thread."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme

Pair = tuple[str, str]


class FactLine(QWidget):
    """Shows facts; the view copies them as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: list[Pair] = []
        self.muted = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.source().changed.connect(self._settle)

    def show_facts(self, facts: list[Pair], *, muted: bool) -> None:
        """Show these pairs; `muted` where they are old."""
        if (facts, muted) != (self.facts, self.muted):
            self.facts, self.muted = facts, muted
            self.setAccessibleName(", ".join(f"{name} {value}" for name, value in facts))
            self._settle()

    def _settle(self) -> None:
        self.setFixedHeight(max(self._places()[1], theme.current().line("body")))
        self.update()

    def _places(self) -> tuple[list[tuple[QPoint, int, Pair]], int]:
        """((where, width of the name, pair) of each, height of all)."""
        shown = theme.current()
        small = QFontMetrics(shown.font("caption"))
        large = QFontMetrics(shown.font("body", weight="medium"))
        gap, line = shown.size("space.xl"), shown.line("body") + 2
        x = y = 0
        places = []
        for pair in self.facts:
            first = small.horizontalAdvance(pair[0]) + shown.size("space.xs")
            width = first + large.horizontalAdvance(pair[1])
            if x and x + width > self.width():
                x, y = 0, y + line
            places.append((QPoint(x, y), first, pair))
            x += width + gap
        return places, y + line

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names muted, values medium."""
        shown, painter = theme.current(), QPainter(self)
        small, large = shown.font("caption"), shown.font("body", weight="medium")
        line = shown.line("body")
        for at, first, (name, value) in self._places()[0]:
            painter.setFont(small)
            painter.setPen(shown.colour("text.muted"))
            painter.drawText(at.x(), at.y(), first, line, int(Qt.AlignmentFlag.AlignVCenter), name)
            painter.setFont(large)
            painter.setPen(shown.colour("text.muted" if self.muted else "text.primary"))
            room = QFontMetrics(large).elidedText(value, Qt.TextElideMode.ElideRight, max(self.width() - at.x() - first, 0))
            painter.drawText(at.x() + first, at.y(), self.width(), line, int(Qt.AlignmentFlag.AlignVCenter), room)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        if event.size().width() != event.oldSize().width():
            self._settle()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, self.height())
