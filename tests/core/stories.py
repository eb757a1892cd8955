"""Fleets of any size with faults of known kinds, polled at any phase: what a monitor makes of them is compared with the truth."""

from collections import deque
from dataclasses import dataclass, field
from random import Random

import numpy as np

from noc_console.alarms.load import standard_conditions
from noc_console.model.fleet import Collect, CollectorPlace, Device, End, Inventory, Link, Rack, Site
from noc_console.model.poll import ErrorKind, Event, Layout, PollError, PollResult
from noc_console.replay import replay

T0 = 1_795_000_000.0
INTERVAL = 30.0
CONDITIONS = standard_conditions()


def fleet(rows=2, racks=2, servers=3, branches=2, accesses=2, cells=2, ups=False):
    """(inventory) two cores, two spines, rows of racks with a leaf each, and branches behind an edge each."""
    made = _Maker()
    for core in ("core-1", "core-2"):
        made.device(core, "core")
    for spine in ("spine-1", "spine-2"):
        made.device(spine, "spine")
        made.link("core-1", spine)
        made.link("core-2", spine)
    made.link("core-1", "core-2")
    for name in ("ups-a", "ups-b") if ups else ():
        made.device(name, "ups")
    for row in range(1, rows + 1):
        made.device(f"crac-{row}", "cooling")
        for place in range(1, racks + 1):
            made.rack(row, place, servers, ups)
    for branch in range(1, branches + 1):
        site = f"branch-{branch}"
        made.sites[site] = Site(name=site, title=site)
        made.device(f"edge-{branch}", "router", site=site)
        made.link("core-1", f"edge-{branch}")
        for access in range(1, accesses + 1):
            name = f"access-{branch}{access}"
            made.device(name, "access", site=site)
            made.link(f"edge-{branch}", name)
            for cell in range(1, cells + 1):
                made.device(f"cell-{branch}{access}{cell}", "cell-site", site=site)
                made.link(name, f"cell-{branch}{access}{cell}")
    return made.inventory()


class _Maker:
    def __init__(self):
        self.sites = {"main": Site(name="main", title="Main")}
        self.racks, self.devices, self.links, self.used = {}, {}, [], {}

    def device(self, name, role, *, site="main", **more):
        protocol = "ssh" if role == "gpu-server" else "snmp"
        collect = {protocol: Collect(protocol=protocol, credential=None, address="127.0.0.1", port=1, interval=INTERVAL)}
        self.devices[name] = Device(name=name, address="127.0.0.1", role=role, site=site, collect=collect, **more)

    def link(self, a, b):
        ends = []
        for name in (a, b):
            self.used[name] = self.used.get(name, 0) + 1
            ends.append(End(device=name, port=f"Ethernet{self.used[name]}"))
        self.links.append(Link(a=ends[0], b=ends[1]))

    def rack(self, row, place, servers, ups):
        name = f"r{row}-{place:02}"
        feeds = (f"pdu-{name}-a", f"pdu-{name}-b")
        for feed in feeds:
            self.device(feed, "pdu", power=(f"ups-{feed[-1]}",) if ups else ())
        cooling = (f"crac-{row}",)
        self.racks[name] = Rack(
            name=name, site="main", room="hall-1", row=str(row), position=place, power=feeds, cooling=cooling
        )  # fmt: skip
        inside = {"rack": name, "power": feeds, "cooling": cooling}
        self.device(f"leaf-{name}", "leaf", **inside)
        for spine in ("spine-1", "spine-2"):
            self.link(spine, f"leaf-{name}")
        for server in range(1, servers + 1):
            self.device(f"gpu-{name}-{server}", "gpu-server", **inside)
            self.link(f"leaf-{name}", f"gpu-{name}-{server}")

    def inventory(self):
        place = CollectorPlace(name="main-1", site="main", attached=("core-2:Ethernet48",))
        return Inventory(
            sites=self.sites,
            collectors={"main-1": place},
            racks=self.racks,
            devices=self.devices,
            links=tuple(self.links),
        )


@dataclass
class Fault:
    """What broke, when (seconds since the start), and until when. `what`: a device, or a link's place in the plan."""

    kind: str
    what: object
    start: float
    end: float


