"""Views on the sample fleet, as the window would show them, for the tests of the canvases."""

from collections.abc import Callable
from importlib import import_module

import pytest
import sample_fleet
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from noc_console.mirror import Mirror
from widgets.view import View


@pytest.fixture
def opened() -> list[str]:
    """Views that were asked for."""
    return []


@pytest.fixture
def sent() -> list[object]:
    """Commands that were sent."""
    return []


@pytest.fixture
def show(qtbot, tmp_path, opened, sent) -> Callable[..., View]:
    """Show a view on a mirror, at a size."""

    hosts: list[QWidget] = []  # qtbot keeps weak references only

    def shown(name: str, mirror: Mirror | None = None, size=(1200, 700), device: str = "") -> View:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        context = sample_fleet.context(mirror, settings, sent=sent, opened=opened)
        context.selection.choose_device(device)
        view = import_module(f"widgets.views.{name}").DECLARATION.factory(context, host := QWidget())
        hosts.append(host)
        host.resize(*size)
        view.resize(*size)
        qtbot.addWidget(host)
        with qtbot.waitExposed(host):
            host.show()
        host.activateWindow()
        (view.focusProxy() or view).setFocus()
        view.tick(sample_fleet.NOW)
        return view

    return shown
