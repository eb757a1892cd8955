"""How records are bound to each other: HMAC-SHA-256 over the one before and over this one (RFC 2104). Pure.

A record says what kind it is, which entry it is about, and the digest of that entry as it was written; so the chain can be
followed even where entries were purged by rule. A record's `number` counts from 1 without a gap; `about` is the entry's number,
0 where it is none; its `body` is what it says itself (JSON), empty for an entry: that stands in its own table.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

ENTRY, MAINTENANCE, PURGE, BEGIN, KEY, TAKEN = "entry", "maintenance", "purge", "begin", "key", "taken"
"""Kinds of records: an alarm's entry; a maintenance window as it became; entries that a rule purged; the beginning; a new key;
all entries from before the beginning are taken in."""

START = bytes(32)
"""Stands for the record before the first."""


_BLOCK = 64
"""Octets that SHA-256 takes at a time."""

_TOLD = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_APART = json.JSONEncoder(ensure_ascii=True, separators=("\n", ":")).encode


def _plain(value: object) -> object:
    """Numbers as SQLite gives them back, so that what was written and what is read are the same."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def digest(values: Iterable[object]) -> bytes:
    """Of the values of a row. TypeError or OverflowError for what no row of ours can hold."""
    return hashlib.sha256(_TOLD([_plain(value) for value in values]).encode()).digest()


def digests(rows: Sequence[Sequence[object]]) -> list[bytes]:
    """`digest` of each of these rows, all of one length: half the time, since their values are told in one go."""
    if not rows or not rows[0]:
        return [digest(row) for row in rows]
    width = len(rows[0])
    # No text has a line's end in it once it is told, so the values can be taken apart there.
    told = _APART([float(value) if type(value) is int else value for row in rows for value in row])[1:-1].split("\n")
    sha = hashlib.sha256
    return [sha(f"[{','.join(told[at : at + width])}]".encode()).digest() for at in range(0, len(told), width)]


class Binder:
    """Makes the codes that bind records, with one key: HMAC-SHA-256 whose key is taken in once."""

    def __init__(self, key: bytes) -> None:
        begun = hashlib.sha256(key).digest() if len(key) > _BLOCK else key
        begun = begun.ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(octet ^ 0x36 for octet in begun)).copy
        self._outer = hashlib.sha256(bytes(octet ^ 0x5C for octet in begun)).copy

    def mac(self, before: bytes, number: int, kind: str, about: int, noted: float, digest_: bytes) -> bytes:
        """What binds a record to all before it."""
        inner, outer = self._inner(), self._outer()
        inner.update(before + f"{number}|{kind}|{about}|{float(noted)!r}|".encode() + digest_)
        outer.update(inner.digest())
        return outer.digest()


def together(digests: Iterable[bytes]) -> str:
    """One digest of many, in their order: what a purge says of what it took away."""
    whole = hashlib.sha256()
    for each in digests:
        whole.update(each)
    return whole.hexdigest()
