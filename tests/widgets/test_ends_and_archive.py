"""Ends as one types them; pages of stored alarms; work in short turns."""

import ast
import inspect
import re
import textwrap
import threading
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import sample_fleet
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_main_window import Opened

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Entry, EntryKind
from noc_console.model.changes import Changes
from noc_console.model.command import Action, CommandOutcome
from noc_console.model.severity import OperatorState, Severity
from widgets import alarm_words
from widgets.alarm_list.ends import End, moment_of, typed
from widgets.language import speak
from widgets.models.alarm_filter import parse
from widgets.models.alarm_table import Group, Scope
from widgets.models.archive import DAY, page, query
from widgets.slices import MOST, Slices
from widgets.type_words import sentences_of

NOW = sample_fleet.NOW
ZONE = "Asia/Ho_Chi_Minh"


def there(at):
    return datetime.fromtimestamp(at, ZoneInfo(ZONE)).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("90m", NOW + 5400),
        ("3 h", NOW + 10800),
        ("2d", NOW + 172800),
        ("0m", None),
        ("25:00", None),
        ("02-30 10:00", None),
        ("01-01 10:00", None),
        ("", None),
        ("tomorrow", None),
    ],
)
def test_an_end_is_read_or_it_is_none(text, at):
    assert typed(text, NOW, ZONE) == at


def test_a_clock_time_is_the_next_one_in_the_zone():
    now = there(NOW)
    for text in ("18:56", "18:54", "2026-12-24 06:30", "12-24 06:30"):
        at = typed(text, NOW, ZONE)
        assert there(at).endswith(text[-5:])
        assert at > NOW
    assert now.endswith("18:55")
    assert there(typed("18:54", NOW, ZONE))[:5] != now[:5]


def test_tomorrows_shift_begins_in_the_morning_of_the_zone():
    at = moment_of(End.SHIFT, NOW, ZONE)
    assert there(at)[6:] == "06:00"
    assert 0 < at - NOW < 2 * DAY
    assert moment_of(End.NONE, NOW, ZONE) is None


@given(st.text(max_size=20))
def test_any_text_is_a_time_to_come_or_none(text):
    at = typed(text, NOW, ZONE)
    assert at is None or at > NOW


# ---------------------------------------------------------------- pages of the store
def stored(count):
    kind = next(a for a in sample_fleet.alarms() if a.state is OperatorState.CLOSED)
    return [
        replace(kind, id=100_000 + n, raised=NOW - 2 * DAY - n * 60, cleared=NOW - 2 * DAY - n * 60 + 5) for n in range(count)
    ]


class Paged(sample_fleet.MadeHistory):
    """A history with pages; it notes what was asked and where."""

    def __init__(self, count):
        super().__init__()
        self.kept, self.asked, self.threads = stored(count), [], set()

    def alarm_page(self, wanted, cancelled):
        self.asked.append(wanted)
        self.threads.add(threading.current_thread().name)
        fits = [a for a in self.kept if wanted.before is None or (a.raised, a.id) < wanted.before]
        fits = [a for a in fits if all(word in a.device for word in wanted.text)]
        return fits[: wanted.most]


@pytest.fixture
def opened(qtbot, tmp_path):
    return Opened(qtbot, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


def test_history_comes_in_pages_beside_the_window_as_one_scrolls(qtbot, opened):
    history = opened.window.context.history = Paged(1200)
    opened.alarms.filter.choose(Scope.ALL)
    qtbot.waitUntil(lambda: opened.alarms.model.row_of(100_499) >= 0)
    assert len(history.asked) == 1
    assert opened.alarms.model.row_of(100_500) < 0
    bar = opened.alarms.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: opened.alarms.model.row_of(100_999) >= 0)
    assert history.asked[1].before == (history.kept[499].raised, 100_499)
    assert history.threads == {"history"}
    qtbot.waitUntil(lambda: not opened.alarms.older.archive.is_reading)


