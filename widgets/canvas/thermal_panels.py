"""Which curves the thermal view shows for a chosen device, panel by panel. Pure apart from words."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from noc_console.mirror import Mirror
from noc_console.model.fleet import Device
from widgets.canvas.curves import Axes, Curve, Limit
from widgets.canvas.readings import TEMPERATURE, gpu_components, inlet_component, limit_levels
from widgets.canvas.scale import bounds_of
from widgets.canvas.thermal_facts import inlet_levels
from widgets.canvas.tier_layout import CELLS
from widgets.words import shortest, translate

FAN = "fan_speed_rpm"
MOST_CURVES = 24
LEVELS = ("critical", "major", "minor", "warning")
Key = tuple[str, str, str]
Points = Callable[[Key], tuple[NDArray[np.float64], NDArray[np.float64]]]


@dataclass(slots=True)
class Panel:
    """One plot: `keys` in order, the first is the chosen one. `grid` and `least` give its range in whole steps."""

    title: str
    note: str
    unit: str
    keys: list[Key] = field(default_factory=list)
    names: dict[Key, str] = field(default_factory=dict)
    levels: dict[str, float] = field(default_factory=dict)
    above: bool = True
    grid: float = 5.0
    least: float = 10.0
    apart: bool = False
    """Curves in colours of their own instead of one before its context."""


def panels(mirror: Mirror, focus: str, component: str) -> list[Panel]:
    """Inlets of its row, its GPUs, the fans of its coolers; those that it has none of are left out."""
    device = mirror.inventory.devices.get(focus)
    if device is None:
        return []
    group, place = group_of(mirror, device)
    made = [_inlets(mirror, device, group, place), _gpus(mirror, device, component), _coolers(mirror, device)]
    return [panel for panel in made if panel is not None and panel.keys]


def group_of(mirror: Mirror, device: Device) -> tuple[list[Device], str]:
    """(servers of the same row, or that a cooler cools, the words for the group)."""
    devices, racks = mirror.inventory.devices.values(), mirror.inventory.racks
    if device.role not in CELLS:
        return _beside(mirror, device)
    rack = racks.get(device.rack or "")
    if rack is None:
        return [d for d in devices if d.role in CELLS and d.site == device.site and d.rack is None], ""
    same = {name for name, r in racks.items() if (r.site, r.room, r.row) == (rack.site, rack.room, rack.row)}
    return [d for d in devices if d.role in CELLS and d.rack in same], translate("thermal", "row {row}").format(row=rack.row)


def _beside(mirror: Mirror, device: Device) -> tuple[list[Device], str]:
    """(servers that a cooler cools, or that share the coolers of another device, else those of its site; the words for them)."""
    coolers = (device.name,) if device.role == "cooling" else (*device.cooling, *_cooling(mirror, device))
    cells = [d for d in mirror.inventory.devices.values() if d.role in CELLS]
    for name in coolers:
        cooled = [d for d in cells if name in (*d.cooling, *_cooling(mirror, d))]
        if cooled or device.role == "cooling":
            return cooled, translate("thermal", "cooled by {name}").format(name=name)
    site = mirror.inventory.sites.get(device.site or "")
    return [d for d in cells if d.site == device.site], site.title or site.name if site else ""


def _warmest_first(mirror: Mirror, keys: list[Key], first: str) -> list[Key]:
    """The chosen device's key first, then by the value now, the warmest first."""
    values = {key: found[0] for key in keys if (found := mirror.value(*key)) is not None}
    return sorted(keys, key=lambda key: (key[0] != first, -np.nan_to_num(values.get(key, -np.inf), nan=-np.inf)))


def _cooling(mirror: Mirror, device: Device) -> tuple[str, ...]:
    rack = mirror.inventory.racks.get(device.rack or "")
    return rack.cooling if rack else ()


