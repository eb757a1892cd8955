"""2,000 devices of which 1,900 go dark at once: how soon the cause is named, in how many calls, how long the monitor is busy.

    ./run bench dark [--cause core|wan|power] [--window]

Without a window the monitor is fed as its thread feeds it, answers in batches, and each turn's time on the core is
counted. With `--window` the real
console replays the same recording in real time (offscreen where there is no display), and the lateness of its event loop (a
precise 5 ms timer) is set against its own before the fleet goes dark, and against a window that watches nothing.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from random import Random
from time import thread_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "core"))

from breakage import T0, Fault, as_lines, recording
from fleets import Fleet, Shape, as_toml, built

from noc_console.alarms.load import standard_conditions
from noc_console.monitor.monitor import Monitor

DARK_AT = 60.0
SECONDS = 200.0
BATCH_S = 0.05
"""The monitor's thread takes what came within so long in one turn."""
SHAPES = {
    "core": Shape(rows=10, racks=10, servers=18, gpus=4, feeds=0, branches=0, spines=4, attached=1, server_interval=10.0),
    "wan": Shape(centres=2, rows=9, racks=5, servers=20, gpus=4, feeds=2, branches=0, attached=1, server_interval=10.0),
    "power": Shape(rows=10, racks=10, servers=16, gpus=4, feeds=2, branches=0, attached=1, server_interval=10.0),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cause", choices=SHAPES, default="core")
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--role", choices=("idle", "replay"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.role:
        print(json.dumps(in_the_window(args.role, args.folder)))
        return
    fleet, faults = story(args.cause)
    shown = headless(fleet, faults)
    if args.window:
        shown["window"] = with_windows(fleet, faults)
    print(json.dumps(shown, indent=1))


def story(cause: str) -> tuple[Fleet, list[Fault]]:
    """The fleet and what breaks."""
    fleet = built(SHAPES[cause], Random(1))
    if cause == "core":
        return fleet, [Fault("dead", "core-1", DARK_AT, 9e9)]
    if cause == "wan":
        line = next(i for i, link in enumerate(fleet.links) if link.b.device == "core-2-1")
        return fleet, [Fault("cut", line, DARK_AT, 9e9)]
    return fleet, [Fault("row-power", ("main", str(row)), DARK_AT, 9e9) for row in range(1, 11)]


def headless(fleet: Fleet, faults: list[Fault]) -> dict:
    """The monitor alone, turn by turn."""
    results = list(recording(fleet, faults, seed=1, seconds=SECONDS))
    monitor = Monitor(fleet.inventory, standard_conditions(), now=T0)
    turns: list[tuple[float, float]] = []
    last_raised, at = 0.0, T0
    done = 0
    while done < len(results):
        at += BATCH_S
        first = done
        while done < len(results) and results[done].finished <= at:
            done += 1
        begin = thread_time()
        for result in results[first:done]:
            monitor.advance(result.finished)
            monitor.ingest(result)
        monitor.advance(at)
        monitor.take(at)
        turns.append((thread_time() - begin, at))
    alarms = list(monitor.book.alarms.values())
    called = [(t, a) for a in alarms for t in a.announced]
    last_raised = max((a.raised for a in alarms), default=T0)
    roots = {i.id: dict(i.root) for i in monitor.snapshot(at).incidents if i.alarms}
    slow = sorted(turns, reverse=True)[:5]
    return {
        "devices": len(fleet.inventory.devices),
        "alarms": len(alarms),
        "calls": [
            {"after_s": round(t - T0 - DARK_AT, 1), "device": a.device, "type": a.type, "root": roots.get(a.incident or 0)}
            for t, a in sorted(called, key=lambda x: x[0])
        ],
        "last_alarm_after_s": round(last_raised - T0 - DARK_AT, 1),
        "turns_over_50_ms": sum(took > 0.05 for took, _ in turns),
        "slowest_turns_ms": [{"ms": round(1000 * took, 1), "after_s": round(t - T0 - DARK_AT, 1)} for took, t in slow],
        "busy_s": round(sum(took for took, _ in turns), 2),
    }


def with_windows(fleet: Fleet, faults: list[Fault]) -> dict:
    """The console on the recording, and an idle one, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "inventory.toml").write_text(as_toml(fleet.inventory), encoding="utf-8")
        (place / "idle.toml").write_text("", encoding="utf-8")
        with (place / "readings.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in as_lines(recording(fleet, faults, seed=1, seconds=SECONDS)))
        environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        shown = {}
        for role in ("idle", "replay"):
            words = [sys.executable, __file__, "--role", role, "--folder", folder]
            done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            shown[role] = json.loads(done.stdout.splitlines()[-1])
    shown["later_than_idle_most_ms"] = round(shown["replay"]["dark_ms"]["most"] - shown["idle"]["dark_ms"]["most"], 1)
    return shown


def in_the_window(role: str, folder: Path) -> dict:
    """The real program with a timer beside it; times count from the start of the event loop."""
    from PySide6.QtCore import QElapsedTimer, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    import main as program

    app = QApplication(sys.argv[:1])
    timer = QTimer(app, timerType=Qt.TimerType.PreciseTimer, interval=5)
    clock = QElapsedTimer()
    ticks: list[tuple[float, float]] = []
    clock.start()
    timer.timeout.connect(lambda: ticks.append((time.time(), clock.nsecsElapsed() / 1e6)))
    timer.start()
    seconds = 40.0 if role == "idle" else SECONDS + 10
    words = ["--data", str(folder / role), "--theme", "dark", "--size", "1920x1080", "--for", str(seconds)]
    if role == "idle":
        status = program.main(["console", "--inventory", str(folder / "idle.toml"), *words])
    else:
        status = program.main(["console", "--replay", str(folder / "inventory.toml"), str(folder / "readings.jsonl"), *words])
    timer.stop()
    late = [(now / 1000, max(0.0, now - before - 5)) for (_, before), (_, now) in pairwise(ticks)]
    split = 15.0 if role == "idle" else DARK_AT
    return {
        "exit_status": status,
        "calm_ms": _late([x for t, x in late if 10.0 < t <= split]),
        "dark_ms": _late([x for t, x in late if t > split]),
        "latest": [{"s": round(t, 1), "ms": round(x, 1)} for t, x in sorted(late, key=lambda y: -y[1]) if t > 10.0][:8],
    }


def _late(values: list[float]) -> dict:
    import numpy as np

    p50, p99, p999 = np.percentile(values, [50, 99, 99.9]) if values else (0.0, 0.0, 0.0)
    return {"p50": round(p50, 2), "p99": round(p99, 2), "p99.9": round(p999, 2), "most": round(max(values, default=0.0), 1)}


if __name__ == "__main__":
    main()
