"""Alarms and their entries, as frozen records: each change makes a new one.

An alarm is a code with parameters; sentences are made in `widgets`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from noc_console.model.severity import OperatorState, Severity

Param = float | int | str | None


class EntryKind(StrEnum):
    """What an entry tells."""

    RAISED = "raised"
    SEVERITY = "severity-changed"
    CLEARED = "cleared"
    ACKNOWLEDGED = "acknowledged"
    UNACKNOWLEDGED = "unacknowledged"
    COMMENTED = "commented"
    CLOSED = "closed"
    REOPENED = "reopened"
    """A close was undone: the condition stands again as it did."""
    SHELVED = "shelved"
    UNSHELVED = "unshelved"
    ASSIGNED = "assigned"
    """`was` and `now` are the owners; empty = nobody's."""
    REGROUPED = "regrouped"
    """Placed under another cause (`now` = that alarm's number) or made a cause of its own (`now` empty) by a person."""
    FOLDED = "folded"
    """The monitor put it under a cause (`now` = that alarm's number, `text` = why), or found it to be one (`now` empty)."""
    MAINTENANCE = "maintenance"
    """`was` and `now` are the maintenance windows that cover it; empty = none."""
    SHELF_ENDING = "shelf-ending"
    """Told once, a while before a shelf ends by its time (`until`)."""


class ByItself(StrEnum):
    """Why the monitor changed what people had said: the `text` of an entry with no `who`."""

    WORSE = "worse"
    """An acknowledgement: it got worse since."""
    TIME = "time"
    """An acknowledgement or a shelf: its time is over."""
    CLEARED = "cleared"
    """A shelf: the condition is gone."""
    ALONG = "along"
    """A symptom: it went along when its cause was placed under another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change of one alarm, never changed itself.

    `at` is when it happened at the device, `noted` when the monitor knew (UTC seconds); `who` is empty for the monitor.
    """

    id: int
    alarm: int
    kind: EntryKind
    at: float
    noted: float
    who: str = ""
    was: str = ""
    now: str = ""
    text: str = ""
    until: float | None = None
    """When what it says ends by itself: an acknowledgement or a shelf."""
    command: str = ""
    """The command that it was written for."""
    undoes: int | None = None
    """The entry that it takes back: that one counts as never said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One episode of the alarm of one (resource, type, qualifier).

    `type` is one of the codes in `noc_console.alarms.types`. `params` are numbers and words that the sentence is made from
    (`value`, `limit`, `unit`, `xid`, …). `device` is None for what is no device (a collector, an inferred cause).
    """

    id: int
    device: str | None
    component: str
    type: str
    qualifier: str = ""
    severity: Severity
    raised: float
    changed: float
    cleared: float | None = None
    count: int = 1
    """Raises within this episode."""
    state: OperatorState = OperatorState.NONE
    state_by: str = ""
    state_at: float | None = None
    note: str = ""
    """Words of the last acknowledgement."""
    worse_again: bool = False
    """Got worse after it was acknowledged: calls again."""
    params: Mapping[str, Param] = field(default_factory=dict)
    incident: int | None = None
    symptom_of: int | None = None
    why: str = ""
    reason: tuple[str, ...] = ()
    """What `why` says, as a code and its names, for the words of each language."""
    placed: bool = False
    """A person said where it belongs: no judgement moves it."""
    announced: tuple[float, ...] = ()
    owner: str = ""
    """Who has it in hand; empty = nobody."""
    state_until: float | None = None
    """When its acknowledgement ends by itself; None = when it is taken back or gets worse."""
    shelved_until: float | None = None
    """When its shelf ends, at the latest; None = it is not shelved."""
    shelved_by: str = ""
    shelf_reason: str = ""
    maintenance: str = ""
    """The maintenance window (its id) that covers it now."""
    chattering: bool = False
    """It comes and goes so often that it stands as one, with a count."""
    site: str | None = None
    room: str | None = None
    rack: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether its condition stands."""
        return self.cleared is None

    @property
    def is_quiet(self) -> bool:
        """Whether it calls nobody by a person's word: on the shelf, or under maintenance."""
        return self.shelved_until is not None or bool(self.maintenance)

    @property
    def needs_someone(self) -> bool:
        """A cause that stands and is in nobody's hands: what is drawn filled. A symptom never is, nor what is quiet."""
        return self.is_open and self.state is OperatorState.NONE and self.symptom_of is None and not self.is_quiet

    @property
    def identity(self) -> tuple[str | None, str, str, str]:
        """(device, component, type, qualifier)."""
        return self.device, self.component, self.type, self.qualifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One cause and what belongs to it. In this part every alarm is its own incident."""

    id: int
    root: Mapping[str, object]
    opened: float
    closed: float | None = None
    alarms: tuple[int, ...] = ()
    cause: int | None = None
    """The alarm that it was opened for."""
