"""What a person tells the monitor."""

from dataclasses import dataclass
from enum import StrEnum

from noc_console.model.maintenance import MaintenanceWindow


class Action(StrEnum):
    """What to do with the alarms of a command."""

    ACKNOWLEDGE = "acknowledge"
    UNACKNOWLEDGE = "unacknowledge"
    COMMENT = "comment"
    CLOSE = "close"
    SHELVE = "shelve"
    """Needs `text` (the reason) and `until`."""
    UNSHELVE = "unshelve"
    ASSIGN = "assign"
    """To `owner`; empty = nobody's."""
    REGROUP = "regroup"
    """Under the alarm `under` as its symptom, or, where that is None, as a cause of its own."""
    UNDO = "undo"
    """Take back the command `undoes` of the same person, all of it; `alarms` may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One action on any number of alarms; stored before it is shown as done. `id` is unique to its sender (a UUID)."""

    id: str
    action: Action
    alarms: tuple[int, ...]
    who: str
    at: float
    text: str = ""
    until: float | None = None
    """UTC seconds: when an acknowledgement (None = it has no end) or a shelf ends."""
    owner: str = ""
    under: int | None = None
    undoes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMaintenance:
    """Add a maintenance window, or replace the one with its id; `ended` in the window ends it. Stored before it counts."""

    id: str
    window: MaintenanceWindow
    who: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNow:
    """Ask this device now (F5)."""

    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandOutcome:
    """What became of a command. `error` is a code: `disk-full`, `store-failed`, `unknown-alarm`…; empty if done.

    An undo that was done may have left out alarms that were changed since: these are `left`.
    """

    id: str
    error: str = ""
    detail: str = ""
    left: tuple[int, ...] = ()
