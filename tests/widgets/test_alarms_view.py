"""The Alarms view by keys and clicks: take with a note, many at once, failure, undo, filter, copy, preview."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import sample_fleet
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication
from test_main_window import Opened

from noc_console.model.changes import Snapshot
from noc_console.model.command import Action, CommandOutcome
from noc_console.model.fleet import Inventory
from noc_console.model.severity import OperatorState, Severity
from widgets import flash, theme
from widgets.alarm_list.empty import nothing_here
from widgets.models.alarm_table import Column, Group

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(qtbot, tmp_path):
    return Opened(qtbot, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


def press(qtbot, opened, key, modifier=NONE, widget=None):
    qtbot.keyClick(widget or opened.alarms.table, key, modifier)
    QApplication.processEvents()


def note(opened):
    return opened.alarms.deeds.note


def test_the_table_has_the_focus_from_the_start(opened):
    assert opened.window.focusWidget() is opened.alarms.table


def test_a_opens_the_note_and_enter_sends_it(qtbot, opened):
    opened.choose(147)
    press(qtbot, opened, Qt.Key.Key_A)
    assert note(opened).isVisible()
    note(opened).line.insert("Bảo trì: gọi 김민준")  # QTest types ASCII only
    press(qtbot, opened, Qt.Key.Key_Return, widget=note(opened).line)
    sent = opened.sent[0]
    assert (sent.action, sent.alarms, sent.text, sent.who) == (Action.ACKNOWLEDGE, (147,), "Bảo trì: gọi 김민준", "Lan")
    assert opened.window.focusWidget() is opened.alarms.table


def test_until_the_commit_the_row_says_so_and_then_who_has_it(qtbot, opened):
    opened.choose(147)
    press(qtbot, opened, Qt.Key.Key_A)
    press(qtbot, opened, Qt.Key.Key_Return, widget=note(opened).line)
    assert 147 in opened.alarms.table.painter.sending
    assert opened.mirror.alarms[147].needs_someone
    opened.commit(opened.sent[0])
    assert 147 not in opened.alarms.table.painter.sending
    assert opened.mirror.alarms[147].state_by == "Lan"


def test_a_failed_acknowledgement_lasts_as_a_banner_and_the_row_falls_back(qtbot, opened):
    opened.choose(147)
    press(qtbot, opened, Qt.Key.Key_A)
    press(qtbot, opened, Qt.Key.Key_Return, widget=note(opened).line)
    opened.publish(outcomes=(CommandOutcome(id=opened.sent[0].id, error="disk-full"),))
    assert any("Not stored: the disk is full" in text for text in opened.window.parts.lasting.texts())
    assert opened.alarms.table.painter.sending == {}
    assert opened.mirror.alarms[147].needs_someone
    press(qtbot, opened, Qt.Key.Key_A)
    press(qtbot, opened, Qt.Key.Key_Return, widget=note(opened).line)
    opened.commit(opened.sent[1])
    assert not opened.window.parts.lasting.texts()


def test_escape_drops_the_note_and_sends_nothing(qtbot, opened):
    opened.choose(147)
    press(qtbot, opened, Qt.Key.Key_A)
    qtbot.keyClicks(note(opened).line, "never mind")
    press(qtbot, opened, Qt.Key.Key_Escape, widget=note(opened).line)
    assert not note(opened).isVisible()
    assert opened.sent == []
    assert opened.window.focusWidget() is opened.alarms.table


def test_several_are_taken_at_once_and_the_count_stands_on_the_button(qtbot, opened):
    opened.choose(147, 148, 159, 146)
    opened.alarms.bottom.preview.repaint()
    assert "Acknowledge 4 (A)" in [cell.name for cell in opened.alarms.bottom.preview.cells]
    press(qtbot, opened, Qt.Key.Key_A)
    press(qtbot, opened, Qt.Key.Key_Return, widget=note(opened).line)
    assert set(opened.sent[0].alarms) == {147, 148, 159}  # 146 is in someone's hands already


def test_ctrl_a_chooses_all_that_the_filter_shows(qtbot, opened):
    opened.alarms.show_filter("sev:critical")
    press(qtbot, opened, Qt.Key.Key_A, CTRL)
    assert set(opened.alarms.table.chosen()) == {147, 159, 146}


def test_u_takes_back_c_comments_d_closes(qtbot, opened):
    opened.choose(143)
    press(qtbot, opened, Qt.Key.Key_U)
    assert (opened.sent[-1].action, opened.sent[-1].alarms) == (Action.UNACKNOWLEDGE, (143,))
    press(qtbot, opened, Qt.Key.Key_C)
    press(qtbot, opened, Qt.Key.Key_Return, widget=note(opened).line)
    assert len(opened.sent) == 1  # an empty comment is none
    qtbot.keyClicks(note(opened).line, "crew on site")
    press(qtbot, opened, Qt.Key.Key_Return, widget=note(opened).line)
    assert (opened.sent[-1].action, opened.sent[-1].text) == (Action.COMMENT, "crew on site")
    opened.choose(180)
    press(qtbot, opened, Qt.Key.Key_D)
    assert (opened.sent[-1].action, opened.sent[-1].alarms) == (Action.CLOSE, (180,))


def test_d_does_nothing_to_an_alarm_that_stands(qtbot, opened):
    opened.choose(147)
    press(qtbot, opened, Qt.Key.Key_D)
    assert opened.sent == []


def test_slash_filters_as_one_types_and_says_what_is_hidden(qtbot, opened):
    everything = len(opened.alarms.shown_alarms())
    press(qtbot, opened, Qt.Key.Key_Slash)
    qtbot.keyClicks(opened.alarms.filter.line, "sev:critical gpu")
    shown = opened.alarms.shown_alarms()
    assert {a.severity for a in shown} == {Severity.CRITICAL}
    assert f"{everything - len(shown)} hidden" in opened.alarms.filter._note.text()
    press(qtbot, opened, Qt.Key.Key_Escape, widget=opened.alarms.filter.line)
    assert len(opened.alarms.shown_alarms()) == everything
    press(qtbot, opened, Qt.Key.Key_Escape, widget=opened.alarms.filter.line)
    assert opened.window.focusWidget() is opened.alarms.table


def test_a_chosen_row_that_the_filter_hides_is_not_replaced_by_another(opened):
    opened.choose(147)
    opened.alarms.show_filter("gpu")
    assert opened.alarms.table.chosen() == []
    opened.choose(148, 159)
    opened.alarms.show_filter("sev:critical")
    assert opened.alarms.table.chosen() == [159]


def test_a_letter_typed_into_the_filter_is_no_action(qtbot, opened):
    opened.choose(147)
    press(qtbot, opened, Qt.Key.Key_Slash)
    qtbot.keyClicks(opened.alarms.filter.line, "ncaidum")
    assert opened.alarms.filter.line.text() == "ncaidum"
    assert opened.sent == []


def test_the_filters_chip_takes_its_term_away(qtbot, opened):
    opened.alarms.show_filter("sev:major site:seoul")
    chip = opened.alarms.filter._chips.itemAt(0).widget()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert opened.alarms.filter.line.text() == "site:seoul"


def test_enter_opens_the_device_and_m_the_map(qtbot, opened):
    asked = []
    opened.window.context.open_view = asked.append
    opened.choose(148)
    press(qtbot, opened, Qt.Key.Key_Return)
    press(qtbot, opened, Qt.Key.Key_M)
    assert asked == ["device", "map"]
    assert opened.window.context.selection.device == "pdu-b02-b"


def test_ctrl_c_copies_rows_as_text(qtbot, opened):
    opened.choose(147, 148)
    press(qtbot, opened, Qt.Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert "crac-1 fan" in lines[0]
    assert "UTC+7" in lines[0]


def test_ctrl_i_hides_the_preview_and_it_stays_hidden(qtbot, opened):
    press(qtbot, opened, Qt.Key.Key_I, CTRL)
    assert opened.alarms.bottom.preview.isHidden()
    assert opened.window.context.settings.value("alarms/preview") == "false"


def test_the_preview_says_what_to_do_and_what_people_said(opened):
    opened.choose(146)
    opened.alarms.bottom.preview.repaint()
    spoken = opened.alarms.bottom.preview.accessibleDescription()
    assert "Drain gpu-0008: no new jobs" in spoken
    assert "Bảo commented: Máy chủ đã rút khỏi hàng đợi. 작업 2개 이동" in spoken


def test_a_click_on_a_head_folds_its_group(qtbot, opened):
    table, model = opened.alarms.table, opened.alarms.model
    row = next(r for r in model.heads() if model.group(r) is Group.IN_HAND)
    at = QPoint(60, table.rowViewportPosition(row) + 5)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert Group.IN_HAND in model.wanted.folded


def test_left_folds_the_group_of_the_row_and_right_unfolds_it(qtbot, opened):
    opened.choose(146)
    press(qtbot, opened, Qt.Key.Key_Left)
    assert Group.IN_HAND in opened.alarms.model.wanted.folded
    press(qtbot, opened, Qt.Key.Key_Right)
    assert opened.alarms.model.wanted.folded == set()


def test_a_new_alarm_above_leaves_the_chosen_row_where_it_is(qtbot, opened):
    table, model = opened.alarms.table, opened.alarms.model
    opened.window.resize(1024, 700)
    QApplication.processEvents()
    opened.choose(143)
    QApplication.processEvents()
    before = table.rowViewportPosition(model.row_of(143))
    new = [replace(opened.mirror.alarms[147], id=900 + i, raised=sample_fleet.NOW) for i in range(3)]
    opened.publish(alarms=tuple(new))
    assert table.rowViewportPosition(model.row_of(143)) == before
    assert table.chosen() == [143]


def test_a_row_that_was_just_cleared_stays_until_one_looks_away(qtbot, opened):
    opened.choose(148)
    row = opened.alarms.model.row_of(148)
    opened.publish(alarms=(replace(opened.mirror.alarms[148], cleared=sample_fleet.NOW),))
    assert opened.alarms.model.row_of(148) == row
    opened.choose(147)
    opened.alarms.tick(sample_fleet.NOW)
    assert opened.alarms.model.row_of(148) > row


def glyph(opened, number):
    table = opened.alarms.table
    rect = table.visualRect(opened.alarms.model.index(opened.alarms.model.row_of(number), Column.GLYPH))
    return table.viewport().grab(rect).toImage()


def has(image: QImage, colour) -> int:
    return sum(image.pixelColor(x, y) == colour for x in range(image.width()) for y in range(image.height()))


def test_the_glyph_is_filled_until_it_is_taken(qtbot, opened):
    flash.source().end()
    fill = theme.current().severity(Severity.CRITICAL, "fill")
    before = has(glyph(opened, 147), fill)
    opened.publish(alarms=(replace(opened.mirror.alarms[147], state=OperatorState.ACKNOWLEDGED, state_by="Lan"),))
    assert has(glyph(opened, 147), fill) < before / 2


def test_only_the_glyph_flashes(qtbot, opened):
    flash.source().end()
    table = opened.alarms.table
    filled, row = glyph(opened, 147), table.visualRect(opened.alarms.model.index(opened.alarms.model.row_of(147), Column.WHAT))
    text = table.viewport().grab(row).toImage()
    flash.source().bright = False
    assert glyph(opened, 147) != filled
    assert table.viewport().grab(row).toImage() == text


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_theme_paints_rows_that_need_someone_differently(opened, name):
    theme.source().choose(name)
    QApplication.processEvents()
    assert glyph(opened, 147) != glyph(opened, 146)


def test_with_a_hangul_layout_the_place_of_the_key_counts(qtbot, opened):
    opened.choose(147)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, NONE, 38, 0, 0, "ㅁ")  # the key A
    QApplication.sendEvent(opened.alarms.table, event)
    assert note(opened).isVisible()
    QApplication.sendEvent(note(opened).line, event)
    assert note(opened).line.text() == "ㅁ"


def test_right_click_lists_the_same_actions_with_their_keys(opened):
    texts = {action.shortcut().toString(): action.text() for action in opened.alarms.context_actions()}
    assert {"A", "U", "C", "D", "O", "M", "Ctrl+C"} <= set(texts)


def test_a_column_that_one_can_do_without_is_hidden_and_kept(opened):
    table = opened.alarms.table
    opened.window.parts.docks.toggle_alone("alarms")
    QApplication.processEvents()
    assert not table.isColumnHidden(Column.HOUR)
    table.toggle_column(Column.HOUR)
    assert table.isColumnHidden(Column.HOUR)
    assert opened.window.context.settings.value("alarms/hidden") == str(int(Column.HOUR))


def test_before_anything_was_read_the_list_says_so_and_an_empty_inventory_too(qtbot, tmp_path):
    from widgets.app import new_context
    from widgets.discover import find_views
    from widgets.main_window import MainWindow

    window = MainWindow(new_context(QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(window)
    window.show()
    window.show_views([v for v in find_views() if v.identifier == "alarms"])
    view = window.parts.docks.panel("alarms").view
    assert view.model.empty_text == "Nothing has been read yet"
    view.refresh(window.context.mirror.start(Snapshot(number=0, time=sample_fleet.NOW, inventory=Inventory())))
    assert view.model.empty_text == "Nothing is watched: the inventory is empty"


def test_what_is_only_held_was_no_call():
    held = replace(next(a for a in sample_fleet.alarms() if a.severity.calls), announced=(), symptom_of=None)
    mirror = SimpleNamespace(time=1.0, number=1, inventory=SimpleNamespace(devices={"a": None}), alarms={held.id: held})
    assert nothing_here(SimpleNamespace(mirror=mirror)) == "Nothing needs you. No call in the last 24 hours"
