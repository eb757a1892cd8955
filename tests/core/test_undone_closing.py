"""A close that is undone after the fault was over already: what stands again ends by the next answers, and is no ghost."""

import pytest
from monitor_bed import FLEET, T0, Bed, answer, device, fleet, miss
from test_conditions import Text

from noc_console.alarms.load import read_conditions, standard_files
from noc_console.model.changes import Restored
from noc_console.model.command import Action, Command, CommandOutcome
from noc_console.model.poll import ErrorKind, Event

OWN = """
[[conditions]]
name = "absent-part"
kind = "absence"
components = ["PSU*"]
levels = { minor = 60 }

[[conditions]]
name = "absent-source"
kind = "absence"
of = "source"
sources = ["ssh:full"]
levels = { minor = 60 }

[[conditions]]
name = "odd-state"
kind = "state"
metric = "door_state"
levels = { major = [2] }
"""

CONDITIONS_AND_OWN = read_conditions([Text(OWN), *standard_files()])


def send(bed, action, now, **more):
    command = Command(id=f"{action}-{now}", action=action, who="lan", at=now, **more)
    durable = bed.monitor.prepare(command, now)
    assert not isinstance(durable, CommandOutcome), durable
    bed.monitor.commit(durable, now)
    return command.id


def hot(at, wrong):
    return [answer("gpu-1", at, {("gpu0", "temperature_celsius"): 87.0 if wrong else 50.0})]


def port(at, wrong):
    return [answer("leaf-1", at, {("Ethernet1", "oper_status"): 0.0 if wrong else 1.0, ("Ethernet1", "admin_status"): 1.0})]


def gone_gpu(at, wrong):
    return [answer("gpu-1", at, {(f"gpu{i}", "temperature_celsius"): 50.0 for i in range(2) if not (wrong and i)})]


def lost_gpu(at, wrong):
    event = Event(time=at - 1, kind="gpu-lost", text="fallen off the bus", component="gpu0", boot="b", number=int(at))
    return [answer("gpu-1", at, {("gpu0", "temperature_celsius"): 50.0}, events=(event,) if wrong else ())]


def part(at, wrong):
    values = {("PSU 1", "power_watts"): 9.0} if not wrong else {}
    return [answer("leaf-1", at, {("", "uptime_seconds"): at - T0 + 1e6, **values})]


def source(at, wrong):
    slow = [] if wrong else [answer("gpu-1", at, {("gpu0", "power_watts"): 1.0}, source="ssh:full", interval=10.0)]
    return [answer("gpu-1", at, {("gpu0", "temperature_celsius"): 50.0}), *slow]


def door(at, wrong):
    return [answer("leaf-1", at, {("door", "door_state"): 2.0 if wrong else 1.0})]


@pytest.mark.parametrize(
    ("answers", "type_"),
    [
        (hot, "temperature-high"),
        (port, "port-down"),
        (gone_gpu, "gpu-missing"),
        (lost_gpu, "gpu-lost"),
        (part, "absent"),
        (source, "absent"),
        (door, "state-bad"),
    ],
)
def test_what_was_well_before_its_close_was_undone_ends_with_the_next_answers(answers, type_):
    bed = Bed(FLEET, conditions=CONDITIONS_AND_OWN)
    now = T0

    def feed(count, *, wrong):
        nonlocal now
        for _ in range(count):
            now += 10
            bed.feed(*answers(now, wrong))

    feed(4, wrong=False)
    feed(12 if type_ == "absent" else 3, wrong=True)
    (alarm,) = bed.open(type_)
    closed = send(bed, Action.CLOSE, now, alarms=(alarm.id,))
    feed(4, wrong=False)
    send(bed, Action.UNDO, now, alarms=(), undoes=closed)
    assert [a.id for a in bed.open(type_)] == [alarm.id]
    feed(6, wrong=False)
    assert bed.open(type_) == []


def test_a_part_whose_closing_was_a_mistake_is_expected_again_after_a_restart_too():
    bed = Bed(fleet(device("leaf-1", "leaf")), conditions=CONDITIONS_AND_OWN)
    bed.feed(*(part(T0 + 10 * i, i >= 4)[0] for i in range(16)))
    (alarm,) = bed.open("absent")
    closed = send(bed, Action.CLOSE, T0 + 160, alarms=(alarm.id,))
    send(bed, Action.UNDO, T0 + 165, alarms=(), undoes=closed)
    bed.feed(*part(T0 + 170, True))
    assert '"PSU 1"' in [b for b in bed.stored("baselines") if b.kind == "given"][-1].value


