"""What the canvases ask of the mirror again and again: inlets, GPUs, limits, freshness. Plain Python, no Qt."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from noc_console.mirror import Mirror
from noc_console.model.changes import Row
from noc_console.model.poll import Layout

TEMPERATURE = "temperature_celsius"
LOST = ("gpu-lost", "gpu-missing")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value with its time. `stale` also where the device does not answer."""

    value: float
    time: float
    stale: bool


def is_gpu(component: str) -> bool:
    """Whether a component is a GPU: gpu0, gpu1…"""
    return component.startswith("gpu") and component[3:].isdigit()


def gpu_components(mirror: Mirror, device: str) -> list[str]:
    """GPUs of a device in order, of values and of facts: one that is lost stays as an empty line."""
    found = {c for row in mirror.rows.get(device, {}).values() for c in _gpus(row.layout)}
    found |= {c for known in mirror.known.get(device, {}).values() for c in known.facts if is_gpu(c)}
    return sorted(found, key=lambda c: int(c[3:]))


def reading(mirror: Mirror, device: str, component: str, metric: str, now: float) -> Reading | None:
    """The newest value of a key; None where there is none (NaN included)."""
    found = mirror.value(device, component, metric)
    if found is None or math.isnan(found[0]):
        return None
    value, row = found
    stale = mirror.is_stale(row, now) or not answers(mirror, device)
    return Reading(value, row.time, stale or (is_gpu(component) and component in lost_gpus(mirror, device)))


def lost_gpus(mirror: Mirror, device: str) -> set[str]:
    """GPUs that their host has lost: what a slower source still tells of them is the past."""
    standing = (mirror.alarms[number] for number in mirror.open_by_device.get(device, ()))
    return {alarm.component for alarm in standing if alarm.type in LOST}


def answers(mirror: Mirror, device: str) -> bool:
    """Whether a device answers as far as is known; one that was never asked does not."""
    state = mirror.devices.get(device)
    return state is not None and state.reachable is True


def is_stale(mirror: Mirror, device: str, now: float) -> bool:
    """Whether nothing that a device tells is fresh."""
    rows = mirror.rows.get(device, {})
    return all(mirror.is_stale(row, now) for row in rows.values())


def inlet_component(rows: Iterable[Row]) -> str | None:
    """The component that is a device's inlet, air in: `inlet`, or the sensor whose name says inlet, supply or intake."""
    found = [best for row in rows if (best := _inlet(row.layout)) is not None]
    return min(found)[1] if found else None


@lru_cache(maxsize=4096)
def _inlet(layout: Layout) -> tuple[int, str] | None:
    """(how good its name is, component) of the best inlet sensor of a layout."""
    sensors = [c for c, metric in layout.keys if metric == TEMPERATURE and not is_gpu(c)]
    named = [(n, c) for n, word in enumerate(("inlet", "intake", "supply")) for c in sensors if word in c.lower()]
    return min(named, key=lambda one: one[0], default=None)


@lru_cache(maxsize=4096)
def _gpus(layout: Layout) -> frozenset[str]:
    return frozenset(c for c, _ in layout.keys if is_gpu(c))


def limit_levels(mirror: Mirror, device: str, component: str, metric: str) -> dict[str, float]:
    """Level (`warning`, `minor`, `major`, `critical`) → value: the inventory's, else the device's own."""
    planned = mirror.inventory.devices.get(device)
    if planned is not None and metric in planned.limits and not is_gpu(component):
        return dict(planned.limits[metric])
    found: dict[str, float] = {}
    for known in mirror.known.get(device, {}).values():
        found.update(known.limits.get(component, {}).get(metric, {}))
    return found


def facts(mirror: Mirror, device: str, component: str = "") -> dict[str, str]:
    """All facts of a component, the newest source winning."""
    merged: dict[str, str] = {}
    for known in sorted(mirror.known.get(device, {}).values(), key=lambda k: k.time):
        merged.update(known.facts.get(component, {}))
    return merged


def text_of(mirror: Mirror, device: str, component: str, metric: str) -> str | None:
    """The word that stands beside a value, None where there is none."""
    for row in mirror.rows.get(device, {}).values():
        for part, name, text in row.texts:
            if part == component and name == metric:
                return text
    return None
