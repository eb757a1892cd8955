import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from collectors.schedule import Schedule


def run(schedule, start, end, *, takes=0.0, step=0.25):
    """Runs the clock; every poll ends `takes` seconds after it began. Gives (when, poll) of each start."""
    now, flying, begun = start, [], []
    while now < end:
        for when, poll in [f for f in flying if f[0] <= now]:
            flying.remove((when, poll))
            schedule.done(poll.device, poll.source, now)
        for poll in schedule.due(now):
            begun.append((now, poll))
            flying.append((now + takes, poll))
        now += step
    return begun


def test_every_device_is_polled_within_the_first_seconds_and_then_at_its_interval():
    schedule = Schedule(random.Random(1))
    for n in range(50):
        schedule.add(f"d{n}", "snmp", 30.0, 100.0)
    begun = run(schedule, 100.0, 400.0)
    assert {p.device for when, p in begun if when <= 105.25} == {f"d{n}" for n in range(50)}
    times = [when for when, p in begun if p.device == "d7"]
    assert all(14.5 <= b - a <= 30.5 for a, b in itertools.pairwise(times))
    assert all(abs(b - a - 30.0) < 0.3 for a, b in itertools.pairwise(times[1:]))
    counts = schedule.counts()
    assert counts.late == 0
    assert counts.due == counts.started
    assert counts.done >= counts.started - 50


def test_the_second_round_is_spread_over_the_interval():
    schedule = Schedule(random.Random(1))
    for n in range(300):
        schedule.add(f"d{n}", "snmp", 30.0, 0.0)
    begun = run(schedule, 0.0, 65.0)
    by_second = [sum(int(when) == s for when, _ in begun) for s in range(36, 60)]
    assert max(by_second) < 30


def test_a_poll_still_in_flight_is_never_doubled_and_the_missed_one_is_counted_late():
    schedule = Schedule(random.Random(1))
    schedule.add("slow", "ssh", 10.0, 0.0)
    begun = run(schedule, 0.0, 100.0, takes=25.0)
    gaps = [b[0] - a[0] for a, b in itertools.pairwise(begun)]
    assert min(gaps) >= 25.0
    assert schedule.counts().late == schedule.counts().due - schedule.counts().started > 0


def test_a_request_is_served_at_once_and_one_during_a_poll_right_after_it():
    schedule = Schedule(random.Random(1))
    schedule.add("a", "snmp", 30.0, 0.0)
    (first,) = schedule.due(6.0)
    assert first.why == "interval"
    assert schedule.ask("a", "snmp", "re-ask")
    assert schedule.due(6.1) == []
    schedule.done("a", "snmp", 6.2)
    assert schedule.next_wake() == 0.0
    (asked,) = schedule.due(6.2)
    assert asked.why == "re-ask"
    assert not schedule.ask("b", "snmp", "re-ask")


def test_what_is_asked_for_beside_its_turn_can_begin_alone():
    schedule = Schedule(random.Random(1))
    for device in ("a", "b"):
        schedule.add(device, "snmp", 10.0, 0.0, first_within=0.5)
    assert schedule.asked(1.0) == []
    schedule.ask("b", "snmp", "trap")
    assert [(poll.device, poll.why) for poll in schedule.asked(1.0)] == [("b", "trap")]
    assert [poll.device for poll in schedule.due(1.0)] == ["a"]


def test_failures_back_off_to_the_cap_and_an_answer_ends_it():
    schedule = Schedule(random.Random(1))
    schedule.add("a", "ssh", 10.0, 0.0, backoff_cap=60.0)
    now, starts = 0.0, []
    while now < 600:
        for poll in schedule.due(now):
            starts.append(now)
            schedule.done("a", poll.source, now, ok=now > 400)
        now += 0.5
    gaps = [b - a for a, b in itertools.pairwise(starts)]
    assert 55 <= max(gaps) <= 60.5
    assert gaps[-1] == 10.0


def test_a_clock_that_slept_counts_what_it_missed():
    schedule = Schedule(random.Random(1))
    schedule.add("a", "snmp", 10.0, 0.0, first_within=0.5)
    schedule.due(1.0)
    schedule.done("a", "snmp", 1.0)
    assert schedule.behind_seconds(100.0) > 80.0
    schedule.due(100.0)
    counts = schedule.counts()
    assert counts.due >= 9
    assert counts.late == counts.due - 1


def test_draining_starts_nothing_more():
    schedule = Schedule(random.Random(1))
    schedule.add("a", "snmp", 10.0, 0.0)
    schedule.draining = True
    assert schedule.due(50.0) == []
    assert schedule.next_wake() is None


@given(st.lists(st.tuples(st.sampled_from(["step", "done", "ask", "remove"]), st.integers(0, 4), st.floats(0, 20)), max_size=80))
def test_counts_stay_true_in_any_order_of_calls(steps):
    schedule, now, flying = Schedule(random.Random(3)), 0.0, set()
    for n in range(5):
        schedule.add(f"d{n}", "snmp", 10.0, now)
    for what, n, seconds in steps:
        device = f"d{n}"
        if what == "step":
            now += seconds
            for poll in schedule.due(now):
                assert poll.device not in flying
                flying.add(poll.device)
        elif what == "done":
            schedule.done(device, "snmp", now, ok=seconds > 10)
            flying.discard(device)
        elif what == "ask":
            schedule.ask(device, "snmp", "operator")
        else:
            schedule.remove(device)
            flying.discard(device)
        counts = schedule.counts()
        assert counts.in_flight == len(flying)
        assert counts.done <= counts.started <= counts.due
        assert counts.due == counts.done + counts.pending + counts.missed
        assert counts.pending <= counts.in_flight
        assert counts.failed <= counts.done


def test_a_poll_that_was_asked_for_and_is_under_way_stands_for_the_one_that_comes_due():
    schedule = Schedule(random.Random(1))
    schedule.add("a", "snmp", 10.0, 0.0, first_within=0.0)
    assert [poll.why for poll in schedule.due(0.0)] == ["interval"]
    schedule.done("a", "snmp", 0.5)
    due = schedule.next_wake()
    schedule.ask("a", "snmp", "trap")
    assert [poll.why for poll in schedule.due(due - 0.1)] == ["trap"]
    assert schedule.due(due + 0.1) == []
    schedule.done("a", "snmp", due + 0.2)
    counts = schedule.counts()
    assert (counts.due, counts.started, counts.done, counts.late, counts.asked, counts.in_flight) == (2, 2, 2, 0, 0, 0)
