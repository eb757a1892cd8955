"""All deeds of the Alarms view by keys, against the real monitor: what was said is in the alarm, undone, refused in words."""

from dataclasses import replace

import pytest
import real_monitor
import sample_fleet
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from noc_console.model.alarm import EntryKind
from noc_console.model.command import Action
from noc_console.model.severity import OperatorState
from widgets.alarm_list.ends import End
from widgets.alarm_list.maintenance_plan import covered, worked_on
from widgets.entry_words import told
from widgets.models.alarm_groups import Group, Scope
from widgets.words import NARROW

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
DEVICES = ("ups-1", "crac-1", "pdu-a01-a")


@pytest.fixture
def real(qtbot, tmp_path):
    made = real_monitor.RealMonitor(qtbot, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    made.silence(*DEVICES)
    made.pass_time(120)
    assert all(made.of(name).type == "unreachable" for name in DEVICES)
    return made


def press(real, key, modifier=Qt.KeyboardModifier.NoModifier, widget=None):
    QTest.keyClick(widget or real.alarms.table, key, modifier)
    real.tell()


def choose(real, *devices):
    real.alarms.table.setFocus()
    real.alarms.table.choice.set([real.of(name).id for name in devices], real.of(devices[0]).id)
    QApplication.processEvents()


def line(real):
    return real.alarms.deeds.note


def enter(real, text="", end=None):
    line(real).line.setText(text)
    if end is not None:
        line(real).ends.setCurrentIndex(line(real).ends.findData(end))
    press(real, Qt.Key.Key_Return, widget=line(real).line)


def toast(real):
    return real.window.parts.toast.text()


def undo(real):
    press(real, Qt.Key.Key_Z, CTRL, real.window)


def group(real, device):
    row = real.alarms.model.row_of(real.of(device).id)
    return real.alarms.model.group(max(r for r in real.alarms.model.heads() if r < row))


def test_an_acknowledgement_with_an_end_ends_by_itself(real):
    choose(real, "ups-1")
    press(real, Qt.Key.Key_A)
    enter(real, "battery ordered", End.HALF_HOUR)
    alarm = real.of("ups-1")
    assert (alarm.state, alarm.note, alarm.state_until) == (OperatorState.ACKNOWLEDGED, "battery ordered", real.now + 1800)
    assert toast(real) == "1 acknowledged"
    real.pass_time(1900)
    assert real.of("ups-1").state is OperatorState.NONE
    assert any("its time is over" in told(entry) for entry in real.mirror.entries[alarm.id])


def test_many_are_shelved_at_once_with_a_reason_and_an_end_and_undone(real):
    choose(real, *DEVICES)
    press(real, Qt.Key.Key_S)
    enter(real, "")
    assert line(real).isVisible(), "without a reason nothing is sent"
    assert line(real).label.text() == "A reason is needed"
    enter(real, "power work", End.TWO_HOURS)
    assert toast(real) == "3 shelved"
    for name in DEVICES:
        alarm = real.of(name)
        assert (alarm.shelf_reason, alarm.shelved_by, alarm.shelved_until) == ("power work", "Lan", real.now + 7200)
        assert real.alarms.model.row_of(alarm.id) < 0 or alarm.id in real.alarms.table.held()
    assert real.window.parts.state_bar.standing.figures().shelved == 3
    undo(real)
    assert all(real.of(name).shelved_until is None for name in DEVICES)
    assert toast(real) == "3 undone"


def test_a_shelf_is_listed_with_its_countdown_comes_back_before_its_end_and_is_taken_away_by_key(real):
    choose(real, "ups-1")
    press(real, Qt.Key.Key_S)
    enter(real, "part ordered", End.HALF_HOUR)
    real.alarms.table.clearSelection()
    real.window.navigation.show_quiet("shelved")
    real.tell()
    assert real.alarms.model.wanted.scope is Scope.SHELVED
    assert [a.device for a in real.alarms.model.shown()] == ["ups-1"]
    real.alarms.filter.choose(Scope.OPEN)
    real.pass_time(960)
    real.alarms.table.setCurrentIndex(real.alarms.model.index(0, 0))
    real.alarms.table.clearSelection()
    real.alarms.tick(real.now)
    assert group(real, "ups-1") is Group.ENDING_SOON
    choose(real, "ups-1")
    press(real, Qt.Key.Key_S, SHIFT)
    assert real.of("ups-1").shelved_until is None
    assert toast(real) == "1 taken off the shelf"


def test_before_a_shelf_ends_the_window_says_so_once(real):
    choose(real, "ups-1")
    press(real, Qt.Key.Key_S)
    enter(real, "part ordered", End.TWO_HOURS)
    real.window.parts.toast.leave()
    real.pass_time(6290)
    assert toast(real) == ""
    real.pass_time(10)
    assert toast(real).replace(NARROW, " ") == "Shelf ends in 15 min, then it calls again: ups-1"
    real.window.parts.toast.leave()
    real.pass_time(10)
    assert toast(real) == ""


def test_an_own_time_that_is_past_or_unreadable_is_refused_in_the_line(real):
    choose(real, "ups-1")
    press(real, Qt.Key.Key_S)
    line(real).line.setText("why")
    line(real).ends.setCurrentIndex(line(real).ends.findData(End.OWN))
    line(real).own.setText("yesterday")
    press(real, Qt.Key.Key_Return, widget=line(real).own)
    assert line(real).isVisible()
    assert "No time to come" in line(real).label.text()
    line(real).own.setText("90m")
    press(real, Qt.Key.Key_Return, widget=line(real).own)
    assert real.of("ups-1").shelved_until == real.now + 5400


def test_t_takes_it_acknowledged_and_owned_and_one_undo_takes_both_back(real):
    choose(real, "ups-1", "crac-1")
    press(real, Qt.Key.Key_T)
    for name in ("ups-1", "crac-1"):
        assert (real.of(name).owner, real.of(name).state) == ("Lan", OperatorState.ACKNOWLEDGED)
    assert toast(real) == "2 taken"
    undo(real)
    for name in ("ups-1", "crac-1"):
        assert (real.of(name).owner, real.of(name).state) == ("", OperatorState.NONE)


def test_g_gives_it_to_another_and_mine_follows(real):
    choose(real, "ups-1")
    press(real, Qt.Key.Key_G)
    enter(real, "김민준")
    assert real.of("ups-1").owner == "김민준"
    assert toast(real) == "1 given to 김민준"
    choose(real, "ups-1")
    press(real, Qt.Key.Key_G)
    enter(real, "Lan")
    real.alarms.filter.choose(Scope.MINE)
    assert [a.device for a in real.alarms.model.shown()] == ["ups-1"]
    assert real.alarms.filter.scopes.button(int(Scope.MINE)).text() == "Mine 1"


def test_r_puts_one_under_another_and_pulls_it_out_again(real):
    cause, symptom = real.of("crac-1"), real.of("ups-1")
    choose(real, "ups-1")
    press(real, Qt.Key.Key_R)
    enter(real, "no such thing")
    assert line(real).label.text() == "No such cause"
    enter(real, f"#{cause.id}")
    assert real.of("ups-1").symptom_of == cause.id
    assert real.alarms.model.causes.is_folded(symptom.id)
    assert not real.of("ups-1").needs_someone
    choose(real, "ups-1")
    press(real, Qt.Key.Key_R)
    enter(real, "")
    assert real.of("ups-1").symptom_of is None
    assert toast(real) == "1 pulled out"
    assert "put it under" in " ".join(told(e) for e in real.mirror.entries[symptom.id])


def test_c_comments_and_the_words_stay(real):
    choose(real, "ups-1", "crac-1")
    press(real, Qt.Key.Key_C)
    enter(real, "đội điện đang đến")
    kinds = [e.kind for name in ("ups-1", "crac-1") for e in real.mirror.entries[real.of(name).id] if e.who == "Lan"]
    assert kinds == [EntryKind.COMMENTED, EntryKind.COMMENTED]
    assert toast(real) == "2 commented"
    undo(real)
    assert toast(real) == "2 commented", "nobody takes a comment back"


def test_a_refusal_is_said_in_words_and_the_row_falls_back(real):
    number = real.of("ups-1").id
    choose(real, "ups-1")
    press(real, Qt.Key.Key_A)
    real.monitor.book.alarms.pop(number)
    enter(real)
    assert any("Not done: the alarm is no longer there" in text for text in real.window.parts.lasting.texts())
    assert real.alarms.table.painter.sending == {}


def test_an_undo_that_comes_too_late_is_refused_in_words(real):
    choose(real, "ups-1")
    press(real, Qt.Key.Key_A)
    enter(real)
    real.pass_time(61)
    undo(real)
    assert any("it is too late for that" in text for text in real.window.parts.lasting.texts())


@pytest.mark.parametrize("code", ["no-reason", "no-end", "changed-since", "monitor-failed", "no-permission", "under-itself"])
def test_every_refusal_has_words(code):
    from widgets import words

    assert words.error(code) != code


def test_until_it_is_done_the_row_says_what_is_being_done(real, monkeypatch):
    monkeypatch.setattr(real.window.commands, "_send", lambda order: None)
    choose(real, "ups-1")
    press(real, Qt.Key.Key_T)
    number = real.of("ups-1").id
    assert real.alarms.table.painter.sending == {number: Action.ASSIGN}


# ---------------------------------------------------------------- maintenance
def panel(real):
    return real.alarms.bottom.maintenance


def test_maintenance_is_planned_by_keys_counted_listed_ended_and_undone(real):
    choose(real, "ups-1")
    press(real, Qt.Key.Key_M, SHIFT)
    assert panel(real).isVisible()
    assert panel(real).what.text() == "ups-1"
    assert "Asia/Ho_Chi_Minh (UTC+7)" in panel(real).note.text()
    press(real, Qt.Key.Key_Return, widget=panel(real).reason)
    assert panel(real).note.text() == "A reason is needed"
    panel(real).reason.setText("CHG-1182")
    panel(real).end.setText("2h")
    press(real, Qt.Key.Key_Return, widget=panel(real).reason)
    assert panel(real).isHidden()
    assert real.window.focusWidget() is real.alarms.table
    (window,) = real.mirror.maintenance
    assert (window.devices, window.reason, window.end, window.timezone) == (
        ("ups-1",),
        "CHG-1182",
        real.now + 7200,
        "Asia/Ho_Chi_Minh",
    )
    assert toast(real) == "Maintenance planned: ups-1"
    real.pass_time(1)
    assert real.of("ups-1").maintenance == window.id
    assert real.window.parts.state_bar.standing.figures().maintained == 1
    press(real, Qt.Key.Key_M, SHIFT)
    assert "running · ups-1 · " in panel(real).windows.item(0).text()
    panel(real).windows.setCurrentRow(0)
    press(real, Qt.Key.Key_Delete, widget=panel(real).windows)
    assert real.mirror.maintenance == ()
    assert toast(real) == "Maintenance ended: ups-1"
    undo(real)
    assert [w.id for w in real.mirror.maintenance] == [window.id]


def test_a_window_that_recurs_covers_racks_sites_and_labels(real):
    press(real, Qt.Key.Key_M, SHIFT)
    panel(real).what.setText("rack:h1-a02, seoul, h1-b03")
    panel(real).begin.setText("22:00")
    panel(real).end.setText("02:00")
    panel(real).days[0].setChecked(True)
    panel(real).days[2].setChecked(True)
    panel(real).reason.setText("weekly backup")
    press(real, Qt.Key.Key_Return, widget=panel(real).title)
    (window,) = real.mirror.maintenance
    assert (window.racks, window.sites, window.timezone) == (("h1-a02", "h1-b03"), ("seoul",), "Asia/Seoul")
    assert (window.recurrence.days, window.recurrence.from_minute, window.recurrence.to_minute) == ((0, 2), 1320, 120)
    press(real, Qt.Key.Key_M, SHIFT)
    assert "Mon, Wed 22:00 to 02:00 (UTC+9)" in panel(real).windows.item(0).text()


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("what", "no-such-device", "Not known: no-such-device"),
        ("what", "", "Say what is worked on"),
        ("begin", "yesterday", "The begin is no time to come"),
        ("end", "gestern", "The end is no time after the begin"),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_is_sent(real, field, text, says):
    choose(real, "ups-1")
    press(real, Qt.Key.Key_M, SHIFT)
    panel(real).reason.setText("x")
    getattr(panel(real), field).setText(text)
    press(real, Qt.Key.Key_Return, widget=panel(real).reason)
    assert says in panel(real).note.text()
    assert real.mirror.maintenance == ()
    press(real, Qt.Key.Key_Escape, widget=panel(real).reason)
    assert panel(real).isHidden()
    assert real.window.focusWidget() is real.alarms.table


def test_the_load_of_the_monitor_is_what_the_state_bar_tells(real):
    assert real.mirror.load.calls == len(DEVICES)
    assert real.window.calls.load(real.now) == len(DEVICES)


def test_maintenance_for_a_place_names_the_place():
    inventory = sample_fleet.inventory()
    rack, site = next(iter(inventory.racks.values())), next(iter(inventory.sites))
    alarm = replace(sample_fleet.alarms()[0], device=None, component=rack.name, site=rack.site, room=rack.room, rack=rack.name)
    assert covered(worked_on(alarm, inventory), inventory).racks == (rack.name,)
    assert covered(worked_on(replace(alarm, rack=None, room=None, site=site), inventory), inventory).sites == (site,)
    assert worked_on(replace(alarm, rack=None), inventory) == "", "a room has no name of its own"
