"""Whether memory stays flat over a replayed month: `./run bench replay-month [--days N] [--store]`. Prints JSON.

A small fleet is simulated at a coarse interval: heat that comes and goes, flapping ports, devices that are lost and found, Xids,
parts that are swapped, conditions of every kind; nobody confirms or closes anything. Memory is looked at after each day.
"""

import argparse
import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from noc_console.alarms.conditions import Conditions
from noc_console.alarms.load import read_conditions, standard_files
from noc_console.model.fleet import Collect, Device, End, Inventory, Link, Rack, Site
from noc_console.model.poll import ErrorKind, Event, Layout, PollError, PollResult
from noc_console.monitor.monitor import Monitor
from noc_console.store.store import Store

T0, DAY, EVERY = 1_795_000_000.0, 86_400.0, 1800.0
SERVERS, RACKS, GPUS = 16, 2, 4

OWN = b"""
[[conditions]]
name = "inlet-rise"
kind = "rate"
metric = "temperature_celsius"
components = ["inlet"]
window = 7200
levels = { warning = 20 }
[[conditions]]
name = "hot-in-its-rack"
kind = "peers"
metric = "temperature_celsius"
components = ["inlet"]
levels = { minor = 8 }
[[conditions]]
name = "power-as-usual"
kind = "usual"
metric = "power_watts"
levels = { minor = 300 }
weeks = 2
[[conditions]]
name = "given"
kind = "absence"
components = ["gpu*", "inlet"]
levels = { warning = 1800 }
[[conditions]]
name = "quiet"
kind = "absence"
of = "source"
levels = { warning = 7200 }
[[conditions]]
name = "many-xids"
kind = "count"
levels = { minor = 5 }
window = 86400
[[conditions]]
name = "psu"
kind = "state"
metric = "psu_state"
levels = { minor = ["failed"] }
"""


class Own:
    """The conditions above, as a file."""

    name = "own.toml"

    def read_bytes(self) -> bytes:
        return OWN


def conditions() -> Conditions:
    found = read_conditions([Own(), *standard_files()])
    assert not found.mistakes, found.mistakes
    return found


def inventory() -> Inventory:
    """Racks of servers, a leaf for each."""
    devices: dict[str, Device] = {}
    links = []
    racks = {f"r{n}": Rack(name=f"r{n}", site="here", room="hall", power=(f"pdu-{n}",)) for n in range(RACKS)}
    for rack in range(RACKS):
        devices[f"pdu-{rack}"] = _device(f"pdu-{rack}", "pdu", "snmp", rack)
        devices[f"leaf-{rack}"] = _device(f"leaf-{rack}", "leaf", "snmp", rack)
    for number in range(SERVERS):
        devices[f"gpu-{number}"] = _device(f"gpu-{number}", "gpu-server", "ssh", number % RACKS)
        far = End(device=f"gpu-{number}", port="eth0")
        links.append(Link(a=End(device=f"leaf-{number % RACKS}", port=f"Ethernet{number // RACKS}"), b=far))
    return Inventory(sites={"here": Site(name="here", title="Here")}, racks=racks, devices=devices, links=tuple(links))


def _device(name: str, role: str, protocol: str, rack: int) -> Device:
    collect = {protocol: Collect(protocol=protocol, credential=None, address="127.0.0.1", port=1, interval=EVERY)}
    power = () if role == "pdu" else (f"pdu-{rack}",)
    return Device(name=name, address="127.0.0.1", role=role, site="here", rack=f"r{rack}", power=power, collect=collect)


