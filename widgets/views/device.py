"""Device: what it is, what is wrong, what to do, what else happens."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from noc_console.mirror import Touched
from noc_console.model.alarm import Alarm
from noc_console.model.command import Action
from widgets import theme
from widgets.alarm_list.questions import means_something
from widgets.canvas import device_head, device_rows, device_words
from widgets.canvas.alarm_cards import AlarmCards
from widgets.canvas.curve_source import CurveSource
from widgets.canvas.device_access import ServerAccess
from widgets.canvas.device_head import DeviceHead
from widgets.canvas.map_bar import keyed_action
from widgets.canvas.part_curve import PartCurve
from widgets.canvas.part_table import PartTable, titled
from widgets.canvas.state_line import StateLine
from widgets.canvas.thermal_parts import plain_label
from widgets.frame.commands import command
from widgets.support_text import support_case
from widgets.view import View, ViewContext, ViewDeclaration
from widgets.words import translate

CURVE_SECONDS = 3.0
"""Without new values the curve is drawn anew this often."""
SIDE_BY_SIDE = 1100
FIRST_ROWS = 8
"""Lines of a table that are seen before the curve takes height: the GPUs of a server."""
LEAST_CURVE = 104
SENSING = ("cooling", "pdu", "ups", "sensor")
"""Roles whose sensors matter more than their ports."""
SIDE_SHARE = 0.32
"""Of the width, for neighbours and what happened."""


class DeviceView(View):
    """Head, alarm cards, tables by role, a small curve; neighbours and what happened here at the side."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(translate("device", "Device"))
        self.device = ""
        self._drawn = 0.0
        self._shared = QTimer(self, singleShot=True, interval=0)  # ends with the view
        self._shared.timeout.connect(self._share_height)
        self.head = DeviceHead(self)
        self.line = StateLine(self)
        self.empty = plain_label(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setText(translate("device", "No device chosen. Choose one on the map or in an alarm, or press Ctrl+K."))
        self.acknowledge = keyed_action(self, translate("device", "Acknowledge"), "A")
        self.comment = keyed_action(self, translate("device", "Comment"), "C")
        self.take_back = keyed_action(self, translate("device", "Take the acknowledgement back"), "U")
        self.on_map = keyed_action(self, translate("device", "On the map"), "M")
        self.copy = keyed_action(self, translate("device", "Copy facts"), "")
        self.copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self.copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_case = keyed_action(self, translate("device", "Copy for a support case"), "Shift+C")
        self.case_button = self.head.offer(self.copy_case)
        self.access = ServerAccess(self, self.head, context)
        self.cards = AlarmCards(context.mirror, context.clock, (self.acknowledge, self.take_back, self.comment), self)
        self.tables = QTabWidget(self)
        self.gpus, self.ports, self.sensors = (PartTable(self) for _ in range(3))
        for table in (self.gpus, self.ports, self.sensors):
            table.hide()
        self.side = QSplitter(Qt.Orientation.Vertical, self)
        self.neighbours, self.happened = PartTable(self), PartTable(self)
        self.neighbours.nothing = translate("device", "No neighbour is planned, none was found")
        self.happened.nothing = translate("device", "No alarm of this device is kept")
        self.curve = PartCurve(CurveSource(context, self), context.clock, self)
        self._build()
        self._connect()
        self._show_device(context.selection.device)

    def _build(self) -> None:
        left = QWidget(self)
        left.setProperty("surface", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.cards)
        column.addWidget(self.tables, 3)
        column.addWidget(self.curve, 2)
        self.tables.setDocumentMode(True)
        self.side.setChildrenCollapsible(False)
        self.side.addWidget(titled(self.neighbours, translate("device", "Neighbours"), self.side))
        self.side.addWidget(titled(self.happened, translate("device", "What happened here"), self.side))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(theme.current().size("splitter"))
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.head, self.line, self.empty):
            whole.addWidget(part)
        whole.addWidget(self.splitter, 1)
        whole.setStretchFactor(self.empty, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect(self) -> None:
        selection = self.context.selection
        selection.device_changed.connect(self._show_device)
        for table in (self.gpus, self.ports, self.sensors):
            table.part_chosen.connect(self._choose_part)
        for table in (self.ports, self.neighbours):
            table.gone_to.connect(selection.choose_device)
        self.happened.alarm_chosen.connect(selection.choose_alarm)
        self.acknowledge.triggered.connect(self._ask_acknowledge)
        self.comment.triggered.connect(self._ask_comment)
        self.take_back.triggered.connect(self._take_back)
        self.on_map.triggered.connect(lambda: self.context.open_view("map"))
        self.copy.triggered.connect(self._copy)
        self.copy_case.triggered.connect(self._copy_case)
        self.cards.answered.connect(self._send)

    # ---- what is shown

    @Slot(str)
    def _show_device(self, device: str) -> None:
        """Another device: its tables by what it has, the chosen part among them."""
        another = device != self.device
        self.device = device
        for part in (self.head, self.splitter):
            part.setVisible(bool(device))
        self.empty.setVisible(not device)
        if not device:
            return
        self._fill()
        if another:
            self.curve.show_key(None)
        self._find_part()

    def _fill(self) -> None:
        mirror, now = self.context.mirror, self.context.clock()
        self.access.show_for(self.device)
        self.head.tell(mirror, self.device, now)
        self.cards.show_alarms(device_words.open_alarms(mirror, self.device), mirror.inventory.timezone_of(self.device))
        made = (
            (self.gpus, device_rows.gpus(mirror, self.device, now)),
            (self.ports, device_rows.ports(mirror, self.device, now)),
            (self.sensors, device_rows.sensors(mirror, self.device, now)),
        )
        for table, content in made:
            table.show_table(content)
            self._keep_tab(table, content)
        self.neighbours.show_table(device_rows.neighbours(mirror, self.device))
        self.happened.show_table(device_rows.happened(mirror, self.device, now))
        self.line.tell(mirror, mirror.inventory.timezone_of(self.device))
        self._share_height()

    @Slot()
    def _share_height(self) -> None:
        """The lines of the first table come before the curve, where there is little height."""
        table, shown = self.tables.currentWidget(), theme.current()
        rows = min(len(table.parts.table.rows), FIRST_ROWS) if isinstance(table, PartTable) else 0
        needed = self.tables.tabBar().height() + shown.size("row.header") + rows * shown.size("row.compact")
        room = self.tables.height() + self.curve.height() if self.curve.isVisible() else needed
        self.curve.keep_to(max(room - needed, round(LEAST_CURVE * shown.scale)))

    def _keep_tab(self, table: PartTable, content: device_rows.Table) -> None:
        """A tab for a table that has lines, none for one that has not."""
        at, count = self.tables.indexOf(table), len(content.rows)
        if not count:
            if at >= 0:
                self.tables.removeTab(at)
            table.hide()
            return
        if at < 0:
            order = (self.gpus, self.ports, self.sensors)
            before = sum(self.tables.indexOf(other) >= 0 for other in order[: order.index(table)])
            at = self.tables.insertTab(before, table, "")
            self.tables.setCurrentIndex(0)
        self.tables.setTabText(at, f"{content.name} {count}")

    def _find_part(self) -> None:
        """Go to the chosen component; else to the first with an alarm, else to the first line."""
        wanted = self.context.selection.component
        tables = [table for table in (self.gpus, self.ports, self.sensors) if self.tables.indexOf(table) >= 0]
        for table in tables:
            if wanted and table.choose(wanted):
                self.tables.setCurrentWidget(table)
                return
        if self.curve.key is None and tables:
            planned = self.context.mirror.inventory.devices.get(self.device)
            if planned is not None and planned.role in SENSING and self.sensors in tables:
                tables.remove(self.sensors)
                tables.insert(0, self.sensors)
            lines = [(table, row) for table in tables for row in table.parts.table.rows]
            table, first = next((line for line in lines if line[1].alarm is not None and line[1].component), lines[0])
            self.tables.setCurrentWidget(table)
            table.choose(first.component, first.metric)
            self._choose_part(first.component, first.metric)

    def refresh(self, touched: Touched) -> None:
        """Fill anew when this device was touched."""
        mine = {mirror_alarm.device for i in touched.alarms if (mirror_alarm := self.context.mirror.alarms.get(i)) is not None}
        if self.device and (touched.everything or touched.collectors or self.device in touched.devices | mine):
            self._fill()
            self._draw_curve()

    def tick(self, now: float) -> None:
        """Ages; the curve moves on by a pixel or two."""
        if self.device:
            self._fill()
            if now - self._drawn >= CURVE_SECONDS:
                self._drawn = now
                self._draw_curve()

    def _draw_curve(self) -> None:
        mirror = self.context.mirror
        self.curve.draw(device_words.levels(mirror, self.curve.key), mirror.inventory.timezone_of(self.device))

    # ---- what a person does

    @Slot(str, str)
    def _choose_part(self, component: str, metric: str) -> None:
        if metric:
            self.curve.show_key((self.device, component, metric))
            self._draw_curve()

    def _alarm(self, action: Action) -> Alarm | None:
        """The chosen alarm where it is one of this device, else the worst that the action is for."""
        alarms = device_words.open_alarms(self.context.mirror, self.device)
        chosen = [alarm for alarm in alarms if alarm.id == self.context.selection.alarm]
        return next((a for a in [*chosen, *alarms] if means_something(action, a)), None)

    @Slot()
    def _ask_acknowledge(self) -> None:
        alarm = self._alarm(Action.ACKNOWLEDGE)
        if alarm is not None:
            self.cards.ask(Action.ACKNOWLEDGE, alarm)

    @Slot()
    def _ask_comment(self) -> None:
        alarm = self._alarm(Action.COMMENT)
        if alarm is not None:
            self.cards.ask(Action.COMMENT, alarm)

    @Slot()
    def _take_back(self) -> None:
        alarm = self._alarm(Action.UNACKNOWLEDGE)
        if alarm is not None:
            self._send(Action.UNACKNOWLEDGE, alarm.id, "")

    @Slot(object, int, str)
    def _send(self, action: Action, number: int, text: str) -> None:
        self.context.send(command(action, (number,), self.context.who(), self.context.clock(), text))
        self.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(device_head.as_text(self.context.mirror, self.device, self.context.clock()))

    @Slot()
    def _copy_case(self) -> None:
        if self.device:
            QGuiApplication.clipboard().setText(support_case(self.context.mirror, self.device, self.context.clock()))

    # ---- for the window

    def hints(self) -> list[tuple[str, str]]:
        """Keys of this view."""
        return [
            ("A", translate("device", "Acknowledge")),
            ("C", translate("device", "Comment")),
            ("Tab", translate("device", "Next part")),
            ("Enter", translate("device", "Open neighbour")),
            ("M", translate("device", "On the map")),
            ("Ctrl C", translate("device", "Copy facts")),
            ("Shift C", translate("device", "Copy for a support case")),
        ]

    def shown_alarms(self) -> list[Alarm]:
        """Its open alarms, worst first."""
        return device_words.open_alarms(self.context.mirror, self.device) if self.device else []

    def title_note(self) -> str:
        """Which device."""
        return self.device

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the neighbour with the cursor; where none has it, it goes to the first."""
        chosen = self.neighbours.chosen()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not self.neighbours.parts.table.rows:
            super().keyPressEvent(event)
        elif chosen is not None and chosen.goes_to:
            self.context.selection.choose_device(chosen.goes_to)
        else:
            self.neighbours.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.neighbours.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side below the tables where there is no room beside them."""
        wide = self.width() >= SIDE_BY_SIDE
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self.side.setOrientation(Qt.Orientation.Vertical if wide else Qt.Orientation.Horizontal)
        if wide and event.size().width() != event.oldSize().width():
            side = int(self.width() * SIDE_SHARE)
            self.splitter.setSizes([self.width() - side, side])
        self._shared.start()


DECLARATION = ViewDeclaration(
    identifier="device", title=lambda: translate("device", "Device"), icon="view-device", order=5, factory=DeviceView
)
