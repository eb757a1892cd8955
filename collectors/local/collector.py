"""The local collector: one thread `local` that starts commands on this machine and reads them."""

import logging
import random
import threading
from collections.abc import Callable, Iterable
from functools import partial
from queue import Empty, SimpleQueue

from collectors.collector import Inbox
from collectors.local.processes import Processes
from collectors.schedule import Schedule
from collectors.ssh.keys import SecretSource
from collectors.ssh.rounds import Rounds
from collectors.ssh.server import servers_of
from collectors.ssh.timers import Call, Timers
from noc_console.model.fleet import Inventory
from noc_console.model.poll import CollectorBeat, Cursor, PollRequest

log = logging.getLogger(__name__)


class LocalCollector:
    """Polls the devices whose `collect` names `local`: this machine. See `collectors.collector.Collector`."""

    name = "local"

    def __init__(
        self,
        inventory: Inventory,
        secrets: SecretSource,
        inbox: Inbox,
        clock: Callable[[], float],
        rng: random.Random,
        cursors: Iterable[tuple[str, Cursor]],
    ) -> None:
        del secrets  # there is nobody to show them to
        intervals = {
            name: device.collect[self.name].interval for name, device in inventory.devices.items() if self.name in device.collect
        }
        stored = tuple(cursors)
        self._processes = Processes()
        self._calls: SimpleQueue[Call] = SimpleQueue()
        self._stopping = threading.Event()
        self._rounds = Rounds(
            self.name,
            dict.fromkeys(intervals, self._processes),
            servers_of(inventory, self.name, intervals, stored),
            intervals,
            schedule=Schedule(rng),
            timers=Timers(),
            inbox=inbox,
            clock=clock,
        )
        self._thread = threading.Thread(target=self._work, name="local")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def ask(self, request: PollRequest) -> None:
        """Poll now; from any thread."""
        self._post(partial(self._rounds.ask, request))

    def beat(self) -> CollectorBeat:
        """Its counts as of now; from any thread."""
        return self._rounds.beat()

    def drain(self) -> None:
        """Start no more polls."""
        self._post(self._rounds.drain)

    def idle(self) -> bool:
        """Whether nothing is in flight."""
        return self._rounds.idle()

    def stop(self) -> None:
        """End: what runs is killed."""
        self._stopping.set()
        self._post(_wake)

    def join(self, timeout: float) -> None:
        """Wait for the thread; TimeoutError if it still runs."""
        if self._thread.ident is not None:
            self._thread.join(timeout)
        if self._thread.is_alive():
            raise TimeoutError(f"thread {self._thread.name} still runs")

    def _post(self, call: Call) -> None:
        self._calls.put(call)
        self._processes.wake()

    def _work(self) -> None:
        self._rounds.begin(0.2)
        while not self._stopping.is_set():
            try:
                self._turn()
            except Exception:
                log.exception("the local collector met something unforeseen; it goes on")
        self._rounds.end()
        self._processes.close()

    def _turn(self) -> None:
        self._processes.wait(self._rounds.turn())
        try:
            while True:
                self._calls.get_nowait()()
        except Empty:
            return


def _wake() -> None:
    """Lets the thread see that it is to stop."""
