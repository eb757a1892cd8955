"""Makes the plan of a fleet of a given size from `resources/demo/fleet.toml`.

Sizes keep the proportions of the default fleet up to `MOST_SERVERS` GPU servers (each holds an SSH connection); what a larger
fleet has beyond that are storage racks and cell sites, which only answer SNMP.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from collectors.simulator.plan import Plan, PlanDevice, PlanLink, PlanPort, PlanRack, PlanSite

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
MOST_SERVERS = 240
LEAST = 20
SERVERS_PER_RACK = 4
RACKS_PER_ROW = 3
RING = 6
"""Access switches in one ring between the two edge routers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many of each. `gpu_racks` and `storage_racks` per site, in the order of the sites."""

    gpu_racks: tuple[int, ...]
    storage_racks: tuple[int, ...]
    access: int
    cells: int


def read_demo(folder: Path = DEMO) -> dict[str, Any]:
    """The description of the demo fleet. OSError or TOMLDecodeError if it is not there or broken."""
    return tomllib.loads((folder / "fleet.toml").read_text(encoding="utf-8"))


def make_plan(devices: int | None = None, *, demo: Mapping[str, Any] | None = None) -> Plan:
    """The plan of a fleet of (very nearly) so many devices. ValueError below `LEAST`."""
    read = demo if demo is not None else read_demo()
    wanted = int(devices if devices is not None else read["devices"])
    if wanted < LEAST:
        raise ValueError(f"a fleet has at least {LEAST} devices")
    return _Builder(read, wanted).build()


def sizes_of(wanted: int, centres: int, shares: tuple[float, ...]) -> Sizes:
    """How many racks, access switches and cell sites make a fleet of this size."""
    scale = wanted / 120
    racks = max(1, min(round(10 * scale), MOST_SERVERS // SERVERS_PER_RACK))
    first = racks if racks < 4 else round(racks * shares[0])
    gpu = (first, racks - first, *(0,) * (centres - 2))[:centres]
    access = max(2, round(6 * scale))
    fixed = 3 + access + sum(_centre_devices(n, i == 0) for i, n in enumerate(gpu))
    spare = wanted - fixed - round(3.5 * access)
    storage = max(0, spare // 2 // 4)
    split = (storage - storage // 2, storage // 2, *(0,) * (centres - 2))[:centres] if gpu[1:] and gpu[1] else (storage,)
    used = fixed + sum(n * 3 + math.ceil(n / 6) for n in split)
    return Sizes(gpu_racks=gpu, storage_racks=split, access=access, cells=max(0, wanted - used))


def _centre_devices(racks: int, always: bool) -> int:
    """Devices of a data centre with so many GPU racks: cores, spines, UPS, the network rack's PDUs, coolers, racks."""
    if not racks and not always:
        return 0
    return 2 + 2 + 2 + 2 + math.ceil(racks / RACKS_PER_ROW) + racks * (SERVERS_PER_RACK + 3)


