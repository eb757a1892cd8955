"""Commands on their way to the monitor: shown as being sent, told when done, undone for ten seconds, lasting when they failed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from noc_console.mirror import Mirror, Touched
from noc_console.model.command import Action, Command, PlanMaintenance
from noc_console.model.maintenance import MaintenanceWindow
from widgets import words
from widgets.frame.told import done, failure, refusal, undone
from widgets.view import Order

_FOR_GOOD = frozenset({Action.UNDO, Action.COMMENT})
"""What is not undone: nobody changes a comment."""
Send = Callable[[Order], None]


class Commands(QObject):
    """Between the views and the monitor.

    Signals
    -------
    touched(Touched): alarms whose command was sent. told(str, object): a sentence, and what undoes it (or None).
    failed(str): a sentence that must last. well(): a command was stored again.
    """

    touched = Signal(object)
    told = Signal(str, object)
    failed = Signal(str)
    well = Signal()

    def __init__(self, mirror: Mirror, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mirror, self._clock = mirror, clock
        self._send: Send | None = None
        self._sent: dict[str, Command | PlanMaintenance] = {}
        self._together: list[Command] = []
        self._batch, self._batches = 0, dict[str, int]()
        self._told_batch = -1
        self._windows: dict[str, MaintenanceWindow | None] = {}
        """What a maintenance window was before it was planned anew, by the number of what was sent."""

    def connect_to(self, send: Send, clock: Callable[[], float]) -> None:
        """The monitor is there."""
        self._send, self._clock = send, clock

    def send(self, order: Order) -> None:
        """Hand it on; until its outcome its alarms are `sending` in the mirror."""
        if self._send is None:
            self.failed.emit(refusal(words.error("not-ready")))
            return
        if isinstance(order, Command):
            self._sent[order.id] = self._mirror.sending[order.id] = order
            self._batches[order.id] = self._batch
            self.touched.emit(Touched(alarms=set(order.alarms)))
        elif isinstance(order, PlanMaintenance):
            self._sent[order.id] = order
            self._windows[order.id] = next((w for w in self._mirror.maintenance if w.id == order.window.id), None)
        self._send(order)

    def take(self, touched: Touched) -> None:
        """Take the outcomes among the changes; their alarms are touched."""
        if touched.outcomes:
            self._batch += 1  # what is sent from now on is something else
        well: list[Command] = []
        left = 0
        for outcome in touched.outcomes:
            order = self._sent.pop(outcome.id, None)
            self._mirror.sending.pop(outcome.id, None)
            if isinstance(order, Command):
                touched.alarms |= set(order.alarms)
            if order is None:
                continue
            if outcome.error:
                self.failed.emit(failure(outcome))
            elif isinstance(order, Command):
                well.append(order)
                left += len(outcome.left)
            else:
                self._tell_planned(order)
        if well:
            self._tell(well, left)

    def _tell(self, commands: Sequence[Command], left: int) -> None:
        """What was done together is told, and undone, together."""
        self.well.emit()
        batch = max(self._batches.pop(command.id, 0) for command in commands)
        if batch == self._told_batch and self._together[-1].at == commands[0].at:
            commands = [*self._together, *commands]
        self._together, self._told_batch = list(commands), batch
        undoes = any(command.action is Action.UNDO for command in commands)
        back = [command for command in commands if command.action not in _FOR_GOOD]
        sentence = undone(commands, left) if undoes else done(commands)
        self.told.emit(sentence, (lambda: self._take_back(back)) if back else None)

    def _take_back(self, commands: Sequence[Command]) -> None:
        for command in reversed(commands):
            self.send(
                Command(
                    id=str(uuid4()),
                    action=Action.UNDO,
                    alarms=command.alarms,
                    who=command.who,
                    at=self._clock(),
                    undoes=command.id,
                )
            )

    def _tell_planned(self, order: PlanMaintenance) -> None:
        self.well.emit()
        before = self._windows.pop(order.id, None)
        now = self._clock()
        after = before or replace(order.window, ended=now)
        back = replace(order, id=str(uuid4()), window=after, at=now)
        self.told.emit(done(order), None if order.window == before else lambda: self.send(back))


def command(
    action: Action,
    alarms: tuple[int, ...],
    who: str,
    now: float,
    text: str = "",
    *,
    until: float | None = None,
    owner: str = "",
    under: int | None = None,
) -> Command:
    """A command with an identifier of its own."""
    return Command(
        id=str(uuid4()), action=action, alarms=alarms, who=who, at=now, text=text, until=until, owner=owner, under=under
    )
