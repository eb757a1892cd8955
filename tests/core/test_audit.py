"""The audit chain: what was written stays as it was, and where it does not, that shows."""

import json
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import main
from noc_console.audit import chain
from noc_console.audit.heads import Heads, told_heads
from noc_console.audit.key import AuditKey, BadKey, audit_key
from noc_console.audit.verify import Follower
from noc_console.commands.audit import with_progress
from noc_console.model.alarm import EntryKind
from noc_console.model.changes import Durable
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.severity import OperatorState
from noc_console.store import auditing, catching_up
from noc_console.store.catching_up import CatchingUp
from noc_console.store.chain_rows import ChainRows, unbound_entries
from noc_console.store.errors import StoreError
from noc_console.store.files import DATABASE
from noc_console.store.keeping import DAY, Keeping, KeepingWrong, keeping_of
from noc_console.store.records import ENTRY_COLUMNS
from noc_console.store.reports import StorePreparing
from noc_console.store.store import Store
from tests.core.stored import NOW, Reports, acknowledgement, alarm, entry, open_store

ROOT = Path(main.__file__).parent
YEAR = 365 * DAY


class Keyring:
    """Secrets that are given, and a keyring that takes one where it has a name."""

    def __init__(self, given=None, name=""):
        self.given, self.name = given, name

    def get(self, credential, name):
        assert (credential, name) == ("audit", "key")
        return self.given

    def set(self, credential, name, value):
        self.given = value

    def keyring_name(self):
        return self.name


def written(folder, count=5):
    """A store with so many alarms, each raised and acknowledged."""
    with open_store(folder) as store:
        for number in range(1, count + 1):
            raised = Durable(alarms=(alarm(number),), entries=(entry(2 * number - 1, number),))
            store.append(raised)
            store.append(acknowledgement(2 * number, number, f"c-{number}"))


def verified(folder, heads=None):
    """(kinds of problems with the record or entry that they name, the verdict)."""
    follower = Follower(audit_key(None, folder, make=None))
    with closing(ChainRows(folder / DATABASE)) as rows:
        follower.follow(rows.batches(), told_heads_of(folder) if heads is None else heads)
    return [(p.kind, p.entry or p.number) for p in follower.verdict.problems], follower.verdict


def told_heads_of(folder):
    return dict(told_heads(folder))


def tampered(folder, *statements):
    """Run statements as somebody would who has the file: the guards are taken off first."""
    with sqlite3.connect(folder / DATABASE) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            db.execute(statement)
    db.close()


def test_what_was_written_is_found_as_it_was(tmp_path):
    written(tmp_path)
    problems, verdict = verified(tmp_path)
    assert problems == []
    assert (verdict.entries, verdict.records, verdict.purged, verdict.unchecked) == (10, 11, 0, 0)
    assert unbound_entries(tmp_path / DATABASE) == []
    assert verdict.head in told_heads(tmp_path)


def test_a_second_run_goes_on_with_the_chain(tmp_path):
    written(tmp_path, 2)
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=(alarm(9),), entries=(entry(90, 9),)))
    assert verified(tmp_path)[0] == []
    assert verified(tmp_path)[1].entries == 5


@pytest.mark.parametrize(
    ("statement", "problems"),
    [
        ("UPDATE entries SET who = 'somebody else' WHERE id = 4", [("changed", 4)]),
        ("UPDATE entries SET at = at - 60 WHERE id = 4", [("changed", 4)]),
        ("UPDATE entries SET text = text || ' ' WHERE id = 10", [("changed", 10)]),
        ("DELETE FROM entries WHERE id = 4", [("missing", 4)]),
        ("DELETE FROM audit WHERE number = 5", [("gap", 6), ("broken", 5)]),
        ("UPDATE audit SET mac = zeroblob(32) WHERE number = 5", [("broken", 4), ("broken", 5)]),
        ("UPDATE audit SET noted = noted + 1 WHERE number = 5", [("broken", 4)]),
        ("DELETE FROM audit WHERE number > 8", [("cut", 11)]),
        ("UPDATE audit SET purge = 3 WHERE number = 4", []),
        ('UPDATE audit SET body = \'{"key":"x"}\' WHERE number = 1', [("changed", 1)]),
    ],
)
def test_each_way_to_change_the_past_shows(tmp_path, statement, problems):
    written(tmp_path)
    tampered(tmp_path, statement)
    assert verified(tmp_path)[0] == problems


