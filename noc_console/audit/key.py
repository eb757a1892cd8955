"""The key of the audit chain: from the keyring, else the environment, else a file beside the database (0600).

It is looked for in this order; where there is none, one is made: in the keyring where there is one, else in the file.
"""

import hashlib
import os
import re
import secrets as random_secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from noc_console.secrets import NoKeyring

FILE = "audit.key"
CREDENTIAL, NAME = "audit", "key"
"""In the keyring `audit.key`, in the environment `NOC_SECRET_AUDIT_KEY`."""
OCTETS = 32


class Keyring(Protocol):
    """What is needed of `noc_console.secrets.Secrets`."""

    def get(self, credential: str, name: str) -> str | None:
        """The secret, or None."""

    def set(self, credential: str, name: str, value: str) -> None:
        """Keep a secret; NoKeyring if that cannot be."""

    def keyring_name(self) -> str:
        """What the keyring is called; empty if there is none."""


@dataclass(frozen=True, slots=True)
class AuditKey:
    """A key and where it is: `given` (keyring or environment) or `file`. Never shown."""

    octets: bytes
    place: str

    def __repr__(self) -> str:
        return f"AuditKey({self.name}, {self.place})"

    @property
    def name(self) -> str:
        """What tells it from another key, without telling anything of it."""
        return hashlib.sha256(b"noc-console audit key\0" + self.octets).hexdigest()[:16]


class BadKey(Exception):
    """There is a key that cannot be used; the text says which and what to do."""


def audit_key(
    keyring: Keyring | None, folder: Path, *, make: Callable[[int], bytes] | None = random_secrets.token_bytes
) -> AuditKey:
    """The key, made where there is none yet (`make` None: then BadKey). BadKey; OSError if the file cannot be written."""
    file = folder / FILE
    given = keyring.get(CREDENTIAL, NAME) if keyring is not None else None
    if given:
        return AuditKey(_octets(given, "the keyring, or NOC_SECRET_AUDIT_KEY"), "given")
    if file.exists():
        return AuditKey(_octets(_text_of(file), str(file)), "file")
    if make is None:
        raise BadKey(f"There is no key of the audit chain: not in the keyring, not in NOC_SECRET_AUDIT_KEY, not in {file}.")
    octets = make(OCTETS)
    if keyring is not None and keyring.keyring_name():
        try:
            keyring.set(CREDENTIAL, NAME, octets.hex())
        except NoKeyring:
            # Locked, or refused by a person: the file is the next place.
            return _written(file, octets)
        return AuditKey(octets, "given")
    return _written(file, octets)


def _written(file: Path, octets: bytes) -> AuditKey:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(octets.hex() + "\n")
        out.flush()
        os.fsync(out.fileno())
    return AuditKey(octets, "file")


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise BadKey(f"The key of the audit chain in {file} cannot be read ({error}): put it back from a copy.") from error


def _octets(text: str, place: str) -> bytes:
    text = text.strip()
    if not re.fullmatch(r"(?:[0-9a-fA-F]{2}){16,64}", text):
        raise BadKey(f"The key of the audit chain in {place} is none: 32 to 128 hexadecimal digits are needed.")
    return bytes.fromhex(text)
