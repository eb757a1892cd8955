"""The SNMP collector: one thread that keeps the schedule and talks to every device at once."""

import random
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from logging import getLogger
from queue import Empty, SimpleQueue

from collectors.collector import Inbox
from collectors.schedule import DuePoll, Schedule
from collectors.snmp.device import INVENTORY, INVENTORY_INTERVAL_S, REGULAR, PolledDevice, Times
from collectors.snmp.exchange import Exchange
from collectors.snmp.failure import PollFailed
from collectors.snmp.line import Line
from collectors.snmp.preparing import TRIES, Preparer
from collectors.snmp.session import SecretSource
from collectors.snmp.shapes import Shapes
from noc_console.model.fleet import Inventory
from noc_console.model.poll import CollectorBeat, Cursor, ErrorKind, PollRequest, PollResult
from noc_console.profiles.catalogue import Catalogue, own_catalogue

log = getLogger(__name__)

BEAT_S = 2.0
TOGETHER_S, TOGETHER_SHARE = 0.25, 0.03
"""Polls that come due within this time are begun together; it is no more than this share of the shortest interval.

Many after one another cost each a third less than a few now and then (measured: 5,000 devices in 30 s); a late one is one that
began a tenth of its interval late.
"""
MOST_TOGETHER = 64
"""So many are begun together at most, on the average: twice as many requests leave at once."""
LONGEST_SLEEP_S = 0.5
"""So that `stop` is seen even if its wake-up is lost."""
INVENTORY_DEADLINE_S = 120.0
FIRST_LOOKS_PER_S = 80.0
"""Devices met in a second at the start: meeting one costs about 6 ms, and what is polled already must not be late for it."""
MOST_LOOKS = 256
"""Devices looked at at once: until it is understood what is read of one takes some 50 KB, and a busy machine falls behind."""
PREPARED_AFRESH_S = 300.0
"""A device that stays away may have moved: its name is looked up again this often."""


