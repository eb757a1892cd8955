"""What wakes the reader thread: calls from any thread, and sockets that have something to read."""

import contextlib
import os
import selectors
import threading
import time
from collections import deque
from collections.abc import Callable

Call = Callable[[], None]


class Calls:
    """`put` and `close` from any thread; all else by the one that calls `wait`.

    Parameters
    ----------
    is_over : whether the reader is to end; asked between two calls, so that a thousand servers' answers do not hold it up.
    """

    def __init__(self, is_over: Callable[[], bool] = lambda: False) -> None:
        self._is_over = is_over
        self._waiting: deque[Call] = deque()
        self._last: list[Call] = []
        self._selector = selectors.DefaultSelector()
        self._lock = threading.Lock()
        self._is_closed = False
        self._reader: int | None = None
        self._wakes, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        self._selector.register(self._wakes, selectors.EVENT_READ)

    def put(self, call: Call) -> None:
        """Have it called by the reader."""
        self._waiting.append(call)
        if threading.get_ident() != self._reader:
            with self._lock, contextlib.suppress(BlockingIOError):
                if not self._is_closed:
                    os.write(self._wake, b"!")

    def put_last(self, call: Call) -> None:
        """Have it called when the calls of this turn are made, or before the reader waits again. The reader's own."""
        self._last.append(call)

    def watch(self, descriptor: int, readable: Call) -> None:
        """Call this whenever there is something to read."""
        self._selector.register(descriptor, selectors.EVENT_READ, readable)

    def forget(self, descriptor: int) -> None:
        """Not any more; nothing happens if it was not watched."""
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(descriptor)

    def wait(self, timeout: float, gather: float = 0.0) -> None:
        """Make the calls that are there, or that come within the time. `gather` : once there is one, wait so long for more.

        Told to end meanwhile, it returns after the call that it is making; the next `wait` makes the others.
        """
        self._make_last()
        self._make(timeout, gather)
        self._make_last()

    def _make_last(self) -> None:
        for _ in range(len(self._last)):
            if self._is_over():
                return
            self._last.pop(0)()

    def _make(self, timeout: float, gather: float) -> None:
        goes_on = self._is_over()
        self._reader = threading.get_ident()
        ready = self._selector.select(0.0 if self._waiting else timeout)
        if gather and (ready or self._waiting):
            time.sleep(gather)
        if gather or not ready:
            # Looked at again: where this thread itself was kept waiting, what came meanwhile must not be taken for silence.
            ready = self._selector.select(0.0)
        for key, _ in ready:
            if not goes_on and self._is_over():
                return
            if key.data is None:
                os.read(self._wakes, 4096)
            elif key.fd in self._selector.get_map():  # a call before it may have ended this one
                key.data()
        for _ in range(len(self._waiting)):
            if not goes_on and self._is_over():
                return
            self._waiting.popleft()()

    def close(self) -> None:
        """Give back what is open; later calls are not made."""
        self._selector.close()
        with self._lock:
            self._is_closed = True
            os.close(self._wakes)
            os.close(self._wake)
