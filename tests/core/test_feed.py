import time

import numpy as np
from stored import NOW, alarm, entry

from noc_console import feed as feed_module
from noc_console.feed import Feed
from noc_console.mirror import Mirror
from noc_console.model.changes import Changes, Row, Snapshot, StoreState
from noc_console.model.command import CommandOutcome
from noc_console.model.fleet import Inventory
from noc_console.model.poll import Layout

KEYS = Layout.of([("", "temperature_celsius")])
NAN = np.full(1, np.nan)


def row(device: str, at: float) -> Row:
    return Row(device=device, source="snmp", time=at, interval=30.0, layout=KEYS, values=np.array([at]), rates=NAN)


def started(number: int = 0) -> Feed:
    feed = Feed()
    feed.restart(Snapshot(number=number, time=NOW, inventory=Inventory()))
    return feed


def test_a_reader_begins_with_a_snapshot_and_goes_on_with_changes():
    feed = started(7)
    feed.publish(Changes(number=8, time=NOW, rows=(row("a", 1.0),)))
    snapshot, changes, newest = feed.take()
    assert snapshot is not None
    assert (snapshot.number, [c.number for c in changes], list(newest)) == (7, [8], [("a", "snmp")])
    assert feed.take() == (None, [], {})


def test_what_waits_is_taken_together_newest_of_a_key_and_every_entry():
    feed = started()
    feed.take()
    for n in range(1, 6):
        feed.publish(
            Changes(
                number=n, time=NOW + n, rows=(row("a", n),), alarms=(alarm(1, count=n),), entries=(entry(n, 1),),
                store=StoreState(waiting=n),
            )
        )  # fmt: skip
    _, (together,), newest = feed.take()
    assert (together.first, together.number, together.time) == (1, 5, NOW + 5)
    assert [a.count for a in together.alarms] == [5]
    assert [e.id for e in together.entries] == [1, 2, 3, 4, 5]
    assert [r.time for r in together.rows] == [1, 2, 3, 4, 5]
    assert newest["a", "snmp"].time == 5
    assert together.store == StoreState(waiting=5)


def test_older_rows_are_given_up_before_memory_is(monkeypatch):
    monkeypatch.setattr(feed_module, "MOST_OLDER_ROWS", 10)
    feed = started()
    for n in range(1, 1000):
        feed.publish(Changes(number=n, time=NOW, rows=(row("a", n), row("b", n))))
        assert len(feed._waiting.rows) <= 12
    _, (together,), newest = feed.take()
    assert together.rows[-1].time == newest["b", "snmp"].time == 999
    assert not feed.overflowed


def test_a_reader_that_is_too_slow_is_told_to_begin_again_and_holds_nothing(monkeypatch):
    monkeypatch.setattr(feed_module, "MOST_WAITING", 20)
    feed = started()
    for n in range(1, 100):
        feed.publish(Changes(number=n, time=NOW, entries=(entry(n, 1),)))
    assert feed.overflowed
    assert feed.take() == (None, [], {})
    feed.restart(Snapshot(number=99, time=NOW, inventory=Inventory()))
    feed.publish(Changes(number=100, time=NOW))
    snapshot, changes, _ = feed.take()
    assert (snapshot and snapshot.number, [c.number for c in changes]) == (99, [100])


def test_the_outcome_of_a_command_survives_an_overflow():
    feed = started()
    mirror = Mirror()
    mirror.sending["c"] = None  # type: ignore[assignment]
    feed.publish(Changes(number=1, time=NOW, outcomes=(CommandOutcome(id="a"),)))
    feed.lost()
    feed.publish(Changes(number=2, time=NOW, outcomes=(CommandOutcome(id="c", error="disk-full"),)))
    feed.restart(Snapshot(number=2, time=NOW, inventory=Inventory()))
    snapshot, (late,), _ = feed.take()
    assert snapshot is not None
    mirror.start(snapshot)
    assert [o.id for o in mirror.apply(late).outcomes] == ["a", "c"]
    assert mirror.sending == {}


def test_ten_thousand_waiting_rows_are_taken_and_applied_within_a_tenth_of_a_second():
    feed = started()
    mirror = Mirror()
    for n in range(1, 101):
        feed.publish(Changes(number=n, time=NOW, rows=tuple(row(f"d{(n * 100 + i) % 2000}", n) for i in range(100))))
    begin = time.process_time()
    snapshot, changes, _ = feed.take()
    mirror.start(snapshot)
    for one in changes:
        mirror.apply(one)
    seconds = time.process_time() - begin
    assert sum(len(c.rows) for c in changes) <= 10_000
    assert len(mirror.rows) == 2000
    assert seconds < 0.25, seconds
