"""A device's objects as a recording (`OID|type|value`, one a line), with which a profile is tested without the device."""

from collections.abc import Generator
from pathlib import Path

from collectors.snmp import ber
from collectors.snmp.ber import BadMessage, PduTemplate, Value
from collectors.snmp.failure import PollFailed
from collectors.snmp.session import Reply
from collectors.snmp.walk import Walked, walk

ROOTS = ("1.3.6.1.2.1", "1.0.8802.1.1", "1.3.111.2.802.1.1", "1.3.6.1.4.1")
"""mib-2, LLDP in its two editions, all vendors."""

Recorded = dict[bytes, tuple[int, Value]]
"""(type, value) by name."""
_Asking = Generator[tuple[PduTemplate, ...], list[Reply], Walked]


def record_all(into: Recorded, troubles: list[str], *, has_bulk: bool) -> Generator[tuple[PduTemplate, ...], list[Reply], None]:
    """Walk everything that a profile may speak of. What is read before a failure is kept; `troubles` says what failed."""
    for root in ROOTS:
        walked = yield from _noted(walk([ber.oid(root)], has_bulk=has_bulk), ber.oid(root), into)
        if walked.trouble:
            troubles.append(f"{root}: {walked.trouble}")


def _noted(talk: _Asking, root: bytes, into: Recorded) -> _Asking:
    """A walk whose replies are noted with their types. PollFailed goes on into the walk, which knows what to do."""
    try:
        asked = next(talk)
        while True:
            try:
                replies = yield asked
            except PollFailed as failure:
                asked = talk.throw(failure)
                continue
            for reply in replies:
                _note(reply, root, into)
            asked = talk.send(replies)
    except StopIteration as end:
        walked: Walked = end.value
        return walked


def _note(reply: Reply, root: bytes, into: Recorded) -> None:
    try:
        varbinds = reply.varbinds() if reply.pdu.error_status == 0 else []
    except BadMessage:
        return
    into.update((name, (tag, value)) for name, tag, value in varbinds if name.startswith(root) and tag not in ber.EXCEPTIONS)


def write_recording(recorded: Recorded, file: Path) -> int:
    """Write it in the order of the objects; how many. OSError."""
    lines = [_line(name, *recorded[name]) for name in sorted(recorded, key=ber.oid_numbers)]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)


def _line(name: bytes, tag: int, value: Value) -> str:
    dotted = ber.oid_text(name)
    if tag == ber.OBJECT_IDENTIFIER and isinstance(value, bytes):
        return f"{dotted}|{tag}|{ber.oid_text(value) if value else '0.0'}"
    if tag == ber.IP_ADDRESS and isinstance(value, bytes) and len(value) == 4:
        return f"{dotted}|{tag}|{'.'.join(map(str, value))}"
    if isinstance(value, bytes):
        plain = value.isascii() and value.decode("ascii").isprintable() and value == value.strip()
        return f"{dotted}|{tag}|{value.decode('ascii')}" if plain else f"{dotted}|{tag}x|{value.hex()}"
    if isinstance(value, float):
        return f"{dotted}|{ber.OCTET_STRING}|{value}"
    return f"{dotted}|{tag}|{'' if value is None else value}"
