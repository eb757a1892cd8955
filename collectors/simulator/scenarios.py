"""What can break in the simulated fleet, and how it is repaired. Each scenario is a name, a sentence, and two or three functions.

Targets are chosen by their place in the plan, so that a fleet of any size has them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from collectors.simulator.gpu_faults import GpuFault
from collectors.simulator.gpu_text import gpus_of
from collectors.simulator.world import World

LOST_GPU = 4
LOW_LIMIT = 0.45
"""Share of its power limit that a GPU is left with."""
CRC_A_SECOND = 250
"""So many that somebody is called within a minute; a few are only a warning."""
FLAP_UP, FLAP_DOWN = 50.0, 45.0
"""Seconds; longer than a poll's 30, so that each state is seen, and short enough for three raises in ten minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One way to break. `tick` is called each second while it lasts, with the seconds since it began."""

    name: str
    text: str
    target: Callable[[World], str]
    """What it breaks, for people: a device, or `device:port`."""
    begin: Callable[[World], None]
    repair: Callable[[World], None]
    tick: Callable[[World, float], None] | None = None


def _cooler(world: World) -> str:
    return world.physics.rows[0]


def _gpu_rack(world: World, place: int) -> str:
    return world.physics.racks[min(place, len(world.physics.racks) - 1)]


def _spine(world: World) -> str:
    return world.plan.of_role("spine")[0].name


def _access(world: World) -> str:
    """The access switch in the middle of the first ring."""
    found = world.plan.of_role("access")
    return found[min(1, len(found) - 1)].name


def _ring_link(world: World) -> int:
    """A cable of the ring; with it cut everything is still reached the other way round."""
    ring = {device.name for device in world.plan.of_role("access")}
    found = [i for i, link in enumerate(world.plan.links) if {link.a[0], link.b[0]} <= ring]
    return found[min(3, len(found) - 1)]


def _uplink(world: World) -> int:
    """An uplink of the fourth leaf (or the last) to its second spine."""
    leaves = world.plan.of_role("leaf")
    leaf = leaves[min(3, len(leaves) - 1)].name
    return [i for i, link in enumerate(world.plan.links) if link.b[0] == leaf][1]


def _server(world: World, place: int) -> str:
    return world.physics.servers[min(place, len(world.physics.servers) - 1)]


def _link_text(world: World, link: int) -> str:
    return ":".join(world.plan.links[link].a)


def _set_cooler(world: World, on: bool) -> None:
    with world.lock:
        world.physics.cooler_on[world.physics.coolers.index(_cooler(world))] = on


def _set_link(world: World, link: int, whole: bool) -> None:
    with world.lock:
        world.network.whole[link] = whole
        world.network.refresh(world.now)


def _set_sick(world: World, sick: bool) -> None:
    with world.lock:
        world.network.sick[world.network.b[_uplink(world)]] = sick
        _set_link(world, _uplink(world), True)


def _flap(world: World, elapsed: float) -> None:
    up = elapsed % (FLAP_UP + FLAP_DOWN) >= FLAP_DOWN
    if bool(world.network.whole[_uplink(world)]) is not up:
        _set_link(world, _uplink(world), up)


def _lose_gpu(world: World) -> None:
    name = _server(world, 10)
    gpu = gpus_of(world, name)[LOST_GPU]
    with world.lock:
        world.physics.present[world.server_at[name], LOST_GPU] = False
        host = world.hosts[name]
        host.write(world.now, f"NVRM: GPU at PCI:0000:{gpu.bus}:00: {gpu.uuid}", 4)
        host.write(
            world.now, f"NVRM: Xid (PCI:0000:{gpu.bus}:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus.", 4
        )
        host.write(world.now, f"NVRM: GPU 0000:{gpu.bus}:00.0: GPU has fallen off the bus.", 4)


def _find_gpu(world: World) -> None:
    name = _server(world, 10)
    with world.lock:
        world.physics.present[world.server_at[name], LOST_GPU] = True
        world.reboot(name)


def _set_clog(world: World, clogged: bool) -> None:
    with world.lock:
        world.physics.clogging[world.server_at[_server(world, 29)]] = clogged


def _fault(world: World, place: int, gpu: int) -> GpuFault:
    return world.faults.setdefault((_server(world, place), gpu), GpuFault())


def _set_remap(world: World, pending: bool) -> None:
    with world.lock:
        _fault(world, 4, 2).remap_pending = pending


def _strike_memory(world: World) -> None:
    with world.lock:
        fault = _fault(world, 5, 6)
        fault.uncorrected += 3
        fault.uncorrected_since_load += 3


def _reset_memory(world: World) -> None:
    """A reset of the GPU: what it counted since then is 0, what it counted in its life stays."""
    with world.lock:
        _fault(world, 5, 6).uncorrected_since_load = 0


def _set_power_limit(world: World, low: bool) -> None:
    with world.lock:
        name = _server(world, 6)
        most = float(str(world.plan.gpus[world.device[name].gpu]["power_limit"]))
        _fault(world, 6, 1).power_limit = most * LOW_LIMIT if low else None
        world.physics.power_limit[world.server_at[name], 1] = most * (LOW_LIMIT if low else 1.0)


def _set_lanes(world: World, lanes: int) -> None:
    with world.lock:
        _fault(world, 7, 3).link_width = lanes


def _count_crc(world: World, _elapsed: float) -> None:
    with world.lock:
        _fault(world, 8, 5).crc_errors += CRC_A_SECOND


