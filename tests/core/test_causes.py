"""One fault, one call: every kind of fault in fleets of other sizes, with lost polls and wrong readings, polled at any phase."""

import json
from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import CONDITIONS, T0, Fault, drawn, fleet, judged, link_between, recording, truth_of

from noc_console.inventory import load
from noc_console.readings import read_readings
from noc_console.replay import replay

FLEET = fleet(rows=2, racks=3, servers=3, branches=2, accesses=2, cells=2)


def link(a, b):
    return link_between(FLEET, a, b)


ONE_FAULT = {
    "a cooler stops": Fault("cooling", "crac-1", 400, 1500),
    "a rack has no power": Fault("rack-power", "r1-02", 400, 1200),
    "a row has no power": Fault("row-power", "2", 400, 1200),
    "one of two feeds is dead": Fault("pdu", "pdu-r1-02-a", 400, 1200),
    "a spine is dead": Fault("dead", "spine-1", 400, 1200),
    "a core is dead": Fault("dead", "core-1", 400, 1200),
    "a leaf is dead": Fault("dead", "leaf-r1-01", 400, 1200),
    "a server is dead": Fault("dead", "gpu-r1-01-2", 400, 1200),
    "an access switch is dead": Fault("dead", "access-11", 400, 1200),
    "a cell site is dead": Fault("dead", "cell-111", 400, 1200),
    "the edge of a branch is dead": Fault("dead", "edge-2", 400, 1200),
    "the line to a branch is cut": Fault("cut", link("core-1", "edge-1"), 400, 1200),
    "an uplink of two is cut": Fault("cut", link("spine-1", "leaf-r1-01"), 400, 1200),
    "the only uplink is cut": Fault("cut", link("edge-1", "access-12"), 400, 1200),
    "an optic flaps": Fault("flap", link("spine-1", "leaf-r1-01"), 400, 1000),
    "a fan is clogged": Fault("clogged", "gpu-r1-01-2", 400, 1500),
    "a GPU is lost": Fault("gpu-lost", "gpu-r1-01-2", 400, 1500),
}


def check(inventory, faults, **more):
    score = judged(inventory, faults, [truth_of(inventory, fault) for fault in faults], **more)
    assert not score.wrong, "\n".join(score.wrong)
    assert score.calls <= len(faults)
    return score.found


@pytest.mark.parametrize("fault", ONE_FAULT.values(), ids=ONE_FAULT.keys())
def test_one_fault_is_named_and_called_once_with_its_symptoms_under_it(fault):
    check(FLEET, [fault], wrong=0.01, lost=0.01)


@pytest.mark.parametrize("kind", ["a rack has no power", "a spine is dead", "the line to a branch is cut", "an optic flaps"])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=6, deadline=None)
def test_the_phase_of_polls_changes_neither_cause_nor_calls(kind, seed):
    check(FLEET, [ONE_FAULT[kind]], seed=seed)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_several_faults_at_once_in_fleets_of_any_size_stay_several(seed):
    rng = Random(seed)
    sizes = {"rows": rng.randint(1, 3), "racks": rng.randint(1, 3), "servers": rng.randint(1, 4), "ups": rng.random() < 0.3}
    inventory = fleet(branches=rng.randint(0, 2), accesses=rng.randint(1, 3), cells=rng.randint(1, 2), **sizes)
    faults = [f for f in drawn(rng, inventory, 5) if f.what != "spine-1"]
    check(inventory, faults, seed=seed, wrong=0.005, lost=0.01)


def test_lost_polls_and_wrong_readings_alone_call_nobody():
    found = check(FLEET, [], wrong=0.05, lost=0.05)
    assert found["alarms"] == []


def test_a_clogged_server_in_a_row_that_warms_is_a_fault_of_its_own():
    faults = [Fault("cooling", "crac-1", 400, 1700), Fault("clogged", "gpu-r1-02-2", 430, 1700)]
    check(FLEET, faults)


def test_each_symptom_says_why_it_is_there():
    rack = check(FLEET, [ONE_FAULT["a rack has no power"]])
    whys = {a["device"] or a["type"]: a["why"] for a in rack["alarms"]}
    assert whys["gpu-r1-02-1"] == "fed by pdu-r1-02-a and pdu-r1-02-b"
    assert whys["pdu-r1-02-a"] == "feeds r1-02"
    assert whys["spine-1"] == "link to leaf-r1-02"
    assert whys["power-lost"] == ""
    access = check(FLEET, [ONE_FAULT["an access switch is dead"]])
    assert {a["device"]: a["why"] for a in access["alarms"]}["cell-111"] == "behind access-11"
    cooler = check(FLEET, [ONE_FAULT["a cooler stops"]])
    assert {a["why"] for a in cooler["alarms"] if a["component"] == "inlet"} == {"cooled by crac-1"}
    roots = [story["incidents"][0]["root"] for story in (rack, access, cooler)]
    ends = (("edge-1", "Ethernet2"), ("access-11", "Ethernet1"))
    assert roots == [
        {"kind": "rack", "rack": "r1-02"},
        {"kind": "link", "device": "edge-1", "component": "Ethernet2", "ends": ends},
        {"kind": "device", "device": "crac-1", "component": "fan"},
    ]


def test_a_flapping_port_is_one_alarm_with_a_count():
    found = check(FLEET, [ONE_FAULT["an optic flaps"]])
    chattering = [a for a in found["alarms"] if a["type"] == "flapping"]
    assert {a["device"] for a in chattering} <= {"spine-1", "leaf-r1-01"}
    assert max(a["count"] for a in chattering) >= 3
    assert len(found["incidents"]) == 1


def test_a_fleet_that_goes_dark_at_once_is_one_call_soon_and_cheaply():
    large = fleet(rows=10, racks=10, servers=16, branches=2, accesses=3, cells=3)
    results = list(recording(large, [Fault("dead", "core-2", 100, 9e9)], seconds=210))
    began = perf_counter()
    replayed = replay(large, CONDITIONS, results, perf_counter)
    seconds = perf_counter() - began
    assert len(replayed.alarms) > 1700
    assert replayed.calls == 1
    root = next(i for i in replayed.incidents.values() if i.alarms)
    assert root.root == {"kind": "device", "device": "core-2", "component": ""}
    called = next(a.announced[0] for a in replayed.alarms.values() if a.announced)
    assert called < T0 + 200
    assert seconds < 20


@pytest.mark.recordings
def test_the_recorded_fleets_have_each_fault_called_once(recordings):
    for folder in sorted((recordings / "scenarios").iterdir()):
        if not folder.is_dir():
            continue
        truth = json.loads((folder / "truth.json").read_text())
        inventory = load(folder / "inventory.toml").or_raise()
        replayed = replay(inventory, CONDITIONS, read_readings(folder / "readings.jsonl.gz", _no_log), perf_counter)
        called = [i for i in replayed.incidents.values() if any(replayed.alarms[a].announced for a in i.alarms)]
        assert len(called) == replayed.calls == len(truth["faults"])


def _no_log(text):
    return None
