"""Map: where it is and what hangs together."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from noc_console.mirror import Mirror, Touched
from noc_console.model.alarm import Alarm
from widgets import theme
from widgets.canvas import device_words, map_places
from widgets.canvas.device_tree import DeviceTree, groups_of
from widgets.canvas.map_bar import MapBar, keyed_action
from widgets.canvas.map_canvas import MapCanvas
from widgets.canvas.map_legend import LegendWords
from widgets.canvas.map_state import MapState
from widgets.canvas.map_taking import MapTaking
from widgets.canvas.place import show_place
from widgets.canvas.state_line import StateLine
from widgets.canvas.tier_layout import Band, arrange
from widgets.view import View, ViewContext, ViewDeclaration
from widgets.words import translate


class MapView(View):
    """The canvas with its search, the same as a list, and the choices that both share."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(translate("map", "Map"))
        self.canvas = MapCanvas(partial(_facts, context), _legend, self)
        self.canvas.setAccessibleName(translate("map", "Map of the devices. V shows it as a list"))
        self.taking = MapTaking(context, self.canvas)
        self.tree = DeviceTree(self)
        self.bar = MapBar(self._matching, lambda: self.context.selection.device, self)
        self.line = StateLine(self)
        self._inventory: object = None
        self._was_empty = False
        self._build()
        self._connect()
        self._arrange()

    def _build(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.tree)
        self.placing = keyed_action(self, translate("map", "Place by hand"), "E", "act-pin")
        self.listed = keyed_action(self, translate("map", "As a list"), "V", "act-layers")
        self.fitting = keyed_action(self, translate("map", "Show everything"), "", "act-fit")
        self.anew = keyed_action(self, translate("map", "Arrange anew, forget places"), "", "act-undo")
        for action in (self.placing, self.listed):
            action.setCheckable(True)
        for action in (self.placing, self.listed, self.fitting):
            self.bar.add(action)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.line):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.canvas)
        self.canvas.setFocus()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        selection = self.context.selection
        selection.device_changed.connect(self._show_chosen)
        selection.site_changed.connect(self._show_site)
        selection.place_changed.connect(self._show_place)
        theme.source().changed.connect(self.canvas.repaint_layers)
        for part in (self.canvas, self.tree):
            part.chosen.connect(selection.choose_device)
            part.opened.connect(self._open)
        self.canvas.moved.connect(self._keep_places)
        self.bar.found.connect(self._find)
        self.placing.toggled.connect(self._set_placing)
        self.listed.toggled.connect(self._set_listed)
        self.fitting.triggered.connect(self.canvas.fit)
        self.anew.triggered.connect(self._arrange_anew)

    # ---- what is shown

    def _arrange(self) -> None:
        """Lay the fleet out: what was somewhere stays there."""
        inventory = self.context.mirror.inventory
        self._inventory = inventory
        places, pinned = map_places.load(self.context.settings, inventory)
        arrangement = arrange(inventory, places)
        state = MapState(arrangement)
        state.take_all(self.context.mirror, self.context.clock())
        self.canvas.pinned = pinned & set(arrangement.names)
        self.canvas.names = self._band_names(arrangement.bands)
        self.canvas.site = self.context.selection.site
        self.canvas.show_state(state, [inventory.devices[name].role for name in arrangement.names])
        self.canvas.select(self.context.selection.device)
        self.canvas.fit()
        if arrangement.names:
            map_places.store(self.context.settings, arrangement, self.canvas.pinned, {*arrangement.site_of})
        self._fill_tree()
        self._say()

    def _band_names(self, bands: list[Band]) -> dict[tuple[str, str], str]:
        sites = self.context.mirror.inventory.sites
        names: dict[tuple[str, str], str] = {}
        for kind, name in ((band.kind, band.name) for band in bands):
            if kind == "row":
                names[kind, name] = translate("map", "row {name}").format(name=name) if name else ""
            elif kind == "site":
                names[kind, name] = sites[name].title or name if name in sites else translate("map", "No site")
            elif kind == "tier":
                names[kind, name] = device_words.tier(name)
        return names

    def refresh(self, touched: Touched) -> None:
        """Take what changed into the arrays, and paint the layers that it shows in."""
        mirror, now = self.context.mirror, self.context.clock()
        if mirror.inventory is not self._inventory and mirror.inventory != self._inventory:
            self._arrange()
            return
        state = self.canvas.state
        if touched.everything:
            self.taking.clear()
            state.take_all(mirror, now)
            self.canvas.repaint_layers()
            self._fill_tree()
            self._say()
            return
        names = self.taking.take(touched)
        if self.listed.isChecked():
            for name in names:
                self.tree.tell(name, device_words.status(mirror, name, now))
        if touched.alarms or touched.collectors:
            self._say()

    def tick(self, now: float) -> None:
        """Values grow old."""
        mirror = self.context.mirror
        self.taking.add(self.canvas.state.grown_old(mirror, now))
        if self.listed.isChecked():
            for name in self.canvas.state.arrangement.names:
                self.tree.tell(name, device_words.status(mirror, name, now))

    def _say(self) -> None:
        mirror = self.context.mirror
        zones = [site.timezone for site in mirror.inventory.sites.values()]
        self.line.tell(mirror, zones[0] if zones else "UTC")
        empty = translate("map", "No devices: the inventory is empty.")
        if not mirror.inventory.devices:
            self.bar.say(empty if mirror.time else translate("map", "Nothing has been read yet"))
        elif self._was_empty:
            self.bar.say("")
        self._was_empty = not mirror.inventory.devices

    def _fill_tree(self) -> None:
        mirror, now = self.context.mirror, self.context.clock()
        groups = groups_of(
            self.canvas.state.arrangement, self._words_of_site, partial(_group, mirror), self.context.selection.site
        )
        self.tree.fill(groups, lambda name: device_words.status(mirror, name, now))
        self.tree.select(self.context.selection.device)

    def _words_of_site(self, site: str) -> str:
        return self.canvas.names.get(("site", site), site)

    # ---- what a person does

    @Slot(str)
    def _open(self, name: str) -> None:
        self.context.selection.choose_device(name)
        self.context.open_view("device")

    @Slot(str)
    def _show_chosen(self, name: str) -> None:
        self.canvas.select(name)
        self.canvas.bring_into_view(name)
        self.tree.select(name)

    @Slot(object)
    def _show_place(self, devices: object) -> None:
        if isinstance(devices, tuple):
            show_place(self.canvas, devices)

    @Slot(str)
    def _show_site(self, site: str) -> None:
        self.canvas.site = site
        self.canvas.repaint_layers()
        self.canvas.fit()
        self._fill_tree()

    @Slot(bool)
    def _set_placing(self, on: bool) -> None:
        self.canvas.placing = on
        self.bar.say(translate("map", "Drag devices, or move the chosen one with the arrows. E ends it.") if on else "")
        self.canvas.setFocus()

    @Slot(bool)
    def _set_listed(self, on: bool) -> None:
        self._fill_tree()
        part = self.tree if on else self.canvas
        self.stack.setCurrentWidget(part)
        self.setFocusProxy(part)
        part.setFocus()

    @Slot()
    def _keep_places(self) -> None:
        arrangement = self.canvas.state.arrangement
        map_places.store(self.context.settings, arrangement, self.canvas.pinned, {*arrangement.site_of})

    @Slot()
    def _arrange_anew(self) -> None:
        map_places.forget(self.context.settings, (*self.context.mirror.inventory.sites, ""))
        self._arrange()

    def _matching(self, wanted: str) -> tuple[list[str], int]:
        mirror = self.context.mirror
        return device_words.matching(mirror, wanted) if wanted else [], len(mirror.inventory.devices)

    @Slot(str)
    def _find(self, name: str) -> None:
        self.canvas.fly_to(name)
        self.context.selection.choose_device(name)

    # ---- for the window

    def focus_filter(self) -> None:
        """The search."""
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def hints(self) -> list[tuple[str, str]]:
        """Keys of the map."""
        return [
            ("←↑↓→", translate("map", "Move device") if self.canvas.placing else translate("map", "Pan")),
            ("+ − 0", translate("map", "Zoom, fit")),
            ("Tab", translate("map", "Next alarm")),
            ("⇧←↑↓→", translate("map", "Along a link")),
            ("Enter", translate("map", "Open device")),
            ("/", translate("map", "Search")),
            ("E", translate("map", "Place by hand")),
            ("V", translate("map", "As a list")),
        ]

    def shown_alarms(self) -> list[Alarm]:
        """The worst open alarm of each device whose glyph is drawn."""
        mirror = self.context.mirror
        worst = [mirror.worst(name) for name in self.canvas.state.by_rank(self.context.selection.site)]
        return [alarm for alarm in worst if alarm is not None]

    def title_note(self) -> str:
        """`Hanoi · 72 devices, 3 with an alarm`."""
        site = self.context.selection.site
        sites = self.canvas.state.arrangement.site_of
        count = sum(not site or of == site for of in sites)
        text = translate("map", "{count} devices, {alarmed} with an alarm").format(
            count=count, alarmed=len(self.canvas.state.by_rank(self.context.selection.site))
        )
        return f"{self._words_of_site(site)} · {text}" if site else text


def _group(mirror: Mirror, name: str) -> str:
    device = mirror.inventory.devices[name]
    return device.rack or device_words.tier(device.role)


def _facts(context: ViewContext, name: str) -> str:
    return device_words.tooltip(context.mirror, name, context.clock())


def _legend() -> LegendWords:
    return LegendWords(
        inlet=translate("map", "inlet °C"),
        load=translate("map", "link load"),
        not_found=translate("map", "not found as planned"),
        not_planned=translate("map", "not in the plan"),
    )


DECLARATION = ViewDeclaration(identifier="map", title=lambda: translate("map", "Map"), icon="view-map", order=2, factory=MapView)
