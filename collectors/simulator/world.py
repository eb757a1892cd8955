"""The simulated fleet as one thing that time passes in: what has power, what is up, heat, traffic, kernel logs.

Time comes in through `advance`; chance from one seeded generator. One lock guards it: the thread that serves SNMP and the threads
that serve SSH all read it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import RLock
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from collectors.simulator.gpu_faults import GpuFault
from collectors.simulator.network import Network
from collectors.simulator.physics import Physics
from collectors.simulator.plan import Plan, PlanDevice

Array = NDArray[np.float64]

BOOT_SECONDS = {"gpu-server": 40.0, "pdu": 4.0, "ups": 4.0, "cooling": 4.0}
"""From power to an answer; network devices take `SWITCH_BOOT_SECONDS`."""
SWITCH_BOOT_SECONDS = 20.0
STORAGE_WATTS = 4200.0
"""Of a storage rack beside its leaf."""
MOST_BEHIND = 900
"""Seconds that are stepped at once after the process was held up; what is beyond them is lost."""
KERNEL_LINES = 4000


@dataclass(frozen=True, slots=True)
class KernelLine:
    """One record of a kernel's log: syslog priority, sequence number, seconds since boot."""

    priority: int
    number: int
    uptime: float
    text: str


@dataclass(slots=True)
class Host:
    """What a device's own clock says: since when it runs, under which boot, and what its kernel has logged."""

    booted: float
    boot_id: str
    returns: float | None = None
    """When it will have started (UTC seconds); None = it runs or has no power."""
    log: list[KernelLine] = field(default_factory=list)
    next_line: int = 0

    def write(self, now: float, text: str, priority: int = 6) -> None:
        """One more line of the kernel's log."""
        self.log.append(KernelLine(priority, self.next_line, max(0.0, now - self.booted), text))
        self.next_line += 1
        del self.log[:-KERNEL_LINES]


