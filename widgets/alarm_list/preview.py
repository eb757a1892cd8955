"""The preview under the table: what to do, what is known, what was noted; buttons with their keys."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.command import Action
from noc_console.model.severity import OperatorState
from noc_console.text import clean
from widgets import alarm_words, glyphs, words
from widgets.alarm_list.row_painter import spark
from widgets.frame.banner import Button, paint_buttons
from widgets.frame.painted import Cell, PaintedBar, text_at
from widgets.theme import Theme
from widgets.view import ViewContext
from widgets.words import translate

HEIGHT = 172
_ENTRIES = 5


class Preview(PaintedBar):
    """Paints the chosen alarm, or what stands instead of one; `do` is what the buttons do."""

    surface = "surface.panel"

    def __init__(self, context: ViewContext, do: Callable[[Action], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._do = context, do
        self.alarms: Sequence[Alarm] = ()
        self.empty = ""
        self.setAccessibleName(translate("alarms", "Preview"))

    def show_alarms(self, alarms: Sequence[Alarm], empty: str) -> None:
        """The chosen alarms; the sentence stands there when there is none."""
        self.alarms, self.empty = alarms, empty
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
        count, buttons = len(self.alarms), []
        new = any(a.needs_someone or a.worse_again for a in self.alarms)
        word = translate("alarms", "Acknowledge {count}").format(count=count) if count > 1 else translate("alarms", "Acknowledge")
        if new:
            buttons.append(Button(word, "A", partial(self._do, Action.ACKNOWLEDGE), primary=True))
        elif any(a.state is OperatorState.ACKNOWLEDGED and a.is_open for a in self.alarms):
            buttons.append(Button(translate("alarms", "Take back"), "U", partial(self._do, Action.UNACKNOWLEDGE)))
        if any(not a.is_open and a.state is not OperatorState.CLOSED for a in self.alarms):
            buttons.append(Button(translate("alarms", "Close"), "D", partial(self._do, Action.CLOSE), primary=not new))
        buttons.append(Button(translate("alarms", "Comment"), "C", partial(self._do, Action.COMMENT)))
        return buttons

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
        for number, step in enumerate(alarm_words.advice(alarm), 1):
            painter.setPen(shown.colour("text.muted"))
            painter.drawText(box.x(), y + shown.line() - 5, str(number))
            painter.setPen(shown.colour("text.primary"))
            indent = shown.size("space.l")
            y = _paragraph(painter, QRect(box.x() + indent, y, box.width() - indent, box.bottom() - y), step, shown.line())
            if y >= box.bottom() - shown.line():
                break

    def _paint_entries(self, painter: QPainter, shown: Theme, box: QRect, alarm: Alarm) -> None:
        title = translate("alarms", "What happened ({zone})").format(zone=words.zone_label(self._zone(), self._context.clock()))
        y = self._caption(painter, shown, box, title)
        painter.setFont(shown.font())
        for entry in self._entries(alarm)[:_ENTRIES]:
            time = words.moment(entry.at, self._zone(), self._context.clock(), seconds=True)
            painter.setPen(shown.colour("text.muted"))
            x = text_at(painter, box.x(), QRect(box.x(), y, 0, shown.line()), time) + shown.size("space.s")
            painter.setPen(shown.colour("text.primary" if entry.who else "text.secondary"))
            text_at(painter, x, QRect(x, y, 0, shown.line()), _told(entry), most=max(box.right() - x, 0))
            y += shown.line()
        if alarm.why:
            painter.setPen(shown.colour("text.secondary"))
            text_at(painter, box.x(), QRect(box.x(), y, 0, shown.line()), clean(alarm.why, 200), most=box.width())

    def _entries(self, alarm: Alarm) -> list[Entry]:
        """The newest first, what people said before what the monitor noted."""
        return sorted(self._context.mirror.entries.get(alarm.id, ()), key=lambda e: (-e.noted, -e.id))

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
        steps = ". ".join(alarm_words.advice(alarm))
        said = ". ".join(_told(entry) for entry in self._entries(alarm)[:_ENTRIES])
        return f"{self._title(alarm)}, {self._facts(alarm)}: {alarm_words.what(alarm)}. {steps}. {said}"


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


def _told(entry: Entry) -> str:
    verb = words.action(str(entry.kind))
    if entry.kind is EntryKind.SEVERITY:
        verb = f"{verb}: {clean(entry.was, 20)} → {clean(entry.now, 20)}"
    text = f"{clean(entry.who, 40)} {verb}" if entry.who else verb
    return f"{text}: {clean(entry.text, 300)}" if entry.text else text


def _paragraph(painter: QPainter, box: QRect, text: str, line: int) -> int:
    """A text on as many lines as it needs; gives the y under it."""
    flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
    needed = QFontMetrics(painter.font()).boundingRect(QRect(0, 0, box.width(), 1000), flags, text).height()
    painter.drawText(box, flags, text)
    return box.y() + max(needed, line)
