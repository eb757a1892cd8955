"""The rounds of polls that `ssh` and `local` share: what is due is begun, what is answered is handed over, the pulse is told.

Confined to the collector's thread; times are monotonic seconds.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial

from collectors.collector import Inbox
from collectors.schedule import DuePoll, Schedule
from collectors.ssh.answer import Answer, result_of
from collectors.ssh.conversation import Conversation, Way
from collectors.ssh.polls import dialogue, sources_of, tool_sources_of
from collectors.ssh.server import Server
from collectors.ssh.timers import Timers
from noc_console.model.poll import CollectorBeat, PollRequest

BEAT_S = 2.0
BACKOFF_CAP_S = 30.0
"""A server that was down is seen again within this time, or sooner: with the first of its polls that gets through."""


class Rounds:
    """Polls of some servers, each over its own way.

    Parameters
    ----------
    protocol : `ssh` or `local`. ways : how to reach each server, by device. intervals : seconds between its regular polls.
    """

    def __init__(
        self,
        protocol: str,
        ways: Mapping[str, Way],
        servers: Mapping[str, Server],
        intervals: Mapping[str, float],
        *,
        schedule: Schedule,
        timers: Timers,
        inbox: Inbox,
        clock: Callable[[], float],
    ) -> None:
        self._protocol = protocol
        self._ways = ways
        self._servers = servers
        self._intervals = intervals
        self._schedule = schedule
        self._timers = timers
        self._inbox = inbox
        self._clock = clock
        self._ended = False
        self._boots: dict[str, str] = {}

    def begin(self, first_within: float) -> None:
        """Fill the schedule, and tell the pulse from now on."""
        now = time.monotonic()
        for name, interval in self._intervals.items():
            cap = max(BACKOFF_CAP_S, interval)
            for source, pace, along in sources_of(self._protocol, interval):
                self._schedule.add(name, source, pace, now, first_within=first_within, backoff_cap=cap, along=along)
        self._beat()

    def turn(self) -> float:
        """Begin what is due; how long to wait for something else to happen."""
        now = time.monotonic()
        for due in self._schedule.due(now):
            self._begin(due)
        self._timers.call_due(now)
        wakes = [when for when in (self._schedule.next_wake(), self._timers.next_wake()) if when is not None]
        return max(0.0, min(wakes, default=now + BEAT_S) - time.monotonic())

    def ask(self, request: PollRequest) -> None:
        """Poll as soon as can be."""
        self._schedule.ask(request.device, request.source, request.why)

    def returned(self, device: str) -> None:
        """A server can be reached again: look at it now, not when its longer interval has passed."""
        self._schedule.ask(device, self._protocol, "re-ask")

    def drain(self) -> None:
        """Begin nothing more."""
        self._schedule.draining = True

    def end(self) -> None:
        """Hand over nothing more: what is cut off by our own end is nobody's failure."""
        self._ended = True

    def idle(self) -> bool:
        """Whether nothing is in flight. Any thread."""
        return self._schedule.counts().in_flight == 0

    def beat(self) -> CollectorBeat:
        """The counts as of now. Any thread."""
        counts = self._schedule.counts()
        return CollectorBeat(
            collector=self._protocol,
            time=self._clock(),
            devices=len(self._ways),
            polls=counts.done,
            due=counts.due,
            failed=counts.failed,
            late=counts.late,
            in_flight=counts.in_flight,
            pending=counts.pending,
            missed=counts.missed,
            behind_seconds=self._schedule.behind_seconds(time.monotonic()),
        )

    def _learned(self, due: DuePoll) -> None:
        """Ask what its tools can tell from now on; look for them again where it has been started anew."""
        device, server = due.device, self._servers[due.device]
        if due.source == f"{self._protocol}:tools":
            known = self._schedule.sources(device)
            for source, pace in tool_sources_of(self._protocol, server, self._intervals[device]):
                if source not in known:
                    self._schedule.add(device, source, pace, time.monotonic(), backoff_cap=pace)
        boot = server.told.get("", {}).get("boot_id", "")
        if boot and boot != self._boots.get(device, boot):
            self._schedule.ask(device, f"{self._protocol}:tools", "rebooted")
        self._boots[device] = boot or self._boots.get(device, "")

    def _begin(self, due: DuePoll) -> None:
        talk = dialogue(due.source, self._servers[due.device], self._clock)
        finished = partial(self._finish, due, time.monotonic())
        Conversation(self._ways[due.device], talk, finished).begin()

    def _finish(self, due: DuePoll, started: float, answer: Answer) -> None:
        if self._ended:
            return
        now = time.monotonic()
        self._schedule.done(due.device, due.source, now, ok=answer.error is None)
        if answer.error is None:
            self._learned(due)
        self._inbox.put(result_of(due, answer, started=started, now=now, utc=self._clock()))

    def _beat(self) -> None:
        self._inbox.put(self.beat())
        self._timers.at(time.monotonic() + BEAT_S, self._beat)
