"""One fault, one call, in fleets drawn by chance: each kind of fault, several at once, any phase of polls; from files too."""

import gzip
import json
from random import Random

import pytest
from breakage import KINDS, Fault, Noise, as_lines, drawn_faults, recording, truth_of
from causes_score import score
from fleets import Shape, as_toml, built, drawn_shape
from hypothesis import given, settings
from hypothesis import strategies as st

from noc_console.alarms.load import standard_conditions
from noc_console.inventory import load
from noc_console.readings import read_readings
from noc_console.replay import replay

CONDITIONS = standard_conditions()
SMALL = Shape(rows=2, racks=2, servers=2, gpus=4, branches=2, accesses=2, cells=1, bmcs=True, psus=True, ups=True)


def judged(fleet, faults, *, seed=0, seconds=1900.0, noise=None):
    results = recording(fleet, faults, seed=seed, seconds=seconds, noise=noise or Noise(lost=0.01, wrong=0.005))
    shown = replay(fleet.inventory, CONDITIONS, results, lambda: 0.0).as_object()
    truth = truth_of(fleet, faults)
    for fault in truth["faults"]:
        if fault.get("closes_by", 0.0) > 1.795e9 + seconds:
            del fault["closes_by"]
    return score(truth, shown)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_fault_is_named_called_once_and_ends(kind):
    rng = Random(kind)
    fleet = built(SMALL, rng)
    faults = drawn_faults(rng, fleet, 1, (kind,))
    assert faults
    assert judged(fleet, faults).wrong == []


@pytest.mark.parametrize("seed", range(6))
def test_several_faults_in_a_drawn_fleet_stay_several(seed):
    rng = Random(7000 + seed)
    fleet = built(drawn_shape(rng, most=45), rng)
    faults = drawn_faults(rng, fleet, 3)
    found = judged(fleet, faults, seed=seed)
    assert found.wrong == []
    assert found.calls == found.faults


@given(seed=st.integers(0, 10_000))
@settings(max_examples=6, deadline=None)
def test_the_phase_of_polls_changes_neither_the_causes_nor_the_calls(seed):
    fleet = built(Shape(rows=1, racks=2, servers=2, gpus=0, branches=1, accesses=2, cells=1), Random(1))
    leaf = next(i for i, link in enumerate(fleet.links) if link.b.device == "leaf-r1-01-1")
    faults = [
        Fault("dead", "access-11", 300, 800),
        Fault("rack-power", "r1-02", 320, 800),
        Fault("cut", leaf, 340, 800),
    ]
    assert judged(fleet, faults, seed=seed, seconds=1100, noise=Noise()).wrong == []


def test_a_cut_uplink_and_a_dead_spine_in_the_same_minute_are_two_calls():
    fleet = built(Shape(rows=1, racks=3, servers=1, gpus=0, branches=0, spines=3), Random(1))
    other = next(i for i, x in enumerate(fleet.links) if (x.a.device, x.b.device) == ("spine-2", "leaf-r1-02-1"))
    faults = [Fault("cut", other, 300, 800), Fault("dead", "spine-3", 340, 800)]
    assert judged(fleet, faults, seconds=1500, noise=Noise()).wrong == []


def test_a_case_written_to_files_is_judged_as_in_memory(tmp_path):
    rng = Random(3)
    fleet = built(SMALL, rng)
    faults = [Fault("rack-power", "r1-01", 300, 700), Fault("gpu-lost", "gpu-r2-02-1", 400, 9e9)]
    (tmp_path / "inventory.toml").write_text(as_toml(fleet.inventory))
    with gzip.open(tmp_path / "readings.jsonl.gz", "wt") as file:
        file.writelines(line + "\n" for line in as_lines(recording(fleet, faults, seconds=900)))
    inventory = load(tmp_path / "inventory.toml").or_raise()
    shown = replay(inventory, CONDITIONS, read_readings(tmp_path / "readings.jsonl.gz"), lambda: 0.0).as_object()
    names = [incident["root"].get("rack") or incident["root"]["device"] for incident in shown["incidents"]]
    assert names == ["r1-01", "gpu-r2-02-1"]
    assert json.dumps(shown)
