"""The one timer of what flashes: 1 Hz, filled and hollow for half a second each; off with `motion/reduce`."""

from functools import cache

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from widgets import theme


class Flash(QObject):
    """Signals: toggled(): the other half of the second began."""

    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bright = True
        self.reduced = False
        self._timer: QTimer | None = None

    def begin(self) -> None:
        """Run; needs the application."""
        if self._timer is None and not self.reduced:
            self._timer = QTimer(self, interval=int(theme.tokens()["motion"]["flash_period_ms"]) // 2)
            self._timer.timeout.connect(self._toggle)
            self._timer.start()

    def end(self) -> None:
        """Stop, filled."""
        if self._timer is not None:
            self._timer.stop()
            self._timer.deleteLater()
            self._timer = None
        self.bright = True

    @Slot()
    def _toggle(self) -> None:
        self.bright = not self.bright
        self.toggled.emit()


@cache
def source() -> Flash:
    """The one of the window."""
    return Flash()
