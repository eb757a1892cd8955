"""How records are bound to each other: HMAC-SHA-256 over the one before and over this one (RFC 2104). Pure.

A record says what kind it is, which entry it is about, and the digest of that entry as it was written; so the chain can be
followed even where entries were purged by rule.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass

ENTRY, MAINTENANCE, PURGE, BEGIN, KEY = "entry", "maintenance", "purge", "begin", "key"
"""Kinds of records: an alarm's entry; a maintenance window as it became; entries that a rule purged; the beginning; a new key."""

START = bytes(32)
"""Stands for the record before the first."""


@dataclass(frozen=True, slots=True)
class Record:
    """One link of the chain. `number` counts from 1 without a gap; `about` is the entry's number, 0 where it is none.

    `body` is what the record says itself (JSON), empty for an entry: that stands in its own table.
    """

    number: int
    kind: str
    about: int
    noted: float
    digest: bytes
    body: str
    mac: bytes


def digest(values: Iterable[object]) -> bytes:
    """Of the values of a row: numbers as SQLite gives them back, so that what was written and what is read are the same."""
    plain = [float(v) if isinstance(v, int | float) and not isinstance(v, bool) else v for v in values]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=True, separators=(",", ":")).encode()).digest()


def mac(key: bytes, before: bytes, number: int, kind: str, about: int, noted: float, digest_: bytes) -> bytes:
    """What binds a record to all before it."""
    said = f"{number}|{kind}|{about}|{float(noted)!r}|".encode()
    return hmac.digest(key, before + said + digest_, "sha256")


def linked(key: bytes, before: bytes, number: int, kind: str, about: int, noted: float, digest_: bytes, body: str = "") -> Record:
    """The next record."""
    return Record(number, kind, about, noted, digest_, body, mac(key, before, number, kind, about, noted, digest_))


def together(digests: Iterable[bytes]) -> str:
    """One digest of many, in their order: what a purge says of what it took away."""
    whole = hashlib.sha256()
    for each in digests:
        whole.update(each)
    return whole.hexdigest()
