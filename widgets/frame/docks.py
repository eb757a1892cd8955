# ruff: noqa: D102 - overrides of Qt are described by Qt
"""Where the views stand: "Watch" (Alarms left, Map over Thermal right), or one view in the whole window.

Only what is visible is refreshed; what a hidden view missed is kept together and given to it when it is shown.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from noc_console.mirror import Touched
from widgets import theme
from widgets.frame.panel import Panel
from widgets.frame.turns import Turns
from widgets.view import ViewContext, ViewDeclaration

LEFT = "alarms"
RIGHT = ("map", "thermal")
SHARED_BELOW = 1500
"""Below this width of the window the views at the right share one place."""


class Docks(QWidget):
    """Signals: view_shown(str): the view that is in front."""

    view_shown = Signal(str)

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._declared: dict[str, ViewDeclaration] = {}
        self._panels: dict[str, Panel] = {}
        self._turns = Turns(self.visible_panels, self)
        self._alone = ""
        self._tab = RIGHT[0]
        self._spread_shared: bool | None = None
        self.front = LEFT
        self._watch = QSplitter(Qt.Orientation.Horizontal)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._single = QWidget()
        self._stack = QStackedLayout(self)
        self._build()

    def _build(self) -> None:
        width = theme.current().size("splitter")
        for splitter in (self._watch, self._right):
            splitter.setHandleWidth(width)
            splitter.setChildrenCollapsible(False)
        self._watch.addWidget(self._right)
        column = QVBoxLayout(self._single)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._watch)
        self._stack.addWidget(self._single)

    # ------------------------------------------------------------ views
    def declare(self, views: Sequence[ViewDeclaration]) -> None:
        """The views that there are; none is made before it is shown."""
        self._declared = {view.identifier: view for view in views}
        self._arrange()

    def show_view(self, identifier: str) -> None:
        """Bring a view to the front: Alarms as "Watch", any other in the whole window."""
        if identifier not in self._declared:
            return
        self._alone = "" if identifier == LEFT else identifier
        self._arrange()
        self._bring(identifier)

    def toggle_alone(self, identifier: str) -> None:
        """One view in the whole window, or back to "Watch"."""
        self._alone = "" if self._alone == identifier else identifier
        self._arrange()
        self._bring(identifier if self._alone or identifier in (LEFT, *RIGHT) else LEFT)

    def _bring(self, identifier: str) -> None:
        panel = self._panels.get(identifier)
        if panel is not None:
            panel.take_focus()
        self.came_to(identifier)

    def came_to(self, identifier: str) -> None:
        """A view has come to the front."""
        self.front = identifier
        self.view_shown.emit(identifier)

    def panel(self, identifier: str) -> Panel | None:
        """The panel of a view, made now if it has to be; None if there is no such view."""
        declaration = self._declared.get(identifier)
        if declaration is None:
            return None
        found = self._panels.get(identifier)
        if found is None:
            found = self._panels[identifier] = Panel(declaration, declaration.factory(self._context, None))
            found.head.tab_chosen.connect(self._choose_tab)
            found.head.alone_wanted.connect(self.toggle_alone)
            self._turns.add(identifier)
        return found

    # ------------------------------------------------------------ arrangement
    def _shares(self) -> bool:
        window = self.window()
        return window.width() < SHARED_BELOW * theme.current().scale

    def _right_now(self) -> list[str]:
        there = [identifier for identifier in RIGHT if identifier in self._declared]
        if self._shares() and len(there) > 1:
            return [self._tab if self._tab in there else there[0]]
        return there

    def _arrange(self) -> None:
        if not self._declared:
            return
        if self._alone:
            self._arrange_alone()
        else:
            self._arrange_watch()
        self._turns.catch_up()

    def _arrange_alone(self) -> None:
        panel, column = self.panel(self._alone), self._single.layout()
        if panel is None or column is None:
            return
        panel.head.share(())
        for other in self._panels.values():
            if other is not panel and other.parentWidget() is self._single:
                other.setParent(None)
        column.addWidget(panel)
        panel.show()
        self._stack.setCurrentWidget(self._single)

    def _arrange_watch(self) -> None:
        left = self.panel(LEFT)
        if left is not None and left.parentWidget() is not self._watch:
            self._watch.insertWidget(0, left)
            left.show()
        showing = self._right_now()
        tabs = [self._declared[i] for i in RIGHT if i in self._declared] if self._shares() else []
        for at, identifier in enumerate(RIGHT):
            panel = self.panel(identifier) if identifier in showing else self._panels.get(identifier)
            if panel is None:
                continue
            panel.head.share(tabs)
            if panel.parentWidget() is not self._right:
                self._right.insertWidget(at, panel)
            panel.setVisible(identifier in showing)
        self._right.setVisible(bool(showing))
        self._stack.setCurrentWidget(self._watch)
        if self._spread_shared not in (None, self._shares()):
            self.spread()  # the window became narrow or wide while another view was alone in it

    @Slot(str)
    def _choose_tab(self, identifier: str) -> None:
        self._tab = identifier
        self._arrange()
        self._bring(identifier)

    def spread(self) -> None:
        """The widths and heights that the layout has when nobody has moved a splitter."""
        width, height = max(self.width(), 800), max(self.height(), 400)
        self._spread_shared = self._shares()
        left = 0.62 if self._shares() else 0.505
        self._watch.setSizes([int(width * left), int(width * (1 - left))])
        self._right.setSizes([int(height * 0.52), int(height * 0.48)])

    # ------------------------------------------------------------ what changes
    def visible_panels(self) -> Iterator[Panel]:
        """Panels that a person sees now, in reading order."""
        order = (self._alone,) if self._alone else (LEFT, *self._right_now())
        for identifier in order:
            panel = self._panels.get(identifier)
            if panel is not None:
                yield panel

    def touch(self, touched: Touched) -> None:
        """Give changes to the visible views, each in a turn of its own; keep them for the others."""
        self._turns.touch(touched)

    def tick(self, now: float) -> None:
        """Once a second: ages and clocks of what is visible."""
        self._turns.tick(now)

    # ------------------------------------------------------------ focus and keeping
    def focused(self) -> Panel | None:
        """The panel that has the focus, else the one in front."""
        focus = self.window().focusWidget()
        for panel in self.visible_panels():
            if focus is not None and panel.isAncestorOf(focus):
                return panel
        return self._panels.get(self.front)

    def keep(self, settings: QSettings) -> None:
        """Keep the arrangement."""
        settings.setValue("docks/watch", self._watch.saveState())
        settings.setValue("docks/right", self._right.saveState())
        settings.setValue("docks/tab", self._tab)
        settings.setValue("docks/front", self.front)

    def restore(self, settings: QSettings) -> None:
        """Take up the arrangement of last time, if there is one."""
        self._tab = str(settings.value("docks/tab", RIGHT[0]))
        self._arrange()
        self.spread()
        for splitter, key in ((self._watch, "docks/watch"), (self._right, "docks/right")):
            state = settings.value(key)
            if state is not None:
                splitter.restoreState(state)
        self.show_view(str(settings.value("docks/front", LEFT)) if settings.contains("docks/front") else LEFT)

    def dress(self) -> None:
        """Take the measures of the theme now."""
        for panel in self._panels.values():
            panel.dress()
        for splitter in (self._watch, self._right):
            splitter.setHandleWidth(theme.current().size("splitter"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shared = len(self._right_now()) < 2
        showing = sum(self._panels[i].isVisibleTo(self._right) for i in RIGHT if i in self._panels)
        if not self._alone and self._declared and (showing < 2) != shared:
            self._arrange()
            self.spread()
