"""A recording shown as if it were live: its readings reach the same monitor at their own times, at a speed."""

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from logging import getLogger

from collectors.breath import of_this_thread
from noc_console.alarms.conditions import Conditions
from noc_console.feed import Feed
from noc_console.inbox import Inbox
from noc_console.live import MonitorThread
from noc_console.model.command import AskNow, Command, PlanMaintenance
from noc_console.model.fleet import Inventory
from noc_console.model.poll import PollRequest, PollResult
from noc_console.monitor.monitor import Monitor
from noc_console.readings import ReadingMistake

log = getLogger(__name__)

STOP_SECONDS = 2.0


class PlaybackClock:
    """The recording's clock: starts at its first reading, runs `speed` times as fast as `monotonic` (seconds)."""

    def __init__(self, start: float, speed: float, monotonic: Callable[[], float]) -> None:
        self._start, self._speed, self._monotonic = start, speed, monotonic
        self._origin = monotonic()

    def __call__(self) -> float:
        """UTC seconds of the recording."""
        return self._start + (self._monotonic() - self._origin) * self._speed

    def seconds_until(self, moment: float) -> float:
        """Real seconds until a moment of the recording."""
        return max(0.0, (moment - self()) / self._speed)


class Playback:
    """Plays results into a monitor of its own; nothing is stored, nobody is asked.

    ValueError if there are no results, or as `results` raises at the first of them. A mistake further on ends the playing:
    it is logged, and what was played stays.
    """

    def __init__(
        self,
        inventory: Inventory,
        conditions: Conditions,
        results: Iterable[PollResult],
        *,
        speed: float,
        monotonic: Callable[[], float],
    ) -> None:
        rest = iter(results)
        first = next(rest, None)
        if first is None:
            raise ValueError("the recording is empty")
        self._inventory = inventory
        self._results: Iterator[PollResult] = chain([first], rest)
        self.clock = PlaybackClock(first.finished, speed, monotonic)
        self.inbox = Inbox()
        breath = of_this_thread(self.inbox.qsize)
        monitor = Monitor(inventory, conditions, now=first.finished)
        monitor.book.breathe = breath
        self.monitor = MonitorThread(monitor, self.inbox, None, _ask_nobody, self.clock, breathe=breath)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._play, name="playback")

    def start(self) -> None:
        """Begin."""
        self.monitor.start()
        self._thread.start()

    def feed(self) -> Feed:
        """Changes for one more reader."""
        return self.monitor.feed()

    def send(self, command: Command | PlanMaintenance | AskNow) -> None:
        """Tell the monitor what a person wants; it lasts as long as the window."""
        self.inbox.put(command)

    def stop(self) -> None:
        """End both threads."""
        self._stopping.set()
        self._thread.join(STOP_SECONDS)
        self.monitor.stop()
        self.monitor.join(STOP_SECONDS)

    def _play(self) -> None:
        try:
            for result in self._results:
                if self._stopping.wait(self.clock.seconds_until(result.finished)):
                    return
                if result.device in self._inventory.devices:
                    self.inbox.put(result)
        except (ReadingMistake, OSError) as error:
            log.error("the recording ends here: %s", error)


def _ask_nobody(_: PollRequest) -> None:
    """In a recording the next readings serve."""
