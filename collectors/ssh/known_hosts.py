"""The console's own known_hosts file: who a server is, as a person confirmed it. Never the user's ~/.ssh file.

Lines `@cert-authority` are passed over: paramiko cannot check host certificates and refuses the whole file. A key that a line
`@revoked` holds is nobody's any more, whatever other lines say.
"""

import base64
import hashlib
import logging
import os
import tempfile
from pathlib import Path
from threading import Lock

import paramiko
from cryptography.exceptions import UnsupportedAlgorithm
from paramiko.hostkeys import HostKeyEntry, InvalidHostKey

from noc_console.paths import make_private

log = logging.getLogger(__name__)

_REVOKED = "@revoked "
HostKey = paramiko.PKey
Signature = tuple[int, int, int] | None
"""(inode, size, mtime in ns) of the file; None = there is none. Another one means: read anew."""


def entry_name(address: str, port: int) -> str:
    """How known_hosts names a server: the plain address at port 22, else `[address]:port` (sshd(8), SSH_KNOWN_HOSTS)."""
    return address if port == 22 else f"[{address}]:{port}"


def fingerprint(key: paramiko.PKey) -> str:
    """`SHA256:…` as ssh-keygen -l prints it: unpadded base64."""
    return fingerprint_of(key.asbytes())


def fingerprint_of(blob: bytes) -> str:
    """The same of a public key in its wire form (RFC 4253, 6.6)."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode("ascii").rstrip("=")


class KnownHosts:
    """The file, read again whenever it changed. Any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._read: Signature = (-1, -1, -1)
        self._entries: tuple[HostKeyEntry, ...] = ()
        self._revoked: frozenset[bytes] = frozenset()

    def signature(self) -> Signature:
        """Tells one state of the file from another."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def keys_of(self, address: str, port: int) -> dict[str, paramiko.PKey]:
        """Confirmed keys of a server by type (`ssh-ed25519`…); empty: nobody has confirmed one."""
        name = entry_name(address, port)
        keys = [entry.key for entry in self._current() if _names(entry, name)]
        return {key.get_name(): key for key in keys if key.asbytes() not in self._revoked}

    def _current(self) -> tuple[HostKeyEntry, ...]:
        with self._lock:
            now = self.signature()
            if now != self._read:
                self._entries = tuple(self._load())
                self._read = now
            return self._entries

    def _load(self) -> list[HostKeyEntry]:
        try:
            lines = self.path.read_text("utf-8", "replace").splitlines()
        except OSError:
            return []
        entries = []
        revoked = [_entry(line.strip()[len(_REVOKED) :]) for line in lines if line.strip().startswith(_REVOKED)]
        self._revoked = frozenset(entry.key.asbytes() for entry in revoked if entry is not None)
        for number, line in enumerate(lines, 1):
            entry = _entry(line)
            if entry is not None:
                entries.append(entry)
            elif line.strip() and line.strip()[0] not in "#@":
                log.warning("%s line %d is no host key: it is passed over", self.path, number)
        return entries

    def store(self, address: str, port: int, key: paramiko.PKey, *, replace: bool) -> None:
        """Add a confirmed key; with `replace` every other key of that server goes, and other servers on its lines stay.

        The file is replaced whole, or not at all.

        OSError if it cannot be written.
        """
        name = entry_name(address, port)
        lines = self.path.read_text("utf-8", "replace").splitlines() if self.path.exists() else []
        if replace:
            lines = [kept for line in lines if (kept := _without(line, name)) is not None]
        lines.append(f"{name} {key.get_name()} {key.get_base64()}")
        _write_whole(self.path, "\n".join(lines) + "\n")


def _entry(line: str) -> HostKeyEntry | None:
    """The host key of a line; None for one that has none, or one of a kind that cannot be checked."""
    line = line.strip()
    if not line or line[0] in "#@":
        return None
    try:
        return HostKeyEntry.from_line(line)
    except (InvalidHostKey, ValueError, IndexError, UnsupportedAlgorithm, paramiko.SSHException):
        return None


def _without(line: str, name: str) -> str | None:
    """The line without a server's name; None if no other is on it."""
    entry = _entry(line)
    if entry is None or not _names(entry, name):
        return line
    names, _, rest = line.strip().partition(" ")
    others = [each for each in names.split(",") if not _is_name(each, name)]
    return f"{','.join(others)} {rest}" if others else None


def _names(entry: HostKeyEntry, name: str) -> bool:
    return any(_is_name(known, name) for known in entry.hostnames)


def _is_name(known: str, name: str) -> bool:
    if known == name:
        return True
    return known.startswith("|1|") and not name.startswith("|1|") and paramiko.HostKeys.hash_host(name, known) == known


def _write_whole(path: Path, text: str) -> None:
    """Beside it, synced, then renamed over it: a crash leaves the old file or the new one."""
    make_private(path.parent)
    handle, beside = tempfile.mkstemp(prefix=".known_hosts-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
