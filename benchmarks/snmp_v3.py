"""What a request of version 3 costs, by our codec and by pysnmp, side by side against Debian's snmpd: prints one JSON object.

`./run bench snmp-v3 [--requests N] [--theirs N]`: GETs of five objects with SHA and AES-128, eight at once, then each pair of
algorithms that the snmpd offers, once: by its own name, and long keys by the name that leaves open how they are made. CPU is this
process's.
"""

import argparse
import asyncio
import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from pysnmp.hlapi.v3arch import asyncio as api

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate
from collectors.snmp.exchange import Exchange
from collectors.snmp.failure import PollFailed
from collectors.snmp.line import Conversation, Line
from collectors.snmp.probe import look_at
from collectors.snmp.session import UsmSession
from collectors.snmp.shapes import Asking, Shapes
from noc_console.profiles.catalogue import own_catalogue
from tests.servers.snmpd import AUTH_NAMES, PRIVACY_NAMES, Snmpd, SnmpUser

OBJECTS = [f"1.3.6.1.2.1.2.2.1.{column}.1" for column in (10, 16, 8, 14, 20)]
PAIRS = [*itertools.product(AUTH_NAMES, PRIVACY_NAMES)]
WARM_UP = 24
AT_ONCE = 8
"""As a collector asks many devices: one wake-up then serves several replies, for either."""


def user_of(auth: str, privacy: str) -> SnmpUser:
    """The user with these algorithms."""
    return SnmpUser(f"u-{auth}-{privacy}".lower(), auth, privacy=privacy)


def session_of(user: SnmpUser, privacy: str) -> UsmSession:
    """A session of it, which calls the privacy by this name."""
    return UsmSession(
        user=user.name,
        auth=user.auth,
        auth_passphrase=user.auth_passphrase,
        privacy=privacy,
        privacy_passphrase=user.privacy_passphrase,
        context=b"",
        salt=random.getrandbits(60),
    )


def ours(address: tuple[str, int], requests: int) -> float:
    """Microseconds of CPU for a request."""
    names = [ber.oid(name) for name in OBJECTS]
    lines = [Line(session=session_of(user_of("SHA", "AES"), "AES"), address=address) for _ in range(AT_ONCE)]
    exchange, shapes = Exchange(random.Random(1)), Shapes()
    template, expected = PduTemplate.of(ber.GET, names), b"".join(names)
    askings = [Asking(template, expected, shapes=shapes, into=np.zeros(len(names))) for _ in lines]

    def talk(asking: Asking, count: int) -> Conversation:
        for _ in range(count):
            (reply,) = yield (asking,)
            if reply.octets:  # not of a known shape
                asking.learn(reply.octets, reply.at)

    def run(count: int) -> float:
        ended: list[PollFailed | None] = []
        begun = time.process_time()
        for asking, line in zip(askings, lines, strict=True):
            exchange.begin(talk(asking, count // AT_ONCE), line, deadline=time.monotonic() + 300, ended=ended.append)
        while len(ended) < AT_ONCE:
            exchange.step(time.monotonic() + 1)
        for failure in filter(None, ended):
            raise failure
        return time.process_time() - begun

    try:
        run(WARM_UP)
        return 1e6 * run(requests) / requests
    finally:
        exchange.close()


async def theirs(address: tuple[str, int], requests: int) -> float:
    """The same by pysnmp's high-level interface without its MIBs."""
    user = user_of("SHA", "AES")
    engine, context = api.SnmpEngine(), api.ContextData()
    auth, privacy = api.usmHMACSHAAuthProtocol, api.usmAesCfb128Protocol
    data = api.UsmUserData(user.name, user.auth_passphrase, user.privacy_passphrase, authProtocol=auth, privProtocol=privacy)
    target = await api.UdpTransportTarget.create(address)
    asked: list[Any] = [api.ObjectType(api.ObjectIdentity(name)) for name in OBJECTS]

    async def one(count: int) -> None:
        for _ in range(count):
            trouble, status, _, found = await api.get_cmd(engine, data, target, context, *asked, lookupMib=False)
            if trouble or status or len(found) != len(OBJECTS):
                raise SystemExit(f"pysnmp: {trouble or status}")

    await one(WARM_UP)
    begun = time.process_time()
    await asyncio.gather(*(one(requests // AT_ONCE) for _ in range(AT_ONCE)))
    return 1e6 * (time.process_time() - begun) / requests


def pairs(address: tuple[str, int]) -> Iterator[tuple[str, str]]:
    """Each pair, by its own name and by that which leaves the key extension open, and what came of it."""
    for auth, privacy in PAIRS:
        for name in dict.fromkeys((privacy, privacy.removesuffix("-CISCO"))):
            line = Line(session=session_of(user_of(auth, privacy), name), address=address, timeout=0.7, tries=2)
            try:
                told = look_at(line, own_catalogue(), timeout=20, rng=random.Random(2))["system"]
                found = told.get("snmp_privacy", name) if isinstance(told, dict) else ""
                yield f"{auth}/{privacy}" + ("" if name == privacy else f" asked as {name}"), f"works as {found}"
            except PollFailed as failure:
                yield f"{auth}/{privacy}", str(failure)


def main() -> None:
    """Measure and print; status 1 if a pair does not work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=5_000)
    parser.add_argument("--theirs", type=int, default=300, help="requests by pysnmp")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Snmpd(Path(folder), users=tuple(user_of(*pair) for pair in PAIRS)).start()
        try:
            mine = [ours(server.address, args.requests // 2)]
            other = asyncio.run(theirs(server.address, args.theirs))
            mine.append(ours(server.address, args.requests // 2))
            found = dict(pairs(server.address))
        finally:
            server.stop()
    ours_us = sum(mine) / len(mine)
    cost = {"ours": round(ours_us, 1), "pysnmp": round(other, 1), "times": round(other / ours_us, 1)}
    told = {"microseconds_of_cpu_per_request": cost, "pairs": found}
    print(json.dumps(told, indent=1))
    sys.exit(any(not words.startswith("works") for words in found.values()))


if __name__ == "__main__":
    main()
