import os
import sqlite3
import stat
from dataclasses import replace

import numpy as np
import pytest
from stored import NOW, Reports, acknowledged, acknowledgement, alarm, entry, open_store, result

from noc_console.model.alarm import EntryKind, Incident
from noc_console.model.changes import Baseline, Durable, Restored, StateChange
from noc_console.model.maintenance import MaintenanceWindow, Recurrence
from noc_console.model.poll import Cursor
from noc_console.model.severity import OperatorState, Severity
from noc_console.store.errors import StoreBroken, StoreNewer
from noc_console.store.keeping import Keeping
from noc_console.store.reports import Committed, NotStored, StoreTrouble, StoreWell


def reopened(folder) -> Restored:
    with open_store(folder) as store:
        return store.restored()


def test_everything_durable_comes_back_equal_after_a_restart(tmp_path):
    full = replace(
        acknowledged(1, announced=(NOW, NOW + 1), cleared=NOW + 9, worse_again=True, count=3),
        incident=4, symptom_of=2, why="cooled by crac-1", site="hanoi", room="hall-1", rack="h1-a01",
    )  # fmt: skip
    durable = Durable(
        alarms=(alarm(2, device=None), full),
        entries=(entry(1, 1), entry(2, 1, EntryKind.COMMENTED, who="Lê Thị Mai", text="đang xem — 확인", was="a", now="b")),
        incidents=(Incident(id=4, root={"kind": "link", "ends": [["a", "b"]]}, opened=NOW, alarms=(1, 2)),),
        states=(StateChange(time=NOW, device="leaf-01", component="Ethernet1", kind="port", name="", was="up", now="down"),),
        baselines=(Baseline(device="gpu-0001", kind="gpu", name="gpu0", value="1652", time=NOW),),
        cursors=(("gpu-0001", Cursor(name="kernel", boot="b1", number=77)),),
    )
    with open_store(tmp_path) as store:
        store.append(durable)
    back = reopened(tmp_path)
    assert back.alarms == (full, alarm(2, device=None))
    assert (back.entries, back.incidents, back.states) == (durable.entries, (durable.incidents[0],), durable.states)
    assert (back.baselines, back.cursors) == (durable.baselines, durable.cursors)
    assert (back.last_alarm, back.last_entry, back.last_incident) == (2, 2, 4)


def test_an_empty_store_restores_nothing(tmp_path):
    assert reopened(tmp_path) == Restored()


def test_a_persons_durable_is_told_committed_only_when_another_connection_sees_it(tmp_path):
    reports = Reports()
    seen = []

    def look(report):
        if isinstance(report, Committed):
            with sqlite3.connect(tmp_path / "console.db") as other:
                seen.append(other.execute("SELECT state, note FROM alarms").fetchall())
            other.close()
        reports(report)

    with open_store(tmp_path, look) as store:
        store.append(Durable(alarms=(alarm(1),), entries=(entry(1, 1),)))
        durable = acknowledgement(2, 1)
        store.append(durable)
        assert reports.next(Committed).durable is durable
    assert seen == [[("acknowledged", "on my way")]]


def test_a_change_of_the_condition_leaves_the_operators_columns_alone(tmp_path):
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=(alarm(1),), entries=(entry(1, 1),)))
        store.append(acknowledgement(2, 1))
        # The monitor had not committed the acknowledgement yet when the condition got worse.
        store.append(Durable(alarms=(alarm(1, severity=Severity.CRITICAL, cleared=NOW + 8, owner="lan", worse_again=True),)))
    (back,) = reopened(tmp_path).alarms
    assert (back.severity, back.cleared, back.worse_again, back.owner) == (Severity.CRITICAL, NOW + 8, False, "")
    assert (back.state, back.state_by, back.state_at, back.note) == (OperatorState.ACKNOWLEDGED, "mai", NOW + 5, "on my way")


def test_what_the_monitor_ends_by_itself_is_written_too(tmp_path):
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=(alarm(1), alarm(2)), entries=(entry(1, 1),)))
        store.append(Durable(alarms=(alarm(1, maintenance="w"), alarm(2, maintenance="w")), axes=(2,)))
    assert [one.maintenance for one in reopened(tmp_path).alarms] == ["", "w"]


