"""Classes of sensors: the unit that a person reads, the metric that is kept, the factor between them, and what devices write."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_CUBIC_METRES_PER_CFM = 0.3048**3 / 60


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a device: value times `factor` plus `offset` is the class's. `is_power`: to milliwatts, of which dBm are made."""

    factor: float = 1.0
    offset: float = 0.0
    is_power: bool = False


SAME = Unit()


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorClass:
    """A class of sensors. `factor` turns a value in `unit` (what `probe` prints) into the metric's base unit.

    `rx_power` and `tx_power` are a port's; `printed` is the class under which `probe` prints them.
    `units` are the units that devices write. `falls`: what is wrong with it is mostly that it is too low.
    """

    name: str
    unit: str
    metric: str
    factor: float = 1.0
    units: Mapping[str, Unit]
    falls: bool = False

    @property
    def printed(self) -> str:
        """The class of `formats.md` that it belongs to."""
        return _PRINTED.get(self.name, self.name)

    def unit_of(self, text: str) -> Unit | None:
        """A unit by its sign; None if the class has none such."""
        return SAME if text in ("", self.unit) else self.units.get(text)


_PRINTED = {
    "fanspeed_percent": "fanspeed",
    "rx_power": "dbm",
    "tx_power": "dbm",
    "apparent_power": "power",
    "reactive_power": "power",
}
_LIGHT = {
    name: Unit(factor, is_power=True) for name, factor in (("W", 1e3), ("mW", 1.0), ("µW", 1e-3), ("uW", 1e-3), ("nW", 1e-6))
}
_RATIO = {"ratio": Unit(100.0)}
_FALLING = frozenset(("voltage", "fanspeed", "fanspeed_percent", "charge", "runtime", "rx_power", "tx_power", "snr"))


def _prefixed(unit: str, **more: float) -> dict[str, Unit]:
    """A unit with the usual prefixes."""
    prefixes = {"m": 1e-3, "µ": 1e-6, "u": 1e-6, "n": 1e-9, "k": 1e3, "M": 1e6, "G": 1e9}
    return {f"{sign}{unit}": Unit(factor) for sign, factor in prefixes.items()} | {
        name: Unit(each) for name, each in more.items()
    }


_FLOWS = {
    "m3/h": 1 / 3600,
    "m3/min": 1 / 60,
    "m3/s": 1.0,
    "l/s": 1e-3,
    "l/min": 1e-3 / 60,
    "l/h": 1e-3 / 3600,
    "gpm": 3.785411784e-3 / 60,
}
_AIR = {name: Unit(factor / _CUBIC_METRES_PER_CFM) for name, factor in _FLOWS.items()}
_WATER = {name: Unit(factor * 60_000) for name, factor in _FLOWS.items()}
_PRESSURES = {"Pa": 1e-3, "hPa": 0.1, "mbar": 0.1, "bar": 100.0, "psi": 6.894757293168, "inH2O": 0.2490889}
_TIMES = {"s": 1 / 60, "h": 60.0, "d": 1440.0, "ticks": 1 / 6000, "ms": 1 / 60_000}
_ENERGIES = {"Wh": 1e-3, "MWh": 1e3, "J": 1 / 3.6e6, "kJ": 1 / 3600}

SENSOR_CLASSES: Mapping[str, SensorClass] = MappingProxyType(
    {
        name: SensorClass(
            name=name, unit=unit, metric=metric, factor=factor, units=MappingProxyType(units), falls=name in _FALLING
        )
        for name, unit, metric, factor, units in (
            ("temperature", "°C", "temperature_celsius", 1.0, {"°F": Unit(5 / 9, -160 / 9), "K": Unit(1.0, -273.15)}),
            ("humidity", "%", "humidity_percent", 1.0, _RATIO),
            ("load", "%", "load_percent", 1.0, _RATIO),
            ("charge", "%", "charge_percent", 1.0, _RATIO),
            ("percent", "%", "level_percent", 1.0, _RATIO),
            ("fanspeed", "rpm", "fan_speed_rpm", 1.0, {"rps": Unit(60.0)}),
            ("fanspeed_percent", "%", "fan_speed_percent", 1.0, _RATIO),
            ("voltage", "V", "voltage_volts", 1.0, _prefixed("V")),
            ("current", "A", "current_amperes", 1.0, _prefixed("A")),
            ("power", "W", "power_watts", 1.0, _prefixed("W")),
            ("apparent_power", "VA", "apparent_power_volt_amperes", 1.0, _prefixed("VA")),
            ("reactive_power", "var", "reactive_power_vars", 1.0, _prefixed("var")),
            ("power_factor", "", "power_factor", 1.0, {"%": Unit(0.01)}),
            ("frequency", "Hz", "frequency_hertz", 1.0, _prefixed("Hz")),
            ("power_consumed", "kWh", "energy_joules_total", 3_600_000.0, {n: Unit(f) for n, f in _ENERGIES.items()}),
            ("runtime", "min", "runtime_seconds", 60.0, {n: Unit(f) for n, f in _TIMES.items()}),
            ("dbm", "dBm", "power_dbm", 1.0, _LIGHT),
            ("rx_power", "dBm", "rx_power_dbm", 1.0, _LIGHT),
            ("tx_power", "dBm", "tx_power_dbm", 1.0, _LIGHT),
            ("snr", "dB", "snr_decibels", 1.0, {}),
            ("ber", "", "bit_error_ratio", 1.0, {}),
            ("chromatic_dispersion", "ps/nm", "chromatic_dispersion_ps_per_nm", 1.0, {}),
            ("airflow", "cfm", "flow_cubic_metres_per_second", _CUBIC_METRES_PER_CFM, _AIR),
            ("waterflow", "l/min", "flow_cubic_metres_per_second", 1 / 60_000, _WATER),
            ("pressure", "kPa", "pressure_pascals", 1000.0, {n: Unit(f) for n, f in _PRESSURES.items()}),
            ("delay", "s", "delay_seconds", 1.0, _prefixed("s")),
            ("count", "", "items", 1.0, {}),
            ("state", "", "state", 1.0, {}),
        )
    }
)
