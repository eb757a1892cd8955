"""What can break in a fleet, what its devices answer then, and what a good console should make of it."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import exp
from random import Random

import numpy as np
from fleets import Fleet

from noc_console.model.fleet import Device, Link
from noc_console.model.poll import ErrorKind, Event, Layout, PollError, PollResult
from noc_console.readings import lines_of

T0 = 1_795_000_000.0
HEAT_S = 420.0
"""Time constant of a row's air, and how much warmer it gets without any cooling."""
HEAT_K = 31.0
LONG = 2700.0
REBOOT_S = 120.0
"""Of the host whose lost GPU is repaired by it."""
XID = "NVRM: Xid (PCI:0000:{bus}:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus."


@dataclass(frozen=True)
class Fault:
    """What broke, when and until when (seconds since the start). `what`: a device, a rack, (site, row), or a link's number."""

    kind: str
    what: object
    start: float
    end: float


@dataclass(frozen=True)
class Noise:
    """Shares of polls that are lost, or have one value that is wrong; and ports that nobody uses which turn."""

    lost: float = 0.0
    wrong: float = 0.0
    idle_ports: bool = True


@dataclass
class _State:
    """What holds between two moments at which something breaks or is repaired."""

    off: set[str] = field(default_factory=set)
    mute: set[str] = field(default_factory=set)
    cut: set[int] = field(default_factory=set)
    stopped: set[str] = field(default_factory=set)
    flat: set[str] = field(default_factory=set)
    """Feeds that answer and give nothing."""
    clogged: set[str] = field(default_factory=set)
    lost_gpus: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)


