"""Maintenance in the monitor: what is covered calls nobody; what still stands afterwards does, once. And the operators' load."""

from dataclasses import replace

import pytest
from life_bed import LifeBed
from monitor_bed import FLEET, T0, answer, miss

from noc_console.alarms.book import Identity, Place
from noc_console.model.alarm import EntryKind
from noc_console.model.changes import LoadState
from noc_console.model.command import Action
from noc_console.model.fleet import CollectorPlace
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.severity import Severity

HOT = Identity("gpu-1", "gpu0", "temperature-high")
DEAD = Identity("leaf-1", "", "unreachable")
LATE = Identity(None, "snmp", "collector-late")


def window(bed, *, ahead=0.0, long=3600.0, **scope):
    return MaintenanceWindow(
        id="w", title="new PSU", reason="PSU 2 is dead", who="mai", start=bed.now + ahead, end=bed.now + ahead + long,
        **(scope or {"devices": ("gpu-1",)}),
    )  # fmt: skip


def heard(bed, *results):
    for result in results:
        bed.now = max(bed.now, result.finished)
        bed.monitor.advance(result.finished)
        bed.monitor.ingest(result)
    bed.wait(0)


def told(bed, number, kind=EntryKind.MAINTENANCE):
    return [(entry.was, entry.now) for entry in bed.book.entries[number] if entry.kind is kind]


def test_what_comes_while_it_is_worked_on_calls_nobody_and_is_shown():
    bed = LifeBed()
    bed.plan(window(bed))
    bed.flush()
    bed.raise_(HOT, Severity.CRITICAL)
    bed.wait(60)
    alarm = bed.alarm(1)
    assert (alarm.maintenance, alarm.announced, alarm.needs_someone) == ("w", (), False)
    assert told(bed, 1) == [("", "w")]
    assert [w.id for w in bed.mirror.maintenance] == ["w"]


def test_what_still_stands_at_the_end_is_asked_first_and_then_called_for():
    bed = LifeBed()
    heard(bed, answer("gpu-1", bed.now, {("gpu0", "temperature_celsius"): 50.0}))
    bed.plan(window(bed, long=600.0))
    bed.flush()
    bed.raise_(HOT, Severity.CRITICAL)
    bed.requests.clear()
    bed.wait(601)
    assert (bed.alarm(1).maintenance, bed.alarm(1).announced) == ("", ())
    assert [(r.device, r.source, r.why) for r in bed.requests] == [("gpu-1", "ssh", "maintenance-ended")]
    assert bed.mirror.maintenance == ()
    heard(bed, answer("gpu-1", bed.now + 1, {("gpu0", "temperature_celsius"): 95.0}))
    assert len(bed.alarm(1).announced) == 1
    bed.flush()
    bed.kill(down=100)
    bed.wait(300)
    assert len(bed.alarm(1).announced) == 1


def test_what_the_next_answer_takes_back_calls_nobody():
    bed = LifeBed()
    heard(bed, answer("leaf-1", bed.now, {("", "uptime_seconds"): 5e6}))
    heard(bed, *(miss("leaf-1", bed.now + 10.0 * n) for n in range(1, 4)))
    (dead,) = [a for a in bed.book.alarms.values() if a.is_open]
    bed.plan(window(bed, long=300.0, devices=("leaf-1",)))
    bed.flush()
    calls = bed.book.calls
    bed.wait(301)
    heard(bed, answer("leaf-1", bed.now + 1, {("", "uptime_seconds"): 10.0}))
    bed.wait(300)
    assert (bed.alarm(dead.id).is_open, bed.book.calls) == (False, calls)


def test_a_device_that_gives_no_sign_is_called_for_after_a_minute():
    bed = LifeBed()
    bed.plan(window(bed, long=300.0))
    bed.flush()
    bed.raise_(HOT, Severity.CRITICAL)
    bed.wait(300)
    bed.wait(59)
    assert bed.alarm(1).announced == ()
    bed.wait(1)
    assert bed.alarm(1).announced == (T0 + 360,)


def test_killed_between_the_end_and_the_call_it_is_called_for_once_after_the_start():
    bed = LifeBed()
    bed.plan(window(bed, long=300.0))
    bed.flush()
    bed.raise_(HOT, Severity.CRITICAL)
    bed.wait(301)
    bed.flush()
    bed.kill(down=5)
    bed.wait(61)
    assert len(bed.alarm(1).announced) == 1
    bed.flush()
    bed.kill(down=5)
    bed.wait(61)
    assert len(bed.alarm(1).announced) == 1


