"""What a poll costs, beside other programs that poll the same devices: prints one JSON object.

`./run bench snmp-poll [--short] [--devices N] [--many N] [--seconds N] [--only NAME]`: loopback switches of 48 ports, 347
objects each (`responder.c`, built here with gcc), polled one after the other by `noc-console collect` as a whole with and without
its store, by Debian's prometheus-snmp-exporter and by pysnmp's high-level interface. Each figure is of CPU seconds of the process
that polls, so that ratios hold on a busy machine; only ratios of one run are to be compared. Then the same with many devices, as
many polls each second; then those at their usual pace. `marks` says what is wanted and whether it holds. It takes twelve minutes;
`--short` leaves the many out and takes half a minute.
"""

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from noc_console.profiles.catalogue import own_catalogue  # noqa: E402

OBJECTS = 347
FEW_STEPS = ("console", "exporter", "console_stored", "pysnmp")
CROWD_STEPS = ("crowd", "crowd_exporter", "crowd_stored", "crowd_pysnmp")
MANY_STEPS = ("many", "many_stored")
MANY_INTERVAL_S, MANY_SECONDS = 30.0, 60.0
TIMES_EXPORTER, TIMES_EXPORTER_STORED, TIMES_PYSNMP = 10.0, 6.0, 150.0
PERCENT_OF_A_CORE, PERCENT_STORED, MOST_MB = 8.0, 12.0, 250.0
EXPORTER = "prometheus-snmp-exporter"
EXPORTER_CONNECTIONS = 16


def address(number: int) -> str:
    """The address of a device: each has one of its own."""
    return f"127.{20 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"


