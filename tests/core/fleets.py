"""Fleets of any shape, drawn by chance: data centres with leaf and spine, branches, power chains, cooling zones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from noc_console.model.fleet import Collect, CollectorPlace, Device, End, Inventory, Link, Rack, Site
from noc_console.model.poll import Neighbour


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a fleet is made of. `cooling`: units for each row, and how many of them are needed."""

    centres: int = 1
    rows: int = 2
    racks: int = 2
    servers: int = 3
    gpus: int = 4
    spines: int = 2
    cores: int = 2
    dual_homed: bool = False
    feeds: int = 2
    ups: bool = False
    cooling: tuple[int, int] = (1, 1)
    bmcs: bool = False
    psus: bool = False
    branches: int = 2
    accesses: int = 2
    cells: int = 2
    ring: bool = False
    """Access switches of a branch have two ways to its edge."""
    attached: int = 1
    """To how many cores the collector is said to be attached; 0 = it is not said."""
    hidden: float = 0.0
    """Share of the links that are not in the plan, and told by neighbours."""
    interval: float = 30.0
    server_interval: float = 30.0


def drawn_shape(rng: Random, *, most: int = 120) -> Shape:
    """A shape with at most about so many devices."""
    while True:
        shape = Shape(
            centres=rng.choice((1, 1, 1, 2)),
            rows=rng.randint(1, 4),
            racks=rng.randint(1, 6),
            servers=rng.randint(1, 8),
            gpus=rng.choice((0, 4, 8)),
            spines=rng.choice((1, 2, 2, 4)),
            cores=rng.choice((1, 2, 2)),
            dual_homed=rng.random() < 0.25,
            feeds=rng.choice((0, 1, 2, 2, 2)),
            ups=rng.random() < 0.4,
            cooling=rng.choice(((1, 1), (1, 1), (2, 1), (2, 2), (3, 2))),
            bmcs=rng.random() < 0.3,
            psus=rng.random() < 0.3,
            branches=rng.randint(0, 3),
            accesses=rng.randint(1, 4),
            cells=rng.randint(0, 4),
            ring=rng.random() < 0.2,
            attached=rng.choice((0, 1, 1, 2)),
            hidden=rng.choice((0.0, 0.0, 0.3, 1.0)),
            interval=rng.choice((30.0, 30.0, 30.0, 60.0)),
            server_interval=rng.choice((10.0, 30.0, 30.0)),
        )
        if size_of(shape) <= most:
            return shape


def size_of(shape: Shape) -> int:
    """About how many devices it makes."""
    rack = 2 + shape.feeds + shape.servers * (1 + shape.bmcs)
    centre = shape.cores + shape.spines + shape.rows * (shape.cooling[0] + shape.racks * rack)
    return shape.centres * centre + shape.branches * (1 + shape.accesses * (1 + shape.cells))


@dataclass
class Fleet:
    """An inventory, all links that there are, and what neighbours tell of those that are not in the plan."""

    shape: Shape
    inventory: Inventory
    links: tuple[Link, ...]
    told: dict[str, tuple[Neighbour, ...]]
    parents: dict[str, str] = field(default_factory=dict)


class _Maker:
    def __init__(self, shape: Shape, rng: Random) -> None:
        self.shape, self.rng = shape, rng
        self.sites: dict[str, Site] = {}
        self.racks: dict[str, Rack] = {}
        self.devices: dict[str, Device] = {}
        self.links: list[Link] = []
        self.used: dict[str, int] = {}

    def device(self, name: str, role: str, site: str, **more) -> str:
        protocol = "ssh" if role == "gpu-server" else "snmp"
        interval = self.shape.server_interval if role == "gpu-server" else self.shape.interval
        address = f"127.{100 + len(self.devices) // 62500}.{len(self.devices) // 250 % 250}.{len(self.devices) % 250 + 1}"
        asked = Collect(protocol=protocol, credential=protocol, address=address, port=1, interval=interval)
        more = {"rack": None, **more}
        self.devices[name] = Device(name=name, address=address, role=role, site=site, collect={protocol: asked}, **more)
        return name

    def link(self, a: str, b: str) -> None:
        ends = []
        for name in (a, b):
            self.used[name] = self.used.get(name, 0) + 1
            word = "eth" if self.devices[name].role == "gpu-server" else "Ethernet"
            ends.append(End(device=name, port=f"{word}{self.used[name]}"))
        self.links.append(Link(a=ends[0], b=ends[1]))

    def centre(self, number: int) -> None:
        shape = self.shape
        site = "main" if number == 1 else f"centre-{number}"
        mark = "" if number == 1 else f"{number}-"
        self.sites[site] = Site(name=site, title=site)
        cores = [self.device(f"core-{mark}{i}", "core", site) for i in range(1, shape.cores + 1)]
        spines = [self.device(f"spine-{mark}{i}", "spine", site) for i in range(1, shape.spines + 1)]
        for a, b in [(cores[0], other) for other in cores[1:]] + [(core, spine) for core in cores for spine in spines]:
            self.link(a, b)
        if number > 1:
            self.link("core-1", cores[0])
        if shape.ups and shape.feeds:
            for feed in "ab"[: shape.feeds]:
                self.device(f"ups-{mark}{feed}", "ups", site)
        for row in range(1, shape.rows + 1):
            coolers = tuple(self.device(f"crac-{mark}{row}{i}", "cooling", site) for i in range(1, shape.cooling[0] + 1))
            for place in range(1, shape.racks + 1):
                self.rack(site, mark, row, place, coolers, spines)

    def rack(self, site: str, mark: str, row: int, place: int, coolers: tuple[str, ...], spines: list[str]) -> None:
        shape, name = self.shape, f"{mark}r{row}-{place:02}"
        feeds = tuple(
            self.device(f"pdu-{name}-{feed}", "pdu", site, power=(f"ups-{mark}{feed}",) if shape.ups else ())
            for feed in "ab"[: shape.feeds]
        )
        self.racks[name] = Rack(
            name=name, site=site, room=f"hall-{mark or 1}", row=str(row), position=place, power=feeds, cooling=coolers,
            needs_cooling=shape.cooling[1],
        )  # fmt: skip
        inside = {"rack": name, "power": feeds, "cooling": coolers, "needs_cooling": shape.cooling[1]}
        leaves = [self.device(f"leaf-{name}-{i}", "leaf", site, **inside) for i in range(1, 2 + shape.dual_homed)]
        for leaf in leaves:
            for spine in spines:
                self.link(spine, leaf)
        for number in range(1, shape.servers + 1):
            server = self.device(f"gpu-{name}-{number}", "gpu-server", site, **inside)
            for leaf in leaves:
                self.link(leaf, server)
            if shape.bmcs:
                self.device(f"bmc-{name}-{number}", "bmc", site, bmc_of=server, **inside)

    def branch(self, number: int) -> None:
        shape, site = self.shape, f"branch-{number}"
        self.sites[site] = Site(name=site, title=site)
        edge = self.device(f"edge-{number}", "router", site)
        self.link("core-1", edge)
        accesses = []
        for access in range(1, shape.accesses + 1):
            name = self.device(f"access-{number}{access}", "access", site)
            accesses.append(name)
            self.link(edge, name)
            for cell in range(1, shape.cells + 1):
                self.device(f"cell-{number}{access}{cell}", "cell-site", site)
                self.link(name, f"cell-{number}{access}{cell}")
        if shape.ring and len(accesses) > 1:
            for a, b in zip(accesses, accesses[1:] + accesses[:1], strict=True):
                if a < b or len(accesses) > 2:
                    self.link(a, b)


