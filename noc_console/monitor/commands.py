"""What people tell the monitor: checked and turned into entries first, made true only when they are stored."""

from dataclasses import replace

from noc_console.alarms.book import Book, ended_by_person
from noc_console.alarms.operator_axis import KIND_OF, applies, axis_of, step, with_axis
from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.changes import Durable
from noc_console.model.command import Action, Command, CommandOutcome
from noc_console.model.severity import OperatorState
from noc_console.text import clean

MOST_TEXT = 2000
"""Characters of a note or comment."""

_STATE_WORD = {
    Action.ACKNOWLEDGE: OperatorState.ACKNOWLEDGED.value,
    Action.UNACKNOWLEDGE: OperatorState.NONE.value,
    Action.CLOSE: OperatorState.CLOSED.value,
    Action.COMMENT: "",
}


class Commands:
    """Commands between their coming and their commit. Used from the monitor's thread."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._waiting: dict[int, list[tuple[str, Entry]]] = {}

    def prepare(self, command: Command, now: float) -> Durable | CommandOutcome:
        """What is to be stored, or why not. Nothing is changed yet.

        Alarms on which it means nothing (acknowledging a closed one) are left out; if it means nothing on any, it is refused.
        """
        if command.action not in KIND_OF:
            return CommandOutcome(id=command.id, error="not-possible", detail=command.action.value)
        unknown = [i for i in command.alarms if i not in self._book.alarms]
        if unknown:
            return CommandOutcome(id=command.id, error="unknown-alarm", detail=", ".join(map(str, unknown[:20])))
        if command.action is Action.COMMENT and not command.text.strip():
            return CommandOutcome(id=command.id, error="no-text")
        alarms = [self._prospective(i) for i in dict.fromkeys(command.alarms)]
        alarms = [alarm for alarm in alarms if applies(command.action, alarm.state)]
        if not alarms:
            return CommandOutcome(id=command.id, error="nothing-to-do")
        return self._prepared(command, alarms, now)

    def _prepared(self, command: Command, alarms: list[Alarm], now: float) -> Durable:
        text = clean(command.text, most=MOST_TEXT)
        who = clean(command.who, most=200)
        kind = KIND_OF[command.action]
        entries = tuple(
            Entry(
                id=self._book.next_entry(),
                alarm=alarm.id,
                kind=kind,
                at=command.at,
                noted=now,
                who=who,
                was=alarm.state.value if command.action is not Action.COMMENT else "",
                now=_STATE_WORD[command.action],
                text=text,
            )
            for alarm in alarms
        )
        changed = tuple(_after(alarm, entry) for alarm, entry in zip(alarms, entries, strict=True))
        durable = Durable(alarms=changed, entries=entries, command=command.id)
        for entry in entries:
            self._waiting.setdefault(entry.alarm, []).append((command.id, entry))
        return durable

    def _prospective(self, alarm: int) -> Alarm:
        """The record as it will be when the commands that wait are stored."""
        record = self._book.alarms[alarm]
        for _, entry in self._waiting.get(alarm, ()):
            record = _after(record, entry)
        return record

    def abandon(self, durable: Durable) -> None:
        """It could not be stored: it never was."""
        for entry in durable.entries:
            left = [waiting for waiting in self._waiting.pop(entry.alarm, []) if waiting[0] != durable.command]
            if left:
                self._waiting[entry.alarm] = left

    def commit(self, durable: Durable) -> None:
        """It is stored: make it true."""
        self.abandon(durable)
        for entry in durable.entries:
            if entry.alarm in self._book.alarms:
                self._book.apply(entry)


def _after(alarm: Alarm, entry: Entry) -> Alarm:
    after = with_axis(alarm, step(axis_of(alarm), entry))
    if entry.kind is EntryKind.ACKNOWLEDGED:
        after = replace(after, worse_again=False)
    if entry.kind is EntryKind.CLOSED and after.is_open:
        after = ended_by_person(after, entry.at)
    return after
