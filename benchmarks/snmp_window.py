"""2,000 loopback devices in the window's own process, beside an idle window in the same run: how late its event loop is.

    ./run bench snmp-window [--devices 2000] [--seconds 60] [--idle 60] [--interval 30]

The devices are `responder.c`, built here with gcc. Each window is a process of its own with a precise 5 ms timer (as in the
benchmark `demo-fleet`); the first looks at all devices are over before anything is measured. Prints one JSON object.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import demo_fleet  # noqa: E402
from benchmarks.snmp_poll import inventory, responder  # noqa: E402


def main() -> None:
    """Run both windows, one after the other, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--idle", type=float, default=60.0)
    parser.add_argument("--interval", type=float, default=30.0)
    parser.add_argument("--role", help=argparse.SUPPRESS)
    parser.add_argument("--warm-up", type=float, default=demo_fleet.WARM_UP_S, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.role:
        words = ["console", "--inventory", args.role]
        print(json.dumps(demo_fleet.measure_window(words, args.seconds, args.warm_up)))
        return
    with tempfile.TemporaryDirectory() as made, responder(Path(made), ROOT / "benchmarks" / "responder.c") as port:
        idle = Path(made) / "idle.toml"
        idle.write_text("", encoding="utf-8")
        polled = inventory(Path(made), port, args.devices, args.interval)
        found = {"idle": in_its_own_process(idle, args.idle, demo_fleet.WARM_UP_S)}
        # every device is met first, at most 80 in a second
        found["polling"] = in_its_own_process(polled, args.seconds, demo_fleet.WARM_UP_S + args.devices / 60)
    late = found["polling"]["loop_late_ms"]["p99"] - found["idle"]["loop_late_ms"]["p99"]
    print(json.dumps({**found, "loop_later_than_idle_p99_ms": round(late, 2)}, indent=1))


def in_its_own_process(path: Path, seconds: float, warm_up: float) -> dict:
    """What a window on this inventory measured."""
    words = [sys.executable, __file__, "--role", str(path), "--seconds", str(seconds), "--warm-up", str(warm_up)]
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "NOC_SECRET_BENCH_COMMUNITY": "public"}
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
