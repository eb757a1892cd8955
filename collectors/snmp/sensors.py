"""Sensors and other values of tables, as a profile's tables say: which rows count, what they are called and scaled by."""

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from collectors.snmp import ber, optics
from collectors.snmp.ber import PduTemplate, Value
from collectors.snmp.found import Found, FoundSensor
from collectors.snmp.naming import Row, changed, counts, index_numbers, text_of, value_of
from collectors.snmp.numbers import bits_of, number, number_of
from collectors.snmp.session import Reply
from collectors.snmp.tables import Number, Tables
from collectors.snmp.words import with_own_words
from noc_console.profiles.classes import SAME, SENSOR_CLASSES, Unit
from noc_console.profiles.profile import Kind, Optics, SensorTable
from noc_console.profiles.template import columns_of, has_word, index_of, template_of, told_by
from noc_console.text import clean

Conversing = Generator[tuple[PduTemplate, ...], list[Reply], None]
_SEVERITIES = {"warning": "minor", "critical": "critical"}
_LIGHT = frozenset(("rx_power", "tx_power"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The device's ports, for sensors that belong to one: component by ifIndex, and ifIndex by name."""

    components: Mapping[int, str]
    by_name: Mapping[str, int]

    @classmethod
    def of(cls, found: Found) -> "Ports":
        """Those that were found. A name that two ports have is none's."""
        names = [(name, port.if_index) for port in found.ports if port.if_index is not None for name in port.names]
        often = Counter(name for name, _ in set(names))
        return cls(
            components={port.if_index: port.component for port in found.ports if port.if_index is not None},
            by_name={name: number for name, number in names if often[name] == 1},
        )


def columns_at_first(table: SensorTable) -> tuple[str, ...]:
    """The columns that say which rows there are and what they are."""
    objects = (
        table.value,
        table.class_object,
        table.units_object,
        table.exponent_object,
        table.precision_object,
        table.scale_object,
        table.divisor_object,
        table.divide_by,
        table.status_object,
        table.words_object,
    )
    return tuple(each for each in objects if each and not each.startswith("["))


def find_sensors(tables: Sequence[SensorTable], walked: Tables, found: Found) -> Conversing:
    """Look for the rows of these tables, one after the other, and write them into `found`."""
    for table in tables:
        if any(each in found.tables for each in table.unless_found):
            continue
        rows = yield from _rows(table, walked, found)
        if not rows:
            continue
        if _tells_something(table, rows, walked):
            found.tables.add(table.name)
        sensors = [each for row in rows if (each := _sensor(table, row, Ports.of(found), walked)) is not None]
        sensors = _lanes(table, _named(table, sensors), rows)
        found.sensors += [each.sensor for each in sensors]
        if table.optics is not None:
            yield from _light(table, table.optics, walked, found)


def _rows(table: SensorTable, walked: Tables, found: Found) -> Generator[tuple[PduTemplate, ...], list[Reply], list[Number]]:
    """The indexes of the rows that count, in the table's order."""
    trouble = yield from walked.need((table.value,))
    values = walked.rows(table.value)
    if values:
        trouble = (yield from walked.need(columns_at_first(table))) or trouble
        conditions = [column for cell in (*table.where, *table.unless) for column in columns_of(told_by(cell))]
        trouble = (yield from walked.need(conditions)) or trouble
    if trouble:
        found.incomplete.append(f"{table.name}: {trouble}")
    found.note_sizes({ber.oid(each): walked.rows(each) for each in (table.value, table.divide_by, table.status_object) if each})
    rows = [
        index
        for encoded, value in values.items()
        if value is not None
        and (table.metric or _kind_of(table, encoded, walked) is not None)
        and counts(Row(tables=walked, index=(index := ber.index_numbers(encoded))), table.where, table.unless)
    ]
    if rows:
        named = [column for each in (*table.names, table.port_name) if each for column in columns_of(template_of(each))]
        named += [column for each in (table.port, table.lane) if each for column in columns_of(index_of(each))]
        named += [each for each in table.limits.values() if isinstance(each, str)]
        if (rows_of := table.limit_rows) is not None:
            named += [rows_of.value, rows_of.severity, rows_of.relation]
        if trouble := (yield from walked.need(named)):
            found.incomplete.append(f"{table.name}, names: {trouble}")
    return rows


def _tells_something(table: SensorTable, rows: Sequence[Number], walked: Tables) -> bool:
    """Whether a row has a value: tables that stand in for this one are asked where all of its rows say that nothing is there."""
    absent = {bits_of(number_of(each)) for each in table.absent}
    for index in rows:
        raw, status = number(walked.cell(table.value, index)), walked.cell(table.status_object, index)
        is_there = bits_of(raw) not in absent and not (raw < table.least or raw > table.most)
        if is_there and (status is None or status in table.status_ok):
            return True
    return False


# --- one row ------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Candidate:
    """A sensor whose name is still to be chosen among several."""

    sensor: FoundSensor
    names: list[str]
    port: str = ""
    lane: str = ""


def _sensor(table: SensorTable, index: Number, ports: Ports, walked: Tables) -> _Candidate | None:
    row = Row(tables=walked, index=index, labels=table.labels, words={"label": table.label, "index": ".".join(map(str, index))})
    if_index = _port_of(table, row, ports)
    port = ports.components.get(if_index, "") if if_index is not None else ""
    row = replace(row, words={**row.words, "port": port})
    encoded = ber.encode_index(index)
    kind = _kind_of(table, encoded, walked) or Kind(sensor_class="")
    scale, offset, unit = _scaling(table, kind, encoded, walked)
    sensor = FoundSensor(
        component="",
        table=with_own_words(table, _text(table.words_object, encoded, walked)) if table.words_object else table,
        index=encoded,
        after=walked.row_before(table.value, encoded),
        descr="",
        sensor_class=kind.sensor_class,
        scale=scale,
        offset=offset,
        is_milliwatts=unit.is_power,
        has_status=bool(table.status_object) and walked.cell(table.status_object, index) is not None,
    )
    sensor = replace(sensor, limits=_limits(sensor, index, walked))
    lane = index_numbers(index_of(table.lane), row) if table.lane else None
    return _Candidate(sensor, list(_names(table, row)), port, ".".join(map(str, lane or ())))


def _names(table: SensorTable, row: Row) -> Iterator[str]:
    shown = any(has_word(template_of(each), "label") for each in table.names)
    for each in table.names:
        text = changed(text_of(template_of(each), row), table.replace)
        if text:
            yield text if shown or not table.label else f"{text} {table.label}"
    if not table.names and table.label:
        yield table.label


def _port_of(table: SensorTable, row: Row, ports: Ports) -> int | None:
    if table.port:
        numbers = index_numbers(index_of(table.port), row)
        return numbers[0] if numbers is not None and len(numbers) == 1 and numbers[0] in ports.components else None
    return ports.by_name.get(text_of(template_of(table.port_name), row)) if table.port_name else None


def _cell(column: str, index: bytes, walked: Tables) -> int | None:
    """A whole number of a walked table; None where there is none."""
    value = walked.rows(column).get(index) if column else None
    told = number(value) if isinstance(value, bytes) else value
    return int(told) if isinstance(told, int | float) and told == told and abs(told) < 2**63 else None


def _kind_of(table: SensorTable, index: bytes, walked: Tables) -> Kind | None:
    """What a row is; None if it is no sensor."""
    if table.class_object:
        told = value_of(told_by(table.class_object), Row(tables=walked, index=ber.index_numbers(index)))
        kind = table.classes.get(_plain(told))
        return kind or _kind_by_unit(table, index, walked)
    if table.units_object and table.units:
        return _kind_by_unit(table, index, walked) or (table.kind if table.sensor_class else None)
    return table.kind if table.sensor_class else None


def _kind_by_unit(table: SensorTable, index: bytes, walked: Tables) -> Kind | None:
    return table.units.get(_text(table.units_object, index, walked).lower()) if table.units_object else None


def _text(column: str, index: bytes, walked: Tables) -> str:
    return _plain(walked.rows(column).get(index))


def _plain(value: Value) -> str:
    return clean(value).strip() if isinstance(value, bytes) else ("" if value is None else str(value))


# --- scaling ------------------------------------------------------------------------------------------------------------------


def _scaling(table: SensorTable, kind: Kind, index: bytes, walked: Tables) -> tuple[float, float, Unit]:
    """(factor, what is added, unit): the raw number times the factor plus that is in the unit of the class.

    RFC 3433: value times scale, with `precision` decimal places; it allows -8 to 9, and what is outside is no precision.
    """
    exponent = table.exponents.get(_cell(table.exponent_object, index, walked) or 0, 0)
    precision = _cell(table.precision_object, index, walked) or 0
    own = table.scales.get(_cell(table.scale_object, index, walked) or 0, 1.0) if table.scale_object else 1.0
    divisor = (_cell(table.divisor_object, index, walked) or 1) if table.divisor_object else 1
    scale = kind.scale * table.scale * own / divisor * 10.0 ** (exponent - (precision if -8 <= precision <= 9 else 0))
    unit = (SENSOR_CLASSES[kind.sensor_class].unit_of(kind.unit) if kind.sensor_class else SAME) or SAME
    return scale * unit.factor, table.offset * unit.factor + unit.offset, unit


def _limits(sensor: FoundSensor, index: Number, walked: Tables) -> dict[str, float]:
    """By severity, in the unit of the metric; on the side that is not the usual one of its class with `low-` or `high-`."""
    table = sensor.table
    told: dict[str, float] = {}
    if not sensor.sensor_class or sensor.is_milliwatts:
        return {}
    falls = SENSOR_CLASSES[sensor.sensor_class].falls
    absent = {bits_of(number_of(each)) for each in (table.absent if table.limits_absent is None else table.limits_absent)}
    for name, given in (*table.limits.items(), *_limits_in_rows(table, index, walked)):
        side, _, word = name.partition("_")
        value = (
            float(given) if isinstance(given, int | float) else _limit(sensor, number(_limit_cell(given, index, walked)), absent)
        )
        if value is not None:
            usual = (side == "low") == falls
            key = _SEVERITIES[word] if usual else f"{side}-{_SEVERITIES[word]}"
            # Of two limits with one meaning, the one that is reached first.
            told[key] = (max if side == "low" else min)(value * sensor.factor, told.get(key, value * sensor.factor))
    return told


def _limit_cell(given: str | tuple[str, Number], index: Number, walked: Tables) -> Value:
    return walked.cell(given, index) if isinstance(given, str) else walked.cell(*given)


def _limits_in_rows(table: SensorTable, index: Number, walked: Tables) -> Iterator[tuple[str, tuple[str, Number]]]:
    """(name, cell) of the limits that a table of limits has for a sensor."""
    rows = table.limit_rows
    for at, _ in walked.beginning(rows.value, index) if rows is not None else ():
        assert rows is not None
        severity, relation = walked.cell(rows.severity, at), walked.cell(rows.relation, at)
        side = rows.relations.get(relation) if isinstance(relation, int) else None
        word = rows.severities.get(severity) if isinstance(severity, int) else None
        if side and word:
            yield f"{side}_{word}", (rows.value, at)


def _limit(sensor: FoundSensor, raw: float, absent: set[int]) -> float | None:
    table = sensor.table
    if raw != raw or bits_of(raw) in absent or not table.least <= raw <= table.most:
        return None
    return raw * (sensor.scale if table.limits_scale is None else table.limits_scale) + sensor.offset


# --- names --------------------------------------------------------------------------------------------------------------------


def _named(table: SensorTable, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """What each row is called: its first text, unless others have the same; then its first text that is its own."""
    width = max((len(each.names) for each in candidates), default=0)
    often = [Counter(each.names[at] for each in candidates if at < len(each.names)) for at in range(width)]
    for each in candidates:
        own = (name for name, counted in zip(each.names, often, strict=False) if counted[name] == 1)
        descr = next(own, each.names[0] if each.names else "")
        index = ".".join(map(str, ber.index_numbers(each.sensor.index)))
        called = descr or f"{each.sensor.sensor_class or table.name} {index}"
        component = called if table.component is None else table.component
        each.sensor = replace(each.sensor, component=component, descr=descr)
    return list(candidates)


def _lanes(table: SensorTable, candidates: list[_Candidate], rows: Sequence[Number]) -> list[_Candidate]:
    """Make light a value of its port, or of one of its lanes where it has several."""
    often = Counter((each.port, each.sensor.sensor_class) for each in candidates if each.port)
    for each in candidates:
        if each.port and each.sensor.sensor_class in _LIGHT:
            several = often[each.port, each.sensor.sensor_class] > 1 or table.lane.isdigit()
            lane = each.lane or ".".join(map(str, ber.index_numbers(each.sensor.index)[1:]))
            each.sensor = replace(each.sensor, component=f"{each.port} lane {lane}" if several else each.port)
    return candidates


# --- light of ENTITY-SENSOR-MIB -----------------------------------------------------------------------------------------------


def _light(table: SensorTable, ways: Optics, walked: Tables, found: Found) -> Conversing:
    """Make sensors of optical power their port's own. Several of one kind at a port are its lanes, and stay as they are."""
    lights = {
        sensor.index: kind
        for sensor in found.sensors
        if sensor.table is table and sensor.sensor_class in ("power", "dbm") and (kind := optics.direction(ways, sensor.descr))
    }
    if not lights:
        return
    ports = Ports.of(found)
    at: dict[bytes, int] = {}
    if ports.components:
        columns = [each for name in table.names[:2] for each in columns_of(template_of(name))]
        texts = ((index, clean(text)) for each in columns for index, text in walked.rows(each).items() if isinstance(text, bytes))
        named = {ber.index_numbers(index)[0]: ports.by_name[text] for index, text in texts if text in ports.by_name}
        at, trouble = yield from optics.ports_of(tuple(lights), ways, named, walked)
        found.incomplete += [f"{table.name}, ports: {each}" for each in trouble]
    lanes = Counter((at[index], kind) for index, kind in lights.items() if index in at)
    found.sensors = [
        _of_light(sensor, lights[sensor.index], at.get(sensor.index), ports, lanes)
        if sensor.table is table and sensor.index in lights
        else sensor
        for sensor in found.sensors
    ]


def _of_light(
    sensor: FoundSensor, kind: str, port: int | None, ports: Ports, lanes: Mapping[tuple[int, str], int]
) -> FoundSensor:
    """A sensor of light in dBm (RFC 3433 itself knows watts only): as a value of its port, or under its own name."""
    watts = sensor.sensor_class == "power"
    scale = sensor.scale * 1000 if watts else sensor.scale
    in_dbm = replace(sensor, sensor_class="dbm", scale=scale, is_milliwatts=watts)
    if port is None or port not in ports.components or lanes[port, kind] != 1:
        return in_dbm
    return replace(in_dbm, component=ports.components[port], sensor_class=kind)