class _Builder:
    """Builds one plan; everything it makes is in its lists."""

    def __init__(self, demo: Mapping[str, Any], wanted: int) -> None:
        self.demo = demo
        self.sites = [site for site in demo["sites"] if site["kind"] == "data-centre"]
        self.branch = next(site for site in demo["sites"] if site["kind"] == "branch")
        self.sizes = sizes_of(wanted, len(self.sites), tuple(site["share"] for site in self.sites))
        self.devices: dict[str, PlanDevice] = {}
        self.racks: list[PlanRack] = []
        self.links: list[PlanLink] = []
        self.taken: dict[str, int] = {}
        self.hosts: dict[str, count[int]] = {}
        self.number = {role: count(1) for role in ("core", "spine", "leaf", "gpu", "crac", "ups", "access", "cell")}
        self.cores: list[str] = []
        self.wired: dict[str, set[str]] = {}

    def build(self) -> Plan:
        """Every site in order, then the plan."""
        built = []
        for place, site in enumerate(self.sites):
            storage = self.sizes.storage_racks[place] if place < len(self.sizes.storage_racks) else 0
            if self.sizes.gpu_racks[place] or place == 0:
                self.centre(site, self.sizes.gpu_racks[place], storage)
                built.append(site)
        self.wide_area()
        self.access_network()
        for end in (end for link in self.links for end in (link.a, link.b)):
            self.wired.setdefault(end[0], set()).add(end[1])
        shown = [*built, self.branch]
        return Plan(
            seed=int(self.demo["seed"]),
            sites=tuple(_site(site) for site in shown),
            racks=tuple(self.racks),
            devices=tuple(self.trimmed(device) for device in self.devices.values()),
            links=tuple(self.links),
            attached=(f"{self.cores[0]}:Ethernet24", f"{self.cores[1]}:Ethernet24"),
            gpus=self.demo["gpus"],
            heat=self.demo["heat"],
            limits=self.demo["limits"],
        )

    # --- parts ------------------------------------------------------------------------------------------------------------

    def add(self, name: str, role: str, site: Mapping[str, Any], **more: Any) -> str:  # noqa: ANN401 - the fields of PlanDevice
        """A device with the next free address of its site and its model's ports; gives its name."""
        model = self.demo["models"].get(role, {})
        ports = tuple(PlanPort(name=name, speed=speed) for name, speed in _port_names(model.get("ports", ())))
        plain = {"pdu": "power", "ups": "power", "cooling": "power", "gpu-server": "bmcs"}
        base = PlanDevice(
            name=name,
            role=role,
            site=site["name"],
            address=self.address(site),
            descr=str(model.get("descr", "")),
            watts=float(model.get("power", 0.0)),
            ports=ports,
            snmp=plain.get(role, "switches"),
            out_of_band=role in ("pdu", "ups", "cooling"),
        )
        self.devices[name] = replace(base, **more)
        return name

    def address(self, site: Mapping[str, Any]) -> str:
        """The next loopback address of the site's block of 127/8."""
        host = next(self.hosts.setdefault(site["name"], count(0)))
        return f"{site['address']}.{host // 250}.{host % 250 + 1}"

    def port(self, device: str, *, after: int = 0) -> str:
        """The next free port of a device, not before its port number `after`; ports are added where a model has too few."""
        key = f"{device}/{after}"
        place = self.taken.get(key, after)
        self.taken[key] = place + 1
        found = self.devices[device]
        if place >= len(found.ports):
            more = PlanPort(name=f"Ethernet{place + 1}", speed=found.ports[-1].speed)
            self.devices[device] = replace(found, ports=(*found.ports, more))
        return self.devices[device].ports[place].name

    def link(self, a: str, b: str, driver: str, gain: float, *, group: str = "", a_after: int = 0, b_after: int = 0) -> None:
        """A cable between the next free ports of two devices."""
        ends = (a, self.port(a, after=a_after)), (b, self.port(b, after=b_after))
        self.links.append(PlanLink(a=ends[0], b=ends[1], driver=driver, gain=gain, group=group))

    # --- a data centre --------------------------------------------------------------------------------------------------------

    def centre(self, site: Mapping[str, Any], gpu_racks: int, storage_racks: int) -> None:
        """Cores and spines in a network rack, then rows of GPU racks, then rows of storage racks."""
        rows = math.ceil(gpu_racks / RACKS_PER_ROW)
        ups = [self.add(f"ups-{next(self.number['ups'])}", "ups", site) for _ in "ab"]
        cracs = [self.add(f"crac-{next(self.number['crac'])}", "cooling", site, power=tuple(ups)) for _ in range(max(rows, 1))]
        rack = self.rack(site, f"{site['rack_prefix']}-n01", "N", 1, ups, cracs[:2])
        cores = [self.add(f"core-{next(self.number['core'])}", "core", site, rack=rack, unit=40 - 4 * i) for i in range(2)]
        spines = [self.add(f"spine-{next(self.number['spine'])}", "spine", site, rack=rack, unit=30 - 2 * i) for i in range(2)]
        self.cores += cores
        self.link(cores[0], cores[1], f"site:{site['name']}", 0.05)
        for spine in spines:
            for core in cores:
                self.link(core, spine, f"site:{site['name']}", 0.10, group=f"core/{site['name']}")
        for place in range(gpu_racks):
            row, position = divmod(place, RACKS_PER_ROW)
            self.gpu_rack(site, chr(ord("a") + row) if row < 13 else f"r{row}", position + 1, ups, cracs[row], spines)
        for row in range(math.ceil(storage_racks / 6)):
            crac = self.add(f"crac-{next(self.number['crac'])}", "cooling", site, power=tuple(ups))
            for position in range(min(6, storage_racks - row * 6)):
                name = f"{site['rack_prefix']}-t{row:02d}{position + 1}"
                self.leaf(site, self.rack(site, name, f"T{row + 1}", position + 1, ups, [crac]), spines)

    def rack(self, site: Mapping[str, Any], name: str, row: str, position: int, ups: list[str], cooling: list[str]) -> str:
        """A rack with its two PDUs, each on its own feed."""
        pdus = tuple(
            self.add(f"pdu-{name}-{feed}", "pdu", site, rack=name, height=0, power=(ups[i],)) for i, feed in enumerate("ab")
        )
        self.racks.append(
            PlanRack(
                name=name, site=site["name"], room=site["room"], row=row, position=position, power=pdus, cooling=tuple(cooling)
            )
        )
        return name

    def leaf(self, site: Mapping[str, Any], rack: str, spines: list[str]) -> str:
        """A leaf on top of a rack, with one uplink to each spine."""
        leaf = self.add(f"leaf-{next(self.number['leaf']):02d}", "leaf", site, rack=rack, unit=42)
        for spine in spines:
            self.link(spine, leaf, f"rack:{rack}", 0.28, group=f"up/{leaf}", a_after=2, b_after=32)
        return leaf

    def gpu_rack(self, site: Mapping[str, Any], row: str, position: int, ups: list[str], crac: str, spines: list[str]) -> None:
        """A rack with a leaf and four GPU servers."""
        rack = self.rack(site, f"{site['rack_prefix']}-{row}{position:02d}", row.upper(), position, ups, [crac])
        leaf = self.leaf(site, rack, spines)
        for slot in range(SERVERS_PER_RACK):
            name = f"gpu-{next(self.number['gpu']):04d}"
            self.add(
                name,
                "gpu-server",
                site,
                rack=rack,
                unit=2 + 9 * slot,
                height=8,
                gpu=site["gpu"],
                ports=(PlanPort(name="eth0", speed=100e9),),
                bmc_address=self.address(site),
            )
            self.link(leaf, name, f"server:{name}", 0.45)

    # --- between and beyond ---------------------------------------------------------------------------------------------------

    def wide_area(self) -> None:
        """Each core of the first data centre has a line to the core of the same number of each other one."""
        for place in range(2, len(self.cores), 2):
            site = self.devices[self.cores[place]].site
            for i in range(2):
                self.link(self.cores[i], self.cores[place + i], f"site:{site}", 0.04, group=f"wan/{site}", a_after=12, b_after=12)

    def access_network(self) -> None:
        """The telecom branch: two edge routers, an OLT, rings of access switches, cell sites behind them."""
        branch, people = self.branch, f"people:{self.branch['name']}"
        edges = [self.add(f"edge-{i}", "router", branch) for i in (1, 2)]
        for core, edge in zip(self.cores[:2], edges, strict=True):
            self.link(core, edge, people, 0.25, group="wan/branch", a_after=16)
        self.link(edges[0], edges[1], people, 0.08)
        olt = self.add("olt-1", "olt", branch)
        for edge in edges:
            self.link(edge, olt, people, 0.35, group="olt")
        access = [self.add(f"access-{next(self.number['access'])}", "access", branch) for _ in range(self.sizes.access)]
        for start in range(0, len(access), RING):
            ring = [edges[0], *access[start : start + RING], edges[1]]
            for a, b in pairwise(ring):
                self.link(a, b, people, 0.30)
        for place in range(self.sizes.cells):
            switch = place % len(access)
            cell = self.add(f"cell-{switch + 1}{place // len(access) + 1:02d}", "cell-site", branch)
            self.link(access[switch], cell, people, 0.18)

    def trimmed(self, device: PlanDevice) -> PlanDevice:
        """The device with half of its unused ports switched off by its owner, as on real switches."""
        used = self.wired.get(device.name, set()) if len(device.ports) > 1 else set()
        if not used:
            return device
        idle = [port.name for port in device.ports if port.name not in used]
        off = set(idle[len(idle) // 2 :])
        return replace(device, ports=tuple(replace(port, admin_up=port.name not in off) for port in device.ports))


def _port_names(ports: Any) -> list[tuple[str, float]]:  # noqa: ANN401 - TOML
    """Names and speeds of a model's ports; those with one prefix are counted through."""
    found: list[tuple[str, float]] = []
    counted: dict[str, int] = {}
    for group in ports:
        for _ in range(group["count"]):
            counted[group["prefix"]] = counted.get(group["prefix"], 0) + 1
            found.append((f"{group['prefix']}{counted[group['prefix']]}", float(group["speed"])))
    return found


def _site(site: Mapping[str, Any]) -> PlanSite:
    return PlanSite(
        name=site["name"],
        title=site["title"],
        latitude=site["latitude"],
        longitude=site["longitude"],
        timezone=site["timezone"],
        utc_offset=site["utc_offset_hours"],
    )
