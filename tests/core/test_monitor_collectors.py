"""Collectors that fall behind or go quiet, the store that fails, and what a person asks for."""

import pytest
from monitor_bed import T0, Bed, answer, device, fleet

from noc_console.model.changes import StoreState
from noc_console.model.command import Action, Command
from noc_console.model.poll import CollectorBeat
from noc_console.model.severity import Severity


def beat(at, behind=0.0):
    return CollectorBeat(
        collector="snmp", time=at, devices=3, polls=10, due=10, failed=0, late=2, in_flight=0, behind_seconds=behind
    )


def test_a_collector_without_a_beat_for_twenty_seconds_is_dead_until_the_next():
    bed = Bed()
    bed.monitor.beat(beat(T0))
    assert bed.monitor.next_wake() == T0 + 20
    bed.at(T0 + 20)
    assert bed.open() == []
    bed.at(T0 + 20.1)
    (alarm,) = bed.open()
    assert (alarm.type, alarm.device, alarm.component, alarm.severity) == ("collector-dead", None, "snmp", Severity.CRITICAL)
    assert bed.told("collectors")[-1].alive is False
    assert bed.told("incidents")[-1].root == {"kind": "unknown", "component": "snmp"}
    bed.at(bed.monitor.next_wake())
    assert bed.monitor.next_wake() is None
    bed.monitor.beat(beat(T0 + 30))
    bed.at(T0 + 30)
    assert bed.open() == []
    assert bed.told("collectors")[-1].alive is True


def test_a_clock_that_is_set_back_makes_no_living_collector_dead():
    bed = Bed()
    bed.monitor.beat(beat(T0))
    for i in range(1, 9):
        bed.monitor.beat(beat(T0 - 3600 + 2 * i))
        bed.at(T0)
    assert bed.alarms() == []
    bed.at(T0 + 20.1)
    assert [a.type for a in bed.open()] == ["collector-dead"]


def test_closing_the_alarm_of_a_dead_collector_does_not_make_it_live():
    bed = Bed()
    bed.monitor.beat(beat(T0))
    bed.at(T0 + 21)
    durable = bed.monitor.prepare(Command(id="c", action=Action.CLOSE, alarms=(1,), who="lan", at=T0 + 22), T0 + 22)
    bed.monitor.commit(durable, T0 + 22)
    bed.at(T0 + 23)
    assert [(a.id, a.type) for a in bed.open()] == [(2, "collector-dead")]


def test_a_collector_is_late_after_three_beats_behind_and_well_only_after_three_that_are_not():
    bed = Bed()
    for i, behind in enumerate([0, 9, 9, 0, 9, 9]):
        bed.monitor.beat(beat(T0 + 2 * i, behind))
    assert bed.open() == []
    bed.monitor.beat(beat(T0 + 12, 9))
    assert [(a.type, a.severity, a.params["behind_seconds"]) for a in bed.open()] == [("collector-late", Severity.MAJOR, 9)]
    for i, behind in enumerate([4, 1, 1, 4, 1, 1]):
        bed.monitor.beat(beat(T0 + 14 + 2 * i, behind))
    assert bed.open()
    bed.monitor.beat(beat(T0 + 26, 1))
    assert bed.open() == []


def test_a_store_that_fails_is_an_alarm_and_is_published():
    bed = Bed()
    bed.monitor.store_state(StoreState(error="disk-full", detail="no space left"))
    bed.at(T0 + 1)
    assert [(a.type, a.component, a.qualifier) for a in bed.open()] == [("store-failed", "store", "disk-full")]
    assert bed.outputs[-1].changes.store.error == "disk-full"
    bed.monitor.store_state(StoreState(last_commit=T0 + 2))
    assert bed.open() == []
    assert bed.monitor.snapshot(T0 + 3).store.error == ""


def test_asking_for_a_device_asks_each_of_its_protocols():
    bed = Bed(fleet(device("gpu-1", "gpu-server", protocols=("ssh", "snmp"))))
    bed.monitor.ask("gpu-1", T0)
    assert [(r.source, r.why) for r in bed.at(T0).requests] == [("ssh", "operator"), ("snmp", "operator")]
    bed.monitor.ask("nobody", T0)
    assert bed.at(T0).requests == ()


def test_asking_for_a_device_asks_its_slower_sources_too():
    bed = Bed()
    bed.feed(answer("gpu-1", T0, {("", "x"): 1.0}), answer("gpu-1", T0, {("gpu0", "x"): 1.0}, source="ssh:full"))
    bed.monitor.ask("gpu-1", T0 + 1)
    assert [r.source for r in bed.at(T0 + 1).requests] == ["ssh", "ssh:full"]


def test_changes_are_numbered_without_a_gap_and_nothing_is_told_twice():
    bed = Bed()
    bed.feed(answer("leaf-1", T0, {("", "uptime_seconds"): 1.0}), answer("leaf-1", T0 + 1, {("", "uptime_seconds"): 2.0}))
    assert bed.at(T0 + 2).changes is None
    assert bed.at(T0 + 2).durable is None
    bed.feed(answer("leaf-1", T0 + 3, {("", "uptime_seconds"): 4.0}))
    assert [o.changes.number for o in bed.outputs if o.changes] == [1, 2, 3]
    assert bed.monitor.snapshot(T0 + 3).number == 3
    assert [r.time for r in bed.monitor.snapshot(T0 + 3).rows] == [T0 + 3]
    assert len(bed.stored("results")) == 3


@pytest.mark.expected_log("not in the inventory")
def test_an_answer_of_a_device_that_is_not_in_the_inventory_is_left_out():
    bed = Bed()
    output = bed.feed(answer("stranger", T0, {("", "uptime_seconds"): 1.0}))
    assert output.changes is None
    assert output.durable is None
