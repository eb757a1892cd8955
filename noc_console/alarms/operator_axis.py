"""The operator's axis of an alarm: what people said of it, told by its entries alone.

The entries are the truth: what stands in a record is only their fold, so nothing that a condition does can lose it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.command import Action
from noc_console.model.severity import OperatorState

_STATE_OF = {
    EntryKind.ACKNOWLEDGED: OperatorState.ACKNOWLEDGED,
    EntryKind.UNACKNOWLEDGED: OperatorState.NONE,
    EntryKind.CLOSED: OperatorState.CLOSED,
}
KIND_OF = {
    Action.ACKNOWLEDGE: EntryKind.ACKNOWLEDGED,
    Action.UNACKNOWLEDGE: EntryKind.UNACKNOWLEDGED,
    Action.COMMENT: EntryKind.COMMENTED,
    Action.CLOSE: EntryKind.CLOSED,
}
"""The entry that an action writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorAxis:
    """Who said what of an alarm, last."""

    state: OperatorState = OperatorState.NONE
    by: str = ""
    at: float | None = None
    note: str = ""


def step(axis: OperatorAxis, entry: Entry) -> OperatorAxis:
    """The axis after this entry; a comment or a change of the condition leaves it as it is."""
    state = _STATE_OF.get(entry.kind)
    if state is None:
        return axis
    note = axis.note if state is OperatorState.CLOSED and not entry.text else entry.text
    return OperatorAxis(state=state, by=entry.who, at=entry.at, note=note)


def fold(entries: Iterable[Entry]) -> OperatorAxis:
    """The axis that these entries of one alarm, in order, lead to."""
    axis = OperatorAxis()
    for entry in entries:
        axis = step(axis, entry)
    return axis


def axis_of(alarm: Alarm) -> OperatorAxis:
    """The axis as the record has it."""
    return OperatorAxis(state=alarm.state, by=alarm.state_by, at=alarm.state_at, note=alarm.note)


def with_axis(alarm: Alarm, axis: OperatorAxis) -> Alarm:
    """The record with this axis; `worse_again` ends where a person said something new."""
    said = axis != axis_of(alarm)
    return replace(
        alarm,
        state=axis.state,
        state_by=axis.by,
        state_at=axis.at,
        note=axis.note,
        worse_again=alarm.worse_again and not said,
    )


def applies(action: Action, state: OperatorState) -> bool:
    """Whether an action means something for an alarm in this state; a comment always does."""
    if action is Action.COMMENT:
        return True
    if action is Action.UNACKNOWLEDGE:
        return state is OperatorState.ACKNOWLEDGED
    return state is not OperatorState.CLOSED
