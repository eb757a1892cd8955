"""How fast a recording is replayed on one core: `./run bench replay-speed [--devices N] [--turns N]`. Prints JSON.

The recording is made first, in a temporary folder: GPU servers, switches and power strips, a tenth of whose values change.
"""

import argparse
import json
import random
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from noc_console.alarms.load import standard_conditions
from noc_console.model.fleet import Collect, Device, End, Inventory, Link, Rack, Site
from noc_console.readings import read_readings
from noc_console.replay import replay

T0 = 1_795_000_000.0
PER_RACK = 10
"""Devices of a rack: eight servers, one switch, one power strip."""


def inventory(devices: int) -> Inventory:
    """Racks of GPU servers under a leaf switch, all leaves under two spines."""
    found: dict[str, Device] = {}
    links: list[Link] = []
    racks: dict[str, Rack] = {}
    for number in range(max(1, devices // PER_RACK)):
        rack = f"r{number:04}"
        racks[rack] = Rack(name=rack, site="here", room="hall", row=str(number // 20), power=(f"{rack}-pdu",))
        for i in range(PER_RACK - 2):
            found[f"{rack}-gpu{i}"] = device(f"{rack}-gpu{i}", "gpu-server", "ssh", rack, power=(f"{rack}-pdu",))
            links.append(link(f"{rack}-leaf", f"Ethernet{i}", f"{rack}-gpu{i}", "eth0"))
        found[f"{rack}-leaf"] = device(f"{rack}-leaf", "leaf", "snmp", rack, power=(f"{rack}-pdu",))
        found[f"{rack}-pdu"] = device(f"{rack}-pdu", "pdu", "snmp", rack)
        links.append(link("spine-1", f"Ethernet{number}", f"{rack}-leaf", "Ethernet48"))
    found["spine-1"] = device("spine-1", "spine", "snmp", None)
    return Inventory(sites={"here": Site(name="here", title="Here")}, racks=racks, devices=found, links=tuple(links))


def device(name: str, role: str, protocol: str, rack: str | None, power: tuple[str, ...] = ()) -> Device:
    collect = {protocol: Collect(protocol=protocol, credential=None, address="127.0.0.1", port=1, interval=30.0)}
    return Device(name=name, address="127.0.0.1", role=role, site="here", rack=rack, power=power, collect=collect)


def link(a: str, a_port: str, b: str, b_port: str) -> Link:
    return Link(a=End(device=a, port=a_port), b=End(device=b, port=b_port))


def values(role: str, rng: random.Random) -> list[tuple[str, str, float]]:
    """(component, metric, value) of one answer, `reachable` among them."""
    found: list[tuple[str, str, float]] = [("", "reachable", 1)]
    if role == "gpu-server":
        for gpu in range(8):
            found += [
                (f"gpu{gpu}", "temperature_celsius", rng.choice((61, 62))), (f"gpu{gpu}", "power_watts", 600.5),
                (f"gpu{gpu}", "utilization_percent", 97), (f"gpu{gpu}", "sm_clock_hertz", 1980000000),
            ]  # fmt: skip
        return [*found, ("inlet", "temperature_celsius", 22.5), ("", "cpu_utilization_percent", rng.choice((11, 12)))]
    if role == "pdu":
        return [*found, ("inlet", "voltage_volts", 230.5), ("inlet", "power_watts", rng.choice((7971, 8011)))]
    for port in range(16):
        found += [(f"Ethernet{port}", "oper_status", 1), (f"Ethernet{port}", "admin_status", 1)]
    return [*found, ("chassis", "temperature_celsius", 38.5)]


def record(fleet: Inventory, turns: int, path: Path) -> int:
    """Write the recording; how many lines."""
    rng, lines = random.Random(7), 0
    names = list(fleet.devices)
    with path.open("w", encoding="utf-8") as out:
        for turn in range(turns):
            for i, name in enumerate(names):
                head = {"time": round(T0 + 30.0 * turn + 30.0 * i / len(names), 3), "device": name}
                if turn == 0 and fleet.devices[name].role == "gpu-server":
                    facts = {f"gpu{gpu}": {"product": "NVIDIA H100 80GB HBM3", "serial": f"{i}-{gpu}"} for gpu in range(8)}
                    out.write(json.dumps({**head, "facts": facts}) + "\n")
                for component, metric, value in values(fleet.devices[name].role, rng):
                    out.write(json.dumps({**head, "component": component, "metric": metric, "value": value}) + "\n")
                    lines += 1
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=2000)
    parser.add_argument("--turns", type=int, default=6, help="answers of each device")
    args = parser.parse_args()
    fleet = inventory(args.devices)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "readings.jsonl"
        lines = record(fleet, args.turns, path)
        megabytes = path.stat().st_size / 1e6
        cpu = process_time()
        reading = sum(1 for _ in read_readings(path))
        read_cpu = process_time() - cpu
        began, cpu = perf_counter(), process_time()
        replayed = replay(fleet, standard_conditions(), read_readings(path), perf_counter)
        seconds, cpu = perf_counter() - began, process_time() - cpu
    print(
        json.dumps(
            {
                "devices": len(fleet.devices),
                "lines": lines,
                "megabytes": round(megabytes, 1),
                "answers": reading,
                "readings": replayed.readings,
                "seconds": round(seconds, 2),
                "cpu_seconds": round(cpu, 2),
                "readings_per_cpu_second": round(replayed.readings / cpu),
                "reading_alone_per_cpu_second": round(replayed.readings / read_cpu),
                "alarms": len(replayed.alarms),
                "peak_rss_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    )


if __name__ == "__main__":
    main()
