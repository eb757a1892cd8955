"""The passphrase of a server's key, asked once for all servers of its credential; kept in memory, or in the keyring."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets.asking_dialog import AskingDialog
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


class PassphraseDialog(AskingDialog):
    """One key's passphrase."""

    def __init__(self, device: str, unlock: Unlock, parent: QWidget | None = None) -> None:
        super().__init__(translate("passphrase", "Use"), translate("passphrase", "Close"), parent)
        self._device, self._unlock = device, unlock
        self.setWindowTitle(translate("passphrase", "Passphrase of the key for {device}").format(device=clean(device, 60)))
        self.typed.setEchoMode(QLineEdit.EchoMode.Password)
        self.typed.setMaxLength(MOST)
        self.typed.setPlaceholderText(translate("passphrase", "Passphrase"))
        self.typed.setAccessibleName(translate("passphrase", "Passphrase"))
        self.stays = QCheckBox(translate("passphrase", "Keep it in the keyring; otherwise until the console ends"), self)
        self.lay_out((self.typed, self.stays), WIDTH)
        self.typed.textChanged.connect(self._look)
        self.answered.connect(self._tell)
        self._look()

    @Slot()
    def _look(self) -> None:
        self.send.setEnabled(bool(self.typed.text()))

    @Slot()
    def _try(self) -> None:
        if self.send.isEnabled():
            text, keep = self.typed.text(), self.stays.isChecked()
            waiting = translate("passphrase", "Trying it on the key…")
            self.ask("unlock", waiting, lambda: self._unlock(self._device, text, keep))

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
        self.tell(code, known)
