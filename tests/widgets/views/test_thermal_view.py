"""Thermal: the sentence is true, the cells are the mirror, curves have their limits and gaps."""

from dataclasses import replace

import numpy as np
import pytest
import sample_fleet
from PySide6.QtCore import Qt

from noc_console.mirror import Mirror, Touched
from noc_console.model.changes import Changes
from widgets import theme
from widgets.canvas.heat_map import HeatMap
from widgets.canvas.readings import gpu_components, reading
from widgets.canvas.scale import MISSING
from widgets.canvas.thermal_facts import find
from widgets.canvas.thermal_words import sentence

NOW = sample_fleet.NOW


def test_a_calm_room_is_one_sentence():
    mirror = sample_fleet.mirror(broken=False)
    what, figures = sentence(find(mirror, NOW), mirror)
    assert what == "All 12 inlets between 22.8 and 23.6 °C."
    assert figures == "No GPU is over its limit."


def test_a_row_without_its_cooler_warms_as_one_and_the_cooler_is_named():
    mirror = sample_fleet.mirror()
    findings = find(mirror, NOW)
    assert [(g.kind, g.name, g.rising, g.of, g.coolers) for g in findings.warming] == [("row", "A", 6, 6, ("crac-1",))]
    assert findings.warming[0].per_minute == pytest.approx(1.6, abs=0.1)
    what, figures = sentence(findings, mirror)
    assert what == "Row A of hall-1 warms as one. Its cooler crac-1: Fan stopped."
    assert "6 of 12 inlets are over a limit" in figures


def test_an_inlet_that_is_old_is_counted_as_unknown_not_as_cool():
    mirror = sample_fleet.mirror(broken=False)
    later = NOW + 3600
    what, _ = sentence(find(mirror, later), mirror)
    assert what == "No inlet has a fresh value."


def test_nothing_known_says_so():
    mirror = Mirror()
    assert sentence(find(mirror, NOW), mirror)[0] == "No inlet temperature is known yet."


def test_a_gpu_without_margin_is_over_its_limit():
    mirror = sample_fleet.mirror(broken=False)
    row = mirror.rows["gpu-0010"]["ssh"]
    values = row.values.copy()
    values[row.layout.index["gpu3", "temperature_limit_margin_celsius"]] = -1.0
    values[row.layout.index["gpu3", "temperature_celsius"]] = 86.0
    mirror.apply(Changes(number=mirror.number + 1, time=NOW, rows=(replace(row, values=values, time=NOW + 1),)))
    assert [(d, g) for d, g, _ in find(mirror, NOW).hot_gpus] == [("gpu-0010", "gpu3")]


def test_the_cells_are_the_mirror(show):
    view = show("thermal")
    mirror, grid = view.context.mirror, view.heat.grid
    assert len(grid.devices) == 12
    for row, name in enumerate(grid.devices):
        for column, gpu in enumerate(grid.components):
            found = reading(mirror, name, gpu, "temperature_celsius", NOW)
            expected = np.nan if found.stale else found.value  # of the lost GPU only the past is known
            assert np.array_equal(grid.values[row, column], expected, equal_nan=True)
            assert grid.present[row, column] == (gpu in gpu_components(mirror, name))
    assert grid.severity[grid.row_of["gpu-0009"], 2] == 5
    assert grid.filled[grid.row_of["gpu-0009"], 2]
    assert not grid.filled[grid.row_of["gpu-0008"], 5]


def test_a_gpu_that_went_missing_is_hatched_not_cool(show):
    view = show("thermal")
    mirror = view.context.mirror
    row = mirror.rows["gpu-0001"]["ssh"]
    values = row.values.copy()
    values[row.layout.index["gpu2", "temperature_celsius"]] = np.nan
    view.refresh(mirror.apply(Changes(number=mirror.number + 1, time=NOW, rows=(replace(row, values=values, time=NOW + 1),))))
    at = view.heat.grid.row_of["gpu-0001"]
    assert view.heat.steps()[at, 2] == MISSING
    assert view.heat.steps()[at, 1] != MISSING


