"""What a regular poll asks a device: requests as bytes, and where each answer goes. `planning` makes it.

Answers go into one array `raw` in the order of the requests; whole-array steps turn it into values in the order of the layout.
Devices with the same tables share one plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from collectors.snmp.ber import PduTemplate
from noc_console.model.poll import Layout, Values

Positions = NDArray[np.intp]
Texts = tuple[tuple[str, str, str], ...]
"""(component, metric, word) of each value that is a word."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """One request and its answer's place in `raw`, from `start` on: the objects `first`, then `rows` times `columns`, row by row.

    `expected` is the names of a whole answer, one after the other: comparing it says that all came, in order.
    """

    template: PduTemplate
    columns: tuple[bytes, ...]
    rows: tuple[bytes, ...]
    start: int
    expected: bytes
    size: int
    first: tuple[bytes, ...] = ()

    def of(self, raw: Values) -> Values:
        """Its part of `raw`, a view."""
        return raw[self.start : self.start + self.size]

    def names(self) -> Iterator[bytes]:
        """The names of a whole answer."""
        return chain(self.first, (column + row for row in self.rows for column in self.columns))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Enumeration:
    """Metrics whose numbers and texts are words.

    Attributes
    ----------
    asked : the same as `positions`, in `raw`.
    codes : (n,) int64, sorted: the bits of the raw values that are known (`numbers.bits_of`).
    values, words : (n + 1): what is kept, and what is said where the value alone does not say it; the last is for all others.
    """

    positions: Positions
    asked: Positions
    codes: NDArray[np.int64]
    values: Values
    words: tuple[str, ...]

    def places(self, raw: Values) -> Positions:
        """Where in `values` and `words` each of them is."""
        told = raw[self.asked].view(np.int64)
        places = np.searchsorted(self.codes, told)
        places[self.codes[np.minimum(places, len(self.codes) - 1)] != told] = len(self.codes)
        return places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flags:
    """States that are told bit by bit: (number of the bit, level, word); none set is 0. The highest level is kept."""

    positions: Positions
    asked: Positions
    bits: tuple[tuple[int, float, str], ...]

    def levels(self, raw: Values) -> Values:
        """The level of each; NaN where nothing was told."""
        told = raw[self.asked]
        known = np.isfinite(told)
        numbers = np.where(known, told, 0).astype(np.int64)
        levels = np.where(known, 0.0, np.nan)
        for bit, level, _ in self.bits:
            is_set = known & (numbers >> bit & 1 == 1)
            levels[is_set] = np.fmax(levels[is_set], level)
        return levels

    def words(self, raw: Values) -> Iterator[str]:
        """The words of the bits that are set."""
        for told in raw[self.asked]:
            number = int(told) if np.isfinite(told) else 0
            yield ", ".join(word for bit, _, word in self.bits if number >> bit & 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Share:
    """Values that are divided by others of the same poll; by 0 or nothing they are none."""

    positions: Positions
    wholes: Positions


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Guard:
    """Values that count only where a status is one of `allowed`."""

    positions: Positions
    statuses: Positions
    allowed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Range:
    """Values whose raw numbers count only from `least` to `most`, and not where they are one of `absent`."""

    positions: Positions
    least: float
    most: float
    absent: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Settled:
    """The steady values of an answer, and what is said of them in words; `asked` is the raw numbers that they are made of."""

    asked: bytes
    values: Values
    texts: Texts


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True, eq=False)
class Plan:
    """A device's regular poll. `watched` are positions in `raw` whose change means that tables were rebuilt."""

    layout: Layout
    blocks: tuple[Block, ...]
    size: int
    take: Positions
    shares: tuple[Share, ...]
    multiply: Values
    divide: Values
    add: Values | None
    zero_unknown: Positions
    milliwatts: Positions
    """Values that become dBm."""
    enumerations: tuple[Enumeration, ...]
    flags: tuple[Flags, ...]
    guards: tuple[Guard, ...]
    ranges: tuple[Range, ...]
    watched: Positions
    uptime: int | None
    """Position of sysUpTime in `raw`."""
    steady: Positions
    """Values that hardly ever change, states and speeds: those that `_settle` makes."""
    steady_asked: Positions
    """The positions in `raw` that they are made of."""
    settled: WeakValueDictionary[bytes, Settled] = field(default_factory=WeakValueDictionary)
    """What became of them, by the bytes of what was asked; devices that tell the same share it."""

    def values(self, raw: Values) -> Values:
        """Values in the order of the layout, read-only."""
        return self.told(raw)[0]

    def told(self, raw: Values, last: Settled | None = None) -> tuple[Values, Settled]:
        """(values in the order of the layout, read-only; their steady part). `last` is that of the same device's last answer."""
        values: Values = raw[self.take]
        self._scale(values, raw)
        asked = raw[self.steady_asked].tobytes()
        if last is None or last.asked != asked:
            last = self._settled(asked, values, raw)
        values[self.steady] = last.values
        for guard in self.guards:
            statuses = raw[guard.statuses]
            if not guard.allowed or not (statuses == guard.allowed[0]).all():
                values[guard.positions[~np.isin(statuses, guard.allowed)]] = np.nan
        values.setflags(write=False)
        return values, last

    def _settled(self, asked: bytes, values: Values, raw: Values) -> Settled:
        known = self.settled.get(asked)
        if known is None:
            self._settle(values, raw)
            known = self.settled[asked] = Settled(asked, values[self.steady], self.texts(raw))
        return known

    def _scale(self, values: Values, raw: Values) -> None:
        """Raw numbers to figures of their units, without those that are out of range."""
        for each in self.ranges:
            numbers = values[each.positions]
            outside = (numbers < each.least) | (numbers > each.most)
            if each.absent:
                outside |= np.isin(numbers, each.absent)
            if 1 in outside.tobytes():  # of so few a tenth of what `any` costs
                values[each.positions[outside]] = np.nan
        for share in self.shares:
            wholes = raw[share.wholes]
            values[share.positions] /= np.where(wholes == 0, np.nan, wholes)
        values *= self.multiply
        values /= self.divide
        if self.add is not None:
            values += self.add
        if len(self.milliwatts):
            values[self.milliwatts] = _decibels(values[self.milliwatts])

    def _settle(self, values: Values, raw: Values) -> None:
        """Numbers that stand for words or bits, and zeros that stand for nothing."""
        values[self.zero_unknown[values[self.zero_unknown] == 0]] = np.nan
        for words in self.enumerations:
            values[words.positions] = words.values[words.places(raw)]
        for flags in self.flags:
            values[flags.positions] = flags.levels(raw)

    def texts(self, raw: Values) -> Texts:
        """The words of enumerations whose value does not say them."""
        keys = self.layout.keys
        told = [
            (*keys[position], each.words[place])
            for each in self.enumerations
            for position, place in zip(each.positions, each.places(raw), strict=True)
            if each.words[place]
        ]
        flagged = [
            (*keys[position], word)
            for each in self.flags
            for position, word in zip(each.positions, each.words(raw), strict=True)
            if word
        ]
        return (*told, *flagged)


def _decibels(milliwatts: Values) -> Values:
    """Give dBm. No light at all is minus infinity: that is no number that a curve could show."""
    decibels: Values = 10 * np.log10(np.where(milliwatts > 0, milliwatts, np.nan))
    return decibels
