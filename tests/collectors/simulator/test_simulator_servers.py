"""The fleet on its sockets, asked by programs that are not ours: Debian's snmp tools, a plain paramiko client."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import paramiko
import pytest

from collectors.simulator import control
from collectors.simulator.fleet import Fleet, NoPort
from collectors.simulator.folder import FleetRuns, Folder
from collectors.simulator.remote import Remote

MAIN = Path(__file__).resolve().parents[3] / "main.py"
QUIET = {**os.environ, "MIBS": "", "SNMPCONFPATH": "/nonexistent"}


def wait_until(is_so: Callable[[], object], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


def snmp(fleet: Fleet, tool: str, device: str, *words: str) -> str:
    found = fleet.world.device[device]
    if found.snmp == "switches":
        user = [
            "-v3",
            "-u",
            "noc",
            "-l",
            "authPriv",
            "-a",
            "SHA-256",
            "-A",
            fleet.secrets.auth,
            "-x",
            "AES",
            "-X",
            fleet.secrets.privacy,
        ]
    else:
        user = ["-v2c", "-c", fleet.secrets.power if found.snmp == "power" else fleet.secrets.bmcs]
    words = ("-On", "-r1", "-t2", f"{found.snmp_address}:{fleet.port}", *words)
    done = subprocess.run([tool, *user, *words], capture_output=True, text=True, env=QUIET, check=False, timeout=20)
    return done.stdout + done.stderr


@pytest.fixture
def client(fleet: Fleet) -> Any:
    found = paramiko.SSHClient()
    found.load_host_keys(str(fleet.folder.known_hosts))
    found.set_missing_host_key_policy(paramiko.RejectPolicy())
    yield found
    found.close()


def connect(client: paramiko.SSHClient, fleet: Fleet, server: str = "gpu-0001", user: str = "noc", key: str = "") -> None:
    pkey = paramiko.Ed25519Key.from_private_key_file(key or str(fleet.folder.user_key))
    address = fleet.world.device[server].address
    client.connect(address, fleet.port, user, pkey=pkey, allow_agent=False, look_for_keys=False, timeout=5)


def output(client: paramiko.SSHClient, line: str) -> str:
    _, out, _ = client.exec_command(line, timeout=5)
    text = out.read().decode()
    assert out.channel.recv_exit_status() == 0
    return text


@pytest.mark.server("snmpwalk", "snmpbulkwalk", "snmpget")
@pytest.mark.parametrize(("device", "least"), [("leaf-01", 1200), ("crac-1", 100), ("gpu-0001", 150)])
def test_debians_tools_walk_an_agent_whole_and_in_order(fleet: Fleet, device: str, least: int) -> None:
    one, many = snmp(fleet, "snmpwalk", device, "1"), snmp(fleet, "snmpbulkwalk", device, "1")
    names = [line.split(" = ")[0] for line in many.splitlines() if line.startswith(".1")]
    assert len(names) >= least
    assert "not increasing" not in many
    assert names == [line.split(" = ")[0] for line in one.splitlines() if line.startswith(".1")]
    assert "No more variables" in many.splitlines()[-1]


@pytest.mark.server("snmpget")
def test_a_64_bit_counter_counts_with_the_traffic(fleet: Fleet) -> None:
    def octets() -> int:
        return int(snmp(fleet, "snmpget", "leaf-01", "-Oqv", "1.3.6.1.2.1.31.1.1.1.6.1"))

    first = octets()
    wait_until(lambda: octets() > first)
    assert first > 2**32


@pytest.mark.server("snmpget")
def test_a_wrong_passphrase_and_an_unknown_user_are_told_by_a_report(fleet: Fleet) -> None:
    wrong = snmp(fleet, "snmpget", "leaf-01", "-A", "not-the-right-one", "1.3.6.1.2.1.1.5.0")
    assert "Authentication failure" in wrong
    assert "Unknown user name" in snmp(fleet, "snmpget", "leaf-01", "-u", "somebody", "1.3.6.1.2.1.1.5.0")


@pytest.mark.server("snmpget")
def test_what_is_down_does_not_answer_and_what_is_repaired_does(fleet: Fleet) -> None:
    control.begin(fleet.folder.path, "rack-power")
    assert "Timeout" in snmp(fleet, "snmpget", "leaf-01", "-r0", "-t1", "1.3.6.1.2.1.1.3.0") or fleet.world.answers(
        "leaf-01", "snmp"
    )
    dark = next(name for name in fleet.world.device if not fleet.world.answers(name, "snmp"))
    assert "Timeout" in snmp(fleet, "snmpget", dark, "-r0", "-t0.3", "1.3.6.1.2.1.1.3.0")
    control.repair(fleet.folder.path)
    fleet.world.hosts[dark].returns = 0.0
    wait_until(lambda: fleet.world.answers(dark, "snmp"))
    assert "Timeticks" in snmp(fleet, "snmpget", dark, "1.3.6.1.2.1.1.3.0")


def test_ssh_lets_in_the_right_key_only_and_runs_many_commands_on_one_connection(
    fleet: Fleet, client: Any, tmp_path: Path
) -> None:
    stranger = Folder(tmp_path / "other")
    stranger.keys()
    for wrong in ({"key": str(stranger.user_key)}, {"user": "root"}):
        refused = paramiko.SSHClient()
        refused.load_host_keys(str(fleet.folder.known_hosts))
        with pytest.raises(paramiko.AuthenticationException):
            connect(refused, fleet, **wrong)
        refused.close()
    stranger.close()
    connect(client, fleet)
    client.get_transport().sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    assert output(client, "hostname") == "gpu-0001\n"
    assert output(client, "nvidia-smi -q -x").endswith("</nvidia_smi_log>\n")
    for _ in range(60):
        assert output(client, "cat /proc/sys/kernel/hostname") == "gpu-0001\n"
    assert ("gpu-0001", "ssh") in fleet.asked


def test_a_server_that_goes_down_cuts_its_connections_and_refuses_new_ones(fleet: Fleet, client: Any) -> None:
    connect(client, fleet)
    transport = client.get_transport()
    fleet.world.fail(*fleet.world.rack[fleet.world.device["gpu-0001"].rack or ""].power)
    wait_until(lambda: not transport.is_active())
    wait_until(lambda: "gpu-0001" not in fleet.listeners)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((fleet.world.device["gpu-0001"].address, fleet.port), 1).close()
    fleet.world.restore(*fleet.world.rack[fleet.world.device["gpu-0001"].rack or ""].power)
    fleet.world.hosts["gpu-0001"].returns = 0.0
    wait_until(lambda: "gpu-0001" in fleet.listeners or _hurry(fleet))
    again = paramiko.SSHClient()
    again.load_host_keys(str(fleet.folder.known_hosts))
    connect(again, fleet)
    again.close()


def _hurry(fleet: Fleet) -> bool:
    """Let everything start at the next second."""
    for host in fleet.world.hosts.values():
        if host.returns is not None:
            host.returns = 0.0
    return False


def test_the_folder_keeps_its_secrets_to_its_owner_and_passwords_out_of_files(fleet: Fleet) -> None:
    path = fleet.folder.path
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    for name in ("noc_key", "host_key", "control.json"):
        assert stat.S_IMODE((path / name).stat().st_mode) == 0o600
    for secret in fleet.secrets.environment().values():
        assert not any(secret in file.read_text(encoding="utf-8", errors="replace") for file in path.iterdir() if file.is_file())
        assert secret not in repr(fleet.secrets)


def test_a_second_fleet_in_the_same_folder_is_refused_and_another_takes_another_port(fleet: Fleet, tmp_path: Path) -> None:
    from collectors.simulator.layout import make_plan

    with pytest.raises(FleetRuns, match="already runs"):
        Folder(fleet.folder.path)
    other = Fleet(make_plan(20), Folder(tmp_path / "another"))
    assert other.port != fleet.port
    other.close()


def test_a_port_that_was_asked_for_and_is_taken_is_refused(fleet: Fleet, tmp_path: Path) -> None:
    from collectors.simulator.layout import make_plan

    with closing(Folder(tmp_path / "another")) as folder, pytest.raises(NoPort, match=str(fleet.port)):
        Fleet(make_plan(20), folder, port=fleet.port)


def test_control_needs_the_token(fleet: Fleet) -> None:
    path = fleet.folder.path / "control.json"
    found = json.loads(path.read_text())
    path.write_text(json.dumps({**found, "token": "guess"}))
    with pytest.raises(control.Refused, match="token"):
        control.repair(fleet.folder.path)


def test_control_tells_what_is_wrong(fleet: Fleet, tmp_path: Path) -> None:
    with pytest.raises(control.Refused, match="meteorite"):
        control.begin(fleet.folder.path, "meteorite")
    with pytest.raises(control.NoFleet, match="no simulated fleet"):
        control.status(tmp_path)


def test_control_survives_what_is_no_request(fleet: Fleet) -> None:
    for line in (b"", b"\n", b"[1]\n", b"{\n", b'{"token": 3}\n', b"\xff\n", '{"token": "é"}\n'.encode(), b"[" * 9999 + b"\n"):
        with socket.create_connection(("127.0.0.1", fleet.control.port), 2) as connection:
            connection.sendall(line)
            connection.shutdown(socket.SHUT_WR)
            connection.recv(1000)
    assert control.status(fleet.folder.path)["devices"] == len(fleet.world.plan.devices)


def test_a_remote_follows_the_fleet_without_blocking(fleet: Fleet) -> None:
    remote = Remote(fleet.folder.path)
    try:
        wait_until(lambda: "one-feed" in remote.list())
        assert (remote.name, remote.begun) == ("", None)
        remote.begin("one-feed")
        wait_until(lambda: remote.name == "one-feed")
        assert remote.begun is not None
        remote.repair()
        wait_until(lambda: remote.name == "")
    finally:
        remote.close()


def start(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(MAIN), "simulate", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def simulate(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(MAIN), "simulate", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_the_command_is_ready_soon_is_repaired_from_elsewhere_and_ends_with_sigterm(tmp_path: Path) -> None:
    begun = time.monotonic()
    process = start("--folder", str(tmp_path / "f"), "--scenario", "one-feed")
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        took = time.monotonic() - begun
        assert set(ready) >= {"inventory", "known_hosts", "environment", "port"}
        assert took < 3.0
        status = json.loads(simulate("--status", "--folder", str(tmp_path / "f")).stdout)
        assert status["waiting"] == "one-feed"
        assert json.loads(simulate("--scenario", "spine-lost", "--folder", str(tmp_path / "f")).stdout)["active"]
        assert json.loads(simulate("--repair", "--folder", str(tmp_path / "f")).stdout)["repaired"] == ["spine-lost"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    finally:
        process.kill()
        process.communicate()
    assert not (tmp_path / "f" / "control.json").exists()


def test_the_command_ends_with_its_parent(tmp_path: Path) -> None:
    folder = str(tmp_path / "f")
    code = (
        "import subprocess,sys;"
        f"p=subprocess.Popen([sys.executable,{str(MAIN)!r},'simulate','--devices','20','--with-parent','--folder',{folder!r}],"
        "stdout=subprocess.PIPE);p.stdout.readline();print(p.pid)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    child = int(done.stdout)
    wait_until(lambda: not (tmp_path / "f" / "control.json").exists())
    wait_until(lambda: _ended(child))


def _ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("--scenario", "meteorite"), 2, "there is no scenario"),
        (("--devices", "3"), 2, "at least"),
        (("--port", "70000"), 2, "ports go from 1 to 65535"),
        (("--repair",), 1, "no simulated fleet runs"),
    ],
)
def test_wrong_arguments_get_one_sentence(tmp_path: Path, words: tuple[str, ...], status: int, says: str) -> None:
    done = simulate(*words, "--folder", str(tmp_path / "f"))
    assert done.returncode == status
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not done.stdout
