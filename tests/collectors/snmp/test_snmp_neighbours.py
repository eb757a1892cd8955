"""Neighbours of every kind: LLDP in both editions, CDP, a vendor's own table, stations, peers."""

import pytest

from collectors.snmp import ber
from collectors.snmp.found import Found
from collectors.snmp.inventory import take_inventory
from noc_console.profiles.catalogue import Catalogue, own_catalogue, profile_of
from tests.collectors.snmp.talking import talk
from tests.servers.snmp_agent import Agent, port_objects, switch

REMOTE, LOCAL = "1.0.8802.1.1.2.1.4.1.1", "1.0.8802.1.1.2.1.3.7.1"
BASE_PORT = "1.3.6.1.2.1.17.1.4.1.2"
MAC = bytes.fromhex("02005e005301")


def bare(*ports):
    """A switch without neighbours, whose ports have these ifIndexes."""
    objects = {name: value for name, value in switch(0, 0).items() if not name.startswith("1.0.8802")}
    for port in ports:
        objects |= port_objects(port)
    return objects


def text(value):
    return ber.OCTET_STRING, value if isinstance(value, bytes) else value.encode()


def number(value):
    return ber.INTEGER, value


def lldp(local, *, chassis=(4, MAC), port=(5, b"Eth1"), descr=b"", name=b"sw2"):
    row = f"0.{local}.1"
    return {
        f"{REMOTE}.4.{row}": number(chassis[0]),
        f"{REMOTE}.5.{row}": text(chassis[1]),
        f"{REMOTE}.6.{row}": number(port[0]),
        f"{REMOTE}.7.{row}": text(port[1]),
        f"{REMOTE}.8.{row}": text(descr),
        f"{REMOTE}.9.{row}": text(name),
    }


def neighbours_of(objects, profile=""):
    found = Found()
    catalogue = own_catalogue()
    if profile:
        head = 'name = "acme"\ntitle = "A"\nwritten_from = ["ACME-MIB"]\nsys_descrs = ["Test"]\n'
        catalogue = Catalogue({**catalogue.profiles, "acme": profile_of(head + profile, "acme.toml")})
    talk(take_inventory(catalogue, found, has_bulk=True), Agent(objects))
    assert found.incomplete == []
    return found.neighbours or ()


def only(objects, profile=""):
    (neighbour,) = neighbours_of(objects, profile)
    return neighbour


@pytest.mark.parametrize(
    ("told", "host", "port"),
    [
        ({}, "sw2", "Eth1"),
        ({"name": b""}, "02:00:5e:00:53:01", "Eth1"),
        ({"name": b"", "chassis": (5, b"\x01\xc0\x00\x02\x07")}, "192.0.2.7", "Eth1"),
        ({"name": b"", "chassis": (7, b"box-7")}, "box-7", "Eth1"),
        ({"port": (3, MAC)}, "sw2", "02:00:5e:00:53:01"),
        ({"port": (3, MAC), "descr": b"eth0"}, "sw2", "eth0"),
        ({"port": (4, b"\x01\xc0\x00\x02\x07")}, "sw2", "192.0.2.7"),
        ({"port": (7, b"513"), "descr": b"ge-0/0/1"}, "sw2", "ge-0/0/1"),
        ({"port": (7, b"513")}, "sw2", "513"),
        ({"port": (1, b"uplink"), "descr": b"Gi0/1"}, "sw2", "uplink"),
    ],
)
def test_what_a_neighbour_calls_itself(told, host, port):
    neighbour = only(bare(1) | lldp(1, **told))
    assert (neighbour.protocol, neighbour.local_port, neighbour.local_if_index) == ("lldp", "Gi1", 1)
    assert (neighbour.remote_host, neighbour.remote_port) == (host, port)


@pytest.mark.parametrize(
    ("local", "if_index"),
    [
        ({}, None),
        ({f"{LOCAL}.2.7": number(5), f"{LOCAL}.3.7": text("Gi501")}, 501),
        ({f"{LOCAL}.2.7": number(7), f"{LOCAL}.3.7": text("502")}, 502),
        ({f"{LOCAL}.4.7": text("GigabitEthernet501")}, 501),
        ({f"{BASE_PORT}.7": number(502)}, 502),
    ],
)
def test_the_own_port_is_found_by_name_number_description_or_the_bridges_number(local, if_index):
    assert only(bare(501, 502) | lldp(7) | local).local_if_index == if_index


def test_the_address_that_a_neighbour_is_managed_by_is_told():
    objects = bare(1) | lldp(1) | {"1.0.8802.1.1.2.1.4.2.1.3.0.1.1.1.4.192.0.2.7": number(2)}
    assert only(objects).remote_address == "192.0.2.7"