class World:
    """A fleet over time."""

    def __init__(self, fleet: Fleet, faults: list[Fault], rng: Random) -> None:
        self.fleet, self.faults, self.rng = fleet, faults, rng
        self.devices = fleet.inventory.devices
        self.ports: dict[str, list[tuple[int, str, str]]] = {}
        for i, link in enumerate(fleet.links):
            for here, there in ((link.a, link.b), (link.b, link.a)):
                self.ports.setdefault(here.device, []).append((i, here.port, there.device))
        self.bias = {name: rng.uniform(-3, 3) for name in self.devices}
        places = fleet.inventory.collectors["main-1"].attached
        self.start = {end.partition(":")[0] for end in places} or {
            n for n, d in self.devices.items() if d.role == "core" and d.site == "main"
        }
        self.heat: dict[tuple[str, ...], tuple[float, float, float]] = {}
        self.dust: dict[str, tuple[float, float]] = {}
        moments = {0.0, *(f.start for f in faults), *(f.end for f in faults)}
        for fault in faults:
            if fault.kind == "flap":
                moments |= set(_toggles(fault))
            if fault.kind == "gpu-reboot":
                moments.add(fault.end - REBOOT_S)
        self.moments = deque(sorted(moments))
        self.state = _State()

    def move(self, now: float) -> None:
        """What holds at this moment."""
        while self.moments and self.moments[0] <= now:
            at = self.moments.popleft()
            self.state = self._at(at)
            self._warm(at)

    def _at(self, now: float) -> _State:
        on = [f for f in self.faults if f.start <= now < f.end]
        state = _State()
        racks = self.fleet.inventory.racks.values()
        for fault in on:
            match fault.kind:
                case "dead" | "feed" | "ups":
                    state.off.add(fault.what)
                case "hung":
                    state.mute.add(fault.what)
                case "rack-power":
                    state.off.update(self.fleet.inventory.racks[fault.what].power)
                    state.off.update(d.name for d in self.devices.values() if d.rack == fault.what)
                case "row-power":
                    rows = [rack for rack in racks if (rack.site, rack.row) == fault.what]
                    state.off.update(feed for rack in rows for feed in rack.power)
                    names = {rack.name for rack in rows}
                    state.off.update(d.name for d in self.devices.values() if d.rack in names)
                case "flat":
                    state.flat.add(fault.what)
                case "cooling":
                    state.stopped.add(fault.what)
                case "clogged":
                    state.clogged.add(fault.what)
                case "gpu-lost":
                    state.lost_gpus.add(fault.what)
                case "gpu-reboot":
                    (state.off if now >= fault.end - REBOOT_S else state.lost_gpus).add(fault.what)
                case "cut":
                    state.cut.add(fault.what)
                case "flap":
                    if sum(1 for t in _toggles(fault) if t <= now) % 2:
                        state.cut.add(fault.what)
        self._spread(state)
        return state

    def _spread(self, state: _State) -> None:
        changed = True
        while changed:
            gone = state.off | state.flat
            dark = {
                d.name for d in self.devices.values()
                if d.power and d.name not in state.off and len(set(d.power) - gone) < d.needs_power
            }  # fmt: skip
            changed = bool(dark)
            state.off |= dark
        waiting = deque(sorted(self.start - state.off - state.mute))
        state.reached = set(waiting)
        while waiting:
            for link, _, other in self.ports.get(waiting.popleft(), ()):
                if link not in state.cut and other not in state.off | state.mute and other not in state.reached:
                    state.reached.add(other)
                    waiting.append(other)
        state.sites = {"main"} | {self.devices[name].site for name in state.reached}

    def _warm(self, at: float) -> None:
        state = self.state
        for zone, needed in {(d.cooling, d.needs_cooling) for d in self.devices.values() if d.cooling}:
            working = sum(1 for c in zone if c not in state.stopped and c not in state.off)
            share = max(0.0, 1 - working / needed)
            target = HEAT_K * share if share else 0.8 * (len(zone) - working)
            self.heat[zone] = (self.warmth(zone, at), target, at)
        for name in self.devices:
            was, since = self.dust.get(name, (0.0, 0.0))
            if (name in state.clogged) != (since < 0):
                self.dust[name] = (was, -at if name in state.clogged else at)

    def warmth(self, zone: tuple[str, ...], at: float) -> float:
        was, target, since = self.heat.get(zone, (0.0, 0.0, 0.0))
        return target + (was - target) * exp((since - at) / HEAT_S)

    def answers(self, name: str) -> bool:
        """Whether a poll of it is answered."""
        if name in self.ports:
            return name in self.state.reached
        return name not in self.state.off and name not in self.state.mute and self.devices[name].site in self.state.sites

    def values(self, name: str, now: float) -> dict[tuple[str, str], float]:
        """What it answers."""
        device, state, rng = self.devices[name], self.state, self.rng
        values = {("", "reachable"): 1.0}
        for link, port, other in self.ports.get(name, ()):
            values[port, "oper_status"] = float(link not in state.cut and other not in state.off)
        match device.role:
            case "leaf" | "spine" | "access" | "core":
                values["Ethernet940", "admin_status"], values["Ethernet940", "oper_status"] = 0.0, 0.0
                values["Ethernet941", "admin_status"] = 1.0
                values["Ethernet941", "oper_status"] = float(now % 170 < 60)
                values["chassis", "temperature_celsius"] = 38.0 + self.bias[name] + rng.uniform(-1, 1)
            case "pdu" | "ups":
                values["inlet", "voltage_volts"] = 0.0 if name in state.flat else 230.0 + rng.uniform(-2, 2)
                values["inlet", "power_watts"] = 0.0 if name in state.flat else 9000.0
            case "cooling":
                stopped = name in state.stopped
                values["fan", "fan_speed_rpm"] = 0.0 if stopped else 1800.0 + rng.uniform(-40, 40)
                values["supply", "temperature_celsius"] = 20.0 + rng.uniform(-0.4, 0.4) + (12.0 if stopped else 0.0)
            case "gpu-server":
                self._server(device, now, values)
        return values

    def _server(self, device: Device, now: float, values: dict[tuple[str, str], float]) -> None:
        rng, state = self.rng, self.state
        inlet = 23.8 + self.warmth(device.cooling, now) + rng.uniform(-0.4, 0.4)
        values["inlet", "temperature_celsius"] = inlet
        booted = max(
            (f.end for f in self.faults if f.kind == "gpu-reboot" and f.what == device.name and f.end <= now), default=-1e6
        )
        values["", "uptime_seconds"] = now - booted
        was, since = self.dust.get(device.name, (0.0, 0.0))
        dust = min(36.0, was + 0.06 * (now + since)) if since < 0 else 0.0
        for gpu in range(self.fleet.shape.gpus):
            if device.name in state.lost_gpus and gpu == 2:
                continue
            watts = 600.0 + 5 * self.bias[device.name] + rng.uniform(-20, 20)
            values[f"gpu{gpu}", "temperature_celsius"] = round(inlet + 0.048 * watts + self.bias[device.name] + dust)
            values[f"gpu{gpu}", "power_watts"] = watts
        if self.fleet.shape.psus:
            for feed in device.power:
                values[f"psu-{feed[-1]}", "state"] = 2.0 if feed in state.off or feed in state.flat else 0.0


