"""What the entries of one alarm tell together: whether it stands, what an acknowledgement stood for, whether a call is owed.

Used live and after a restart alike, so that both say the same.
"""

from collections.abc import Sequence

from noc_console.alarms.operator_axis import counting
from noc_console.model.alarm import Alarm, ByItself, Entry, EntryKind
from noc_console.model.severity import Severity

_ENDS_OF_QUIET = (EntryKind.UNSHELVED, EntryKind.UNACKNOWLEDGED, EntryKind.REOPENED)
_IN_HAND = (EntryKind.SHELVED, EntryKind.ACKNOWLEDGED, EntryKind.CLOSED, EntryKind.CLEARED)


def stands(told: Sequence[Entry]) -> bool | None:
    """Whether the condition stands, whatever a person said of it; None where nothing is told of it."""
    for entry in reversed(told):
        if entry.kind is EntryKind.RAISED:
            return True
        if entry.kind is EntryKind.CLEARED:
            return False
    return None


def changed_at(told: Sequence[Entry], otherwise: float) -> float:
    """When the condition changed last, whatever a person did to it."""
    kinds = (EntryKind.RAISED, EntryKind.SEVERITY, EntryKind.CLEARED)
    return next((entry.at for entry in reversed(told) if entry.kind in kinds), otherwise)


def acknowledged_at(told: Sequence[Entry]) -> Severity | None:
    """The severity that the standing acknowledgement was for; None if there is none."""
    severity = Severity.INDETERMINATE
    answered: Severity | None = None
    for entry in counting(told):
        if entry.kind in (EntryKind.RAISED, EntryKind.SEVERITY):
            severity = Severity.of(entry.now)
        elif entry.kind is EntryKind.ACKNOWLEDGED:
            answered = severity
        elif entry.kind in (EntryKind.UNACKNOWLEDGED, EntryKind.CLOSED):
            answered = None
    return answered


def severity_at(told: Sequence[Entry], at: float) -> Severity:
    """How bad it was at a moment."""
    severity = Severity.INDETERMINATE
    for entry in told:
        if entry.kind in (EntryKind.RAISED, EntryKind.SEVERITY) and entry.at <= at:
            severity = Severity.of(entry.now)
    return severity


def owed_since(alarm: Alarm, told: Sequence[Entry]) -> float | None:
    """Since when an alarm that nobody was called for, or not since its quiet time ended, waits for its call; None = it does not.

    An end by time calls again; an end by a person's hand only where nobody was ever called.
    """
    if not alarm.needs_someone or alarm.incident is None:
        return None
    owed: float | None = None
    for entry in told:
        if entry.kind is EntryKind.MAINTENANCE:
            owed = None if entry.now else entry.at
        elif entry.kind in _ENDS_OF_QUIET:
            by_time = not entry.who and entry.text == ByItself.TIME
            owed = entry.at if by_time or not alarm.announced else None
        elif entry.kind in _IN_HAND:
            owed = None
    if owed is None or (alarm.announced and alarm.announced[-1] >= owed):
        return None
    return owed
