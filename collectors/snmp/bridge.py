"""Neighbours by the forwarding table: a port behind which a single station was seen.

Sources: BRIDGE-MIB (RFC 4188), Q-BRIDGE-MIB (RFC 4363). Weaker than LLDP: a station that was silent is not there, and a port with
one station may have others behind it that were silent. So the protocol is `bridge`, and the station is told by its address.
"""

from collections.abc import Iterator

from collectors.snmp import ber
from collectors.snmp.found import Found
from collectors.snmp.lldp import BASE_PORT, Looking
from collectors.snmp.sensors import Ports
from collectors.snmp.tables import Tables
from noc_console.model.poll import Neighbour

FDB_PORT, FDB_STATUS = "1.3.6.1.2.1.17.4.3.1.2", "1.3.6.1.2.1.17.4.3.1.3"
"""dot1dTpFdbPort, dot1dTpFdbStatus; indexed by the address."""
VLAN_FDB_PORT, VLAN_FDB_STATUS = "1.3.6.1.2.1.17.7.1.2.2.1.2", "1.3.6.1.2.1.17.7.1.2.2.1.3"
"""dot1qTpFdbPort, dot1qTpFdbStatus; indexed by the forwarding database and the address."""
FIRST_COLUMNS = (FDB_PORT, VLAN_FDB_PORT)
_LEARNED = 3


def look(found: Found, walked: Tables) -> Looking:
    """Ports with one station; those that LLDP or the like tells a neighbour of are left to that."""
    told: list[Neighbour] = []
    incomplete: list[str] = []
    if trouble := (yield from walked.need(FIRST_COLUMNS)):
        incomplete.append(f"dot1dTpFdbTable: {trouble}")
    if not any(walked.rows(column) for column in FIRST_COLUMNS):
        return (), tuple(incomplete)
    if trouble := (yield from walked.need((BASE_PORT, FDB_STATUS, VLAN_FDB_STATUS))):
        incomplete.append(f"dot1dBasePortTable: {trouble}")
    stations: dict[int, set[bytes]] = {}
    for number, address in _learned(walked):
        stations.setdefault(number, set()).add(address)
    ports = Ports.of(found)
    taken = {each.local_if_index for each in found.neighbours or ()}
    for number, addresses in sorted(stations.items()):
        if_index = walked.cell(BASE_PORT, (number,))
        if len(addresses) == 1 and isinstance(if_index, int) and if_index in ports.components and if_index not in taken:
            station = next(iter(addresses)).hex(":")
            told.append(
                Neighbour(
                    protocol="bridge",
                    local_port=ports.components[if_index],
                    remote_host=station,
                    remote_port="",
                    local_if_index=if_index,
                )
            )
    # A table that was cut off makes ports look as if they had one station.
    return (() if incomplete else tuple(told)), tuple(incomplete)


def _learned(walked: Tables) -> Iterator[tuple[int, bytes]]:
    """(number of the bridge's port, address) of what was learned; port 0 is not known, and the bridge's own is no neighbour."""
    for ports, statuses in ((FDB_PORT, FDB_STATUS), (VLAN_FDB_PORT, VLAN_FDB_STATUS)):
        known = walked.rows(statuses)
        for index, number in walked.rows(ports).items():
            octets = ber.index_numbers(index)[-6:]
            is_learned = isinstance(number, int) and number > 0 and known.get(index, _LEARNED) == _LEARNED
            if is_learned and len(octets) == 6 and max(octets) < 256:
                yield int(number or 0), bytes(octets)
