"""The MIB tables of a device of the world.

Sources: RFC 3418 (SNMPv2-MIB system), RFC 2863 (IF-MIB), RFC 6933 (ENTITY-MIB), RFC 3433 (ENTITY-SENSOR-MIB), IEEE 802.1AB
(LLDP-MIB), RFC 2790 (HOST-RESOURCES-MIB, of which a little).
Enterprise 32473 is reserved for examples (RFC 5612): no vendor's profile is taken for these devices.
"""

from collections.abc import Callable, Iterator

from collectors.simulator.mib import SCALAR, Column, Rows, View, counted, fixed, live, numbers, same, text, texts
from collectors.simulator.network import Counts
from collectors.simulator.plan import PlanDevice, PlanPort
from collectors.simulator.sensors import RPM, Sensor, ripple, sensors_of
from collectors.simulator.world import World
from collectors.snmp import ber

ENTERPRISE = "1.3.6.1.4.1.32473"
KINDS = ("core", "spine", "leaf", "router", "access", "olt", "cell-site", "pdu", "ups", "cooling", "gpu-server")
SYSTEM, IF, IFX = "1.3.6.1.2.1.1", "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"
ENTITY, SENSOR, ALIAS = "1.3.6.1.2.1.47.1.1.1.1", "1.3.6.1.2.1.99.1.1.1", "1.3.6.1.2.1.47.1.3.2.1.2"
LLDP, HOST = "1.0.8802.1.1.2.1", "1.3.6.1.2.1.25"
CHASSIS, PORT, SENSOR_CLASS = 3, 10, 8
FIRST_PORT, FIRST_SENSOR = 1000, 2000
UP, DOWN = 1, 2
MANAGEMENT = PlanPort(name="mgmt0", speed=1e9)
"""Built into every device that answers; its traffic is not modelled, it only counts."""
MANAGEMENT_IN, MANAGEMENT_OUT = 1900.0, 2700.0
"""Bytes a second."""
MAX_32 = 0xFFFFFFFF


def view_of(world: World, device: PlanDevice) -> View:
    """All that a device answers, with its neighbours as they are now."""
    return View(_columns(world, device))


def _columns(world: World, device: PlanDevice) -> Iterator[Column]:
    ports = () if device.bmc_address else device.ports
    yield from _system(world, device)
    yield from _interfaces(world, device, ports)
    yield from _entities(device, ports, sensors_of(world, device))
    if ports:
        yield from _load(world, device)
        yield from _neighbours(world, device, ports)


def _ticks(world: World, device: str) -> int:
    return int(world.uptime(device) * 100) & MAX_32


def _system(world: World, device: PlanDevice) -> Iterator[Column]:
    name = f"{device.name}-bmc" if device.bmc_address else device.name
    kind = KINDS.index(device.role) + 1
    yield same(f"{SYSTEM}.1", SCALAR, text(device.descr))
    yield same(f"{SYSTEM}.2", SCALAR, ber.tlv(ber.OBJECT_IDENTIFIER, ber.oid(f"{ENTERPRISE}.1.{kind}")))
    yield live(f"{SYSTEM}.3", SCALAR, ber.TIME_TICKS, lambda _row: _ticks(world, device.name))
    yield same(f"{SYSTEM}.4", SCALAR, text("noc@example.net"))
    yield same(f"{SYSTEM}.5", SCALAR, text(name))
    yield same(f"{SYSTEM}.6", SCALAR, text(" ".join(filter(None, (device.site, device.rack)))))
    yield same(f"{SYSTEM}.7", SCALAR, ber.integer(72 if device.bmc_address else 6))


# --- interfaces ---------------------------------------------------------------------------------------------------------------