SCENARIOS: dict[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        Scenario(
            name="cooler-failure",
            text="A cooler stops; its row warms by about 2 °C a minute",
            target=_cooler,
            begin=lambda world: _set_cooler(world, False),
            repair=lambda world: _set_cooler(world, True),
        ),
        Scenario(
            name="rack-power",
            text="Both feeds of a rack are gone; everything in it is dark",
            target=lambda world: _gpu_rack(world, 1),
            begin=lambda world: world.fail(*world.rack[_gpu_rack(world, 1)].power),
            repair=lambda world: world.restore(*world.rack[_gpu_rack(world, 1)].power),
        ),
        Scenario(
            name="one-feed",
            text="One of a rack's two PDUs is dead; what has two cords stays up",
            target=lambda world: world.rack[_gpu_rack(world, 2)].power[1],
            begin=lambda world: world.fail(world.rack[_gpu_rack(world, 2)].power[1]),
            repair=lambda world: world.restore(world.rack[_gpu_rack(world, 2)].power[1]),
        ),
        Scenario(
            name="spine-lost",
            text="A spine is gone; the ports of its neighbours go down",
            target=_spine,
            begin=lambda world: world.fail(_spine(world)),
            repair=lambda world: world.restore(_spine(world)),
        ),
        Scenario(
            name="fibre-cut",
            text="A fibre of the access ring is cut; the ring carries everything the other way",
            target=lambda world: _link_text(world, _ring_link(world)),
            begin=lambda world: _set_link(world, _ring_link(world), False),
            repair=lambda world: _set_link(world, _ring_link(world), True),
        ),
        Scenario(
            name="access-lost",
            text="An access switch is gone, and the cell sites behind it",
            target=_access,
            begin=lambda world: world.fail(_access(world)),
            repair=lambda world: world.restore(_access(world)),
        ),
        Scenario(
            name="flapping-optic",
            text="An uplink's optic receives too little light: it toggles, with CRC errors",
            target=lambda world: ":".join(world.plan.links[_uplink(world)].b),
            begin=lambda world: _set_sick(world, True),
            repair=lambda world: _set_sick(world, False),
            tick=_flap,
        ),
        Scenario(
            name="gpu-lost",
            text="A GPU falls off the bus (Xid 79); repaired by a reboot",
            target=lambda world: f"{_server(world, 10)}:gpu{LOST_GPU}",
            begin=_lose_gpu,
            repair=_find_gpu,
        ),
        Scenario(
            name="clogged-fan",
            text="Dust chokes a server: its GPUs warm with the fans at full speed until they throttle",
            target=lambda world: _server(world, 29),
            begin=lambda world: _set_clog(world, True),
            repair=lambda world: _set_clog(world, False),
        ),
        Scenario(
            name="row-remap",
            text="A GPU has found a bad memory row, which waits for a reset to be replaced",
            target=lambda world: f"{_server(world, 4)}:gpu2",
            begin=lambda world: _set_remap(world, True),
            repair=lambda world: _set_remap(world, False),
        ),
        Scenario(
            name="ecc",
            text="A GPU counts uncorrectable memory errors; repaired by its reset",
            target=lambda world: f"{_server(world, 5)}:gpu6",
            begin=_strike_memory,
            repair=_reset_memory,
        ),
        Scenario(
            name="throttle-power",
            text="Somebody has set a GPU's power limit far too low; its clock is halved",
            target=lambda world: f"{_server(world, 6)}:gpu1",
            begin=lambda world: _set_power_limit(world, True),
            repair=lambda world: _set_power_limit(world, False),
        ),
        Scenario(
            name="pcie-narrow",
            text="A GPU's PCI Express link has lost half of its lanes",
            target=lambda world: f"{_server(world, 7)}:gpu3",
            begin=lambda world: _set_lanes(world, 8),
            repair=lambda world: _set_lanes(world, 16),
        ),
        Scenario(
            name="hung-tool",
            text="A sick GPU takes nvidia-smi with it: it hangs in the kernel and cannot be killed",
            target=lambda world: _server(world, 9),
            begin=lambda world: world.hung.add(_server(world, 9)),
            repair=lambda world: world.hung.discard(_server(world, 9)),
        ),
        Scenario(
            name="nvlink-errors",
            text="An NVLink counts CRC errors",
            target=lambda world: f"{_server(world, 8)}:gpu5",
            begin=lambda world: _count_crc(world, 0.0),
            repair=lambda world: None,
            tick=_count_crc,
        ),
    )
}


class Stage:
    """Which scenarios are on, and which one waits for the fleet to be whole. Used by one thread.

    `waiting` is begun `delay` seconds after `whole` was first told.
    """

    def __init__(self, world: World, waiting: str | None = None, *, delay: float = 15.0) -> None:
        if waiting is not None and waiting not in SCENARIOS:
            raise KeyError(waiting)
        self.world = world
        self.waiting = waiting
        self.delay = delay
        self.whole_at: float | None = None
        self.active: dict[str, float] = {}

    def whole(self, now: float) -> None:
        """Every device was asked at least once on every protocol."""
        if self.whole_at is None:
            self.whole_at = now

    def begin(self, name: str) -> None:
        """Begin a scenario now. KeyError if there is none of this name."""
        scenario = SCENARIOS[name]
        if self.waiting == name:
            self.waiting = None
        if name not in self.active:
            self.active[name] = self.world.now
            scenario.begin(self.world)

    def repair(self) -> tuple[str, ...]:
        """End all that is on, and forget what waits; gives their names."""
        ended = tuple(self.active)
        for name in ended:
            SCENARIOS[name].repair(self.world)
        self.active.clear()
        self.waiting = None
        return ended

    def tick(self, now: float) -> str | None:
        """Once a second; gives the name of a scenario that this second began."""
        begun = None
        if self.waiting is not None and self.whole_at is not None and now >= self.whole_at + self.delay:
            begun = self.waiting
            self.begin(begun)
        for name, since in self.active.items():
            tick = SCENARIOS[name].tick
            if tick is not None:
                tick(self.world, self.world.now - since)
        return begun
