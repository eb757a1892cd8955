"""Ports, cables and traffic of the fleet, in NumPy: what is up, what flows, what the counters count, and who can be reached.

Stepped by the world with the loads of the jobs. A port is up when it is on, its cable is whole and what is at the other end is
alive; a device can be reached when a path of such ports leads to it from a port that the collector hangs on.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collectors.simulator.plan import Plan

Array = NDArray[np.float64]
Counts = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Index = NDArray[np.intp]

FRAME_BYTES = 900.0
"""Mean size of a frame, for packets per second."""
RX_POWER = -2.1
"""dBm that an optic in good order receives."""
DARK = -36.0
"""dBm that an optic shows where no light comes."""
SICK_RX_POWER = -13.4


@dataclass(slots=True)
class Counters:
    """What ports count since their device started. All uint64, (ports,)."""

    in_octets: Counts
    out_octets: Counts
    in_packets: Counts
    out_packets: Counts
    in_errors: Counts
    in_discards: Counts

    @classmethod
    def begun(cls, ports: int, rng: np.random.Generator) -> "Counters":
        """Counters of devices that have been running for weeks."""

        def old(most: float) -> Counts:
            return (rng.random(ports) * most).astype(np.uint64)

        return cls(old(4e15), old(4e15), old(4e12), old(4e12), old(40), old(2000))

    def reset(self, where: slice) -> None:
        """A device started again: its counters are 0."""
        for column in (self.in_octets, self.out_octets, self.in_packets, self.out_packets, self.in_errors, self.in_discards):
            column[where] = 0


class Network:
    """All ports and cables.

    Attributes
    ----------
    first : device → index of its first port; ports of one device stand together.
    admin, oper : (ports,) bool. changed : (ports,) clock of the last change of oper. counters : see `Counters`.
    rx_dbm, tx_dbm : (ports,) optical powers. speed : (ports,) bit/s as negotiated.
    whole : (links,) bool, the cable. sick : (ports,) bool, the optic receives badly.
    in_rate, out_rate : (ports,) bit/s. reachable : device → bool. version : counts the refreshes.
    """

    def __init__(self, plan: Plan, rng: np.random.Generator) -> None:
        self.plan = plan
        self.devices = tuple(device.name for device in plan.devices)
        self.number = {name: i for i, name in enumerate(self.devices)}
        self.first: dict[str, int] = {}
        names: list[tuple[str, str]] = []
        for device in plan.devices:
            self.first[device.name] = len(names)
            names += [(device.name, port.name) for port in device.ports]
        self.ports = tuple(names)
        self.place = {name: i for i, name in enumerate(names)}
        self.owner: Index = np.array([self.number[device] for device, _ in names], dtype=np.intp)
        flat = [port for device in plan.devices for port in device.ports]
        n = len(flat)
        self.admin: Flags = np.array([port.admin_up for port in flat], dtype=bool)
        self.speed: Array = np.array([port.speed for port in flat], dtype=float)
        self.oper: Flags = np.zeros(n, dtype=bool)
        self.changed: Array = np.zeros(n)
        self.sick: Flags = np.zeros(n, dtype=bool)
        self.counters = Counters.begun(n, rng)
        self.in_rate: Array = np.zeros(n)
        self.out_rate: Array = np.zeros(n)
        self.optic_offset: Array = rng.normal(0.0, 0.5, n)
        self.alive: Flags = np.ones(len(self.devices), dtype=bool)
        self.reachable: dict[str, bool] = {}
        self.version = 0
        self._make_links(rng)
        self._make_drivers()
        self.attached = [self.place[name] for end in plan.attached if (name := tuple(end.split(":"))) in self.place]
        self.admin[self.attached] = True
        self.refresh(0.0)

    def _make_links(self, rng: np.random.Generator) -> None:
        links = self.plan.links
        self.a: Index = np.array([self.place[link.a] for link in links], dtype=np.intp)
        self.b: Index = np.array([self.place[link.b] for link in links], dtype=np.intp)
        self.whole: Flags = np.ones(len(links), dtype=bool)
        self.link_at = {self.ports[end]: i for i, ends in enumerate(zip(self.a, self.b, strict=True)) for end in ends}
        slowest = np.minimum(self.speed[self.a], self.speed[self.b])
        self.speed[self.a] = self.speed[self.b] = slowest
        self.link_speed: Array = slowest
        self.gain: Array = np.array([link.gain for link in links]) * rng.uniform(0.8, 1.2, len(links))
        self.base: Array = np.array([link.base for link in links])
        self.back: Array = np.array([link.back for link in links]) * rng.uniform(0.85, 1.1, len(links))
        groups = {link.group or f"only/{i}": 0 for i, link in enumerate(links)}
        order = {name: i for i, name in enumerate(groups)}
        self.group: Index = np.array([order[link.group or f"only/{i}"] for i, link in enumerate(links)], dtype=np.intp)
        self.group_size: Array = np.bincount(self.group, minlength=len(groups)).astype(float)

    def _make_drivers(self) -> None:
        self.drivers = tuple(dict.fromkeys(link.driver for link in self.plan.links))
        order = {name: i for i, name in enumerate(self.drivers)}
        self.driver: Index = np.array([order[link.driver] for link in self.plan.links], dtype=np.intp)

    # --- state ----------------------------------------------------------------------------------------------------------------

    def span(self, device: str) -> slice:
        """Where the ports of a device stand."""
        start = self.first[device]
        return slice(start, start + len(self.plan.devices[self.number[device]].ports))

    def refresh(self, clock: float) -> None:
        """Work out anew which ports are up and who can be reached; after any change of a device, cable or port."""
        alive = self.alive[self.owner]
        lit = self.whole & alive[self.a] & alive[self.b] & self.admin[self.a] & self.admin[self.b]
        oper = np.zeros(len(self.ports), dtype=bool)
        oper[self.a] = lit
        oper[self.b] = lit
        oper[self.attached] = alive[self.attached]
        self.changed = np.where(oper != self.oper, clock, self.changed)
        self.oper = oper
        self.lit = lit
        self.version += 1
        self._reach()

    def _reach(self) -> None:
        """Breadth first from where the collector hangs."""
        near: list[list[int]] = [[] for _ in self.devices]
        for a, b in zip(self.owner[self.a[self.lit]].tolist(), self.owner[self.b[self.lit]].tolist(), strict=True):
            near[a].append(b)
            near[b].append(a)
        begin = {int(self.owner[port]) for port in self.attached if self.alive[self.owner[port]]}
        seen, waiting = set(begin), deque(begin)
        while waiting:
            for other in near[waiting.popleft()]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        self.reachable = {
            device.name: bool(self.alive[i]) and (device.out_of_band or i in seen) for i, device in enumerate(self.plan.devices)
        }

    # --- one second -----------------------------------------------------------------------------------------------------------

    def step(self, seconds: float, drivers: Array, rng: np.random.Generator) -> None:
        """Traffic for so many seconds. `drivers` : (drivers,) 0 to 1, in the order of `self.drivers`."""
        alive = np.bincount(self.group, self.lit, len(self.group_size))
        # what a group's dead links carried goes over those that are left
        spread = self.group_size / np.maximum(alive, 1.0)
        share = (self.base + self.gain * drivers[self.driver]) * rng.normal(1.0, 0.02, len(self.a)) * spread[self.group]
        forth = np.where(self.lit, np.clip(share, 0.0, 0.985) * self.link_speed, 0.0)
        back = np.where(self.lit, np.clip(share * self.back, 0.0, 0.985) * self.link_speed, 0.0)
        self.out_rate[self.a] = self.in_rate[self.b] = forth
        self.out_rate[self.b] = self.in_rate[self.a] = back
        self._count(seconds, rng)

    def _count(self, seconds: float, rng: np.random.Generator) -> None:
        counters = self.counters
        received = self.in_rate * (seconds / 8.0)
        sent = self.out_rate * (seconds / 8.0)
        counters.in_octets += received.astype(np.uint64)
        counters.out_octets += sent.astype(np.uint64)
        counters.in_packets += (received / FRAME_BYTES).astype(np.uint64)
        counters.out_packets += (sent / FRAME_BYTES).astype(np.uint64)
        sick = np.nonzero(self.sick & self.oper)[0]
        if sick.size:
            counters.in_errors[sick] += rng.poisson(140.0 * seconds, sick.size).astype(np.uint64)

    def rx_dbm(self, port: int) -> float:
        """Optical power that a port receives."""
        if self.sick[port]:
            return SICK_RX_POWER - 2.2 * (not self.oper[port]) + float(self.optic_offset[port]) * 0.3
        return RX_POWER + float(self.optic_offset[port]) if self.oper[port] else DARK

    def tx_dbm(self, port: int) -> float:
        """Optical power that a port sends: its laser is on while the port is."""
        return -1.2 + float(self.optic_offset[port]) * 0.5 if self.admin[port] else DARK
