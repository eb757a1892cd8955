"""What went through the monitor thread: counts, and percentiles of the newest."""

from dataclasses import dataclass

import numpy as np

from noc_console.model.poll import PollResult

NEWEST_KEPT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCounts:
    """What went through since the start, for `collect --stats` and benchmarks.

    `readings` are values that are not NaN; seconds of polls are of the newest 10,000 answers, NaN if there are none;
    lag is from a poll's end to its judgement.
    """

    results: int = 0
    failed: int = 0
    readings: int = 0
    turns: int = 0
    errors: int = 0
    poll_seconds_p50: float = float("nan")
    poll_seconds_p99: float = float("nan")
    lag_seconds_p99: float = float("nan")
    lag_seconds_most: float = 0.0


class Newest:
    """The newest numbers of a stream, for percentiles. One writer; readers see some of the newest."""

    def __init__(self, capacity: int = NEWEST_KEPT) -> None:
        self._numbers = np.full(capacity, np.nan)
        self._count = 0

    def add(self, number: float) -> None:
        """Take one more; the oldest goes."""
        self._numbers[self._count % len(self._numbers)] = number
        self._count += 1

    def percentile(self, percent: float) -> float:
        """Of those that are held; NaN if there are none."""
        known = self._numbers[: min(self._count, len(self._numbers))]
        return float(np.percentile(known, percent)) if len(known) else float("nan")


class Tally:
    """Counts as they grow: for every answer there are a few additions, and an object only when someone asks. One writer."""

    def __init__(self) -> None:
        self.turns = 0
        self._results = 0
        self._failed = 0
        self._readings = 0
        self._lag_most = 0.0
        self._durations = Newest()
        self._lags = Newest()

    def add(self, result: PollResult, now: float) -> None:
        """Count one more answer or miss, which is taken in now."""
        values, lag = result.values, now - result.finished
        self._durations.add(result.finished - result.started)
        self._lags.add(lag)
        self._results += 1
        self._failed += result.error is not None
        if len(values):
            self._readings += int(np.count_nonzero(values == values))
        if lag > self._lag_most:
            self._lag_most = lag

    def counts(self) -> LiveCounts:
        """All of it, but for errors."""
        return LiveCounts(
            results=self._results,
            failed=self._failed,
            readings=self._readings,
            turns=self.turns,
            poll_seconds_p50=self._durations.percentile(50),
            poll_seconds_p99=self._durations.percentile(99),
            lag_seconds_p99=self._lags.percentile(99),
            lag_seconds_most=self._lag_most,
        )
