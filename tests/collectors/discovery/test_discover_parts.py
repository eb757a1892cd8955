"""Ranges, names, roles, cables and the drafted inventory, each by itself; and the two servers of Debian, for real."""

import contextlib
import ipaddress
import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.discovery.cabling import Cabling
from collectors.discovery.explorer import Host
from collectors.discovery.kinds import Names, role_of
from collectors.discovery.ranges import RangeMistake, addresses_of, is_within, networks_of
from collectors.snmp.found import Found, FoundPort
from main import main
from noc_console.inventory import load
from noc_console.inventory.draft import draft, write_new
from noc_console.model.discovery import Discovered, DiscoveredHost, DiscoveredLink, DiscoveryOrder, Unvisited
from noc_console.model.fleet import Credential, End, Inventory
from noc_console.model.poll import Neighbour
from tests.servers.snmpd import Snmpd, SnmpUser
from tests.servers.sshd import SshBed


def host(name, *ports, neighbours=(), chassis="", descr=""):
    found = Found(system={"sysName": name, "sysDescr": descr})
    found.ports = [
        FoundPort(component=p[0], index=b"", after=b"", if_index=n, names=p, columns=(), facts={}) for n, p in enumerate(ports, 1)
    ]
    found.neighbours = tuple(
        Neighbour(protocol=protocol, local_port=local, remote_host=far, remote_port=port, remote_address=address)
        for protocol, local, far, port, address in neighbours
    )
    return Host(address=f"127.0.0.{len(name)}", found=found, chassis=chassis)


def links(**hosts):
    found, unvisited = Cabling(hosts, {}).find()
    return {(f"{each.a.device}:{each.a.port}", f"{each.b.device}:{each.b.port}"): each for each in found}, unvisited


def test_ranges_are_spread_once_and_in_order():
    assert addresses_of(["192.0.2.0/30", "192.0.2.2-4, 192.0.2.9-192.0.2.10"]) == [
        f"192.0.2.{n}" for n in (1, 2, 3, 4, 9, 10)
    ]  # fmt: skip
    assert addresses_of(["::1", "192.0.2.1/32"]) == ["::1", "192.0.2.1"]
    assert is_within("192.0.2.7", networks_of(["192.0.2.0/24"]))
    assert not is_within("leaf-1", networks_of(["0.0.0.0/0"]))


@given(st.text(max_size=40))
def test_any_text_is_addresses_or_a_sentence(text):
    with contextlib.suppress(RangeMistake):
        found = addresses_of([text])
        assert [str(ipaddress.ip_address(each)) for each in found] == found


@given(st.lists(st.text(max_size=80), max_size=8))
def test_any_names_become_names_of_an_inventory_each_once(texts):
    names = Names(["leaf-1"])
    given_names = [names.give(text, "192.0.2.1") for text in texts]
    assert len({name.lower() for name in (*given_names, "leaf-1")}) == len(texts) + 1
    inventory = Inventory(credentials={"v": Credential(name="v", kind="snmp-v3", user="u")})
    hosts = tuple(
        DiscoveredHost(name=name, address="192.0.2.1", credential="v", sys_descr=text)
        for name, text in zip(given_names, texts, strict=False)
    )
    written = tomllib.loads(draft(Discovered(hosts=hosts), DiscoveryOrder(), inventory, 0.0))
    assert [each["name"] for each in written.get("devices", ())] == given_names


def test_a_cable_told_by_both_ends_in_different_spellings_is_one():
    told, _ = links(
        a=host("a.example", ("Eth1/1", "Ethernet1/1"), neighbours=[("cdp", "Ethernet1/1", "bb", "GigabitEthernet0/1", "")]),
        b=host("bb", ("Gi0/1", "GigabitEthernet0/1"), neighbours=[("lldp", "Gi0/1", "a.example", "Eth1/1", "")]),
    )
    assert list(told) == [("a:Eth1/1", "b:Gi0/1")]
    assert told["a:Eth1/1", "b:Gi0/1"].ends == 2


def test_a_far_port_told_by_an_address_is_found_by_what_the_far_end_tells():
    told, _ = links(
        a=host("a", ("Eth1",), ("Eth2",), neighbours=[("lldp", "Eth1", "bb", "02:00:00:00:00:07", "")]),
        b=host("bb", ("swp7",), ("swp8",), neighbours=[("lldp", "swp7", "a", "Eth1", "")]),
    )
    assert {ends: each.doubt for ends, each in told.items()} == {("a:Eth1", "b:swp7"): ""}


def test_a_far_port_that_nobody_knows_is_a_link_with_a_doubt():
    told, _ = links(
        a=host("a", ("Eth1",), neighbours=[("lldp", "Eth1", "02:aa:00:00:00:01", "uplink to a", "")]),
        b=host("bb", ("swp7",), chassis="02:aa:00:00:00:01"),
    )
    assert {ends: each.doubt for ends, each in told.items()} == {("a:Eth1", "b:uplink to a"): "far-port"}


