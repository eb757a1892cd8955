"""The asking itself: many hosts at once from one socket, each with one credential after the other, few tries, then a closer look.

First a question that shows no secret (version 3's discovery of the engine), then the named users, then communities where they may
go. What answers is looked at with bounded parallelism: ports and neighbours, no sensors.
"""

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from logging import getLogger

from collectors.discovery.ways import Way
from collectors.snmp import ber
from collectors.snmp.exchange import Exchange
from collectors.snmp.failure import PollFailed
from collectors.snmp.found import Found
from collectors.snmp.inventory import take_inventory
from collectors.snmp.line import Conversation, Line
from collectors.snmp.session import UsmSession
from collectors.snmp.walk import get
from noc_console.model.discovery import DiscoveryOrder, DiscoveryProgress
from noc_console.model.poll import ErrorKind
from noc_console.profiles.catalogue import Catalogue
from noc_console.text import clean

log = getLogger(__name__)

SYS_OBJECT_ID = ber.oid("1.3.6.1.2.1.1.2.0")
CHASSIS_KIND, CHASSIS_ID, LLDP_NAME = (ber.oid(f"1.0.8802.1.1.2.1.3.{n}.0") for n in (1, 2, 3))
"""lldpLocChassisIdSubtype, lldpLocChassisId, lldpLocSysName: what neighbours tell of it."""
_MAC = 4
MOST_ASKED_AT_ONCE = 512
MOST_LOOKED_AT_ONCE = 24
PROBE_DEADLINE_S = 10.0
LOOK_DEADLINE_S = 45.0
LOOK_TRIES = 3
STEP_S = 0.1
BURST_S = 0.05
"""Of hosts that were due while nothing was begun, so many seconds' worth are made up for."""

Progress = Callable[[DiscoveryProgress], None]
Follow = Callable[["Host"], Iterable[str]]
"""Further addresses that a host's neighbours tell."""


@dataclass(slots=True, eq=False, kw_only=True)
class Host:
    """An address that is asked, and what it said."""

    address: str
    hop: int = 0
    waiting: list[Way] = field(default_factory=list)
    way: Way | None = None
    line: Line | None = None
    found: Found = field(default_factory=Found)
    chassis: str = ""
    lldp_name: str = ""
    engine: bytes = b""
    answered: bool = False
    refused: str = ""
    is_known: bool = False
    """It was looked at with a credential that it takes."""


