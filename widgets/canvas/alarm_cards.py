"""Cards of a device's alarms, the worst first: what is wrong, what to do, who has it; with one line for a note. UI thread."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from noc_console.alarms.types import AlarmType
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.model.command import Action
from noc_console.model.severity import OperatorState
from noc_console.text import clean
from widgets import alarm_words, cause_words, glyphs, theme, words
from widgets.canvas.affected import affected
from widgets.canvas.readings import facts
from widgets.canvas.thermal_parts import plain_label
from widgets.models.alarm_groups import is_filled
from widgets.words import translate

MOST_CARDS = 3
MOST_NAMED = 4
"""Of the alarms without a card, so many are named."""
WIDE = 620
"""Width from which what to do stands beside the sentence."""


class AlarmCard(QWidget):
    """One alarm. Its words are made anew when it changes, its ages once a second.

    `actions` are acknowledge, take back and comment, or none: then it is low, for an alarm below the worst. `same_part` leaves
    out serial and slot, where the card above it tells them.
    """

    def __init__(
        self, alarm: Alarm, mirror: Mirror, actions: tuple[QAction, ...], wide: bool, parent: QWidget, *, same_part: bool = False
    ) -> None:
        super().__init__(parent)
        self.alarm, self._mirror, self._same_part, self._whole = alarm, mirror, same_part, bool(actions)
        shown = theme.current()
        glyph = QLabel(self)
        glyph.setPixmap(glyphs.of_alarm(alarm, size="glyph_l" if actions else "glyph_m"))
        self.what = plain_label(self, "emphasis" if actions else "body", "strong")
        self.what.setWordWrap(True)
        self.what.setText(_title(alarm))
        self.figures, self.affected = plain_label(self), plain_label(self)
        for label in (self.figures, self.affected):
            label.setWordWrap(True)
        row = QHBoxLayout(self)
        above = shown.size("space.s" if actions else "space.xs")
        row.setContentsMargins(shown.size("space.l"), above, shown.size("space.m"), above)
        row.setSpacing(shown.size("space.m"))
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        if actions:
            self._fill(row, actions, wide)
        else:
            row.addWidget(self.what, 2, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self.figures, 3, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _fill(self, row: QHBoxLayout, actions: tuple[QAction, ...], wide: bool) -> None:
        first = QVBoxLayout()
        first.setSpacing(theme.current().size("space.xs"))
        for label in (self.what, self.figures, self.affected, *self._raw_line()):
            first.addWidget(label)
        first.addStretch(1)
        self._add_buttons(first, actions)
        row.addLayout(first, 3)
        steps = alarm_words.advice(self.alarm, self._mirror)
        if steps and self.alarm.is_open:
            self._add_steps(row if wide else first, steps)

    def _raw_line(self) -> tuple[QLabel, ...]:
        """The driver's own line, of which the title gives the meaning."""
        text = clean(str(self.alarm.params.get("text") or ""), 200)
        if self.alarm.type != AlarmType.XID or not text:
            return ()
        label = plain_label(self, "caption")
        label.setFont(theme.current().font("caption", mono=True))
        label.setWordWrap(True)
        label.setText(f"NVRM: Xid {self.alarm.params.get('xid')}: {text}")
        return (label,)

    def _add_steps(self, layout: QHBoxLayout | QVBoxLayout, steps: list[str]) -> None:
        head = plain_label(self, "caption", "strong")
        head.setText(translate("device", "What to do"))
        text = plain_label(self)
        text.setWordWrap(True)
        text.setText("\n".join(f"{n} {step}" for n, step in enumerate(steps, 1)))
        column = QVBoxLayout()
        column.addWidget(head)
        column.addWidget(text, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 2)

    def _add_buttons(self, column: QVBoxLayout, actions: tuple[QAction, ...]) -> None:
        if not actions or not self.alarm.is_open:
            return
        row = QHBoxLayout()
        acknowledge, take_back, comment = actions
        taken = self.alarm.state is OperatorState.ACKNOWLEDGED and not self.alarm.worse_again
        first = take_back if taken else acknowledge
        for n, action in enumerate((first, comment)):
            key = action.shortcut().toString()
            button = QPushButton(f"{action.text()}  {key}", self)
            button.setProperty("primary", n == 0 and action is acknowledge)
            button.setAccessibleName(action.text())
            button.clicked.connect(action.trigger)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def tell(self, now: float, zone: str, *, sending: bool) -> None:
        """The figures, ages and who has it."""
        alarm = self.alarm
        age = words.duration(now - alarm.raised)
        since = translate("device", "since {time}, {age}").format(
            time=words.moment(alarm.raised, zone, now, seconds=True), age=age
        )
        parts = [
            # of a tool that hangs, how long it has is its age; of an Xid the title has the number
            "" if alarm.type in (AlarmType.GPU_TOOL_HUNG, AlarmType.XID) else alarm_words.now_and_limit(alarm, self._mirror),
            since,
            alarm_words.state(alarm, sending=sending, now=now, zone=zone),
        ]
        parts += _part_of(alarm, self._mirror) if not self._same_part else []
        parts.append(cause_words.why(alarm))
        self.figures.setText(" · ".join(part for part in parts if part))
        self.affected.setText(affected(alarm, self._mirror) if self._whole else "")
        self.affected.setVisible(bool(self.affected.text()))
        self.setAccessibleName(alarm_words.accessible(alarm, words.clock(alarm.raised, zone)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The wash and the edge of what needs someone."""
        shown, painter = theme.current(), QPainter(self)
        loud = is_filled(self.alarm) and self.alarm.severity.calls
        painter.fillRect(self.rect(), shown.severity(self.alarm.severity, "wash") if loud else shown.colour("surface.panel"))
        if loud:
            edge = shown.size("stroke.mark")
            painter.fillRect(0, 0, edge, self.height(), shown.severity(self.alarm.severity, "edge"))
        painter.setPen(shown.pen("line.subtle"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


def _title(alarm: Alarm) -> str:
    """The part and what is wrong with it."""
    return f"{alarm.component} · {alarm_words.what(alarm)}" if alarm.component else alarm_words.what(alarm)


def _part_of(alarm: Alarm, mirror: Mirror) -> list[str]:
    """What a technician looks for: the part's serial and slot, and whose work it was on."""
    known = facts(mirror, alarm.device or "", alarm.component) if alarm.component else {}
    found = []
    if known.get("serial"):
        found.append(translate("device", "SN {serial}").format(serial=clean(known["serial"], 40)))
    if known.get("pci_bus_id"):
        found.append(translate("device", "slot {place}").format(place=clean(known["pci_bus_id"], 20)))
    if alarm.params.get("process"):
        found.append(translate("device", "affects {process}").format(process=clean(str(alarm.params["process"]), 60)))
    if alarm.params.get("job"):
        kind, _, name = clean(str(alarm.params["job"]), 60).partition(":")
        told = translate("device", "Slurm job {name}") if kind == "slurm" else translate("device", "pod {name}")
        found.append(told.format(name=name))
    return found


class NoteLine(QLineEdit):
    """One line for the words of an acknowledgement or comment: Enter sends, Esc drops.

    Signals
    -------
    sent(str), dropped().
    """

    sent = Signal(str)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()
        self.setMaxLength(500)
        self.setMinimumHeight(theme.current().size("field") + theme.current().size("space.xs"))
        self.returnPressed.connect(self._send)

    def ask(self, what: str) -> None:
        """Show the line, empty, with what Enter will do."""
        self.setPlaceholderText(what)
        self.setAccessibleName(what)
        self.clear()
        self.show()
        self.setFocus()

    @Slot()
    def _send(self) -> None:
        text = self.text().strip()
        self.hide()
        self.sent.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc drops."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class AlarmCards(QWidget):
    """The cards of a device.

    Signals
    -------
    answered(object, int, str): an `Action` for an alarm with a note.
    """

    answered = Signal(object, int, str)

    def __init__(self, mirror: Mirror, clock: Callable[[], float], actions: tuple[QAction, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._mirror, self._clock, self._actions = mirror, clock, actions
        self._made_of: object = None
        self._asked: tuple[Action, int] | None = None
        self.cards: list[AlarmCard] = []
        self.more = plain_label(self, "caption")
        self.more.setWordWrap(True)
        shown = theme.current()
        left, above = shown.size("space.l"), shown.size("space.xs")
        self.more.setContentsMargins(left, above, left, above)
        self.note = NoteLine(self)
        self.note.sent.connect(self._answer)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.note, self.more):
            self._column.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_alarms(self, alarms: list[Alarm], zone: str) -> None:
        """Show the first of these; cards are made anew only when they changed."""
        wide = self.width() >= WIDE
        made_of = (tuple(alarms[:MOST_CARDS]), len(alarms), wide, theme.current().key)
        if made_of != self._made_of:
            self._made_of = made_of
            self._make(alarms, wide)
        sending = {number for command in self._mirror.sending.values() for number in command.alarms}
        for card in self.cards:
            card.tell(self._clock(), zone, sending=card.alarm.id in sending)

    def _make(self, alarms: list[Alarm], wide: bool) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for n, alarm in enumerate(alarms[:MOST_CARDS]):
            same = n > 0 and alarm.component == alarms[0].component
            card = AlarmCard(alarm, self._mirror, () if n else self._actions, wide, self, same_part=same)
            self._column.insertWidget(n if n == 0 else n + 1, card)  # the note's line stands under the first card
            self.cards.append(card)
        rest = alarms[MOST_CARDS:]
        named = " · ".join(_title(alarm) for alarm in rest[:MOST_NAMED]) + ("…" if len(rest) > MOST_NAMED else "")
        self.more.setText(translate("device", "{count} more: {alarms}").format(count=len(rest), alarms=named))
        self.more.setVisible(bool(rest))

    def ask(self, action: Action, alarm: Alarm) -> None:
        """Ask for the note of an action; where nothing can be acknowledged nothing happens."""
        if action is Action.ACKNOWLEDGE and alarm.state is not OperatorState.NONE and not alarm.worse_again:
            return
        self._asked = action, alarm.id
        name = " ".join(alarm_words.where(alarm)).strip()
        if action is Action.ACKNOWLEDGE:
            text = translate("device", "Acknowledge {name}: a note if you like, Enter sends, Esc drops")
        else:
            text = translate("device", "Comment on {name}: Enter sends, Esc drops")
        self.note.ask(text.format(name=name))

    @Slot(str)
    def _answer(self, text: str) -> None:
        if self._asked is not None and (text or self._asked[0] is not Action.COMMENT):
            self.answered.emit(*self._asked, text)
        self._asked = None
