"""Which poll is due when: intervals with jitter, one poll of a kind at a time per device, back-off, requests, true counts.

Used from its collector's scheduling thread, but for `counts`; time is `time.monotonic()` seconds and comes in.
"""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

LATE_SHARE = 0.1
"""A poll is late when it began more than this share of its interval after it was due."""

PollKey = tuple[str, str]
"""(device, source)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePoll:
    """A poll to start now. `due` is when it was due; `why` is `interval` or the reason of a request."""

    device: str
    source: str
    due: float
    interval: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleCounts:
    """Counts since the start.

    `due` counts the regular polls that came due, `started` and `done` those of them that began and ended, `failed` those that
    ended without an answer, `late` those that began late or, because one was still in flight, not at all; `asked` the extra
    ones; `in_flight` is how many of both run now. They are of one moment: `due` is `done` + `pending` + `missed`.
    """

    due: int
    started: int
    done: int
    failed: int
    late: int
    asked: int
    in_flight: int

    @property
    def pending(self) -> int:
        """Regular polls that run now."""
        return self.started - self.done

    @property
    def missed(self) -> int:
        """Regular polls that never began: the one before was still in flight, or the machine slept."""
        return self.due - self.started


@dataclass(slots=True)
class _Job:
    device: str
    source: str
    interval: float
    next_due: float
    backoff_cap: float | None
    failures: int = 0
    in_flight: str = ""
    """Why the poll in flight was started; empty if none is."""
    asked: str = ""
    """Reason of a request that waits; empty if none does."""
    rounds: int = 0
    leader: PollKey | None = None
    followers: tuple[PollKey, ...] = ()
    """Polls that begin with this one: on one connection they cost less together."""


@dataclass(slots=True)
class Schedule:
    """The polls of one collector."""

    rng: random.Random
    _jobs: dict[PollKey, _Job] = field(default_factory=dict)
    _heap: list[tuple[float, PollKey]] = field(default_factory=list)
    _asked: list[PollKey] = field(default_factory=list)
    _due: int = 0
    _started: int = 0
    _done: int = 0
    _failed: int = 0
    _late: int = 0
    _extra: int = 0
    _in_flight: int = 0
    draining: bool = False
    _lock: Lock = field(default_factory=Lock)

    def add(
        self,
        device: str,
        source: str,
        interval: float,
        now: float,
        *,
        first_within: float = 5.0,
        paced: float = 0.0,
        backoff_cap: float | None = None,
        along: str = "",
    ) -> None:
        """Poll this from now on: first at a random moment within `first_within` s, later at a random phase of the interval.

        `paced` spreads the first polls of many devices over a longer time, however short the interval is.
        After failures the interval doubles up to `backoff_cap` seconds, where one is given. `along` : a source of the device that
        is there already; this one is polled with it, at its pace, as long as its own interval is not the longer one.
        ValueError if it is there already.
        """
        if (device, source) in self._jobs:
            raise ValueError(f"{device} {source} is scheduled already")
        if along:
            self._follow(device, source, interval, now, along)
            return
        first = now + self.rng.uniform(0, max(min(first_within, interval), paced))
        self._jobs[device, source] = _Job(device, source, interval, first, backoff_cap)
        heapq.heappush(self._heap, (first, (device, source)))

    def _follow(self, device: str, source: str, interval: float, now: float, along: str) -> None:
        leader = self._jobs[device, along]
        self._jobs[device, source] = _Job(device, source, interval, now, None, leader=(device, along))
        leader.followers = (*leader.followers, (device, source))

    def remove(self, device: str) -> None:
        """Poll nothing of this device any more; what is in flight ends uncounted."""
        with self._lock:
            for key in [key for key in self._jobs if key[0] == device]:
                in_flight = self._jobs.pop(key).in_flight
                self._in_flight -= bool(in_flight)
                if in_flight == "interval":
                    self._due -= 1
                    self._started -= 1

    def sources(self, device: str) -> list[str]:
        """Sources of a device that are scheduled."""
        return [source for name, source in self._jobs if name == device]

    def ask(self, device: str, source: str, why: str) -> bool:
        """Poll as soon as can be; right after the one in flight, if there is one. False if nothing such is scheduled."""
        job = self._jobs.get((device, source))
        if job is None:
            return False
        if not job.asked and not job.in_flight:
            self._asked.append((device, source))
        job.asked = why
        return True

    def due(self, now: float) -> list[DuePoll]:
        """Polls to start now, requests first. Each must be followed by `done`."""
        with self._lock:
            return [] if self.draining else [*self._take_asked(now), *self._take_regular(now)]

    def asked(self, now: float) -> list[DuePoll]:
        """Only what was asked for beside its turn. Each must be followed by `done`."""
        with self._lock:
            return [] if self.draining or not self._asked else list(self._take_asked(now))

    def _take_asked(self, now: float) -> Iterator[DuePoll]:
        waiting, self._asked = self._asked, []
        for key in waiting:
            job = self._jobs.get(key)
            if job is not None and job.asked and not job.in_flight:
                job.in_flight, job.asked = job.asked, ""
                self._extra += 1
                self._in_flight += 1
                yield DuePoll(device=job.device, source=job.source, due=now, interval=job.interval, why=job.in_flight)

    def _take_regular(self, now: float) -> Iterator[DuePoll]:
        while self._heap and self._heap[0][0] <= now:
            due, key = heapq.heappop(self._heap)
            job = self._jobs.get(key)
            if job is None or job.next_due != due:
                continue
            yield from self._take_followers(job, due, now)
            self._due += 1
            interval = self._interval(job)
            if job.in_flight and job.in_flight != "interval":
                # It was asked for beside its turn and is under way: its answer is the one that is due now.
                job.in_flight = "interval"
                self._started += 1
                self._extra -= 1
                self._push(job, self._after(job, due, now, interval))
                continue
            if job.in_flight:
                # Never two of a kind on one device: this one is given up, and the counts say so.
                self._late += 1
                self._push(job, self._after(job, due, now, interval))
                continue
            if now - due > LATE_SHARE * job.interval:
                self._late += 1
            job.in_flight = "interval"
            self._started += 1
            self._in_flight += 1
            self._push(job, self._after(job, due, now, interval))
            yield DuePoll(device=job.device, source=job.source, due=due, interval=job.interval, why="interval")

    def _take_followers(self, leader: _Job, due: float, now: float) -> Iterator[DuePoll]:
        for job in (self._jobs[key] for key in leader.followers):
            if due < job.next_due - 0.5 * leader.interval:
                continue
            self._due += 1
            job.next_due = due + job.interval
            if job.in_flight:
                self._late += 1
                continue
            self._late += now - due > LATE_SHARE * job.interval
            job.in_flight = "interval"
            self._started += 1
            self._in_flight += 1
            yield DuePoll(device=job.device, source=job.source, due=due, interval=job.interval, why="interval")

    def _after(self, job: _Job, due: float, now: float, interval: float) -> float:
        """Next due time: one interval on; whole intervals that were slept through count as due and late."""
        missed = max(0, int((now - due) // interval))
        self._due += missed
        self._late += missed
        job.rounds += 1
        # The first round comes within seconds, so that the fleet is seen at once; the second spreads it over the interval.
        return due + interval * (missed + (self.rng.uniform(0.5, 1.0) if job.rounds == 1 else 1.0))

    def _push(self, job: _Job, when: float) -> None:
        job.next_due = when
        heapq.heappush(self._heap, (when, (job.device, job.source)))

    def _interval(self, job: _Job) -> float:
        if job.backoff_cap is None or job.failures < 2:
            return job.interval
        return max(job.interval, min(job.backoff_cap, job.interval * 2.0 ** (job.failures - 1)))

    def done(self, device: str, source: str, now: float, *, ok: bool = True) -> None:
        """A poll ended, with an answer or without."""
        job = self._jobs.get((device, source))
        if job is None or not job.in_flight:
            return
        with self._lock:
            if job.in_flight == "interval":
                self._done += 1
                self._failed += not ok
            self._in_flight -= 1
        job.in_flight = ""
        job.failures = 0 if ok else job.failures + 1
        if job.asked:
            self._asked.append((device, source))

    def next_wake(self) -> float | None:
        """When `due` has something to give, or None: nothing is scheduled."""
        if self.draining:
            return None
        if self._asked:
            return 0.0
        return self._heap[0][0] if self._heap else None

    def behind_seconds(self, now: float) -> float:
        """How overdue the most overdue poll is that has not begun."""
        return max(0.0, now - self._heap[0][0]) if self._heap else 0.0

    def counts(self) -> ScheduleCounts:
        """Counts since the start. Any thread."""
        with self._lock:
            return ScheduleCounts(
                due=self._due,
                started=self._started,
                done=self._done,
                failed=self._failed,
                late=self._late,
                asked=self._extra,
                in_flight=self._in_flight,
            )
