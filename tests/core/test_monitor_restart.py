"""What a restart keeps: alarms, who said what of them, what is expected; and that nobody is called twice."""

from hypothesis import given
from hypothesis import strategies as st
from monitor_bed import FLEET, T0, Bed, answer, device, fleet, miss

from noc_console.model.alarm import EntryKind
from noc_console.model.changes import Restored
from noc_console.model.command import Action, Command
from noc_console.model.severity import OperatorState


def durable_state(bed: Bed) -> Restored:
    """What a store would have: the newest of each key; entries all."""
    alarms = {a.id: a for a in bed.stored("alarms")}
    incidents = {i.id: i for i in bed.stored("incidents")}
    states = {(s.device, s.component, s.kind, s.name): s for s in bed.stored("states")}
    baselines = {(b.device, b.kind, b.name): b for b in bed.stored("baselines")}
    return Restored(
        alarms=tuple(alarms.values()),
        entries=tuple(bed.stored("entries")) + tuple(getattr(bed, "said", ())),
        incidents=tuple(incidents.values()),
        baselines=tuple(b for b in baselines.values() if b.value),
        cursors=tuple(bed.stored("cursors")),
        states=tuple(states.values()),
    )


def hot(at, celsius):
    return answer("gpu-1", at, {("gpu0", "temperature_celsius"): celsius})


def port(at, oper):
    return answer("leaf-1", at, {("Ethernet1", "oper_status"): oper})


def say(bed, action, *alarms, at):
    durable = bed.monitor.prepare(Command(id=f"{at}", action=action, alarms=alarms, who="lan", at=at, text="mine"), at)
    bed.monitor.commit(durable, at)
    bed.said = (*getattr(bed, "said", ()), *durable.entries)


def test_an_open_alarm_goes_on_acknowledged_and_uncalled_and_clears_with_the_first_good_answers():
    first = Bed()
    first.feed(
        hot(T0, 86), hot(T0 + 10, 86), port(T0 + 11, 0), port(T0 + 12, 0), *(miss("spine-1", T0 + 20 + i) for i in range(3))
    )
    say(first, Action.ACKNOWLEDGE, 1, 2, 3, at=T0 + 30)
    first.at(T0 + 31)
    bed = Bed(restored=durable_state(first), now=T0 + 100)
    assert [(a.id, a.type, a.state, a.note) for a in bed.open()] == [
        (1, "temperature-high", OperatorState.ACKNOWLEDGED, "mine"),
        (2, "port-down", OperatorState.ACKNOWLEDGED, "mine"),
        (3, "unreachable", OperatorState.ACKNOWLEDGED, "mine"),
    ]
    bed.feed(
        hot(T0 + 100, 86),
        hot(T0 + 110, 86),
        port(T0 + 111, 0),
        port(T0 + 112, 0),
        *(miss("spine-1", T0 + 120 + i) for i in range(3)),
    )
    assert bed.monitor.book.calls == 0
    assert [e for e in bed.told("entries") if e.kind is not EntryKind.FOLDED] == []
    assert [a.announced for a in bed.open()] == [a.announced for a in first.open()]
    bed.feed(hot(T0 + 130, 50), hot(T0 + 140, 50), port(T0 + 141, 1), answer("spine-1", T0 + 150, {("", "uptime_seconds"): 1.0}))
    assert bed.open() == []
    assert [e.kind.value for e in bed.told("entries")] == ["folded", "cleared", "cleared", "cleared"]
    bed.at(T0 + 151)
    closed = {i.id: (i.alarms, i.closed) for i in bed.told("incidents") if i.alarms}
    assert closed == {1: ((1,), T0 + 140), 2: ((2, 3), T0 + 150)}, "the port was down because its neighbour was dead"


def test_states_that_did_not_change_over_a_restart_are_not_stored_again():
    first = Bed()
    facts = {"": {"sysName": "leaf-1"}}
    first.feed(port(T0, 1), answer("leaf-1", T0 + 1, {("Ethernet1", "oper_status"): 1.0}, source="snmp:inventory", facts=facts))
    bed = Bed(restored=durable_state(first), now=T0 + 100)
    bed.feed(
        port(T0 + 100, 1), answer("leaf-1", T0 + 101, {("Ethernet1", "oper_status"): 1.0}, source="snmp:inventory", facts=facts)
    )
    assert first.stored("states")
    assert bed.stored("states") == []