def test_b_switches_what_the_cells_show(show, qtbot):
    view = show("thermal")
    qtbot.keyClick(view.heat, Qt.Key.Key_B)
    assert view.heat.measure.metric == "power_watts"
    assert view.legend.measure.unit == "W"
    power = reading(view.context.mirror, view.heat.grid.devices[0], "gpu0", "power_watts", NOW)
    assert view.heat.grid.values[0, 0] == power.value
    qtbot.keyClick(view.heat, Qt.Key.Key_B)
    qtbot.keyClick(view.heat, Qt.Key.Key_B)
    assert view.heat.measure.unit == "°C"


def test_a_click_on_a_cell_chooses_device_and_gpu_and_enter_opens(show, qtbot, opened):
    view = show("thermal")
    place = view.heat.cell(view.heat.grid.row_of["gpu-0003"], 6)
    qtbot.mouseClick(view.heat, Qt.MouseButton.LeftButton, pos=place.center())
    assert (view.context.selection.device, view.context.selection.component) == ("gpu-0003", "gpu6")
    qtbot.keyClick(view.heat, Qt.Key.Key_Down)
    assert (view.context.selection.device, view.context.selection.component) == ("gpu-0006", "gpu6")
    qtbot.keyClick(view.heat, Qt.Key.Key_Return)
    assert opened == ["device"]


def test_the_curves_are_those_of_the_chosen_device_with_its_limits(show, qtbot):
    view = show("thermal", device="gpu-0005")
    plot = view.curves.plots[0]
    qtbot.waitUntil(lambda: plot.is_ready)
    view.tick(NOW)
    chosen = plot.curves[-1]
    assert chosen.key == ("gpu-0005", "inlet", "temperature_celsius")
    times, values = view.context.mirror.series.curve(*chosen.key)
    assert np.array_equal(chosen.times[-len(times) :], times)
    assert np.allclose(chosen.values[-len(times) :], values)
    assert {limit.value: limit.broken for limit in plot.limits} == {27.0: True, 32.0: True}
    drawn = plot._items[len(plot.curves) - 1].getData()
    assert drawn[0][-1] + plot._origin == times[-1]


def test_without_a_choice_the_worst_is_shown(show):
    view = show("thermal")
    hottest = max(find(view.context.mirror, NOW).inlets, key=lambda i: i.value)
    assert view.focus == hottest.device


def test_brackets_change_the_range_and_older_values_are_read_in_a_worker(show, qtbot):
    view = show("thermal", device="gpu-0005")
    qtbot.waitUntil(lambda: not view.source.is_reading)
    for _ in range(2):
        qtbot.keyClick(view.heat, Qt.Key.Key_BracketRight)
    assert view.span == 86400.0
    qtbot.waitUntil(lambda: len(view.source.points(("gpu-0005", "inlet", "temperature_celsius"))[0]) > 1000)
    times, _ = view.source.points(("gpu-0005", "inlet", "temperature_celsius"))
    assert times[0] == pytest.approx(NOW - 86400, abs=120)
    assert (np.diff(times) > 0).all()
    qtbot.keyClick(view.heat, Qt.Key.Key_BracketLeft)
    assert view.span == 7200.0


def test_history_that_cannot_be_read_is_told(show, qtbot, caplog):
    view = show("thermal", device="gpu-0005")
    qtbot.waitUntil(lambda: not view.source.is_reading)

    def broken(*_):
        raise OSError("disk is gone")

    view.context.history.readings = broken
    view._set_range(2)
    qtbot.waitUntil(lambda: "disk is gone" in view.title_note())
    caplog.clear()


def test_the_range_of_the_axis_does_not_follow_each_tick(show, qtbot):
    mirror = sample_fleet.mirror(broken=False)
    view = show("thermal", mirror, device="gpu-0004")
    before = view.curves.plots[0].axes
    row = mirror.rows["gpu-0004"]["ssh"]
    values = row.values.copy()
    values[row.layout.index["inlet", "temperature_celsius"]] += 0.7
    mirror.apply(Changes(number=mirror.number + 1, time=NOW, rows=(replace(row, values=values, time=NOW + 1),)))
    view.tick(NOW)
    after = view.curves.plots[0].axes
    assert (after.low, after.high) == (before.low, before.high)


def test_the_site_filter_leaves_its_servers(show):
    view = show("thermal")
    view.context.selection.choose_site("seoul")
    view.refresh(Touched(everything=True))
    assert view.heat.grid.devices == []
    view.grab()


