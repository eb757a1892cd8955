"""What each kind of device measures of itself: names, types, scales and precisions as ENTITY-SENSOR-MIB has them.

Values come from the world at the moment they are asked for. A slow ripple of a few seconds stands for the noise of real sensors;
it needs no state and is the same for everyone who asks in the same second.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from collectors.simulator.plan import PlanDevice
from collectors.simulator.world import World

OTHER, VOLTS_AC, VOLTS_DC, AMPERES, WATTS, HERTZ, CELSIUS, PERCENT_RH, RPM = 1, 3, 4, 5, 6, 7, 8, 9, 10
"""EntitySensorDataType (RFC 3433)."""
MILLI, UNITS, KILO = 8, 9, 10
"""EntitySensorDataScale (RFC 3433)."""
_POWER = {MILLI: -3, UNITS: 0, KILO: 3}
SERVER_FANS, SERVER_RPM = 6, 16000
SWITCH_FANS, SWITCH_RPM = 4, 9000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """One sensor. `read` gives base units; what is sent is that, scaled, times ten to the precision. `port`: whose it is."""

    name: str
    type: int
    read: Callable[[], float]
    scale: int = UNITS
    precision: int = 1
    units: str = ""
    port: int | None = None

    def raw(self) -> int:
        """The number that entPhySensorValue gives."""
        return round(self.read() * math.pow(10.0, self.precision - _POWER[self.scale]))


def sensors_of(world: World, device: PlanDevice) -> list[Sensor]:
    """All sensors of a device, in the order in which it lists them."""
    makers = {"pdu": _pdu, "ups": _ups, "cooling": _cooler, "gpu-server": _controller, "cell-site": _cabinet}
    return makers.get(device.role, _switch)(world, device)


def ripple(world: World, device: str, size: float, number: int = 0) -> float:
    """A small swing around 0, of a few seconds, different for each device and number."""
    return size * math.sin(world.now / (3.1 + 0.7 * number) + hash_of(device) + number)


def hash_of(name: str) -> float:
    """A number of a name, 0 to 6.28, the same in every run."""
    return (sum(ord(letter) * (i + 7) for i, letter in enumerate(name)) % 628) / 100.0


def _temp(name: str, read: Callable[[], float]) -> Sensor:
    return Sensor(name=name, type=CELSIUS, read=read)


def _switch(world: World, device: PlanDevice) -> list[Sensor]:
    """A switch or router in a rack, or in a branch's equipment room."""
    offset, name = world.offsets[device.name], device.name
    found = [
        _temp("Chassis Temp", lambda: world.inlet(device.rack) + 13.0 + offset + ripple(world, name, 0.3)),
        _temp("ASIC Temp", lambda: world.inlet(device.rack) + 31.0 + 2 * offset + ripple(world, name, 0.6, 1)),
        _temp("CPU Temp", lambda: world.inlet(device.rack) + 22.0 + offset + ripple(world, name, 0.5, 2)),
    ]
    found += [Sensor(name=f"Fan {i + 1}", type=RPM, precision=0, read=_switch_fan(world, device, i)) for i in range(SWITCH_FANS)]
    if device.rack:
        for place, pdu in enumerate(world.rack[device.rack].power):
            found.append(Sensor(name=f"PSU {place + 1} Power", type=WATTS, read=_psu(world, device, pdu)))
    return found + _optics(world, device)


def _switch_fan(world: World, device: PlanDevice, number: int) -> Callable[[], float]:
    def read() -> float:
        share: float = min(1.0, 0.42 + max(0.0, world.inlet(device.rack) - 24.0) / 25.0)
        return SWITCH_RPM * share + ripple(world, device.name, 60.0, number)

    return read


def _psu(world: World, device: PlanDevice, pdu: str) -> Callable[[], float]:
    """What one of a device's power supplies takes: its share, or nothing where its feed is dead."""

    def read() -> float:
        fed = [name for name in world.rack[device.rack or ""].power if world.alive[name]]
        return (device.watts + ripple(world, device.name, 2.0)) / len(fed) if pdu in fed else 0.0

    return read


def _optics(world: World, device: PlanDevice) -> list[Sensor]:
    """Light received and sent by the optics of the ports that are wired, in milliwatts as many switches show them."""
    network, start = world.network, world.network.first[device.name]
    found: list[Sensor] = []
    for place, port in enumerate(device.ports):
        if (device.name, port.name) in network.link_at:
            found.append(_light(f"DOM RX Power Sensor for {port.name}", place, _optical_watts(network.rx_dbm, start + place)))
            found.append(_light(f"DOM TX Power Sensor for {port.name}", place, _optical_watts(network.tx_dbm, start + place)))
    return found


def _light(name: str, port: int, read: Callable[[], float]) -> Sensor:
    return Sensor(name=name, type=WATTS, scale=MILLI, precision=4, read=read, port=port)


def _optical_watts(dbm: Callable[[int], float], port: int) -> Callable[[], float]:
    """Watts from the dBm that a port receives or sends."""
    return lambda: math.pow(10.0, dbm(port) / 10.0) / 1000.0


def _cabinet(world: World, device: PlanDevice) -> list[Sensor]:
    """A cell site: an outdoor cabinet on a rectifier."""
    name, offset = device.name, world.offsets[device.name]
    return [
        _temp("Cabinet Temp", lambda: 31.0 + 2 * offset + 4.0 * math.sin(2 * math.pi * (world.now / 3600.0 - 2.0) / 24.0)),
        Sensor(name="DC Voltage", type=VOLTS_DC, precision=2, read=lambda: 53.6 + ripple(world, name, 0.08)),
        *_optics(world, device),
    ]


