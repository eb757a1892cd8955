"""A store with a million alarms: its start, pages of the list, searches, the audit chain. Prints one JSON object.

`./run bench million-alarms [--alarms N] [--folder DIR] [--cold] [--no-verify]`: a database of the version before pages (alarms
of 2,000 devices in two years with their entries) is written row by row; the first start brings it to this version, then its
texts and its entries are made ready beside what comes. Each search is made three times; the figure is the slowest. With
`--cold` each is made once more in a process of its own, with nothing of the file in memory. With `--folder` the store stays
there and is used again.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from sqlite_utils import Database

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.page import PageQuery
from noc_console.model.severity import OperatorState, Severity
from noc_console.store import records
from noc_console.store.files import DATABASE
from noc_console.store.reader import Reader
from noc_console.store.reports import StorePreparing
from noc_console.store.schema import migrations
from noc_console.store.store import Store

NOW = 1_795_000_000.0
SPAN = 700 * 86_400.0
DEVICES, PORTS, OPEN = 2_000, 48, 500
NOTES = ("đã gọi kỹ thuật viên, thay quạt", "교체 부품 주문함", "RMA 4711 ordered", "known, see change 88")
GOALS = {"start_seconds": 1.0, "open_seconds": 1.0, "search_milliseconds": 200.0}


def alarms(count: int) -> Iterator[Alarm]:
    """In the order of their numbers; the last `OPEN` stand."""
    dice = random.Random(7)
    for number in range(1, count + 1):
        device = dice.randrange(DEVICES)
        raised = NOW - SPAN + SPAN * number / count + dice.uniform(-60, 60)
        kind, what = dice.random(), dict[str, Any]()
        port = dice.randrange(1, PORTS + 1)
        if kind < 0.6:
            what = {"component": f"Ethernet{port}", "type": "port-down", "params": {"neighbour": f"gpu-{device * 48 + port:05}"}}
        elif kind < 0.9:
            what = {"component": "Inlet", "type": "temperature-high", "params": {"value": dice.uniform(40, 60), "limit": 40.0}}
        elif kind < 0.9999:
            what = {"component": "", "type": "unreachable", "params": {"reason": "timeout"}}
        else:
            what = {"component": "gpu3", "type": "xid", "qualifier": "79", "params": {"xid": 79, "serial": f"16{number:08}"}}
        ended = number <= count - OPEN
        said: dict[str, Any] = {}
        if ended and number % 2:
            said = {"state": OperatorState.CLOSED, "state_by": "mai", "state_at": raised + 50, "note": NOTES[number % 997 % 4]}
        yield Alarm(
            id=number, device=f"leaf-{device:04}", severity=Severity(2 + port % 4), raised=raised, changed=raised + 40,
            cleared=raised + 40 if ended else None, site=f"site-{device % 3}", room=f"Phòng máy {device % 12}",
            rack=f"h{device % 200:03}", **(what | said),
        )  # fmt: skip


def entries(some: Iterator[Alarm]) -> Iterator[Entry]:
    """What happened to them: raised and cleared, closed by a person."""
    number = 0
    for alarm in some:
        told = [(EntryKind.RAISED, alarm.raised, "", "", alarm.severity.word)]
        if alarm.cleared is not None:
            told.append((EntryKind.CLEARED, alarm.cleared, "", "", ""))
        if alarm.state is OperatorState.CLOSED:
            told.append((EntryKind.CLOSED, alarm.raised + 50, "mai", alarm.note or "", ""))
        for kind, at, who, text, now in told:
            number += 1
            yield Entry(id=number, alarm=alarm.id, kind=kind, at=at, noted=at, who=who, text=text, now=now)


def build(path: Path, count: int) -> None:
    """A database of the version before pages."""
    db = Database(path)
    db.conn.execute("PRAGMA journal_mode=WAL")
    migrations.apply(db, stop_before="m006_pages")
    with db.atomic():
        db.conn.executemany(records.insert("alarms", records.ALARM_COLUMNS, ("id",)), map(records.alarm_row, alarms(count)))
        db.conn.executemany(
            records.insert("entries", records.ENTRY_COLUMNS, ("id",)), map(records.entry_row, entries(alarms(count)))
        )
    db.close()


def timed(does: Callable[[], object]) -> tuple[float, object]:
    """(seconds, what it gave)."""
    began = time.perf_counter()
    gave = does()
    return time.perf_counter() - began, gave


def start(folder: Path) -> dict[str, float]:
    """Open, and what a run starts from."""
    opening, store = timed(lambda: Store.open(folder, lambda report: None, lambda: NOW))
    assert isinstance(store, Store)
    restoring, restored = timed(store.restored)
    store.close(60.0)
    return {"open_seconds": opening, "restored_seconds": restoring, "alarms": len(getattr(restored, "alarms", ()))}


def make_ready(folder: Path) -> dict[str, float]:
    """The first start, until nothing of before is left to be done."""
    reports: SimpleQueue[object] = SimpleQueue()
    began = time.perf_counter()
    store = Store.open(folder, reports.put, lambda: NOW)
    opened = time.perf_counter() - began
    while not isinstance(report := reports.get(timeout=600.0), StorePreparing) or report.share is not None:
        pass
    told = {"open_seconds": opened, "ready_seconds": time.perf_counter() - began, "cpu_seconds": time.process_time()}
    store.close(60.0)
    return told


def cold(path: Path, name: str) -> dict[str, float]:
    """One search with nothing of the file in memory. In a process of its own."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    reader, began = Reader(path), time.process_time()
    seconds, _ = timed(lambda: reader.alarm_page(searches()[name], lambda: False))
    return {"milliseconds": seconds * 1e3, "cpu_milliseconds": (time.process_time() - began) * 1e3}