def test_an_entry_that_is_called_purged_without_a_purge_shows(tmp_path):
    written(tmp_path)
    tampered(tmp_path, "UPDATE audit SET purge = 3 WHERE number = 4", "DELETE FROM entries WHERE id = 3")
    assert verified(tmp_path)[0] == [("purge", 3)]


def test_what_another_program_put_in_shows(tmp_path):
    written(tmp_path)
    tampered(
        tmp_path,
        "INSERT INTO entries SELECT 99, alarm, kind, at, noted, 'x', was, now, text, until, command, undoes FROM entries"
        " WHERE id = 2",
    )
    assert verified(tmp_path)[0] == []
    assert unbound_entries(tmp_path / DATABASE) == [99]


def test_two_entries_that_change_places_show(tmp_path):
    written(tmp_path)
    tampered(
        tmp_path,
        "UPDATE entries SET id = 1000 WHERE id = 3",
        "UPDATE entries SET id = 3 WHERE id = 5",
        "UPDATE entries SET id = 5 WHERE id = 1000",
    )
    assert verified(tmp_path)[0] == [("changed", 3), ("changed", 5)]


def test_a_chain_written_anew_without_the_key_shows(tmp_path):
    written(tmp_path)
    other = AuditKey(bytes(32), "file")
    with sqlite3.connect(tmp_path / DATABASE) as db:
        rows = db.execute("SELECT number, kind, about, noted, digest, body, mac FROM audit").fetchall()
    db.close()
    before, forged = chain.START, []
    for number, kind, about, noted, digest, body, _ in rows:
        before = chain.Binder(other.octets).mac(before, number, kind, about, noted, digest)
        forged.append((number, kind, about, noted, digest, body, before, None, None))
    follower = Follower(audit_key(None, tmp_path, make=None))
    follower.follow([forged], {})
    assert ("broken", 1) in [(p.kind, p.number) for p in follower.verdict.problems]


