"""`noc-console probe --snmp`: the object, the exit status, and the one sentence."""

import io
import json
import os

import pytest

from collectors.commands.probe import WrongArguments, host_and_port
from main import main
from tests.servers.snmp_agent import Agent, AgentServer, sensor_objects, switch

KEYS = {"auth": "SHA-256", "auth_passphrase": "one passphrase", "privacy": "AES-256", "privacy_passphrase": "another one"}


@pytest.fixture(autouse=True)
def no_places_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def server():
    objects = switch(3, 1) | sensor_objects(2000, b"Fan 1", raw=5400, kind=10, precision=0)
    objects |= sensor_objects(2001, b"Broken", raw=1, status=3)
    objects["1.3.6.1.2.1.2.2.1.8.2"] = (2, 7)
    with AgentServer(Agent(objects), users={"noc": KEYS}) as running:
        yield running


def at(server):
    return f"127.0.0.1:{server.address[1]}"


def test_it_prints_the_object_of_the_format(server, capsys):
    assert main(["probe", "--snmp", at(server), "--community", "public"]) == 0
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert list(told) == ["system", "ports", "temperatures", "sensors", "links", "incomplete"]
    assert told["system"] == {
        "sysObjectID": "1.3.6.1.4.1.99999.1",
        "sysDescr": "Test switch",
        "sysName": "leaf-01",
        "profile": "standard",
    }
    assert told["ports"][1] == {
        "ifIndex": 2,
        "name": "Gi2",
        "names": ["Gi2", "GigabitEthernet2"],
        "alias": "",
        "oper": "lowerLayerDown",
        "admin": "up",
        "speed_bps": 1_000_000_000,
    }
    assert told["temperatures"] == [{"descr": "Inlet 1", "value": 20.1, "oid": "1.3.6.1.2.1.99.1.1.1.4.1001"}]
    assert told["sensors"] == [{"class": "fanspeed", "descr": "Fan 1", "value": 5400.0, "oid": "1.3.6.1.2.1.99.1.1.1.4.2000"}]
    assert told["links"][0] == {
        "protocol": "lldp",
        "local_ifIndex": 1,
        "local_port": "Gi1",
        "remote_host": "spine-1",
        "remote_port": "Ethernet7",
    }
    assert told["incomplete"] == []
    assert "community on the command line" in printed.err


def test_version_1(server, capsys):
    assert main(["probe", "--snmp", at(server), "--version", "1", "--community", "public"]) == 0
    assert len(json.loads(capsys.readouterr().out)["ports"]) == 3


def test_a_user_of_version_3_with_passphrases_from_the_environment(server, capsys, monkeypatch):
    monkeypatch.setenv("NOC_SECRET_PROBE_AUTH", "one passphrase")
    monkeypatch.setenv("NOC_SECRET_PROBE_PRIVACY", "another one")
    arguments = ["probe", "--snmp", at(server), "--v3-user", "noc", "--auth", "sha-256", "--privacy", "aes-256"]
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["system"]["sysName"] == "leaf-01"
    assert printed.err == ""
    assert "NOC_SECRET_PROBE_AUTH" not in os.environ


def test_a_wrong_passphrase_is_one_sentence(server, capsys, monkeypatch):
    monkeypatch.setenv("NOC_SECRET_PROBE_AUTH", "not that passphrase")
    assert main(["probe", "--snmp", at(server), "--v3-user", "noc", "--auth", "SHA-256"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert "not that passphrase" not in printed.err


def test_a_credential_of_the_inventory(server, capsys, monkeypatch, tmp_path):
    inventory = tmp_path / "inventory.toml"
    inventory.write_text('[credentials.lab]\nkind = "snmp-v2c"\n', encoding="utf-8")
    arguments = ["probe", "--snmp", at(server), "--credential", "lab", "--inventory", str(inventory)]
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert "noc-console secret set lab.community" in said
    assert "NOC_SECRET_LAB_COMMUNITY" in said
    monkeypatch.setenv("NOC_SECRET_LAB_COMMUNITY", "public")
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["system"]["sysName"] == "leaf-01"
    assert printed.err == ""
    assert main([*arguments[:3], "--credential", "nothing", *arguments[5:]]) == 2
    assert "nothing" in capsys.readouterr().err


def test_silence_is_status_1_and_mentions_the_community(server, capsys):
    assert main(["probe", "--snmp", at(server), "--community", "nonsense", "--timeout", "0.3"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "does not answer" in printed.err
    assert "wrong community" in printed.err


def test_a_community_that_cannot_be_sent_is_one_sentence_that_does_not_repeat_it(server, capsys):
    assert main(["probe", "--snmp", at(server), "--community", "top\udcffhidden"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "characters that cannot be sent" in said.err
    assert "hidden" not in said.err
    assert "Traceback" not in said.err


def test_what_it_found_is_printed_even_if_a_table_could_not_be_read(server, capsys):
    neighbours = (1, 0, 8802)

    def dying(message):
        from collectors.snmp import ber

        head = ber.read_message(message)
        pdu = ber.read_pdu_head(message, head.start, head.end)
        names = [ber.oid_numbers(name) for name, _, _ in ber.read_varbinds(message, pdu.start, pdu.end)]
        return [] if any(name[:3] == neighbours for name in names) else [message]

    server.change = dying
    assert main(["probe", "--snmp", at(server), "--community", "public", "--timeout", "3"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["incomplete"] == ["lldpRemTable: timed out"]
    assert len(told["ports"]) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["--snmp", "127.0.0.1"],
        ["--snmp", "127.0.0.1", "--community", "a", "--v3-user", "b"],
        ["--snmp", "127.0.0.1", "--community", "a", "--auth", "SHA"],
        ["--snmp", "127.0.0.1", "--v3-user", "b", "--privacy", "AES"],
        ["--snmp", "127.0.0.1", "--v3-user", "b", "--version", "1"],
        ["--snmp", "127.0.0.1:x", "--community", "a"],
        ["--snmp", "127.0.0.1", "--community", "a", "--timeout", "0"],
    ],
)
def test_arguments_that_do_not_go_together_are_status_2(arguments, capsys):
    assert main(["probe", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.strip()


def test_nobody_to_ask_for_a_passphrase_is_status_2(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["probe", "--snmp", "127.0.0.1", "--v3-user", "b", "--auth", "SHA"]) == 2
    assert "NOC_SECRET_PROBE_AUTH" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("switch", ("switch", 161)),
        ("switch:1161", ("switch", 1161)),
        ("::1", ("::1", 161)),
        ("[::1]:1161", ("::1", 1161)),
        ("[::1]", ("::1", 161)),
    ],
)
def test_hosts_and_ports(text, expected):
    assert host_and_port(text) == expected


@pytest.mark.parametrize("text", ["", ":161", "a:0", "a:65536", "a:", "[::1]x", "a:²"])
def test_no_hosts_and_ports(text):
    with pytest.raises(WrongArguments):
        host_and_port(text)
