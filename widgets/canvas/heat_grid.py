"""The heat map's cells: servers in groups × GPUs, as arrays. Pure; no Qt."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from noc_console.mirror import Mirror
from noc_console.model.fleet import Device
from noc_console.model.severity import Severity
from widgets.canvas.readings import TEMPERATURE, gpu_components, reading
from widgets.canvas.scale import GPU_TEMPERATURE, Ramp
from widgets.models.alarm_groups import is_filled


@dataclass(frozen=True, slots=True)
class Measure:
    """What the cells show. `ramp` is the range of the legend, `colours` the ramp of the theme."""

    metric: str
    ramp: Ramp
    colours: str
    unit: str


MEASURES = (
    Measure(TEMPERATURE, GPU_TEMPERATURE, "heat", "°C"),
    Measure("power_watts", Ramp(0.0, 1000.0, 6), "utilisation", "W"),
    Measure("utilization_percent", Ramp(0.0, 100.0, 6), "utilisation", "%"),
)


@dataclass(slots=True)
class HeatGrid:
    """Rows = servers, columns = GPUs.

    Attributes
    ----------
    devices : in order. groups : (title, first row, rows). values : (rows, columns) float64, NaN = not known or stale.
    present : (rows, columns) bool, such a GPU is known. severity, filled : the worst open alarm of each cell.
    components : names of the columns.
    """

    devices: list[str] = field(default_factory=list)
    groups: list[tuple[str, int, int]] = field(default_factory=list)
    components: list[str] = field(default_factory=list)
    values: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    present: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    severity: NDArray[np.int8] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int8))
    filled: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    row_of: dict[str, int] = field(default_factory=dict)

    def take(self, mirror: Mirror, device: str, gpus: list[str], metric: str, now: float) -> bool:
        """Fill one row anew, of a server with these GPUs; whether anything that is drawn changed."""
        row = self.row_of.get(device)
        if row is None:
            return False
        before = self._drawn(row)
        known = set(gpus)
        for column, gpu in enumerate(self.components):
            self.present[row, column] = gpu in known
            found = reading(mirror, device, gpu, metric, now) if gpu in known else None
            self.values[row, column] = found.value if found is not None and not found.stale else math.nan
        self._take_alarms(mirror, device, row)
        return self._drawn(row) != before

    def _drawn(self, row: int) -> tuple[bytes, ...]:
        figures = np.nan_to_num(self.values[row], nan=-999.0).round()
        return figures.tobytes(), self.present[row].tobytes(), self.severity[row].tobytes(), self.filled[row].tobytes()

    def _take_alarms(self, mirror: Mirror, device: str, row: int) -> None:
        self.severity[row], self.filled[row] = 0, False
        for number in mirror.open_by_device.get(device, ()):
            alarm = mirror.alarms[number]
            if alarm.component in self.components:
                column = self.components.index(alarm.component)
                if alarm.severity > Severity.WARNING or alarm.severity is Severity.INDETERMINATE or alarm.needs_someone:
                    worst = max(int(alarm.severity), int(self.severity[row, column]))
                    self.filled[row, column] |= is_filled(alarm)
                    self.severity[row, column] = worst

    def has_room(self, gpus: list[str]) -> bool:
        """Whether each of these GPUs has a column."""
        return not gpus or gpus[-1] in self.components

    def keep(self, before: "HeatGrid") -> None:
        """What another grid knows of the same servers."""
        columns = min(len(self.components), len(before.components))
        pairs = [(row, before.row_of[name]) for name, row in self.row_of.items() if name in before.row_of]
        mine, theirs = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
        for new, old in (
            (self.values, before.values),
            (self.present, before.present),
            (self.severity, before.severity),
            (self.filled, before.filled),
        ):
            new[mine, :columns] = old[theirs, :columns]


def build(mirror: Mirror, devices: Iterable[Device], title: str = "{row}") -> HeatGrid:
    """An empty grid of those of these servers that have GPUs, grouped by site and row: each is to be taken.

    `title` makes the words of a group from site and row.
    """
    grid = HeatGrid()
    gpus = [(device, found) for device in devices if (found := gpu_components(mirror, device.name))]
    columns = max([int(found[-1][3:]) + 1 for _, found in gpus], default=0)
    grid.components = [f"gpu{n}" for n in range(columns)]
    grid.devices = [device.name for device, _ in gpus]
    grid.row_of = {name: n for n, name in enumerate(grid.devices)}
    shape = len(gpus), columns
    grid.values, grid.present = np.full(shape, math.nan), np.zeros(shape, dtype=bool)
    grid.severity, grid.filled = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=bool)
    for n, (device, _) in enumerate(gpus):
        rack = mirror.inventory.racks.get(device.rack or "")
        where = mirror.inventory.sites.get(device.site or "")
        words = title.format(site=where.title or where.name if where else "", row=rack.row if rack else "–")
        if grid.groups and grid.groups[-1][0] == words:
            name, first, count = grid.groups[-1]
            grid.groups[-1] = name, first, count + 1
        else:
            grid.groups.append((words, n, 1))
    return grid
