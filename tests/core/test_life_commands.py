"""Acknowledge for a while, shelve, assign, regroup, undo: what each does, what is refused, what a restart keeps."""

from time import process_time

import pytest
from life_bed import LifeBed, as_it_is
from monitor_bed import T0

from noc_console.alarms.book import Identity
from noc_console.model.alarm import ByItself, EntryKind
from noc_console.model.command import Action
from noc_console.model.severity import OperatorState, Severity

LATE = Identity(None, "snmp", "collector-late")
OTHER = Identity(None, "ssh", "collector-late")
THIRD = Identity(None, "local", "collector-late")


def bed_with(*identities, severity=Severity.MAJOR):
    """Alarms 1, 2, … that were announced and stored."""
    bed = LifeBed()
    for who in identities:
        bed.raise_(who, severity)
    bed.wait(30)
    bed.flush()
    return bed


def kinds(bed, number):
    return [entry.kind.value for entry in bed.book.entries[number]]


def last(bed, number):
    return bed.book.entries[number][-1]


# acknowledging for a while


def test_an_acknowledgement_with_an_end_ends_by_itself_with_an_entry_and_calls_again():
    bed = bed_with(LATE)
    bed.say(Action.ACKNOWLEDGE, 1, text="after lunch", until=bed.now + 600)
    assert bed.alarm(1).state_until == bed.now + 600
    bed.wait(599)
    assert bed.alarm(1).state is OperatorState.ACKNOWLEDGED
    bed.wait(5)
    alarm, ended = bed.alarm(1), last(bed, 1)
    assert (alarm.state, alarm.state_until, len(alarm.announced)) == (OperatorState.NONE, None, 2)
    assert (ended.kind, ended.who, ended.text, ended.at) == (EntryKind.UNACKNOWLEDGED, "", ByItself.TIME, alarm.announced[1])


def test_acknowledging_again_replaces_the_end():
    bed = bed_with(LATE)
    bed.say(Action.ACKNOWLEDGE, 1, until=bed.now + 60)
    bed.say(Action.ACKNOWLEDGE, 1)
    bed.wait(1000)
    assert bed.alarm(1).state is OperatorState.ACKNOWLEDGED


def test_worse_than_acknowledged_while_that_was_on_its_way_to_the_disk_calls_again():
    bed = bed_with(LATE)
    bed.send(Action.ACKNOWLEDGE, 1)
    bed.raise_(LATE, Severity.CRITICAL)
    bed.flush()
    assert kinds(bed, 1) == ["raised", "acknowledged", "severity-changed", "unacknowledged"]
    assert (bed.alarm(1).worse_again, len(bed.alarm(1).announced)) == (True, 2)
    before = bed.alarm(1)
    bed.flush()
    bed.kill()
    assert bed.alarm(1) == before


# shelves


def test_a_shelf_is_told_of_before_it_ends_once_and_calls_when_it_ends():
    bed = bed_with(LATE)
    bed.say(Action.SHELVE, 1, text="fan is on order", until=bed.now + 3600)
    alarm = bed.alarm(1)
    assert (alarm.shelved_by, alarm.shelf_reason, alarm.is_quiet, alarm.needs_someone) == ("lan", "fan is on order", True, False)
    bed.wait(2699)
    assert kinds(bed, 1)[-1] == "shelved"
    bed.wait(2)
    assert kinds(bed, 1)[-1] == "shelf-ending"
    bed.flush()
    bed.kill(down=10)
    bed.wait(10)
    assert kinds(bed, 1).count("shelf-ending") == 1
    bed.wait(900)
    assert last(bed, 1).text == ByItself.TIME
    assert (bed.alarm(1).shelved_until, len(bed.alarm(1).announced)) == (None, 2)


def test_a_shelf_ends_when_the_alarm_clears_and_what_returns_is_not_shelved():
    bed = bed_with(LATE)
    bed.say(Action.SHELVE, 1, until=bed.now + 3600)
    bed.clear(LATE)
    assert kinds(bed, 1)[-2:] == ["cleared", "unshelved"]
    assert last(bed, 1).text == ByItself.CLEARED
    bed.raise_(LATE, Severity.MAJOR)
    assert bed.alarm(1).shelved_until is None
    bed.wait(5000)
    assert len(bed.alarm(1).announced) == 1, "the same episode"


