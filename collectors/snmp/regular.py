"""The regular poll: the plan's requests, their answers straight into one array, and a second question for what did not come.

`fill` is where a faster reader of replies takes its place: it gets the reply and the block, and writes into the array.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from collectors.snmp.ber import BadMessage, PduTemplate, Value
from collectors.snmp.plan import Block, Plan
from collectors.snmp.session import Reply
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


def poll_regularly(plan: Plan, reading: Reading) -> Generator[tuple[PduTemplate, ...], list[Reply], None]:
    """Ask what the plan says; `reading.raw` is (plan.size,) float64 and stays NaN where there was no answer."""
    replies = yield tuple(block.template for block in plan.blocks)
    lost: dict[bytes, int] = {}
    for block, reply in zip(plan.blocks, replies, strict=True):
        lost |= fill(block, reply, reading.raw)
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
    size = len(block)
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


def number(value: Value) -> float:
    """A value as a number; NaN for none. Some agents write numbers as text."""
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value.decode("ascii")) if value else float("nan")
    except ValueError:
        return float("nan")