class World:
    """Everything that the fleet is, at one moment.

    Attributes
    ----------
    now : UTC seconds to which it was advanced. lock : hold it while reading several things that must fit together.
    failed : devices broken by a scenario. hosts : by device.
    faults : of single GPUs, by (server, index).
    hung : servers whose nvidia-smi does not come back. pdu_joules : energy that each PDU has given out.
    """

    def __init__(self, plan: Plan, now: float, *, seed: int | None = None) -> None:
        self.plan = plan
        self.lock = RLock()
        self.rng = np.random.default_rng(plan.seed if seed is None else seed)
        self.device = {device.name: device for device in plan.devices}
        self.rack = {rack.name: rack for rack in plan.racks}
        self.physics = Physics(plan, self.rng)
        self.network = Network(plan, self.rng)
        self.server_at = {name: i for i, name in enumerate(self.physics.servers)}
        self.started = self.now = math.floor(now)
        self.failed: set[str] = set()
        self.faults: dict[tuple[str, int], GpuFault] = {}
        self.hung: set[str] = set()
        self.hosts = {device.name: self._first_host(device) for device in plan.devices}
        self.alive = {device.name: True for device in plan.devices}
        self.offsets: dict[str, float] = dict(zip(self.device, self.rng.normal(0.0, 0.8, len(self.device)).tolist(), strict=True))
        self._make_feeds()
        self._make_drivers()
        self._flow(1.0)

    def _first_host(self, device: PlanDevice) -> Host:
        # the boot's name is not of the seed: another run is another boot, whose log was not read before
        booted = self.now - float(self.rng.uniform(9, 120)) * 86400.0
        host = Host(booted=booted, boot_id=str(uuid4()))
        if device.gpu:
            _boot_lines(host, device, self.plan)
        return host

    def _make_feeds(self) -> None:
        self.pdus = [device for device in self.plan.devices if device.role == "pdu"]
        self.pdu_watts = {device.name: 0.0 for device in self.pdus}
        self.pdu_joules = {device.name: float(self.rng.uniform(2e11, 9e11)) for device in self.pdus}
        fixed = {rack.name: 0.0 for rack in self.plan.racks}
        for device in self.plan.devices:
            if device.rack and not device.gpu:
                fixed[device.rack] += device.watts
        for rack in self.plan.racks:
            fixed[rack.name] += STORAGE_WATTS if rack.row.startswith("T") else 0.0
        self.fixed_watts = fixed
        self.rack_watts = dict(fixed)

    def _make_drivers(self) -> None:
        """For each driver of the traffic, which servers' mean load it is, or the site whose people make it."""
        self.driver_servers: list[list[int]] = []
        self.driver_people: list[float | None] = []
        offsets = {site.name: site.utc_offset for site in self.plan.sites}
        for driver in self.network.drivers:
            kind, _, name = driver.partition(":")
            chosen = [
                i for server, i in self.server_at.items() if name in (server, self.device[server].rack, self.device[server].site)
            ]
            self.driver_servers.append(chosen if kind != "people" else [])
            self.driver_people.append(offsets[name] if kind == "people" else None)

    # --- time -----------------------------------------------------------------------------------------------------------------

    def advance(self, now: float) -> int:
        """Let time pass up to `now`, in whole seconds; gives how many were stepped."""
        with self.lock:
            behind = int(now - self.now)
            if behind > MOST_BEHIND:
                self.now, behind = math.floor(now) - MOST_BEHIND, MOST_BEHIND
            for _ in range(behind):
                self.now += 1
                self._step()
            return max(behind, 0)

    def _step(self) -> None:
        if any(host.returns is not None and host.returns <= self.now for host in self.hosts.values()):
            self.refresh()
        self.physics.step(self.rng)
        self._flow(1.0)

    def _flow(self, seconds: float) -> None:
        self.network.step(seconds, self._driver_values(), self.rng)
        self._feed(seconds)

    def _driver_values(self) -> Array:
        load = self.physics.utilisation.mean(axis=1)
        values = np.full(len(self.driver_servers), 0.4)
        for i, (servers, zone) in enumerate(zip(self.driver_servers, self.driver_people, strict=True)):
            if zone is not None:
                values[i] = daily_wave(self.now, zone)
            elif servers:
                values[i] = load[servers].mean() if len(servers) > 1 else load[servers[0]]
        return values

    def _feed(self, seconds: float) -> None:
        """What each rack draws, shared by the PDUs that have power."""
        for name, watts in zip(self.physics.racks, self.physics.rack_watts.tolist(), strict=True):
            self.rack_watts[name] = watts + self.fixed_watts[name]
        for rack in self.plan.racks:
            fed = [name for name in rack.power if self.alive[name]]
            for name in rack.power:
                watts = self.rack_watts[rack.name] / len(fed) if name in fed else 0.0
                self.pdu_watts[name] = watts
                self.pdu_joules[name] += watts * seconds

    # --- what has power and runs ------------------------------------------------------------------------------------------------

    def fail(self, *devices: str) -> None:
        """These are dead from now on."""
        with self.lock:
            self.failed.update(devices)
            self.refresh()

    def restore(self, *devices: str) -> None:
        """These get their power back, and start."""
        with self.lock:
            self.failed.difference_update(devices)
            self.refresh()

    def reboot(self, device: str, seconds: float | None = None) -> None:
        """The device starts anew: away for a while, then under another boot."""
        with self.lock:
            self.hosts[device].returns = self.now + (self._boot_seconds(device) if seconds is None else seconds)
            self.alive[device] = False
            self.refresh()

    def refresh(self) -> None:
        """Work out anew who has power and runs; after every change."""
        powered: dict[str, bool] = {}
        for name in self.device:
            self._settle(name, self._powered(name, powered))
        network = self.network
        for name, alive in self.alive.items():
            network.alive[network.number[name]] = alive
        for name, i in self.server_at.items():
            # a host that starts has power already, and its fans turn
            self.physics.on[i] = powered[name]
        network.refresh(self.now)

    def _powered(self, name: str, known: dict[str, bool]) -> bool:
        if name not in known:
            device = self.device[name]
            sources = device.power or (self.rack[device.rack].power if device.rack and device.role != "pdu" else ())
            known[name] = name not in self.failed and (not sources or any(self._powered(source, known) for source in sources))
        return known[name]

    def _settle(self, name: str, powered: bool) -> None:
        host = self.hosts[name]
        if not powered:
            self.alive[name], host.returns = False, None
        elif not self.alive[name] and host.returns is None:
            host.returns = self.now + self._boot_seconds(name)
        elif not self.alive[name] and host.returns is not None and host.returns <= self.now:
            self._start(name, host)

    def _start(self, name: str, host: Host) -> None:
        self.alive[name] = True
        host.returns, host.booted, host.boot_id = None, self.now - 12.0, str(uuid4())
        host.log.clear()
        host.next_line = 0
        self.network.counters.reset(self.network.span(name))
        if self.device[name].gpu:
            _boot_lines(host, self.device[name], self.plan)

    def _boot_seconds(self, name: str) -> float:
        return BOOT_SECONDS.get(self.device[name].role, SWITCH_BOOT_SECONDS)

    # --- what is asked ----------------------------------------------------------------------------------------------------------

    def answers(self, device: str, protocol: str) -> bool:
        """Whether a device answers a protocol now. A server's management controller needs nothing but power."""
        found = self.device[device]
        if protocol == "snmp" and found.bmc_address:
            return bool(self.physics.on[self.server_at[device]])
        return self.network.reachable[device]

    def inlet(self, rack: str | None) -> float:
        """Air temperature in front of a rack, °C."""
        if rack is None:
            return 24.0
        physics = self.physics
        place = physics.rack_index.get(rack)
        if place is not None:
            return float(physics.inlet[place])
        rows = [physics.rows.index(name) for name in self.rack[rack].cooling if name in physics.rows]
        return float(np.mean(physics.aisle[rows])) if rows else physics.heat["inlet"]

    def uptime(self, device: str) -> float:
        """Seconds since it started."""
        return max(0.0, self.now - self.hosts[device].booted)

    def servers_in(self, racks: Sequence[str]) -> list[str]:
        """GPU servers of these racks."""
        return [name for name in self.server_at if self.device[name].rack in racks]


