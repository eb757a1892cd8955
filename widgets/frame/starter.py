"""Opens the backend in a thread, after the first paint, so that the window never waits for imports, disks or processes."""

import logging
from threading import Thread

from PySide6.QtCore import QObject, Signal, Slot

from widgets.backend import Backend, OpenBackend, Refused

log = logging.getLogger(__name__)


class Starter(QObject):
    """Signals: ready(Backend). refused(object): the sentences that say why not, kept in `sentences`."""

    ready = Signal(object)
    refused = Signal(object)

    def __init__(self, open_backend: OpenBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_backend
        self._thread = Thread(target=self._run, name="start")
        self.backend: Backend | None = None
        self.sentences: tuple[str, ...] = ()
        self._begun = False

    @Slot()
    def begin(self) -> None:
        """Begin, once."""
        if not self._begun:
            self._begun = True
            self._thread.start()

    def end(self) -> None:
        """Wait for the start and close what it opened."""
        if self._begun:
            self._thread.join()
        if self.backend is not None:
            backend, self.backend = self.backend, None
            backend.close()

    def _run(self) -> None:
        try:
            self.backend = self._open()
        except Refused as refused:
            self._refuse(refused.sentences)
        except Exception as error:  # a disk, a port, a record that nobody foresaw: an empty window would say nothing of it
            log.exception("the console could not start")
            self._refuse((str(error) or type(error).__name__,))
        else:
            self.ready.emit(self.backend)

    def _refuse(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        self.refused.emit(sentences)
