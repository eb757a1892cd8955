"""What a regular poll asks a device, made once from its inventory: requests as bytes, and where each answer goes.

Answers go into one array `raw` in the order of the requests; whole-array steps turn it into values in the order of the layout.
Devices with the same tables share one plan.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate
from collectors.snmp.inventory import SYS_UP_TIME, Found, FoundPort, FoundSensor
from collectors.snmp.walk import MOST_PER_GET, MOST_REPETITIONS, REPLY_BUDGET
from noc_console.model.poll import Key, Layout, Values
from noc_console.profiles.classes import SENSOR_CLASSES
from noc_console.profiles.profile import Word

_ENVELOPE = 160
"""Octets of a reply around its variable bindings, with v3's security parameters."""
_VALUE_OCTETS = 7
"""Octets that a value takes in a reply, as reckoned: a counter that has counted for years takes nine, a status one."""
_MOST_CODE = 64

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

    def __len__(self) -> int:
        return len(self.columns) * len(self.rows)

    def names(self) -> Iterator[bytes]:
        """The names of a whole answer."""
        return (column + row for row in self.rows for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Enumeration:
    """Metrics whose numbers are words: `values[code]` is kept, `words[code]` said where the value alone does not say it."""

    positions: Positions
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
            values[each.positions[(numbers < each.least) | (numbers > each.most)]] = np.nan
        values *= self.multiply
        values /= self.divide
        unknown = self.zero_unknown[values[self.zero_unknown] == 0]
        values[unknown] = np.nan
        values[self.milliwatts] = _decibels(values[self.milliwatts])
        for words in self.enumerations:
            values[words.positions] = words.values[_codes(values, words.positions)]
        for guard in self.guards:
            refused = ~np.isin(raw[guard.statuses], guard.allowed)
            values[guard.positions[refused]] = np.nan
        values.setflags(write=False)
        return values

    def texts(self, raw: Values) -> tuple[tuple[str, str, str], ...]:
        """The words of enumerations whose value does not say them."""
        keys = self.layout.keys
        return tuple(
            (*keys[position], each.words[code])
            for each in self.enumerations
            for position, code in zip(each.positions, _codes(raw[self.take], each.positions), strict=True)
            if each.words[code]
        )

    def codes(self, raw: Values) -> bytes:
        """What `texts` depends on, to see cheaply that it is as it was."""
        return b"".join(raw[self.take[each.positions]].tobytes() for each in self.enumerations)


def _decibels(milliwatts: Values) -> Values:
    """Give dBm. No light at all is minus infinity: that is no number that a curve could show."""
    decibels: Values = 10 * np.log10(np.where(milliwatts > 0, milliwatts, np.nan))
    return decibels


def _codes(values: Values, positions: Positions) -> Positions:
    """Numbers of an enumeration as indexes; what is none becomes 0, which has no value and no word."""
    codes = values[positions]
    fits = (codes >= 0) & (codes < _MOST_CODE)
    return np.where(fits, codes, 0).astype(np.intp)


# --- making it ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One value of the layout: where it is asked, and what becomes of it."""

    key: Key
    column: bytes
    row: bytes
    scale: float
    after: bytes = b""
    zero_unknown: bool = False
    words: tuple[tuple[int, Word], ...] = ()
    status: bytes = b""
    allowed: tuple[int, ...] = ()
    bounds: tuple[float, float] = (-math.inf, math.inf)
    is_milliwatts: bool = False


_shared: WeakValueDictionary[tuple[object, ...], Plan] = WeakValueDictionary()


def plan_of(found: Found, *, has_bulk: bool, budget: int = REPLY_BUDGET) -> Plan:
    """The plan for what was found; `budget` is how many octets a reply should have at most."""
    scalars = [_Wanted(("", s.metric), ber.oid(s.object), b"", s.scale) for s in found.scalars]
    ports = [wanted for port in found.ports for wanted in _of_port(port)]
    sensors = [_of_sensor(sensor) for sensor in found.sensors]
    # Where two profiles give the same, the first one (the more specific) counts.
    wanted = list({each.key: each for each in reversed([*scalars, *ports, *sensors])}.values())[::-1]
    # Where there is nothing else to ask, sysUpTime shows at least whether the device answers.
    watched = [(name, b"") for name in found.watched] or ([] if wanted else [(SYS_UP_TIME, b"")])
    blocks = [
        *_gets([*((w.column, w.row) for w in scalars), *watched], budget),
        *_runs(ports, has_bulk, budget),
        *_runs(sensors, has_bulk, budget),
    ]
    placed = tuple(_place(blocks))
    identity = (has_bulk, tuple(wanted), tuple(watched), tuple(block.template for block in placed))
    plan = _shared.get(identity)
    if plan is None:
        plan = _shared[identity] = _assemble(wanted, watched, placed)
    return plan


def _of_port(port: FoundPort) -> Iterator[_Wanted]:
    seen: set[str] = set()
    for column in port.columns:
        if column.metric not in seen:
            seen.add(column.metric)
            key = (port.component, column.metric)
            words = tuple(column.words.items())
            yield _Wanted(key, ber.oid(column.object), port.index, column.scale, port.after, column.zero_unknown, words)


def _of_sensor(sensor: FoundSensor) -> _Wanted:
    kind, table = SENSOR_CLASSES[sensor.sensor_class], sensor.table
    return _Wanted(
        (sensor.component, kind.metric),
        ber.oid(table.value),
        sensor.index,
        sensor.scale * kind.factor,
        sensor.after,
        words=tuple(table.words.items()),
        status=ber.oid(table.status_object) if sensor.has_status else b"",
        allowed=table.status_ok,
        bounds=(table.least, table.most),
        is_milliwatts=sensor.is_milliwatts,
    )


@dataclass(frozen=True, slots=True)
class _Request:
    template: PduTemplate
    columns: tuple[bytes, ...]
    rows: tuple[bytes, ...]


def _gets(names: Sequence[tuple[bytes, bytes]], budget: int) -> Iterator[_Request]:
    """GETs for single objects: each is a row of its own."""
    size = max((len(column) + len(row) for column, row in names), default=1) + 6 + _VALUE_OCTETS
    most = max(1, min(MOST_PER_GET, (budget - _ENVELOPE) // size))
    for at in range(0, len(names), most):
        full = tuple(column + row for column, row in names[at : at + most])
        yield _Request(PduTemplate.of(ber.GET, full), full, (b"",))


def _runs(wanted: Sequence[_Wanted], has_bulk: bool, budget: int) -> Iterator[_Request]:
    """Requests for a table: a GETBULK for each run of neighbouring rows that have the same columns, GETs for the rest.

    Between neighbouring rows the table has no other in any of these columns, so what a GETBULK gives is known beforehand.
    """
    for run in _neighbouring(wanted):
        columns, rows = run[0].columns, [each.index for each in run]
        if not has_bulk or len(rows) < 2:
            yield from _gets([(column, index) for index in rows for column in columns], budget)
        else:
            yield from _bulks(columns, rows, run[0].after, budget)


@dataclass(frozen=True, slots=True)
class _Row:
    index: bytes
    after: bytes
    columns: tuple[bytes, ...]


def _neighbouring(wanted: Sequence[_Wanted]) -> Iterator[list[_Row]]:
    run: list[_Row] = []
    for index, group in groupby(wanted, key=lambda each: each.row):
        cells = list(group)
        row = _Row(index, cells[0].after, tuple(dict.fromkeys(_objects(cells))))
        if run and (row.columns != run[-1].columns or row.after != run[-1].index):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _objects(wanted: Iterable[_Wanted]) -> Iterator[bytes]:
    for each in wanted:
        yield each.column
        if each.status:
            yield each.status


def _bulks(columns: tuple[bytes, ...], rows: Sequence[bytes], before: bytes, budget: int) -> Iterator[_Request]:
    row_octets = sum(len(column) + 6 + _VALUE_OCTETS + len(rows[-1]) for column in columns)
    most = max(1, min(MOST_REPETITIONS, (budget - _ENVELOPE) // row_octets))
    for at in range(0, len(rows), most):
        part = tuple(rows[at : at + most])
        start = [column + before for column in columns]
        yield _Request(PduTemplate.of(ber.GET_BULK, start, second=len(part)), columns, part)
        before = part[-1]


def _place(requests: Iterable[_Request]) -> Iterator[Block]:
    start = 0
    for request in requests:
        expected = b"".join(column + row for row in request.rows for column in request.columns)
        block = Block(template=request.template, columns=request.columns, rows=request.rows, start=start, expected=expected)
        yield block
        start += len(block)


def _assemble(wanted: Sequence[_Wanted], watched: Sequence[tuple[bytes, bytes]], blocks: tuple[Block, ...]) -> Plan:
    place = {name: block.start + at for block in blocks for at, name in enumerate(block.names())}
    ratios = [_ratio(each.scale) for each in wanted]
    uptime = next((place[w.column] for w in wanted if w.key == ("", "uptime_seconds")), None)
    return Plan(
        layout=Layout.of(each.key for each in wanted),
        blocks=blocks,
        size=sum(map(len, blocks)),
        take=_positions(place[each.column + each.row] for each in wanted),
        multiply=np.array([multiply for multiply, _ in ratios], np.float64),
        divide=np.array([divide for _, divide in ratios], np.float64),
        zero_unknown=_positions(at for at, each in enumerate(wanted) if each.zero_unknown),
        milliwatts=_positions(at for at, each in enumerate(wanted) if each.is_milliwatts),
        enumerations=tuple(_enumerations(wanted)),
        guards=tuple(_guards(wanted, place)),
        ranges=tuple(_ranges(wanted)),
        watched=_positions(place[column + row] for column, row in watched),
        uptime=uptime,
    )


def _positions(numbers: Iterable[int]) -> Positions:
    return np.fromiter(numbers, np.intp)


def _ratio(scale: float) -> tuple[float, float]:
    """(factor, divisor): 235 / 10 is 23.5 where 235 * 0.1 would be a little more."""
    inverse = round(1 / scale) if scale else 0
    return (1.0, float(inverse)) if inverse > 1 and abs(scale * inverse - 1) < 1e-9 else (scale, 1.0)


def _enumerations(wanted: Sequence[_Wanted]) -> Iterator[Enumeration]:
    by_words: dict[tuple[tuple[int, Word], ...], list[int]] = {}
    for at, each in enumerate(wanted):
        if each.words:
            by_words.setdefault(each.words, []).append(at)
    for words, positions in by_words.items():
        values = np.full(_MOST_CODE, np.nan)
        texts = [""] * _MOST_CODE
        for code, word in words:
            if 0 <= code < _MOST_CODE:
                values[code] = np.nan if word.value is None else word.value
                texts[code] = "" if word.plain else word.text
        yield Enumeration(positions=_positions(positions), values=values, words=tuple(texts))


def _guards(wanted: Sequence[_Wanted], place: dict[bytes, int]) -> Iterator[Guard]:
    for allowed in dict.fromkeys(each.allowed for each in wanted if each.status):
        guarded = [(at, place[w.status + w.row]) for at, w in enumerate(wanted) if w.status and w.allowed == allowed]
        yield Guard(
            positions=_positions(at for at, _ in guarded),
            statuses=_positions(status for _, status in guarded),
            allowed=allowed,
        )


def _ranges(wanted: Sequence[_Wanted]) -> Iterator[Range]:
    for least, most in dict.fromkeys(each.bounds for each in wanted if each.bounds != (-math.inf, math.inf)):
        positions = _positions(at for at, each in enumerate(wanted) if each.bounds == (least, most))
        yield Range(positions=positions, least=least, most=most)