def silent(at, wrong):
    return [miss("gpu-1", at)] if wrong else hot(at, False)


def refused(at, wrong):
    return [miss("gpu-1", at, ErrorKind.AUTH_FAILED, reason="auth")] if wrong else hot(at, False)


@pytest.mark.parametrize(("answers", "type_"), [(silent, "unreachable"), (refused, "auth-failed")])
@pytest.mark.parametrize("answered", [True, False])
def test_what_does_not_answer_stands_after_its_undone_close_only_if_it_is_still_silent(answers, type_, answered):
    bed = Bed(FLEET)
    bed.feed(*(answers(T0 + 10 * i, i > 1)[0] for i in range(6)))
    (alarm,) = bed.open(type_)
    closed = send(bed, Action.CLOSE, T0 + 55, alarms=(alarm.id,))
    if answered:
        bed.feed(*answers(T0 + 60, False), *answers(T0 + 70, False))
    send(bed, Action.UNDO, T0 + 75, alarms=(), undoes=closed)
    assert [a.id for a in bed.open(type_)] == ([] if answered else [alarm.id])
    assert bed.alarms(type_)[0].cleared == (T0 + 75 if answered else None)
    bed.feed(*answers(T0 + 80, False))
    assert bed.open(type_) == []


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("rebooted", [False, True])
@pytest.mark.parametrize(("kind", "type_"), [("xid", "xid"), ("gpu-lost", "gpu-lost")])
def test_what_a_reboot_ended_while_it_was_closed_does_not_stand_for_ever_once_that_is_undone(kind, type_, rebooted, restarted):
    def up(at, boot, started):
        return answer("gpu-1", at, {("", "uptime_seconds"): at - started}, facts={"": {"boot_id": boot}})

    bed = Bed(FLEET)
    code = 79 if kind == "xid" else None
    event = Event(time=T0 + 9, kind=kind, code=code, severity="critical", text="lost", component="gpu0", boot="b", number=1)
    log = answer("gpu-1", T0 + 10, {}, source="ssh:kernel", events=(event,))
    bed.feed(up(T0, "b", T0 - 1e6), log, up(T0 + 20, "b", T0 - 1e6))
    (alarm,) = bed.open(type_)
    closed = send(bed, Action.CLOSE, T0 + 25, alarms=(alarm.id,))
    if rebooted:
        bed.feed(up(T0 + 60, "b2", T0 + 50))
    if restarted:
        book = bed.monitor.book
        entries = tuple(entry for told in book.entries.values() for entry in told)
        states = tuple(bed.stored("states"))
        bed = Bed(FLEET, Restored(alarms=tuple(book.alarms.values()), entries=entries, states=states), now=T0 + 70)
    send(bed, Action.UNDO, T0 + 75, alarms=(), undoes=closed)
    assert [a.id for a in bed.open(type_)] == ([] if rebooted else [alarm.id])


def unread(at, wrong):
    values, more = ({}, {"incomplete": ("x",)}) if wrong else ({("gpu0", "power_watts"): 1.0}, {})
    return answer("gpu-1", at, values, source="ssh:full", **more)


def failing(at, wrong):
    return miss("gpu-1", at, ErrorKind.BAD_REPLY, source="ssh:full") if wrong else unread(at, False)


@pytest.mark.parametrize("slow", [failing, unread])
def test_a_source_that_is_silent_is_told_of_again_after_a_person_closed_it_and_ends_when_it_is_heard(slow):
    bed = Bed(FLEET)
    for turn in range(12):
        at = T0 + 10 * turn
        bed.feed(*hot(at, False), slow(at + 1, 2 <= turn < 10))
        if turn == 6:
            (alarm,) = bed.open("source-silent")
            send(bed, Action.CLOSE, at + 2, alarms=(alarm.id,))
        if turn == 9:
            (again,) = bed.open("source-silent")
            assert again.id != alarm.id
    assert bed.open("source-silent") == []