@pytest.mark.parametrize("killed", [False, True])
def test_a_shelf_that_is_written_after_the_alarm_cleared_has_ended_with_it(killed):
    bed = bed_with(LATE)
    bed.send(Action.SHELVE, 1, until=bed.now + 600)
    bed.clear(LATE)
    if killed:
        for durable in (*bed.waiting, bed.take().durable):
            if durable is not None:
                bed.disk.write(durable)
        bed.kill()
    bed.flush()
    assert bed.alarm(1).shelved_until is None
    assert kinds(bed, 1) == ["raised", "shelved", "cleared", "unshelved"]
    assert bed.book.entries[1][-1].text == ByItself.CLEARED
    bed.raise_(LATE, Severity.MAJOR)
    assert not bed.alarm(1).is_quiet


def test_what_gets_worse_on_the_shelf_is_monitored_and_announced_to_nobody():
    bed = bed_with(LATE, severity=Severity.WARNING)
    bed.say(Action.SHELVE, 1, until=bed.now + 3600)
    bed.raise_(LATE, Severity.CRITICAL)
    assert (bed.alarm(1).severity, len(bed.alarm(1).announced)) == (Severity.CRITICAL, 1)
    bed.say(Action.UNSHELVE, 1)
    bed.wait(1)
    assert len(bed.alarm(1).announced) == 1, "who takes it down looks at it"


def test_what_was_never_announced_is_when_its_shelf_is_taken_away():
    bed = LifeBed()
    bed.raise_(Identity("leaf-1", "", "unreachable"), Severity.MAJOR)
    bed.say(Action.SHELVE, 1, until=bed.now + 3600)
    bed.wait(120)
    assert (bed.alarm(1).incident, bed.alarm(1).announced) == (1, ())
    bed.say(Action.UNSHELVE, 1)
    bed.wait(1)
    assert len(bed.alarm(1).announced) == 1


def test_a_shelf_that_ended_while_the_console_was_down_ends_at_its_time_and_calls_once():
    bed = bed_with(LATE)
    bed.say(Action.SHELVE, 1, until=bed.now + 60)
    until = bed.now + 60
    bed.kill(down=600)
    bed.wait(1)
    assert [e.at for e in bed.book.entries[1] if e.kind is EntryKind.UNSHELVED] == [until]
    assert bed.alarm(1).announced[1:] == (bed.now - 1,), "called when it was known, not before the start"
    bed.flush()
    bed.kill(down=600)
    bed.wait(1)
    assert len(bed.alarm(1).announced) == 2


