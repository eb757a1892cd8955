"""What a profile wants asked seldom (energy counters, ages of batteries): a source of its own beside the regular poll."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from collectors.snmp.failure import PollFailed
from collectors.snmp.found import Found
from collectors.snmp.line import Conversation
from collectors.snmp.plan import Plan
from collectors.snmp.regular import Reading, askings_of, poll_regularly
from collectors.snmp.session import Session
from collectors.snmp.shapes import Asking, Shapes
from noc_console.model.poll import PollResult

SELDOM = "snmp:seldom"
SELDOM_INTERVAL_S = 300.0


def often(found: Found) -> Found:
    """What is found without what is asked seldom."""
    return replace(found, sensors=[each for each in found.sensors if not each.table.seldom])


def seldom(found: Found) -> Found:
    """Only that."""
    return replace(found, ports=[], scalars=[], watched={}, sensors=[each for each in found.sensors if each.table.seldom])


@dataclass(slots=True, eq=False)
class SeldomPoll:
    """The seldom values of one device, asked after a regular poll where their time has come. For the collector's thread."""

    plan: Plan | None = None
    asked_at: float = -SELDOM_INTERVAL_S
    _reading: Reading | None = None
    _askings: tuple[Asking, ...] = ()
    _asked_for: tuple[Plan, Session] | None = None

    def take(self, plan: Plan, found: Found) -> None:
        """The plan of a new inventory."""
        self.plan = plan if any(each.table.seldom for each in found.sensors) else None
        self.asked_at = -SELDOM_INTERVAL_S

    def poll(
        self, device: str, session: Session, shapes: Shapes, put: Callable[[PollResult], None], clock: Callable[[], float]
    ) -> Conversation:
        """Ask, if it is time; a failure is told as this source's own."""
        started = clock()
        # A regular poll that begins a little early must not wait for the one after it.
        if self.plan is None or 0 <= started - self.asked_at < 0.95 * SELDOM_INTERVAL_S:
            return
        due = max(self.asked_at + SELDOM_INTERVAL_S, started - SELDOM_INTERVAL_S) if self.asked_at > 0 else started
        self.asked_at = started
        plan, reading = self.plan, self._reading
        if reading is None or self._asked_for is None or self._asked_for[0] is not plan or self._asked_for[1] is not session:
            reading = self._reading = Reading.of(plan)
            self._askings, self._asked_for = askings_of(plan, reading, session, shapes), (plan, session)
        result = PollResult(device=device, source=SELDOM, due=due, started=started, finished=started, interval=SELDOM_INTERVAL_S)
        try:
            yield from poll_regularly(plan, reading, self._askings)
        except PollFailed as failure:
            put(replace(result, finished=clock(), error=failure.error))
            return
        values, settled = plan.told(reading.raw)
        put(replace(result, finished=clock(), layout=plan.layout, values=values, texts=settled.texts))
