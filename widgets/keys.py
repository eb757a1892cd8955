"""Letters as keys whatever input method is on: a Hangul or Telex layout gives none of A to Z, the place on the keyboard does."""

import sys

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_ROWS = {24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
"""Scan codes of xkb and evdev: the first of each row of letters on a PC keyboard."""
_BY_SCAN_CODE = {first + i: letter for first, row in _ROWS.items() for i, letter in enumerate(row)}


def physical_letter(event: QKeyEvent) -> str:
    """The letter at the place of the key, if what was typed is no Latin letter; empty otherwise."""
    text = event.text()
    if not text or text.isascii() or not sys.platform.startswith("linux"):
        return ""
    return _BY_SCAN_CODE.get(event.nativeScanCode(), "")


class PhysicalKeys(QObject):
    """An event filter of the application that does the action of a letter where an input method hides the letter."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at keys that go to widgets that take no text."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if isinstance(watched, QLineEdit | QPlainTextEdit):
            return False
        letter = physical_letter(event)
        return bool(letter) and _trigger(watched, letter, event.modifiers())


def _trigger(widget: QWidget, letter: str, modifiers: Qt.KeyboardModifier) -> bool:
    shift = "Shift+" if modifiers & Qt.KeyboardModifier.ShiftModifier else ""
    wanted = QKeySequence(shift + letter)
    at: QWidget | None = widget
    while at is not None:
        for action in at.actions():
            if wanted in action.shortcuts() and action.isEnabled():
                action.trigger()
                return True
        at = at.parentWidget()
    return False
