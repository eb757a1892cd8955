# ruff: noqa: D102 - overrides of Qt are described by Qt
"""The line under the row for what an action needs: a note, a reason, a name, a cause, an end. Enter sends, Esc drops."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from noc_console.model.command import Action
from widgets import theme
from widgets.alarm_list.ends import End, choices, moment_of
from widgets.words import translate

LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a person is about to do, and with which alarms."""

    action: Action
    alarms: tuple[int, ...]
    text: str = ""
    until: float | None = None
    owner: str = ""
    under: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the line asks for a deed. `ends`: whether an end is asked for, `open_end`: whether it may have none."""

    deed: Deed
    word: str
    hint: str
    needs_text: bool = False
    ends: bool = False
    open_end: bool = False
    offers: Sequence[str] = ()
    take: Callable[[Deed, str], Deed | None] = lambda deed, text: replace(deed, text=text)
    """The deed with what was typed; None where that means nothing."""
    wrong: str = ""
    """What is said then."""


class DeedLine(QFrame):
    """Signals: sent(object): the Deed. dropped(): Esc."""

    sent = Signal(object)
    dropped = Signal()

    def __init__(self, clock: Callable[[], float], zone: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._zone = clock, zone
        self._question: Question | None = None
        self.label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.line = QLineEdit(maxLength=LONGEST_NOTE)
        self.ends = QComboBox()
        self.own = QLineEdit(maxLength=40)
        self.own.setPlaceholderText(translate("ends", "14:40, 11-25 14:40, 90m"))
        self.own.setAccessibleName(translate("ends", "End"))
        self.ends.setAccessibleName(translate("ends", "End"))
        self.button = QPushButton()
        self._lay_out()
        self.button.clicked.connect(self._finish)
        self.ends.currentIndexChanged.connect(self._choose_end)
        for part in (self.line, self.own):
            part.returnPressed.connect(self._finish)
        for each in (self.line, self.own, self.ends, self.button):
            each.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        shown = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(shown.size("space.m"), shown.size("space.xs"), shown.size("space.m"), shown.size("space.xs"))
        row.addWidget(self.label)
        row.addWidget(self.line, 3)
        row.addWidget(self.ends)
        row.addWidget(self.own, 1)
        row.addWidget(self.button)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        for part in (self.line, self.own, self.ends):
            part.setFixedHeight(shown.size("field"))
        self.button.setProperty("primary", True)

    # ------------------------------------------------------------ asking
    def ask(self, question: Question) -> None:
        """Ask what a deed needs."""
        self._question = question
        self._say("")
        self.button.setText(question.word + "  ↵")
        self.line.setPlaceholderText(question.hint)
        self.line.setAccessibleName(f"{question.word}: {question.hint}")
        self.line.clear()
        self.line.setCompleter(self._completer(question.offers))  # type: ignore[arg-type] # None takes it away
        self.ends.setVisible(question.ends)
        self.ends.clear()
        for end, words in choices(open_end=question.open_end) if question.ends else ():
            self.ends.addItem(words, end)
        self.own.clear()
        self._choose_end()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _completer(self, offers: Sequence[str]) -> QCompleter | None:
        if not offers:
            return None
        made = QCompleter(list(offers), self.line)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        made.setFilterMode(Qt.MatchFlag.MatchContains)
        return made

    def alarms(self) -> tuple[int, ...]:
        """The alarms that it asks about."""
        return self._question.deed.alarms if self._question is not None else ()

    def _say(self, wrong: str) -> None:
        word = self._question.word if self._question is not None else ""
        self.label.setText(wrong or word)
        self.label.setStyleSheet(f"color: {theme.current().colour('severity.major.text').name()}" if wrong else "")
        self.setAccessibleDescription(wrong)

    @Slot()
    def _choose_end(self) -> None:
        owns = self._question is not None and self._question.ends and self._end() is End.OWN
        self.own.setVisible(owns)
        if owns:
            self.own.setFocus()

    def _end(self) -> End:
        return End(self.ends.currentData() or End.NONE)

    # ------------------------------------------------------------ answering
    @Slot()
    def _finish(self) -> None:
        question = self._question
        if question is None or self.isHidden():
            return
        text = self.line.text().strip()
        if question.needs_text and not text:
            self._refuse(translate("ends", "A reason is needed") if question.ends else question.hint, self.line)
            return
        deed = question.take(question.deed, text)
        if deed is None:
            self._refuse(question.wrong, self.line)
            return
        until = moment_of(self._end(), self._clock(), self._zone(), self.own.text()) if question.ends else None
        if question.ends and until is None and self._end() is not End.NONE:
            self._refuse(translate("ends", "No time to come: 14:40, 11-25 14:40 or 90m"), self.own)
            return
        self.hide()
        self.sent.emit(replace(deed, until=until))

    def _refuse(self, wrong: str, part: QLineEdit) -> None:
        self._say(wrong)
        part.setFocus()

    # ------------------------------------------------------------ Qt
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc is this line's while it is open, before any action's
            return True
        pressed = event.key() if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else 0
        if watched is self.ends and pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.dropped.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # they belong to the line
            super().keyPressEvent(event)
