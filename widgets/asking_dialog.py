"""What dialogs have in common that ask for one line and let a thread try it: the line, what came of it, two buttons."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from widgets import words
from widgets.answering import Answering
from widgets.canvas.thermal_parts import plain_label


class AskingDialog(QDialog):
    """Asks for `typed`; `send` and Enter try it, `says` tells how it went.

    Signals
    -------
    answered(str): a code why it was not taken; empty: it was.
    """

    answered = Signal(str)

    def __init__(self, send: str, shut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed = QLineEdit(self)
        self.says = plain_label(self)
        self.says.setWordWrap(True)
        self.send = QPushButton(send, self)
        self.send.setProperty("primary", True)
        self.shut = QPushButton(shut, self)
        self.typed.returnPressed.connect(self._try)
        self.send.clicked.connect(self._try)
        self.shut.clicked.connect(self.reject)

    def lay_out(self, parts: Sequence[QWidget], width: int, others: Sequence[QPushButton] = ()) -> None:
        """The parts above each other, then what it says, then the buttons; `others` stand at the left of them."""
        buttons = QHBoxLayout()
        for button in others:
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.shut, self.send):
            buttons.addWidget(button)
        for button in (*others, self.shut, self.send):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for part in (*parts, self.says):
            column.addWidget(part)
        column.addLayout(buttons)
        self.typed.setFocus()
        self.resize(width, self.sizeHint().height())

    def _try(self) -> None:
        """Try what is typed: `ask` where it can be."""
        raise NotImplementedError

    def ask(self, name: str, waiting: str, work: Callable[[], str]) -> None:
        """Do it in a thread of this name, once; `answered` tells what came of it."""
        self.send.setEnabled(False)
        self.says.setText(waiting)
        answering = Answering(name, work)
        answering.answered.connect(self.answered)
        answering.begin()

    def tell(self, code: str, known: Mapping[str, str]) -> None:
        """Say why it was not taken: in the dialog's own words, else in those that every view has."""
        self.says.setText(known.get(code) or words.error(code))