def test_the_second_edition_of_lldp_is_read_where_the_first_is_not_there():
    table = "1.3.111.2.802.1.1.13.1.4.1.1"
    row = "5.2.1.9"
    second = {f"{table}.5.{row}": number(4), f"{table}.6.{row}": text(MAC), f"{table}.7.{row}": number(5)}
    second |= {f"{table}.8.{row}": text("Eth9"), f"{table}.9.{row}": text(""), f"{table}.10.{row}": text("sw9")}
    neighbour = only(bare(1, 2) | second)
    assert (neighbour.local_if_index, neighbour.remote_host, neighbour.remote_port) == (2, "sw9", "Eth9")
    assert only(bare(1, 2) | second | lldp(1)).remote_host == "sw2"


def test_cdp_is_asked_of_everybody():
    table, row = "1.3.6.1.4.1.9.9.23.1.2.1.1", "2.1"
    objects = {
        f"{table}.6.{row}": text("core.example.net"),
        f"{table}.7.{row}": text("Gi1/0/1"),
        f"{table}.8.{row}": text("C9300"),
    }
    neighbour = only(bare(1, 2) | objects | {f"{table}.4.{row}": text(bytes((192, 0, 2, 9)))})
    assert (neighbour.protocol, neighbour.local_if_index, neighbour.remote_host) == ("cdp", 2, "core.example.net")
    assert (neighbour.remote_port, neighbour.remote_platform, neighbour.remote_address) == ("Gi1/0/1", "C9300", "192.0.2.9")


def test_a_vendors_own_table_is_a_few_lines_of_a_profile():
    profile = """
        [[neighbour_tables]]
        name = "acmeNeighbourTable"
        mib = "ACME-MIB"
        protocol = "andp"
        base = "1.3.6.1.4.1.32473.9.1"
        port_name = [".2"]
        host = [".3"]
        remote_port = [".4"]
        where = { ".5" = [1] }
    """
    base = "1.3.6.1.4.1.32473.9.1"
    objects = {f"{base}.2.1": text("Gi2"), f"{base}.3.1": text("sw7"), f"{base}.4.1": text("p3"), f"{base}.5.1": number(1)}
    objects |= {f"{base}.2.2": text("Gi1"), f"{base}.3.2": text("gone"), f"{base}.4.2": text("p4"), f"{base}.5.2": number(2)}
    neighbour = only(bare(1, 2) | objects, profile)
    assert (neighbour.protocol, neighbour.local_if_index, neighbour.remote_host, neighbour.remote_port) == (
        "andp",
        2,
        "sw7",
        "p3",
    )


def station(address, port, *, status=3, vlan=None):
    dotted = ".".join(map(str, address))
    table, row = ("1.3.6.1.2.1.17.4.3.1", dotted) if vlan is None else ("1.3.6.1.2.1.17.7.1.2.2.1", f"{vlan}.{dotted}")
    return {f"{table}.2.{row}": number(port), f"{table}.3.{row}": number(status)}


def test_a_port_with_a_single_station_has_it_as_its_neighbour():
    first, second, third = (bytes((2, 0, 94, 0, 83, n)) for n in (1, 2, 3))
    objects = bare(10, 20, 30, 40) | {f"{BASE_PORT}.{n}": number(10 * n) for n in (1, 2, 3, 4)}
    objects |= station(first, 1) | station(first, 1, vlan=7)  # one station in two tables
    objects |= station(second, 2) | station(third, 2)  # two stations
    objects |= station(bytes((2, 0, 94, 0, 83, 9)), 3, status=4)  # the bridge itself
    objects |= station(bytes((2, 0, 94, 0, 83, 8)), 4) | lldp(40)  # LLDP tells who is there
    told = neighbours_of(objects)
    assert [(each.local_if_index, each.remote_host) for each in told if each.protocol == "bridge"] == [(10, "02:00:5e:00:53:01")]
    assert [each.local_if_index for each in told if each.protocol == "lldp"] == [40]


def test_peers_of_bgp_are_told_once_their_session_is_established():
    peers = "1.3.6.1.2.1.15.3.1"
    objects = {f"{peers}.2.192.0.2.1": number(6), f"{peers}.9.192.0.2.1": number(64500), f"{peers}.2.192.0.2.2": number(1)}
    neighbour = only(bare(1) | objects)
    assert (neighbour.protocol, neighbour.remote_address, neighbour.remote_platform) == ("bgp", "192.0.2.1", "AS64500")
    assert neighbour.local_port == ""
