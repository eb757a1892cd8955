# ruff: noqa: D102 - overrides of Qt are described by Qt
"""What a person does with the chosen alarms: take, give, shelve, comment, close, regroup, open, copy; the line it asks in."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication

from noc_console.model.alarm import Alarm
from noc_console.model.command import Action
from widgets import alarm_words, cause_words, words
from widgets.alarm_list.deed_line import Deed, DeedLine
from widgets.alarm_list.questions import means_something, question
from widgets.alarm_list.table import TableView
from widgets.frame.commands import command
from widgets.frame.told import refusal
from widgets.models.alarm_table import AlarmTable
from widgets.view import ViewContext
from widgets.words import translate

Key = tuple[str, str, Callable[[], None]]


class Deeds(QObject):
    """Does it on the rows that are chosen in the table."""

    def __init__(self, context: ViewContext, model: AlarmTable, table: TableView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._model, self._table = context, model, table
        self.causes = model.causes
        self.note = DeedLine(self._now, self._zone, table.viewport())
        self.note.sent.connect(self._send)
        self.note.dropped.connect(table.setFocus)
        table.verticalScrollBar().valueChanged.connect(self._place_note)
        model.layoutChanged.connect(self._place_note)
        for each in (table.viewport(), self.note):
            each.installEventFilter(self)

    def keys(self) -> tuple[Key, ...]:
        """(key, what it does, how)."""
        return (
            ("A", translate("alarms", "Acknowledge, with a note"), lambda: self.do(Action.ACKNOWLEDGE)),
            ("Shift+A", translate("alarms", "Acknowledge the whole incident"), self.take_incident),
            ("U", translate("alarms", "Take the acknowledgement back"), lambda: self.do(Action.UNACKNOWLEDGE)),
            ("T", translate("alarms", "Take it"), self.take),
            ("G", translate("alarms", "Give to …"), lambda: self.do(Action.ASSIGN)),
            ("S", translate("alarms", "Shelve, with a reason and an end"), lambda: self.do(Action.SHELVE)),
            ("Shift+S", translate("alarms", "Take off the shelf"), lambda: self.do(Action.UNSHELVE)),
            ("C", translate("alarms", "Comment"), lambda: self.do(Action.COMMENT)),
            ("D", translate("alarms", "Done: close a cleared alarm"), lambda: self.do(Action.CLOSE)),
            ("R", translate("alarms", "Regroup: pull out of its cause, or put under another"), lambda: self.do(Action.REGROUP)),
            ("O", translate("alarms", "Open the device"), lambda: self.open(self._table.current())),
            ("M", translate("alarms", "Show on the map"), self.show_on_map),
            ("Ctrl+C", translate("alarms", "Copy as text"), self.copy),
        )

    def _now(self) -> float:
        return self._context.clock()  # the clock is another one once the backend is there

    def _zone(self) -> str:
        return words.home_zone(self._context.mirror.inventory, self._context.selection.site)

    def _chosen(self) -> list[Alarm]:
        alarms = self._context.mirror.alarms
        return [alarms[i] for i in self._table.chosen() if i in alarms]

    def _known(self) -> list[Alarm]:
        """The chosen alarms for a deed; where the monitor knows none of them, that is said."""
        known = self._chosen()
        if not known and self._table.chosen():
            self._context.say(refusal(words.error("unknown-alarm")))
        return known

    # ------------------------------------------------------------ what is sent
    def do(self, action: Action) -> None:
        """An action on the chosen alarms on which it means something; what it needs is asked for."""
        self._begin(action, self._known())

    def _begin(self, action: Action, alarms: Iterable[Alarm]) -> None:
        numbers = tuple(alarm.id for alarm in alarms if means_something(action, alarm))
        if not numbers:
            return
        asked = question(action, numbers, self._context.mirror, self._context.who())
        if asked is None:
            self._send(Deed(action=action, alarms=numbers))
        else:
            self.note.ask(asked)
            self._make_room()

    def take_incident(self) -> None:
        """All that stands under the causes of the chosen alarms, with them."""
        causes = dict.fromkeys(self._model.causes.of(alarm.id) for alarm in self._known())
        alarms = self._context.mirror.alarms
        heads = [alarms[cause] for cause in causes if cause in alarms]
        self._begin(Action.ACKNOWLEDGE, [*heads, *(alarm for head in heads for alarm in self._model.causes.members(head.id))])

    def take(self) -> None:
        """Mine from now on: acknowledged, and owned by me."""
        who, chosen, at = self._context.who(), self._known(), self._context.clock()
        fresh = tuple(a.id for a in chosen if means_something(Action.ACKNOWLEDGE, a) and a.symptom_of is None)
        others = tuple(a.id for a in chosen if a.owner != who and means_something(Action.ASSIGN, a))
        if fresh:
            self._context.send(command(Action.ACKNOWLEDGE, fresh, who, at))
        if others:
            self._context.send(command(Action.ASSIGN, others, who, at, owner=who))

    @Slot(object)
    def _send(self, deed: Deed) -> None:
        self._table.setFocus()
        who, now = self._context.who(), self._context.clock()
        made = command(deed.action, deed.alarms, who, now, deed.text, until=deed.until, owner=deed.owner, under=deed.under)
        self._context.send(made)

    def _row_asked(self) -> int:
        """The lowest row that the line asks about; -1 where none has one."""
        return max((self._model.row_of(number) for number in self.note.alarms()), default=-1)

    def _make_room(self) -> None:
        """The rows below give way, so that the line hides none of them."""
        row = self._row_asked()
        alarm = self._model.alarm(row)
        self._table.heights.make_room(alarm.id if alarm is not None else 0, self.note.sizeHint().height())
        if row >= 0:
            self._table.scrollTo(self._model.index(row, 0))
        self._place_note()

    @Slot()
    def _place_note(self) -> None:
        if self.note.isHidden():
            return
        row = self._row_asked()
        top = self._table.rowViewportPosition(row) + self._table.heights.of(row) if row >= 0 else 0
        height, viewport = self.note.sizeHint().height(), self._table.viewport()
        self.note.setGeometry(0, min(max(top, 0), max(viewport.height() - height, 0)), viewport.width(), height)

    # ------------------------------------------------------------ where it leads
    @Slot(int)
    def open(self, number: int) -> None:
        """Open the device of an alarm; where it is a place, that place."""
        self._go(number, "device")

    def show_on_map(self) -> None:
        """The device or the place of the alarm with the cursor, on the map."""
        self._go(self._table.current(), "map")

    def _go(self, number: int, view: str) -> None:
        alarm = self._context.mirror.alarms.get(number)
        if alarm is None:
            return
        if alarm.device:
            self._context.selection.choose_device(alarm.device, alarm.component)
            self._context.open_view(view)
        elif self.choose_place(alarm):
            self._context.open_view("map")

    def choose_place(self, alarm: Alarm) -> bool:
        """Choose the place of an inferred cause everywhere; whether it is one."""
        if not cause_words.is_inferred(alarm):
            return False
        self._context.selection.choose_place(cause_words.devices_of(alarm, self._context.mirror.inventory))
        return True

    def copy(self) -> None:
        """The chosen alarms as text, a line each, with tabs."""
        lines = [self._line(alarm) for alarm in self._chosen()]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _line(self, alarm: Alarm) -> str:
        mirror, now, zone = self._context.mirror, self._context.clock(), self._zone()
        parts = (
            f"{words.moment(alarm.raised, zone, now, seconds=True)} {words.zone_label(zone, now)}",
            words.severity(alarm.severity),
            " ".join(alarm_words.where(alarm)).strip(),
            alarm_words.place(alarm, mirror.inventory),
            alarm_words.what(alarm),
            alarm_words.now_and_limit(alarm, mirror),
            alarm_words.state(alarm, now=now, zone=zone),
            cause_words.why(alarm),
        )
        return "\t".join(parts).rstrip("\t")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and event.type() is QEvent.Type.Hide and self.note.isHidden():
            self._table.heights.make_room(0, 0)
        elif watched is not self.note and event.type() is QEvent.Type.Resize:
            self._place_note()
        return False
