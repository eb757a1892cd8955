# ruff: noqa: D102 - overrides of Qt are described by Qt
"""In the place of the preview: planning maintenance at the left, the windows that there are at the right, each with its end."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from noc_console import maintenance
from noc_console.model.command import PlanMaintenance
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.text import clean
from widgets import maintenance_words, theme, words
from widgets.alarm_list.maintenance_plan import Typed, covered, named, offers, planned
from widgets.view import ViewContext
from widgets.words import translate

HEIGHT = 236


class MaintenancePanel(QWidget):
    """Signals: left(): Esc, or it is planned."""

    left = Signal()

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: Sequence[MaintenanceWindow] = ()
        self.what = self._field(translate("maintenance", "device, rack, site or label=value, divided by commas"))
        self.begin = self._field(translate("maintenance", "now, 22:00, 11-25 22:00"))
        self.end = self._field(translate("maintenance", "02:00, 11-26 02:00, 4h; empty = until ended"))
        self.title = self._field(translate("maintenance", "what the others see (may be empty)"))
        self.reason = self._field(translate("maintenance", "why (needed)"))
        self.days = [QCheckBox(name) for name in maintenance_words.day_names()]
        self.note = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.note.setObjectName("quiet")
        self.plan = QPushButton(translate("maintenance", "Plan it  ↵"))
        self.plan.setProperty("primary", True)
        self.windows = QListWidget()
        self.windows.setAccessibleName(translate("maintenance", "Maintenance windows"))
        self.windows.setWordWrap(True)
        self.windows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.finish = QPushButton(translate("maintenance", "End it now  (Del)"))
        self._lay_out()
        self._connect()
        self.hide()

    def _field(self, hint: str) -> QLineEdit:
        made = QLineEdit(maxLength=1000)
        made.setPlaceholderText(hint)
        made.setFixedHeight(theme.current().size("field"))
        return made

    def _lay_out(self) -> None:
        shown = theme.current()
        both = QHBoxLayout(self)
        both.setContentsMargins(shown.size("space.m"), shown.size("space.s"), shown.size("space.m"), shown.size("space.s"))
        both.setSpacing(shown.size("space.l"))
        both.addLayout(self._form(), 2)
        both.addLayout(self._list(), 1)
        # It takes the width that there is: opening it moves nothing beside the list.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(HEIGHT * shown.scale))

    def _form(self) -> QGridLayout:
        shown, form = theme.current(), QGridLayout()
        form.setVerticalSpacing(shown.size("space.xs"))
        rows = (
            (translate("maintenance", "What"), self.what),
            (translate("maintenance", "From"), self.begin),
            (translate("maintenance", "To"), self.end),
            (translate("maintenance", "Reason"), self.reason),
            (translate("maintenance", "Title"), self.title),
        )
        for row, (name, part) in enumerate(rows):
            label = QLabel(name, textFormat=Qt.TextFormat.PlainText)
            label.setBuddy(part)
            part.setAccessibleName(name)
            form.addWidget(label, row, 0)
            form.addWidget(part, row, 1)
        days = QHBoxLayout()
        days.setSpacing(shown.size("space.s"))
        form.addWidget(QLabel(translate("maintenance", "Each")), len(rows), 0)
        for day in self.days:
            days.addWidget(day)
        days.addStretch(1)
        form.addLayout(days, len(rows), 1)
        last = QHBoxLayout()
        last.addWidget(self.note, 1)
        last.addWidget(self.plan)
        form.addLayout(last, len(rows) + 1, 0, 1, 2)
        return form

    def _list(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.title_of_list = QLabel(textFormat=Qt.TextFormat.PlainText)
        column.addWidget(self.title_of_list)
        column.addWidget(self.windows, 1)
        column.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignRight)
        return column

    def _connect(self) -> None:
        for part in (self.what, self.begin, self.end, self.reason, self.title):
            part.returnPressed.connect(self._plan)
            part.installEventFilter(self)
        self.windows.installEventFilter(self)
        self.what.textChanged.connect(self._tell_zone)
        self.plan.clicked.connect(self._plan)
        self.finish.clicked.connect(self._end_chosen)
        self.windows.itemSelectionChanged.connect(self._choose)

    # ------------------------------------------------------------ opening
    def open(self, names: Sequence[str]) -> None:
        """Plan for these devices and places; the windows beside it."""
        completer = QCompleter(offers(self._context.mirror.inventory), self.what)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.what.setCompleter(completer)
        self.what.setText(named(names))
        for part in (self.begin, self.end, self.reason, self.title):
            part.clear()
        for day in self.days:
            day.setChecked(False)
        self.show()
        self.refresh()
        self._tell_zone()
        (self.reason if names else self.what).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """The windows as they are now."""
        now = self._context.clock()
        windows = sorted(self._context.mirror.maintenance, key=lambda w: (not maintenance.counts(w, now), w.start))
        lines = [self._line(window, now) for window in windows]
        self.title_of_list.setText(translate("maintenance", "Maintenance windows: {count}").format(count=len(windows)))
        if lines != [self.windows.item(at).text() for at in range(self.windows.count())]:
            row = self.windows.currentRow()
            self.windows.clear()
            self.windows.addItems(lines)
            self.windows.setCurrentRow(min(row, len(lines) - 1))
        self._shown = windows
        self._choose()

    def _line(self, window: MaintenanceWindow, now: float) -> str:
        parts = (
            maintenance_words.state(window, now),
            clean(window.title, 60),
            maintenance_words.when(window, now),
            maintenance_words.covers(window),
            clean(window.reason, 80),
            clean(window.who, 40),
        )
        return " · ".join(part for part in dict.fromkeys(parts) if part)

    @Slot()
    def _choose(self) -> None:
        self.finish.setEnabled(0 <= self.windows.currentRow() < len(self._shown))

    @Slot()
    def _tell_zone(self) -> None:
        inventory, now = self._context.mirror.inventory, self._context.clock()
        what = covered(self.what.text(), inventory)
        zone = maintenance_words.zone_of(what.sites, what.devices, what.racks, inventory)
        text = translate("maintenance", "Times are those of {zone} ({offset}), now {clock}")
        self._say(text.format(zone=zone, offset=words.zone_label(zone, now), clock=words.clock(now, zone)), wrong=False)

    def _say(self, text: str, *, wrong: bool) -> None:
        self.note.setText(text)
        self.note.setStyleSheet(f"color: {theme.current().colour('severity.major.text').name()}" if wrong else "")

    # ------------------------------------------------------------ doing
    @Slot()
    def _plan(self) -> None:
        fields = Typed(
            what=self.what.text(),
            begin=self.begin.text(),
            end=self.end.text(),
            days=tuple(day for day, box in enumerate(self.days) if box.isChecked()),
            title=self.title.text(),
            reason=self.reason.text(),
        )
        made = planned(fields, self._context.mirror.inventory, self._context.who(), self._context.clock())
        if isinstance(made, str):
            self._say(made, wrong=True)
            return
        self._send(made)
        self.left.emit()

    @Slot()
    def _end_chosen(self) -> None:
        at = self.windows.currentRow()
        if 0 <= at < len(self._shown):
            self._send(replace(self._shown[at], ended=self._context.clock()))

    def _send(self, window: MaintenanceWindow) -> None:
        now = self._context.clock()
        self._context.send(PlanMaintenance(id=str(uuid4()), window=window, who=self._context.who(), at=now))

    # ------------------------------------------------------------ Qt
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc is this panel's while it is open, before any action's
            return True
        pressed = event.key() if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else 0
        if watched is self.windows and pressed == Qt.Key.Key_Delete:
            self._end_chosen()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # they belong to the fields
            super().keyPressEvent(event)
