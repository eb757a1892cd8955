"""Every test of the window begins in the dark theme at 100 %, and ends with its widgets really gone."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication

from widgets import flash, stylesheet, theme


@pytest.fixture(autouse=True)
def dark(qapp):
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    qapp.setStyle("Fusion")
    theme.load_fonts()
    theme.source().choose("dark", 1.0)
    stylesheet.follow(qapp)
    yield
    flash.source().end()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def garbage_is_found_here() -> Iterator[None]:
    """As in the program (`widgets.frame.garbage`): never in a thread that a test started."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True, scope="module")
def all_garbage_is_found_here() -> Iterator[None]:
    yield
    gc.collect()
    gc.enable()
