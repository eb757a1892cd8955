"""No Python object per value between collector and store: counted on one poll of 347 values."""

import sys
from collections.abc import Callable

import numpy as np

from noc_console.alarms.load import standard_conditions
from noc_console.audit.key import audit_key
from noc_console.feed import Feed
from noc_console.mirror import Mirror
from noc_console.model.changes import Snapshot
from noc_console.model.fleet import Collect, Device, Inventory
from noc_console.model.poll import Layout, PollResult
from noc_console.monitor.monitor import Monitor
from noc_console.store.auditing import AuditChain
from noc_console.store.files import open_writer
from noc_console.store.inserts import Inserter

NOW = 1_795_000_000.0
METRICS = (
    "oper_status", "admin_status", "speed_bits_per_second", "in_octets_total", "out_octets_total", "in_errors_total",
    "out_errors_total",
)  # fmt: skip
KEYS = [(f"Ethernet{n}", metric) for n in range(48) for metric in METRICS]
KEYS += [(f"Sensor {n}", "temperature_celsius") for n in range(10)] + [("", "uptime_seconds")]
MOST_BLOCKS = 150
SNMP = Collect(protocol="snmp", credential=None, address="127.0.0.1", port=161, interval=30.0)
FLEET = Inventory(devices={"leaf-01": Device(name="leaf-01", address="127.0.0.1", role="leaf", collect={"snmp": SNMP})})


def answer(n: int) -> PollResult:
    values = np.ones(len(KEYS))
    values[-1] = values[3] = 1000.0 + 30 * n
    at = NOW + 30 * n
    return PollResult(
        device="leaf-01", source="snmp", due=at, started=at, finished=at, interval=30.0, layout=Layout.of(KEYS), values=values
    )


def most_blocks_during(work: Callable[[], object]) -> int:
    """Most blocks of memory that were held at any call or return during the work, beyond those before it.

    A list of 347 floats would be about 347, however soon it is dropped.
    """
    most = 0

    def look(*_: object) -> None:
        nonlocal most
        most = max(most, sys.getallocatedblocks())

    before = sys.getallocatedblocks()
    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(None)
    return most - before


def test_the_count_sees_an_object_per_value():
    values = np.linspace(1e6, 2e6, len(KEYS))
    # Python keeps up to 100 freed floats for the next ones: those are no new blocks.
    least = len(KEYS) - 100
    assert most_blocks_during(lambda: sum(values.tolist())) >= least > MOST_BLOCKS
    assert most_blocks_during(lambda: sum(float(v) for v in list(values))) >= least


def test_one_poll_makes_no_object_per_value_from_the_monitor_to_disk_and_mirror(tmp_path):
    assert len(KEYS) == 347
    monitor = Monitor(FLEET, standard_conditions(), now=NOW)
    feed, mirror, db = Feed(), Mirror(), open_writer(tmp_path / "console.db")
    feed.restart(Snapshot(number=0, time=NOW, inventory=FLEET))
    inserter = Inserter(db, AuditChain(db, audit_key(None, tmp_path)))

    def take(result: PollResult) -> None:
        monitor.advance(result.finished)
        monitor.ingest(result)
        output = monitor.take(result.finished)
        assert output.durable is not None
        assert output.changes is not None
        with db.atomic():
            inserter.insert([output.durable], output.changes.time)
        feed.publish(output.changes)
        snapshot, changes, _ = feed.take()
        if snapshot is not None:
            mirror.start(snapshot)
        for one in changes:
            mirror.apply(one)

    # The first answers make the layout, the rows, the alarms of ports.
    for n in range(5):
        take(answer(n))
    result = answer(5)
    assert most_blocks_during(lambda: take(result)) < MOST_BLOCKS
    assert db.conn.execute("SELECT count(*) FROM readings").fetchone() == (6,)
    db.close()
