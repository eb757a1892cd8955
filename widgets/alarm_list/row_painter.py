# ruff: noqa: D102 - overrides of Qt are described by Qt
"""Paints the rows of alarms: wash and edge of what needs someone, glyph, times, words, the last hour, the value, the state."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from noc_console.model.alarm import Alarm
from noc_console.model.command import Action
from noc_console.text import clean
from widgets import alarm_words, flash, glyphs, theme, words
from widgets.alarm_list.cause_cell import CauseCell
from widgets.alarm_list.cells import line, spark, text_width
from widgets.models.alarm_groups import calls_someone
from widgets.models.alarm_table import AlarmTable, Column, Group, group_title
from widgets.theme import Theme
from widgets.view import ViewContext

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[Column, int, int]


class RowPainter(QStyledItemDelegate):
    """All it needs is in the alarm, the mirror and the theme.

    Whole rows: asked by Qt for each cell by itself, the same took twice as long.

    `sending` : alarm → what was sent and is not on disk yet.
    """

    def __init__(self, model: AlarmTable, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._context = model, context
        self.sending: Mapping[int, Action] = {}
        self.compact = False
        self.words_width = self.now_width = 0
        """Pixels of "What is wrong" and "Now" where they stand side by side: what the value leaves free is the sentence's."""
        self.causes = CauseCell(model, context)
        self._cells: dict[Column, Callable[[QPainter, Theme, QRect, Alarm], None]] = {
            Column.SINCE: self._since,
            Column.WHERE: self._where,
            Column.PLACE: self._place,
            Column.WHAT: self.causes.paint,
            Column.HOUR: self._hour,
            Column.NOW: self._now,
            Column.STATE: self._state,
        }

    def paint_row(self, painter: QPainter, rect: QRect, row: int, cells: Iterable[Cell], *, selected: bool, cursor: bool) -> None:
        """A whole row at once. `cells` : column, left edge and width of each that is seen."""
        shown, alarm = theme.current(), self._model.alarm(row)
        if alarm is None:
            self._line(painter, shown, rect, row, has_cursor=cursor)
            return
        self._ground(painter, shown, rect, alarm, selected=selected)
        pad = shown.size("space.xs")
        for column, left, wide in cells:
            cell = QRect(left, rect.y(), wide, rect.height())
            if column is Column.GLYPH:
                self._edge(painter, shown, cell, alarm)
                self._glyph(painter, shown, cell, alarm)
                continue
            inside = self.words_rect(shown, cell, alarm) if column is Column.WHAT else cell.adjusted(pad, 0, -pad, 0)
            painter.setClipRect(inside.united(cell))
            self._cells[column](painter, shown, inside, alarm)
            painter.setClipping(False)

    def words_rect(self, shown: Theme, cell: QRect, alarm: Alarm) -> QRect:
        """Where the words of a row go: their cell, and as much of the next one as the value leaves free."""
        pad = shown.size("space.xs")
        return cell.adjusted(pad, 0, self._free(shown, alarm) - pad, 0)

    def _free(self, shown: Theme, alarm: Alarm) -> int:
        """Pixels that the value leaves free at the left of its cell."""
        if not self.words_width:
            return 0
        text = text_width(shown, alarm_words.now_and_limit(alarm, self._context.mirror), weight=weight_of(alarm))
        taken = text + shown.size("icon_s") + shown.size("space.m") + shown.size("space.l") + shown.size("space.xs")
        return max(self.now_width - taken, 0)

    def _ground(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm, *, selected: bool) -> None:
        if selected:
            painter.fillRect(rect, shown.colour("surface.selected"))
        elif calls_someone(alarm):
            painter.fillRect(rect, shown.severity(alarm.severity, "wash"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, shown.colour("line.subtle"))

    def _edge(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        if calls_someone(alarm):
            painter.fillRect(rect.x(), rect.y(), shown.size("stroke.mark"), rect.height(), shown.severity(alarm.severity, "edge"))

    # ------------------------------------------------------------ what is no alarm
    def _line(self, painter: QPainter, shown: Theme, rect: QRect, row: int, *, has_cursor: bool) -> None:
        group = self._model.group(row)
        if group is not None:
            self._head(painter, shown, rect, group)
        elif self._model.is_empty_note(row):
            left = rect.adjusted(shown.size("space.l"), 0, 0, 0)
            line(painter, shown, left, "✓  " + self._model.empty_text, colour="text.muted")
        else:
            if has_cursor:
                painter.fillRect(rect, shown.colour("surface.selected"))
            left = rect.adjusted(self.causes.indent(shown) + round(40 * shown.scale), 0, 0, 0)
            line(painter, shown, left, "▸ " + self._model.line(row), colour="text.secondary")
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, shown.colour("line.subtle"))

    def _head(self, painter: QPainter, shown: Theme, rect: QRect, group: Group) -> None:
        painter.fillRect(rect, shown.colour("surface.bar"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, shown.colour("line.strong"))
        x = rect.x() + shown.size("space.l")
        sign = "▶" if group in self._model.wanted.folded else "▼"
        x = line(painter, shown, QRect(x, rect.y(), 30, rect.height()), sign, size="caption", colour="text.secondary")
        title = QRect(x + shown.size("space.s"), rect.y(), rect.width(), rect.height())
        x = line(painter, shown, title, group_title(group), size="body", colour="text.primary", weight="strong")
        count = QRect(x + shown.size("space.s"), rect.y(), rect.width(), rect.height())
        line(painter, shown, count, str(self._model.all.counts[group]), colour="text.secondary")

    # ------------------------------------------------------------ cells
    def _glyph(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        box = QRectF(rect.x() + shown.size("stroke.mark"), rect.y(), rect.width() - shown.size("stroke.mark"), rect.height())
        ratio = painter.device().devicePixelRatioF()
        dim = calls_someone(alarm) and not flash.source().bright
        picture = glyphs.severity(alarm.severity, filled=False, ratio=ratio) if dim else glyphs.of_alarm(alarm, ratio=ratio)
        glyphs.draw(painter, picture, box)

    def _since(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        now = self._context.clock()
        at = alarm.raised if alarm.is_open or alarm.cleared is None else alarm.cleared
        zone = words.home_zone(self._context.mirror.inventory, self._context.selection.site)
        time = words.day_or_clock(at, zone, now) if self.compact else words.moment(at, zone, now)
        folded = self._model.causes.is_folded(alarm.id)
        x = line(painter, shown, rect, time, colour="text.secondary" if folded else "text.primary", weight=weight_of(alarm))
        if not self.compact and not folded:
            age = rect.adjusted(x - rect.x() + shown.size("space.s"), 0, 0, 0)
            line(painter, shown, age, words.duration(now - at), colour="text.muted")

    def _where(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        device, component = (clean(part, 80) for part in alarm_words.where(alarm))
        folded = self._model.causes.is_folded(alarm.id)
        colour = "text.primary" if alarm.is_open and not folded else "text.secondary"
        rect = rect.adjusted(self.causes.indent(shown) if folded else 0, 0, 0, 0)
        weight = "strong" if calls_someone(alarm) else "regular" if folded else "medium"
        x = line(painter, shown, rect, device, colour=colour, weight=weight)
        line(painter, shown, rect.adjusted(x - rect.x() + shown.size("space.xs"), 0, 0, 0), component, colour="text.secondary")

    def _place(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        line(painter, shown, rect, alarm_words.place(alarm, self._context.mirror.inventory), colour="text.secondary")

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
        quiet = not alarm.is_open or self._model.causes.is_folded(alarm.id)
        line(
            painter, shown, right, text, colour="text.secondary" if quiet else "text.primary", weight=weight_of(alarm), right=True
        )

    def _state(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        sending, now = self.sending.get(alarm.id), self._context.clock()
        zone = words.home_zone(self._context.mirror.inventory, self._context.selection.site)
        text = alarm_words.state(alarm, sending=sending or False, now=now, zone=zone)
        if not alarm.severity.calls and alarm.needs_someone and not sending:
            text = clean(alarm.owner, 40)
        loud = calls_someone(alarm) or sending is not None
        line(painter, shown, rect, text, colour="text.primary" if loud else "text.secondary", weight=weight_of(alarm))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, theme.current().size("row.normal"))


def weight_of(alarm: Alarm) -> str:
    """What needs someone stands out."""
    return "strong" if calls_someone(alarm) else "regular"
