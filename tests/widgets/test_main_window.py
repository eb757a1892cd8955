"""The window by keys and clicks: views, keys, banner, notes, what is kept; on a made fleet, without a backend's threads."""

import json
from dataclasses import replace

import pytest
import sample_fleet
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from noc_console.feed import Feed
from noc_console.model.changes import Changes, StoreState
from noc_console.model.command import Action, AskNow, CommandOutcome
from noc_console.model.severity import OperatorState, Severity
from widgets import theme
from widgets.app import new_context
from widgets.backend import Backend
from widgets.discover import find_views
from widgets.main_window import MainWindow


class Scenario:
    """A control that notes what it was asked for."""

    def __init__(self, name=""):
        self.name, self.begun, self.repaired = name, sample_fleet.NOW - 60 if name else None, 0

    def repair(self):
        self.name, self.begun, self.repaired = "", None, self.repaired + 1

    def begin(self, name):
        self.name = name

    def list(self):
        return ["cooler-failure"]


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


class Opened:
    """A window with its feed and what it sent."""

    def __init__(self, qtbot, settings, broken=True, scenario=None, size=(1920, 1080)):
        self.sent, self.feed = [], Feed()
        self.feed.restart(sample_fleet.snapshot(broken))
        self.window = MainWindow(new_context(settings))
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.show_views([v for v in find_views() if v.identifier == "alarms"])
        self.window.start(
            Backend(feed=self.feed, send=self.sent.append, who="Lan", clock=lambda: sample_fleet.NOW, scenario=scenario)
        )
        self.window.pulse.stop()
        self.number = 1
        self.settle()

    def settle(self):
        self.window.pulse.beat()
        QApplication.processEvents()

    def publish(self, **what):
        self.number += 1
        self.feed.publish(Changes(number=self.number, time=sample_fleet.NOW, **what))
        self.settle()

    @property
    def mirror(self):
        return self.window.context.mirror

    @property
    def alarms(self):
        return self.window.parts.docks.panel("alarms").view

    def choose(self, *numbers):
        self.alarms.table.choose(numbers[0])
        for number in numbers[1:]:
            index = self.alarms.model.index(self.alarms.model.row_of(number), 0)
            model = self.alarms.table.selectionModel()
            model.select(index, model.SelectionFlag.Select | model.SelectionFlag.Rows)
        self.alarms.table.setFocus()
        QApplication.processEvents()

    def commit(self, command):
        """What the monitor does with a command: the change, then its outcome."""
        alarms = []
        for number in command.alarms:
            old = self.mirror.alarms[number]
            if command.action is Action.ACKNOWLEDGE:
                new = replace(old, state=OperatorState.ACKNOWLEDGED, state_by=command.who, state_at=command.at, note=command.text)
            elif command.action is Action.UNACKNOWLEDGE:
                new = replace(old, state=OperatorState.NONE, state_by="", note="")
            else:
                new = replace(old, state=OperatorState.CLOSED)
            alarms.append(new)
        self.publish(alarms=tuple(alarms), outcomes=(CommandOutcome(id=command.id),))


@pytest.fixture
def opened(qtbot, settings):
    return Opened(qtbot, settings)


