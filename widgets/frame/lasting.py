"""The lasting banners, one under the other: each is there while what it says is true."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from noc_console.model.severity import Severity
from widgets import theme
from widgets.frame.banner import Button, LastingBanner


class Lasting(QWidget):
    """Banners by key; saying the same again changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: dict[str, LastingBanner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def say(self, key: str, text: str, severity: Severity = Severity.MAJOR, button: Button | None = None) -> None:
        """Show a sentence under this key, or take it away with an empty one."""
        banner = self._banners.get(key)
        if banner is None:
            if not text:
                return
            banner = self._banners[key] = LastingBanner(self)
            self._column.addWidget(banner)
        if banner.text() != text:
            banner.setFixedHeight(theme.current().size("row.relaxed"))
            banner.say(text, severity, button)
        self.setVisible(any(b.text() for b in self._banners.values()))

    def with_buttons(self) -> list[LastingBanner]:
        """Those that stand now and can be acted on."""
        return [banner for banner in self._banners.values() if banner.text() and banner.has_button()]

    def texts(self) -> list[str]:
        """What stands now."""
        return [b.text() for b in self._banners.values() if b.text()]