class Explorer:
    """Asks hosts over SNMP until all are done with, or `is_cancelled` says so. Used by one thread; `wake` by any."""

    def __init__(
        self,
        order: DiscoveryOrder,
        ways: Sequence[Way],
        catalogue: Catalogue,
        rng: random.Random,
        *,
        follow: Follow,
        progress: Progress,
        is_cancelled: Callable[[], bool],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.hosts: dict[str, Host] = {}
        self._order, self._ways, self._catalogue, self._rng = order, ways, catalogue, rng
        self._follow, self._progress, self._is_cancelled, self._monotonic = follow, progress, is_cancelled, monotonic
        self._exchange = Exchange(rng, monotonic)
        self._queue: deque[Host] = deque()
        self._to_look: deque[Host] = deque()
        self._asking = self._looking = self._done = 0
        self._next_begin = 0.0
        self._told: DiscoveryProgress | None = None

    def wake(self) -> None:
        """Look at once whether it is cancelled."""
        self._exchange.wake()

    def explore(self, addresses: Iterable[str]) -> None:
        """Ask these, and those that `follow` names; `hosts` fills. Blocks until done or cancelled."""
        self._next_begin = self._monotonic()
        for address in addresses:
            self._add(address, 0)
        try:
            while (self._queue or self._to_look or self._asking or self._looking) and not self._is_cancelled():
                now = self._monotonic()
                self._begin(now)
                self._exchange.step(min(now + STEP_S, self._next_begin) if self._queue else now + STEP_S)
                self._tell()
        finally:
            self._exchange.close()
        self._tell()

    def _add(self, address: str, hop: int) -> None:
        if address in self.hosts:
            return
        host = Host(address=address, hop=hop, waiting=[way for way in self._ways if way.may_go_to(address)])
        self.hosts[address] = host
        self._queue.append(host)

    def _begin(self, now: float) -> None:
        """Begin with what the rate allows."""
        while self._to_look and self._looking < MOST_LOOKED_AT_ONCE:
            self._look(self._to_look.popleft())
        self._next_begin = max(self._next_begin, now - BURST_S)
        while self._queue and self._asking < MOST_ASKED_AT_ONCE and self._next_begin <= now:
            self._next_begin += 1 / self._order.rate
            self._asking += 1
            self._try_next(self._queue.popleft())

    def _tell(self) -> None:
        known = list(self.hosts.values())
        told = DiscoveryProgress(
            asked=self._done,
            known=len(known),
            answered=sum(each.answered for each in known),
            found=sum(each.is_known for each in known),
        )
        if told != self._told:
            self._told = told
            self._progress(told)

    # --- which credential it takes --------------------------------------------------------------------------------------------

    def _try_next(self, host: Host) -> None:
        """Try the next credential, or be done with it."""
        while host.waiting:
            host.way = host.waiting.pop(0)
            try:
                host.line = host.way.line(host.address, self._order, self._rng)
            except (PollFailed, ValueError):  # its text must not get into a log
                host.refused = host.refused or "unusable-secret"
                continue
            deadline = self._monotonic() + PROBE_DEADLINE_S
            self._exchange.begin(_probe(), host.line, deadline=deadline, ended=lambda failure: self._probed(host, failure))
            return
        self._asking -= 1
        self._done += 1

    def _probed(self, host: Host, failure: PollFailed | None) -> None:
        assert host.line is not None
        session = host.line.session
        if isinstance(session, UsmSession) and session.engine:
            host.engine, host.answered = session.engine, True
        if failure is None:
            host.answered, host.is_known = True, True
            host.waiting.clear()
            self._asking -= 1
            self._to_look.append(host)
            return
        if failure.error.kind is ErrorKind.UNREACHABLE:
            if isinstance(session, UsmSession) and not session.engine:  # what does not know version 3 knows no other user either
                host.waiting = [way for way in host.waiting if not way.is_v3]
        else:
            host.answered = True
            host.refused = host.refused or failure.error.reason
        self._try_next(host)

    # --- what it is -----------------------------------------------------------------------------------------------------------

    def _look(self, host: Host) -> None:
        assert host.line is not None
        self._looking += 1
        host.line.tries = LOOK_TRIES
        talk = _look(host, self._catalogue)
        deadline = self._monotonic() + LOOK_DEADLINE_S
        self._exchange.begin(talk, host.line, deadline=deadline, ended=lambda failure: self._looked(host, failure))

    def _looked(self, host: Host, failure: PollFailed | None) -> None:
        self._looking -= 1
        self._done += 1
        if failure is not None:
            log.info("%s: %s", host.address, failure)
            host.found.incomplete.append(failure.error.reason)
        for address in self._follow(host):
            self._add(address, host.hop + 1)


def _probe() -> Conversation:
    yield from get((SYS_OBJECT_ID,))


def _look(host: Host, catalogue: Catalogue) -> Conversation:
    assert host.line is not None
    yield from take_inventory(catalogue, host.found, has_bulk=host.line.session.has_bulk, with_sensors=False)
    told = yield from get((CHASSIS_KIND, CHASSIS_ID, LLDP_NAME))
    chassis, name = told.get(CHASSIS_ID), told.get(LLDP_NAME)
    host.lldp_name = clean(name) if isinstance(name, bytes) else ""
    if isinstance(chassis, bytes):
        is_mac = told.get(CHASSIS_KIND) == _MAC and len(chassis) == 6
        host.chassis = chassis.hex(":") if is_mac else clean(chassis)
