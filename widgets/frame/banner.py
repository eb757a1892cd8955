# ruff: noqa: D102 - overrides of Qt are described by Qt
"""The banner of the worst call that nobody has taken; and the lasting ones, which stay as long as they are true."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from noc_console.model.alarm import Alarm
from noc_console.model.severity import Severity
from noc_console.text import clean
from widgets import alarm_words, cause_words, glyphs, words
from widgets.frame.calls import Calls
from widgets.frame.painted import Cell, PaintedBar, key_cap, text_at
from widgets.theme import Theme
from widgets.view import ViewContext
from widgets.words import translate


@dataclass(slots=True)
class Button:
    """A button of a banner: its word, its key and what it does."""

    word: str
    key: str
    act: Callable[[], None]
    primary: bool = False


def paint_buttons(bar: PaintedBar, painter: QPainter, shown: Theme, buttons: list[Button]) -> tuple[list[Cell], int]:
    """Buttons at the right end of a bar, in the order given; gives their cells and the x before the first."""
    x = bar.width() - shown.size("space.m")
    cells: list[Cell] = []
    for button in reversed(buttons):
        font = shown.font("body", weight="strong" if button.primary else "medium")
        caption = QFontMetrics(shown.font("caption"))
        cap = max(caption.horizontalAdvance(button.key) + shown.size("space.s"), shown.line("caption")) if button.key else 0
        text = QFontMetrics(font).horizontalAdvance(button.word)
        width = text + cap + shown.size("space.m") * 2 + (shown.size("space.s") if cap else 0)
        height = shown.size("button")
        x -= width
        rect = QRect(x, (bar.height() - height) // 2, width, height)
        _paint_button(bar, painter, shown, rect, button)
        name = f"{button.word} ({button.key})" if button.key else button.word
        cells.insert(0, Cell(rect, name, button.act))
        x -= shown.size("space.s")
    return cells, x


def _paint_button(bar: PaintedBar, painter: QPainter, shown: Theme, rect: QRect, button: Button) -> None:
    fill = "accent.base" if button.primary else "surface.hover" if bar.hot(rect) else "surface.raised"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(shown.colour(fill))
    painter.setPen(QPen(shown.colour("accent.base" if button.primary else "line.control"), 1))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), shown.size("radius.s"), shown.size("radius.s"))
    colour = "accent.on" if button.primary else "text.primary"
    painter.setPen(shown.colour(colour))
    painter.setFont(shown.font("body", weight="strong" if button.primary else "medium"))
    x = text_at(painter, rect.x() + shown.size("space.m"), rect, button.word)
    if button.key:
        key_cap(painter, shown, x + shown.size("space.s"), rect, button.key, colour=colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class CallBanner(PaintedBar):
    """The worst call in nobody's hands: what, since when, the number that hurries, two buttons.

    Signals
    -------
    acknowledge_wanted(int), open_wanted(int): of this alarm. shown_changed(): it came or went.
    """

    acknowledge_wanted = Signal(int)
    open_wanted = Signal(int)

    def __init__(self, context: ViewContext, calls: Calls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._calls = context, calls
        self.alarm: Alarm | None = None
        self._more = self._folded = 0
        self.setAccessibleName(translate("frame", "Worst call"))
        self.hide()

    def settle(self) -> None:
        """Show the worst call, or nothing."""
        waiting = self._calls.waiting(self._context.selection.site)
        taken = {number for command in self._context.mirror.sending.values() for number in command.alarms}
        waiting = [a for a in waiting if a.id not in taken] if taken else waiting
        self.alarm, self._more = (waiting[0], len(waiting) - 1) if waiting else (None, 0)
        self._folded = self._calls.symptoms(self.alarm.id) if self.alarm is not None else 0
        self.setVisible(self.alarm is not None)
        self.stir()

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """Glyph, two lines, the number, buttons."""
        alarm = self.alarm
        if alarm is None:
            return []
        painter.fillRect(self.rect(), shown.severity(alarm.severity, "wash"))
        painter.fillRect(0, 0, shown.size("stroke.mark"), self.height(), shown.severity(alarm.severity, "edge"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, shown.colour("line.strong"))
        cells, right = paint_buttons(self, painter, shown, self._buttons(alarm))
        right = self._paint_number(painter, shown, alarm, right)
        self._paint_words(painter, shown, alarm, right)
        return [Cell(QRect(0, 0, right, self.height()), self._spoken(alarm)), *cells]

    def _buttons(self, alarm: Alarm) -> list[Button]:
        number = alarm.id
        acknowledge = Button(
            translate("frame", "Acknowledge"), "Shift T", lambda: self.acknowledge_wanted.emit(number), primary=True
        )
        return [acknowledge, Button(translate("frame", "Open"), "I", lambda: self.open_wanted.emit(number))]

    def _paint_number(self, painter: QPainter, shown: Theme, alarm: Alarm, right: int) -> int:
        text = alarm_words.now_and_limit(alarm, self._context.mirror)
        painter.setFont(shown.font("title", weight="strong"))
        width = QFontMetrics(painter.font()).horizontalAdvance(text)
        painter.setPen(shown.colour("text.primary"))
        text_at(painter, right - width - shown.size("space.s"), self.rect(), text)
        return right - width - shown.size("space.l")

    def _paint_words(self, painter: QPainter, shown: Theme, alarm: Alarm, right: int) -> None:
        side, left = shown.size("glyph_l"), shown.size("space.m")
        glyphs.draw(painter, glyphs.severity(alarm.severity, size="glyph_l"), QRectF(left, 0, side, self.height()))
        x = left + side + shown.size("space.m")
        line = shown.line("body")
        top = (self.height() - line - shown.line("caption")) // 2
        painter.setFont(shown.font("emphasis", weight="strong"))
        painter.setPen(shown.colour("text.primary"))
        text_at(painter, x, QRect(x, top, 0, line), self._sentence(alarm), most=max(right - x, 0))
        painter.setFont(shown.font("caption"))
        painter.setPen(shown.colour("text.secondary"))
        text_at(painter, x, QRect(x, top + line, 0, shown.line("caption")), self._details(alarm), most=max(right - x, 0))

    def _sentence(self, alarm: Alarm) -> str:
        said = f"{' '.join(alarm_words.where(alarm)).strip()}: {alarm_words.what(alarm)}"
        alike = cause_words.alike(alarm, self._context.mirror)
        return f"{said}, {alike}" if alike else said

    def _details(self, alarm: Alarm) -> str:
        mirror, now = self._context.mirror, self._context.clock()
        zone = words.home_zone(mirror.inventory, self._context.selection.site)
        since = f"{words.moment(alarm.raised, zone, now, seconds=True)} ({words.zone_label(zone, now)})"
        parts = [f"#{alarm.id}", since, alarm_words.place(alarm, mirror.inventory)]
        if self._folded:
            parts.append(translate("frame", "{count} symptoms folded").format(count=self._folded))
        owner = clean(alarm.owner, 40)
        parts.append(translate("frame", "given to {who}").format(who=owner) if owner else translate("frame", "nobody has it yet"))
        if self._more:
            parts.append(translate("frame", "+{count} more calls").format(count=self._more))
        return " · ".join(part for part in parts if part)

    def _spoken(self, alarm: Alarm) -> str:
        return f"{words.severity(alarm.severity)}: {self._sentence(alarm)}. {self._details(alarm)}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.alarm is not None and event.key() == Qt.Key.Key_A:
            self.acknowledge_wanted.emit(self.alarm.id)
        else:
            super().keyPressEvent(event)


class LastingBanner(PaintedBar):
    """One sentence that stays while it is true, with at most one button (`Repair`, `Try again`)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._severity = "", Severity.MAJOR
        self._button: Button | None = None
        self.hide()

    def say(self, text: str, severity: Severity = Severity.MAJOR, button: Button | None = None) -> None:
        """Show a sentence; an empty one takes the banner away."""
        self._text, self._severity, self._button = text, severity, button
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()

    def text(self) -> str:
        """What it says now."""
        return self._text

    def has_button(self) -> bool:
        """Whether there is something to press."""
        return self._button is not None

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """A glyph, the sentence, the button."""
        calm = self._severity is Severity.INDETERMINATE
        painter.fillRect(self.rect(), shown.colour("surface.raised") if calm else shown.severity(self._severity, "wash"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, shown.colour("line.strong"))
        cells, right = paint_buttons(self, painter, shown, [self._button] if self._button else [])
        side, x = shown.size("glyph_m"), shown.size("space.m")
        picture = glyphs.icon("state-help", size="icon_m") if calm else glyphs.severity(self._severity)
        glyphs.draw(painter, picture, QRectF(x, 0, side, self.height()))
        x += side + shown.size("space.m")
        painter.setFont(shown.font("body", weight="medium"))
        painter.setPen(shown.colour("text.primary"))
        text_at(painter, x, self.rect(), self._text, most=max(right - x, 0))
        return [Cell(QRect(0, 0, right, self.height()), self._text, None, self._text), *cells]
