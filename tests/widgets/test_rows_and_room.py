"""Rows of the list and the room that they have: symptoms are lower, the line that asks hides nothing, words use what is free."""

from dataclasses import replace

import pytest
import sample_fleet
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_causes_in_list import CAUSE, symptoms
from test_main_window import Opened

from noc_console.model.command import Action
from noc_console.model.severity import OperatorState, Severity
from widgets import glyphs, theme
from widgets.alarm_list import heights as heights_of_rows
from widgets.alarm_list.questions import question
from widgets.models.alarm_groups import Group, calls_someone, group_of, is_filled
from widgets.models.alarm_table import Column


@pytest.fixture
def opened(qtbot, tmp_path):
    made = Opened(qtbot, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), size=(1100, 1000))
    made.publish(alarms=symptoms())
    return made


def heights(opened):
    model, table = opened.alarms.model, opened.alarms.table
    return {alarm.id: table.rowHeight(row) for row in range(model.rowCount()) if (alarm := model.alarm(row)) is not None}


def test_a_symptom_is_lower_than_its_cause_wherever_its_row_goes(opened):
    shown = theme.current()
    found = heights(opened)
    under = {number for number in found if opened.alarms.model.causes.is_folded(number)}
    assert under
    assert {found[number] for number in under} == {shown.size("row.compact")}
    assert {found[number] for number in found.keys() - under} == {shown.size("row.normal")}
    opened.publish(alarms=tuple(replace(alarm, symptom_of=None) for alarm in symptoms()[:2]))
    found = heights(opened)
    assert {found[alarm.id] for alarm in symptoms()[:2] if alarm.id in found} == {shown.size("row.normal")}


def test_the_line_that_asks_stands_between_the_row_and_the_next_one(opened):
    table, model = opened.alarms.table, opened.alarms.model
    table.choose(CAUSE)
    before = heights(opened)
    opened.alarms.deeds.do(Action.ACKNOWLEDGE)
    QApplication.processEvents()
    note, row = opened.alarms.deeds.note, model.row_of(CAUSE)
    assert note.isVisible()
    assert note.y() == table.rowViewportPosition(row) + table.heights.of(row)
    assert note.geometry().bottom() < table.rowViewportPosition(row + 1)
    opened.publish(alarms=(sample_fleet._raise(5001, "leaf-01", "a1", "port-down", Severity.CRITICAL, 1),))
    row = model.row_of(CAUSE)
    assert note.geometry().bottom() < table.rowViewportPosition(row + 1)
    QTest.keyClick(note.line, Qt.Key.Key_Escape)
    assert {number: height for number, height in heights(opened).items() if number in before} == before


def test_no_gap_stays_after_a_question_far_down(opened, monkeypatch):
    monkeypatch.setattr(heights_of_rows, "MOST_ROWS", 2)
    table, model = opened.alarms.table, opened.alarms.model
    row = model.rowCount() - 1
    number = model.alarm(row).id
    before = table.rowHeight(row)
    table.heights.make_room(number, 60)
    assert table.rowHeight(row) == before + 60
    opened.publish(alarms=(sample_fleet._raise(5001, "leaf-01", "a1", "port-down", Severity.CRITICAL, 1),))
    assert model.row_of(number) != row
    assert table.rowHeight(model.row_of(number)) == before + 60
    table.heights.make_room(0, 0)
    assert max(table.rowHeight(row) for row in range(2, model.rowCount())) == before


def test_words_take_what_the_value_leaves_free(opened):
    table, model = opened.alarms.table, opened.alarms.model
    alarm, row = opened.mirror.alarms[CAUSE], model.row_of(CAUSE)
    cell = table.visualRect(model.index(row, Column.WHAT))
    inside = table.painter.words_rect(theme.current(), cell, alarm)
    assert cell.width() < inside.width() < cell.width() + table.columnWidth(Column.NOW)
    table.window().resize(2400, 1000)
    QApplication.processEvents()
    assert table.columnWidth(Column.HOUR)
    cell = table.visualRect(model.index(row, Column.WHAT))
    assert table.painter.words_rect(theme.current(), cell, alarm).width() < cell.width()


def test_what_waits_for_its_cause_calls_nobody(opened):
    alarm = sample_fleet._raise(5001, "leaf-01", "a1", "port-down", Severity.CRITICAL, 1)
    held = replace(alarm, announced=(), incident=None)
    assert (group_of(held), calls_someone(held), is_filled(held)) == (Group.HELD, False, False)
    waiting, new = opened.alarms.model.all.counts[Group.NEEDS_YOU], opened.window.parts.state_bar.standing.figures().counts
    opened.publish(alarms=(held,))
    assert opened.alarms.model.all.counts[Group.HELD] == 1
    assert opened.alarms.model.all.counts[Group.NEEDS_YOU] == waiting
    counted = opened.window.parts.state_bar.standing.figures().counts[Severity.CRITICAL]
    assert counted == (new[Severity.CRITICAL][0] + 1, new[Severity.CRITICAL][1])
    assert glyphs.of_alarm(held).cacheKey() == glyphs.severity(Severity.CRITICAL, filled=False).cacheKey()
    opened.publish(alarms=(replace(held, announced=(sample_fleet.NOW,), incident=5001),))
    assert opened.alarms.model.all.counts[Group.HELD] == 0
    assert opened.alarms.model.all.counts[Group.NEEDS_YOU] == waiting + 1
    assert group_of(replace(held, state=OperatorState.ACKNOWLEDGED)) is Group.IN_HAND
    assert calls_someone(replace(held, incident=7))  # an incident of its own, told by whoever made it


def test_a_cause_is_found_by_its_name_where_it_is_the_only_one(opened):
    asked = question(Action.REGROUP, (1001,), opened.mirror, "Lan")
    cause = opened.mirror.alarms[CAUSE]
    assert asked.take(asked.deed, cause.device.upper()).under == CAUSE
    assert asked.take(asked.deed, f"#{CAUSE}").under == CAUSE
    assert asked.take(asked.deed, "-") is None
    assert asked.take(asked.deed, "").under is None


def test_the_toast_stands_over_the_hints_and_over_nothing_else(opened):
    opened.window.parts.toast.say("1 acknowledged", lambda: None)
    opened.window.parts.settle(opened.window)
    toast, hints = opened.window.parts.toast, opened.window.parts.hint_bar
    assert hints.geometry().contains(toast.geometry())
