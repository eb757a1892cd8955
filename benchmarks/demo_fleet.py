"""The demo fleet at its default intervals with all views open, beside an idle window in the same run.

    ./run bench demo-fleet [--seconds 600] [--idle 60]

Prints polls due and done, late ones, CPU share and memory of the console and of the fleet, and how late the event loop was
(a precise 5 ms timer), for the console and for a window that watches nothing.
"""

import argparse
import functools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PERIOD_MS = 5
WARM_UP_S = 15.0
"""Not measured: imports, first contacts, the layout of the map."""


def main() -> None:
    """Run both windows, one after the other, and print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--idle", type=float, default=60.0)
    parser.add_argument("--role", choices=("idle", "demo"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.role:
        print(json.dumps(measure(args.role, args.idle if args.role == "idle" else args.seconds)))
        return
    idle, demo = (in_its_own_process(role, args) for role in ("idle", "demo"))
    late = demo["loop_late_ms"]["p99"] - idle["loop_late_ms"]["p99"]
    print(json.dumps({"idle": idle, "demo": demo, "loop_later_than_idle_p99_ms": round(late, 2)}, indent=1))


def in_its_own_process(role: str, args: argparse.Namespace) -> dict:
    words = [sys.executable, __file__, "--role", role, "--seconds", str(args.seconds), "--idle", str(args.idle)]
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(role: str, seconds: float) -> dict:
    """Run the real program in this process with a timer beside it."""
    if role == "demo":
        return measure_window(["demo"], seconds)
    with tempfile.TemporaryDirectory() as folder:
        inventory = Path(folder) / "inventory.toml"
        inventory.write_text("", encoding="utf-8")
        return measure_window(["console", "--inventory", str(inventory)], seconds)


def measure_window(words: list[str], seconds: float, warm_up: float = WARM_UP_S) -> dict:
    """Run the program with these words in this process, with a timer beside it; its first `warm_up` seconds are not measured."""
    from PySide6.QtCore import QElapsedTimer, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    import main as program

    app = QApplication(sys.argv[:1])
    watched = Measured(seconds, warm_up)
    timer = QTimer(app, timerType=Qt.TimerType.PreciseTimer, interval=PERIOD_MS)
    clock = QElapsedTimer()
    clock.start()
    timer.timeout.connect(lambda: watched.tick(clock.nsecsElapsed() / 1e6))
    timer.start()
    with tempfile.TemporaryDirectory() as folder:
        more = ["--data", folder, "--theme", "dark", "--size", "1920x1080", "--for", str(seconds + warm_up + 2)]
        status = program.main([*words, *more])
    timer.stop()
    return {**watched.result(), "exit_status": status}


class Measured:
    """What the timer saw between the warm-up and the end."""

    def __init__(self, seconds: float, warm_up: float) -> None:
        self.seconds, self.warm_up = seconds, warm_up
        self.late: list[float] = []
        self.expected: float | None = None
        self.begun: float | None = None
        self.cpu = 0.0
        self.took = 0.0
        self.fleet_cpu = 0.0
        self.collectors: dict[str, dict] = {}
        self.opened = False
        self.rss = 0.0

    def tick(self, now_ms: float) -> None:
        if self.begun is None:
            if now_ms > self.warm_up * 500 and not self.opened:
                self.opened = open_all_views()
            if now_ms > self.warm_up * 1000:
                self.begun, self.cpu, self.fleet_cpu = time.monotonic(), time.process_time(), fleet_cpu()
        elif self.took == 0.0:
            if self.expected is not None:
                self.late.append(max(0.0, now_ms - self.expected))
            if time.monotonic() - self.begun >= self.seconds:
                self.finish()
        self.expected = now_ms + PERIOD_MS

    def finish(self) -> None:
        assert self.begun is not None
        self.took = time.monotonic() - self.begun
        self.cpu = time.process_time() - self.cpu
        self.fleet_cpu = fleet_cpu() - self.fleet_cpu
        self.rss = rss_mb()
        for name, state in window().context.mirror.collectors.items():
            self.collectors[name] = {
                "polls": state.polls,
                "due": state.due,
                "failed": state.failed,
                "late": state.late,
                "devices": state.devices,
            }

    def result(self) -> dict:
        import numpy as np

        p50, p99 = np.percentile(self.late, [50, 99]) if self.late else (float("nan"),) * 2
        return {
            "seconds": round(self.took, 1),
            "views_open": self.opened,
            "cpu_percent_of_a_core": round(100 * self.cpu / self.took, 1),
            "fleet_cpu_percent_of_a_core": round(100 * self.fleet_cpu / self.took, 1),
            "rss_mb": self.rss,
            "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            "loop_late_ms": {"p50": round(p50, 2), "p99": round(p99, 2), "most": round(max(self.late, default=0.0), 2)},
            "collectors": self.collectors,
        }


def window():
    from PySide6.QtWidgets import QApplication

    return next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow")


def open_all_views() -> int:
    """The views that the window does not show now get a window each; gives how many are open."""
    from PySide6.QtCore import Qt

    from widgets.discover import find_views

    main_window = window()
    shown = {panel.declaration.identifier for panel in main_window.parts.docks.visible_panels()}
    views = find_views()
    turns: list = []
    for declaration in views:
        if declaration.identifier not in shown:
            view = declaration.factory(main_window.context, None)
            view.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            view.resize(1200, 700)
            view.show()
            turns.append(view)
    main_window.pulse.touched.connect(lambda touched: in_turns([(v.refresh, touched) for v in turns]))
    main_window.pulse.ticked.connect(lambda now: in_turns([(v.tick, now) for v in turns]))
    main_window.extra_views = turns
    return len(views)


def in_turns(calls: list) -> None:
    """As the window's docks do: each view in a turn of its own, after theirs."""
    from PySide6.QtCore import QTimer

    for n, (call, argument) in enumerate(calls):
        QTimer.singleShot(45 + 15 * n, functools.partial(call, argument))


def fleet_cpu() -> float:
    """CPU seconds of the simulated fleet, a child of this process."""
    total = 0.0
    for child in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split():
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def rss_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return round(int(line.split()[1]) / 1024, 1)
    return float("nan")


if __name__ == "__main__":
    main()
