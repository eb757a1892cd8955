"""Links as they stand: the plan and what neighbours tell, with the state and load that both ends give.

Kept as arrays over all links; an answer writes its ports' columns, and `take` tells only the links that changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noc_console.cabling import ON_THE_CABLE, Cabling, Claim, Ends
from noc_console.model.changes import LinkState
from noc_console.model.fleet import End, Inventory
from noc_console.model.poll import Layout, Neighbour, PollResult, Values

LOAD_STEP = 0.005
"""Change of a load (share of the speed) from which it is told again."""

_WORDS = ("unknown", "up", "down")
_UNKNOWN, _UP, _DOWN = range(3)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of a layout belong to which (side, link); one entry for each of four metrics."""

    layout: Layout
    links: NDArray[np.intp]
    oper: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]
    sent: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]
    received: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]
    speed: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]


class Topology:
    """All links. Used from the monitor's thread."""

    def __init__(self, inventory: Inventory) -> None:
        self._ends: list[tuple[End, End]] = []
        self._planned = len(inventory.links)
        self._found_by: list[str] = []
        self._at: dict[str, dict[str, tuple[int, int]]] = {}
        self.in_plan = frozenset(end.device for link in inventory.links for end in (link.a, link.b))
        self._numbers: dict[frozenset[End], int] = {}
        self._links_of: dict[str, dict[int, None]] = {}
        self.cabling = Cabling()
        self._judged: set[int] = set()
        self._names = {name.lower(): name for name in inventory.devices}
        self._addresses = _addresses(inventory)
        self._columns: dict[tuple[str, str], _Columns] = {}
        self._grow_arrays(0)
        for link in inventory.links:
            self._add(link.a, link.b, "")

    def _grow_arrays(self, n: int) -> None:
        old = getattr(self, "_oper", np.zeros((2, 0))).shape[1]
        for name in ("_oper", "_sent", "_received", "_speed"):
            grown = np.full((2, n), np.nan)
            if old:
                grown[:, :old] = getattr(self, name)[:, :old]
            setattr(self, name, grown)
        for name in ("_time", "_told_ab", "_told_ba", "_told_speed"):
            column = np.full(n, np.nan)
            if old:
                column[:old] = getattr(self, name)[:old]
            setattr(self, name, column)
        for name, kind in (("_told_status", np.int8), ("_dirty", np.bool_)):
            flags = np.zeros(n, dtype=kind)
            if old:
                flags[:old] = getattr(self, name)[:old]
            setattr(self, name, flags)

    _oper: Values
    _sent: Values
    _received: Values
    _speed: Values
    _time: Values
    _told_ab: Values
    _told_ba: Values
    _told_speed: Values
    _told_status: NDArray[np.int8]
    _dirty: NDArray[np.bool_]

    def _add(self, a: End, b: End, found_by: str) -> None:
        number = len(self._ends)
        self._ends.append((a, b))
        self._found_by.append(found_by)
        if number >= self._oper.shape[1]:
            self._grow_arrays(max(64, 2 * number))
        self._numbers[frozenset((a, b))] = number
        for side, end in enumerate((a, b)):
            self._links_of.setdefault(end.device, {})[number] = None
            if not self.is_planned(end.device, end.port):  # the plan's port stays the plan's
                self._at.setdefault(end.device, {})[end.port] = (side, number)
        self._dirty[number] = True
        for key in [key for key in self._columns if key[0] in (a.device, b.device)]:
            del self._columns[key]

    def is_planned(self, device: str, port: str) -> bool:
        """Whether a port stands in the plan."""
        found = self._at.get(device, {}).get(port)
        return found is not None and found[1] < self._planned

    def is_linked(self, device: str, port: str) -> bool:
        """Whether a port is an end of a link: by the plan, or as either end told of its neighbour."""
        return port in self._at.get(device, {})

    def other_end(self, device: str, port: str) -> End | None:
        """The far end of the link at a port."""
        found = self._at.get(device, {}).get(port)
        return self._ends[found[1]][1 - found[0]] if found is not None else None

    def ends(self) -> Sequence[tuple[End, End]]:
        """Both ends of each link, the planned ones first, not a copy; links are only ever added."""
        return self._ends

    # what answers tell

    def update(self, result: PollResult, rates: Values) -> None:
        """Take what an answer says of its ports."""
        if result.device not in self._at:
            return
        key = (result.device, result.source)
        columns = self._columns.get(key)
        if columns is None or columns.layout is not result.layout:
            columns = self._columns[key] = self._columns_of(result.device, result.layout)
        if not len(columns.links):
            return
        for target, source, (at, side, link) in (
            (self._oper, result.values, columns.oper),
            (self._sent, rates, columns.sent),
            (self._received, rates, columns.received),
            (self._speed, result.values, columns.speed),
        ):
            if len(at):
                target[side, link] = source[at]
        self._time[columns.links] = result.finished
        self._dirty[columns.links] = True

    def _columns_of(self, device: str, layout: Layout) -> _Columns:
        ports = self._at[device]

        def places(metric: str) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
            found = [(layout.index[p, metric], *at) for p, at in ports.items() if (p, metric) in layout.index]
            table = np.array(found, dtype=np.intp).reshape(len(found), 3)
            return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()

        oper = places("oper_status")
        return _Columns(
            layout=layout,
            links=oper[2],
            oper=oper,
            sent=places("out_octets_total"),
            received=places("in_octets_total"),
            speed=places("speed_bits_per_second"),
        )

    def lost(self, device: str) -> None:
        """A device does not answer: what its ends said is not known any more."""
        for side, link in self._at.get(device, {}).values():
            for array in (self._oper, self._sent, self._received):
                array[side, link] = np.nan
            self._dirty[link] = True

    def named(self, device: str, sys_name: str) -> None:
        """A name that a device gives itself, by which neighbours tell of it."""
        for name in (sys_name.lower(), sys_name.lower().partition(".")[0]):
            if name:
                self._names.setdefault(name, device)

    def neighbours(self, device: str, neighbours: Iterable[Neighbour], at: float) -> set[str]:
        """Take what a device tells of its neighbours: planned links are confirmed, new ones between known devices listed.

        Gives the devices at the far ends of new ones.
        """
        found: set[str] = set()
        claims: list[Claim] = []
        told = tuple(neighbours)
        for neighbour in told:
            remote = self._device_named(neighbour.remote_host) or self._addresses.get(neighbour.remote_address)
            if remote is None or remote == device:
                continue
            if not neighbour.local_port:  # a peer of layer 3 is at no port: it supports the cables between the two
                claims += self._support(device, remote, neighbour.protocol)
                continue
            known, far = self._exchanged(device, neighbour.local_port, remote, neighbour.remote_port)
            if known is None:
                known = self._link_between(device, neighbour.local_port, remote, neighbour.remote_port)
            if known is None:
                here, there = End(device=device, port=neighbour.local_port), End(device=remote, port=neighbour.remote_port)
                a, b = sorted((here, there), key=lambda end: (end.device, end.port))
                known = len(self._ends)
                self._add(a, b, neighbour.protocol)
                found.add(remote)
            elif not self._found_by[known]:
                self._found_by[known] = neighbour.protocol
                self._tell_again(known)
            claims.append(Claim(neighbour.local_port, remote, neighbour.remote_port, neighbour.protocol, known, far))
        self.cabling.hear(device, claims, speaks=any(each.protocol in ON_THE_CABLE for each in told), at=at)
        self._judge_cables(device)
        return found

    def _support(self, device: str, remote: str, protocol: str) -> Iterable[Claim]:
        """Claims for the links between two devices, from what is true of the two and not of a port."""
        for number in self._links_of.get(device, ()):
            a, b = self._ends[number]
            if remote in (a.device, b.device):
                here, there = (a, b) if a.device == device else (b, a)
                yield Claim(here.port, remote, there.port, protocol, number)

    def _exchanged(self, device: str, port: str, remote: str, remote_port: str) -> tuple[int | None, str]:
        """(planned link of the near port, the far port) where the plan has the far one for another link; else (None, "")."""
        own, far = self._at.get(device, {}).get(port), self._at.get(remote, {}).get(remote_port)
        if own is None or far is None or own[1] == far[1] or max(own[1], far[1]) >= self._planned:
            return None, ""
        return own[1], remote_port

    def _judge_cables(self, device: str) -> None:
        for link in self._links_of.get(device, ()):
            a, b = self._ends[link]
            ends = Ends(
                (a.device, a.port),
                (b.device, b.port),
                planned=link < self._planned,
                down=bool((self._oper[:, link] == 0).any()),
                at_planned_port=self.is_planned(a.device, a.port) or self.is_planned(b.device, b.port),
            )
            self._judged.add(link)
            if self.cabling.judge(link, ends, device):
                self._tell_again(link)

    def _tell_again(self, link: int) -> None:
        """Even where its state stays."""
        self._told_status[link] = -1
        self._dirty[link] = True

    def judged(self) -> list[LinkState]:
        """Links whose cable was held against the plan since the last call."""
        links = np.array(sorted(self._judged), dtype=np.intp)
        self._judged.clear()
        status, ab, ba, speed = self._now(links)
        rows = zip(links, status, ab, ba, speed, strict=True)
        return [self._state(int(n), int(s), float(x), float(y), float(z)) for n, s, x, y, z in rows]

    def is_held(self, link: LinkState) -> bool:
        """Whether its difference from the plan was given twice by the same device."""
        return self.cabling.standing(self._numbers[frozenset((link.a, link.b))]).is_held

    def forget_cables(self, device: str) -> None:
        """Begin anew with the differences of a device's links."""
        for link in self._links_of.get(device, ()):
            self.cabling.standing(link).readings.clear()

    def _device_named(self, text: str) -> str | None:
        name = text.strip().lower()
        return self._names.get(name) or self._names.get(name.partition(".")[0])

    def _link_between(self, device: str, port: str, remote: str, remote_port: str) -> int | None:
        """The link that these two ends mean; a port's name that the far side spells differently does not make a second."""
        for end, other, far_port in ((device, remote, port), (remote, device, remote_port)):
            found = self._at.get(end, {}).get(far_port)
            if found is not None and self._ends[found[1]][1 - found[0]].device == other:
                return found[1]
        return self._numbers.get(frozenset((End(device=device, port=port), End(device=remote, port=remote_port))))

    # what is told

    def take(self) -> tuple[list[LinkState], list[LinkState]]:
        """Links whose state or load changed since they were told, and among them those whose status did."""
        touched = np.nonzero(self._dirty)[0]
        if not len(touched):
            return [], []
        self._dirty[touched] = False
        status, ab, ba, speed = self._now(touched)
        before = self._told_status[touched]
        moved = _moved(ab, self._told_ab[touched]) | _moved(ba, self._told_ba[touched])
        moved |= (speed != self._told_speed[touched]) & ~(np.isnan(speed) & np.isnan(self._told_speed[touched]))
        telling = np.nonzero(moved | (status != before))[0]
        links = touched[telling]
        self._told_status[links], self._told_speed[links] = status[telling], speed[telling]
        self._told_ab[links], self._told_ba[links] = ab[telling], ba[telling]
        states = [self._state(int(touched[i]), int(status[i]), float(ab[i]), float(ba[i]), float(speed[i])) for i in telling]
        changes = [state for state, i in zip(states, telling, strict=True) if max(0, before[i]) != status[i]]
        return states, changes

    def states(self) -> tuple[LinkState, ...]:
        """All links."""
        every = np.arange(len(self._ends))
        status, ab, ba, speed = self._now(every)
        return tuple(self._state(int(i), int(status[i]), float(ab[i]), float(ba[i]), float(speed[i])) for i in every)

    def _now(self, links: NDArray[np.intp]) -> tuple[NDArray[np.int8], Values, Values, Values]:
        """(status, load a to b, load b to a, speed) of these links.

        Down where either end says so; up where one says so and the other does not object. What a sends is what b receives:
        a's own count comes first.
        """
        oper, sent, received = self._oper[:, links], self._sent[:, links], self._received[:, links]
        status = np.full(len(links), _UNKNOWN, dtype=np.int8)
        status[(oper == 1).any(axis=0)] = _UP
        status[(oper == 0).any(axis=0)] = _DOWN
        speed = np.fmin(self._speed[0, links], self._speed[1, links])
        speed[speed <= 0] = np.nan
        ab = np.where(np.isnan(sent[0]), received[1], sent[0]) * 8.0 / speed
        ba = np.where(np.isnan(sent[1]), received[0], sent[1]) * 8.0 / speed
        return status, ab, ba, speed

    def _state(self, link: int, status: int, ab: float, ba: float, speed: float) -> LinkState:
        a, b = self._ends[link]
        time = float(self._time[link])
        cable = self.cabling.standing(link)
        return LinkState(
            a=a,
            b=b,
            planned=link < self._planned,
            status=_WORDS[status],
            speed=speed,
            load_ab=ab,
            load_ba=ba,
            time=None if time != time else time,
            found_by=self._found_by[link],
            evidence=cable.evidence,
            seen=cable.seen,
            plan=cable.plan,
            instead=cable.instead,
        )


def _addresses(inventory: Inventory) -> dict[str, str]:
    """Address → device, of those that are one device's only (a simulated fleet shares one)."""
    found: dict[str, set[str]] = {}
    for device in inventory.devices.values():
        for address in (device.address, *(way.address for way in device.collect.values() if way.via is None)):
            found.setdefault(address, set()).add(device.name)
    return {address: next(iter(names)) for address, names in found.items() if len(names) == 1}


def _moved(now: Values, told: Values) -> NDArray[np.bool_]:
    """Where a load is another than it was told, by more than a step, or became known or unknown."""
    moved: NDArray[np.bool_] = (np.abs(now - told) > LOAD_STEP) | (np.isnan(now) != np.isnan(told))
    return moved
