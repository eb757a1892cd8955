"""Discovery in the window: what is ordered, how it is told, cancelled and saved; no file is written over."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from noc_console.inventory import load
from noc_console.mirror import Mirror
from noc_console.model.discovery import Discovered, DiscoveredHost, DiscoveredLink, DiscoveryProgress
from noc_console.model.fleet import Credential, End, Inventory
from widgets.discover_dialog import DiscoverDialog, discovery

FLEET = Inventory(
    credentials={"v": Credential(name="v", kind="snmp-v3", user="u"), "s": Credential(name="s", kind="ssh", user="u")}
)
FOUND = Discovered(
    hosts=(
        DiscoveredHost(name="a", address="192.0.2.1", credential="v", role="leaf", model="TS-24"),
        DiscoveredHost(name="b", address="192.0.2.2", credential="v", known_as="b"),
    ),
    links=(DiscoveredLink(a=End(device="a", port="1"), b=End(device="b", port="1"), protocols=("lldp",), ends=2),),
    asked=2,
)


class Asked:
    """Stands for the collectors: `run` waits where it is told to, until it is cancelled."""

    def __init__(self, *, waits: bool = False, mistake: str = "") -> None:
        self.orders, self.cancelled, self.waits, self.mistake = [], threading.Event(), waits, mistake

    def __call__(self, order, progress):
        self.orders.append(order)
        if self.mistake:
            raise ValueError(self.mistake)
        progress(DiscoveryProgress(asked=1, known=2, answered=1, found=1))
        return self

    def run(self):
        if self.waits:
            assert self.cancelled.wait(10)
            return Discovered(hosts=FOUND.hosts[:1], is_whole=False)
        return FOUND

    def cancel(self):
        self.cancelled.set()


@pytest.fixture
def shown(qtbot):
    def make(asked):
        dialog = DiscoverDialog(FLEET, asked)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def over(dialog):
    return lambda: dialog.start.isEnabled()


def test_what_is_typed_and_checked_is_asked_by_keys_and_shown(qtbot, shown):
    asked = Asked()
    dialog = shown(asked)
    qtbot.keyClicks(dialog.ranges, "192.0.2.0/30, 192.0.2.9")
    dialog.credentials.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.keyClick(dialog.ranges, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.found is not None and dialog.start.isEnabled())
    (order,) = asked.orders
    assert (order.ranges, order.credentials) == (("192.0.2.0/30", "192.0.2.9"), ("v",))
    cells = [[dialog.table.item(row, column).text() for column in range(5)] for row in range(dialog.table.rowCount())]
    assert [(row[0], row[1], row[3], row[4]) for row in cells] == [("192.0.2.1", "a", "v", "new"), ("192.0.2.2", "b", "v", "b")]
    assert "TS-24" in cells[0][2]
    assert dialog.says.text() == "2 devices, 1 links"


def test_cancel_shows_what_was_found_until_then(qtbot, shown):
    asked = Asked(waits=True)
    dialog = shown(asked)
    dialog.start.click()
    qtbot.waitUntil(lambda: "1 of 2 asked" in dialog.says.text())
    assert not dialog.save.isEnabled()
    qtbot.keyClick(dialog.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(over(dialog))
    assert dialog.says.text().startswith("Cancelled: 1 devices")


def test_closing_ends_what_is_asked(qtbot, shown):
    asked = Asked(waits=True)
    dialog = shown(asked)
    dialog.start.click()
    qtbot.waitUntil(lambda: bool(asked.orders))
    dialog.reject()
    assert asked.cancelled.is_set()


def test_an_order_that_cannot_be_carried_out_is_said(qtbot, shown):
    dialog = shown(Asked(mistake="No credential is named."))
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.says.text() == "No credential is named.")
    assert dialog.start.isEnabled()


def test_it_is_saved_as_an_inventory_and_never_over_a_file(qtbot, shown, tmp_path):
    dialog = shown(Asked())
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.save.isEnabled())
    dialog.save_to(tmp_path / "f.toml")
    assert load(tmp_path / "f.toml").mistakes == ()
    (tmp_path / "mine.toml").write_text("mine")
    dialog.save_to(tmp_path / "mine.toml")
    assert (tmp_path / "mine.toml").read_text() == "mine"
    assert "is there already" in dialog.says.text()


def test_it_is_a_goal_of_the_window_where_something_can_ask(qtbot, qapp):
    window, mirror = QWidget(), Mirror()
    qtbot.addWidget(window)
    assert discovery(None, mirror, window) == []
    (goal,) = discovery(Asked(), mirror, window)
    goal.go()
    dialog = window.findChild(DiscoverDialog)
    assert dialog.isVisible()
    dialog.reject()
