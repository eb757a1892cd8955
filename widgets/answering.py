"""One piece of work in a thread, its answer in the UI thread: whoever asks may be closed or gone by then."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

log = logging.getLogger(__name__)

_UNDER_WAY: "set[Answering]" = set()
"""Only the UI thread adds and takes away. What is in it, and what its work holds on to (a dialog, for one), is never let go in
the thread: a widget that goes anywhere but in the UI thread takes the program with it."""


class Answering(QObject):
    """Does `work` once, in a thread of this name; `work` tells its failures by what it gives.

    Signals
    -------
    answered(str): what the work gave.
    """

    answered = Signal(str)
    _done = Signal(str)

    def __init__(self, name: str, work: Callable[[], str]) -> None:
        super().__init__()
        self._work = work
        self._thread = threading.Thread(target=self._run, name=name)
        self._done.connect(self._take)

    def begin(self) -> None:
        """Begin; UI thread, once."""
        _UNDER_WAY.add(self)
        self._thread.start()

    def _run(self) -> None:
        answer = self._work()
        try:
            self._done.emit(answer)
        except RuntimeError:  # the program ended meanwhile; nobody waits for the answer
            log.debug("an answer came after the window closed")

    @Slot(str)
    def _take(self, answer: str) -> None:
        self._thread.join()
        self.answered.emit(answer)
        _UNDER_WAY.discard(self)
