"""Debian's snmpd as a fixture for tests: its own configuration in a folder, a free loopback port, ended by its process id."""

import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
STARTS_WITHIN_S = 10.0
AUTH_NAMES = {"MD5": "MD5", "SHA": "SHA", "SHA-224": "SHA-224", "SHA-256": "SHA-256", "SHA-384": "SHA-384", "SHA-512": "SHA-512"}
PRIVACY_NAMES = {name: name for name in ("DES", "AES", "AES-192", "AES-256")} | {
    "AES-192-CISCO": "AES192C",
    "AES-256-CISCO": "AES256C",
}


@dataclass(frozen=True)
class SnmpUser:
    """A user of version 3 with its algorithms and passphrases."""

    name: str
    auth: str = ""
    auth_passphrase: str = "auth passphrase"
    privacy: str = ""
    privacy_passphrase: str = "privacy passphrase"

    def lines(self) -> str:
        created = f"createUser {self.name}"
        if self.auth:
            created += f' {AUTH_NAMES[self.auth]} "{self.auth_passphrase}"'
        if self.privacy:
            created += f' {PRIVACY_NAMES[self.privacy]} "{self.privacy_passphrase}"'
        level = "priv" if self.privacy else "auth" if self.auth else "noauth"
        return f"{created}\nrouser {self.name} {level}\n"


def free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Snmpd:
    """`start()` returns when it answers; `stop()` ends it. `address` is (host, port); `community` may read everything."""

    folder: Path
    users: tuple[SnmpUser, ...] = ()
    community: str = "public"
    more: str = ""
    address: tuple[str, int] = ("127.0.0.1", 0)
    process: subprocess.Popen | None = field(default=None)

    def start(self) -> "Snmpd":
        if not self.address[1]:
            self.address = ("127.0.0.1", free_udp_port())
        conf = self.folder / "snmpd.conf"
        state = self.folder / "state"
        state.mkdir(exist_ok=True)
        users = "".join(user.lines() for user in self.users)
        conf.write_text(
            f"rocommunity {self.community}\nsysName snmpd-under-test\nsysLocation hall 1\nsysContact nobody\n{users}{self.more}\n"
        )
        program = shutil.which("snmpd", path=PATH)
        assert program, "snmpd is not installed"
        endpoint = f"udp:{self.address[0]}:{self.address[1]}"
        log = (self.folder / "snmpd.log").open("ab")
        self.process = subprocess.Popen(
            [program, "-f", "-Lo", "-C", "-c", str(conf), "-I", "-smux,agentx", endpoint],
            env={**os.environ, "SNMP_PERSISTENT_DIR": str(state), "MIBS": ""},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        self._wait()
        return self

    def _wait(self) -> None:
        """Until it answers a GET of sysUpTime.0."""
        request = bytes.fromhex("302902010104") + bytes((len(self.community),)) + self.community.encode()
        pdu = bytes.fromhex("a01c020401020304020100020100300e300c06082b060102010103000500")
        message = request[:1] + bytes((5 + len(self.community) + len(pdu),)) + request[2:] + pdu
        deadline = time.monotonic() + STARTS_WITHIN_S
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(0.05)
            asking.connect(self.address)
            while time.monotonic() < deadline:
                assert self.process is not None
                assert self.process.poll() is None, (self.folder / "snmpd.log").read_text()
                try:
                    asking.send(message)
                    if asking.recv(2000):
                        return
                except (TimeoutError, ConnectionRefusedError):
                    continue
        self.stop()
        raise AssertionError("snmpd does not answer: " + (self.folder / "snmpd.log").read_text())

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(3)
            self.process = None
