"""`probe --ssh`: one look at a server, as one JSON object."""

import argparse
import json
from pathlib import Path

import pytest

from collectors.commands import probe
from tests.servers import gpus
from tests.servers.sshd import SshBed

pytestmark = pytest.mark.server("sshd")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs the command: status, object, sentence."""
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path / "home"))

    def run(*words: str) -> tuple[int, dict, str]:
        parser = argparse.ArgumentParser()
        parser.add_argument("--inventory")
        parser.add_argument("--data")
        probe.add_arguments(parser)
        status = probe.run(parser.parse_args(words))
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else {}, err

    return run


def words(bed: SshBed) -> tuple[str, ...]:
    return ("--ssh", f"{bed.user}@127.0.0.1:{bed.port}", "--key", str(bed.key), "--known-hosts", str(bed.known_hosts))


def test_it_prints_what_parse_prints_with_the_system_beside_it(bed: SshBed, run) -> None:
    bed.says("kmsg", gpus.kmsg((7, 50.0, gpus.xid(gpus.Gpu(index=2), 79))))
    status, told, says = run(*words(bed))
    assert (status, says, told["incomplete"]) == (0, "", [])
    assert told["system"]["sysName"] == "gpu-0001"
    assert told["system"]["boot_id"]
    components = {component["component"]: component for component in told["components"]}
    assert components["gpu2"]["pci_bus_id"] == gpus.Gpu(index=2).bus_id
    assert {"component": "gpu5", "metric": "temperature_celsius", "value": 45} in told["readings"]
    assert {"component": "eth0", "metric": "in_octets_total", "value": 123456789} in told["readings"]
    assert [(event["kind"], event["xid"]) for event in told["events"]] == [("xid", 79)]


def test_what_cannot_be_read_is_incomplete(bed: SshBed, run) -> None:
    for kind in ("xml", "kmsg", "dmesg", "journal"):
        bed.does(kind, "deny")
    status, told, _ = run(*words(bed))
    assert status == 0
    assert {"component": "gpu5", "metric": "temperature_celsius", "value": 45} in told["readings"]
    assert len(told["incomplete"]) == 1
    assert told["incomplete"][0].startswith("kernel log: ")


def test_a_gate_that_allows_nothing_is_1(bed: SshBed, run) -> None:
    for kind in ("csv", "xml", "proc", "kmsg", "dmesg", "journal"):
        bed.does(kind, "deny")
    status, told, says = run(*words(bed))
    assert (status, told) == (1, {})
    assert says


def test_a_host_that_nobody_confirmed_is_1(bed: SshBed, run) -> None:
    bed.known_hosts.write_text("")
    status, told, says = run(*words(bed))
    assert (status, told) == (1, {})
    assert "trust" in says


def test_a_server_that_is_down_is_1(bed: SshBed, run) -> None:
    bed.stop()
    assert run(*words(bed))[0] == 1


@pytest.mark.parametrize(
    "some", [("--ssh", "127.0.0.1"), ("--ssh", "127.0.0.1", "--key", "/x"), ("--ssh", "u@h:0", "--key", "/x")]
)
def test_wrong_arguments_are_2(run, some: tuple[str, ...]) -> None:
    assert run(*some)[0] == 2