def test_a_stored_alarm_that_is_chosen_shows_what_it_was_and_what_happened(qtbot, opened):
    history = opened.window.context.history = Paged(1)
    told = Entry(id=7, alarm=100_000, kind=EntryKind.CLOSED, at=NOW, noted=NOW, who="Lan", text="fan replaced")
    history.entries_of = lambda number: [told] if number == 100_000 else []
    opened.alarms.filter.choose(Scope.ALL)
    qtbot.waitUntil(lambda: opened.alarms.model.row_of(100_000) >= 0, timeout=30_000)
    opened.choose(147)
    opened.alarms.table.choose(100_000)
    opened.publish(alarms=(replace(opened.mirror.alarms[148], count=9),))
    assert opened.alarms.table.chosen() == [100_000]
    preview = opened.alarms.bottom.preview
    qtbot.waitUntil(lambda: preview.stored.of(100_000) == [told], timeout=30_000)
    assert [alarm.id for alarm in preview.alarms] == [100_000]
    assert "fan replaced" in preview._spoken(preview.alarms[0])
    assert opened.window.context.selection.device == history.kept[0].device
    assert preview._buttons() == [], "the monitor would refuse each of them"
    QTest.keyClick(opened.alarms.table, Qt.Key.Key_C)
    assert opened.window.parts.toast.text() == "Not done: the alarm is no longer there"
    assert not opened.alarms.deeds.note.isVisible()
    assert opened.sent == []
    opened.alarms.table.choose(147)
    assert "C" in [button.key for button in preview._buttons()]


def test_a_search_asks_the_store_for_what_fits_and_an_older_answer_is_dropped(qtbot, opened):
    history = opened.window.context.history = Paged(10)
    go, first = threading.Event(), []
    plain = history.alarm_page

    def slow(wanted, cancelled):
        if not first:
            first.append(wanted)
            go.wait(5)
            assert cancelled()
            return plain(wanted, cancelled)
        return []

    history.alarm_page = slow
    opened.alarms.filter.choose(Scope.ALL)
    qtbot.waitUntil(lambda: bool(first))
    opened.alarms.show_filter("sev:critical no-such")
    go.set()
    qtbot.waitUntil(lambda: not opened.alarms.older.archive.is_reading)
    assert opened.alarms.model.row_of(100_000) < 0
    assert 100_000 not in opened.alarms.model.all.slots, "what was asked before the search is not taken"


def test_what_cannot_be_read_is_said_and_the_list_goes_on(qtbot, opened, caplog):
    def broken(wanted, cancelled):
        raise OSError("the disk is gone")

    history = opened.window.context.history = Paged(0)
    history.alarm_page = broken
    opened.alarms.filter.choose(Scope.ALL)
    qtbot.waitUntil(lambda: "the disk is gone" in opened.alarms.filter._note.text())
    assert opened.alarms.model.row_of(147) >= 0
    assert [record.name for record in caplog.records] == ["widgets.past"]
    caplog.clear()


def test_a_history_without_pages_gives_spans_of_time_longer_and_longer():
    history = sample_fleet.MadeHistory()
    history.all = tuple(stored(3))
    found = page(history, query((), "", NOW), NOW, lambda: False)
    assert {a.id for a in found} == {100_000, 100_001, 100_002}
    after = replace(query((), "", NOW), before=(min(a.raised for a in found), 100_002))
    assert page(history, after, NOW, lambda: False) == []


def test_what_the_store_can_look_for_is_asked_of_it():
    wanted = query(parse("sev:critical type:xid owner:lan since:2h gpu"), "hanoi", NOW)
    assert wanted.severities == {Severity.CRITICAL}
    assert (wanted.type, wanted.owner, wanted.since, wanted.text, wanted.site) == ("xid", "lan", NOW - 7200, ("gpu",), "hanoi")


