# ruff: noqa: D102 - overrides of Qt are described by Qt
"""What a person does with the chosen alarms: take, give back, comment, close, open, copy; the line for the note."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication

from noc_console.model.alarm import Alarm
from noc_console.model.command import Action
from noc_console.model.severity import OperatorState
from widgets import alarm_words, words
from widgets.alarm_list.note_line import NoteLine
from widgets.alarm_list.table import TableView
from widgets.frame.commands import command
from widgets.models.alarm_table import AlarmTable
from widgets.view import ViewContext
from widgets.words import translate

Key = tuple[str, str, Callable[[], None]]


def means_something(action: Action, alarm: Alarm) -> bool:
    """Whether an action on an alarm changes anything."""
    if action is Action.ACKNOWLEDGE:
        return alarm.is_open and (alarm.state is OperatorState.NONE or alarm.worse_again)
    if action is Action.UNACKNOWLEDGE:
        return alarm.state is OperatorState.ACKNOWLEDGED
    if action is Action.CLOSE:
        return not alarm.is_open and alarm.state is not OperatorState.CLOSED
    return True


class Deeds(QObject):
    """Does it on the rows that are chosen in the table."""

    def __init__(self, context: ViewContext, model: AlarmTable, table: TableView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._model, self._table = context, model, table
        self.note = NoteLine(table.viewport())
        self.note.sent.connect(self._send)
        self.note.dropped.connect(table.setFocus)
        table.verticalScrollBar().valueChanged.connect(self._place_note)
        table.viewport().installEventFilter(self)

    def keys(self) -> tuple[Key, ...]:
        """(key, what it does, how)."""
        return (
            ("A", translate("alarms", "Acknowledge, with a note"), lambda: self.do(Action.ACKNOWLEDGE)),
            ("U", translate("alarms", "Take the acknowledgement back"), lambda: self.do(Action.UNACKNOWLEDGE)),
            ("C", translate("alarms", "Comment"), lambda: self.do(Action.COMMENT)),
            ("D", translate("alarms", "Done: close a cleared alarm"), lambda: self.do(Action.CLOSE)),
            ("O", translate("alarms", "Open the device"), lambda: self.open(self._table.current())),
            ("M", translate("alarms", "Show on the map"), self.show_on_map),
            ("Ctrl+C", translate("alarms", "Copy as text"), self.copy),
        )

    def do(self, action: Action) -> None:
        """An action on the chosen alarms on which it means something; a note is asked for where one belongs."""
        alarms = [self._context.mirror.alarms[i] for i in self._table.chosen() if i in self._context.mirror.alarms]
        numbers = tuple(alarm.id for alarm in alarms if means_something(action, alarm))
        if not numbers:
            return
        if action in (Action.ACKNOWLEDGE, Action.COMMENT):
            self.note.ask(action, numbers)
            self._place_note()
        else:
            self._send(action, numbers, "")

    @Slot(object, object, str)
    def _send(self, action: Action, numbers: tuple[int, ...], text: str) -> None:
        self._table.setFocus()
        self._context.send(command(action, numbers, self._context.who(), self._context.clock(), text))

    @Slot()
    def _place_note(self) -> None:
        if self.note.isHidden():
            return
        row = max((self._model.row_of(number) for number in self.note.alarms()), default=-1)
        top = self._table.rowViewportPosition(row) + self._table.rowHeight(row) if row >= 0 else 0
        height, viewport = self.note.sizeHint().height(), self._table.viewport()
        self.note.setGeometry(0, min(max(top, 0), max(viewport.height() - height, 0)), viewport.width(), height)

    @Slot(int)
    def open(self, number: int) -> None:
        """Open the device of an alarm."""
        self._go(number, "device")

    def show_on_map(self) -> None:
        """The device of the alarm with the cursor, on the map."""
        self._go(self._table.current(), "map")

    def _go(self, number: int, view: str) -> None:
        alarm = self._context.mirror.alarms.get(number)
        if alarm is not None and alarm.device:
            self._context.selection.choose_device(alarm.device, alarm.component)
            self._context.open_view(view)

    def copy(self) -> None:
        """The chosen alarms as text, a line each, with tabs."""
        lines = [self._line(self._context.mirror.alarms[number]) for number in self._table.chosen()]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _line(self, alarm: Alarm) -> str:
        mirror, now = self._context.mirror, self._context.clock()
        zone = words.home_zone(mirror.inventory, self._context.selection.site)
        parts = (
            f"{words.moment(alarm.raised, zone, now, seconds=True)} {words.zone_label(zone, now)}",
            words.severity(alarm.severity),
            " ".join(alarm_words.where(alarm)).strip(),
            alarm_words.place(alarm, mirror.inventory),
            alarm_words.what(alarm),
            alarm_words.now_and_limit(alarm, mirror),
            alarm_words.state(alarm),
        )
        return "\t".join(parts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place_note()
        return False