def test_what_stood_before_is_covered_when_the_work_begins_and_a_person_ends_it_early():
    bed = LifeBed()
    bed.raise_(HOT, Severity.CRITICAL)
    bed.wait(30)
    made = window(bed, ahead=60.0)
    bed.plan(made)
    bed.flush()
    assert bed.alarm(1).maintenance == ""
    bed.wait(60)
    assert bed.alarm(1).maintenance == "w"
    bed.plan(MaintenanceWindow(id="w", title="", reason="", who="lan", start=0, end=None, ended=bed.now))
    bed.flush()
    assert told(bed, 1) == [("", "w"), ("w", "")]
    assert bed.disk.windows["w"].reason == "PSU 2 is dead"
    bed.wait(61)
    assert len(bed.alarm(1).announced) == 2


def test_a_window_survives_a_kill_and_what_passed_meanwhile_is_noted():
    bed = LifeBed()
    bed.plan(window(bed, ahead=50.0, long=100.0))
    bed.raise_(HOT, Severity.CRITICAL)
    bed.wait(30)
    bed.flush()
    bed.kill(down=60)
    assert bed.alarm(1).maintenance == "w"
    bed.take()
    bed.flush()
    bed.kill(down=600)
    assert (bed.alarm(1).maintenance, told(bed, 1)) == ("", [("", "w"), ("w", "")])


def test_a_port_at_the_other_end_of_the_work_is_covered_too():
    bed = LifeBed()
    bed.plan(window(bed, devices=("spine-1",)))
    bed.flush()
    number = bed.book.raise_alarm(
        Identity("leaf-1", "Ethernet1", "port-down"), Severity.MAJOR, bed.now, {"neighbour": "spine-1"}
    ).id
    assert bed.alarm(number).maintenance == "w"


def test_a_place_is_covered_by_its_rack():
    bed = LifeBed()
    bed.plan(window(bed, racks=("a01",)))
    bed.flush()
    dark = Identity(None, "a01", "power-lost")
    number = bed.raise_(dark, Severity.CRITICAL, place=Place("hanoi", "hall-1", "a01"))
    assert bed.alarm(number).maintenance == "w"
    assert bed.alarm(bed.raise_(LATE, Severity.MAJOR)).maintenance == ""


def test_symptoms_of_what_is_worked_on_call_nobody():
    bed = LifeBed(replace(FLEET, collectors={"main": CollectorPlace(name="main", site="hanoi", attached=("spine-1",))}))
    heard(bed, *(answer(name, bed.now, {("", "uptime_seconds"): 5e6}) for name in ("spine-1", "leaf-1")))
    bed.plan(window(bed, devices=("spine-1",)))
    bed.flush()
    for n in range(1, 12):
        heard(bed, miss("spine-1", T0 + 10.0 * n), miss("leaf-1", T0 + 10.0 * n + 1))
    spine, leaf = (next(a for a in bed.book.alarms.values() if a.device == name) for name in ("spine-1", "leaf-1"))
    assert (spine.maintenance, leaf.maintenance, leaf.symptom_of) == ("w", "", spine.id)
    assert (spine.announced, leaf.announced) == ((), ())


@pytest.mark.parametrize(
    ("change", "error"),
    [({"reason": ""}, "no-reason"), ({"devices": ("x",)}, "unknown-device"), ({"ended": T0}, "unknown-window")],
)
def test_a_plan_that_cannot_be_is_refused(change, error):
    bed = LifeBed()
    assert bed.plan(replace(window(bed), **change)).error == error


# load


def test_more_than_ten_calls_in_ten_minutes_are_a_flood_until_fewer_than_five():
    bed = LifeBed()
    for n in range(11):
        bed.raise_(Identity(None, f"c{n}", "collector-late"), Severity.MAJOR)
        bed.wait(30)
    assert (bed.mirror.load.calls, bed.mirror.load.flood) == (11, True)
    since = bed.mirror.load.since
    bed.wait(390)
    assert bed.mirror.load == LoadState(calls=6, flood=True, since=since)
    bed.flush()
    bed.kill()
    assert bed.mirror.load.flood, "a restart does not end it"
    bed.wait(60)
    assert bed.mirror.load == LoadState(calls=4)
    bed.wait(600)
    assert bed.mirror.load == LoadState(calls=0)


def test_ten_calls_are_no_flood_and_warnings_and_the_quiet_are_no_calls():
    bed = LifeBed()
    for n in range(10):
        bed.raise_(Identity(None, f"c{n}", "collector-late"), Severity.MAJOR)
    for n in range(5):
        bed.raise_(Identity(None, f"w{n}", "collector-late"), Severity.WARNING)
    bed.wait(5)
    assert bed.mirror.load == LoadState(calls=10)
    bed.say(Action.SHELVE, *range(1, 16), until=bed.now + 1000)
    bed.wait(600)
    assert bed.mirror.load == LoadState(calls=0)