def test_the_tables_refuse_what_is_no_purge(tmp_path):
    written(tmp_path)
    with sqlite3.connect(tmp_path / DATABASE) as db:
        for statement in (
            "UPDATE entries SET who = 'x' WHERE id = 1",
            "DELETE FROM entries WHERE id = 1",
            "DELETE FROM audit WHERE number = 11",
            "UPDATE audit SET mac = zeroblob(32) WHERE number = 2",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(statement)
    db.close()


def test_an_entry_written_again_after_an_unknown_commit_is_bound_once(tmp_path):
    with open_store(tmp_path) as store:
        for _ in range(2):
            store.append(Durable(alarms=(alarm(1),), entries=(entry(1, 1), entry(2, 1))))
    problems, verdict = verified(tmp_path)
    assert (problems, verdict.entries) == ([], 2)


def test_a_maintenance_window_is_bound_each_time_that_it_changes(tmp_path):
    window = MaintenanceWindow(id="m-1", title="Fans", reason="new fans", who="mai", start=NOW, end=NOW + 60)
    with open_store(tmp_path) as store:
        store.append(Durable(maintenance=(window,), command="c-1"))
    problems, verdict = verified(tmp_path)
    assert (problems, verdict.records) == ([], 2)
    tampered(tmp_path, "UPDATE audit SET body = replace(body, 'new fans', 'nothing') WHERE number = 2")
    assert verified(tmp_path)[0] == [("changed", 2)]


def test_a_database_of_before_is_taken_in_and_says_so(tmp_path):
    written(tmp_path, 3)
    before_the_chain(tmp_path)
    with open_store(tmp_path):
        pass
    problems, verdict = verified(tmp_path)
    assert (problems, verdict.entries, verdict.entries_before) == ([], 6, 6)


def before_the_chain(folder):
    """Take the chain off, as a version before it left the database."""
    tampered(folder, "DROP TABLE audit", "DROP TABLE purging", "DROP INDEX idx_alarms_state_cleared")
    with sqlite3.connect(folder / DATABASE) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", ("m005_audit",))
    db.close()
    (folder / "audit-heads.jsonl").unlink()


def test_very_many_entries_of_before_are_taken_in_beside_what_comes_and_an_end_in_between_loses_none(tmp_path, monkeypatch):
    for module, name, value in ((auditing, "AT_ONCE", 1), (catching_up, "SHORT", 0), (catching_up, "ENTRIES_AT_ONCE", 1)):
        monkeypatch.setattr(module, name, value)
    written(tmp_path, 10)
    before_the_chain(tmp_path)
    last, number, bound = 20, 20, -1
    while last:
        number += 1
        reports = Reports()
        with open_store(tmp_path, reports) as store:
            store.append(acknowledgement(number, 1, f"c-{number}"))
            reports.next(StorePreparing)
        problems, verdict = verified(tmp_path)
        left = list(unbound_entries(tmp_path / DATABASE))
        verdict.unbound(left)
        assert problems == []
        assert left == list(range(21 - len(left), 21))
        assert verdict.records > bound
        last, bound = verdict.waits_up_to, verdict.records
    assert (verdict.entries, verdict.entries_before, verdict.waiting) == (number, 20, 0)


def test_entries_that_wait_are_told_and_one_put_in_meanwhile_is_found(tmp_path, monkeypatch):
    for module, name in ((auditing, "AT_ONCE"), (catching_up, "SHORT"), (catching_up, "ENTRIES_AT_ONCE")):
        monkeypatch.setattr(module, name, 1)
    written(tmp_path)
    before_the_chain(tmp_path)
    monkeypatch.setattr(CatchingUp, "step", lambda self, now: None)
    with open_store(tmp_path):
        pass
    tampered(
        tmp_path,
        "INSERT INTO entries SELECT 99, alarm, kind, at, noted, who, was, now, text, until, command, undoes FROM entries LIMIT 1",
    )
    done = audit(tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["waiting"] == 10
    assert [problem["entry"] for problem in json.loads(done.stdout)["problems"]] == [99]
    assert "10 entries of before the chain are not bound yet" in done.stderr


def test_what_takes_long_says_how_far_it_is(capsys):
    times = iter((0.0, 1.0, 4.0, 4.5, 5.0))
    assert list(with_progress(iter(([1], [2], [3])), 4, lambda: next(times))) == [[1], [2], [3]]
    assert capsys.readouterr().err == "50 % of 4 records\n"


# --- the key


def test_a_key_is_made_once_in_a_file_that_only_its_owner_reads(tmp_path):
    first = audit_key(None, tmp_path)
    assert audit_key(None, tmp_path) == first
    assert first.place == "file"
    assert stat.S_IMODE((tmp_path / "audit.key").stat().st_mode) == 0o600
    assert first.octets.hex() not in repr(first)


def test_a_given_key_comes_first_and_a_keyring_keeps_a_new_one(tmp_path):
    given = audit_key(Keyring("ab" * 32), tmp_path)
    assert (given.octets, given.place) == (b"\xab" * 32, "given")
    ring = Keyring(name="Secret Service")
    assert audit_key(ring, tmp_path).octets == bytes.fromhex(ring.given)
    assert not (tmp_path / "audit.key").exists()


@pytest.mark.parametrize("text", ["", "zz", "ab", "ab" * 15, "ab" * 65, "abc" * 11])
def test_a_key_that_is_none_is_told(tmp_path, text):
    (tmp_path / "audit.key").write_text(text)
    with pytest.raises(BadKey, match=r"audit\.key"):
        audit_key(None, tmp_path)
    with pytest.raises(StoreError, match=r"audit\.key"):
        Store.open(tmp_path, Reports(), lambda: NOW)


def test_another_key_is_told_and_what_it_cannot_check_is_counted(tmp_path):
    written(tmp_path, 2)
    (tmp_path / "audit.key").unlink()
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=(alarm(9),), entries=(entry(90, 9),)))
    problems, verdict = verified(tmp_path)
    assert problems == []
    assert (verdict.unchecked, verdict.records) == (5, 7)


