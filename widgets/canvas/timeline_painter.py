"""Paints a timeline for one paint: axis, lanes with bars, people's marks, the cursor. UI thread."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from noc_console.model.alarm import EntryKind
from noc_console.model.severity import OperatorState
from noc_console.text import clean
from widgets import alarm_words, glyphs, theme, words
from widgets.canvas.scale import clock, time_ticks
from widgets.canvas.timeline_lanes import Bar, Mark, Timeline
from widgets.words import translate

LABELS = 190
AXIS = 30
PEOPLE_LINES = 4
"""Lines of the lane of people: its head, and three to share out its words."""
BAR = 13
MARK_WORDS = 320
"""Pixels of the words beside a mark."""
FAINT = 0.42
"""Share of the fill of what nobody had: its words must be readable on it."""


def line_height() -> int:
    """Pixels of one line of a lane."""
    return theme.current().size("row.compact")


class TimelinePainter:
    """Geometry and painting of one timeline in one window of time."""

    def __init__(self, timeline: Timeline, window: tuple[float, float], size: QSize, top: int, zone: str) -> None:
        self.timeline, self.size, self.top, self.zone = timeline, size, top, zone
        self.start, self.end = window
        self.theme = theme.current()
        self.line = line_height()

    def x(self, time: float) -> float:
        """Pixel of a time, left of the canvas's names for what is earlier."""
        wide = max(self.size.width() - LABELS - 12, 1)
        return LABELS + (time - self.start) / (self.end - self.start) * wide

    def people_top(self) -> int:
        """Where the lane of people begins."""
        return self.size.height() - PEOPLE_LINES * self.theme.line("body")

    def line_at(self, y: float) -> int:
        """Line of the lanes under a pixel."""
        return int((y - AXIS) // self.line) + self.top

    def bar_rect(self, line: int, bar: Bar) -> QRectF:
        """Where a bar is, cut at the edges of the window."""
        left = max(self.x(bar.start), LABELS)
        right = min(self.x(bar.end if bar.end is not None else self.end), self.size.width() - 12)
        top = AXIS + (line - self.top) * self.line + (self.line - BAR) // 2
        return QRectF(round(left), top, max(round(right - left), 3), BAR)

    def paint(self, painter: QPainter, now: float, selected: int) -> None:
        """All of it."""
        painter.fillRect(0, 0, self.size.width(), self.size.height(), self.theme.colour("surface.panel"))
        self._paint_axis(painter)
        painter.setClipRect(0, AXIS, self.size.width(), max(self.people_top() - AXIS, 0))
        for lane in self.timeline.lanes:
            self._paint_name(painter, lane.name, lane.first, lane.lines)
        for line, bar in self.timeline.bars():
            if self.top <= line and AXIS + (line - self.top) * self.line < self.people_top():
                self._paint_bar(painter, line, bar, selected == bar.alarm.id)
        painter.setClipping(False)
        if self.start <= now <= self.end:
            painter.setPen(self.theme.pen("line.control"))
            painter.drawLine(QPointF(self.x(now), AXIS), QPointF(self.x(now), self.size.height()))
        self._paint_people(painter)

    def _paint_axis(self, painter: QPainter) -> None:
        painter.fillRect(0, 0, self.size.width(), AXIS, self.theme.colour("surface.raised"))
        painter.setFont(self.theme.font("caption"))
        metrics = QFontMetrics(painter.font())
        baseline = (AXIS + metrics.ascent() - metrics.descent()) / 2
        painter.setPen(self.theme.colour("text.muted"))
        painter.drawText(QPointF(12, baseline), words.zone_label(self.zone, self.end))
        times, step = time_ticks(self.start, self.end, max((self.size.width() - LABELS) // 90, 2), self.zone)
        for time in times:
            x = self.x(time)
            painter.setPen(self.theme.pen("line.subtle"))
            painter.drawLine(QPointF(x, AXIS), QPointF(x, self.size.height()))
            text = clock(time, self.zone, step)
            painter.setPen(self.theme.colour("text.muted"))
            painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2, baseline), text)

    def _paint_name(self, painter: QPainter, name: str, first: int, lines: int) -> None:
        top = AXIS + (first - self.top) * self.line
        if top + lines * self.line <= AXIS or top >= self.people_top():
            return
        painter.setPen(self.theme.pen("line.subtle"))
        painter.drawLine(QPointF(0, top), QPointF(self.size.width(), top))
        painter.setFont(self.theme.font("body", weight="medium"))
        painter.setPen(self.theme.colour("text.primary"))
        shown = QFontMetrics(painter.font()).elidedText(clean(name, 80), Qt.TextElideMode.ElideRight, LABELS - 20)
        painter.drawText(QRectF(12, max(top, AXIS), LABELS - 16, self.line), Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_bar(self, painter: QPainter, line: int, bar: Bar, selected: bool) -> None:
        rect, severity = self.bar_rect(line, bar), bar.alarm.severity
        if rect.left() > self.size.width() or rect.right() < LABELS:
            return
        if selected:
            row = QRectF(LABELS, AXIS + (line - self.top) * self.line, self.size.width() - LABELS, self.line)
            painter.fillRect(row, self.theme.colour("surface.selected"))
        painter.fillRect(rect, self.theme.severity(severity, "wash"))
        loud = QColor(self.theme.severity(severity, "fill"))
        loud.setAlphaF(FAINT)
        for since, until in bar.loud if severity.calls else ():
            left = max(self.x(since), rect.left())
            right = min(self.x(until), rect.right()) if until is not None else rect.right()
            if right > left:
                painter.fillRect(QRectF(left, rect.top(), right - left, rect.height()), loud)
        painter.setPen(self.theme.severity(severity, "edge"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_bar_words(painter, bar, rect)

    def _paint_bar_words(self, painter: QPainter, bar: Bar, rect: QRectF) -> None:
        """The glyph at the start; the words in the bar where they fit, else after it, else before it."""
        glyph = glyphs.of_alarm(bar.alarm, size=14)
        painter.drawPixmap(QPointF(rect.left() - 7 if rect.left() > LABELS + 8 else rect.left() + 1, rect.top() - 1), glyph)
        painter.setFont(self.theme.font("caption"))
        metrics = QFontMetrics(painter.font())
        text = alarm_words.part_and_what(bar.alarm)
        if bar.alarm.state is OperatorState.ACKNOWLEDGED and bar.alarm.state_by:
            text += f" · {clean(bar.alarm.state_by, 40)}"
        wide = metrics.horizontalAdvance(text) + 8
        indent = 12 if rect.left() > LABELS + 8 else 19
        inside = QRectF(rect.left() + indent, rect.top(), rect.width() - indent - 2, rect.height())
        after = QRectF(rect.right() + 6, rect.top(), self.size.width() - rect.right() - 10, rect.height())
        before = QRectF(LABELS + 4, rect.top(), rect.left() - LABELS - 16, rect.height())
        place, side = inside, Qt.AlignmentFlag.AlignLeft
        if wide > inside.width() and max(after.width(), before.width()) > inside.width():
            place = after if after.width() >= min(wide, before.width()) else before
            side = Qt.AlignmentFlag.AlignLeft if place is after else Qt.AlignmentFlag.AlignRight
        painter.setPen(self.theme.colour("text.primary" if place is inside else "text.secondary"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(int(place.width()), 0))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)

    # ---- people and cursor

    def _paint_people(self, painter: QPainter) -> None:
        top, line = self.people_top(), self.theme.line("body")
        painter.fillRect(0, top, self.size.width(), self.size.height() - top, self.theme.colour("surface.sunken"))
        painter.setPen(self.theme.pen("line.strong"))
        painter.drawLine(0, top, self.size.width(), top)
        painter.setFont(self.theme.font("body", weight="medium"))
        painter.setPen(self.theme.colour("text.primary"))
        painter.drawText(QRectF(12, top, LABELS - 16, line), Qt.AlignmentFlag.AlignVCenter, translate("timeline", "People"))
        painter.setFont(self.theme.font("caption"))
        metrics = QFontMetrics(painter.font())
        if not self.timeline.marks:
            painter.setPen(self.theme.colour("text.muted"))
            nothing = QRectF(LABELS + 4, top, self.size.width() - LABELS - 8, line)
            painter.drawText(nothing, Qt.AlignmentFlag.AlignVCenter, translate("timeline", "Nobody did anything in this range"))
        free = [float(LABELS)] * (PEOPLE_LINES - 1)
        for mark in self.timeline.marks:
            x, text = round(self.x(mark.time)), _mark_words(mark)
            row = min(range(len(free)), key=lambda n: (free[n] > x, free[n]))
            fits = free[row] <= x
            y = top + 8 + row * line + line // 2 if fits else top + 5
            painter.setBrush(self.theme.colour("accent.base"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(x, y), 3, 3)
            if fits:
                painter.setPen(self.theme.colour("text.secondary"))
                after, before = self.size.width() - x - 8, x - free[row] - 8
                needed = min(metrics.horizontalAdvance(text), MARK_WORDS)
                left = after < needed and before > after
                room = max(min(before if left else after, MARK_WORDS), 0)
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
                wide = metrics.horizontalAdvance(shown)
                painter.drawText(QPointF(x - 7 - wide if left else x + 7, y + metrics.ascent() / 2 - 1), shown)
                free[row] = x + 8 if left else x + 16 + wide

    def paint_cursor(self, painter: QPainter, time: float) -> None:
        """The cursor with its time."""
        x = round(self.x(time))
        painter.setPen(self.theme.pen("series.cursor"))
        painter.drawLine(x, 0, x, self.size.height())
        painter.setFont(self.theme.font("caption", weight="strong"))
        text = words.clock(time, self.zone, seconds=True)
        wide = QFontMetrics(painter.font()).horizontalAdvance(text) + 12
        left = min(max(x - wide // 2, LABELS), self.size.width() - wide)
        painter.fillRect(left, 4, wide, AXIS - 8, self.theme.colour("accent.base"))
        painter.setPen(self.theme.colour("accent.on"))
        painter.drawText(QRectF(left, 4, wide, AXIS - 8), Qt.AlignmentFlag.AlignCenter, text)


def _mark_words(mark: Mark) -> str:
    """`acknowledged Lan: crac-1 fan “facility called”`."""
    where = " ".join(alarm_words.where(mark.alarm)).strip()
    text = f"{words.action(mark.entry.kind)} · {clean(mark.entry.who, 40)} · {where}"
    if mark.entry.kind is EntryKind.COMMENTED or mark.entry.text:
        text += f" “{clean(mark.entry.text, 120)}”"
    return text