def _toggles(fault: Fault) -> list[float]:
    """Down and up, every half minute to a minute and a half."""
    rng, at, found = Random(int(fault.start)), fault.start, []
    while at < fault.end - 60:
        found += [at, at + rng.uniform(31, 70)]
        at = found[-1] + rng.uniform(31, 80)
    return [t for t in found if t < fault.end]


def recording(
    fleet: Fleet, faults: list[Fault], *, seed: int = 0, seconds: float = LONG, noise: Noise | None = None
) -> Iterator[PollResult]:
    """The answers of all devices, in order of time, each at its own moment of its interval."""
    rng, noise = Random(seed), noise or Noise()
    world = World(fleet, faults, rng)
    waiting: list[tuple[float, int, str]] = []
    number = count()
    for name, device in fleet.inventory.devices.items():
        heappush(waiting, (rng.uniform(0, _interval(device)), next(number), name))
        told = fleet.told.get(name)
        if told or device.role == "gpu-server":
            yield _result(device, 0.0, source="readings:facts", neighbours=told, facts=_facts(fleet, device))
    for fault in faults:
        if fault.kind in ("gpu-lost", "gpu-reboot"):
            heappush(waiting, (fault.start, next(number), f"!{fault.what}"))
    lost: dict[str, list[float]] = {}
    wrong: dict[str, float] = {}
    while waiting and waiting[0][0] < seconds:
        at, _, name = heappop(waiting)
        if name.startswith("!"):
            yield _event(world.devices[name[1:]], at)
            continue
        device = world.devices[name]
        interval = _interval(device)
        heappush(waiting, (at + interval, next(number), name))
        world.move(at)
        recent = [t for t in lost.get(name, ()) if at - t < 3.5 * interval]
        is_lost = rng.random() < noise.lost and len(recent) < 2
        if is_lost:
            lost[name] = [*recent, at]
        if is_lost or not world.answers(name):
            yield _result(device, at, error=PollError(kind=ErrorKind.UNREACHABLE))
            continue
        values = world.values(name, at)
        if not noise.idle_ports:
            values = {key: value for key, value in values.items() if not key[0].startswith("Ethernet94")}
        if rng.random() < noise.wrong and at - wrong.get(name, -9e9) > 4 * interval:
            wrong[name] = at
            _spoil(values, rng)
        yield _result(device, at, values)


def _spoil(values: dict[tuple[str, str], float], rng: Random) -> None:
    measured = [key for key in values if key[1] in ("temperature_celsius", "fan_speed_rpm", "voltage_volts", "state")]
    if measured:
        key = rng.choice(measured)
        values[key] = {"temperature_celsius": rng.choice((255.0, -128.0, 0.0)), "state": 2.0}.get(key[1], 0.0)


def _interval(device: Device) -> float:
    return next(iter(device.collect.values())).interval


