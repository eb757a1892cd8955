"""First contact: who a server is, confirmed by a person who types, pastes or brings its fingerprint; never by one click.

What the server itself shows is not offered here: whoever copies it from the screen has compared nothing.
"""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPushButton, QWidget

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets.asking_dialog import AskingDialog
from widgets.canvas.thermal_parts import plain_label
from widgets.words import translate

Trust = Callable[[str, str, bool], str]
"""(device, fingerprints or public keys, whether the stored key goes) → a code why it was not stored; empty: it was. May block."""

COMMAND = "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"
MOST_FILE = 65_536
WIDTH = 620
_LOOKS_RIGHT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}|(?:ssh-|ecdsa-)[a-z0-9-]+ AAAA")


def asks_for_trust(alarm: Alarm) -> bool:
    """Whether what is wrong is that nobody has confirmed this key."""
    return alarm.type == AlarmType.HOST_KEY_CHANGED or alarm.params.get("reason") == "host-key-unknown"


class TrustDialog(AskingDialog):
    """One server's key."""

    def __init__(self, device: str, trust: Trust, *, changed: bool, parent: QWidget | None = None) -> None:
        super().__init__(translate("trust", "Confirm"), translate("trust", "Close"), parent)
        self._device, self._trust = device, trust
        self.setWindowTitle(translate("trust", "Confirm who {device} is").format(device=clean(device, 60)))
        self.how = plain_label(self)
        self.how.setWordWrap(True)
        self.how.setText(translate("trust", "At the server's own console, or from whoever installed it:") + f"\n{COMMAND}")
        self.typed.setMaxLength(MOST_FILE)
        self.typed.setPlaceholderText("SHA256:…")
        self.typed.setAccessibleName(translate("trust", "Fingerprint"))
        self.old_is_over = QCheckBox(translate("trust", "The key that was confirmed before is no longer this server's"), self)
        self.old_is_over.setVisible(changed)
        self.file = QPushButton(translate("trust", "From a file…"), self)
        self.lay_out((self.how, self.typed, self.old_is_over), WIDTH, (self.file,))
        self.typed.textChanged.connect(self._look)
        self.old_is_over.toggled.connect(self._look)
        self.file.clicked.connect(self._choose_file)
        self.answered.connect(self._tell)
        self._look()

    @Slot()
    def _look(self) -> None:
        """It can be confirmed once there is a whole fingerprint, and a changed key only with its own word."""
        ready = bool(_LOOKS_RIGHT.search(self.typed.text()))
        self.send.setEnabled(ready and (self.old_is_over.isHidden() or self.old_is_over.isChecked()))

    @Slot()
    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, translate("trust", "A file with fingerprints or public keys"))
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Take what a file says; what cannot be read is said."""
        try:
            with path.open("rb") as file:
                text = file.read(MOST_FILE).decode("utf-8", "replace")
        except OSError as error:
            self.says.setText(clean(error.strerror or str(error), 120))
            return
        self.typed.setText(" ".join(text.split()))

    @Slot()
    def _try(self) -> None:
        if self.send.isEnabled():
            text, replace = self.typed.text(), self.old_is_over.isChecked()
            waiting = translate("trust", "Asking {device}…").format(device=clean(self._device, 60))
            self.ask("trust", waiting, lambda: self._trust(self._device, text, replace))

    @Slot(str)
    def _tell(self, code: str) -> None:
        self._look()
        if not code:
            self.accept()
            return
        known = {
            "no-fingerprint": translate("trust", "This holds no fingerprint and no public key"),
            "not-the-same": translate("trust", "The server shows another key. Nothing was stored: find out why first"),
            "another-stored": translate("trust", "Another key is stored for it. Nothing was changed"),
            "not-written": translate("trust", "The file of confirmed keys cannot be written"),
            "not-asked": translate("trust", "It is not asked over SSH"),
        }
        self.tell(code, known)
