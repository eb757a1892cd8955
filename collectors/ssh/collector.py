"""The SSH collector: one thread that schedules, sends and reads for all servers, and a pool that connects.

`ssh-reader` owns the schedule, every link and what is remembered of every server. Whatever happens elsewhere (data on a
channel, a connection made, a request) becomes a call in its queue.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

from collectors.collector import Inbox
from collectors.schedule import Schedule
from collectors.ssh.calls import Calls
from collectors.ssh.connection import Connector
from collectors.ssh.heap import EVERY_S, give_back
from collectors.ssh.keys import Keys, SecretSource
from collectors.ssh.known_hosts import KnownHosts
from collectors.ssh.link import Link, Surroundings
from collectors.ssh.pool import ConnectPool, threads_for
from collectors.ssh.rounds import Rounds
from collectors.ssh.server import servers_of
from collectors.ssh.targets import targets_of
from collectors.ssh.timers import Timers
from noc_console.model.fleet import Inventory
from noc_console.model.poll import CollectorBeat, Cursor, PollRequest

log = logging.getLogger(__name__)

MANY = 50
MOST_GATHER_S = 0.25
GATHER_SHARE = 0.025
"""From `MANY` servers on, what comes is gathered for this share of the shortest interval, and served together: waking up was half
of the CPU per poll, and what is served together finds the processor's caches warm."""
FIRST_CONNECTS_PER_S = 20
"""A fleet is not connected to in one burst: measured, two cores make about 34 connections a second."""


class SshCollector:
    """Polls every device of the inventory whose `collect` names `ssh`. See `collectors.collector.Collector`.

    Parameters
    ----------
    cursors : (device, cursor) of the kernel logs, as they were stored.
    known_hosts : the console's own file of confirmed host keys.
    """

    name = "ssh"

    def __init__(
        self,
        inventory: Inventory,
        secrets: SecretSource,
        inbox: Inbox,
        clock: Callable[[], float],
        rng: random.Random,
        cursors: Iterable[tuple[str, Cursor]],
        *,
        known_hosts: Path,
    ) -> None:
        self._stopping = threading.Event()
        self._calls = Calls(self._stopping.is_set)
        timers = Timers()
        targets = targets_of(inventory)
        intervals = {name: inventory.devices[name].collect[self.name].interval for name in targets}
        confirmed = KnownHosts(known_hosts)
        connector = Connector(keys=Keys(secrets), known_hosts=confirmed, stopping=self._stopping)
        self._pool = ConnectPool(connector, threads_for(len(targets)))
        around = Surroundings(
            pool=self._pool,
            known_hosts=confirmed,
            calls=self._calls,
            timers=timers,
            returned=lambda device: self._rounds.returned(device),
        )
        self._links = {name: Link(target, around) for name, target in targets.items()}
        stored = tuple(cursors)
        self._rounds = Rounds(
            self.name,
            self._links,
            servers_of(inventory, self.name, targets, stored),
            intervals,
            schedule=Schedule(rng),
            timers=timers,
            inbox=inbox,
            clock=clock,
        )
        self._idle_for = 0.0
        self._timers = timers
        self._gather = gather_of(
            [device.collect[self.name].interval for device in inventory.devices.values() if device.name in targets]
        )
        self._thread = threading.Thread(target=self._work, name="ssh-reader")

    # Collector

    def start(self) -> None:
        """Start the threads."""
        self._pool.start()
        self._thread.start()

    def ask(self, request: PollRequest) -> None:
        """Poll now; from any thread."""
        self._calls.put(partial(self._rounds.ask, request))

    def beat(self) -> CollectorBeat:
        """Its counts as of now; from any thread."""
        return self._rounds.beat()

    def drain(self) -> None:
        """Start no more polls."""
        self._calls.put(self._rounds.drain)

    def idle(self) -> bool:
        """Whether nothing is in flight."""
        return self._rounds.idle()

    def stop(self) -> None:
        """End: connections are cut, whatever runs on them."""
        self._pool.stop()
        self._calls.put(_wake)

    def join(self, timeout: float) -> None:
        """Wait for the threads; TimeoutError if one still runs."""
        deadline = time.monotonic() + timeout
        for thread in (self._thread, *self._pool.threads):
            if thread.ident is None:
                continue
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                raise TimeoutError(f"thread {thread.name} still runs")

    # The reader thread

    def _work(self) -> None:
        self._rounds.begin(max(0.2, len(self._links) / FIRST_CONNECTS_PER_S))
        self._timers.at(time.monotonic() + EVERY_S, self._tidy)
        while not self._stopping.is_set():
            try:
                self._turn()
            except Exception:
                log.exception("the SSH collector met something unforeseen; it goes on")
        self._rounds.end()
        try:
            self._drop_all()  # first: what has come for them is not read any more
            self._calls.wait(0.0)  # a connection may have been made since: its link is to know it, to drop it
        finally:
            self._drop_all()
            self._calls.close()

    def _tidy(self) -> None:
        give_back()
        self._timers.at(time.monotonic() + EVERY_S, self._tidy)

    def _drop_all(self) -> None:
        for link in self._links.values():
            link.drop()

    def _turn(self) -> None:
        """Take what has come, then start what is due and see to deadlines: in this order, see `Calls.wait`."""
        self._calls.wait(self._idle_for, self._gather)
        self._idle_for = self._rounds.turn()


def gather_of(intervals: Collection[float]) -> float:
    """Seconds for which what comes is gathered."""
    return min(MOST_GATHER_S, GATHER_SHARE * min(intervals)) if len(intervals) >= MANY else 0.0


def _wake() -> None:
    """Lets the reader see that it is to stop."""