def _inlets(mirror: Mirror, device: Device, group: list[Device], place: str) -> Panel:
    panel = Panel(translate("thermal", "Inlet °C"), place, "°C")
    for member in sorted(group, key=lambda d: d.name != device.name):
        inlet = inlet_component(mirror.rows.get(member.name, {}).values())
        if inlet is not None and len(panel.names) < MOST_CURVES:
            panel.names[member.name, inlet, TEMPERATURE] = member.name
    panel.keys = _warmest_first(mirror, list(panel.names), device.name)
    if panel.keys:
        panel.levels = inlet_levels(mirror, *panel.keys[0][:2])
    return panel


def _gpus(mirror: Mirror, device: Device, component: str) -> Panel | None:
    gpus = gpu_components(mirror, device.name)
    if not gpus:
        return None
    chosen = component if component in gpus else _hottest(mirror, device.name, gpus)
    panel = Panel(translate("thermal", "GPU °C"), device.name, "°C")
    for gpu in sorted(gpus, key=lambda g: g != chosen):
        key = (device.name, gpu, TEMPERATURE)
        panel.keys.append(key)
        panel.names[key] = gpu
    panel.levels = limit_levels(mirror, device.name, chosen, TEMPERATURE)
    return panel


def _hottest(mirror: Mirror, device: str, gpus: list[str]) -> str:
    values = {gpu: found[0] for gpu in gpus if (found := mirror.value(device, gpu, TEMPERATURE)) is not None}
    known = {gpu: value for gpu, value in values.items() if value == value}
    return max(known, key=lambda gpu: known[gpu]) if known else gpus[0]


def _coolers(mirror: Mirror, device: Device) -> Panel:
    names = (device.name,) if device.role == "cooling" else (*device.cooling, *_cooling(mirror, device))
    panel = Panel(translate("thermal", "Cooler fans, rpm"), "", "rpm", above=False, grid=200.0, least=800.0, apart=True)
    for name in dict.fromkeys(names):
        for row in mirror.rows.get(name, {}).values():
            for component, metric in row.layout.keys:
                if metric == FAN and len(panel.keys) < 8:
                    key = (name, component, metric)
                    panel.keys.append(key)
                    panel.names[key] = f"{name} {component}" if len(names) > 1 else name
    if panel.keys:
        panel.levels = limit_levels(mirror, *panel.keys[0])
    return panel


def curves_of(panel: Panel, points: Points) -> list[Curve]:
    """The panel's curves, the chosen one last, over the others."""
    made = []
    for n, key in enumerate(panel.keys):
        times, values = points(key)
        series = n if panel.apart else -1
        name = panel.names[key] if n == 0 or panel.apart or n < 4 else ""
        made.append(Curve(key, name, times, values, chosen=n == 0, series=series))
    return made[::-1]


def limits_of(panel: Panel, curves: list[Curve]) -> list[Limit]:
    """The panel's limits, broken where a curve is beyond one now."""
    newest = [float(c.values[-1]) for c in curves if len(c.values) and np.isfinite(c.values[-1])]
    made = []
    for level in LEVELS:
        if level in panel.levels:
            value = panel.levels[level]
            broken = any(v > value if panel.above else v < value for v in newest)
            made.append(Limit(value, f"{shortest(value, 1)} {level_word(level)}", level, broken, panel.above))
    return made


def level_word(level: str) -> str:
    """The word of a limit's level."""
    return {
        "warning": translate("thermal", "warning"),
        "minor": translate("thermal", "minor"),
        "major": translate("thermal", "major"),
        "critical": translate("thermal", "critical"),
    }.get(level, level)


def axes_of(panel: Panel, curves: list[Curve], window: tuple[float, float], timezone: str, before: Axes | None) -> Axes:
    """The range: holds all values of the window and the nearest limit; it grows, and shrinks only when it is another window."""
    start, end = window
    shown = [c.values[np.searchsorted(c.times, start) :] for c in curves]
    values = np.concatenate([np.zeros(0), *shown])
    known = values[np.isfinite(values)]
    near = [v for v in panel.levels.values() if not len(known) or abs(v - float(np.median(known))) <= 3 * panel.least]
    low, high = bounds_of(values, near, panel.least, panel.grid)
    if before is not None and before.end - before.start == end - start:
        low, high = min(low, before.low), max(high, before.high)
    return Axes(start, end, low, high, panel.unit, timezone)