def daily_wave(now: float, utc_offset: float) -> float:
    """How much of their most people use a network at this hour: least before dawn, most in the evening."""
    hour = (now / 3600.0 + utc_offset) % 24.0
    return 0.55 - 0.33 * math.cos(2 * math.pi * (hour - 3.5) / 24.0) + 0.16 * math.sin(4 * math.pi * (hour - 3.5) / 24.0)


def _boot_lines(host: Host, device: PlanDevice, plan: Plan) -> None:
    """What a kernel says when it starts on such a server."""
    gpu = plan.gpus[device.gpu]
    lines = [
        "Linux version 6.8.0-60-generic (buildd@example) (gcc 13.3.0) #63-Ubuntu SMP PREEMPT_DYNAMIC",
        "Command line: BOOT_IMAGE=/vmlinuz-6.8.0-60-generic root=/dev/nvme0n1p2 ro iommu=pt",
        "smpboot: Allowing 224 CPUs, 0 hotplug CPUs",
        "pci 0000:00:00.0: [8086:09a2] type 00 class 0x088000",
        "mlx5_core 0000:18:00.0 eth0: Link up",
        f"NVRM: loading NVIDIA UNIX x86_64 Kernel Module  {gpu['driver']}  Release Build",
        "nvidia-nvswitch: Probing device 0000:05:00.0",
        "systemd[1]: Startup finished.",
    ]
    for place, text in enumerate(lines):
        host.write(host.booted + 0.4 * place, text, 5 if text.startswith("NVRM") else 6)
