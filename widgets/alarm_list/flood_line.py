"""The calm line over the list in a flood: how many calls, how many causes, where; the way into the form by cause and out."""

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from noc_console.model.changes import LoadState
from widgets import glyphs, theme, words
from widgets.cause_words import listed
from widgets.frame.banner import Button, paint_buttons
from widgets.frame.painted import Cell, PaintedBar, text_at
from widgets.models.alarm_table import AlarmTable, Group
from widgets.theme import Theme
from widgets.view import ViewContext
from widgets.words import translate

_STANDING = (Group.NEEDS_YOU, Group.IN_HAND, Group.WARNINGS)


class FloodLine(PaintedBar):
    """Signals: toggled(): into the form by cause, or out of it."""

    surface = "surface.raised"
    toggled = Signal()

    def __init__(self, context: ViewContext, model: AlarmTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.load = LoadState(calls=0)
        self.by_cause = False
        self.setAccessibleName(translate("alarms", "Flood"))
        self.hide()

    def tell(self, load: LoadState, *, by_cause: bool) -> None:
        """How busy it is, and in which form the list is; it stands in a flood, and while the form by cause is on."""
        self.load, self.by_cause = load, by_cause
        self.setFixedHeight(theme.current().size("row.relaxed"))
        self.setVisible(load.flood or by_cause)
        self.stir()

    def words(self) -> str:
        """`Flood: 23 calls in 10 min. Shown by cause: 7 causes, 412 symptoms · Hanoi, Seoul`."""
        form = translate("alarms", "shown by cause") if self.by_cause else translate("alarms", "shown singly")
        if self.load.flood:
            text = translate("alarms", "Flood: {count} calls in 10 min; {form}").format(count=self.load.calls, form=form)
        else:
            text = form[:1].upper() + form[1:]
        return " · ".join(part for part in (text, self._counts(), self._sites(), self._since()) if part)

    def _since(self) -> str:
        if not self.load.flood or self.load.since is None:
            return ""
        zone = words.home_zone(self._context.mirror.inventory, self._context.selection.site)
        return translate("alarm", "since {time}").format(time=words.moment(self.load.since, zone, self._context.clock()))

    def _counts(self) -> str:
        rows = self._model.all
        causes = sum(rows.counts[group] for group in _STANDING)
        text = translate("alarms", "{causes} causes, {symptoms} symptoms")
        return text.format(causes=causes, symptoms=int(rows.folded.sum()))

    def _sites(self) -> str:
        sites = self._context.mirror.inventory.sites
        found = self._model.all.sites_of_causes(_STANDING)
        names = ((words.site(sites[name]) if name in sites else name, count) for name, count in found)
        return listed([f"{name} {count}" for name, count in names])

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """A mark, the sentence, the button."""
        painter.fillRect(0, self.height() - 1, self.width(), 1, shown.colour("line.strong"))
        word = translate("alarms", "Show singly") if self.by_cause else translate("alarms", "Show by cause")
        cells, right = paint_buttons(self, painter, shown, [Button(word, "F", self.toggled.emit)])
        side, x = shown.size("icon_m"), shown.size("space.m")
        glyphs.draw(painter, glyphs.icon("state-cause", size="icon_m"), QRectF(x, 0, side, self.height()))
        x += side + shown.size("space.m")
        painter.setFont(shown.font("body", weight="medium"))
        painter.setPen(shown.colour("text.primary"))
        text = self.words()
        text_at(painter, x, self.rect(), text, most=max(right - x, 0))
        return [Cell(QRect(0, 0, right, self.height()), text, None, text), *cells]
