"""The window's one timer: takes changes from the feed into the mirror, ten times a second."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from noc_console.feed import Feed
from noc_console.mirror import Gap, Mirror, Touched

PERIOD_MS = 100
TICK_EVERY = 10


class Pulse(QObject):
    """Feeds the mirror.

    Signals
    -------
    touched(Touched): the mirror changed. ticked(float): a second passed; now, UTC seconds.
    """

    touched = Signal(object)
    ticked = Signal(float)

    def __init__(self, mirror: Mirror, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mirror, self._clock = mirror, clock
        self._feed: Feed | None = None
        self._beats = 0
        self._timer = QTimer(self, interval=PERIOD_MS)
        self._timer.timeout.connect(self.beat)

    def start(self, feed: Feed | None, clock: Callable[[], float] | None = None) -> None:
        """Begin to take; without a feed only the seconds tick."""
        self._feed, self._clock = feed, clock or self._clock
        self._timer.start()

    def stop(self) -> None:
        """Take no more."""
        self._timer.stop()

    @Slot()
    def beat(self) -> None:
        """Take what came, tell it once; each tenth time tell that a second passed."""
        if self._feed is not None:
            touched = self._take(self._feed)
            if touched:
                self.touched.emit(touched)
        self._beats += 1
        if self._beats % TICK_EVERY == 0:
            self.ticked.emit(self._clock())

    def _take(self, feed: Feed) -> Touched:
        touched = Touched()
        snapshot, news, _ = feed.take()
        if snapshot is not None:
            merge(touched, self._mirror.start(snapshot))
        try:
            for changes in news:
                merge(touched, self._mirror.apply(changes))
        except Gap:
            feed.lost()
        return touched


def merge(into: Touched, more: Touched) -> None:
    """Add what other changes touched."""
    into.devices |= more.devices
    into.links |= more.links
    into.alarms |= more.alarms
    into.collectors |= more.collectors
    into.store |= more.store
    into.load |= more.load
    into.everything |= more.everything
    into.outcomes += more.outcomes