def test_alarms_follow_a_rename_and_those_of_a_device_that_is_gone_end():
    first = Bed()
    first.feed(hot(T0, 86), hot(T0 + 10, 86), port(T0 + 11, 0), port(T0 + 12, 0))
    inventory = fleet(device("gpu-9", "gpu-server", protocols=("ssh",), formerly=("gpu-1",)))
    bed = Bed(inventory, durable_state(first), now=T0 + 100)
    assert [a.device for a in bed.open()] == ["gpu-9"]
    assert bed.at(T0 + 101).durable.entries[0].text == "no longer in the inventory"
    bed.feed(
        answer("gpu-9", T0 + 102, {("gpu0", "temperature_celsius"): 50.0}),
        answer("gpu-9", T0 + 112, {("gpu0", "temperature_celsius"): 50.0}),
    )
    assert bed.open() == []


def test_closing_what_stands_raises_it_anew_after_its_hold():
    bed = Bed()
    bed.feed(hot(T0, 86), hot(T0 + 10, 86))
    say(bed, Action.CLOSE, 1, at=T0 + 15)
    assert bed.open() == []
    bed.feed(hot(T0 + 20, 86))
    assert bed.open() == []
    bed.feed(hot(T0 + 30, 86))
    assert [a.id for a in bed.open()] == [2]


turns = st.lists(
    st.one_of(
        st.tuples(st.just("hot"), st.sampled_from([50.0, 84.0, 86.0, 95.0, float("nan")])),
        st.tuples(st.just("port"), st.sampled_from([0.0, 1.0, float("nan")])),
        st.tuples(st.just("miss"), st.sampled_from(sorted(FLEET.devices))),
        st.tuples(st.just("say"), st.sampled_from(list(Action))),
    ),
    max_size=30,
)


@given(turns)
def test_what_was_stored_gives_the_alarms_that_were_there(story):
    bed = Bed()
    now = T0
    for turn in story:
        now += 10
        match turn:
            case ("hot", celsius):
                bed.feed(hot(now, celsius))
            case ("port", oper):
                bed.feed(port(now, oper))
            case ("miss", name):
                bed.feed(miss(name, now))
            case ("say", action) if bed.open():
                try:
                    say(bed, action, bed.open()[0].id, at=now)
                except AttributeError:  # refused: it meant nothing
                    continue
    bed.at(now)
    again = Bed(restored=durable_state(bed), now=now)
    before, after = bed.monitor.snapshot(now), again.monitor.snapshot(now)
    assert after.alarms == before.alarms
    assert sorted(after.entries, key=lambda e: e.id) == sorted(before.entries, key=lambda e: e.id)
    assert after.incidents == before.incidents


def test_a_close_whose_end_was_not_stored_before_the_kill_ended_all_the_same():
    """Asked to close, then it worsened, then the close was on disk; killed before its end was told to the store again."""
    first = Bed()
    first.feed(hot(T0, 86), hot(T0 + 10, 86))
    closing = first.monitor.prepare(Command(id="c", action=Action.CLOSE, alarms=(1,), who="lan", at=T0 + 11), T0 + 11)
    assert closing.alarms[0].cleared == T0 + 11
    first.feed(hot(T0 + 12, 95), hot(T0 + 22, 95))
    first.said = closing.entries
    (stored,) = durable_state(first).alarms
    assert stored.cleared is None
    bed = Bed(restored=durable_state(first), now=T0 + 100)
    bed.at(T0 + 100)
    assert (bed.alarms()[0].state, bed.alarms()[0].cleared) == (OperatorState.CLOSED, T0 + 11)
    assert bed.open() == []
    assert bed.stored("alarms")[-1].cleared == T0 + 11
    assert bed.stored("incidents")[-1].closed == T0 + 11
    bed.feed(hot(T0 + 100, 95), hot(T0 + 110, 95))
    assert [a.id for a in bed.open()] == [2]


def test_a_close_during_which_it_worsened_is_stored_as_ended_once_it_is_committed():
    bed = Bed()
    bed.feed(hot(T0, 86), hot(T0 + 10, 86))
    closing = bed.monitor.prepare(Command(id="c", action=Action.CLOSE, alarms=(1,), who="lan", at=T0 + 11), T0 + 11)
    bed.feed(hot(T0 + 12, 95), hot(T0 + 22, 95))
    assert bed.stored("alarms")[-1].cleared is None
    bed.monitor.commit(closing, T0 + 23)
    bed.at(T0 + 23)
    assert bed.stored("alarms")[-1].cleared is not None


def test_alarms_of_a_device_that_is_not_asked_any_more_end():
    first = Bed()
    first.feed(hot(T0, 86), hot(T0 + 10, 86))
    bed = Bed(fleet(device("gpu-1", "gpu-server", protocols=())), durable_state(first), now=T0 + 100)
    bed.at(T0 + 100)
    assert bed.open() == []
