"""Tables of sensors of profiles are polled on the fast way: few requests, and replies that are read by their known shape."""

import random

import numpy as np
import pytest

from collectors.snmp import ber, regular
from collectors.snmp.planning import plan_of
from collectors.snmp.seldom import often
from tests.collectors.snmp.polling import V2C, KnownSecrets, fleet, polling
from tests.collectors.snmp.polling import regular as regular_poll
from tests.collectors.snmp.test_snmp_plan import inventory_of
from tests.servers.gear import KINDS, gear, moving
from tests.servers.snmp_agent import Agent, AgentServer


@pytest.mark.parametrize("kind", KINDS)
def test_each_request_asks_as_many_values_as_a_packet_takes(kind):
    found = inventory_of(Agent(gear(kind, 500)))
    assert found.profiles[0].name == kind
    plan = plan_of(often(found), has_bulk=True)
    assert len(plan.layout) >= 500
    in_bulk = sum(block.size for block in plan.blocks if len(block.rows) > 1)
    assert in_bulk > 0.95 * plan.size
    assert len(plan.blocks) <= plan.size / 40


@pytest.mark.parametrize("kind", KINDS)
def test_after_the_first_poll_the_replies_are_read_by_their_shape(kind, monkeypatch):
    read_safely = []
    fill = regular.fill
    monkeypatch.setattr(regular, "fill", lambda block, reply, raw: read_safely.append(block) or fill(block, reply, raw))
    agent, secrets = Agent(gear(kind, 100)), KnownSecrets(public_community="public")
    with AgentServer(agent) as server, polling(fleet((kind, server.address, V2C), interval=0.05), secrets) as polled:
        first = polled.until(regular_poll(kind))
        assert first.error is None
        moving(kind, agent, random.Random(3))
        polled.until(regular_poll(kind))  # may have been on its way while the values moved
        later = polled.until(regular_poll(kind))
    assert read_safely
    assert len(set(map(id, read_safely))) == len(read_safely), "no reply but the first of its kind is read step by step"
    assert later.layout is first.layout
    assert (np.isfinite(later.values) == np.isfinite(first.values)).all()
    assert (later.values != first.values).any()


def test_rows_that_two_tables_take_turns_in_are_asked_together():
    found = inventory_of(Agent(gear("rittal-cmc3", 400)))
    plan = plan_of(often(found), has_bulk=True)
    column = ber.oid("1.3.6.1.4.1.2606.7.4.2.2.1.11")
    asked = [row for block in plan.blocks if block.columns == (column,) for row in block.rows]
    rows = [ber.index_numbers(row) for row in asked]
    assert len(rows) == 420
    assert rows == sorted(rows)
