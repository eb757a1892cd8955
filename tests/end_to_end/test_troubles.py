"""What goes wrong with single devices, against Debian's snmpd and sshd: each is one alarm, and the others are polled."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collectors.parsers.nvidia_smi_csv import FIELDS
from collectors.watch import Watch
from noc_console.feed import Feed
from noc_console.inventory import load
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.paths import Places
from noc_console.secrets import Secrets
from tests.servers import gpus
from tests.servers.snmpd import Snmpd
from tests.servers.sshd import SshBed

INTERVAL_S = 2.0
WITHIN_S = 25.0
THERE, SWAPPED = "127.0.0.1", "127.0.0.2"
ENVIRONMENT = {
    "NOC_SECRET_RIGHT_COMMUNITY": "public",
    "NOC_SECRET_WRONG_COMMUNITY": "not this one",
    "NOC_SECRET_STRANGER_AUTH": "auth of a stranger",
    "NOC_SECRET_STRANGER_PRIVACY": "privacy of a stranger",
}
CREDENTIALS = """
[credentials.right]
kind = "snmp-v2c"
[credentials.wrong]
kind = "snmp-v2c"
[credentials.missing]
kind = "snmp-v2c"
[credentials.stranger]
kind = "snmp-v3"
user = "stranger"
auth = "SHA-256"
privacy = "AES"
[credentials.servers]
kind = "ssh"
user = "{user}"
key = "{key}"
"""
DEVICE = """
[[devices]]
name = "{name}"
address = "{address}"
role = "{role}"
collect = {{ {protocol} = {{ credential = "{credential}", port = {port}, interval = {interval}, timeout = 1 }} }}
"""
EXPECTED = {
    ("sw-wrong", "unreachable", "", "timeout"),
    ("sw-missing", "credential-missing", "snmp", ""),
    ("sw-stranger", "auth-failed", "snmp", "unknown-user"),
    ("gpu-swapped", "host-key-changed", "ssh", ""),
}
"""Device, type, qualifier, reason (where it matters)."""

pytestmark = [pytest.mark.server("snmpd", "sshd", "ssh-keygen"), pytest.mark.slow]


@pytest.fixture
def snmpd(tmp_path: Path) -> Iterator[Snmpd]:
    folder = tmp_path / "snmpd"
    folder.mkdir()
    server = Snmpd(folder).start()
    yield server
    server.stop()


@pytest.fixture
def sshd(tmp_path: Path) -> Iterator[SshBed]:
    """One server under two addresses; under the second another host key is expected of it."""
    bed = SshBed(tmp_path / "sshd", addresses=(THERE, SWAPPED))
    bed.trust(SWAPPED, host_key="other")
    swapped = bed.known_hosts.read_text()
    bed.trust(THERE)
    bed.known_hosts.write_text(bed.known_hosts.read_text() + swapped)
    eight = gpus.eight()
    bed.says("xml", gpus.xml(eight))
    bed.says("csv", gpus.csv(eight, FIELDS))
    bed.start()
    yield bed
    bed.stop()


def inventory(snmpd: Snmpd, sshd: SshBed) -> str:
    asked = [(f"sw-{credential}", THERE, "leaf", "snmp", credential) for credential in ("right", "wrong", "missing", "stranger")]
    asked += [("gpu-there", THERE, "gpu-server", "ssh", "servers"), ("gpu-swapped", SWAPPED, "gpu-server", "ssh", "servers")]
    ports = {"snmp": snmpd.address[1], "ssh": sshd.port}
    devices = [
        DEVICE.format(
            name=name, address=address, role=role, protocol=protocol, credential=credential, port=ports[protocol],
            interval=INTERVAL_S,
        )
        for name, address, role, protocol, credential in asked
    ]  # fmt: skip
    return CREDENTIALS.format(user=sshd.user, key=sshd.key) + "".join(devices)


class Watched:
    """A watch and a mirror of it."""

    def __init__(self, home: Path, text: str) -> None:
        (home / "inventory.toml").write_text(text)
        places = Places.of({"NOC_CONSOLE_HOME": str(home)})
        secrets = Secrets(dict(ENVIRONMENT), open_keyring=lambda: None)
        self.watch = Watch(load(places.inventory).or_raise(), places, secrets, time.time)
        self.mirror = Mirror()
        self.feed: Feed = self.watch.feed()

    def look(self) -> None:
        snapshot, changes, _ = self.feed.take()
        if snapshot is not None:
            self.mirror.start(snapshot)
        for one in changes:
            self.mirror.apply(one)

    def alarms(self) -> list[Alarm]:
        return list(self.mirror.alarms.values())

    def told(self) -> set[tuple[str | None, str, str, object]]:
        wanted = {(device, kind): reason for device, kind, _, reason in EXPECTED}
        return {
            (a.device, a.type, a.qualifier, a.params.get("reason", "") if wanted.get((a.device, a.type)) else "")
            for a in self.alarms()
        }

    def answered(self, device: str, source: str) -> float:
        row = self.mirror.rows.get(device, {}).get(source)
        return row.time if row is not None else 0.0


def test_each_trouble_is_one_alarm_and_the_others_are_polled(snmpd: Snmpd, sshd: SshBed, tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "known_hosts").write_text(sshd.known_hosts.read_text())
    watched = Watched(home, inventory(snmpd, sshd))
    watched.watch.start()
    try:
        _until(watched, lambda: watched.told() >= EXPECTED)
        seen = time.time()
        # They go on for some intervals: nothing more is raised, nothing is raised again, and the well ones answer.
        _until(watched, lambda: watched.answered("sw-right", "snmp") > seen + 3 * INTERVAL_S)
        _until(watched, lambda: watched.answered("gpu-there", "ssh") > seen + 3 * INTERVAL_S)
        assert watched.told() == EXPECTED
        assert all(alarm.is_open and alarm.count == 1 for alarm in watched.alarms())
        assert {name: state.reachable for name, state in watched.mirror.devices.items()} == {
            "sw-right": True, "sw-wrong": False, "sw-missing": False, "sw-stranger": False,
            "gpu-there": True, "gpu-swapped": False,
        }  # fmt: skip
    finally:
        watched.watch.stop()
    kept = b"".join(path.read_bytes() for path in home.iterdir() if path.is_file())
    assert b"unknown-user" in kept
    assert not any(secret.encode() in kept for name, secret in ENVIRONMENT.items() if name != "NOC_SECRET_RIGHT_COMMUNITY")


def _until(watched: Watched, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_S
    while True:
        watched.look()
        if holds():
            return
        assert time.monotonic() < end, [(a.device, a.type, a.qualifier, dict(a.params)) for a in watched.alarms()]
        threading.Event().wait(0.02)
