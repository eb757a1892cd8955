import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from stored import NOW, Reports, alarm, entry, result

from noc_console.feed import Feed
from noc_console.inbox import Inbox
from noc_console.live import MonitorThread
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.changes import Changes, Durable, Row, Snapshot, StoreState
from noc_console.model.command import Action, AskNow, Command, CommandOutcome
from noc_console.model.fleet import Inventory
from noc_console.model.poll import CollectorBeat, ErrorKind, PollError, PollRequest, PollResult
from noc_console.model.severity import OperatorState
from noc_console.monitor.gathered import Output
from noc_console.store.reports import Committed, NotStored, StorePreparing, StoreTrouble, StoreWell


class SmallMonitor:
    """Judges by one rule: each answer is a row, and a negative value an alarm. Refuses to be used from two threads."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.rows: dict[str, Row] = {}
        self.alarms: dict[int, Alarm] = {}
        self.entries: list[Entry] = []
        self.abandoned: list[str] = []
        self.requests: list[PollRequest] = []
        self.store: StoreState | None = None
        self.told: dict[str, list[object]] = {}
        self.durable: dict[str, list[object]] = {}
        self.threads: set[str] = set()
        self.wake: float | None = None
        self.fail_at: str = ""

    def _called(self, name: str) -> None:
        self.threads.add(threading.current_thread().name)
        if self.fail_at == name:
            raise ZeroDivisionError(f"a bug in {name}")

    def _tell(self, *, durable: bool = True, **news: object) -> None:
        for name, item in news.items():
            self.told.setdefault(name, []).append(item)
            if durable:
                self.durable.setdefault(name, []).append(item)

    def advance(self, now: float) -> None:
        self._called("advance")
        assert not self.times or now >= self.times[-1], "time went back"
        self.times.append(now)

    def ingest(self, result: PollResult) -> None:
        self._called("ingest")
        assert self.times[-1] >= result.finished or self.times[-1] >= NOW
        self.durable.setdefault("results", []).append(result)
        if result.error is None:
            row = Row(
                device=result.device, source=result.source, time=result.finished, interval=result.interval,
                layout=result.layout, values=result.values, rates=result.values,
            )  # fmt: skip
            self._tell(durable=False, rows=row)
            self.rows[result.device] = row
            if len(result.values) and result.values[0] < 0:
                raised = alarm(len(self.alarms) + 1, device=result.device)
                self.alarms[raised.id] = raised
                self._tell(alarms=raised, entries=self._entry(raised.id, EntryKind.RAISED))

    def _entry(self, of: int, kind: EntryKind, **fields: object) -> Entry:
        self.entries.append(entry(len(self.entries) + 1, of, kind, **fields))
        return self.entries[-1]

    def beat(self, beat: CollectorBeat) -> None:
        self._called("beat")

    def ask(self, device: str, now: float) -> None:
        self._called("ask")
        self.requests.append(PollRequest(device=device, source="snmp", why="operator"))

    def prepare(self, command: Command, now: float) -> Durable | CommandOutcome:
        self._called("prepare")
        if not set(command.alarms) <= set(self.alarms):
            return CommandOutcome(id=command.id, error="unknown-alarm")
        said = [
            replace(self.alarms[i], state=OperatorState.ACKNOWLEDGED, state_by=command.who, note=command.text)
            for i in command.alarms
        ]
        entries = tuple(self._entry(i, EntryKind.ACKNOWLEDGED, who=command.who) for i in command.alarms)
        return Durable(alarms=tuple(said), entries=entries, command=command.id)

    def commit(self, durable: Durable, now: float) -> None:
        self._called("commit")
        for changed in durable.alarms:
            self.alarms[changed.id] = changed
            self._tell(durable=False, alarms=changed)
        for told in durable.entries:
            self._tell(durable=False, entries=told)
        self._tell(durable=False, outcomes=CommandOutcome(id=durable.command))

    def abandon(self, durable: Durable) -> None:
        self._called("abandon")
        self.abandoned.append(durable.command)

    def store_state(self, state: StoreState) -> None:
        self._called("store_state")
        self.store = state

    def take(self, now: float) -> Output:
        self._called("take")
        told, self.told = self.told, {}
        durable, self.durable = self.durable, {}
        store, self.store = self.store, None
        requests, self.requests = tuple(self.requests), []
        parts = {name: tuple(items) for name, items in told.items()}
        changes = Changes(number=0, time=now, store=store, **parts) if told or store else None  # type: ignore[arg-type]
        lasting = Durable(**{name: tuple(items) for name, items in durable.items()}) if durable else None  # type: ignore[arg-type]
        return Output(changes=changes, durable=lasting, requests=requests)

    def snapshot(self, now: float) -> Snapshot:
        self._called("snapshot")
        return Snapshot(
            number=0, time=now, inventory=Inventory(), rows=tuple(self.rows.values()), alarms=tuple(self.alarms.values())
        )

    def next_wake(self) -> float | None:
        self._called("next_wake")
        return self.wake


class Keeping:
    """A store of the test: answers when told to."""

    def __init__(self) -> None:
        self.came: list[Durable] = []

    def append(self, durable: Durable) -> None:
        self.came.append(durable)

    def commands(self) -> list[Durable]:
        return [durable for durable in self.came if durable.command]


class Bench:
    def __init__(self, monitor: SmallMonitor, store: Keeping | None) -> None:
        self.monitor = monitor
        self.store = store
        self.now = NOW
        self.inbox = Inbox()
        self.asked: list[PollRequest] = []
        self.thread = MonitorThread(monitor, self.inbox, store, self.asked.append, lambda: self.now)
        self.mirror = Mirror()
        self.feed = self.thread.feed()
        self.outcomes: list[CommandOutcome] = []

    def until(self, told: Callable[[], object], seconds: float = 5.0) -> None:
        """Keep the mirror up to date until this holds."""
        end = time.monotonic() + seconds
        while True:
            self.take(self.feed, self.mirror)
            if told():
                return
            assert time.monotonic() < end, "it did not come"
            threading.Event().wait(0.002)

    def take(self, feed: Feed, mirror: Mirror) -> None:
        snapshot, changes, _ = feed.take()
        if snapshot is not None:
            mirror.start(snapshot)
        for one in changes:
            self.outcomes.extend(mirror.apply(one).outcomes)

    def acknowledge(self, number: int, command: str = "c-1") -> None:
        self.inbox.put(Command(id=command, action=Action.ACKNOWLEDGE, alarms=(number,), who="mai", at=NOW, text="mine"))


@contextmanager
def running(store: Keeping | None = None, monitor: SmallMonitor | None = None) -> Iterator[Bench]:
    bench = Bench(monitor or SmallMonitor(), store)
    bench.thread.start()
    try:
        yield bench
    finally:
        begin = time.monotonic()
        bench.thread.stop()
        bench.thread.join(2.0)
        assert not bench.thread.is_alive()
        assert time.monotonic() - begin < 2.0
    assert bench.monitor.threads == {"monitor"}


def bad(device: str = "a") -> PollResult:
    return result(device, NOW, {("", "x"): -1.0})


def test_an_answer_becomes_a_row_in_the_mirror_and_a_durable_in_the_store():
    with running(Keeping()) as bench:
        bench.inbox.put(result("a", NOW, {("", "x"): 5.0}))
        bench.until(lambda: "a" in bench.mirror.rows)
        assert [r.device for d in bench.store.came for r in d.results] == ["a"]


def test_a_command_is_shown_as_done_only_after_it_was_committed():
    with running(Keeping()) as bench:
        bench.inbox.put(bad())
        bench.until(lambda: 1 in bench.mirror.alarms)
        bench.acknowledge(1)
        bench.until(bench.store.commands)
        bench.inbox.put(result("b", NOW, {("", "x"): 5.0}))
        bench.until(lambda: "b" in bench.mirror.rows)
        assert bench.mirror.alarms[1].state is OperatorState.NONE
        assert bench.outcomes == []
        bench.inbox.put(Committed(durable=bench.store.commands()[0]))
        bench.until(lambda: bench.mirror.alarms[1].state is OperatorState.ACKNOWLEDGED)
        assert bench.outcomes == [CommandOutcome(id="c-1")]


def test_what_was_told_before_a_command_is_stored_before_it():
    with running(Keeping()) as bench:
        bench.inbox.put(bad())
        bench.acknowledge(1)
        bench.until(bench.store.commands)
        first, second = bench.store.came
        assert ([a.id for a in first.alarms], first.command) == ([1], "")
        assert second.command == "c-1"


def test_a_command_that_could_not_be_stored_changes_nothing_and_says_why():
    with running(Keeping()) as bench:
        bench.inbox.put(bad())
        bench.acknowledge(1)
        bench.until(bench.store.commands)
        bench.inbox.put(NotStored(durable=bench.store.commands()[0], error="disk-full", detail="There is no space left."))
        bench.until(lambda: bench.outcomes)
        assert bench.outcomes == [CommandOutcome(id="c-1", error="disk-full", detail="There is no space left.")]
        assert bench.monitor.abandoned == ["c-1"]
        assert bench.mirror.alarms[1].state is OperatorState.NONE


def test_a_refused_command_is_answered():
    with running(Keeping()) as bench:
        bench.acknowledge(404)
        bench.until(lambda: bench.outcomes)
        assert bench.outcomes[0].error == "unknown-alarm"
        assert bench.store.commands() == []


def test_without_a_store_a_command_is_done_at_once():
    with running() as bench:
        bench.inbox.put(bad())
        bench.acknowledge(1)
        bench.until(lambda: bench.outcomes)
        assert bench.mirror.alarms[1].note == "mine"


def test_the_state_of_the_store_is_shown_and_hides_no_alarm():
    with running(Keeping()) as bench:
        bench.inbox.put(StoreWell(last_commit=NOW - 1))
        bench.until(lambda: bench.mirror.store == StoreState(last_commit=NOW - 1))
        bench.inbox.put(StoreTrouble(error="disk-full", detail="full", waiting=3))
        bench.inbox.put(bad())
        bench.until(lambda: bench.mirror.store.error and 1 in bench.mirror.alarms)
        expected = StoreState(error="disk-full", detail="full", waiting=3, last_commit=NOW - 1)
        assert bench.mirror.store == bench.thread.store_state == expected
        bench.inbox.put(StorePreparing(share=0.5))
        bench.inbox.put(StoreWell(last_commit=NOW))
        bench.until(lambda: bench.mirror.store == StoreState(last_commit=NOW, preparing=0.5))
        bench.inbox.put(StorePreparing(share=None))
        bench.until(lambda: bench.mirror.store == StoreState(last_commit=NOW))


def test_requests_go_to_the_collectors():
    with running() as bench:
        bench.inbox.put(AskNow(device="leaf-01"))
        bench.until(lambda: bench.asked)
        assert bench.asked == [PollRequest(device="leaf-01", source="snmp", why="operator")]


def test_a_late_reader_and_one_that_lost_something_get_a_snapshot_that_agrees():
    with running() as bench:
        for n in range(5):
            bench.inbox.put(result(f"d{n}", NOW, {("", "x"): float(n)}))
        bench.until(lambda: len(bench.mirror.rows) == 5)
        late, other = bench.thread.feed(), Mirror()
        bench.until(lambda: (bench.take(late, other), len(other.rows) == 5)[1])
        bench.feed.lost()
        bench.inbox.put(bad("d9"))
        bench.until(lambda: (bench.take(late, other), "d9" in bench.mirror.rows and "d9" in other.rows)[1])
        assert other.number == bench.mirror.number
        bench.thread.drop(late)
        bench.inbox.put(bad("d10"))
        bench.until(lambda: "d10" in bench.mirror.rows)
        assert late.take() == (None, [], {})


def test_time_is_passed_when_the_monitor_wants_it_and_never_runs_back():
    monitor = SmallMonitor()
    monitor.wake = NOW + 0.01
    with running(monitor=monitor) as bench:
        bench.now = NOW + 0.02
        bench.until(lambda: monitor.times and monitor.times[-1] == NOW + 0.02)
        bench.now = NOW - 3600
        bench.inbox.put(result("a", NOW - 3600, {("", "x"): 1.0}))
        bench.until(lambda: "a" in bench.mirror.rows)
        assert monitor.times == sorted(monitor.times)


@pytest.mark.expected_log("the monitor failed and goes on")
@pytest.mark.parametrize("place", ["ingest", "advance", "take", "next_wake"])
def test_a_bug_is_logged_and_shown_once_and_the_thread_goes_on(place, caplog):
    with running() as bench:
        bench.until(lambda: bench.mirror.time)
        bench.monitor.fail_at = place
        bench.now += 1
        for _ in range(3):
            bench.inbox.put(bad())
        bench.until(lambda: bench.thread.counts.errors >= 1)
        bench.monitor.fail_at = ""
        bench.inbox.put(result("b", NOW, {("", "x"): 5.0}))
        bench.until(lambda: "b" in bench.mirror.rows and "monitor" in bench.mirror.collectors)
        assert not bench.mirror.collectors["monitor"].alive
        bench.now = NOW + 61
        bench.inbox.put(result("c", NOW, {("", "x"): 5.0}))
        bench.until(lambda: bench.mirror.collectors["monitor"].alive)
    logged = [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(logged) == 1
    assert logged[0].exc_info is not None
    assert isinstance(logged[0].exc_info[1], ZeroDivisionError)


@pytest.mark.expected_log("the monitor failed and goes on")
@pytest.mark.parametrize("place", ["prepare", "commit"])
def test_a_command_that_a_bug_stops_is_answered_and_the_next_one_goes_well(place):
    with running(Keeping()) as bench:
        bench.inbox.put(bad())
        bench.until(lambda: 1 in bench.mirror.alarms)
        bench.monitor.fail_at = place
        bench.acknowledge(1)
        if place == "commit":
            bench.until(bench.store.commands)
            bench.inbox.put(Committed(durable=bench.store.commands()[0]))
        bench.until(lambda: bench.outcomes)
        assert [(o.id, o.error) for o in bench.outcomes] == [("c-1", "monitor-failed")]
        bench.monitor.fail_at = ""
        bench.acknowledge(1, "c-2")
        bench.until(lambda: bench.store.commands() and bench.store.commands()[-1].command == "c-2")


def test_counts_tell_answers_failures_values_and_durations():
    with running() as bench:
        bench.inbox.put(result("a", NOW, {("", "x"): 5.0, ("", "y"): np.nan}, started=NOW - 2))
        bench.inbox.put(result("b", NOW, {("", "x"): 5.0}, started=NOW - 4))
        bench.inbox.put(result("c", NOW, {}, started=NOW - 4, error=PollError(kind=ErrorKind.UNREACHABLE)))
        bench.until(lambda: bench.thread.counts.results == 3)
        counts = bench.thread.counts
    assert (counts.failed, counts.readings, counts.poll_seconds_p50, counts.lag_seconds_most) == (1, 2, 4.0, 0.0)


def test_what_is_in_the_inbox_at_the_end_is_still_judged_and_stored():
    store = Keeping()
    with running(store) as bench:
        bench.until(lambda: bench.mirror.time)
        for n in range(300):
            bench.inbox.put(result(f"d{n}", NOW, {("", "x"): 1.0}))
    assert sum(len(d.results) for d in store.came) == 300


def test_a_flood_is_taken_in_few_turns():
    store = Keeping()
    with running(store) as bench:
        bench.until(lambda: bench.mirror.time)
        for n in range(3000):
            bench.inbox.put(result(f"d{n % 50}", NOW + n, {("", "x"): 1.0}))
        bench.until(lambda: bench.thread.counts.results == 3000)
        assert bench.thread.counts.turns < 30
        bench.until(lambda: len(bench.mirror.rows) == 50)


def test_reports_are_waited_for():
    with pytest.raises(AssertionError, match="no Committed was told"):
        Reports().next(Committed, timeout=0.01)
