"""First contact in the window: a key is confirmed by its fingerprint, typed or from a file, and by nothing less."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from noc_console.model.alarm import Alarm
from noc_console.model.severity import Severity
from widgets.trust_dialog import TrustDialog, asks_for_trust

RIGHT = "SHA256:" + "a" * 43


class Asked:
    """Stands for the check; notes what it is asked."""

    def __init__(self, code: str = "") -> None:
        self.code = code
        self.calls: list[tuple[str, str, bool]] = []

    def __call__(self, device: str, text: str, replace: bool) -> str:
        self.calls.append((device, text, replace))
        return self.code


def dialog(qtbot, trust: Asked, *, changed: bool = False) -> TrustDialog:
    made = TrustDialog("gpu-1", trust, changed=changed)
    qtbot.addWidget(made)
    made.show()
    return made


def test_without_a_fingerprint_there_is_nothing_to_confirm(qtbot):
    trust = Asked()
    shown = dialog(qtbot, trust)
    for text in ("", "yes", "SHA256:short"):
        shown.typed.setText(text)
        assert not shown.send.isEnabled()
        qtbot.keyClick(shown.typed, Qt.Key.Key_Return)
    assert trust.calls == []
    assert "SHA256:a" not in shown.how.text()


def test_a_typed_fingerprint_is_checked_and_closes_it(qtbot):
    trust = Asked()
    shown = dialog(qtbot, trust)
    shown.typed.setText(RIGHT)
    with qtbot.waitSignal(shown.accepted):
        qtbot.keyClick(shown.typed, Qt.Key.Key_Return)
    assert trust.calls == [("gpu-1", RIGHT, False)]


@pytest.mark.parametrize("code", ["not-the-same", "another-stored", "not-written", "no-fingerprint", "timeout"])
def test_what_is_not_stored_is_said_in_words(qtbot, code: str):
    shown = dialog(qtbot, Asked(code))
    shown.typed.setText(RIGHT)
    with qtbot.waitSignal(shown.answered):
        shown.send.click()
    qtbot.waitUntil(lambda: shown.send.isEnabled())
    assert shown.isVisible()
    assert shown.says.text()
    assert code not in shown.says.text() or code == "timeout"


def test_a_changed_key_needs_a_word_of_its_own(qtbot):
    trust = Asked()
    shown = dialog(qtbot, trust, changed=True)
    shown.typed.setText(RIGHT)
    assert not shown.send.isEnabled()
    shown.old_is_over.setChecked(True)
    with qtbot.waitSignal(shown.accepted):
        shown.send.click()
    assert trust.calls == [("gpu-1", RIGHT, True)]


def test_a_file_with_keys_does_as_well(qtbot, tmp_path: Path):
    shown = dialog(qtbot, Asked())
    file = tmp_path / "host.pub"
    file.write_text("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA host\n")
    shown.take_file(file)
    assert shown.send.isEnabled()
    shown.take_file(tmp_path / "missing")
    assert shown.says.text()


@pytest.mark.parametrize(
    ("type_", "reason", "asks"),
    [("host-key-changed", "", True), ("auth-failed", "host-key-unknown", True), ("auth-failed", "key-refused", False)],
)
def test_it_is_offered_for_keys_that_nobody_confirmed(type_: str, reason: str, asks: bool):
    alarm = Alarm(
        id=1, device="gpu-1", component="", type=type_, qualifier="ssh", severity=Severity.MAJOR, raised=1.0, changed=1.0,
        params={"reason": reason} if reason else {},
    )  # fmt: skip
    assert asks_for_trust(alarm) is asks
