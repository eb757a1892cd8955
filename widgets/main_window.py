# ruff: noqa: D102 - overrides of Qt are described by Qt
"""The main window: the frame of bars around the views. It wires; bars paint, views show, the core decides."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from noc_console.mirror import Touched
from noc_console.model.command import Action, AskNow
from noc_console.model.severity import Severity
from widgets import theme
from widgets.backend import Backend
from widgets.discover_dialog import discovery
from widgets.frame import actions, kept
from widgets.frame.calls import Calls
from widgets.frame.commands import Commands, command
from widgets.frame.navigation import Navigation
from widgets.frame.parts import Parts
from widgets.frame.pulse import Pulse
from widgets.frame.scenario import ScenarioNote
from widgets.frame.screenshots import choose_something, take_pictures
from widgets.frame.shelves import ShelfWarnings
from widgets.frame.standing_words import tell_start, tell_store
from widgets.keys import act_on_letter
from widgets.slices import Slices
from widgets.stylesheet import follow
from widgets.view import ViewContext, ViewDeclaration
from widgets.words import translate

log = logging.getLogger(__name__)

SMALLEST = (1024, 700)
DESIGNED = (1920, 1080)
MOST_REASONS = 6
"""Why the console cannot start: so many are said in the window."""


class MainWindow(QWidget):
    """The one window.

    Signals
    -------
    painted(): the first paint is done; the backend may start.
    """

    painted = Signal()

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            follow(app)
        self.context = context
        self.calls = Calls(context.mirror)
        self.commands = Commands(context.mirror, context.clock, self)
        self.pulse = Pulse(context.mirror, context.clock, self)
        self.parts = Parts(context, self.calls, self)
        self.navigation = Navigation(context, self.calls, self.parts, self)
        self.scenario = ScenarioNote(self.parts.lasting, context, self)
        self.shelves = ShelfWarnings(context.mirror, lambda sentence: self._tell(sentence, None))
        self._calls_taken = Slices[int](self._take_calls, self._show_calls, self)
        context.send, context.open_view = self.commands.send, self.navigation.show_view
        context.say = lambda sentence: self._tell(sentence, None)
        self._was_painted = False
        self.setWindowTitle("NOC Console")
        self.setMinimumSize(*SMALLEST)
        self._connect()
        self._add_actions()
        self._dress()
        kept.restore_size(self, context.settings, SMALLEST, DESIGNED)

    def _connect(self) -> None:
        parts, navigation = self.parts, self.navigation
        self.pulse.touched.connect(self._take)
        self.pulse.ticked.connect(self._tick)
        self.pulse.ticked.connect(self.scenario.look)
        self.commands.touched.connect(self._take)
        self.commands.told.connect(self._tell)
        self.commands.failed.connect(self._failed)
        self.commands.well.connect(lambda: parts.lasting.say("command", ""))
        parts.rail.view_chosen.connect(navigation.show_view)
        parts.state_bar.severity_chosen.connect(navigation.filter_severity)
        parts.state_bar.search_wanted.connect(navigation.ask_where)
        parts.state_bar.quiet_chosen.connect(navigation.show_quiet)
        parts.banner.acknowledge_wanted.connect(self._acknowledge)
        parts.banner.open_wanted.connect(navigation.open_alarm)
        parts.time_strip.alarm_chosen.connect(navigation.show_alarm)
        parts.hint_bar.ask(navigation.hints)
        self.context.selection.site_changed.connect(self._site_changed)
        theme.source().changed.connect(self._dress)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(parts.hint_bar.stir)

    def _add_actions(self) -> None:
        go = self.navigation
        everywhere = (
            ("Ctrl+K", translate("actions", "Go to a device, place or alarm"), go.ask_where),
            ("/;Ctrl+F", translate("actions", "Filter or search of this view"), go.focus_filter),
            ("Alt+Left", translate("actions", "Back"), lambda: go.step(-1)),
            ("Alt+Right", translate("actions", "Forward"), lambda: go.step(1)),
            ("F6", translate("actions", "Next part of the window"), lambda: go.next_part(1)),
            ("Shift+F6", translate("actions", "Previous part of the window"), lambda: go.next_part(-1)),
            ("N", translate("actions", "Next that needs you"), lambda: go.next_waiting(1)),
            ("Shift+N", translate("actions", "Previous that needs you"), lambda: go.next_waiting(-1)),
            ("I", translate("actions", "Open the cause of the row, or what the banner tells"), go.open_incident),
            ("Shift+T", translate("actions", "Acknowledge what the banner tells"), self._take_banner),
            ("Ctrl+Z", translate("actions", "Undo (10 s)"), self.parts.toast.undo),
            ("F5", translate("actions", "Ask the device now"), self._ask_now),
            ("Ctrl+T", translate("actions", "Theme: dark, light, high contrast"), theme.source().next),
            ("Ctrl++;Ctrl+=", translate("actions", "Larger text"), lambda: theme.source().resize(1)),
            ("Ctrl+-", translate("actions", "Smaller text"), lambda: theme.source().resize(-1)),
            ("Shift+F11", translate("actions", "This view in the whole window, or back"), go.toggle_alone),
            ("F11", translate("actions", "Full screen"), lambda: kept.toggle_full_screen(self)),
            ("F1", translate("actions", "All keys of this place"), go.show_keys),
            ("Ctrl+Q", translate("actions", "Quit"), self.close),
        )
        go.everywhere = [actions.add(self, *each) for each in everywhere]

    # ------------------------------------------------------------ start and end
    def show_views(self, views: Sequence[ViewDeclaration]) -> None:
        """The views that there are; the one of last time is shown."""
        self.navigation.declare(views)
        self.navigation.everywhere[:0] = actions.add_views(self, views, self.navigation.show_view)
        self.parts.docks.restore(self.context.settings)

    @Slot(object)
    def start(self, backend: Backend) -> None:
        """The backend is there: take from it."""
        self.context.history, self.context.clock = backend.history, backend.clock
        self.context.trust = backend.trust
        self.context.unlock = backend.unlock
        if backend.who:
            self.context.who = lambda: backend.who
        self.commands.connect_to(backend.send, backend.clock)
        self.scenario.watch(backend.scenario)
        self.navigation.more_goals = lambda: [*discovery(backend.discover, self.context.mirror, self), *self.scenario.goals()]
        self.parts.lasting.say("start", "")
        for number, note in enumerate(backend.notes):
            self.parts.lasting.say(f"note-{number}", note, Severity.INDETERMINATE)
        self.pulse.start(backend.feed, backend.clock)
        self.pulse.beat()

    def wait_for_start(self) -> None:
        """The backend takes its time: say what it does."""
        tell_start(self.parts.lasting)

    @Slot(object)
    def refuse(self, sentences: Sequence[str]) -> None:
        """The backend cannot start: say why, for as long as it is so, each reason in a line of its own."""
        self.parts.lasting.say("start", "")
        for number, sentence in enumerate(sentences[:MOST_REASONS]):
            self.parts.lasting.say(f"start-{number}", sentence, Severity.CRITICAL)
        if len(sentences) > MOST_REASONS:
            text = translate("frame", "{count} more mistakes: noc-console check tells all")
            self.parts.lasting.say("start-more", text.format(count=len(sentences) - MOST_REASONS), Severity.CRITICAL)
        self.pulse.start(None)

    # ------------------------------------------------------------ what changes
    @Slot(object)
    def _take(self, touched: Touched) -> None:
        self.commands.take(touched)
        if touched.everything:
            self._calls_taken.clear()
            self.calls.take(touched, self.context.clock())
            self._show_calls()
        elif touched.alarms:
            self._calls_taken.add(touched.alarms)
        if touched.store or touched.everything:
            tell_store(self.parts.lasting, self.context.mirror.store)
        if touched.alarms or touched.everything:
            self.parts.state_bar.standing.touch()
        if touched.alarms or touched.collectors or touched.load or touched.everything:  # else once a second is enough
            self.parts.state_bar.stir()
        self.parts.docks.touch(touched)

    def _take_calls(self, numbers: set[int]) -> None:
        now = self.context.clock()
        self.calls.take_some(numbers, now)
        self.shelves.look(numbers, now)

    def _show_calls(self) -> None:
        self.parts.banner.settle()
        self.parts.time_strip.stir()
        self.parts.rail.stir()

    @Slot(float)
    def _tick(self, now: float) -> None:
        self.parts.docks.tick(now)
        for bar in (self.parts.state_bar, self.parts.time_strip, self.parts.hint_bar):
            bar.stir()
        if int(now) % 60 == 0:
            self.calls.forget(now)

    @Slot(str)
    def _site_changed(self, _site: str) -> None:
        self.parts.banner.settle()
        self.parts.docks.touch(Touched(everything=True))

    @Slot(str, object)
    def _tell(self, sentence: str, undo: object) -> None:
        self.parts.toast.say(sentence, undo if callable(undo) else None)
        self.parts.settle(self)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self.parts.lasting.say("command", sentence, Severity.CRITICAL)
        self.parts.banner.settle()

    def complain(self, sentence: str) -> None:
        """Something in the window itself failed: say it for as long as the window stands."""
        self.parts.lasting.say("bug", sentence, Severity.MAJOR)

    @Slot()
    def _dress(self) -> None:
        self.parts.dress()

    # ------------------------------------------------------------ what a person does
    @Slot(int)
    def _acknowledge(self, number: int) -> None:
        self.commands.send(command(Action.ACKNOWLEDGE, (number,), self.context.who(), self.context.clock()))

    def _take_banner(self) -> None:
        if self.parts.banner.alarm is not None:
            self._acknowledge(self.parts.banner.alarm.id)

    def _ask_now(self) -> None:
        device = self.context.selection.device
        if not device:
            self.parts.toast.say(translate("frame", "Choose a device first"))
        else:
            self.commands.send(AskNow(device=device))
            self.parts.toast.say(translate("frame", "{device} is being asked").format(device=device))
        self.parts.settle(self)

    def save_screenshots(self, folder: Path, views: Sequence[ViewDeclaration]) -> None:
        """For every view a picture of the window with it, and beside it what it shows. OSError if it cannot be written."""
        choose_something(self.context, self.calls)
        take_pictures(self, self.parts.docks, self.context, folder, [view.identifier for view in views])

    # ------------------------------------------------------------ Qt
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.parts.settle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not act_on_letter(self.focusWidget(), event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.parts.docks.keep(self.context.settings)
        kept.keep(self, self.context.settings)
        self.pulse.stop()
        super().closeEvent(event)
