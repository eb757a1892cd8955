from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import NOW, acknowledged, alarm, entry

from noc_console import feed as feed_module
from noc_console.feed import Feed
from noc_console.mirror import Gap, Mirror
from noc_console.model.alarm import Alarm, Entry, Incident
from noc_console.model.changes import Changes, CollectorState, DeviceState, Known, LinkState, Row, Snapshot, StoreState
from noc_console.model.fleet import End, Inventory
from noc_console.model.poll import Layout
from noc_console.model.severity import OperatorState, Severity

KEYS = Layout.of([("", "temperature_celsius"), ("", "uptime_seconds")])


def row(device: str, source: str, time: float) -> Row:
    values = np.array([time % 7, time])
    return Row(device=device, source=source, time=time, interval=30.0, layout=KEYS, values=values, rates=np.full(2, np.nan))


def test_a_gap_is_told_and_nothing_is_taken():
    mirror = Mirror()
    mirror.start(Snapshot(number=4, time=NOW, inventory=Inventory()))
    mirror.apply(Changes(number=5, time=NOW))
    with pytest.raises(Gap, match="have 5, got 7"):
        mirror.apply(Changes(number=7, time=NOW, rows=(row("a", "snmp", 1.0),)))
    with pytest.raises(Gap, match="have 5, got 7"):
        mirror.apply(Changes(number=9, first=7, time=NOW))
    assert (mirror.number, mirror.rows) == (5, {})
    mirror.apply(Changes(number=8, first=6, time=NOW))
    assert mirror.number == 8


def test_changes_that_are_already_in_the_snapshot_are_ignored():
    mirror = Mirror()
    mirror.start(Snapshot(number=4, time=NOW, inventory=Inventory(), alarms=(alarm(1),)))
    touched = mirror.apply(Changes(number=4, time=NOW, alarms=(alarm(1, cleared=NOW),)))
    assert not touched
    assert mirror.alarms[1].is_open


def test_entries_stand_in_order_of_their_numbers_though_an_acknowledgement_is_told_late():
    mirror = Mirror()
    mirror.apply(Changes(number=1, time=NOW, alarms=(alarm(1),), entries=(entry(1, 1), entry(3, 1))))
    mirror.apply(Changes(number=2, time=NOW, entries=(entry(2, 1),)))
    assert [e.id for e in mirror.entries[1]] == [1, 2, 3]


def test_the_worst_alarm_and_the_counts():
    mirror = Mirror()
    alarms = (
        alarm(1, severity=Severity.MINOR),
        acknowledged(2, severity=Severity.MAJOR, raised=NOW + 9),
        alarm(3, severity=Severity.MAJOR),
        alarm(4, severity=Severity.CRITICAL, cleared=NOW),
    )
    mirror.apply(Changes(number=1, time=NOW, alarms=alarms))
    worst = mirror.worst("leaf-01")
    assert worst is not None
    assert worst.id == 3
    assert mirror.worst("other") is None
    counts = mirror.counts()
    assert (counts[Severity.MAJOR], counts[Severity.MINOR], counts[Severity.CRITICAL]) == ((2, 1), (1, 1), (0, 0))


def test_a_key_of_two_sources_has_its_newest_value():
    mirror = Mirror()
    mirror.apply(Changes(number=1, time=NOW, rows=(row("a", "ssh", 50.0), row("a", "ssh:full", 40.0))))
    found = mirror.value("a", "", "uptime_seconds")
    assert found is not None
    assert (found[0], found[1].source) == (50.0, "ssh")
    assert mirror.value("a", "", "none") is None
    assert not mirror.is_stale(found[1], 50.0 + 75.0)
    assert mirror.is_stale(found[1], 50.0 + 75.1)


def test_the_share_that_answers_counts_only_who_was_asked():
    mirror = Mirror()
    states = [DeviceState(device=str(n), reachable=said) for n, said in enumerate((True, True, False, None))]
    mirror.apply(Changes(number=1, time=NOW, devices=tuple(states)))
    assert mirror.share_answering() == (2, 3)


def test_alarms_that_are_over_for_long_are_forgotten_as_a_snapshot_would():
    mirror = Mirror()
    over = alarm(1, cleared=NOW - 23.5 * 3600, state=OperatorState.CLOSED)
    mirror.start(Snapshot(number=1, time=NOW, inventory=Inventory(), alarms=(over, alarm(2)), entries=(entry(1, 1), entry(2, 2))))
    assert not mirror.apply(Changes(number=2, time=NOW + 3599)).everything
    assert 1 in mirror.alarms
    assert mirror.apply(Changes(number=3, time=NOW + 3601)).everything
    assert (set(mirror.alarms), set(mirror.entries)) == ({2}, {2})


