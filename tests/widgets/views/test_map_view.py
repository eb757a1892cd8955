"""The map by keys and clicks: what is drawn is what the mirror says."""

from dataclasses import replace

import numpy as np
import pytest
import sample_fleet
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from noc_console.mirror import Mirror, Touched
from noc_console.model.changes import Changes, Snapshot
from noc_console.model.fleet import Inventory
from widgets.canvas import map_layers, map_marks, map_painter, map_state
from widgets.canvas.map_legend import paint_legend
from widgets.canvas.tier_layout import Form

NOW = sample_fleet.NOW


def where(canvas, name) -> QPoint:
    x, y = canvas.view.to_screen(canvas.state.arrangement.centre[canvas.state.arrangement.index[name]])
    return QPoint(round(x), round(y))


def test_the_arrays_are_the_mirror(show):
    view = show("map")
    mirror, state = view.context.mirror, view.canvas.state
    for name, at in state.arrangement.index.items():
        worst = mirror.worst(name)
        assert state.severity[at] == (worst.severity if worst else 0), name
        assert state.filled[at] == (worst.needs_someone if worst else False), name
        assert state.silent[at] == (mirror.devices[name].reachable is not True), name
    assert state.inlet[state.arrangement.index["gpu-0005"]] == pytest.approx(32.5, abs=0.3)
    assert np.isnan(state.inlet[state.arrangement.index["cell-1"]])


def test_a_symptom_is_small_and_hides_no_neighbour(show):
    mirror = sample_fleet.mirror()
    view = show("map", mirror)
    state, name = view.canvas.state, "gpu-0001"
    alarm = replace(next(iter(sample_fleet.alarms())), id=999, device=name, component="gpu0", symptom_of=147)
    view.refresh(mirror.apply(Changes(number=mirror.number + 1, time=NOW, alarms=(alarm,))))
    at = state.arrangement.index[name]
    assert (bool(state.folded[at]), bool(state.filled[at])) == (True, False)
    marks = map_marks.MarkPainter(state, view.canvas.view, view.canvas.roles, 1.0)
    small = map_marks.SMALL_GLYPH_PX
    assert marks.rect(at).contains(QRectF(*marks._glyph_at(at, small, in_rack=True), small, small))


def test_a_chosen_place_has_one_line_around_what_stands_together(show):
    view = show("map")
    rack = [d.name for d in view.context.mirror.inventory.devices.values() if d.rack == "h1-a01"]
    view.context.selection.choose_place(tuple(rack))
    drawing = view.canvas._geometry()
    path = view.canvas._outline(drawing)
    in_rack = [n for n in rack if drawing.arrangement.form[drawing.arrangement.index[n]] == Form.CELL]
    assert len(in_rack) > 1
    assert len(path.toFillPolygons()) < len(rack)


