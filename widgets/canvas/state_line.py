"""The line under a view's head that says what is not being watched. UI thread."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from noc_console.mirror import Mirror
from noc_console.model.changes import CollectorState
from widgets import theme, words
from widgets.words import translate


def silent_collectors(mirror: Mirror) -> list[CollectorState]:
    """Collectors of which there is no sign of life, by name."""
    return sorted((c for c in mirror.collectors.values() if not c.alive), key=lambda c: c.collector)


class StateLine(QLabel):
    """Plain words on the wash of major; hidden while all is well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(theme.current().size("space.s"))
        self.hide()
        self._settle()
        theme.source().changed.connect(self._settle)

    def _settle(self) -> None:
        shown = theme.current()
        self.setFont(shown.font())
        colour, wash = shown.colour("severity.major.text").name(), shown.colour("severity.major.wash").name()
        self.setStyleSheet(f"color: {colour}; background: {wash};")

    def tell(self, mirror: Mirror, zone: str) -> None:
        """Say which collectors are silent, since when, and what that leaves unwatched."""
        parts = []
        for collector in silent_collectors(mirror):
            since = words.clock(collector.last_beat, zone, seconds=True)
            text = translate("state", "{collector} has been silent since {time}. {count} devices are not watched.")
            parts.append(text.format(collector=collector.collector, time=since, count=collector.devices))
        self.say(" ".join(parts))

    def say(self, text: str) -> None:
        """Show this text; hide with an empty one."""
        self.setText(text)
        self.setVisible(bool(text))