def built(shape: Shape, rng: Random) -> Fleet:
    """The fleet of a shape."""
    made = _Maker(shape, rng)
    for number in range(1, shape.centres + 1):
        made.centre(number)
    for number in range(1, shape.branches + 1):
        made.branch(number)
    ends = ("core-2:Ethernet48", "core-1:Ethernet48")[-shape.attached :] if shape.attached else ()
    ends = tuple(end for end in ends if end.partition(":")[0] in made.devices) or (ends and ("core-1:Ethernet48",))
    hidden = [link for link in made.links if rng.random() < shape.hidden]
    inventory = Inventory(
        sites=made.sites,
        collectors={"main-1": CollectorPlace(name="main-1", site="main", attached=tuple(ends))},
        racks=made.racks,
        devices=made.devices,
        links=tuple(link for link in made.links if link not in hidden),
    )
    told: dict[str, tuple[Neighbour, ...]] = {}
    for link in hidden:
        both = rng.random() < 0.7
        for here, there in ((link.a, link.b), (link.b, link.a)) if both else ((link.a, link.b),):
            near = Neighbour(protocol="lldp", local_port=here.port, remote_host=there.device, remote_port=there.port)
            told[here.device] = (*told.get(here.device, ()), near)
    return Fleet(shape, inventory, tuple(made.links), told)


def as_toml(inventory: Inventory) -> str:
    """The inventory's file."""
    return "\n".join(_lines(inventory)) + "\n"


def _lines(inventory: Inventory) -> Iterator[str]:
    yield '[credentials.snmp]\nkind = "snmp-v2c"\n[credentials.ssh]\nkind = "ssh"\nuser = "noc"\n'
    for site in inventory.sites.values():
        yield f'[[sites]]\nname = "{site.name}"\n'
    for place in inventory.collectors.values():
        yield f'[[collectors]]\nname = "{place.name}"\nsite = "{place.site}"'
        if place.attached:
            yield f"attached = {_list(place.attached)}\n"
    for rack in inventory.racks.values():
        yield f'[[racks]]\nname = "{rack.name}"\nsite = "{rack.site}"\nroom = "{rack.room}"\nrow = "{rack.row}"'
        yield f"position = {rack.position}\npower = {_list(rack.power)}\ncooling = {_list(rack.cooling)}"
        yield f"needs_cooling = {rack.needs_cooling}\n"
    for device in inventory.devices.values():
        yield f'[[devices]]\nname = "{device.name}"\naddress = "{device.address}"\nrole = "{device.role}"\nsite = "{device.site}"'
        if device.rack:
            yield f'rack = "{device.rack}"'
        elif device.power:
            yield f"power = {_list(device.power)}"
        if device.bmc_of:
            yield f'bmc_of = "{device.bmc_of}"'
        protocol = next(iter(device.collect))
        interval = device.collect[protocol].interval
        yield f'collect = {{ {protocol} = {{ credential = "{protocol}", interval = {interval:.0f} }} }}\n'
    for link in inventory.links:
        yield f'[[links]]\na = "{link.a.device}:{link.a.port}"\nb = "{link.b.device}:{link.b.port}"\n'


def _list(names: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
