"""Neighbours by LLDP: the remote table, with local ports named as IF-MIB names them.

Source: LLDP-MIB of IEEE 802.1AB-2005 (1.0.8802.1.1.2); BRIDGE-MIB (RFC 4188) where local ports are numbered as a bridge's.
"""

from collections.abc import Generator, Mapping
from ipaddress import ip_address

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate, Value
from collectors.snmp.found import Found
from collectors.snmp.sensors import Ports
from collectors.snmp.session import Reply
from collectors.snmp.tables import Number, Tables
from noc_console.model.poll import Neighbour
from noc_console.profiles.profile import Lldp
from noc_console.text import clean

Told = tuple[tuple[Neighbour, ...], tuple[str, ...]]
"""(neighbours, what could not be read)."""
Looking = Generator[tuple[PduTemplate, ...], list[Reply], Told]

_REMOTE, _LOCAL = "1.0.8802.1.1.2.1.4.1.1", "1.0.8802.1.1.2.1.3.7.1"
REMOTE = Lldp(
    chassis_kind=f"{_REMOTE}.4",
    chassis=f"{_REMOTE}.5",
    port_kind=f"{_REMOTE}.6",
    port=f"{_REMOTE}.7",
    port_descr=f"{_REMOTE}.8",
    sys_name=f"{_REMOTE}.9",
    sys_descr=f"{_REMOTE}.10",
)
_COLUMNS = (
    REMOTE.chassis_kind,
    REMOTE.chassis,
    REMOTE.port_kind,
    REMOTE.port,
    REMOTE.port_descr,
    REMOTE.sys_name,
    REMOTE.sys_descr,
)
LOCAL_KIND, LOCAL_ID, LOCAL_DESCR = (f"{_LOCAL}.{n}" for n in (2, 3, 4))
ADDRESS = "1.0.8802.1.1.2.1.4.2.1.3"
"""lldpRemManAddrIfSubtype: the address is in its index."""
BASE_PORT = "1.3.6.1.2.1.17.1.4.1.2"
"""dot1dBasePortIfIndex."""
_CHASSIS_MAC, _CHASSIS_ADDRESS = 4, 5
_PORT_ALIAS, _PORT_MAC, _PORT_ADDRESS, _PORT_NAME, _PORT_LOCAL = 1, 3, 4, 5, 7


def look(found: Found, walked: Tables) -> Looking:
    """Neighbours of LLDP-MIB."""
    trouble = yield from walked.need(_COLUMNS)
    incomplete = [f"lldpRemTable: {trouble}"] if trouble else []
    rows = dict.fromkeys((*walked.rows(REMOTE.port), *walked.rows(REMOTE.sys_name)))
    if not rows:
        return (), tuple(incomplete)
    found.tables.add("lldpRemTable")
    if trouble := (yield from walked.need((LOCAL_KIND, LOCAL_ID, LOCAL_DESCR))):
        incomplete.append(f"lldpLocPortTable: {trouble}")
    yield from walked.need((ADDRESS,))
    indexes = [index for row in rows if len(index := ber.index_numbers(row)) >= 3]
    ports = Ports.of(found)
    if not {index[1] for index in indexes} <= ports.components.keys():
        yield from walked.need((BASE_PORT,))
    addresses = _addresses(walked)
    told = []
    for index in indexes:
        if_index, name = _local_port(index[1], ports, walked)
        host, port = remote(REMOTE, index, walked)
        if host or port:
            address = addresses.get(index[:3], "")
            told.append(_neighbour(name, if_index, host, port, address))
    return tuple(told), tuple(incomplete)


def _neighbour(name: str, if_index: int | None, host: str, port: str, address: str) -> Neighbour:
    return Neighbour(
        protocol="lldp", local_port=name, remote_host=host, remote_port=port, local_if_index=if_index, remote_address=address
    )


def _addresses(walked: Tables) -> Mapping[Number, str]:
    """The first address of each neighbour: index is that of the neighbour, family, length, octets."""
    told: dict[Number, str] = {}
    for row in walked.rows(ADDRESS):
        index = ber.index_numbers(row)
        octets = index[5:]
        if len(octets) in (4, 16) and index[4] == len(octets) and all(octet < 256 for octet in octets):
            told.setdefault(index[:3], str(ip_address(bytes(octets))))
    return told


def _local_port(number: int, ports: Ports, walked: Tables) -> tuple[int | None, str]:
    """(ifIndex, component) of lldpLocPortNum: by its identifier or description, else, as most agents number, as an ifIndex."""
    texts = [_text(walked.cell(column, (number,))) for column in (LOCAL_ID, LOCAL_DESCR)]
    for text in texts:
        if text in ports.by_name:
            return ports.by_name[text], ports.components[ports.by_name[text]]
    if texts[0].isdecimal() and int(texts[0]) in ports.components and walked.cell(LOCAL_KIND, (number,)) == _PORT_LOCAL:
        return int(texts[0]), ports.components[int(texts[0])]
    bridged = walked.cell(BASE_PORT, (number,))
    for candidate in (bridged, number):
        if isinstance(candidate, int) and candidate in ports.components:
            return candidate, ports.components[candidate]
    return None, texts[0] or texts[1] or str(number)


def remote(columns: Lldp, index: Number, walked: Tables) -> tuple[str, str]:
    """(host, port) as the neighbour calls itself."""
    kind = walked.cell(columns.chassis_kind, index)
    chassis = _identifier(walked.cell(columns.chassis, index), is_mac=kind == _CHASSIS_MAC)
    if kind == _CHASSIS_ADDRESS:
        chassis = _network_address(walked.cell(columns.chassis, index))
    host = _text(walked.cell(columns.sys_name, index)) or chassis or _text(walked.cell(columns.sys_descr, index))
    kind = walked.cell(columns.port_kind, index)
    port = _identifier(walked.cell(columns.port, index), is_mac=kind == _PORT_MAC)
    if kind == _PORT_ADDRESS:
        port = _network_address(walked.cell(columns.port, index))
    descr = _text(walked.cell(columns.port_descr, index))
    # A number of the neighbour's own, or an address, says less than the description that comes with it.
    says_little = kind == _PORT_MAC or (kind == _PORT_LOCAL and port.isdecimal())
    return host, (descr or port) if says_little else (port or descr)


def _text(value: Value) -> str:
    return clean(value) if isinstance(value, bytes) else ""


def _identifier(value: Value, *, is_mac: bool) -> str:
    """An identifier as text; a MAC address with colons."""
    if is_mac and isinstance(value, bytes) and len(value) == 6:
        return value.hex(":")
    return _text(value)


def _network_address(value: Value) -> str:
    """An address with its family before it (1 = IPv4, 2 = IPv6: IANA address family numbers)."""
    if isinstance(value, bytes) and len(value) == 5 and value[0] == 1:
        return ".".join(map(str, value[1:]))
    if isinstance(value, bytes) and len(value) == 17 and value[0] == 2:
        return value[1:].hex(":", 2)
    return _text(value)
