"""Limits as a device or the inventory gives them: which of them hold for a condition that looks at one side of a value.

A limit's name is a severity (`major`) on the side on which its metric is mostly wrong, and has its side before it (`low-major`,
`high-major`) on the other one.
"""

from collections.abc import Mapping
from math import isfinite

from noc_console.alarms.conditions import LEVELS, Levels

FALLING = frozenset({
    "voltage_volts", "fan_speed_rpm", "fan_speed_percent", "charge_percent", "runtime_seconds", "rx_power_dbm", "tx_power_dbm",
    "snr_decibels", "temperature_limit_margin_celsius",
})  # fmt: skip
"""Metrics of which too little is what is mostly wrong; of all others it is too much."""

_SEVERITIES = {severity.word: severity for severity in LEVELS}


def levels_of(given: Mapping[str, float], metric: str, *, above: bool) -> Levels:
    """The limits for values that are too high (`above`) or too low; words that are no severity and no numbers are left out."""
    side = "high-" if above else "low-"
    known = {word: word for word in _SEVERITIES} if above is (metric not in FALLING) else {}
    known |= {f"{side}{word}": word for word in _SEVERITIES}
    return {_SEVERITIES[known[name]]: float(value) for name, value in given.items() if name in known and isfinite(value)}
