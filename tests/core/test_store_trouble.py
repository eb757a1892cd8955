import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from stored import NOW, Reports, acknowledgement, alarm, entry, open_store, result

from noc_console.model.changes import Durable
from noc_console.model.poll import Cursor
from noc_console.store import writer
from noc_console.store.errors import StoreBusy, StoreError
from noc_console.store.reports import Committed, NotStored, StoreTrouble, StoreWell
from noc_console.store.store import Store

ROOT = Path(__file__).resolve().parents[2]

full = pytest.mark.expected_log("no space left", "the head of the audit chain cannot be written")


def big(number: int) -> Durable:
    """About 40 kB of an alarm."""
    return Durable(alarms=(alarm(number, note="x" * 40_000),), entries=(entry(number, number),))


def limit_pages(store: Store, pages: int) -> None:
    """Let SQLite itself say SQLITE_FULL beyond these pages; the connection is used between its thread's statements."""
    store._writer._db.conn.execute(f"PRAGMA max_page_count={pages}").fetchall()


def pages(folder: Path) -> int:
    with sqlite3.connect(folder / "console.db") as other:
        count = other.execute("PRAGMA page_count").fetchone()[0]
    other.close()
    return int(count)


@full
def test_a_full_disk_refuses_the_acknowledgement_keeps_the_alarms_and_goes_on_when_there_is_space(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "RETRY_SECONDS", 0.02)
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        store.append(Durable(alarms=(alarm(1),), command="first"))
        reports.next(Committed)
        limit_pages(store, pages(tmp_path) + 1)
        cursor = ("gpu-0001", Cursor(name="kernel", boot="b", number=5))
        store.append(big(2))
        store.append(Durable(alarms=(alarm(3),), entries=(entry(3, 3),), cursors=(cursor,)))
        trouble = reports.next(StoreTrouble)
        while trouble.waiting < 2:
            trouble = reports.next(StoreTrouble)
        assert (trouble.error, trouble.waiting) == ("disk-full", 2)
        assert "no space left" in trouble.detail
        store.append(acknowledgement(9, 1, "pressed-A"))
        refused = reports.next(NotStored)
        assert (refused.durable.command, refused.error) == ("pressed-A", "disk-full")
        assert store.counts.waiting == 2
        limit_pages(store, 1_000_000)
        reports.next(StoreWell)
        assert store.counts.waiting == 0
        store.append(acknowledgement(9, 1, "pressed-A-again"))
        assert reports.next(Committed).durable.command == "pressed-A-again"
    with open_store(tmp_path) as store:
        back = store.restored()
    assert [a.id for a in back.alarms] == [1, 2, 3]
    assert [e.id for e in back.entries] == [2, 3, 9]
    assert back.cursors == (cursor,)


@full
def test_readings_beyond_the_bound_are_dropped_oldest_first_and_counted_and_alarms_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "RETRY_SECONDS", 0.02)
    monkeypatch.setattr(writer, "MOST_ANSWERS_WAITING", 30)
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        store.append(Durable(alarms=(alarm(1),), command="first"))
        reports.next(Committed)
        limit_pages(store, 1)
        for n in range(50):
            told = (alarm(2),) if n == 0 else ()
            store.append(big(7) if n == 49 else Durable(results=(result("a", NOW + n, {("", "x"): n}),), alarms=told))
        reports.next(StoreTrouble)
        while store.counts.dropped_answers < 19:
            reports.next(StoreTrouble)
        limit_pages(store, 1_000_000)
        reports.next(StoreWell)
        reader = store.reader()
        times, _ = reader.readings("a", "", "x", 0, NOW * 2)
        reader.close()
        assert (store.counts.dropped_answers, store.counts.answers) == (19, 30)
        assert times.tolist() == [NOW + n for n in range(19, 49)]
        assert [a.id for a in store.restored().alarms] == [1, 2, 7]


