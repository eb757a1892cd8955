"""What happened to a stored alarm that is no longer in the mirror: read beside the window when its row is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from noc_console.model.alarm import Entry
from widgets.past import PastReader
from widgets.view import ViewContext


class StoredStory(QObject):
    """Of one alarm, the last that was asked for. Signals: came(): it is there."""

    came = Signal()

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reader = PastReader(self)
        self._reader.found.connect(self._found)
        self._number = 0
        self._entries: Sequence[Entry] = ()

    def ask(self, number: int) -> None:
        """Read what happened to this alarm; a history that cannot tell it by the alarm leaves it empty."""
        read = getattr(self._context.history, "entries_of", None)
        if number != self._number and read is not None:
            self._number, self._entries = number, ()
            self._reader.ask(number, lambda: read(number))

    def of(self, number: int) -> Sequence[Entry]:
        """Its entries, as far as they are there."""
        return self._entries if number == self._number else ()

    @Slot(object, object)
    def _found(self, number: object, entries: object) -> None:
        if number == self._number and isinstance(entries, list):
            self._entries = entries
            self.came.emit()
