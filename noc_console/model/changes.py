"""What the monitor tells: a snapshot, then numbered changes; and what of it must last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from noc_console.model.alarm import Alarm, Entry, Incident
from noc_console.model.command import CommandOutcome
from noc_console.model.fleet import End, Inventory
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.poll import Cursor, Facts, Layout, Limits, Neighbour, PollResult, TrapCounts, Values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """Latest values of one source of one device.

    Attributes
    ----------
    time : when the answer came (UTC seconds). interval : seconds, as in the poll.
    values, rates : (len(layout),) float64; a rate (per second) stands only at counters (`…_total`), NaN elsewhere.
    """

    device: str
    source: str
    time: float
    interval: float
    layout: Layout
    values: Values
    rates: Values
    texts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How one source of a device answers."""

    source: str
    interval: float
    last_answer: float | None
    last_poll: float | None
    duration: float | None
    misses: int
    error: str = ""
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """What is known of a device. `reachable` is None until it was asked; `suspect` after a first miss."""

    device: str
    reachable: bool | None
    suspect: bool = False
    since: float | None = None
    sources: Mapping[str, SourceState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """What is known of a link. `status` is `up`, `down` or `unknown`.

    Loads are shares of the speed, 0 to 1 and above, NaN = not known: `load_ab` from a to b.
    """

    a: End
    b: End
    planned: bool
    status: str
    speed: float
    load_ab: float
    load_ba: float
    time: float | None
    found_by: str = ""
    """`lldp`, `cdp`, or empty where only the plan knows it."""
    evidence: tuple[str, ...] = ()
    """Protocols by which its ends told of each other last: `lldp`, `cdp`, `bridge` (a single station), `bgp` (a peer)."""
    seen: float | None = None
    """When an end told of it last, UTC seconds."""
    plan: str = ""
    """`agreed`, `missing` (both ends tell of neighbours, not of each other), `unplanned`, `contradictory`; empty: not known."""
    instead: str = ""
    """`device:port` that is at a planned port in place of what the plan says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorState:
    """Health of a collector as the monitor judges it; the counts are those of its last beat."""

    collector: str
    alive: bool
    last_beat: float
    devices: int
    polls: int
    due: int
    failed: int
    late: int
    behind_seconds: float
    traps: TrapCounts | None = None
    """Of the one that receives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreState:
    """Whether what must last can be stored. `error` is a code (`disk-full`, `store-failed`), empty when well."""

    error: str = ""
    detail: str = ""
    last_commit: float | None = None
    waiting: int = 0
    preparing: float | None = None
    """How much of what an older version stored is ready to be searched and bound (0 to 1); None: all is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadState:
    """How busy the operators are: calls in the last 10 minutes, and whether it is a flood (above 10, until below 5)."""

    calls: int
    flood: bool = False
    since: float | None = None
    """When the flood began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Facts, limits, neighbours of one source of a device, as last given."""

    device: str
    source: str
    facts: Facts
    limits: Limits
    neighbours: tuple[Neighbour, ...]
    time: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Changes:
    """What was touched since the changes before; `number` counts up by one.

    `first` is set where several were taken together while they waited: the number of the first of them (0 = `number`).
    """

    number: int
    time: float
    first: int = 0
    rows: tuple[Row, ...] = ()
    devices: tuple[DeviceState, ...] = ()
    links: tuple[LinkState, ...] = ()
    known: tuple[Known, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    entries: tuple[Entry, ...] = ()
    incidents: tuple[Incident, ...] = ()
    collectors: tuple[CollectorState, ...] = ()
    outcomes: tuple[CommandOutcome, ...] = ()
    store: StoreState | None = None
    load: LoadState | None = None
    maintenance: tuple[MaintenanceWindow, ...] | None = None
    """All windows that are not over, where one of them changed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """Everything at one moment; changes with a number above `number` follow.

    `alarms` are those that are open, or ended in the last 24 hours, or 72 where nobody has said anything of
    them; `entries` are theirs.
    """

    number: int
    time: float
    inventory: Inventory
    rows: tuple[Row, ...] = ()
    devices: tuple[DeviceState, ...] = ()
    links: tuple[LinkState, ...] = ()
    known: tuple[Known, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    entries: tuple[Entry, ...] = ()
    incidents: tuple[Incident, ...] = ()
    collectors: tuple[CollectorState, ...] = ()
    store: StoreState = field(default_factory=StoreState)
    load: LoadState = field(default_factory=lambda: LoadState(calls=0))
    maintenance: tuple[MaintenanceWindow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A state that changed at a moment, kept so that the past can be shown: port, reachability, link, device state, fact.

    `kind` is `reachable`, `port`, `link`, `fact`, `neighbour`; `was` and `now` are words or numbers as text.
    """

    time: float
    device: str
    component: str
    kind: str
    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Something that was seen and is expected to stay: a GPU's serial, a port that has been up, a neighbour.

    `kind` is `gpu`, `port-up`, `neighbour`; `value` is its text (a serial, a name), empty = forget it.
    """

    device: str
    kind: str
    name: str
    value: str
    time: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Durable:
    """What must be stored together, in one transaction. `command` is set where a person waits for the commit."""

    alarms: tuple[Alarm, ...] = ()
    entries: tuple[Entry, ...] = ()
    incidents: tuple[Incident, ...] = ()
    states: tuple[StateChange, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    cursors: tuple[tuple[str, Cursor], ...] = ()
    """(device, cursor)."""
    results: tuple[PollResult, ...] = ()
    """Answers whose readings are kept."""
    maintenance: tuple[MaintenanceWindow, ...] = ()
    """Windows as they are from now on."""
    axes: tuple[int, ...] = ()
    """Of `alarms`, those whose operator's axis the monitor changed by itself."""
    urgent: bool = False
    """Somebody was called: to be on disk at once, so that a restart does not call again."""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What the monitor starts from: the durable state of the run before."""

    alarms: tuple[Alarm, ...] = ()
    entries: tuple[Entry, ...] = ()
    incidents: tuple[Incident, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    cursors: tuple[tuple[str, Cursor], ...] = ()
    states: tuple[StateChange, ...] = ()
    """The newest of each (device, component, kind, name)."""
    maintenance: tuple[MaintenanceWindow, ...] = ()
    last_alarm: int = 0
    last_entry: int = 0
    last_incident: int = 0
