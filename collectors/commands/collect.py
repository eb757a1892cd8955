"""`collect`: collectors, monitor and store without a window, for a time or until told to stop."""

import argparse
import contextlib
import ctypes
import gc
import json
import math
import os
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from collectors.traps.place import add_trap_argument
from collectors.watch import Watch
from noc_console.inventory import load
from noc_console.paths import Places
from noc_console.profiles.catalogue import ProfileError
from noc_console.secrets import Secrets
from noc_console.store.errors import StoreError

if sys.platform != "win32":
    import resource

LOOK_SECONDS = 0.02
"""Between two looks whether all polls have ended; the first of them is after one that was just being started has been counted."""
LONGEST_WAIT_S = 1.0
"""A signal is seen after a wait on Windows, during it elsewhere."""
GARBAGE_THRESHOLDS = (20_000, 50, 100)
"""Polls leave no cycles behind: looking for some as often as Python does by itself would be a tenth of all work."""
M_ARENA_MAX = -8
"""Of glibc's mallopt(3)."""
DRAIN_SECONDS = 10.0
"""How long polls that are in flight at the end may still take."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("path", nargs="?", type=Path, metavar="INVENTORY", help="inventory file, or folder of *.toml")
    parser.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help="end by itself after this time")
    parser.add_argument("--stats", action="store_true", help="print counts as JSON at the end")
    parser.add_argument("--warm-up", type=float, default=0.0, metavar="SECONDS", help="leave the first seconds out of the counts")
    add_trap_argument(parser)
    parser.add_argument("--no-store", action="store_true", help="keep nothing")


def run(args: argparse.Namespace) -> int:
    """Watch until the time is over or SIGINT or SIGTERM comes; the exit status."""
    places = Places.of(os.environ, inventory=args.path or args.inventory, data=args.data)
    loaded = load(places.inventory)
    if loaded.inventory is None:
        for mistake in loaded.mistakes:
            print(mistake, file=sys.stderr)
        return 1
    try:
        watch = Watch(
            loaded.inventory, places, Secrets(clock=time.monotonic), time.time, store=not args.no_store, traps=args.traps
        )
    except (StoreError, ProfileError) as error:
        print(error, file=sys.stderr)
        return 1
    for note in watch.notes:
        print(f"{note}; this condition is left out", file=sys.stderr)
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    keep_one_arena()
    stats = watch_for(watch, args.seconds, args.warm_up)
    if args.stats:
        print(json.dumps(stats))
    return 0


def keep_one_arena() -> None:
    """Let all threads allocate from the same memory, where glibc is: they never do at once, and each would keep some to itself.

    An answer's values are made by one thread and let go by another: that kept 7 MB more of a thousand devices.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def watch_for(watch: Watch, seconds: float | None, warm_up: float = 0.0) -> dict[str, object]:
    """Watch for a time (None: until a signal), let polls in flight end, stop; the counts of `formats`.

    What came due in the first `warm_up` seconds, when every device is met, is left out of the counts: `due` is `polls` +
    `in_flight` (that did not end within `DRAIN_SECONDS`) + `missed`.
    """
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    watch.start()
    if warm_up:
        _wait(told, warm_up)
    begun, used, before = time.monotonic(), time.process_time(), counts(watch)
    before["polls"] += before["in_flight"]  # they came due before
    _wait(told, None if seconds is None else max(0.0, seconds - warm_up))
    watch.drain()
    took, cpu = time.monotonic() - begun, time.process_time() - used
    end = time.monotonic() + DRAIN_SECONDS
    time.sleep(LOOK_SECONDS)
    while not watch.idle() and time.monotonic() < end:
        time.sleep(LOOK_SECONDS)
    watch.stop()
    after = {name: count - before[name] if name in COUNTED else count for name, count in counts(watch).items()}
    return {**after, "seconds": round(took, 3), "cpu_seconds": round(cpu, 3), "peak_rss_mb": peak_rss_mb()}


def _wait(told: threading.Event, seconds: float | None) -> None:
    """Until it is told, or for this time."""
    end = math.inf if seconds is None else time.monotonic() + seconds
    while not told.wait(min(LONGEST_WAIT_S, max(0.0, end - time.monotonic()))) and time.monotonic() < end:
        pass


COUNTED = frozenset(("polls", "due", "missed", "failed", "late", "varbinds", "readings", "stored_readings"))


def counts(watch: Watch) -> dict[str, Any]:
    """What was polled, what came of it, what was stored (the keys of `formats`)."""
    beats = [collector.beat() for collector in watch.collectors.values()]
    live = watch.monitor.counts
    receiver = watch.collectors.get("traps")
    traps = receiver.beat().traps if receiver else None
    return {
        **({"traps": asdict(traps)} if traps else {}),
        "devices": len(watch.inventory.devices),
        "polls": sum(beat.polls for beat in beats),
        "due": sum(beat.due for beat in beats),
        "in_flight": sum(beat.pending for beat in beats),
        "missed": sum(beat.missed for beat in beats),
        "failed": sum(beat.failed for beat in beats),
        "late": sum(beat.late for beat in beats),
        "varbinds": sum(beat.varbinds for beat in beats),
        "readings": live.readings,
        "stored_readings": watch.store.counts.readings if watch.store else 0,
        "poll_seconds": {"p50": known(live.poll_seconds_p50), "p99": known(live.poll_seconds_p99)},
    }


def known(number: float) -> float | None:
    """The number, rounded; None where it is not known."""
    return None if math.isnan(number) else round(number, 4)


def peak_rss_mb() -> float | None:
    """Largest resident size of this process so far; None where the system does not tell (Windows)."""
    if sys.platform == "win32":
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Bytes on macOS, kilobytes elsewhere (getrusage(2)).
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)