WINDOW = MaintenanceWindow(
    id="w", title="new PSU", reason="PSU 2 is dead", who="lan", start=NOW - 60, end=NOW + 3600, timezone="Asia/Ho_Chi_Minh",
    recurrence=Recurrence(days=(0, 6), from_minute=1320, to_minute=120), devices=("leaf-01",), racks=("a01",),
    sites=("hanoi",), labels=(("team", "core"),),
)  # fmt: skip


def test_maintenance_windows_come_back_until_they_are_over(tmp_path):
    once = replace(WINDOW, id="once", recurrence=None, end=None)
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        over = (replace(WINDOW, id="late", end=NOW - 1), replace(WINDOW, id="ended", ended=NOW - 1))
        store.append(Durable(maintenance=(WINDOW, once, *over), command="c"))
        reports.next(Committed)
    assert reopened(tmp_path).maintenance == (once, WINDOW)


def test_a_person_can_take_an_acknowledgement_back(tmp_path):
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=(acknowledged(1),)))
        store.append(Durable(alarms=(alarm(1),), entries=(entry(1, 1, EntryKind.UNACKNOWLEDGED, who="mai"),), command="c-2"))
    assert reopened(tmp_path).alarms[0].state is OperatorState.NONE


def test_alarms_ended_long_ago_and_closed_are_not_restored_but_stay_in_history(tmp_path):
    day = 24 * 3600.0
    old = alarm(1, raised=NOW - 3 * day, cleared=NOW - 2 * day, state=OperatorState.CLOSED)
    unclosed = replace(old, id=2, state=OperatorState.NONE)
    recent = replace(old, id=3, cleared=NOW - day + 1)
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=(old, unclosed, recent), entries=(entry(1, 1), entry(2, 2), entry(3, 3))))
    with open_store(tmp_path) as store:
        back = store.restored()
        assert [a.id for a in back.alarms] == [2, 3]
        assert [e.id for e in back.entries] == [2, 3]
        assert (back.last_alarm, back.last_entry) == (3, 3)
        reader = store.reader()
        assert [a.id for a in reader.alarms(NOW - 3 * day, NOW - 2.5 * day)] == [1, 2, 3]
        reader.close()


def test_the_newest_state_of_each_key_is_restored_whatever_order_they_came_in(tmp_path):
    def change(time, now):
        return StateChange(time=time, device="leaf-01", component="Ethernet1", kind="port", name="", was="", now=now)

    with open_store(tmp_path) as store:
        store.append(Durable(states=(change(NOW + 2, "up"), change(NOW + 3, "down"), change(NOW + 1, "testing"))))
        store.append(Durable(states=(change(NOW, "unknown"),)))
    assert [s.now for s in reopened(tmp_path).states] == ["down"]


def test_a_baseline_with_an_empty_value_is_forgotten(tmp_path):
    gone = Baseline(device="gpu-0001", kind="gpu", name="gpu0", value="1652", time=NOW)
    with open_store(tmp_path) as store:
        store.append(Durable(baselines=(gone, replace(gone, name="gpu1"))))
        store.append(Durable(baselines=(replace(gone, value=""),)))
    assert [b.name for b in reopened(tmp_path).baselines] == ["gpu1"]


def test_the_files_are_their_owners_alone(tmp_path):
    folder = tmp_path / "share" / "noc-console"
    with open_store(folder) as store:
        store.append(acknowledgement(1, 1))
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        files = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
        assert set(files) >= {"console.db", "console.lock", "console.db-wal"}
        assert set(files.values()) == {0o600}


@pytest.mark.expected_log("others can look into")
def test_a_folder_open_to_others_that_holds_something_is_told_and_not_changed(tmp_path, caplog):
    (tmp_path / "mine.txt").write_text("x")
    tmp_path.chmod(0o755)
    with open_store(tmp_path):
        assert "others can look into" in caplog.text
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path):
    with open_store(tmp_path):
        pass
    with sqlite3.connect(tmp_path / "console.db") as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('noc-console', 'm999_wonder', 'later')"
        )
    db.close()
    before = (tmp_path / "console.db").read_bytes()
    with pytest.raises(StoreNewer, match=r"newer version of NOC Console.*m999_wonder"), open_store(tmp_path):
        pass
    assert (tmp_path / "console.db").read_bytes() == before


