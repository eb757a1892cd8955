"""What a regular poll asks a device, made once from its inventory: requests as bytes, and where each answer goes.

Answers go into one array `raw` in the order of the requests; whole-array steps turn it into values in the order of the layout.
Devices with the same tables share one plan.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from collectors.snmp import ber
from collectors.snmp.ber import PduTemplate
from collectors.snmp.inventory import SYS_UP_TIME, Found, FoundPort, FoundSensor
from collectors.snmp.session import V3_ENVELOPE
from collectors.snmp.walk import MOST_PER_GET, MOST_REPETITIONS
from noc_console.model.poll import Key, Layout, Values
from noc_console.profiles.classes import SENSOR_CLASSES
from noc_console.profiles.profile import Word

FRAME_OCTETS = 1472
"""What a reply should have at most: it then fits one Ethernet frame (1,500 octets with the headers of IPv4 and UDP)."""
_VALUE_OCTETS = 7
"""Octets that a value takes in a reply where none was seen: a counter that has counted for years takes nine, a status one."""
_FEW = 12
"""So many values of a table are asked by name, together with others, and not in a request of their own."""
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
_KINDS_REMEMBERED = 64
_by_tables: dict[tuple[object, ...], tuple[Plan, object]] = {}
"""Plans by the tables that they were made for, with what those tables name by identity, so that it stays what it is."""


def plan_of(found: Found, *, has_bulk: bool, most_octets: int = FRAME_OCTETS, envelope: int = V3_ENVELOPE) -> Plan:
    """The plan for what was found. A reply should have no more than `most_octets`, of which `envelope` are not its objects."""
    budget = most_octets - envelope
    tables = _tables(found, has_bulk, budget)
    known = _by_tables.get(tables)
    if known is not None:
        return known[0]
    plan = _made(found, has_bulk, budget)
    named = (found.profiles, [port.columns for port in found.ports], [sensor.table for sensor in found.sensors])
    while len(_by_tables) >= _KINDS_REMEMBERED:
        del _by_tables[next(iter(_by_tables))]
    _by_tables[tables] = (plan, named)
    return plan


def _tables(found: Found, has_bulk: bool, budget: int) -> tuple[object, ...]:
    """What a plan depends on. Making one costs milliseconds, and a fleet has few kinds of devices."""
    return (
        has_bulk,
        budget,
        tuple(found.octets.items()),
        tuple(map(id, found.profiles)),
        tuple((s.metric, s.object, s.scale) for s in found.scalars),
        tuple(found.watched),
        tuple((p.component, p.index, p.after, tuple(map(id, p.columns))) for p in found.ports),
        tuple(
            (s.component, id(s.table), s.index, s.after, s.sensor_class, s.scale, s.has_status, s.is_milliwatts)
            for s in found.sensors
        ),
    )


def _made(found: Found, has_bulk: bool, budget: int) -> Plan:
    scalars = [_Wanted(("", s.metric), ber.oid(s.object), b"", s.scale) for s in found.scalars]
    ports = [wanted for port in found.ports for wanted in _of_port(port)]
    sensors = [_of_sensor(sensor) for sensor in found.sensors]
    # Where two profiles give the same, the first one (the more specific) counts.
    wanted = list({each.key: each for each in reversed([*scalars, *ports, *sensors])}.values())[::-1]
    # Where there is nothing else to ask, sysUpTime shows at least whether the device answers.
    watched = [(name, b"") for name in found.watched] or ([] if wanted else [(SYS_UP_TIME, b"")])
    runs = [*_neighbouring(ports), *_neighbouring(sensors)]
    few = [run for run in runs if not has_bulk or len(run) < 2 or len(run) * len(run[0].columns) <= _FEW]
    named = [(column, row.index) for run in few for row in run for column in row.columns]
    room = _Room(budget, found.octets)
    bulks = [request for run in runs if run not in few for request in _bulks(run, room)]
    placed = tuple(_place([*_gets([*((w.column, w.row) for w in scalars), *watched, *named], room), *bulks]))
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


@dataclass(frozen=True, slots=True)
class _Room:
    """How many octets the objects of a reply may take, and how many the values of a column do."""

    budget: int
    values: Mapping[bytes, int]

    def of(self, column: bytes, row: bytes) -> int:
        """Octets of one variable binding."""
        return len(column) + len(row) + 6 + self.values.get(column, _VALUE_OCTETS)


def _gets(names: Sequence[tuple[bytes, bytes]], room: _Room) -> Iterator[_Request]:
    """GETs for single objects: each is a row of its own."""
    size = max((room.of(column, row) for column, row in names), default=1)
    most = max(1, min(MOST_PER_GET, room.budget // size))
    for at in range(0, len(names), most):
        full = tuple(column + row for column, row in names[at : at + most])
        yield _Request(PduTemplate.of(ber.GET, full), full, (b"",))


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


def _bulks(run: Sequence[_Row], room: _Room) -> Iterator[_Request]:
    """GETBULKs for a run of neighbouring rows that have the same columns.

    Between neighbouring rows the table has no other in any of these columns, so what a GETBULK gives is known beforehand.
    """
    columns, rows, before = run[0].columns, [row.index for row in run], run[0].after
    most = max(1, min(MOST_REPETITIONS, room.budget // sum(room.of(column, rows[-1]) for column in columns)))
    for at in range(0, len(rows), most):
        part = tuple(rows[at : at + most])
        start = [column + before for column in columns]
        yield _Request(PduTemplate.of(ber.GET_BULK, start, second=len(part)), columns, part)
        before = part[-1]


def _place(requests: Iterable[_Request]) -> Iterator[Block]:
    start = 0
    for request in requests:
        expected = b"".join(column + row for row in request.rows for column in request.columns)
        size = len(request.rows) * len(request.columns)
        yield Block(
            template=request.template, columns=request.columns, rows=request.rows, start=start, expected=expected, size=size
        )
        start += size


def _assemble(wanted: Sequence[_Wanted], watched: Sequence[tuple[bytes, bytes]], blocks: tuple[Block, ...]) -> Plan:
    place = {name: block.start + at for block in blocks for at, name in enumerate(block.names())}
    ratios = [_ratio(each.scale) for each in wanted]
    uptime = next((place[w.column] for w in wanted if w.key == ("", "uptime_seconds")), None)
    return Plan(
        layout=Layout.of(each.key for each in wanted),
        blocks=blocks,
        size=sum(block.size for block in blocks),
        take=_positions(place[each.column + each.row] for each in wanted),
        multiply=np.array([multiply for multiply, _ in ratios], np.float64),
        divide=np.array([divide for _, divide in ratios], np.float64),
        zero_unknown=_positions(at for at, each in enumerate(wanted) if each.zero_unknown),
        milliwatts=_positions(at for at, each in enumerate(wanted) if each.is_milliwatts),
        enumerations=tuple(_enumerations(wanted, place)),
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


def _enumerations(wanted: Sequence[_Wanted], place: dict[bytes, int]) -> Iterator[Enumeration]:
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
        asked = _positions(place[wanted[at].column + wanted[at].row] for at in positions)
        yield Enumeration(positions=_positions(positions), asked=asked, values=values, words=tuple(texts))


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
