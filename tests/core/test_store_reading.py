import sqlite3
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from stored import NOW, Reports, acknowledgement, alarm, entry, open_store, result

from noc_console.model.changes import Durable, StateChange
from noc_console.model.poll import ErrorKind, Layout, PollError
from noc_console.model.severity import Severity
from noc_console.store.columns import layout_of, layout_row, pack, unpack, unpack_one
from noc_console.store.errors import StoreBroken, StoreError
from noc_console.store.files import open_reader
from noc_console.store.reader import Reader
from noc_console.store.reports import Committed

INLET, FAN = ("Inlet", "temperature_celsius"), ("Fan 1", "fan_speed_rpm")


@given(hnp.arrays(np.float64, st.integers(0, 400), elements=st.floats(width=64)))
def test_any_values_come_back_bit_by_bit(values):
    blob = pack(values)
    assert unpack(blob).tobytes() == values.tobytes()
    assert all(np.float64(unpack_one(blob, n)).tobytes() == values[n].tobytes() for n in range(0, len(values), 37))


@given(st.binary(max_size=200))
def test_a_damaged_blob_is_an_error_of_its_own_and_never_another(blob):
    try:
        values = unpack(blob)
    except ValueError:
        return
    assert values.dtype == np.float64


def test_values_that_compress_take_less_than_half_of_their_size():
    values = np.concatenate([np.repeat([1.0, 0.0, 1e10], 60), np.round(np.linspace(20, 60, 167), 1)])
    assert len(pack(values)) < values.nbytes / 2


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), unique=True, max_size=30))
def test_layouts_come_back_as_the_same_object(keys):
    layout = Layout.of(keys)
    digest, text = layout_row(layout)
    assert layout_of(text) is layout
    assert layout_row(Layout.of(list(keys)))[0] == digest


def test_a_curve_has_its_gaps_and_goes_through_changed_layouts(tmp_path):
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        answers = (
            result("leaf-01", NOW, {INLET: 21.5, FAN: 5400}),
            result("leaf-01", NOW + 30, {INLET: np.nan, FAN: 5400}),
            result("leaf-01", NOW + 60, {FAN: 5000, ("Fan 2", "fan_speed_rpm"): 1.0, INLET: 23.0}),
            result("leaf-01", NOW + 90, {FAN: 4000}),
            result("leaf-01", NOW + 120, {INLET: 25.0}),
            result("leaf-02", NOW + 60, {INLET: 99.0}),
            result("leaf-01", NOW + 70, {}, error=PollError(kind=ErrorKind.UNREACHABLE)),
        )
        store.append(Durable(results=answers, command="c"))
        reports.next(Committed)
        reader = store.reader()
        times, values = reader.readings("leaf-01", *INLET, NOW, NOW + 110)
        assert times.tolist() == [NOW, NOW + 30, NOW + 60]
        assert np.array_equal(values, [21.5, np.nan, 23.0], equal_nan=True)
        times, values = reader.readings("leaf-01", *FAN, NOW + 30, NOW + 1000)
        assert (times.tolist(), values.tolist()) == ([NOW + 30, NOW + 60, NOW + 90], [5400, 5000, 4000])
        for unknown in (reader.readings("leaf-01", "x", "y", 0, 1e12), reader.readings("none", *INLET, 0, 1e12)):
            assert [part.shape for part in unknown] == [(0,), (0,)]
            assert [part.dtype for part in unknown] == [np.float64, np.float64]
        reader.close()


def test_the_newest_answer_of_each_source_can_be_had_now_and_for_a_past_moment(tmp_path):
    reports = Reports()
    word = (("PSU 1", "state", "ok"),)
    with open_store(tmp_path, reports) as store:
        answers = [result("leaf-01", NOW + n, {INLET: 20.0 + n}, texts=word) for n in range(5)]
        answers.append(result("leaf-01", NOW - 50, {FAN: 1.0}, source="snmp:inventory"))
        store.append(Durable(results=tuple(answers), command="c"))
        reports.next(Committed)
        reader = store.reader()
        snmp, inventory = reader.newest_readings("leaf-01")
        assert (snmp.source, snmp.time, snmp.values.tolist(), snmp.texts) == ("snmp", NOW + 4, [24.0], word)
        assert snmp.layout is Layout.of([INLET])
        assert np.isnan(snmp.rates).all()
        assert inventory.time == NOW - 50
        assert [row.values.tolist() for row in reader.newest_readings("leaf-01", until=NOW + 2.5)] == [[22.0], [1.0]]
        reader.close()