def _facts(fleet: Fleet, device: Device) -> dict | None:
    if device.role != "gpu-server":
        return None
    return {
        f"gpu{i}": {"product": "NVIDIA H100 80GB HBM3", "pci_bus_id": f"0000:{16 + i:x}:00", "serial": f"{device.name}-{i}"}
        for i in range(fleet.shape.gpus)
    }


def _result(device: Device, at: float, values=None, *, source="readings", **more) -> PollResult:
    array = np.array(list((values or {}).values()), dtype=float)
    array.setflags(write=False)
    at += T0
    return PollResult(
        device=device.name, source=source, due=at, started=at, finished=at, interval=_interval(device),
        layout=Layout.of(values or ()), values=array, **more,
    )  # fmt: skip


def _event(device: Device, at: float) -> PollResult:
    event = Event(
        time=T0 + at, kind="xid", component="gpu2", code=79, pci_bus_id="0000:12:00", severity="critical", action="reboot",
        text=XID.format(bus="12"), number=int(at),
    )  # fmt: skip
    return _result(device, at, source="readings:log", events=(event,))


def as_lines(results: Iterator[PollResult]) -> Iterator[str]:
    """The recording's file."""
    for result in results:
        head = {"time": result.finished, "device": result.device}
        if result.events:
            yield json.dumps({**head, "log": result.events[0].text})
        elif result.source == "readings:facts":
            if result.facts:
                yield json.dumps({**head, "facts": result.facts})
            if result.neighbours:
                near = [
                    {k: getattr(n, k) for k in ("protocol", "local_port", "remote_host", "remote_port")}
                    for n in result.neighbours
                ]
                yield json.dumps({**head, "neighbours": near})
        else:
            yield from lines_of(result)


# ------------------------------------------------------------------------------------------------------------------- truth


def truth_of(fleet: Fleet, faults: list[Fault]) -> dict:
    """What must be named, in the words of the scenarios' truth."""
    alone = [_effects(fleet, fault) for fault in faults]
    together = set().union(*(dark | near for dark, near in alone), set())
    told = []
    for fault, (dark, near) in zip(faults, alone, strict=True):
        others = [other for other in zip(faults, alone, strict=True) if other[0] is not fault]
        theirs = set().union(*(d | _own(f) for f, (d, _) in others), set())
        symptoms = (dark | near) - theirs if fault.kind not in ("clogged", "flap") else set()
        told.append({
            "kind": fault.kind,
            "start": T0 + fault.start,
            "end": T0 + fault.end,
            "root": _root(fleet, fault),
            "symptoms": sorted(symptoms),
            "touches": sorted(together | _around(fleet, fault, faults) | _beside(fleet, fault)),
            **({"within": 900} if fault.kind == "clogged" else {}),
            **_closing(fault),
        })  # fmt: skip
    return {"devices": len(fleet.inventory.devices), "faults": told}


def _closing(fault: Fault) -> dict:
    if fault.kind == "gpu-lost":  # an event: it ends by a reset or a reboot, which nothing tells of here
        return {}
    after = {"cooling": 1500, "clogged": 900}.get(fault.kind, 600)
    return {"closes_by": T0 + fault.end + after} if fault.end + after < LONG else {}


def _beside(fleet: Fleet, fault: Fault) -> set[str]:
    """Devices that see a port down while a host is rebooted; whether for long enough is left to chance."""
    links = fleet.links if fault.kind == "gpu-reboot" else ()
    ends = [{link.a.device, link.b.device} for link in links]
    return set().union(*(pair for pair in ends if fault.what in pair), set()) - {fault.what}


def _own(fault: Fault) -> set[str]:
    return {fault.what} if isinstance(fault.what, str) else set()


