"""What people tell the monitor: checked and turned into entries first, made true only when they are stored."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import isfinite

from noc_console.alarms.book import Book, ended_by_person
from noc_console.alarms.operator_axis import KIND_OF, applies, axis_of, fold, step, with_axis
from noc_console.alarms.tale import changed_at, stands
from noc_console.model.alarm import Alarm, ByItself, Entry, EntryKind
from noc_console.model.changes import Durable
from noc_console.model.command import Action, Command, CommandOutcome
from noc_console.model.severity import OperatorState
from noc_console.monitor.undo import Undo
from noc_console.text import clean

MOST_TEXT = 2000
"""Characters of a note or comment."""

MOST_NAME = 200

_STATE_WORD = {
    Action.ACKNOWLEDGE: OperatorState.ACKNOWLEDGED.value,
    Action.UNACKNOWLEDGE: OperatorState.NONE.value,
    Action.CLOSE: OperatorState.CLOSED.value,
}
_WITH_END = (Action.ACKNOWLEDGE, Action.SHELVE)


class Commands:
    """Commands between their coming and their commit. Used from the monitor's thread."""

    def __init__(self, book: Book, symptoms: Callable[[Alarm], Iterable[int]] = lambda alarm: ()) -> None:
        """`symptoms` gives what hangs under a cause."""
        self._book = book
        self._symptoms = symptoms
        self._waiting: dict[int, list[Entry]] = {}
        self._undo = Undo(book, self._waiting)

    def restore(self, now: float) -> None:
        """What was done shortly before the start can be undone."""
        self._undo.restore(now)

    def prepare(self, command: Command, now: float) -> Durable | CommandOutcome:
        """What is to be stored, or why not. Nothing is changed yet.

        Alarms on which it means nothing (acknowledging a closed one) are left out; if it means nothing on any, it is refused.
        """
        if self._undo.is_done(command.id):
            # Sent again by who did not hear of its commit.
            return CommandOutcome(id=command.id)
        if command.action is Action.UNDO:
            entries = self._undo.entries(replace(command, who=clean(command.who, most=MOST_NAME)), now)
            return self._prepared(command, entries) if isinstance(entries, list) else entries
        numbers = list(dict.fromkeys(command.alarms))
        error = _mistake(command, now)
        if error:
            return CommandOutcome(id=command.id, error=error)
        asked = numbers if command.under is None else [*numbers, command.under]
        unknown = [i for i in asked if i not in self._book.alarms]
        if unknown:
            return CommandOutcome(id=command.id, error="unknown-alarm", detail=", ".join(map(str, unknown[:20])))
        command = replace(
            command,
            text=clean(command.text, most=MOST_TEXT),
            who=clean(command.who, most=MOST_NAME),
            owner=clean(command.owner, most=MOST_NAME).strip(),
        )
        alarms = [alarm for alarm in map(self.prospective, numbers) if applies(command.action, alarm)]
        if command.action is Action.REGROUP:
            return self._regroup(command, alarms, now)
        if command.action is Action.ASSIGN:
            alarms = [alarm for alarm in alarms if alarm.owner != command.owner]
        return self._prepared(command, [self._entry(command, alarm, now) for alarm in alarms])

    def _entry(self, command: Command, alarm: Alarm, now: float) -> Entry:
        was, word = alarm.state.value, _STATE_WORD.get(command.action, "")
        if command.action is Action.ASSIGN:
            was, word = alarm.owner, command.owner
        elif command.action not in _STATE_WORD:
            was = ""
        return Entry(
            id=self._book.next_entry(),
            alarm=alarm.id,
            kind=KIND_OF[command.action],
            at=command.at,
            noted=now,
            who=command.who,
            was=was,
            now=word,
            text=command.text,
            until=command.until if command.action in _WITH_END else None,
            command=command.id,
        )

    def _regroup(self, command: Command, alarms: list[Alarm], now: float) -> Durable | CommandOutcome:
        root = self.prospective(command.under) if command.under is not None else None
        if root is not None and root.symptom_of is not None and root.symptom_of in self._book.alarms:
            root = self.prospective(root.symptom_of)
        if root is not None and root.state is OperatorState.CLOSED:
            return CommandOutcome(id=command.id, error="under-closed", detail=str(root.id))
        target = root.id if root is not None else None
        if target is not None and [alarm.id for alarm in alarms] == [target]:
            return CommandOutcome(id=command.id, error="under-itself", detail=str(target))
        entries: dict[int, Entry] = {}
        for alarm in alarms:
            if alarm.id != target and not (alarm.placed and alarm.symptom_of == target):
                entries[alarm.id] = self._placed(command, alarm, target, now)
        for cause in alarms if target is not None else ():
            for number in self._symptoms(cause):
                if number not in entries and cause.id in entries:
                    entries[number] = self._placed(command, self.prospective(number), target, now, along=True)
        return self._prepared(command, sorted(entries.values(), key=lambda entry: entry.id))

    def _placed(self, command: Command, alarm: Alarm, under: int | None, now: float, *, along: bool = False) -> Entry:
        entry = replace(self._entry(command, alarm, now), was=_number(alarm.symptom_of), now=_number(under))
        return replace(entry, who="", text=ByItself.ALONG) if along else entry

    def _prepared(self, command: Command, entries: list[Entry]) -> Durable | CommandOutcome:
        if not entries:
            return CommandOutcome(id=command.id, error="nothing-to-do")
        for entry in entries:
            self._waiting.setdefault(entry.alarm, []).append(entry)
        # Where it belongs is moved at the commit: until then its record keeps cause and incident as they are.
        alarms = tuple(self.spoken(number) for number in dict.fromkeys(entry.alarm for entry in entries))
        return Durable(alarms=alarms, entries=tuple(entries), command=command.id)

    def prospective(self, alarm: int) -> Alarm:
        """The record as it will be when the commands that wait are stored and done."""
        record = self.spoken(alarm)
        for entry in self._waiting.get(alarm, ()):
            if entry.kind is EntryKind.REGROUPED:
                record = replace(record, symptom_of=int(entry.now) if entry.now else None)
        return record

    def spoken(self, alarm: int) -> Alarm:
        """The record with the operator's axis as it will be when the commands that wait are stored."""
        self._book.breathe()
        record = self._book.alarms[alarm]
        waiting = self._waiting.get(alarm)
        if not waiting:
            return record
        told = sorted((*self._book.entries.get(alarm, ()), *waiting), key=lambda entry: entry.id)
        if len(waiting) == 1 and told[-1] is waiting[0] and waiting[0].undoes is None:
            record = with_axis(record, step(axis_of(record), waiting[0]))
        else:
            record = with_axis(record, fold(told))
        if record.state is OperatorState.CLOSED and record.is_open:
            return ended_by_person(record, record.state_at or record.changed)
        is_back = waiting[-1].kind is EntryKind.REOPENED and record.state is not OperatorState.CLOSED and stands(told)
        return replace(record, cleared=None, changed=changed_at(told, record.changed)) if is_back else record

    def abandon(self, durable: Durable) -> None:
        """It could not be stored: it never was."""
        for entry in durable.entries:
            left = [waiting for waiting in self._waiting.pop(entry.alarm, []) if waiting.command != durable.command]
            if left:
                self._waiting[entry.alarm] = left

    def commit(self, durable: Durable, now: float) -> CommandOutcome:
        """It is stored: make it true."""
        self.abandon(durable)
        for entry in durable.entries:
            self._book.breathe()
            if entry.alarm in self._book.alarms:
                self._book.apply(entry)
        self._undo.note(durable.entries, now)
        return CommandOutcome(id=durable.command, left=self._undo.left(durable.command))


def _mistake(command: Command, now: float) -> str:
    """The code of what is wrong with a command by itself; empty if nothing."""
    has_end = command.action in _WITH_END and command.until is not None
    if command.action not in KIND_OF:
        return "not-possible"
    if command.action is Action.COMMENT and not command.text.strip():
        return "no-text"
    if command.action is Action.SHELVE and not command.text.strip():
        return "no-reason"
    if command.action is Action.SHELVE and command.until is None:
        return "no-end"
    if has_end and not (command.until is not None and isfinite(command.until) and command.until > now):
        return "end-in-past"
    return ""


def _number(alarm: int | None) -> str:
    return "" if alarm is None else str(alarm)