@pytest.mark.expected_log("Another program holds", "stay for now")
def test_a_database_held_by_another_program_is_told_and_written_when_it_is_free(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "RETRY_SECONDS", 0.02)
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        store._writer._db.conn.execute("PRAGMA busy_timeout=20").fetchall()
        other = sqlite3.connect(tmp_path / "console.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        store.append(Durable(alarms=(alarm(1),)))
        store.append(acknowledgement(1, 1))
        assert "Another program holds" in reports.next(NotStored).detail
        assert reports.next(StoreTrouble).error == "store-failed"
        other.execute("ROLLBACK")
        other.close()
        reports.next(StoreWell)
    with open_store(tmp_path) as store:
        assert [a.id for a in store.restored().alarms] == [1]


@pytest.mark.expected_log("no space left", "could not be stored before the end", "the head of the audit chain cannot be written")
def test_closing_with_a_full_disk_ends_in_time_and_says_what_is_lost(tmp_path):
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        store.append(Durable(alarms=(alarm(1),), command="first"))
        reports.next(Committed)
        limit_pages(store, 1)
        store.append(big(2))
        reports.next(StoreTrouble)
    assert not store._writer.is_alive()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_that_ends_the_store_refuses_every_command_and_lets_go_of_the_folder(tmp_path, monkeypatch):
    def bug(durables: object, now: float) -> None:
        raise KeyError("a bug")

    reports = Reports()
    with open_store(tmp_path, reports) as store:
        monkeypatch.setattr(store._writer._inserter, "insert", bug)
        store.append(acknowledgement(1, 1, "c-1"))
        assert "start the console again" in reports.next(StoreTrouble).detail
        assert reports.next(NotStored).durable.command == "c-1"
        store._writer.join(2.0)
        store.append(acknowledgement(2, 1, "c-2"))
        assert reports.next(NotStored).durable.command == "c-2"
        with open_store(tmp_path):
            pass


BUSY = (
    "from pathlib import Path; from noc_console.store.store import Store; s = Store.open(Path({folder!r}), print, lambda: 0.0); "
)


def start(code: str, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, text=True, stdout=subprocess.PIPE, **options)  # type: ignore[call-overload]


def test_a_second_console_is_told_who_holds_the_folder_and_a_killed_one_leaves_no_lock(tmp_path):
    code = BUSY.format(folder=str(tmp_path)) + "print('open', flush=True); input()"
    with start(code, stdin=subprocess.PIPE) as first:
        assert first.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy, match=f"process {first.pid}.*--data DIR") as refused, open_store(tmp_path):
            pass
        assert refused.value.pid == first.pid
        first.send_signal(signal.SIGKILL)
        first.wait()
        with open_store(tmp_path) as store:
            assert store.restored().alarms == ()


def test_two_stores_in_one_process_cannot_share_a_folder_and_a_closed_one_lets_go(tmp_path):
    with open_store(tmp_path), pytest.raises(StoreBusy, match=str(os.getpid())), open_store(tmp_path):
        pass
    with open_store(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used for the database"), open_store(tmp_path / "file" / "data"):
        pass


LIMITED = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from stored import *
from noc_console.store import writer
from noc_console.store.reports import *
writer.RETRY_SECONDS = 0.05
reports = Reports()
with open_store(Path({folder!r}), reports) as store:
    store.append(Durable(alarms=(alarm(1),), command="first"))
    reports.next(Committed)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    store.append(Durable(alarms=(alarm(2, note="x" * 400_000),)))
    trouble = reports.next(StoreTrouble)
    store.append(acknowledgement(1, 1))
    assert reports.next(NotStored).error == trouble.error
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    reports.next(StoreWell)
    store.append(acknowledgement(1, 1))
    reports.next(Committed)
    print(trouble.error, [a.id for a in store.restored().alarms], len(store.restored().entries))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
def test_a_write_that_the_system_refuses_loses_nothing(tmp_path):
    code = LIMITED.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout == "store-failed [1, 2] 1\n", done.stderr
    assert "gave an error" in done.stderr


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as open_file, suppress(OSError):
        while True:
            open_file.write(b"x" * 4096)


@full
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can mount a small file system")
def test_a_really_full_file_system_loses_nothing_once_there_is_space(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "RETRY_SECONDS", 0.02)
    small = tmp_path / "small"
    small.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "none", str(small)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        reports = Reports()
        with open_store(small, reports) as store:
            store.append(Durable(alarms=(alarm(1),), command="first"))
            reports.next(Committed)
            ballast = small / "ballast"
            fill(ballast)
            for n in range(2, 8):
                store.append(big(n))
            assert reports.next(StoreTrouble).error == "disk-full"
            store.append(acknowledgement(9, 1))
            assert reports.next(NotStored).error == "disk-full"
            ballast.unlink()
            reports.next(StoreWell)
            assert [a.id for a in store.restored().alarms] == [1, 2, 3, 4, 5, 6, 7]
            assert 9 not in [e.id for e in store.restored().entries]
    finally:
        subprocess.run(["umount", small], check=True)


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from stored import *
from noc_console.store.reports import Committed
reports = Reports()
store = Store.open(Path({folder!r}), reports, lambda: NOW)
number = store.restored().last_entry
print("ready", flush=True)
while True:
    number += 1
    store.append(Durable(results=(result("a", NOW + number, {{("", "x"): 1.0}}),)))
    store.append(acknowledgement(number, number, f"c{{number}}"))
    assert reports.next(Committed).durable.command == f"c{{number}}"
    print(number, flush=True)
"""


def test_kill_9_at_any_moment_loses_no_acknowledgement_that_was_shown(tmp_path):
    """The moment is chosen by the number of lines read before the kill: the process is then anywhere in its next commits."""
    code = KILLED.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    shown: list[int] = []
    for kill_after in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55):
        with start(code) as console:
            assert console.stdout.readline() == "ready\n"
            for _ in range(kill_after):
                shown.append(int(console.stdout.readline()))
            console.send_signal(signal.SIGKILL)
            # What it printed until it died was shown as well.
            shown += [int(line) for line in console.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        with sqlite3.connect(tmp_path / "console.db") as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.close()
    with open_store(tmp_path) as store:
        back = store.restored()
    stored = {e.id for e in back.entries if (e.who, e.text) == ("mai", "on my way")}
    assert len(shown) >= 142
    assert set(shown) <= stored
    assert {a.id for a in back.alarms if (a.state_by, a.note) == ("mai", "on my way")} == stored
