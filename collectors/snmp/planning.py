"""A device's plan, made once from its inventory."""

import math
from collections.abc import Iterable, Iterator, Sequence
from weakref import WeakValueDictionary

import numpy as np

from collectors.snmp import ber
from collectors.snmp.found import Found, FoundPort, FoundSensor
from collectors.snmp.inventory import SYS_UP_TIME
from collectors.snmp.numbers import number_of
from collectors.snmp.plan import Block, Enumeration, Flags, Guard, Plan, Positions, Range, Share
from collectors.snmp.requests import FEW, Room, Wanted, along, bulks, gets, neighbouring, place, side_by_side
from collectors.snmp.session import V3_ENVELOPE
from collectors.snmp.words import flags_of, meanings_of, meanings_of_words
from noc_console.model.poll import Layout

FRAME_OCTETS = 1472
"""What a reply should have at most: it then fits one Ethernet frame (1,500 octets with the headers of IPv4 and UDP)."""
_HEADERS = {4: 28, 6: 48}
"""Octets of the headers of IP and UDP, by version of IP."""

_shared: WeakValueDictionary[tuple[object, ...], Plan] = WeakValueDictionary()
_KINDS_REMEMBERED = 64
_by_tables: dict[tuple[object, ...], tuple[Plan, object]] = {}
"""Plans by the tables that they were made for, with what those tables name by identity, so that it stays what it is."""


def reply_octets(mtu: int, *, ipv6: bool) -> int:
    """What a reply may have that travels in one packet of at most `mtu` octets."""
    return mtu - _HEADERS[6 if ipv6 else 4]


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
            (s.component, id(s.table), s.index, s.after, s.sensor_class, s.scale, s.offset, s.has_status, s.is_milliwatts)
            for s in found.sensors
        ),
    )


def _made(found: Found, has_bulk: bool, budget: int) -> Plan:
    scalars = [Wanted(("", s.metric), ber.oid(s.object), b"", s.scale) for s in found.scalars]
    ports = [wanted for port in found.ports for wanted in _of_port(port)]
    sensors = [_of_sensor(sensor) for sensor in found.sensors]
    # Where two profiles give the same, the first one (the more specific) counts.
    wanted = list({each.key: each for each in reversed([*scalars, *ports, *sensors])}.values())[::-1]
    # Where there is nothing else to ask, sysUpTime shows at least whether the device answers.
    watched = [(name, b"") for name in found.watched] or ([] if wanted else [(SYS_UP_TIME, b"")])
    runs = [*neighbouring(ports), *neighbouring(side_by_side(sensors))]
    few = [run for run in runs if not has_bulk or len(run) < 2 or len(run) * len(run[0].columns) <= FEW]
    named = [(column, row.index) for run in few for row in run for column in row.columns]
    after = {column + row.index: column + row.after for run in few for row in run for column in row.columns}
    single = dict.fromkeys([*((w.column, w.row) for w in scalars), *watched, *named])
    room = Room(budget, found.octets)
    tables = [request for run in runs if run not in few for request in bulks(run, room)]
    apart = [] if along(tuple(single), after, tables, room) else gets(tuple(single), room)
    placed = tuple(place([*apart, *tables]))
    identity = (has_bulk, tuple(wanted), tuple(watched), tuple(block.template for block in placed))
    plan = _shared.get(identity)
    if plan is None:
        plan = _shared[identity] = _assemble(wanted, watched, placed)
    return plan


def _of_port(port: FoundPort) -> Iterator[Wanted]:
    seen: set[str] = set()
    for column in port.columns:
        if column.metric not in seen:
            seen.add(column.metric)
            key = (port.component, column.metric)
            yield Wanted(
                key,
                ber.oid(column.object),
                port.index,
                column.scale,
                port.after,
                column.zero_unknown,
                meanings_of_words(tuple(column.words.items())),
            )


def _of_sensor(sensor: FoundSensor) -> Wanted:
    table = sensor.table
    is_state = sensor.sensor_class == "state"
    return Wanted(
        (sensor.component, sensor.metric),
        ber.oid(table.value),
        sensor.index,
        sensor.scale * sensor.factor,
        sensor.after,
        meanings=meanings_of(table) if is_state else (),
        flags=flags_of(table) if is_state else (),
        status=ber.oid(table.status_object) if sensor.has_status else b"",
        allowed=table.status_ok,
        whole=ber.oid(table.divide_by) if table.divide_by else b"",
        bounds=(table.least, table.most),
        absent=tuple(number_of(each) for each in table.absent),
        offset=sensor.offset * sensor.factor,
        is_milliwatts=sensor.is_milliwatts,
    )


