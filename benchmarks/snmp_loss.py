"""Polls through a network that loses, doubles and reorders packets: prints one JSON object; status 1 if anything is amiss.

`./run bench snmp-loss [--devices N] [--seconds N] [--interval N] [--seed N]`: collector, monitor and store, agents whose counters
are others in every answer, and between them a way of its own to each: 30 % of the packets dropped, 5 % doubled, 5 % overtaken by
the next, in both directions. Every stored counter must be one that its agent sent; no poll may overrun its deadline; the count of
late polls must be that of the polls that began late or not at all; no device may be called unreachable.
"""

import argparse
import json
import random
import selectors
import socket
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collectors.snmp import ber
from collectors.snmp.collector import SnmpCollector
from noc_console.alarms.load import load_conditions
from noc_console.alarms.types import AlarmType
from noc_console.inbox import Inbox
from noc_console.live import MonitorThread
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from noc_console.model.poll import CollectorBeat, PollResult
from noc_console.monitor.monitor import Monitor
from noc_console.store.columns import layout_of, unpack
from noc_console.store.files import DATABASE
from noc_console.store.store import Store
from tests.servers.snmp_agent import Agent, AgentServer, switch

DROPPED, DOUBLED, REORDERED = 0.30, 0.05, 0.05
TIMEOUT_S = 0.5
"""For all sendings of a request; a poll may take twice this, or nine tenths of its interval."""
SLACK_S = 0.3
"""A busy machine may notice a deadline so much later."""
COUNTED = ("in_octets_total", "out_octets_total")


class CountingAgent(Agent):
    """Its counters are others in every answer; `told` is every number that it ever sent as one."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.told: set[float] = set()

    def answer(self, request: bytes, *, version: int = ber.V2C) -> bytes:
        """The answer of a moment in which everything has counted on."""
        for name, (tag, value) in list(self.objects.items()):
            if tag == ber.COUNTER64:
                self.objects[name] = (tag, value + 1_000_003)
                self.told.add(float(value + 1_000_003))
        return super().answer(request, version=version)


class BadNetwork:
    """A way to an agent, of its own address, on which packets are lost, doubled, and overtaken by the next."""

    def __init__(self, agent: tuple[str, int], rng: random.Random) -> None:
        self.rng, self.agent = rng, agent
        self.outside, self.inside = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        for each in (self.outside, self.inside):
            each.bind(("127.0.0.1", 0))
        self.address = self.outside.getsockname()
        self.passed = self.lost = 0
        self.held: dict[socket.socket, list[tuple[bytes, tuple[str, int]]]] = {self.outside: [], self.inside: []}
        self._client: tuple[str, int] | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bad network")

    def __enter__(self) -> "BadNetwork":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(2)
        self.outside.close()
        self.inside.close()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            for each in (self.outside, self.inside):
                selector.register(each, selectors.EVENT_READ)
            while not self._ending.is_set():
                for key, _ in selector.select(0.05):
                    self._pass_on(key.fileobj)

    def _pass_on(self, came_to: object) -> None:
        assert isinstance(came_to, socket.socket)
        message, sender = came_to.recvfrom(65535)
        if came_to is self.outside:
            self._client = sender
            self._carry(self.inside, message, self.agent)
        elif self._client is not None:
            self._carry(self.outside, message, self._client)

    def _carry(self, way: socket.socket, message: bytes, to: tuple[str, int]) -> None:
        chance = self.rng.random()
        if chance < DROPPED:
            self.lost += 1
            return
        if chance < DROPPED + REORDERED:
            self.held[way].append((message, to))
            return
        self.passed += 1
        for _ in range(2 if chance > 1 - DOUBLED else 1):
            way.sendto(message, to)
        for late in self.held[way]:
            way.sendto(*late)
        self.held[way].clear()


@dataclass
class Found:
    """What came of it; `amiss` says what must not be."""

    packets: int = 0
    lost: int = 0
    polls: int = 0
    due: int = 0
    failed: int = 0
    in_flight: int = 0
    """At the end: one that looks at a device may take longer than was waited for."""
    late: int = 0
    late_seen: int = 0
    stored_counters: int = 0
    slowest_poll: float = 0.0
    failures: dict[str, int] = field(default_factory=dict)
    """Polls without an answer, by why: a poll of which everything is lost is one."""
    amiss: list[str] = field(default_factory=list)


class Heard:
    """An inbox that keeps the answers beside."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.results: list[PollResult] = []

    def put(self, item: PollResult | CollectorBeat, /) -> None:
        """Keep it, hand it on."""
        if isinstance(item, PollResult):
            self.results.append(item)
        self.inbox.put(item)


def inventory_of(networks: list[BadNetwork], interval: float) -> Inventory:
    """A device behind each network."""
    devices = {}
    for number, network in enumerate(networks):
        name, (host, port) = f"leaf-{number:02d}", network.address
        collect = Collect(protocol="snmp", credential="public", address=host, port=port, interval=interval, timeout=TIMEOUT_S)
        devices[name] = Device(name=name, address=host, role="leaf", collect={"snmp": collect})
    return Inventory(credentials={"public": Credential(name="public", kind="snmp-v2c")}, devices=devices)


