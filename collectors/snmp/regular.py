"""The regular poll: the plan's requests, their answers straight into one array, and a second question for what did not come.

Replies of a known shape never come here: the exchange has their values written before. What comes is read safely, and learned.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from collectors.snmp.ber import BadMessage, PduTemplate
from collectors.snmp.numbers import number
from collectors.snmp.plan import Block, Plan
from collectors.snmp.session import AT_PLACE, Reply, Session
from collectors.snmp.shapes import Asking, Shapes
from collectors.snmp.walk import get
from noc_console.model.poll import Values

MOST_ASKED_AGAIN = 2_000
"""Objects asked for one by one when replies do not fit the plan; beyond that the next inventory sorts it out."""


@dataclass(slots=True)
class Reading:
    """What a regular poll gave. `misfits`: objects that did not come as planned; the tables may have changed."""

    raw: Values
    misfits: int = 0
    varbinds: int = 0


def askings_of(plan: Plan, session: Session, shapes: Shapes) -> tuple[Asking, ...]:
    """The requests of a plan as one device is asked them, again and again."""
    return tuple(Asking(block.template, block.expected, session.sealed(block.template), shapes) for block in plan.blocks)


def poll_regularly(
    plan: Plan, reading: Reading, askings: Sequence[Asking] = ()
) -> Generator[tuple[PduTemplate | Asking, ...], list[Reply], None]:
    """Ask what the plan says; `reading.raw` is (plan.size,) float64 and stays NaN where there was no answer.

    `askings` are the device's own, from `askings_of`; what is learned of replies is kept there.
    """
    askings = askings or [Asking(block.template) for block in plan.blocks]
    for block, asking in zip(plan.blocks, askings, strict=True):
        asking.into = reading.raw[block.start : block.start + block.size]
    replies = yield tuple(askings)
    lost: dict[bytes, int] = {}
    for block, asking, reply in zip(plan.blocks, askings, replies, strict=True):
        if reply is AT_PLACE:
            continue
        missing = fill(block, reply, reading.raw)
        lost |= missing
        if not missing:
            asking.learn(reply.octets, reply.at)
    reading.varbinds = plan.size - len(lost)
    reading.misfits = len(lost)
    if lost:
        found = yield from get(list(lost)[:MOST_ASKED_AGAIN])
        for name, value in found.items():
            reading.raw[lost[name]] = number(value)
        reading.varbinds += len(found)


def fill(block: Block, reply: Reply, raw: Values) -> dict[bytes, int]:
    """Write a reply's values into their places. Gives the objects of the block that it did not hold, with their places."""
    try:
        varbinds = reply.varbinds() if reply.pdu.error_status == 0 else []
    except BadMessage:
        varbinds = []
    size = block.size
    if len(varbinds) == size and b"".join([name for name, _, _ in varbinds]) == block.expected:
        values = [value if type(value) is int else number(value) for _, _, value in varbinds]
        raw[block.start : block.start + size] = np.fromiter(values, np.float64, size)
        return {}
    places = {name: block.start + at for at, name in enumerate(block.names())}
    for name, _, value in varbinds:
        at = places.pop(name, None)
        if at is not None:
            raw[at] = number(value)
    return places
