"""The operator's axis of an alarm: what people said of it, told by its entries alone.

The entries are the truth: what stands in a record is only their fold, so nothing that a condition does can lose it. What ends
by itself (an acknowledgement that got worse, a shelf whose time is over) is an entry too, with no `who`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from noc_console.model.alarm import Alarm, ByItself, Entry, EntryKind
from noc_console.model.command import Action
from noc_console.model.severity import OperatorState

KIND_OF = {
    Action.ACKNOWLEDGE: EntryKind.ACKNOWLEDGED,
    Action.UNACKNOWLEDGE: EntryKind.UNACKNOWLEDGED,
    Action.COMMENT: EntryKind.COMMENTED,
    Action.CLOSE: EntryKind.CLOSED,
    Action.SHELVE: EntryKind.SHELVED,
    Action.UNSHELVE: EntryKind.UNSHELVED,
    Action.ASSIGN: EntryKind.ASSIGNED,
    Action.REGROUP: EntryKind.REGROUPED,
}
"""The entry that an action writes."""

_STATE = frozenset({"state"})
_SHELF = frozenset({"shelf"})
SIDES = {
    EntryKind.ACKNOWLEDGED: _STATE,
    EntryKind.UNACKNOWLEDGED: _STATE,
    EntryKind.CLOSED: _STATE | _SHELF,
    EntryKind.REOPENED: _STATE | _SHELF,
    EntryKind.SHELVED: _SHELF,
    EntryKind.UNSHELVED: _SHELF,
    EntryKind.ASSIGNED: frozenset({"owner"}),
    EntryKind.REGROUPED: frozenset({"place"}),
}
"""What of the axis an entry changes; two that share a side cannot be undone out of their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorAxis:
    """Who said what of an alarm, last; and what keeps it quiet."""

    state: OperatorState = OperatorState.NONE
    by: str = ""
    at: float | None = None
    note: str = ""
    until: float | None = None
    worse_again: bool = False
    owner: str = ""
    placed: bool = False
    shelved_until: float | None = None
    shelved_by: str = ""
    shelf_reason: str = ""
    maintenance: str = ""


_FIELD_OF = {"by": "state_by", "at": "state_at", "until": "state_until"}
AXIS_FIELDS = tuple((field.name, _FIELD_OF.get(field.name, field.name)) for field in fields(OperatorAxis))
"""(field of the axis, field of the record)."""


def step(axis: OperatorAxis, entry: Entry) -> OperatorAxis:
    """The axis after this entry, which undoes none; a comment or a change of the condition leaves it as it is."""
    match entry.kind:
        case EntryKind.ACKNOWLEDGED | EntryKind.UNACKNOWLEDGED | EntryKind.CLOSED:
            return _said(axis, entry)
        case EntryKind.SHELVED:
            return replace(axis, shelved_until=entry.until, shelved_by=entry.who, shelf_reason=entry.text)
        case EntryKind.UNSHELVED:
            return _off_the_shelf(axis)
        case EntryKind.ASSIGNED:
            return replace(axis, owner=entry.now)
        case EntryKind.REGROUPED:
            return replace(axis, placed=axis.placed or bool(entry.who))
        case EntryKind.MAINTENANCE:
            return replace(axis, maintenance=entry.now)
        case _:
            return axis


def _said(axis: OperatorAxis, entry: Entry) -> OperatorAxis:
    if entry.kind is EntryKind.ACKNOWLEDGED:
        state = OperatorState.ACKNOWLEDGED
    else:
        state = OperatorState.CLOSED if entry.kind is EntryKind.CLOSED else OperatorState.NONE
    # The monitor's word for why is no note of a person; and a close without words keeps those of the acknowledgement.
    keeps_note = not entry.who if state is OperatorState.NONE else (state is OperatorState.CLOSED and not entry.text)
    said = replace(
        axis,
        state=state,
        by=entry.who,
        at=entry.at,
        note=axis.note if keeps_note else entry.text,
        until=entry.until if state is OperatorState.ACKNOWLEDGED else None,
        worse_again=not entry.who and entry.text == ByItself.WORSE,
    )
    return _off_the_shelf(said) if state is OperatorState.CLOSED else said


def _off_the_shelf(axis: OperatorAxis) -> OperatorAxis:
    return replace(axis, shelved_until=None, shelved_by="", shelf_reason="")


def undone(told: Sequence[Entry]) -> frozenset[int]:
    """Of the entries of one alarm, in order, those that were taken back."""
    found: set[int] = set()
    for entry in reversed(told):
        # What undoes may be undone itself.
        if entry.undoes is not None and entry.id not in found:
            found.add(entry.undoes)
    return frozenset(found)


def counting(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of one alarm, in order, without those that were undone, and without what undid them."""
    told = list(entries)
    if all(entry.undoes is None for entry in told):
        return told
    gone = undone(told)
    return [entry for entry in told if entry.undoes is None and entry.id not in gone]


def fold(entries: Iterable[Entry]) -> OperatorAxis:
    """The axis that these entries of one alarm, in order, lead to."""
    axis = OperatorAxis()
    for entry in counting(entries):
        axis = step(axis, entry)
    return axis


def axis_of(alarm: Alarm) -> OperatorAxis:
    """The axis as the record has it."""
    return OperatorAxis(**{ours: getattr(alarm, theirs) for ours, theirs in AXIS_FIELDS})


def with_axis(alarm: Alarm, axis: OperatorAxis) -> Alarm:
    """The record with this axis."""
    return replace(alarm, **{theirs: getattr(axis, ours) for ours, theirs in AXIS_FIELDS})


def applies(action: Action, alarm: Alarm) -> bool:
    """Whether an action means something for an alarm as it stands; a comment always does."""
    if action is Action.COMMENT:
        return True
    if action is Action.UNACKNOWLEDGE:
        return alarm.state is OperatorState.ACKNOWLEDGED
    if action is Action.UNSHELVE:
        return alarm.shelved_until is not None
    if action is Action.SHELVE and not alarm.is_open:
        return False
    return alarm.state is not OperatorState.CLOSED