def _mains(world: World, device: PlanDevice) -> float:
    return 230.2 + 1.2 * world.offsets[device.name] + ripple(world, device.name, 0.6)


def _pdu(world: World, device: PlanDevice) -> list[Sensor]:
    name = device.name

    def watts() -> float:
        return max(0.0, world.pdu_watts[name] + (ripple(world, name, 25.0) if world.pdu_watts[name] else 0.0))

    def phase(number: int) -> Callable[[], float]:
        share = (0.97, 1.0, 1.03)[number]
        return lambda: share * watts() / 3.0 / 0.97 / _mains(world, device)

    return [
        Sensor(name="Inlet Voltage", type=VOLTS_AC, read=lambda: _mains(world, device)),
        Sensor(name="Inlet Frequency", type=HERTZ, precision=2, read=lambda: 50.0 + ripple(world, name, 0.015)),
        *(Sensor(name=f"Inlet L{i + 1} Current", type=AMPERES, precision=2, read=phase(i)) for i in range(3)),
        Sensor(name="Inlet Power", type=WATTS, precision=0, read=watts),
        Sensor(name="Inlet Energy", type=OTHER, precision=1, units="kWh", read=lambda: world.pdu_joules[name] / 3.6e6),
    ]


def _ups(world: World, device: PlanDevice) -> list[Sensor]:
    name = device.name
    fed = [pdu.name for pdu in world.pdus if name in pdu.power]

    def watts() -> float:
        return sum(world.pdu_watts[pdu] for pdu in fed)

    rating = max(150e3, 30e3 * len(fed))
    return [
        Sensor(name="Input Voltage", type=VOLTS_AC, read=lambda: _mains(world, device)),
        Sensor(name="Output Voltage", type=VOLTS_AC, read=lambda: 230.0 + ripple(world, name, 0.2, 1)),
        Sensor(name="Output Power", type=WATTS, scale=KILO, read=watts),
        Sensor(name="Load", type=OTHER, units="%", read=lambda: 100.0 * watts() / rating),
        Sensor(name="Battery Charge", type=OTHER, precision=0, units="%", read=lambda: 100.0),
        _temp("Battery Temp", lambda: 24.5 + world.offsets[name] + ripple(world, name, 0.2, 2)),
    ]


def _cooler(world: World, device: PlanDevice) -> list[Sensor]:
    physics, name = world.physics, device.name
    i = physics.coolers.index(name)

    def rpm() -> float:
        turns = float(physics.cooler_fan[i])
        return physics.heat["cooler_rpm"] * turns + ripple(world, name, 9.0) if turns > 0.02 else 0.0

    return [
        _temp("Supply Air Temp", lambda: float(physics.supply[i]) + ripple(world, name, 0.1)),
        _temp("Return Air Temp", lambda: float(physics.back[i]) + ripple(world, name, 0.15, 1)),
        Sensor(name="Fan", type=RPM, precision=0, read=rpm),
        Sensor(
            name="Humidity", type=PERCENT_RH, precision=0, read=lambda: float(physics.humidity[i]) + ripple(world, name, 1.0, 3)
        ),
        Sensor(name="Cooling Output", type=WATTS, scale=KILO, read=lambda: float(physics.cooler_heat[i])),
        Sensor(
            name="Power",
            type=WATTS,
            precision=0,
            read=lambda: 60.0 + physics.heat["cooler_power"] * float(physics.cooler_fan[i]) ** 3,
        ),
    ]


def _controller(world: World, device: PlanDevice) -> list[Sensor]:
    """A GPU server's management controller."""
    physics, name = world.physics, device.name
    i = world.server_at[name]

    def rise() -> float:
        return float(physics.server_watts[i]) / (420.0 * max(0.3, float(physics.fan[i])))

    def fan(number: int) -> Callable[[], float]:
        return lambda: SERVER_RPM * float(physics.fan[i]) + ripple(world, name, 90.0, number)

    def psu(pdu: str) -> Callable[[], float]:
        def read() -> float:
            fed = [feed for feed in world.rack[device.rack or ""].power if world.alive[feed]]
            return float(physics.server_watts[i]) / len(fed) if pdu in fed else 0.0

        return read

    feeds = world.rack[device.rack or ""].power
    return [
        _temp("Inlet Temp", lambda: world.inlet(device.rack) + 0.12 * world.offsets[name] + ripple(world, name, 0.06)),
        _temp("Exhaust Temp", lambda: world.inlet(device.rack) + rise()),
        _temp("CPU0 Temp", lambda: world.inlet(device.rack) + 29.0 + ripple(world, name, 1.2, 1)),
        _temp("CPU1 Temp", lambda: world.inlet(device.rack) + 31.5 + ripple(world, name, 1.2, 2)),
        *(Sensor(name=f"Fan {n + 1}", type=RPM, precision=0, read=fan(n)) for n in range(SERVER_FANS)),
        *(Sensor(name=f"PSU {n + 1} Power", type=WATTS, precision=0, read=psu(pdu)) for n, pdu in enumerate(feeds)),
        Sensor(name="System Power", type=WATTS, precision=0, read=lambda: float(physics.server_watts[i])),
    ]
