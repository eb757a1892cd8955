"""A dock: its head with title, note and tabs, and the view under it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import glyphs, theme
from widgets.frame.painted import Cell, PaintedBar, text_at
from widgets.theme import Theme
from widgets.view import View, ViewDeclaration
from widgets.words import translate


class Head(PaintedBar):
    """Title of a dock, or the titles of those that share its place.

    Signals
    -------
    tab_chosen(str): another view of the same place. alone_wanted(str): this view in the whole window, or back.
    """

    tab_chosen = Signal(str)
    alone_wanted = Signal(str)

    def __init__(self, view: ViewDeclaration, note: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._note = view, note
        self._tabs: Sequence[ViewDeclaration] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(view.title())

    def share(self, tabs: Sequence[ViewDeclaration]) -> None:
        """Show these titles as tabs; one or none is a plain title."""
        self._tabs = tabs if len(tabs) > 1 else ()
        self.update()

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """Title or tabs, note, the button for the whole window."""
        x, cells = shown.size("space.m"), []
        for tab in self._tabs or (self._view,):
            rect = self._paint_title(painter, shown, x, tab)
            cells.append(Cell(rect, tab.title(), self._chooser(tab.identifier) if self._tabs else None))
            x = rect.right() + shown.size("space.m")
        side = shown.size("target")
        button = QRect(self.width() - side - shown.size("space.s"), 0, side, self.height())
        painter.setFont(shown.font("body"))
        painter.setPen(shown.colour("text.secondary"))
        text_at(painter, x, self.rect(), self._note(), most=max(button.x() - x - shown.size("space.s"), 0))
        glyphs.draw(painter, glyphs.icon("act-fit", size="icon_s"), QRectF(button))
        text = translate("frame", "Whole window, or back (Shift+F11)")
        cells.append(Cell(button, text, lambda: self.alone_wanted.emit(self._view.identifier), text))
        painter.fillRect(0, self.height() - 1, self.width(), 1, shown.colour("line.strong"))
        return cells

    def _paint_title(self, painter: QPainter, shown: Theme, x: int, tab: ViewDeclaration) -> QRect:
        own = tab.identifier == self._view.identifier
        painter.setFont(shown.font("body", weight="strong" if own else "regular"))
        painter.setPen(shown.colour("text.primary" if own else "text.secondary"))
        width = QFontMetrics(painter.font()).horizontalAdvance(tab.title())
        text_at(painter, x, self.rect(), tab.title())
        if own and self._tabs:
            painter.fillRect(x, self.height() - 3, width, 3, shown.colour("accent.base"))
        return QRect(x, 0, width, self.height())

    def _chooser(self, identifier: str) -> Callable[[], None]:
        return lambda: self.tab_chosen.emit(identifier)


class Panel(QWidget):
    """One view with its head."""

    def __init__(self, declaration: ViewDeclaration, view: View) -> None:
        super().__init__()
        self.declaration, self.view = declaration, view
        self.head = Head(declaration, view.title_note, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(view, 1)
        view.setAccessibleName(declaration.title())
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.dress()

    def dress(self) -> None:
        """Take the measures of the theme now."""
        self.head.setFixedHeight(theme.current().size("dock_title"))

    def take_focus(self) -> None:
        """Give the focus to the part of the view that had it, or to the first that takes it."""
        inside = self.view.focusWidget() or self.view.focusProxy() or self.view
        if inside is self.view and self.view.focusPolicy() is Qt.FocusPolicy.NoFocus:
            inside = next((w for w in self.view.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus), self.view)
        inside.setFocus(Qt.FocusReason.ShortcutFocusReason)
