"""Recordings through the monitor by the command, as a user does it."""

import argparse
import json
import re

import pytest
from monitor_bed import T0

from noc_console.commands import replay
from noc_console.model.poll import Event

INVENTORY = """
[[sites]]
name = "main"
title = "Main"

[[racks]]
name = "a01"
site = "main"

[[devices]]
name = "gpu-1"
address = "127.0.0.1"
role = "gpu-server"
rack = "a01"

[[devices]]
name = "leaf-1"
address = "127.0.0.2"
role = "leaf"
rack = "a01"

[[links]]
a = "leaf-1:Ethernet1"
b = "gpu-1:eth0"
"""


def value(at, device, component, metric, number, **more):
    return {"time": at, "device": device, "component": component, "metric": metric, "value": number, **more}


def story():
    """A link that fails and comes back, a GPU that gets hot and stays so, a server that goes silent."""
    for turn in range(20):
        at = T0 + 30 * turn
        yield value(at, "leaf-1", "", "reachable", 1)
        yield value(at, "leaf-1", "Ethernet1", "oper_status", 0 if 3 <= turn < 8 else 1)
        yield value(at, "leaf-1", "Ethernet2", "oper_status", 0)
        if turn >= 12:
            yield value(at + 1, "gpu-1", "", "reachable", 0, error="unreachable")
        else:
            yield value(at + 1, "gpu-1", "", "reachable", 1)
            yield value(at + 1, "gpu-1", "gpu0", "temperature_celsius", 88 if turn >= 5 else 50)
        if turn == 4:
            yield {"time": at + 2, "device": "gpu-1", "log": "NVRM: Xid (PCI:0000:17:00): 79, GPU has fallen off the bus."}


def parse_log(text):
    found = re.search(r"Xid \(PCI:(\S+)\): (\d+)", text)
    return Event(time=0, kind="xid", code=int(found[2]), pci_bus_id=found[1], severity="critical") if found else None


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path / "home"))
    (tmp_path / "inventory.toml").write_text(INVENTORY)
    (tmp_path / "readings.jsonl").write_text("\n".join(map(json.dumps, story())))
    return tmp_path


def run(folder, capsys, readings="readings.jsonl"):
    args = argparse.Namespace(
        recorded_inventory=folder / "inventory.toml", readings=folder / readings, data=None, json=True, parse_log=parse_log
    )
    status = replay.run(args)
    said = capsys.readouterr()
    return status, json.loads(said.out) if said.out else None, said.err


def test_a_recording_gives_its_alarms_incidents_and_load(recorded, capsys):
    status, said, errors = run(recorded, capsys)
    assert (status, errors) == (0, "")
    told = [
        (a["device"], a["component"], a["type"], a["severity"], a["raised"] - T0, a["cleared"] and a["cleared"] - T0)
        for a in said["alarms"]
    ]
    assert told == [
        ("leaf-1", "Ethernet1", "port-down", "major", 120, 240),
        ("gpu-1", "0000:17:00", "xid", "critical", 122, None),
        ("gpu-1", "gpu0", "temperature-high", "major", 181, None),
        ("gpu-1", "", "unreachable", "critical", 421, None),
    ]
    ends = [["leaf-1", "Ethernet1"], ["gpu-1", "eth0"]]
    port_down = next(i for i in said["incidents"] if 1 in i["alarms"])
    assert {name: port_down[name] for name in ("opened", "closed", "alarms", "root")} == {
        "opened": T0 + 120, "closed": T0 + 240, "alarms": [1],
        "root": {"kind": "link", "device": "leaf-1", "component": "Ethernet1", "ends": ends},
    }  # fmt: skip
    assert {i["root"]["kind"] for i in said["incidents"]} == {"link", "device"}
    assert [[t - a["raised"] for t in a["announced"]] for a in said["alarms"]] == [[5], [0], [0], [121]], (
        "held where it may have a cause; a host that went dark after its lost GPU may be rebooted for it, for three minutes"
    )
    load = said["load"]
    assert (load["calls"], load["alarms"], load["readings"]) == (4, 4, 20 * 3 + 12 * 2)
    assert load["seconds"] >= 0


def test_a_broken_line_is_one_sentence_and_status_one(recorded, capsys):
    with (recorded / "readings.jsonl").open("a") as file:
        file.write('\n{"time": 1')
    lines = len(list(story()))
    status, said, errors = run(recorded, capsys)
    assert (status, said) == (1, None)
    assert f"line {lines + 1}: is no JSON" in errors
    assert errors.count("\n") == 1


def test_a_wrong_inventory_a_wrong_condition_and_a_missing_file_are_told(recorded, capsys):
    assert run(recorded, capsys, "missing.jsonl")[0] == 1
    conditions = recorded / "home" / "conditions"
    conditions.mkdir(parents=True)
    (conditions / "own.toml").write_text("x = 1")
    status, _, errors = run(recorded, capsys)
    assert status == 0
    assert "own.toml:1: unknown key 'x'" in errors
    (recorded / "inventory.toml").write_text("[[devices]]\nname = 3")
    status, said, errors = run(recorded, capsys)
    assert (status, said) == (1, None)
    assert errors


def test_devices_that_the_inventory_does_not_have_are_left_out_and_named(recorded, capsys):
    with (recorded / "readings.jsonl").open("a") as file:
        file.write("\n" + json.dumps(value(T0 + 10_000, "stranger", "", "reachable", 1)))
    status, said, errors = run(recorded, capsys)
    assert status == 0
    assert len(said["alarms"]) == 4
    assert "1 devices that the inventory does not have were left out: stranger" in errors


FALSE_ONES = {"voltage-low", "state-bad", "bad-reply", "auth-failed", "source-silent", "collector-dead"}


@pytest.mark.recordings
@pytest.mark.parametrize("name", ["cooling-and-access", "rack-power-and-gpu", "three-at-once"])
def test_a_recorded_fleet_names_each_fault_and_clears_what_was_repaired(recordings, capsys, monkeypatch, tmp_path, name):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    folder = recordings / "scenarios" / name
    truth = json.loads((folder / "truth.json").read_text())
    status, said, _ = run(folder, capsys, "readings.jsonl.gz")
    assert status == 0
    involved = set()
    for fault in truth["faults"]:
        roots = {d for key in ("device", "or_device") for d in _listed(fault["root"].get(key))}
        involved |= roots | set(fault["symptoms"]) | set(fault["touches"])
        within = (fault["start"], fault["start"] + fault.get("within", 300))
        assert any(a["device"] in roots and within[0] <= a["raised"] <= within[1] for a in said["alarms"]), fault["kind"]
        if "closes_by" in fault:
            of_fault = [a for a in said["alarms"] if a["device"] in roots and a["raised"] >= fault["start"]]
            assert all(a["cleared"] is not None and a["cleared"] <= fault["closes_by"] for a in of_fault)
    assert {a["device"] for a in said["alarms"] if a["device"]} <= involved
    assert not {a["type"] for a in said["alarms"]} & FALSE_ONES


def _listed(names):
    return [names] if isinstance(names, str) else names or []
