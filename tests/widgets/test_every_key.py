"""Each key that F1 lists does something in its view: what it says can be seen, heard by the monitor, or pasted."""

import itertools

import pytest
import sample_fleet
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from noc_console.feed import Feed
from widgets import flash
from widgets.app import new_context
from widgets.backend import Backend
from widgets.discover import find_views
from widgets.frame import actions
from widgets.main_window import MainWindow

ARROWS = {"←": "Left", "→": "Right", "↑": "Up", "↓": "Down", "−": "-"}
DEVICES = ("gpu-0001", "leaf-01", "spine-1", "crac-1")


class Bench:
    """A window with every view, and what can be noticed of it."""

    def __init__(self, qtbot, settings):
        self.sent, feed = [], Feed()
        feed.restart(sample_fleet.snapshot())
        self.window = MainWindow(new_context(settings))
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.window.show_views(find_views())
        self.window.start(Backend(feed=feed, send=self.sent.append, who="Lan", clock=lambda: sample_fleet.NOW))
        QGuiApplication.styleHints().setCursorFlashTime(0)
        self.window.pulse.stop()
        self.window.pulse.beat()

    def show(self, name, alarm, device):
        """The view in front with its focus, an alarm and a device chosen, nothing open over it."""
        flash.source().end()  # what changes by itself is no answer to a key
        for _ in range(3):
            QTest.keyClick(self.window.focusWidget() or self.window, Qt.Key.Key_Escape)
        self.window.navigation.show_view(name)
        view = self.window.parts.docks.panel(name).view
        self.window.context.selection.choose_device(device)
        self.window.context.selection.choose_alarm(alarm)
        (view.focusProxy() or view).setFocus()
        QGuiApplication.clipboard().setText("")
        QApplication.processEvents()
        return view

    def press(self, keys):
        stroke = QKeySequence(keys)[0]
        QTest.keyClick(self.window.focusWidget() or self.window, stroke.key(), stroke.keyboardModifiers())
        QApplication.processEvents()

    def noticed(self):
        """All that a key can change."""
        docks, chosen = self.window.parts.docks, self.window.context.selection
        picture = self.window.grab().toImage()
        return (
            docks.front,
            chosen.device,
            chosen.alarm,
            len(self.sent),
            QGuiApplication.clipboard().text(),
            bytes(picture.constBits()),
        )


def strokes(listed: str) -> list[str]:
    """`⇧←→` → Shift+Left, Shift+Right; `+ − 0`; `Ctrl A`; `Shift ↑↓`."""
    before, text = "", listed.replace("⇧", "Shift ")
    for modifier in ("Shift", "Ctrl"):
        if text.startswith(modifier + " "):
            before, text = f"{modifier}+", text[len(modifier) + 1 :]
    if any(arrow in text for arrow in "←→↑↓"):
        text = " ".join(text.replace(" ", ""))
    return [before + ARROWS.get(part, part) for part in text.split(" ") if part]


def listed_keys(view):
    told = [stroke for key, _ in view.hints() for stroke in strokes(key)]
    told += [key for keys, _ in actions.listed(view.context_actions()) for key in keys.split(", ")]
    return list(dict.fromkeys(told))


@pytest.mark.parametrize("name", ["alarms", "map", "thermal", "timeline", "device"])
def test_every_key_that_is_listed_does_something(qtbot, tmp_path, name):
    bench = Bench(qtbot, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    numbers = sorted(bench.window.context.mirror.alarms)
    idle = []
    keys = listed_keys(bench.show(name, numbers[0], DEVICES[0]))
    assert keys
    for key in keys:
        firsts = [None, *(other for other in keys if other != key and not other[0].isalpha())]
        places = list(zip(itertools.cycle(numbers), [*DEVICES, *["gpu-0001"] * len(numbers)], strict=False))
        tries = [(first, place) for first in firsts[:1] for place in places] + [(first, places[0]) for first in firsts[1:]]
        if not any(does_something(bench, name, key, first, *place) for first, place in tries):
            idle.append(key)
    assert not idle, f"keys of {name} that are listed and do nothing"


def does_something(bench, name, key, first, alarm, device) -> bool:
    """Whether a key changes anything, pressed after another one (what is widest already cannot become wider)."""
    bench.show(name, alarm, device)
    if first:
        bench.press(first)
    before = bench.noticed()
    bench.press(key)
    return bench.noticed() != before
