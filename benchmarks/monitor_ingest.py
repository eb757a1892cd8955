"""What one poll of 347 values costs the monitor when nothing changes: `python benchmarks/monitor_ingest.py`. Prints JSON."""

import json
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from noc_console.alarms.conditions import Conditions
from noc_console.alarms.load import read_conditions, standard_conditions, standard_files
from noc_console.model.fleet import Collect, Device, End, Inventory, Link
from noc_console.model.poll import Layout, PollResult
from noc_console.monitor.monitor import Monitor

PORTS, SENSORS = 48, 10
"""48 ports × 7 metrics + 10 temperatures + uptime = 347 values."""
DEVICES, ROUNDS = 50, 40
PORT_METRICS = (
    "oper_status", "admin_status", "speed_bits_per_second", "in_octets_total", "out_octets_total",
    "in_errors_total", "out_errors_total",
)  # fmt: skip


def layout() -> Layout:
    """The columns of a switch's answer."""
    ports = [(f"Ethernet{i}", metric) for i in range(PORTS) for metric in PORT_METRICS]
    sensors = [(f"Temp {i}", "temperature_celsius") for i in range(SENSORS)]
    return Layout.of([*ports, *sensors, ("", "uptime_seconds")])


def inventory() -> Inventory:
    """A ring of switches, half of their ports planned."""
    collect = {"snmp": Collect(protocol="snmp", credential=None, address="127.0.0.1", port=161, interval=30.0)}
    limits = {"temperature_celsius": {"major": 60.0, "critical": 70.0}}
    devices = {
        f"leaf-{i}": Device(name=f"leaf-{i}", address="127.0.0.1", role="leaf", collect=collect, limits=limits)
        for i in range(DEVICES)
    }
    links = tuple(
        Link(a=End(device=f"leaf-{i}", port=f"Ethernet{p}"), b=End(device=f"leaf-{(i + 1) % DEVICES}", port=f"Ethernet{p + 24}"))
        for i in range(DEVICES)
        for p in range(24)
    )
    return Inventory(devices=devices, links=links)


def results(shape: Layout) -> list[PollResult]:
    """Their answers, turn by turn: counters count, nothing else changes."""
    metrics = np.array([metric for _, metric in shape.keys])
    start = np.where(metrics == "speed_bits_per_second", 100e9, np.where(metrics == "temperature_celsius", 40.0, 1.0))
    counters = np.char.endswith(metrics, "_octets_total")
    made = []
    for turn in range(ROUNDS):
        at = 1_795_000_000.0 + 30.0 * turn
        values = start.copy()
        values[counters] += 30e9 * turn
        values[-1] = at
        values.setflags(write=False)
        made += [
            PollResult(
                device=f"leaf-{i}", source="snmp", due=at, started=at, finished=at + 0.01 * i, interval=30.0,
                layout=shape, values=values,
            )
            for i in range(DEVICES)
        ]  # fmt: skip
    return made


OWN = b"""
[[conditions]]
name = "errors"
kind = "rate"
metric = "in_errors_total"
per = "second"
direction = "either"
levels = { minor = 10 }
[[conditions]]
name = "odd"
kind = "peers"
metric = "temperature_celsius"
among = "role"
levels = { minor = 10 }
[[conditions]]
name = "usual"
kind = "usual"
metric = "temperature_celsius"
levels = { minor = 10 }
[[conditions]]
name = "given"
kind = "absence"
levels = { minor = 300 }
"""


class Own:
    """Four conditions: rates of 48 ports, 10 temperatures against 500 peers and against what is usual, all that is given."""

    name = "own.toml"

    def read_bytes(self) -> bytes:
        return OWN


def measure(conditions: Conditions, shape: Layout) -> dict[str, object]:
    """Each answer's cost."""
    monitor = Monitor(inventory(), conditions, now=1_795_000_000.0)
    ingest, take = [], []
    for result in results(shape):
        began = perf_counter()
        monitor.advance(result.finished)
        monitor.ingest(result)
        between = perf_counter()
        monitor.take(result.finished)
        take.append(perf_counter() - between)
        ingest.append(between - began)
    calm = slice(3 * DEVICES, None)
    return {
        "ingest_microseconds": {f"p{p}": round(float(np.percentile(ingest[calm], p)) * 1e6, 1) for p in (50, 99)},
        "take_microseconds": {f"p{p}": round(float(np.percentile(take[calm], p)) * 1e6, 1) for p in (50, 99)},
        "first_polls_microseconds": round(float(np.median(ingest[:DEVICES])) * 1e6, 1),
        "alarms": len(monitor.book.alarms),
    }


def main() -> None:
    """Measure and print."""
    shape = layout()
    own = read_conditions([Own(), *standard_files()])
    assert not own.mistakes, own.mistakes
    print(
        json.dumps(
            {
                "values": len(shape),
                "polls": DEVICES * ROUNDS,
                **measure(standard_conditions(), shape),
                "with_conditions_of_four_kinds": measure(own, shape),
            }
        )
    )


if __name__ == "__main__":
    main()