@dataclass
class World:
    """The fleet at a moment."""

    inventory: Inventory
    faults: list[Fault]
    rng: Random
    heat: dict[str, float] = field(default_factory=dict)
    dust: dict[str, float] = field(default_factory=dict)

    def __post_init__(self):
        self.neighbours = {}
        for i, link in enumerate(self.inventory.links):
            for here, there in ((link.a, link.b), (link.b, link.a)):
                self.neighbours.setdefault(here.device, []).append((i, here.port, there.device))
        self.bias = {name: self.rng.uniform(-3, 3) for name in self.inventory.devices}

    def move(self, now):
        """One step of 10 s: what broke at this moment."""
        on = [f for f in self.faults if f.start <= now < f.end]
        broken = {f.what for f in on if f.kind in ("dead", "pdu")}
        for fault in on:
            if fault.kind == "rack-power":
                broken.update(self.inventory.racks[fault.what].power)
            elif fault.kind == "row-power":
                broken.update(feed for rack in self.inventory.racks.values() if rack.row == fault.what for feed in rack.power)
        changed = True
        while changed:
            dark = {
                d.name for d in self.inventory.devices.values() if d.power and d.name not in broken and broken.issuperset(d.power)
            }
            changed = bool(dark)
            broken |= dark
        self.off = broken
        self.cut = {f.what for f in on if f.kind == "cut"}
        self.cut |= {f.what for f in on if f.kind == "flap" and (now - f.start) % 90 < 40}
        self.stopped = {f.what for f in on if f.kind == "cooling"}
        self.lost = {f.what for f in on if f.kind == "gpu-lost"}
        for device in self.inventory.devices.values():
            if device.role != "gpu-server":
                continue
            hot = bool(self.stopped.intersection(device.cooling))
            heat = self.heat.get(device.name, 0.0)
            self.heat[device.name] = min(14.0, heat + 10 / 30) if hot else max(0.0, heat - 10 / 60)
            clogged = any(f.kind == "clogged" and f.what == device.name for f in on)
            dust = self.dust.get(device.name, 0.0)
            self.dust[device.name] = min(40.0, dust + 0.6) if clogged else max(0.0, dust - 1.0)
        self.reached = self._reach()

    def _reach(self):
        begin = {"core-2"} - self.off
        waiting = deque(begin)
        while waiting:
            for link, _, other in self.neighbours[waiting.popleft()]:
                if link not in self.cut and other not in self.off and other not in begin:
                    begin.add(other)
                    waiting.append(other)
        return begin

    def answers(self, name):
        return name in self.reached if name in self.neighbours else name not in self.off

    def values(self, name):
        device = self.inventory.devices[name]
        values = {("", "reachable"): 1.0}
        for link, port, other in self.neighbours.get(name, ()):
            values[port, "oper_status"] = float(link not in self.cut and other not in self.off)
        if device.role in ("leaf", "spine", "access"):
            values["Ethernet940", "admin_status"] = values["Ethernet940", "oper_status"] = 0.0
            values["Ethernet941", "admin_status"], values["Ethernet941", "oper_status"] = 1.0, 0.0
        if device.role == "pdu":
            values["inlet", "voltage_volts"] = 230.0
        if device.role == "cooling":
            values["fan", "fan_speed_rpm"] = 0.0 if name in self.stopped else 1800.0
        if device.role == "gpu-server":
            inlet = 23.5 + self.heat[name] + self.rng.uniform(-0.3, 0.3)
            values["inlet", "temperature_celsius"] = inlet
            for gpu in range(4):
                if not (name in self.lost and gpu == 2):
                    rise = 40.0 + self.bias[name] + self.dust[name] + self.rng.uniform(-1, 1)
                    values[f"gpu{gpu}", "temperature_celsius"] = inlet + rise
                    values[f"gpu{gpu}", "power_watts"] = 620.0 + self.rng.uniform(-10, 10)
        return values


