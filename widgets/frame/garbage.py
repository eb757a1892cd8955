"""Python's cyclic garbage is looked for in the thread of the window only.

Automatic collection runs in whichever thread allocates. A collector thread that finds a forgotten widget ends it there, holding
the interpreter while it waits for a lock of Qt that the window's thread holds while it waits for the interpreter: both stand
still for ever. So automatic collection is off while a window is there, and a timer of the window's thread does its work.

A look at everything takes the longer the more a fleet has: 0.2 s with two thousand devices. What was there at one look is
therefore left out of the next ones (`gc.freeze`), and looked at again once in a day, or where nobody works with the window.
"""

import gc
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

EVERY_MS = 100
FULL_EVERY_S = 3.0
"""Least time between two looks at all that is new since the last one."""
START_S = 15.0
"""While a fleet is loaded what comes is left out at once: nearly all of it stays."""
WHOLE_EVERY_S, WHOLE_AT_LAST_S = 3600.0, 86400.0
"""Between two looks at everything: where the window is not the active one, and in any case."""


class GarbageTurns(QObject):
    """Collects in the thread that made it, from now until `end`."""

    def __init__(self) -> None:
        super().__init__()
        self._limits = gc.get_threshold()
        self._was_enabled = gc.isenabled()
        self._full_at = monotonic() + FULL_EVERY_S
        self._whole_at = monotonic()
        self._loaded_at = self._whole_at + START_S
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.turn)
        self._timer.start()

    def turn(self) -> None:
        """Collect the oldest generation that is due, as the interpreter would."""
        due = [count > limit for count, limit in zip(gc.get_count(), self._limits, strict=True)]
        if monotonic() >= self._full_at and (due[2] or due[1]):
            self._look_at_all()
        elif due[1]:
            gc.collect(1)
        elif due[0]:
            gc.collect(0)

    def _look_at_all(self) -> None:
        now = monotonic()
        state = QGuiApplication.applicationState()
        if now - self._whole_at > (WHOLE_AT_LAST_S if state is Qt.ApplicationState.ApplicationActive else WHOLE_EVERY_S):
            gc.unfreeze()
            self._whole_at = now
        if now >= self._loaded_at:
            gc.collect()
        gc.freeze()
        self._full_at = now + FULL_EVERY_S

    def end(self) -> None:
        """Leave it to the interpreter again, as it was."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
