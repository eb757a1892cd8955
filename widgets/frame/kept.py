"""What the window keeps of itself between two runs: its size, theme and scale."""

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QWidget

from widgets import theme


def restore_size(window: QWidget, settings: QSettings, smallest: tuple[int, int], designed: tuple[int, int]) -> None:
    """The size of last time, or the one that it is designed for; never more than the screen has."""
    size = settings.value("window/size")
    wanted = size if isinstance(size, QSize) else QSize(*designed)
    room = window.screen().availableSize()
    if room.width() >= smallest[0]:  # a screen that is smaller than the least window bounds nothing
        wanted = wanted.boundedTo(room)
    window.resize(wanted)
    if str(settings.value("window/maximized", "false")) == "true":
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def keep(window: QWidget, settings: QSettings) -> None:
    """Write it down."""
    settings.setValue("window/maximized", "true" if window.isMaximized() else "false")
    if not window.isMaximized() and not window.isFullScreen():
        settings.setValue("window/size", window.size())
    settings.setValue("theme/name", theme.source().choice)
    settings.setValue("theme/scale", theme.current().scale)
    settings.sync()


def toggle_full_screen(window: QWidget) -> None:
    """The whole screen, or back."""
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()
