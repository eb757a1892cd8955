"""What the map draws, as arrays in the order of the arrangement: filled from the mirror, device by device. No Qt."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from noc_console.mirror import Mirror
from noc_console.model.changes import LinkState
from noc_console.model.fleet import End
from widgets.canvas.readings import TEMPERATURE, answers, gpu_components, inlet_component, is_stale, reading
from widgets.canvas.site_pack import pack
from widgets.canvas.tier_layout import Arrangement, Band, Form
from widgets.models.alarm_groups import is_filled

GPUS = 8
"""GPUs drawn in a cell; a server with more shows the first."""

UP, DOWN, UNKNOWN, ALARMED = 0, 1, 2, 3
"""Status of a link as drawn; ALARMED = down with an open alarm on it."""
AS_PLANNED, NOT_FOUND, NOT_PLANNED = 0, 1, 2
"""Cabling of a link as drawn: planned and not found, or found and not (so) planned."""
_CABLING = {"missing": NOT_FOUND, "unplanned": NOT_PLANNED, "contradictory": NOT_FOUND}


class MapState:
    """Live arrays of the map.

    Attributes
    ----------
    severity : (n,) int8, rank of the worst open alarm, 0 = none. filled : (n,) bool, that alarm is in nobody's hands.
    folded : (n,) bool, it is a symptom.
    silent : (n,) bool, does not answer, or nothing fresh of it. inlet : (n,) float64 °C, NaN = not known.
    gpus : (n, 8) float64 °C. fan : (n,) float64 rpm, the slowest fan of a cooler.
    ends : (m, 2) intp, nodes of each link. status : (m,) int8. load : (m, 2) float64, shares of the speed a→b and b→a.
    cabling : (m,) int8.
    racks : (band, its cells) of each rack. links : the (a, b) of each row of `ends`.
    """

    def __init__(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement
        n = len(arrangement.names)
        self.severity = np.zeros(n, dtype=np.int8)
        self.filled = np.zeros(n, dtype=bool)
        self.folded = np.zeros(n, dtype=bool)
        self.silent = np.ones(n, dtype=bool)
        self.inlet = np.full(n, math.nan)
        self.gpus = np.full((n, GPUS), math.nan)
        self.fan = np.full(n, math.nan)
        self.racks = _racks(arrangement)
        self.links: list[tuple[End, End]] = []
        self._link_at: dict[tuple[End, End], int] = {}
        self._at_port: dict[End, list[int]] = {}
        self.ends = np.zeros((0, 2), dtype=np.intp)
        self.status = np.zeros(0, dtype=np.int8)
        self.cabling = np.zeros(0, dtype=np.int8)
        self.load = np.zeros((0, 2))

    def pack(self, shape: float) -> bool:
        """Move the sites so that they fill a canvas of this width per height; whether any moved."""
        moved = pack(self.arrangement, shape)
        if moved:
            self.racks = _racks(self.arrangement)
        return moved

    def take_all(self, mirror: Mirror, now: float) -> None:
        """Fill everything anew."""
        for name in self.arrangement.names:
            self.take_device(mirror, name, now)
        self.take_links(mirror)

    def take_device(self, mirror: Mirror, name: str, now: float) -> bool:
        """Take what is known of one device; whether anything that is drawn changed."""
        at = self.arrangement.index.get(name)
        if at is None:
            return False
        before = self._drawn(at)
        worst = mirror.worst(name)
        self.severity[at] = int(worst.severity) if worst else 0
        self.filled[at] = worst is not None and is_filled(worst)
        self.folded[at] = worst is not None and worst.symptom_of is not None
        self.silent[at] = not answers(mirror, name) or is_stale(mirror, name, now)
        self._take_heat(mirror, name, at, now)
        return self._drawn(at) != before

    def grown_old(self, mirror: Mirror, now: float) -> set[str]:
        """Devices that are silent by now and were not, or the other way round."""
        names = self.arrangement.names
        silent = [not answers(mirror, name) or is_stale(mirror, name, now) for name in names]
        return {names[i] for i in np.flatnonzero(np.array(silent, dtype=bool) != self.silent)}

    def _drawn(self, at: int) -> tuple[object, ...]:
        """What can be seen of it: GPUs and fans in whole units, air in tenths."""
        heat = np.nan_to_num([*self.gpus[at], 10 * self.inlet[at], self.fan[at]], nan=-999.0).round().tobytes()
        return int(self.severity[at]), bool(self.filled[at]), bool(self.folded[at]), bool(self.silent[at]), heat

    def _take_heat(self, mirror: Mirror, name: str, at: int, now: float) -> None:
        component = inlet_component(mirror.rows.get(name, {}).values())
        found = reading(mirror, name, component, TEMPERATURE, now) if component is not None else None
        self.inlet[at] = found.value if found and not found.stale else math.nan
        self.fan[at] = _slowest_fan(mirror, name) if self.arrangement.form[at] == Form.BOX and not self.silent[at] else math.nan
        self.gpus[at] = math.nan
        for n, gpu in enumerate(gpu_components(mirror, name)[:GPUS]):
            found = reading(mirror, name, gpu, TEMPERATURE, now)
            if found and not found.stale:
                self.gpus[at, n] = found.value

    def take_links(self, mirror: Mirror) -> None:
        """Take the state of all links."""
        index = self.arrangement.index
        known = dict.fromkeys([*((link.a, link.b) for link in mirror.inventory.links), *mirror.links])
        self.links = [pair for pair in known if pair[0].device in index and pair[1].device in index]
        count = len(self.links)
        self._link_at = {pair: n for n, pair in enumerate(self.links)}
        self._at_port = {}
        for n, pair in enumerate(self.links):
            for end in pair:
                self._at_port.setdefault(end, []).append(n)
        self.ends = np.array([(index[a.device], index[b.device]) for a, b in self.links], dtype=np.intp).reshape(count, 2)
        self.status = np.full(count, UNKNOWN, dtype=np.int8)
        self.cabling, self.load = np.zeros(count, dtype=np.int8), np.full((count, 2), math.nan)
        self._take_links(mirror, list(range(count)))

    def take_some_links(self, mirror: Mirror, links: Iterable[tuple[End, End]], ports: Iterable[End]) -> bool:
        """Take the state of these links, and of those at these ports; whether anything that is drawn changed."""
        index = self.arrangement.index
        if any(pair not in self._link_at and pair[0].device in index and pair[1].device in index for pair in links):
            self.take_links(mirror)
            return True
        at = {self._link_at[pair] for pair in links if pair in self._link_at}
        at.update(n for port in ports for n in self._at_port.get(port, ()))
        return self._take_links(mirror, sorted(at))

    def _take_links(self, mirror: Mirror, at: list[int]) -> bool:
        """Take the state of the links in these rows; whether anything that is drawn changed."""
        status, cabling, load = self.status[at], self.cabling[at], self.load[at]
        for n, row in enumerate(at):
            state = mirror.links.get(self.links[row])
            if state is None:
                continue
            status[n] = {"up": UP, "down": DOWN}.get(state.status, UNKNOWN)
            if status[n] == DOWN and any(_is_alarmed(mirror, end) for end in self.links[row]):
                status[n] = ALARMED
            load[n], cabling[n] = (state.load_ab, state.load_ba), _cabling(state)
        same = np.array_equal(status, self.status[at]) and np.array_equal(cabling, self.cabling[at])
        same = same and np.array_equal(load_step(load), load_step(self.load[at]))
        self.status[at], self.cabling[at], self.load[at] = status, cabling, load
        return not same

    def by_rank(self, site: str = "") -> list[str]:
        """Devices with an open alarm (of one site), those that need someone first, worst first."""
        names, sites = self.arrangement.names, self.arrangement.site_of
        found = [int(i) for i in np.flatnonzero(self.severity) if not site or sites[i] == site]
        found.sort(key=lambda i: (-int(self.filled[i]), -int(self.severity[i]), i))
        return [names[i] for i in found]

    def links_of(self, node: int) -> NDArray[np.intp]:
        """Rows of the links that end at a node."""
        return np.flatnonzero((self.ends == node).any(axis=1))

    def towards(self, name: str, x: int, y: int) -> str:
        """The neighbour along a link that lies most in a direction; the device itself where none does."""
        at = self.arrangement.index.get(name)
        others = self.neighbours(at) if at is not None else []
        if at is None or not others:
            return name
        steps = self.arrangement.centre[others] - self.arrangement.centre[at]
        share = steps @ np.array([x, y]) / np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-6)
        best = int(np.argmax(share))
        return self.arrangement.names[others[best]] if share[best] > 0.05 else name

    def neighbours(self, node: int) -> list[int]:
        """Nodes at the other ends of a node's links."""
        rows = self.ends[self.links_of(node)]
        return [int(a if b == node else b) for a, b in rows]


