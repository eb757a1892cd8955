"""The words of a profile, as the engine takes them: objects are whole identifiers, `each` is spread, text is as it was written.

Objects are given as text; a scalar's ends in `.0`, a column's has no index. `written` makes these of a file.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from noc_console.profiles.traps import TrapKind

Raw = int | float | str
"""What a device writes: a number or a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a number of an enumeration means: its word, and the value that is kept (None: none, it is not known)."""

    text: str
    value: float | None = None
    plain: bool = False
    """The value alone says the word: no text is kept beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """An object that a device has once, kept under the component `""`."""

    metric: str
    object: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table of ports that gives a metric.

    Attributes
    ----------
    instead_of : name of the column whose place it takes in rows that lack that one.
    zero_unknown : the device writes 0 where it does not know.
    words : for an enumeration, what its numbers mean.
    """

    name: str
    object: str
    metric: str
    scale: float = 1.0
    instead_of: str = ""
    zero_unknown: bool = False
    words: Mapping[int, Word] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortTable:
    """A table of ports: the first of `names` that is not empty in a row names the port.

    `adds`: its rows are no new ports but tell more of those whose ifIndex the index expression `port` gives.
    """

    name: str
    mib: str
    names: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    adds: bool = False
    port: str = "[1]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Optics:
    """How sensors of optical power are told from others, and which port each belongs to.

    Attributes
    ----------
    receives, transmits : regular expressions found in the sensor's description (upper and lower case are alike).
    within : column that gives the row which a row is contained in.
    port : column, indexed by row and a logical entity, that gives the port's ifIndex as an object identifier.
    """

    receives: str
    transmits: str
    within: str
    port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRows:
    """Limits as rows of a table whose indexes begin with the sensor's.

    Attributes
    ----------
    value : column of the limits, scaled as the value.
    severity, severities : column that says how bad it is, and its numbers: `warning` or `critical`; others are no limits.
    relation, relations : column that says on which side it is bad, and its numbers: `low` or `high`.
    """

    value: str
    severity: str
    severities: Mapping[int, str]
    relation: str
    relations: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a row is: its class, and what its numbers are written in."""

    sensor_class: str
    unit: str = ""
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorTable:
    """A table of sensors, or of other values where `metric` is given.

    Attributes
    ----------
    value : column of the measured values.
    names : templates that describe a row, in order of preference; `label` is what they show for `{label}`, or is added.
    sensor_class : the class of all rows, or empty: `class_object`, a column or a part of the index, and `classes` tell it.
    units_object, units : a row whose number is not among `classes` is told by the text of its unit (in lower case); one whose
        unit is not among them either is no sensor.
    component : the name of all rows, where `metric` belongs to the device itself ("").
    unit : what the numbers are in, after `scale` and `offset`; empty: in the unit of the class.
    exponent_object, exponents, precision_object, scale_object, scales, divisor_object : factors told by each row.
    divide_by : column by whose value of the same poll the value is divided.
    least, most, absent : raw numbers outside, and these raw values, are none.
    where, unless : cell, or part of the index (`[3]`) → raw values: rows that count, rows that do not; a text behind `~` is an
        expression found in the cell. Looked at with the inventory.
    status_object, status_ok : the value counts only where this column has one of these numbers. Looked at with every poll.
    unless_found : tables; where one of them gave a row this one is not used.
    repeats : tables whose sensors these rows tell once more; where one of them gave a row, `probe` alone shows these.
    states : for the class `state`: raw value → level and the device's word. `bits`: number of a bit → the same.
    words_object : column in which each row tells its own numbers, as `Open(0),Closed(1)`; `states` has the levels of the words.
    limits : low_critical, low_warning, high_warning, high_critical → column or number.
    limit_rows : limits that are rows of a table of their own.
    limits_absent, limits_scale : as `absent` and as the factor of the value, where they differ.
    labels : column, or part of the index → its numbers in words, for templates. replace : expressions and what to write for
        what they find.
    port, port_name, lane : the ifIndex of the port that a row belongs to, or its name; which of its lanes.
    seldom : asked less often than other values.
    """

    name: str
    mib: str
    value: str
    names: tuple[str, ...] = ()
    label: str = ""
    sensor_class: str = ""
    metric: str = ""
    component: str | None = None
    class_object: str = ""
    classes: Mapping[str, Kind] = field(default_factory=dict)
    units_object: str = ""
    units: Mapping[str, Kind] = field(default_factory=dict)
    optics: Optics | None = None
    unit: str = ""
    scale: float = 1.0
    offset: float = 0.0
    exponent_object: str = ""
    exponents: Mapping[int, int] = field(default_factory=dict)
    precision_object: str = ""
    scale_object: str = ""
    scales: Mapping[int, float] = field(default_factory=dict)
    divisor_object: str = ""
    divide_by: str = ""
    least: float = -math.inf
    most: float = math.inf
    absent: tuple[Raw, ...] = ()
    where: Mapping[str, tuple[Raw, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[Raw, ...]] = field(default_factory=dict)
    status_object: str = ""
    status_ok: tuple[int, ...] = ()
    unless_found: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    bits: Mapping[int, str] = field(default_factory=dict)
    words_object: str = ""
    limits: Mapping[str, float | str] = field(default_factory=dict)
    limit_rows: LimitRows | None = None
    limits_absent: tuple[Raw, ...] | None = None
    limits_scale: float | None = None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    replace: tuple[tuple[str, str], ...] = ()
    port: str = ""
    port_name: str = ""
    lane: str = ""
    seldom: bool = False

    @property
    def kind(self) -> Kind:
        """What all rows are, where no column tells it."""
        return Kind(sensor_class=self.sensor_class, unit=self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lldp:
    """The columns of a table of neighbours as LLDP has them (IEEE 802.1AB)."""

    chassis_kind: str
    chassis: str
    port_kind: str
    port: str
    port_descr: str
    sys_name: str
    sys_descr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourTable:
    """A table of neighbours.

    Attributes
    ----------
    port, port_name : the ifIndex of the own port, or templates that give a name of it.
    host, remote_port, platform, address : templates in order of preference. `lldp` instead: columns with subtypes.
    where, unless : as in a table of sensors.
    """

    name: str
    mib: str
    protocol: str
    port: str = ""
    port_name: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    remote_port: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    lldp: Lldp | None = None
    where: Mapping[str, tuple[Raw, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[Raw, ...]] = field(default_factory=dict)
    unless_found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTable:
    """A table of parts, of which the chassis says what the device is: fact → columns, the first that is not empty counts."""

    name: str
    mib: str
    class_object: str
    chassis: tuple[int, ...]
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """One way to know a device; all that is given must hold. `present`: it has an object under this one."""

    sys_object_id: str = ""
    sys_descr: str = ""
    present: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A kind of device.

    Attributes
    ----------
    families : the gear it is for, for people. written_from : the MIBs and documents it was written from.
    sys_object_ids, sys_descrs, recognised : what names it: prefixes of sysObjectID, regular expressions found in sysDescr, and
        both at once. Where all are empty the profile is for any device.
    priority : wins before the length of a prefix does.
    builds_on : profiles that are asked as well. without : tables of other profiles that are not.
    exclusive : a device that it names is asked nothing of the profiles for any device.
    facts : fact → objects, the first that is not empty counts. facts_in_sys_descr : fact → expression, its first group.
    watched : scalars whose change means that the tables were rebuilt.
    neighbours : what else tells neighbours (`lldp`, `bridge`, `bgp`).
    traps : what its notifications mean.
    """

    name: str
    title: str
    written_from: tuple[str, ...]
    families: tuple[str, ...] = ()
    sys_object_ids: tuple[str, ...] = ()
    sys_descrs: tuple[str, ...] = ()
    recognised: tuple[Recognition, ...] = ()
    priority: int = 0
    builds_on: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    exclusive: bool = False
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts_in_sys_descr: Mapping[str, str] = field(default_factory=dict)
    watched: tuple[str, ...] = ()
    scalars: tuple[Scalar, ...] = ()
    ports: tuple[PortTable, ...] = ()
    sensors: tuple[SensorTable, ...] = ()
    gauges: tuple[SensorTable, ...] = ()
    entities: tuple[EntityTable, ...] = ()
    neighbours: tuple[str, ...] = ()
    neighbour_tables: tuple[NeighbourTable, ...] = ()
    traps: tuple[TrapKind, ...] = ()

    @property
    def only_traps(self) -> bool:
        """Whether it describes traps and nothing else: no device is asked anything by it."""
        scalars = self.facts or self.facts_in_sys_descr or self.watched or self.scalars
        tables = self.ports or self.sensors or self.gauges or self.entities or self.neighbours or self.neighbour_tables
        return bool(self.traps) and not scalars and not tables

    @property
    def is_general(self) -> bool:
        """Whether it is for any device."""
        return not (self.sys_object_ids or self.sys_descrs or self.recognised or self.only_traps)

    def ways(self) -> tuple[Recognition, ...]:
        """All that names it, in one form."""
        return (
            *(Recognition(sys_object_id=each) for each in self.sys_object_ids),
            *(Recognition(sys_descr=each) for each in self.sys_descrs),
            *self.recognised,
        )