class Truth:
    """The whole state, kept plainly; what a snapshot of it would be."""

    def __init__(self) -> None:
        self.number = 0
        self.kept: dict[str, dict[object, object]] = {}
        self.entries: list[Entry] = []
        self.store = StoreState()

    def change(self, **news: object) -> Changes:
        self.number += 1
        changes = Changes(number=self.number, time=NOW + self.number, **news)  # type: ignore[arg-type]
        for kind, key in KEY_OF.items():
            for item in getattr(changes, kind):
                self.kept.setdefault(kind, {})[key(item)] = item
        self.entries.extend(changes.entries)
        self.store = changes.store or self.store
        return changes

    def snapshot(self) -> Snapshot:
        parts = {kind: tuple(items.values()) for kind, items in self.kept.items()}
        entries = tuple(sorted(self.entries, key=lambda e: e.id))
        return Snapshot(
            number=self.number, time=NOW + self.number, inventory=Inventory(), entries=entries, store=self.store, **parts
        )  # type: ignore[arg-type]


KEY_OF = {
    "rows": lambda r: (r.device, r.source),
    "devices": lambda d: d.device,
    "links": lambda link: (link.a, link.b),
    "known": lambda k: (k.device, k.source),
    "alarms": lambda a: a.id,
    "incidents": lambda i: i.id,
    "collectors": lambda c: c.collector,
}

names = st.sampled_from(["a", "b", "c"])
sources = st.sampled_from(["snmp", "ssh"])
numbers = st.integers(1, 4)


def link(n: int) -> LinkState:
    ends = End(device="a", port=str(n % 2)), End(device="b", port="1")
    nan = float("nan")
    return LinkState(a=ends[0], b=ends[1], planned=True, status="up", speed=float(n), load_ab=nan, load_ba=nan, time=None)


@st.composite
def news(draw: st.DrawFn, step: int) -> dict[str, object]:
    """One change of the fleet; `step` makes times and numbers of entries grow."""
    at = float(step)
    cleared = draw(st.none() | st.just(NOW))
    an_alarm: Alarm = replace(alarm(draw(numbers), device=draw(names), count=step), cleared=cleared)
    collector = CollectorState(
        collector=draw(sources), alive=True, last_beat=at, devices=1, polls=step, due=1, failed=0, late=0, behind_seconds=0.0
    )
    possible: dict[str, object] = {
        "rows": (row(draw(names), draw(sources), at),),
        "devices": (DeviceState(device=draw(names), reachable=draw(st.booleans()), since=at),),
        "links": (link(step),),
        "known": (Known(device=draw(names), source="snmp", facts={}, limits={}, neighbours=(), time=at),),
        "alarms": (an_alarm,),
        "entries": (entry(step, draw(numbers)),),
        "incidents": (Incident(id=draw(numbers), root={"kind": "unknown"}, opened=at),),
        "collectors": (collector,),
        "store": StoreState(waiting=step),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(possible))))
    return {name: possible[name] for name in chosen}


def state_of(mirror: Mirror) -> dict[str, object]:
    """Everything that two equal mirrors agree on. Without the curves: they hold the past."""
    names = ("number", "time", "rows", "devices", "links", "known", "alarms", "entries", "incidents", "collectors", "store")
    state = {name: getattr(mirror, name) for name in names}
    state["open_by_device"] = {device: ids for device, ids in mirror.open_by_device.items() if ids}
    return state


def one_alarm_one_device(step: dict[str, object], devices: dict[int, str | None]) -> dict[str, object]:
    """An alarm's device never changes."""
    kept = [replace(a, device=devices.setdefault(a.id, a.device)) for a in step.get("alarms", ())]  # type: ignore[attr-defined]
    return {**step, "alarms": tuple(kept)} if kept else step


@given(st.data())
def test_a_mirror_fed_in_any_way_ends_as_a_snapshot_of_the_truth(data):
    truth, feed, mirror = Truth(), Feed(), Mirror()
    devices: dict[int, str | None] = {}
    feed.restart(truth.snapshot())

    def publish(step: int) -> None:
        feed.publish(truth.change(**one_alarm_one_device(data.draw(news(step)), devices)))

    def take() -> None:
        snapshot, changes, newest = feed.take()
        if snapshot is not None:
            mirror.start(snapshot)
        for one in changes:
            mirror.apply(one)
        for (device, source), newer in newest.items():
            assert mirror.rows[device][source] is newer

    def monitors_turn() -> None:
        if feed.overflowed or data.draw(st.booleans()):
            feed.restart(truth.snapshot())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed_module, "MOST_WAITING", data.draw(st.integers(1, 30)))
        patch.setattr(feed_module, "MOST_OLDER_ROWS", data.draw(st.integers(0, 5)))
        for step in range(1, data.draw(st.integers(1, 25))):
            {"publish": lambda step=step: publish(step), "take": take, "lost": feed.lost, "turn": monitors_turn}[
                data.draw(st.sampled_from(["publish", "publish", "publish", "take", "lost", "turn"]))
            ]()
        monitors_turn()
        take()
    expected = Mirror()
    expected.start(truth.snapshot())
    assert state_of(mirror) == state_of(expected)
