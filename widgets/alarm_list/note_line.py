# ruff: noqa: D102 - overrides of Qt are described by Qt
"""The line for a note under the row: Enter sends, Esc drops. For acknowledging and commenting, one alarm or many."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from noc_console.model.command import Action
from widgets import theme
from widgets.words import translate

LONGEST_NOTE = 1000


class NoteLine(QFrame):
    """Signals: sent(object, object, str): the action, the alarms' numbers, the note. dropped(): Esc."""

    sent = Signal(object, object, str)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = Action.ACKNOWLEDGE
        self._alarms: tuple[int, ...] = ()
        self._label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.line = QLineEdit(maxLength=LONGEST_NOTE)
        self._send = QPushButton()
        self._send.setProperty("primary", True)
        self._send.clicked.connect(self._finish)
        row = QHBoxLayout(self)
        margin = theme.current().size("space.xs")
        row.setContentsMargins(theme.current().size("space.m"), margin, theme.current().size("space.m"), margin)
        row.addWidget(self._label)
        row.addWidget(self.line, 1)
        row.addWidget(self._send)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.line.setFixedHeight(theme.current().size("field"))
        self.line.returnPressed.connect(self._finish)
        self.line.installEventFilter(self)
        self.hide()

    def ask(self, action: Action, alarms: tuple[int, ...]) -> None:
        """Ask for the note of an action on these alarms."""
        self._action, self._alarms = action, alarms
        count = len(alarms)
        if action is Action.COMMENT:
            word = translate("alarms", "Comment")
            self.line.setPlaceholderText(translate("alarms", "What the next one should know"))
        else:
            word = translate("alarms", "Acknowledge")
            self.line.setPlaceholderText(translate("alarms", "Note (may be empty): who does what until when"))
        text = translate("alarms", "{action} {count} alarms").format(action=word, count=count) if count > 1 else word
        self._label.setText(text)
        self._send.setText(text + "  ↵")
        self.line.setAccessibleName(text)
        self.line.clear()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def alarms(self) -> tuple[int, ...]:
        """The alarms that the note is for."""
        return self._alarms

    def _finish(self) -> None:
        text = self.line.text().strip()
        if self._action is Action.COMMENT and not text:
            return
        self.hide()
        self.sent.emit(self._action, self._alarms, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc is this line's while it is open, before any action's
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.dropped.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # they belong to the line
            super().keyPressEvent(event)
