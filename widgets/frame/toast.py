"""One toast over the hint bar, at the left, ten seconds long, with Undo where something can be undone."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from widgets import theme
from widgets.words import translate


class Toast(QFrame):
    """Shows one sentence at a time; a later one replaces it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._undo: Callable[[], None] | None = None
        self._label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._button = QPushButton(translate("frame", "Undo (Ctrl+Z)"))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.current().size("space.m"), 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self.setObjectName("toast")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.leave)
        self.dress()
        self.hide()

    def dress(self) -> None:
        """Take the colours of the theme now."""
        shown = theme.current()
        self.setStyleSheet(
            f"#toast {{ background: {shown.colour('surface.raised').name()}; "
            f"border: 1px solid {shown.colour('line.control').name()}; }}"
            f"#toast QPushButton {{ min-height: 0; max-height: 99px; border-width: 0 0 0 1px; }}"
        )
        # As high as the hint bar: it hides the keys for a while, and nothing of what happened.
        self.setFixedHeight(shown.size("hint_bar"))

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a sentence for ten seconds; `undo` is done by its button or Ctrl+Z until then."""
        self._undo = undo
        self._label.setText(text)
        self.setAccessibleName(text)
        self._button.setVisible(undo is not None)
        self.adjustSize()
        self.show()
        self.raise_()
        self._end.start(1000 * int(theme.tokens()["motion"]["toast_s"]))

    def text(self) -> str:
        """What it says, empty when it is away."""
        return "" if self.isHidden() else self._label.text()

    @Slot()
    def undo(self) -> None:
        """Take back what it tells of, once."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()
            self.leave()

    @Slot()
    def leave(self) -> None:
        """Go; nothing can be undone any more."""
        self._undo = None
        self._end.stop()
        self.hide()
