"""The fleet asked by the console's own collectors: what the model knows arrives as readings."""

import random
import time
from queue import SimpleQueue

import pytest

from collectors.simulator.fleet import Fleet
from collectors.snmp.collector import SnmpCollector
from collectors.ssh.collector import SshCollector
from noc_console.inventory import load
from noc_console.model.poll import PollResult
from noc_console.secrets import Secrets

Results = dict[tuple[str, str], PollResult]


@pytest.fixture
def results(fleet: Fleet) -> Results:
    """The first answer of each source of each device."""
    loaded = load(fleet.folder.inventory)
    assert loaded.mistakes == ()
    assert loaded.inventory is not None
    secrets = Secrets(dict(fleet.secrets.environment()), open_keyring=lambda: None)
    inbox: SimpleQueue[object] = SimpleQueue()
    common = (loaded.inventory, secrets, inbox, time.time, random.Random(1), ())
    collectors = (SnmpCollector(*common), SshCollector(*common, known_hosts=fleet.folder.known_hosts))
    for collector in collectors:
        collector.start()
    found: Results = {}
    wanted = {(device.name, source) for device in fleet.world.plan.devices for source in _sources(device.has_ssh)}
    end = time.monotonic() + 25
    while not wanted <= set(found) and time.monotonic() < end:
        item = inbox.get(timeout=10)
        if isinstance(item, PollResult):
            found.setdefault((item.device, item.source), item)
    for collector in collectors:
        collector.stop()
    for collector in collectors:
        collector.join(5)
    assert wanted <= set(found), sorted(wanted - set(found))[:5]
    return found


def _sources(has_ssh: bool) -> tuple[str, ...]:
    return ("snmp", "snmp:inventory", "ssh", "ssh:full", "ssh:kernel") if has_ssh else ("snmp", "snmp:inventory")


def value(results: Results, device: str, source: str, component: str, metric: str) -> float:
    found = results[device, source]
    return float(found.values[found.layout.index[component, metric]])


@pytest.mark.slow
def test_every_source_of_every_device_is_read_whole(fleet: Fleet, results: Results) -> None:
    wrong = {key: (result.error, result.incomplete) for key, result in results.items() if result.error or result.incomplete}
    assert not wrong
    assert len(fleet.asked) == fleet.wanted
    # sensors, in base units
    assert 18 < value(results, "crac-1", "snmp", "Supply Air Temp", "temperature_celsius") < 21
    assert 700 < value(results, "crac-1", "snmp", "Fan", "fan_speed_rpm") < 1800
    assert 20 < value(results, "gpu-0001", "snmp", "Inlet Temp", "temperature_celsius") < 27
    assert 220 < value(results, "pdu-h1-a01-a", "snmp", "Inlet Voltage", "voltage_volts") < 240
    assert value(results, "pdu-h1-a01-a", "snmp", "Inlet Power", "power_watts") > 3000
    # ports
    assert value(results, "leaf-01", "snmp", "Ethernet1", "oper_status") == 1
    assert value(results, "leaf-01", "snmp", "Ethernet1", "speed_bits_per_second") == 100e9
    assert value(results, "leaf-01", "snmp", "Ethernet1", "in_octets_total") > 0
    assert value(results, "leaf-01", "snmp", "Ethernet32", "admin_status") == 0
    # servers
    assert 40 < value(results, "gpu-0001", "ssh", "gpu7", "temperature_celsius") < 80
    # neighbours
    heard = results["leaf-01", "snmp:inventory"].neighbours or ()
    assert ("Ethernet1", "gpu-0001", "eth0") in {(one.local_port, one.remote_host, one.remote_port) for one in heard}
    planned = {
        (link.b[1], *link.a) if link.b[0] == "leaf-01" else (link.a[1], *link.b)
        for link in fleet.world.plan.links
        if "leaf-01" in (link.a[0], link.b[0])
    }
    assert planned == {(one.local_port, one.remote_host, one.remote_port) for one in heard}
