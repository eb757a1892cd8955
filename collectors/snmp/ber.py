"""BER as SNMP uses it: a bounds-checked decoder of whole messages, and the encoder for requests and for answers.

Object identifiers stay in their encoded form (`bytes`) until someone needs to read them: comparing and cutting is then cheap.
Reading goes in steps that each work on a span of the datagram (`read_message`, `read_pdu_head`, `read_varbinds`), so that a
faster reader of the variable bindings can take the place of the last step. Everything malformed raises `BadMessage`; every loop
moves forward by at least one byte.

Sources: X.690 (8.1 to 8.19), RFC 1157, RFC 3416, RFC 3412 (6), RFC 2578 (7.1).
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

INTEGER, OCTET_STRING, NULL, OBJECT_IDENTIFIER, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
IP_ADDRESS, COUNTER32, GAUGE32, TIME_TICKS, OPAQUE, NSAP, COUNTER64, UINTEGER32 = 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47
NO_SUCH_OBJECT, NO_SUCH_INSTANCE, END_OF_MIB_VIEW = 0x80, 0x81, 0x82
GET, GET_NEXT, RESPONSE, SET, GET_BULK, INFORM, TRAP_V2, REPORT = 0xA0, 0xA1, 0xA2, 0xA3, 0xA5, 0xA6, 0xA7, 0xA8
V1, V2C, V3 = 0, 1, 3

EXCEPTIONS = frozenset((NO_SUCH_OBJECT, NO_SUCH_INSTANCE, END_OF_MIB_VIEW))
_NULLS = EXCEPTIONS | {NULL}
_UNSIGNED = {COUNTER32: 0xFFFFFFFF, GAUGE32: 0xFFFFFFFF, TIME_TICKS: 0xFFFFFFFF, UINTEGER32: 0xFFFFFFFF, COUNTER64: (1 << 64) - 1}
_INTEGERS = frozenset((INTEGER, *_UNSIGNED))
_MOST_OCTETS = 9
_OCTETS = frozenset((OCTET_STRING, IP_ADDRESS, NSAP))
_PDUS = frozenset((GET, GET_NEXT, RESPONSE, SET, GET_BULK, INFORM, TRAP_V2, REPORT))

Value = int | float | bytes | None
VarBind = tuple[bytes, int, Value]
"""(encoded object identifier, type tag, value).

