"""Five hundred GPU servers over held connections: `./run bench ssh-scale [--servers N] [--seconds S] [--window] [--alone]`.

Prints JSON.

Real sshds on loopback; in place of the servers' shells a program that prints the same without a fork (`--shells`: real ones); a
fake nvidia-smi with eight GPUs, its XML padded to the size of a real one's; the default interval of 10 s. What is measured is
this process: the collector, its connections and threads. `--alone` runs every command on a channel of its own, as one does
without the lasting loops; `--window` paints a window beside it and tells how late its frames are.
"""

import argparse
import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from queue import Empty, SimpleQueue

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collectors.parsers.nvidia_smi_csv import FIELDS
from collectors.ssh.collector import FIRST_CONNECTS_PER_S, SshCollector
from collectors.ssh.commands import HOST
from collectors.ssh.link import Link
from collectors.ssh.polls import FULL_INTERVAL_S
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from noc_console.model.poll import PollRequest, PollResult
from tests.servers import gpus
from tests.servers.sshd import SshBed

INTERVAL = 10.0
PER_SSHD = 16
"""Addresses of one sshd: it takes no more."""
REAL_XML = 200_000
"""Bytes of `nvidia-smi -q -x` of eight GPUs; half of them clocks that they could have."""
FRAME_MS = 16


class NoSecrets:
    """The key has no passphrase."""

    def get(self, credential: str, secret: str) -> None:
        """None."""


def built_responder(folder: Path) -> Path | None:
    """The program that stands for the servers' shells: 500 of them would need more than this machine for their forks alone."""
    program = folder / "responder"
    source = Path(__file__).with_name("loop_responder.c")
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    subprocess.run([compiler, "-O2", "-o", str(program), str(source)], check=True)
    return program


def answer_without_forks(bed: SshBed, responder: Path) -> None:
    """Let the bed's gate hand the loops to the responder, with what the real ones print."""
    proc = subprocess.run(
        ["/bin/sh", "-c", HOST.line.replace("/proc/", f"{bed.folder}/proc/")], capture_output=True, check=True, text=True
    ).stdout
    boot = (bed.folder / "proc/sys/kernel/random/boot_id").read_text()
    answers = bed.folder / "answers"
    answers.mkdir()
    (answers / "h").write_text(proc.replace(str(bed.folder), ""))
    (answers / "k").write_text(f"{boot}86400.00 1.00\nend\n")
    (answers / "g").write_text(gpus.csv(gpus.eight(), FIELDS))
    gate = bed.folder / "gate"
    text = gate.read_text()
    gate.write_text(text.replace("kind=stream;", f"exec '{responder}' '{answers}';", 1))


def beds_for(servers: int, folder: Path, responder: Path | None = None) -> list[SshBed]:
    """Running sshds with that many addresses in all, each a server with eight GPUs."""
    text = gpus.xml(gpus.eight())
    clocks = "<supported_graphics_clock>1980 MHz</supported_graphics_clock>\n"
    padding = clocks * ((REAL_XML - len(text)) // (8 * len(clocks)))
    text = text.replace("\t</gpu>", f"\t\t<supported_clocks>{padding}</supported_clocks>\n\t</gpu>")
    beds = []
    for first in range(0, servers, PER_SSHD):
        addresses = tuple(f"127.0.{1 + first // PER_SSHD}.{1 + place}" for place in range(min(PER_SSHD, servers - first)))
        bed = SshBed(folder / f"bed{first}", addresses=addresses)
        (bed.folder / "bin" / "timeout").unlink()  # the real one: nothing is to misbehave here
        if responder is not None:
            answer_without_forks(bed, responder)
        bed.says("xml", text)
        bed.says("csv", gpus.csv(gpus.eight(), FIELDS))
        bed.start()
        if responder is None:
            bed.yield_to_others()
        beds.append(bed)
    return beds


def inventory_of(beds: list[SshBed]) -> Inventory:
    """A device for each address."""
    devices, credentials = {}, {}
    for bed in beds:
        name = bed.folder.name
        credentials[name] = Credential(name=name, kind="ssh", user=bed.user, key=str(bed.key))
        for address in bed.addresses:
            collect = Collect(protocol="ssh", credential=name, address=address, port=bed.port, interval=INTERVAL)
            devices[address] = Device(name=address, address=address, role="gpu-server", collect={"ssh": collect})
    return Inventory(devices=devices, credentials=credentials)


class Frames:
    """A small window that paints all the time, and how late each of its frames was (ms)."""

    def __init__(self) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtCore import QTimer
        from PySide6.QtGui import QImage, QPainter
        from PySide6.QtWidgets import QApplication

        self.late: list[float] = []
        self._app = QApplication.instance() or QApplication([])
        self._image = QImage(1200, 800, QImage.Format.Format_RGB32)
        self._painter = QPainter
        self._timer = QTimer()
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._frame)
        self._next = 0.0

    def _frame(self) -> None:
        now = time.perf_counter()
        if self._next:
            self.late.append(max(0.0, (now - self._next) * 1000))
        painter = self._painter(self._image)
        for row in range(120):
            painter.drawText(10, 6 * row, f"gpu-{row:04d}  {now:.3f}  H100  64 °C")
        painter.end()
        self._next = time.perf_counter() + FRAME_MS / 1000

    def run(self, seconds: float) -> list[float]:
        """Paint for so long; lateness of each frame."""
        from PySide6.QtCore import QTimer

        self.late, self._next = [], 0.0
        self._timer.start()
        QTimer.singleShot(round(seconds * 1000), self._app.quit)
        self._app.exec()
        self._timer.stop()
        return self.late


