"""Discovery in the window: which ranges and credentials, how far it is, what was found, and the inventory to review.

The order is carried out in a thread of its own; nothing is asked that a person did not name here.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from noc_console.inventory.draft import draft, write_new
from noc_console.mirror import Mirror
from noc_console.model.discovery import Discovered, DiscoveredHost, DiscoveryOrder, DiscoveryProgress
from noc_console.model.fleet import Inventory
from noc_console.text import clean
from widgets import theme, words
from widgets.canvas.thermal_parts import plain_label
from widgets.frame.go_to import Goal
from widgets.words import translate

SIZE = 860, 620
MOST_CELL = 120


class Search(Protocol):
    """One discovery, ready to run."""

    def run(self) -> Discovered:
        """Ask until done or cancelled. Blocks."""

    def cancel(self) -> None:
        """End soon, with what is known. Any thread."""


Discover = Callable[[DiscoveryOrder, Callable[[DiscoveryProgress], None]], Search]
"""Prepares a discovery; ValueError with a sentence for an order that cannot be carried out. May block for secrets."""


class DiscoverDialog(QDialog):
    """Ranges and credentials above, what was found below.

    Signals
    -------
    progressed(object): a DiscoveryProgress. ended(object): a Discovered, or the sentence of what is wrong with the order.
    """

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, inventory: Inventory, discover: Discover, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inventory, self._discover = inventory, discover
        self._order = DiscoveryOrder()
        self._search: Search | None = None
        self._thread: threading.Thread | None = None
        self._cancelled = threading.Event()
        self.found: Discovered | None = None
        self.setWindowTitle(translate("discover", "Discover devices"))
        self.ranges = _line("192.0.2.0/24, 192.0.2.10-20", translate("discover", "Addresses"))
        self.seeds = _line("192.0.2.1", translate("discover", "Follow neighbours of"))
        self.within = _line("192.0.2.0/24", translate("discover", "Within"))
        self.credentials = QListWidget(self)
        self.credentials.setAccessibleName(translate("discover", "Credentials"))
        self.table = QTableWidget(0, 5, self)
        self.says = plain_label(self)
        self.says.setWordWrap(True)
        self.start = QPushButton(translate("discover", "Start"), self)
        self.stop = QPushButton(translate("discover", "Cancel"), self)
        self.save = QPushButton(translate("discover", "Save as…"), self)
        self._build()
        self.start.clicked.connect(self._begin)
        self.stop.clicked.connect(self._cancel)
        self.save.clicked.connect(self._choose_file)
        self.progressed.connect(self._tell_progress)
        self.ended.connect(self._show_end)
        self._settle()

    def _build(self) -> None:
        for name, each in self._inventory.credentials.items():
            item = QListWidgetItem(f"{name} ({each.kind}{': ' + ', '.join(each.ranges) if each.ranges else ''})")
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.credentials.addItem(item)
        self.credentials.setMaximumHeight(110)
        heads = ("Address", "Name", "What it is", "Credential", "In the inventory")
        self.table.setHorizontalHeaderLabels([_head(each) for each in heads])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setTabKeyNavigation(False)
        form = QFormLayout()
        for line in (self.ranges, self.seeds, self.within):
            form.addRow(line.accessibleName(), line)
        form.addRow(self.credentials.accessibleName(), self.credentials)
        buttons = QHBoxLayout()
        buttons.addWidget(self.says, 1)
        for button in (self.start, self.stop, self.save):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.start.setDefault(True)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addLayout(form)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(*SIZE)

    def _settle(self) -> None:
        runs = self._thread is not None
        self.start.setEnabled(not runs)
        self.stop.setEnabled(runs)
        self.save.setEnabled(not runs and self.found is not None and bool(self.found.hosts))

    # --- asking ---------------------------------------------------------------------------------------------------------------

    def order(self) -> DiscoveryOrder:
        """What the fields say."""
        items = (self.credentials.item(row) for row in range(self.credentials.count()))
        chosen = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
        return DiscoveryOrder(
            ranges=_words(self.ranges), seeds=_words(self.seeds), within=_words(self.within), credentials=tuple(chosen)
        )

    @Slot()
    def _begin(self) -> None:
        if self._thread is not None:
            return
        self._order, self.found = self.order(), None
        self._cancelled.clear()
        self.table.setRowCount(0)
        self.says.setText("")
        self._thread = threading.Thread(target=self._ask, args=(self._order,), name="discover", daemon=True)
        self._thread.start()
        self._settle()

    def _ask(self, order: DiscoveryOrder) -> None:
        """In the thread."""
        try:
            self._search = self._discover(order, self.progressed.emit)
            if self._cancelled.is_set():
                self._search.cancel()
            self.ended.emit(self._search.run())
        except (ValueError, OSError) as mistake:
            self.ended.emit(str(mistake))

    @Slot()
    def _cancel(self) -> None:
        self._cancelled.set()
        if self._search is not None:
            self._search.cancel()

    def done(self, result: int) -> None:
        """Close: what is asked ends first."""
        self._cancel()
        if self._thread is not None:
            self._thread.join(2)
        super().done(result)

    # --- telling --------------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _tell_progress(self, told: DiscoveryProgress) -> None:
        text = translate("discover", "{asked} of {known} asked, {answered} answer")
        self.says.setText(text.format(asked=told.asked, known=told.known, answered=told.answered))

    @Slot(object)
    def _show_end(self, found: object) -> None:
        if self._thread is not None:
            self._thread.join(2)
        self._thread = self._search = None
        if isinstance(found, Discovered):
            self.found = found
            self._fill(found.hosts)
            whole = translate("discover", "{devices} devices, {links} links")
            text = whole if found.is_whole else translate("discover", "Cancelled: {devices} devices, {links} links")
            self.says.setText(text.format(devices=len(found.hosts), links=len(found.links)))
        else:
            self.says.setText(clean(str(found), 400))
        self._settle()

    def _fill(self, hosts: Iterable[DiscoveredHost]) -> None:
        for row, host in enumerate(hosts):
            self.table.insertRow(row)
            what = ", ".join(filter(None, (words.role(host.role), host.model, host.profile)))
            known = host.known_as or translate("discover", "new")
            way = ", ".join(filter(None, (host.credential, host.ssh))) or host.refused
            for column, text in enumerate((host.address, host.name, what, way, known)):
                self.table.setItem(row, column, QTableWidgetItem(clean(text, MOST_CELL)))

    # --- saving ---------------------------------------------------------------------------------------------------------------

    @Slot()
    def _choose_file(self) -> None:
        keep = QFileDialog.Option.DontConfirmOverwrite  # nothing is ever written over: there is nothing to confirm
        name, _ = QFileDialog.getSaveFileName(self, self.save.text(), "found.toml", "*.toml", options=keep)
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the inventory to review; a file that is there stays as it is."""
        if self.found is None:
            return
        try:
            write_new(path, draft(self.found, self._order, self._inventory, time.time()))
            text = translate("discover", "Written: {file}. Review it before you use it")
        except FileExistsError:
            text = translate("discover", "{file} is there already: choose another name")
        except OSError:
            text = translate("discover", "{file} cannot be written")
        self.says.setText(text.format(file=clean(path.name, 80)))


def discovery(discover: Discover | None, mirror: Mirror, window: QWidget) -> list[Goal]:
    """Discovery, for Ctrl+K, where there is something that can ask."""
    if discover is None:
        return []
    return [Goal(translate("discover", "Discover devices"), lambda: DiscoverDialog(mirror.inventory, discover, window).open())]


def _head(text: str) -> str:
    return {
        "Address": translate("discover", "Address"),
        "Name": translate("discover", "Name"),
        "What it is": translate("discover", "What it is"),
        "Credential": translate("discover", "Credential"),
        "In the inventory": translate("discover", "In the inventory"),
    }[text]


def _line(example: str, name: str) -> QLineEdit:
    line = QLineEdit()
    line.setMinimumHeight(theme.current().size("field"))
    line.setPlaceholderText(example)
    line.setAccessibleName(name)
    return line


def _words(line: QLineEdit) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[\s,;]+", line.text())))
