"""What a device wrote as a number: one function for the look at a device, the careful and the quick way of a regular poll.

A text that is no number becomes a NaN whose payload tells which text it is: it is no value for a curve, and still a word that an
enumeration can know. IEEE 754 leaves these 51 bits to whoever makes the NaN; NumPy copies them unchanged.
"""

import re
import struct
from hashlib import blake2b

from collectors.snmp.ber import Value
from noc_console.profiles.profile import Raw

_QUIET_NAN = 0x7FF8 << 48
_NUMBER = re.compile(rb'[\s"]*([+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)(?=$|[\s%"()\x00A-Za-z\xb0\xb5\xc2-\xef])')
_HEX = re.compile(rb'[\s"]*0[xX]([0-9A-Fa-f]{1,16})(?![0-9A-Za-z])')
_AROUND = b' \t\r\n\x00"'
MOST_OCTETS = 256
"""Of a text that are looked at."""


def number(value: Value) -> float:
    """A value as a number; NaN for none.

    A text counts by the number that it begins with (`45.2 C`, `12,3`, `0x2A`, ` 7 %`); dates, times and addresses are none.
    """
    if isinstance(value, int | float):
        return float(value)
    if not value:
        return float("nan")
    if value.isdigit():
        return float(value)
    return _of_text(value[:MOST_OCTETS])


def _of_text(text: bytes) -> float:
    if found := _HEX.match(text):
        return float(int(found[1], 16))
    if found := _NUMBER.match(text):
        return float(found[1].replace(b",", b"."))
    return _coded(text)


def _coded(text: bytes) -> float:
    """The NaN of a text: upper and lower case, and what is around it, make no difference."""
    bare = text.strip(_AROUND).lower()
    if not bare:
        return float("nan")
    payload = int.from_bytes(blake2b(bare, digest_size=6).digest(), "big") or 1
    return float(struct.unpack(">d", struct.pack(">Q", _QUIET_NAN | payload))[0])


def number_of(raw: Raw) -> float:
    """The same for what a profile writes."""
    return number(raw.encode() if isinstance(raw, str) else raw)


def bits_of(code: float) -> int:
    """A number or a text's NaN as an integer that can be compared and sorted."""
    return int(struct.unpack(">q", struct.pack(">d", code))[0])
