"""Heat and power of the fleet, in NumPy: jobs → load → power → GPU temperatures and fans; cold aisles and coolers.

Stepped by whole seconds by the world, which passes time and chance in. One array element per GPU, server, rack or row; nothing
here knows a protocol. The model is lumped and first order: each thing has one temperature and one thermal mass.

- A GPU: `C dT/dt = P − (T − inlet) / R`, `R` falling as the server's fans speed up, and rising where dust clogs them.
- A cold aisle (a row): `C dT/dt = heat of its racks − heat its cooler takes − leak to the room`. Without its cooler it warms by
  about 2 °C a minute under full load, which is what dense rows do.
- A room: the mean of its aisles, slowly, around what the building holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from collectors.simulator.plan import Plan

Array = NDArray[np.float64]
Index = NDArray[np.intp]

GPUS = 8
GPU_TAU = 28.0
"""Seconds in which a GPU comes 63 % closer to its final temperature: heat sinks of SXM modules."""
POWER_TAU = 3.0
MARGIN_THROTTLE = -0.5
"""The slowdown begins when T.Limit has come down to this."""
CLOCK_PER_KELVIN = 0.11
LEAST_CLOCK = 0.35
CLOG_TAU = 120.0
"""Seconds over which dust chokes a server (a demonstration's pace; real dust takes weeks)."""


@dataclass(slots=True)
class Jobs:
    """Training jobs, one per rack: phases of work with ramps, iterations and checkpoints, and idle gaps between them."""

    level: Array
    target: Array
    until: Array
    phase: Array
    working: NDArray[np.bool_]

    @classmethod
    def begun(cls, racks: int, rng: np.random.Generator) -> "Jobs":
        """Jobs that have been running for a while: none is caught in its ramp."""
        target = rng.uniform(0.78, 0.97, racks)
        return cls(
            level=target.copy(),
            target=target,
            until=rng.uniform(1500, 7200, racks),
            phase=rng.uniform(0, 600, racks),
            working=np.ones(racks, dtype=bool),
        )

    def step(self, clock: float, rng: np.random.Generator) -> Array:
        """Load of each rack's job, 0 to 1, one second later."""
        for rack in np.nonzero(clock >= self.until)[0]:
            self._turn(int(rack), clock, rng)
        # ramps take about a minute up, and less down: a job that ends leaves its GPUs at once
        tau = np.where(self.target > self.level, 45.0, 8.0)
        self.level += (self.target - self.level) / tau
        iteration = 0.02 * np.sin(2 * np.pi * (clock + self.phase) / 9.0)
        # a checkpoint is written every ten minutes, during which the GPUs wait for the storage
        checkpoint = np.where(self.working & ((clock + self.phase) % 600.0 < 12.0), 0.55, 1.0)
        return np.clip((self.level + iteration) * checkpoint, 0.0, 1.0)

    def _turn(self, rack: int, clock: float, rng: np.random.Generator) -> None:
        """A job ends and leaves a gap, or a gap ends in a new job."""
        self.working[rack] = not self.working[rack]
        if self.working[rack]:
            self.target[rack], self.until[rack] = rng.uniform(0.72, 0.98), clock + rng.uniform(1800, 7200)
        else:
            self.target[rack], self.until[rack] = 0.02, clock + rng.uniform(90, 300)


class Physics:
    """The heat and power of all GPU servers, racks, rows and coolers.

    Attributes
    ----------
    servers, rows, coolers : names in array order. `row_of_rack`, `rack_of`: indices (racks and rows that hold GPU servers only).
    utilisation, gpu_watts, gpu_celsius, memory_celsius, margin, clock_share : (servers, 8).
    slowed : (servers, 8) bool, a thermal slowdown acts. present : (servers, 8) bool, the GPU is on the bus.
    fan : (servers,) share of full speed. on : (servers,) bool. server_watts : (servers,) at the wall.
    aisle, room : (rows,) °C. inlet : (racks,) °C. rack_watts : (racks,) of the servers.
    cooler_on : (coolers,) bool; cooler_fan : share of full speed; cooler_heat : watts taken; supply, back : °C of its air.
    """

    def __init__(self, plan: Plan, rng: np.random.Generator) -> None:
        self.heat: Mapping[str, float] = plan.heat
        found = [device for device in plan.devices if device.gpu]
        self.servers = tuple(device.name for device in found)
        racks = {device.rack or "": plan_rack(plan, device.rack or "") for device in found}
        self.racks = tuple(racks)
        self.rack_index = {name: i for i, name in enumerate(self.racks)}
        self.coolers = tuple(device.name for device in plan.of_role("cooling"))
        self.rows = tuple(dict.fromkeys(cooling for _, cooling in racks.values()))
        self.row_of_rack: Index = np.array([self.rows.index(racks[name][1]) for name in self.racks], dtype=np.intp)
        self.rack_of: Index = np.array([self.rack_index[device.rack or ""] for device in found], dtype=np.intp)
        self.row_cooler: Index = np.array([self.coolers.index(name) for name in self.rows], dtype=np.intp)
        sites = tuple(dict.fromkeys(site for site, _ in racks.values()))
        self.room_of_row: Index = np.array(
            [sites.index(next(site for site, row in racks.values() if row == name)) for name in self.rows], dtype=np.intp
        )
        self._make_gpus(plan, [device.gpu for device in found], rng)
        self._make_rows(rng)
        self.jobs = Jobs.begun(len(self.racks), rng)
        self.clock = 0.0
        self.settle(rng)

    def _make_gpus(self, plan: Plan, kinds: list[str], rng: np.random.Generator) -> None:
        n = len(kinds)

        def of(key: str) -> Array:
            return np.array([float(str(plan.gpus[kind][key])) for kind in kinds]).reshape(n, 1) + np.zeros((n, GPUS))

        self.power_limit, self.power_idle = of("power_limit"), of("power_idle")
        pairs = np.array([[float(each) for each in cast("list[float]", plan.gpus[kind]["margin_zero"])] for kind in kinds])
        low, high = pairs[:, :1], pairs[:, 1:]
        self.margin_zero: Array = np.round(low + (high - low) * rng.random((n, GPUS)))
        self.resistance: Array = of("resistance") * rng.normal(1.0, 0.035, (n, GPUS)) * np.linspace(0.96, 1.05, GPUS)
        self.utilisation: Array = np.zeros((n, GPUS))
        self.wander: Array = np.zeros((n, GPUS))
        self.clock_share: Array = np.ones((n, GPUS))
        self.gpu_watts: Array = self.power_idle.copy()
        self.gpu_celsius: Array = np.full((n, GPUS), 40.0)
        self.memory_celsius: Array = np.full((n, GPUS), 45.0)
        self.slowed = np.zeros((n, GPUS), dtype=bool)
        self.present = np.ones((n, GPUS), dtype=bool)
        self.fan: Array = np.full(n, 0.45)
        self.on = np.ones(n, dtype=bool)
        self.clogging = np.zeros(n, dtype=bool)
        self.clog: Array = np.zeros(n)
        self.server_watts: Array = np.zeros(n)

    def _make_rows(self, rng: np.random.Generator) -> None:
        heat, rows = self.heat, len(self.rows)
        per_server = heat["host_power"] + heat["fan_power"] + self.power_limit.sum(axis=1)
        per_rack = np.bincount(self.rack_of, per_server, len(self.racks))
        self.full_power: Array = np.maximum(np.bincount(self.row_of_rack, per_rack, rows), 1000.0)
        self.mass: Array = self.full_power / (heat["rise_per_minute"] / 60.0)
        self.leak: Array = self.full_power * heat["leak"]
        self.offset: Array = rng.uniform(-0.5, 0.5, len(self.racks)) * heat["inlet_spread"]
        self.aisle: Array = np.full(rows, heat["inlet"])
        self.room: Array = np.full(rows, heat["room"])
        self.rack_watts: Array = np.zeros(len(self.racks))
        self.row_watts: Array = np.zeros(rows)
        self.inlet: Array = self.aisle[self.row_of_rack] + self.offset
        n = len(self.coolers)
        self.cooler_on = np.ones(n, dtype=bool)
        self.cooler_fan: Array = np.full(n, 0.6)
        self.cooler_heat: Array = np.zeros(n)
        self.supply: Array = np.full(n, heat["supply"])
        self.back: Array = np.full(n, heat["inlet"] + 11.0)
        self.humidity: Array = rng.uniform(42, 50, n)
        # what a cooler takes at the set point is learnt while it settles: an integral controller's memory
        self.taken: Array = self.full_power * 0.7

    # --- one second ------------------------------------------------------------------------------------------------------------

    def settle(self, rng: np.random.Generator) -> None:
        """Run until everything has the temperature that it has in a calm hour."""
        for _ in range(240):
            self.step(rng)
        for _ in range(3):
            self.gpu_celsius = self._final()
            for _ in range(20):
                self.step(rng)

    def step(self, rng: np.random.Generator) -> None:
        """One second later."""
        self.clock += 1.0
        self._loads(rng)
        self._gpus()
        self._rows()

    def _loads(self, rng: np.random.Generator) -> None:
        load = self.jobs.step(self.clock, rng)[self.rack_of][:, None]
        self.wander += -self.wander / 20.0 + rng.normal(0.0, 0.006, self.wander.shape)
        alive = self.on[:, None] & self.present
        self.utilisation = np.where(alive, np.clip(load + self.wander * (load > 0.05), 0.0, 1.0), 0.0)

    def _final(self) -> Array:
        """Temperature that each GPU would come to."""
        choke = 1.0 + 1.5 * self.clog
        flow = 0.72 + 0.42 * (1.0 - self.fan)
        return self._server_inlet()[:, None] + self.resistance * (flow * choke)[:, None] * self.gpu_watts

    def _server_inlet(self) -> Array:
        return self.inlet[self.rack_of]

    def _gpus(self) -> None:
        wanted = self.power_idle + (self.power_limit * 0.985 - self.power_idle) * self.utilisation * self.clock_share**1.6
        wanted = np.where(self.on[:, None] & self.present, wanted, 0.0)
        self.gpu_watts += (wanted - self.gpu_watts) / POWER_TAU
        self.gpu_celsius += (self._final() - self.gpu_celsius) / GPU_TAU
        self.memory_celsius += (self.gpu_celsius + 3.0 + 0.008 * self.gpu_watts - self.memory_celsius) / 15.0
        self.clog += np.where(self.clogging, (1.0 - self.clog) / CLOG_TAU, -self.clog / 6.0)
        self._slow_down()
        self._fans()

    def _slow_down(self) -> None:
        """Clocks fall the more, the more T.Limit is overrun."""
        over = np.maximum(MARGIN_THROTTLE - self.margin, 0.0)
        self.slowed = over > 0.0
        self.clock_share += (np.maximum(1.0 - CLOCK_PER_KELVIN * over, LEAST_CLOCK) - self.clock_share) / 8.0

    @property
    def margin(self) -> Array:
        """T.Limit of each GPU: kelvin until its slowdown."""
        return self.margin_zero - self.gpu_celsius

    def _fans(self) -> None:
        """Fans follow the hottest GPU between 50 and 80 °C and the inlet above 27 °C."""
        hottest = np.where(self.present, self.gpu_celsius, 0.0).max(axis=1)
        wanted = np.clip(np.maximum((hottest - 46.0) / 32.0, (self._server_inlet() - 25.0) / 12.0), 0.3, 1.0)
        self.fan += np.where(self.on, wanted - self.fan, -self.fan) / 6.0
        heat = self.heat
        watts = heat["host_power"] + heat["fan_power"] * self.fan**3 + self.gpu_watts.sum(axis=1)
        self.server_watts = np.where(self.on, watts, 0.0)

    def _rows(self) -> None:
        heat = self.heat
        self.rack_watts = np.bincount(self.rack_of, self.server_watts, len(self.racks)).astype(float)
        self.row_watts = np.bincount(self.row_of_rack, self.rack_watts, len(self.rows)).astype(float)
        on = self.cooler_on[self.row_cooler]
        self._cool(on)
        heat_taken = self.cooler_heat[self.row_cooler]
        gain = self.row_watts - heat_taken - self.leak * (self.aisle - self.room)
        self.aisle += gain / self.mass
        rooms = np.bincount(self.room_of_row, self.aisle) / np.maximum(np.bincount(self.room_of_row), 1)
        self.room += (0.25 * rooms[self.room_of_row] + 0.75 * heat["room"] - self.room) / 600.0
        self.inlet = self.aisle[self.row_of_rack] + self.offset * np.where(on, 1.0, 1.6)[self.row_of_rack]

    def _cool(self, on: NDArray[np.bool_]) -> None:
        """Each cooler holds its aisle: a PI controller, bounded by what it can take; its fan's flow follows the heat."""
        heat, row = self.heat, self.row_cooler
        error = self.aisle - heat["inlet"]
        # the integral works only near the set point, or it would wind up while the aisle is hot and freeze it later
        near = on & (np.abs(error) < 2.0)
        self.taken = np.clip(self.taken + np.where(near, error * self.full_power * 0.004, 0.0), 0.0, self.full_power)
        fan = self.cooler_fan
        wanted_fan = np.zeros(len(self.coolers))
        wanted_fan[self.cooler_on] = 0.55
        wanted_fan[row] = np.where(
            on, np.clip(0.35 + 0.45 * (self.taken + error * self.full_power * 0.12) / self.full_power, 0.3, 1.0), 0.0
        )
        # fans run down in about ten seconds, and come up in twenty
        self.cooler_fan = np.where(wanted_fan < fan, np.maximum(wanted_fan, fan - 0.12), np.minimum(wanted_fan, fan + 0.05))
        able = np.clip(self.cooler_fan[row] / 0.5, 0.0, 1.0)
        demand = np.clip(self.taken + error * self.full_power * 0.12, 0.0, self.full_power * heat["cooler_reserve"])
        taken = np.where(on, demand * able, 0.0)
        self.cooler_heat[row] = taken
        rise = 11.0 * self.row_watts / self.full_power + 1.0
        warm = self.aisle + rise
        self.back[row] += (warm - self.back[row]) / 20.0
        target = np.where(on, heat["supply"], self.aisle + 1.5)
        self.supply[row] += (target - self.supply[row]) / 40.0
        idle = np.ones(len(self.coolers), dtype=bool)
        idle[row] = False
        self.cooler_heat[idle] = np.where(self.cooler_on[idle], 9000.0, 0.0)


def plan_rack(plan: Plan, name: str) -> tuple[str, str]:
    """(site, first cooler) of a rack."""
    rack = next(rack for rack in plan.racks if rack.name == name)
    return rack.site, rack.cooling[0]
