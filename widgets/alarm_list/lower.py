"""What stands under the table: the preview of what is chosen, or in its place the planning of maintenance."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from noc_console.model.alarm import Alarm
from widgets import theme
from widgets.alarm_list.deeds import Deeds
from widgets.alarm_list.maintenance_panel import MaintenancePanel
from widgets.alarm_list.preview import HEIGHT, Preview
from widgets.view import ViewContext


class Lower(QWidget):
    """Signals: left(): the focus goes back to the table."""

    left = Signal()

    def __init__(self, context: ViewContext, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.preview = Preview(context, deeds, self)
        self.maintenance = MaintenancePanel(context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        column.addWidget(self.maintenance)
        self.maintenance.left.connect(self._leave)
        self._wanted = str(context.settings.value("alarms/preview", "true")) == "true"
        self.preview.setVisible(self._wanted)

    def dress(self) -> None:
        """Take the measures of the theme now."""
        self.preview.setFixedHeight(round(HEIGHT * theme.current().scale))

    def show_alarms(self, alarms: Sequence[Alarm], empty: str) -> None:
        """The chosen alarms, or a sentence."""
        self.preview.show_alarms(alarms, empty)

    def tick(self) -> None:
        """Ages have moved on."""
        self.preview.stir()
        if self.maintenance.isVisible():
            self.maintenance.refresh()

    def refresh(self) -> None:
        """Maintenance windows may have changed."""
        if self.maintenance.isVisible():
            self.maintenance.refresh()

    def toggle_preview(self) -> None:
        """Show or hide the preview; kept."""
        self._wanted = not self._wanted
        self.preview.setVisible(self._wanted and self.maintenance.isHidden())
        self._context.settings.setValue("alarms/preview", "true" if self._wanted else "false")

    def plan(self, names: Sequence[str]) -> None:
        """Plan maintenance for these devices and places, in the place of the preview."""
        self.preview.hide()
        self.maintenance.open(names)

    @Slot()
    def _leave(self) -> None:
        self.maintenance.hide()
        self.preview.setVisible(self._wanted)
        self.left.emit()
