"""Worlds that are made once, and a real fleet served by a thread of the test."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.simulator.fleet import Fleet
from collectors.simulator.folder import Folder
from collectors.simulator.layout import make_plan
from collectors.simulator.plan import Plan
from collectors.simulator.world import World

BEGIN = 1_795_000_000.0


@pytest.fixture(scope="session")
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def world(plan: Plan) -> World:
    return World(plan, BEGIN)


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    """A small fleet that answers, on whatever port is free."""
    running = Fleet(make_plan(40), Folder(tmp_path / "fleet"))
    thread = threading.Thread(target=running.run, name="simulator")
    thread.start()
    yield running
    running.stop()
    thread.join(5)
    running.close()
