"""An agent's view as sorted columns: exact and next lookups over object identifiers, values made only when they are asked for.

A column is a prefix and rows; columns sorted by prefix are the view in the order of RFC 3416, because no prefix of one column
begins another. Rows are shared between columns and devices, so that thousands of agents fit into memory.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from collectors.snmp import ber

Oid = tuple[int, ...]
Cell = Callable[[int], bytes]
"""Encoded value (an element with its tag) of a row, by the row's place."""
Position = tuple[int, int]
"""(column, row) in a view."""


class Rows:
    """The indices of a table's rows, ascending, with their encoding."""

    __slots__ = ("encoded", "indices")

    def __init__(self, indices: Iterable[Oid]) -> None:
        self.indices = tuple(indices)
        if any(a >= b for a, b in zip(self.indices, self.indices[1:], strict=False)):
            raise ValueError("rows that do not ascend")
        self.encoded = tuple(ber.encode_index(index) for index in self.indices)

    def __len__(self) -> int:
        return len(self.indices)


SCALAR = Rows([(0,)])


@lru_cache(maxsize=64)
def counted(rows: int) -> Rows:
    """Rows 1 to n, as an ifTable has."""
    return Rows((i,) for i in range(1, rows + 1))


@lru_cache(maxsize=1024)
def _prefix(numbers: Oid) -> bytes:
    return ber.encode_oid(numbers)


@dataclass(frozen=True, slots=True)
class Column:
    """One object of a table, or a scalar."""

    prefix: Oid
    rows: Rows
    cell: Cell


class View:
    """All columns of one agent. ValueError if two columns overlap."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns = sorted((column for column in columns if len(column.rows)), key=lambda column: column.prefix)
        self.prefixes = [column.prefix for column in self.columns]
        if any(b[: len(a)] == a for a, b in zip(self.prefixes, self.prefixes[1:], strict=False)):
            raise ValueError("columns that overlap")
        self.encoded = [_prefix(prefix) for prefix in self.prefixes]

    def at(self, oid: Oid) -> Position | None:
        """Where exactly this object stands."""
        place = bisect_right(self.prefixes, oid) - 1
        if place < 0:
            return None
        prefix, rows = self.prefixes[place], self.columns[place].rows.indices
        if oid[: len(prefix)] != prefix:
            return None
        index = oid[len(prefix) :]
        row = bisect_left(rows, index)
        return (place, row) if row < len(rows) and rows[row] == index else None

    def after(self, oid: Oid) -> Position | None:
        """The first object after this one; None at the end of the view."""
        place = bisect_right(self.prefixes, oid) - 1
        if place >= 0:
            prefix, rows = self.prefixes[place], self.columns[place].rows.indices
            if oid[: len(prefix)] == prefix:
                row = bisect_right(rows, oid[len(prefix) :])
                if row < len(rows):
                    return place, row
        return (place + 1, 0) if place + 1 < len(self.columns) else None

    def following(self, position: Position) -> Position | None:
        """The object that follows; None at the end of the view."""
        place, row = position
        if row + 1 < len(self.columns[place].rows):
            return place, row + 1
        return (place + 1, 0) if place + 1 < len(self.columns) else None

    def name(self, position: Position) -> bytes:
        """Encoded identifier of what stands there."""
        place, row = position
        return self.encoded[place] + self.columns[place].rows.encoded[row]

    def value(self, position: Position) -> bytes:
        """Encoded value of what stands there."""
        place, row = position
        return self.columns[place].cell(row)


# --- making columns -------------------------------------------------------------------------------------------------------------


def fixed(prefix: str, rows: Rows, values: Sequence[bytes]) -> Column:
    """A column that never changes; `values` are encoded."""
    return Column(_numbers(prefix), rows, values.__getitem__)


def same(prefix: str, rows: Rows, value: bytes) -> Column:
    """A column with one value in every row."""
    return Column(_numbers(prefix), rows, lambda _row: value)


def live(prefix: str, rows: Rows, tag: int, read: Callable[[int], int]) -> Column:
    """A column of numbers that are read when they are asked for."""
    return Column(_numbers(prefix), rows, lambda row: ber.integer(read(row), tag))


def text(value: str) -> bytes:
    """Encoded OCTET STRING."""
    return ber.octets(value.encode())


def texts(values: Iterable[str]) -> list[bytes]:
    """Encoded OCTET STRINGs."""
    return [text(value) for value in values]


def numbers(values: Iterable[int], tag: int = ber.INTEGER) -> list[bytes]:
    """Encoded integers."""
    return [ber.integer(value, tag) for value in values]


@lru_cache(maxsize=1024)
def _numbers(prefix: str) -> Oid:
    return tuple(int(part) for part in prefix.split("."))
