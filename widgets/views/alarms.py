"""The Alarms view: what is wrong, where, since when, who has it; and the way to take it."""

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from noc_console.mirror import Touched
from noc_console.model.alarm import Alarm
from widgets import alarm_words, flash, theme, words
from widgets.alarm_list.deeds import Deeds
from widgets.alarm_list.filter_line import FilterLine
from widgets.alarm_list.preview import HEIGHT, Preview
from widgets.alarm_list.table import TableView
from widgets.models.alarm_table import AlarmTable, Group, Scope
from widgets.view import View, ViewContext, ViewDeclaration
from widgets.words import translate


class AlarmsView(View):
    """Filter, table, preview; it reads the mirror and sends commands."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.model = AlarmTable(context.mirror, self)
        self.filter = FilterLine(self)
        self.table = TableView(self.model, context, self)
        self.deeds = Deeds(context, self.model, self.table, self)
        self.preview = Preview(context, self.deeds.do, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, stretch in ((self.filter, 0), (self.table, 1), (self.preview, 0)):
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
        self.context.selection.alarm_changed.connect(self._choose)
        theme.source().changed.connect(self._dress)

    def _add_actions(self) -> None:
        rows = (
            *self.deeds.keys(),
            ("Ctrl+I", translate("alarms", "Preview"), self._toggle_preview),
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
        self.preview.setVisible(str(settings.value("alarms/preview", "true")) == "true")
        self.filter.write(str(settings.value("alarms/filter", "")))
        flash.source().reduced = str(settings.value("motion/reduce", "false")) == "true"

    @Slot()
    def _dress(self) -> None:
        self.preview.setFixedHeight(round(HEIGHT * theme.current().scale))
        self.table.dress()

    # ------------------------------------------------------------ what the window asks
    def refresh(self, touched: Touched) -> None:
        """Take the alarms that changed; values and ages of the rows are painted anew once a second (`tick`)."""
        now = self.context.clock()
        self.model.wanted.site, self.model.wanted.who = self.context.selection.site, self.context.who()
        self.table.painter.sending = frozenset(i for c in self.context.mirror.sending.values() for i in c.alarms)
        if touched.everything:
            self.model.restart(now)
            QTimer.singleShot(0, self._prepare)
        elif touched.alarms:
            self.model.hold(self.table.held(), now)
            self.model.take(touched.alarms, now)
        if touched.everything or touched.alarms:
            self._after_change()

    @Slot()
    def _prepare(self) -> None:
        if self.model.prepare():
            QTimer.singleShot(20, self._prepare)

    def _after_change(self) -> None:
        self._count()
        self._choose(self.context.selection.alarm)
        self._show_preview()

    def tick(self, now: float) -> None:
        """Ages; what was let go takes its place."""
        self.model.hold(self.table.held(), now)
        if any(term.key == "since" for term in self.model.wanted.terms):
            self.model.settle(now)
        self.table.repaint_times()
        self.preview.stir()

    def focus_filter(self) -> None:
        """Type a filter."""
        self.filter.focus()

    def show_filter(self, text: str) -> None:
        """Filter by this text."""
        self.filter.write(text)

    def hints(self) -> list[tuple[str, str]]:
        """The keys of a row."""
        return [
            ("A", translate("alarms", "Acknowledge")),
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
        """Alarms that fit the filter."""
        return self.model.shown()

    def title_note(self) -> str:
        """`16 open, 2 need you`."""
        standing = sum(self.model.count(g) for g in (Group.NEEDS_YOU, Group.IN_HAND, Group.WARNINGS))
        text = translate("alarms", "{count} open, {new} need you")
        return text.format(count=standing, new=self.model.count(Group.NEEDS_YOU))

    # ------------------------------------------------------------ filter
    @Slot(object)
    def _narrow(self, terms: object) -> None:
        self.model.narrow(terms if isinstance(terms, tuple) else (), self.context.clock())
        self.context.settings.setValue("alarms/filter", self.filter.line.text())
        self._count()
        self._show_preview()

    @Slot(object)
    def _look_at(self, scope: object) -> None:
        if isinstance(scope, Scope):
            self.model.wanted.scope = scope
            self.model.settle(self.context.clock())
            self._count()

    def _count(self) -> None:
        mirror, who = self.context.mirror, self.context.who()
        standing = [mirror.alarms[i] for ids in mirror.open_by_device.values() for i in ids]
        self.filter.count(len(standing), sum(a.state_by == who for a in standing), self.model.hidden())

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
        alarm = self.context.mirror.alarms.get(number)
        if alarm is not None and self.table.chosen():
            self.context.selection.choose_alarm(number)
            if alarm.device:
                self.context.selection.choose_device(alarm.device, alarm.component)
        self._show_preview()

    @Slot(int)
    def _choose(self, number: int) -> None:
        if number and number not in self.table.chosen():
            self.table.choose(number)

    def _show_preview(self) -> None:
        mirror = self.context.mirror
        alarms = [mirror.alarms[i] for i in self.table.chosen() if i in mirror.alarms]
        self.model.empty_text = self._empty()
        self.preview.show_alarms(alarms, translate("alarms", "Choose a row to see what to do and what happened"))

    def _empty(self) -> str:
        mirror = self.context.mirror
        if mirror.time and not mirror.inventory.devices:
            return translate("alarms", "Nothing is watched: the inventory is empty")
        if not mirror.number:
            return translate("alarms", "Nothing has been read yet")
        last = max((a for a in self.context.mirror.alarms.values() if a.severity.calls), key=lambda a: a.raised, default=None)
        if last is None:
            return translate("alarms", "Nothing needs you. No call in the last 24 hours")
        zone = words.home_zone(self.context.mirror.inventory, self.context.selection.site)
        text = translate("alarms", "Nothing needs you. Last call {time} ({where})")
        return text.format(time=words.moment(last.raised, zone, self.context.clock()), where=alarm_words.where(last)[0])

    # ------------------------------------------------------------ the rest
    def _toggle_preview(self) -> None:
        self.preview.setVisible(self.preview.isHidden())
        self.context.settings.setValue("alarms/preview", "false" if self.preview.isHidden() else "true")

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
