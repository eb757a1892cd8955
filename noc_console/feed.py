"""The way of changes from the monitor thread to one reader: taken together while they wait, never blocking the monitor.

While they wait, the newest of a key wins; entries and outcomes are all kept. Of rows, older ones are kept for a while too, so
that the curves of a window that was busy for a moment have no holes.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from noc_console.model.alarm import Alarm, Entry, Incident
from noc_console.model.changes import Changes, CollectorState, DeviceState, Known, LinkState, LoadState, Row, Snapshot, StoreState
from noc_console.model.command import CommandOutcome
from noc_console.model.maintenance import MaintenanceWindow

MOST_WAITING = 50_000
"""Things that may wait before the reader is told to take a new snapshot."""
MOST_OLDER_ROWS = 5_000
"""Rows that may wait beside the newest of their keys (about 30 MB at 347 values)."""

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class _Waiting:
    """Changes taken together: numbers `first` to `last`."""

    first: int = 0
    last: int = 0
    time: float = 0.0
    rows: list[Row] = field(default_factory=list)
    newest: dict[tuple[str, str], Row] = field(default_factory=dict)
    devices: dict[str, DeviceState] = field(default_factory=dict)
    links: dict[object, LinkState] = field(default_factory=dict)
    known: dict[tuple[str, str], Known] = field(default_factory=dict)
    alarms: dict[int, Alarm] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    incidents: dict[int, Incident] = field(default_factory=dict)
    collectors: dict[str, CollectorState] = field(default_factory=dict)
    outcomes: list[CommandOutcome] = field(default_factory=list)
    store: StoreState | None = None
    load: LoadState | None = None
    maintenance: tuple[MaintenanceWindow, ...] | None = None

    def add(self, changes: Changes) -> None:
        """Take the next ones."""
        self.first = self.first or changes.number
        self.last, self.time = changes.number, changes.time
        self.rows.extend(changes.rows)
        _put(self.newest, changes.rows, lambda row: (row.device, row.source))
        _put(self.devices, changes.devices, lambda state: state.device)
        _put(self.links, changes.links, lambda link: (link.a, link.b))
        _put(self.known, changes.known, lambda known: (known.device, known.source))
        _put(self.alarms, changes.alarms, lambda alarm: alarm.id)
        _put(self.incidents, changes.incidents, lambda incident: incident.id)
        _put(self.collectors, changes.collectors, lambda collector: collector.collector)
        self.entries.extend(changes.entries)
        self.outcomes.extend(changes.outcomes)
        self.store = changes.store or self.store
        self.load = changes.load or self.load
        self.maintenance = changes.maintenance if changes.maintenance is not None else self.maintenance
        if len(self.rows) > len(self.newest) + MOST_OLDER_ROWS:
            self.rows = list(self.newest.values())

    def size(self) -> int:
        """How much waits."""
        return len(self.newest) + len(self.alarms) + len(self.entries) + len(self.links) + len(self.known)

    def together(self) -> Changes:
        """All of it as one."""
        return Changes(
            number=self.last,
            first=self.first,
            time=self.time,
            rows=tuple(self.rows),
            devices=tuple(self.devices.values()),
            links=tuple(self.links.values()),
            known=tuple(self.known.values()),
            alarms=tuple(self.alarms.values()),
            entries=tuple(self.entries),
            incidents=tuple(self.incidents.values()),
            collectors=tuple(self.collectors.values()),
            outcomes=tuple(self.outcomes),
            store=self.store,
            load=self.load,
            maintenance=self.maintenance,
        )


def _put(waiting: dict[Key, Item], news: Iterable[Item], key: Callable[[Item], Key]) -> None:
    for item in news:
        waiting[key(item)] = item


class Feed:
    """Changes for one reader. `restart` and `publish` from the monitor thread, `take` and `lost` from any.

    Attributes
    ----------
    overflowed : the reader needs a new snapshot (too much waited, or it said so); nothing is kept until `restart`.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting = _Waiting()
        self._snapshot: Snapshot | None = None
        self.overflowed = False

    def restart(self, snapshot: Snapshot) -> None:
        """Give the reader a whole state; what waited before it is dropped, but for the outcomes of commands."""
        with self._lock:
            self._snapshot = snapshot
            self._waiting = _Waiting(outcomes=self._waiting.outcomes)
            self.overflowed = False

    def publish(self, changes: Changes) -> None:
        """Add changes; after an overflow only outcomes are kept until `restart`."""
        with self._lock:
            if self.overflowed:
                self._waiting.outcomes.extend(changes.outcomes)
                return
            self._waiting.add(changes)
            if self._waiting.size() > MOST_WAITING:
                self._give_up()

    def lost(self) -> None:
        """The reader missed something, or knows nothing yet: a new snapshot comes at the monitor's next turn."""
        with self._lock:
            self._give_up()

    def _give_up(self) -> None:
        self._waiting = _Waiting(outcomes=self._waiting.outcomes)
        self._snapshot = None
        self.overflowed = True

    def take(self) -> tuple[Snapshot | None, list[Changes], dict[tuple[str, str], Row]]:
        """(snapshot to start from or None, what changed since as one, newest row of each key in it). Takes them off."""
        with self._lock:
            if self.overflowed:
                return None, [], {}
            snapshot, self._snapshot = self._snapshot, None
            waiting, self._waiting = self._waiting, _Waiting()
        if not waiting.last and waiting.outcomes and snapshot is not None:
            waiting.last = waiting.first = snapshot.number
        changes = [waiting.together()] if waiting.last else []
        return snapshot, changes, waiting.newest
