"""Entries of the journal as JSON (`journalctl -o json`, `json-pretty`): the message and the two stamps of one line.

systemd, JOURNAL_EXPORT_FORMATS: every field is a string, or an array of octets where it is no UTF-8; stamps are microseconds.
"""

import re
from typing import NamedTuple

from collectors.parsers import json_text

MOST_STAMP = 20
"""Digits."""
_PRETTY = re.compile(r'\s{0,16}"MESSAGE" ?: ?(?=[\["])')


class Entry(NamedTuple):
    """One message. `uptime` : seconds since boot; `time` : UTC seconds; None where it is not told."""

    message: str
    uptime: float | None = None
    time: float | None = None


def entry_of(line: str) -> Entry | None:
    """The entry of a line; None if it is none."""
    if line[:1] == "{":
        fields = json_text.table(json_text.one(line))
        message = _text(fields.get("MESSAGE"))
        own = _seconds(fields.get("_SOURCE_MONOTONIC_TIMESTAMP"))
        uptime = _seconds(fields.get("__MONOTONIC_TIMESTAMP")) if own is None else own
        return Entry(message, uptime, _seconds(fields.get("__REALTIME_TIMESTAMP"))) if message else None
    pretty = _PRETTY.match(line)
    message = _text(json_text.one(line[pretty.end() :])) if pretty else ""
    return Entry(message) if message else None


def _text(field: object) -> str:
    if isinstance(field, list) and all(isinstance(octet, int) and 0 <= octet < 256 for octet in field):
        return bytes(field).decode("utf-8", "replace")
    return field if isinstance(field, str) else ""


def _seconds(field: object) -> float | None:
    known = isinstance(field, str) and field.isascii() and field.isdigit() and len(field) <= MOST_STAMP
    return int(str(field)) / 1e6 if known else None