def _interfaces(world: World, device: PlanDevice, ports: tuple[PlanPort, ...]) -> Iterator[Column]:
    everything = (*ports, MANAGEMENT)
    rows = counted(len(everything))
    network, start, n = world.network, world.network.first[device.name], len(ports)
    speeds = [*network.speed[start : start + n].tolist(), MANAGEMENT.speed]
    mac = bytes((0x02, 0x00)) + network.number[device.name].to_bytes(3, "big")

    def admin(row: int) -> int:
        return UP if row >= n or network.admin[start + row] else DOWN

    def oper(row: int) -> int:
        return UP if row >= n or network.oper[start + row] else DOWN

    def changed(row: int) -> int:
        """ifLastChange: ticks of sysUpTime at the change, 0 where it was before the start."""
        at = 0.0 if row >= n else float(network.changed[start + row]) - world.hosts[device.name].booted
        return max(0, int(at * 100)) & MAX_32 if row < n and network.changed[start + row] else 0

    yield same("1.3.6.1.2.1.2.1", SCALAR, ber.integer(len(everything)))
    yield fixed(f"{IF}.1", rows, numbers(range(1, len(everything) + 1)))
    yield fixed(f"{IF}.2", rows, texts(port.name for port in everything))
    yield same(f"{IF}.3", rows, ber.integer(6))
    yield same(f"{IF}.4", rows, ber.integer(9214))
    yield fixed(f"{IF}.5", rows, numbers((min(int(speed), MAX_32) for speed in speeds), ber.GAUGE32))
    yield fixed(f"{IF}.6", rows, [ber.octets(mac + bytes((row & 0xFF,))) for row in range(len(everything))])
    yield live(f"{IF}.7", rows, ber.INTEGER, admin)
    yield live(f"{IF}.8", rows, ber.INTEGER, oper)
    yield live(f"{IF}.9", rows, ber.TIME_TICKS, changed)
    yield from _counters(world, device, rows, n)
    yield fixed(f"{IFX}.1", rows, texts(port.name for port in everything))
    yield fixed(f"{IFX}.15", rows, numbers((int(speed / 1e6) for speed in speeds), ber.GAUGE32))
    yield same(f"{IFX}.17", rows, ber.integer(1))
    yield fixed(f"{IFX}.18", rows, texts(_alias(world, device, port) for port in everything))
    yield same(f"{IFX}.19", rows, ber.integer(0, ber.TIME_TICKS))


def _counters(world: World, device: PlanDevice, rows: Rows, ports: int) -> Iterator[Column]:
    start, counters = world.network.first[device.name], world.network.counters

    def of(column: Counts, mask: int, rate: float = 0.0) -> Callable[[int], int]:
        """Counts of the ports; the management port's go with the uptime."""
        return lambda row: (int(column[start + row]) if row < ports else int(rate * world.uptime(device.name))) & mask

    low, high = MAX_32, (1 << 64) - 1
    moving = (
        (10, 6, counters.in_octets, MANAGEMENT_IN),
        (11, 7, counters.in_packets, MANAGEMENT_IN / 180),
        (16, 10, counters.out_octets, MANAGEMENT_OUT),
        (17, 11, counters.out_packets, MANAGEMENT_OUT / 180),
    )
    for narrow, wide, column, rate in moving:
        yield live(f"{IF}.{narrow}", rows, ber.COUNTER32, of(column, low, rate))
        yield live(f"{IFX}.{wide}", rows, ber.COUNTER64, of(column, high, rate))
    yield live(f"{IF}.13", rows, ber.COUNTER32, of(counters.in_discards, low))
    yield live(f"{IF}.14", rows, ber.COUNTER32, of(counters.in_errors, low))
    for number in (19, 20):
        yield same(f"{IF}.{number}", rows, ber.integer(0, ber.COUNTER32))


def _alias(world: World, device: PlanDevice, port: PlanPort) -> str:
    """What an administrator wrote at a port: what it leads to."""
    end = _peer(world, device, port)
    return f"{end[0]} {end[1]}" if end else ""


def _peer(world: World, device: PlanDevice, port: PlanPort) -> tuple[str, str] | None:
    link = world.network.link_at.get((device.name, port.name))
    if link is None:
        return None
    found = world.plan.links[link]
    return found.b if found.a == (device.name, port.name) else found.a


# --- entities and sensors -------------------------------------------------------------------------------------------------------


def _entities(device: PlanDevice, ports: tuple[PlanPort, ...], sensors: list[Sensor]) -> Iterator[Column]:
    wired = sorted({sensor.port for sensor in sensors if sensor.port is not None})
    entities = [(1, device.descr.split(",")[0], 0, CHASSIS, "Chassis")]
    entities += [(FIRST_PORT + place + 1, ports[place].name, 1, PORT, ports[place].name) for place in wired]
    for place, sensor in enumerate(sensors):
        parent = 1 if sensor.port is None else FIRST_PORT + sensor.port + 1
        entities.append((FIRST_SENSOR + place, sensor.name, parent, SENSOR_CLASS, sensor.name))
    rows = Rows((entity[0],) for entity in entities)
    model = device.descr.split(",")[0].split(" ")[2]
    serial = f"EX{sum(map(ord, device.name)) % 9000 + 1000}{device.name.upper().replace('-', '')}"
    version = device.descr.rsplit(" ", 1)[-1]
    yield fixed(f"{ENTITY}.2", rows, texts(entity[1] for entity in entities))
    yield fixed(f"{ENTITY}.4", rows, numbers(entity[2] for entity in entities))
    yield fixed(f"{ENTITY}.5", rows, numbers(entity[3] for entity in entities))
    yield fixed(f"{ENTITY}.6", rows, numbers(place + 1 if place else -1 for place in range(len(entities))))
    yield fixed(f"{ENTITY}.7", rows, texts(entity[4] for entity in entities))
    for column, word in ((9, version), (10, version), (11, serial), (12, "Example"), (13, model)):
        yield fixed(f"{ENTITY}.{column}", rows, texts([word, *[""] * (len(entities) - 1)]))
    if wired:
        alias = Rows((FIRST_PORT + place + 1, 0) for place in wired)
        yield fixed(ALIAS, alias, [ber.tlv(ber.OBJECT_IDENTIFIER, ber.oid(f"{IF}.1.{place + 1}")) for place in wired])
    yield from _sensors(sensors)


