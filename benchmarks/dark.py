"""2,000 devices of which 1,900 go dark at once: how soon the cause is named, in how many calls, how long the monitor is busy.

    ./run bench dark [--cause core|wan|power] [--window] [--view alarms|map|thermal|timeline|device]

Without a window the monitor is fed as its thread feeds it, answers in batches, and each turn's time on the core is
counted. With `--window` the real console replays the same (sooner dark) in real time, offscreen where there is no display, with
this view in front (`alarms` = as it starts: the list with map and thermal beside it, 1920×1080), and the lateness of its event
loop (a precise 5 ms timer) is set against its own before the fleet goes dark, and against a window that watches nothing, in the
same run. `own` is how much of a delay this process itself was computing, in whichever thread: on a machine that others use too,
what is left of it is theirs. For figures, give it a real-time priority (`chrt -f 10`).
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
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "core"))

from breakage import T0, Fault, as_lines, recording
from fleets import Fleet, Shape, as_toml, built

from noc_console.alarms.load import standard_conditions
from noc_console.monitor.monitor import Monitor

DARK_AT = 60.0
SECONDS = 200.0
WINDOW_DARK_AT = 25.0
WINDOW_SECONDS = 130.0
IDLE_SECONDS = 40.0
SETTLED_AFTER_S = 10.0
"""Imports, first contacts and the layout of the map are not measured."""
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
    parser.add_argument("--view", choices=("alarms", "map", "thermal", "timeline", "device"), default="alarms")
    parser.add_argument("--role", choices=("idle", "replay"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.role:
        print(json.dumps(in_the_window(args.role, args.folder, args.view)))
    elif args.window:
        print(json.dumps({args.view: with_windows(*story(args.cause, WINDOW_DARK_AT), args.view)}, indent=1))
    else:
        print(json.dumps(headless(*story(args.cause, DARK_AT)), indent=1))


def story(cause: str, at: float) -> tuple[Fleet, list[Fault]]:
    """The fleet and what breaks."""
    fleet = built(SHAPES[cause], Random(1))
    if cause == "core":
        return fleet, [Fault("dead", "core-1", at, 9e9)]
    if cause == "wan":
        line = next(i for i, link in enumerate(fleet.links) if link.b.device == "core-2-1")
        return fleet, [Fault("cut", line, at, 9e9)]
    return fleet, [Fault("row-power", ("main", str(row)), at, 9e9) for row in range(1, 11)]


def headless(fleet: Fleet, faults: list[Fault], dark_at: float = DARK_AT, seconds: float = SECONDS) -> dict:
    """The monitor alone, turn by turn."""
    results = list(recording(fleet, faults, seed=1, seconds=seconds))
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
            {"after_s": round(t - T0 - dark_at, 1), "device": a.device, "type": a.type, "root": roots.get(a.incident or 0)}
            for t, a in sorted(called, key=lambda x: x[0])
        ],
        "last_alarm_after_s": round(last_raised - T0 - dark_at, 1),
        "turns_over_50_ms": sum(took > 0.05 for took, _ in turns),
        "slowest_turns_ms": [{"ms": round(1000 * took, 1), "after_s": round(t - T0 - dark_at, 1)} for took, t in slow],
        "busy_s": round(sum(took for took, _ in turns), 2),
    }


def with_windows(fleet: Fleet, faults: list[Fault], view: str) -> dict:
    """The console on the recording, and an idle one, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "inventory.toml").write_text(as_toml(fleet.inventory), encoding="utf-8")
        (place / "idle.toml").write_text("", encoding="utf-8")
        with (place / "readings.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in as_lines(recording(fleet, faults, seed=1, seconds=WINDOW_SECONDS)))
        environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        shown = {}
        for role in ("idle", "replay"):
            words = [sys.executable, __file__, "--role", role, "--folder", folder, "--view", view]
            done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            shown[role] = json.loads(done.stdout.splitlines()[-1])
    for kind in ("late_ms", "own_ms"):
        most = shown["replay"]["dark"][kind]["most"] - shown["idle"]["dark"][kind]["most"]
        shown[f"{kind}_over_idle"] = round(most, 1)
    alone = headless(fleet, faults, WINDOW_DARK_AT, WINDOW_SECONDS)["calls"]
    shown["named_later_than_by_the_monitor_alone_s"] = [
        round(seen["after_s"] - known["after_s"], 1) for seen, known in zip(shown["replay"]["calls"], alone, strict=False)
    ]
    return shown


def in_the_window(role: str, folder: Path, view: str) -> dict:
    """The real program with a timer beside it; times count from the start of the event loop."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    import main as program

    app = QApplication(sys.argv[:1])
    ticks: list[tuple[float, float]] = []
    timer = QTimer(app, timerType=Qt.TimerType.PreciseTimer, interval=5)
    timer.timeout.connect(lambda: ticks.append((time.monotonic(), time.process_time())))
    timer.start()
    QTimer.singleShot(3000, lambda: bring_forward(view))
    seconds = IDLE_SECONDS if role == "idle" else WINDOW_SECONDS
    called: list[dict] = []
    QTimer.singleShot(int(1000 * (seconds - 2)), lambda: called.extend(calls_seen()))
    words = ["--data", str(folder / role), "--theme", "dark", "--size", "1920x1080", "--for", str(seconds)]
    if role == "idle":
        status = program.main(["console", "--inventory", str(folder / "idle.toml"), *words])
    else:
        status = program.main(["console", "--replay", str(folder / "inventory.toml"), str(folder / "readings.jsonl"), *words])
    timer.stop()
    gaps = [Gap(now - ticks[0][0], now - before, cpu - spent) for (before, spent), (now, cpu) in pairwise(ticks)]
    split = SETTLED_AFTER_S if role == "idle" else WINDOW_DARK_AT
    return {
        "exit_status": status,
        "calls": called,
        "calm": lateness([gap for gap in gaps if SETTLED_AFTER_S < gap.at <= split]),
        "dark": lateness([gap for gap in gaps if gap.at > split]),
        "latest": [
            {"s": round(gap.at, 1), "late_ms": round(gap.late, 1), "own_ms": round(gap.own, 1)}
            for gap in sorted(gaps, key=lambda gap: -gap.late)
            if gap.at > SETTLED_AFTER_S
        ][:8],
    }


class Gap(NamedTuple):
    """Between two ticks of the timer: when it ended, its length and what the process computed in it, all in seconds."""

    at: float
    length: float
    spent: float

    @property
    def late(self) -> float:
        """Milliseconds that the second tick was late."""
        return max(0.0, 1000 * self.length - 5)

    @property
    def own(self) -> float:
        """Milliseconds of it in which this process was computing."""
        return min(self.late, 1000 * self.spent)


def lateness(gaps: list[Gap]) -> dict:
    """How late the event loop was."""
    return {
        "late_ms": _spread([gap.late for gap in gaps]),
        "own_ms": _spread([gap.own for gap in gaps]),
        "over_50_ms": {"late": sum(gap.late > 50 for gap in gaps), "own": sum(gap.own > 50 for gap in gaps)},
    }


def window():  # type: ignore[no-untyped-def]
    """The main window."""
    from PySide6.QtWidgets import QApplication

    return next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow")


def bring_forward(view: str) -> None:
    """Show a view as a person does; the device view on the switch that everything hangs on."""
    shown = window()
    if view != "alarms":
        shown.navigation.show_view(view)
    if view == "device":
        shown.context.selection.choose_device("core-1")


def calls_seen() -> list[dict]:
    """Whom the window has seen called, and how many seconds after the fleet went dark."""
    alarms = window().context.mirror.alarms.values()
    return [
        {
            "device": alarm.device,
            "type": alarm.type,
            "after_s": round(at - T0 - WINDOW_DARK_AT, 1),
            "held_s": round(at - alarm.raised, 1),
        }
        for alarm in alarms
        for at in alarm.announced
    ]


def _spread(values: list[float]) -> dict:
    import numpy as np

    p50, p99, p999 = np.percentile(values, [50, 99, 99.9]) if values else (0.0, 0.0, 0.0)
    return {"p50": round(p50, 2), "p99": round(p99, 2), "p99.9": round(p999, 2), "most": round(max(values, default=0.0), 1)}


if __name__ == "__main__":
    main()
