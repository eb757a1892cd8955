"""The state bar: site filter, counts by severity, load of calls, collectors, clocks, who, search. Always there."""

from collections.abc import Callable
from math import log10

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from noc_console import maintenance
from noc_console.model.changes import CollectorState
from noc_console.model.poll import TrapCounts
from noc_console.model.severity import Severity
from noc_console.text import clean
from widgets import glyphs, words
from widgets.frame.calls import Calls
from widgets.frame.painted import Cell, PaintedBar, key_cap, rule, text_at
from widgets.frame.pen import Pen
from widgets.frame.standing import Figures, Standing
from widgets.theme import Theme
from widgets.view import ViewContext
from widgets.words import NARROW, translate

NARROW_WINDOW = 1500
"""Below this width words go before figures."""
_LOAD_MARKS = (1, 2, 10)
_LOAD_MOST = 20.0
MOST_NAMED = 5
"""Kinds of notifications, and addresses, that are named in a tip."""


class StateBar(PaintedBar):
    """Painted at most four times a second.

    Signals
    -------
    severity_chosen(str): a count was clicked; the word of the severity. search_wanted(): the search cell.
    quiet_chosen(str): `folded`, `shelved` or `maintenance` was clicked.
    """

    severity_chosen = Signal(str)
    search_wanted = Signal()
    quiet_chosen = Signal(str)

    def __init__(self, context: ViewContext, calls: Calls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._calls = context, calls
        self.standing = Standing(context.mirror)
        self.setAccessibleName(translate("frame", "State"))

    def paint_bar(self, painter: QPainter, shown: Theme) -> list[Cell]:
        """From the left: what is wrong; from the right: who watches and when it is."""
        pen = Pen(painter, shown, self.rect(), 0, self.width() < NARROW_WINDOW * shown.scale)
        figures = self.standing.figures(self._context.selection.site)
        cells = [
            *self._paint_site(pen),
            *self._paint_counts(pen, figures),
            *self._paint_quiet(pen, figures),
            self._paint_load(pen),
        ]
        end = self._paint_right(painter, shown, pen)
        cells += end
        painter.fillRect(0, self.height() - 1, self.width(), 1, shown.colour("line.strong"))
        return cells

    # ------------------------------------------------------------ left
    def _paint_site(self, pen: Pen) -> list[Cell]:
        shown, rail = pen.shown, pen.shown.size("rail")
        mark = glyphs.icon("state-collector", colour="accent.base", size="icon_l")
        glyphs.draw(pen.painter, mark, QRectF(0, 0, rail, pen.rect.height()))
        rule(pen.painter, shown, rail, pen.rect.height())
        pen.x = rail
        if pen.narrow and not self._context.selection.site:
            pen.skip("space.m")
            return [Cell(QRect(0, 0, rail, self.height()), self._site_name(), self._choose_site, self._site_name())]
        pen.skip("space.m")
        start = pen.x
        pen.text(self._site_name(), "body", "text.primary", weight="medium")
        pen.skip("space.s")
        pen.text("▾", "caption", "text.secondary")
        cell = QRect(start, 0, pen.x - start, self.height())
        pen.end_group()
        return [Cell(cell, self._site_name(), self._choose_site, translate("frame", "Show one site only"))]

    def _site_name(self) -> str:
        site = self._context.mirror.inventory.sites.get(self._context.selection.site)
        return words.site(site) if site else translate("frame", "All sites")

    def _choose_site(self) -> None:
        menu = QMenu(self)
        menu.addAction(translate("frame", "All sites")).setData("")
        for site in self._context.mirror.inventory.sites.values():
            menu.addAction(clean(site.title or site.name, 40).replace("&", "&&")).setData(site.name)
        picked = menu.exec(self.mapToGlobal(QPoint(self.cells[0].rect.left() if self.cells else 0, self.height())))
        menu.deleteLater()
        if picked is not None:
            self._context.selection.choose_site(str(picked.data()))
            self.stir()

    def _paint_counts(self, pen: Pen, figures: Figures) -> list[Cell]:
        cells = []
        for severity, (count, new) in figures.counts.items():
            start = pen.x
            colour = "text.primary" if count else "text.muted"
            glyph = glyphs.severity(severity, filled=bool(new) and severity.calls)
            side = pen.shown.size("glyph_m")
            pen.painter.setOpacity(1.0 if count else 0.6)
            glyphs.draw(pen.painter, glyph, QRectF(pen.x, 0, side, pen.rect.height()))
            pen.painter.setOpacity(1.0)
            pen.x += side + pen.shown.size("space.s")
            pen.text(str(count), "title", colour, weight="strong" if count else "regular")
            if new and severity.calls:
                pen.skip()
                pen.text(translate("frame", "{count} new").format(count=new), "caption", "text.secondary")
            cells.append(self._count_cell(severity, count, new, QRect(start, 0, pen.x - start, self.height())))
            pen.skip("space.l" if not pen.narrow else "space.m")
        pen.x -= pen.shown.size("space.m" if not pen.narrow else "space.s")
        pen.end_group()
        return cells

    def _count_cell(self, severity: Severity, count: int, new: int, rect: QRect) -> Cell:
        name = translate("frame", "{severity}: {count} open, {new} not acknowledged")
        spoken = name.format(severity=words.severity(severity), count=count, new=new)
        return Cell(rect, spoken, _emitter(self.severity_chosen.emit, severity.word), spoken)

    def _paint_quiet(self, pen: Pen, figures: Figures) -> list[Cell]:
        """What does not call, and is counted all the same: folded, on the shelf, in maintenance."""
        folded, shelved, maintained = figures.folded, figures.shelved, figures.maintained
        windows = sum(maintenance.counts(window, self._context.clock()) for window in self._context.mirror.maintenance)
        cells = [
            self._quiet(pen, "folded", str(folded), translate("frame", "folded"), ""),
            self._quiet(pen, "shelved", str(shelved), translate("frame", "shelved"), "mark-shelved"),
            self._quiet(pen, "maintenance", str(maintained), translate("frame", "maint."), "mark-maintenance"),
        ]
        tips = (
            (translate("frame", "{count} folded"), translate("frame", "Symptoms that hang off another alarm and do not call")),
            (translate("frame", "{count} shelved"), translate("frame", "Alarms that a person made silent, each with its end")),
            (
                translate("frame", "{count} in maintenance"),
                translate("frame", "Maintenance windows that run now: {count}").format(count=windows),
            ),
        )
        for cell, count, (name, tip) in zip(cells, (folded, shelved, maintained), tips, strict=True):
            cell.name, cell.tip = name.format(count=count), tip
        pen.x -= pen.shown.size("space.m")
        pen.end_group()
        return cells

    def _quiet(self, pen: Pen, kind: str, count: str, word: str, icon: str) -> Cell:
        start, some = pen.x, count != "0"
        if icon:
            side = pen.shown.size("icon_s")
            glyphs.draw(pen.painter, glyphs.icon(icon, size="icon_s"), QRectF(pen.x, 0, side, pen.rect.height()))
            pen.x += side + pen.shown.size("space.xs")
        pen.text(count, "body", "text.primary" if some else "text.muted", weight="strong" if some else "regular")
        if not (pen.narrow and icon):
            pen.skip("space.xs")
            pen.text(word, "caption" if pen.narrow else "body", "text.secondary" if some else "text.muted")
        cell = Cell(QRect(start, 0, pen.x - start, self.height()), word, _emitter(self.quiet_chosen.emit, kind))
        pen.skip("space.m")
        return cell

    def _paint_load(self, pen: Pen) -> Cell:
        load, start = self._calls.load(self._context.clock()), pen.x
        if not pen.narrow:
            pen.text(translate("frame", "Calls in 10 min"), "caption", "text.secondary")
            pen.skip()
        pen.text(str(load), "title", "text.primary", weight="strong")
        pen.skip()
        if self._context.mirror.load.flood:
            pen.text(translate("frame", "FLOOD"), "body", "severity.critical.text", weight="strong")
            pen.skip()
        pen.x = _load_bar(pen, load)
        text = translate("frame", "{count} calls in the last 10 minutes").format(count=load)
        cell = Cell(QRect(start, 0, pen.x - start, self.height()), text)
        cell.tip = translate("frame", "1 is right, 2 is the most that is manageable, above 10 is a flood")
        pen.end_group()
        return cell

    # ------------------------------------------------------------ right
    def _paint_right(self, painter: QPainter, shown: Theme, left: Pen) -> list[Cell]:
        x, cells = self.width(), []
        for paint in (self._paint_search, self._paint_who, self._paint_clocks, self._paint_collectors):
            cell, x = paint(painter, shown, x, left.narrow)
            if cell is not None and x > left.x - shown.size("space.l"):
                cells.append(cell)
        return cells[::-1]

    def _paint_search(self, painter: QPainter, shown: Theme, right: int, narrow: bool) -> tuple[Cell | None, int]:
        if narrow:
            return None, right
        painter.setFont(shown.font("caption"))
        cap = QFontMetrics(painter.font()).horizontalAdvance("Ctrl K") + shown.size("space.s")
        x = right - shown.size("space.m") - cap
        key_cap(painter, shown, x, self.rect(), "Ctrl K")
        icon = shown.size("icon_m")
        x -= icon + shown.size("space.xs")
        glyphs.draw(painter, glyphs.icon("act-search"), QRectF(x, 0, icon, self.height()))
        rect = QRect(x, 0, right - x, self.height())
        return Cell(rect, translate("frame", "Go to a device, place or alarm"), self.search_wanted.emit), x - shown.size(
            "space.s"
        )

    def _paint_who(self, painter: QPainter, shown: Theme, right: int, narrow: bool) -> tuple[Cell | None, int]:
        name = clean(self._context.who(), 40)
        text = name if not narrow or len(name) < 12 else name.split()[-1]
        painter.setFont(shown.font("body", weight="strong"))
        icon = shown.size("icon_m")
        width = QFontMetrics(painter.font()).horizontalAdvance(text) + icon + shown.size("space.s")
        x = right - shown.size("space.m") - width
        glyphs.draw(painter, glyphs.icon("act-take"), QRectF(x, 0, icon, self.height()))
        painter.setPen(shown.colour("text.primary"))
        text_at(painter, x + icon + shown.size("space.s"), self.rect(), text)
        cell = Cell(QRect(x, 0, width, self.height()), translate("frame", "Acting as {who}").format(who=name))
        cell.tip = cell.name
        x -= shown.size("space.m")
        rule(painter, shown, x, self.height())
        return cell, x

    def _zones(self, narrow: bool) -> list[tuple[str, str]]:
        sites = list(self._context.mirror.inventory.sites.values())
        chosen = self._context.selection.site
        sites.sort(key=lambda site: site.name != chosen)
        zones = {site.timezone: words.site(site) for site in sites[::-1]}
        first = [(site.timezone, words.site(site)) for site in sites[:1]]
        others = [(zone, title) for zone, title in reversed(zones.items()) if (zone, title) not in first and zone != "UTC"]
        return [*first, *([] if narrow else [o for o in others if o[0] != (first[0][0] if first else "")][:2]), ("UTC", "")]

    def _paint_clocks(self, painter: QPainter, shown: Theme, right: int, narrow: bool) -> tuple[Cell | None, int]:
        now, x = self._context.clock(), right
        spoken: list[str] = []
        for number, (zone, title) in reversed(list(enumerate(self._zones(narrow)))):
            label = f"{title} {words.zone_label(zone, now)}".strip()
            time = words.clock(now, zone, seconds=True)
            head, body = shown.font("caption"), shown.font("body", weight="strong" if number == 0 else "regular")
            width = max(QFontMetrics(head).horizontalAdvance(label), QFontMetrics(body).horizontalAdvance(time))
            x -= width + shown.size("space.m")
            _two_lines(painter, shown, x, self.height(), (label, head, "text.muted"), (time, body, "text.primary"))
            spoken.insert(0, f"{label} {time}")
        x -= shown.size("space.m")
        rule(painter, shown, x, self.height())
        return Cell(QRect(x, 0, right - x, self.height()), ", ".join(spoken)), x

    def _paint_collectors(self, painter: QPainter, shown: Theme, right: int, narrow: bool) -> tuple[Cell | None, int]:
        health = Health(self._context)
        head, body = shown.font("body", weight="strong"), shown.font("caption")
        first = health.short() if narrow and not health.broken() else health.title()
        second = health.share() if narrow else health.details()
        icon, gap = shown.size("icon_m"), shown.size("space.s")
        width = max(QFontMetrics(head).horizontalAdvance(first), QFontMetrics(body).horizontalAdvance(second))
        x = right - shown.size("space.m") - width
        rect = QRect(x - icon - gap - shown.size("space.m"), 0, right - x + icon + gap + shown.size("space.m"), self.height())
        if health.broken():
            painter.fillRect(rect, shown.severity(Severity.MAJOR, "wash"))
        glyphs.draw(painter, glyphs.icon("state-collector"), QRectF(x - icon - gap, 0, icon, self.height()))
        colour = "severity.major.text" if health.broken() else "text.primary"
        _two_lines(painter, shown, x, self.height(), (first, head, colour), (second, body, "text.secondary"))
        rule(painter, shown, rect.x(), self.height())
        return Cell(rect, f"{health.title()}, {health.details()}", None, health.tip()), rect.x()


class Health:
    """What the collectors' cell says."""

    def __init__(self, context: ViewContext) -> None:
        self._all = sorted(context.mirror.collectors.values(), key=lambda c: c.collector)
        self._now = context.clock()
        self._answering, self._asked = context.mirror.share_answering()
        self._dead = [c for c in self._all if not c.alive]

    def broken(self) -> bool:
        """Whether one of them is silent."""
        return bool(self._dead)

    def short(self) -> str:
        """How many of them live, of how many."""
        return f"{len(self._all) - len(self._dead)}/{len(self._all)}"

    def title(self) -> str:
        """The first line."""
        if self._dead:
            return f"{self.short()} {self._silence(self._dead[0])}"
        return translate("frame", "Collectors {count}").format(count=self.short())

    def _silence(self, dead: CollectorState) -> str:
        text = translate("frame", "{collector} silent {duration}")
        return text.format(collector=clean(dead.collector, 24), duration=words.duration(self._now - dead.last_beat))

    def share(self) -> str:
        """The share of devices that answer."""
        if not self._asked:
            return words.UNKNOWN
        return words.share(self._answering / self._asked, 0 if self._answering == self._asked else 1)

    def details(self) -> str:
        """The second line."""
        if not self._asked:
            return translate("frame", "nothing asked yet")
        behind = sum(c.behind_seconds > 0 for c in self._all)
        return translate("frame", "{share} answer · {late} late").format(share=self.share(), late=behind)

    def tip(self) -> str:
        """What each of them did, line by line."""
        lines = [translate("frame", "{n} of {m} devices answer").format(n=self._answering, m=self._asked)]
        for c in self._all:
            lines += [_polled(c)] if c.traps is None else _received(clean(c.collector, 40), c.traps)
        return "\n".join(lines)


def _polled(c: CollectorState) -> str:
    line = translate("frame", "{collector}: {devices} devices, {polls} polls, {failed} failed, {late} late, {behind} behind")
    behind, name = words.number(c.behind_seconds) + NARROW + "s", clean(c.collector, 40)
    return line.format(collector=name, devices=c.devices, polls=c.polls, failed=c.failed, late=c.late, behind=behind)


def _received(name: str, traps: TrapCounts) -> list[str]:
    """What came unasked; of what nobody described or nobody knows the most frequent."""
    line = translate("frame", "{collector}: {received} received on port {port}, {refused} refused, {malformed} malformed")
    lines = [
        line.format(collector=name, received=traps.received, port=traps.port, refused=traps.refused, malformed=traps.malformed)
    ]
    for title, counts in (
        (translate("frame", "No profile describes"), traps.undescribed),
        (translate("frame", "From unknown addresses"), traps.unknown_senders),
    ):
        if counts:
            most = ", ".join(f"{clean(what, 60)} × {count}" for what, count in counts[:MOST_NAMED])
            lines.append(f"{title}: {most}" + (" …" if len(counts) > MOST_NAMED else ""))
    return lines


Line = tuple[str, QFont, str]


def _two_lines(painter: QPainter, shown: Theme, x: int, height: int, first: Line, second: Line) -> None:
    half = shown.line("caption")
    top = (height - 2 * half) // 2
    for row, (text, font, colour) in enumerate((first, second)):
        painter.setFont(font)
        painter.setPen(shown.colour(colour))
        text_at(painter, x, QRect(x, top + row * half, 0, half), text)


def _load_bar(pen: Pen, load: int) -> int:
    """A logarithmic bar from 0.5 to 20 calls with marks at 1, 2, 10; gives the x behind it."""
    shown, width = pen.shown, round(80 * pen.shown.scale)
    top, height = pen.rect.height() // 2 - shown.size("space.s"), shown.size("space.s")
    box = QRect(pen.x, top, width, height)
    pen.painter.fillRect(box, shown.colour("surface.sunken"))
    filled = round(width * _load_share(load))
    pen.painter.fillRect(QRect(pen.x, top, filled, height), shown.colour(_load_colour(load)))
    pen.painter.setPen(shown.pen("line.control"))
    pen.painter.setBrush(Qt.BrushStyle.NoBrush)
    pen.painter.drawRect(box)
    pen.painter.setFont(shown.font("caption"))
    for mark in _LOAD_MARKS:
        x = pen.x + round(width * _load_share(mark))
        pen.painter.setPen(QColor(shown.colour("text.primary")))
        pen.painter.drawLine(x, top - 2, x, top + height + 2)
        pen.painter.setPen(shown.colour("text.muted"))
        line = QRect(x - 10, top + height + 2, 20, shown.size("space.m"))
        pen.painter.drawText(line, Qt.AlignmentFlag.AlignCenter, str(mark))
    return pen.x + width


def _load_share(load: float) -> float:
    return min(max(log10(load / 0.5) / log10(_LOAD_MOST / 0.5), 0.0), 1.0) if load > 0 else 0.0


def _load_colour(load: int) -> str:
    return "severity.critical.fill" if load > 10 else "accent.base"


def _emitter(emit: Callable[[str], None], word: str) -> Callable[[], None]:
    return lambda: emit(word)
