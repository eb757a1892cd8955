"""The timeline's canvas: one widget that paints bars, marks and the cursor. UI thread."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from widgets import theme
from widgets.canvas.device_words import as_plain
from widgets.canvas.timeline_lanes import Bar, Timeline
from widgets.canvas.timeline_painter import AXIS, LABELS, PEOPLE_LINES, TimelinePainter, line_height

SHORTEST, LONGEST = 60.0, 400 * 86400.0
ZOOM = 1.25


@dataclass(slots=True)
class Span:
    """What is shown: `end` is None while it follows now."""

    length: float
    end: float | None = None


class TimelineCanvas(QWidget):
    """Paints a timeline.

    Signals
    -------
    chosen(int): an alarm. opened(int): double click or Enter. moved(): another span is shown. cursor_moved().
    """

    chosen = Signal(int)
    opened = Signal(int)
    moved = Signal()
    cursor_moved = Signal()

    def __init__(self, clock: Callable[[], float], facts: Callable[[Bar], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline = Timeline()
        self.span = Span(7200.0)
        self.zone = "UTC"
        self.selected = 0
        self.cursor_time = 0.0
        self.top_line = 0
        self._clock, self._facts = clock, facts
        self._grab: QPointF | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        theme.source().changed.connect(self.update)

    def window_of(self) -> tuple[float, float]:
        """(start, end) of what is shown, UTC seconds."""
        end = self.span.end if self.span.end is not None else self._clock()
        return end - self.span.length, end

    def show_timeline(self, timeline: Timeline, zone: str) -> None:
        """Show another timeline."""
        self.timeline, self.zone = timeline, zone
        self.top_line = max(min(self.top_line, timeline.lines - self._room()), 0)
        self.update()

    def _room(self) -> int:
        shown = theme.current()
        return max((self.height() - shown.size("row.header") - PEOPLE_LINES * shown.line("body")) // line_height(), 1)

    def _painter(self) -> TimelinePainter:
        return TimelinePainter(self.timeline, self.window_of(), self.size(), self.top_line, self.zone)

    # ---- time

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Show less (factor above 1) or more; the time under the pixel stays."""
        start, end = self.window_of()
        share = 1.0 if x is None and self.span.end is None else 0.5 if x is None else self._share(x)
        length = min(max(self.span.length / factor, SHORTEST), LONGEST)
        kept = start + (end - start) * share
        self._show(length, kept + length * (1 - share))

    def pan(self, seconds: float) -> None:
        """Show earlier (negative) or later."""
        self._show(self.span.length, self.window_of()[1] + seconds)

    def show_length(self, length: float) -> None:
        """Another range that ends where this one does."""
        self._show(length, self.window_of()[1])

    def follow(self) -> None:
        """Back to now."""
        self.span.end = None
        self.cursor_time = 0.0
        self.moved.emit()

    def _show(self, length: float, end: float) -> None:
        now = self._clock()
        self.span = Span(length, None if end >= now - length / 500 else end)
        self.moved.emit()

    def _share(self, x: float) -> float:
        return min(max((x - LABELS) / max(self.width() - LABELS, 1), 0.0), 1.0)

    def time_at(self, x: float) -> float:
        """The time under a pixel."""
        start, end = self.window_of()
        return start + self._share(x) * (end - start)

    def set_cursor(self, time: float) -> None:
        """Put the cursor at a time; 0 takes it away."""
        start, end = self.window_of()
        self.cursor_time = min(max(time, start), end) if time else 0.0
        self.cursor_moved.emit()
        self.update()

    # ---- bars

    def bar_at(self, x: float, y: float) -> Bar | None:
        """The bar under a pixel: on it, or on its words."""
        painter = self._painter()
        line = painter.line_at(y)
        found = [bar for at, bar in self.timeline.bars() if at == line]
        on = [bar for bar in found if painter.bar_rect(line, bar).adjusted(-10, 0, 2, 0).contains(QPointF(x, y))]
        beside = [bar for bar in found if painter.x(bar.start) <= x]
        return on[-1] if on else max(beside, key=lambda b: b.start, default=None)

    def step(self, step: int) -> None:
        """Choose the next or previous bar."""
        bars = sorted(self.timeline.bars(), key=lambda pair: (pair[0], pair[1].start))
        if bars:
            numbers = [bar.alarm.id for _, bar in bars]
            at = numbers.index(self.selected) + step if self.selected in numbers else 0
            self.chosen.emit(numbers[min(max(at, 0), len(numbers) - 1)])

    def select(self, alarm: int) -> None:
        """Mark an alarm and bring its line into view."""
        self.selected = alarm
        line = next((at for at, bar in self.timeline.bars() if bar.alarm.id == alarm), None)
        if line is not None:
            self.top_line = min(max(self.top_line, line - self._room() + 1), line)
            chosen = next(bar for _, bar in self.timeline.bars() if bar.alarm.id == alarm)
            self.setAccessibleDescription(self._facts(chosen))
        self.update()

    def scroll(self, lines: int) -> None:  # type: ignore[override]
        """Show other lanes."""
        self.top_line = max(min(self.top_line + lines, self.timeline.lines - self._room()), 0)
        self.update()

    # ---- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Everything."""
        painter = QPainter(self)
        drawing = self._painter()
        drawing.paint(painter, self._clock(), self.selected)
        if self.cursor_time:
            drawing.paint_cursor(painter, self.cursor_time)
        if self.hasFocus():
            painter.setPen(theme.current().pen("accent.focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a pan."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grab, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag pans."""
        if self._grab is None:
            return
        step = event.position().x() - self._grab.x()
        if self._dragged or abs(step) >= 4:
            self._grab, self._dragged = event.position(), True
            self.pan(-step / max(self.width() - LABELS, 1) * self.span.length)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press without a move puts the cursor and chooses the bar."""
        if self._grab is not None and not self._dragged:
            at = event.position()
            if at.x() >= LABELS:
                self.set_cursor(self.time_at(at.x()))
            bar = self.bar_at(at.x(), at.y()) if at.y() > AXIS else None
            if bar is not None:
                self.chosen.emit(bar.alarm.id)
        self._grab = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the device of the bar."""
        bar = self.bar_at(event.position().x(), event.position().y())
        if bar is not None:
            self.opened.emit(bar.alarm.id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; over the names, and with Shift, scroll the lanes."""
        turned = event.angleDelta().y() / 120 or event.angleDelta().x() / 120
        if event.position().x() < LABELS or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.scroll(round(-turned * 3))
        elif turned:
            self.zoom(ZOOM**turned, event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → move the cursor, with Shift the range; ↑ ↓ choose; + − 0 zoom; Enter opens."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        line = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if side is not None and shift:
            self.pan(side * self.span.length / 10)
        elif side is not None:
            self.set_cursor((self.cursor_time or self.window_of()[1]) + side * self.span.length / 120)
        elif line is not None:
            self.step(line)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / ZOOM if key == Qt.Key.Key_Minus else ZOOM)
        elif key == Qt.Key.Key_0:
            self.follow()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected:
            self.opened.emit(self.selected)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Hovering tells the facts."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), as_plain(self._facts(bar)) if bar is not None else "", self)
            return True
        return super().event(event)
