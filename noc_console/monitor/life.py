"""The life of alarms beside their conditions: commands, undo, shelves, maintenance, groups by hand, and who is called when."""

from collections.abc import Callable, Iterable

from noc_console.alarms.book import Book
from noc_console.correlation.correlator import Correlator
from noc_console.correlation.placing import Placing
from noc_console.incidents import Incidents
from noc_console.model.alarm import Alarm, EntryKind
from noc_console.model.changes import Durable, LoadState
from noc_console.model.command import Command, CommandOutcome, PlanMaintenance
from noc_console.model.fleet import Inventory
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.poll import PollResult
from noc_console.monitor.commands import Commands
from noc_console.monitor.endings import Endings
from noc_console.monitor.gathered import Gathered
from noc_console.monitor.maintenance_desk import MaintenanceDesk
from noc_console.monitor.operators_load import OperatorsLoad
from noc_console.monitor.owed import OwedCalls


class Life:
    """What people and the clock do to alarms. Used from the monitor's thread."""

    def __init__(
        self,
        book: Book,
        incidents: Incidents,
        correlator: Correlator,
        inventory: Inventory,
        gathered: Gathered,
        ask: Callable[[str], Iterable[str]],
    ) -> None:
        """`ask` has all sources of a device asked now, and gives them."""
        self._book = book
        self._correlator = correlator
        self._owed = OwedCalls(book, ask)
        self._endings = Endings(book, self._owed)
        self._desk = MaintenanceDesk(book, inventory, gathered, self._owed)
        self._placing = Placing(book, incidents, correlator.root, correlator.placed)
        self._commands = Commands(book, self._placing.symptoms)
        self._load = OperatorsLoad(book, gathered)

    def restore(self, windows: Iterable[MaintenanceWindow], now: float) -> None:
        """Take up what was said and planned; the book and the incidents are as they were."""
        self._placing.restore()
        self._load.restore(now)
        self._endings.restore()
        self._commands.restore(now)
        self._desk.restore(windows, now)
        self._owed.restore()

    @property
    def windows(self) -> tuple[MaintenanceWindow, ...]:
        """Maintenance windows that are not over."""
        return self._desk.windows

    @property
    def load(self) -> LoadState:
        """How often people were called lately."""
        return self._load.state

    def spoken(self, alarm: Alarm) -> Alarm:
        """The record with the operator's axis as it will be when the commands that wait are stored."""
        return self._commands.spoken(alarm.id)

    # commands

    def prepare(self, command: Command | PlanMaintenance, now: float) -> Durable | CommandOutcome:
        """What is to be stored, or why not. Nothing is changed yet."""
        if isinstance(command, PlanMaintenance):
            return self._desk.prepare(command, now)
        return self._commands.prepare(command, now)

    def abandon(self, durable: Durable) -> None:
        """It could not be stored: it never was. What the monitor said meanwhile is stored without it."""
        self._commands.abandon(durable)
        for entry in durable.entries:
            self._book.store_again(entry.alarm)

    def commit(self, durable: Durable, now: float) -> CommandOutcome:
        """It is stored: make it true."""
        outcome = self._commands.commit(durable, now)
        for entry in durable.entries:
            if entry.kind is EntryKind.REGROUPED:
                self._placing.follow(entry)
            elif entry.kind is EntryKind.REOPENED and entry.alarm in self._book.alarms:
                self._correlator.reopened(self._book.alarms[entry.alarm], now)
        for number in dict.fromkeys(entry.alarm for entry in durable.entries):
            self._book.breathe()
            self._endings.note(number)
            self._owed.note(number, now)
        if durable.maintenance:
            self._desk.commit(durable.maintenance, now)
        return outcome

    # time

    def heard(self, result: PollResult) -> None:
        """An answer or a miss is judged: who is maintained no longer may be called for now."""
        if self._owed:
            self._owed.heard(result.device, result.source, result.finished)

    def next_wake(self) -> float | None:
        """When something ends, begins, or is called for next."""
        times = (self._endings.next_wake(), self._desk.next_wake(), self._owed.next_wake())
        return min((time for time in times if time is not None), default=None)

    def advance(self, now: float) -> None:
        """Do what is due at this moment."""
        self._endings.advance(now)
        self._desk.advance(now)
        self._owed.advance(now)

    def count(self, now: float) -> None:
        """Count the calls of the last minutes."""
        self._load.advance(now)