def recording(inventory, faults, *, seed=0, seconds=1800.0, wrong=0.0, lost=0.0):
    """Answers of all devices, each at its own moment of the interval; `wrong` and `lost` are shares of polls."""
    rng = Random(seed)
    world = World(inventory, list(faults), rng)
    phases = sorted((rng.uniform(0, INTERVAL), name) for name in inventory.devices)
    told = set()
    turn, moved = 0.0, -10.0
    skipped, doubted = {}, {}
    while turn < seconds:
        for phase, name in phases:
            at = turn + phase
            while moved + 10.0 <= at:
                moved += 10.0
                world.move(moved)
            for fault in faults:
                if fault.kind == "gpu-lost" and fault.start <= at and id(fault) not in told:
                    told.add(id(fault))
                    yield _event(fault)
            # Single ones: never two within an hour of the same device.
            is_lost = rng.random() < lost and at - skipped.get(name, -9e9) > 600
            if is_lost:
                skipped[name] = at
            if is_lost or not world.answers(name):
                yield _result(inventory, name, at, error=PollError(kind=ErrorKind.UNREACHABLE))
                continue
            values = world.values(name)
            is_wrong = rng.random() < wrong and at - doubted.get(name, -9e9) > 600
            if is_wrong:
                doubted[name] = at
                for key in [k for k in values if k[1] == "temperature_celsius"][:1]:
                    values[key] = 255.0
            yield _result(inventory, name, at, values)
        turn += INTERVAL


def _result(inventory, name, at, values=None, error=None):
    protocol = next(iter(inventory.devices[name].collect))
    array = np.array(list((values or {}).values()))
    array.setflags(write=False)
    return PollResult(
        device=name,
        source=protocol,
        due=T0 + at,
        started=T0 + at,
        finished=T0 + at,
        interval=INTERVAL,
        error=error,
        layout=Layout.of(values or ()),
        values=array,
    )


def _event(fault):
    at = T0 + fault.start
    event = Event(
        time=at, kind="xid", component="gpu2", code=79, severity="critical", action="reboot", text="fallen off", number=1
    )
    return PollResult(
        device=fault.what, source="ssh:kernel", due=at, started=at, finished=at, interval=INTERVAL, events=(event,)
    )  # fmt: skip


@dataclass
class Score:
    """What became of the faults. `wrong` says in words what did not."""

    wrong: list[str]
    calls: int
    found: dict[str, object]


def judged(inventory, faults, truths, **more):
    """Replay a story; each truth is (names of the root, devices with symptoms, seconds within, must be closed by or None)."""
    shown = replay(inventory, CONDITIONS, recording(inventory, faults, **more), lambda: 0.0).as_object()
    alarms = {a["id"]: a for a in shown["alarms"]}
    wrong, used = [], set()
    for fault, (roots, symptoms, within, closed_by) in zip(faults, truths, strict=True):
        start = T0 + fault.start
        fits = [
            i
            for i in shown["incidents"]
            if i["id"] not in used and _names(i["root"]) & roots and start - 1 <= i["opened"] <= start + within
        ]
        best = max(fits, key=lambda i: len(_devices(i, alarms) & symptoms), default=None)
        if best is None:
            wrong.append(f"{fault} is not named")
            continue
        used.add(best["id"])
        called = [t for a in best["alarms"] for t in alarms[a]["announced"]]
        if not called or not start - 1 <= min(called) <= start + within:
            wrong.append(f"{fault} is called at {called}")
        if len(called) > 1:
            wrong.append(f"{fault} is called {len(called)} times")
        missing = symptoms - roots - _devices(best, alarms)
        if missing:
            wrong.append(f"{fault} lacks {sorted(missing)}")
        if closed_by is not None and not (best["closed"] and T0 + fault.end <= best["closed"] <= T0 + closed_by):
            wrong.append(f"{fault} closed at {best['closed'] and best['closed'] - T0}")
    for incident in shown["incidents"]:
        if incident["id"] not in used and any(alarms[a]["announced"] for a in incident["alarms"]):
            members = [(alarms[a]["device"], alarms[a]["type"], alarms[a]["raised"] - T0) for a in incident["alarms"]]
            wrong.append(f"false call {incident['root']} {members}")
    return Score(wrong, shown["load"]["calls"], shown)


def _names(root):
    return {root[k] for k in ("device", "rack", "room", "site") if root.get(k)}


def _devices(incident, alarms):
    return {alarms[a]["device"] for a in incident["alarms"]}


