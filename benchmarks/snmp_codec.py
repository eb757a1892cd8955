"""What a request and the walk of a table cost, by our codec and by pysnmp, side by side: `python benchmarks/snmp_codec.py`. JSON.

The agent is a process of its own on loopback. CPU is this process's: that is what a thousand devices cost.
"""

import asyncio
import json
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pyasn1.codec.ber import decoder, encoder
from pyasn1.type import univ
from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData,
    ContextData,
    ObjectIdentity,
    ObjectType,
    SnmpEngine,
    UdpTransportTarget,
    bulk_cmd,
)
from pysnmp.proto.api import v2c

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate
from collectors.snmp.exchange import Exchange
from collectors.snmp.line import Conversation, Line
from collectors.snmp.session import CommunitySession
from collectors.snmp.walk import Walked, walk
from tests.servers.snmp_agent import Agent, AgentServer, switch

PORTS = 48
COLUMNS = (
    *(f"1.3.6.1.2.1.2.2.1.{n}" for n in (7, 8, 13, 14, 19, 20)),
    *(f"1.3.6.1.2.1.31.1.1.1.{n}" for n in (6, 10, 15)),
)
REQUESTS, REPLIES, WALKS, THEIR_WALKS = 5_000, 200, 50, 5
IDENT = 0x01020304


def main() -> None:
    """Measure and print."""
    reply = whole_reply()
    with agent() as address, asyncio.Runner() as runner:
        engine = SnmpEngine()  # made once, as a collector would
        target = runner.run(UdpTransportTarget.create(address))
        print(
            json.dumps(
                {
                    "columns": len(COLUMNS),
                    "rows": PORTS,
                    "request_microseconds": beside(our_request, REQUESTS, their_request, REPLIES, 1e6),
                    "read_reply_microseconds": beside(
                        lambda: our_reading(reply), REQUESTS, lambda: their_reading(reply), REPLIES, 1e6
                    ),
                    "walk_cpu_milliseconds": beside(
                        lambda: our_walk(address), WALKS, lambda: runner.run(their_walk(engine, target)), THEIR_WALKS, 1e3
                    ),
                }
            )
        )
        engine.close_dispatcher()


def beside(
    ours: Callable[[], object], our_times: int, theirs: Callable[[], object], their_times: int, unit: float
) -> dict[str, float]:
    """CPU of this process for one of each, and how many times more pysnmp needs."""
    found = {"ours": cpu_of(ours, our_times) * unit, "pysnmp": cpu_of(theirs, their_times) * unit}
    return {name: round(value, 2) for name, value in found.items()} | {"times": round(found["pysnmp"] / found["ours"], 1)}


def cpu_of(work: Callable[[], object], times: int) -> float:
    """Seconds of CPU of one, once it is warm."""
    work()
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


# --- one request, one reply ---------------------------------------------------------------------------------------------------

_TEMPLATE = PduTemplate.of(ber.GET_BULK, [ber.oid(column) for column in COLUMNS], second=8)
_SESSION = CommunitySession(ber.V2C, b"public")


def our_request() -> bytes:
    """A GETBULK whose template was made with the plan."""
    return _SESSION.seal(_TEMPLATE, IDENT, 0.0)


def their_request() -> bytes:
    """The same octets."""
    pdu, message = v2c.GetBulkRequestPDU(), v2c.Message()
    v2c.apiBulkPDU.set_defaults(pdu)
    v2c.apiBulkPDU.set_request_id(pdu, IDENT)
    v2c.apiBulkPDU.set_non_repeaters(pdu, 0)
    v2c.apiBulkPDU.set_max_repetitions(pdu, 8)
    v2c.apiBulkPDU.set_varbinds(pdu, [(tuple(map(int, column.split("."))), univ.Null("")) for column in COLUMNS])
    v2c.apiMessage.set_defaults(message)
    v2c.apiMessage.set_community(message, b"public")
    v2c.apiMessage.set_pdu(message, pdu)
    encoded: bytes = encoder.encode(message)
    return encoded


def whole_reply() -> bytes:
    """What the agent answers: eight rows of nine columns."""
    assert our_request() == their_request()
    answer = Agent(switch(PORTS)).answer(_TEMPLATE.with_id(IDENT))
    return ber.encode_community_message(ber.V2C, b"public", answer)


def our_reading(reply: bytes) -> list[ber.VarBind]:
    """Its variable bindings."""
    head = ber.read_message(reply)
    return _SESSION.open(reply, head, IDENT, 0.0).varbinds()


def their_reading(reply: bytes) -> list[Any]:
    """The same by pysnmp's classes."""
    message, _ = decoder.decode(reply, asn1Spec=v2c.Message())
    varbinds: list[Any] = v2c.apiPDU.get_varbinds(v2c.apiMessage.get_pdu(message))
    return varbinds


# --- the walk of a table ------------------------------------------------------------------------------------------------------


def our_walk(address: tuple[str, int]) -> None:
    """Nine columns side by side."""
    walks: list[Walked] = []

    def talk() -> Conversation:
        walks.append((yield from walk([ber.oid(column) for column in COLUMNS], has_bulk=True)))

    exchange, ended = Exchange(random.Random(1)), []
    exchange.begin(talk(), Line(session=_SESSION, address=address), deadline=time.monotonic() + 30, ended=ended.append)
    while not ended:
        exchange.step(time.monotonic() + 0.5)
    exchange.close()
    assert not walks[0].trouble
    assert all(len(rows) == PORTS for rows in walks[0].columns.values())


async def their_walk(engine: SnmpEngine, target: UdpTransportTarget) -> None:
    """The same by pysnmp's GETBULK, ten rows at a time."""
    at = [ObjectType(ObjectIdentity(column)) for column in COLUMNS]
    rows = 0
    while rows < PORTS:
        trouble, status, _, varbinds = await bulk_cmd(
            engine, CommunityData("public"), target, ContextData(), 0, 10, *at, lookupMib=False
        )
        assert not trouble
        assert not status
        rows += len(varbinds) // len(COLUMNS)
        at = list(varbinds[-len(COLUMNS) :])


@contextmanager
def agent() -> Iterator[tuple[str, int]]:
    """The address of a switch that answers in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), name="agent")
    process.start()
    try:
        yield here.recv()
    finally:
        here.send("end")
        process.join(5)


def serve(pipe: Connection) -> None:
    """Answer until told to end."""
    with AgentServer(Agent(switch(PORTS))) as server:
        pipe.send(server.address)
        pipe.recv()


if __name__ == "__main__":
    main()
