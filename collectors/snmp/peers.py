"""Neighbours of layer 3: the peers of BGP whose session is established.

Source: BGP4-MIB (RFC 4273).
"""

from ipaddress import ip_address

from collectors.snmp import ber
from collectors.snmp.found import Found
from collectors.snmp.lldp import Looking
from collectors.snmp.tables import Tables
from noc_console.model.poll import Neighbour

STATE, REMOTE_AS = "1.3.6.1.2.1.15.3.1.2", "1.3.6.1.2.1.15.3.1.9"
"""bgpPeerState, bgpPeerRemoteAs; indexed by the peer's address."""
FIRST_COLUMNS = (STATE,)
_ESTABLISHED = 6


def look(found: Found, walked: Tables) -> Looking:
    """Peers whose session is established; their address is all that is known of where they are."""
    trouble = yield from walked.need((STATE,))
    if walked.rows(STATE):
        trouble = (yield from walked.need((REMOTE_AS,))) or trouble
    told = []
    for index, state in walked.rows(STATE).items():
        octets = ber.index_numbers(index)
        if state == _ESTABLISHED and len(octets) == 4 and all(octet < 256 for octet in octets):
            address, number = str(ip_address(bytes(octets))), walked.cell(REMOTE_AS, octets)
            platform = f"AS{number}" if isinstance(number, int) else ""
            told.append(
                Neighbour(
                    protocol="bgp",
                    local_port="",
                    remote_host=address,
                    remote_port="",
                    remote_address=address,
                    remote_platform=platform,
                )
            )
    if told:
        found.tables.add("bgpPeerTable")
    return tuple(told), (f"bgpPeerTable: {trouble}",) if trouble else ()
