"""Which requests ask for the values that are wanted: several columns in one GETBULK, each answer within the frame.

An answer that is known beforehand, object for object, can be verified and taken at once: a GETBULK is only made over rows
between which the table has no other.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate
from collectors.snmp.plan import Block
from collectors.snmp.walk import MOST_PER_GET, MOST_REPETITIONS
from collectors.snmp.words import Flag, Meaning
from noc_console.model.poll import Key

_VALUE_OCTETS = 7
"""Octets that a value takes in a reply where none was seen: a counter that has counted for years takes nine, a status one."""
FEW = 12
"""So many values of a table are asked by name, together with others, and not in a request of their own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value of the layout: where it is asked, and what becomes of it."""

    key: Key
    column: bytes
    row: bytes
    scale: float
    after: bytes = b""
    zero_unknown: bool = False
    meanings: tuple[Meaning, ...] = ()
    flags: tuple[Flag, ...] = ()
    status: bytes = b""
    allowed: tuple[int, ...] = ()
    whole: bytes = b""
    bounds: tuple[float, float] = (-math.inf, math.inf)
    absent: tuple[float, ...] = ()
    offset: float = 0.0
    is_milliwatts: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A request: the objects `first`, then `rows` times `columns` values are its whole answer, row by row.

    `before` is the index of the row that a GETBULK begins after.
    """

    template: PduTemplate
    columns: tuple[bytes, ...]
    rows: tuple[bytes, ...]
    first: tuple[bytes, ...] = ()
    before: bytes = b""


@dataclass(frozen=True, slots=True)
class Room:
    """How many octets the objects of a reply may take, and how many the values of a column do."""

    budget: int
    values: Mapping[bytes, int]

    def of(self, column: bytes, row: bytes) -> int:
        """Octets of one variable binding."""
        return len(column) + len(row) + 6 + self.values.get(column, _VALUE_OCTETS)


def gets(names: Sequence[tuple[bytes, bytes]], room: Room) -> Iterator[Request]:
    """GETs for single objects: each is a row of its own."""
    size = max((room.of(column, row) for column, row in names), default=1)
    most = max(1, min(MOST_PER_GET, room.budget // size))
    for at in range(0, len(names), most):
        full = tuple(column + row for column, row in names[at : at + most])
        yield Request(PduTemplate.of(ber.GET, full), full, (b"",))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and the index of the one before it."""

    index: bytes
    after: bytes
    columns: tuple[bytes, ...]


def neighbouring(wanted: Sequence[Wanted]) -> Iterator[list[Row]]:
    """Runs of rows that follow each other in their table and have the same columns."""
    run: list[Row] = []
    for (index, after), cells in groupby(wanted, key=lambda each: (each.row, each.after)):
        row = Row(index, after, tuple(dict.fromkeys(_objects(cells))))
        if run and (row.columns != run[-1].columns or row.after != run[-1].index):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _objects(wanted: Iterable[Wanted]) -> Iterator[bytes]:
    for each in wanted:
        yield each.column
        if each.status:
            yield each.status
        if each.whole:
            yield each.whole


def side_by_side(wanted: Iterable[Wanted]) -> list[Wanted]:
    """Values of one table row by row, so that one request asks several of its columns.

    Rows stand in the order of their indexes: those that two tables of a profile take turns in are still neighbours.
    """
    entries: dict[bytes, dict[tuple[bytes, bytes], list[Wanted]]] = {}
    for each in wanted:
        entries.setdefault(each.column[:-1], {}).setdefault((each.row, each.after), []).append(each)
    ordered = (sorted(rows.items(), key=lambda each: ber.index_numbers(each[0][0])) for rows in entries.values())
    return [each for rows in ordered for _, cells in rows for each in cells]


def bulks(run: Sequence[Row], room: Room) -> Iterator[Request]:
    """GETBULKs for a run of neighbouring rows that have the same columns.

    Between neighbouring rows the table has no other in any of these columns, so what a GETBULK gives is known beforehand.
    """
    columns, rows, before = run[0].columns, [row.index for row in run], run[0].after
    most = max(1, min(MOST_REPETITIONS, room.budget // sum(room.of(column, rows[-1]) for column in columns)))
    for at in range(0, len(rows), most):
        part = tuple(rows[at : at + most])
        start = [column + before for column in columns]
        yield Request(PduTemplate.of(ber.GET_BULK, start, second=len(part)), columns, part, before=before)
        before = part[-1]


def along(single: Sequence[tuple[bytes, bytes]], after: Mapping[bytes, bytes], tables: list[Request], room: Room) -> bool:
    """Let the single objects travel with the last GETBULK that has room for all of them: one request less. Whether one had.

    They are its non-repeaters, each asked by what is before it: the table row in `after`, or a scalar without its `.0`.
    """
    starts = [after.get(column + row, b"") or before_scalar(column + row) for column, row in single]
    needed = sum(room.of(column, row) for column, row in single)
    if not all(starts) or not 0 < len(single) <= MOST_PER_GET:
        return False
    for at in reversed(range(len(tables))):
        table = tables[at]
        if needed + len(table.rows) * sum(room.of(column, table.rows[-1]) for column in table.columns) <= room.budget:
            start = [column + table.before for column in table.columns]
            template = PduTemplate.of(ber.GET_BULK, [*starts, *start], first=len(starts), second=len(table.rows))
            tables[at] = replace(table, template=template, first=tuple(column + row for column, row in single))
            return True
    return False


def before_scalar(name: bytes) -> bytes:
    """What a scalar's only instance follows; empty for another object. (A last number of 128 ends with a zero octet too.)"""
    return name[:-1] if name[-1:] == b"\0" and name[-2] < 0x80 else b""


def place(requests: Iterable[Request]) -> Iterator[Block]:
    """Where each answer goes: one after the other."""
    start = 0
    for request in requests:
        names = [*request.first, *(column + row for row in request.rows for column in request.columns)]
        yield Block(
            template=request.template,
            columns=request.columns,
            rows=request.rows,
            first=request.first,
            start=start,
            expected=b"".join(names),
            size=len(names),
        )
        start += len(names)
