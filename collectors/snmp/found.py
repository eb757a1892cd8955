"""What was found on a device: what a plan is made of, and what is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collectors.snmp.ber import Value
from collectors.snmp.walk import Rows
from noc_console.model.poll import Facts, Limits, Neighbour
from noc_console.profiles.classes import SENSOR_CLASSES
from noc_console.profiles.profile import Column, Profile, Scalar, SensorTable


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
    """A sensor, or another value of a table. Its raw number times `scale` plus `offset` is in the unit of its class.

    `has_status`: its row says whether it counts. `after` is the row before it in the table, whether that is a sensor or not.
    `is_milliwatts`: scaled so, and kept as dBm. `limits`: by severity, in the unit of the metric.
    """

    component: str
    table: SensorTable
    index: bytes
    after: bytes
    descr: str
    sensor_class: str
    scale: float
    has_status: bool
    offset: float = 0.0
    is_milliwatts: bool = False
    limits: Mapping[str, float] = field(default_factory=dict)

    @property
    def metric(self) -> str:
        """The metric under which it is kept."""
        return SENSOR_CLASSES[self.sensor_class].metric if self.sensor_class else self.table.metric

    @property
    def factor(self) -> float:
        """From the unit of its class to that of the metric."""
        return SENSOR_CLASSES[self.sensor_class].factor if self.sensor_class else 1.0


@dataclass(slots=True)
class Found:
    """Everything found on a device."""

    profiles: tuple[Profile, ...] = ()
    system: dict[str, str] = field(default_factory=dict)
    watched: dict[bytes, Value] = field(default_factory=dict)
    scalars: list[Scalar] = field(default_factory=list)
    ports: list[FoundPort] = field(default_factory=list)
    sensors: list[FoundSensor] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)
    """Those that gave a row."""
    neighbours: tuple[Neighbour, ...] | None = None
    """None: not asked, or the table could not be read whole."""
    lacks_neighbours: bool = False
    """A table of neighbours was cut off: those that are missing are not gone."""
    incomplete: list[str] = field(default_factory=list)
    octets: dict[bytes, int] = field(default_factory=dict)
    """For each column asked regularly: octets that its largest value takes in a reply, with room to grow."""

    def note_sizes(self, walked: Mapping[bytes, Rows]) -> None:
        """Note how large the values of walked columns are."""
        for column, rows in walked.items():
            self.octets[column] = max(self.octets.get(column, 0), max(map(_octets_of, rows.values()), default=0))

    def forget_repeated(self) -> None:
        """Leave out what tells another table's sensors once more: nobody wants two alarms of one fan."""
        self.sensors = [sensor for sensor in self.sensors if self.tables.isdisjoint(sensor.table.repeats)]

    def facts(self) -> Facts:
        """Facts of the device and its ports."""
        return {"": self.system, **{port.component: port.facts for port in self.ports if port.facts}}

    def limits(self) -> Limits:
        """Limits that the device tells of its sensors."""
        told: dict[str, dict[str, Mapping[str, float]]] = {}
        for sensor in self.sensors:
            if sensor.limits:
                told.setdefault(sensor.component, {})[sensor.metric] = sensor.limits
        return told


def _octets_of(value: Value) -> int:
    """Room for a value in a reply: what counts will take one octet more."""
    if isinstance(value, int):
        return value.bit_length() // 8 + 2
    return len(value) if isinstance(value, bytes) else 9
