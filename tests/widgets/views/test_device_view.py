"""The device view by keys and clicks."""

from dataclasses import replace

import numpy as np
import sample_fleet
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication

from noc_console.mirror import Mirror
from noc_console.model.changes import Changes
from noc_console.model.command import Action, AskNow, Command
from noc_console.model.severity import OperatorState, Severity
from widgets.canvas import device_rows
from widgets.passphrase_dialog import PassphraseDialog

NOW = sample_fleet.NOW


def tabs(view):
    return [view.tables.tabText(n) for n in range(view.tables.count())]


def test_a_gpu_server_shows_gpus_ports_sensors(show):
    view = show("device", device="gpu-0009")
    assert tabs(view) == ["GPUs 8", "Ports 1", "Sensors 3"]
    rows = view.gpus.parts.table.rows
    assert [row.component for row in rows] == [f"gpu{n}" for n in range(8)]
    assert rows[2].alarm.type == "gpu-lost"
    assert view.gpus.chosen().component == "gpu2"
    assert view.cards.cards[0].alarm.type == "gpu-lost"
    assert "Restart the host" in " ".join(_words(view.cards.cards[0]))


def _words(widget):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel)]


def test_values_are_the_mirrors_with_age_and_a_dash_for_the_unknown():
    mirror = sample_fleet.mirror()
    row = mirror.rows["gpu-0001"]["ssh"]
    values = row.values.copy()
    values[row.layout.index["gpu0", "temperature_celsius"]] = 71.4
    values[row.layout.index["gpu1", "temperature_celsius"]] = np.nan
    mirror.apply(Changes(number=mirror.number + 1, time=NOW, rows=(replace(row, values=values, time=NOW - 7),)))
    table = device_rows.gpus(mirror, "gpu-0001", NOW)
    heads = dict(zip(table.heads, zip(*(row.cells for row in table.rows), strict=True), strict=True))
    assert heads["°C"][:2] == ("71", "–")
    assert heads["Mem °C"][0] == "–"
    assert heads["Age"][0] == "7\u202fs"
    assert not table.rows[0].stale


def test_a_silent_device_keeps_its_last_values_muted_with_their_age(show):
    view = show("device", device="cell-1")
    rows = view.ports.parts.table.rows
    assert all(row.stale for row in rows)
    assert rows[0].cells[-1] == "71\u202fmin"
    assert view.head.facts.muted
    assert "No answer for" in view.head.facts.accessibleName()


def test_ports_name_their_neighbours_and_the_evidence():
    mirror = sample_fleet.mirror()
    rows = {row.component: row.cells for row in device_rows.ports(mirror, "leaf-07", NOW).rows}
    assert rows["Ethernet49"][1] == "up"
    assert rows["Ethernet49"][6] == "spine-1 Ethernet7"
    assert rows["Ethernet49"][7] == "LLDP, as planned"
    assert rows["Ethernet2"][1] == "down"
    assert rows["Ethernet1"][3] == "8\u202f%" or rows["Ethernet1"][3].endswith("%")


def test_a_acknowledges_with_a_note(show, qtbot, sent):
    view = show("device", device="gpu-0009")
    view.gpus.setFocus()
    qtbot.keyClick(view.gpus, Qt.Key.Key_A)
    assert view.cards.note.isVisible()
    qtbot.keyClicks(view.cards.note, "draining")
    qtbot.keyClick(view.cards.note, Qt.Key.Key_Return)
    assert len(sent) == 1
    command = sent[0]
    assert isinstance(command, Command)
    assert (command.action, command.alarms, command.text, command.who) == (
        Action.ACKNOWLEDGE,
        (159,),
        "draining",
        "Nguyễn Thị Lan",
    )
    assert not view.cards.note.isVisible()


def test_escape_drops_the_note(show, qtbot, sent):
    view = show("device", device="gpu-0009")
    qtbot.keyClick(view.gpus, Qt.Key.Key_A)
    qtbot.keyClick(view.cards.note, Qt.Key.Key_Escape)
    assert not view.cards.note.isVisible()
    assert not sent


def test_while_sent_the_card_says_so_and_then_who_has_it(show):
    view = show("device", device="gpu-0009")
    mirror = view.context.mirror
    command = Command(id="x", action=Action.ACKNOWLEDGE, alarms=(159,), who="Lan", at=NOW)
    mirror.sending["x"] = command
    view.tick(NOW)
    assert "acknowledging…" in view.cards.cards[0].figures.text()
    del mirror.sending["x"]
    taken = replace(mirror.alarms[159], state=OperatorState.ACKNOWLEDGED, state_by="Lan", note="draining")
    view.refresh(mirror.apply(Changes(number=mirror.number + 1, time=NOW, alarms=(taken,))))
    assert "Lan · draining" in view.cards.cards[0].figures.text()


def test_what_is_in_hand_can_be_taken_back(show, qtbot, sent):
    view = show("device", device="leaf-07")
    qtbot.keyClick(view.ports, Qt.Key.Key_A)
    assert not view.cards.note.isVisible()
    qtbot.keyClick(view.ports, Qt.Key.Key_U)
    assert [(c.action, c.alarms) for c in sent] == [(Action.UNACKNOWLEDGE, (150,))]


