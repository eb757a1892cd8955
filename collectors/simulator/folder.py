"""The fleet's folder: inventory, known_hosts, the poller's key, the server's key, where to reach the running fleet.

Everything in it belongs to a fleet on loopback; it is 0700 all the same, and its keys 0600. Passwords are not in it.
"""

import fcntl
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from noc_console.paths import make_private

CONTROL = "control.json"


class FleetRuns(Exception):
    """Another fleet runs in this folder."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Secrets:
    """Passphrases and communities of one run, handed over in the environment only. Never shown by repr."""

    auth: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    privacy: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    power: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    bmcs: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def environment(self) -> dict[str, str]:
        """As `noc_console.secrets` reads them."""
        return {
            "NOC_SECRET_DEMO_SWITCHES_AUTH": self.auth,
            "NOC_SECRET_DEMO_SWITCHES_PRIVACY": self.privacy,
            "NOC_SECRET_DEMO_POWER_COMMUNITY": self.power,
            "NOC_SECRET_DEMO_BMCS_COMMUNITY": self.bmcs,
        }


class Folder:
    """One fleet's folder, locked as long as it runs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        make_private(path)
        self.inventory = path / "inventory.toml"
        self.known_hosts = path / "known_hosts"
        self.user_key = path / "noc_key"
        self.host_key = path / "host_key"
        self._lock = os.open(path / "fleet.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise FleetRuns(f"a simulated fleet already runs in {path}") from None

    def close(self) -> None:
        """Nobody can reach the fleet any more; the folder is free."""
        (self.path / CONTROL).unlink(missing_ok=True)
        os.close(self._lock)

    def keys(self) -> tuple[str, str]:
        """Public keys (OpenSSH) of server and poller; made at the first run in this folder."""
        return _public(self.host_key), _public(self.user_key)

    def write_known_hosts(self, addresses: list[str], port: int, host_key: str) -> None:
        """The servers' key under each of their addresses."""
        lines = [f"[{address}]:{port} {host_key}\n" if port != 22 else f"{address} {host_key}\n" for address in addresses]
        write_private(self.known_hosts, "".join(lines))

    def write_control(self, port: int, token: str) -> None:
        """Where `control` finds the running fleet."""
        write_private(self.path / CONTROL, json.dumps({"port": port, "token": token, "pid": os.getpid()}))


def read_control(path: Path) -> dict[str, Any]:
    """What `write_control` wrote. FileNotFoundError if no fleet runs there."""
    found: dict[str, Any] = json.loads((path / CONTROL).read_text(encoding="utf-8"))
    return found


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, in one step."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)


def _public(path: Path) -> str:
    """Public half of a key file, which is made if it is not there."""
    if not path.exists():
        key = Ed25519PrivateKey.generate()
        write_private(path, key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode())
        public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
        write_private(path.with_name(f"{path.name}.pub"), f"{public}\n")
        return public
    return path.with_name(f"{path.name}.pub").read_text(encoding="utf-8").strip()
