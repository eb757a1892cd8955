"""Causes with a story of their own: hosts after a lost GPU, symptoms that outlive their cause, refused credentials."""

from dataclasses import replace

import numpy as np
import pytest
from monitor_bed import T0, Bed, answer, device, fleet, miss

from noc_console.correlation.rules import REBOOT_OF_NOBODY_S, REBOOT_S
from noc_console.model.alarm import EntryKind
from noc_console.model.changes import Restored
from noc_console.model.command import Action, Command
from noc_console.model.fleet import Collect, Device
from noc_console.model.poll import ErrorKind, Event, PollResult
from noc_console.monitor.thermal_resistance import _Smoothed

UP = {("", "reachable"): 1.0}
LINES = fleet(
    device("core-1", "core"),
    device("access-1", "access"),
    device("cell-1", "cell-site"),
    links=(("core-1", "Ethernet1", "access-1", "Ethernet1"), ("access-1", "Ethernet2", "cell-1", "Ethernet1")),
)


def xid(name, at):
    event = Event(
        time=at, kind="xid", component="gpu2", code=79, severity="critical", action="reboot", text="fallen off", number=1
    )
    return PollResult(
        device=name, source="ssh:kernel", due=at, started=at, finished=at, interval=10.0, events=(event,)
    )  # fmt: skip


def story(bed, answers, start, end, step=10.0):
    """Polls of several devices at once; `answers` gives (name → values or None) at a time."""
    at = start
    while at < end:
        for n, (name, values) in enumerate(answers.items()):
            moment = at + 0.1 * n
            bed.feed(answer(name, moment, values) if values is not None else miss(name, moment))
        bed.at(at + 5)
        at += step


def lost_gpu():
    bed = Bed()
    story(bed, {"gpu-1": UP, "leaf-1": UP, "spine-1": UP}, T0, T0 + 60)
    bed.feed(xid("gpu-1", T0 + 60))
    story(bed, {"gpu-1": UP, "leaf-1": UP, "spine-1": UP}, T0 + 61, T0 + 90)
    return bed


def acknowledge(bed, alarm, at):
    taken = Command(id=f"ack-{at}", action=Action.ACKNOWLEDGE, alarms=(alarm.id,), who="hoa", at=at)
    bed.monitor.commit(bed.monitor.prepare(taken, at), at)


LINKLESS = {("Ethernet2", "oper_status"): 0.0, ("Ethernet2", "admin_status"): 1.0}
DARK = {"gpu-1": None, "leaf-1": LINKLESS, "spine-1": UP}


@pytest.mark.parametrize("taken", ["", "before", "while it is dark"])
@pytest.mark.parametrize("restarted", [False, True])
def test_a_host_that_goes_dark_after_a_lost_gpu_is_taken_to_be_rebooted_but_not_for_ever(taken, restarted):
    bed = lost_gpu()
    gpu = bed.open("xid")[0]
    if taken == "before":
        acknowledge(bed, gpu, T0 + 95)
    story(bed, DARK, T0 + 100, T0 + 200)
    dark = bed.open("unreachable")[0]
    assert (dark.symptom_of, dark.announced, dark.reason) == (gpu.id, (), ("part-of", "gpu-1"))
    port = bed.open("port-down")[0]
    assert (port.symptom_of, port.reason) == (gpu.id, ("link-to", "gpu-1"))
    if taken == "while it is dark":
        acknowledge(bed, gpu, T0 + 205)
    if restarted:
        alarms, entries = bed.monitor.book.alarms.values(), [e for told in bed.monitor.book.entries.values() for e in told]
        incidents = bed.monitor.snapshot(T0 + 205).incidents
        bed = Bed(restored=Restored(alarms=tuple(alarms), entries=tuple(entries), incidents=incidents), now=T0 + 206)
    longest = REBOOT_S if taken else REBOOT_OF_NOBODY_S
    story(bed, DARK, T0 + 210, T0 + 100 + longest)
    assert bed.open("unreachable")[0].symptom_of == gpu.id
    story(bed, DARK, T0 + 100 + longest, T0 + 140 + longest)
    dark = bed.open("unreachable")[0]
    assert (dark.symptom_of, len(dark.announced)) == (None, 1)
    assert dark.incident != bed.monitor.book.alarms[gpu.id].incident
    assert [a.symptom_of for a in bed.open("port-down")] == [dark.id]


LINKED = {("Ethernet2", "oper_status"): 1.0, ("Ethernet2", "admin_status"): 1.0}


def test_a_host_that_came_back_and_goes_dark_again_is_called_after_its_time():
    bed = lost_gpu()
    story(bed, DARK, T0 + 100, T0 + 200)
    story(bed, {"gpu-1": UP, "leaf-1": LINKED, "spine-1": UP}, T0 + 200, T0 + 500)
    story(bed, DARK, T0 + 500, T0 + 500 + REBOOT_OF_NOBODY_S + 100)
    dark = bed.open("unreachable")[0]
    assert (dark.symptom_of, len(dark.announced)) == (None, 1)


def test_a_lost_gpu_that_a_person_put_elsewhere_explains_its_host_no_longer_than_others():
    bed = lost_gpu()
    bed.feed(xid("leaf-1", T0 + 91))
    story(bed, {"gpu-1": UP, "leaf-1": UP, "spine-1": UP}, T0 + 92, T0 + 110)
    numbers = {alarm.device: alarm.id for alarm in bed.open("xid")}
    moved = Command(
        id="moved", action=Action.REGROUP, alarms=(numbers["gpu-1"],), who="hoa", at=T0 + 111, under=numbers["leaf-1"]
    )
    bed.monitor.commit(bed.monitor.prepare(moved, T0 + 111), T0 + 111)
    story(bed, DARK, T0 + 120, T0 + 120 + REBOOT_OF_NOBODY_S + 100)
    dark = bed.open("unreachable")[0]
    assert (dark.symptom_of, len(dark.announced)) == (None, 1)


