"""The passphrase of a key, asked once in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from noc_console.model.alarm import Alarm
from noc_console.model.severity import Severity
from widgets.passphrase_dialog import PassphraseDialog, asks_for_passphrase


class Asked:
    """Stands for the check; notes what it is asked."""

    def __init__(self, code: str = "") -> None:
        self.code = code
        self.calls: list[tuple[str, str, bool]] = []

    def __call__(self, device: str, text: str, keep: bool) -> str:
        self.calls.append((device, text, keep))
        return self.code


def dialog(qtbot, unlock: Asked) -> PassphraseDialog:
    made = PassphraseDialog("gpu-1", unlock)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_typed_is_hidden_tried_and_forgotten(qtbot):
    unlock = Asked()
    shown = dialog(qtbot, unlock)
    assert not shown.send.isEnabled()
    assert shown.typed.echoMode() == QLineEdit.EchoMode.Password
    shown.typed.setText("open sesame")
    with qtbot.waitSignal(shown.accepted):
        qtbot.keyClick(shown.typed, Qt.Key.Key_Return)
    assert unlock.calls == [("gpu-1", "open sesame", False)]
    assert shown.typed.text() == ""


@pytest.mark.parametrize("code", ["passphrase-wrong", "key-file-missing", "not-asked"])
def test_what_does_not_open_the_key_is_said_and_can_be_typed_again(qtbot, code):
    shown = dialog(qtbot, Asked(code))
    shown.typed.setText("shut sesame")
    with qtbot.waitSignal(shown.answered):
        shown.send.click()
    qtbot.waitUntil(lambda: shown.send.isEnabled())
    assert shown.isVisible()
    assert "sesame" not in shown.says.text()
    assert shown.says.text()


def test_without_a_keyring_it_is_used_all_the_same(qtbot):
    unlock = Asked("no-keyring")
    shown = dialog(qtbot, unlock)
    shown.typed.setText("open sesame")
    shown.stays.setChecked(True)
    with qtbot.waitSignal(shown.answered):
        shown.send.click()
    qtbot.waitUntil(lambda: shown.typed.text() == "")
    assert unlock.calls == [("gpu-1", "open sesame", True)]
    with qtbot.waitSignal(shown.accepted):
        shown.shut.click()


@pytest.mark.parametrize(
    ("type_", "reason", "asks"),
    [
        ("credential-missing", "passphrase-missing", True),
        ("credential-missing", "passphrase-wrong", True),
        ("credential-missing", "key-file-missing", False),
        ("auth-failed", "key-refused", False),
    ],
)
def test_it_is_offered_where_a_key_is_locked(type_, reason, asks):
    alarm = Alarm(
        id=1, device="gpu-1", component="", type=type_, qualifier="ssh", severity=Severity.MAJOR, raised=1.0, changed=1.0,
        params={"reason": reason},
    )  # fmt: skip
    assert asks_for_passphrase(alarm) is asks