def test_links_that_differ_from_the_plan_are_explained_while_they_are_drawn(show):
    view = show("map")
    state, canvas = view.canvas.state, view.canvas

    def legend():
        image = QImage(900, 16, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        paint_legend(painter, QRect(0, 0, 900, 16), canvas._legend(), state)
        painter.end()
        return image

    state.cabling[:] = map_state.AS_PLANNED
    before = legend()
    state.cabling[np.flatnonzero(state.status == map_state.UP)[0]] = map_state.NOT_PLANNED
    assert legend() != before


def test_a_link_is_red_only_while_its_alarm_stands(show):
    mirror = sample_fleet.mirror()
    view = show("map", mirror)
    state = view.canvas.state
    down = next(n for n, (a, b) in enumerate(state.links) if (a.device, b.device) == ("leaf-07", "gpu-0007"))
    assert state.status[down] == map_state.DOWN
    port = state.links[down][0].port
    alarm = replace(next(iter(sample_fleet.alarms())), id=999, device="leaf-07", component=port, type="port-down")
    touched = mirror.apply(Changes(number=mirror.number + 1, time=NOW, alarms=(alarm,)))
    view.refresh(touched)
    assert state.status[down] == map_state.ALARMED
    view.refresh(mirror.apply(Changes(number=mirror.number + 1, time=NOW, alarms=(replace(alarm, cleared=NOW),))))
    assert state.status[down] == map_state.DOWN


def settled(view, qtbot) -> QImage:
    """The canvas when all is drawn."""
    view.canvas.grab()
    qtbot.waitUntil(lambda: view.canvas.layers.is_settled, timeout=30_000)
    return view.canvas.grab().toImage()


def hotter(mirror, name: str, by: float):
    """What changes when a server gets hotter."""
    row = mirror.rows[name]["ssh"]
    values = row.values + np.array([by if metric == "temperature_celsius" else 0.0 for _, metric in row.layout.keys])
    return mirror.apply(Changes(number=mirror.number + 1, time=NOW, rows=(replace(row, values=values, time=row.time + 1),)))


def test_one_device_painted_over_the_picture_looks_as_if_all_were_drawn_anew(show, qtbot):
    mirror = sample_fleet.mirror()
    view = show("map", mirror)
    view.canvas.fly_to("gpu-0004")
    before = settled(view, qtbot)
    renders = view.canvas.layers.renders
    view.refresh(hotter(mirror, "gpu-0004", 8.0))
    after = settled(view, qtbot)
    assert after != before
    assert view.canvas.layers.renders - renders == 1, "the marks alone"
    view.canvas.repaint_layers()
    assert settled(view, qtbot) == after


@pytest.mark.parametrize("scale", [0.05, 0.2, 1.5])
def test_devices_painted_over_the_picture_leave_their_neighbours_as_they_are(show, qtbot, scale):
    """At a small scale devices lie over each other."""
    mirror = sample_fleet.mirror()
    view = show("map", mirror)
    view.canvas.view.scale = scale
    settled(view, qtbot)
    view.refresh(hotter(mirror, "gpu-0004", 8.0))
    view.canvas.pictures.repaint_devices(range(0, len(view.canvas.state.arrangement.names), 3))
    after = settled(view, qtbot)
    view.canvas.repaint_layers()
    assert settled(view, qtbot) == after


def test_a_device_that_changes_while_the_devices_are_drawn_for_the_first_time_is_shown_as_it_is(show, qtbot, monkeypatch):
    mirror = sample_fleet.mirror()
    view = show("map", mirror)
    monkeypatch.setattr(map_layers, "TURN_S", 0.0)
    monkeypatch.setattr(map_painter, "DEVICES", 1)
    view.canvas.pictures._devices = None
    view.canvas.repaint_layers()
    view.canvas.grab()
    layers, painted = view.canvas.layers, []
    paint_cell = map_painter.DevicePainter._paint_cell
    monkeypatch.setattr(
        map_painter.DevicePainter, "_paint_cell", lambda self, p, node: (painted.append(node), paint_cell(self, p, node))
    )
    while view.canvas.state.arrangement.index["gpu-0004"] not in painted:
        layers._go_on()
    assert map_layers.Layer.DEVICES in layers._work
    view.refresh(hotter(mirror, "gpu-0004", 8.0))
    after = settled(view, qtbot)
    view.canvas.repaint_layers()
    assert settled(view, qtbot) == after


def test_a_map_that_is_drawn_in_many_turns_is_the_same_as_one_drawn_at_once(show, qtbot, monkeypatch):
    view = show("map")
    monkeypatch.setattr(map_layers, "TURN_S", float("inf"))
    view.canvas.repaint_layers()
    whole = settled(view, qtbot)
    assert view.canvas.layers.is_settled
    monkeypatch.setattr(map_layers, "TURN_S", 0.0)
    view.canvas.repaint_layers()
    assert view.canvas.grab().toImage() == whole, "the old picture stays in sight"
    assert not view.canvas.layers.is_settled
    assert settled(view, qtbot) == whole


def test_only_what_changed_is_drawn_anew(show, qtbot):
    mirror = sample_fleet.mirror()
    view = show("map", mirror)
    settled(view, qtbot)
    before = view.canvas.layers.renders
    view.refresh(Touched(devices={"gpu-0001"}))
    view.canvas.grab()
    assert view.canvas.layers.renders == before


def test_a_click_chooses_and_a_double_click_opens(show, qtbot, opened):
    view = show("map")
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=where(view.canvas, "spine-2"))
    assert view.context.selection.device == "spine-2"
    qtbot.mouseDClick(view.canvas, Qt.MouseButton.LeftButton, pos=where(view.canvas, "crac-1"))
    assert view.context.selection.device == "crac-1"
    assert opened == ["device"]


def test_tab_goes_by_rank_of_alarm_and_enter_opens(show, qtbot, opened):
    view = show("map")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Tab)
    first = view.context.selection.device
    assert first == view.canvas.state.by_rank()[0]
    assert view.context.mirror.worst(first).needs_someone
    qtbot.keyClick(view.canvas, Qt.Key.Key_Tab)
    assert view.context.selection.device == view.canvas.state.by_rank()[1]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert view.context.selection.device == first
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert opened == ["device"]


def test_keys_pan_zoom_and_fit(show, qtbot):
    canvas = show("map").canvas
    fitted = canvas.view.x, canvas.view.scale
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.view.x > fitted[0]
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.scale > fitted[1]
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert (canvas.view.x, canvas.view.scale) == pytest.approx(fitted)


def test_dragging_pans_and_chooses_nobody(show, qtbot):
    view = show("map")
    canvas = view.canvas
    before, start = canvas.view.x, where(canvas, "spine-1")
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, start + QPoint(40, 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))
    assert canvas.view.x < before
    assert view.context.selection.device == ""