def test_a_chain_that_is_made_to_name_another_key_is_not_called_right(tmp_path):
    written(tmp_path)
    body = '{"key":"0000000000000000"}'
    digest = chain.digest([body]).hex()
    tampered(
        tmp_path,
        f"UPDATE audit SET body = '{body}', digest = x'{digest}' WHERE number = 1",
        "UPDATE entries SET who = 'x' WHERE id = 4",
    )
    with sqlite3.connect(tmp_path / DATABASE) as db:
        (row,) = db.execute(f"SELECT {', '.join(ENTRY_COLUMNS)} FROM entries WHERE id = 4").fetchall()
        db.execute("UPDATE audit SET digest = ? WHERE kind = 'entry' AND about = 4", (chain.digest(row),))
    db.close()
    problems, verdict = verified(tmp_path)
    assert (problems, verdict.unchecked) == ([], 11), "nothing of it can be judged with our key"
    done = audit(tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["proves"] == ["no-change-since-written-of-what-this-key-binds"]


def test_whatever_stands_in_a_column_is_a_finding_and_no_crash(tmp_path):
    written(tmp_path, 1)
    purge = "INSERT INTO audit SELECT 4, 'purge', 0, noted, digest, '{}', mac, NULL FROM audit WHERE number = 3"
    tampered(tmp_path, purge)
    whole = (tmp_path / DATABASE).read_bytes()
    for number, column, value in product(
        (1, 2, 4),
        ("kind", "about", "noted", "digest", "body", "mac", "purge"),
        ("'x'", "x'00ff'", "-1", "9e999", "9223372036854775807", "'[1]'"),
    ):
        (tmp_path / DATABASE).write_bytes(whole)
        with sqlite3.connect(tmp_path / DATABASE) as db:
            db.execute(f"UPDATE audit SET {column} = {value} WHERE number = {number}")
        db.close()
        assert verified(tmp_path)[0], (number, column, value)


# --- what is kept


def old(number, *, state=OperatorState.CLOSED, cleared=NOW - 2 * YEAR, incident=None):
    return alarm(number, raised=cleared - 60, changed=cleared, cleared=cleared, state=state, incident=incident)


def test_alarms_past_the_rule_are_purged_with_a_record_and_comments_stay(tmp_path):
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        kept = [
            (old(2, cleared=NOW - 10 * DAY), (entry(3, 2),)),
            (alarm(4), (entry(6, 4),)),
            (old(5, state=OperatorState.NONE, cleared=NOW - 1.5 * YEAR), (entry(7, 5),)),
        ]
        gone = [(old(1), (entry(1, 1), entry(2, 1, EntryKind.CLEARED)))]
        half = [(old(3), (entry(4, 3), entry(5, 3, EntryKind.COMMENTED, text="a bad fan")))]
        for one, entries in (*kept, *gone, *half):
            store.append(Durable(alarms=(one,), entries=entries))
        until(lambda: store.counts.purged_alarms >= 2)
    with sqlite3.connect(tmp_path / DATABASE) as db:
        assert [row[0] for row in db.execute("SELECT id FROM alarms ORDER BY id")] == [2, 3, 4, 5]
        assert [row[0] for row in db.execute("SELECT id FROM entries ORDER BY id")] == [3, 5, 6, 7]
    db.close()
    problems, verdict = verified(tmp_path)
    assert (problems, verdict.purged, verdict.entries) == ([], 3, 7)


def test_very_many_old_alarms_go_in_pieces_and_those_with_comments_hold_up_none(tmp_path):
    with open_store(tmp_path) as store:
        for number in range(1, 351):
            told = [entry(2 * number, number)]
            told += [entry(2 * number + 1, number, EntryKind.COMMENTED, text="x")] if number <= 150 else []
            store.append(Durable(alarms=(old(number),), entries=tuple(told)))
        until(lambda: store.counts.purged_alarms == 350)
    with sqlite3.connect(tmp_path / DATABASE) as db:
        assert db.execute("SELECT count(*) FROM alarms").fetchone()[0] == 150
    db.close()
    assert verified(tmp_path)[0] == []


def test_a_purge_that_took_more_than_it_says_shows(tmp_path):
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=(old(1), alarm(2)), entries=(entry(1, 1), entry(2, 2))))
        until(lambda: store.counts.purged_alarms == 1)
    with sqlite3.connect(tmp_path / DATABASE) as db:
        [(purge,)] = db.execute("SELECT number FROM audit WHERE kind = 'purge'").fetchall()
    db.close()
    tampered(tmp_path, f"UPDATE audit SET purge = {purge} WHERE about = 2", "DELETE FROM entries WHERE id = 2")
    assert verified(tmp_path)[0] == [("purge", purge)]


