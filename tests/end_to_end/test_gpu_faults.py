"""Each fault of a simulated GPU raises exactly its own alarm, and clears; nothing is raised on a fleet that is well."""

import pytest
from simulated_servers import BMC, INTERVAL, Servers

from collectors.simulator.scenarios import SCENARIOS

SMALL = 30
"""Devices; about eight GPU servers."""


@pytest.fixture
def servers():
    made = Servers(SMALL)
    made.run(30)
    return made


def test_a_fleet_that_is_well_raises_nothing_for_ten_minutes():
    servers = Servers(SMALL)
    servers.run(600)
    assert servers.told() == set()


@pytest.mark.parametrize(
    ("name", "type_", "qualifier", "within"),
    [
        ("row-remap", "row-remap", "pending", 2 * INTERVAL),
        ("ecc", "ecc-errors", "uncorrected", 2 * INTERVAL),
        ("throttle-power", "gpu-throttled", "power", 2 * INTERVAL + 5),
        ("pcie-narrow", "pcie-degraded", "width", 2 * INTERVAL),
        ("nvlink-errors", "nvlink-errors", "crc", 2 * INTERVAL),
    ],
)
def test_a_fault_raises_its_own_alarm_within_two_intervals_and_clears(servers, name, type_, qualifier, within):
    device, _, gpu = SCENARIOS[name].target(servers.world).partition(":")
    servers.servers = (device,)  # the others have their calm in the test above
    servers.stage.begin(name)
    servers.run(within)
    assert servers.told() == {(device, gpu, type_, qualifier)}
    servers.run(120)
    assert servers.told() == {(device, gpu, type_, qualifier)}
    servers.stage.repair()
    servers.run(320 if name == "nvlink-errors" else 120)
    assert servers.open() == []
    assert servers.told() == {(device, gpu, type_, qualifier)}


def test_a_choked_server_is_told_by_its_thermal_resistance_before_anything_is_too_hot(servers):
    servers.run(150)
    device = SCENARIOS["clogged-fan"].target(servers.world)
    servers.stage.begin("clogged-fan")
    servers.run(200)
    assert servers.told() == {(device, "", "cooling-poor", "")}
    assert not servers.world.physics.slowed.any()
    servers.stage.repair()
    servers.run(180 + BMC)
    assert servers.open() == []


def test_an_nvlink_that_counts_errors_calls_somebody_once_and_within_a_minute(servers):
    servers.stage.begin("nvlink-errors")
    servers.run(60)
    (alarm,) = servers.open()
    assert alarm.severity.calls
    servers.run(60)
    assert servers.monitor.book.calls == 1
