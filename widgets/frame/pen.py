"""A pen that moves along a bar: each group begins where the one before ended."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from widgets.frame.painted import rule, text_at
from widgets.theme import Theme


@dataclass(slots=True)
class Pen:
    """Where the next group begins."""

    painter: QPainter
    shown: Theme
    rect: QRect
    x: int
    narrow: bool

    def text(self, words_: str, size: str, colour: str, *, weight: str = "regular", rect: QRect | None = None) -> int:
        """Write in the bar's line, or in another one; moves on and gives the x behind."""
        self.painter.setFont(self.shown.font(size, weight=weight))
        self.painter.setPen(self.shown.colour(colour))
        self.x = text_at(self.painter, self.x, rect or self.rect, words_)
        return self.x

    def skip(self, gap: str = "space.s") -> None:
        """Leave a gap."""
        self.x += self.shown.size(gap)

    def end_group(self) -> None:
        """A hairline behind the group."""
        self.skip("space.m")
        rule(self.painter, self.shown, self.x, self.rect.height())
        self.skip("space.m")