def until(holds, within=10.0):
    end = time.monotonic() + within
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    assert holds()


@pytest.mark.parametrize(
    ("text", "keeping"),
    [("", Keeping()), ("[keep]\nalarms_days = 30\n", Keeping(closed=30 * DAY)), ("[other]\nx = 1\n", Keeping())],
)
def test_how_long_is_a_setting(tmp_path, text, keeping):
    (tmp_path / "settings.toml").write_text(text)
    assert keeping_of(tmp_path / "settings.toml") == keeping
    assert keeping_of(tmp_path / "none.toml") == Keeping()


@pytest.mark.parametrize(
    "text", ["keep = 3", "[keep]\nalarm_days = 3", "[keep]\nalarms_days = 0", '[keep]\nalarms_days = "x"', "[keep"]
)
def test_a_setting_that_cannot_be_is_told(tmp_path, text):
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(KeepingWrong, match=r"settings\.toml"):
        keeping_of(tmp_path / "settings.toml")


# --- heads, and the command


def test_a_file_of_heads_stays_small_and_what_is_no_head_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr("noc_console.audit.heads.MOST_OCTETS", 4000)
    heads = Heads(tmp_path, socket=tmp_path / "none")
    for number in range(1, 101):
        heads.tell(number, bytes(32), NOW)
    with (tmp_path / "audit-heads.jsonl").open("a") as file:
        file.write('{"number": "x"}\nnothing\n')
    found = told_heads(tmp_path)
    assert found[-1] == (100, bytes(32))
    assert len(found) < 60


def test_heads_go_to_the_systems_log(tmp_path):
    import socket as sockets

    place = tmp_path / "log"
    with sockets.socket(sockets.AF_UNIX, sockets.SOCK_DGRAM) as log:
        log.bind(str(place))
        log.settimeout(2)
        Heads(tmp_path, socket=place).tell(7, bytes(32), NOW)
        assert f"7:{bytes(32).hex()}".encode() in log.recv(2000)
    assert json.loads((tmp_path / "audit-heads.jsonl").read_text())["told"] == "system"


def audit(folder, *words, environment=None):
    command = [sys.executable, str(ROOT / "main.py"), "audit", "verify", "--data", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)


def test_the_command_says_what_it_found(tmp_path):
    written(tmp_path)
    done = audit(tmp_path)
    told = json.loads(done.stdout)
    assert (done.returncode, told["problems"], told["entries"], told["key"]["place"]) == (0, [], 10, "file")
    assert (tmp_path / "audit.key").read_text().strip() not in done.stdout + done.stderr
    tampered(tmp_path, "UPDATE entries SET who = 'x' WHERE id = 4")
    done = audit(tmp_path)
    assert done.returncode == 1
    assert "entry 4 does not say any more" in done.stderr
    head = f"{told['head']['number'] + 3}:{'0' * 64}"
    assert "The end is cut off" in audit(tmp_path, "--head", head).stderr
    assert audit(tmp_path, "--head", "5:zz").returncode == 2


def test_the_command_says_what_is_not_there(tmp_path):
    assert "no database" in audit(tmp_path).stderr
    written(tmp_path)
    (tmp_path / "audit.key").unlink()
    assert "There is no key" in audit(tmp_path).stderr


@given(st.lists(st.one_of(st.none(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.text())))
def test_a_digest_is_the_same_of_what_sqlite_gives_back(values):
    values = [value.encode("utf-8", "ignore").decode() if isinstance(value, str) else value for value in values]
    db = sqlite3.connect(":memory:")
    try:
        back = db.execute("SELECT " + ", ".join("?" * len(values)), values).fetchone() if values else ()
    finally:
        db.close()
    assert chain.digest(back) == chain.digest(values)
    assert chain.digests([back, values]) == [chain.digest(values)] * 2