class SnmpCollector:
    """Polls every device of the inventory whose `collect` names `snmp`.

    `clock` gives UTC seconds. `cursors` are those of the run before; SNMP has none in this part.
    """

    name = "snmp"

    def __init__(
        self,
        inventory: Inventory,
        secrets: SecretSource,
        inbox: Inbox,
        clock: Callable[[], float],
        rng: random.Random,
        cursors: Sequence[tuple[str, Cursor]] = (),
        *,
        catalogue: Catalogue | None = None,
    ) -> None:
        self._inbox = inbox
        self._clock = clock
        self._schedule = Schedule(rng)
        self._requests: SimpleQueue[PollRequest] = SimpleQueue()
        self._exchange = Exchange(rng)
        self._preparer = Preparer(inventory, secrets, rng, self._prepared)
        self._lines: SimpleQueue[tuple[str, Line | PollFailed]] = SimpleQueue()
        self._varbinds = 0
        self._looking = 0
        self._to_look: deque[DuePoll] = deque()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="snmp")
        profiles = catalogue or own_catalogue()
        shapes = Shapes()
        self._devices = {
            name: PolledDevice(name=name, collect=device.collect["snmp"], catalogue=profiles, shapes=shapes)
            for name, device in inventory.devices.items()
            if "snmp" in device.collect
        }

    # --- from any thread ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the threads."""
        self._preparer.start()
        self._thread.start()

    def ask(self, request: PollRequest) -> None:
        """Poll now; a request for another protocol or an unknown device is ignored."""
        self._requests.put(request)
        self._exchange.wake()

    def drain(self) -> None:
        """Start no more polls; those in flight go on."""
        self._schedule.draining = True
        self._exchange.wake()

    def idle(self) -> bool:
        """Whether nothing is in flight."""
        return self._schedule.counts().in_flight == 0

    def stop(self) -> None:
        """End the threads; what is in flight is dropped."""
        self._ending.set()
        self._preparer.stop()
        self._exchange.wake()

    def join(self, timeout: float) -> None:
        """Wait for the threads. TimeoutError if the one that polls still runs."""
        if self._thread.ident is None:
            self._exchange.close()
            return
        self._thread.join(timeout)
        self._preparer.join(timeout / 4)
        if self._thread.is_alive():
            raise TimeoutError("the thread snmp still runs")

    def beat(self) -> CollectorBeat:
        """The counts as of now; values of regular polls are the `varbinds`."""
        counts = self._schedule.counts()
        return CollectorBeat(
            collector=self.name,
            time=self._clock(),
            devices=len(self._devices),
            polls=counts.done,
            due=counts.due,
            failed=counts.failed,
            late=counts.late,
            in_flight=counts.in_flight,
            pending=counts.pending,
            missed=counts.missed,
            behind_seconds=self._schedule.behind_seconds(time.monotonic()),
            varbinds=self._varbinds,
        )

    def _prepared(self, device: str, line: Line | PollFailed) -> None:
        """From the preparing thread."""
        self._lines.put((device, line))
        self._exchange.wake()

    # --- the thread -----------------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        now = time.monotonic()
        for name, device in self._devices.items():
            self._schedule.add(name, REGULAR, device.collect.interval, now, paced=len(self._devices) / FIRST_LOOKS_PER_S)
            # The first regular poll looks at the device anyway; this spreads the ones after it over the hour.
            self._schedule.add(name, INVENTORY, INVENTORY_INTERVAL_S, now, first_within=INVENTORY_INTERVAL_S)
        shortest = min((device.collect.interval for device in self._devices.values()), default=30.0)
        a_second = sum(1 / device.collect.interval for device in self._devices.values()) or 1.0
        together = min(TOGETHER_S, TOGETHER_SHARE * shortest, MOST_TOGETHER / a_second)
        next_beat = next_start = now
        while not self._ending.is_set():
            try:
                now = time.monotonic()
                if now >= next_beat:
                    next_beat = max(next_beat + BEAT_S, now)
                    self._inbox.put(self.beat())
                self._serve_requests()
                self._take_lines()
                is_time = now >= next_start
                next_start = now + together if is_time else next_start
                for due in self._schedule.due(now) if is_time else self._schedule.asked(now):
                    self._start(due)
                while self._to_look and self._looking < MOST_LOOKS:
                    self._start(self._to_look.popleft())
                wake = self._schedule.next_wake()
                # what is asked for beside its turn waits for nobody
                wake = next_beat if wake is None else max(wake, next_start) if wake else now
                self._exchange.step(min(next_beat, now + LONGEST_SLEEP_S, wake))
            except Exception:
                log.exception("a defect in the SNMP collector; polling goes on")
        self._exchange.close()

    def _serve_requests(self) -> None:
        while True:
            try:
                request = self._requests.get_nowait()
            except Empty:
                return
            if request.source in (REGULAR, INVENTORY):
                self._schedule.ask(request.device, request.source, request.why)

    def _take_lines(self) -> None:
        """Go on with polls that waited for their line."""
        while True:
            try:
                name, line = self._lines.get_nowait()
            except Empty:
                return
            device = self._devices[name]
            waiting, device.waiting = device.waiting, []
            if isinstance(line, Line):
                device.line, device.made_at = line, time.monotonic()
            for due in waiting:
                self._start(due, line if isinstance(line, PollFailed) else None)

    def _start(self, due: DuePoll, failure: PollFailed | None = None) -> None:
        device, now = self._devices[due.device], time.monotonic()
        if device.line is None and failure is None:
            if not device.waiting:
                self._preparer.want(device.name, device.collect)
            device.waiting.append(due)
            return
        looks = device.line is not None and (due.source == INVENTORY or device.looks_first)
        if looks and self._looking >= MOST_LOOKS:
            self._to_look.append(due)
            return
        started = self._clock()
        times = Times(due=started - (now - due.due), started=started, interval=due.interval)
        self._looking += looks
        ended = partial(self._ended, device, due.source, times, looked=looks)
        if device.line is None:
            ended(failure)
            return
        allowed = INVENTORY_DEADLINE_S if looks else max(2 * TRIES * device.line.timeout, 0.9 * due.interval)
        talk = (device.look if due.source == INVENTORY else device.poll)(self._put, times, self._clock)
        self._exchange.begin(talk, device.line, deadline=now + allowed, ended=ended)

    def _put(self, result: PollResult) -> None:
        self._inbox.put(result)

    def _ended(self, device: PolledDevice, source: str, times: Times, failure: PollFailed | None, *, looked: bool) -> None:
        now = time.monotonic()
        self._looking -= looked
        if failure is not None:
            self._put(device.failure(source, failure, times, self._clock()))
            if failure.error.kind is ErrorKind.UNREACHABLE and now - device.made_at > PREPARED_AFRESH_S:
                device.line = None
        device.tell(failure)
        self._varbinds += device.varbinds
        device.varbinds = 0
        self._schedule.done(device.name, source, now, ok=failure is None)