class OneSecret:
    """The one community."""

    def get(self, credential: str, secret: str, /) -> str:
        """It."""
        return "public"


def through_bad_networks(folder: Path, *, devices: int, interval: float, seconds: float, seed: int) -> Found:
    """Poll for a while and look at what was stored."""
    rng, found = random.Random(seed), Found()
    with ExitStack() as stack:
        servers = [stack.enter_context(AgentServer(CountingAgent(switch(16, 2)))) for _ in range(devices)]
        ways = [stack.enter_context(BadNetwork(server.address, random.Random(rng.random()))) for server in servers]
        inventory = inventory_of(ways, interval)
        heard, beat = polled(inventory, folder, interval, seconds, rng)
    found.packets, found.lost = sum(way.passed + way.lost for way in ways), sum(way.lost for way in ways)
    found.polls, found.due, found.failed, found.late = beat.polls, beat.due, beat.failed, beat.late
    found.in_flight = beat.in_flight
    agents = {f"leaf-{number:02d}": server.agent for number, server in enumerate(servers)}
    found.failures = dict(Counter(f"{each.source} {each.error.reason}" for each in heard.results if each.error))
    look_at_times(heard.results, interval, found)
    look_at_store(folder / DATABASE, {name: agent.told for name, agent in agents.items()}, found)
    return found


def polled(
    inventory: Inventory, folder: Path, interval: float, seconds: float, rng: random.Random
) -> tuple[Heard, CollectorBeat]:
    """Collector, monitor and store at work for a while; then the polls in flight end, and all is stored."""
    inbox = Inbox()
    heard, store = Heard(inbox), Store.open(folder, inbox.put, time.time)
    collector = SnmpCollector(inventory, OneSecret(), heard, time.time, rng)
    monitor = MonitorThread(Monitor(inventory, load_conditions(None), now=time.time()), inbox, store, collector.ask, time.time)
    monitor.start()
    collector.start()
    try:
        time.sleep(seconds)
        collector.drain()
        end = time.monotonic() + 2 * interval
        while not collector.idle() and time.monotonic() < end:
            time.sleep(0.02)
        return heard, collector.beat()
    finally:
        collector.stop()
        collector.join(2.0)
        monitor.stop()
        monitor.join(5.0)
        store.close(5.0)


def look_at_times(results: list[PollResult], interval: float, found: Found) -> None:
    """Deadlines, and the polls that began late."""
    met: set[str] = set()
    allowed = max(2 * TIMEOUT_S, 0.9 * interval) + SLACK_S
    for result in results:
        took = result.finished - result.started
        if result.source == "snmp" and result.device in met:
            found.slowest_poll = max(found.slowest_poll, took)
            if took > allowed:
                found.amiss.append(f"{result.device}: a poll took {took:.2f} s")
        met |= {result.device} if result.source == "snmp" and result.error is None else set()
    begun = list({(result.device, result.due, result.started): result for result in results}.values())
    edges = [result.started - result.due - 0.1 * result.interval for result in begun]
    missed = found.due - found.polls - found.in_flight
    found.late_seen = sum(edge > 0 for edge in edges) + missed
    # a first poll waits for its way to be made, and that is not the schedule's; what is on the edge may be seen either way
    first = {result.device: edge for result, edge in zip(reversed(begun), reversed(edges), strict=True)}
    unsure = sum(abs(edge) < 0.02 for edge in edges) + sum(edge > 0 for edge in first.values())
    if abs(found.late - found.late_seen) > unsure:
        found.amiss.append(f"{found.late} polls are told to be late, {found.late_seen} were")


def look_at_store(path: Path, told: dict[str, set[float]], found: Found) -> None:
    """Every stored counter is one that was sent; nobody was called away."""
    with sqlite3.connect(path) as db:
        joined = "readings r JOIN sources s ON s.id = r.source JOIN layouts l ON l.id = r.layout"
        query = f'SELECT s.device, l.keys, r."values" FROM {joined}'
        for device, keys, blob in db.execute(query):
            columns = [at for at, (_, metric) in enumerate(layout_of(keys).keys) if metric in COUNTED]
            values = unpack(blob)[columns]
            known = values[values == values]
            found.stored_counters += len(known)
            wrong = set(known.tolist()) - told[device]
            if wrong:
                found.amiss.append(f"{device}: {len(wrong)} stored values that were never sent, {min(wrong)} among them")
        alarms = db.execute("SELECT device FROM alarms WHERE type = ?", (str(AlarmType.UNREACHABLE),)).fetchall()
    found.amiss += [f"{device} was called unreachable" for (device,) in alarms]
    db.close()


def main() -> None:
    """Poll and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=20)
    parser.add_argument("--interval", type=float, default=2.0)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = through_bad_networks(
            Path(folder), devices=args.devices, interval=args.interval, seconds=args.seconds, seed=args.seed
        )
    print(json.dumps({**vars(found), "slowest_poll": round(found.slowest_poll, 3)}))
    sys.exit(1 if found.amiss else 0)


if __name__ == "__main__":
    main()
