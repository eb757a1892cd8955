"""Lets the window's thread come between while the monitor has much to do.

Only one thread runs Python at a time. A thread that wants to must wait until the other has had its turn
(`sys.setswitchinterval`), and a window that paints wants to hundreds of times for one picture: beside a monitor that judges
two thousand alarms in one go each of these waits adds up to a stall. So the monitor looks every millisecond whether other
threads have computed meanwhile, and where they have it stops until they are done, for some milliseconds at most.
"""

import time
from collections.abc import Callable

WORK_S = 0.001
"""It works so long between two looks."""
PAUSE_S = 0.001
BUSY_SHARE, DONE_SHARE = 0.05, 0.4
"""Of the time: others that computed more of it beside work have something to do, less of a pause are done with it."""
MOST_WAITING = 200
"""Polls that wait, from which on it pauses no more."""
MOST_PAUSES = 10
"""In a row: what is asked of the monitor is answered soon even beside a window that paints all the time."""


class Breath:
    """Called again and again while there is work, by the thread that works.

    `monotonic` gives seconds, `others` seconds that the other threads of the process have computed so far, `waiting` how much
    is still to be worked on: who is behind lets nobody come first.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        others: Callable[[], float],
        sleep: Callable[[float], None],
        waiting: Callable[[], int] = lambda: 0,
    ) -> None:
        self._monotonic, self._others, self._sleep, self._waiting = monotonic, others, sleep, waiting
        self._since, self._computed = 0.0, 0.0

    def __call__(self) -> None:
        """Pause where another thread has something to do."""
        worked = self._monotonic() - self._since
        if worked < WORK_S:
            return
        if self._waiting() < MOST_WAITING and self._others() - self._computed > BUSY_SHARE * worked:
            self._pause()
        self._since, self._computed = self._monotonic(), self._others()

    def _pause(self) -> None:
        for _ in range(MOST_PAUSES):
            before = self._others()
            self._sleep(PAUSE_S)
            if self._others() - before < DONE_SHARE * PAUSE_S:
                return


def of_this_thread(waiting: Callable[[], int]) -> Breath:
    """A breath for the thread that calls it, by the system's clocks."""
    return Breath(time.monotonic, lambda: time.process_time() - time.thread_time(), time.sleep, waiting)
