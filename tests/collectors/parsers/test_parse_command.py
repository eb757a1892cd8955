import argparse
import io
import json
from pathlib import Path

import pytest

from collectors.commands import parse
from collectors.parsers.registry import PARSERS

RECORDINGS = Path(__file__).parents[1] / "recordings"


def run(*words):
    parser = argparse.ArgumentParser()
    parse.add_arguments(parser)
    return parse.run(parser.parse_args([str(word) for word in words]))


def test_the_object_is_the_one_of_the_formats(capsys):
    assert run("nvidia-smi-xml", RECORDINGS / "smi-old-driver.xml") == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["components", "readings", "events"]
    assert printed["components"][0] == {
        "component": "gpu0",
        "uuid": "GPU-aaaaaaaa-0000-0000-0000-000000000001",
        "pci_bus_id": "0000:8f:00",
        "product": "Tesla V100-PCIE-32GB",
        "serial": "0320000000017",
    }
    assert {"component": "gpu0", "metric": "temperature_celsius", "value": 71} in printed["readings"]
    reasons = [reading["value"] for reading in printed["readings"] if reading["metric"] == "throttle_reasons"]
    assert reasons == [["sw_power_cap", "hw_thermal_slowdown"]]


def test_events_have_every_key_of_the_formats(capsys):
    assert run("kernel-log", RECORDINGS / "kernel.log") == 0
    first = json.loads(capsys.readouterr().out)["events"][0]
    assert first == {
        "line": 1,
        "kind": "xid",
        "xid": 79,
        "pci_bus_id": "0000:8f:00",
        "pid": None,
        "name": None,
        "severity": "critical",
        "action": "reboot_then_rma",
        "text": "GPU has fallen off the bus.",
    }


def test_the_list_names_every_parser(capsys):
    assert run("--list") == 0
    assert [parser["name"] for parser in json.loads(capsys.readouterr().out)["parsers"]] == list(PARSERS)


def test_standard_input_is_read_too(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"10.5 2.0\n\xff")))
    assert run("proc-uptime", "-") == 0
    assert json.loads(capsys.readouterr().out)["readings"] == [{"component": "", "metric": "uptime_seconds", "value": 10.5}]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("nvidia-smi-xlm", "x"), 2, 'did you mean "nvidia-smi-xml"?'),
        (("kernel-log",), 2, "needs FILE"),
        ((), 2, "needs NAME and FILE"),
        (("kernel-log", RECORDINGS / "none"), 1, "cannot be read"),
        (("nvidia-smi-xml", RECORDINGS / "kernel.log"), 1, "a GPU does not answer the tool"),
        (("nvidia-smi-csv", RECORDINGS / "proc-stat"), 1, "this is not what this parser reads"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(capsys, words, status, says):
    assert run(*words) == status
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.err.count("\n") == 1
