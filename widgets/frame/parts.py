"""The parts of the frame, and where each stands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from widgets import theme
from widgets.frame.banner import CallBanner
from widgets.frame.calls import Calls
from widgets.frame.docks import Docks
from widgets.frame.go_to import GoTo
from widgets.frame.hint_bar import HintBar
from widgets.frame.keys_overlay import KeysOverlay
from widgets.frame.lasting import Lasting
from widgets.frame.rail import Rail
from widgets.frame.state_bar import StateBar
from widgets.frame.time_strip import TimeStrip
from widgets.frame.toast import Toast
from widgets.view import ViewContext


class Parts:
    """Bars from the top, the rail at the left, the views in the rest; toast and overlays over them.

    Attributes
    ----------
    state_bar, banner, lasting, rail, docks, time_strip, hint_bar : by their place. toast, go_to, keys : over the others.
    """

    def __init__(self, context: ViewContext, calls: Calls, over: QWidget) -> None:
        self.state_bar = StateBar(context, calls, over)
        self.banner = CallBanner(context, calls, over)
        self.lasting = Lasting(over)
        self.rail = Rail(calls, over)
        self.docks = Docks(context, over)
        self.time_strip = TimeStrip(context, calls, over)
        self.hint_bar = HintBar(context, over)
        self._lay_out(over)
        self.toast = Toast(over)
        self.go_to = GoTo(over)
        self.keys = KeysOverlay(over)

    def _lay_out(self, over: QWidget) -> None:
        grid = QGridLayout(over)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.state_bar, 0, 0, 1, 2)
        grid.addWidget(self.rail, 1, 0, 5, 1)
        for row, part in enumerate((self.banner, self.lasting, self.docks, self.time_strip, self.hint_bar), 1):
            grid.addWidget(part, row, 1)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(1, 1)

    def dress(self) -> None:
        """Take the measures of the theme now."""
        shown = theme.current()
        self.state_bar.setFixedHeight(shown.size("state_bar"))
        self.banner.setFixedHeight(shown.size("incident_banner"))
        self.time_strip.setFixedHeight(shown.size("time_strip"))
        self.hint_bar.setFixedHeight(shown.size("hint_bar"))
        self.rail.setFixedWidth(shown.size("rail"))
        self.docks.dress()
        self.toast.dress()

    def settle(self, over: QWidget) -> None:
        """Put what lies over the others in its place; after each change of the window's size."""
        self.toast.move(self.rail.width(), over.height() - self.toast.height())
        if self.keys.isVisible():
            self.keys.setGeometry(over.rect())

    def stops(self) -> list[QWidget]:
        """Where F6 stops, in its order."""
        stops: list[QWidget] = [self.state_bar, self.rail]
        stops += [self.banner] if self.banner.isVisible() else []
        return [*stops, *self.lasting.with_buttons(), *self.docks.visible_panels(), self.time_strip]

    def focus(self, stop: QWidget) -> None:
        """Give the focus to one of the stops."""
        for panel in self.docks.visible_panels():
            if panel is stop:
                panel.take_focus()
                self.docks.came_to(panel.declaration.identifier)
                return
        stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
