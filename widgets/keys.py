"""Letters as keys whatever input method is on: a Hangul or Telex layout gives none of A to Z, the place on the keyboard does."""

import sys

from PySide6.QtCore import Qt
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


def act_on_letter(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Do the action of a letter that an input method hides; whether there was one. Not where text is typed."""
    if widget is None or isinstance(widget, QLineEdit | QPlainTextEdit):
        return False
    letter = physical_letter(event)
    return bool(letter) and _trigger(widget, letter, event.modifiers())


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
