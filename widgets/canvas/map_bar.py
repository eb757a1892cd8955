"""The bar over the map: its search, its actions, and what they found. UI thread."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from widgets import glyphs, theme
from widgets.words import translate


def keyed_action(owner: QWidget, text: str, key: str, icon: str = "") -> QAction:
    """An action of a view with its key, known to the right click and to F1."""
    action = QAction(text, owner)
    if icon:
        action.setIcon(glyphs.qicon(icon))
    if key:
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    owner.addAction(action)
    return action


def action_button(action: QAction, parent: QWidget) -> QToolButton:
    """A button of an action that names its key; the key works without the focus."""
    button = QToolButton(parent)
    button.setDefaultAction(action)
    key = action.shortcut().toString()
    button.setToolTip(f"{action.text()} ({key})" if key else action.text())
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


class MapBar(QWidget):
    """Search and buttons.

    Signals
    -------
    found(str): Enter in the search: go to this device.
    """

    found = Signal(str)

    def __init__(self, matching: Callable[[str], tuple[list[str], int]], chosen: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._matching, self._chosen = matching, chosen
        shown = theme.current()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(translate("map", "Name, address, serial"))
        self.search.setAccessibleName(translate("map", "Search the map"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(glyphs.qicon("act-search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(shown.size("rail") * 4)
        self.search.setMinimumSize(shown.size("rail") * 3, shown.size("field"))
        self.search.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the map comes first; `/` goes here
        self.search.returnPressed.connect(self._find)
        self.search.textChanged.connect(self._count)
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # what it says moves no dock
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(shown.size("space.m"), shown.size("space.s"), shown.size("space.m"), shown.size("space.s"))
        self._row.addWidget(self.search, 2)
        self._row.addWidget(self.note, 3)

    def add(self, action: QAction) -> None:
        """A button for an action, at the right."""
        self._row.addWidget(action_button(action, self))

    def say(self, text: str) -> None:
        """Words beside the search."""
        self.note.setText(text)

    @Slot()
    def _count(self) -> None:
        wanted = self.search.text().strip()
        found, every = self._matching(wanted.lower())
        text = translate("map", "{count} of {all}. Enter goes to the next")
        self.say(text.format(count=len(found), all=every) if wanted else "")

    @Slot()
    def _find(self) -> None:
        """The next device that fits; again Enter, the one after it."""
        found, _ = self._matching(self.search.text().strip().lower())
        if found:
            at = found.index(self._chosen()) + 1 if self._chosen() in found else 0
            self.found.emit(found[at % len(found)])
