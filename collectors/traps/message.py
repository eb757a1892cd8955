"""Notifications as octets: traps of versions 1, 2c and 3, informs, and what an inform is answered with. Pure, any thread.

Everything malformed raises `BadMessage`. Sources: RFC 1157 (4.1.6, Trap-PDU), RFC 3416 (4.2.6, 4.2.7), RFC 3584 (3.1: which name
a version-1 trap has), RFC 3418 (snmpTrapOID, snmpTraps).
"""

from dataclasses import dataclass

from collectors.snmp import ber
from collectors.snmp.ber import BadMessage, VarBind

TRAP_V1 = 0xA4
_SNMP_TRAPS = ber.oid("1.3.6.1.6.3.1.1.5")
_ENTERPRISE_SPECIFIC = 6
_UPTIME = ber.oid("1.3.6.1.2.1.1.3.0")
_TRAP_OID = ber.oid("1.3.6.1.6.3.1.1.4.1.0")
MOST_VARBINDS = 200
"""More than any trap of a known MIB carries; the rest of a longer one is not looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One trap or inform.

    Attributes
    ----------
    trap : its name (snmpTrapOID), encoded. uptime : hundredths of a second, None if it is not told.
    varbinds : what it carries beyond the two. request_id, body : what an inform's answer repeats (its variable bindings).
    """

    trap: bytes
    uptime: int | None
    varbinds: tuple[VarBind, ...]
    is_inform: bool = False
    request_id: int = 0
    body: bytes = b""


def read_notification(octets: bytes, start: int, end: int) -> Notification:
    """The notification whose PDU begins at `start`. BadMessage if it is none."""
    kind, inner, stop = ber.read_header(octets, start, end)
    if kind == TRAP_V1:
        return _read_v1(octets, inner, stop)
    if kind not in (ber.TRAP_V2, ber.INFORM):
        raise BadMessage(f"type {kind:#04x} where a notification belongs")
    head = ber.read_pdu_head(octets, start, end)
    varbinds = ber.read_varbinds(octets, head.start, head.end)
    uptime = next((value for name, _, value in varbinds[:2] if name == _UPTIME), None)
    trap = next((value for name, tag, value in varbinds[:2] if name == _TRAP_OID and tag == ber.OBJECT_IDENTIFIER), None)
    if not isinstance(trap, bytes) or not trap:
        raise BadMessage("a notification without its name")
    return Notification(
        trap=trap,
        uptime=uptime if isinstance(uptime, int) else None,
        varbinds=_carried(varbinds),
        is_inform=kind == ber.INFORM,
        request_id=head.request_id,
        body=octets[head.start : head.end],
    )


def _read_v1(octets: bytes, start: int, end: int) -> Notification:
    at, stop = ber.expect(octets, start, end, ber.OBJECT_IDENTIFIER)
    enterprise = ber.read_value(octets, ber.OBJECT_IDENTIFIER, at, stop)
    # agent-addr says where it claims to come from; only the address that it did come from is looked at.
    _, stop = ber.expect(octets, stop, end, ber.IP_ADDRESS)
    generic, stop = ber.read_integer(octets, stop, end)
    specific, stop = ber.read_integer(octets, stop, end)
    at, stop = ber.expect(octets, stop, end, ber.TIME_TICKS)
    uptime = ber.read_value(octets, ber.TIME_TICKS, at, stop)
    at, stop = ber.expect(octets, stop, end, ber.SEQUENCE)
    if not isinstance(enterprise, bytes) or not enterprise:
        raise BadMessage("a trap without an enterprise")
    return Notification(
        trap=_name_of_v1(enterprise, generic, specific),
        uptime=uptime if isinstance(uptime, int) else None,
        varbinds=_carried(ber.read_varbinds(octets, at, stop)),
    )


def _name_of_v1(enterprise: bytes, generic: int, specific: int) -> bytes:
    """RFC 3584, 3.1 (2) and (3)."""
    if generic == _ENTERPRISE_SPECIFIC and 0 <= specific < 1 << 32:
        return enterprise + b"\x00" + ber.encode_index((specific,))
    if 0 <= generic < _ENTERPRISE_SPECIFIC:
        return _SNMP_TRAPS + ber.encode_index((generic + 1,))
    raise BadMessage("a trap of a kind that there is not")


def _carried(varbinds: list[VarBind]) -> tuple[VarBind, ...]:
    return tuple(each for each in varbinds[:MOST_VARBINDS] if each[0] not in (_UPTIME, _TRAP_OID))


def answer_pdu(inform: Notification) -> bytes:
    """The Response to an inform: its own variable bindings (RFC 3416, 4.2.7)."""
    return ber.encode_pdu(ber.RESPONSE, inform.request_id, ber.tlv(ber.SEQUENCE, inform.body))
