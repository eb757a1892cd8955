"""Each recording in `recordings/` gives what the JSON beside it says: this is how a profile is tested. See docs/profiles.md."""

import json
from pathlib import Path

import pytest

from collectors.snmp import ber
from main import main
from tests.servers.snmp_agent import Agent, AgentServer, switch
from tests.servers.snmprec import varbinds_of

FOLDER = Path(__file__).with_name("recordings")
RECORDINGS = sorted(FOLDER.glob("*.snmprec"))


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))


def probed(objects, capsys, *more):
    with AgentServer(Agent(objects)) as server:
        arguments = ["probe", "--snmp", f"127.0.0.1:{server.address[1]}", "--community", "public", *more]
        assert main(arguments) == 0
    return json.loads(capsys.readouterr().out)


def objects_of(file):
    return {ber.oid_text(name): (tag, value) for name, tag, value in varbinds_of(file)}


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda file: file.stem)
def test_a_recording_gives_what_is_written_beside_it(recording, capsys, tmp_path):
    expected, told = recording.with_suffix(".json"), probed(objects_of(recording), capsys)
    if not expected.is_file():
        told_file = tmp_path / expected.name
        told_file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"read {told_file}, and if it is right: cp {told_file} {expected}")
    assert told == json.loads(expected.read_text(encoding="utf-8"))


def test_what_is_recorded_is_what_the_device_has(tmp_path, capsys):
    odd = {
        "1.3.6.1.4.1.32473.1.0": (ber.OCTET_STRING, b"\x00\xff|\n"),
        "1.3.6.1.4.1.32473.2.0": (ber.IP_ADDRESS, bytes((192, 0, 2, 1))),
        "1.3.6.1.4.1.32473.3.0": (ber.COUNTER64, 2**60),
        "1.3.6.1.4.1.32473.4.0": (ber.OBJECT_IDENTIFIER, ber.oid("1.3.6.1.4.1.9")),
        "1.3.6.1.4.1.32473.5.0": (ber.INTEGER, -7),
    }
    objects = switch(3, 2) | odd
    file = tmp_path / "leaf.snmprec"
    told = probed(objects, capsys, "--record", str(file))
    assert told == {"recorded": len(objects), "file": str(file), "incomplete": []}
    assert objects_of(file) == objects
    assert probed(objects_of(file), capsys) == probed(objects, capsys)


def test_a_recording_that_cannot_be_written_is_one_sentence(tmp_path, capsys):
    with AgentServer(Agent(switch(1, 0))) as server:
        arguments = ["probe", "--snmp", f"127.0.0.1:{server.address[1]}", "--community", "public"]
        assert main([*arguments, "--record", str(tmp_path / "nowhere" / "x.snmprec")]) == 1
    assert "cannot be written" in capsys.readouterr().err