def test_what_may_mean_two_devices_means_none_and_stations_are_no_cables():
    told, unvisited = links(
        a=host("sw", ("Eth1",), neighbours=[("lldp", "Eth1", "sw.b", "Eth9", ""), ("bridge", "Eth1", "02:00::01", "", "")]),
        b=host("sw.a", ("Eth1",)),
    )
    assert not told
    assert [each.host for each in unvisited] == ["sw.b"]


@pytest.mark.parametrize(
    ("name", "descr", "ports", "role"),
    [
        ("dc1-leaf-07", "", 48, "leaf"),
        ("sw1", "SONiC Software Version", 4, "access"),
        ("x", "Linux x 6.1.0", 2, "server"),
        ("u", "APC Smart-UPS 3000", 1, "ups"),
        ("p", "Rack PDU 2G", 1, "pdu"),
        ("", "", 24, "access"),
        ("", "", 1, "unknown"),
    ],
)
def test_a_role_is_guessed_from_what_a_device_says(name, descr, ports, role):
    assert role_of(host(name, *((f"p{n}",) for n in range(ports)), descr=descr).found, name) == role


def test_the_draft_is_an_inventory_whatever_a_device_calls_itself(tmp_path):
    inventory = Inventory(credentials={"v 3": Credential(name="v 3", kind="snmp-v3", user='u"x', auth="SHA", privacy="AES")})
    evil = 'x"\n[[devices]]\nname = "evil"'
    hosts = (
        DiscoveredHost(name="a", address="192.0.2.1", credential="v 3", role="leaf", sys_descr=evil, model=evil),
        DiscoveredHost(name="b", address="192.0.2.2", credential="v 3", profile="standard"),
        DiscoveredHost(name="c", address="192.0.2.3", refused=evil),
    )
    cable = DiscoveredLink(
        a=End(device="a", port=evil), b=End(device="b", port="é\x7f"), protocols=("lldp",), ends=1, doubt="far-port"
    )
    left = Unvisited(told_by=End(device="a", port="x"), host=evil, port=evil, address=evil, protocol="lldp")
    text = draft(Discovered(hosts=hosts, links=(cable,), unvisited=(left,)), DiscoveryOrder(), inventory, 0.0)
    write_new(tmp_path / "f.toml", text)
    loaded = load(tmp_path / "f.toml")
    assert list(tomllib.loads(text)["devices"]) == [
        {"name": "a", "address": "192.0.2.1", "role": "leaf", "collect": {"snmp": "v 3"}},
        {"name": "b", "address": "192.0.2.2", "role": "unknown", "collect": {"snmp": "v 3"}},
    ]
    assert loaded.mistakes == ()
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "f.toml", "other")


def test_a_credential_whose_range_is_none_is_a_mistake(tmp_path):
    (tmp_path / "i.toml").write_text('[credentials.c]\nkind = "snmp-v2c"\nranges = ["10.0.0.0/8", "everywhere"]\n')
    (mistake,) = load(tmp_path / "i.toml").mistakes
    assert '"everywhere" is no network' in str(mistake)


@pytest.mark.server
def test_a_real_snmpd_and_a_real_sshd_are_one_device_and_nobody_logs_in(tmp_path, monkeypatch, capsys):
    user = SnmpUser("noc", "SHA-256", privacy="AES")
    (tmp_path / "snmpd").mkdir()
    snmpd, bed = Snmpd(tmp_path / "snmpd", users=(user,)), SshBed(tmp_path / "ssh")
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("NOC_SECRET_V_AUTH", user.auth_passphrase)
    monkeypatch.setenv("NOC_SECRET_V_PRIVACY", user.privacy_passphrase)
    (tmp_path / "inventory.toml").write_text(
        '[credentials.v]\nkind = "snmp-v3"\nuser = "noc"\nauth = "SHA-256"\nprivacy = "AES"\n'
        '[credentials.s]\nkind = "ssh"\nuser = "root"\n'
    )
    try:
        snmpd.start()
        bed.start()
        out = tmp_path / "found.toml"
        ports = ["--port", str(snmpd.address[1]), "--ssh-port", str(bed.port)]
        status = main(["discover", "127.0.0.1", "127.0.0.9", *ports, "--credential", "v", "--credential", "s", "--out", str(out)])
        log = (tmp_path / "ssh" / "sshd.log").read_text()
    finally:
        bed.stop()
        snmpd.stop()
    told = json.loads(capsys.readouterr().out)
    assert status == 0
    (device,) = told["devices"]
    assert (device["name"], device["role"], device["credential"], device["ssh"]) == ("snmpd-under-test", "server", "v", "s")
    assert device["host_key"] == bed.fingerprint()
    assert not device["is_trusted"]
    assert bed.asked() == []
    assert "password" not in log
    assert "Accepted" not in log
    assert set(load(out).inventory.devices["snmpd-under-test"].collect) == {"snmp", "ssh"}
