"""The window's copy of the live state: filled from a snapshot, kept by numbered changes, read by every view.

Used from one thread (the UI's). A past moment is a second mirror, filled from the store.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from noc_console.alarms.book import is_kept
from noc_console.model.alarm import Alarm, Entry, Incident
from noc_console.model.changes import (
    Changes,
    CollectorState,
    DeviceState,
    Known,
    LinkState,
    LoadState,
    Row,
    Snapshot,
    StoreState,
)
from noc_console.model.command import Command, CommandOutcome
from noc_console.model.fleet import End, Inventory
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.severity import Severity
from noc_console.series import RecentSeries

FORGET_EVERY = 3600.0
"""Seconds between two looks for alarms that a new snapshot would not have."""
STALE_AFTER_INTERVALS = 2.5
"""A value is stale when it is older than this many intervals of its source."""


class Gap(Exception):
    """Changes were missed: a new snapshot is needed."""


@dataclass(slots=True)
class Touched:
    """What changes touched, so that a view repaints only what it shows."""

    devices: set[str] = field(default_factory=set)
    """Devices whose values, reachability, facts or neighbours changed."""
    links: set[tuple[End, End]] = field(default_factory=set)
    alarms: set[int] = field(default_factory=set)
    collectors: bool = False
    store: bool = False
    load: bool = False
    """The operators' load, or a maintenance window."""
    everything: bool = False
    outcomes: tuple[CommandOutcome, ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.devices
            or self.links
            or self.alarms
            or self.collectors
            or self.store
            or self.load
            or self.everything
            or self.outcomes
        )


