"""Commands on their way to the monitor: shown as being sent, told when done, undone for ten seconds, lasting when they failed."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from noc_console.mirror import Mirror, Touched
from noc_console.model.command import Action, AskNow, Command, CommandOutcome
from widgets import words
from widgets.words import translate

Send = Callable[[Command | AskNow], None]


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
        self._sent: dict[str, Command] = {}

    def connect_to(self, send: Send, clock: Callable[[], float]) -> None:
        """The monitor is there."""
        self._send, self._clock = send, clock

    def send(self, command: Command | AskNow) -> None:
        """Hand it on; until its outcome its alarms are `sending` in the mirror."""
        if self._send is None:
            self.failed.emit(_refusal(words.error("not-ready")))
            return
        if isinstance(command, Command):
            self._sent[command.id] = self._mirror.sending[command.id] = command
            self.touched.emit(Touched(alarms=set(command.alarms)))
        self._send(command)

    def take(self, touched: Touched) -> None:
        """Take the outcomes among the changes; their alarms are touched."""
        for outcome in touched.outcomes:
            command = self._sent.pop(outcome.id, None)
            self._mirror.sending.pop(outcome.id, None)
            if command is not None:
                touched.alarms |= set(command.alarms)
                self._tell(command, outcome)

    def _tell(self, command: Command, outcome: CommandOutcome) -> None:
        if outcome.error:
            self.failed.emit(_failure(outcome))
            return
        self.well.emit()
        count = len(command.alarms)
        if command.action is Action.ACKNOWLEDGE:
            text = translate("commands", "{count} acknowledged").format(count=count)
            self.told.emit(text, lambda: self._take_back(command))
        elif command.action is Action.CLOSE:
            self.told.emit(translate("commands", "{count} closed").format(count=count), None)

    def _take_back(self, command: Command) -> None:
        self.send(replace(command, id=str(uuid4()), action=Action.UNACKNOWLEDGE, at=self._clock(), text=""))


def _failure(outcome: CommandOutcome) -> str:
    if outcome.error == "disk-full":
        return translate("commands", "Not stored: the disk is full. Free space, then press A again")
    if outcome.error == "store-failed":
        return translate("commands", "Not stored: the store does not answer. Press A again when it does")
    return _refusal(words.error(outcome.error))


def _refusal(why: str) -> str:
    return translate("commands", "Not done: {why}").format(why=why)


def command(action: Action, alarms: tuple[int, ...], who: str, now: float, text: str = "") -> Command:
    """A command with an identifier of its own."""
    return Command(id=str(uuid4()), action=action, alarms=alarms, who=who, at=now, text=text)
