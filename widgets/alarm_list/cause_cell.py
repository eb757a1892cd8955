"""The words of a row: what is wrong; of a cause the chip with how many stand under it; of a symptom why it stands there."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from noc_console.model.alarm import Alarm
from widgets import alarm_words, cause_words, words
from widgets.alarm_list.cells import chip, chip_width, line, text_width
from widgets.models.alarm_groups import calls_someone
from widgets.models.alarm_table import AlarmTable
from widgets.theme import Theme
from widgets.view import ViewContext
from widgets.words import translate


class CauseCell:
    """Paints the column "What is wrong". In the form by cause a cause also tells severities, sites and rate of its symptoms."""

    def __init__(self, model: AlarmTable, context: ViewContext) -> None:
        self._model, self._context = model, context
        self.by_cause = False

    def indent(self, shown: Theme) -> int:
        """How far a symptom stands in."""
        return shown.size("space.m")

    def chips(self, alarm: Alarm) -> list[tuple[str, str]]:
        """(words, icon) of the chips behind the sentence; in a narrow list the count alone."""
        count = self._model.causes.count(alarm.id)
        made = [(str(count) if self._model.compact else cause_words.member_count(count), "state-cause")] if count else []
        if cause_words.is_inferred(alarm):
            made.append((translate("alarms", "inferred"), ""))
        if alarm.chattering:
            made.append((translate("alarms", "comes and goes"), "state-flapping"))
        return made

    def paint(self, painter: QPainter, shown: Theme, rect: QRect, alarm: Alarm) -> None:
        """Sentence, chips, the rest; the sentence gives way first."""
        folded = self._model.causes.is_folded(alarm.id)
        colour = "text.secondary" if folded or not alarm.is_open else "text.primary"
        weight = "strong" if calls_someone(alarm) else "regular"
        width, chips = self._shares(shown, rect.width(), alarm)
        aside = self.aside(alarm)
        room = QRect(rect.x(), rect.y(), width, rect.height())
        x = line(painter, shown, room, self.sentence(alarm), colour=colour, weight=weight) + shown.size("space.s")
        for text, icon in chips:
            x = chip(painter, shown, x, rect, text, icon=icon)
        rest = QRect(x, rect.y(), max(rect.right() - x, 0), rect.height())
        if rest.width() > shown.size("space.xl"):
            line(painter, shown, rest, aside, colour="text.muted" if folded else "text.secondary")

    def _shares(self, shown: Theme, room: int, alarm: Alarm) -> tuple[int, list[tuple[str, str]]]:
        """Pixels that the sentence may take, and the chips that it leaves room for: the count of a cause always, others while the
        sentence keeps half. Of a symptom, and of what is quiet, the reason comes before the end of the sentence.
        """
        chips: list[tuple[str, str]] = []
        gap, taken = shown.size("space.s"), 0
        for text, icon in self.chips(alarm):
            width = chip_width(shown, text, icon=bool(icon)) + gap
            if (not chips and icon == "state-cause") or taken + width <= room // 2:
                chips.append((text, icon))
                taken += width
        if alarm.symptom_of is not None or alarm.is_quiet:
            taken += text_width(shown, self.aside(alarm)) + gap
        return max(room - taken, room // 2 if not chips else room // 3), chips

    def sentence(self, alarm: Alarm) -> str:
        """What is wrong, what looks alike, and how often it was."""
        alike = cause_words.alike(alarm, self._context.mirror)
        text = f"{alarm_words.what(alarm)}, {alike}" if alike else alarm_words.what(alarm)
        return f"{text}  ×{alarm.count}" if alarm.count > 1 else text

    def aside(self, alarm: Alarm) -> str:
        """What stands behind it, muted: of a symptom the reason, of a cause in the form by cause the figures."""
        if alarm.symptom_of is not None:
            return cause_words.why(alarm)
        if alarm.is_quiet:
            return alarm_words.why_quiet(alarm, self._context.mirror)
        return self.figures(alarm) if self.by_cause and self._model.causes.count(alarm.id) else ""

    def figures(self, alarm: Alarm) -> str:
        """`40 major, 21 minor · Hanoi, Seoul · 14 in 10 min`."""
        tally = self._model.causes.tally(alarm.id, self._context.clock())
        sites = self._context.mirror.inventory.sites
        severities = ", ".join(f"{count} {words.severity(severity)}" for severity, count in tally.severities)
        places = cause_words.listed([words.site(sites[name]) if name in sites else name for name, _ in tally.sites])
        rate = translate("alarms", "{count} in 10 min").format(count=tally.fresh) if tally.fresh else ""
        return " · ".join(part for part in (severities, places, rate) if part)

    def chip_at(self, shown: Theme, inside: QRect, alarm: Alarm, x: int) -> bool:
        """Whether a place in the room of the words is on the chip of a cause."""
        if not self._model.causes.count(alarm.id):
            return False
        weight = "strong" if calls_someone(alarm) else "regular"
        width = min(text_width(shown, self.sentence(alarm), weight=weight), self._shares(shown, inside.width(), alarm)[0])
        left = inside.x() + width + shown.size("space.s")
        return left <= x <= left + chip_width(shown, self.chips(alarm)[0][0], icon=True)
