# ruff: noqa: D102 - overrides of Qt are described by Qt
"""F1: every key of this place, over the window; made from the actions and the views' hints, so it is never out of date."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.frame.painted import key_cap, text_at
from widgets.theme import Theme
from widgets.words import translate

Group = tuple[str, Sequence[tuple[str, str]]]


class KeysOverlay(QWidget):
    """Groups of (key, what it does) in columns; Esc, F1 or a click closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("frame", "Keys"))
        self.hide()

    def open(self, groups: Sequence[Group]) -> None:
        """Show these groups over the whole window."""
        self._groups = groups
        self._before = self.window().focusWidget()
        spoken = (f"{title}: " + ", ".join(f"{key} {does}" for key, does in rows) for title, rows in groups)
        self.setAccessibleDescription(". ".join(spoken))
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def close_over(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), shown.colour("surface.panel"))
        margin, line = shown.size("space.xxl"), shown.size("row.compact")
        painter.setFont(shown.font("heading", weight="strong"))
        painter.setPen(shown.colour("text.primary"))
        painter.drawText(margin, margin + line // 2, translate("frame", "Keys"))
        self._paint_columns(
            painter, shown, QRect(margin, 2 * margin + line, self.width() - 2 * margin, self.height() - 3 * margin), line
        )

    def _paint_columns(self, painter: QPainter, shown: Theme, field: QRect, line: int) -> None:
        rows = sum(len(rows) + 2 for _, rows in self._groups)
        column_rows = max(field.height() // line, 1)
        wanted = max(-(-rows // column_rows), len(self._groups))
        columns = max(min(field.width() // round(300 * shown.scale), wanted), 1)
        width, x, y = field.width() // columns, field.x(), field.y()
        for title, keys in self._groups:
            roomy = columns >= len(self._groups)
            if y > field.y() and (roomy or y + min(len(keys) + 1, 4) * line > field.bottom()):
                x, y = x + width, field.y()
            painter.setFont(shown.font("body", weight="strong"))
            painter.setPen(shown.colour("text.secondary"))
            text_at(painter, x, QRect(x, y, 0, line), title)
            y += line
            for key, does in keys:
                if y + line > field.bottom() + line // 2:
                    x, y = x + width, field.y()
                self._paint_key(painter, shown, QRect(x, y, width - shown.size("space.l"), line), (key, does))
                y += line
            y += line

    def _paint_key(self, painter: QPainter, shown: Theme, rect: QRect, row: tuple[str, str]) -> None:
        widest = round(110 * shown.scale)
        key_cap(painter, shown, rect.x(), rect, row[0])
        painter.setFont(shown.font("body"))
        painter.setPen(shown.colour("text.primary"))
        behind = max(widest, QFontMetrics(shown.font("caption")).horizontalAdvance(row[0]) + shown.size("space.l"))
        text_at(painter, rect.x() + behind, rect, row[1], most=rect.width() - behind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return):
            self.close_over()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_over()
