"""Steps of colour ramps and ticks of axes. Pure; no Qt."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

MISSING = 255
"""Step of what is not known."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """A fixed range of values on a ramp of colours; never scaled by what happens to be on screen."""

    low: float
    high: float
    steps: int

    def step(self, values: NDArray[np.float64]) -> NDArray[np.uint8]:
        """Step of each value, 0 to steps - 1; MISSING for NaN."""
        known = np.nan_to_num(values, nan=self.low)
        at = np.clip((known - self.low) / (self.high - self.low) * self.steps, 0, self.steps - 1).astype(np.uint8)
        at[np.isnan(values)] = MISSING
        return at

    def step_of(self, value: float) -> int:
        """Step of one value."""
        if math.isnan(value):
            return MISSING
        return min(max(int((value - self.low) / (self.high - self.low) * self.steps), 0), self.steps - 1)


INLET = Ramp(20.0, 44.0, 11)
GPU_TEMPERATURE = Ramp(60.0, 90.0, 11)

TIME_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000)


def zone(name: str) -> ZoneInfo:
    """Time zone of this name; UTC for one that the system does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def time_ticks(start: float, end: float, most: int, timezone: str = "UTC") -> tuple[list[float], int]:
    """(times of the ticks, seconds between them): at most `most`, on round times of the zone."""
    span = max(end - start, 1e-3)
    step = next((s for s in TIME_STEPS if span / s <= max(most, 1)), TIME_STEPS[-1])
    offset = datetime.fromtimestamp(start, UTC).astimezone(zone(timezone)).utcoffset()
    shift = offset.total_seconds() if offset else 0.0
    first = math.ceil((start + shift) / step) * step - shift
    count = int((end - first) // step) + 1 if end >= first else 0
    return [first + n * step for n in range(count)], step


def clock(time: float, timezone: str, step: float = 60) -> str:
    """A time as a tick shows it: with seconds below a minute, with the day from a day on."""
    moment = datetime.fromtimestamp(time, UTC).astimezone(zone(timezone))
    if step >= 86400:
        return moment.strftime("%d.%m.")
    return moment.strftime("%H:%M" if step >= 60 else "%H:%M:%S")


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Round values of an axis, at most `most`."""
    span = max(high - low, 1e-9)
    rough = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * f for f in (1, 2, 2.5, 5, 10) if power * f >= rough - 1e-12)
    first = math.ceil(low / step - 1e-9)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


def bounds_of(values: NDArray[np.floating], limits: list[float], least: float, grid: float) -> tuple[float, float]:
    """A range that holds the values and the limits, in multiples of `grid`, at least `least` high: it changes seldom."""
    known = values[np.isfinite(values)]
    every = [*limits, *((float(known.min()), float(known.max())) if len(known) else ())]
    if not every:
        return 0.0, least
    low = math.floor((min(every) - grid * 0.2) / grid) * grid
    high = math.ceil((max(every) + grid * 0.2) / grid) * grid
    low = max(low, 0.0) if min(every) >= 0.0 else low
    return low, max(high, low + least)
