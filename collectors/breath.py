"""Lets the window's thread come between while the monitor has much to do.

Only one thread runs Python at a time. A thread that wants to must wait until the other has had its turn
(`sys.setswitchinterval`), and a window that paints wants to hundreds of times for one picture: beside a monitor that judges
two thousand alarms in one go each of these waits adds up to a stall. So the monitor stops for a moment every few
milliseconds, and for longer where it finds that another thread was running.
"""

from collections.abc import Callable

WORK_S = 0.001
"""It works so long between two pauses."""
PAUSE_S = 0.001
BUSY_SHARE = 0.4
"""A pause in which other threads computed for more than this share of it is followed by another one."""
MOST_PAUSES = 10
"""In a row: what is asked of the monitor is answered soon even beside a window that paints all the time."""


class Breath:
    """Called again and again while there is work, by the thread that works.

    `monotonic` gives seconds, `spent` seconds that all threads of the process have computed.
    """

    def __init__(self, monotonic: Callable[[], float], spent: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._monotonic, self._spent, self._sleep = monotonic, spent, sleep
        self._since = 0.0

    def __call__(self) -> None:
        """Pause where that is due."""
        if self._monotonic() - self._since < WORK_S:
            return
        for _ in range(MOST_PAUSES):
            before = self._spent()
            self._sleep(PAUSE_S)
            if self._spent() - before < BUSY_SHARE * PAUSE_S:
                break
        self._since = self._monotonic()
