"""Python's cyclic garbage is looked for in the thread of the window only.

Automatic collection runs in whichever thread allocates. A collector thread that finds a forgotten widget ends it there, holding
the interpreter while it waits for a lock of Qt that the window's thread holds while it waits for the interpreter: both stand
still for ever. So automatic collection is off while a window is there, and a timer of the window's thread does its work.
"""

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 100
FULL_EVERY_S = 60.0
"""Least time between two looks at everything: each costs tens of milliseconds."""


class GarbageTurns(QObject):
    """Collects in the thread that made it, from now until `end`."""

    def __init__(self) -> None:
        super().__init__()
        self._limits = gc.get_threshold()
        self._was_enabled = gc.isenabled()
        self._full_at = monotonic() + FULL_EVERY_S
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.turn)
        self._timer.start()

    def turn(self) -> None:
        """Collect the oldest generation that is due, as the interpreter would."""
        due = [count > limit for count, limit in zip(gc.get_count(), self._limits, strict=True)]
        if due[2] and monotonic() >= self._full_at:
            gc.collect()
            self._full_at = monotonic() + FULL_EVERY_S
        elif due[1]:
            gc.collect(1)
        elif due[0]:
            gc.collect(0)

    def end(self) -> None:
        """Leave it to the interpreter again, as it was."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
