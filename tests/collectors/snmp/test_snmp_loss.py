"""Polls through a network that loses, doubles and reorders: nothing wrong comes of it, and nobody is called away who answers."""

import random
import selectors
import socket
import threading
import time

import numpy as np

from collectors.snmp import ber
from noc_console.alarms.load import load_conditions
from noc_console.alarms.types import AlarmType
from noc_console.model.poll import CollectorBeat, PollResult
from noc_console.monitor.monitor import Monitor
from tests.collectors.snmp.polling import V2C, KnownSecrets, fleet, polling, regular
from tests.servers.snmp_agent import Agent, AgentServer, switch

DROPPED, DOUBLED, REORDERED = 0.30, 0.05, 0.05
DEVICES, INTERVAL, SECONDS = 6, 1.0, 7.0
COUNTERS = "1.3.6.1.2.1.31.1.1.1.6"


class CountingAgent(Agent):
    """Its counters are others in every answer; `told` is every number that it ever sent as one."""

    def answer(self, request, *, version=ber.V2C):
        self.told = getattr(self, "told", set())
        for name, (tag, value) in list(self.objects.items()):
            if tag == ber.COUNTER64:
                self.objects[name] = (tag, value + 1_000_003)
                self.told.add(float(value + 1_000_003))
        return super().answer(request, version=version)


class BadNetwork:
    """A way to an agent, of its own address, on which packets are lost, doubled, and overtaken by the next."""

    def __init__(self, agent: tuple[str, int], rng: random.Random) -> None:
        self.rng, self.agent = rng, agent
        self.outside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.outside.bind(("127.0.0.1", 0))
        self.inside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.inside.bind(("127.0.0.1", 0))
        self.address = self.outside.getsockname()
        self.passed = self.lost = 0
        self.held: dict[socket.socket, list[tuple[bytes, tuple[str, int]]]] = {self.outside: [], self.inside: []}
        self._client = None
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
                    message, sender = key.fileobj.recvfrom(65535)
                    if key.fileobj is self.outside:
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


def test_where_a_third_of_the_packets_is_lost_values_are_true_and_no_device_that_answers_is_called_away():
    rng = random.Random(5)
    servers = [AgentServer(CountingAgent(switch(16, 2))) for _ in range(DEVICES)]
    networks = []
    try:
        for server in servers:
            server.__enter__()
            networks.append(BadNetwork(server.address, random.Random(rng.random())).__enter__())
        devices = [(f"leaf-{n}", network.address, V2C) for n, network in enumerate(networks)]
        inventory = fleet(*devices, interval=INTERVAL, timeout=0.12)
        results, beats, alarms = watched(inventory)
    finally:
        for each in (*networks, *servers):
            each.__exit__()
    assert sum(network.lost for network in networks) > 100
    told = {f"leaf-{n}": server.agent.told for n, server in enumerate(servers)}
    answers = [result for result in results if regular()(result) and result.error is None]
    assert len({result.device for result in answers}) == DEVICES
    assert len(answers) > 2 * DEVICES
    for result in answers:
        columns = [at for at, (_, metric) in enumerate(result.layout.keys) if metric in ("in_octets_total", "out_octets_total")]
        values = result.values[columns]
        assert set(values[~np.isnan(values)].tolist()) <= told[result.device]
    # no poll may last into the next one; the first of a device has the time of an inventory
    met = {device for device, _, _ in devices}
    for result in answers:
        assert result.device in met or result.finished - result.started < INTERVAL
        met.discard(result.device)
    late = sum(result.started - result.due > 0.1 * INTERVAL for result in results if regular()(result))
    assert beats[-1].late >= late
    assert not [alarm for alarm in alarms if alarm.type == AlarmType.UNREACHABLE]


def watched(inventory):
    """Results and beats of a while, judged as they come; what the monitor asks for is asked."""
    monitor = Monitor(inventory, load_conditions(None), now=time.time())
    results: list[PollResult] = []
    beats: list[CollectorBeat] = []
    with polling(inventory, KnownSecrets(public_community="public")) as collector:
        for item in collector.items(SECONDS):
            monitor.advance(time.time())
            if isinstance(item, PollResult):
                results.append(item)
                monitor.ingest(item)
            else:
                beats.append(item)
                monitor.beat(item)
            for request in monitor.take(time.time()).requests:
                collector.collector.ask(request)
    return results, beats, list(monitor.book.alarms.values())
