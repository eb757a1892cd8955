"""The way of an acknowledgement through the real monitor and the real store, there and back."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from noc_console.alarms.load import standard_conditions
from noc_console.feed import Feed
from noc_console.inbox import Inbox
from noc_console.live import MonitorThread
from noc_console.mirror import Mirror
from noc_console.model.alarm import EntryKind
from noc_console.model.command import Action, Command, CommandOutcome
from noc_console.model.fleet import Collect, Device, Inventory
from noc_console.model.poll import ErrorKind, Layout, PollError, PollResult
from noc_console.model.severity import OperatorState
from noc_console.monitor.monitor import Monitor
from noc_console.store.store import Store

NOW = 1_795_000_000.0
SNMP = Collect(protocol="snmp", credential=None, address="127.0.0.1", port=161, interval=30.0)
FLEET = Inventory(devices={"leaf-01": Device(name="leaf-01", address="127.0.0.1", role="leaf", collect={"snmp": SNMP})})
UPTIME = Layout.of([("", "uptime_seconds")])


class Console:
    """Monitor, store and one reader, on a clock of the test."""

    def __init__(self, folder: Path, now: float) -> None:
        self.now = now
        self.inbox = Inbox()
        self.store = Store.open(folder, self.inbox.put, lambda: self.now)
        monitor = Monitor(FLEET, standard_conditions(), self.store.restored(), now=now)
        self.thread = MonitorThread(monitor, self.inbox, self.store, lambda request: None, lambda: self.now)
        self.mirror = Mirror()
        self.feed: Feed = self.thread.feed()
        self.outcomes: list[CommandOutcome] = []

    def until(self, told: Callable[[], object]) -> None:
        end = time.monotonic() + 5
        while True:
            snapshot, changes, _ = self.feed.take()
            if snapshot is not None:
                self.mirror.start(snapshot)
            for one in changes:
                self.outcomes.extend(self.mirror.apply(one).outcomes)
            if told():
                return
            assert time.monotonic() < end, "it did not come"
            threading.Event().wait(0.002)

    def poll(self, *, answered: bool) -> None:
        """One poll of the device, 30 s after the one before."""
        self.now += 30
        times = {"due": self.now, "started": self.now, "finished": self.now, "interval": 30.0}
        if answered:
            values = np.array([self.now])
            self.inbox.put(PollResult(device="leaf-01", source="snmp", layout=UPTIME, values=values, **times))
        else:
            error = PollError(kind=ErrorKind.UNREACHABLE, reason="timeout")
            self.inbox.put(PollResult(device="leaf-01", source="snmp", error=error, **times))

    def send(self, command: str, action: Action, alarm: int, text: str) -> CommandOutcome:
        self.inbox.put(Command(id=command, action=action, alarms=(alarm,), who="mai", at=self.now, text=text))
        self.until(lambda: any(o.id == command for o in self.outcomes))
        return next(o for o in self.outcomes if o.id == command)


@contextmanager
def console(folder: Path, now: float = NOW) -> Iterator[Console]:
    made = Console(folder, now)
    made.thread.start()
    try:
        yield made
    finally:
        made.thread.stop()
        made.thread.join(2.0)
        made.store.close()
        assert not made.thread.is_alive()


def raise_unreachable(made: Console) -> int:
    made.poll(answered=True)
    for _ in range(4):
        made.poll(answered=False)
    made.until(lambda: made.mirror.open_by_device.get("leaf-01"))
    (number,) = made.mirror.open_by_device["leaf-01"]
    return number


def test_an_acknowledgement_is_on_disk_before_it_is_shown_and_there_after_a_restart(tmp_path):
    with console(tmp_path) as made:
        number = raise_unreachable(made)
        assert made.send("c-1", Action.ACKNOWLEDGE, number, "on my way").error == ""
        reader = made.store.reader()
        (stored,) = reader.open_alarms()
        reader.close()
        shown = made.mirror.alarms[number]
        assert (stored.state, stored.state_by, stored.note) == (shown.state, shown.state_by, shown.note)
        assert stored.note == "on my way"
        later = made.now
    with console(tmp_path, later + 3600) as made:
        made.until(lambda: made.mirror.alarms)
        back = made.mirror.alarms[number]
        assert (back.state, back.state_by, back.note) == (OperatorState.ACKNOWLEDGED, "mai", "on my way")
        kinds = [e.kind for e in made.mirror.entries[number]]
        assert kinds[0] is EntryKind.RAISED
        assert EntryKind.ACKNOWLEDGED in kinds
        assert back.is_open
        made.poll(answered=True)
        made.until(lambda: not made.mirror.alarms[number].is_open)
        assert made.mirror.alarms[number].state is OperatorState.ACKNOWLEDGED


@pytest.mark.expected_log("no space left")
def test_a_full_disk_refuses_the_acknowledgement_shows_the_alarm_and_takes_it_when_there_is_space(tmp_path):
    with console(tmp_path) as made:
        limit = made.store._writer._db.conn.execute
        number = raise_unreachable(made)
        assert made.send("c-0", Action.COMMENT, number, "first").error == ""
        limit("PRAGMA max_page_count=1").fetchall()
        refused = made.send("c-1", Action.ACKNOWLEDGE, number, "x" * 2000 + "z")
        if not refused.error:  # it fitted into a page that was there: the next ones do not
            refused = [made.send(f"c-1{n}", Action.COMMENT, number, "y" * 2000) for n in range(9)][-1]
        assert refused.error == "disk-full"
        made.until(lambda: made.mirror.store.error == "disk-full")
        made.until(lambda: any(a.type == "store-failed" and a.is_open for a in made.mirror.alarms.values()))
        limit("PRAGMA max_page_count=1000000").fetchall()
        assert made.send("c-2", Action.ACKNOWLEDGE, number, "again").error == ""
        made.until(lambda: not made.mirror.store.error)
        assert made.mirror.alarms[number].note == "again"
        made.until(lambda: not any(a.type == "store-failed" and a.is_open for a in made.mirror.alarms.values()))


def test_a_late_snapshot_agrees_with_what_was_told_in_changes(tmp_path):
    with console(tmp_path) as made:
        number = raise_unreachable(made)
        made.send("c-1", Action.COMMENT, number, "looking")
        late, other = made.thread.feed(), Mirror()

        def started() -> bool:
            snapshot, changes, _ = late.take()
            if snapshot is not None:
                other.start(snapshot)
            for one in changes:
                other.apply(one)
            return bool(other.number)

        made.until(started)
        assert other.number == made.mirror.number
        assert other.alarms == made.mirror.alarms
        assert other.entries == made.mirror.entries
        assert other.devices == made.mirror.devices
