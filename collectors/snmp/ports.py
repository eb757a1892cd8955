"""The ports of a device, found in the tables that its profiles name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from collectors.snmp import ber
from collectors.snmp.found import Found, FoundPort
from collectors.snmp.naming import Row, index_numbers, text_of
from collectors.snmp.sensors import Conversing
from collectors.snmp.tables import Number, Tables
from noc_console.profiles.profile import Column, PortTable
from noc_console.profiles.template import columns_of, index_of, template_of
from noc_console.text import clean


def columns_of_ports(table: PortTable) -> tuple[str, ...]:
    """All columns of a table of ports."""
    named = [column for each in table.names for column in columns_of(template_of(each))]
    named += columns_of(index_of(table.port)) if table.adds else []
    return tuple(dict.fromkeys((*named, *table.facts.values(), *(column.object for column in table.columns))))


def find_ports(table: PortTable, walked: Tables, found: Found) -> Conversing:
    """Look for the rows of a table of ports, and write them into `found`."""
    columns = columns_of_ports(table)
    trouble = yield from walked.need(columns, as_one=True)
    if trouble:
        found.incomplete.append(f"{table.name}: {trouble}")
    found.note_sizes({ber.oid(column.object): walked.rows(column.object) for column in table.columns})
    # Some agents name ports for which they count nothing (customers' ports of an access node): they are ports all the same.
    rows = {index for column in columns for index in walked.rows(column)}
    if rows:
        found.tables.add(table.name)
    if table.adds:
        _add(table, rows, walked, found)
        return
    after = b""
    for index in sorted(rows, key=ber.index_numbers):
        found.ports.append(_port(table, index, after, walked))
        after = index


def _port(table: PortTable, index: bytes, after: bytes, walked: Tables) -> FoundPort:
    numbers = ber.index_numbers(index)
    if_index = numbers[0] if len(numbers) == 1 else None
    row = Row(tables=walked, index=numbers)
    names = tuple(dict.fromkeys(filter(None, (text_of(template_of(each), row) for each in table.names))))
    facts = _facts(table, index, walked)
    if if_index is not None:
        facts["if_index"] = str(if_index)
    return FoundPort(
        component=names[0] if names else f"port {_index_text(numbers)}",
        index=index,
        after=after,
        if_index=if_index,
        names=names,
        columns=_columns_of(table.columns, index, walked),
        facts=facts,
    )


def _index_text(numbers: Number) -> str:
    return ".".join(map(str, numbers))


def _facts(table: PortTable, index: bytes, walked: Tables) -> dict[str, str]:
    told = {name: walked.rows(column).get(index) for name, column in table.facts.items()}
    texts = {name: clean(value) if isinstance(value, bytes) else str(value) for name, value in told.items() if value is not None}
    return {name: text for name, text in texts.items() if text}


def _columns_of(columns: Sequence[Column], index: bytes, walked: Tables) -> tuple[Column, ...]:
    """The columns that a row has; one that stands in for another only where that other is missing, or is 0 for unknown."""
    cells = {column.name: walked.rows(column.object).get(index) for column in columns}
    stood_in = {column.instead_of for column in columns if cells[column.name]}
    here = {
        column.name
        for column in columns
        if cells[column.name] is not None and not (column.zero_unknown and cells[column.name] == 0 and column.name in stood_in)
    }
    return tuple(column for column in columns if column.name in here and column.instead_of not in here)


def _add(table: PortTable, rows: set[bytes], walked: Tables, found: Found) -> None:
    """Facts of rows to the ports that they are of. Columns only where the row's index is the port's: a plan asks them by it."""
    told: dict[int, tuple[bytes, Mapping[str, str]]] = {}
    for index in sorted(rows, key=ber.index_numbers):
        numbers = index_numbers(index_of(table.port), Row(tables=walked, index=ber.index_numbers(index)))
        if numbers is not None and len(numbers) == 1:
            told.setdefault(numbers[0], (index, _facts(table, index, walked)))
    found.ports = [_with(table, port, told, walked) for port in found.ports]


def _with(table: PortTable, port: FoundPort, told: Mapping[int, tuple[bytes, Mapping[str, str]]], walked: Tables) -> FoundPort:
    if port.if_index is None or port.if_index not in told:
        return port
    index, facts = told[port.if_index]
    columns = _columns_of(table.columns, index, walked) if index == port.index else ()
    return replace(port, facts={**facts, **port.facts}, columns=(*port.columns, *columns))
