"""What a person has to say before a server is logged into: who it is, and the passphrase of the key. UI thread."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.model.command import AskNow
from widgets.canvas import device_words
from widgets.canvas.device_head import DeviceHead
from widgets.canvas.map_bar import keyed_action
from widgets.passphrase_dialog import PassphraseDialog, asks_for_passphrase
from widgets.trust_dialog import TrustDialog, asks_for_trust
from widgets.view import ViewContext
from widgets.words import translate


class ServerAccess(QObject):
    """Two buttons in the head, each shown while an alarm of the device wants it; the device is asked anew after either."""

    def __init__(self, view: QWidget, head: DeviceHead, context: ViewContext) -> None:
        super().__init__(view)
        self._view, self._context, self._device = view, context, ""
        self.confirm_key = keyed_action(view, translate("device", "Confirm the host key…"), "")
        self.enter_passphrase = keyed_action(view, translate("device", "Enter the passphrase…"), "")
        self.key_button = head.offer(self.confirm_key)
        self.passphrase_button = head.offer(self.enter_passphrase)
        self.confirm_key.triggered.connect(self._confirm_key)
        self.enter_passphrase.triggered.connect(self._ask_passphrase)

    def show_for(self, device: str) -> None:
        """Offer what this device's alarms want."""
        self._device = device
        alarms = device_words.open_alarms(self._context.mirror, device)
        self.key_button.setVisible(self._context.trust is not None and any(map(asks_for_trust, alarms)))
        self.passphrase_button.setVisible(self._context.unlock is not None and any(map(asks_for_passphrase, alarms)))

    def _untrusted(self) -> Alarm | None:
        """The alarm that nobody has confirmed its key, if there is one."""
        return next((a for a in device_words.open_alarms(self._context.mirror, self._device) if asks_for_trust(a)), None)

    @Slot()
    def _confirm_key(self) -> None:
        alarm, trust = self._untrusted(), self._context.trust
        if alarm is not None and trust is not None:
            changed = alarm.type == AlarmType.HOST_KEY_CHANGED
            self._open(TrustDialog(self._device, trust, changed=changed, parent=self._view))

    @Slot()
    def _ask_passphrase(self) -> None:
        if self._context.unlock is not None and self._device:
            self._open(PassphraseDialog(self._device, self._context.unlock, parent=self._view))

    def _open(self, dialog: QDialog) -> None:
        device = self._device
        dialog.accepted.connect(lambda: self._context.send(AskNow(device=device)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
