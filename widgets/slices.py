"""Work on very many things in short turns, so that keys and paints come between: the window is never late by it."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

MOST = 400
"""Things of one turn."""
Thing = TypeVar("Thing", int, str)


class Slices(Generic[Thing]):
    """Gives things to `take` in turns, and calls `finish` when all are taken; few are taken at once."""

    def __init__(
        self, take: Callable[[set[Thing]], None], finish: Callable[[], None], parent: QObject, *, most: int = MOST
    ) -> None:
        self._take: Callable[[set[Thing]], None] = take
        self._finish, self._most = finish, most
        self._waiting: set[Thing] = set()
        self._timer = QTimer(parent, singleShot=True, interval=0)
        self._timer.timeout.connect(self._turn)

    def add(self, things: Iterable[Thing]) -> None:
        """These are to be taken; the first of them now, unless others wait already."""
        self._waiting.update(things)
        if not self._timer.isActive():
            self._turn()

    def clear(self) -> None:
        """Nothing waits any more."""
        self._waiting.clear()
        self._timer.stop()

    def _turn(self) -> None:
        part = set(islice(self._waiting, self._most))
        self._waiting -= part
        self._take(part)
        if self._waiting:
            self._timer.start()
        else:
            self._finish()