def test_a_comment_needs_words(show, qtbot, sent):
    view = show("device", device="crac-1")
    qtbot.keyClick(view.sensors, Qt.Key.Key_C)
    qtbot.keyClick(view.cards.note, Qt.Key.Key_Return)
    assert not sent
    qtbot.keyClick(view.sensors, Qt.Key.Key_C)
    qtbot.keyClicks(view.cards.note, "belt ordered")
    qtbot.keyClick(view.cards.note, Qt.Key.Key_Return)
    assert [(c.action, c.text) for c in sent] == [(Action.COMMENT, "belt ordered")]


def test_enter_on_a_neighbour_goes_there(show, qtbot):
    view = show("device", device="gpu-0009")
    view.neighbours.choose("eth0")
    qtbot.keyClick(view.neighbours, Qt.Key.Key_Return)
    assert view.device == "leaf-01"
    assert tabs(view)[0].startswith("Ports")


def test_facts_and_lines_can_be_copied(show, qtbot):
    view = show("device", device="gpu-0009")
    view.copy.trigger()
    assert "Serial: SN-gpu-0009" in QGuiApplication.clipboard().text()
    view.gpus.setFocus()
    view.gpus.choose("gpu3")
    qtbot.keyClick(view.gpus, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "165200093" in QGuiApplication.clipboard().text()


def test_the_text_for_a_support_case_has_part_serial_slot_line_and_times(show, qtbot):
    view = show("device", device="gpu-0009")
    qtbot.keyClick(view.gpus, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Device: gpu-0009\n")
    assert "Part: gpu2\n" in text
    assert "serial: 165200092\n" in text
    assert "slot: 0000:23:00\n" in text
    assert " UTC  GPU fell off the bus" in text


def test_the_curve_is_the_chosen_parts(show, qtbot):
    view = show("device", device="crac-1")
    assert view.curve.key == ("crac-1", "fan", "fan_speed_rpm")
    qtbot.waitUntil(lambda: view.curve.plot.is_ready)
    assert [(limit.value, limit.broken) for limit in view.curve.plot.limits] == [(900.0, True)]
    view.sensors.setFocus()
    qtbot.keyClick(view.sensors, Qt.Key.Key_Down)
    assert view.curve.key == ("crac-1", "return", "temperature_celsius")


def test_what_happened_here_is_newest_first(show):
    view = show("device", device="gpu-0008")
    stories = [row.cells[1] for row in view.happened.parts.table.rows]
    assert stories[0].startswith("commented")
    assert "Bảo" in stories[0]
    assert stories[-1].startswith("raised")


def test_the_chosen_component_is_found(show):
    view = show("device")
    view.context.selection.choose_device("gpu-0003", "gpu6")
    assert view.device == "gpu-0003"
    assert view.gpus.chosen().component == "gpu6"


def test_no_device_says_what_to_do(show):
    view = show("device", Mirror())
    assert view.empty.isVisible()
    assert "Ctrl+K" in view.empty.text()
    assert not view.head.isVisible()
    view.grab()


def test_text_of_a_device_is_shown_as_it_is(show):
    mirror = sample_fleet.mirror()
    known = mirror.known["gpu-0009"]["ssh"]
    facts = {**known.facts, "": {"serial": "<b>bold</b>", "model": "x\u202ey"}}
    mirror.apply(Changes(number=mirror.number + 1, time=NOW, known=(replace(known, facts=facts),)))
    view = show("device", mirror, device="gpu-0009")
    spoken = view.head.facts.accessibleName()
    assert "<b>bold</b>" in spoken
    assert "\u202e" not in spoken


def test_the_head_tells_the_regular_sources_and_a_slower_one_only_when_it_fails():
    from widgets.canvas.device_head import pairs

    mirror = sample_fleet.mirror()
    state = mirror.devices["gpu-0001"]
    regular = next(iter(state.sources.values()))
    slow, failed = replace(regular, source="ssh:full"), replace(regular, source="ssh:kernel", error="timeout")
    sources = {regular.source: regular, slow.source: slow, failed.source: failed}
    mirror.devices["gpu-0001"] = replace(state, sources=sources)
    names = [name for name, _ in pairs(mirror, "gpu-0001", NOW)]
    assert [name for name in names if name in sources] == [regular.source, "ssh:kernel"]


def test_what_a_slower_source_still_tells_of_a_lost_gpu_is_the_past():
    mirror = sample_fleet.mirror()
    lost = next(a for a in mirror.alarms.values() if a.type == "gpu-lost" and a.is_open)
    table = device_rows.gpus(mirror, lost.device, NOW)
    assert {row.component for row in table.rows if row.stale} >= {lost.component}


def _with_alarms(*alarms):
    mirror = sample_fleet.mirror()
    mirror.apply(Changes(number=mirror.number + 1, time=NOW, alarms=alarms))
    return mirror


def _raised(number, component, kind, severity, **params):
    return sample_fleet._raise(number, "gpu-0001", component, kind, severity, 300, params=params)


def test_an_xid_names_the_process_and_the_job_that_it_hit(show):
    xid = {"xid": 31, "text": "MMU Fault", "process": "pt_main", "gpu": "gpu3"}
    mirror = _with_alarms(
        _raised(901, "gpu3", "xid", Severity.CRITICAL, **xid, job="slurm:48211"),
        _raised(902, "gpu4", "xid", Severity.CRITICAL, **xid, job="pod:0b0c2a6e-3d1f-4a51-9a52-4a9e0e0d5b11"),
    )
    told = {card.alarm.id: card.figures.text() for card in show("device", mirror=mirror, device="gpu-0001").cards.cards}
    assert "affects pt_main · Slurm job 48211" in told[901]
    assert "pod 0b0c2a6e-3d1f-4a51-9a52-4a9e0e0d5b11" in told[902]


def test_the_card_says_what_else_is_affected_and_what_the_driver_wrote(show):
    xid = {"xid": 79, "text": "GPU has fallen off the bus.", "action": "reboot_then_rma", "gpu": "gpu3"}
    cause = _raised(901, "gpu3", "xid", Severity.CRITICAL, **xid)
    lost = replace(_raised(902, "gpu3", "gpu-lost", Severity.CRITICAL), symptom_of=901)
    far = replace(sample_fleet._raise(903, "leaf-01", "a1", "port-down", Severity.MAJOR, 300), symptom_of=901)
    view = show("device", mirror=_with_alarms(cause, lost, far), device="gpu-0001")
    cards = {card.alarm.id: card for card in view.cards.cards}
    card, below = cards[901], cards[902]
    assert card.what.text() == "gpu3 · GPU fell off the bus (Xid 79)"
    told = card.affected.text()
    assert told.startswith("One alarm hangs on it: leaf-01. The other 7 GPUs have no alarm. A restart of gpu-0001 stops the work")
    assert "takes down leaf-" in told
    assert "NVRM: Xid 79: GPU has fallen off the bus." in _words(card)
    assert below.affected.isHidden()
    assert "SN" not in below.figures.text()  # the card above tells it
    gone = view.gpus.parts.table.rows[3]
    assert set(gone.cells[1:10]) == {"–"}
    assert gone.stale


def test_the_gpus_are_seen_before_the_curve_where_there_is_little_height(show):
    view = show("device", mirror=_with_alarms(_raised(901, "gpu3", "gpu-lost", Severity.CRITICAL)), device="gpu-0001")
    view.resize(1220, 560)
    view.tick(NOW)
    low = view.curve.maximumHeight()
    view.resize(1220, 900)
    view.tick(NOW)
    assert low < view.curve.maximumHeight()


def test_columns_give_way_to_each_other_and_never_cut_a_figure(show):
    view = show("device", device="gpu-0009")
    table = view.gpus
    cells = QFontMetrics(table.font())
    view.resize(1000, 800)
    QApplication.processEvents()
    for column in table.parts.table.right:
        widest = max(cells.horizontalAdvance(row.cells[column]) for row in table.parts.table.rows)
        assert table.columnWidth(column) > widest


def test_enter_goes_to_the_neighbours_and_then_to_the_one_with_the_cursor(show, qtbot):
    view = show("device", device="gpu-0001")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    first = view.neighbours.chosen()
    assert view.neighbours.hasFocus()
    assert first.goes_to
    qtbot.keyClick(view.neighbours, Qt.Key.Key_Return)
    assert view.context.selection.device == first.goes_to


def test_alarms_without_a_card_are_named(show):
    mirror = _with_alarms(*(_raised(900 + n, f"gpu{n}", "gpu-lost", Severity.CRITICAL, text="lost") for n in range(5)))
    cards = show("device", mirror=mirror, device="gpu-0001").cards
    assert len(cards.cards) == 3
    assert cards.more.text().startswith("4 more: gpu3 · GPU fell off the bus · gpu4")


def test_a_locked_key_is_opened_from_here(show, sent):
    mirror = _with_alarms(_raised(901, "", "credential-missing", Severity.MAJOR, reason="passphrase-missing"))
    view = show("device", mirror=mirror, device="gpu-0001")
    assert view.access.passphrase_button.isHidden()  # nobody here can take one
    view.context.unlock = lambda *_: ""
    view.tick(NOW)
    assert not view.access.passphrase_button.isHidden()
    view.access.enter_passphrase.trigger()
    (dialog,) = view.findChildren(PassphraseDialog)
    dialog.accept()
    assert [command.device for command in sent if isinstance(command, AskNow)] == ["gpu-0001"]


def test_a_view_that_is_gone_before_its_turn_is_not_laid_out_any_more(show, qtbot):
    view = show("device", device="gpu-0001")
    view.resize(1220, 560)
    with qtbot.captureExceptions() as failed:
        shiboken6.delete(view)
        QApplication.processEvents()
    assert failed == []
