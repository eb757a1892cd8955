"""What a view is: one file under `views/` that ends in its declaration."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from noc_console.mirror import Mirror, Touched
from noc_console.model.alarm import Alarm, Entry
from noc_console.model.command import AskNow, Command, PlanMaintenance
from noc_console.model.page import PageQuery

Order = Command | AskNow | PlanMaintenance
"""What a person tells the monitor."""


class History(Protocol):
    """Reads the past from the store. Blocking: called from a worker, never from the UI thread."""

    def alarms(self, start: float, end: float) -> list[Alarm]:
        """Alarms that stood at some time in the range (UTC seconds)."""

    def entries(self, start: float, end: float) -> list[Entry]:
        """Entries noted in the range."""

    def readings(
        self, device: str, component: str, metric: str, start: float, end: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(times, values) of one key in the range, oldest first."""


class PagedHistory(Protocol):
    """What a history may offer beside: the stored alarms page by page, so that a million of them open at once."""

    def alarm_page(self, query: PageQuery, cancelled: Callable[[], bool]) -> list[Alarm]:
        """At most `query.most` alarms, fewer = there are no more; gives up, with what it has, soon after `cancelled` is true."""

    def entries_of(self, alarm: int) -> list[Entry]:
        """What happened to one alarm, in order."""


class Selection(QObject):
    """What is chosen, shared by all views.

    Signals
    -------
    device_changed(str): the chosen device; "" for none.
    alarm_changed(int): the chosen alarm; 0 for none.
    site_changed(str): the site filter of the state bar; "" for all sites.
    place_changed(object): devices of a place that was chosen as a whole (a rack without power): tuple of names.
    """

    device_changed = Signal(str)
    alarm_changed = Signal(int)
    site_changed = Signal(str)
    place_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.device = ""
        self.component = ""
        self.alarm = 0
        self.site = ""
        self.place: tuple[str, ...] = ()

    def choose_device(self, device: str, component: str = "") -> None:
        """Choose a device (and a component of it) everywhere."""
        if self.place:
            self.choose_place(())
        if (device, component) != (self.device, self.component):
            self.device, self.component = device, component
            self.device_changed.emit(device)

    def choose_alarm(self, alarm: int) -> None:
        """Choose an alarm everywhere."""
        if alarm != self.alarm:
            self.alarm = alarm
            self.alarm_changed.emit(alarm)

    def choose_place(self, devices: tuple[str, ...]) -> None:
        """Choose all that stands in one place."""
        self.place = devices
        self.place_changed.emit(devices)

    def choose_site(self, site: str) -> None:
        """Show one site only, or all with ""."""
        if site != self.site:
            self.site = site
            self.site_changed.emit(site)


@dataclass(slots=True, kw_only=True)
class ViewContext:
    """What a view is given; it knows nothing else of the program."""

    mirror: Mirror
    selection: Selection
    send: Callable[[Order], None]
    """Hands a command to the monitor; returns at once."""
    open_view: Callable[[str], None]
    """Shows the view of this identifier (`alarms`, `map`, `thermal`, `timeline`, `device`) and gives it the focus."""
    history: History
    settings: QSettings
    clock: Callable[[], float]
    """Now, UTC seconds; in a replay the recording's."""
    who: Callable[[], str]
    """Who acts, for commands and entries."""
    say: Callable[[str], None] = lambda _sentence: None
    """Says a sentence for a few seconds, as the answer to a key."""
    trust: Callable[[str, str, bool], str] | None = None
    """Confirms a server's SSH host key (`widgets.trust_dialog.Trust`); None where nothing is asked over SSH."""
    unlock: Callable[[str, str, bool], str] | None = None
    """Takes the passphrase of a server's key (`widgets.passphrase_dialog.Unlock`); None where nothing is asked over SSH."""


class View(QWidget):
    """Base of all views. Overrides of `refresh` must be cheap: it runs on the window's timer, at most ten times a second."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def refresh(self, touched: Touched) -> None:
        """Take what changed; called only while the view is visible, with everything missed while it was not."""
        raise NotImplementedError

    def tick(self, now: float) -> None:
        """Once a second while visible: ages, clocks."""

    def focus_filter(self) -> None:
        """`/` or Ctrl+F: the filter or search of this view."""

    def show_filter(self, text: str) -> None:
        """Filter by this text, as if it had been typed; a view without a filter does nothing."""

    def hints(self) -> list[tuple[str, str]]:
        """(key, what it does) of the focused part, for the hint bar and F1."""
        return []

    def context_actions(self) -> list[QAction]:
        """The view's own actions with their keys: right click and F1 list them."""
        return self.actions()

    def shown_alarms(self) -> list[Alarm]:
        """Alarms that it shows now (for the JSON beside a screenshot)."""
        return []

    def title_note(self) -> str:
        """The few words after the title in the dock's head (`16 open, 2 need you`); plain text."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDeclaration:
    """A view as the main window knows it. `title` is a function so that a change of language is seen."""

    identifier: str
    title: Callable[[], str]
    icon: str
    """Name of the file in `resources/icons` without ending."""
    order: int
    """Place on the rail, and the number of its Ctrl key."""
    factory: Callable[[ViewContext, QWidget | None], View]