def _cabling(link: LinkState) -> int:
    if not link.planned and link.plan:
        return NOT_PLANNED
    return _CABLING.get(link.plan, AS_PLANNED)


def _racks(arrangement: Arrangement) -> list[tuple[Band, NDArray[np.intp]]]:
    cells, found = arrangement.form == Form.CELL, []
    for band in (b for b in arrangement.bands if b.kind == "rack"):
        low, high = np.array([band.x, band.y]), np.array([band.x + band.width, band.y + band.height])
        inside = ((arrangement.centre > low) & (arrangement.centre < high)).all(axis=1)
        found.append((band, np.flatnonzero(inside & cells)))
    return found


def _slowest_fan(mirror: Mirror, name: str) -> float:
    speeds = [
        row.values[i]
        for row in mirror.rows.get(name, {}).values()
        for i, (_, metric) in enumerate(row.layout.keys)
        if metric == "fan_speed_rpm" and not math.isnan(row.values[i])
    ]
    return float(min(speeds, default=math.nan))


def _is_alarmed(mirror: Mirror, end: End) -> bool:
    """Whether an alarm says that this port is down."""
    standing = (mirror.alarms[i] for i in mirror.open_by_device.get(end.device, ()))
    return any(alarm.component == end.port and alarm.type == "port-down" for alarm in standing)


def load_step(load: NDArray[np.float64]) -> NDArray[np.int8]:
    """Step of the utilisation ramp for shares of the speed: 0 to 5, 6 above the speed, -1 unknown."""
    known = np.nan_to_num(load, nan=0.0)
    steps = np.clip(np.rint(known * 5), 0, 5).astype(np.int8)
    steps[known > 1.0] = 6
    steps[np.isnan(load)] = -1
    return steps
