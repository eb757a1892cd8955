"""The filter of the Alarms view: a line, buttons for the scope, what is hidden, and the filter as chips under it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from widgets import glyphs, theme
from widgets.alarm_list.figures import ListFigures
from widgets.models.alarm_filter import KEYS, Term, parse, written
from widgets.models.alarm_table import Scope
from widgets.words import translate


class FilterLine(QWidget):
    """Signals: filtered(object): the terms as typed. scope_chosen(object): a Scope. left(): Esc, back to the table."""

    filtered = Signal(object)
    scope_chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(clearButtonEnabled=True)
        self.line.setPlaceholderText(translate("alarms", "Filter: name, site, text, owner  ( / )"))
        self.line.setAccessibleName(translate("alarms", "Filter"))
        self.line.setToolTip(translate("alarms", "Free text, or {keys}").format(keys=" ".join(key + ":" for key in KEYS)))
        self.line.addAction(glyphs.qicon("act-filter"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textChanged.connect(self._typed)
        self.scopes = QButtonGroup(self)
        self._note = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._chips = QHBoxLayout()
        self._build()

    def _build(self) -> None:
        shown = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(shown.size("space.m"), shown.size("space.s"), shown.size("space.m"), shown.size("space.s"))
        row.setSpacing(shown.size("space.s"))
        self.line.setMinimumWidth(round(120 * shown.scale))
        self.line.setMaximumWidth(round(420 * shown.scale))
        self.line.setFixedHeight(shown.size("field"))
        self._note.setObjectName("quiet")
        row.addWidget(self.line, 2)
        for scope in Scope:
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("chip", True)
            button.setChecked(scope is Scope.OPEN)
            self.scopes.addButton(button, int(scope))
            row.addWidget(button)
        self.scopes.idClicked.connect(self._scope)
        row.addLayout(self._chips)
        row.addStretch(1)
        row.addWidget(self._note)
        self.count(ListFigures(), 0)

    def count(self, figures: ListFigures, hidden: int, told: str = "") -> None:
        """The figures on the buttons and of what is hidden; `told` stands before it."""
        texts = (
            translate("alarms", "Open {count}").format(count=figures.open),
            translate("alarms", "Mine {count}").format(count=figures.mine),
            translate("alarms", "Shelved {count}").format(count=figures.shelved),
            translate("alarms", "History"),
        )
        for button, text in zip(self.scopes.buttons(), texts, strict=True):
            if button.text() != text:
                button.setText(text)
        hiding = translate("alarms", "{count} hidden by the filter").format(count=hidden)
        note = " · ".join(part for part in (told, hiding if hidden else "") if part) or translate("alarms", "Worst, then newest")
        if self._note.text() != note:
            self._note.setText(note)

    def choose(self, scope: Scope) -> None:
        """Look at this scope, as if its button had been pressed."""
        button = self.scopes.button(int(scope))
        if button is not None:
            button.click()

    def write(self, text: str) -> None:
        """Filter by this text, as if it had been typed."""
        self.line.setText(text)

    def focus(self) -> None:
        """Type here."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    @Slot(str)
    def _typed(self, text: str) -> None:
        terms = parse(text)
        self._show_chips(terms)
        self.filtered.emit(terms)

    def _show_chips(self, terms: Sequence[Term]) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for term in terms:
            if term.key:
                chip = QPushButton(f"{term} ✕".replace("&", "&&"))
                chip.setAccessibleName(translate("alarms", "Filter {term}, press to remove").format(term=str(term)))
                chip.clicked.connect(self._remover(term))
                self._chips.addWidget(chip)

    def _remover(self, term: Term) -> Callable[[], None]:
        return lambda: self.line.setText(written([t for t in parse(self.line.text()) if t != term]))

    @Slot(int)
    def _scope(self, number: int) -> None:
        self.scope_chosen.emit(Scope(number))

    def clear_or_leave(self) -> None:
        """Esc: empty the filter, or go back to the table."""
        if self.line.text():
            self.line.clear()
        else:
            self.left.emit()
