"""The monitor thread: drains the inbox, lets time pass, hands on what came of it.

Everything that the monitor says goes to the store first (which never blocks), then to the feeds. A person's command is shown
as done only after the store told that it is on disk.
"""

from collections.abc import Callable
from dataclasses import replace
from queue import Empty
from threading import Event, Lock, Thread
from typing import Protocol

from noc_console.alarms.breath import go_on
from noc_console.feed import Feed
from noc_console.inbox import Inbox, InboxItem, Wake
from noc_console.live_counts import LiveCounts, Tally
from noc_console.model.changes import Changes, Durable, Snapshot, StoreState
from noc_console.model.command import AskNow, Command, CommandOutcome, PlanMaintenance
from noc_console.model.poll import CollectorBeat, PollRequest, PollResult
from noc_console.monitor.gathered import Output
from noc_console.own_trouble import OwnTrouble
from noc_console.store.reports import Committed, NotStored, StorePreparing, StoreTrouble, StoreWell

TURN_SECONDS = 0.05
"""At most one turn in this time: what comes meanwhile is taken together."""
LONGEST_SLEEP_S = 1.0
MOST_ITEMS = 2_000
"""Taken in one turn, so that a flood does not keep the feeds waiting."""

FAILED = "monitor-failed"
"""Code of the outcome of a command that failed by a bug of ours."""


class Judge(Protocol):
    """What the thread needs of `noc_console.monitor.monitor.Monitor`; used from the monitor thread only."""

    def advance(self, now: float) -> None:
        """Let time pass."""

    def ingest(self, result: PollResult) -> None:
        """Take an answer or a miss."""

    def beat(self, beat: CollectorBeat) -> None:
        """Take a collector's sign of life."""

    def ask(self, device: str, now: float) -> None:
        """Ask for a poll of each source of a device."""

    def prepare(self, command: Command | PlanMaintenance, now: float) -> Durable | CommandOutcome:
        """What must be on disk before the command is done, or why it is refused."""

    def commit(self, durable: Durable, now: float) -> None:
        """The prepared command is on disk: change the state."""

    def abandon(self, durable: Durable) -> None:
        """The prepared command could not be stored: it never was."""

    def store_state(self, state: StoreState) -> None:
        """How the store is."""

    def take(self, now: float) -> Output:
        """What it has to tell since the last time."""

    def snapshot(self, now: float) -> Snapshot:
        """Everything at this moment."""

    def next_wake(self) -> float | None:
        """When time matters next."""


class Keeper(Protocol):
    """What the thread needs of `noc_console.store.store.Store`."""

    def append(self, durable: Durable) -> None:
        """Store it soon; never blocks."""