@contextmanager
def responder(folder: Path, source: Path) -> Iterator[int]:
    """The devices; gives their port, and prints what answering cost to stderr."""
    program = folder / "responder"
    subprocess.run(["gcc", "-O2", "-o", program, source], check=True)
    with subprocess.Popen([program, "0"], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield json.loads(running.stdout.readline())["port"]
        finally:
            running.terminate()
            print("responder:", running.stdout.readline().strip(), file=sys.stderr)


# --- the console --------------------------------------------------------------------------------------------------------------


def inventory(folder: Path, port: int, devices: int, interval: float) -> Path:
    """An inventory of so many devices."""
    path = folder / f"fleet-{devices}-{interval}.toml"
    role = f'[roles.leaf]\ninterval = {interval}\ncollect = {{ snmp = {{ credential = "bench", port = {port} }} }}\n'
    each = (f'[[devices]]\nname = "switch-{n:05d}"\naddress = "{address(n)}"\nrole = "leaf"\n' for n in range(devices))
    path.write_text('[credentials.bench]\nkind = "snmp-v2c"\n' + role + "".join(each), encoding="utf-8")
    return path


def free_port() -> int:
    """One for the notifications, which do not come."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def console(folder: Path, port: int, devices: int, interval: float, seconds: float, *, stored: bool) -> dict[str, object]:
    """`collect` as a whole; the time in which every device is met for the first time is measured on its own."""
    # a device is met in about 7 ms, at most 80 of them in a second; the store then writes 200 rows of each
    warm_up = 6 + devices / (30 if stored else 60)
    data = folder / f"data-{devices}-{stored}"
    words = [sys.executable, str(ROOT / "main.py"), "collect", str(inventory(folder, port, devices, interval)), "--stats"]
    words += ["--for", str(warm_up + seconds), "--warm-up", str(warm_up), "--data", str(data)]
    words += ["--traps", f"127.0.0.1:{free_port()}", *([] if stored else ["--no-store"])]
    told = subprocess.run(
        words, env={**os.environ, "NOC_SECRET_BENCH_COMMUNITY": "public"}, stdout=subprocess.PIPE, check=True, text=True
    )
    stats = json.loads(told.stdout)
    shutil.rmtree(data, ignore_errors=True)
    cpu = stats["cpu_seconds"]
    return {
        "devices": devices,
        "interval": interval,
        "polls": stats["polls"],
        "due": stats["due"],
        "in_flight": stats["in_flight"],
        "missed": stats["missed"],
        "late": stats["late"],
        "failed": stats["failed"],
        "values_per_poll": round(stats["varbinds"] / max(1, stats["polls"]), 1),
        "devices_per_cpu_second": round(stats["polls"] / cpu, 1),
        "percent_of_a_core": round(100 * cpu / stats["seconds"], 2),
        "peak_rss_mb": stats["peak_rss_mb"],
        "poll_seconds": stats["poll_seconds"],
    }


# --- the exporter -------------------------------------------------------------------------------------------------------------


def exporter_configuration(sensors: int = 10) -> str:
    """The objects of the profile `bench` in the exporter's words: columns walked, scalars and sensors by name."""
    profile = own_catalogue().profiles["bench"]
    ports, table = profile.ports[0], profile.sensors[0]
    scalars = [scalar.object for scalar in profile.scalars]
    rows = [f"{table.value}.{1001 + n}" for n in range(sensors)]
    row = ["    indexes: [{labelname: row, type: gauge}]"]
    metrics = [
        line for n, each in enumerate(scalars) for line in (f"  - name: scalar{n}", f"    oid: {each[:-2]}", "    type: gauge")
    ]
    for column in ports.columns:
        kind = "counter" if column.metric.endswith("_total") else "gauge"
        metrics += [f"  - name: {column.name}", f"    oid: {column.object}", f"    type: {kind}", *row]
    metrics += ["  - name: sensor", f"    oid: {table.value}", "    type: gauge", *row]
    walk = [f"  - {column.object}" for column in ports.columns]
    get = [f"  - {each}" for each in (*scalars, *rows)]
    rest = ["  version: 2", "  max_repetitions: 50", "  timeout: 5s", "  retries: 1", "  auth: {community: public}"]
    return "\n".join(["bench:", "  walk:", *walk, "  get:", *get, "  metrics:", *metrics, *rest]) + "\n"


def cpu_of(process: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def exporter(folder: Path, port: int, devices: int, seconds: float) -> dict[str, object]:
    """Debian's exporter, scraped over kept connections; the scraping process is not counted."""
    path, at = folder / "snmp.yml", 19_116
    path.write_text(exporter_configuration(), encoding="utf-8")
    words = [EXPORTER, f"--config.file={path}", f"--web.listen-address=127.0.0.1:{at}", "--log.level=error"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            wait_for(at)
            begun = cpu_of(running.pid)
            done = scrape(at, port, devices, seconds)
            cpu = cpu_of(running.pid) - begun
        finally:
            running.terminate()
    return {"devices": devices, "polls": done, "devices_per_cpu_second": round(done / cpu, 1)}


def wait_for(at: int, within: float = 30.0) -> None:
    """Until something listens there."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", at), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the exporter does not start")


def scrape(at: int, port: int, devices: int, seconds: float) -> int:
    """Scrape all devices in turn; how many scrapes there were."""
    counts: list[int] = []
    numbers, lock, end = iter(range(10**9)), threading.Lock(), time.monotonic() + seconds

    def scraper() -> None:
        connection, done = HTTPConnection("127.0.0.1", at), 0
        while time.monotonic() < end:
            with lock:
                number = next(numbers) % devices
            connection.request("GET", f"/snmp?target={address(number)}:{port}&module=bench", headers={"Accept-Encoding": "gzip"})
            reply = connection.getresponse()
            body = reply.read()
            if reply.status != 200:
                raise SystemExit(f"the exporter says {reply.status}: {body[:200]!r}")
            done += 1
        counts.append(done)

    threads = [threading.Thread(target=scraper) for _ in range(EXPORTER_CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


# --- pysnmp -------------------------------------------------------------------------------------------------------------------


def pysnmp(port: int, devices: int, seconds: float) -> dict[str, object]:
    """pysnmp's high-level interface in a process of its own, without its MIBs."""
    words = [sys.executable, __file__, "--as-pysnmp", str(port), "--devices", str(devices), "--seconds", str(seconds)]
    return json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True).stdout)


async def poll_with_pysnmp(port: int, devices: int, seconds: float) -> dict[str, object]:
    """Several columns in one GETBULK, sixteen rows at a time, the rest in one GET: as few requests as can be."""
    from pysnmp.hlapi.v3arch import asyncio as api

    profile = own_catalogue().profiles["bench"]
    columns = [column.object for column in profile.ports[0].columns]
    single = [profile.scalars[0].object, *(f"{profile.sensors[0].value}.{1001 + n}" for n in range(10))]
    engine, context, community = api.SnmpEngine(), api.ContextData(), api.CommunityData("public", mpModel=1)

    def named(names: list[str]) -> list[object]:
        return [api.ObjectType(api.ObjectIdentity(name)) for name in names]

    async def poll(number: int) -> int:
        target, count = await api.UdpTransportTarget.create((address(number), port), timeout=5, retries=1), 0
        for first in (0, 16, 32):
            start = named([column + (f".{first}" if first else "") for column in columns])
            told = await api.bulk_cmd(engine, community, target, context, 0, 16, *start, lookupMib=False)
            count += len(told[3])
        told = await api.get_cmd(engine, community, target, context, *named(single), lookupMib=False)
        return count + len(told[3])

    end, begun, done, numbers = time.monotonic() + seconds, time.process_time(), 0, iter(range(10**9))

    async def poller() -> None:
        nonlocal done
        while time.monotonic() < end:
            if await poll(next(numbers) % devices) != OBJECTS:
                raise SystemExit("pysnmp did not read every object")
            done += 1

    await asyncio.gather(*(poller() for _ in range(20)))
    cpu = time.process_time() - begun
    return {"devices": devices, "polls": done, "devices_per_cpu_second": round(done / cpu, 1)}


# ------------------------------------------------------------------------------------------------------------------------------


def measure(args: argparse.Namespace) -> dict[str, object]:
    """Everything that is wanted, the ratios, and whether they hold what is wanted of them."""
    found: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as made, responder(Path(made), args.responder) as port:
        folder = Path(made)
        steps = {
            **compared(folder, port, args.devices, args.interval, args.seconds, FEW_STEPS),
            **compared(folder, port, args.many, args.interval * args.many / args.devices, args.seconds, CROWD_STEPS),
            "many": lambda: console(folder, port, args.many, MANY_INTERVAL_S, MANY_SECONDS, stored=False),
            "many_stored": lambda: console(folder, port, args.many, MANY_INTERVAL_S, MANY_SECONDS, stored=True),
        }
        for name, step in steps.items():
            if name in args.only or not (args.only or (args.short and name not in FEW_STEPS)):
                found[name] = step()
                print(name, json.dumps(found[name]), file=sys.stderr, flush=True)
    marks = {**ratio_marks(found, FEW_STEPS), **ratio_marks(found, CROWD_STEPS), **many_marks(found)}
    return {**found, "marks": marks, "all_hold": all(mark["holds"] for mark in marks.values())}


def compared(
    folder: Path, port: int, devices: int, interval: float, seconds: float, names: tuple[str, ...]
) -> dict[str, Callable[[], dict[str, object]]]:
    """The four pollers on so many devices."""
    steps = (
        lambda: console(folder, port, devices, interval, seconds, stored=False),
        lambda: exporter(folder, port, devices, seconds),
        lambda: console(folder, port, devices, interval, seconds, stored=True),
        lambda: pysnmp(port, devices, seconds),
    )
    return dict(zip(names, steps, strict=True))


Mark = dict[str, object]


def ratio_marks(found: dict[str, dict[str, object]], names: tuple[str, ...]) -> dict[str, Mark]:
    """How many times the others' devices a CPU second of ours polls, of the same devices."""
    ours, exporters, stored, theirs = names
    pairs = ((ours, exporters, TIMES_EXPORTER), (stored, exporters, TIMES_EXPORTER_STORED), (ours, theirs, TIMES_PYSNMP))
    marks = {}
    for one, other, least in pairs:
        if one in found and other in found:
            times = round(_figure(found[one], "devices_per_cpu_second") / _figure(found[other], "devices_per_cpu_second"), 1)
            marks[f"{one} ÷ {other}, of {found[one]['devices']} devices"] = {"is": times, "least": least, "holds": times >= least}
    return marks


def many_marks(found: dict[str, dict[str, object]]) -> dict[str, Mark]:
    """What many devices at their usual pace may cost, and that each poll was made in its time."""
    marks = {}
    for name, percent in zip(MANY_STEPS, (PERCENT_OF_A_CORE, PERCENT_STORED), strict=True):
        if name in found:
            said = found[name]
            for figure, most in (("percent_of_a_core", percent), ("peak_rss_mb", MOST_MB), ("late", 0), ("missed", 0)):
                marks[f"{name}: {figure}"] = {"is": said[figure], "most": most, "holds": _figure(said, figure) <= most}
            ended = _figure(said, "polls") + _figure(said, "in_flight")
            marks[f"{name}: polls = due"] = {"is": said["polls"], "due": said["due"], "holds": ended == _figure(said, "due")}
    return marks


def _figure(step: dict[str, object], name: str) -> float:
    return float(str(step[name]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=5_000)
    parser.add_argument(
        "--interval",
        type=float,
        default=1.0,
        help="of the devices, in the comparison (many have a longer one: as many polls in a second)",
    )
    parser.add_argument("--seconds", type=float, default=20.0, help="that each program is measured in the comparison")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help=", ".join((*FEW_STEPS, *CROWD_STEPS, *MANY_STEPS))
    )
    parser.add_argument("--short", action="store_true", help="200 devices, 5 seconds each")
    parser.add_argument("--responder", type=Path, default=ROOT / "benchmarks" / "responder.c", help="the devices, in C")
    parser.add_argument("--as-pysnmp", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.as_pysnmp:
        print(json.dumps(asyncio.run(poll_with_pysnmp(args.as_pysnmp, args.devices, args.seconds))))
        return
    if args.short:
        args.devices, args.interval, args.seconds = 200, args.interval / 2, 5.0
    missing = [program for program in ("gcc", EXPORTER) if not shutil.which(program)]
    if missing:
        sys.exit(f"This benchmark needs {' and '.join(missing)}: apt-get install --no-install-recommends {' '.join(missing)}")
    print(json.dumps(measure(args)))


if __name__ == "__main__":
    main()
