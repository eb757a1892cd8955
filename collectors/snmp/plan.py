"""What a regular poll asks a device: requests as bytes, and where each answer goes. `planning` makes it.

Answers go into one array `raw` in the order of the requests; whole-array steps turn it into values in the order of the layout.
Devices with the same tables share one plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collectors.snmp.ber import PduTemplate
from noc_console.model.poll import Layout, Values

MOST_CODE = 64
"""Numbers of an enumeration are below this."""

Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """One request and its answer's place in `raw`: `rows` times `columns` values, row by row, from `start` on.

    `expected` is the names of a whole answer, one after the other: comparing it says that all came, in order.
    """

    template: PduTemplate
    columns: tuple[bytes, ...]
    rows: tuple[bytes, ...]
    start: int
    expected: bytes
    size: int

    def names(self) -> Iterator[bytes]:
        """The names of a whole answer."""
        return (column + row for row in self.rows for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Enumeration:
    """Metrics whose numbers are words: `values[code]` is kept, `words[code]` said where the value alone does not say it."""

    positions: Positions
    asked: Positions
    """The same in `raw`."""
    values: Values
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Guard:
    """Values that count only where a status is one of `allowed`."""

    positions: Positions
    statuses: Positions
    allowed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Range:
    """Values whose raw numbers count only from `least` to `most`."""

    positions: Positions
    least: float
    most: float


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True, eq=False)
class Plan:
    """A device's regular poll. `watched` are positions in `raw` whose change means that tables were rebuilt."""

    layout: Layout
    blocks: tuple[Block, ...]
    size: int
    take: Positions
    multiply: Values
    divide: Values
    zero_unknown: Positions
    milliwatts: Positions
    """Values that become dBm."""
    enumerations: tuple[Enumeration, ...]
    guards: tuple[Guard, ...]
    ranges: tuple[Range, ...]
    watched: Positions
    uptime: int | None
    """Position of sysUpTime in `raw`."""

    def values(self, raw: Values) -> Values:
        """Values in the order of the layout, read-only."""
        values: Values = raw[self.take]
        for each in self.ranges:
            numbers = values[each.positions]
            outside = (numbers < each.least) | (numbers > each.most)
            if outside.any():
                values[each.positions[outside]] = np.nan
        values *= self.multiply
        values /= self.divide
        if len(self.zero_unknown):
            zero = values[self.zero_unknown] == 0
            if zero.any():
                values[self.zero_unknown[zero]] = np.nan
        if len(self.milliwatts):
            values[self.milliwatts] = _decibels(values[self.milliwatts])
        for words in self.enumerations:
            values[words.positions] = words.values[_codes(values, words.positions)]
        for guard in self.guards:
            statuses = raw[guard.statuses]
            if not guard.allowed or not (statuses == guard.allowed[0]).all():
                values[guard.positions[~np.isin(statuses, guard.allowed)]] = np.nan
        values.setflags(write=False)
        return values

    def texts(self, raw: Values) -> tuple[tuple[str, str, str], ...]:
        """The words of enumerations whose value does not say them."""
        keys = self.layout.keys
        return tuple(
            (*keys[position], each.words[code])
            for each in self.enumerations
            for position, code in zip(each.positions, _codes(raw, each.asked), strict=True)
            if each.words[code]
        )

    def codes(self, raw: Values) -> bytes:
        """What `texts` depends on, to see cheaply that it is as it was."""
        return b"".join([raw[each.asked].tobytes() for each in self.enumerations])


def _decibels(milliwatts: Values) -> Values:
    """Give dBm. No light at all is minus infinity: that is no number that a curve could show."""
    decibels: Values = 10 * np.log10(np.where(milliwatts > 0, milliwatts, np.nan))
    return decibels


def _codes(values: Values, positions: Positions) -> Positions:
    """Numbers of an enumeration as indexes; what is none becomes 0, which has no value and no word."""
    codes = values[positions]
    fits = (codes >= 0) & (codes < MOST_CODE)
    return np.where(fits, codes, 0).astype(np.intp)