class MonitorThread(Thread):
    """The thread `monitor`, the only one that touches the monitor.

    `store` None = commands are done at once. `ask` hands a request to the collectors, in this thread. `clock` gives UTC
    seconds. `breathe` is called between two pieces of work: it may let other threads come first for a moment. `feed`, `drop`,
    `stop`, `counts`, `store_state` from any thread.
    """

    def __init__(
        self,
        monitor: Judge,
        inbox: Inbox,
        store: Keeper | None,
        ask: Callable[[PollRequest], None],
        clock: Callable[[], float],
        *,
        breathe: Callable[[], None] = go_on,
    ) -> None:
        super().__init__(name="monitor")
        self._breathe = breathe
        self.store_state = StoreState()
        self._monitor = monitor
        self._inbox = inbox
        self._store = store
        self._ask = ask
        self._clock = clock
        self._stop_event = Event()
        self._feeds: list[Feed] = []
        self._feeds_lock = Lock()
        self._number = 0
        self._reached = self._judged = float("-inf")
        self._wake = float("inf")
        self._outcomes: list[CommandOutcome] = []
        self._trouble = OwnTrouble()
        self._tally = Tally()

    def feed(self) -> Feed:
        """Changes for one more reader; its snapshot follows at the next turn."""
        feed = Feed()
        feed.lost()
        with self._feeds_lock:
            self._feeds.append(feed)
        self._inbox.put(Wake())
        return feed

    def drop(self, feed: Feed) -> None:
        """Tell this reader nothing more."""
        with self._feeds_lock:
            self._feeds = [other for other in self._feeds if other is not feed]

    def stop(self) -> None:
        """End after what is in the inbox now; the thread ends within two seconds."""
        self._stop_event.set()
        self._inbox.put(Wake())

    @property
    def counts(self) -> LiveCounts:
        """What went through so far."""
        return replace(self._tally.counts(), errors=self._trouble.errors)

    def run(self) -> None:
        """Turn after turn until stopped; then for what is still in the inbox."""
        self._safely(self._note_wake)
        while not self._stop_event.is_set():
            self._turn(self._next_items())
            self._stop_event.wait(TURN_SECONDS)
        for _ in range(self._inbox.qsize() // MOST_ITEMS + 1):
            self._turn(self._waiting_items())

    def _safely(self, step: Callable[..., object], *arguments: object) -> bool:
        """The worker loop's net: a failure of one step is logged and shown, and the loop goes on. Whether it went well."""
        try:
            step(*arguments)
            return True
        except Exception as error:  # noqa: BLE001 - the worker loop's one net: logged with traceback and shown
            self._trouble.note(error, self._now())
            return False

    def _next_items(self) -> list[InboxItem]:
        sleep = min(LONGEST_SLEEP_S, max(0.0, self._wake - self._now()))
        try:
            return [self._inbox.get(timeout=sleep), *self._waiting_items()]
        except Empty:
            return []

    def _waiting_items(self) -> list[InboxItem]:
        items: list[InboxItem] = []
        while len(items) < MOST_ITEMS:
            try:
                items.append(self._inbox.get_nowait())
            except Empty:
                break
        return items

    def _turn(self, items: list[InboxItem]) -> None:
        for item in items:
            self._breathe()
            if not self._safely(self._take_in, item):
                self._answer_failed(item)
        self._safely(self._advance, self._now())
        self._hand_on_safely()
        self._safely(self._restart_feeds)
        self._safely(self._note_wake)
        self._tally.turns += 1

    def _answer_failed(self, item: InboxItem) -> None:
        """Nobody waits for ever: a command that a bug of ours stopped is answered too."""
        stored = item.durable.command if isinstance(item, Committed) else ""
        command = item.id if isinstance(item, Command | PlanMaintenance) else stored
        if command:
            self._outcomes.append(CommandOutcome(id=command, error=FAILED, detail="The monitor failed; its log says where."))

    def _hand_on_safely(self) -> None:
        if not self._safely(self._hand_on):
            # What it was about to tell may be gone: every reader begins again.
            for feed in self._all_feeds():
                feed.lost()

    def _note_wake(self) -> None:
        self._wake = float("inf")
        wake = self._monitor.next_wake()
        if wake is not None:
            self._wake = wake

    def _advance(self, now: float) -> None:
        if now > self._judged:
            self._judged = now
            self._monitor.advance(now)

    def _now(self) -> float:
        """Time for the monitor: never back, also where the system's clock is set back."""
        self._reached = max(self._reached, self._clock())
        return self._reached

    def _take_in(self, item: InboxItem) -> None:
        match item:
            case PollResult():
                self._take_result(item)
            case CollectorBeat():
                self._monitor.beat(item)
            case Command() | PlanMaintenance():
                self._take_command(item)
            case AskNow():
                self._monitor.ask(item.device, self._now())
            case Committed():
                self._monitor.commit(item.durable, self._now())
            case NotStored():
                self._outcomes.append(CommandOutcome(id=item.durable.command, error=item.error, detail=item.detail))
                self._monitor.abandon(item.durable)
            case StoreTrouble():
                state = replace(self.store_state, error=item.error, detail=item.detail, waiting=item.waiting)
                self._show_store(state)
            case StoreWell():
                self._show_store(StoreState(last_commit=item.last_commit, preparing=self.store_state.preparing))
            case StorePreparing():
                self._show_store(replace(self.store_state, preparing=item.share))
            case Wake():
                pass

    def _take_result(self, result: PollResult) -> None:
        now = self._now()
        self._tally.add(result, now)
        # What was due before this answer is judged before it, so that live and replay agree.
        self._advance(min(result.finished, now))
        self._monitor.ingest(result)

    def _take_command(self, command: Command | PlanMaintenance) -> None:
        now = self._now()
        # What was told before it is stored before it.
        self._safely(self._advance, now)
        self._hand_on_safely()
        prepared = self._monitor.prepare(command, now)
        if isinstance(prepared, CommandOutcome):
            self._outcomes.append(prepared)
        elif self._store is None:
            self._monitor.commit(prepared, now)
        else:
            self._store.append(prepared)

    def _show_store(self, state: StoreState) -> None:
        self.store_state = state
        self._monitor.store_state(state)

    def _hand_on(self) -> None:
        output = self._monitor.take(self._now())
        if output.durable is not None and self._store is not None:
            self._store.append(output.durable)
        changes = self._numbered(output.changes)
        if changes is not None:
            for feed in self._all_feeds():
                feed.publish(changes)
        for request in output.requests:
            self._safely(self._ask, request)

    def _numbered(self, changes: Changes | None) -> Changes | None:
        """The changes with what this thread has to say: commands that are not done, its own trouble. So the number is its own."""
        outcomes, self._outcomes = self._outcomes, []
        own = self._trouble.news(self._now())
        if changes is None and own is None and not outcomes:
            return None
        self._number += 1
        changes = changes or Changes(number=0, time=self._now())
        collectors = (*changes.collectors, own) if own else changes.collectors
        return replace(changes, number=self._number, outcomes=(*changes.outcomes, *outcomes), collectors=collectors)

    def _restart_feeds(self) -> None:
        lost = [feed for feed in self._all_feeds() if feed.overflowed]
        if not lost:
            return
        snapshot = replace(self._monitor.snapshot(self._now()), number=self._number)
        if self._trouble.state is not None:
            snapshot = replace(snapshot, collectors=(*snapshot.collectors, self._trouble.state))
        for feed in lost:
            feed.restart(snapshot)

    def _all_feeds(self) -> list[Feed]:
        with self._feeds_lock:
            return list(self._feeds)