def _sensors(sensors: list[Sensor]) -> Iterator[Column]:
    rows = Rows((FIRST_SENSOR + place,) for place in range(len(sensors)))
    yield fixed(f"{SENSOR}.1", rows, numbers(sensor.type for sensor in sensors))
    yield fixed(f"{SENSOR}.2", rows, numbers(sensor.scale for sensor in sensors))
    yield fixed(f"{SENSOR}.3", rows, numbers(sensor.precision for sensor in sensors))
    yield live(f"{SENSOR}.4", rows, ber.INTEGER, lambda row: sensors[row].raw())
    yield same(f"{SENSOR}.5", rows, ber.integer(1))
    yield fixed(f"{SENSOR}.6", rows, texts(sensor.units or ("rpm" if sensor.type == RPM else "") for sensor in sensors))
    yield same(f"{SENSOR}.8", rows, ber.integer(1000, ber.GAUGE32))


# --- load and neighbours --------------------------------------------------------------------------------------------------------


def _load(world: World, device: PlanDevice) -> Iterator[Column]:
    """HOST-RESOURCES-MIB: one processor, one memory."""
    storage = f"{HOST}.2.3.1"
    total = 4 << 20
    yield same(f"{storage}.1", counted(1), ber.integer(1))
    yield same(f"{storage}.2", counted(1), ber.tlv(ber.OBJECT_IDENTIFIER, ber.oid(f"{HOST}.2.1.2")))
    yield same(f"{storage}.3", counted(1), text("Physical memory"))
    yield same(f"{storage}.4", counted(1), ber.integer(4096))
    yield same(f"{storage}.5", counted(1), ber.integer(total))
    yield live(f"{storage}.6", counted(1), ber.INTEGER, lambda _row: int(total * (0.47 + ripple(world, device.name, 0.01))))
    yield live(f"{HOST}.3.3.1.2", counted(1), ber.INTEGER, lambda _row: int(17 + ripple(world, device.name, 6.0, 4)))


def _neighbours(world: World, device: PlanDevice, ports: tuple[PlanPort, ...]) -> Iterator[Column]:
    """LLDP-MIB: local ports, and what is heard at those that are up."""
    network, start = world.network, world.network.first[device.name]
    yield same(f"{LLDP}.3.1", SCALAR, ber.integer(4))
    yield same(f"{LLDP}.3.2", SCALAR, ber.octets(_chassis_id(world, device.name)))
    yield same(f"{LLDP}.3.3", SCALAR, text(device.name))
    yield same(f"{LLDP}.3.4", SCALAR, text(device.descr))
    rows = counted(len(ports))
    yield same(f"{LLDP}.3.7.1.2", rows, ber.integer(5))
    yield fixed(f"{LLDP}.3.7.1.3", rows, texts(port.name for port in ports))
    yield fixed(f"{LLDP}.3.7.1.4", rows, texts(port.name for port in ports))
    heard = [
        (place + 1, peer)
        for place, port in enumerate(ports)
        if network.oper[start + place] and (peer := _peer(world, device, port)) is not None
    ]
    remote = Rows((0, local, 1) for local, _ in heard)
    yield same(f"{LLDP}.4.1.1.4", remote, ber.integer(4))
    yield fixed(f"{LLDP}.4.1.1.5", remote, [ber.octets(_chassis_id(world, peer[0])) for _, peer in heard])
    yield same(f"{LLDP}.4.1.1.6", remote, ber.integer(5))
    yield fixed(f"{LLDP}.4.1.1.7", remote, texts(peer[1] for _, peer in heard))
    yield fixed(f"{LLDP}.4.1.1.8", remote, texts(peer[1] for _, peer in heard))
    yield fixed(f"{LLDP}.4.1.1.9", remote, texts(peer[0] for _, peer in heard))
    yield fixed(f"{LLDP}.4.1.1.10", remote, texts(world.device[peer[0]].descr for _, peer in heard))


def _chassis_id(world: World, device: str) -> bytes:
    return bytes((0x02, 0x00)) + world.network.number[device].to_bytes(3, "big") + b"\x00"