def cold_searches(path: Path) -> dict[str, object]:
    """Each search by itself, cold."""
    found = {}
    for name in searches():
        words = [sys.executable, __file__, "--cold-search", str(path), name]
        found[name] = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
    return found


def searches() -> dict[str, PageQuery]:
    """What is looked for, by what it is."""
    return {
        "first_page": PageQuery(),
        "rare": PageQuery(text=("1600",), type="xid"),
        "common": PageQuery(text=("leaf",)),
        "none": PageQuery(text=("no-such-thing",)),
        "device_prefix": PageQuery(text=("leaf-012",)),
        "device": PageQuery(text=("leaf-0123",)),
        "two_letters": PageQuery(text=("부품",)),
        "vietnamese": PageQuery(text=("kỹ thuật viên",)),
        "vietnamese_room": PageQuery(text=("phòng máy 7",)),
        "three_words": PageQuery(text=("leaf-0123", "ethernet7", "mai")),
        "two_common_that_never_meet": PageQuery(text=("inlet", "ethernet")),
        "critical_at_a_site_in_a_week": PageQuery(
            severities=frozenset({Severity.CRITICAL}), site="site-1", since=NOW - 7 * 86_400
        ),
        "type": PageQuery(type="xid"),
        "owner": PageQuery(owner="mai"),
        "state_open": PageQuery(state="new"),
        "state_cleared": PageQuery(state="cleared"),
        "state_and_owner_that_never_meet": PageQuery(state="cleared", owner="mai"),
        "one_letter": PageQuery(text=("z",)),
        "korean_none": PageQuery(text=("서버",)),
        "type_site_severity": PageQuery(type="unreachable", site="site-0", severities=frozenset({Severity.CRITICAL})),
        "closed_and_prefix": PageQuery(state="closed", text=("leaf-012",)),
        "sentence": PageQuery(text=("mất liên lạc",), types_of={"mất liên lạc": frozenset({"unreachable"})}),
    }


def search(reader: Reader, query: PageQuery) -> dict[str, float]:
    """The slowest of three, and of as many next pages; milliseconds."""
    first, after, found = 0.0, 0.0, 0
    for _ in range(3):
        seconds, alarms_ = timed(lambda: reader.alarm_page(query, lambda: False))
        assert isinstance(alarms_, list)
        first, found = max(first, seconds), len(alarms_)
        if found == query.most:
            last = alarms_[-1]
            more = PageQuery(**{name: getattr(query, name) for name in query.__slots__} | {"before": (last.raised, last.id)})
            after = max(after, timed(lambda more=more: reader.alarm_page(more, lambda: False))[0])  # type: ignore[misc]
    told = {"milliseconds": first * 1e3, "found": found}
    return told | ({"next_page_milliseconds": after * 1e3} if after else {})


def verify(folder: Path) -> dict[str, float | bool]:
    """`noc-console audit verify` as a process of its own."""
    words = [sys.executable, str(Path(__file__).resolve().parent.parent / "main.py"), "audit", "verify", "--data", str(folder)]
    seconds, done = timed(lambda: subprocess.run(words, capture_output=True, check=False))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mebibytes": peak, "is_right": getattr(done, "returncode", 1) == 0}


def rounded(value: object) -> object:
    """To three digits after the point, throughout."""
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def measure(folder: Path, count: int, *, is_verified: bool, is_cold: bool) -> dict[str, object]:
    """All figures."""
    path = folder / DATABASE
    told: dict[str, object] = {"alarms": count, "goals": GOALS}
    if not path.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        told["build_seconds"] = timed(lambda: build(path, count))[0]
        told["first_start"] = make_ready(folder) | {"peak_mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    told["start"] = started = start(folder)
    reader = Reader(path)
    told["searches"] = found = {name: search(reader, query) for name, query in searches().items()}
    reader.close()
    if is_cold:
        told["cold"] = cold_searches(path)
    if is_verified:
        told["audit_verify"] = verify(folder)
    told["mebibytes_on_disk"] = path.stat().st_size / (1 << 20)
    slowest = max(found, key=lambda name: found[name]["milliseconds"])
    told["slowest"] = slowest
    told["held"] = (
        started["open_seconds"] + started["restored_seconds"] <= GOALS["start_seconds"]
        and found[slowest]["milliseconds"] <= GOALS["search_milliseconds"]
    )
    return told


def main() -> int:
    """Measure and print; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alarms", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the store is made, or is already")
    parser.add_argument("--cold", action="store_true", help="each search once more, with nothing of the file in memory")
    parser.add_argument("--cold-search", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--no-verify", action="store_true", help="leave the audit chain out")
    args = parser.parse_args()
    if args.cold_search:
        print(json.dumps(cold(Path(args.cold_search[0]), args.cold_search[1])))
        return 0
    with tempfile.TemporaryDirectory() as made:
        told = measure(args.folder or Path(made) / "data", args.alarms, is_verified=not args.no_verify, is_cold=args.cold)
    print(json.dumps(rounded(told)))
    return 0 if told["held"] else 1


if __name__ == "__main__":
    sys.exit(main())