def test_a_host_whose_rack_has_lost_its_power_is_no_reboot_for_its_lost_gpu():
    feeds = [device("pdu-1", "pdu"), device("pdu-2", "pdu")]
    hosts = [device(f"gpu-{i}", "gpu-server", protocols=("ssh",), power=("pdu-1", "pdu-2")) for i in range(1, 4)]
    places = fleet(*feeds, *hosts, replace(device("core-1", "core"), rack=None))
    rack = replace(places.racks["a01"], power=("pdu-1", "pdu-2"))
    bed = Bed(replace(places, racks={"a01": rack}))
    names = [d.name for d in (*feeds, *hosts)]
    elsewhere = {"core-1": UP}
    story(bed, dict.fromkeys(names, UP) | elsewhere, T0, T0 + 60)
    bed.feed(xid("gpu-1", T0 + 60))
    story(bed, dict.fromkeys(names, UP) | elsewhere, T0 + 61, T0 + 90)
    story(bed, dict.fromkeys(reversed(names)) | elsewhere, T0 + 90, T0 + 180)
    (lost,) = bed.open("power-lost")
    assert {a.symptom_of for a in bed.open("unreachable")} == {lost.id}


def test_a_lost_gpu_that_nobody_cared_for_in_a_day_does_not_explain_that_its_host_is_dark():
    bed = lost_gpu()
    story(bed, {"gpu-1": UP, "leaf-1": UP, "spine-1": UP}, T0 + 86_500, T0 + 86_550)
    story(bed, DARK, T0 + 86_550, T0 + 86_650)
    dark = bed.open("unreachable")[0]
    assert (dark.symptom_of, len(dark.announced)) == (None, 1)


def test_a_symptom_that_outlives_its_cause_is_a_call_of_its_own_and_leaves_its_incident():
    bed = Bed(LINES)
    story(bed, {"core-1": UP, "access-1": UP, "cell-1": UP}, T0, T0 + 60)
    story(bed, {"core-1": UP, "access-1": None, "cell-1": None}, T0 + 60, T0 + 180)
    cell, access = (next(a for a in bed.open() if a.device == name) for name in ("cell-1", "access-1"))
    assert (cell.symptom_of, cell.why, cell.reason) == (access.id, "behind access-1", ("behind", "access-1"))
    story(bed, {"core-1": UP, "access-1": UP, "cell-1": None}, T0 + 180, T0 + 220)
    assert bed.monitor.book.alarms[cell.id].announced == ()
    story(bed, {"core-1": UP, "access-1": UP, "cell-1": None}, T0 + 220, T0 + 330)
    after = bed.monitor.book.alarms[cell.id]
    assert (after.symptom_of, len(after.announced), after.why, after.reason) == (None, 1, "", ())
    assert after.incident != cell.incident
    folded = [(e.who, e.was, e.now, e.text) for e in bed.monitor.book.entries[cell.id] if e.kind is EntryKind.FOLDED]
    assert folded == [("", "", str(access.id), "behind access-1"), ("", str(access.id), "", "")]
    incidents = {i.id: i for i in bed.monitor.snapshot(T0 + 330).incidents}
    assert incidents[cell.incident].closed is not None
    assert incidents[after.incident].root["device"] in ("cell-1", "access-1")


def test_a_symptom_that_goes_with_its_cause_calls_nobody():
    bed = Bed(LINES)
    story(bed, {"core-1": UP, "access-1": UP, "cell-1": UP}, T0, T0 + 60)
    story(bed, {"core-1": UP, "access-1": None, "cell-1": None}, T0 + 60, T0 + 180)
    story(bed, {"core-1": UP, "access-1": UP, "cell-1": UP}, T0 + 180, T0 + 400)
    assert sum(len(a.announced) for a in bed.alarms()) == 1


def with_credential(name):
    asked = Collect(protocol="ssh", credential="servers", address="127.0.0.1", port=22, interval=10.0)
    return Device(name=name, address="127.0.0.1", role="server", site="hanoi", rack="a01", collect={"ssh": asked})


def test_a_changed_credential_is_one_call():
    names = [f"gpu-{i}" for i in range(1, 6)]
    bed = Bed(fleet(*map(with_credential, names)))
    story(bed, dict.fromkeys(names, UP), T0, T0 + 30)
    for turn in range(6):
        for n, name in enumerate(names):
            bed.feed(miss(name, T0 + 40 + 10 * turn + n, ErrorKind.AUTH_FAILED))
    bed.at(T0 + 110)
    bed.at(T0 + 115)
    alarms = bed.open("auth-failed")
    assert len(alarms) == 5
    assert [len(a.announced) for a in alarms] == [1, 0, 0, 0, 0]
    assert {a.reason for a in alarms[1:]} == {("credential", "servers")}


@pytest.mark.parametrize("wrong", [255.0, -128.0])
def test_one_wrong_reading_leaves_the_thermal_resistance_as_it_was(wrong):
    smoothed = _Smoothed(("gpu0",), np.array([30.0]), np.array([600.0]), T0)
    loaded = np.array([True])
    for turn in range(1, 40):
        rise = wrong if turn == 20 else 30.0
        smoothed.step(np.array([rise]), np.array([600.0]), loaded, T0 + 10 * turn, 60.0)
        if turn > 20:
            assert smoothed.resistance(T0 + 10 * turn, 60.0)[0] == pytest.approx(0.05)
