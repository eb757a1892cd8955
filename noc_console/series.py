"""Recent values of what is drawn as curves: one ring of rows per (device, source), columns side by side.

A poll appends one row by one vector copy; a curve is a view over one column.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from noc_console.model.changes import Row
from noc_console.model.poll import EMPTY_LAYOUT, Key, Layout

DRAWN_METRICS = frozenset({
    "temperature_celsius", "memory_temperature_celsius", "temperature_limit_margin_celsius", "power_watts",
    "utilization_percent", "fan_speed_rpm", "fan_speed_percent", "sm_clock_hertz", "humidity_percent",
    "cpu_utilization_percent", "current_amperes", "voltage_volts", "load_percent",
})  # fmt: skip
"""Metrics whose recent past is kept in memory; the others are read from the store."""

CAPACITY = 720
"""Rows a ring holds: 2 h at 10 s, 6 h at 30 s."""
FIRST_ROWS = 16
"""Rows it has room for at first; it doubles up to the capacity, so that a large fleet's memory grows with what is known."""


@dataclass(slots=True)
class Ring:
    """The last rows of one source. `times` (n,) float64, `values` (n, columns) float32, oldest overwritten.

    Attributes
    ----------
    column_of : key → its column. A key that answers stop giving keeps its column as long as a value of it is held.
    layout : of the last row. taken : positions in that layout. columns : where these go.
    """

    capacity: int = CAPACITY
    interval: float = 0.0
    layout: Layout = EMPTY_LAYOUT
    column_of: dict[Key, int] = field(default_factory=dict)
    taken: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    columns: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    times: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    values: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    length: int = 0
    start: int = 0

    def append(self, row: Row) -> None:
        """Add one row; one that is not newer than the last is ignored (a repeated snapshot)."""
        if self.length and row.time <= self.times[(self.start + self.length - 1) % len(self.times)]:
            return
        if row.layout is not self.layout:
            self._take_layout(row.layout)
        if self.length == len(self.times) < self.capacity:
            self._rearrange(min(self.capacity, max(FIRST_ROWS, 2 * self.length)), self.column_of)
        at = (self.start + self.length) % len(self.times)
        self.times[at] = row.time
        self.values[at] = np.nan
        self.values[at, self.columns] = row.values[self.taken]
        self.interval = row.interval
        if self.length < len(self.times):
            self.length += 1
        else:
            self.start = (self.start + 1) % len(self.times)

    def order(self) -> NDArray[np.intp]:
        """Positions from oldest to newest."""
        return (self.start + np.arange(self.length)) % max(1, len(self.times))

    def since(self, seconds: float) -> tuple[int, int] | None:
        """Positions of the first row that is at most so much older than the last, and of the last; None without rows."""
        if not self.length:
            return None
        room = len(self.times)
        last = (self.start + self.length - 1) % room
        begin = self.times[last] - seconds
        first = bisect_left(range(self.length), begin, key=lambda n: self.times[(self.start + n) % room])
        return (self.start + first) % room, last

    def _take_layout(self, layout: Layout) -> None:
        drawn = [i for i, (_, metric) in enumerate(layout.keys) if metric in DRAWN_METRICS]
        if any(layout.keys[i] not in self.column_of for i in drawn):
            # Keys that have no value any more make room for the new ones.
            held = np.count_nonzero(~np.isnan(self.values[self.order()]), axis=0)
            kept = [key for key, column in self.column_of.items() if held[column]]
            wanted = dict.fromkeys([*kept, *(layout.keys[i] for i in drawn)])
            self._rearrange(min(self.capacity, max(FIRST_ROWS, len(self.times))), {key: n for n, key in enumerate(wanted)})
        self.layout = layout
        self.taken = np.array(drawn, dtype=np.intp)
        self.columns = np.array([self.column_of[layout.keys[i]] for i in drawn], dtype=np.intp)

    def _rearrange(self, rows: int, column_of: dict[Key, int]) -> None:
        """Move what is held into room for so many rows and these columns."""
        order = self.order()
        times, values = np.zeros(rows), np.full((rows, len(column_of)), np.nan, dtype=np.float32)
        times[: self.length] = self.times[order]
        for key, column in column_of.items():
            if key in self.column_of:
                values[: self.length, column] = self.values[order, self.column_of[key]]
        self.times, self.values, self.column_of, self.start = times, values, column_of, 0


@dataclass(slots=True)
class RecentSeries:
    """Rings of all devices. Used from one thread (its mirror's)."""

    rings: dict[str, dict[str, Ring]] = field(default_factory=dict)
    """Device → source → ring; a source without drawn metrics has none."""

    def append(self, row: Row) -> None:
        """Take a row's drawn columns; where the layout changed, what was held of other keys stays."""
        ring = self.rings.get(row.device, {}).get(row.source)
        if ring is None:
            if not any(metric in DRAWN_METRICS for _, metric in row.layout.keys):
                return
            ring = self.rings.setdefault(row.device, {})[row.source] = Ring()
        ring.append(row)

    def curve(self, device: str, component: str, metric: str) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """(times, values), oldest first, of the source that gives this key most often; two empty arrays if none does.

        NaN where an answer did not give it.
        """
        key = component, metric
        ring = self._giving(device, key)
        if ring is None:
            return np.zeros(0), np.zeros(0, dtype=np.float32)
        order = ring.order()
        return ring.times[order], ring.values[order, ring.column_of[key]]

    def change(self, device: str, component: str, metric: str, over: float) -> tuple[float, float]:
        """(how much a value changed, in how many seconds) over the last `over` seconds, or as far back as it is known."""
        key = component, metric
        ring = self._giving(device, key)
        found = ring.since(over) if ring is not None else None
        if ring is None or found is None:
            return 0.0, 0.0
        first, last = found
        column = ring.column_of[key]
        return float(ring.values[last, column] - ring.values[first, column]), float(ring.times[last] - ring.times[first])

    def _giving(self, device: str, key: Key) -> Ring | None:
        """The ring of the source that gives this key most often."""
        giving = [ring for ring in self.rings.get(device, {}).values() if key in ring.column_of]
        return min(giving, key=lambda ring: ring.interval, default=None)

    def keys(self, device: str) -> list[Key]:
        """(component, metric) of each curve of a device, each once."""
        return list(dict.fromkeys(chain.from_iterable(ring.column_of for ring in self.rings.get(device, {}).values())))
