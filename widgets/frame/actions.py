"""The keys that work everywhere, as actions: F1 lists them, the window does them."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from widgets.view import ViewDeclaration
from widgets.words import translate

Does = Callable[[], None]


def add(window: QWidget, keys: str, text: str, does: Does) -> QAction:
    """An action of the window with its keys (several divided by `;`)."""
    action = QAction(text, window)
    action.setShortcuts([QKeySequence(key) for key in keys.split(";")])
    action.triggered.connect(lambda _checked=False: does())
    window.addAction(action)
    return action


def add_views(window: QWidget, views: Sequence[ViewDeclaration], show: Callable[[str], None]) -> list[QAction]:
    """Ctrl+1… for the views that there are."""
    return [add(window, f"Ctrl+{view.order}", view.title(), _shower(show, view.identifier)) for view in views]


def _shower(show: Callable[[str], None], identifier: str) -> Does:
    return lambda: show(identifier)


def listed(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    """(key, what it does) of actions that have a key and a text."""
    rows = []
    for action in actions:
        keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
        if keys and action.text():
            rows.append((keys, action.text().replace("&", "")))
    return rows


def fixed_hints() -> list[tuple[str, str]]:
    """Keys that stand in the hint bar wherever the focus is."""
    return [
        ("Ctrl 1–5", translate("actions", "Views")),
        ("N", translate("actions", "Next that needs you")),
        ("F6", translate("actions", "Next part")),
        ("F1", translate("actions", "Keys")),
    ]
