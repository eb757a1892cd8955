"""Points of a curve as it is drawn: gaps as NaN, at most a few per pixel. Pure; no Qt."""

import numpy as np
from numpy.typing import NDArray

GAP_AFTER = 2.5
"""A step longer than this many usual steps is a gap."""


def with_gaps(
    times: NDArray[np.float64], values: NDArray[np.floating], interval: float | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The curve with a NaN in each gap, so that nothing is joined across it. `interval` in seconds, else the median step."""
    numbers = values.astype(np.float64)
    if len(times) < 3:
        return times, numbers
    steps = np.diff(times)
    usual = interval or float(np.median(steps))
    breaks = np.flatnonzero(steps > GAP_AFTER * usual) + 1
    if not len(breaks):
        return times, numbers
    middles = times[breaks - 1] + usual / 2
    return np.insert(times, breaks, middles), np.insert(numbers, breaks, np.nan)


def envelope(
    times: NDArray[np.float64], values: NDArray[np.float64], start: float, end: float, columns: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The part from start to end, thinned to lowest and highest per pixel column where it has more points than pixels."""
    first = max(int(np.searchsorted(times, start)) - 1, 0)
    last = int(np.searchsorted(times, end, side="right")) + 1
    times, values = times[first:last], values[first:last]
    if len(times) <= 3 * columns or columns < 2:
        return times, values
    column = np.clip(((times - start) / (end - start) * columns).astype(np.intp), 0, columns - 1)
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    low = np.fmin.reduceat(values, starts)
    high = np.fmax.reduceat(values, starts)
    low[np.logical_or.reduceat(np.isnan(values), starts)] = np.nan
    at = times[starts]
    return np.repeat(at, 2), np.column_stack([low, high]).ravel()
