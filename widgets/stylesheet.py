"""The one palette and stylesheet of the window, made from the tokens of the theme; painted widgets use `widgets.theme`."""

from functools import cache, partial

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from widgets import theme
from widgets.theme import Theme


def dress(app: QApplication) -> None:
    """Give the application the palette, font and stylesheet of the theme now; every widget repaints."""
    shown = theme.current()
    app.setFont(shown.font())
    app.setPalette(palette(shown))
    app.setStyleSheet(sheet(shown))


@cache
def follow(app: QApplication) -> None:
    """Dress the application now, and again at each change of the theme; once for each application."""
    dress(app)
    theme.source().changed.connect(partial(dress, app))


def palette(shown: Theme) -> QPalette:
    """Roles of Qt by tokens, for what the stylesheet does not name."""
    role = QPalette.ColorRole
    words = {
        role.Window: "surface.bar",
        role.WindowText: "text.primary",
        role.Base: "surface.panel",
        role.AlternateBase: "surface.panel",
        role.Text: "text.primary",
        role.Button: "surface.raised",
        role.ButtonText: "text.primary",
        role.BrightText: "text.primary",
        role.ToolTipBase: "surface.raised",
        role.ToolTipText: "text.primary",
        role.PlaceholderText: "text.muted",
        role.Highlight: "surface.selected",
        role.HighlightedText: "text.primary",
        role.Link: "accent.base",
        role.LinkVisited: "accent.base",
        role.Accent: "accent.base",
    }
    made = QPalette()
    for each, key in words.items():
        made.setColor(each, shown.colour(key))
    for each in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, each, shown.colour("text.disabled"))
    return made


def sheet(shown: Theme) -> str:
    """Buttons, inputs, menus, tables, scroll bars, splitters."""
    names = {
        key.replace(".", "_"): shown.colour(key).name()
        for key in (
            "surface.window",
            "surface.bar",
            "surface.panel",
            "surface.raised",
            "surface.sunken",
            "surface.hover",
            "surface.selected",
            "text.primary",
            "text.secondary",
            "text.muted",
            "text.disabled",
            "line.subtle",
            "line.strong",
            "line.control",
            "accent.base",
            "accent.on",
            "accent.quiet",
            "accent.focus",
        )
    }
    sizes = {
        "field": shown.size("field"),
        "button": shown.size("button"),
        "chip": shown.size("target") - 2 * shown.size("stroke.hair"),
        "radius": shown.size("radius.s"),
        "round": shown.size("radius.m"),
        "target": shown.size("target"),
        "s": shown.size("space.s"),
        "m": shown.size("space.m"),
        "xs": shown.size("space.xs"),
        "splitter": shown.size("splitter"),
        "caption": shown.font("caption").pixelSize(),
        "header": shown.size("row.header"),
        "focus": shown.size("stroke.focus"),
    }
    return _SHEET.format(**names, **sizes)


_SHEET = """
QWidget {{ color: {text_primary}; }}
QMainWindow, QSplitter {{ background: {surface_window}; }}
QSplitter::handle {{ background: {surface_window}; }}
QSplitter::handle:hover {{ background: {line_control}; }}
QToolTip {{ background: {surface_raised}; color: {text_primary}; border: 1px solid {line_control}; padding: {xs}px; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{
  background: {surface_sunken}; border: 1px solid {line_control}; border-radius: {radius}px;
  selection-background-color: {surface_selected}; selection-color: {text_primary}; }}
QLineEdit, QComboBox, QSpinBox {{ padding: 0 {xs}px; }}
QCheckBox {{ spacing: {xs}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: {focus}px solid {accent_focus}; }}
QPushButton, QToolButton {{
  background: {surface_raised}; border: 1px solid {line_control}; border-radius: {radius}px; min-height: {button}px;
  max-height: {button}px; padding: 0 {m}px; font-weight: 500; }}
QPushButton:hover, QToolButton:hover {{ background: {surface_hover}; }}
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {{
  background: {accent_quiet}; border-color: {accent_base}; }}
QPushButton:focus, QToolButton:focus {{ border: {focus}px solid {accent_focus}; }}
QPushButton[chip="true"], QToolButton[chip="true"] {{
  min-height: {chip}px; max-height: {chip}px; padding: 0 {s}px; border-color: {surface_raised}; }}
QPushButton[chip="true"]:checked, QToolButton[chip="true"]:checked {{ border-color: {accent_base}; }}
QPushButton[chip="true"]:focus, QToolButton[chip="true"]:focus {{ border: {focus}px solid {accent_focus}; }}
QWidget[surface="panel"] {{ background: {surface_panel}; }}
QLineEdit QToolButton {{ background: none; border: none; min-height: 0; max-height: 99px; padding: 0; }}
QPushButton[primary="true"] {{ background: {accent_base}; color: {accent_on}; border-color: {accent_base}; font-weight: 600; }}
QPushButton:disabled, QToolButton:disabled {{ color: {text_disabled}; border-color: {line_strong}; background: {surface_bar}; }}
QMenu {{ background: {surface_raised}; border: 1px solid {line_strong}; padding: {xs}px 0; }}
QMenu::item {{ padding: {xs}px {m}px; min-height: {field}px; }}
QMenu::item:selected {{ background: {surface_selected}; }}
QMenu::item:disabled {{ color: {text_disabled}; }}
QMenu::separator {{ height: 1px; background: {line_strong}; margin: {xs}px 0; }}
QAbstractItemView {{
  background: {surface_panel}; border: none; outline: none; selection-background-color: {surface_selected};
  selection-color: {text_primary}; gridline-color: {line_subtle}; }}
QListView::item {{ min-height: {target}px; }}
QListView::item:selected {{ background: {surface_selected}; color: {text_primary}; }}
QHeaderView {{ background: {surface_raised}; border: none; }}
QHeaderView::section {{
  background: {surface_raised}; color: {text_muted}; border: none; border-bottom: 1px solid {line_strong};
  padding: 0 {xs}px; font-size: {caption}px; min-height: {header}px; }}
QScrollBar {{ background: {surface_bar}; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {m}px; }}
QScrollBar:horizontal {{ height: {m}px; }}
QScrollBar::handle {{ background: {line_strong}; border-radius: 0; min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {line_control}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QTabBar::tab {{ background: {surface_bar}; padding: {xs}px {m}px; border: none; border-bottom: 2px solid {surface_bar}; }}
QTabBar::tab:selected {{ border-bottom: 2px solid {accent_base}; font-weight: 600; }}
QCheckBox::indicator, QAbstractItemView::indicator {{
  width: 16px; height: 16px; border: 1px solid {line_control}; background: {surface_sunken}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {accent_base}; }}
QLabel {{ background: transparent; }}
QLabel#quiet {{ color: {text_muted}; font-size: {caption}px; }}
"""
