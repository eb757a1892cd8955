"""The passphrase of a server's key, asked once for all servers of its credential; kept in memory, or in the keyring."""

import threading
from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets import words
from widgets.canvas.thermal_parts import plain_label
from widgets.words import translate

Unlock = Callable[[str, str, bool], str]
"""(device, passphrase, whether the keyring keeps it) → a code why it is not taken; empty: it is. May block."""

MOST = 1024
WIDTH = 520
REASONS = ("passphrase-missing", "passphrase-wrong")
ONLY_IN_MEMORY = "no-keyring"


def asks_for_passphrase(alarm: Alarm) -> bool:
    """Whether what is wrong is that nobody has told the key's passphrase."""
    return alarm.type == AlarmType.CREDENTIAL_MISSING and alarm.params.get("reason") in REASONS


class PassphraseDialog(QDialog):
    """One key's passphrase.

    Signals
    -------
    answered(str): a code why it was not taken; empty: it was.
    """

    answered = Signal(str)

    def __init__(self, device: str, unlock: Unlock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._device, self._unlock = device, unlock
        self.setWindowTitle(translate("passphrase", "Passphrase of the key for {device}").format(device=clean(device, 60)))
        self.typed = QLineEdit(self)
        self.typed.setEchoMode(QLineEdit.EchoMode.Password)
        self.typed.setMaxLength(MOST)
        self.typed.setAccessibleName(translate("passphrase", "Passphrase"))
        self.stays = QCheckBox(translate("passphrase", "Keep it in the keyring; otherwise until the console ends"), self)
        self.says = plain_label(self)
        self.says.setWordWrap(True)
        self.use = QPushButton(translate("passphrase", "Use"), self)
        self.use.setProperty("primary", True)
        self.shut = QPushButton(translate("passphrase", "Close"), self)
        self._build()
        self.typed.textChanged.connect(self._look)
        self.typed.returnPressed.connect(self._send)
        self.use.clicked.connect(self._send)
        self.shut.clicked.connect(self.reject)
        self.answered.connect(self._tell)
        self._look()
        self.resize(WIDTH, self.sizeHint().height())

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.shut, self.use):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for part in (self.typed, self.stays, self.says):
            column.addWidget(part)
        column.addLayout(buttons)
        self.typed.setFocus()

    @Slot()
    def _look(self) -> None:
        self.use.setEnabled(bool(self.typed.text()))

    @Slot()
    def _send(self) -> None:
        if not self.use.isEnabled():
            return
        self.use.setEnabled(False)
        self.says.setText(translate("passphrase", "Trying it on the key…"))
        text, keep = self.typed.text(), self.stays.isChecked()
        work = lambda: self.answered.emit(self._unlock(self._device, text, keep))  # noqa: E731 - it is the thread
        threading.Thread(target=work, name="unlock").start()

    @Slot(str)
    def _tell(self, code: str) -> None:
        if not code:
            self.typed.clear()
            self.accept()
            return
        self._look()
        if code == ONLY_IN_MEMORY:
            self.typed.clear()
            self.shut.clicked.disconnect(self.reject)
            self.shut.clicked.connect(self.accept)
        known = {
            "passphrase-wrong": translate("passphrase", "It does not open the key"),
            ONLY_IN_MEMORY: translate("passphrase", "It is used until the console ends: there is no keyring that keeps it"),
        }
        self.says.setText(known.get(code) or words.error(code))