def test_alarms_of_a_range_are_those_that_stood_in_it(tmp_path):
    reports = Reports()
    before, within, across, standing, after = (
        alarm(1, raised=NOW, cleared=NOW + 10),
        alarm(2, raised=NOW + 110, cleared=NOW + 120),
        alarm(3, raised=NOW + 50, cleared=NOW + 900),
        alarm(4, raised=NOW + 1),
        alarm(5, raised=NOW + 300, severity=Severity.CRITICAL),
    )
    with open_store(tmp_path, reports) as store:
        told = tuple(entry(n, n) for n in range(1, 6))
        store.append(Durable(alarms=(before, within, across, standing, after), entries=told, command="c"))
        reports.next(Committed)
        reader = store.reader()
        assert reader.alarms(NOW + 100, NOW + 200) == [standing, across, within]
        assert reader.open_alarms() == [standing, after]
        assert reader.entries(NOW + 2, NOW + 3) == [told[1], told[2]]
        reader.close()


def test_changes_of_state_of_a_device_can_be_read_for_a_range(tmp_path):
    reports = Reports()

    def change(n, device="a"):
        return StateChange(time=NOW + n, device=device, component="", kind="reachable", name="", was="", now=str(n))

    with open_store(tmp_path, reports) as store:
        store.append(Durable(states=(change(1), change(2), change(2, "b"), change(3)), command="c"))
        reports.next(Committed)
        reader = store.reader()
        assert reader.states("a", NOW + 2, NOW + 9) == [change(2), change(3)]
        reader.close()


def test_range_reads_go_through_an_index(tmp_path):
    with open_store(tmp_path) as store:
        reader = store.reader()
        asked = []
        run = reader._rows
        reader._rows = lambda sql, *arguments: (asked.append((sql, arguments)), run(sql, *arguments))[1]
        reader.readings("a", *INLET, NOW, NOW + 1)
        reader.alarms(NOW, NOW + 1)
        reader.entries(NOW, NOW + 1)
        reader.states("a", NOW, NOW + 1)
        reader.newest_readings("a", NOW)
        reader.close()
        conn = open_reader(tmp_path / "console.db")
        plans = {sql: [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", arguments)] for sql, arguments in asked}
        conn.close()
    assert len(plans) == 5
    for sql, plan in plans.items():
        steps = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
        assert all(step.startswith("SEARCH") for step in steps), (sql, plan)
        # By time alone it would read the answers of the whole fleet.
        assert not any("readings_time" in step or "r USING INDEX idx_readings_time" in step for step in steps), plan


def test_readers_read_in_other_threads_while_the_writer_writes(tmp_path):
    reports = Reports()
    trouble = []
    with open_store(tmp_path, reports) as store:
        reader = store.reader()
        stop = threading.Event()

        def read():
            seen = 0
            while not stop.is_set():
                try:
                    times, values = reader.readings("leaf-01", *INLET, NOW, NOW + 1e6)
                    if len(times) < seen or not np.array_equal(times - NOW, values):
                        trouble.append((seen, len(times)))
                    seen = len(times)
                except StoreError as error:
                    trouble.append(error)

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for n in range(100):
            store.append(Durable(results=(result("leaf-01", NOW + n, {INLET: float(n)}),), command=f"c{n}"))
            reports.next(Committed)
        stop.set()
        for thread in threads:
            thread.join()
        times, _ = reader.readings("leaf-01", *INLET, NOW, NOW + 1e6)
        reader.close()
    assert not trouble
    assert len(times) == 100


def test_a_reader_cannot_write(tmp_path):
    with open_store(tmp_path) as store:
        store.append(acknowledgement(1, 1))
        reader = store.reader()
        with pytest.raises(StoreError):
            reader._rows("DELETE FROM alarms")
        reader.close()


def test_a_reader_of_no_file_says_so(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        Reader(tmp_path / "console.db").open_alarms()


@pytest.mark.parametrize(
    "damage",
    ["UPDATE alarms SET state = 'wondering'", "UPDATE alarms SET params = '{'", "UPDATE readings SET \"values\" = x'01ff'"],
)
def test_a_record_that_no_version_wrote_is_one_sentence(tmp_path, damage):
    with open_store(tmp_path) as store:
        store.append(Durable(alarms=(alarm(1),), results=(result("a", NOW, {INLET: 1.0}),)))
    with sqlite3.connect(tmp_path / "console.db") as db:
        db.execute(damage)
    db.close()
    reader = Reader(tmp_path / "console.db")
    with pytest.raises(StoreBroken, match="cannot be read"):
        _ = reader.restored(NOW), reader.readings("a", *INLET, 0, NOW * 2)
    reader.close()
