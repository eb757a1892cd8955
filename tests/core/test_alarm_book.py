"""The life of alarms: any order of raise, worsen, clear, acknowledge, take back, comment and close keeps what it promises."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noc_console.alarms.book import EPISODE_SECONDS, Book, Identity, Place
from noc_console.alarms.operator_axis import OperatorAxis, axis_of, fold
from noc_console.incidents import Incidents
from noc_console.model.alarm import EntryKind
from noc_console.model.command import Action, Command, CommandOutcome
from noc_console.model.severity import OperatorState, Severity
from noc_console.monitor.commands import Commands

T0 = 1_795_000_000.0
WHO = Identity("leaf-1", "Ethernet1", "port-down")
IDENTITIES = (
    WHO,
    Identity("leaf-1", "Ethernet2", "port-down"),
    Identity("gpu-1", "gpu0", "xid", "79"),
    Identity(None, "snmp", "collector-dead"),
)


class Desk:
    """A book with the people in front of it."""

    def __init__(self):
        self.book = Book(lambda device: Place(site="hanoi"), self.follow)
        self.incidents = Incidents(self.book.alarms)
        self.commands = Commands(self.book)
        self.now = T0
        self.turn = 0

    def pass_time(self, seconds):
        self.now += seconds
        self.book.now = self.now

    def follow(self, alarm):
        self.incidents.touch(alarm.incident)

    def raise_(self, who=WHO, severity=Severity.MAJOR, again=0):
        """Each alarm is a cause of its own here, announced at once."""
        alarm = self.book.raise_alarm(who, severity, self.now, {}, again=again)
        if alarm.incident is None:
            self.book.set_cause(alarm.id, self.incidents.open({"kind": "unknown"}, alarm), None, "")
            self.book.announce(alarm.id, self.now)
        return self.book.alarms[alarm.id]

    def incident(self, number):
        return next(incident for incident in self.incidents.now() if incident.id == number)

    def clear(self, who=WHO):
        self.book.clear(who, self.now)

    def prepare(self, action, *alarms, text="note"):
        self.turn += 1
        command = Command(id=f"c{self.turn}", action=action, alarms=alarms, who="lan", at=self.now, text=text)
        return self.commands.prepare(command, self.now)

    def say(self, action, *alarms, text="note"):
        durable = self.prepare(action, *alarms, text=text)
        if not isinstance(durable, CommandOutcome):
            self.commands.commit(durable, self.now)
        return durable


steps = st.lists(
    st.one_of(
        st.tuples(st.just("raise"), st.sampled_from(IDENTITIES), st.sampled_from(list(Severity)), st.integers(0, 3)),
        st.tuples(st.just("clear"), st.sampled_from(IDENTITIES)),
        st.tuples(st.just("say"), st.sampled_from(list(Action)), st.integers(1, 6)),
        st.tuples(st.just("wait"), st.sampled_from([1.0, 60.0, EPISODE_SECONDS, EPISODE_SECONDS + 1])),
    ),
    max_size=60,
)


def follow(desk, step):
    match step:
        case ("raise", who, severity, again):
            desk.raise_(who, severity, again)
        case ("clear", who):
            desk.clear(who)
        case ("say", action, alarm) if alarm in desk.book.alarms:
            desk.say(action, alarm)
        case ("wait", seconds):
            desk.pass_time(seconds)


@given(steps)
def test_any_order_of_what_happens_and_what_is_said_keeps_the_book_whole(story):
    desk = Desk()
    for step in story:
        follow(desk, step)
    book = desk.book
    still_open = Counter(alarm.identity for alarm in book.alarms.values() if alarm.is_open)
    assert all(count == 1 for count in still_open.values())
    entry_ids = [entry.id for entries in book.entries.values() for entry in entries]
    assert len(entry_ids) == len(set(entry_ids))
    for alarm in book.alarms.values():
        told = book.entries[alarm.id]
        assert alarm.count >= 1
        assert alarm.cleared is None or alarm.cleared >= alarm.raised
        assert fold(told) == axis_of(alarm)
        assert told[0].kind is EntryKind.RAISED
        assert [entry.id for entry in told] == sorted(entry.id for entry in told)
        assert alarm.state is OperatorState.CLOSED or not (alarm.worse_again and alarm.state is OperatorState.NONE)
        incident = desk.incident(alarm.incident)
        assert (incident.opened, incident.closed) == (alarm.raised, alarm.cleared)
        assert alarm.announced[0] == alarm.raised
        assert book.standing(Identity(*alarm.identity)) is alarm or not alarm.is_open


@given(steps)
def test_what_was_stored_gives_the_same_book_again(story):
    desk = Desk()
    for step in story:
        follow(desk, step)
    again = Book(lambda device: Place(), lambda alarm: None)
    again.restore(desk.book.alarms.values(), [e for entries in desk.book.entries.values() for e in entries])
    assert again.alarms == desk.book.alarms
    assert again.entries == desk.book.entries
    assert again._open == {device: ids for device, ids in desk.book._open.items() if ids or device in again._open}
    assert again._newest == desk.book._newest
    assert again._answered_for == desk.book._answered_for
    assert again.next_entry() == desk.book.next_entry()


def test_within_ten_minutes_it_is_the_same_alarm_and_after_that_another():
    desk = Desk()
    desk.raise_()
    desk.clear()
    desk.pass_time(EPISODE_SECONDS)
    desk.raise_()
    assert [(a.id, a.count, a.is_open) for a in desk.book.alarms.values()] == [(1, 2, True)]
    assert desk.book.alarms[1].announced == (T0,), "the same episode does not call again"
    desk.clear()
    desk.pass_time(EPISODE_SECONDS + 1)
    desk.raise_()
    assert [(a.id, a.count) for a in desk.book.alarms.values()] == [(1, 2), (2, 1)]


def test_after_it_was_closed_a_raise_is_a_new_alarm():
    desk = Desk()
    desk.raise_()
    desk.clear()
    desk.say(Action.CLOSE, 1)
    desk.raise_()
    assert [(a.id, a.state.value, a.is_open) for a in desk.book.alarms.values()] == [(1, "closed", False), (2, "none", True)]


def test_closing_an_alarm_that_stands_ends_it():
    desk = Desk()
    desk.raise_()
    desk.pass_time(5)
    desk.say(Action.CLOSE, 1)
    alarm = desk.book.alarms[1]
    assert (alarm.cleared, alarm.state) == (T0 + 5, OperatorState.CLOSED)
    assert desk.incident(1).closed == T0 + 5


def test_saying_the_same_twice_changes_nothing():
    desk = Desk()
    desk.raise_()
    before = desk.book.alarms[1]
    desk.pass_time(5)
    assert desk.raise_() is before
    assert len(desk.book.entries[1]) == 1


def test_worse_than_acknowledged_calls_again_but_not_each_time_it_comes_back():
    desk = Desk()
    desk.raise_(severity=Severity.CRITICAL)
    desk.say(Action.ACKNOWLEDGE, 1)
    for severity in (Severity.MAJOR, Severity.CRITICAL):
        desk.pass_time(10)
        desk.raise_(severity=severity)
    assert not desk.book.alarms[1].worse_again, "it is no worse than what was acknowledged"
    desk.say(Action.UNACKNOWLEDGE, 1)
    desk.raise_(severity=Severity.MINOR)
    desk.say(Action.ACKNOWLEDGE, 1)
    for severity in (Severity.MAJOR, Severity.MINOR, Severity.MAJOR):
        desk.pass_time(10)
        desk.raise_(severity=severity)
    assert desk.book.alarms[1].worse_again
    assert len(desk.book.alarms[1].announced) == 2
    assert desk.book.calls == 2
    desk.say(Action.ACKNOWLEDGE, 1)
    assert not desk.book.alarms[1].worse_again


def test_a_warning_is_announced_once_and_calls_when_it_becomes_more():
    desk = Desk()
    desk.raise_(severity=Severity.WARNING)
    assert (desk.book.alarms[1].announced, desk.book.calls) == ((T0,), 0)
    desk.pass_time(10)
    desk.raise_(severity=Severity.MAJOR)
    assert (desk.book.alarms[1].announced, desk.book.calls) == ((T0, T0 + 10), 1)
    desk.raise_(severity=Severity.CRITICAL)
    assert desk.book.calls == 1, "it has called, and nobody answered yet"


def test_a_change_of_the_condition_between_prepare_and_commit_does_not_lose_the_acknowledgement():
    desk = Desk()
    desk.raise_(severity=Severity.MAJOR)
    durable = desk.prepare(Action.ACKNOWLEDGE, 1, text="mine")
    desk.raise_(severity=Severity.CRITICAL)
    desk.clear()
    desk.commands.commit(durable, desk.now)
    alarm = desk.book.alarms[1]
    assert (alarm.severity, alarm.is_open, alarm.state, alarm.note) == (
        Severity.CRITICAL,
        False,
        OperatorState.ACKNOWLEDGED,
        "mine",
    )


def test_two_commands_on_their_way_to_the_disk_add_up():
    desk = Desk()
    desk.raise_()
    first = desk.prepare(Action.ACKNOWLEDGE, 1, text="mine")
    second = desk.prepare(Action.COMMENT, 1, text="optic is dirty")
    assert second.alarms[0].state is OperatorState.ACKNOWLEDGED
    assert second.alarms[0].note == "mine"
    desk.commands.commit(first, desk.now)
    desk.commands.commit(second, desk.now)
    assert fold(desk.book.entries[1]) == OperatorAxis(state=OperatorState.ACKNOWLEDGED, by="lan", at=T0, note="mine")


def test_a_command_that_could_not_be_stored_never_was():
    desk = Desk()
    desk.raise_()
    failed = desk.prepare(Action.CLOSE, 1)
    assert desk.prepare(Action.ACKNOWLEDGE, 1).error == "nothing-to-do"
    desk.commands.abandon(failed)
    assert desk.book.alarms[1].is_open
    assert desk.say(Action.ACKNOWLEDGE, 1).alarms[0].is_open


@pytest.mark.parametrize(
    ("action", "alarms", "text", "error"),
    [
        (Action.ACKNOWLEDGE, (1, 99), "", "unknown-alarm"),
        (Action.COMMENT, (1,), "  ", "no-text"),
        (Action.UNACKNOWLEDGE, (1,), "", "nothing-to-do"),
        (Action.ACKNOWLEDGE, (), "", "nothing-to-do"),
    ],
)
def test_what_means_nothing_is_refused(action, alarms, text, error):
    desk = Desk()
    desk.raise_()
    assert desk.prepare(action, *alarms, text=text).error == error


def test_a_note_keeps_no_control_characters():
    desk = Desk()
    desk.raise_()
    desk.say(Action.ACKNOWLEDGE, 1, text="a\x1b[31m\u202eb")
    assert desk.book.alarms[1].note == "ab"


def test_ten_thousand_are_acknowledged_together_in_under_a_second():
    from time import process_time

    desk = Desk()
    for i in range(10_000):
        desk.raise_(Identity(f"leaf-{i}", "Ethernet1", "port-down"))
    began = process_time()
    durable = desk.say(Action.ACKNOWLEDGE, *range(1, 10_001))
    seconds = process_time() - began
    assert len(durable.entries) == 10_000
    assert all(a.state is OperatorState.ACKNOWLEDGED for a in desk.book.alarms.values())
    assert seconds < 1.0


def test_old_alarms_leave_memory_only_when_they_are_closed():
    desk = Desk()
    for who in IDENTITIES[:3]:
        desk.raise_(who)
    desk.clear(IDENTITIES[0])
    desk.clear(IDENTITIES[1])
    desk.say(Action.CLOSE, 1)
    desk.pass_time(86_401)
    desk.book.forget_old(desk.now)
    assert set(desk.book.alarms) == {2, 3}
    desk.raise_(IDENTITIES[0])
    assert desk.book.alarms[4].identity == IDENTITIES[0]