Values are int, bytes (texts, addresses, encoded identifiers), float (opaque) or None (null and the exceptions).
"""

FIRST_REQUEST_ID = 0x01000000
"""Request identifiers from here to 0x7FFFFFFF take four bytes: a request is made once and its identifier patched in."""


class BadMessage(Exception):
    """A datagram that is no well-formed SNMP message; the text says what does not fit, never what the content is."""


# --- reading ------------------------------------------------------------------------------------------------------------------


def read_header(data: bytes, position: int, end: int) -> tuple[int, int, int]:
    """(tag, start, end) of the element at `position`; its content lies within `end`."""
    if position + 2 > end:
        raise BadMessage("an element begins beyond the end")
    tag, length = data[position], data[position + 1]
    start = position + 2
    if length & 0x80:
        octets = length & 0x7F
        if not 1 <= octets <= 4 or start + octets > end:
            raise BadMessage("a length that cannot be")
        length = int.from_bytes(data[start : start + octets], "big")
        start += octets
    if start + length > end:
        raise BadMessage("an element is longer than what holds it")
    return tag, start, start + length


def expect(data: bytes, position: int, end: int, tag: int) -> tuple[int, int]:
    """(start, end) of the content of an element that must have this tag."""
    found, start, stop = read_header(data, position, end)
    if found != tag:
        raise BadMessage(f"type {found:#04x} where {tag:#04x} belongs")
    return start, stop


def read_integer(data: bytes, position: int, end: int) -> tuple[int, int]:
    """(value, position after it) of an INTEGER."""
    start, stop = expect(data, position, end, INTEGER)
    return _signed(data, start, stop), stop


def read_octets(data: bytes, position: int, end: int) -> tuple[bytes, int]:
    """(content, position after it) of an OCTET STRING."""
    start, stop = expect(data, position, end, OCTET_STRING)
    return data[start:stop], stop


def _signed(data: bytes, start: int, end: int) -> int:
    """An integer's content. Nine octets hold every type of SNMP; none at all reads as 0, as other managers read it."""
    if end - start > _MOST_OCTETS:
        raise BadMessage("an integer of more than nine octets")
    return int.from_bytes(data[start:end], "big", signed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a message: what comes before the PDU.

    Attributes
    ----------
    start, end : span of the PDU (v1, v2c), or of the scoped PDU, still sealed if it was encrypted (v3: its content then).
    community : v1 and v2c.
    message_id, max_size, flags, security : v3 (RFC 3412); `security` is the span of msgSecurityParameters' content.
    """

    version: int
    start: int
    end: int
    community: bytes = b""
    message_id: int = 0
    max_size: int = 0
    flags: int = 0
    security: tuple[int, int] = (0, 0)


def read_message(data: bytes) -> Head:
    """The head of a message. What follows the outermost sequence is ignored, as other managers do."""
    start, end = expect(data, 0, len(data), SEQUENCE)
    version, position = read_integer(data, start, end)
    if version in (V1, V2C):
        community, position = read_octets(data, position, end)
        return Head(version=version, community=community, start=position, end=end)
    if version != V3:
        raise BadMessage("a version that is none of 1, 2c and 3")
    return _read_v3(data, position, end)


def _read_v3(data: bytes, position: int, end: int) -> Head:
    at, head_end = expect(data, position, end, SEQUENCE)
    message_id, at = read_integer(data, at, head_end)
    max_size, at = read_integer(data, at, head_end)
    flags, at = read_octets(data, at, head_end)
    model, at = read_integer(data, at, head_end)
    if len(flags) != 1 or model != 3:
        raise BadMessage("a security model that is not the user-based one")
    security = expect(data, head_end, end, OCTET_STRING)
    start, stop = security[1], end
    if flags[0] & 0x02:
        start, stop = expect(data, start, end, OCTET_STRING)
    return Head(version=V3, message_id=message_id, max_size=max_size, flags=flags[0], security=security, start=start, end=stop)


def read_scoped(data: bytes, start: int, end: int) -> tuple[bytes, bytes, int, int]:
    """(contextEngineID, contextName, start, end of the PDU) of a scoped PDU; padding after it is ignored (RFC 3414, 8.1.1.2)."""
    start, end = expect(data, start, end, SEQUENCE)
    engine, position = read_octets(data, start, end)
    name, position = read_octets(data, position, end)
    return engine, name, position, end


@dataclass(frozen=True, slots=True, kw_only=True)
class PduHead:
    """The head of a PDU; `start`, `end` span its variable bindings.

    In a GETBULK the two errors are non-repeaters and max-repetitions.
    """

    type: int
    request_id: int
    error_status: int
    error_index: int
    start: int
    end: int


def read_pdu_head(data: bytes, position: int, end: int) -> PduHead:
    """The head of the PDU that begins at `position`."""
    kind, start, stop = read_header(data, position, end)
    if kind not in _PDUS:
        raise BadMessage(f"type {kind:#04x} where a PDU belongs")
    request_id, at = read_integer(data, start, stop)
    status, at = read_integer(data, at, stop)
    index, at = read_integer(data, at, stop)
    start, stop = expect(data, at, stop, SEQUENCE)
    return PduHead(type=kind, request_id=request_id, error_status=status, error_index=index, start=start, end=stop)


def read_varbinds(data: bytes, start: int, end: int) -> list[VarBind]:
    """All variable bindings of a span. The hot loop of a poll: short lengths and small numbers are read in place."""
    found: list[VarBind] = []
    position = start
    while position < end:
        at, stop = position + 2, 0
        if at <= end and data[position] == SEQUENCE and not data[position + 1] & 0x80:
            stop = at + data[position + 1]
        if not at < stop <= end:
            at, stop = expect(data, position, end, SEQUENCE)
        if at + 2 > stop or data[at] != OBJECT_IDENTIFIER:
            raise BadMessage("a variable binding without a name")
        name_start, name_end = at + 2, at + 2 + data[at + 1]
        if data[at + 1] & 0x80:
            _, name_start, name_end = read_header(data, at, stop)
        # the value needs two octets at least, and an identifier's last octet has no continuation bit
        if name_end + 2 > stop or name_end == name_start or data[name_end - 1] & 0x80:
            raise BadMessage("an object identifier that does not end")
        tag, value_start, value_end = data[name_end], name_end + 2, name_end + 2 + data[name_end + 1]
        if value_end > stop or data[name_end + 1] & 0x80:
            tag, value_start, value_end = read_header(data, name_end, stop)
        if tag in _INTEGERS and value_end - value_start <= _MOST_OCTETS:
            number = int.from_bytes(data[value_start:value_end], "big", signed=True)
            value: Value = number if number >= 0 or tag == INTEGER else number & _UNSIGNED[tag]
        else:
            value = read_value(data, tag, value_start, value_end)
        found.append((data[name_start:name_end], tag, value))
        position = stop
    return found


def read_value(data: bytes, tag: int, start: int, end: int) -> Value:
    """One value. Unsigned types whose sign bit is set (agents that forget the leading zero) are taken modulo their width."""
    if tag in _OCTETS:
        return data[start:end]
    mask = _UNSIGNED.get(tag)
    if mask is not None:
        number = _signed(data, start, end)
        return number if number >= 0 else number & mask
    if tag == INTEGER:
        return _signed(data, start, end)
    if tag == OBJECT_IDENTIFIER:
        if end > start and data[end - 1] & 0x80:
            raise BadMessage("an object identifier that does not end")
        return data[start:end]
    if tag in _NULLS:
        return None
    if tag == OPAQUE:
        return _opaque(data[start:end])
    raise BadMessage(f"a value of unknown type {tag:#04x}")


def _opaque(content: bytes) -> Value:
    """A float or double as net-snmp wraps them (tags 0x9F78, 0x9F79); anything else stays as it is."""
    if len(content) == 7 and content[:3] == b"\x9f\x78\x04":
        return float(struct.unpack(">f", content[3:])[0])
    if len(content) == 11 and content[:3] == b"\x9f\x79\x08":
        return float(struct.unpack(">d", content[3:])[0])
    return content


def ident_at(data: bytes | bytearray, start: int) -> int:
    """Where the four octets of the identifier of the message at `start` are (msgID, request-id), 0 if they are not found.

    A quick look that believes what it sees: whoever uses it verifies the message.
    """
    at = start + 2 + (data[start + 1] & 0x7F if data[start + 1] & 0x80 else 0)
    if data[at + 2] == V3:
        at += 5
    else:
        at += 5 + data[at + 4]
        at += 2 + (data[at + 1] & 0x7F if data[at + 1] & 0x80 else 0)
    return at + 2 if data[at] == INTEGER and data[at + 1] == 4 else 0


# --- object identifiers -------------------------------------------------------------------------------------------------------


def oid_numbers(encoded: bytes) -> tuple[int, ...]:
    """The numbers of an encoded identifier. BadMessage if it ends in the middle of one."""
    numbers: list[int] = []
    value = 0
    for octet in encoded:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(value)
            value = 0
    if not numbers or encoded[-1] & 0x80:
        raise BadMessage("an object identifier that does not end")
    first = min(numbers[0] // 40, 2)
    return (first, numbers[0] - 40 * first, *numbers[1:])


def index_numbers(encoded: bytes) -> tuple[int, ...]:
    """The numbers of the rest of an identifier (an instance's index), where the first octet joins no two numbers."""
    return oid_numbers(b"\x2b" + encoded)[2:] if encoded else ()


def oid_text(encoded: bytes) -> str:
    """`1.3.6.1…` of an encoded identifier."""
    return ".".join(map(str, oid_numbers(encoded)))


def encode_oid(numbers: Iterable[int]) -> bytes:
    """An identifier's content octets. ValueError if it has fewer than two numbers or impossible first ones."""
    order = tuple(numbers)
    if len(order) < 2 or not 0 <= order[0] <= 2 or min(order) < 0 or (order[0] < 2 and order[1] > 39):
        raise ValueError("no object identifier")
    return encode_index((order[0] * 40 + order[1], *order[2:]))


@lru_cache(maxsize=4096)
def oid(text: str) -> bytes:
    """An identifier's content octets from `1.3.6.1…`, with or without a leading dot."""
    return encode_oid(int(part) for part in text.lstrip(".").split("."))


def encode_index(numbers: Iterable[int]) -> bytes:
    """Numbers in base 128, to be appended to an encoded identifier."""
    out = bytearray()
    for number in numbers:
        octets = [number & 0x7F]
        rest = number >> 7
        while rest:
            octets.append(rest & 0x7F | 0x80)
            rest >>= 7
        out += bytes(reversed(octets))
    return bytes(out)


# --- writing ------------------------------------------------------------------------------------------------------------------


def tlv(tag: int, content: bytes) -> bytes:
    """An element with the shortest definite length."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def integer(value: int, tag: int = INTEGER) -> bytes:
    """An integer of any type, in the fewest octets."""
    magnitude = value if value >= 0 else ~value
    return tlv(tag, value.to_bytes(magnitude.bit_length() // 8 + 1, "big", signed=True))


def octets(content: bytes) -> bytes:
    """An OCTET STRING."""
    return tlv(OCTET_STRING, content)


def encode_value(tag: int, value: Value) -> bytes:
    """One value as an agent sends it. ValueError if value and type do not go together."""
    if tag in _NULLS:
        return bytes((tag, 0))
    if tag == OPAQUE and isinstance(value, float):
        return tlv(OPAQUE, b"\x9f\x78\x04" + struct.pack(">f", value))
    if isinstance(value, bytes):
        return tlv(tag, value)
    if isinstance(value, int) and (tag == INTEGER or tag in _UNSIGNED):
        return integer(value, tag)
    raise ValueError(f"type {tag:#04x} does not hold a {type(value).__name__}")


def encode_varbinds(varbinds: Iterable[VarBind]) -> bytes:
    """The list of variable bindings."""
    each = (tlv(SEQUENCE, tlv(OBJECT_IDENTIFIER, name) + encode_value(tag, value)) for name, tag, value in varbinds)
    return tlv(SEQUENCE, b"".join(each))


def encode_pdu(kind: int, request_id: int, varbinds: bytes, *, first: int = 0, second: int = 0) -> bytes:
    """A PDU around an encoded list. `first`, `second`: error status and index, or non-repeaters and max-repetitions."""
    return tlv(kind, integer(request_id) + integer(first) + integer(second) + varbinds)


def encode_community_message(version: int, community: bytes, pdu: bytes) -> bytes:
    """A message of v1 or v2c."""
    return tlv(SEQUENCE, integer(version) + octets(community) + pdu)


def encode_scoped(context_engine: bytes, context_name: bytes, pdu: bytes) -> bytes:
    """A scoped PDU (RFC 3412)."""
    return tlv(SEQUENCE, octets(context_engine) + octets(context_name) + pdu)


@dataclass(frozen=True, slots=True)
class PduTemplate:
    """A request made once: `with_id` puts a four-byte request identifier between its two parts."""

    before: bytes
    after: bytes

    @classmethod
    def of(cls, kind: int, names: Iterable[bytes], *, first: int = 0, second: int = 0) -> "PduTemplate":
        """A request for these encoded identifiers. `first`, `second` as in `encode_pdu`."""
        varbinds = encode_varbinds((name, NULL, None) for name in names)
        pdu = encode_pdu(kind, FIRST_REQUEST_ID, varbinds, first=first, second=second)
        cut = pdu.index(FIRST_REQUEST_ID.to_bytes(4, "big"))
        return cls(pdu[:cut], pdu[cut + 4 :])

    def with_id(self, request_id: int) -> bytes:
        """The PDU with this request identifier (0x01000000 to 0x7FFFFFFF)."""
        return self.before + request_id.to_bytes(4, "big") + self.after
