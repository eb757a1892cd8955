"""What a device has: its facts, ports, sensors and neighbours, found by walking the tables that its profiles name.

Done at first contact and then about once an hour; what is found here decides what a regular poll asks.
"""

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from collectors.snmp import ber, lldp, optics
from collectors.snmp.ber import PduTemplate, Value
from collectors.snmp.failure import PollFailed
from collectors.snmp.session import Reply
from collectors.snmp.walk import Asking, Rows, get, walk, words_of
from noc_console.model.poll import Facts, Neighbour
from noc_console.profiles.catalogue import Catalogue
from noc_console.profiles.classes import SENSOR_CLASSES
from noc_console.profiles.profile import Column, EntityTable, Optics, PortTable, Profile, Scalar, SensorTable
from noc_console.text import clean

SYS_DESCR, SYS_OBJECT_ID, SYS_UP_TIME = (ber.oid(f"1.3.6.1.2.1.1.{n}.0") for n in (1, 2, 3))
MOST_CHASSIS = 4
"""Chassis of a stack that are asked for model and serial."""

Conversing = Generator[tuple[PduTemplate, ...], list[Reply], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPort:
    """A port. `columns` are those that its row has; `names` every spelling of its name; `after` is the row before it."""

    component: str
    index: bytes
    after: bytes
    if_index: int | None
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSensor:
    """A sensor. `scale` turns its raw number into the unit of its class; `has_status`: its row says whether it counts.

    `after` is the row before it in the table, whether that is a sensor or not. `is_milliwatts`: scaled so, and kept as dBm.
    """

    component: str
    table: SensorTable
    index: bytes
    after: bytes
    descr: str
    sensor_class: str
    scale: float
    has_status: bool
    is_milliwatts: bool = False


@dataclass(slots=True)
class Found:
    """Everything found on a device."""

    profiles: tuple[Profile, ...] = ()
    system: dict[str, str] = field(default_factory=dict)
    watched: dict[bytes, Value] = field(default_factory=dict)
    scalars: list[Scalar] = field(default_factory=list)
    ports: list[FoundPort] = field(default_factory=list)
    sensors: list[FoundSensor] = field(default_factory=list)
    neighbours: tuple[Neighbour, ...] | None = None
    """None: not asked, or the table could not be read whole."""
    incomplete: list[str] = field(default_factory=list)
    octets: dict[bytes, int] = field(default_factory=dict)
    """For each column asked regularly: octets that its largest value takes in a reply, with room to grow."""

    def note_sizes(self, walked: Mapping[bytes, Rows]) -> None:
        """Note how large the values of walked columns are."""
        for column, rows in walked.items():
            self.octets[column] = max(self.octets.get(column, 0), max(map(_octets_of, rows.values()), default=0))

    def facts(self) -> Facts:
        """Facts of the device and its ports."""
        return {"": self.system, **{port.component: port.facts for port in self.ports if port.facts}}


def _octets_of(value: Value) -> int:
    """Room for a value in a reply: what counts will take one octet more."""
    if isinstance(value, int):
        return value.bit_length() // 8 + 2
    return len(value) if isinstance(value, bytes) else 9


def take_inventory(catalogue: Catalogue, found: Found, *, has_bulk: bool) -> Conversing:
    """Look at a device and write what is there into `found`. PollFailed if it does not answer; part by part what is readable."""
    # sysUpTime goes along because no agent is without it: an empty answer then means that the view hides everything.
    told = yield from get((SYS_DESCR, SYS_OBJECT_ID, SYS_UP_TIME))
    found.profiles = catalogue.fitting(_fact(told.get(SYS_OBJECT_ID), SYS_OBJECT_ID), _fact(told.get(SYS_DESCR), SYS_DESCR))
    for profile in found.profiles:
        yield from _scalars(profile, found)
        for ports in profile.ports:
            yield from _ports(ports, found, has_bulk)
        for sensors in profile.sensors:
            yield from _sensors(sensors, found, has_bulk)
        for entities in profile.entities:
            yield from _chassis(entities, found, has_bulk)
        if "lldp" in profile.neighbours:
            by_index = {port.if_index: (port.component, port.names) for port in found.ports if port.if_index is not None}
            neighbours, incomplete = yield from lldp.neighbours(by_index, has_bulk=has_bulk)
            found.neighbours = (*(found.neighbours or ()), *neighbours) if neighbours or not incomplete else None
            found.incomplete.extend(incomplete)
    _name_apart(found)


def _get(names: Sequence[bytes], what: str, found: Found) -> Asking:
    """As `get`, but a failure only leaves `what` incomplete."""
    try:
        return (yield from get(names))
    except PollFailed as failure:
        found.incomplete.append(f"{what}: {words_of(failure)}")
        return {}


def _scalars(profile: Profile, found: Found) -> Conversing:
    wanted = [*(o for objects in profile.facts.values() for o in objects), *profile.watched, *(s.object for s in profile.scalars)]
    told = yield from _get(tuple(dict.fromkeys(map(ber.oid, wanted))), f"scalars of {profile.name}", found)
    for fact, objects in profile.facts.items():
        texts = (_fact(told.get(ber.oid(each)), ber.oid(each)) for each in objects)
        if text := next(filter(None, texts), ""):
            found.system.setdefault(fact, text)
    found.watched |= {ber.oid(each): told[ber.oid(each)] for each in profile.watched if ber.oid(each) in told}
    known = {scalar.metric for scalar in found.scalars}
    found.scalars += [s for s in profile.scalars if ber.oid(s.object) in told and s.metric not in known]


def _fact(value: Value, name: bytes) -> str:
    """A fact as text. An identifier (sysObjectID) is written with dots."""
    if not isinstance(value, bytes):
        return "" if value is None else str(value)
    if name == SYS_OBJECT_ID:
        return ber.oid_text(value) if value else ""
    return clean(value)


# --- ports --------------------------------------------------------------------------------------------------------------------


def _ports(table: PortTable, found: Found, has_bulk: bool) -> Conversing:
    wanted = [*table.names, *table.facts.values(), *(column.object for column in table.columns)]
    walked = yield from walk(dict.fromkeys(map(ber.oid, wanted)), has_bulk=has_bulk)
    if walked.trouble:
        found.incomplete.append(f"{table.name}: {walked.trouble}")
    found.note_sizes({ber.oid(column.object): walked.columns[ber.oid(column.object)] for column in table.columns})
    # Some agents name ports for which they count nothing (customers' ports of an access node): they are ports all the same.
    rows = {index for column in walked.columns.values() for index in column}
    after = b""
    for index in sorted(rows, key=ber.index_numbers):
        found.ports.append(_port(table, index, after, walked.columns))
        after = index


def _port(table: PortTable, index: bytes, after: bytes, walked: Mapping[bytes, Rows]) -> FoundPort:
    numbers = ber.index_numbers(index)
    if_index = numbers[0] if len(numbers) == 1 else None
    texts = [clean(text) for each in table.names if isinstance(text := walked[ber.oid(each)].get(index), bytes)]
    names = tuple(dict.fromkeys(filter(None, texts)))
    facts = {name: _fact(walked[ber.oid(column)].get(index), b"") for name, column in table.facts.items()}
    if if_index is not None:
        facts["if_index"] = str(if_index)
    return FoundPort(
        component=names[0] if names else f"port {_index_text(index)}",
        index=index,
        after=after,
        if_index=if_index,
        names=names,
        columns=_columns_of(table.columns, index, walked),
        facts={name: text for name, text in facts.items() if text},
    )


def _columns_of(columns: Sequence[Column], index: bytes, walked: Mapping[bytes, Rows]) -> tuple[Column, ...]:
    """The columns that a row has; one that stands in for another only where that other is missing, or is 0 for unknown."""
    cells = {column.name: walked[ber.oid(column.object)].get(index) for column in columns}
    stood_in = {column.instead_of for column in columns if cells[column.name]}
    here = {
        column.name
        for column in columns
        if cells[column.name] is not None and not (column.zero_unknown and cells[column.name] == 0 and column.name in stood_in)
    }
    return tuple(column for column in columns if column.name in here and column.instead_of not in here)


# --- sensors ------------------------------------------------------------------------------------------------------------------


def _sensors(table: SensorTable, found: Found, has_bulk: bool) -> Conversing:
    objects = (
        table.value,
        table.class_object,
        table.units_object,
        table.exponent_object,
        table.precision_object,
        table.status_object,
    )
    walked = yield from walk([ber.oid(each) for each in objects if each], has_bulk=has_bulk)
    if walked.trouble:
        found.incomplete.append(f"{table.name}: {walked.trouble}")
    found.note_sizes({ber.oid(table.value): walked.columns[ber.oid(table.value)]})
    rows = [index for index in walked.columns[ber.oid(table.value)] if _class_of(table, index, walked.columns)]
    if not rows:
        return
    named = yield from walk([ber.oid(each) for each in table.names], has_bulk=has_bulk)
    if named.trouble:
        found.incomplete.append(f"{table.name}, names: {named.trouble}")
    columns = [named.columns[ber.oid(each)] for each in table.names]
    order = list(walked.columns[ber.oid(table.value)])
    after = dict(zip(order, [b"", *order], strict=False))
    sensors = [
        _sensor(table, index, after[index], descr, walked.columns)
        for index, descr in zip(rows, _descriptions(rows, columns), strict=True)
    ]
    found.sensors += sensors
    if table.optics is not None:
        yield from _light(table, table.optics, columns, found, has_bulk)


def _light(table: SensorTable, ways: Optics, names: Sequence[Rows], found: Found, has_bulk: bool) -> Conversing:
    """Make sensors of optical power their port's own. Several of one kind at a port are its lanes, and stay as they are."""
    lights = {
        sensor.index: kind
        for sensor in found.sensors
        if sensor.table is table and sensor.sensor_class in ("power", "dbm") and (kind := optics.direction(ways, sensor.descr))
    }
    ports = {port.if_index: port.component for port in found.ports if port.if_index is not None}
    if not lights or not ports:
        return
    by_name = {name: port.if_index for port in found.ports if port.if_index is not None for name in port.names}
    texts = ((index, clean(text)) for column in names for index, text in column.items() if isinstance(text, bytes))
    named = {ber.index_numbers(index)[0]: by_name[text] for index, text in texts if text in by_name}
    at, trouble = yield from optics.ports_of(tuple(lights), ways, named, has_bulk=has_bulk)
    found.incomplete += [f"{table.name}, ports: {each}" for each in trouble]
    lanes = Counter((at[index], kind) for index, kind in lights.items() if index in at)
    found.sensors = [
        _of_port(sensor, ports[at[sensor.index]], lights[sensor.index])
        if sensor.table is table
        and sensor.index in lights
        and at.get(sensor.index) in ports
        and lanes[at[sensor.index], lights[sensor.index]] == 1
        else sensor
        for sensor in found.sensors
    ]


def _of_port(sensor: FoundSensor, component: str, kind: str) -> FoundSensor:
    """A sensor of light as a value of its port, in dBm: RFC 3433 itself knows watts only."""
    watts = sensor.sensor_class == "power"
    scale = sensor.scale * 1000 if watts else sensor.scale
    return replace(sensor, component=component, sensor_class=kind, scale=scale, is_milliwatts=watts)


def _sensor(table: SensorTable, index: bytes, after: bytes, descr: str, walked: Mapping[bytes, Rows]) -> FoundSensor:
    sensor_class = _class_of(table, index, walked)
    return FoundSensor(
        component=descr or f"{sensor_class} {_index_text(index)}",
        table=table,
        index=index,
        after=after,
        descr=descr,
        sensor_class=sensor_class,
        scale=_scale_of(table, index, walked),
        has_status=bool(table.status_object) and _cell(table.status_object, index, walked) is not None,
    )


def _cell(column: str, index: bytes, walked: Mapping[bytes, Rows]) -> int | None:
    """A whole number of a walked table; None where there is none."""
    value = walked[ber.oid(column)].get(index) if column else None
    return value if isinstance(value, int) else None


def _class_of(table: SensorTable, index: bytes, walked: Mapping[bytes, Rows]) -> str:
    kind = _cell(table.class_object, index, walked)
    if kind is None or table.sensor_class:
        return table.sensor_class
    unit = walked[ber.oid(table.units_object)].get(index) if table.units_object else None
    return table.classes.get(kind) or (table.units.get(clean(unit).strip().lower(), "") if isinstance(unit, bytes) else "")


def _scale_of(table: SensorTable, index: bytes, walked: Mapping[bytes, Rows]) -> float:
    """Factor from the raw number to the unit of the class (RFC 3433: value times scale, with `precision` decimal places)."""
    exponent = table.exponents.get(_cell(table.exponent_object, index, walked) or 0, 0)
    precision = _cell(table.precision_object, index, walked) or 0
    # RFC 3433 allows -8 to 9; what is outside is no precision.
    return float(table.scale * 10.0 ** (exponent - (precision if -8 <= precision <= 9 else 0)))


def _descriptions(rows: Sequence[bytes], columns: Sequence[Rows]) -> list[str]:
    """What each row is called: its first text, unless others have the same; then its first text that is its own."""
    texts = [[clean(v) if isinstance(v := column.get(row), bytes) else "" for row in rows] for column in columns]
    often = [Counter(column) for column in texts]
    chosen = []
    for row in range(len(rows)):
        candidates = [(column[row], counts[column[row]]) for column, counts in zip(texts, often, strict=True) if column[row]]
        own = (text for text, count in candidates if count == 1)
        chosen.append(next(own, candidates[0][0] if candidates else ""))
    return chosen


# --- the device itself --------------------------------------------------------------------------------------------------------


def _chassis(table: EntityTable, found: Found, has_bulk: bool) -> Conversing:
    """Model, serial, firmware of the first chassis that tells them."""
    column = ber.oid(table.class_object)
    walked = yield from walk((column,), has_bulk=has_bulk)
    if walked.trouble:
        found.incomplete.append(f"{table.name}: {walked.trouble}")
    for kind in table.chassis:
        for index in [row for row, value in walked.columns[column].items() if value == kind][:MOST_CHASSIS]:
            wanted = [ber.oid(each) + index for objects in table.facts.values() for each in objects]
            told = yield from _get(wanted, table.name, found)
            for fact, objects in table.facts.items():
                text = next(filter(None, (_fact(told.get(ber.oid(each) + index), b"") for each in objects)), "")
                if text:
                    found.system.setdefault(fact, text)


def _name_apart(found: Found) -> None:
    """Give components that are called alike their index, so that each (component, metric) is one."""
    ports = Counter(port.component for port in found.ports)
    found.ports = [
        replace(port, component=f"{port.component} {_index_text(port.index)}") if ports[port.component] > 1 else port
        for port in found.ports
    ]
    sensors = Counter((s.component, SENSOR_CLASSES[s.sensor_class].metric) for s in found.sensors)
    found.sensors = [
        replace(s, component=f"{s.component} {_index_text(s.index)}")
        if sensors[s.component, SENSOR_CLASSES[s.sensor_class].metric] > 1
        else s
        for s in found.sensors
    ]


def _index_text(index: bytes) -> str:
    return ".".join(map(str, ber.index_numbers(index)))
