"""Conditions beside the threshold: what each kind raises and clears, and what it must not."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from monitor_bed import CONDITIONS, T0, Bed, answer, device, fleet, miss
from test_conditions import Text

from noc_console.alarms.load import read_conditions
from noc_console.model.changes import Restored
from noc_console.model.command import Action, Command
from noc_console.model.poll import Event
from noc_console.model.severity import Severity
from noc_console.monitor.usual import Learned, WeekClock
from noc_console.zones import zone_named

NAN = float("nan")
INLET = ("inlet", "temperature_celsius")


def own(text):
    found = read_conditions([Text(text)])
    assert found.mistakes == ()
    return found


def bed_of(text, *devices, restored=None, now=T0):
    return Bed(fleet(*(devices or (device("box", "server"),))), conditions=own(text), restored=restored, now=now)


def rate(**more):
    lines = "".join(f"{key} = {value}\n" for key, value in more.items())
    return (
        '[[conditions]]\nname = "rise"\nkind = "rate"\nmetric = "temperature_celsius"\nlevels = { warning = 20, major = 60 }\n'
        + lines
    )


def ramp(bed, per_hour, *, start=0.0, count=80, every=30.0, base=22.0, wrong=()):
    for i in range(count):
        value = 255.0 if i in wrong else base + per_hour * i * every / 3600
        bed.feed(answer("box", T0 + start + i * every, {INLET: value}, interval=every))


# ------------------------------------------------------------------------------------------------------------------ rate


@pytest.mark.parametrize(("per_hour", "expected"), [(10, []), (19, []), (21, ["warning"]), (70, ["major"]), (-70, [])])
def test_a_rate_above_its_level_is_an_alarm(per_hour, expected):
    bed = bed_of(rate())
    ramp(bed, per_hour)
    assert [a.severity.word for a in bed.open("changing-fast")] == expected
    if expected:
        params = bed.open()[0].params
        assert params["rate"] == pytest.approx(per_hour, rel=0.01)
        assert (params["per"], params["condition"]) == ("hour", "rise")


def test_a_fall_is_judged_where_it_is_asked_for():
    for direction, expected in (('"down"', 1), ('"either"', 1), ('"up"', 0)):
        bed = bed_of(rate(direction=direction))
        ramp(bed, -30)
        assert len(bed.open("changing-fast")) == expected


def test_one_wrong_reading_is_no_rise():
    bed = bed_of(rate())
    ramp(bed, 0, wrong={30, 45})
    assert bed.alarms() == []


def test_a_rise_ends_when_the_value_stands():
    bed = bed_of(rate())
    ramp(bed, 40)
    assert bed.open()
    ramp(bed, 0, start=80 * 30, base=22 + 40 * 80 * 30 / 3600)
    assert bed.open() == []


def test_a_counter_that_begins_anew_has_not_fallen():
    bed = bed_of(
        '[[conditions]]\nname="e"\nkind="rate"\nmetric="in_errors_total"\nlevels={minor=1}\nper="second"\nwindow=600\ndirection="either"'
    )
    for i in range(60):
        bed.feed(answer("box", T0 + 30 * i, {("eth0", "in_errors_total"): 1e6 if i < 30 else i - 30.0}, interval=30.0))
    assert bed.alarms() == []
    for i in range(60, 120):
        bed.feed(answer("box", T0 + 30 * i, {("eth0", "in_errors_total"): 120.0 * i}, interval=30.0))
    assert [a.severity for a in bed.open()] == [Severity.MINOR]


def test_a_rise_is_counted_on_when_another_sensor_comes():
    bed = bed_of(rate())
    for i in range(80):
        more = {("Temp 2", "temperature_celsius"): 20.0} if i >= 40 else {}
        bed.feed(answer("box", T0 + i * 30, {INLET: 22.0 + i * 0.3, **more}, interval=30.0))
        if i == 47:
            break
    assert [a.component for a in bed.open()] == ["inlet"]


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 30), st.floats(-50, 50), st.floats(10, 60))
def test_a_steady_rise_is_judged_alike_at_any_phase_and_interval(phase, per_hour, every):
    bed = bed_of(rate())
    ramp(bed, per_hour, start=phase, every=every, count=int(3600 / every))
    if not math.isclose(per_hour, 20, abs_tol=0.5):
        assert bool(bed.open()) == (per_hour > 20)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([21.0, 22.0, 21.5, NAN]), max_size=80))
def test_noise_and_gaps_raise_no_rate(values):
    bed = bed_of(rate())
    for i, value in enumerate(values):
        bed.feed(answer("box", T0 + i * 30, {INLET: value}, interval=30.0))
    assert bed.alarms() == []


# ----------------------------------------------------------------------------------------------------------------- state

STATE = (
    '[[conditions]]\nname="fans"\nkind="state"\nmetric="fan_state"\nlevels={warning=["degraded*", 2], critical=["failed", 3]}\n'
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [((1, 1), []), ((2, 2), ["warning"]), ((3, 3), ["critical"]), ((3,), []), ((3, NAN, 3), ["critical"]), ((3, 3, 1, 1), [])],
)
def test_a_number_means_a_severity(values, expected):
    bed = bed_of(STATE)
    bed.feed(*(answer("box", T0 + i, {("Fan 1", "fan_state"): v}) for i, v in enumerate(values)))
    assert [a.severity.word for a in bed.open("state-bad")] == expected


def test_a_word_means_a_severity_with_or_without_a_number():
    bed = bed_of(STATE)
    for i, word in enumerate(("OK", "Degraded (1)", "Degraded (1)")):
        texts = (("Fan 1", "fan_state", word), ("x", "other", "failed"))
        bed.feed(answer("box", T0 + i, {INLET: 20.0}, texts=texts))
    assert [(a.component, a.severity.word, a.params["text"]) for a in bed.open()] == [("Fan 1", "warning", "Degraded (1)")]
    bed.feed(*(answer("box", T0 + 10 + i, {INLET: 20.0}, texts=(("Fan 1", "fan_state", "ok"),)) for i in range(2)))
    assert bed.open() == []


# ----------------------------------------------------------------------------------------------------------------- peers

PEERS = (
    '[[conditions]]\nname="odd"\nkind="peers"\nmetric="temperature_celsius"\ncomponents=["inlet"]\namong="rack"\n'
    "levels={minor=5, major=15}\npeers=3\n"
)
SIX = tuple(device(f"s{i}", "server") for i in range(6))


def rack(bed, at, **values):
    for i in range(6):
        bed.feed(answer(f"s{i}", at + i, {INLET: values.get(f"s{i}", 22.0 + 0.2 * i)}, interval=10.0))


@pytest.mark.parametrize(("value", "expected"), [(24.0, []), (29.0, ["minor"]), (40.0, ["major"]), (15.0, ["minor"]), (NAN, [])])
def test_a_value_unlike_its_peers_is_an_alarm(value, expected):
    bed = bed_of(PEERS, *SIX)
    for turn in range(4):
        rack(bed, T0 + 10 * turn, s3=value)
    assert [(a.device, a.severity.word) for a in bed.open("unlike-peers")] == [("s3", word) for word in expected]
    if expected:
        assert bed.open()[0].params["others"] == pytest.approx(22.5, abs=0.3)
        assert bed.open()[0].params["peers"] == 5


def test_two_wrong_ones_do_not_make_the_others_wrong():
    bed = bed_of(PEERS, *SIX)
    for turn in range(4):
        rack(bed, T0 + 10 * turn, s1=60.0, s2=255.0)
    assert {a.device for a in bed.open()} == {"s1", "s2"}


def test_peers_that_differ_much_among_themselves_widen_the_level():
    bed = bed_of(PEERS, *SIX)
    for turn in range(4):
        rack(bed, T0 + 10 * turn, s0=10.0, s1=16.0, s2=22.0, s3=28.0, s4=34.0, s5=40.0)
    assert bed.alarms() == []


def test_too_few_or_stale_peers_say_nothing():
    bed = bed_of(PEERS, *SIX)
    rack(bed, T0)
    for turn in range(1, 9):
        bed.feed(answer("s3", T0 + 30 * turn, {INLET: 60.0}, interval=10.0))
    assert bed.alarms() == []


def test_components_of_one_device_are_peers_of_each_other_and_only_of_each_other():
    text = PEERS.replace('"rack"', '"server"').replace('["inlet"]', '["gpu*"]')
    bed = bed_of(text, *SIX)
    for turn in range(3):
        for i in range(2):
            gpus = {(f"gpu{g}", "temperature_celsius"): 40.0 + 30 * i + (20 if (i, g) == (1, 2) else 0) for g in range(6)}
            bed.feed(answer(f"s{i}", T0 + 10 * turn, gpus))
    assert [(a.device, a.component) for a in bed.open()] == [("s1", "gpu2")]


def test_a_place_in_a_group_is_given_back():
    bed = bed_of(PEERS, *SIX)
    for turn in range(200):
        bed.feed(answer("s0", T0 + turn, {INLET: 20.0, (f"x{turn}", "y"): 1.0}))
    (group,) = bed.monitor._own._figures._groups.values()
    assert group.used <= 2


# ----------------------------------------------------------------------------------------------------------------- usual

USUAL = '[[conditions]]\nname="week"\nkind="usual"\nmetric="power_watts"\nlevels={minor=200}\nweeks=2\n'
HOUR, WEEK = 3600.0, 7 * 86_400.0
POWER = ("", "power_watts")


def work(at):
    """More by day than by night, less on Sundays."""
    hours = WeekClock(zone_named("Asia/Ho_Chi_Minh")).hours(at)
    return 1000.0 + (600.0 if 8 <= hours % 24 < 18 else 0.0) - (300.0 if hours >= 144 else 0.0)


def weeks(bed, start, end, value=work, every=1800.0):
    for i in range(int((end - start) / every)):
        at = start + i * every
        bed.feed(answer("box", at, {POWER: value(at)}, interval=every))


def test_what_is_usual_at_the_hour_of_the_week_is_no_alarm_and_what_is_not_is_one():
    bed = bed_of(USUAL)
    weeks(bed, T0, T0 + 3 * WEEK)
    assert bed.alarms() == []
    night = T0 + 3 * WEEK + 7 * HOUR
    weeks(bed, T0 + 3 * WEEK, night)
    weeks(bed, night, night + 2 * HOUR, lambda at: 1600.0)
    (alarm,) = bed.open("unusual")
    assert alarm.severity is Severity.MINOR
    assert alarm.params["usual"] == pytest.approx(work(night), rel=0.1)
    weeks(bed, night + 2 * HOUR, night + 4 * HOUR)
    assert bed.open() == []


def test_nothing_is_said_before_enough_weeks():
    bed = bed_of(USUAL)
    weeks(bed, T0, T0 + 1.5 * WEEK)
    weeks(bed, T0 + 1.5 * WEEK, T0 + 1.6 * WEEK, lambda at: 9000.0)
    assert bed.alarms() == []


def test_what_was_learned_outlives_a_restart():
    bed = bed_of(USUAL)
    weeks(bed, T0, T0 + 2.5 * WEEK)
    kept = {(b.device, b.kind, b.name): b for b in bed.stored("baselines") if b.kind == "usual"}
    (baseline,) = kept.values()
    assert len(baseline.value) < 3000
    after = bed_of(USUAL, restored=Restored(baselines=(baseline,)), now=T0 + 2.5 * WEEK)
    weeks(after, T0 + 2.5 * WEEK, T0 + 2.5 * WEEK + 2 * HOUR, lambda at: work(at) + 900)
    assert after.open("unusual")


def test_a_fault_of_a_day_is_not_usual_a_week_later():
    bed = bed_of(USUAL)
    weeks(bed, T0, T0 + 3 * WEEK)
    weeks(bed, T0 + 3 * WEEK, T0 + 3 * WEEK + 24 * HOUR, lambda at: work(at) + 5000)
    weeks(bed, T0 + 3 * WEEK + 24 * HOUR, T0 + 5 * WEEK)
    assert bed.open() == []
    assert {alarm.id for alarm in bed.told("alarms")} == {1}


@given(st.text(max_size=300))
def test_a_damaged_baseline_is_none(text):
    assert Learned.of(text) is None


def test_an_hour_of_the_week_is_that_of_the_zone():
    monday_in_hanoi = 1_795_971_600.0  # 2026-11-29T17:00:00Z
    assert WeekClock(zone_named("Asia/Ho_Chi_Minh")).hours(monday_in_hanoi) == 0.0
    assert WeekClock(zone_named("UTC")).hours(monday_in_hanoi) == 161.0


# --------------------------------------------------------------------------------------------------------------- absence

ABSENT = '[[conditions]]\nname="sensors"\nkind="absence"\ncomponents=["PSU*"]\nlevels={minor=60}\n'
BOTH = {("PSU 1", "power_watts"): 100.0, ("PSU 2", "power_watts"): 100.0, INLET: 20.0}
ONE = {key: value for key, value in BOTH.items() if key[0] != "PSU 2"}


def turns(bed, values, first, count, **more):
    for i in range(first, first + count):
        bed.feed(answer("box", T0 + 30 * i, values, interval=30.0, **more))


def test_what_is_given_no_more_is_an_alarm_after_its_time_and_ends_when_it_comes_back():
    bed = bed_of(ABSENT)
    turns(bed, BOTH, 0, 5)
    turns(bed, ONE, 5, 2)
    assert bed.alarms() == []
    turns(bed, ONE, 7, 2)
    (alarm,) = bed.open("absent")
    assert (alarm.component, alarm.qualifier, alarm.params["last_given"]) == ("PSU 2", "sensors snmp", T0 + 120)
    turns(bed, BOTH, 9, 1)
    assert bed.open() == []


def test_a_value_that_is_not_a_number_is_not_given():
    bed = bed_of(ABSENT)
    turns(bed, BOTH, 0, 5)
    turns(bed, {**BOTH, ("PSU 2", "power_watts"): NAN}, 5, 5)
    assert len(bed.open("absent")) == 1


def test_an_answer_that_could_not_be_read_whole_a_miss_and_another_source_say_nothing():
    bed = bed_of(ABSENT)
    turns(bed, BOTH, 0, 5)
    turns(bed, ONE, 5, 9, incomplete=("sensors: timed out",))
    bed.feed(*(miss("box", T0 + 500 + i, source="snmp") for i in range(2)))
    turns(bed, ONE, 20, 9, source="snmp:inventory")
    assert bed.alarms("absent") == []


def test_what_was_seen_once_only_is_not_missed():
    bed = bed_of(ABSENT)
    turns(bed, BOTH, 0, 1)
    turns(bed, ONE, 1, 10)
    assert bed.alarms() == []


def test_it_is_missed_after_a_restart_too_and_no_more_once_its_alarm_is_closed():
    bed = bed_of(ABSENT)
    turns(bed, BOTH, 0, 5)
    kept = tuple({(b.kind, b.name): b for b in bed.stored("baselines")}.values())
    after = bed_of(ABSENT, restored=Restored(baselines=kept), now=T0 + 200)
    turns(after, ONE, 10, 6)
    (alarm,) = after.open("absent")
    command = Command(id="1", action=Action.CLOSE, alarms=(alarm.id,), who="me", at=T0 + 500)
    after.monitor.commit(after.monitor.prepare(command, T0 + 500), T0 + 500)
    turns(after, ONE, 20, 10)
    assert after.open() == []
    assert '"PSU 2"' not in [b for b in after.stored("baselines") if b.kind == "given"][-1].value


def test_a_source_that_says_nothing_while_its_device_answers():
    bed = bed_of('[[conditions]]\nname="quiet"\nkind="absence"\nof="source"\nsources=["ssh:*"]\nlevels={minor=600}\n')
    for i in range(60):
        bed.feed(answer("box", T0 + 30 * i, {INLET: 20.0}, source="ssh", interval=30.0))
        if i < 20 and i % 10 == 0:
            bed.feed(answer("box", T0 + 30 * i + 1, {POWER: 1.0}, source="ssh:full", interval=300.0))
    (alarm,) = bed.open("absent")
    assert (alarm.component, alarm.params["source"]) == ("", "ssh:full")
    bed.feed(answer("box", T0 + 1900, {POWER: 1.0}, source="ssh:full", interval=300.0))
    for i in range(64, 67):
        bed.feed(answer("box", T0 + 30 * i, {INLET: 20.0}, source="ssh", interval=30.0))
    assert bed.open() == []


def test_a_dead_device_has_no_silent_sources():
    bed = bed_of('[[conditions]]\nname="quiet"\nkind="absence"\nof="source"\nlevels={minor=120}\n')
    bed.feed(*(answer("box", T0 + 30 * i, {INLET: 20.0}, source="snmp", interval=30.0) for i in range(3)))
    bed.feed(*(miss("box", T0 + 100 + 10 * i, source="snmp") for i in range(60)))
    bed.feed(*(answer("box", T0 + 800 + 30 * i, {INLET: 20.0}, source="snmp", interval=30.0) for i in range(3)))
    assert bed.alarms("absent") == []


# ----------------------------------------------------------------------------------------------------------------- count

COUNT = '[[conditions]]\nname="xids"\nkind="count"\nkinds=["xid"]\ncodes=[63]\nlevels={minor=3, major=5}\nwindow=600\n'


def xid(at, number, code=63, gpu="gpu0"):
    event = Event(time=at, kind="xid", component=gpu, code=code, severity="warning", text="remapped", boot="b", number=number)
    return replace(answer("box", at, {}), events=(event,))


def test_events_are_counted_within_their_time():
    bed = bed_of(COUNT)
    bed.feed(xid(T0, 1), xid(T0 + 200, 2), xid(T0 + 400, 3, code=79), xid(T0 + 700, 4), xid(T0 + 701, 4))
    assert bed.alarms("too-often") == []
    bed.feed(xid(T0 + 750, 5))
    (alarm,) = bed.open("too-often")
    assert (alarm.component, alarm.severity.word, alarm.params["value"]) == ("gpu0", "minor", 3)
    bed.feed(xid(T0 + 760, 6), xid(T0 + 770, 7))
    assert bed.open("too-often")[0].severity is Severity.MAJOR
    bed.at(T0 + 1300)
    assert bed.open("too-often")
    bed.at(T0 + 1400)
    assert bed.open("too-often") == []


def test_raises_of_alarms_are_counted_for_a_device():
    text = '[[conditions]]\nname="restless"\nkind="count"\nof="raises"\nper="device"\nlevels={minor=3}\nwindow=7200\n'
    limit = '[[conditions]]\nname="t"\ntype="temperature-high"\nmetric="temperature_celsius"\nlevels={minor=40}\n'
    bed = bed_of(text + limit)
    for i in range(3):
        for step, value in enumerate((50.0, 50.0, 20.0, 20.0)):
            bed.feed(answer("box", T0 + 1000 * i + 10 * step, {INLET: value}))
    assert [(a.component, a.params["value"]) for a in bed.open("too-often")] == [("", 3)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 3000), min_size=1, max_size=30), st.floats(0, 300))
def test_a_count_stands_exactly_when_so_many_are_within_the_time(times, phase):
    bed = bed_of(COUNT)
    bed.feed(*(xid(T0 + phase + at, i + 1) for i, at in enumerate(sorted(times))))
    raised = bool(bed.alarms("too-often"))
    ordered = sorted(times)
    expected = any(c - a < 600 for a, c in zip(ordered, ordered[2:], strict=False))
    assert raised == expected


def test_counts_of_what_is_long_ago_are_forgotten():
    bed = bed_of(COUNT)
    bed.feed(*(xid(T0 + i, i + 1, gpu=f"gpu{i}") for i in range(20)))
    bed.at(T0 + 5000)
    assert bed.monitor._own._counts._counted == {}


# ------------------------------------------------------------------------------------------------------------------- all


def test_a_condition_is_for_those_that_it_selects():
    text = (
        '[[conditions]]\nname="t"\ntype="temperature-high"\nmetric="temperature_celsius"\nlevels={minor=40}\n'
        'roles=["server"]\nsites=["hanoi"]\ndevices=["BOX-*"]\nlabels={team="net*"}\n'
        'text="Too warm for us"\nadvice="Open the door"\n'
    )
    named = device("box-1", "server", labels={"team": "network"})
    others = (device("box-2", "leaf", labels={"team": "network"}), device("cab-1", "server", labels={"team": "network"}),
              device("box-3", "server", labels={"team": "storage"}), device("box-4", "server"))  # fmt: skip
    bed = bed_of(text, named, *others)
    for i in range(2):
        bed.feed(*(answer(d.name, T0 + i, {INLET: 50.0}) for d in (named, *others)))
    assert [(a.device, a.params["says"], a.params["do"]) for a in bed.open()] == [("box-1", "Too warm for us", "Open the door")]


def test_the_alarm_of_a_missing_component_ends_when_the_component_goes():
    bed = bed_of(PEERS, *SIX)
    for turn in range(4):
        rack(bed, T0 + 10 * turn, s3=60.0)
    bed.feed(*(answer("s3", T0 + 50 + i, {("other", "temperature_celsius"): 1.0}) for i in range(3)))
    assert bed.open() == []


def test_hysteresis_and_holds_are_those_of_the_condition():
    bed = bed_of(rate(hold="{ readings = 5 }", hysteresis=15, clear="{ seconds = 300 }"))
    ramp(bed, 40)
    assert bed.open()
    ramp(bed, 10, start=80 * 30, base=50)  # not 15 below the level of 20
    assert bed.open()
    ramp(bed, 0, start=160 * 30, base=60)
    assert bed.open() == []


def test_without_such_conditions_the_monitor_keeps_nothing_for_them():
    bed = Bed(fleet(device("box", "server")), conditions=replace(CONDITIONS))
    ramp(bed, 40, count=5)
    mine = bed.monitor._own
    assert (mine._figures._current, mine._absences._expected, mine._silent._last) == ({}, {}, {})


KEYS = st.sampled_from(
    ["name", "kind", "type", "metric", "levels", "hold", "clear", "window", "among", "of", "weeks", "peers", "per", "direction",
     "components", "labels", "codes", "types", "hysteresis", "least", "spreads", "relative", "text"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["rate", "state", "peers", "usual", "absence", "count", "threshold", "rise", "straggler", "m", "", "hour", "up"]
)
VALUES = st.recursive(
    WORDS | st.integers(-5, 10**20) | st.floats(allow_nan=True) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["minor", "major", "readings", "seconds", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def toml(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=8), max_size=3))
def test_any_table_is_a_condition_or_a_mistake_with_its_line(tables):
    text = "".join("[[conditions]]\n" + "".join(f"{k} = {toml(v)}\n" for k, v in table.items()) for table in tables)
    found = read_conditions([Text(text)])
    made = sum(map(len, (found.thresholds, found.figures, found.absences, found.counts)))
    assert made + len(found.gpus) + len(found.mistakes) >= (len(tables) if not found.gpus else 1)
    assert all(mistake.line for mistake in found.mistakes)
    bed = Bed(fleet(device("box", "server")), conditions=replace(found, gpus=()))
    for i in range(4):
        bed.feed(answer("box", T0 + 30 * i, {("inlet", "m"): float(i), ("x", "m"): np.inf}, texts=(("y", "m", "up"),)))
