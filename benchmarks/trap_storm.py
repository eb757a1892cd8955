"""A storm of traps on a console that polls: prints one JSON object; status 1 if a count is not exact or a poll was late.

`./run bench trap-storm [--seconds 60] [--rate 1000] [--devices 200] [--window]`: loopback switches (`responder.c`) polled every
10 s; meanwhile traps of versions 2c and 3 come from their addresses, one in ten from a stranger. Counted are what was sent, what
became of each, polls due and late, and CPU with and without the storm; with `--window` the real window runs (in memory) and the
lateness of its event loop is measured before and in the storm. Beside it, in the same run: what reading one trap costs here and
in pysnmp's own decoder.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.fuzz_traps import LINK_DOWN  # noqa: E402
from benchmarks.snmp_poll import address, inventory, responder  # noqa: E402
from collectors.snmp import ber  # noqa: E402

INTERVAL = 10.0
CALM_S = 20.0
"""Before the storm, and measured; the first contacts come before that."""
PERIOD_MS = 5


def trap(number: int) -> bytes:
    """A linkDown of version 2c with the port that went down."""
    varbinds = [
        (ber.oid("1.3.6.1.2.1.1.3.0"), ber.TIME_TICKS, number),
        (ber.oid("1.3.6.1.6.3.1.1.4.1.0"), ber.OBJECT_IDENTIFIER, LINK_DOWN),
        (ber.oid(f"1.3.6.1.2.1.2.2.1.1.{number % 48 + 1}"), ber.INTEGER, number % 48 + 1),
    ]
    return ber.encode_community_message(ber.V2C, b"public", ber.encode_pdu(ber.TRAP_V2, number, ber.encode_varbinds(varbinds)))


def storm(port: int, rate: int, seconds: float, devices: int) -> int:
    """Send at this rate from the devices' addresses, one in ten from a stranger; how many were sent."""
    senders = []
    for number in range(min(devices, 100)):
        senders.append(bound(address(number)))
    stranger = bound("127.99.99.99")
    sent, begun = 0, time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        while sent < passed * rate:
            sender = stranger if sent % 10 == 9 else senders[sent % len(senders)]
            sender.sendto(trap(sent), ("127.0.0.1", port))
            sent += 1
        time.sleep(0.005)
    for each in (*senders, stranger):
        each.close()
    return sent


