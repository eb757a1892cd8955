"""The threads `ssh-connect-N`: connecting and logging in block, and cost up to 10 ms of CPU each."""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

from collectors.ssh.connection import Connection, Connector, Target
from collectors.ssh.trouble import Trouble, trouble
from noc_console.model.poll import ErrorKind, PollError

log = logging.getLogger(__name__)

Connected = Callable[[Connection | PollError], None]
_Job = tuple[Target, Connected]


def threads_for(devices: int) -> int:
    """How many: each dead server holds one for its time-out, once a minute; 8 do for 60 servers, 32 at most."""
    return max(1, min(32, max(min(devices, 8), devices // 8)))


class ConnectPool:
    """Connects in order of asking. `submit` from any thread; the answer comes in a thread of the pool."""

    def __init__(self, connector: Connector, threads: int) -> None:
        self._connector = connector
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self.threads = [threading.Thread(target=self._work, name=f"ssh-connect-{number}") for number in range(1, threads + 1)]

    def start(self) -> None:
        """Start the threads."""
        for thread in self.threads:
            thread.start()

    def submit(self, target: Target, done: Connected) -> None:
        """Connect; `done` gets the connection, which is then the caller's, or why there is none."""
        self._jobs.put((target, done))

    def stop(self) -> None:
        """End the threads: those that wait at once, those that connect within a fraction of a second."""
        self._connector.stopping.set()
        for _ in self.threads:
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            target, done = job
            if self._connector.stopping.is_set():
                continue
            found = self._connect(target)
            done(found)
            # Made while we are ending: the reader may be gone already, and nobody else knows of it.
            if self._connector.stopping.is_set() and isinstance(found, Connection):
                found.close()

    def _connect(self, target: Target) -> Connection | PollError:
        try:
            return self._connector.connect(target)
        except Trouble as found:
            return found.error
        except Exception as error:
            log.exception("%s: connecting failed in an unforeseen way", target.device)
            return trouble(ErrorKind.UNREACHABLE, "connection-lost", type(error).__name__).error