def _effects(fleet: Fleet, fault: Fault) -> tuple[set[str], set[str]]:
    """(devices that do not answer or are too hot by this fault alone, devices that see a port down)."""
    during = Fault("cut" if fault.kind == "flap" else fault.kind, fault.what, fault.start, fault.end)
    world = World(fleet, [during], Random(0))
    world.move(fault.start + 1)
    dark = {name for name in world.devices if not world.answers(name)} - ({fault.what} if isinstance(fault.what, str) else set())
    near = set()
    if fault.kind != "flap":
        for name in world.devices:
            if world.answers(name) and any(i in world.state.cut or o in world.state.off for i, _, o in world.ports.get(name, ())):
                near.add(name)
    if fault.kind == "cooling":
        hot = {n for n, d in world.devices.items() if d.role == "gpu-server" and fault.what in d.cooling}
        zone = world.devices[next(iter(hot))].cooling if hot else ()
        if hot and world.warmth(zone, min(fault.end, fault.start + 600)) > 6:
            dark |= hot
    if fault.kind in ("feed", "flat", "ups") and fleet.shape.psus:
        feeds = {fault.what} | {n for n, d in world.devices.items() if fault.what in d.power}
        near |= {n for n, d in world.devices.items() if d.role == "gpu-server" and feeds & set(d.power)} - dark
    return dark, near


def _around(fleet: Fleet, fault: Fault, faults: list[Fault]) -> set[str]:
    """Devices of which it is not said to whom they belong: cut off only by several faults together."""
    moments = [f.start + 1 for f in faults]
    world = World(fleet, faults, Random(0))
    found: set[str] = set()
    for moment in sorted(moments):
        world.move(moment)
        found |= {name for name in world.devices if not world.answers(name)}
    return found


def _root(fleet: Fleet, fault: Fault) -> dict:
    devices, links = fleet.inventory.devices, fleet.links
    match fault.kind:
        case "rack-power":
            feeds = list(fleet.inventory.racks[fault.what].power)
            return {"device": feeds, "or_rack": fault.what}
        case "row-power":
            racks = [r for r in fleet.inventory.racks.values() if (r.site, r.row) == fault.what]
            return {"rack": [r.name for r in racks], "room": racks[0].room}
        case "cut" | "flap":
            return _link_root(fleet, links[fault.what])
    root = {"device": fault.what}
    uplinks = [link for link in links if link.b.device == fault.what]
    if len(uplinks) == 1:
        root["or_device"] = uplinks[0].a.device
        if devices[uplinks[0].a.device].site != devices[fault.what].site:
            root["or_site"] = devices[fault.what].site
    return root


def _link_root(fleet: Fleet, link: Link) -> dict:
    a, b = (fleet.inventory.devices[end.device] for end in (link.a, link.b))
    return {"device": a.name, "or_device": b.name, **({"or_site": b.site} if a.site != b.site else {})}


# ------------------------------------------------------------------------------------------------------------------ drawing

KINDS = (
    "cooling", "rack-power", "row-power", "feed", "flat", "ups", "spine", "core", "leaf", "server", "hung", "bmc", "access",
    "edge", "cell", "wan", "uplink", "server-link", "only-uplink", "flap", "clogged", "gpu-lost",
    "gpu-reboot",
)  # fmt: skip


def drawn_faults(rng: Random, fleet: Fleet, many: int, kinds: tuple[str, ...] = KINDS) -> list[Fault]:
    """Up to so many faults in different places; sometimes in the same minute."""
    faults: list[Fault] = []
    taken: set[object] = set()
    same = rng.uniform(300, 800) if rng.random() < 0.4 else None
    for kind in rng.sample(kinds, len(kinds)) * 2:
        if len(faults) == many:
            break
        found = _drawn(rng, fleet, kind)
        if found is None or found[2] & taken:
            continue
        start = same + rng.uniform(0, 60) if same else rng.uniform(300, 900)
        end = start + (900 if kind in ("cooling", "clogged") else rng.uniform(500, 800))
        faults.append(Fault(found[0], found[1], start, end))
        taken |= found[2]
    return faults


