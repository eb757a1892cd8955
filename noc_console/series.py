"""Recent values of what is drawn as curves: one ring of rows per (device, source), columns side by side.

A poll appends one row by one vector copy; a curve is a view over one column.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from noc_console.model.changes import Row
from noc_console.model.poll import Layout

DRAWN_METRICS = frozenset({
    "temperature_celsius", "memory_temperature_celsius", "temperature_limit_margin_celsius", "power_watts",
    "utilization_percent", "fan_speed_rpm", "fan_speed_percent", "sm_clock_hertz", "humidity_percent",
    "cpu_utilization_percent", "current_amperes", "voltage_volts", "load_percent",
})  # fmt: skip
"""Metrics whose recent past is kept in memory; the others are read from the store."""

CAPACITY = 720
"""Rows a ring holds: 2 h at 10 s, 6 h at 30 s."""


@dataclass(slots=True)
class Ring:
    """The last rows of one layout. `times` (CAPACITY,) float64, `values` (CAPACITY, columns) float32, oldest overwritten."""

    layout: Layout
    columns: NDArray[np.intp]
    column_of: dict[tuple[str, str], int]
    times: NDArray[np.float64]
    values: NDArray[np.float32]
    length: int = 0
    start: int = 0

    @classmethod
    def for_layout(cls, layout: Layout, capacity: int = CAPACITY) -> "Ring":
        """An empty ring for the drawn metrics of this layout."""
        drawn = [i for i, (_, metric) in enumerate(layout.keys) if metric in DRAWN_METRICS]
        return cls(
            layout=layout,
            columns=np.array(drawn, dtype=np.intp),
            column_of={layout.keys[i]: n for n, i in enumerate(drawn)},
            times=np.zeros(capacity),
            values=np.full((capacity, len(drawn)), np.nan, dtype=np.float32),
        )

    def append(self, row: Row) -> None:
        """Add one row; a row that is not newer than the last is ignored (a repeated snapshot)."""
        capacity = len(self.times)
        if self.length and row.time <= self.times[(self.start + self.length - 1) % capacity]:
            return
        at = (self.start + self.length) % capacity
        self.times[at] = row.time
        self.values[at] = row.values[self.columns]
        if self.length < capacity:
            self.length += 1
        else:
            self.start = (self.start + 1) % capacity

    def order(self) -> NDArray[np.intp]:
        """Positions from oldest to newest."""
        return (self.start + np.arange(self.length)) % len(self.times)


@dataclass(slots=True)
class RecentSeries:
    """Rings of all devices. Used from one thread (its mirror's)."""

    rings: dict[tuple[str, str], Ring] = field(default_factory=dict)

    def append(self, row: Row) -> None:
        """Take a row's drawn columns; a changed layout carries over the columns that both have."""
        ring = self.rings.get((row.device, row.source))
        if ring is None:
            ring = self.rings[row.device, row.source] = Ring.for_layout(row.layout)
        elif ring.layout is not row.layout:
            ring = self.rings[row.device, row.source] = _carried_over(ring, row.layout)
        if len(ring.columns):
            ring.append(row)

    def curve(self, device: str, component: str, metric: str) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """(times, values), oldest first, of the source that gives this key; two empty arrays if none does."""
        for (name, _), ring in self.rings.items():
            column = ring.column_of.get((component, metric)) if name == device else None
            if column is not None:
                order = ring.order()
                return ring.times[order], ring.values[order, column]
        return np.zeros(0), np.zeros(0, dtype=np.float32)

    def keys(self, device: str) -> list[tuple[str, str]]:
        """(component, metric) of each curve of a device."""
        return [key for (name, _), ring in self.rings.items() if name == device for key in ring.column_of]


def _carried_over(old: Ring, layout: Layout) -> Ring:
    new = Ring.for_layout(layout, len(old.times))
    order = old.order()
    new.times[: old.length] = old.times[order]
    for key, column in new.column_of.items():
        if key in old.column_of:
            new.values[: old.length, column] = old.values[order, old.column_of[key]]
    new.length = old.length
    return new
