"""Traps and informs changed at random, taken as the receiver takes them: prints one JSON object; status 1 if anything is amiss.

`./run bench fuzz-traps [--messages N] [--seed N]`: none may raise, none cost over 10 ms of CPU, none that is of version 3 and
changed may be told, and each is counted once.
"""

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.fuzz_snmp import changed
from collectors.snmp import ber, usm
from collectors.traps.intake import Intake
from collectors.traps.message import TRAP_V1
from collectors.traps.own_engine import OwnEngine
from collectors.traps.security import Gate, User

MOST_SECONDS = 0.010
THEIRS = b"\x80\x00\x7e\xd9\x04theirs"
OWN = OwnEngine(identifier=b"\x80\x00\x7e\xd9\x05ourselves", boots=3, started=0.0)
USER = User(name="noc", auth="SHA-256", auth_passphrase="a" * 12, privacy="AES", privacy_passphrase="b" * 12)
LINK_DOWN = ber.oid("1.3.6.1.6.3.1.1.5.3")


@dataclass
class Found:
    """What came of it."""

    messages: int = 0
    slowest_ms: float = 0.0
    amiss: list[str] = field(default_factory=list)


def messages(rng: random.Random) -> list[bytes]:
    """One of each kind: version 1, 2c, an inform, version 3 signed and encrypted, an inform to our own engine."""
    carried = [(ber.oid(f"1.3.6.1.2.1.2.2.1.1.{n}"), ber.INTEGER, rng.getrandbits(20)) for n in range(1, rng.randrange(2, 6))]
    named = [
        (ber.oid("1.3.6.1.2.1.1.3.0"), ber.TIME_TICKS, rng.getrandbits(32)),
        (ber.oid("1.3.6.1.6.3.1.1.4.1.0"), ber.OBJECT_IDENTIFIER, LINK_DOWN),
    ]
    trap = ber.encode_pdu(ber.TRAP_V2, 77, ber.encode_varbinds([*named, *carried]))
    inform = ber.encode_pdu(ber.INFORM, 78, ber.encode_varbinds([*named, *carried]))
    front = ber.tlv(ber.OBJECT_IDENTIFIER, LINK_DOWN) + ber.tlv(ber.IP_ADDRESS, b"\x7f\0\0\1") + ber.integer(2) + ber.integer(0)
    v1 = ber.tlv(TRAP_V1, front + ber.integer(4200, ber.TIME_TICKS) + ber.encode_varbinds(carried))
    return [
        ber.encode_community_message(ber.V1, b"public", v1),
        ber.encode_community_message(ber.V2C, b"public", trap),
        ber.encode_community_message(ber.V2C, b"public", inform),
        sealed(THEIRS, 1, 100, trap, rng, reportable=False),
        sealed(OWN.identifier, OWN.boots, 0, inform, rng, reportable=True),
    ]


def sealed(engine: bytes, boots: int, at: int, pdu: bytes, rng: random.Random, *, reportable: bool) -> bytes:
    """A message of version 3."""
    keys = usm.keys_for(
        USER.name,
        engine,
        auth=USER.auth,
        auth_passphrase=USER.auth_passphrase,
        privacy=USER.privacy,
        privacy_passphrase=USER.privacy_passphrase,
    )
    security = usm.Security(engine=engine, boots=boots, time=at)
    scoped = ber.encode_scoped(engine, b"", pdu)
    return usm.seal_message(keys, security, scoped, message_id=9, reportable=reportable, salt=rng.getrandbits(60))


def an_intake() -> Intake:
    """A receiver that knows one device and one user."""
    gate = Gate(OWN)
    gate.take_users([USER])
    intake = Intake(gate, {}, 10162)
    intake.senders = {"192.0.2.1": ("leaf-1",)}
    return intake


def fuzz(count: int, seed: int) -> tuple[Found, dict[str, int]]:
    """Change and take so many messages; what was found, and the receiver's counts."""
    rng, found, intake = random.Random(seed), Found(), an_intake()
    originals = messages(rng)
    while found.messages < count:
        if found.messages % 500 == 0:
            originals = messages(rng)
        original = originals[found.messages % len(originals)]
        take_one(intake, original, changed(original, rng), found)
        found.messages += 1
        if found.messages % 1000 == 0:
            intake.tell(float(found.messages), 0.0)
    counts = intake.counts()
    names = ("told", "coalesced", "waiting", "strangers", "refused", "malformed")
    parts = {name: getattr(counts, name) for name in names}
    if sum(parts.values()) != counts.received:
        found.amiss.append(f"counted {sum(parts.values())} of {counts.received}")
    return found, parts


def take_one(intake: Intake, original: bytes, message: bytes, found: Found) -> None:
    """Take one message; note what is amiss."""
    before = intake.counts()
    begun = time.thread_time()
    try:
        intake.take(message, "192.0.2.1", 50.0, 0.0)
    except Exception as error:  # noqa: BLE001 - any is what is looked for
        found.amiss.append(f"{type(error).__name__}: {error}: {message.hex()}")
    used = time.thread_time() - begun
    if used > MOST_SECONDS / 2:  # again, on the quiet: something else may have fallen into it
        used = min(used, *(again(message) for _ in range(3)))
    found.slowest_ms = max(found.slowest_ms, used * 1e3)
    if used > MOST_SECONDS:
        found.amiss.append(f"{used * 1e3:.1f} ms: {message.hex()}")
    after = intake.counts()
    taken = after.told + after.coalesced + after.waiting - before.told - before.coalesced - before.waiting
    # What is signed may be followed by anything: what comes after the message is no part of it.
    if taken and message[:2] == original[:2] and is_signed(message) and not message.startswith(original):
        found.amiss.append(f"told unverified: {message.hex()}")


def is_signed(message: bytes) -> bool:
    """Whether it is of version 3 and says that it is signed."""
    try:
        head = ber.read_message(message)
    except ber.BadMessage:
        return False
    return head.version == ber.V3 and bool(head.flags & usm.AUTH)


def again(message: bytes) -> float:
    """CPU seconds of taking it once more, in a receiver of its own."""
    intake = an_intake()
    begun = time.thread_time()
    intake.take(message, "192.0.2.1", 50.0, 0.0)
    return time.thread_time() - begun


def main() -> None:
    """Fuzz and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found, parts = fuzz(args.messages, args.seed)
    told = {"messages": found.messages, **parts, "slowest_ms": round(found.slowest_ms, 3)}
    print(json.dumps({**told, "amiss": len(found.amiss), "first": found.amiss[:3]}))
    sys.exit(1 if found.amiss else 0)


if __name__ == "__main__":
    main()