def month(fleet: Inventory, days: int) -> Iterator[PollResult]:
    """What is heard, in order of time."""
    rng = np.random.default_rng(7)
    names = list(fleet.devices)
    number = 0
    for turn in range(int(days * DAY / EVERY)):
        at = T0 + turn * EVERY
        day = int(turn * EVERY // DAY)
        for i, name in enumerate(names):
            number += 1
            yield _answer(fleet.devices[name], at + i, (turn, day, i), rng, number)


def _answer(device: Device, at: float, where: tuple[int, int, int], rng: np.random.Generator, number: int) -> PollResult:
    turn, day, i = where
    lost = (turn + 37 * i) % 500 < 3
    if lost:
        error = PollError(kind=ErrorKind.UNREACHABLE)
        return PollResult(
            device=device.name, source=next(iter(device.collect)), due=at, started=at, finished=at, interval=EVERY, error=error
        )
    values: dict[tuple[str, str], float] = {("", "reachable"): 1.0, ("", "uptime_seconds"): at - T0 + 1e6}
    texts: tuple[tuple[str, str, str], ...] = ()
    events: tuple[Event, ...] = ()
    if device.role == "gpu-server":
        values["inlet", "temperature_celsius"] = (34.0 if (turn + 11 * i) % 60 < 4 else 22.0) + rng.normal(0, 0.2)
        for gpu in range(GPUS):
            values[f"gpu{gpu}", "temperature_celsius"] = 60.0 + rng.normal()
            values[f"gpu{gpu}", "power_watts"] = 500.0 + (100.0 if turn % 96 > 40 else 0.0) + rng.normal(0, 5)
            values[f"gpu{gpu}", "utilization_percent"] = 95.0
        # A part that is swapped each day: another name for ever.
        values[f"disk-{device.name}-{(day + i) // 2}", "temperature_celsius"] = 40.0
        texts = (("psu", "psu_state", "failed" if (turn + i) % 90 < 3 else "ok"),)
        if (turn + 7 * i) % 40 == 0:
            code = int(rng.choice([13, 31, 63, 79]))
            events = (
                Event(time=at, kind="xid", code=code, component="gpu1", severity="error", text="x", boot="b", number=number),
            )
    elif device.role == "leaf":
        for port in range(SERVERS // RACKS):
            values[f"Ethernet{port}", "admin_status"] = 1.0
            values[f"Ethernet{port}", "oper_status"] = 0.0 if (turn + 5 * port) % 50 < 2 else 1.0
    else:
        values["inlet", "voltage_volts"] = 0.0 if (turn + 50 * i) % 700 < 4 else 230.0
    array = np.array(list(values.values()))
    array.setflags(write=False)
    return PollResult(
        device=device.name, source=next(iter(device.collect)), due=at, started=at, finished=at, interval=EVERY,
        layout=Layout.of(values), values=array, texts=texts, events=events,
    )  # fmt: skip


def megabytes() -> float:
    """Resident memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    """Replay, look after each day, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--store", action="store_true", help="store it as well, in a temporary folder")
    parser.add_argument("--top", type=int, default=0, help="where most of the growth of the second half was allocated")
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        now = T0
        store = Store.open(Path(folder), lambda _: None, lambda: now) if args.store else None
        tracemalloc.start()
        fleet = inventory()
        monitor = Monitor(fleet, conditions(), now=T0)
        began, alarms, middle, days = time.perf_counter(), 0, None, []
        for count, result in enumerate(month(fleet, args.days)):
            now = result.finished
            monitor.advance(now)
            monitor.ingest(replace(result))
            if count % 20 == 0:
                output = monitor.take(now)
                if store is not None and output.durable is not None:
                    store.append(replace(output.durable, results=()))
            if now >= T0 + (len(days) + 1) * DAY:
                days.append(_look(monitor))
                alarms = max(alarms, *monitor.book.alarms, 0)
                if args.top and len(days) == args.days // 2:
                    middle = tracemalloc.take_snapshot()
        days.append(_look(monitor))
        if middle is not None:
            for line in tracemalloc.take_snapshot().compare_to(middle, "lineno")[: args.top]:
                print(line, file=sys.stderr)
        if store is not None:
            store.close()
    second = days[len(days) // 2 :]
    print(
        json.dumps(
            {
                "days": args.days,
                "answers": count + 1,
                "seconds": round(time.perf_counter() - began, 1),
                "alarms_raised": max(alarms, *monitor.book.alarms, 0),
                "rss_megabytes": [day["rss"] for day in days],
                "traced_megabytes": [day["traced"] for day in days],
                "alarms_in_memory": [day["alarms"] for day in days],
                "incidents_in_memory": [day["incidents"] for day in days],
                "growth_of_the_second_half": {
                    "rss_megabytes": round(second[-1]["rss"] - second[0]["rss"], 2),
                    "traced_megabytes": round(second[-1]["traced"] - second[0]["traced"], 2),
                },
            }
        )
    )


def _look(monitor: Monitor) -> dict[str, float]:
    gc.collect()
    return {
        "rss": round(megabytes(), 1),
        "traced": round(tracemalloc.get_traced_memory()[0] / 1e6, 2),
        "alarms": len(monitor.book.alarms),
        "incidents": len(monitor._incidents._incidents),
    }


if __name__ == "__main__":
    main()
