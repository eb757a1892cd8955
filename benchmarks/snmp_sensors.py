"""Gear with many sensors in tables, polled again and again: prints one JSON object; status 1 if it is not on the fast way.

`./run bench snmp-sensors [--sensors 5000] [--seconds 8] [--interval 0.5]`: a fifth of the sensors each as a Cisco switch, an APC
PDU, a Raritan PDU, a Rittal CMC III and an Eltek power system, whose values move. For each: values and requests a poll, the CPU
that a poll costs the collector, and how many of the replies after the first poll were read by their known shape.
"""

import argparse
import json
import multiprocessing
import queue
import random
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collectors.snmp import regular
from collectors.snmp.collector import SnmpCollector
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from noc_console.model.poll import CollectorBeat, PollResult
from tests.servers.gear import KINDS, gear, moving
from tests.servers.snmp_agent import Agent, AgentServer

FAST_SHARE = 0.95
"""Of the replies after the first poll: a value that becomes longer changes the shape of a reply once."""


class NoSecrets:
    """The community is that of a credential without one."""

    def get(self, credential: str, name: str) -> str:
        """The community that every agent here has."""
        return "public"


def serve(kind: str, sensors: int, told: Connection) -> None:
    """An agent in a process of its own; its values move once a second."""
    agent, rng = Agent(gear(kind, sensors)), random.Random(7)
    with AgentServer(agent) as server:
        told.send(server.address)
        while not told.poll(1.0):
            moving(kind, agent, rng)


def inventory(kind: str, address: tuple[str, int], interval: float) -> Inventory:
    """One device."""
    collect = Collect(protocol="snmp", credential="public", address=address[0], port=address[1], interval=interval, timeout=5.0)
    return Inventory(
        credentials={"public": Credential(name="public", kind="snmp-v2c")},
        devices={kind: Device(name=kind, address=address[0], role="leaf", collect={"snmp": collect})},
    )


def polls_of(inbox: "queue.SimpleQueue[PollResult | CollectorBeat]", wanted: int, within: float) -> list[PollResult]:
    """The regular polls that come within a time, at most so many."""
    found: list[PollResult] = []
    end = time.monotonic() + within
    while len(found) < wanted and (left := end - time.monotonic()) > 0:
        try:
            item = inbox.get(timeout=left)
        except queue.Empty:
            break
        if isinstance(item, PollResult) and item.source == "snmp":
            found.append(item)
    return found


def measure(kind: str, sensors: int, interval: float, seconds: float) -> dict[str, object]:
    """One kind of gear."""
    slow: list[int] = []
    fill = regular.fill
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(kind, sensors, theirs))
    process.start()
    inbox: queue.SimpleQueue[PollResult | CollectorBeat] = queue.SimpleQueue()
    collector = SnmpCollector(inventory(kind, mine.recv(), interval), NoSecrets(), inbox, time.time, random.Random(1))
    collector.start()
    try:
        first = polls_of(inbox, 1, 60.0)
        device = collector._devices[kind]
        if not first or device.plan is None:
            raise SystemExit(f"{kind} is not polled: {first}")
        regular.fill = lambda block, reply, raw: slow.append(1) or fill(block, reply, raw)
        cpu = time.process_time()
        polls = polls_of(inbox, 10_000, seconds)
        cpu = time.process_time() - cpu
    finally:
        regular.fill = fill
        collector.stop()
        collector.join(5.0)
        mine.send("end")
        process.join(5.0)
    requests = len(device.plan.blocks)
    return {
        "sensors": len(device.plan.layout),
        "objects": device.plan.size,
        "requests_per_poll": requests,
        "polls": len(polls),
        "failed": sum(each.error is not None for each in polls),
        "cpu_ms_per_poll": round(1000 * cpu / max(1, len(polls)), 3),
        "known_shape_share": round(1 - len(slow) / max(1, requests * len(polls)), 4),
    }


def main() -> int:
    """Measure each kind of gear, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sensors", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--interval", type=float, default=0.5)
    args = parser.parse_args()
    found = {kind: measure(kind, args.sensors // len(KINDS), args.interval, args.seconds) for kind in KINDS}
    total = {
        key: round(sum(float(str(each[key])) for each in found.values()), 3)
        for key in ("sensors", "requests_per_poll", "cpu_ms_per_poll")
    }
    is_fast = all(each["known_shape_share"] >= FAST_SHARE and not each["failed"] for each in found.values())
    print(json.dumps({**found, "together": total, "on_the_fast_way": is_fast}, indent=1))
    return 0 if is_fast else 1


if __name__ == "__main__":
    sys.exit(main())
