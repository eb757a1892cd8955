"""Thermal: where the heat goes, and how long there is."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from noc_console.mirror import Mirror, Touched
from noc_console.model.alarm import Alarm
from widgets import theme, words
from widgets.canvas import heat_grid
from widgets.canvas.curve_source import RANGES, CurveSource
from widgets.canvas.heat_grid import MEASURES
from widgets.canvas.heat_map import HeatLegend, HeatMap
from widgets.canvas.map_bar import keyed_action
from widgets.canvas.readings import gpu_components
from widgets.canvas.state_line import StateLine
from widgets.canvas.thermal_facts import Findings, HeatFacts
from widgets.canvas.thermal_panels import Key, Panel, panels
from widgets.canvas.thermal_parts import PanelStack, Sentence, choices, plain_label, side_of
from widgets.slices import Slices
from widgets.view import View, ViewContext, ViewDeclaration
from widgets.words import translate

HEAT_MARGIN = 60
TURNS = 3
"""Seconds in which every server is looked at for its age; what changes is taken at once."""
SERVERS = 50
"""Servers that are taken in one turn of the window."""
CLEARLY = 1.0
"""A curve that is higher than the chosen one by more (°C) becomes the chosen one where no device was chosen in the group."""
SIDE_BY_SIDE = 720
"""Width from which curves and heat map stand side by side."""


class ThermalView(View):
    """The sentence, the curves of a chosen group, the heat map of all GPUs."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(translate("thermal", "Thermal"))
        self.source = CurveSource(context, self)
        self.sentence = Sentence(self)
        self.line = StateLine(self)
        self.curves = PanelStack(self.source, self)
        self.heat = HeatMap(self)
        self.legend = HeatLegend(self)
        self.facts = HeatFacts()
        self.findings = Findings()
        self.focus = ""
        self.span = float(str(context.settings.value("thermal/range", RANGES[0])))
        self._measure = self._turn = 0
        self._taking = Slices[str](self._take, self._taken, self, most=SERVERS)
        self._changed: set[str] = set()
        self._fleet: object = None
        self._grown = self._complete = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(theme.current().size("splitter"))
        self.splitter.addWidget(self._curve_side())
        self.splitter.addWidget(self._heat_side())
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sentence)
        column.addWidget(self.line)
        column.addWidget(self.splitter, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.heat)
        self.heat.setFocus()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _curve_side(self) -> QWidget:
        side = QWidget(self)
        self.ranges = choices(side, [translate("thermal", "30 min"), translate("thermal", "2 h"), translate("thermal", "24 h")])
        self.group_title = plain_label(side, "body", "strong")
        self.shorter = keyed_action(self, translate("thermal", "Shorter range"), "[")
        self.longer = keyed_action(self, translate("thermal", "Longer range"), "]")
        return side_of(side, self.group_title, self.ranges, self.curves)

    def _heat_side(self) -> QWidget:
        side = QWidget(self)
        self.measures = choices(side, ["°C", "W", "%"])
        names = (translate("thermal", "temperature"), translate("thermal", "power"), translate("thermal", "utilisation"))
        for button, name in zip(self.measures.buttons(), names, strict=True):
            button.setToolTip(f"{name} (B)")
            button.setAccessibleName(name)
        self.heat_title = plain_label(side, "body", "strong")
        self.heat_by = keyed_action(self, translate("thermal", "Heat map by the next measure"), "B")
        self.heat_area = area = QScrollArea(side)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.heat)
        return side_of(side, self.heat_title, self.measures, area, self.legend)

    def _connect(self) -> None:
        selection = self.context.selection
        selection.device_changed.connect(self._show_chosen)
        selection.site_changed.connect(self._show_site)
        self.heat.chosen.connect(selection.choose_device)
        self.heat.opened.connect(self._open)
        self.curves.picked.connect(selection.choose_device)
        self.ranges.idClicked.connect(self._set_range)
        self.measures.idClicked.connect(self._set_measure)
        self.shorter.triggered.connect(lambda: self._set_range(RANGES.index(self.span) - 1))
        self.longer.triggered.connect(lambda: self._set_range(RANGES.index(self.span) + 1))
        self.heat_by.triggered.connect(lambda: self._set_measure((self._measure + 1) % len(MEASURES)))
        self.source.changed.connect(self._draw)
        self._set_range(min(range(len(RANGES)), key=lambda n: abs(RANGES[n] - self.span)))
        self._set_measure(0)
        self._restart()

    # ---- what is shown

    def refresh(self, touched: Touched) -> None:
        """Take the servers that changed; curves and sentence follow once a second."""
        mirror = self.context.mirror
        if touched.everything or self._fleet is not mirror.inventory:
            self._restart()
        alarmed = {mirror.alarms[i].device or "" for i in touched.alarms if i in mirror.alarms}
        names = (touched.devices | alarmed) & self.facts.devices.keys()
        if names:
            self._taking.add(names)
        if not self.sentence.what.text():
            self.tick(self.context.clock())

    def _restart(self) -> None:
        """All servers are to be taken anew."""
        self._fleet, self._complete = self.context.mirror.inventory, False
        self.facts.restart(self.context.mirror, self.context.selection.site)
        self._taking.clear()
        self._build_grid(keep=False)

    def tick(self, now: float) -> None:
        """The sentence and the curves, once a second."""
        mirror = self.context.mirror
        self._turn = (self._turn + 1) % TURNS
        self._taking.add(self.facts.grown_old(mirror, list(self.facts.devices)[self._turn :: TURNS], now))
        if self._grown:
            self._build_grid()
        if self._complete:
            self.findings = self.facts.findings(mirror)
            self.sentence.tell(self.findings, mirror)
        self._settle_focus()
        self.line.tell(mirror, self._zone())
        self._draw()

    def _take(self, names: set[str]) -> None:
        mirror, now, grid = self.context.mirror, self.context.clock(), self.heat.grid
        for name in names:
            gpus = gpu_components(mirror, name)
            self.facts.take(mirror, name, now)
            if gpus and not (name in grid.row_of and grid.has_room(gpus)):
                self._grown = True
            elif grid.take(mirror, name, gpus, MEASURES[self._measure].metric, now):
                self._changed.add(name)

    def _taken(self) -> None:
        """All that waited is taken: paint it. More rows are made once a second, so that a fleet that comes up costs little."""
        changed, self._changed = self._changed, set()
        if self._grown and (not self._complete or not self.heat.grid.devices):
            self._build_grid()
        elif changed:
            self.heat.touch_rows(changed)
        if not self._complete:
            self._complete = True
            self.tick(self.context.clock())

    def _build_grid(self, *, keep: bool = True) -> None:
        """Other rows or columns; `keep` what is known of the others."""
        measure, before = MEASURES[self._measure], self.heat.grid
        title = translate("thermal", "{site} · row {row}")
        grid = heat_grid.build(self.context.mirror, self.facts.devices.values(), title)
        self._grown, self._changed = False, set()
        keep = keep and len(grid.components) == len(before.components)
        if keep:
            grid.keep(before)
        self.heat.show_grid(grid, measure)
        self.legend.show_measure(measure)
        text = translate("thermal", "GPU {unit} · {count} servers")
        self.heat_title.setText(text.format(unit=measure.unit, count=len(grid.devices)))
        self.heat.select(self.context.selection.device, self.context.selection.component)
        self._taking.add(grid.row_of.keys() - before.row_of.keys() if keep else self.facts.devices)

    def _settle_focus(self) -> None:
        """The chosen device, else the hottest of what warms or is over a limit; it stays until something new warms."""
        chosen = self.context.selection.device
        known = {inlet.device for inlet in self.findings.inlets}
        focus, made = chosen, panels(self.context.mirror, chosen, self.context.selection.component) if chosen else []
        if not made:
            focus = _worst(self.findings) if self.focus not in known or _is_news(self.findings, self.focus) else self.focus
            made = panels(self.context.mirror, focus, self.context.selection.component)
        if (
            focus != self.focus
            or _keys(made) != _keys(self.curves.panels)
            or _is_overtaken(self.context.mirror, self.curves.panels, made)
        ):
            self._show_focus(focus)

    def _show_focus(self, focus: str) -> None:
        self.focus = focus
        self.curves.show_panels(panels(self.context.mirror, focus, self.context.selection.component))
        zone = words.zone_label(self._zone(), self.context.clock())
        text = translate("thermal", "{name} · times in {zone}") if focus else ""
        self.group_title.setText(text.format(name=focus, zone=zone))

    @Slot()
    def _draw(self) -> None:
        now = self.context.clock()
        self.source.reach_back(self.curves.keys(), now - self.span)
        self.curves.draw(now - self.span, now, self._zone())

    def _zone(self) -> str:
        device = self.context.mirror.inventory.timezone_of(self.focus)
        site = self.context.mirror.inventory.sites.get(self.context.selection.site)
        return site.timezone if site else device

    # ---- what a person does

    def _set_range(self, number: int) -> None:
        number = min(max(number, 0), len(RANGES) - 1)
        self.span = RANGES[number]
        self.context.settings.setValue("thermal/range", self.span)
        self.ranges.button(number).setChecked(True)
        self._draw()

    def _set_measure(self, number: int) -> None:
        self._measure = number
        self.measures.button(number).setChecked(True)
        self._build_grid(keep=False)

    @Slot(str)
    def _show_chosen(self, device: str) -> None:
        self.heat.select(device, self.context.selection.component)
        self._bring_to_sight(device)
        if self.isVisible():
            self._settle_focus()
            self._show_focus(self.focus)
            self._draw()

    def _bring_to_sight(self, device: str) -> None:
        """Scroll the heat map to the row of a device, where it has one."""
        row = self.heat.grid.row_of.get(device)
        if row is not None:
            place = self.heat.cell(row, 0)
            self.heat_area.ensureVisible(0, place.center().y(), 0, place.height())

    @Slot()
    def _show_site(self) -> None:
        self._restart()

    @Slot(str, str)
    def _open(self, device: str, component: str) -> None:
        self.context.selection.choose_device(device, component)
        self.context.open_view("device")

    # ---- for the window

    def hints(self) -> list[tuple[str, str]]:
        """Keys of this view."""
        return [
            ("←→", translate("thermal", "Cursor")) if self.curves.hasFocus() else ("←↑↓→", translate("thermal", "Cell")),
            ("[ ]", translate("thermal", "Range")),
            ("B", translate("thermal", "Heat by")),
            ("Enter", translate("thermal", "Open device")),
        ]

    def shown_alarms(self) -> list[Alarm]:
        """Open alarms of the servers and coolers shown."""
        mirror = self.context.mirror
        shown = [device for panel in self.curves.panels for device, _, _ in panel.keys]
        names = dict.fromkeys([*self.heat.grid.devices, *shown])
        return [mirror.alarms[i] for name in names for i in sorted(mirror.open_by_device.get(name, ()))]

    def title_note(self) -> str:
        """The group that is shown, and whether older values are being read."""
        if self.source.is_reading:
            return translate("thermal", "{name} · reading…").format(name=self.focus)
        if self.source.error:
            return translate("thermal", "older values could not be read: {why}").format(why=self.source.error)
        return self.focus

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else below each other."""
        wide = self.width() >= SIDE_BY_SIDE
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        if wide and event.size().width() != event.oldSize().width():
            heat = min(self.heat.sizeHint().width() + HEAT_MARGIN, self.width() // 2)
            self.splitter.setSizes([self.width() - heat, heat])


def _worst(findings: Findings) -> str:
    """The hottest of what warms, or of all."""
    group = set(findings.warming[0].devices) if findings.warming else set()
    candidates = [i for i in findings.fresh if not group or i.device in group] or findings.inlets
    return max(candidates, key=lambda i: i.value).device if candidates else ""


def _is_news(findings: Findings, focus: str) -> bool:
    """Whether something warms that the shown device is no part of."""
    return bool(findings.warming) and focus not in findings.warming[0].devices


def _is_overtaken(mirror: Mirror, shown: list[Panel], made: list[Panel]) -> bool:
    """Whether another curve of the first panel would be the chosen one now, and clearly so."""
    if not all(panels and panels[0].keys for panels in (shown, made)):
        return False
    now, first = (mirror.value(*panels[0].keys[0]) for panels in (shown, made))
    return first is not None and now is not None and first[0] - now[0] > CLEARLY


def _keys(made: list[Panel]) -> list[set[Key]]:
    """What panels show, whichever is chosen among it: devices that answer for the first time add to it."""
    return [set(panel.keys) for panel in made]


DECLARATION = ViewDeclaration(
    identifier="thermal",
    title=lambda: translate("thermal", "Thermal"),
    icon="view-thermal",
    order=3,
    factory=ThermalView,
)
