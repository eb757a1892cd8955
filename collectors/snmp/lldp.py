"""Neighbours by LLDP: the remote table, with local ports named as IF-MIB names them.

Source: LLDP-MIB of IEEE 802.1AB-2005 (1.0.8802.1.1.2).
"""

from collections.abc import Generator, Mapping, Sequence

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate, Value
from collectors.snmp.session import Reply
from collectors.snmp.walk import Rows, walk
from noc_console.model.poll import Neighbour
from noc_console.text import clean

_REMOTE, _LOCAL = "1.0.8802.1.1.2.1.4.1.1", "1.0.8802.1.1.2.1.3.7.1"
CHASSIS_KIND, CHASSIS, PORT_KIND, PORT, PORT_DESCR, SYS_NAME, SYS_DESCR = (
    ber.oid(f"{_REMOTE}.{n}") for n in (4, 5, 6, 7, 8, 9, 10)
)
LOCAL_KIND, LOCAL_ID, LOCAL_DESCR = (ber.oid(f"{_LOCAL}.{n}") for n in (2, 3, 4))
_CHASSIS_MAC, _CHASSIS_ADDRESS = 4, 5
_PORT_ALIAS, _PORT_MAC, _PORT_NAME, _PORT_LOCAL = 1, 3, 5, 7

Ports = Mapping[int, tuple[str, Sequence[str]]]
"""ifIndex → (component, every name of the port)."""


def neighbours(
    ports: Ports, *, has_bulk: bool
) -> Generator[tuple[PduTemplate, ...], list[Reply], tuple[tuple[Neighbour, ...], tuple[str, ...]]]:
    """(neighbours, what could not be read)."""
    remote = yield from walk((CHASSIS_KIND, CHASSIS, PORT_KIND, PORT, PORT_DESCR, SYS_NAME, SYS_DESCR), has_bulk=has_bulk)
    incomplete = [f"lldpRemTable: {remote.trouble}"] if remote.trouble else []
    if not remote.columns[PORT] and not remote.columns[SYS_NAME]:
        return (), tuple(incomplete)
    local = yield from walk((LOCAL_KIND, LOCAL_ID, LOCAL_DESCR), has_bulk=has_bulk)
    if local.trouble:
        incomplete.append(f"lldpLocPortTable: {local.trouble}")
    by_name = {name: index for index, (_, names) in ports.items() for name in names}
    found = []
    for row in dict.fromkeys((*remote.columns[PORT], *remote.columns[SYS_NAME])):
        index = ber.index_numbers(row)
        if len(index) < 3:
            continue
        if_index, name = _local_port(index[1], local.columns, ports, by_name)
        host, port = _remote(remote.columns, row)
        if host or port:
            found.append(Neighbour(protocol="lldp", local_port=name, remote_host=host, remote_port=port, local_if_index=if_index))
    return tuple(found), tuple(incomplete)


def _local_port(number: int, local: Mapping[bytes, Rows], ports: Ports, by_name: Mapping[str, int]) -> tuple[int | None, str]:
    """(ifIndex, component) of lldpLocPortNum: by its identifier or description, else, as most agents number, as an ifIndex."""
    row = ber.encode_index((number,))
    texts = [_text(local[column].get(row)) for column in (LOCAL_ID, LOCAL_DESCR)]
    for text in texts:
        if text in by_name:
            return by_name[text], ports[by_name[text]][0]
    if texts[0].isdecimal() and int(texts[0]) in ports and local[LOCAL_KIND].get(row) == _PORT_LOCAL:
        return int(texts[0]), ports[int(texts[0])][0]
    if number in ports:
        return number, ports[number][0]
    return None, texts[0] or texts[1] or str(number)


def _remote(remote: Mapping[bytes, Rows], row: bytes) -> tuple[str, str]:
    """(host, port) as the neighbour calls itself."""
    chassis = _identifier(remote[CHASSIS].get(row), remote[CHASSIS_KIND].get(row) == _CHASSIS_MAC)
    if remote[CHASSIS_KIND].get(row) == _CHASSIS_ADDRESS:
        chassis = _network_address(remote[CHASSIS].get(row))
    host = _text(remote[SYS_NAME].get(row)) or chassis or _text(remote[SYS_DESCR].get(row))
    kind = remote[PORT_KIND].get(row)
    port, descr = _identifier(remote[PORT].get(row), kind == _PORT_MAC), _text(remote[PORT_DESCR].get(row))
    # A number of the neighbour's own, or an address, says less than the description that comes with it.
    says_little = kind == _PORT_MAC or (kind == _PORT_LOCAL and port.isdecimal())
    return host, (descr or port) if says_little else (port or descr)


def _text(value: Value) -> str:
    return clean(value) if isinstance(value, bytes) else ""


def _identifier(value: Value, is_mac: bool) -> str:
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
