"""Reads the past from the store without holding up the window: one thread at a time, its answer as a signal in the UI thread."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

log = logging.getLogger(__name__)

READ_LOCK = threading.Lock()
"""One read of the history at a time in the whole window: `History` may be one connection."""


class PastReader(QObject):
    """Runs one question after the other; a question that comes while one runs replaces the one that waits.

    Signals
    -------
    found(object, object): (the key of the question, its answer). failed(object, str): (key, what went wrong).
    busy_changed(): whether something is being read changed.
    """

    found = Signal(object, object)
    failed = Signal(object, str)
    busy_changed = Signal()
    _done = Signal(object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: threading.Thread | None = None
        self._waiting: tuple[object, Callable[[], object]] | None = None
        self._done.connect(self._take_answer)

    @property
    def is_busy(self) -> bool:
        """Whether a question is being answered."""
        return self._running is not None

    def ask(self, key: object, question: Callable[[], object]) -> None:
        """Answer a question in the thread `history`; `key` comes back with the answer."""
        if self._running is not None:
            self._waiting = key, question
            return
        self._running = threading.Thread(target=self._answer, args=(key, question), name="history")
        self._running.start()
        self.busy_changed.emit()

    def _answer(self, key: object, question: Callable[[], object]) -> None:
        answer, error = None, ""
        try:
            with READ_LOCK:
                answer = question()
        except (OSError, ValueError, RuntimeError, LookupError) as fault:
            log.warning("history could not be read: %s", fault)
            error = str(fault) or type(fault).__name__
        try:
            self._done.emit(key, answer, error)
        except RuntimeError:  # the window closed meanwhile; nobody waits for the answer
            log.debug("an answer of the history came after the window closed")

    @Slot(object, object, str)
    def _take_answer(self, key: object, answer: object, error: str) -> None:
        if self._running is not None:
            self._running.join()
            self._running = None
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.ask(*waiting)
        if error:
            self.failed.emit(key, error)
        else:
            self.found.emit(key, answer)
        self.busy_changed.emit()
