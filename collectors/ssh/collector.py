"""The SSH collector: one thread that schedules, sends and reads for all servers, and a pool that connects.

`ssh-reader` owns the schedule, every link and what is remembered of every server. Whatever happens elsewhere (data on a
channel, a connection made, a request) becomes a call in its queue.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from collectors.collector import Inbox
from collectors.schedule import DuePoll, Schedule
from collectors.ssh.answer import Answer, result_of
from collectors.ssh.connection import Connector
from collectors.ssh.conversation import Conversation
from collectors.ssh.keys import Keys, SecretSource
from collectors.ssh.known_hosts import KnownHosts
from collectors.ssh.link import Alarms, Call, Link, Surroundings
from collectors.ssh.polls import dialogue, sources_of
from collectors.ssh.pool import ConnectPool, threads_for
from collectors.ssh.server import Server, cursors_of
from collectors.ssh.targets import targets_of
from noc_console.model.fleet import Inventory
from noc_console.model.poll import CollectorBeat, Cursor, PollRequest

log = logging.getLogger(__name__)

BEAT_S = 2.0
BACKOFF_CAP_S = 60.0
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
        self._inbox = inbox
        self._clock = clock
        self._calls: SimpleQueue[Call] = SimpleQueue()
        self._alarms = Alarms()
        self._schedule = Schedule(rng)
        self._stopping = threading.Event()
        targets = targets_of(inventory)
        confirmed = KnownHosts(known_hosts)
        connector = Connector(keys=Keys(secrets), known_hosts=confirmed, stopping=self._stopping)
        self._pool = ConnectPool(connector, threads_for(len(targets)))
        around = Surroundings(pool=self._pool, known_hosts=confirmed, calls=self._calls, alarms=self._alarms)
        self._links = {name: Link(target, around) for name, target in targets.items()}
        stored = tuple(cursors)
        self._servers = {
            name: Server(device=name, protocol=self.name, log_cursors=cursors_of(name, self.name, stored)) for name in targets
        }
        self._intervals = {name: inventory.devices[name].collect[self.name].interval for name in targets}
        self._thread = threading.Thread(target=self._work, name="ssh-reader")

    # Collector

    def start(self) -> None:
        """Start the threads."""
        self._pool.start()
        self._thread.start()

    def ask(self, request: PollRequest) -> None:
        """Poll now; from any thread."""
        self._calls.put(partial(self._schedule_ask, request))

    def drain(self) -> None:
        """Start no more polls."""
        self._calls.put(self._drain)

    def idle(self) -> bool:
        """Whether nothing is in flight."""
        return self._schedule.counts().in_flight == 0

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
        self._fill_schedule(time.monotonic())
        self._beat()
        while not self._stopping.is_set():
            try:
                self._turn()
            except Exception:
                log.exception("the SSH collector met something unforeseen; it goes on")
        for link in self._links.values():
            link.drop()

    def _fill_schedule(self, now: float) -> None:
        first_within = max(1.0, len(self._intervals) / FIRST_CONNECTS_PER_S)
        for name, interval in self._intervals.items():
            for source, pace in sources_of(self.name, interval):
                self._schedule.add(name, source, pace, now, first_within=first_within, backoff_cap=max(BACKOFF_CAP_S, interval))

    def _turn(self) -> None:
        """Start what is due, then serve calls until something is due again."""
        now = time.monotonic()
        for due in self._schedule.due(now):
            self._begin(due)
        for call in self._alarms.due(now):
            call()
        wakes = [when for when in (self._schedule.next_wake(), self._alarms.next_wake()) if when is not None]
        try:
            self._calls.get(timeout=max(0.0, min(wakes, default=now + BEAT_S) - time.monotonic()))()
            for _ in range(self._calls.qsize()):
                self._calls.get_nowait()()
        except Empty:
            return

    def _beat(self) -> None:
        now = time.monotonic()
        counts = self._schedule.counts()
        beat = CollectorBeat(
            collector=self.name,
            time=self._clock(),
            devices=len(self._links),
            polls=counts.done,
            due=counts.due,
            failed=counts.failed,
            late=counts.late,
            in_flight=counts.in_flight,
            behind_seconds=self._schedule.behind_seconds(now),
        )
        self._inbox.put(beat)
        self._alarms.at(now + BEAT_S, self._beat)

    def _schedule_ask(self, request: PollRequest) -> None:
        self._schedule.ask(request.device, request.source, request.why)

    def _drain(self) -> None:
        self._schedule.draining = True

    def _begin(self, due: DuePoll) -> None:
        talk = dialogue(due.source, self._servers[due.device], self._clock)
        finished = partial(self._finish, due, time.monotonic())
        Conversation(self._links[due.device], talk, finished).begin()

    def _finish(self, due: DuePoll, started: float, answer: Answer) -> None:
        now = time.monotonic()
        self._schedule.done(due.device, due.source, now, ok=answer.error is None)
        if not self._stopping.is_set():
            self._inbox.put(result_of(due, answer, started=started, now=now, utc=self._clock()))


def _wake() -> None:
    """Lets the reader see that it is to stop."""
