"""Five hundred GPU servers over held connections: `./run bench ssh-scale [--servers N] [--seconds S] [--exec] [--window]`.

Prints JSON, with a mark for each of the limits.

Real sshds on loopback, and a program in place of the servers' shells and tools (`_ssh_fleet.py`; `--shells`: real ones): eight
GPUs each, whose figures change with every answer, and XML as long as a real one's. The default interval of 10 s. Measured is this
process once every server was looked at: the collector, its connections and threads.

`--exec` goes on with the same servers in two other ways: every command of ours on a channel of its own (`alone`), and what one
would write with paramiko as it comes (`plain`): a held client each, and one `exec_command` per poll that prints the same.
`--window` runs the console on the same fleet in a process of its own, after one without devices, and compares how late their
event loops are.
"""

import argparse
import gc
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import _ssh_fleet as fleet  # noqa: E402
from collectors.ssh.collector import FIRST_CONNECTS_PER_S, SshCollector  # noqa: E402
from collectors.ssh.link import Link  # noqa: E402
from collectors.ssh.polls import FULL_INTERVAL_S  # noqa: E402
from noc_console.model.poll import PollRequest, PollResult  # noqa: E402

MOST_CPU_PERCENT, MOST_MB, LEAST_RATIO, MOST_LATER_MS = 5.0, 120.0, 5.0, 10.0
FIRST_LOOKS_S = 120.0
"""So long may it take until every server was looked at: their sshds share this machine."""


class NoSecrets:
    """The key has no passphrase."""

    def get(self, credential: str, secret: str) -> None:
        """None."""


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


def first_looks(inbox: "SimpleQueue[object]", devices: int) -> float:
    """Wait until every server gave its first answers of each kind; how long that took."""
    wanted = {"ssh", "ssh:kernel", "ssh:full", "ssh:tools"}
    missing, begun = dict.fromkeys(wanted, devices), time.monotonic()
    seen: set[tuple[str, str]] = set()
    while any(missing.values()) and time.monotonic() - begun < FIRST_LOOKS_S:
        time.sleep(0.5)
        for result in drain(inbox):
            key = (result.source, result.device)
            failed = result.error is not None and result.source in ("ssh", "ssh:kernel")  # the others come again too late
            if not failed and result.source in wanted and key not in seen:
                seen.add(key)
                missing[result.source] -= 1
    return time.monotonic() - begun


def measured(collector: SshCollector, inbox: "SimpleQueue[object]", devices: list[str], seconds: float) -> dict[str, object]:
    """What so many seconds cost."""
    drain(inbox)
    late = collector.beat().late
    with Load(collector, inbox, devices) as load:
        spent, begun = used(), time.monotonic()
        time.sleep(seconds)
        spent, seconds = used() - spent, time.monotonic() - begun
        beat = collector.beat()
    return {
        **cost(spent, seconds, len(devices)),
        "late": beat.late - late,
        "failed": load.counts["failed"],
        "errors": dict(load.errors.most_common(5)),
        "incomplete": load.counts["incomplete"],
        "polls": {name: load.counts[name] for name in ("ssh", "ssh:kernel", "ssh:full")},
        "values_per_second": round(load.counts["values"] / seconds),
    }


def cost(spent: float, seconds: float, servers: int) -> dict[str, object]:
    """CPU of one way of asking."""
    return {
        "cpu_percent_of_a_core": round(100 * spent / seconds, 2),
        "cpu_ms_per_server_and_interval": round(1000 * spent / (servers * seconds / fleet.INTERVAL), 3),
        "threads": threading.active_count(),
        "load_average": os.getloadavg()[0],
    }


def with_collector(beds: list[fleet.SshBed], known: Path, args: argparse.Namespace) -> dict[str, object]:
    """The collector as it is, and with each command alone."""
    inbox: SimpleQueue[object] = SimpleQueue()
    inventory, bare = fleet.inventory_of(beds), resident_mb()
    devices = list(inventory.devices)
    collector = SshCollector(inventory, NoSecrets(), inbox, time.time, random.Random(1), (), known_hosts=known)
    before = used()
    collector.start()
    try:
        took = first_looks(inbox, len(devices))
        connecting = used() - before
        time.sleep(2 * fleet.INTERVAL)  # each phase is found
        loops = measured(collector, inbox, devices, args.seconds)
        found: dict[str, object] = {
            "loops": loops,
            "memory_mb": resident_mb(),
            "memory_mb_before": bare,
            "seconds_until_all_were_seen": round(took, 1),
            "cpu_seconds_to_connect": round(connecting, 1),
        }
        if args.exec:
            ours, Link.run = Link.run, Link.run_alone  # type: ignore[method-assign]  # as it was before there were loops
            time.sleep(fleet.INTERVAL)
            found["alone"] = measured(collector, inbox, devices, args.seconds)
            Link.run = ours  # type: ignore[method-assign]
    finally:
        collector.stop()
        collector.join(30.0)
    return found


