"""Work on very many things in short turns, so that keys and paints come between: the window is never late by it."""

from collections.abc import Callable, Iterable
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Slot

MOST = 1500
"""Things of one turn."""


class Slices(QObject):
    """Gives numbers to `take` in turns, and calls `finish` when all are taken; few numbers are taken at once."""

    def __init__(self, take: Callable[[set[int]], None], finish: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take, self._finish = take, finish
        self._waiting: set[int] = set()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._turn)

    def add(self, numbers: Iterable[int]) -> None:
        """These are to be taken; the first of them now, unless others wait already."""
        self._waiting.update(numbers)
        if not self._timer.isActive():
            self._turn()

    def clear(self) -> None:
        """Nothing waits any more."""
        self._waiting.clear()
        self._timer.stop()

    @Slot()
    def _turn(self) -> None:
        part = set(islice(self._waiting, MOST))
        self._waiting -= part
        self._take(part)
        if self._waiting:
            self._timer.start()
        else:
            self._finish()
