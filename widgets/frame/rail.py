"""The rail: one place for each view that exists, with its icon, word and key; the worst open glyph on Alarms."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from widgets import glyphs
from widgets.frame.calls import Calls
from widgets.frame.painted import Cell, PaintedBar
from widgets.theme import Theme
from widgets.view import ViewDeclaration
from widgets.words import translate

ITEM_HEIGHT = 58


class Rail(PaintedBar):
    """Signals: view_chosen(str): the identifier of the view."""

    view_chosen = Signal(str)

    def __init__(self, calls: Calls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._views: Sequence[ViewDeclaration] = ()
        self._chosen_view = ""
        self.setAccessibleName(translate("frame", "Views"))

    def show_views(self, views: Sequence[ViewDeclaration]) -> None:
        """The views that there are, in their order."""
        self._views = views
        self.update()

    def mark(self, identifier: str) -> None:
        """Mark the view that is shown."""
        if identifier != self._chosen_view:
            self._chosen_view = identifier
            self.update()

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """One item under the other."""
        height = round(ITEM_HEIGHT * shown.scale)
        cells = []
        for i, view in enumerate(self._views):
            rect = QRect(0, i * height, self.width() - 1, height)
            self._paint_item(painter, shown, rect, view)
            tip = f"{view.title()} (Ctrl+{view.order})"
            cells.append(Cell(rect, view.title(), self._chooser(view.identifier), tip))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), shown.colour("line.strong"))
        return cells

    def _paint_item(self, painter: QPainter, shown: Theme, rect: QRect, view: ViewDeclaration) -> None:
        marked = view.identifier == self._chosen_view
        if marked or self.hot(rect):
            painter.fillRect(rect, shown.colour("surface.selected" if marked else "surface.hover"))
        if marked:
            painter.fillRect(rect.x(), rect.y(), shown.size("stroke.mark") // 2, rect.height(), shown.colour("accent.base"))
        colour = "text.primary" if marked else "text.secondary"
        icon = shown.size("icon_l")
        box = QRectF(rect.x(), rect.y() + shown.size("space.s"), rect.width(), icon)
        glyphs.draw(painter, glyphs.icon(view.icon, colour=colour, size="icon_l"), box)
        painter.setFont(shown.font("caption", weight="medium" if marked else "regular"))
        painter.setPen(shown.colour(colour))
        line = QRect(rect.x(), int(box.bottom()) + shown.size("space.xs"), rect.width(), shown.line("caption"))
        text = QFontMetrics(painter.font()).elidedText(view.title(), Qt.TextElideMode.ElideRight, rect.width() - 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        if view.identifier == "alarms":
            self._paint_worst(painter, shown, rect)

    def _paint_worst(self, painter: QPainter, shown: Theme, rect: QRect) -> None:
        waiting = self._calls.waiting()
        if waiting:
            side = shown.size("glyph_s")
            box = QRectF(rect.right() - side - shown.size("space.s"), rect.y() + shown.size("space.xs"), side, side)
            glyphs.draw(painter, glyphs.severity(waiting[0].severity, size="glyph_s"), box)

    def _chooser(self, identifier: str) -> Callable[[], None]:
        return lambda: self.view_chosen.emit(identifier)
