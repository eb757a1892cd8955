"""What depends on what: network paths as the collectors see them, feeds, coolers. From the plan and what was found."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

import rustworkx as rx

from noc_console.alarms.breath import go_on
from noc_console.model.fleet import Device, End, Inventory

_NO_NAMES: frozenset[str] = frozenset()

USUAL_CENTRE = ("core", "spine", "router")
"""Roles that collectors are taken to be attached to, in this order, where the inventory says it of none."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """Which dead devices cut which devices off: device → the dead ones that stand between it and the collectors."""

    by: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """The only link over which something is reached: the device above it and the one below, with their ports."""

    above: str
    far_port: str
    below: str
    port: str


class NetworkPaths:
    """All links between devices, seen from where the collectors are attached. Used from the monitor's thread.

    Devices without a path from there (a management network of its own) have no cause in the network.
    """

    def __init__(self, inventory: Inventory, links: Iterable[tuple[End, End]]) -> None:
        self._neighbours: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for a, b in links:
            if a.device in inventory.devices and b.device in inventory.devices and a.device != b.device:
                self._neighbours.setdefault(a.device, {}).setdefault(b.device, []).append((a.port, b.port))
                self._neighbours.setdefault(b.device, {}).setdefault(a.device, []).append((b.port, a.port))
        self.attached = self._attachment(inventory)
        self._above = self._dominators()
        self._uplinks: dict[str, list[tuple[str, str, str]]] = {}
        self._lines: dict[str, tuple[Line, ...]] = {}

    def _attachment(self, inventory: Inventory) -> frozenset[str]:
        named = {end.partition(":")[0] for place in inventory.collectors.values() for end in place.attached}
        named &= self._neighbours.keys()
        for role in USUAL_CENTRE:
            if named:
                break
            named = {name for name in self._neighbours if inventory.devices[name].role == role}
        return frozenset(named)

    def _dominators(self) -> Mapping[str, tuple[str, ...]]:
        """Device → devices that stand on every path to it, the nearest first."""
        graph: rx.PyDiGraph[str, None] = rx.PyDiGraph()
        start = graph.add_node("")
        place = dict(zip(self._neighbours, graph.add_nodes_from(list(self._neighbours)), strict=True))
        graph.add_edges_from_no_data([(start, place[name]) for name in sorted(self.attached)])
        graph.add_edges_from_no_data([(place[a], place[b]) for a, others in self._neighbours.items() for b in others])
        above = rx.immediate_dominators(graph, start)
        found: dict[str, tuple[str, ...]] = {}
        for name, node in place.items():
            if node in above:
                found[name] = tuple(graph[n] for n in _chain(above, node, start))
        return found

    def knows(self, device: str) -> bool:
        """Whether it is reached over links that are known."""
        return device in self._above

    def above(self, device: str) -> tuple[str, ...]:
        """The devices without which it cannot be reached, the nearest first."""
        return self._above.get(device, ())

    def neighbours(self, device: str) -> Iterable[str]:
        """Devices at the other ends of its links."""
        return self._neighbours.get(device, {}).keys()

    def is_behind(self, device: str, other: str) -> bool:
        """Whether a device is reached over the other only."""
        return other in self.above(device)

    def uplinks(self, device: str) -> list[tuple[str, str, str]]:
        """(neighbour, its port, own port) of the links over which it may be reached."""
        found = self._uplinks.get(device)
        if found is None:
            found = self._uplinks[device] = [
                (other, theirs, mine)
                for other, ports in self._neighbours.get(device, {}).items()
                if self.knows(other) and not self.is_behind(other, device)
                for mine, theirs in ports
            ]
        return found

    def lines(self, device: str) -> tuple[Line, ...]:
        """The links that every path to a device passes, the nearest first."""
        found = self._lines.get(device)
        if found is None:
            chain = [(name, self.uplinks(name)) for name in (device, *self.above(device))]
            found = self._lines[device] = tuple(
                Line(ways[0][0], ways[0][1], name, ways[0][2]) for name, ways in chain if len(ways) == 1
            )
        return found

    def is_single(self, device: str, other: str) -> bool:
        """Whether there is one link only between two devices."""
        return len(self._neighbours.get(device, {}).get(other, ())) == 1

    def blocked(self, dead: Iterable[str], cut: Container[tuple[str, str]] = (), breathe: Callable[[], None] = go_on) -> Blocked:
        """What is cut off while these are dead. A dead device that can still be asked for stands at the edge, and is not cut off.

        `cut` are pairs of devices whose link was known to be down before; through it nothing can be asked. `breathe` is called
        now and then.
        """
        gone = {name for name in dead if name in self._above}
        if not gone:
            return Blocked({})
        live = self._reached(self.attached - gone, gone)
        edge = {
            name
            for name in gone
            if name in self.attached or any(n in live and (n, name) not in cut for n in self._neighbours[name])
        }
        by: dict[str, frozenset[str]] = {}
        for front in sorted(edge):
            breathe()
            stop = live | edge
            for name in self._reached((n for n in self._neighbours[front] if n not in stop), stop):
                by[name] = by.get(name, _NO_NAMES) | {front}
        return Blocked(by)

    def _reached(self, begin: Iterable[str], without: Iterable[str]) -> set[str]:
        without = without if isinstance(without, set) else set(without)
        reached = set(begin)
        waiting = list(reached)
        while waiting:
            for name in self._neighbours[waiting.pop()]:
                if name not in reached and name not in without:
                    reached.add(name)
                    waiting.append(name)
        return reached


def _chain(above: Mapping[int, int], node: int, start: int) -> Iterable[int]:
    node = above[node]
    while node != start:
        yield node
        node = above[node]


class Supplies:
    """Feeds and coolers of devices. Never changes."""

    def __init__(self, inventory: Inventory) -> None:
        self._devices = inventory.devices
        self.fed_by: dict[str, list[str]] = {}
        self.cooled_by: dict[str, list[str]] = {}
        for device in inventory.devices.values():
            for feed in feeds_of(device):
                self.fed_by.setdefault(feed, []).append(device.name)
            for cooler in device.cooling:
                self.cooled_by.setdefault(cooler, []).append(device.name)

    def feeds(self, device: str) -> tuple[str, ...]:
        """What feeds it, itself left out."""
        found = self._devices.get(device)
        return feeds_of(found) if found is not None else ()

    def needs_power(self, device: str) -> int:
        """How many of its feeds it needs."""
        return max(1, self._devices[device].needs_power)

    def coolers(self, device: str) -> tuple[str, ...]:
        """What cools it."""
        found = self._devices.get(device)
        return tuple(c for c in found.cooling if c != device) if found is not None else ()


def feeds_of(device: Device) -> tuple[str, ...]:
    """The feeds of a device."""
    return tuple(feed for feed in device.power if feed != device.name)
