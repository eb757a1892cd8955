"""Symptoms under their cause: what is shown, opened, counted, chosen and said, in the rows and by keys and clicks."""

from dataclasses import replace

import pytest
import sample_fleet
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_main_window import Opened

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm, Incident
from noc_console.model.changes import LoadState
from noc_console.model.severity import OperatorState, Severity
from widgets import cause_words
from widgets.models.alarm_filter import parse
from widgets.models.alarm_groups import calls_someone
from widgets.models.alarm_table import AlarmTable, Column, Group, Level, Scope
from widgets.models.alarm_tree import roots

NOW = sample_fleet.NOW
CAUSE = 147


def symptoms(count=40, cause=CAUSE, first=1001):
    made = []
    for n in range(count):
        severity = (Severity.MAJOR, Severity.MINOR, Severity.WARNING)[n % 3]
        alarm = sample_fleet._raise(first + n, f"gpu-{n % 12 + 1:04d}", f"gpu{n % 8}", "temperature-high", severity, 200 - n)
        made.append(replace(alarm, symptom_of=cause, incident=cause, announced=(), reason=("cooled-by", "crac-1")))
    return tuple(made)


def power_lost(number=2000):
    alarm = sample_fleet._raise(number, None, "h1-b02", "power-lost", Severity.CRITICAL, 95, params={"place": "rack"})
    return replace(alarm, room="hall-1", rack="h1-b02")


@pytest.fixture
def table():
    mirror = sample_fleet.mirror(curves=False)
    mirror.alarms |= {alarm.id: alarm for alarm in symptoms()}
    made = AlarmTable(mirror)
    made.restart(NOW)
    return made