def test_the_search_flies_to_the_next_device_that_fits(show, qtbot):
    view = show("map")
    view.focus_filter()
    qtbot.keyClicks(view.bar.search, "cell-")
    assert "4 of 45" in view.bar.note.text()
    qtbot.keyClick(view.bar.search, Qt.Key.Key_Return)
    assert view.context.selection.device == "cell-1"
    assert view.canvas.rect().contains(where(view.canvas, "cell-1"))
    qtbot.keyClick(view.bar.search, Qt.Key.Key_Return)
    assert view.context.selection.device == "cell-2"


def test_a_device_placed_by_hand_stays_there_after_a_restart(show, qtbot):
    view = show("map", device="core-1")
    canvas = view.canvas
    before = canvas.state.arrangement.centre[canvas.state.arrangement.index["core-1"]].copy()
    others = {n: tuple(p) for n, p in view.canvas.state.arrangement.places().items() if n != "core-1"}
    qtbot.keyClick(canvas, Qt.Key.Key_E)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_E)
    assert not canvas.placing
    again = show("map").canvas
    after = again.state.arrangement.centre[again.state.arrangement.index["core-1"]]
    assert after[1] > before[1]
    assert again.pinned == {"core-1"}
    assert {n: tuple(p) for n, p in again.state.arrangement.places().items() if n != "core-1"} == others


def test_broken_places_in_the_settings_are_told_and_left(show, tmp_path, caplog):
    view = show("map")
    view.context.settings.setValue("map/places/hanoi", "{broken")
    view._arrange()
    assert any("cannot be read" in record.message for record in caplog.records)
    caplog.clear()
    assert len(view.canvas.state.arrangement.names) == 45


def test_v_shows_the_same_as_a_list(show, qtbot, opened):
    view = show("map")
    qtbot.keyClick(view.canvas, Qt.Key.Key_V)
    assert view.stack.currentWidget() is view.tree
    view.tree.expandAll()
    view.tree.select("crac-1")
    index = view.tree.currentIndex()
    assert index.data() == "crac-1"
    assert "Fan stopped" in index.siblingAtColumn(1).data()
    assert "not acknowledged" in index.siblingAtColumn(1).data()
    view.tree.activated.emit(index)
    assert opened == ["device"]


def test_the_site_filter_shows_one_site(show):
    view = show("map")
    view.context.selection.choose_site("seoul")
    assert "Seoul" in view.title_note()
    assert {a.device for a in view.shown_alarms()} <= {"access-12", "cell-1", "cell-2", "olt-3", "storage-2", "router-1"}
    assert not view.canvas.node_at(*where(view.canvas, "core-1").toTuple())


def test_hovering_tells_facts_as_plain_text(show):
    view = show("map")
    text = view.canvas._facts("crac-1")
    assert "Fan stopped" in text
    assert "supply 31.0" in text


def test_an_empty_fleet_says_so(show):
    view = show("map", Mirror())
    assert "Nothing has been read yet" in view.bar.note.text()
    touched = view.context.mirror.start(Snapshot(number=0, time=sample_fleet.NOW, inventory=Inventory()))
    view.refresh(touched)
    assert "inventory is empty" in view.bar.note.text()
    view.refresh(view.context.mirror.start(sample_fleet.snapshot()))
    assert not view.bar.note.text()
    view.canvas.grab()


def test_the_glyph_of_the_worst_alarm_is_painted_at_the_corner(show, qtbot):
    view = show("map")
    canvas = view.canvas
    image = settled(view, qtbot)
    at = canvas.state.arrangement.index["crac-1"]
    rect = canvas._geometry().rect(at)
    corner = image.pixelColor(round(rect.right()) + 4, round(rect.top()) + 4)
    assert corner.red() > 200
    assert corner.green() < 120


def test_shift_and_arrows_go_along_a_link(show, qtbot):
    view = show("map", device="leaf-01")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.context.selection.device.startswith("spine-")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.context.selection.device.startswith("core-")


def test_a_new_snapshot_of_the_same_fleet_keeps_what_is_shown(show, qtbot):
    mirror = sample_fleet.mirror()
    view = show("map", mirror)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)
    scale = view.canvas.view.scale
    view.refresh(mirror.start(replace(sample_fleet.snapshot(), number=mirror.number + 10)))
    assert view.canvas.view.scale == scale


def test_a_device_chosen_elsewhere_comes_into_view(show, qtbot):
    view = show("map")
    view.canvas.fly_to("core-1")
    view.canvas.zoom(6.0)
    view.context.selection.choose_device("cell-4")
    assert view.canvas.rect().contains(where(view.canvas, "cell-4"))
