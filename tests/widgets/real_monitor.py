"""A window on the real monitor, without threads: what the window sends is prepared, committed and told at once, or refused."""

from dataclasses import replace

import sample_fleet
from PySide6.QtWidgets import QApplication

from noc_console.alarms.load import standard_conditions
from noc_console.feed import Feed
from noc_console.model.command import Command, CommandOutcome, PlanMaintenance
from noc_console.model.poll import ErrorKind, PollError, PollResult
from noc_console.monitor.monitor import Monitor
from widgets.app import new_context
from widgets.backend import Backend
from widgets.discover import find_views
from widgets.main_window import MainWindow

START = sample_fleet.NOW


class RealMonitor:
    """`now` is the clock of all of it."""

    def __init__(self, qtbot, settings, size=(1920, 1080)):
        self.now, self.number = START, 1
        self.outcomes: list[CommandOutcome] = []
        self.monitor = Monitor(sample_fleet.inventory(), standard_conditions(), now=self.now)
        self.feed = Feed()
        self.feed.restart(replace(self.monitor.snapshot(self.now), number=1))
        self.window = MainWindow(new_context(settings))
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.show_views([view for view in find_views() if view.identifier == "alarms"])
        self.window.start(Backend(feed=self.feed, send=self.take, who="Lan", clock=lambda: self.now))
        self.window.pulse.stop()
        self.tell()

    def take(self, order):
        """What live.py does with a command, where nothing is stored."""
        if not isinstance(order, Command | PlanMaintenance):
            return
        prepared = self.monitor.prepare(order, self.now)
        if isinstance(prepared, CommandOutcome):
            self.outcomes.append(prepared)
        else:
            self.monitor.commit(prepared, self.now)

    def tell(self):
        """What the monitor has to say reaches the window."""
        changes = self.monitor.take(self.now).changes
        if changes is not None or self.outcomes:
            self.number += 1
            outcomes, self.outcomes = tuple(self.outcomes), []
            if changes is None:
                from noc_console.model.changes import Changes

                changes = Changes(number=0, time=self.now)
            self.feed.publish(replace(changes, number=self.number, outcomes=(*changes.outcomes, *outcomes)))
        self.window.pulse.beat()
        QApplication.processEvents()

    def pass_time(self, seconds):
        """The clock goes on."""
        self.now += seconds
        self.monitor.advance(self.now)
        self.tell()

    def silence(self, *devices, polls=4):
        """These do not answer any more, some polls long."""
        for _ in range(polls):
            self.now += 30
            self.monitor.advance(self.now)
            for name in devices:
                error = PollError(kind=ErrorKind.UNREACHABLE, reason="timeout")
                at = {"due": self.now, "started": self.now, "finished": self.now, "interval": 30.0}
                source = "ssh" if name.startswith(("gpu", "storage")) else "snmp"
                self.monitor.ingest(PollResult(device=name, source=source, error=error, **at))
        self.tell()

    @property
    def mirror(self):
        return self.window.context.mirror

    @property
    def alarms(self):
        return self.window.parts.docks.panel("alarms").view

    def of(self, device):
        """The open alarm of a device."""
        return next(a for a in self.mirror.alarms.values() if a.device == device and a.is_open)