def told_by(function) -> list[str]:
    """Texts that a function has translated."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate"]
    return [call.args[1].value for call in calls if isinstance(call.args[1], ast.Constant)]


@pytest.mark.parametrize("kind", AlarmType)
def test_whatever_the_window_says_of_a_type_finds_it(kind):
    said = sentences_of(kind)
    for text in told_by(alarm_words._SENTENCES[kind]):
        for piece in re.split(r"{\w*}", text.casefold()):
            assert any(piece.strip(" .") in sentence for sentence in said), text


@pytest.mark.parametrize(
    ("language", "word", "kind"),
    [
        ("en", "unreachable", "unreachable"),
        ("vi", "quạt dừng", "fan-stopped"),
        ("vi", "mất liên lạc", "unreachable"),
        ("ko", "포트", "port-down"),
    ],
)
def test_a_search_in_the_words_of_the_window_asks_the_store_for_the_types(qapp, language, word, kind):
    try:
        speak(qapp, language)
        wanted = query(parse(f'"{word.upper()}" leaf-17 sev:major'), "", NOW)
        assert kind in wanted.types_of[word]
        assert "leaf-17" not in wanted.types_of
    finally:
        speak(qapp, "en")


# ---------------------------------------------------------------- very many at once
def test_many_things_are_taken_in_turns_and_finished_once(qtbot):
    parts, ended, holder = [], [], QObject()
    work = Slices[int](parts.append, lambda: ended.append(len(parts)), holder)
    work.add(range(MOST * 2 + 10))
    assert (len(parts), ended) == (1, [])
    qtbot.waitUntil(lambda: bool(ended))
    assert [len(part) for part in parts] == [MOST, MOST, 10]
    assert set().union(*parts) == set(range(MOST * 2 + 10))
    assert ended == [3]


def test_ten_thousand_are_chosen_and_acknowledged_in_short_turns(qtbot, opened, monkeypatch):
    kind = opened.mirror.alarms[148]
    opened.publish(alarms=tuple(replace(kind, id=5000 + n, component=f"c{n}", announced=()) for n in range(10_000)))
    qtbot.waitUntil(lambda: opened.alarms.model.row_of(14_999) >= 0 and opened.alarms.model.row_of(5000) >= 0, timeout=10_000)
    opened.alarms.show_filter("pdu-b02-b")
    opened.alarms.table.setFocus()
    QTest.keyClick(opened.alarms.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(opened.alarms.table.chosen()) == 10_001
    QTest.keyClick(opened.alarms.table, Qt.Key.Key_A)
    QTest.keyClick(opened.alarms.deeds.note.line, Qt.Key.Key_Return)
    (command,) = opened.sent
    assert (command.action, len(command.alarms)) == (Action.ACKNOWLEDGE, 10_001)
    turns = []
    take = opened.alarms.model.all.take
    monkeypatch.setattr(opened.alarms.model.all, "take", lambda numbers, now: (turns.append(len(numbers)), take(numbers, now)))
    done = [
        replace(opened.mirror.alarms[n], state=OperatorState.ACKNOWLEDGED, state_by="Lan", state_at=NOW) for n in command.alarms
    ]
    notes = [Entry(id=90_000 + a.id, alarm=a.id, kind=EntryKind.ACKNOWLEDGED, at=NOW, noted=NOW, who="Lan") for a in done]
    opened.number += 1
    outcome = CommandOutcome(id=command.id)
    opened.feed.publish(Changes(number=opened.number, time=NOW, alarms=tuple(done), entries=tuple(notes), outcomes=(outcome,)))
    opened.window.pulse.beat()
    qtbot.waitUntil(lambda: sum(turns) >= 10_001, timeout=10_000)
    assert max(turns) <= MOST
    QApplication.processEvents()
    assert len(opened.alarms.table.chosen()) == 10_001, "what was chosen is chosen still"
    assert opened.alarms.table.painter.sending == {}
    opened.alarms.show_filter("")
    opened.choose(147)
    qtbot.waitUntil(lambda: (opened.alarms.tick(NOW), not opened.alarms.model.all.has_late())[1], timeout=10_000)
    assert opened.alarms.model.all.counts[Group.IN_HAND] >= 10_001
