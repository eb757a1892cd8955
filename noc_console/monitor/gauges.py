"""Figures of an answer's values, as arrays: how fast they change, what their words mean, how far they are from their peers.

A gauge belongs to one condition and one source of one device; `noc_console.monitor.figure_judge` judges what it gives. The
figure rises towards wrong; NaN says nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from noc_console.alarms.conditions import patterns
from noc_console.alarms.kinds import SECONDS_PER, PeersCondition, RateCondition, StateCondition, UsualCondition
from noc_console.model.alarm import Param
from noc_console.model.poll import PollResult, Values

Columns = NDArray[np.intp]

STEPS = 48
"""A window is looked at in so many steps at most: answers that come quicker are not kept."""

AS_DEVIATION = 1.4826
"""Times the median absolute deviation it is comparable with a standard deviation."""


class Gauge(Protocol):
    """Makes figures of one answer after another."""

    def figures(self, result: PollResult) -> Values:
        """(n,) figures of this answer, NaN = says nothing."""

    def params(self, i: int) -> Mapping[str, Param]:
        """What the alarm of the i-th tells of its figure."""


def read(values: Values, columns: Columns) -> Values:
    """The values of these columns; NaN where the column is -1."""
    found: Values = np.where(columns >= 0, values[columns], np.nan)
    return found


class RateGauge:
    """Change per time, between the medians of the two halves of a window: one wrong reading does not move them."""

    def __init__(self, condition: RateCondition, columns: Columns, components: Sequence[str]) -> None:
        self._condition = condition
        self._columns = columns
        self._components = {name: i for i, name in enumerate(components)}
        self._counts = condition.metric.endswith("_total")
        self._per = SECONDS_PER[condition.per]
        self._times = np.zeros(2 * STEPS + 2)
        self._kept = np.empty((len(self._times), len(columns)))
        self._first = self._end = 0
        self._rates: Values = np.full(len(columns), np.nan)

    def take_over(self, old: "RateGauge") -> None:
        """Go on with what an older one had kept of the same components."""
        shared = [(i, old._components[name]) for name, i in self._components.items() if name in old._components]
        self._times[:], self._first, self._end = old._times, old._first, old._end
        self._kept[:] = np.nan
        for mine, theirs in shared:
            self._kept[:, mine] = old._kept[:, theirs]

    def figures(self, result: PollResult) -> Values:
        """Change in the direction that is wrong, per second, minute or hour."""
        if not self._keep(read(result.values, self._columns), result.finished):
            return np.full(len(self._columns), np.nan)
        self._rates = self._reckoned()
        direction = self._condition.direction
        if direction == "either":
            return np.abs(self._rates)
        return self._rates if direction == "up" else -self._rates

    def params(self, i: int) -> Mapping[str, Param]:
        """The rate, with its sign."""
        return {"rate": round(float(self._rates[i]), 6), "per": self._condition.per}

    def _keep(self, row: Values, at: float) -> bool:
        """Whether this answer is one of the steps of the window."""
        window, last = self._condition.window, self._times[self._end - 1] if self._end > self._first else -np.inf
        if at < last:  # the clock was set back
            self._first = self._end
        elif at - last < window / STEPS:
            return False
        if self._end == len(self._times):
            kept = self._end - self._first
            self._times[:kept], self._kept[:kept] = self._times[self._first :], self._kept[self._first :]
            self._first, self._end = 0, kept
        if self._counts and self._end > self._first:
            # Begun anew: what it counted before says nothing of now.
            fell = row < self._kept[self._end - 1]
            self._kept[self._first : self._end, fell] = np.nan
        self._times[self._end], self._kept[self._end] = at, row
        self._end += 1
        while self._times[self._first] < at - window:
            self._first += 1
        return True

    def _reckoned(self) -> Values:
        times, kept = self._times[self._first : self._end], self._kept[self._first : self._end]
        unknown = np.isnan(kept)
        rates = np.full(kept.shape[1], np.nan)
        whole = ~unknown.any(axis=0)
        if whole.any() and self._enough(times):
            rates[whole] = _slopes(times, kept[:, whole]) * self._per
        for i in np.nonzero(~whole)[0]:
            known = ~unknown[:, i]
            if self._enough(times[known]):
                rates[i] = _slopes(times[known], kept[known, i : i + 1])[0] * self._per
        return rates

    def _enough(self, times: Values) -> bool:
        return len(times) >= self._condition.least and times[-1] - times[0] >= self._condition.window / 2


def _slopes(times: Values, kept: Values) -> Values:
    half = (len(times) + 1) // 2
    seconds = float(np.median(times[-half:]) - np.median(times[:half]))
    slopes: Values = (np.median(kept[-half:], axis=0) - np.median(kept[:half], axis=0)) / seconds
    return slopes


class StateGauge:
    """The severity that a word or a number means; 0 = well."""

    def __init__(self, condition: StateCondition, columns: Columns, components: Sequence[str]) -> None:
        self._condition = condition
        self._columns = columns
        self._components = {name: i for i, name in enumerate(components)}
        self._numbers = [(float(s), np.array(numbers)) for s, numbers in sorted(condition.numbers.items())]
        self._words = [(float(s), patterns(words)) for s, words in sorted(condition.words.items(), reverse=True)]
        self._told: dict[int, str] = {}
        self._values: Values = np.zeros(0)

    def figures(self, result: PollResult) -> Values:
        """Severities by number, by word where there is one."""
        values = self._values = read(result.values, self._columns)
        found: Values = np.where(np.isnan(values), np.nan, 0.0)
        for severity, numbers in self._numbers:
            found[np.isin(values, numbers)] = severity
        if self._words:
            self._told = {}
            for component, metric, text in result.texts:
                i = self._components.get(component, -1) if metric == self._condition.metric else -1
                if i >= 0:
                    self._told[i] = text
                    found[i] = max(self._meant(text), found[i] if found[i] == found[i] else 0.0)
        return found

    def _meant(self, text: str) -> float:
        """The worst severity of a word, or of one of several with commas between them."""
        told = (text, *text.split(","))
        return next((s for s, words in self._words if any(word.match(t.strip()) for word in words for t in told)), 0.0)

    def params(self, i: int) -> Mapping[str, Param]:
        """The device's own word."""
        return {"text": self._told[i]} if i in self._told else {}


class Widened:
    """A difference, made smaller where those it is compared with differ much among themselves.

    So that a level is at least `spreads` times their spread: difference ≥ max(level, spreads · spread) for the mildest level.
    """

    def __init__(self, condition: PeersCondition | UsualCondition) -> None:
        self.condition = condition
        self.mildest = min(condition.levels.values())

    def figures(self, values: Values, usual: Values | float, spread: Values | float) -> Values:
        """(n,) figures of values against what they should be."""
        with np.errstate(divide="ignore", invalid="ignore"):
            far = values - usual
            if self.condition.relative:
                far, spread = far / np.abs(usual), spread / np.abs(usual)
            direction = self.condition.direction
            far = np.abs(far) if direction == "either" else far if direction == "above" else -far
            wider = np.maximum(1.0, self.condition.spreads * spread / self.mildest)
            found: Values = far / wider
        return np.where(np.isfinite(found), found, np.nan)
