"""What the store tells, from its own thread."""

from dataclasses import dataclass

from noc_console.model.changes import Durable


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """A person's durable is on disk: it may be shown as done."""

    durable: Durable


@dataclass(frozen=True, slots=True, kw_only=True)
class NotStored:
    """A person's durable could not be stored and is given up; `error` is a code, `detail` a sentence."""

    durable: Durable
    error: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreTrouble:
    """Nothing can be stored now; what must last waits (`waiting` durables) and is tried again. Told at each failed try."""

    error: str
    """`disk-full` or `store-failed`."""
    detail: str
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreWell:
    """Something was stored: told at the first commit, after trouble, and about every five seconds (UTC seconds)."""

    last_commit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePreparing:
    """What an older version stored is being made ready: how much is done (0 to 1), None = all is. Told now and then."""

    share: float | None


StoreReport = Committed | NotStored | StoreTrouble | StoreWell | StorePreparing
