"""Classes of sensors: the unit that a person reads, the metric that is kept, and the factor between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorClass:
    """A class of sensors. `factor` turns a value in `unit` (what `probe` prints) into the metric's base unit.

    `rx_power` and `tx_power` are a port's; `printed` is the class under which `probe` prints them.
    """

    name: str
    unit: str
    metric: str
    factor: float = 1.0

    @property
    def printed(self) -> str:
        """The class of `formats.md` that it belongs to."""
        return {"fanspeed_percent": "fanspeed", "rx_power": "dbm", "tx_power": "dbm"}.get(self.name, self.name)


_CUBIC_METRES_PER_CFM = 0.3048**3 / 60

SENSOR_CLASSES: Mapping[str, SensorClass] = MappingProxyType(
    {
        name: SensorClass(name=name, unit=unit, metric=metric, factor=factor)
        for name, unit, metric, factor in (
            ("temperature", "°C", "temperature_celsius", 1.0),
            ("humidity", "%", "humidity_percent", 1.0),
            ("load", "%", "load_percent", 1.0),
            ("charge", "%", "charge_percent", 1.0),
            ("percent", "%", "level_percent", 1.0),
            ("fanspeed", "rpm", "fan_speed_rpm", 1.0),
            ("fanspeed_percent", "%", "fan_speed_percent", 1.0),
            ("voltage", "V", "voltage_volts", 1.0),
            ("current", "A", "current_amperes", 1.0),
            ("power", "W", "power_watts", 1.0),
            ("power_factor", "", "power_factor", 1.0),
            ("frequency", "Hz", "frequency_hertz", 1.0),
            ("power_consumed", "kWh", "energy_joules_total", 3_600_000.0),
            ("runtime", "min", "runtime_seconds", 60.0),
            ("dbm", "dBm", "power_dbm", 1.0),
            ("rx_power", "dBm", "rx_power_dbm", 1.0),
            ("tx_power", "dBm", "tx_power_dbm", 1.0),
            ("snr", "dB", "snr_decibels", 1.0),
            ("ber", "", "bit_error_ratio", 1.0),
            ("chromatic_dispersion", "ps/nm", "chromatic_dispersion_ps_per_nm", 1.0),
            ("airflow", "cfm", "flow_cubic_metres_per_second", _CUBIC_METRES_PER_CFM),
            ("waterflow", "l/min", "flow_cubic_metres_per_second", 1 / 60_000),
            ("pressure", "kPa", "pressure_pascals", 1000.0),
            ("delay", "s", "delay_seconds", 1.0),
            ("count", "", "items", 1.0),
            ("state", "", "state", 1.0),
        )
    }
)