def key(qtbot, widget, name, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(widget, name, modifier)
    QApplication.processEvents()


def test_the_window_paints_before_any_backend_is_there(qtbot, settings):
    window = MainWindow(new_context(settings))
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()


def test_counts_and_collectors_are_read_aloud(opened):
    opened.window.parts.state_bar.repaint()
    spoken = opened.window.parts.state_bar.accessibleDescription()
    assert "critical: 3 open, 2 not acknowledged" in spoken
    assert "seoul-1 silent 40" in spoken


def test_the_banner_tells_the_worst_call_and_goes_when_all_are_taken(opened):
    banner = opened.window.parts.banner
    assert banner.isVisible()
    assert banner.alarm.severity is Severity.CRITICAL
    waiting = opened.window.calls.waiting()
    opened.publish(alarms=tuple(replace(a, state=OperatorState.ACKNOWLEDGED, state_by="Lan", worse_again=False) for a in waiting))
    assert not banner.isVisible()


def test_shift_t_acknowledges_what_the_banner_tells_and_ctrl_z_takes_it_back(qtbot, opened):
    number = opened.window.parts.banner.alarm.id
    key(qtbot, opened.window, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    sent = opened.sent[0]
    assert (sent.action, sent.alarms, sent.who) == (Action.ACKNOWLEDGE, (number,), "Lan")
    opened.commit(sent)
    assert "1 acknowledged" in opened.window.parts.toast.text()
    key(qtbot, opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undo = opened.sent[1]
    assert (undo.action, undo.alarms, undo.undoes, undo.who) == (Action.UNDO, (number,), sent.id, "Lan")


def test_a_click_on_the_banners_button_acknowledges(qtbot, opened):
    banner = opened.window.parts.banner
    banner.repaint()
    button = next(cell for cell in banner.cells if cell.name.startswith("Acknowledge"))
    qtbot.mouseClick(banner, Qt.MouseButton.LeftButton, pos=button.rect.center())
    assert opened.sent[0].alarms == (banner.alarm.id,) or opened.sent[0].action is Action.ACKNOWLEDGE


def test_ctrl_t_changes_the_theme_and_every_pixel_of_the_bars(qtbot, opened):
    before = opened.window.parts.state_bar.grab().toImage().pixelColor(5, 5)
    key(qtbot, opened.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert theme.current().name == "light"
    after = opened.window.parts.state_bar.grab().toImage().pixelColor(5, 5)
    assert before == theme.Theme("dark").colour("surface.bar")
    assert after == theme.current().colour("surface.bar")


def test_f1_lists_every_action_with_its_key(qtbot, opened):
    opened.choose(147)
    key(qtbot, opened.window, Qt.Key.Key_F1)
    keys = opened.window.parts.keys
    assert keys.isVisible()
    spoken = keys.accessibleDescription()
    for words in ("Acknowledge, with a note", "F5 Ask the device now", "Ctrl+K", "Ctrl+1 Alarms"):
        assert words in spoken
    key(qtbot, keys, Qt.Key.Key_Escape)
    assert not keys.isVisible()


def test_ctrl_k_goes_to_an_alarm_by_a_part_of_its_name(qtbot, opened):
    key(qtbot, opened.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    go_to = opened.window.parts.go_to
    assert go_to.isVisible()
    qtbot.keyClicks(go_to.line, "pdu-b02 voltage")
    key(qtbot, go_to.line, Qt.Key.Key_Return)
    assert opened.window.context.selection.alarm == 148
    assert not go_to.isVisible()


def test_n_walks_through_what_needs_someone_worst_first(qtbot, opened):
    order = [alarm.id for alarm in opened.window.calls.waiting()]
    seen = []
    for _ in order:
        key(qtbot, opened.window, Qt.Key.Key_N)
        seen.append(opened.window.context.selection.alarm)
    assert seen == order


def test_f6_goes_round_the_parts_and_comes_back(qtbot, opened):
    opened.alarms.table.setFocus()
    seen = []
    for _ in range(len(opened.window.parts.stops())):
        key(qtbot, opened.window, Qt.Key.Key_F6)
        seen.append(opened.window.focusWidget())
    assert seen[-1] is opened.alarms.table
    assert opened.window.parts.banner in seen
    assert opened.window.parts.state_bar in seen


def test_f5_asks_the_chosen_device(qtbot, opened):
    opened.choose(148)
    key(qtbot, opened.window, Qt.Key.Key_F5)
    assert opened.sent == [AskNow(device="pdu-b02-b")]


def test_a_full_disk_is_said_for_as_long_as_it_is_full(opened):
    opened.publish(store=StoreState(error="disk-full"))
    assert any("disk is full" in text for text in opened.window.parts.lasting.texts())
    opened.publish(store=StoreState(last_commit=sample_fleet.NOW))
    assert not opened.window.parts.lasting.texts()


def test_how_far_an_older_database_is_made_ready_is_said_until_it_is(opened):
    opened.publish(store=StoreState(preparing=0.437))
    assert any("43 %" in text for text in opened.window.parts.lasting.texts())
    opened.publish(store=StoreState())
    assert not opened.window.parts.lasting.texts()


def test_a_start_that_takes_long_is_explained_until_it_is_done(opened):
    opened.window.wait_for_start()
    assert any("older version" in text for text in opened.window.parts.lasting.texts())
    opened.window.refuse(["no"])
    assert opened.window.parts.lasting.texts() == ["no"]


def test_a_scenario_is_named_and_repaired_by_its_button(qtbot, settings):
    scenario = Scenario("cooler-failure")
    opened = Opened(qtbot, settings, scenario=scenario)
    opened.window.scenario.look(sample_fleet.NOW)
    assert any("cooler-failure" in text for text in opened.window.parts.lasting.texts())
    bar = next(b for b in opened.window.parts.lasting.children() if hasattr(b, "say"))
    bar.repaint()
    button = next(cell for cell in bar.cells if cell.name == "Repair")
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=button.rect.center())
    opened.window.scenario.look(sample_fleet.NOW)
    assert scenario.repaired == 1
    assert not opened.window.parts.lasting.texts()


def test_the_repair_button_is_reached_and_pressed_by_keys(qtbot, settings):
    scenario = Scenario("cooler-failure")
    opened = Opened(qtbot, settings, scenario=scenario)
    opened.window.scenario.look(sample_fleet.NOW)
    banner = opened.window.parts.lasting.with_buttons()[0]
    banner.repaint()
    for _ in opened.window.parts.stops():
        key(qtbot, opened.window, Qt.Key.Key_F6)
        if opened.window.focusWidget() is banner:
            break
    key(qtbot, banner, Qt.Key.Key_Return)
    assert scenario.repaired == 1


def test_larger_and_smaller_text_by_key(qtbot, opened):
    key(qtbot, opened.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme.current().scale == 1.1
    assert opened.window.parts.state_bar.height() == 48
    key(qtbot, opened.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert theme.current().scale == 1.0


def test_scenarios_can_be_begun_by_ctrl_k(qtbot, settings):
    scenario = Scenario()
    opened = Opened(qtbot, settings, scenario=scenario)
    key(qtbot, opened.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(opened.window.parts.go_to.line, "begin cooler")
    key(qtbot, opened.window.parts.go_to.line, Qt.Key.Key_Return)
    assert scenario.name == "cooler-failure"


def test_a_click_on_a_count_filters_the_list(qtbot, opened):
    bar = opened.window.parts.state_bar
    bar.repaint()
    cell = next(c for c in bar.cells if c.name.startswith("major"))
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=cell.rect.center())
    assert {a.severity for a in opened.alarms.shown_alarms()} == {Severity.MAJOR}


def test_the_site_filter_narrows_counts_list_and_banner(opened):
    opened.window.context.selection.choose_site("seoul")
    QApplication.processEvents()
    assert {a.site for a in opened.alarms.shown_alarms()} == {"seoul"}
    assert opened.window.parts.banner.alarm is None or opened.window.parts.banner.alarm.site == "seoul"


def test_pictures_and_what_they_show_are_saved(opened, tmp_path):
    views = [v for v in find_views() if v.identifier == "alarms"]
    opened.window.save_screenshots(tmp_path / "out", views)
    picture = QImage(str(tmp_path / "out" / "alarms.png"))
    assert (picture.width(), picture.height()) == (1920, 1080)
    shown = json.loads((tmp_path / "out" / "alarms.json").read_text(encoding="utf-8"))
    assert shown["view"] == "alarms"
    assert {
        "device": "crac-1",
        "component": "fan",
        "type": "fan-stopped",
        "severity": "critical",
        "state": "none",
        "cleared": None,
    } in shown["alarms"]


def test_theme_size_and_filter_are_kept(qtbot, settings):
    first = Opened(qtbot, settings, size=(1300, 820))
    theme.source().choose("light")
    first.alarms.show_filter("site:seoul")
    first.window.close()
    second = MainWindow(new_context(settings))
    qtbot.addWidget(second)
    second.show()
    second.show_views([v for v in find_views() if v.identifier == "alarms"])
    assert second.parts.docks.panel("alarms").view.filter.line.text() == "site:seoul"
    assert (second.width(), second.height()) == (1300, 820)
    assert settings.value("theme/name") == "light"
    second.close()


def test_every_bar_has_a_name_that_is_read_aloud(opened):
    parts = opened.window.parts
    for part in (parts.state_bar, parts.rail, parts.banner, parts.time_strip, parts.hint_bar, opened.alarms.table):
        assert part.accessibleName(), part


def test_a_missed_change_asks_for_a_new_snapshot(opened):
    opened.number += 5
    opened.publish()
    assert opened.feed.overflowed


def test_the_time_strip_chooses_the_call_that_is_clicked(qtbot, opened):
    strip = opened.window.parts.time_strip
    strip.repaint()
    cell = next(c for c in strip.cells if "crac-1" in c.name)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(cell.rect.left() + 3, cell.rect.center().y()))
    assert opened.window.context.selection.alarm in opened.mirror.alarms
