"""The time strip: the last two hours with calls, who is open and what people did; LIVE at its right."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from noc_console.model.alarm import Alarm
from widgets import alarm_words, glyphs, words
from widgets.frame.calls import STRIP_SECONDS, Call, Calls
from widgets.frame.painted import Cell, PaintedBar, text_at
from widgets.models.alarm_groups import is_filled
from widgets.theme import Theme
from widgets.view import ViewContext
from widgets.words import translate

TICK_SECONDS = 900
_BARS = 3
_LABELS = 64
_LIVE = 112


class TimeStrip(PaintedBar):
    """Signals: alarm_chosen(int): a call was clicked. live_wanted(): LIVE was clicked."""

    alarm_chosen = Signal(int)
    live_wanted = Signal()

    def __init__(self, context: ViewContext, calls: Calls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._calls = context, calls
        self.setAccessibleName(translate("frame", "Last two hours"))

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """Lanes from the top: calls, open calls as bars, people; the hours below."""
        now = self._context.clock()
        field = QRect(round(_LABELS * shown.scale), 0, self.width() - round((_LABELS + _LIVE) * shown.scale), self.height())
        lane = shown.line("caption")
        painter.fillRect(0, 0, self.width(), 1, shown.colour("line.strong"))
        self._paint_hours(painter, shown, field, now)
        self._paint_names(painter, shown, lane)
        self._paint_bars(painter, shown, field, lane, now)
        self._paint_people(painter, shown, field, lane, now)
        cells = self._paint_calls(painter, shown, field, lane, now)
        painter.fillRect(field.right(), 2, 2, self.height() - lane - 4, shown.colour("series.cursor"))
        cells.append(self._paint_live(painter, shown, field))
        return cells

    def _x(self, at: float, field: QRect, now: float) -> int:
        return round(field.x() + field.width() * (1.0 - (now - at) / STRIP_SECONDS))

    def _paint_names(self, painter: QPainter, shown: Theme, lane: int) -> None:
        painter.setFont(shown.font("caption"))
        painter.setPen(shown.colour("text.muted"))
        names = (translate("frame", "calls"), translate("frame", "open"), translate("frame", "people"))
        for row, name in enumerate(names):
            text_at(painter, shown.size("space.m"), QRect(0, 2 + row * lane, 0, lane), name)

    def _paint_hours(self, painter: QPainter, shown: Theme, field: QRect, now: float) -> None:
        painter.setFont(shown.font("caption"))
        zone = self._zone()
        first = int((now - STRIP_SECONDS) // TICK_SECONDS + 1) * TICK_SECONDS
        for at in range(first, int(now), TICK_SECONDS):
            x = self._x(at, field, now)
            painter.fillRect(x, 4, 1, self.height() - shown.line("caption") - 6, shown.colour("line.subtle"))
            painter.setPen(shown.colour("text.muted"))
            box = QRect(x - 30, self.height() - shown.line("caption") - 1, 60, shown.line("caption"))
            if box.left() > field.left() and box.right() < field.right():
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words.clock(at, zone))

    def _zone(self) -> str:
        return words.home_zone(self._context.mirror.inventory, self._context.selection.site)

    def _shown(self, number: int) -> Alarm | None:
        alarm, site = self._context.mirror.alarms.get(number), self._context.selection.site
        return alarm if alarm is not None and (not site or alarm.site == site) else None

    def _paint_calls(self, painter: QPainter, shown: Theme, field: QRect, lane: int, now: float) -> list[Cell]:
        cells, side = [], shown.size("glyph_s")
        calls = sorted(self._calls.all(), key=lambda c: (c.severity, c.at))
        there: dict[int, tuple[Call, Alarm]] = {}
        for call in calls:
            alarm = self._shown(call.alarm)
            if alarm is not None and call.at <= now:
                there[self._x(call.at, field, now)] = call, alarm  # of those at one pixel the worst is seen
        for x, (call, alarm) in there.items():
            rect = QRect(x - side, 0, 2 * side, lane + 4)
            glyphs.draw(painter, glyphs.severity(call.severity, filled=is_filled(alarm), size="glyph_s"), QRectF(rect))
            cells.append(self._call_cell(call, alarm, rect))
        if not calls:
            painter.setFont(shown.font("caption"))
            painter.setPen(shown.colour("text.secondary"))
            text_at(
                painter,
                field.x() + shown.size("space.m"),
                QRect(0, 2, 0, lane),
                translate("frame", "No calls in the last two hours"),
            )
        return cells[::-1]

    def _call_cell(self, call: Call, alarm: Alarm, rect: QRect) -> Cell:
        time = words.clock(call.at, self._zone(), seconds=True)
        text = f"{time} {words.severity(call.severity)}: {' '.join(alarm_words.where(alarm)).strip()}, {alarm_words.what(alarm)}"
        number = call.alarm
        return Cell(rect, text, lambda: self.alarm_chosen.emit(number), text)

    def _paint_bars(self, painter: QPainter, shown: Theme, field: QRect, lane: int, now: float) -> None:
        """The worst open calls as bars from their start to now; dark while nobody has them."""
        standing = {call.alarm: alarm for call in self._calls.all() if (alarm := self._shown(call.alarm)) and alarm.is_open}
        worst = sorted(standing.values(), key=lambda a: (not is_filled(a), -a.severity, -a.raised))[:_BARS]
        height = max(lane // 2, 6)
        painter.setFont(shown.font("caption"))
        labelled = field.right()
        for row, alarm in enumerate(sorted(worst, key=lambda a: a.raised)):
            left = max(self._x(alarm.raised, field, now), field.x())
            top = lane + 2 + row * (height + 1)
            colour = "accent.base" if is_filled(alarm) else "surface.raised"
            painter.fillRect(left, top, field.right() - left, height, shown.colour(colour))
            label = f"#{alarm.id} {alarm_words.where(alarm)[0]}"
            width = QFontMetrics(painter.font()).horizontalAdvance(label)
            if left - width - 4 > field.x() and (row == 0 or left - width - 4 > labelled):
                labelled = left
                painter.setPen(shown.colour("text.secondary"))
                text_at(painter, left - width - 4, QRect(0, top - 3, 0, height + 6), label)

    def _paint_people(self, painter: QPainter, shown: Theme, field: QRect, lane: int, now: float) -> None:
        painter.setPen(shown.pen("text.secondary"))
        y = 2 + lane * 2 + lane // 2 + 2
        for x in {self._x(entry.noted, field, now) for entry in self._calls.people()}:
            painter.drawLine(QPointF(x - 4, y), QPointF(x + 4, y))
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))

    def _paint_live(self, painter: QPainter, shown: Theme, field: QRect) -> Cell:
        height = shown.size("button") - 2
        rect = QRect(
            field.right() + shown.size("space.l"),
            shown.size("space.l"),
            self.width() - field.right() - shown.size("space.xl"),
            height,
        )
        painter.fillRect(rect, shown.colour("accent.quiet"))
        text, side = "● " + translate("frame", "LIVE"), shown.size("space.s")
        painter.setFont(shown.font("body", weight="strong"))
        if QFontMetrics(painter.font()).horizontalAdvance(text) > rect.width() - 2 * side:
            painter.setFont(shown.font("caption", weight="strong"))
        painter.setPen(shown.colour("text.primary"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        return Cell(rect, translate("frame", "You see now"), self.live_wanted.emit, translate("frame", "You see now"))