def bound(host: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((host, 0))
    return made


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def console(args: argparse.Namespace, folder: Path, agents: int) -> dict[str, object]:
    """`collect` as a whole, in calm and in the storm; the window instead with `--window`."""
    port = free_port()
    warm_up = 6 + args.devices / 60
    total = warm_up + CALM_S + args.seconds + 4
    fleet = inventory(folder, agents, args.devices, INTERVAL)
    environment = {**os.environ, "NOC_SECRET_BENCH_COMMUNITY": "public", "QT_QPA_PLATFORM": "offscreen"}
    words = [str(ROOT / "main.py"), "collect", str(fleet), "--stats", "--for", str(total), "--warm-up", str(warm_up)]
    if args.window:
        words = [__file__, "--role", "window", "--fleet", str(fleet), "--total", str(total), "--warm-up", str(warm_up + CALM_S)]
    words += ["--traps", f"127.0.0.1:{port}", "--data", str(folder / "data")]
    with subprocess.Popen([sys.executable, *words], env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        time.sleep(warm_up + CALM_S + (2 if args.window else 0))
        before = cpu_seconds(running.pid)
        sent = storm(port, args.rate, args.seconds, args.devices)
        used = cpu_seconds(running.pid) - before
        told = json.loads(running.stdout.read().splitlines()[-1])
    share = round(100 * used / args.seconds, 1)
    return {"sent": sent, "percent_of_a_core_in_the_storm": share, **told}


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def show_window(args: argparse.Namespace) -> dict[str, object]:
    """The real window in this process with a timer beside it."""
    import numpy as np
    from PySide6.QtCore import QElapsedTimer, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    import main as program

    app = QApplication(sys.argv[:1])
    clock = QElapsedTimer()
    clock.start()
    ticks: list[float] = []
    timer = QTimer(app, timerType=Qt.TimerType.PreciseTimer, interval=PERIOD_MS)
    timer.timeout.connect(lambda: ticks.append(clock.nsecsElapsed() / 1e6))
    timer.start()
    states: list = []
    last = QTimer(app, interval=500)
    last.timeout.connect(lambda: states.append(collectors()))
    last.start()
    words = ["--inventory", args.fleet, "--data", args.data, "--traps", args.traps, "--for", str(args.total)]
    status = program.main(["console", *words, "--size", "1920x1080", "--theme", "dark"])
    late = np.maximum(0.0, np.diff(np.array(ticks)) - PERIOD_MS)
    at = np.array(ticks[1:]) / 1e3
    calm = late[(at > args.warm_up - CALM_S) & (at < args.warm_up)]
    stormy = late[(at > args.warm_up + 2) & (at < args.total - 6)]
    seen = next((state for state in reversed(states) if "traps" in state and "snmp" in state), {})
    polls = seen.get("snmp")
    return {
        "exit_status": status,
        "loop_late_ms": {name: figures(part) for name, part in (("calm", calm), ("storm", stormy))},
        "polls": getattr(polls, "polls", 0),
        "due": getattr(polls, "due", 0),
        "late": getattr(polls, "late", -1),
        "failed": getattr(polls, "failed", -1),
        "traps": dict_of(seen["traps"].traps) if "traps" in seen else None,
    }


def figures(late) -> dict[str, float]:
    import numpy as np

    p50, p99 = np.percentile(late, [50, 99])
    return {"p50": round(float(p50), 2), "p99": round(float(p99), 2), "most": round(float(late.max()), 2)}


def collectors() -> dict:
    from PySide6.QtWidgets import QApplication

    windows = [w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow"]
    return dict(windows[0].context.mirror.collectors) if windows else {}


def dict_of(counts) -> dict:
    from dataclasses import asdict

    return asdict(counts)


def cost_of_one() -> dict[str, float]:
    """Microseconds of CPU to read one trap: here, and by pysnmp's decoder (message, PDU, variable bindings)."""
    from pyasn1.codec.ber import decoder
    from pysnmp.proto.api import v2c

    from benchmarks.fuzz_traps import an_intake

    message, intake, ours, theirs = trap(7), an_intake(), 5_000, 300
    begun = time.thread_time()
    for _ in range(ours):
        intake.take(message, "192.0.2.1", 1.0, 0.0)
    here = (time.thread_time() - begun) / ours
    begun = time.thread_time()
    for _ in range(theirs):
        read, _ = decoder.decode(message, asn1Spec=v2c.Message())
        v2c.apiTrapPDU.get_varbinds(v2c.apiMessage.get_pdu(read))
    there = (time.thread_time() - begun) / theirs
    return {"ours": round(here * 1e6, 1), "pysnmp": round(there * 1e6, 1), "times": round(there / here, 1)}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=int, default=1_000)
    parser.add_argument("--devices", type=int, default=200)
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--role", choices=("window",), help=argparse.SUPPRESS)
    for name in ("--fleet", "--data", "--traps"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    for name in ("--total", "--warm-up"):
        parser.add_argument(name, type=float, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.role:
        print(json.dumps(show_window(args)))
        return
    with tempfile.TemporaryDirectory() as name, responder(Path(name), ROOT / "benchmarks" / "responder.c") as agents:
        told = console(args, Path(name), agents)
    counts = told["traps"]
    assert isinstance(counts, dict)
    names = ("told", "coalesced", "waiting", "strangers", "refused", "malformed")
    exact = counts["received"] + counts["dropped"] == told["sent"] and sum(counts[n] for n in names) == counts["received"]
    print(json.dumps({**told, "exact": exact, "microseconds_for_one": cost_of_one()}))
    sys.exit(0 if exact and told["late"] == 0 else 1)


if __name__ == "__main__":
    main()
