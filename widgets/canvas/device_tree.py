"""The map as a list: sites, tiers and racks with their devices, for keyboards and screen readers. UI thread."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from widgets.canvas.tier_layout import Arrangement
from widgets.words import translate

NAME_ROLE = int(Qt.ItemDataRole.UserRole)


class DeviceTree(QTreeView):
    """The same devices as the canvas, in its order.

    Signals
    -------
    chosen(str): the current row is this device. opened(str): Enter or double click.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, tuple[QStandardItem, QStandardItem]] = {}
        self._silent = False
        self.setModel(QStandardItemModel(0, 2, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setAccessibleName(translate("map", "Devices by place"))
        self.activated.connect(self._open)
        self.selectionModel().currentChanged.connect(self._choose)

    def fill(self, groups: dict[str, dict[str, list[str]]], status: Callable[[str], str]) -> None:
        """Show site → group → devices; `status` gives the words beside a device."""
        model = self._model()
        model.clear()
        model.setHorizontalHeaderLabels([translate("map", "Device"), translate("map", "State")])
        self._rows.clear()
        for site, groups_of_site in groups.items():
            top = QStandardItem(site)
            for group, names in groups_of_site.items():
                branch = QStandardItem(f"{group} ({len(names)})")
                for name in names:
                    pair = QStandardItem(name), QStandardItem(status(name))
                    pair[0].setData(name, NAME_ROLE)
                    self._rows[name] = pair
                    branch.appendRow(list(pair))
                top.appendRow([branch, QStandardItem("")])
            model.appendRow([top, QStandardItem("")])
        self.expandToDepth(0)
        self.setColumnWidth(0, self.fontMetrics().averageCharWidth() * 40)

    def tell(self, name: str, status: str) -> None:
        """Show other words beside a device."""
        pair = self._rows.get(name)
        if pair is not None and pair[1].text() != status:
            pair[1].setText(status)

    def select(self, name: str) -> None:
        """Go to a device without telling so."""
        pair = self._rows.get(name)
        if pair is not None:
            self._silent = True
            self.setCurrentIndex(pair[0].index())
            self._silent = False

    def _model(self) -> QStandardItemModel:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        return model

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        name = index.siblingAtColumn(0).data(NAME_ROLE)
        if name:
            self.opened.emit(name)

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        name = index.siblingAtColumn(0).data(NAME_ROLE)
        if name and not self._silent:
            self.chosen.emit(name)


def groups_of(
    arrangement: Arrangement, titles: Callable[[str], str], group_of: Callable[[str], str], site: str
) -> dict[str, dict[str, list[str]]]:
    """Site → group → devices in the order of the arrangement; only one site if it is named."""
    groups: dict[str, dict[str, list[str]]] = {}
    for name, of_site in zip(arrangement.names, arrangement.site_of, strict=True):
        if not site or of_site == site:
            groups.setdefault(titles(of_site), {}).setdefault(group_of(name), []).append(name)
    return groups
