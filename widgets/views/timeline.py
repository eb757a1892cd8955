"""Timeline: what happened, in which order, who did what."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from noc_console.mirror import Touched
from noc_console.model.alarm import Alarm, Entry
from noc_console.model.fleet import Inventory
from widgets import alarm_words, glyphs, theme, words
from widgets.canvas import timeline_lanes
from widgets.canvas.map_bar import keyed_action
from widgets.canvas.state_line import StateLine
from widgets.canvas.thermal_parts import choices, plain_label
from widgets.canvas.timeline_canvas import TimelineCanvas
from widgets.canvas.timeline_lanes import Bar
from widgets.past import PastReader
from widgets.view import View, ViewContext, ViewDeclaration
from widgets.words import translate

RANGES = (1800.0, 7200.0, 86400.0, 7 * 86400.0)
IN_MEMORY = 86400.0
"""The mirror knows the alarms of the last 24 hours; what ended before is read from the store."""
SLACK = 300.0


class TimelineView(View):
    """The canvas, its filter and ranges, and what is read of the past."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(translate("timeline", "Timeline"))
        self.canvas = TimelineCanvas(context.clock, self._facts, self)
        self.filter = QLineEdit(self)
        self.fact = plain_label(self)
        self.line = StateLine(self)
        self.error = ""
        self._past: dict[int, Alarm] = {}
        self._past_entries: dict[int, list[Entry]] = {}
        self._read: tuple[float, float] = (float("inf"), 0.0)
        self._reader = PastReader(self)
        self._hidden = 0
        self._filled = 0.0
        self._build()
        self._connect()
        self._fill()

    def _build(self) -> None:
        shown = theme.current()
        self.canvas.setAccessibleName(translate("timeline", "Alarms over time"))
        self.filter.setPlaceholderText(translate("timeline", "Filter: name, text, owner"))
        self.filter.setAccessibleName(translate("timeline", "Filter of the timeline"))
        self.filter.setClearButtonEnabled(True)
        self.filter.addAction(glyphs.qicon("act-filter"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the timeline comes first; `/` goes here
        self.filter.setMaximumWidth(shown.size("rail") * 4)
        self.filter.setMinimumHeight(shown.size("field"))
        spans = [translate("timeline", "30 min"), translate("timeline", "2 h"), translate("timeline", "24 h")]
        self.ranges = choices(self, [*spans, translate("timeline", "7 d")])
        self.shorter = keyed_action(self, translate("timeline", "Shorter range"), "[")
        self.longer = keyed_action(self, translate("timeline", "Longer range"), "]")
        bar = QHBoxLayout()
        bar.setContentsMargins(shown.size("space.m"), shown.size("space.s"), shown.size("space.m"), shown.size("space.s"))
        bar.setSpacing(shown.size("space.s"))
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.fact, 2)
        for button in self.ranges.buttons():
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.line)
        column.addWidget(self.canvas, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.canvas)
        self.canvas.setFocus()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        selection = self.context.selection
        selection.alarm_changed.connect(self.canvas.select)
        selection.site_changed.connect(self._fill)
        self.canvas.chosen.connect(self._choose)
        self.canvas.opened.connect(self._open)
        self.canvas.moved.connect(self._moved)
        self.canvas.cursor_moved.connect(self._tell)
        self.filter.textChanged.connect(self._fill)
        self.ranges.idClicked.connect(self._set_range)
        self.shorter.triggered.connect(lambda: self._step(-1))
        self.longer.triggered.connect(lambda: self._step(1))
        self._reader.found.connect(self._take_past)
        self._reader.failed.connect(self._fail)
        self._reader.busy_changed.connect(self._tell)
        kept = float(str(self.context.settings.value("timeline/range", RANGES[1])))
        self.canvas.show_length(min(RANGES, key=lambda r: abs(r - kept)))

    # ---- what is shown

    def _alarms(self) -> list[Alarm]:
        """Alarms of memory and past, of the chosen site, that the filter lets through."""
        known = {**self._past, **self.context.mirror.alarms}
        site, wanted = self.context.selection.site, self.filter.text().strip().lower()
        start, end = self.canvas.window_of()
        mine = [a for a in known.values() if a.raised <= end and (a.cleared is None or a.cleared >= start)]
        mine = [a for a in mine if not site or a.site == site]
        entries, inventory = self._entries(), self.context.mirror.inventory
        shown = [a for a in mine if not wanted or all(w in _searched(a, entries, inventory) for w in wanted.split())]
        self._hidden = len(mine) - len(shown)
        return shown

    def _entries(self) -> dict[int, list[Entry]]:
        return {**self._past_entries, **self.context.mirror.entries}

    @Slot()
    def _fill(self) -> None:
        start, end = self.canvas.window_of()
        now = self._filled = self.context.clock()
        gap = int((end - start) * 0.04)
        timeline = timeline_lanes.build(self._alarms(), self._entries(), start, end, now, gap)
        self.canvas.show_timeline(timeline, self._zone())
        self._tell()

    def refresh(self, touched: Touched) -> None:
        """Fill anew when an alarm was touched."""
        if touched.alarms or touched.everything:
            self._fill()

    def tick(self, now: float) -> None:
        """Bars grow, by a pixel at a time."""
        self.line.tell(self.context.mirror, self._zone())
        pixel = self.canvas.span.length / max(self.canvas.width(), 1)
        if self.canvas.span.end is None and now - self._filled >= pixel:
            self._fill()
        self._reach_back()

    def _zone(self) -> str:
        sites = self.context.mirror.inventory.sites
        chosen = sites.get(self.context.selection.site) or next(iter(sites.values()), None)
        return chosen.timezone if chosen else "UTC"

    @Slot()
    def _tell(self) -> None:
        """What stood at the cursor, or why nothing is drawn."""
        zone = self._zone()
        if self.canvas.cursor_time:
            count, calls = timeline_lanes.standing(self._alarms(), self.canvas.cursor_time)
            text = translate("timeline", "{time}: {count} stood, {calls} of them call")
            at = words.clock(self.canvas.cursor_time, zone, seconds=True)
            self.fact.setText(text.format(time=at, count=count, calls=calls))
        elif self.error:
            self.fact.setText(translate("timeline", "The past could not be read: {why}").format(why=self.error))
        elif not self.canvas.timeline.lanes:
            self.fact.setText(self._nothing(zone))
        else:
            hidden = translate("timeline", "{count} hidden by the filter").format(count=self._hidden)
            self.fact.setText(hidden if self._hidden else "")

    def _nothing(self, zone: str) -> str:
        last = max(self.context.mirror.alarms.values(), key=lambda a: a.raised, default=None)
        if self._hidden:
            return translate("timeline", "{count} hidden by the filter").format(count=self._hidden)
        if last is None:
            return translate("timeline", "No alarm in this range.")
        text = translate("timeline", "No alarm in this range. The last was {time} ({where}).")
        where = " ".join(alarm_words.where(last)).strip()
        return text.format(time=words.moment(last.raised, zone, self.context.clock()), where=where)

    # ---- the past

    def _reach_back(self) -> None:
        """Read what the mirror lacks of the range that is shown."""
        start, end = self.canvas.window_of()
        if start >= self.context.clock() - IN_MEMORY or self._reader.is_busy:
            return
        if start < self._read[0] - SLACK or end > self._read[1] + IN_MEMORY:
            self._reader.ask((start, end), partial(self._read_past, start, end))

    def _read_past(self, start: float, end: float) -> tuple[list[Alarm], list[Entry]]:
        """In the worker."""
        return self.context.history.alarms(start, end), self.context.history.entries(start - IN_MEMORY, end)

    @Slot(object, object)
    def _take_past(self, key: tuple[float, float], answer: tuple[list[Alarm], list[Entry]]) -> None:
        self._read, self.error = key, ""
        self._past = {alarm.id: alarm for alarm in answer[0]}
        self._past_entries = {}
        for entry in answer[1]:
            self._past_entries.setdefault(entry.alarm, []).append(entry)
        self._fill()

    @Slot(object, str)
    def _fail(self, key: tuple[float, float], error: str) -> None:
        self._read, self.error = key, error
        self._tell()

    # ---- what a person does

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.context.selection.choose_alarm(number)
        alarm = self.context.mirror.alarms.get(number) or self._past.get(number)
        if alarm is not None and alarm.device:
            self.context.selection.choose_device(alarm.device, alarm.component)

    @Slot(int)
    def _open(self, number: int) -> None:
        self._choose(number)
        self.context.open_view("device")

    @Slot()
    def _moved(self) -> None:
        length = self.canvas.span.length
        for number, button in enumerate(self.ranges.buttons()):
            self.ranges.setExclusive(False)
            button.setChecked(abs(RANGES[number] - length) < 1)
        self._reach_back()
        self._fill()

    def _set_range(self, number: int) -> None:
        self.context.settings.setValue("timeline/range", RANGES[number])
        self.canvas.show_length(RANGES[number])

    def _step(self, step: int) -> None:
        length = self.canvas.span.length
        longer = [n for n, r in enumerate(RANGES) if (r > length * 1.01 if step > 0 else r < length * 0.99)]
        if longer:
            self._set_range(longer[0] if step > 0 else longer[-1])

    def _facts(self, bar: Bar) -> str:
        zone, now, alarm = self._zone(), self.context.clock(), bar.alarm
        until = words.moment(bar.end, zone, now, seconds=True) if bar.end is not None else translate("timeline", "now")
        length = words.duration((bar.end if bar.end is not None else now) - bar.start)
        lines = [
            " ".join(alarm_words.where(alarm)) + f": {alarm_words.what(alarm)}",
            f"{words.moment(bar.start, zone, now, seconds=True)} – {until}, {length}",
            alarm_words.state(alarm),
        ]
        return "\n".join(line for line in lines if line)

    # ---- for the window

    def focus_filter(self) -> None:
        """The filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def hints(self) -> list[tuple[str, str]]:
        """Keys of the timeline."""
        return [
            ("←→", translate("timeline", "Cursor")),
            ("⇧←→", translate("timeline", "Pan")),
            ("↑↓", translate("timeline", "Alarm")),
            ("+ − 0", translate("timeline", "Zoom, now")),
            ("[ ]", translate("timeline", "Range")),
            ("Enter", translate("timeline", "Open device")),
        ]

    def shown_alarms(self) -> list[Alarm]:
        """Alarms that are drawn as bars."""
        return [bar.alarm for _, bar in self.canvas.timeline.bars()]

    def title_note(self) -> str:
        """The range, how many alarms, whether the past is being read."""
        length = words.duration(self.canvas.span.length)
        count = sum(len(lane.bars) for lane in self.canvas.timeline.lanes)
        text = translate("timeline", "{range}, {count} alarms").format(range=length, count=count)
        return text + translate("timeline", " · reading…") if self._reader.is_busy else text


def _searched(alarm: Alarm, entries: Mapping[int, list[Entry]], inventory: Inventory) -> str:
    """What the filter looks into, lower case."""
    who = {entry.who for entry in entries.get(alarm.id, ())}
    texts = [*alarm_words.where(alarm), alarm_words.what(alarm), alarm_words.place(alarm, inventory)]
    return " ".join([*texts, alarm.note, words.severity(alarm.severity), alarm.type, *who]).lower()


DECLARATION = ViewDeclaration(
    identifier="timeline",
    title=lambda: translate("timeline", "Timeline"),
    icon="view-incidents",
    order=4,
    factory=TimelineView,
)