def _drawn(rng: Random, fleet: Fleet, kind: str) -> tuple[str, object, set[object]] | None:
    """(kind, what, places that another fault must leave alone)."""
    devices, racks = fleet.inventory.devices, list(fleet.inventory.racks.values())
    by_role: dict[str, list[Device]] = {}
    for device in devices.values():
        by_role.setdefault(device.role, []).append(device)

    def one(role: str) -> Device | None:
        return rng.choice(by_role[role]) if by_role.get(role) else None

    attached = {end.partition(":")[0] for end in fleet.inventory.collectors["main-1"].attached} or {"core-1"}
    rack = rng.choice(racks)
    row_racks = {r.name for r in racks if (r.site, r.row) == (rack.site, rack.row)}
    match kind:
        case "cooling":
            row = {("cool", r) for r in row_racks}
            return "cooling", rng.choice(rack.cooling), row
        case "rack-power":
            if len(rack.power) < 2 or len(row_racks) < 2:
                return None
            return "rack-power", rack.name, {("rack", rack.name), ("ups", rack.site)}
        case "row-power":
            rows = {r.row for r in racks if r.site == rack.site}
            if len(rack.power) < 2 or len(row_racks) < 2 or len(rows) < 2:
                return None
            return "row-power", (rack.site, rack.row), {("rack", r) for r in row_racks} | {("ups", rack.site)}
        case "feed" | "flat":
            pdu = rng.choice(rack.power) if rack.power else None
            return (kind, pdu, {("rack", rack.name), ("ups", rack.site)}) if pdu else None
        case "ups":
            found = one("ups")
            return ("ups", found.name, {("ups", found.site), *(("rack", r.name) for r in racks)}) if found else None
        case "spine" | "core":
            found = one(kind)
            if found is None or found.name in attached or found.name == "core-1" or found.site != "main":
                return None
            only = sum(d.role == kind and d.site == "main" for d in devices.values()) == 1
            return ("dead", found.name, {"fabric"} | ({("rack", r.name) for r in racks} if only else set()))
        case "leaf":
            inside = [d for d in by_role["leaf"] if d.rack == rack.name]
            return "dead", rng.choice(inside).name, {("rack", rack.name)}
        case "server" | "hung" | "clogged" | "gpu-lost" | "gpu-reboot":
            found = rng.choice([d for d in by_role["gpu-server"] if d.rack == rack.name])
            if kind in ("clogged", "gpu-lost", "gpu-reboot") and fleet.shape.gpus < 4:
                return None
            places = {("rack", rack.name), *((("cool", rack.name),) if kind == "clogged" else ())}
            return "dead" if kind == "server" else kind, found.name, places
        case "bmc":
            found = one("bmc")
            return ("dead", found.name, {("rack", found.rack)}) if found else None
        case "access" | "cell":
            found = one("access" if kind == "access" else "cell-site")
            return ("dead", found.name, {("branch", found.site)}) if found else None
        case "edge":
            found = one("router")
            return ("dead", found.name, {("branch", found.site)}) if found else None
        case _:
            return _drawn_link(rng, fleet, kind)


def _drawn_link(rng: Random, fleet: Fleet, kind: str) -> tuple[str, object, set[object]] | None:
    devices = fleet.inventory.devices

    def fits(link: Link) -> bool:
        a, b = devices[link.a.device], devices[link.b.device]
        ways = sum(other.b.device == b.name for other in fleet.links)
        match kind:
            case "wan":
                return a.site != b.site and b.role == "router"
            case "uplink":
                return b.role == "leaf" and ways > 1
            case "only-uplink":
                return b.role in ("leaf", "access", "cell-site") and ways == 1
            case "server-link":
                return b.role == "gpu-server"
        return b.role in ("leaf", "access", "gpu-server")

    found = [i for i, link in enumerate(fleet.links) if fits(link)]
    if not found:
        return None
    number = rng.choice(found)
    below = devices[fleet.links[number].b.device]
    place = ("rack", below.rack) if below.rack else ("branch", below.site)
    fabric = {"fabric"} if kind in ("uplink", "only-uplink", "flap") and below.role == "leaf" else set()
    return "flap" if kind == "flap" else "cut", number, {place} | fabric
