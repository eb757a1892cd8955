"""Which group of the list an alarm belongs to, and where it stands in it."""

from enum import IntEnum

from noc_console.model.alarm import Alarm
from noc_console.model.severity import OperatorState

ENDS_SOON = 900.0
"""Seconds before its end in which a shelf is told as ending."""


class Group(IntEnum):
    """Groups from the top."""

    NEEDS_YOU = 0
    HELD = 1
    ENDING_SOON = 2
    IN_HAND = 3
    WARNINGS = 4
    MAINTENANCE = 5
    CLEARED = 6
    SHELVED = 7
    CLOSED = 8


class Scope(IntEnum):
    """Which alarms are looked at."""

    OPEN = 0
    MINE = 1
    SHELVED = 2
    ALL = 3


GROUPS_OF = {
    Scope.OPEN: frozenset(Group) - {Group.SHELVED, Group.CLOSED},
    Scope.MINE: frozenset(Group) - {Group.CLOSED},
    Scope.SHELVED: frozenset({Group.ENDING_SOON, Group.SHELVED}),
    Scope.ALL: frozenset(Group),
}
ALWAYS_THERE = frozenset({Group.NEEDS_YOU, Group.IN_HAND, Group.WARNINGS, Group.CLEARED})
"""Groups whose heads stand among the open alarms even when they are empty."""


def group_of(alarm: Alarm, now: float | None = None) -> Group:
    """The group that an alarm belongs to; without `now` no shelf ends soon."""
    if alarm.state is OperatorState.CLOSED:
        return Group.CLOSED
    if not alarm.is_open:
        return Group.CLEARED
    if alarm.shelved_until is not None:
        return Group.ENDING_SOON if ends_soon(alarm, now) else Group.SHELVED
    if alarm.maintenance:
        return Group.MAINTENANCE
    if not alarm.severity.calls:
        return Group.WARNINGS if alarm.needs_someone else Group.IN_HAND
    if is_held(alarm):
        return Group.HELD
    return Group.NEEDS_YOU if calls_someone(alarm) else Group.IN_HAND


def calls_someone(alarm: Alarm) -> bool:
    """Whether a row is filled and washed: it calls, and is in nobody's hands or got worse in somebody's."""
    if alarm.symptom_of is not None or not alarm.severity.calls or alarm.is_quiet or not alarm.is_open or is_held(alarm):
        return False
    return alarm.state is OperatorState.NONE or alarm.worse_again


def is_held(alarm: Alarm) -> bool:
    """Whether it waits for its cause: nobody is called yet, since within a minute it may hang on something else."""
    return alarm.needs_someone and alarm.severity.calls and not alarm.announced and alarm.incident is None


def is_filled(alarm: Alarm) -> bool:
    """Whether its glyph is filled: it is in nobody's hands, and whoever it is for was told."""
    return alarm.needs_someone and not is_held(alarm)


def ends_soon(alarm: Alarm, now: float | None) -> bool:
    """Whether its shelf ends within a quarter of an hour."""
    return alarm.shelved_until is not None and now is not None and alarm.shelved_until - now <= ENDS_SOON


def is_of(alarm: Alarm, who: str) -> bool:
    """Whether a person has it in hand: as its owner, or, where it has none, as who acknowledged it."""
    return (alarm.owner or alarm.state_by) == who if who else False


def sort_key(alarm: Alarm, now: float | None) -> tuple[float, float, float]:
    """Group, then worst, then newest first; what is over only by when, what is shelved by its end."""
    group = group_of(alarm, now)
    if group in (Group.SHELVED, Group.ENDING_SOON):
        return float(group), 0.0, alarm.shelved_until or 0.0
    if group is Group.CLOSED:
        return float(group), 0.0, -alarm.raised
    newest = alarm.cleared if group is Group.CLEARED and alarm.cleared is not None else alarm.raised
    return float(group), -float(alarm.severity), -newest
