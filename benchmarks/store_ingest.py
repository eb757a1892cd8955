"""How many answers the store takes: prints one JSON object.

`./run bench store_ingest [--polls N] [--devices N] [--folder DIR]`: answers of 347 values as a switch of 48 ports gives them
(counters that count, states, sensors), appended as the monitor does, until the last is on disk.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from queue import SimpleQueue

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from noc_console.model.changes import Durable
from noc_console.model.poll import Layout, PollResult, Values
from noc_console.store.columns import pack
from noc_console.store.reports import Committed, StoreReport
from noc_console.store.store import Store

START = 1_795_000_000.0
COUNTERS = ("in_octets_total", "out_octets_total", "in_errors_total", "out_errors_total")
STATES = ("oper_status", "admin_status", "speed_bits_per_second")
KEYS = [(f"Ethernet{n}", metric) for n in range(1, 49) for metric in COUNTERS + STATES]
KEYS += [("", "uptime_seconds"), *((f"Sensor {n}", "temperature_celsius") for n in range(10))]
LAYOUT = Layout.of(KEYS)


def answers(devices: int, polls: int, interval: float = 30.0) -> list[PollResult]:
    """`polls` answers of so many devices, in order of time."""
    rng = np.random.default_rng(7)
    rates = np.zeros(len(KEYS))
    first = np.zeros((devices, len(KEYS)))
    for column, (_, metric) in enumerate(KEYS):
        if metric.endswith("octets_total"):
            rates[column], first[:, column] = 1e8, rng.integers(1e9, 1e14, devices)
        elif metric == "temperature_celsius":
            first[:, column] = np.round(rng.normal(40, 5, devices), 1)
        elif metric in STATES:
            first[:, column] = 1e11 if metric.startswith("speed") else 1.0
    made = []
    for n in range(polls):
        at = START + n * interval / devices
        grown = np.floor(rates * rng.uniform(0.5, 1.5, len(KEYS)) * interval * (n // devices))
        values: Values = first[n % devices] + grown
        made.append(
            PollResult(
                device=f"switch-{n % devices:04d}", source="snmp", due=at, started=at, finished=at, interval=interval,
                layout=LAYOUT, values=values,
            )
        )  # fmt: skip
    return made


def measure(folder: Path, devices: int, polls: int) -> dict[str, object]:
    """Append all, wait for the last commit, read one curve back."""
    results = answers(devices, polls)
    told: SimpleQueue[StoreReport] = SimpleQueue()
    store = Store.open(folder, told.put, lambda: START)
    begin, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    # Ten answers in one durable: what a turn of the monitor gathers.
    for n in range(0, polls, 10):
        store.append(Durable(results=tuple(results[n : n + 10])))
    store.append(Durable(command="last"))
    while not isinstance(told.get(timeout=300), Committed):
        continue
    seconds, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF)
    counts = store.counts
    reader = store.reader()
    read_begin = time.perf_counter()
    times, _ = reader.readings("switch-0000", "Ethernet1", "in_octets_total", START, START + 1e9)
    read_seconds = time.perf_counter() - read_begin
    reader.close()
    store.close(30.0)
    size = sum(file.stat().st_size for file in folder.iterdir())
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return {
        "polls": polls, "devices": devices, "values_per_poll": len(KEYS), "seconds": round(seconds, 3),
        "polls_per_second": round(polls / seconds), "microseconds_per_poll": round(seconds / polls * 1e6, 1),
        "cpu_microseconds_per_poll": round(cpu / polls * 1e6, 1), "stored": counts.answers, "dropped": counts.dropped_answers,
        "bytes_on_disk": size, "bytes_per_value": round(size / polls / len(KEYS), 2), **_packing(results),
        "curve_points": len(times), "curve_milliseconds": round(read_seconds * 1e3, 2),
    }  # fmt: skip


def _packing(results: list[PollResult]) -> dict[str, object]:
    """Whether compressing pays: time and size of the blobs alone."""
    some = results[-1000:]
    begin = time.perf_counter()
    size = sum(len(pack(result.values)) for result in some)
    seconds = time.perf_counter() - begin
    return {
        "pack_microseconds": round(seconds / len(some) * 1e6, 1),
        "packed_bytes_per_value": round(size / len(some) / len(KEYS), 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polls", type=int, default=20_000)
    parser.add_argument("--devices", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="an empty folder on the disk to measure")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        print(json.dumps(measure(args.folder or Path(made) / "data", args.devices, args.polls)))


if __name__ == "__main__":
    main()
