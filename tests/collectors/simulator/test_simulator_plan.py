import tomllib
from collections import Counter
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from collectors.simulator.inventory_text import inventory_text
from collectors.simulator.layout import LEAST, make_plan
from collectors.simulator.plan import Plan

LOOPBACK = ip_network("127.0.0.0/8")


def test_default_fleet_has_what_its_description_promises(plan: Plan) -> None:
    roles = Counter(device.role for device in plan.devices)
    assert len(plan.devices) == 120
    assert roles["gpu-server"] == 40
    assert {"core", "spine", "leaf", "pdu", "cooling", "olt", "router", "access", "cell-site", "ups"} <= set(roles)
    assert [site.name for site in plan.sites] == ["hanoi", "seoul", "haiphong"]


@pytest.mark.parametrize("wanted", [60, 120, 300, 1000, 3000])
def test_a_fleet_has_the_size_that_was_asked_for(wanted: int) -> None:
    found = make_plan(wanted)
    assert len(found.devices) == wanted
    assert len([device for device in found.devices if device.gpu]) <= 240


def test_a_fleet_that_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        make_plan(LEAST - 1)


@pytest.mark.parametrize("wanted", [20, 120, 1000])
def test_no_two_devices_share_an_address_and_all_are_loopback(wanted: int) -> None:
    found = make_plan(wanted)
    addresses = [device.address for device in found.devices] + [
        device.bmc_address for device in found.devices if device.bmc_address
    ]
    assert len(set(addresses)) == len(addresses)
    assert all(ip_address(address) in LOOPBACK for address in addresses)


@pytest.mark.parametrize("wanted", [20, 120, 1000])
def test_every_cable_ends_at_two_ports_that_exist_and_are_on(wanted: int) -> None:
    found = make_plan(wanted)
    ports = {(device.name, port.name): port.admin_up for device in found.devices for port in device.ports}
    ends = [end for link in found.links for end in (link.a, link.b)]
    assert len(set(ends)) == len(ends)
    assert all(ports[end] for end in ends)


def test_switches_have_ports_that_are_off_and_ports_that_nobody_uses(plan: Plan) -> None:
    leaf = plan.of_role("leaf")[0]
    used = {end[1] for link in plan.links for end in (link.a, link.b) if end[0] == leaf.name}
    assert any(not port.admin_up for port in leaf.ports)
    assert any(port.admin_up and port.name not in used for port in leaf.ports)


def test_feeds_and_coolers_of_racks_are_devices_of_the_fleet(plan: Plan) -> None:
    names = {device.name for device in plan.devices}
    for rack in plan.racks:
        assert len(rack.power) == 2
        assert set(rack.power) | set(rack.cooling) <= names


def test_inventory_is_what_a_user_would_write(plan: Plan) -> None:
    found = tomllib.loads(inventory_text(plan, port=16161, key=Path("/somewhere/noc_key")))
    server = next(device for device in found["devices"] if device["name"] == "gpu-0001")
    assert server["collect"]["ssh"] == {"credential": "demo-servers", "port": 16161}
    assert server["collect"]["snmp"]["address"] != server["address"]
    assert found["credentials"]["demo-switches"]["kind"] == "snmp-v3"
    assert found["credentials"]["demo-servers"]["key"] == "/somewhere/noc_key"
    assert "community" not in str(found)
    assert {site["timezone"] for site in found["sites"]} == {"Asia/Ho_Chi_Minh", "Asia/Seoul"}
