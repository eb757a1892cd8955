"""Debian's snmpd (v3 authPriv) and sshd (a gate that prints an 8-GPU server) in one inventory, in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.parsers.nvidia_smi_csv import FIELDS
from tests.end_to_end.program import Window, open_alarm
from tests.servers import gpus
from tests.servers.snmpd import Snmpd, SnmpUser
from tests.servers.sshd import SshBed

INTERVAL_S = 4
WITHIN_S = INTERVAL_S + 15
USER = SnmpUser(
    "noc", auth="SHA-256", privacy="AES", auth_passphrase="auth of the test", privacy_passphrase="privacy of the test"
)
SECRETS = {"NOC_SECRET_SWITCHES_AUTH": USER.auth_passphrase, "NOC_SECRET_SWITCHES_PRIVACY": USER.privacy_passphrase}
INVENTORY = """
[credentials.switches]
kind = "snmp-v3"
user = "noc"
auth = "SHA-256"
privacy = "AES"

[credentials.servers]
kind = "ssh"
user = "{ssh_user}"
key = "{key}"

[[devices]]
name = "leaf-01"
address = "127.0.0.1"
role = "leaf"
collect = {{ snmp = {{ credential = "switches", port = {snmp_port}, interval = {interval} }} }}

[[devices]]
name = "gpu-0001"
address = "127.0.0.1"
role = "gpu-server"
collect = {{ ssh = {{ credential = "servers", port = {ssh_port}, interval = {interval} }} }}
"""

pytestmark = [pytest.mark.server("snmpd", "sshd", "ssh-keygen"), pytest.mark.slow]


@pytest.fixture
def snmpd(tmp_path: Path) -> Iterator[Snmpd]:
    folder = tmp_path / "snmpd"
    folder.mkdir()
    server = Snmpd(folder, users=(USER,)).start()
    yield server
    server.stop()


@pytest.fixture
def sshd(tmp_path: Path) -> Iterator[SshBed]:
    bed = SshBed(tmp_path / "sshd")
    eight = gpus.eight()
    bed.says("xml", gpus.xml(eight))
    bed.says("csv", gpus.csv(eight, FIELDS))
    bed.start()
    yield bed
    bed.stop()


def test_both_show_and_each_is_called_unreachable_when_it_stops_and_cleared_when_it_is_back(
    snmpd: Snmpd, sshd: SshBed, tmp_path: Path
):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "inventory.toml").write_text(
        INVENTORY.format(snmp_port=snmpd.address[1], ssh_port=sshd.port, ssh_user=sshd.user, key=sshd.key, interval=INTERVAL_S)
    )
    (home / "known_hosts").write_text(sshd.known_hosts.read_text())
    window = Window("console", "--traps", "off", home=home, environment=SECRETS)
    try:
        state = window.until(lambda s: s["devices"] == {"leaf-01": True, "gpu-0001": True}, 20, "both answer")
        state = window.until(lambda s: "gpu7/ecc_corrected_total" in s["rows"]["gpu-0001"], 10, "the slow facts of 8 GPUs")
        leaf, server = state["rows"]["leaf-01"], state["rows"]["gpu-0001"]
        assert leaf["lo/oper_status"] == 1
        assert leaf["/uptime_seconds"] >= 0
        assert {key for key in server if key.endswith("/temperature_celsius")} >= {
            f"gpu{n}/temperature_celsius" for n in range(8)
        }
        assert server["/memory_total_bytes"] == 2113929216 * 1024
        assert state["alarms"] == []

        for stop, start, device in ((snmpd.stop, snmpd.start, "leaf-01"), (sshd.stop, sshd.start, "gpu-0001")):
            stop()
            window.until(lambda s, d=device: open_alarm(s, device=d, kind="unreachable"), WITHIN_S, f"{device} is unreachable")
            start()
            window.until(
                lambda s, d=device: s["devices"][d] and not open_alarm(s, device=d, kind="unreachable"), 40, f"{device} is back"
            )
        assert window.close() == 0
        assert window.said == []
    finally:
        window.end()
