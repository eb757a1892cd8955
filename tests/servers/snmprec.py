"""Recordings of devices (`*.snmprec`: one line per object, `OID|type|value`) as objects of an agent."""

from pathlib import Path

from collectors.snmp import ber
from collectors.snmp.ber import VarBind

MOST_VALUE = 1_000
"""Octets of a value; some recordings hold whole files."""


def varbinds_of(file: Path) -> list[VarBind]:
    """What a recording holds, in its order; lines that are masked or of a type that SNMP has not are left out."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [varbind for line in lines if (varbind := _varbind(line)) is not None]


def _varbind(line: str) -> VarBind | None:
    try:
        name, kind, text = line.split("|", 2)
        tag = int(kind.rstrip("xe"))
        return ber.oid(name), tag, _value(tag, bytes.fromhex(text) if kind.endswith("x") else text)
    except ValueError:
        return None


def _value(tag: int, text: str | bytes) -> ber.Value:
    if tag == ber.NULL:
        return None
    if tag == ber.OBJECT_IDENTIFIER:
        return ber.oid(str(text))
    if tag == ber.IP_ADDRESS and isinstance(text, str):
        return bytes(int(part) for part in text.split("."))
    if tag in (ber.OCTET_STRING, ber.IP_ADDRESS, ber.OPAQUE):
        return (text if isinstance(text, bytes) else text.encode())[:MOST_VALUE]
    if tag in (ber.INTEGER, ber.COUNTER32, ber.GAUGE32, ber.TIME_TICKS, ber.COUNTER64):
        return int(text)
    raise ValueError(tag)
