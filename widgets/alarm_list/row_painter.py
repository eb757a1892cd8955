# ruff: noqa: D102 - overrides of Qt are described by Qt
"""Paints the rows of alarms: wash and edge of what needs someone, glyph, times, words, the last hour, the value, the state."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets import alarm_words, flash, glyphs, theme, words
from widgets.models.alarm_table import AlarmTable, Column, Group, group_of, group_title
from widgets.theme import Theme
from widgets.view import ViewContext

Index = QModelIndex | QPersistentModelIndex
HOUR = 3600.0


class RowPainter(QStyledItemDelegate):
    """One cell at a time; all it needs is in the alarm, the mirror and the theme."""

    def __init__(self, model: AlarmTable, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._context = model, context
        self.sending: frozenset[int] = frozenset()
        self.compact = False
        self._cells: dict[Column, Callable[[QPainter, Theme, QRect, Alarm], None]] = {
            Column.SINCE: self._since,
            Column.WHERE: self._where,
            Column.PLACE: self._place,
            Column.WHAT: self._what,
            Column.HOUR: self._hour,
            Column.NOW: self._now,
            Column.STATE: self._state,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, rect = theme.current(), QRect(option.rect)
        state = option.state
        painter.save()
        painter.setClipRect(rect)
        group = self._model.group(index.row())
        if group is not None:
            self._head(painter, shown, rect, group)
        elif self._model.is_empty_note(index.row()):
            left = rect.adjusted(shown.size("space.l"), 0, 0, 0)
            _text(painter, shown, left, "✓  " + self._model.empty_text, colour="text.muted")
        else:
            alarm = self._model.alarm(index.row())
            if alarm is not None:
                self._ground(painter, shown, rect, alarm, selected=bool(state & QStyle.StateFlag.State_Selected))
                if index.column() == Column.GLYPH:
                    self._edge(painter, shown, rect, alarm)
                    self._glyph(painter, shown, rect, alarm)
                else:
                    pad = shown.size("space.xs")
                    self._cells[Column(index.column())](painter, shown, rect.adjusted(pad, 0, -pad, 0), alarm)
        painter.restore()

    def _ground(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm, *, selected: bool) -> None:
        if selected:
            painter.fillRect(rect, shown.colour("surface.selected"))
        elif _calls(alarm):
            painter.fillRect(rect, shown.severity(alarm.severity, "wash"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, shown.colour("line.subtle"))

    def _edge(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        if _calls(alarm):
            painter.fillRect(rect.x(), rect.y(), shown.size("stroke.mark"), rect.height(), shown.severity(alarm.severity, "edge"))

    def _head(self, painter: QPainter, shown: Theme, rect: QRect, group: Group) -> None:
        painter.fillRect(rect, shown.colour("surface.bar"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, shown.colour("line.strong"))
        x = rect.x() + shown.size("space.l")
        sign = "▶" if group in self._model.wanted.folded else "▼"
        x = _text(painter, shown, QRect(x, rect.y(), 30, rect.height()), sign, size="caption", colour="text.secondary")
        title = QRect(x + shown.size("space.s"), rect.y(), rect.width(), rect.height())
        x = _text(painter, shown, title, group_title(group), size="body", colour="text.primary", weight="strong")
        count = QRect(x + shown.size("space.s"), rect.y(), rect.width(), rect.height())
        x = _text(painter, shown, count, str(self._model.count(group)), colour="text.secondary")

    # ------------------------------------------------------------ cells
    def _glyph(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        box = QRectF(rect.x() + shown.size("stroke.mark"), rect.y(), rect.width() - shown.size("stroke.mark"), rect.height())
        ratio = painter.device().devicePixelRatioF()
        dim = _calls(alarm) and not flash.source().bright
        picture = glyphs.severity(alarm.severity, filled=False, ratio=ratio) if dim else glyphs.of_alarm(alarm, ratio=ratio)
        glyphs.draw(painter, picture, box)

    def _since(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        now = self._context.clock()
        at = alarm.raised if alarm.is_open or alarm.cleared is None else alarm.cleared
        zone = words.home_zone(self._context.mirror.inventory, self._context.selection.site)
        time = words.day_or_clock(at, zone, now) if self.compact else words.moment(at, zone, now)
        x = _text(painter, shown, rect, time, colour="text.primary", weight=_weight(alarm))
        if not self.compact:
            age = rect.adjusted(x - rect.x() + shown.size("space.s"), 0, 0, 0)
            _text(painter, shown, age, words.duration(now - at), colour="text.muted")

    def _where(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        device, component = (clean(part, 80) for part in alarm_words.where(alarm))
        colour = "text.primary" if alarm.is_open else "text.secondary"
        indent = shown.size("space.m") if alarm.symptom_of is not None else 0
        rect = rect.adjusted(indent, 0, 0, 0)
        weight = "strong" if _calls(alarm) else "medium"
        x = _text(painter, shown, rect, device, colour=colour, weight=weight)
        _text(painter, shown, rect.adjusted(x - rect.x() + shown.size("space.xs"), 0, 0, 0), component, colour="text.secondary")

    def _place(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        _text(painter, shown, rect, alarm_words.place(alarm, self._context.mirror.inventory), colour="text.secondary")

    def _what(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        text = alarm_words.what(alarm)
        if alarm.count > 1:
            text += f"  ×{alarm.count}"
        colour = "text.primary" if alarm.is_open else "text.secondary"
        _text(painter, shown, rect, text, colour=colour, weight=_weight(alarm))

    def _hour(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        metric = alarm.params.get("metric")
        if alarm.device and isinstance(metric, str):
            times, values = self._context.mirror.series.curve(alarm.device, alarm.component, metric)
            spark(painter, shown, rect.adjusted(0, 6, 0, -6), (times, values), self._context.clock())

    def _now(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        text = alarm_words.now_and_limit(alarm, self._context.mirror)
        way = alarm_words.direction(alarm, self._context.mirror) if alarm.is_open else alarm_words.STEADY
        side, gap = shown.size("icon_s"), shown.size("space.m")
        rect = rect.adjusted(0, 0, -gap, 0)
        if way != alarm_words.STEADY:
            name = "state-rising" if way == alarm_words.RISING else "state-falling"
            box = QRectF(rect.right() - side, rect.y(), side, rect.height())
            glyphs.draw(painter, glyphs.icon(name, colour="text.primary", size="icon_s"), box)
        right = rect.adjusted(0, 0, -side - 4, 0)
        colour = "text.primary" if alarm.is_open else "text.secondary"
        _text(painter, shown, right, text, colour=colour, weight=_weight(alarm), right=True)

    def _state(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        sending = alarm.id in self.sending
        text = alarm_words.state(alarm, sending=sending)
        if not alarm.severity.calls and alarm.needs_someone and not sending:
            text = ""
        _text(painter, shown, rect, text, colour="text.primary" if _calls(alarm) else "text.secondary", weight=_weight(alarm))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, theme.current().size("row.normal"))


def _calls(alarm: Alarm) -> bool:
    """Whether the row is washed: it calls and nobody has it."""
    return group_of(alarm) is Group.NEEDS_YOU and alarm.symptom_of is None


def _weight(alarm: Alarm) -> str:
    return "strong" if _calls(alarm) else "regular"


def _text(
    painter: QPainter,
    shown: Theme,
    rect: QRect,
    text: str,
    *,
    size: str = "body",
    colour: str,
    weight: str = "regular",
    right: bool = False,
) -> int:
    """One elided line in a cell; gives the x behind it."""
    font = shown.font(size, weight=weight)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
    painter.setFont(font)
    painter.setPen(shown.colour(colour))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
    return rect.x() + metrics.horizontalAdvance(text)


Curve = tuple[np.typing.NDArray[np.float64], np.typing.NDArray[np.float32]]


def spark(painter: QPainter, shown: Theme, rect: QRect, curve: Curve, now: float) -> None:
    """The last hour of a curve as a line; nothing is drawn across a gap."""
    times, values = curve
    first = int(times.searchsorted(now - HOUR))
    times, values = times[first:], values[first:]
    good = np.isfinite(values)
    if good.sum() < 2:
        return
    low, high = float(values[good].min()), float(values[good].max())
    span = max(high - low, abs(high) * 0.02, 1e-9)
    step = max(len(times) // max(rect.width(), 1), 1)
    xs = rect.x() + (times[::step] - (now - HOUR)) / HOUR * rect.width()
    ys = rect.bottom() - (values[::step] - low) / span * rect.height()
    painter.setPen(QPen(shown.colour("text.secondary"), 1))
    part: list[QPointF] = []
    for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
        if y == y:
            part.append(QPointF(x, y))
        else:
            painter.drawPolyline(part)
            part = []
    painter.drawPolyline(part)
