"""Who is refreshed when: visible views one after the other, so that keys and paints come between; hidden ones once shown."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Slot

from noc_console.mirror import Touched
from widgets.frame.panel import Panel
from widgets.frame.pulse import merge

TURN_MS = 15
"""Pause between two views that have something new: three at once would hold up keys and paints for their sum."""


class Turns(QObject):
    """Keeps for each panel what it has missed, and serves the visible ones."""

    def __init__(self, visible: Callable[[], Iterable[Panel]], parent: QObject) -> None:
        super().__init__(parent)
        self._visible = visible
        self._missed: dict[str, Touched] = {}
        self._ticks: dict[str, float] = {}
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._next)

    def add(self, identifier: str) -> None:
        """A new panel: it has missed everything."""
        self._missed[identifier] = Touched(everything=True)

    def touch(self, touched: Touched) -> None:
        """Something changed."""
        for missed in self._missed.values():
            merge(missed, touched)
        self._begin()

    def tick(self, now: float) -> None:
        """A second passed."""
        self._ticks = {panel.declaration.identifier: now for panel in self._visible() if panel.isVisible()}
        self._begin()

    def catch_up(self) -> None:
        """Give each visible view what it has missed, now."""
        for panel in self._visible():
            if panel.isVisible():
                self._refresh(panel)

    def _begin(self) -> None:
        if not self._timer.isActive():
            self._next()

    @Slot()
    def _next(self) -> None:
        """Serve one view, and the next one after a pause."""
        waiting = [panel for panel in self._visible() if panel.isVisible() and self._has_work(panel.declaration.identifier)]
        if waiting:
            self._refresh(waiting[0])
            self._tick(waiting[0])
        if len(waiting) > 1:
            self._timer.start(TURN_MS)

    def _has_work(self, identifier: str) -> bool:
        return bool(self._missed[identifier]) or identifier in self._ticks

    def _refresh(self, panel: Panel) -> None:
        identifier = panel.declaration.identifier
        if self._missed[identifier]:
            missed, self._missed[identifier] = self._missed[identifier], Touched()
            panel.view.refresh(missed)
            panel.head.stir()

    def _tick(self, panel: Panel) -> None:
        now = self._ticks.pop(panel.declaration.identifier, None)
        if now is not None:
            panel.view.tick(now)
            panel.head.stir()
