"""Every test of the window begins in the dark theme at 100 %, and ends with its widgets really gone."""

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