def truth_of(inventory, fault):
    """(names of the root, devices with symptoms, seconds within, closed by)."""
    after = fault.end + 600
    devices, links = inventory.devices, inventory.links
    match fault.kind:
        case "cooling":
            hot = {d.name for d in devices.values() if fault.what in d.cooling and d.role == "gpu-server"}
            return {fault.what}, hot, 300, None
        case "rack-power":
            rack = inventory.racks[fault.what]
            return {rack.name, *rack.power}, {d.name for d in devices.values() if d.rack == rack.name}, 300, after
        case "row-power":
            racks = {r.name for r in inventory.racks.values() if r.row == fault.what}
            return {"hall-1", *racks}, {d.name for d in devices.values() if d.rack in racks}, 300, after
        case "pdu":
            return {fault.what}, set(), 300, after
        case "gpu-lost":
            return {fault.what}, set(), 300, None
        case "clogged":
            return {fault.what}, set(), 900, None
        case "cut" | "flap":
            link = links[fault.what]
            return {link.a.device, link.b.device, *_site_of(inventory, link)}, _behind(inventory, fault.what), 300, after
    roots = {fault.what}
    for link in links:
        if link.b.device == fault.what and sum(1 for other in links if other.b.device == fault.what) == 1:
            roots |= {link.a.device, *_site_of(inventory, link)}
    return roots, _cells(inventory, fault.what), 300, after


def _site_of(inventory, link):
    a, b = (inventory.devices[end.device].site for end in (link.a, link.b))
    return {b} if a != b else set()


def _cells(inventory, name):
    return {
        link.b.device for link in inventory.links if link.a.device == name and inventory.devices[name].role in ("access", "edge")
    }


def _behind(inventory, number):
    link = inventory.links[number]
    role = inventory.devices[link.b.device].role
    if role == "router":
        return {d.name for d in inventory.devices.values() if d.site == inventory.devices[link.b.device].site}
    return _cells(inventory, link.b.device) | ({link.b.device} if role in ("access", "cell-site") else set())


def link_between(inventory, a, b):
    """The place of a link in the plan."""
    return next(i for i, link in enumerate(inventory.links) if {link.a.device, link.b.device} == {a, b})


def drawn(rng, inventory, many):
    """Faults of different kinds in different places, at moments of their own."""
    racks = list(inventory.racks.values())
    rng.shuffle(racks)
    branches = sorted({d.site for d in inventory.devices.values() if d.site != "main"})
    rng.shuffle(branches)
    kinds = ["cooling", "rack-power", "pdu", "leaf", "spine", "access", "wan", "uplink", "flap", "clogged", "gpu-lost", "server"]
    rng.shuffle(kinds)
    faults, rows = [], set()
    for kind in kinds:
        fault = _drawn(rng, inventory, kind, racks, branches, rows)
        if fault is not None and len(faults) < many:
            start = rng.uniform(300, 900)
            faults.append(Fault(*fault, start, start + (800 if kind in ("cooling", "clogged") else 600)))
    return faults


def _drawn(rng, inventory, kind, racks, branches, rows):
    if kind in ("access", "wan"):
        if not branches:
            return None
        site = branches.pop()
        accesses = [d.name for d in inventory.devices.values() if d.site == site and d.role == "access"]
        if kind == "access":
            return ("dead", rng.choice(accesses)) if len(accesses) > 1 else None
        return "cut", link_between(inventory, "core-1", site.replace("branch", "edge"))
    if kind == "spine":
        return "dead", "spine-1"
    if not racks:
        return None
    rack = racks.pop()
    if kind == "cooling":
        if rack.row in rows or any(r.row == rack.row for r in racks) is False:
            return None
        racks[:] = [r for r in racks if r.row != rack.row]
        return "cooling", rack.cooling[0]
    servers = [d.name for d in inventory.devices.values() if d.rack == rack.name and d.role == "gpu-server"]
    rows.add(rack.row)
    match kind:
        case "rack-power":
            alone = sum(r.row == rack.row for r in inventory.racks.values()) == 1
            return None if alone or len(inventory.racks) == 1 else ("rack-power", rack.name)
        case "pdu":
            return "pdu", rng.choice(rack.power)
        case "leaf":
            return "dead", f"leaf-{rack.name}"
        case "server":
            return "dead", rng.choice(servers)
        case "uplink" | "flap":
            link = link_between(inventory, "spine-2", f"leaf-{rack.name}")
            return ("cut" if kind == "uplink" else "flap"), link
    return kind, rng.choice(servers)
