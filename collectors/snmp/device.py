"""One device as the SNMP collector knows it: its line, its plan, what it said last; polls of it as conversations and results."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from logging import getLogger
from socket import AF_INET6

import numpy as np

from collectors.schedule import DuePoll
from collectors.snmp.failure import PollFailed
from collectors.snmp.found import Found
from collectors.snmp.inventory import take_inventory
from collectors.snmp.line import Conversation, Line
from collectors.snmp.plan import Plan, Settled
from collectors.snmp.planning import plan_of, reply_octets
from collectors.snmp.regular import Reading, askings_of, poll_regularly
from collectors.snmp.seldom import SeldomPoll, often, seldom
from collectors.snmp.session import Session
from collectors.snmp.shapes import Asking, Shapes
from noc_console.model.fleet import Collect
from noc_console.model.poll import EMPTY_VALUES, PollResult, Values
from noc_console.profiles.catalogue import Catalogue

log = getLogger(__name__)

Put = Callable[[PollResult], None]

REGULAR, INVENTORY = "snmp", "snmp:inventory"
INVENTORY_INTERVAL_S = 3600.0
REDISCOVERY_AFTER_S = 300.0
"""Signs of rebuilt tables are believed at most this often: some agents tell them with every poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When a poll was due and began (UTC seconds), and how often its source is polled."""

    due: float
    started: float
    interval: float


@dataclass(slots=True, kw_only=True, eq=False)
class PolledDevice:
    """What is remembered of a device between its polls. Confined to the collector's thread."""

    name: str
    collect: Collect
    catalogue: Catalogue
    shapes: Shapes
    line: Line | None = None
    made_at: float = 0.0
    """When the line was made (monotonic)."""
    waiting: list[DuePoll] = field(default_factory=list)
    """Polls that wait for the line."""
    plan: Plan | None = None
    is_stale: bool = False
    """The plan may not fit the device any more: the next poll looks at it first."""
    profile: str = ""
    varbinds: int = 0
    """Values that regular polls read, since they were counted last."""
    gets_only: bool = False
    _reading: Reading | None = None
    _askings: tuple[Asking, ...] = ()
    _asked_for: tuple[Plan, Session] | None = None
    _watched: Values | None = None
    _settled: Settled | None = None
    """Of the last answer."""
    _uptime: float = 0.0
    _looked_at: float = -REDISCOVERY_AFTER_S
    _is_partial: bool = False
    _misfitted: bool = False
    _down: str = field(default="", repr=False)
    _seldom: SeldomPoll = field(default_factory=SeldomPoll)

    @property
    def looks_first(self) -> bool:
        """Whether its next regular poll begins with an inventory."""
        return self.plan is None or self.is_stale

    def look(self, put: Put, times: Times, clock: Callable[[], float]) -> Conversation:
        """An inventory; its result is put as soon as it is there."""
        assert self.line is not None
        found = Found()
        yield from take_inventory(self.catalogue, found, has_bulk=self.line.session.has_bulk)
        found.forget_repeated()
        session = self.line.session
        if session.privacy_found:
            found.system["snmp_privacy"] = session.privacy_found
        most = reply_octets(self.collect.mtu, ipv6=self.line.family == AF_INET6)
        has_bulk = session.has_bulk and not self.gets_only
        plan = plan_of(often(found), has_bulk=has_bulk, most_octets=most, envelope=session.envelope)
        # A table that was cut off this time is no sign that its ports are gone.
        self._is_partial = bool(found.incomplete)
        keeps = self._is_partial and self.plan is not None and len(plan.layout) < len(self.plan.layout)
        if not keeps:
            self.plan = plan
            rare = plan_of(seldom(found), has_bulk=has_bulk, most_octets=most, envelope=session.envelope)
            self._seldom.take(rare, found)
            self._watched = self._settled = None
        self.profile = found.profiles[0].name if found.profiles else ""
        self.is_stale = False
        self._looked_at = clock()
        put(self._inventory_result(found, times, clock(), keeps=keeps))

    def _inventory_result(self, found: Found, times: Times, finished: float, *, keeps: bool) -> PollResult:
        return PollResult(
            device=self.name,
            source=INVENTORY,
            due=times.due,
            started=times.started,
            finished=finished,
            interval=INVENTORY_INTERVAL_S,
            facts=None if keeps else found.facts(),
            limits=None if keeps else found.limits(),
            # Neighbours hold until they are given anew: half of them would say that the others are gone.
            neighbours=None if found.lacks_neighbours else found.neighbours,
            incomplete=tuple(found.incomplete),
        )

    def poll(self, put: Put, times: Times, clock: Callable[[], float]) -> Conversation:
        """A regular poll, with an inventory before it at first contact and where the tables turn out to be rebuilt."""
        if self.looks_first:
            yield from self.look(put, times, clock)
        assert self.plan is not None
        plan, (reading, askings) = self.plan, self._asked(self.plan)
        yield from poll_regularly(plan, reading, askings)
        if self._is_rebuilt(plan, reading, clock()) and plan is self.plan:
            # After a restart an ifIndex may mean another port: what was just read is not told under the old names.
            log.info("%s: its tables changed, looking at it again", self.name)
            self.is_stale = True
            yield from self.look(put, times, clock)
            plan, (reading, askings) = self.plan, self._asked(self.plan)
            yield from poll_regularly(plan, reading, askings)
            self._is_rebuilt(plan, reading, clock())
        self.varbinds += reading.varbinds
        put(self._result(plan, reading, times, clock()))
        if self.line is not None:
            yield from self._seldom.poll(self.name, self.line.session, self.shapes, put, clock)

    def _asked(self, plan: Plan) -> tuple[Reading, tuple[Asking, ...]]:
        """The plan's requests and where their values go, kept from poll to poll with what is known of their replies."""
        assert self.line is not None
        session = self.line.session
        if (
            self._reading is None
            or self._asked_for is None
            or self._asked_for[0] is not plan
            or self._asked_for[1] is not session
        ):
            self._reading = Reading.of(plan)
            self._askings, self._asked_for = askings_of(plan, self._reading, session, self.shapes), (plan, session)
        return self._reading, self._askings

    def _result(self, plan: Plan, reading: Reading, times: Times, finished: float) -> PollResult:
        values, self._settled = plan.told(reading.raw, self._settled)
        return PollResult(
            device=self.name,
            source=REGULAR,
            due=times.due,
            started=times.started,
            finished=finished,
            interval=times.interval,
            layout=plan.layout,
            values=values,
            texts=self._settled.texts,
        )

    def _is_rebuilt(self, plan: Plan, reading: Reading, now: float) -> bool:
        """Whether the device is to be looked at again: it restarted, or its tables do not fit the plan."""
        watched = reading.raw[plan.watched] if len(plan.watched) else EMPTY_VALUES
        uptime = float(reading.raw[plan.uptime]) if plan.uptime is not None else math.nan
        # sysUpTime ends at 2**32 hundredths (497 days) and begins anew: that is no restart, but looking again does no harm.
        restarted = uptime < self._uptime
        changed = self._watched is not None and not _same(watched, self._watched)
        self._watched = watched
        self._uptime = 0.0 if math.isnan(uptime) else uptime
        if restarted:
            return True
        # Some agents tell such signs with every poll: they are believed now and then.
        if not (changed or reading.misfits or self._is_partial) or now - self._looked_at < REDISCOVERY_AFTER_S:
            return False
        if reading.misfits and self._misfitted:
            # A fresh inventory did not help: the agent's GETBULK skips or reorders. GET names each object.
            self.gets_only = True
        self._misfitted = bool(reading.misfits)
        return True

    def failure(self, source: str, failure: PollFailed, times: Times, finished: float) -> PollResult:
        """The result of a poll that failed."""
        interval = INVENTORY_INTERVAL_S if source == INVENTORY else times.interval
        return PollResult(
            device=self.name,
            source=source,
            due=times.due,
            started=times.started,
            finished=finished,
            interval=interval,
            error=failure.error,
        )

    def tell(self, failure: PollFailed | None) -> None:
        """Log once when it goes down, once when it returns."""
        said = str(failure) if failure else ""
        if said and not self._down:
            log.info("%s: %s", self.name, said)
        elif self._down and not said:
            log.info("%s: answers again", self.name)
        self._down = said


def _same(some: Values, others: Values) -> bool:
    """Whether they are equal; those that are not known are."""
    return some is others or some.tobytes() == others.tobytes() or np.array_equal(some, others, equal_nan=True)
