"""The words of a profile. Objects are given by their identifiers as text; a scalar's ends in `.0`, a column's has no index."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from noc_console.profiles.traps import TrapKind


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
    """A table of ports: the first of `names` that is not empty in a row names the port."""

    name: str
    mib: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


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
class SensorTable:
    """A table of sensors.

    Attributes
    ----------
    value : column of the measured values.
    names : columns that describe a row; the first that is not empty does.
    sensor_class : the class of all rows, or empty: `class_object` and `classes` tell it for each row.
    units_object, units : a row whose number is not among `classes` is told by the text of its unit (in lower case); one whose
        unit is not among them either is no sensor.
    optics : sensors of a port's light, which become the port's `rx_power_dbm` and `tx_power_dbm`.
    scale : factor to the unit of the class; times ten to the power that `exponents` gives for the number in `exponent_object`,
        divided by ten to the power of the number in `precision_object`.
    least, most : raw numbers outside are none (the MIB's signs for below and above the range).
    status_object, status_ok : the value counts only where this column has one of these numbers.
    words : for the class `state`.
    """

    name: str
    mib: str
    value: str
    names: tuple[str, ...]
    sensor_class: str = ""
    class_object: str = ""
    classes: Mapping[int, str] = field(default_factory=dict)
    units_object: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    optics: Optics | None = None
    scale: float = 1.0
    exponent_object: str = ""
    exponents: Mapping[int, int] = field(default_factory=dict)
    precision_object: str = ""
    least: float = -math.inf
    most: float = math.inf
    status_object: str = ""
    status_ok: tuple[int, ...] = ()
    words: Mapping[int, Word] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTable:
    """A table of parts, of which the chassis says what the device is: fact → columns, the first that is not empty counts."""

    name: str
    mib: str
    class_object: str
    chassis: tuple[int, ...]
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A kind of device.

    Attributes
    ----------
    written_from : the MIBs and documents it was written from.
    sys_object_ids, sys_descrs : what names it: prefixes of sysObjectID, regular expressions found in sysDescr.
        Where both are empty the profile is for any device.
    exclusive : a device that it names is asked nothing of the profiles for any device.
    facts : fact → scalar objects, the first that is not empty counts.
    watched : scalars whose change means that the tables were rebuilt.
    neighbours : protocols whose tables it has (`lldp`).
    traps : what its notifications mean.
    """

    name: str
    title: str
    written_from: tuple[str, ...]
    sys_object_ids: tuple[str, ...] = ()
    sys_descrs: tuple[str, ...] = ()
    exclusive: bool = False
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    watched: tuple[str, ...] = ()
    scalars: tuple[Scalar, ...] = ()
    ports: tuple[PortTable, ...] = ()
    sensors: tuple[SensorTable, ...] = ()
    entities: tuple[EntityTable, ...] = ()
    neighbours: tuple[str, ...] = ()
    traps: tuple[TrapKind, ...] = ()

    @property
    def only_traps(self) -> bool:
        """Whether it describes traps and nothing else: no device is asked anything by it."""
        asked = self.facts or self.watched or self.scalars or self.ports or self.sensors or self.entities or self.neighbours
        return bool(self.traps) and not asked
