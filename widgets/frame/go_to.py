# ruff: noqa: D102 - overrides of Qt are described by Qt
"""Ctrl+K: go to a view, site, device or alarm by typing a part of its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from widgets import theme
from widgets.words import translate

MOST = 50


@dataclass(frozen=True, slots=True)
class Goal:
    """A place to go to."""

    text: str
    go: Callable[[], None]


class GoTo(QFrame):
    """A line and a list under it, over the top of the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._goals: Sequence[Goal] = ()
        self._found: list[Goal] = []
        self._before: QWidget | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(translate("frame", "Go to a device, place, alarm or view"))
        self.line.setAccessibleName(self.line.placeholderText())
        self.line.setFixedHeight(theme.current().size("field"))
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.list = QListView(uniformItemSizes=True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = QStringListModel(self)
        self.list.setModel(self._model)
        self.list.clicked.connect(self._go)
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.Box)
        self.hide()

    def open(self, goals: Sequence[Goal]) -> None:
        """Ask; what is chosen is gone to."""
        self._goals = goals
        self._before = self.window().focusWidget()
        parent, shown = self.parentWidget(), theme.current()
        if parent is not None:
            width = min(round(560 * shown.scale), parent.width() - 40)
            self.setGeometry((parent.width() - width) // 2, shown.size("state_bar"), width, round(360 * shown.scale))
        self.line.clear()
        self._search("")
        self.show()
        self.raise_()
        self.line.setFocus()

    def leave(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    @Slot(str)
    def _search(self, text: str) -> None:
        words = text.casefold().split()
        self._found = []
        for goal in self._goals:
            if all(word in goal.text.casefold() for word in words):
                self._found.append(goal)
                if len(self._found) == MOST:
                    break
        self._model.setStringList([goal.text for goal in self._found])
        self.list.setCurrentIndex(self._model.index(0, 0))

    @Slot()
    def _go(self) -> None:
        at = self.list.currentIndex().row()
        self.leave()
        if 0 <= at < len(self._found):
            self._found[at].go()

    def _step(self, by: int) -> None:
        at = min(max(self.list.currentIndex().row() + by, 0), max(len(self._found) - 1, 0))
        self.list.setCurrentIndex(self._model.index(at, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.leave()
            elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
            elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
            else:
                return False
            return True
        return super().eventFilter(watched, event)
