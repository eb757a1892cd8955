"""What the monitor has to tell since it was last asked: touched by its parts, emptied by `take`."""

from dataclasses import dataclass, field

from noc_console.model.changes import (
    Baseline,
    Changes,
    CollectorState,
    DeviceState,
    Durable,
    Known,
    LoadState,
    Row,
    StateChange,
    StoreState,
)
from noc_console.model.command import CommandOutcome
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.poll import Cursor, PollRequest, PollResult


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Output:
    """What the monitor gives at once: for the window, for the store, for the collectors. None = nothing to tell."""

    changes: Changes | None
    durable: Durable | None
    requests: tuple[PollRequest, ...]


@dataclass(slots=True)
class Gathered:
    """The parts' common basket. Of rows, device states and what is known, the newest of a key stays."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    devices: dict[str, DeviceState] = field(default_factory=dict)
    known: dict[tuple[str, str], Known] = field(default_factory=dict)
    collectors: dict[str, CollectorState] = field(default_factory=dict)
    outcomes: list[CommandOutcome] = field(default_factory=list)
    store: StoreState | None = None
    load: LoadState | None = None
    maintenance: tuple[MaintenanceWindow, ...] | None = None
    states: list[StateChange] = field(default_factory=list)
    baselines: list[Baseline] = field(default_factory=list)
    cursors: dict[tuple[str, str], Cursor] = field(default_factory=dict)
    results: list[PollResult] = field(default_factory=list)
    requests: dict[tuple[str, str, str], PollRequest] = field(default_factory=dict)

    def ask(self, device: str, source: str, why: str) -> None:
        """Have this source polled now; asked twice is asked once."""
        self.requests[device, source, why] = PollRequest(device=device, source=source, why=why)
