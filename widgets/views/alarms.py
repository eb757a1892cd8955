"""The Alarms view: what is wrong, where, since when, who has it; and the way to take it."""

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from noc_console.mirror import Touched
from noc_console.model.alarm import Alarm
from widgets import flash, theme
from widgets.alarm_list.deeds import Deeds
from widgets.alarm_list.empty import nothing_here
from widgets.alarm_list.figures import ListFigures, counted
from widgets.alarm_list.filter_line import FilterLine
from widgets.alarm_list.flood import FloodForm
from widgets.alarm_list.flood_line import FloodLine
from widgets.alarm_list.lower import Lower
from widgets.alarm_list.maintenance_plan import worked_on
from widgets.alarm_list.older import Older
from widgets.alarm_list.table import TableView
from widgets.models.alarm_table import AlarmTable, Group, Scope
from widgets.slices import Slices
from widgets.view import View, ViewContext, ViewDeclaration
from widgets.words import translate


class AlarmsView(View):
    """Filter, table, preview; it reads the mirror and sends commands."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.model = AlarmTable(context.mirror, self)
        self.filter = FilterLine(self)
        self.flood_line = FloodLine(context, self.model, self)
        self.table = TableView(self.model, context, self)
        self.deeds = Deeds(context, self.model, self.table, self)
        self.bottom = Lower(context, self.deeds, self)
        self.flood = FloodForm(self.flood_line, self.model, self.table, lambda: context.clock())
        self.older = Older(context, self.model, self.table)
        self._figures = ListFigures()
        self._slices = Slices(self._take_some, self._after_change, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, stretch in ((self.filter, 0), (self.flood_line, 0), (self.table, 1), (self.bottom, 0)):
            column.addWidget(part, stretch)
        self.setFocusProxy(self.table)
        self._connect()
        self._add_actions()
        self._take_kept()
        self._dress()
        flash.source().begin()

    def _connect(self) -> None:
        self.filter.filtered.connect(self._narrow)
        self.filter.scope_chosen.connect(self._look_at)
        self.filter.left.connect(self.table.setFocus)
        self.table.chosen_changed.connect(self._chosen)
        self.table.opened.connect(self.deeds.open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.bottom.left.connect(self.table.setFocus)
        self.older.changed.connect(self._count)
        self.context.selection.alarm_changed.connect(self._choose)
        theme.source().changed.connect(self._dress)

    def _add_actions(self) -> None:
        rows = (
            *self.deeds.keys(),
            ("Shift+M", translate("alarms", "Maintenance for …"), self.plan_maintenance),
            ("F", translate("alarms", "Show by cause, or singly"), self.flood.toggle),
            ("Ctrl+I", translate("alarms", "Preview"), self.bottom.toggle_preview),
            ("Escape", translate("alarms", "Clear the filter or the choice"), self._clear),
        )
        for keys, text, does in rows:
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, act=does: act())
            self.addAction(action)

    def _take_kept(self) -> None:
        settings = self.context.settings
        self.filter.write(str(settings.value("alarms/filter", "")))
        flash.source().reduced = str(settings.value("motion/reduce", "false")) == "true"

    @Slot()
    def _dress(self) -> None:
        self.bottom.dress()
        self.table.dress()

    # ------------------------------------------------------------ what the window asks
    def refresh(self, touched: Touched) -> None:
        """Take the alarms that changed; values and ages of the rows are painted anew once a second (`tick`)."""
        now, mirror = self.context.clock(), self.context.mirror
        self.model.wanted.site, self.model.wanted.who = self.context.selection.site, self.context.who()
        self.table.painter.sending = {i: c.action for c in mirror.sending.values() for i in c.alarms}
        if touched.everything:
            self._slices.clear()
            self.model.restart(now)
            QTimer.singleShot(0, self._prepare)
            self.older.settle()
            self._after_change()
        elif touched.alarms:
            self.model.hold(self.table.held(), now)
            self._slices.add(touched.alarms)
        if touched.everything or touched.load:
            self.flood.take(mirror.load)
            self.bottom.refresh()

    def _take_some(self, numbers: set[int]) -> None:
        self.model.all.take(numbers, self.context.clock())
        self.model.tell(numbers)

    @Slot()
    def _prepare(self) -> None:
        if self.model.all.prepare():
            QTimer.singleShot(20, self._prepare)

    def _after_change(self) -> None:
        self.model.settle(self.context.clock())
        self._count()
        self._choose(self.context.selection.alarm)
        self._show_preview()
        self.flood.settle()

    def tick(self, now: float) -> None:
        """Ages; what was let go takes its place; shelves that end soon come back."""
        self.model.hold(self.table.held(), now)
        if self.model.all.has_late():
            QTimer.singleShot(0, lambda: self.model.hold(self.table.held(), self.context.clock()))
        if self.model.all.end_soon(now) or any(term.key == "since" for term in self.model.wanted.terms):
            self.model.settle(now)
        self.table.repaint_times()
        self.bottom.tick()

    def focus_filter(self) -> None:
        """Type a filter."""
        self.filter.focus()

    def show_filter(self, text: str) -> None:
        """Filter by this text; `shelved`, `folded` and `maintenance` are places of their own."""
        if text == "scope:shelved":
            self.filter.choose(Scope.SHELVED)
        elif text == "form:cause":
            self.flood.toggle()
        elif text == "maintenance:":
            self.plan_maintenance()
        else:
            self.filter.write(text)

    def plan_maintenance(self) -> None:
        """Plan maintenance for what is chosen; the windows that there are."""
        mirror = self.context.mirror
        alarms = [mirror.alarms[number] for number in self.table.chosen() if number in mirror.alarms]
        self.bottom.plan([name for alarm in alarms if (name := worked_on(alarm, mirror.inventory))])

    def hints(self) -> list[tuple[str, str]]:
        """The keys of a row."""
        return [
            ("A", translate("alarms", "Acknowledge")),
            ("T", translate("alarms", "Take it")),
            ("S", translate("alarms", "Shelve")),
            ("C", translate("alarms", "Comment")),
            ("D", translate("alarms", "Close")),
            ("/", translate("alarms", "Filter")),
            ("Enter", translate("alarms", "Open")),
            ("M", translate("alarms", "Map")),
            ("← →", translate("alarms", "Fold, unfold")),
            ("Shift ↑↓", translate("alarms", "Choose more")),
            ("Ctrl A", translate("alarms", "Choose all")),
        ]

    def shown_alarms(self) -> list[Alarm]:
        """Alarms that have a row now."""
        return self.model.shown()

    def title_note(self) -> str:
        """`16 open, 2 need you`."""
        text = translate("alarms", "{count} open, {new} need you")
        return text.format(count=self._figures.open, new=self._figures.new)

    # ------------------------------------------------------------ filter
    @Slot(object)
    def _narrow(self, terms: object) -> None:
        self.model.wanted.terms = terms if isinstance(terms, tuple) else ()
        self.model.settle(self.context.clock())
        self.context.settings.setValue("alarms/filter", self.filter.line.text())
        self.older.settle()
        self._count()
        self._show_preview()

    @Slot(object)
    def _look_at(self, scope: object) -> None:
        if isinstance(scope, Scope):
            self.model.wanted.scope = scope
            self.model.all.let_go(self.context.clock())
            self.model.settle(self.context.clock())
            self.older.settle()
            self._count()

    @Slot()
    def _count(self) -> None:
        self._figures = counted(self.context.mirror, self.context.who(), self.context.selection.site)
        self.filter.count(self._figures, self.model.all.hidden, self.older.note())

    @Slot()
    def _clear(self) -> None:
        if self.filter.line.hasFocus() or self.filter.line.text():
            self.filter.clear_or_leave()
        else:
            self.table.clearSelection()

    # ------------------------------------------------------------ choice
    @Slot()
    def _chosen(self) -> None:
        number = self.table.current()
        alarm = self.model.all.known(number)
        if alarm is not None and self.table.chosen():
            is_live = number in self.context.mirror.alarms
            # What is stored only is chosen here alone: else the next change would choose again what was chosen before.
            self.context.selection.choose_alarm(number if is_live else 0)
            if not is_live:
                self.bottom.preview.stored.ask(number)
            if alarm.device:
                self.context.selection.choose_device(alarm.device, alarm.component)
            else:
                self.deeds.choose_place(alarm)
        self._show_preview()

    @Slot(int)
    def _choose(self, number: int) -> None:
        if number and number not in self.table.chosen():
            self.table.choose(number)

    def _show_preview(self) -> None:
        alarms = [alarm for i in self.table.chosen() if (alarm := self.model.all.known(i)) is not None]
        if not self.model.all.counts[Group.NEEDS_YOU]:
            self.model.empty_text = nothing_here(self.context)
        self.bottom.show_alarms(alarms, translate("alarms", "Choose a row to see what to do and what happened"))

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.actions())
        menu.exec(self.table.viewport().mapToGlobal(at))
        menu.deleteLater()


VIEW = ViewDeclaration(
    identifier="alarms",
    title=lambda: translate("alarms", "Alarms"),
    icon="view-alarms",
    order=1,
    factory=AlarmsView,
)