@pytest.mark.parametrize(
    ("action", "more", "error"),
    [
        (Action.SHELVE, {"text": " ", "until": T0 + 9999}, "no-reason"),
        (Action.SHELVE, {}, "no-end"),
        (Action.SHELVE, {"until": T0}, "end-in-past"),
        (Action.SHELVE, {"until": float("nan")}, "end-in-past"),
        (Action.ACKNOWLEDGE, {"until": T0}, "end-in-past"),
        (Action.UNSHELVE, {}, "nothing-to-do"),
        (Action.ASSIGN, {"owner": ""}, "nothing-to-do"),
        (Action.REGROUP, {"under": 99}, "unknown-alarm"),
        (Action.REGROUP, {"under": 1}, "under-itself"),
        (Action.UNDO, {"undoes": "c77"}, "nothing-to-undo"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_code(action, more, error):
    bed = bed_with(LATE)
    assert bed.say(action, 1, **more).error == error


# owners


def test_an_alarm_is_taken_handed_over_and_given_up():
    bed = bed_with(LATE)
    for owner, was in (("lan", ""), ("mai", "lan"), ("", "mai")):
        bed.say(Action.ASSIGN, 1, owner=owner)
        assert (bed.alarm(1).owner, last(bed, 1).was, last(bed, 1).now) == (owner, was, owner)
        bed.flush()
        bed.kill()
        assert bed.alarm(1).owner == owner


# groups


def test_a_cause_pushed_under_another_takes_its_symptoms_along_and_undo_brings_all_back():
    bed = bed_with(LATE, OTHER, THIRD)
    bed.say(Action.REGROUP, 2, under=1)
    before = {number: as_it_is(bed.alarm(number)) for number in (1, 2, 3)}
    pushed = bed.say(Action.REGROUP, 1, under=3)
    assert [(bed.alarm(n).symptom_of, bed.alarm(n).incident, bed.alarm(n).placed) for n in (1, 2, 3)] == [
        (3, 3, True),
        (3, 3, True),
        (None, 3, False),
    ]
    assert (last(bed, 2).who, last(bed, 2).text) == ("", ByItself.ALONG)
    assert [i.alarms for i in bed.monitor.snapshot(bed.now).incidents] == [(1, 2, 3)]
    bed.undo(pushed)
    assert {number: as_it_is(bed.alarm(number)) for number in (1, 2, 3)} == before
    assert [i.alarms for i in bed.monitor.snapshot(bed.now).incidents] == [(1, 2), (3,)]


def test_pushed_under_a_symptom_it_goes_to_that_ones_cause():
    bed = bed_with(LATE, OTHER, THIRD)
    bed.say(Action.REGROUP, 2, under=1)
    bed.say(Action.REGROUP, 3, under=2)
    assert (bed.alarm(3).symptom_of, bed.alarm(3).incident) == (1, 1)
    assert bed.say(Action.REGROUP, 1, under=3).error == "under-itself"


def test_a_symptom_pulled_out_is_a_cause_of_its_own_that_no_judgement_moves():
    bed = bed_with(LATE, OTHER)
    bed.say(Action.REGROUP, 2, under=1)
    assert not bed.alarm(2).needs_someone
    bed.say(Action.REGROUP, 2)
    alarm = bed.alarm(2)
    assert (alarm.symptom_of, alarm.incident, alarm.placed, alarm.needs_someone) == (None, 2, True, True)
    bed.wait(600)
    bed.flush()
    bed.kill(down=10)
    bed.wait(600)
    assert (bed.alarm(2).symptom_of, bed.alarm(2).incident, bed.alarm(2).placed) == (None, 2, True)


def test_a_group_by_hand_survives_a_kill_right_after_its_commit():
    bed = bed_with(LATE, OTHER)
    bed.send(Action.REGROUP, 2, under=1)
    bed.disk.write(bed.waiting.popleft())
    bed.kill()
    assert (bed.alarm(2).symptom_of, bed.alarm(2).incident, bed.alarm(2).placed) == (1, 1, True)


def test_a_cause_by_hand_that_was_not_judged_when_it_was_killed_is_called_for_after_the_restart():
    bed = LifeBed()
    port, hot = Identity("leaf-1", "Ethernet1", "port-down"), Identity("gpu-1", "gpu0", "temperature-high")
    bed.raise_(port, Severity.MAJOR)
    bed.raise_(hot, Severity.MAJOR)
    bed.say(Action.REGROUP, 2, under=1)
    assert bed.alarm(1).announced == ()
    bed.kill(down=30)
    bed.wait(100)
    assert [len(bed.alarm(number).announced) for number in (1, 2)] == [1, 1]
    bed.flush()
    bed.kill(down=30)
    bed.wait(100)
    assert [len(bed.alarm(number).announced) for number in (1, 2)] == [1, 1]


def test_under_what_is_closed_nothing_is_put():
    bed = bed_with(LATE, OTHER)
    bed.say(Action.CLOSE, 1)
    assert bed.say(Action.REGROUP, 2, under=1).error == "under-closed"


# undo


def mixed():
    """Alarms in all kinds of states."""
    names = [Identity(None, f"c{i}", "collector-late") for i in range(6)]
    bed = bed_with(*names)
    bed.say(Action.ACKNOWLEDGE, 1, text="mine", until=bed.now + 5000)
    bed.say(Action.SHELVE, 2, until=bed.now + 5000)
    bed.say(Action.ASSIGN, 3, owner="mai", who="mai")
    bed.clear(names[3])
    bed.say(Action.ACKNOWLEDGE, 5, who="mai", text="hers")
    bed.wait(5)
    return bed


EVERYTHING = (1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("action", "more"),
    [
        (Action.ACKNOWLEDGE, {}),
        (Action.UNACKNOWLEDGE, {}),
        (Action.CLOSE, {}),
        (Action.SHELVE, {"until": T0 + 9000}),
        (Action.UNSHELVE, {}),
        (Action.ASSIGN, {"owner": "lan"}),
        (Action.REGROUP, {"under": 6}),
    ],
)
@pytest.mark.parametrize("restart", [False, True])
def test_undo_brings_back_exactly_what_was_also_of_many_in_mixed_states(action, more, restart):
    bed = mixed()
    before = {n: as_it_is(bed.alarm(n)) for n in EVERYTHING}
    done = bed.say(action, *EVERYTHING, **more)
    assert {n: as_it_is(bed.alarm(n)) for n in EVERYTHING} != before
    bed.wait(20)
    if restart:
        bed.flush()
        bed.kill(down=1)
    undone = bed.undo(done)
    assert bed.outcomes[undone].left == ()
    assert {n: as_it_is(bed.alarm(n)) for n in EVERYTHING} == before
    bed.flush()
    bed.kill()
    assert {n: as_it_is(bed.alarm(n)) for n in EVERYTHING} == before
    assert bed.say(Action.COMMENT, 1, text="still here")


def test_a_close_that_is_undone_is_written_as_reopened_and_calls_nobody():
    bed = bed_with(LATE)
    calls = bed.book.calls
    closed = bed.say(Action.CLOSE, 1)
    bed.undo(closed)
    bed.wait(100)
    assert kinds(bed, 1)[-2:] == ["closed", "reopened"]
    assert (bed.alarm(1).is_open, bed.alarm(1).cleared, bed.book.calls) == (True, None, calls)
    bed.clear(LATE)
    assert not bed.alarm(1).is_open


def test_an_undo_can_be_undone():
    bed = bed_with(LATE)
    closed = bed.say(Action.CLOSE, 1)
    undone = bed.undo(closed)
    bed.undo(undone)
    assert (bed.alarm(1).state, bed.alarm(1).is_open) == (OperatorState.CLOSED, False)
    assert bed.undo(undone).error == "nothing-to-undo", "once is enough"


def test_only_what_someone_changed_since_is_left_as_it_is():
    bed = bed_with(LATE, OTHER, THIRD)
    done = bed.say(Action.ACKNOWLEDGE, 1, 2, 3)
    bed.say(Action.UNACKNOWLEDGE, 2, who="mai")
    bed.say(Action.ASSIGN, 3, owner="mai", who="mai")
    undone = bed.undo(done)
    assert (bed.outcomes[undone].error, bed.outcomes[undone].left) == ("", (2,))
    assert [bed.alarm(n).state.value for n in (1, 2, 3)] == ["none", "none", "none"]
    assert bed.alarm(3).owner == "mai", "another side of it"


def test_what_is_all_changed_cannot_be_undone():
    bed = bed_with(LATE)
    done = bed.say(Action.ACKNOWLEDGE, 1)
    bed.say(Action.ACKNOWLEDGE, 1, who="mai")
    assert bed.undo(done).error == "changed-since"


def test_a_close_is_not_undone_where_the_condition_was_raised_anew():
    bed = bed_with(LATE)
    done = bed.say(Action.CLOSE, 1)
    bed.raise_(LATE, Severity.MAJOR)
    assert bed.undo(done).error == "changed-since"


def test_undo_has_its_time_and_its_person():
    bed = bed_with(LATE)
    done = bed.say(Action.ACKNOWLEDGE, 1)
    assert bed.undo(done, who="mai").error == "nothing-to-undo"
    bed.wait(61)
    assert bed.undo(done).error == "too-late"
    assert bed.undo(bed.say(Action.COMMENT, 1)).error == "nothing-to-undo", "what was said stays said"


def test_a_command_that_is_sent_again_is_done_once():
    bed = bed_with(LATE)
    bed.say(Action.ACKNOWLEDGE, 1)
    bed.turn -= 1
    assert bed.say(Action.ACKNOWLEDGE, 1).error == ""
    assert kinds(bed, 1) == ["raised", "acknowledged"]


def test_a_command_that_failed_leaves_nothing_behind_also_on_disk():
    bed = bed_with(LATE)
    bed.send(Action.ACKNOWLEDGE, 1, until=bed.now + 5)
    bed.raise_(LATE, Severity.CRITICAL)
    bed.fail()
    bed.wait(100)
    bed.flush()
    before = bed.alarm(1)
    assert before.state is OperatorState.NONE
    assert bed.disk.alarms[1] == before


def test_ten_thousand_are_undone_in_a_moment():
    bed = LifeBed()
    for i in range(10_000):
        bed.book.raise_alarm(Identity(None, f"c{i}", "collector-late"), Severity.MAJOR, bed.now, {})
    everything = tuple(range(1, 10_001))
    done = bed.say(Action.ACKNOWLEDGE, *everything)
    began = process_time()
    bed.undo(done)
    assert process_time() - began < 5.0
    assert all(bed.alarm(n).state is OperatorState.NONE for n in everything)