def p99(values: list[float]) -> float:
    """The value that one in a hundred passes; NaN of none."""
    return round(sorted(values)[math.ceil(0.99 * len(values)) - 1], 2) if values else math.nan


def used() -> float:
    """CPU seconds of this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def resident_mb() -> float:
    """Memory of this process now, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def drain(inbox: "SimpleQueue[object]") -> list[PollResult]:
    """What has come so far."""
    found = []
    while True:
        try:
            item = inbox.get_nowait()
        except Empty:
            return found
        if isinstance(item, PollResult):
            found.append(item)


class Load:
    """Takes what the collector hands over, as a monitor would, and asks for whole answers at the pace of their interval."""

    def __init__(self, collector: SshCollector, inbox: "SimpleQueue[object]", devices: list[str]) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self._collector, self._inbox, self._devices = collector, inbox, devices
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="load")

    def __enter__(self) -> "Load":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def _work(self) -> None:
        pace = FULL_INTERVAL_S / len(self._devices)
        due = time.monotonic()
        while not self._ending.wait(0.2):
            while due < time.monotonic():
                # Their first ones came with the connections; the second would only come after this run.
                device = self._devices[self.counts["asked"] % len(self._devices)]
                self._collector.ask(PollRequest(device=device, source="ssh:full", why="operator"))
                self.counts["asked"] += 1
                due += pace
            for result in drain(self._inbox):
                self.counts[result.source] += 1
                self.counts["values"] += len(result.layout)
                self.counts["failed"] += result.error is not None
                if result.error is not None:
                    self.errors[f"{result.source} {result.error.reason}"] += 1
                self.counts["incomplete"] += bool(result.incomplete)


def measure(args: argparse.Namespace, frames: Frames | None) -> dict[str, object]:
    """Connect, let it settle, measure."""
    inbox: SimpleQueue[object] = SimpleQueue()
    with tempfile.TemporaryDirectory() as folder:
        beds = beds_for(args.servers, Path(folder), None if args.shells else built_responder(Path(folder)))
        known = Path(folder) / "known_hosts"
        known.write_text("".join(bed.known_hosts.read_text() for bed in beds))
        inventory = inventory_of(beds)
        bare = resident_mb()
        collector = SshCollector(inventory, NoSecrets(), inbox, time.time, random.Random(1), (), known_hosts=known)
        before = used()
        collector.start()
        try:
            settle = args.servers / FIRST_CONNECTS_PER_S + 3 * INTERVAL
            time.sleep(settle)
            connecting, late = used() - before, collector.beat().late
            drain(inbox)
            with Load(collector, inbox, list(inventory.devices)) as load:
                spent, begun = used(), time.monotonic()
                shown = frames.run(args.seconds) if frames is not None else []
                time.sleep(max(0.0, begun + args.seconds - time.monotonic()))
                spent, seconds = used() - spent, time.monotonic() - begun
            beat, threads, memory = collector.beat(), threading.active_count(), resident_mb()
        finally:
            collector.stop()
            try:
                collector.join(30.0)
            finally:
                for bed in beds:
                    bed.stop()
    return {
        "servers": args.servers,
        "gpus": 8 * args.servers,
        "how": "each command alone" if args.alone else "lasting loops",
        "cpu_percent_of_a_core": round(100 * spent / seconds, 2),
        "cpu_ms_per_server_and_interval": round(1000 * spent / (args.servers * seconds / INTERVAL), 3),
        "cpu_seconds_to_connect": round(connecting, 1),
        "memory_mb": memory,
        "memory_mb_before": bare,
        "threads": threads,
        "late": beat.late - late,
        "failed": load.counts["failed"],
        "errors": dict(load.errors.most_common(5)),
        "incomplete": load.counts["incomplete"],
        "polls": {name: load.counts[name] for name in ("ssh", "ssh:kernel", "ssh:full")},
        "values_per_second": round(load.counts["values"] / seconds),
        "frames_late_ms_p99": p99(shown) if frames is not None else None,
        "load_average": os.getloadavg()[0],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--servers", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--window", action="store_true", help="paint a window in this process; it tells its frames' lateness")
    parser.add_argument("--shells", action="store_true", help="real shells on the servers too: takes a machine of many cores")
    parser.add_argument("--alone", action="store_true", help="a channel for each command, to compare with")
    args = parser.parse_args()
    if args.alone:
        Link.run = Link.run_alone  # type: ignore[method-assign]  # as it was before there were loops
    frames = Frames() if args.window else None
    sys.setswitchinterval(0.0005)  # as the console does
    idle = frames.run(min(20.0, args.seconds)) if frames is not None else []
    found = measure(args, frames)
    if frames is not None:
        found["frames_late_ms_p99_idle"] = p99(idle)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