@pytest.fixture
def opened(qtbot, tmp_path):
    made = Opened(qtbot, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    made.publish(alarms=symptoms())
    return made


def press(opened, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(opened.alarms.table, key, modifier)
    QApplication.processEvents()


def rows_under(table, cause=CAUSE):
    return [a.id for a in table.shown() if table.causes.is_folded(a.id) and table.causes.of(a.id) == cause]


def test_a_cause_shows_its_first_symptoms_and_how_many_more_there_are(table):
    assert len(rows_under(table)) == 4
    assert table.causes.count(CAUSE) == 42
    line = table.row_of(CAUSE) + 5
    assert table.rest_of(line).id == CAUSE
    assert table.line(line) == "38 more under this cause"


def test_the_line_for_the_rest_says_how_many_are_over(table):
    for number in (1001, 1002, 1003):
        table._mirror.alarms[number] = replace(table._mirror.alarms[number], cleared=NOW)
    table.take([1001, 1002, 1003], NOW)
    assert table.line(table.row_of(CAUSE) + 5) == "38 more under this cause, 3 of them over"


def test_symptoms_stand_worst_first_under_their_cause(table):
    table.open_cause(CAUSE, Level.WHOLE, NOW)
    under = [table._mirror.alarms[number].severity for number in rows_under(table)]
    assert len(under) == 42
    assert under == sorted(under, reverse=True)


def test_a_symptom_needs_nobody_in_any_count(table, opened):
    symptom = symptoms(1)[0]
    assert not calls_someone(symptom)
    assert not calls_someone(replace(symptom, worse_again=True))
    assert table.all.counts[Group.NEEDS_YOU] == sum(calls_someone(a) for a in table._mirror.alarms.values())
    assert opened.window.calls.symptoms(CAUSE) == 42
    assert all(alarm.symptom_of is None for alarm in opened.window.calls.waiting())
    figures = opened.window.parts.state_bar.standing.figures()
    assert figures.folded == sum(a.symptom_of is not None for a in opened.mirror.alarms.values() if a.is_open)
    assert figures.counts[Severity.MAJOR][0] == sum(
        a.severity is Severity.MAJOR and a.symptom_of is None for a in opened.mirror.alarms.values() if a.is_open
    )


def test_a_filter_that_the_cause_does_not_fit_shows_the_symptom_by_itself(table):
    table.wanted.terms = parse("gpu-0007")
    table.settle(NOW)
    assert table.row_of(CAUSE) < 0
    assert {table._mirror.alarms[n].device for n in (a.id for a in table.shown())} == {"gpu-0007"}
    assert not any(table.causes.is_folded(a.id) for a in table.shown())


def test_the_name_of_a_cause_finds_all_that_hangs_on_it(table):
    table.wanted.terms = parse('"cooled by crac-1"')
    table.settle(NOW)
    assert sum(a.symptom_of == CAUSE for a in table.all.alarms) - 1 <= len(table.shown())


def test_a_cause_that_is_over_stays_in_hand_while_a_symptom_stands(table):
    table._mirror.alarms[CAUSE] = replace(table._mirror.alarms[CAUSE], cleared=NOW)
    table.take([CAUSE], NOW)
    head = max(r for r in table.heads() if r < table.row_of(CAUSE))
    assert table.group(head) is Group.IN_HAND
    for alarm in [a for a in table.all.alarms if a.symptom_of == CAUSE]:
        table._mirror.alarms[alarm.id] = replace(alarm, cleared=NOW)
    table.take([a.id for a in table.all.alarms], NOW)
    head = max(r for r in table.heads() if r < table.row_of(CAUSE))
    assert table.group(head) is Group.CLEARED


def test_what_stands_is_never_hidden_with_a_closed_cause(table):
    table._mirror.alarms[CAUSE] = replace(table._mirror.alarms[CAUSE], cleared=NOW, state=OperatorState.CLOSED)
    table.take([CAUSE], NOW)
    assert table.row_of(CAUSE) >= 0
    assert rows_under(table)


def test_a_chosen_symptom_stays_though_others_come_before_it(table):
    last = rows_under(table)[-1]
    table.hold(frozenset({last}), NOW)
    worse = [replace(a, id=3000 + n, severity=Severity.CRITICAL) for n, a in enumerate(symptoms(6))]
    table._mirror.alarms |= {a.id: a for a in worse}
    table.take([a.id for a in worse], NOW)
    assert last in rows_under(table)


@given(st.dictionaries(st.integers(1, 30), st.one_of(st.none(), st.integers(1, 30)), max_size=30))
def test_any_chain_or_circle_of_causes_shows_each_alarm_once(above):
    mirror = Mirror(sample_fleet.inventory())
    kind = next(a for a in sample_fleet.alarms() if a.is_open and a.symptom_of is None)
    mirror.alarms = {n: replace(kind, id=n, symptom_of=cause) for n, cause in above.items()}
    table = AlarmTable(mirror)
    table.wanted.folding.usual = Level.WHOLE
    table.restart(NOW)
    assert sorted(a.id for a in table.shown()) == sorted(above)


def test_the_root_of_a_chain_is_its_last_cause():
    chain = [replace(symptoms(1)[0], id=n, symptom_of=n - 1 if n > 1 else None) for n in range(1, 6)]
    assert roots(chain, {a.id: at for at, a in enumerate(chain)}).tolist() == [0, 0, 0, 0, 0]


# ---------------------------------------------------------------- keys and clicks
def test_right_opens_a_cause_step_by_step_and_left_shuts_it(opened):
    opened.choose(CAUSE)
    press(opened, Qt.Key.Key_Right)
    assert len(rows_under(opened.alarms.model)) == 42
    press(opened, Qt.Key.Key_Left)
    assert len(rows_under(opened.alarms.model)) == 4
    press(opened, Qt.Key.Key_Left)
    assert rows_under(opened.alarms.model) == []
    assert opened.alarms.table.current() == CAUSE
    press(opened, Qt.Key.Key_Right)
    assert len(rows_under(opened.alarms.model)) == 4


def test_left_on_a_symptom_goes_to_its_cause_and_i_too(opened):
    first = rows_under(opened.alarms.model)[0]
    opened.choose(first)
    press(opened, Qt.Key.Key_Left)
    assert opened.alarms.table.current() == CAUSE
    opened.choose(first)
    press(opened, Qt.Key.Key_I)
    assert opened.window.context.selection.alarm == CAUSE


def test_enter_on_the_line_of_the_rest_opens_all(opened):
    table, model = opened.alarms.table, opened.alarms.model
    table.setCurrentIndex(model.index(model.row_of(CAUSE) + 5, 0))
    press(opened, Qt.Key.Key_Return)
    assert len(rows_under(model)) == 42


def click(opened, row, x):
    table = opened.alarms.table
    at = QPoint(x, table.rowViewportPosition(row) + 5)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QApplication.processEvents()


def test_a_click_on_the_rest_opens_all_and_one_on_the_chip_shuts_and_opens(opened):
    model, table = opened.alarms.model, opened.alarms.table
    click(opened, model.row_of(CAUSE) + 5, 200)
    assert len(rows_under(model)) == 42
    cell = table.visualRect(model.index(model.row_of(CAUSE), Column.WHAT))
    hits = [x for x in range(cell.left(), cell.right()) if table.painter.causes.chip_at(_theme(), cell, cause(opened), x)]
    assert hits
    click(opened, model.row_of(CAUSE), hits[len(hits) // 2])
    assert rows_under(model) == []
    click(opened, model.row_of(CAUSE), hits[len(hits) // 2])
    assert len(rows_under(model)) == 42


def cause(opened):
    return opened.mirror.alarms[CAUSE]


def _theme():
    from widgets import theme

    return theme.current()


def test_from_the_map_a_folded_symptom_leads_to_its_cause_and_enter_to_its_device(opened):
    hidden = next(a.id for a in symptoms() if opened.alarms.model.row_of(a.id) < 0)
    opened.window.context.selection.choose_alarm(hidden)
    assert opened.alarms.table.chosen() == [CAUSE]
    opened.alarms.table.setFocus()
    went = []
    opened.window.context.open_view = went.append
    press(opened, Qt.Key.Key_Return)
    assert (went, opened.window.context.selection.device) == (["device"], "crac-1")


def test_an_inferred_cause_reads_as_such_and_chooses_its_place(opened):
    opened.publish(alarms=(power_lost(),))
    opened.choose(2000)
    chosen = opened.window.context.selection.place
    assert set(chosen) == {d.name for d in sample_fleet.inventory().devices.values() if d.rack == "h1-b02"}
    assert ("inferred", "") in opened.alarms.table.painter.causes.chips(opened.mirror.alarms[2000])
    opened.choose(148)
    assert opened.window.context.selection.place == ()


def test_what_cannot_be_told_apart_names_both_ends(opened):
    ends = (("core-1", "Ethernet31"), ("router-1", "xe-0/0/0"))
    opened.publish(incidents=(Incident(id=185, root={"kind": "link", "ends": ends}, opened=NOW),))
    sentence = opened.alarms.table.painter.causes.sentence(opened.mirror.alarms[185])
    assert "core-1 Ethernet31 ↔ router-1 xe-0/0/0" in sentence
    opened.choose(185)
    opened.alarms.bottom.preview.repaint()
    assert "router-1 dead, or the link core-1 Ethernet31" in opened.alarms.bottom.preview.accessibleDescription()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (("behind", "access-12"), "behind access-12"),
        (("fed-by", "pdu-a", "pdu-b"), "fed by pdu-a and pdu-b"),
        (("cooled_by", "crac-1", "crac-2", "crac-3"), "cooled by crac-1, crac-2 and crac-3"),
        (("behind", "a", "b", "c", "d", "e", "f"), "behind a, b, c, d and 2 more"),
        (("of-a-later-version", "x"), "as the monitor said it"),
        ((), "as the monitor said it"),
    ],
)
def test_the_reason_is_said_in_the_windows_language_where_it_is_known(reason, said):
    assert cause_words.why(replace(symptoms(1)[0], reason=reason, why="as the monitor said it")) == said


def test_the_preview_of_a_symptom_names_its_cause_and_of_a_cause_its_symptoms(opened):
    preview = opened.alarms.bottom.preview
    opened.choose(rows_under(opened.alarms.model)[0])
    preview.repaint()
    assert "Its cause: crac-1 fan, Fan stopped (#147): cooled by crac-1" in preview.accessibleDescription()
    opened.choose(CAUSE)
    preview.repaint()
    assert "42 symptoms: " in preview.accessibleDescription()


def test_shift_a_takes_the_whole_incident(opened):
    opened.choose(CAUSE)
    press(opened, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert "43" in opened.alarms.deeds.note.label.text()
    QTest.keyClick(opened.alarms.deeds.note.line, Qt.Key.Key_Return)
    assert set(opened.sent[-1].alarms) == {CAUSE, 151, 152, *(a.id for a in symptoms())}


# ---------------------------------------------------------------- flood
def flood(opened, calls, on):
    opened.publish(load=LoadState(calls=calls, flood=on, since=NOW - 240 if on else None))


def test_a_flood_puts_the_list_into_causes_and_its_end_takes_it_out(opened):
    flood(opened, 23, True)
    assert rows_under(opened.alarms.model) == []
    line = opened.alarms.flood_line
    assert line.isVisible()
    assert "Flood: 23 calls in 10 min; shown by cause" in line.words()
    assert "symptoms" in line.words()
    flood(opened, 3, False)
    assert len(rows_under(opened.alarms.model)) == 4
    assert not line.isVisible()


def test_one_leaves_and_enters_the_form_by_hand_and_the_next_flood_is_its_own(opened):
    opened.choose(148)
    press(opened, Qt.Key.Key_F)
    assert opened.alarms.flood.by_cause
    press(opened, Qt.Key.Key_F)
    assert not opened.alarms.flood.by_cause
    flood(opened, 23, True)
    press(opened, Qt.Key.Key_F)
    assert not opened.alarms.flood.by_cause
    flood(opened, 25, True)
    assert not opened.alarms.flood.by_cause, "what one chose holds while the flood goes on"
    flood(opened, 3, False)
    flood(opened, 12, True)
    assert opened.alarms.flood.by_cause


def test_in_the_form_by_cause_a_cause_tells_severities_sites_and_rate(opened):
    flood(opened, 23, True)
    figures = opened.alarms.table.painter.causes.aside(cause(opened))
    assert "15 major, 13 minor, 14 warning · Hanoi · 42 in 10 min" in figures
    opened.choose(CAUSE)
    press(opened, Qt.Key.Key_Right)
    assert len(rows_under(opened.alarms.model)) == 4


# ---------------------------------------------------------------- quiet ones
def shelved(number, left, **more):
    alarm = sample_fleet._raise(number, "leaf-02", f"Ethernet{number}", "port-down", Severity.MINOR, 9000)
    return replace(alarm, shelved_until=NOW + left, shelved_by="Lan", shelf_reason="cable ordered", **more)


def test_shelved_rows_leave_the_list_and_come_back_before_their_end(table):
    alarms: list[Alarm] = [
        shelved(3000, 7200),
        shelved(3001, 600),
        replace(shelved(3002, 0), shelved_until=None, maintenance="w"),
    ]
    table._mirror.alarms |= {a.id: a for a in alarms}
    table.take([a.id for a in alarms], NOW)
    assert table.row_of(3000) < 0
    heads = {table.group(r) for r in table.heads()}
    assert {Group.ENDING_SOON, Group.MAINTENANCE} <= heads
    table.wanted.scope = Scope.SHELVED
    table.settle(NOW)
    assert {a.id for a in table.shown()} == {3000, 3001}
    table.wanted.scope = Scope.OPEN
    table.settle(NOW)
    assert table.all.end_soon(NOW + 6400)
    table.settle(NOW + 6400)
    assert table.row_of(3000) >= 0
