"""Replies changed at random, read as the collector reads them: prints one JSON object; status 1 if anything is amiss.

`./run bench fuzz-snmp [--replies N] [--seed N]`: none may crash the decoders, none cost more than 10 ms of CPU, none that is of
version 3 and changed may be accepted, and none may give a value by its shape that the safe decoder does not read in it.
"""

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collectors.snmp import ber, usm
from collectors.snmp.ber import BadMessage, PduTemplate
from collectors.snmp.failure import PollFailed
from collectors.snmp.session import AT_PLACE, Again, CommunitySession, UsmSession
from collectors.snmp.shapes import AHEAD, Asking, Buffer, Shapes, number

MOST_SECONDS = 0.010
IDENT = 0x01020304
ENGINE = b"\x80\x00\x1f\x88\x04fuzz"
KINDS = (ber.INTEGER, ber.COUNTER32, ber.GAUGE32, ber.TIME_TICKS, ber.COUNTER64, ber.OCTET_STRING, ber.NO_SUCH_INSTANCE)


@dataclass
class Found:
    """What came of it."""

    replies: int = 0
    refused: int = 0
    accepted: int = 0
    by_shape: int = 0
    slowest_ms: float = 0.0
    amiss: list[str] = field(default_factory=list)


def bindings(rng: random.Random) -> list[ber.VarBind]:
    """Objects of a reply."""
    made: list[ber.VarBind] = []
    for row in range(rng.randrange(1, 40)):
        tag = rng.choice(KINDS)
        value: ber.Value = rng.getrandbits(rng.randrange(1, 31))
        if tag == ber.OCTET_STRING:
            value = rng.randbytes(rng.randrange(20))
        elif tag == ber.NO_SUCH_INSTANCE:
            value = None
        made.append((ber.oid(f"1.3.6.1.2.1.2.2.1.{rng.randrange(1, 22)}.{row}"), tag, value))
    return made


def changed(reply: bytes, rng: random.Random) -> bytes:
    """A reply with a few octets changed, lost, doubled, moved or cut off."""
    octets = bytearray(reply)
    for _ in range(rng.choice((1, 1, 1, 2, 4, 16))):
        at = rng.randrange(len(octets))
        match rng.randrange(6):
            case 0:
                octets[at] ^= 1 << rng.randrange(8)
            case 1:
                octets[at] = rng.choice((0, 1, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xFF, rng.randrange(256)))
            case 2:
                del octets[at : at + rng.randrange(1, 9)]
            case 3:
                octets[at:at] = rng.randbytes(rng.randrange(1, 9))
            case 4:
                octets[at:at] = octets[at : at + rng.randrange(1, 60)]
            case 5:
                del octets[max(1, at) :]
        if not octets:
            return b"\x30"
    return bytes(octets)


class Case:
    """One reply in both versions, learned, and changed again and again."""

    def __init__(self, rng: random.Random, keys: usm.Keys) -> None:
        self.objects = bindings(rng)
        pdu = ber.encode_pdu(ber.RESPONSE, IDENT, ber.encode_varbinds(self.objects))
        expected = b"".join(name for name, _, _ in self.objects)
        shapes = Shapes()
        self.asking = Asking(PduTemplate.of(ber.GET, ()), expected, None, shapes, into=np.zeros(len(self.objects)))
        self.asking_v3 = Asking(PduTemplate.of(ber.GET, ()), expected, None, shapes, into=np.zeros(len(self.objects)))
        self.community = CommunitySession(ber.V2C, b"public")
        self.user = UsmSession("noc", keys.auth, "", keys.privacy, "", b"", 1, engine=ENGINE, boots=1, ready=True, _keys=keys)
        self.v2c = ber.encode_community_message(ber.V2C, b"public", pdu)
        self.asking.learn(self.v2c, ber.read_message(self.v2c).start)
        scoped = ber.encode_scoped(ENGINE, b"", pdu)
        security = usm.Security(engine=ENGINE, boots=1, time=100)
        self.v3 = usm.seal_message(keys, security, scoped, message_id=IDENT, reportable=False, salt=rng.getrandbits(60))
        reply = self.user.open(self.v3, ber.read_message(self.v3), IDENT, 0.0)
        self.asking_v3.learn(reply.octets, reply.at)

    def read(self, message: bytes, buffer: Buffer, found: Found) -> None:
        """Read a changed message in every way that there is; note what is amiss."""
        buffer.put(message)
        ber.ident_at(buffer.octets, AHEAD)
        if self.asking.fits(buffer, len(message), IDENT.to_bytes(4, "big")):
            self.asking.take(buffer)
            found.by_shape += 1
            if self.safely(message) != [repr(value) for value in self.asking.into.tolist()]:
                found.amiss.append(f"by shape, another value: {message.hex()}")
        try:
            head = ber.read_message(message)
            session, asking = (self.user, self.asking_v3) if head.version == ber.V3 else (self.community, None)
            reply = session.open(message, head, IDENT, 0.0, asking, buffer)
            if reply is not AT_PLACE:
                reply.varbinds()
        except (BadMessage, PollFailed, Again):
            found.refused += 1
            return
        found.accepted += 1
        if head.version == ber.V3 and message[: len(self.v3)] != self.v3:
            found.amiss.append(f"accepted unverified: {message.hex()}")

    def safely(self, message: bytes) -> list[str]:
        """The values as the safe decoder reads them."""
        head = ber.read_message(message)
        pdu = ber.read_pdu_head(message, head.start, head.end)
        return [repr(number(value)) for _, _, value in ber.read_varbinds(message, pdu.start, pdu.end)]


def read_once(case: Case, message: bytes, buffer: Buffer, found: Found) -> float:
    """Read a message; CPU seconds that it took."""
    begun = time.thread_time()
    try:
        case.read(message, buffer, found)
    except Exception as error:  # noqa: BLE001 - any is what is looked for
        found.amiss.append(f"{type(error).__name__}: {error}: {message.hex()}")
    return time.thread_time() - begun


def fuzz(replies: int, seed: int) -> Found:
    """Change and read so many replies."""
    rng, found, buffer = random.Random(seed), Found(), Buffer()
    keys = usm.keys_for("noc", ENGINE, auth="SHA-256", auth_passphrase="a" * 12, privacy="AES", privacy_passphrase="b" * 12)
    case = Case(rng, keys)
    while found.replies < replies:
        if found.replies % 500 == 0:
            case = Case(rng, keys)
        message = changed(case.v3 if found.replies % 2 else case.v2c, rng)
        used = read_once(case, message, buffer, found)
        if used > MOST_SECONDS / 2:  # again, on the quiet: something else may have fallen into it
            used = min(used, *(read_once(case, message, buffer, Found()) for _ in range(3)))
        found.slowest_ms = max(found.slowest_ms, used * 1e3)
        if used > MOST_SECONDS:
            found.amiss.append(f"{used * 1e3:.1f} ms: {message.hex()}")
        found.replies += 1
    return found


def main() -> None:
    """Fuzz and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found = fuzz(args.replies, args.seed)
    told = {"replies": found.replies, "refused": found.refused, "accepted": found.accepted, "by_shape": found.by_shape}
    print(json.dumps({**told, "slowest_ms": round(found.slowest_ms, 3), "amiss": len(found.amiss), "first": found.amiss[:3]}))
    sys.exit(1 if found.amiss else 0)


if __name__ == "__main__":
    main()