def _assemble(wanted: Sequence[Wanted], watched: Sequence[tuple[bytes, bytes]], blocks: tuple[Block, ...]) -> Plan:
    places = {name: block.start + at for block in blocks for at, name in enumerate(block.names())}
    ratios = [_ratio(each.scale) for each in wanted]
    uptime = next((places[w.column] for w in wanted if w.key == ("", "uptime_seconds")), None)
    zero_unknown = _positions(at for at, each in enumerate(wanted) if each.zero_unknown)
    enumerations, flags = tuple(_enumerations(wanted, places)), tuple(_flags(wanted, places))
    words: tuple[Enumeration | Flags, ...] = (*enumerations, *flags)
    take = _positions(places[each.column + each.row] for each in wanted)
    return Plan(
        layout=Layout.of(each.key for each in wanted),
        blocks=blocks,
        size=sum(block.size for block in blocks),
        take=take,
        shares=tuple(_shares(wanted, places)),
        multiply=np.array([multiply for multiply, _ in ratios], np.float64),
        divide=np.array([divide for _, divide in ratios], np.float64),
        add=np.array([each.offset for each in wanted], np.float64) if any(each.offset for each in wanted) else None,
        zero_unknown=zero_unknown,
        milliwatts=_positions(at for at, each in enumerate(wanted) if each.is_milliwatts),
        enumerations=enumerations,
        flags=flags,
        guards=tuple(_guards(wanted, places)),
        ranges=tuple(_ranges(wanted)),
        watched=_positions(places[column + row] for column, row in watched),
        uptime=uptime,
        steady=np.concatenate([zero_unknown, *(each.positions for each in words)]),
        steady_asked=np.concatenate([take[zero_unknown], *(each.asked for each in words)]),
    )


def _positions(numbers: Iterable[int]) -> Positions:
    return np.fromiter(numbers, np.intp)


def _ratio(scale: float) -> tuple[float, float]:
    """(factor, divisor): 235 / 10 is 23.5 where 235 * 0.1 would be a little more."""
    inverse = round(1 / scale) if scale else 0
    return (1.0, float(inverse)) if inverse > 1 and abs(scale * inverse - 1) < 1e-9 else (scale, 1.0)


def _enumerations(wanted: Sequence[Wanted], places: dict[bytes, int]) -> Iterator[Enumeration]:
    for meanings in dict.fromkeys(each.meanings for each in wanted if each.meanings):
        positions = [at for at, each in enumerate(wanted) if each.meanings == meanings]
        known = sorted({code: (value, word) for code, value, word in meanings}.items())
        yield Enumeration(
            positions=_positions(positions),
            asked=_positions(places[wanted[at].column + wanted[at].row] for at in positions),
            codes=np.array([code for code, _ in known], np.int64),
            values=np.array([*(value for _, (value, _) in known), np.nan]),
            words=(*(word for _, (_, word) in known), ""),
        )


def _flags(wanted: Sequence[Wanted], places: dict[bytes, int]) -> Iterator[Flags]:
    for bits in dict.fromkeys(each.flags for each in wanted if each.flags):
        positions = [at for at, each in enumerate(wanted) if each.flags == bits]
        asked = _positions(places[wanted[at].column + wanted[at].row] for at in positions)
        yield Flags(positions=_positions(positions), asked=asked, bits=bits)


def _shares(wanted: Sequence[Wanted], places: dict[bytes, int]) -> Iterator[Share]:
    shared = [(at, places[each.whole + each.row]) for at, each in enumerate(wanted) if each.whole]
    if shared:
        yield Share(positions=_positions(at for at, _ in shared), wholes=_positions(whole for _, whole in shared))


def _guards(wanted: Sequence[Wanted], places: dict[bytes, int]) -> Iterator[Guard]:
    for allowed in dict.fromkeys(each.allowed for each in wanted if each.status):
        guarded = [(at, places[w.status + w.row]) for at, w in enumerate(wanted) if w.status and w.allowed == allowed]
        yield Guard(
            positions=_positions(at for at, _ in guarded),
            statuses=_positions(status for _, status in guarded),
            allowed=allowed,
        )


def _ranges(wanted: Sequence[Wanted]) -> Iterator[Range]:
    everything = (-math.inf, math.inf)
    for bounds, absent in dict.fromkeys((w.bounds, w.absent) for w in wanted if w.bounds != everything or w.absent):
        positions = _positions(at for at, each in enumerate(wanted) if (each.bounds, each.absent) == (bounds, absent))
        numbers = tuple(number for number in absent if not math.isnan(number))
        yield Range(positions=positions, least=bounds[0], most=bounds[1], absent=numbers)
