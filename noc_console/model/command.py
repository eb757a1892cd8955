"""What a person tells the monitor."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What to do with the alarms of a command."""

    ACKNOWLEDGE = "acknowledge"
    UNACKNOWLEDGE = "unacknowledge"
    COMMENT = "comment"
    CLOSE = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One action on any number of alarms; stored before it is shown as done. `id` is unique to its sender (a UUID)."""

    id: str
    action: Action
    alarms: tuple[int, ...]
    who: str
    at: float
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNow:
    """Ask this device now (F5)."""

    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandOutcome:
    """What became of a command. `error` is a code: `disk-full`, `store-failed`, `unknown-alarm`…; empty if done."""

    id: str
    error: str = ""
    detail: str = ""
