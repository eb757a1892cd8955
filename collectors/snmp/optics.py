"""Which port a sensor of light belongs to: the way up from the sensor's part to one that is a port.

Sources: ENTITY-MIB (RFC 6933): entPhysicalContainedIn, entAliasMappingIdentifier.
"""

import re
from collections.abc import Generator, Mapping, Sequence

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate
from collectors.snmp.session import Reply
from collectors.snmp.tables import Tables
from collectors.snmp.walk import Rows
from noc_console.profiles.profile import Optics

MOST_STEPS = 8
"""Sensor, transceiver, its cage, the port: what is farther up is the chassis, or goes round in a circle."""
_IF_INDEX = ber.oid("1.3.6.1.2.1.2.2.1.1")

IfIndex = int
Entity = int


def direction(optics: Optics, descr: str) -> str:
    """The class that a sensor of power has at a port: `rx_power`, `tx_power`, or none."""
    if re.search(optics.receives, descr, re.IGNORECASE):
        return "rx_power"
    return "tx_power" if re.search(optics.transmits, descr, re.IGNORECASE) else ""


def ports_of(
    sensors: Sequence[bytes], optics: Optics, named: Mapping[Entity, IfIndex], walked: Tables
) -> Generator[tuple[PduTemplate, ...], list[Reply], tuple[dict[bytes, IfIndex], tuple[str, ...]]]:
    """(ifIndex by a sensor's index, what could not be read). `named`: parts that are called as a port is."""
    troubles = []
    for column in (optics.within, optics.port):
        troubles.append((yield from walked.need((column,))))
    ports = {**named, **_aliased(walked.rows(optics.port))}
    parents = {_entity(index): parent for index, parent in walked.rows(optics.within).items() if isinstance(parent, int)}
    found = {sensor: port for sensor in sensors if (port := _upwards(_entity(sensor), parents, ports)) is not None}
    return found, tuple(filter(None, troubles))


def _entity(index: bytes) -> Entity:
    return ber.index_numbers(index)[0]


def _aliased(rows: Rows) -> dict[Entity, IfIndex]:
    """Parts that are ports (entAliasMappingTable). One that several ports name is none of them: a cage split into lanes."""
    found: dict[Entity, set[IfIndex]] = {}
    for index, value in rows.items():
        if isinstance(value, bytes) and value.startswith(_IF_INDEX) and len(value) > len(_IF_INDEX):
            found.setdefault(_entity(index), set()).add(ber.index_numbers(value[len(_IF_INDEX) :])[0])
    return {entity: next(iter(ports)) for entity, ports in found.items() if len(ports) == 1}


def _upwards(entity: Entity, parents: Mapping[Entity, Entity], ports: Mapping[Entity, IfIndex]) -> IfIndex | None:
    for _ in range(MOST_STEPS):
        if entity in ports:
            return ports[entity]
        entity = parents.get(entity, 0)
    return None