def in_its_own_process(role: str, folder: Path, args: argparse.Namespace, **environment: str) -> dict:
    """What a part of this benchmark measured."""
    words = [sys.executable, __file__, "--role", role, "--folder", str(folder), "--seconds", str(args.seconds)]
    words += ["--servers", str(args.servers)]
    done = subprocess.run(words, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def plain(args: argparse.Namespace) -> dict[str, object]:
    """One `exec_command` per poll with paramiko as it comes."""
    from benchmarks._ssh_plain import PlainPolls

    polls = PlainPolls(Path(args.folder))
    with polls:
        spent, begun, done = used(), time.monotonic(), polls.done
        time.sleep(args.seconds)
        spent, seconds, done = used() - spent, time.monotonic() - begun, polls.done - done
        return {**cost(spent, seconds, args.servers), "memory_mb": resident_mb(), "polls": done, "failed": polls.failed}


def window(args: argparse.Namespace) -> dict[str, object]:
    """A console on the inventory of the folder."""
    from benchmarks import demo_fleet

    path = Path(args.folder) / "inventory.toml"
    warm_up = demo_fleet.WARM_UP_S
    if "[[devices]]" in path.read_text():
        warm_up += args.servers / FIRST_CONNECTS_PER_S + 3 * fleet.INTERVAL
    return demo_fleet.measure_window(["console", "--inventory", str(path)], args.seconds, warm_up)


ROLES: dict[str, Callable[[argparse.Namespace], dict[str, object]]] = {"plain": plain, "window": window}


def windows(beds: list[fleet.SshBed], folder: Path, args: argparse.Namespace) -> dict[str, object]:
    """An idle console and one that polls them all, one after the other."""
    found: dict[str, object] = {}
    for name, text in (("idle", ""), ("polling", fleet.as_toml(beds))):
        home = folder / f"home-{name}"
        home.mkdir()
        (home / "inventory.toml").write_text(text)
        (home / "known_hosts").write_text(fleet.known_hosts_of(beds))
        platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        found[name] = in_its_own_process("window", home, args, NOC_CONSOLE_HOME=str(home), QT_QPA_PLATFORM=platform)
    return found


def marks(found: dict) -> dict[str, bool]:
    """Which of the limits are kept."""
    loops = found["loops"]
    kept = {
        f"at most {MOST_CPU_PERCENT:.0f} % of a core": loops["cpu_percent_of_a_core"] <= MOST_CPU_PERCENT,
        f"at most {MOST_MB:.0f} MB": found["memory_mb"] <= MOST_MB,
        "none late": loops["late"] == 0,
        "none failed": loops["failed"] == 0,
    }
    if "plain" in found:
        kept[f"{LEAST_RATIO:.0f} times less CPU than one exec per poll"] = found["exec_costs_times"] >= LEAST_RATIO
    if "window" in found:
        kept[f"event loop within {MOST_LATER_MS:.0f} ms of idle at p99"] = found["loop_later_than_idle_p99_ms"] <= MOST_LATER_MS
    return kept


def measure(args: argparse.Namespace) -> dict[str, object]:
    """All that was asked for, one after the other on the same servers."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        beds = fleet.beds_for(args.servers, folder, shells=args.shells)
        known = folder / "known_hosts"
        known.write_text(fleet.known_hosts_of(beds))
        try:
            found: dict = {"servers": args.servers, "gpus": 8 * args.servers, **with_collector(beds, known, args)}
            if args.exec:
                (folder / "servers.json").write_text(
                    json.dumps([[place, bed.port, bed.user, str(bed.key)] for bed in beds for place in bed.addresses])
                )
                found["plain"] = in_its_own_process("plain", folder, args)
                for name in ("plain", "alone"):
                    ratio = found[name]["cpu_percent_of_a_core"] / found["loops"]["cpu_percent_of_a_core"]
                    found["exec_costs_times" if name == "plain" else "alone_costs_times"] = round(ratio, 1)
            if args.window:
                found["window"] = windows(beds, folder, args)
                late = {name: found["window"][name]["loop_late_ms"]["p99"] for name in ("idle", "polling")}
                found["loop_later_than_idle_p99_ms"] = round(late["polling"] - late["idle"], 2)
        finally:
            for bed in beds:
                bed.stop()
    return {**found, "marks": marks(found)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--servers", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--exec", action="store_true", help="beside it one exec per poll, by us and by paramiko as it comes")
    parser.add_argument("--window", action="store_true", help="how late a console's event loop is, polling them all and idle")
    parser.add_argument("--shells", action="store_true", help="real shells on the servers too: takes a machine of many cores")
    parser.add_argument("--role", choices=sorted(ROLES), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # told to end, it ends its servers too
    sys.setswitchinterval(0.0005)  # as the console does, and `collect` this:
    gc.set_threshold(20_000, 50, 100)
    print(json.dumps(ROLES[args.role](args) if args.role else measure(args)))


if __name__ == "__main__":
    main()
