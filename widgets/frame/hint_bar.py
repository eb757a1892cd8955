"""The hint bar: keys of the focused part; at the right how fresh all of it is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from widgets import words
from widgets.frame.painted import Cell, PaintedBar, key_cap, text_at
from widgets.theme import Theme
from widgets.view import ViewContext
from widgets.words import translate

Hints = Sequence[tuple[str, str]]


class HintBar(PaintedBar):
    """Reads the hints of what has the focus by the function that it is given."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._hints: Callable[[], Hints] = list
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(translate("frame", "Keys"))

    def ask(self, hints: Callable[[], Hints]) -> None:
        """Where the keys of the moment come from."""
        self._hints = hints
        self.stir()

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """Keys from the left until the note at the right begins."""
        note = self._note()
        painter.setFont(shown.font("caption"))
        right = self.width() - shown.size("space.m") - QFontMetrics(painter.font()).horizontalAdvance(note)
        painter.setPen(shown.colour("text.secondary"))
        text_at(painter, right, self.rect(), note)
        cells = [Cell(QRect(right, 0, self.width() - right, self.height()), note)]
        x = shown.size("space.m")
        for key, does in self._hints():
            cell = self._paint_hint(painter, shown, x, (key, does), right - shown.size("space.l"))
            if cell is None:
                break
            cells.append(cell)
            x = cell.rect.right() + shown.size("space.m")
        painter.fillRect(0, 0, self.width(), 1, shown.colour("line.strong"))
        return cells

    def _paint_hint(self, painter: QPainter, shown: Theme, x: int, hint: tuple[str, str], most: int) -> Cell | None:
        metrics = QFontMetrics(shown.font("caption"))
        width = sum(metrics.horizontalAdvance(part) for part in hint) + 2 * shown.size("space.m")
        if x + width > most:
            return None
        after = key_cap(painter, shown, x, self.rect(), hint[0]) + shown.size("space.xs") + 2
        painter.setPen(shown.colour("text.primary"))
        end = text_at(painter, after, self.rect(), hint[1])
        return Cell(QRect(x, 0, end - x, self.height()), f"{hint[0]}: {hint[1]}")

    def _note(self) -> str:
        mirror = self._context.mirror
        if not mirror.number:
            return translate("frame", "Nothing read yet")
        inventory = mirror.inventory
        zone = words.home_zone(inventory, self._context.selection.site)
        parts = [translate("frame", "Last change {time}").format(time=words.clock(mirror.time, zone, seconds=True))]
        if mirror.store.last_commit is not None:
            time = words.clock(mirror.store.last_commit, zone, seconds=True)
            parts.append(translate("frame", "stored {time}").format(time=time))
        parts.append(translate("frame", "{count} devices").format(count=len(inventory.devices)))
        return " · ".join(parts)
