"""Conditions as data: what fits what, and every mistake of a file at once."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitor_bed import CONDITIONS, T0, Bed, answer, device, fleet

from noc_console.alarms.load import load_conditions, read_conditions
from noc_console.alarms.sides import FALLING, levels_of
from noc_console.model.severity import Severity
from noc_console.profiles.classes import SENSOR_CLASSES

NAN = float("nan")


@dataclass
class Text:
    text: str
    name: str = "own.toml"

    def read_bytes(self):
        return self.text.encode()


def conditions(text):
    return read_conditions([Text(text)])


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("[[conditions]]", "number 1: type must be a word", 1),
        ("x = 1", "unknown key 'x'", 1),
        ("conditions = 3", "must be tables", 1),
        ('[[conditions]]\nname="a"\ntype="nonsense"\nmetric="m"', "unknown type 'nonsense'", 3),
        ('[[conditions]]\nname="a"\ntype="fan-stopped"\nmetric="m"\nlevel=3', "unknown key 'level' (is 'levels' meant?)", 5),
        ('[[conditions]]\nname="a"\ntype="fan-stopped"\nmetric="m"\nlevels={loud=3}', "unknown level 'loud'", 5),
        ('[[conditions]]\nname="a"\ntype="fan-stopped"\nmetric="m"\nlevels={major=nan}', "major must be a number", 5),
        ('[[conditions]]\nname="a"\ntype="fan-stopped"\nmetric="m"\nlevels={major=9, critical=8}', "stricter", 5),
        ('[[conditions]]\nname="a"\ntype="fan-stopped"\nmetric="m"\ndirection="up"', "direction must be", 5),
        ('[[conditions]]\nname="a"\ntype="fan-stopped"\nmetric="m"\nhold={readings=0}', "at least 1", 5),
        ('[[conditions]]\nname="a"\ntype="fan-stopped"\nmetric="m"\nkind="magic"', "unknown kind 'magic'", 5),
        ("[collectors]\nspeed = 3", "unknown key 'speed'", 2),
        ("not toml", "cannot be read", 1),
    ],
)
def test_each_mistake_is_one_sentence_with_its_line(text, says, line):
    (mistake,) = conditions(text).mistakes
    assert says in mistake.says
    assert (mistake.file, mistake.line) == ("own.toml", line)


def test_all_mistakes_are_told_at_once():
    found = read_conditions([Text("[[conditions]]\n[[conditions]]", "a.toml"), Text("x = 1", "b.toml")])
    assert [str(m).partition(": ")[0] for m in found.mistakes] == ["a.toml:1", "a.toml:2", "b.toml:1"]


def test_what_has_no_mistake_holds_beside_what_has_one():
    wrong = '[[conditions]]\nname="a"\ntype="fan-stopped"\nmetric="m"\nlevels={major="x"}\n'
    found = conditions(wrong + '[[conditions]]\nname="b"\ntype="fan-stopped"\nmetric="m"\nlevels={major=1}')
    assert [c.name for c in found.thresholds] == ["b"]
    assert [m.line for m in found.mistakes] == [5]


@given(st.text(max_size=200))
def test_no_text_makes_anything_but_conditions_or_mistakes(text):
    assert conditions(text).thresholds == ()


def test_the_users_own_folder_comes_first(tmp_path):
    (tmp_path / "mine.toml").write_text(
        '[[conditions]]\nname="mine"\ntype="temperature-high"\nmetric="temperature_celsius"\ncomponents=["gpu*"]\n'
        "levels={minor=40}"
    )
    bed = Bed(conditions=load_conditions(tmp_path))
    bed.feed(*(answer("gpu-1", T0 + i, {("gpu0", "temperature_celsius"): 45.0}) for i in range(2)))
    assert [a.severity for a in bed.open()] == [Severity.MINOR]
    assert load_conditions(tmp_path / "missing").thresholds == CONDITIONS.thresholds


@pytest.mark.parametrize(
    ("role", "component", "metric", "values", "expected"),
    [
        ("gpu-server", "System Inlet", "temperature_celsius", (26.9, 26.9), []),
        ("gpu-server", "System Inlet", "temperature_celsius", (27, 27), [("temperature-high", "warning")]),
        ("server", "inlet", "temperature_celsius", (32, 32), [("temperature-high", "major")]),
        ("leaf", "inlet", "temperature_celsius", (60, 60), []),
        ("cooling", "fan", "fan_speed_rpm", (0, 0), [("fan-stopped", "critical")]),
        ("cooling", "fan", "fan_speed_rpm", (0, 300, 0, 300), []),
        ("gpu-server", "fan", "fan_speed_rpm", (0, 0), [("fan-stopped", "major")]),
        ("leaf", "fan", "fan_speed_rpm", (0, 0), []),
        ("pdu", "inlet", "voltage_volts", (0, 0), [("voltage-low", "critical")]),
        ("pdu", "inlet", "voltage_volts", (110, 110), []),
        ("leaf", "PSU 1", "state", (1, 1), [("state-bad", "warning")]),
        ("leaf", "PSU 1", "state", (1, 2, 2), [("state-bad", "critical")]),
        ("leaf", "PSU 1", "state", (NAN, 0, NAN), []),
        ("gpu-server", "gpu0", "temperature_limit_margin_celsius", (-3, -3), [("temperature-high", "critical")]),
    ],
)
def test_the_standard_conditions(role, component, metric, values, expected):
    bed = Bed(fleet(device("box", role)))
    bed.feed(*(answer("box", T0 + 10 * i, {(component, metric): value}) for i, value in enumerate(values)))
    assert [(a.type, a.severity.word) for a in bed.open()] == expected


def test_the_devices_own_word_stands_beside_a_bad_state():
    bed = Bed(fleet(device("box", "leaf")))
    texts = (("PSU 1", "state", "notResponding"),)
    bed.feed(*(answer("box", T0 + i, {("PSU 1", "state"): 2.0}, texts=texts) for i in range(2)))
    assert bed.open()[0].params["text"] == "notResponding"


def test_a_hold_in_seconds_waits_for_the_time_and_two_readings():
    own = conditions(
        '[[conditions]]\nname="a"\ntype="temperature-high"\nmetric="temperature_celsius"\nlevels={major=40}\nhold={seconds=30}'
    )
    bed = Bed(fleet(device("box", "leaf")), conditions=own)
    bed.feed(*(answer("box", T0 + 10 * i, {("x", "temperature_celsius"): 50.0}) for i in range(3)))
    assert bed.open() == []
    bed.feed(answer("box", T0 + 30, {("x", "temperature_celsius"): 50.0}))
    assert bed.open()


def test_a_value_that_two_sources_give_is_judged_from_the_quicker_one():
    def gpu(at, source, interval, celsius):
        return answer("gpu-1", at, {("gpu0", "temperature_celsius"): celsius}, source=source, interval=interval)

    bed = Bed()
    bed.feed(
        gpu(T0, "ssh:full", 300, 90),
        gpu(T0 + 1, "ssh", 10, 50),
        gpu(T0 + 2, "ssh:full", 300, 90),
        gpu(T0 + 3, "ssh:full", 300, 90),
    )
    assert bed.open() == []


def test_an_alarm_on_a_sensor_that_is_not_given_any_more_ends_after_two_whole_answers():
    bed = Bed(fleet(device("box", "server")))
    both = {("inlet", "temperature_celsius"): 40.0, ("x", "temperature_celsius"): 1.0}
    one = {("x", "temperature_celsius"): 1.0}
    bed.feed(answer("box", T0, both), answer("box", T0 + 1, both))
    assert bed.open()
    bed.feed(answer("box", T0 + 2, one, incomplete=("sensors: timed out",)), answer("box", T0 + 3, one))
    assert bed.open()
    bed.feed(answer("box", T0 + 4, one))
    assert bed.open() == []
    assert bed.told("entries")[-1].text == "not given any more"


@given(st.lists(st.sampled_from([20.0, 26.5, 27.5, 31.5, 33.0, NAN]), max_size=40))
def test_a_severity_stands_only_after_two_readings_that_reach_it(readings):
    bed = Bed(fleet(device("box", "server")))
    limits = {Severity.WARNING: 27.0, Severity.MAJOR: 32.0}
    before = None
    known = []
    for i, celsius in enumerate(readings):
        bed.feed(answer("box", T0 + 10 * i, {("inlet", "temperature_celsius"): celsius}))
        known += [celsius] if celsius == celsius else []
        now = bed.open()[0].severity if bed.open() else None
        if now is not None and (before is None or now > before):
            assert min(known[-2:]) >= limits[now]
            assert len(known) >= 2
        if before is not None and (now is None or now < before):
            assert max(known[-2:]) < limits[before]
        before = now


@pytest.mark.parametrize(
    ("metric", "limits", "values", "raised"),
    [
        # (value, what stands after it was given twice)
        ("temperature_celsius", {"major": 40.0, "low-major": 5.0}, [(20, []), (4, ["temperature-low"]), (20, [])], 1),
        ("temperature_celsius", {"major": 40.0, "low-major": 5.0}, [(41, ["temperature-high"]), (3, ["temperature-low"])], 2),
        ("humidity_percent", {"minor": 70.0, "low-minor": 20.0}, [(71, ["humidity-high"]), (19, ["humidity-low"]), (45, [])], 2),
        ("voltage_volts", {"major": 200.0, "high-major": 250.0}, [(199, ["voltage-low"]), (251, ["voltage-high"]), (230, [])], 2),
        (
            "voltage_volts",
            {"major": 3.0, "high-major": 3.6},
            [(2.9, ["voltage-low"]), (3.3, []), (3.7, ["voltage-high"]), (3.3, [])],
            2,
        ),
        ("fan_speed_rpm", {"major": 900.0, "high-major": 9000.0}, [(9500, []), (800, ["fan-stopped"])], 1),
        # limits of one side alone say nothing of the other
        ("temperature_celsius", {"low-major": 5.0}, [(90, []), (4, ["temperature-low"])], 1),
        ("temperature_celsius", {"major": 40.0}, [(-40, []), (41, ["temperature-high"])], 1),
        ("voltage_volts", {"high-major": 250.0}, [(0, []), (251, ["voltage-high"])], 1),
    ],
)
def test_a_limit_on_either_side_is_judged_on_its_own_side(metric, limits, values, raised):
    bed, at = Bed(fleet(device("ups-1", "ups"))), T0
    for value, stands in values:
        for _ in range(2):
            at += 30
            bed.feed(answer("ups-1", at, {("Rail", metric): float(value)}, limits={"Rail": {metric: limits}}))
        assert [a.type for a in bed.open()] == stands
    assert len(bed.alarms()) == raised


def test_the_side_on_which_a_metric_is_mostly_wrong_is_that_of_its_class():
    assert {each.metric for each in SENSOR_CLASSES.values() if each.falls} <= FALLING
    assert not {each.metric for each in SENSOR_CLASSES.values() if not each.falls} & FALLING
    given = {"major": 1.0, "low-major": 2.0, "high-major": 3.0, "loud": 4.0, "critical": NAN, "low-loud": 5.0}
    assert levels_of(given, "humidity_percent", above=True) == {Severity.MAJOR: 3.0}
    assert levels_of(given, "humidity_percent", above=False) == {Severity.MAJOR: 2.0}


def test_a_condition_of_the_other_side_does_not_take_a_limit_of_the_usual_one():
    cold = conditions(
        '[[conditions]]\nname="cold"\ntype="temperature-low"\nmetric="temperature_celsius"\ndirection="below"\nlevels={minor=10}'
    )
    bed = Bed(fleet(device("ups-1", "ups", limits={"temperature_celsius": {"major": 45.0}})), conditions=cold)
    bed.feed(*(answer("ups-1", T0 + 30 * i, {("Room", "temperature_celsius"): 20.0}) for i in range(3)))
    assert bed.open() == []
    bed.feed(*(answer("ups-1", T0 + 100 + 30 * i, {("Room", "temperature_celsius"): 9.0}) for i in range(3)))
    assert [(a.type, a.severity) for a in bed.open()] == [("temperature-low", Severity.MINOR)]