class Mirror:
    """Live state as the views read it.

    Attributes
    ----------
    inventory : the fleet. number : of the last changes taken. time : their time (UTC seconds).
    rows : device → source → Row. devices : name → DeviceState. links : (a, b) → LinkState. known : device → source → Known.
    alarms : id → Alarm. entries : alarm id → its entries in order. incidents : id → Incident.
    open_by_device : device (None for what is no device) → ids of its open alarms.
    load : calls of the last 10 minutes. maintenance : windows that are not over.
    sending : command id → Command, sent and not yet answered ("acknowledging…").
    """

    def __init__(self, inventory: Inventory | None = None) -> None:
        self.series = RecentSeries()
        self.sending: dict[str, Command] = {}
        self._clear(inventory or Inventory())

    def _clear(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.number = 0
        self.time = 0.0
        self._forget_at = float("inf")
        self.rows: dict[str, dict[str, Row]] = {}
        self.devices: dict[str, DeviceState] = {}
        self.links: dict[tuple[End, End], LinkState] = {}
        self.known: dict[str, dict[str, Known]] = {}
        self.alarms: dict[int, Alarm] = {}
        self.entries: dict[int, list[Entry]] = {}
        self.incidents: dict[int, Incident] = {}
        self.open_by_device: dict[str | None, set[int]] = {}
        self.collectors: dict[str, CollectorState] = {}
        self.store = StoreState()
        self.load = LoadState(calls=0)
        self.maintenance: tuple[MaintenanceWindow, ...] = ()

    def start(self, snapshot: Snapshot) -> Touched:
        """Take a whole state; what was recorded of curves stays."""
        self._clear(snapshot.inventory)
        touched = Touched(everything=True)
        self._take(snapshot, touched)
        self._forget_at = snapshot.time + FORGET_EVERY
        self.store = snapshot.store
        return touched

    def apply(self, changes: Changes) -> Touched:
        """Take the next changes; of older ones only the outcomes of commands. Gap is raised if some are missing: then nothing
        is taken, and `Feed.lost` brings a new snapshot.
        """
        first = changes.first or changes.number
        if first > self.number + 1:
            raise Gap(f"have {self.number}, got {first}")
        touched = Touched(outcomes=changes.outcomes)
        for outcome in changes.outcomes:
            self.sending.pop(outcome.id, None)
        if changes.number > self.number:
            self._take(changes, touched)
            if changes.store is not None:
                self.store = changes.store
                touched.store = True
            if self.time >= self._forget_at:
                self._forget_old()
                touched.everything = True
        return touched

    def _forget_old(self) -> None:
        """Drop alarms that are over for long, as the monitor does: a window runs for months."""
        self._forget_at = self.time + FORGET_EVERY
        for number in [alarm.id for alarm in self.alarms.values() if not is_kept(alarm, self.time)]:
            del self.alarms[number]
            self.entries.pop(number, None)

    def _take(self, news: Changes | Snapshot, touched: Touched) -> None:
        self.number, self.time = news.number, news.time
        for row in news.rows:
            self.rows.setdefault(row.device, {})[row.source] = row
            self.series.append(row)
            touched.devices.add(row.device)
        for state in news.devices:
            self.devices[state.device] = state
            touched.devices.add(state.device)
        for known in news.known:
            self.known.setdefault(known.device, {})[known.source] = known
            touched.devices.add(known.device)
        for link in news.links:
            self.links[link.a, link.b] = link
            touched.links.add((link.a, link.b))
        for collector in news.collectors:
            self.collectors[collector.collector] = collector
            touched.collectors = True
        for incident in news.incidents:
            self.incidents[incident.id] = incident
        if news.load is not None:
            self.load, touched.load = news.load, True
        if news.maintenance is not None:
            self.maintenance, touched.load = news.maintenance, True
        self._take_alarms(news.alarms, touched)
        for entry in news.entries:
            _put_in_order(self.entries.setdefault(entry.alarm, []), entry)
            touched.alarms.add(entry.alarm)

    def _take_alarms(self, alarms: Iterable[Alarm], touched: Touched) -> None:
        for alarm in alarms:
            self.alarms[alarm.id] = alarm
            open_ids = self.open_by_device.setdefault(alarm.device, set())
            (open_ids.add if alarm.is_open else open_ids.discard)(alarm.id)
            touched.alarms.add(alarm.id)

    def value(self, device: str, component: str, metric: str) -> tuple[float, Row] | None:
        """Newest value of a key and the row that it stands in; None if no source gives it."""
        best: tuple[float, Row] | None = None
        for row in self.rows.get(device, {}).values():
            at = row.layout.index.get((component, metric))
            if at is not None and (best is None or row.time > best[1].time):
                best = float(row.values[at]), row
        return best

    def is_stale(self, row: Row, now: float) -> bool:
        """Whether the values of a row are older than their interval allows."""
        return now - row.time > STALE_AFTER_INTERVALS * row.interval

    def worst(self, device: str | None) -> Alarm | None:
        """The worst open alarm of a device: by severity, of equal ones that in nobody's hands, then the newest."""
        alarms = [self.alarms[i] for i in self.open_by_device.get(device, ())]
        return max(alarms, key=lambda a: (a.severity, a.needs_someone, a.raised), default=None)

    def counts(self) -> dict[Severity, tuple[int, int]]:
        """Severity → (open, of these in nobody's hands)."""
        counts = {severity: [0, 0] for severity in sorted(Severity, reverse=True)}
        for ids in self.open_by_device.values():
            for i in ids:
                alarm = self.alarms[i]
                counts[alarm.severity][0] += 1
                counts[alarm.severity][1] += alarm.needs_someone
        return {severity: (n, new) for severity, (n, new) in counts.items()}

    def share_answering(self) -> tuple[int, int]:
        """(devices that answer, devices that were asked at least once)."""
        asked = [d for d in self.devices.values() if d.reachable is not None]
        return sum(d.reachable is True for d in asked), len(asked)


def _put_in_order(entries: list[Entry], entry: Entry) -> None:
    """By number: an acknowledgement gets its number when it is asked for, and is told when it is on disk."""
    at = bisect_left(entries, entry.id, key=lambda other: other.id)
    if at < len(entries) and entries[at].id == entry.id:
        entries[at] = entry
    else:
        entries.insert(at, entry)
