"""The preview under the table: what to do, what is known, what was noted; buttons with their keys."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from noc_console.model.alarm import Alarm, Entry
from noc_console.model.command import Action
from noc_console.text import clean
from widgets import alarm_words, glyphs, theme, words
from widgets.alarm_list.cells import spark
from widgets.alarm_list.connections import sentences
from widgets.alarm_list.deeds import Deeds
from widgets.alarm_list.questions import means_something
from widgets.alarm_list.story import StoredStory
from widgets.entry_words import told
from widgets.frame.banner import Button, paint_buttons
from widgets.frame.painted import Cell, PaintedBar, text_at
from widgets.theme import Theme
from widgets.view import ViewContext
from widgets.words import translate

HEIGHT = 172
WIDE = 900
"""From this width there is room for one button more."""
_ENTRIES = 5


class Preview(PaintedBar):
    """Paints the chosen alarm, or what stands instead of one; its buttons do the deeds."""

    surface = "surface.panel"

    def __init__(self, context: ViewContext, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._deeds = context, deeds
        self.alarms: Sequence[Alarm] = ()
        self._kinds: Sequence[Alarm] = ()
        self.empty = ""
        self.stored = StoredStory(context, self)
        self.stored.came.connect(self.stir)
        self.setAccessibleName(translate("alarms", "Preview"))

    def show_alarms(self, alarms: Sequence[Alarm], empty: str) -> None:
        """The chosen alarms; the sentence stands there when there is none."""
        self.alarms, self.empty = alarms, empty
        # Alarms that are alike for all actions stand for each other: ten thousand are looked at once, not at each paint.
        # What is stored only has no buttons: the monitor does not know it any more.
        live = self._context.mirror.alarms
        alike = {(a.is_open, a.state, a.worse_again, a.shelved_until is None): a for a in alarms if a.id in live}
        self._kinds = tuple(alike.values())
        self.stir()

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """Head with buttons; three columns under it."""
        painter.fillRect(0, 0, self.width(), 1, shown.colour("line.strong"))
        if not self.alarms:
            painter.setFont(shown.font())
            painter.setPen(shown.colour("text.muted"))
            text_at(painter, shown.size("space.m"), self.rect(), self.empty, most=self.width() - 2 * shown.size("space.m"))
            return [Cell(self.rect(), self.empty)]
        alarm = self.alarms[0]
        head = QRect(0, 1, self.width(), shown.size("dock_title") + shown.size("space.s"))
        cells = self._paint_head(painter, shown, head, alarm)
        body = QRect(
            shown.size("space.m"), head.bottom(), self.width() - 2 * shown.size("space.m"), self.height() - head.height() - 1
        )
        self._paint_columns(painter, shown, body, alarm)
        return [Cell(QRect(0, 0, 1, 1), self._spoken(alarm)), *cells]

    # ------------------------------------------------------------ head
    def _paint_head(self, painter: QPainter, shown: Theme, head: QRect, alarm: Alarm) -> list[Cell]:
        painter.save()
        painter.translate(0, head.y())
        bar = _Strip(self, head.height())
        cells, right = paint_buttons(bar, painter, shown, self._buttons())  # type: ignore[arg-type]
        painter.restore()
        for cell in cells:
            cell.rect.translate(0, head.y())
        side, x = shown.size("glyph_m"), shown.size("space.m")
        glyphs.draw(painter, glyphs.of_alarm(alarm), QRectF(x, head.y(), side, head.height()))
        x += side + shown.size("space.m")
        painter.setFont(shown.font("title", weight="strong"))
        painter.setPen(shown.colour("text.primary"))
        title = self._title(alarm)
        x = text_at(painter, x, head, title, most=max(right - x, 0)) + shown.size("space.m")
        painter.setFont(shown.font())
        painter.setPen(shown.colour("text.secondary"))
        text_at(painter, x, head, self._facts(alarm), most=max(right - x, 0))
        return cells

    def _title(self, alarm: Alarm) -> str:
        if len(self.alarms) > 1:
            return translate("alarms", "{count} alarms chosen").format(count=len(self.alarms))
        return clean(" ".join(alarm_words.where(alarm)).strip(), 80)

    def _facts(self, alarm: Alarm) -> str:
        inventory = self._context.mirror.inventory
        device = inventory.devices.get(alarm.device or "")
        parts = [alarm_words.place(alarm, inventory), words.role(device.role) if device else "", f"#{alarm.id}"]
        known = self._context.mirror.known.get(alarm.device or "", {})
        facts = {k: v for source in known.values() for k, v in source.facts.get(alarm.component, {}).items()}
        base = {k: v for source in known.values() for k, v in source.facts.get("", {}).items()}
        parts += [clean(facts.get("product") or base.get("model", ""), 60)]
        serial = facts.get("serial") or base.get("serial", "")
        parts += [f"SN {clean(serial, 40)}" if serial else ""]
        return " · ".join(part for part in parts if part)

    def _buttons(self) -> list[Button]:
        alarms, do = self._kinds, self._deeds.do
        means = {action: any(means_something(action, a) for a in alarms) for action in Action}
        wide = self.width() > round(WIDE * theme.current().scale)
        buttons: list[Button] = []
        if means[Action.ACKNOWLEDGE]:
            buttons.append(Button(self._acknowledge(), "A", partial(do, Action.ACKNOWLEDGE), primary=True))
        elif means[Action.UNACKNOWLEDGE] and any(a.is_open for a in alarms):
            buttons.append(Button(translate("alarms", "Take back"), "U", partial(do, Action.UNACKNOWLEDGE)))
        if means[Action.CLOSE]:
            primary = not means[Action.ACKNOWLEDGE]
            buttons.append(Button(translate("alarms", "Close"), "D", partial(do, Action.CLOSE), primary=primary))
        if means[Action.ACKNOWLEDGE] and wide:
            buttons.append(Button(translate("alarms", "Take it"), "T", self._deeds.take))
        if means[Action.UNSHELVE]:
            buttons.append(Button(translate("alarms", "Take off the shelf"), "Shift S", partial(do, Action.UNSHELVE)))
        elif means[Action.SHELVE]:
            buttons.append(Button(translate("alarms", "Shelve"), "S", partial(do, Action.SHELVE)))
        if means[Action.COMMENT]:
            buttons.append(Button(translate("alarms", "Comment"), "C", partial(do, Action.COMMENT)))
        return buttons

    def _acknowledge(self) -> str:
        count = len(self.alarms)
        return translate("alarms", "Acknowledge {count}").format(count=count) if count > 1 else translate("alarms", "Acknowledge")

    # ------------------------------------------------------------ columns
    def _paint_columns(self, painter: QPainter, shown: Theme, body: QRect, alarm: Alarm) -> None:
        curve = self._curve(alarm)
        right = round(170 * shown.scale) if curve is not None and body.width() > 700 * shown.scale else 0
        half = (body.width() - right) // 2
        gap = shown.size("space.l")
        left = QRect(body.x(), body.y(), half - gap, body.height())
        middle = QRect(body.x() + half, body.y(), half - gap, body.height())
        self._paint_steps(painter, shown, left, alarm)
        self._paint_entries(painter, shown, middle, alarm)
        if right and curve is not None:
            self._paint_curve(painter, shown, QRect(body.right() - right, body.y(), right, body.height()), alarm)

    def _paint_steps(self, painter: QPainter, shown: Theme, box: QRect, alarm: Alarm) -> None:
        y = self._caption(painter, shown, box, translate("alarms", "What to do"))
        painter.setFont(shown.font())
        for number, step in enumerate(alarm_words.advice(alarm, self._context.mirror), 1):
            painter.setPen(shown.colour("text.muted"))
            painter.drawText(box.x(), y + shown.line() - 5, str(number))
            painter.setPen(shown.colour("text.primary"))
            indent = shown.size("space.l")
            y = _paragraph(painter, QRect(box.x() + indent, y, box.width() - indent, box.bottom() - y), step, shown.line())
            if y >= box.bottom() - shown.line():
                break

    def _paint_entries(self, painter: QPainter, shown: Theme, box: QRect, alarm: Alarm) -> None:
        y = box.y()
        connected = sentences(alarm, self._context.mirror, self._deeds.causes)
        if connected:
            caption = translate("alarms", "What hangs together")
            y = self._caption(painter, shown, box, caption)
            painter.setFont(shown.font())
            painter.setPen(shown.colour("text.primary"))
            for sentence in connected:
                y = _paragraph(painter, QRect(box.x(), y, box.width(), box.bottom() - y), sentence, shown.line())
            y += shown.size("space.xs")
        title = translate("alarms", "What happened ({zone})").format(zone=words.zone_label(self._zone(), self._context.clock()))
        rest = QRect(box.x(), y, box.width(), box.bottom() - y)
        if rest.height() > shown.line("caption") + shown.line():
            self._paint_told(painter, shown, rest, self._caption(painter, shown, rest, title), alarm)

    def _paint_told(self, painter: QPainter, shown: Theme, box: QRect, y: int, alarm: Alarm) -> None:
        painter.setFont(shown.font())
        for entry in self._entries(alarm)[:_ENTRIES]:
            if y + shown.line() > box.bottom():
                break
            time = words.moment(entry.at, self._zone(), self._context.clock(), seconds=True)
            painter.setPen(shown.colour("text.muted"))
            x = text_at(painter, box.x(), QRect(box.x(), y, 0, shown.line()), time) + shown.size("space.s")
            painter.setPen(shown.colour("text.primary" if entry.who else "text.secondary"))
            text_at(painter, x, QRect(x, y, 0, shown.line()), told(entry), most=max(box.right() - x, 0))
            y += shown.line()

    def _entries(self, alarm: Alarm) -> list[Entry]:
        """The newest first, what people said before what the monitor noted."""
        entries = self._context.mirror.entries.get(alarm.id) or self.stored.of(alarm.id)
        return sorted(entries, key=lambda e: (-e.noted, -e.id))

    def _zone(self) -> str:
        return words.home_zone(self._context.mirror.inventory, self._context.selection.site)

    def _curve(self, alarm: Alarm) -> str | None:
        metric = alarm.params.get("metric")
        if not alarm.device or not isinstance(metric, str):
            return None
        times, _ = self._context.mirror.series.curve(alarm.device, alarm.component, metric)
        return metric if len(times) > 1 else None

    def _paint_curve(self, painter: QPainter, shown: Theme, box: QRect, alarm: Alarm) -> None:
        metric = str(alarm.params.get("metric"))
        painter.setFont(shown.font("caption"))
        painter.setPen(shown.colour("text.secondary"))
        line = QRect(box.x(), box.y(), box.width(), shown.line("caption"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, clean(" ".join(alarm_words.where(alarm)), 28))
        painter.setPen(shown.colour("text.primary"))
        painter.setFont(shown.font("caption", weight="strong"))
        painter.drawText(
            line, Qt.AlignmentFlag.AlignRight, words.quantity(metric, alarm_words.present_value(alarm, self._context.mirror))
        )
        canvas = QRect(box.x(), line.bottom() + 2, box.width(), min(box.height() - line.height() - 16, round(64 * shown.scale)))
        painter.fillRect(canvas, shown.colour("surface.sunken"))
        curve = self._context.mirror.series.curve(alarm.device or "", alarm.component, metric)
        spark(painter, shown, canvas.adjusted(2, 6, -2, -6), curve, self._context.clock())

    def _caption(self, painter: QPainter, shown: Theme, box: QRect, text: str) -> int:
        painter.setFont(shown.font("caption", weight="strong"))
        painter.setPen(shown.colour("text.muted"))
        text_at(painter, box.x(), QRect(box.x(), box.y(), 0, shown.line("caption")), text, most=box.width())
        return box.y() + shown.line("caption") + 2

    def _spoken(self, alarm: Alarm) -> str:
        steps = ". ".join(alarm_words.advice(alarm, self._context.mirror))
        said = ". ".join(told(entry) for entry in self._entries(alarm)[:_ENTRIES])
        connected = ". ".join(sentences(alarm, self._context.mirror, self._deeds.causes))
        parts = (f"{self._title(alarm)}, {self._facts(alarm)}: {alarm_words.what(alarm)}", connected, steps, said)
        return ". ".join(part for part in parts if part)


class _Strip:
    """The upper strip of the preview, as `paint_buttons` sees it."""

    def __init__(self, preview: Preview, height: int) -> None:
        self._preview, self._height = preview, height

    def width(self) -> int:
        return self._preview.width()

    def height(self) -> int:
        return self._height

    def hot(self, rect: QRect) -> bool:
        return self._preview.hot(rect.translated(0, 1))


def _paragraph(painter: QPainter, box: QRect, text: str, line: int) -> int:
    """A text on as many lines as it needs; gives the y under it."""
    flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
    needed = QFontMetrics(painter.font()).boundingRect(QRect(0, 0, box.width(), 1000), flags, text).height()
    painter.drawText(box, flags, text)
    return box.y() + max(needed, line)
