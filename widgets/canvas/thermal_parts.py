"""Parts of the thermal view: the sentence at its head, the aligned panels of curves. UI thread."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from noc_console.mirror import Mirror
from widgets import glyphs, theme
from widgets.canvas import thermal_words
from widgets.canvas.curve_source import CurveSource
from widgets.canvas.curves import Axes, CurvePlot
from widgets.canvas.map_bar import action_button
from widgets.canvas.thermal_facts import Findings
from widgets.canvas.thermal_panels import Panel, axes_of, curves_of, limits_of
from widgets.words import number

PANEL_LEAST = 150
"""Pixels below which a further panel is not shown."""
SHARES = (5, 3, 2)
APART_MS = 120
"""Between the drawing of one panel and the next."""


def plain_label(parent: QWidget, size: str = "body", weight: str = "regular") -> QLabel:
    """A label that shows text as it is."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.current().font(size, weight=weight))
    return label


def choices(parent: QWidget, texts: list[str]) -> QButtonGroup:
    """Buttons of which one is pressed, numbered from 0."""
    group = QButtonGroup(parent)
    for n, text in enumerate(texts):
        button = action_button(QAction(text, parent), parent)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setCheckable(True)
        button.setProperty("chip", True)
        group.addButton(button, n)
    return group


def side_of(side: QWidget, title: QWidget, buttons: QButtonGroup, *parts: QWidget) -> QWidget:
    """A column: a head with its buttons, the first part with all the room, the others below it."""
    shown = theme.current()
    head = QHBoxLayout()
    head.setContentsMargins(shown.size("space.m"), shown.size("space.xs"), shown.size("space.s"), shown.size("space.xs"))
    head.addWidget(title, 1)
    for button in buttons.buttons():
        head.addWidget(button)
    side.setProperty("surface", "panel")
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(head)
    for n, part in enumerate(parts):
        column.addWidget(part, 1 if n == 0 else 0)
    return side


class Sentence(QWidget):
    """What is, in words, before any chart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.glyph = QLabel(self)
        self.what = plain_label(self, "emphasis", "strong")
        self.figures = plain_label(self)
        shown = theme.current()
        for label in (self.what, self.figures):
            label.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(shown.size("space.hair"))
        column.addWidget(self.what)
        column.addWidget(self.figures)
        row = QHBoxLayout(self)
        row.setContentsMargins(shown.size("space.m"), shown.size("space.s"), shown.size("space.m"), shown.size("space.s"))
        row.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def tell(self, findings: Findings, mirror: Mirror) -> None:
        """Say these findings."""
        what, figures = thermal_words.sentence(findings, mirror)
        alarm = thermal_words.worst_alarm(findings, mirror)
        self.what.setText(what)
        self.figures.setText(figures)
        self.figures.setVisible(bool(figures))
        self.glyph.setVisible(alarm is not None)
        if alarm is not None:
            self.glyph.setPixmap(glyphs.of_alarm(alarm, size="glyph_l"))
        self.setAccessibleName(f"{what} {figures}")


class PanelStack(QWidget):
    """Panels of curves on one time axis; as many as have room.

    Signals
    -------
    picked(str, str): a curve was clicked: its device and component.
    """

    picked = Signal(str, str)

    def __init__(self, source: CurveSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.panels: list[Panel] = []
        self.plots = [CurvePlot(self) for _ in SHARES]
        self.heads = [(plain_label(self, "caption", "strong"), plain_label(self, "caption")) for _ in SHARES]
        self._axes: dict[int, Axes] = {}
        self._window = (0.0, 1.0, "UTC")
        self._next = 1
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(APART_MS)
        self._later.timeout.connect(self._draw_next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for (title, note), plot, share in zip(self.heads, self.plots, SHARES, strict=True):
            row = QHBoxLayout()
            row.setContentsMargins(theme.current().size("space.m"), theme.current().size("space.xs"), 0, 0)
            row.setSpacing(theme.current().size("space.s"))
            row.addWidget(title)
            row.addWidget(note, 1)
            column.addLayout(row)
            column.addWidget(plot, share)
            plot.picked.connect(self.picked)
            plot.cursor_moved.connect(self.set_cursor)
        self.setMinimumSize(200, 100)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def show_panels(self, panels: list[Panel]) -> None:
        """Show other panels; their ranges start anew."""
        self.panels, self._axes = panels, {}

    def count(self) -> int:
        """How many panels have room."""
        return min(len(self.panels), max(self.height() // PANEL_LEAST, 1), len(SHARES))

    def draw(self, start: float, end: float, timezone: str) -> None:
        """Draw what has room: what is new at once, the others one after the other, so that no key waits long."""
        self._window, count = (start, end, timezone), self.count()
        for n, plot in enumerate(self.plots):
            for part in (*self.heads[n], plot):
                part.setVisible(n < count)
        for n in range(count):
            if n not in self._axes or (n == 0 and self._axes[0].end - self._axes[0].start != end - start):
                self._draw_panel(n)
        self._next = 0
        self._later.start()

    @Slot()
    def _draw_next(self) -> None:
        if self._next < self.count():
            self._draw_panel(self._next)
            self._next += 1
            self._later.start()

    def _draw_panel(self, n: int) -> None:
        panel, plot = self.panels[n], self.plots[n]
        window, timezone = self._window[:2], self._window[2]
        curves = curves_of(panel, self._source.points)
        axes = self._axes[n] = axes_of(panel, curves, window, timezone, self._axes.get(n))
        plot.show_curves(curves, limits_of(panel, curves), axes)
        plot.setAccessibleName(f"{panel.title}, {panel.note}")
        self.heads[n][0].setText(panel.title)
        self.heads[n][1].setText(self._at_cursor(n, plot))

    def keys(self) -> list[tuple[str, str, str]]:
        """Keys of all panels."""
        return [key for panel in self.panels for key in panel.keys]

    @Slot(float)
    def set_cursor(self, time: float) -> None:
        """One cursor through all panels; their heads tell the value of the chosen curve there."""
        for n, plot in enumerate(self.plots[: self.count()]):
            plot.set_cursor(time)
            self.heads[n][1].setText(self._at_cursor(n, plot))

    def _at_cursor(self, n: int, plot: CurvePlot) -> str:
        panel = self.panels[n]
        if not plot.cursor_time or not plot.curves:
            return panel.note
        curve = plot.curves[-1]
        value = plot.value_at(curve, plot.cursor_time)
        figure = "–" if value is None else number(value, 1)
        return f"{panel.note} · {plot.clock(plot.cursor_time)} {panel.names[curve.key]} {figure} {panel.unit}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → move the cursor, Esc takes it away."""
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        plot = self.plots[0]
        if side is not None:
            step = (plot.axes.end - plot.axes.start) / 120
            self.set_cursor((plot.cursor_time or plot.axes.end) + side * step)
        elif event.key() == Qt.Key.Key_Escape and plot.cursor_time:
            self.set_cursor(0.0)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has room for another number of panels, at the next drawing."""
        for n in range(len(SHARES)):
            visible = n < self.count()
            for part in (*self.heads[n], self.plots[n]):
                part.setVisible(visible and bool(self.panels))
