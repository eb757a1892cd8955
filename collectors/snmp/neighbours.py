"""Neighbours: LLDP by its own MIB, and whatever tables of neighbours a profile has."""

from collections.abc import Iterator, Sequence

from collectors.snmp import bridge, lldp, peers
from collectors.snmp.ber import index_numbers as numbers_of
from collectors.snmp.found import Found
from collectors.snmp.naming import Row, counts, index_numbers, text_of
from collectors.snmp.sensors import Conversing, Ports
from collectors.snmp.tables import Number, Tables
from noc_console.model.poll import Neighbour
from noc_console.profiles.profile import NeighbourTable, Profile
from noc_console.profiles.template import columns_of, index_of, template_of, told_by


def columns_of_neighbours(profile: Profile, without: frozenset[str]) -> Iterator[str]:
    """Columns by which it is seen whether the device has these tables. That of LLDP is just walked: most have it."""
    if "bridge" in profile.neighbours:
        yield from bridge.FIRST_COLUMNS
    if "bgp" in profile.neighbours:
        yield from peers.FIRST_COLUMNS
    for table in profile.neighbour_tables:
        if table.name not in without:
            yield from _telling(table)


def find_neighbours(profile: Profile, without: frozenset[str], walked: Tables, found: Found) -> Conversing:
    """Look for the neighbours that a profile's tables tell, and write them into `found`."""
    for name, look in (("lldp", lldp.look), ("", None), ("bridge", bridge.look), ("bgp", peers.look)):
        if look is None:
            yield from _find_in_tables(profile, without, walked, found)
        elif name in profile.neighbours:
            neighbours, troubles = yield from look(found, walked)
            _add(found, neighbours, *troubles)


def _find_in_tables(profile: Profile, without: frozenset[str], walked: Tables, found: Found) -> Conversing:
    for table in profile.neighbour_tables:
        if table.name in without or any(each in found.tables for each in table.unless_found):
            continue
        trouble = yield from walked.need(_telling(table))
        rows = [each for column in _telling(table) for each in walked.rows(column)]
        if rows:
            found.tables.add(table.name)
            trouble = (yield from walked.need(_columns(table))) or trouble
        ports = Ports.of(found)
        told = [n for row in dict.fromkeys(rows) for n in _neighbour(table, numbers_of(row), ports, walked)]
        _add(found, told, f"{table.name}: {trouble}" if trouble else "")


def _add(found: Found, neighbours: Sequence[Neighbour], *troubles: str) -> None:
    """A table that could not be read at all tells nothing: not that there are no neighbours."""
    wrong = [each for each in troubles if each]
    found.incomplete += wrong
    found.lacks_neighbours = found.lacks_neighbours or bool(wrong)
    if neighbours or not wrong:
        known = found.neighbours or ()
        found.neighbours = (*known, *(each for each in dict.fromkeys(neighbours) if each not in known))


def _telling(table: NeighbourTable) -> tuple[str, ...]:
    """Columns whose rows are neighbours."""
    if table.lldp is not None:
        return table.lldp.port, table.lldp.sys_name
    return tuple(dict.fromkeys(column for each in (*table.host, *table.remote_port) for column in columns_of(template_of(each))))


def _columns(table: NeighbourTable) -> Iterator[str]:
    for each in (*table.port_name, *table.host, *table.remote_port, *table.platform, *table.address):
        yield from columns_of(template_of(each))
    if table.port:
        yield from columns_of(index_of(table.port))
    for cell in (*table.where, *table.unless):
        yield from columns_of(told_by(cell))
    if table.lldp is not None:
        one = table.lldp
        yield from (one.chassis_kind, one.chassis, one.port_kind, one.port, one.port_descr, one.sys_name, one.sys_descr)


def _neighbour(table: NeighbourTable, index: Number, ports: Ports, walked: Tables) -> Iterator[Neighbour]:
    row = Row(tables=walked, index=index)
    if not counts(row, table.where, table.unless):
        return
    if_index, local = _own_port(table, row, ports)
    if table.lldp is not None:
        host, port = lldp.remote(table.lldp, index, walked)
    else:
        host, port = _first(table.host, row), _first(table.remote_port, row)
    if host or port:
        yield Neighbour(
            protocol=table.protocol,
            local_port=local,
            remote_host=host,
            remote_port=port,
            local_if_index=if_index,
            remote_address=_first(table.address, row),
            remote_platform=_first(table.platform, row),
        )


def _first(templates: Sequence[str], row: Row) -> str:
    return next(filter(None, (text_of(template_of(each), row) for each in templates)), "")


def _own_port(table: NeighbourTable, row: Row, ports: Ports) -> tuple[int | None, str]:
    """(ifIndex, component): by number, else by the first text that is a port's name."""
    texts = [text for each in table.port_name if (text := text_of(template_of(each), row))]
    for text in texts:
        if text in ports.by_name:
            number = ports.by_name[text]
            return number, ports.components[number]
    numbers = index_numbers(index_of(table.port), row) if table.port else None
    if numbers is not None and len(numbers) == 1:
        return numbers[0], ports.components.get(numbers[0], texts[0] if texts else f"port {numbers[0]}")
    return None, texts[0] if texts else ""
