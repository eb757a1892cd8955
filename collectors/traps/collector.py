"""The receiver of traps as a collector: the thread `traps`, its beat, its end."""

import threading
import time
from collections.abc import Callable
from logging import getLogger
from pathlib import Path

from collectors.collector import Inbox
from collectors.snmp.session import SecretSource
from collectors.traps.intake import Intake
from collectors.traps.own_engine import own_engine
from collectors.traps.place import TrapPlace
from collectors.traps.receiver import CannotReceive, TrapSocket, plain_address
from collectors.traps.security import Gate
from collectors.traps.senders import all_senders, numeric_senders, users_of
from noc_console.model.fleet import Inventory
from noc_console.model.poll import CollectorBeat, PollRequest, TrapCounts
from noc_console.profiles.catalogue import Catalogue

log = getLogger(__name__)

BEAT_S = 2.0
LONGEST_WAIT_S = 0.25
"""So that `stop` is seen soon; a datagram ends the wait at once."""


class TrapCollector:
    """Receives traps and informs on a port, and tells the monitor whose they are.

    `folder` keeps this receiver's engine; None = a new one each time. `clock` gives UTC
    seconds. A port that cannot be opened is told with each beat; the rest of the console goes on.
    """

    name = "traps"

    def __init__(
        self,
        inventory: Inventory,
        secrets: SecretSource,
        inbox: Inbox,
        clock: Callable[[], float],
        *,
        catalogue: Catalogue,
        place: TrapPlace,
        folder: Path | None = None,
    ) -> None:
        self._inventory = inventory
        self._secrets = secrets
        self._inbox = inbox
        self._clock = clock
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._socket: TrapSocket | None = None
        self._error = ""
        try:
            engine = own_engine(folder, time.monotonic())
            self._socket = TrapSocket(place.address, place.port)
        except CannotReceive as error:
            self._fail(str(error), place.port)
            engine = own_engine(None, time.monotonic())
        except OSError as error:
            self._fail("engine-not-kept", place.port, str(error))
            engine = own_engine(None, time.monotonic())
        intake = Intake(Gate(engine), catalogue.traps, self._socket.port if self._socket else place.port)
        intake.senders = numeric_senders(inventory)
        self._intake = intake
        self._thread = threading.Thread(target=self._run, name="traps")
        # A name server or a locked keyring may hold it for long; that must not hold the end of the program.
        self._preparing = threading.Thread(target=self._prepare, name="traps-prepare", daemon=True)

    def _fail(self, code: str, port: int, detail: str = "") -> None:
        self._error = code
        log.warning("no traps are received on port %d: %s %s", port, code, detail)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return self._intake.counts().port

    def start(self) -> None:
        """Start the threads."""
        self._preparing.start()
        self._thread.start()

    def ask(self, request: PollRequest) -> None:
        """It asks nobody."""

    def drain(self) -> None:
        """It begins no polls."""

    def idle(self) -> bool:
        """Nothing is ever in flight."""
        return True

    def stop(self) -> None:
        """End within `LONGEST_WAIT_S`."""
        self._ending.set()

    def join(self, timeout: float) -> None:
        """Wait for the thread. TimeoutError if it still runs."""
        if self._thread.ident is not None:
            self._thread.join(timeout)
            self._preparing.join(timeout / 4)
            if self._thread.is_alive():
                raise TimeoutError("the thread traps still runs")
        elif self._socket is not None:
            self._socket.close()

    def counts(self) -> TrapCounts:
        """What came so far; from any thread."""
        with self._lock:
            dropped = self._socket.dropped if self._socket is not None else None
            return self._intake.counts(dropped, self._error)

    def beat(self) -> CollectorBeat:
        """A sign of life; from any thread. It polls nothing."""
        return CollectorBeat(
            collector=self.name,
            time=self._clock(),
            devices=0,
            polls=0,
            due=0,
            failed=0,
            late=0,
            in_flight=0,
            behind_seconds=0.0,
            traps=self.counts(),
        )

    def _prepare(self) -> None:
        users = users_of(self._inventory, self._secrets)
        with self._lock:
            self._intake.gate.take_users(users)
        senders = all_senders(self._inventory)
        with self._lock:
            self._intake.senders = senders

    def _run(self) -> None:
        next_beat = time.monotonic()
        while not self._ending.is_set():
            now = time.monotonic()
            self._turn(now)
            if now >= next_beat:
                next_beat = now + BEAT_S
                self._inbox.put(self.beat())
            self._sleep(min(next_beat, self._telling_at()) - time.monotonic())
        if self._socket is not None:
            self._socket.close()

    def _telling_at(self) -> float:
        with self._lock:
            found = self._intake.next_telling()
        return float("inf") if found is None else found

    def _sleep(self, seconds: float) -> None:
        seconds = min(LONGEST_WAIT_S, seconds)
        if seconds <= 0:
            return
        if self._socket is None:
            self._ending.wait(seconds)
        else:
            self._socket.wait(seconds)

    def _taken(self, data: bytes, address: str, now: float, at: float) -> bytes | None:
        try:
            return self._intake.take(data, address, now, at)
        except Exception:
            # The worker loop's one net: a datagram that nobody thought of must not end the receiving.
            log.exception("a datagram of %s could not be taken", address)
            self._intake.give_up()
            return None

    def _turn(self, now: float) -> None:
        at = self._clock()
        if self._socket is not None:
            for data, sender in self._socket.read():
                with self._lock:
                    answer = self._taken(data, plain_address(sender[0]), now, at)
                if answer is not None:
                    self._socket.answer(answer, sender)
        with self._lock:
            told = self._intake.tell(now, at)
        for result in told:
            self._inbox.put(result)
