"""Where the heat goes, as facts: inlets, how fast they rise, who is over a limit, which group warms as one. Pure; no Qt."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from noc_console.mirror import Mirror
from noc_console.model.fleet import Device
from widgets.canvas.readings import TEMPERATURE, answers, gpu_components, inlet_component, limit_levels, reading
from widgets.canvas.tier_layout import CELLS, natural

MARGIN = "temperature_limit_margin_celsius"
INLET_LIMITS = {"warning": 27.0, "major": 32.0}
"""Where neither inventory nor device gives limits: recommended and allowed inlet (ASHRAE TC 9.9, class A1)."""
RISING_PER_MINUTE = 0.3
"""A slower rise is the breathing of a normal room. ASHRAE allows 20 °C an hour, which is this."""
OVER_SECONDS = 240.0
"""The rise is taken over this long, or as far back as values reach."""
AS_ONE = 0.75
"""Share of a group's inlets that must rise for the group to warm as one."""


@dataclass(frozen=True, slots=True)
class Inlet:
    """One inlet now. `per_minute` is NaN where too few values are known; `limit` is the lowest that is broken, else None."""

    device: str
    component: str
    site: str
    room: str
    row: str
    rack: str
    value: float
    per_minute: float
    over: float | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Inlets that warm as one: `kind` is `row`, `rack` or `device`."""

    kind: str
    name: str
    room: str
    rising: int
    of: int
    per_minute: float
    devices: tuple[str, ...]
    coolers: tuple[str, ...] = ()
    """Coolers of the group with an open alarm."""


@dataclass(slots=True)
class Findings:
    """What the thermal sentence says."""

    inlets: list[Inlet] = field(default_factory=list)
    hot_inlets: list[Inlet] = field(default_factory=list)
    hot_gpus: list[tuple[str, str, float]] = field(default_factory=list)
    """(device, component, °C)."""
    warming: list[Group] = field(default_factory=list)

    @property
    def fresh(self) -> list[Inlet]:
        """Inlets whose value is not stale."""
        return [inlet for inlet in self.inlets if not inlet.stale]


def servers(mirror: Mirror, site: str = "") -> list[Device]:
    """Devices with an inlet or GPUs, by site, row, rack and name."""
    found = [d for d in mirror.inventory.devices.values() if d.role in CELLS and (not site or d.site == site)]
    racks = mirror.inventory.racks

    def place(device: Device) -> tuple[object, ...]:
        rack = racks.get(device.rack or "")
        where = (rack.room, rack.row, rack.position or 0) if rack else ("", "", 0)
        return (device.site or "", natural(where[0]), natural(where[1]), where[2], natural(device.name))

    return sorted(found, key=place)


def rise_per_minute(mirror: Mirror, device: str, component: str, metric: str = TEMPERATURE) -> float:
    """Change per minute over the last minutes; NaN where the values do not reach back a minute."""
    change, seconds = mirror.series.change(device, component, metric, OVER_SECONDS)
    return change / seconds * 60.0 if seconds >= 45.0 else math.nan


def broken_limit(levels: dict[str, float], value: float) -> float | None:
    """The highest limit that a value is over, None if it is over none."""
    return max((limit for limit in levels.values() if value > limit), default=None)


def inlet_levels(mirror: Mirror, device: str, component: str) -> dict[str, float]:
    """Limits of an inlet: planned, told, or the recommended ones."""
    return limit_levels(mirror, device, component, TEMPERATURE) or dict(INLET_LIMITS)


class HeatFacts:
    """What is known of the heat of each server, looked at one by one: of thousands only a few change in a moment.

    Attributes
    ----------
    devices : servers of the site, or of all, in order.
    """

    def __init__(self) -> None:
        self.devices: dict[str, Device] = {}
        self._inlets: dict[str, Inlet] = {}
        self._hot_gpus: dict[str, list[tuple[str, str, float]]] = {}
        self._fresh: dict[str, int] = {}

    def restart(self, mirror: Mirror, site: str) -> None:
        """Other servers; what is known of them is to be taken anew."""
        self.devices = {device.name: device for device in servers(mirror, site)}
        self._inlets, self._hot_gpus, self._fresh = {}, {}, {}

    def take(self, mirror: Mirror, name: str, now: float) -> None:
        """Look at one server."""
        device = self.devices.get(name)
        if device is None:
            return
        inlet, hot = _inlet(mirror, device, now), _hot_gpus(mirror, name, now)
        for known, what in ((self._inlets, inlet), (self._hot_gpus, hot)):
            if what:
                known[name] = what  # type: ignore[assignment]
            else:
                known.pop(name, None)
        self._fresh[name] = _fresh_rows(mirror, name, now)

    def grown_old(self, mirror: Mirror, names: Iterable[str], now: float) -> list[str]:
        """Those of them of which something is out of date, or fresh, that was not when they were taken."""
        return [name for name in names if name in self._fresh and self._fresh[name] != _fresh_rows(mirror, name, now)]

    def findings(self, mirror: Mirror) -> Findings:
        """The facts of all that were taken."""
        findings = Findings(inlets=[inlet for name in self.devices if (inlet := self._inlets.get(name)) is not None])
        findings.hot_inlets = [inlet for inlet in findings.inlets if inlet.over is not None and not inlet.stale]
        findings.hot_gpus = [gpu for name in self.devices for gpu in self._hot_gpus.get(name, ())]
        findings.hot_inlets.sort(key=lambda i: -i.value)
        findings.hot_gpus.sort(key=lambda g: -g[2])
        findings.warming = _warming(mirror, findings.fresh)
        return findings


def find(mirror: Mirror, now: float, site: str = "") -> Findings:
    """The facts of all servers of a site, or of all."""
    facts = HeatFacts()
    facts.restart(mirror, site)
    for name in facts.devices:
        facts.take(mirror, name, now)
    return facts.findings(mirror)


def _fresh_rows(mirror: Mirror, name: str, now: float) -> int:
    """How many sources of a device are in date; 0 while it does not answer."""
    if not answers(mirror, name):
        return 0
    return sum(not mirror.is_stale(row, now) for row in mirror.rows.get(name, {}).values())


def _inlet(mirror: Mirror, device: Device, now: float) -> Inlet | None:
    component = inlet_component(mirror.rows.get(device.name, {}).values())
    found = reading(mirror, device.name, component, TEMPERATURE, now) if component is not None else None
    if found is None or component is None:
        return None
    rack = mirror.inventory.racks.get(device.rack or "")
    return Inlet(
        device=device.name,
        component=component,
        site=device.site or "",
        room=rack.room if rack else "",
        row=rack.row if rack else "",
        rack=device.rack or "",
        value=found.value,
        per_minute=rise_per_minute(mirror, device.name, component),
        over=broken_limit(inlet_levels(mirror, device.name, component), found.value),
        stale=found.stale,
    )


def _hot_gpus(mirror: Mirror, device: str, now: float) -> list[tuple[str, str, float]]:
    """GPUs over a limit of their own, or without any margin left where the device tells only that (Hopper and newer)."""
    hot = []
    for gpu in gpu_components(mirror, device):
        found = reading(mirror, device, gpu, TEMPERATURE, now)
        if found is None or found.stale:
            continue
        levels = limit_levels(mirror, device, gpu, TEMPERATURE)
        margin = None if levels else reading(mirror, device, gpu, MARGIN, now)
        if broken_limit(levels, found.value) is not None or (margin is not None and margin.value <= 0.0):
            hot.append((device, gpu, found.value))
    return hot


def _warming(mirror: Mirror, inlets: list[Inlet]) -> list[Group]:
    """Rows that warm as one; in the others racks; in the others single servers. The fastest first."""
    groups: list[Group] = []
    rest = list(inlets)
    if 2 * sum(math.isnan(i.per_minute) for i in inlets) > len(inlets):
        return groups  # the console has just started: one that is known says nothing of the others
    for kind, key in (("row", _row_of), ("rack", lambda i: (i.site, i.rack)), ("device", lambda i: (i.site, i.device))):
        for (_, name), members in _grouped(rest, key).items():
            least = 1 if kind == "device" else 2
            rising = [i for i in members if i.per_minute > RISING_PER_MINUTE]
            if name and len(members) >= least and len(rising) >= max(least, AS_ONE * len(members)):
                groups.append(_group(mirror, kind, name, members, rising))
        taken = {device for group in groups for device in group.devices}
        rest = [inlet for inlet in rest if inlet.device not in taken]
    return sorted(groups, key=lambda g: (("row", "rack", "device").index(g.kind), -g.per_minute))


def _row_of(inlet: Inlet) -> tuple[str, str]:
    return f"{inlet.site}/{inlet.room}", inlet.row


def _grouped(inlets: Iterable[Inlet], key: Callable[[Inlet], tuple[str, str]]) -> dict[tuple[str, str], list[Inlet]]:
    groups: dict[tuple[str, str], list[Inlet]] = {}
    for inlet in inlets:
        groups.setdefault(key(inlet), []).append(inlet)
    return groups


def _group(mirror: Mirror, kind: str, name: str, members: list[Inlet], rising: list[Inlet]) -> Group:
    racks = {mirror.inventory.racks[i.rack] for i in members if i.rack in mirror.inventory.racks}
    coolers = sorted({c for rack in racks for c in rack.cooling if mirror.open_by_device.get(c)})
    return Group(
        kind=kind,
        name=name,
        room=members[0].room,
        rising=len(rising),
        of=len(members),
        per_minute=float(np.median([i.per_minute for i in rising])),
        devices=tuple(i.device for i in members),
        coolers=tuple(coolers) if kind == "row" else (),
    )
