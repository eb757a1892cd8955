"""The SNMP collector: one thread that keeps the schedule and talks to every device at once."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import ip_address
from logging import getLogger
from queue import Empty, SimpleQueue

from collectors.collector import Inbox
from collectors.schedule import DuePoll, Schedule
from collectors.snmp.device import INVENTORY, INVENTORY_INTERVAL_S, REGULAR, PolledDevice, Times
from collectors.snmp.exchange import Exchange, Line
from collectors.snmp.failure import PollFailed
from collectors.snmp.session import SecretSource, session_for
from noc_console.model.fleet import Collect, Inventory
from noc_console.model.poll import CollectorBeat, Cursor, ErrorKind, PollRequest, PollResult
from noc_console.profiles.catalogue import Catalogue, own_catalogue

log = getLogger(__name__)

BEAT_S = 2.0
LONGEST_SLEEP_S = 0.5
"""So that `stop` is seen even if its wake-up is lost."""
INVENTORY_DEADLINE_S = 120.0
TRIES = 3
TIMEOUT_S = 1.0
"""Three sendings a second apart: a device that is away is known so within 3 s, and one that needs 2.5 s to answer is heard."""


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
        self._inventory = inventory
        self._secrets = secrets
        self._inbox = inbox
        self._clock = clock
        self._rng = rng
        self._schedule = Schedule(rng)
        self._requests: SimpleQueue[PollRequest] = SimpleQueue()
        self._exchange = Exchange(rng)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="snmp")
        profiles = catalogue or own_catalogue()
        self._devices = {
            name: PolledDevice(name=name, collect=device.collect["snmp"], catalogue=profiles)
            for name, device in inventory.devices.items()
            if "snmp" in device.collect
        }

    # --- from any thread ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread."""
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
        """End the thread; what is in flight is dropped."""
        self._ending.set()
        self._exchange.wake()

    def join(self, timeout: float) -> None:
        """Wait for the thread. TimeoutError if it still runs."""
        if self._thread.ident is None:
            self._exchange.close()
            return
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise TimeoutError("the thread snmp still runs")

    def varbinds(self) -> int:
        """Values received in regular polls since the start; for statistics."""
        return sum(device.varbinds for device in self._devices.values())

    # --- the thread -----------------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        now = time.monotonic()
        for name, device in self._devices.items():
            self._schedule.add(name, REGULAR, device.collect.interval, now)
            # The first regular poll looks at the device anyway; this spreads the ones after it over the hour.
            self._schedule.add(name, INVENTORY, INVENTORY_INTERVAL_S, now, first_within=INVENTORY_INTERVAL_S)
        next_beat = now
        while not self._ending.is_set():
            try:
                now = time.monotonic()
                if now >= next_beat:
                    next_beat = max(next_beat + BEAT_S, now)
                    self._beat(now)
                self._serve_requests()
                for due in self._schedule.due(now):
                    self._start(due, now)
                wake = self._schedule.next_wake()
                self._exchange.step(min(next_beat, now + LONGEST_SLEEP_S, wake if wake is not None else next_beat))
            except Exception:
                log.exception("a defect in the SNMP collector; polling goes on")
        self._exchange.close()

    def _beat(self, now: float) -> None:
        counts = self._schedule.counts()
        self._inbox.put(
            CollectorBeat(
                collector=self.name,
                time=self._clock(),
                devices=len(self._devices),
                polls=counts.done,
                due=counts.due,
                failed=counts.failed,
                late=counts.late,
                in_flight=counts.in_flight,
                behind_seconds=self._schedule.behind_seconds(now),
                varbinds=self.varbinds(),
            )
        )

    def _serve_requests(self) -> None:
        while True:
            try:
                request = self._requests.get_nowait()
            except Empty:
                return
            if request.source in (REGULAR, INVENTORY):
                self._schedule.ask(request.device, request.source, request.why)

    def _start(self, due: DuePoll, now: float) -> None:
        device = self._devices[due.device]
        started = self._clock()
        times = Times(due=started - (now - due.due), started=started, interval=due.interval)
        ended = partial(self._ended, device, due.source, times)
        try:
            line = self._line(device)
        except PollFailed as failure:
            ended(failure)
            return
        looks = due.source == INVENTORY or device.plan is None
        allowed = INVENTORY_DEADLINE_S if looks else max(2 * TRIES * line.timeout, 0.9 * due.interval)
        talk = (device.look if due.source == INVENTORY else device.poll)(self._put, times, self._clock)
        self._exchange.begin(talk, line, deadline=now + allowed, ended=ended)

    def _line(self, device: PolledDevice) -> Line:
        """The way to a device, made at its first poll. PollFailed if a secret is missing or its name means nothing."""
        if device.line is None:
            device.line = line_to(device.collect, self._inventory, self._secrets, self._rng)
        return device.line

    def _put(self, result: PollResult) -> None:
        self._inbox.put(result)

    def _ended(self, device: PolledDevice, source: str, times: Times, failure: PollFailed | None) -> None:
        now = time.monotonic()
        if failure is not None:
            self._put(device.failure(source, failure, times, self._clock()))
        device.tell(failure)
        self._schedule.done(device.name, source, now, ok=failure is None)


def line_to(collect: Collect, inventory: Inventory, secrets: SecretSource, rng: random.Random) -> Line:
    """The way to a device. PollFailed CREDENTIAL_MISSING, or UNREACHABLE if the address is none."""
    credential = inventory.credentials.get(collect.credential or "")
    if credential is None:
        raise PollFailed(ErrorKind.CREDENTIAL_MISSING, "no-credential", collect.credential or "")
    session = session_for(credential, secrets, context=collect.context, salt=rng.getrandbits(60))
    try:
        address = str(ip_address(collect.address))
    except ValueError:
        raise PollFailed(ErrorKind.UNREACHABLE, "unknown-host") from None
    return Line(
        session=session, address=(address, collect.port), timeout=(collect.timeout or TIMEOUT_S * TRIES) / TRIES, tries=TRIES
    )
