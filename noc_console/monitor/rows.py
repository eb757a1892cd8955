"""Latest values of each source, and the rates of its counters between two answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noc_console.model.changes import Row
from noc_console.model.poll import Layout, PollResult, Values

UPTIME = ("", "uptime_seconds")

UPTIME_WRAPS_AT = 42_949_672.96
"""sysUpTime counts hundredths of a second in 32 bits (RFC 3418): after 497 days it begins again without a reboot."""

_WRAP_MARGIN = 86_400.0
_RANGE_32 = 2.0**32
_LIKELY_GROWTH = 4.0
"""A counter that seems to have wrapped grew by no more than so many times what it did in the interval before."""
MOST_FOUND = 4096
"""Answers to `values_of` that are remembered: layouts come and go."""
CLOCK_TOLERANCE_S = 3.0
_HUNDREDTH = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """What rates need to know of a layout; shared by all that have it."""

    counters: NDArray[np.intp]
    uptime: int
    no_rates: Values

    @classmethod
    def of(cls, layout: Layout) -> "_Columns":
        no_rates = np.full(len(layout), np.nan)
        no_rates.setflags(write=False)
        counters = [i for i, (_, metric) in enumerate(layout.keys) if metric.endswith("_total")]
        return cls(np.array(counters, dtype=np.intp), layout.index.get(UPTIME, -1), no_rates)


@dataclass(slots=True)
class _Track:
    """Of one (device, source): what rates need. Columns belong to `layout`."""

    layout: Layout
    columns: _Columns
    time: float = -np.inf
    values: Values | None = None
    """Of the answer before; they are those of its row, and kept once."""
    rates: Values | None = None
    """As last reckoned, of all columns; None where the answer before gave none."""
    uptime: float = np.nan


class Rows:
    """Rows of all devices. Used from the monitor's thread."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Row] = {}
        self._tracks: dict[tuple[str, str], _Track] = {}
        self._sources: dict[str, list[str]] = {}
        self._found: dict[tuple[int, str, str], NDArray[np.intp]] = {}
        self._layouts: dict[int, _Columns] = {}

    def take(self, result: PollResult) -> tuple[Row, bool]:
        """The row of an answer, and whether the device was rebooted since the answer before (its uptime went down)."""
        key = (result.device, result.source)
        track = self._tracks.get(key)
        if track is None or track.layout is not result.layout:
            track = self._tracks[key] = self._following(track, result.layout)
        up_before = track.uptime
        rebooted = self._note_uptime(track, result)
        rates = self._rates(track, result, _seconds(track, up_before, result), rebooted=rebooted)
        row = Row(
            device=result.device,
            source=result.source,
            time=result.finished,
            interval=result.interval,
            layout=result.layout,
            values=result.values,
            rates=rates,
            texts=result.texts,
        )
        if key not in self.rows:
            self._sources.setdefault(result.device, []).append(result.source)
        self.rows[key] = row
        return row, rebooted

    def values_of(self, device: str, part: str, metric: str) -> Values:
        """The latest values of a metric of a device's components whose name has this part in it, in the order of their names."""
        found = [self.rows[device, source] for source in self._sources.get(device, ())]
        taken = [row.values[self._columns(row.layout, part, metric)] for row in found]
        return max(taken, key=len) if taken else np.zeros(0)

    def _columns(self, layout: Layout, part: str, metric: str) -> NDArray[np.intp]:
        key = (layout.number, part, metric)
        columns = self._found.get(key)
        if columns is None:
            if len(self._found) >= MOST_FOUND:
                self._found.clear()
            names = sorted((c, i) for i, (c, m) in enumerate(layout.keys) if m == metric and part in c.lower())
            columns = self._found[key] = np.array([i for _, i in names], dtype=np.intp)
        return columns

    def _following(self, old: _Track | None, layout: Layout) -> _Track:
        columns = self._layouts.get(layout.number)
        if columns is None:
            columns = self._layouts[layout.number] = _Columns.of(layout)
        track = _Track(layout, columns)
        if old is not None:
            track.uptime = old.uptime
        return track

    @staticmethod
    def _note_uptime(track: _Track, result: PollResult) -> bool:
        if track.columns.uptime < 0:
            return False
        before, now = track.uptime, float(result.values[track.columns.uptime])
        if now != now:
            return False
        track.uptime = now
        wrapped = before > UPTIME_WRAPS_AT - _WRAP_MARGIN and before < UPTIME_WRAPS_AT
        return now < before and not wrapped

    @staticmethod
    def _rates(track: _Track, result: PollResult, seconds: float, *, rebooted: bool) -> Values:
        """Per second; NaN without an answer before, after a reboot, and where a counter went down and did not wrap."""
        columns = track.columns
        if not len(columns.counters):
            return columns.no_rates
        counts = result.values[columns.counters]
        values_before, rates_before = track.values, track.rates
        track.values, track.time, track.rates = result.values, result.finished, None
        if values_before is None or rebooted or seconds <= 0:
            return columns.no_rates
        before = values_before[columns.counters]
        grown = counts - before
        if 1 in (grown < 0).tobytes():  # of so few a third of what `any` costs
            _unwrap(grown, before, seconds, rates_before[columns.counters] if rates_before is not None else None)
        grown /= seconds
        rates = np.full(len(result.layout), np.nan)
        rates[columns.counters] = grown
        rates.setflags(write=False)
        track.rates = rates
        return rates


def _seconds(track: _Track, up_before: float, result: PollResult) -> float:
    """Time since the answer before: by the device's uptime where that is fine, or where the answers' times do not agree with it.

    The collector's clock may have been set meanwhile; the device's uptime goes on.
    """
    seconds = result.finished - track.time
    if track.columns.uptime < 0:
        return seconds
    up = float(result.values[track.columns.uptime]) - up_before
    if up < 0:
        up += UPTIME_WRAPS_AT
    # the answer took its time, and agents count in steps of a second or so
    if up != up:
        return seconds
    stepped = abs(up - seconds) > CLOCK_TOLERANCE_S + 0.1 * abs(up)
    return up if stepped or _is_fine(up_before, up) else seconds


def _is_fine(up_before: float, up: float) -> bool:
    """Whether an uptime counts hundredths, as RFC 3418 wants it: then it is the time between two readings of the counters.

    The answers' own times hold how long each answer took, and how often it was lost.
    """
    return abs(up_before - round(up_before)) > _HUNDREDTH / 2 or abs(up - round(up)) > _HUNDREDTH / 2


def _unwrap(grown: Values, before: Values, seconds: float, grew: Values | None) -> None:
    """Of counters that went down: those of 32 bits that wrapped have grown, the others were reset and say nothing.

    A counter that was set to zero looks as one that wrapped: it is believed to have wrapped only if it then grew about as it did
    before. One of 64 bits does not wrap within the life of a device.
    """
    down = grown < 0
    wrapped = grown + _RANGE_32
    believed = np.zeros(len(grown), dtype=bool)
    if grew is not None:
        believed = down & (before < _RANGE_32) & (wrapped >= 0) & (wrapped <= _LIKELY_GROWTH * grew * seconds)
    grown[down] = np.nan
    grown[believed] = wrapped[believed]


def booted_at(result: PollResult) -> float:
    """When the device was started, by its uptime; the time of the answer where that does not tell it."""
    column = result.layout.index.get(UPTIME, -1)
    uptime = float(result.values[column]) if column >= 0 else 0.0
    return result.finished - (uptime if uptime == uptime else 0.0)