def test_another_programs_database_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "console.db") as db:
        db.execute("CREATE TABLE songs (title)")
    db.close()
    with pytest.raises(StoreBroken, match="another program"), open_store(tmp_path):
        pass


def test_what_is_no_database_is_refused_with_its_name_and_left_as_it_is(tmp_path):
    (tmp_path / "console.db").write_text("certainly no database" * 100)
    with pytest.raises(StoreBroken, match=r"console\.db is damaged.*move it aside"), open_store(tmp_path):
        pass
    assert (tmp_path / "console.db").read_text().startswith("certainly")


def test_a_damaged_table_of_alarms_is_found_when_opening(tmp_path):
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=tuple(alarm(n) for n in range(1, 500))))
    file = tmp_path / "console.db"
    with sqlite3.connect(file) as db:
        root, size = db.execute("SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name='alarms'"
                                ).fetchone()  # fmt: skip
    db.close()
    with file.open("r+b") as raw:
        raw.seek((root - 1) * size)
        raw.write(os.urandom(size))
    with pytest.raises(StoreBroken, match="damaged"), open_store(tmp_path):
        pass


@pytest.mark.expected_log("cannot be stored")
def test_a_record_that_cannot_be_written_holds_up_nothing_else(tmp_path, caplog):
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        store.append(Durable(alarms=(alarm(1),)))
        store.append(Durable(alarms=(alarm(2, params={"bad": object()}),)))
        store.append(Durable(entries=(entry(1, 77),), command="no such alarm"))
        store.append(acknowledgement(2, 1))
        assert reports.next(NotStored).durable.command == "no such alarm"
        assert reports.next(Committed).durable.command == "c-1"
    assert "cannot be stored" in caplog.text
    assert [a.id for a in reopened(tmp_path).alarms] == [1]


def test_polls_are_gathered_into_few_commits(tmp_path):
    reports = Reports()
    commits = []
    with open_store(tmp_path, reports) as store:
        store._writer._db.conn.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
        for n in range(500):
            store.append(Durable(results=(result("leaf-01", NOW + n, {("", "uptime_seconds"): n}),)))
        store.append(acknowledgement(1, 1))
        reports.next(Committed)
    assert 1 <= len(commits) <= 6
    assert store.counts.answers == store.counts.readings == 500


def test_missing_values_are_not_counted_as_readings(tmp_path):
    with open_store(tmp_path) as store:
        store.append(Durable(results=(result("a", NOW, {("", "x"): 1.0, ("", "y"): np.nan}),)))
    assert store.counts.readings == 1


def test_readings_are_kept_for_their_time_and_alarms_for_good(tmp_path):
    reports = Reports()
    with open_store(tmp_path, reports, keeping=Keeping(readings=100.0)) as store:
        old = tuple(result("leaf-01", NOW - 101 - n, {("", "x"): n}) for n in range(1500))
        young = tuple(result("leaf-01", NOW - 99 + n, {("", "x"): n}) for n in range(10))
        past = alarm(1, raised=NOW - 9e6, cleared=NOW - 8e6)
        store.append(Durable(results=old + young, alarms=(past,), entries=(entry(1, 1, noted=NOW - 9e6),)))
        reader = store.reader()
        try:
            for _ in range(50):
                store.append(Durable(command="turn"))
                reports.next(Committed)
                if store.counts.purged_answers == 1500:
                    break
            _, values = reader.readings("leaf-01", "", "x", 0, NOW + 1e9)
            assert values.tolist() == list(range(10))
            assert len(reader.alarms(0, NOW)) == len(reader.entries(0, NOW)) == 1
        finally:
            reader.close()


def test_a_store_says_that_it_is_well_after_its_first_commit_and_nothing_of_trouble(tmp_path):
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        store.append(acknowledgement(1, 1))
        assert reports.next(StoreWell).last_commit == NOW
    assert not [told for told in reports.all() if isinstance(told, StoreTrouble)]