def test_arrows_move_the_cursor_of_the_curves_and_the_heads_tell_the_value(show, qtbot):
    view = show("thermal", device="gpu-0005")
    qtbot.waitUntil(lambda: view.curves.plots[0].is_ready)
    view.curves.setFocus()
    qtbot.keyClick(view.curves, Qt.Key.Key_Left)
    assert view.curves.plots[0].cursor_time == pytest.approx(NOW - 15)
    at = view.curves.plots[0].cursor_time
    times, values = view.context.mirror.series.curve("gpu-0005", "inlet", "temperature_celsius")
    assert f"gpu-0005 {values[times <= at][-1]:.1f} °C" in view.curves.heads[0][1].text()
    qtbot.keyClick(view.curves, Qt.Key.Key_Escape)
    assert view.curves.heads[0][1].text() == "row A"


def test_a_single_server_says_only_its_own_inlet():
    mirror = sample_fleet.mirror(broken=False)
    row = mirror.rows["gpu-0010"]["ssh"]
    for n in range(1, 4):
        values = row.values.copy()
        values[row.layout.index["inlet", "temperature_celsius"]] += 1.5 * n
        mirror.apply(Changes(number=mirror.number + 1, time=NOW, rows=(replace(row, values=values, time=NOW + 60 * n),)))
    what, figures = sentence(find(mirror, NOW + 60), mirror)
    assert what == "gpu-0010 warms."
    assert figures.startswith("Its inlet rises 1.")


def test_just_after_the_start_nothing_is_said_to_warm():
    mirror = Mirror()
    mirror.start(sample_fleet.snapshot())
    assert find(mirror, NOW).warming == []


def test_only_rows_that_changed_are_painted_anew(show, qtbot, monkeypatch):
    view = show("thermal")
    before = view.heat.grab().toImage()
    painted = []
    paint = HeatMap._paint_row
    monkeypatch.setattr(
        HeatMap, "_paint_row", lambda self, painter, row, steps: (painted.append(row), paint(self, painter, row, steps))
    )
    view.refresh(Touched(devices={"gpu-0001"}))
    mirror = view.context.mirror
    row = mirror.rows["gpu-0001"]["ssh"]
    values = row.values.copy()
    values[row.layout.index["gpu0", "temperature_celsius"]] = 89.0
    view.refresh(mirror.apply(Changes(number=mirror.number + 1, time=NOW, rows=(replace(row, values=values, time=NOW + 1),))))
    qtbot.waitUntil(lambda: bool(painted), timeout=30_000)
    assert set(painted) == {view.heat.grid.row_of["gpu-0001"]}
    after = view.heat.grab().toImage()
    inside, other = view.heat.cell(view.heat.grid.row_of["gpu-0001"], 0), view.heat.cell(3, 0)
    assert after.pixelColor(inside.topLeft()) != before.pixelColor(inside.topLeft())
    assert after.copy(other) == before.copy(other)


def test_a_cooler_that_answers_later_joins_the_curves(show):
    mirror = sample_fleet.mirror(broken=False)
    cooler = mirror.rows.pop("crac-1")
    view = show("thermal", mirror, device="gpu-0005")
    assert len(view.curves.panels) == 2
    mirror.rows["crac-1"] = cooler
    view.tick(NOW)
    assert [panel.keys[0][0] for panel in view.curves.panels] == ["gpu-0005", "gpu-0005", "crac-1"]


def test_the_heat_map_scrolls_to_the_chosen_row_and_has_room_for_all_at_another_scale(show, qtbot):
    view = show("thermal", size=(1200, 260))
    least, legend = view.heat.minimumHeight(), view.legend.height()
    theme.source().choose("dark", 1.5)
    assert view.heat.minimumHeight() > least
    assert view.legend.minimumHeight() > legend
    bar = view.heat_area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=30_000)
    view.context.selection.choose_device(view.heat.grid.devices[-1])
    assert bar.value() > 0
    assert view.heat.visibleRegion().contains(view.heat.cell(len(view.heat.grid.devices) - 1, 0).center())
    while view.context.selection.device != view.heat.grid.devices[0]:
        qtbot.keyClick(view.heat, Qt.Key.Key_Up)
    assert view.heat.visibleRegion().contains(view.heat.cell(0, 0).center())
