"""The timeline by keys and clicks."""

from dataclasses import replace

import pytest
import sample_fleet
from PySide6.QtCore import QPoint, Qt

from noc_console.mirror import Mirror
from noc_console.model.alarm import Entry, EntryKind
from noc_console.model.changes import Changes
from noc_console.model.severity import OperatorState

NOW = sample_fleet.NOW


def bar_of(view, number):
    return next((line, bar) for line, bar in view.canvas.timeline.bars() if bar.alarm.id == number)


def test_every_alarm_of_the_range_is_a_bar(show):
    view = show("timeline")
    start, end = view.canvas.window_of()
    assert (start, end) == (NOW - 7200, NOW)
    wanted = {a.id for a in sample_fleet.alarms() if a.raised <= end and (a.cleared is None or a.cleared >= start)}
    assert {a.id for a in view.shown_alarms()} == wanted
    assert 182 not in wanted


def test_an_acknowledgement_ends_the_dark_part_and_is_a_mark_with_who(show):
    view = show("timeline")
    mirror, alarm = view.context.mirror, view.context.mirror.alarms[147]
    assert bar_of(view, 147)[1].loud == ((alarm.raised, None),)
    taken = replace(alarm, state=OperatorState.ACKNOWLEDGED, state_by="Lan", state_at=NOW - 5)
    entry = Entry(id=9000, alarm=147, kind=EntryKind.ACKNOWLEDGED, at=NOW - 5, noted=NOW - 5, who="Lan", text="standby on")
    view.refresh(mirror.apply(Changes(number=mirror.number + 1, time=NOW, alarms=(taken,), entries=(entry,))))
    assert bar_of(view, 147)[1].loud == ((alarm.raised, NOW - 5),)
    assert [m.entry.who for m in view.canvas.timeline.marks if m.alarm.id == 147] == ["Lan"]


def test_a_click_on_a_bar_chooses_its_alarm_and_device(show, qtbot, opened):
    view = show("timeline")
    line, bar = bar_of(view, 143)
    view.canvas.scroll(-100)
    rect = view.canvas._painter().bar_rect(line, bar).toRect()
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=rect.center())
    assert view.context.selection.alarm == 143
    assert view.context.selection.device == "access-12"
    qtbot.mouseDClick(view.canvas, Qt.MouseButton.LeftButton, pos=rect.center())
    assert opened == ["device"]


def test_up_and_down_walk_through_the_alarms_and_enter_opens(show, qtbot, opened):
    view = show("timeline")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    first = view.context.selection.alarm
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    assert view.context.selection.alarm not in (0, first)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Up)
    assert view.context.selection.alarm == first
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert opened == ["device"]


def test_the_cursor_tells_what_stood_then(show, qtbot):
    view = show("timeline")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left)
    assert view.canvas.cursor_time == pytest.approx(NOW - 60)
    at = view.canvas.cursor_time
    standing = sum(a.raised <= at and (a.cleared is None or a.cleared > at) for a in view._alarms())
    assert f"{standing} stood" in view.fact.text()


def test_brackets_zoom_and_shift_arrows_change_the_range_and_0_follows_now(show, qtbot):
    view = show("timeline")
    canvas = view.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_BracketLeft)
    assert canvas.span.length == 1800
    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.window_of()[1] == pytest.approx(NOW - 180)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.span.length == pytest.approx(1440)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.window_of()[1] == NOW


def test_a_range_beyond_memory_is_read_from_the_store(show, qtbot):
    mirror = sample_fleet.mirror()
    old = replace(sample_fleet.alarms()[0], id=5, raised=NOW - 3 * 86400, cleared=NOW - 3 * 86400 + 900, device="core-1")
    view = show("timeline", mirror)
    view.context.history.all = (*view.context.history.all, old)
    view._set_range(3)
    qtbot.waitUntil(lambda: 5 in {a.id for a in view.shown_alarms()})
    assert not view.error


def test_the_filter_hides_and_says_how_many(show, qtbot):
    view = show("timeline")
    every = len(view.shown_alarms())
    view.focus_filter()
    qtbot.keyClicks(view.filter, "crac-1")
    assert [a.id for a in view.shown_alarms()] == [147]
    assert view.fact.text() == f"{every - 1} hidden by the filter"
    view.filter.setText("nobody at all")
    assert view.fact.text() == f"{every} hidden by the filter"


def test_an_empty_range_says_why(show):
    view = show("timeline", Mirror())
    assert view.fact.text() == "No alarm in this range."
    view.grab()


def test_dragging_pans_time(show, qtbot):
    view = show("timeline")
    start = QPoint(600, 60)
    qtbot.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.canvas, start + QPoint(100, 0))
    qtbot.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(100, 0))
    assert view.canvas.window_of()[1] < NOW - 300
    assert view.context.selection.alarm == 0


def test_the_worst_stands_on_top_and_of_equals_what_came_first():
    from widgets.canvas.timeline_lanes import build

    alarms = list(sample_fleet.mirror().alarms.values())
    lanes = build(alarms, {}, NOW - 86400, NOW, NOW).lanes
    order = [min((-bar.alarm.severity, bar.alarm.raised) for bar in lane.bars) for lane in lanes]
    assert len(order) > 3
    assert order == sorted(order)
