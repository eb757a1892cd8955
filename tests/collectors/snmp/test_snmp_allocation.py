"""A poll of 347 values is one object with arrays inside, from the reply to the store: nothing per value is kept."""

import tracemalloc

import numpy as np

from collectors.snmp import ber
from collectors.snmp.device import PolledDevice, Times
from collectors.snmp.line import Line
from collectors.snmp.session import CommunitySession
from collectors.snmp.shapes import Shapes
from noc_console.alarms.load import load_conditions
from noc_console.model.poll import PollResult
from noc_console.monitor.monitor import Monitor
from noc_console.profiles.catalogue import own_catalogue
from tests.collectors.snmp.polling import V2C, fleet
from tests.collectors.snmp.talking import talk
from tests.servers.snmp_agent import Agent, switch

PORTS, SENSORS = 38, 4
VALUES = 1 + PORTS * 9 + SENSORS
POLLS = 20


def polled_device():
    inventory = fleet(("leaf-01", ("127.0.0.1", 161), V2C), interval=30.0)
    device = PolledDevice(
        name="leaf-01", collect=inventory.devices["leaf-01"].collect["snmp"], catalogue=own_catalogue(), shapes=Shapes()
    )
    device.line = Line(session=CommunitySession(ber.V2C, b"public"), address=("127.0.0.1", 161))
    return inventory, device


def results_of(device, agent, count, start):
    results: list[PollResult] = []
    for number in range(count):
        at = start + 30.0 * number
        agent.objects[ber.oid("1.3.6.1.2.1.31.1.1.1.6.5")] = (ber.COUNTER64, 2**40 + number)
        talk(device.poll(results.append, Times(due=at, started=at, interval=30.0), lambda at=at: at + 0.01), agent)
    return results


def test_a_poll_of_347_values_keeps_no_object_per_value():
    _, device = polled_device()
    agent = Agent(switch(PORTS, SENSORS))
    warm = results_of(device, agent, 3, 1_795_000_000.0)
    assert len(warm[-1].values) == VALUES == 347
    tracemalloc.start()
    try:
        agent.requests.clear()
        before = tracemalloc.take_snapshot()
        kept = results_of(device, agent, POLLS, 1_795_000_200.0)
        agent.requests.clear()
        after = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
    grown = [stat for stat in after.compare_to(before, "lineno") if "tests" not in stat.traceback[0].filename]
    blocks, octets = sum(s.count_diff for s in grown) / POLLS, sum(s.size_diff for s in grown) / POLLS
    assert len(kept) == POLLS
    assert blocks < 20, f"{blocks} blocks stay for each poll"
    assert octets < VALUES * 8 + 1500, f"{octets} octets stay for each poll"


def test_what_leads_from_the_poll_to_the_store_makes_no_object_per_value():
    inventory, device = polled_device()
    agent = Agent(switch(PORTS, SENSORS))
    start = 1_795_000_000.0
    monitor = Monitor(inventory, load_conditions(None), now=start)
    durable = []
    results = results_of(device, agent, 12, start)

    def hand_over(result):
        monitor.advance(result.finished)
        monitor.ingest(result)
        output = monitor.take(result.finished)
        durable.append(output.durable)

    for result in results[:6]:
        hand_over(result)
    grew = []
    tracemalloc.start()
    try:
        for result in results[6:]:
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            hand_over(result)
            grew.append(tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()
    assert np.median(grew) < 12 * VALUES * 8, f"{grew}: more than some arrays of {VALUES} values at the peak"
