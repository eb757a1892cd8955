"""Stored alarms page by page: what a page has is what a plain look through all of them would give, whichever way it is found."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noc_console.model.alarm import Alarm
from noc_console.model.changes import Durable
from noc_console.model.page import PageQuery
from noc_console.model.severity import OperatorState, Severity
from noc_console.store import catching_up, pages
from noc_console.store.files import DATABASE
from noc_console.store.keeping import DAY, Keeping
from noc_console.store.reports import Committed, StorePreparing
from noc_console.store.vocabulary import saying_of, subject_of
from tests.core.stored import NOW, Reports, acknowledged, alarm, entry, open_store

TEXTS = ("leaf", "leaf-02", "ethernet", "서버", "quạt", "mai", "a", "no-such", "phòng máy")


def never() -> bool:
    return False


def some(count: int = 60) -> list[Alarm]:
    made = []
    for n in range(1, count + 1):
        said = {"state": OperatorState.CLOSED, "state_by": "Mai", "note": ("Thay quạt", "서버 교체")[n % 2]} if n % 3 == 0 else {}
        made.append(
            alarm(
                n, device=f"leaf-{n % 5:02}", component=f"Ethernet{n % 7}", type=("port-down", "xid")[n % 11 == 0],
                severity=Severity(1 + n % 5), raised=NOW + n // 2 * 10.0, cleared=NOW + 1e4 if n % 4 else None,
                site=("hanoi", "hue")[n % 2], room="Phòng máy 1", **said,
            )
        )  # fmt: skip
    return made


def put(store, reports, *alarms: Alarm, command: str = "c-1") -> None:
    store.append(Durable(alarms=alarms, command=command))
    reports.next(Committed)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    reports = Reports()
    with open_store(tmp_path_factory.mktemp("pages"), reports) as store:
        put(store, reports, *some())
        reader = store.reader()
        yield reader
        reader.close()


def fits(query: PageQuery, one: Alarm) -> bool:
    saying = saying_of(one)
    texts = [subject_of(one)[0], saying[0] if saying else ""]
    return (
        all(any(word in text for text in texts) for word in query.text)
        and (not query.severities or one.severity in query.severities)
        and query.site in ("", one.site)
        and query.owner in one.state_by.casefold()
        and query.type in one.type
        and (query.state != "closed" or one.state is OperatorState.CLOSED)
        and (query.state != "new" or (one.is_open and one.state is OperatorState.NONE))
        and (query.state != "cleared" or (not one.is_open and one.state is not OperatorState.CLOSED))
        and (query.since is None or one.raised >= query.since)
        and (query.before is None or (one.raised, one.id) < query.before)
    )


queries = st.builds(
    PageQuery,
    text=st.lists(st.sampled_from(TEXTS), max_size=3, unique=True).map(tuple),
    severities=st.frozensets(st.sampled_from(Severity), max_size=2),
    site=st.sampled_from(["", "hanoi", "hue"]),
    owner=st.sampled_from(["", "mai", "x"]),
    type=st.sampled_from(["", "xid", "port"]),
    state=st.sampled_from(["", "new", "closed", "cleared"]),
    since=st.none() | st.floats(NOW, NOW + 300),
    before=st.none() | st.tuples(st.floats(NOW, NOW + 300), st.integers(1, 60)),
    most=st.integers(1, 70),
)


@settings(max_examples=50, deadline=None)
@given(queries, st.sampled_from([0, 5, 20_000]))
def test_a_page_is_what_a_look_through_all_gives(reader, query, few):
    usual, pages.FEW = pages.FEW, few
    try:
        found = reader.alarm_page(query, never)
    finally:
        pages.FEW = usual
    expected = sorted((one for one in some() if fits(query, one)), key=lambda one: (one.raised, one.id), reverse=True)
    assert found == expected[: query.most]


def test_pages_follow_each_other_without_a_gap_or_a_double(reader):
    seen, before = [], None
    while found := reader.alarm_page(PageQuery(text=("leaf",), most=7, before=before), never):
        seen += [one.id for one in found]
        before = found[-1].raised, found[-1].id
    assert sorted(seen) == list(range(1, 61))
    assert len(seen) == 60


def test_a_word_of_the_readers_language_finds_the_types_that_it_is_in(reader):
    query = PageQuery(text=("mất cổng",), types_of={"mất cổng": frozenset({"xid"})})
    assert {one.type for one in reader.alarm_page(query, never)} == {"xid"}


def test_a_part_of_a_site_finds_it_and_none_finds_nothing(reader):
    assert {one.site for one in reader.alarm_page(PageQuery(sites=("nx", "hu")), never)} == {"hue"}
    assert reader.alarm_page(PageQuery(sites=()), never) == []


def test_a_page_that_is_not_wanted_any_more_is_given_up_and_the_reader_goes_on(reader, monkeypatch):
    monkeypatch.setattr("noc_console.store.reader.BETWEEN_QUESTIONS", 1)
    asked = []
    assert reader.alarm_page(PageQuery(text=("leaf",)), lambda: len(asked) > 20 or bool(asked.append(1))) == []
    assert len(asked) == 21
    assert len(reader.alarm_page(PageQuery(), never)) == 60


def test_what_people_say_later_is_found_and_a_change_of_the_condition_does_not_lose_it(tmp_path):
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        put(store, reports, alarm(1))
        put(store, reports, acknowledged(1, note="Đã gọi kỹ thuật viên"))
        store.append(Durable(alarms=(alarm(1, severity=Severity.CRITICAL, component="Ethernet2"),)))
        put(store, reports, alarm(2))
        reader = store.reader()
        said = PageQuery(text=("kỹ thuật", "ethernet2"))
        assert [(one.id, one.note) for one in reader.alarm_page(said, never)] == [(1, "Đã gọi kỹ thuật viên")]
        reader.close()


def count(folder, sql: str) -> int:
    db = sqlite3.connect(folder / DATABASE)
    try:
        return db.execute(sql).fetchone()[0]
    finally:
        db.close()


def test_a_purge_takes_the_texts_that_no_alarm_has_any_more_and_they_can_come_again(tmp_path):
    reports = Reports()
    closed = {"state": OperatorState.CLOSED, "cleared": NOW - 400 * DAY, "note": "thrown away"}
    with open_store(tmp_path, reports, keeping=Keeping()) as store:
        store.append(Durable(alarms=(alarm(1, device="old", **closed), alarm(2)), entries=(entry(1, 1),), command="c-1"))
        reports.next(Committed)
        while not store.counts.purged_alarms:
            put(store, reports, alarm(2), command="again")
        reader = store.reader()
        assert reader.alarm_page(PageQuery(text=("thrown",)), never) == []
        assert count(tmp_path, "SELECT count(*) FROM words") == 1
        put(store, reports, alarm(3, device="old", **(closed | {"cleared": None})), command="c-3")
        assert [one.id for one in reader.alarm_page(PageQuery(text=("old", "thrown")), never)] == [3]
        reader.close()


def older(folder, reports, made) -> None:
    """A store of the version before pages."""
    with open_store(folder, reports) as store:
        put(store, reports, *made)
    db = sqlite3.connect(folder / DATABASE)
    for index in ("alarms_pages", "alarms_of_subject", "alarms_of_saying"):
        db.execute(f"DROP INDEX {index}")
    for column in ("subject", "saying"):
        db.execute(f"ALTER TABLE alarms DROP COLUMN {column}")
    db.execute("DROP TABLE words")
    db.execute("DELETE FROM _sqlite_migrations WHERE name IN ('m006_pages', 'm007_ways')")
    db.commit()
    db.close()


def found(store, query: PageQuery) -> list[int]:
    reader = store.reader()
    try:
        return [one.id for one in reader.alarm_page(query, never)]
    finally:
        reader.close()


def test_a_database_of_before_is_made_ready_once_and_says_so(tmp_path, caplog):
    older(tmp_path, Reports(), some(5))
    with caplog.at_level("INFO", "noc_console.store"):
        for _ in range(2):
            with open_store(tmp_path) as store:
                assert found(store, PageQuery(text=("quạt", "leaf"))) == []
                assert found(store, PageQuery(text=("서버", "leaf"))) == [3]
    assert sum("made ready to be searched" in record.message for record in caplog.records) == 1


def test_very_many_of_before_are_made_ready_beside_what_comes_and_an_end_in_between_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(catching_up, "SHORT", 0)
    monkeypatch.setattr(catching_up, "ALARMS_AT_ONCE", 1)
    older(tmp_path, Reports(), some(20))
    left, shares = 20, []
    while left:
        reports = Reports()
        with open_store(tmp_path, reports) as store:
            # Said of one that may have no texts yet; its condition changes after it.
            put(store, reports, *some(1))
            store.append(Durable(alarms=(replace(some(20)[2], changed=NOW + 9),)))
            shares.append(reports.next(StorePreparing).share)
        before, left = left, count(tmp_path, "SELECT count(*) FROM alarms WHERE subject = 0")
        assert left < before
    assert shares[0] > 0
    with open_store(tmp_path) as store:
        assert found(store, PageQuery(text=("서버 교체",))) == [15, 9, 3]
        assert len(found(store, PageQuery(text=("leaf",)))) == 20
