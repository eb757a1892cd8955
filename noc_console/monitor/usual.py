"""What a value usually is at each hour of the week, learned from the readings themselves and kept in the store.

Of each value 168 hourly means and one spread are kept (about 850 bytes), whatever the number of readings. A reading that is far
off teaches only as much as the mildest level: a fault does not become usual in an afternoon, a new use does within weeks.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from logging import getLogger
from zlib import compress, decompress
from zlib import error as zlib_error

import numpy as np
from numpy.typing import NDArray

from noc_console.alarms.kinds import UsualCondition
from noc_console.model.alarm import Param
from noc_console.model.poll import PollResult, Values
from noc_console.monitor.gauges import Columns, Widened, read

log = getLogger(__name__)

HOURS = 168
LEAST_STEP = 0.25
"""A week moves the mean of an hour at least by this share of the difference: what is usual changes within weeks."""

LEAST_SPREAD_STEP = 1.0 / HOURS
MOST_COMPONENTS = 1024
"""Components of one device that one condition learns of; what is not given any more makes room."""

MOST_TEXT = 8_000_000


class Learned:
    """What one condition knows of one device.

    Attributes
    ----------
    means : (168, n) float32, by the hour of the week from Monday 0:00 in the zone of the site. weeks : (168, n) uint8, how often
        that hour was seen. spread : (n,) float32, the usual distance of readings from the mean of their hour, NaN = not known.
    """

    def __init__(self, components: Sequence[str] = ()) -> None:
        self.components = {name: i for i, name in enumerate(components)}
        n = len(self.components)
        self.means: NDArray[np.float32] = np.zeros((HOURS, n), dtype=np.float32)
        self.weeks: NDArray[np.uint8] = np.zeros((HOURS, n), dtype=np.uint8)
        self.spread: NDArray[np.float32] = np.full(n, np.nan, dtype=np.float32)

    def places(self, components: Sequence[str]) -> Columns:
        """Where these components stand; those that are new get a place, -1 where there is none left."""
        new = [name for name in components if name not in self.components]
        new = new[: max(0, MOST_COMPONENTS - len(self.components))]
        if new:
            self.components.update({name: len(self.components) + i for i, name in enumerate(new)})
            self.means = np.hstack((self.means, np.zeros((HOURS, len(new)), dtype=np.float32)))
            self.weeks = np.hstack((self.weeks, np.zeros((HOURS, len(new)), dtype=np.uint8)))
            self.spread = np.concatenate((self.spread, np.full(len(new), np.nan, dtype=np.float32)))
        return np.array([self.components.get(name, -1) for name in components], dtype=np.intp)

    def as_text(self) -> str:
        """For the store."""
        arrays = (self.means.tobytes(), self.weeks.tobytes(), self.spread.tobytes())
        packed = [b64encode(compress(raw, 1)).decode("ascii") for raw in arrays]
        return json.dumps([1, list(self.components), *packed], ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> "Learned | None":
        """From the store; None where it cannot be read."""
        try:
            version, names, *packed = json.loads(text) if len(text) <= MOST_TEXT else (0, ())
            if version != 1 or len(names) > MOST_COMPONENTS or len(packed) != 3:
                return None
            found, n = cls(tuple(dict.fromkeys(map(str, names)))), len(names)
            means, weeks, spread = (decompress(b64decode(part)) for part in packed)
            found.means = np.frombuffer(means, dtype=np.float32).reshape(HOURS, n).copy()
            found.weeks = np.frombuffer(weeks, dtype=np.uint8).reshape(HOURS, n).copy()
            found.spread = np.frombuffer(spread, dtype=np.float32).reshape(n).copy()
        except (ValueError, TypeError, zlib_error):
            return None
        usable = len(found.components) == n and bool(np.isfinite(found.means).all())
        return found if usable else None


class WeekClock:
    """The hour of the week in a zone, as a number with a fraction: Monday 0:00 is 0."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._offset = 0.0
        self._good = (0.0, 0.0)

    def hours(self, at: float) -> float:
        """Hours since Monday 0:00."""
        if not self._good[0] <= at < self._good[1]:
            offset = datetime.fromtimestamp(at, self._zone).utcoffset()
            self._offset = offset.total_seconds() if offset is not None else 0.0
            begin = at // 900 * 900  # zones change at quarters of an hour
            self._good = (begin, begin + 900)
        # 1970-01-01 was a Thursday.
        return ((at + self._offset) / 3600.0 + 72.0) % HOURS


class UsualGauge:
    """The difference of values from what they usually are now."""

    def __init__(
        self,
        condition: UsualCondition,
        columns: Columns,
        components: Sequence[str],
        learned: Learned,
        clock: WeekClock,
        keep: Callable[[float], None],
    ) -> None:
        """`keep` is told (the time) when something was learned."""
        self._condition = condition
        self._widened = Widened(condition)
        self._learned = learned
        self._clock = clock
        self._keep = keep
        places = learned.places(components)
        self._known = places >= 0
        self._columns, self._places = columns, np.maximum(places, 0)
        n = len(columns)
        self._hour = -1
        self._sum, self._far, self._count = np.zeros(n), np.zeros(n), np.zeros(n)
        self._usual: Values = np.full(n, np.nan)

    def figures(self, result: PollResult) -> Values:
        """How far each is from what is usual; NaN where that is not known yet."""
        hours = self._clock.hours(result.finished)
        if int(hours) != self._hour:
            self._learn(result.finished)
            self._hour = int(hours)
        values = read(result.values, self._columns)
        usual, lowest, highest, seen = self._expected(hours)
        spread = np.nan_to_num(self._learned.spread[self._places].astype(np.float64))
        self._usual = np.where(seen >= self._condition.weeks, usual, np.nan)
        # Between two hours of which one is busy both are usual: work does not begin on the minute.
        nearest = np.where(seen >= self._condition.weeks, np.clip(values, lowest, highest), np.nan)
        found = self._widened.figures(values, nearest, spread)
        self._gather(values, usual, seen, found)
        return found

    def params(self, i: int) -> Mapping[str, Param]:
        """What it usually is."""
        return {"usual": round(float(self._usual[i]), 6)}

    def _expected(self, hours: float) -> tuple[Values, Values, Values, NDArray[np.uint8]]:
        """(mean, lower and higher of the two hours whose middles are nearest, the fewer weeks of the two)."""
        before = int((hours - 0.5) // 1) % HOURS
        after, part = (before + 1) % HOURS, (hours - 0.5) % 1.0
        means, weeks = self._learned.means, self._learned.weeks
        a, b = weeks[before, self._places], weeks[after, self._places]
        first, second = means[before, self._places].astype(np.float64), means[after, self._places].astype(np.float64)
        # Where one of the two was never seen the other has to do for learning.
        first, second = np.where(a == 0, second, first), np.where(b == 0, first, second)
        usual = first + part * (second - first)
        seen = np.where(self._known, np.minimum(a, b), 0).astype(np.uint8)
        return usual, np.minimum(first, second), np.maximum(first, second), seen

    def _gather(self, values: Values, usual: Values, seen: NDArray[np.uint8], figures: Values) -> None:
        """Add a reading to its hour; one that is far off counts as one at the mildest level."""
        mild = self._widened.mildest
        wrong = figures > mild
        if wrong.any():
            pulled = usual + (values - usual) * mild / np.where(wrong, figures, mild)
            values = np.where(wrong, pulled, values)
        known = values == values
        self._sum[known] += values[known]
        self._count += known
        self._far[known] += np.where(seen > 0, np.abs(values - usual), 0.0)[known]

    def _learn(self, at: float) -> None:
        """The hour is over."""
        taught = (self._count > 0) & self._known
        if self._hour < 0 or not taught.any():
            return
        rows, learned = self._places[taught], self._learned
        mean = self._sum[taught] / self._count[taught]
        far = 1.2533 * self._far[taught] / self._count[taught]  # mean deviation, made comparable with a standard deviation
        weeks = learned.weeks[self._hour, rows].astype(np.float64)
        step = np.where(weeks > 0, np.maximum(1.0 / (weeks + 1.0), LEAST_STEP), 1.0)
        learned.means[self._hour, rows] += step * (mean - learned.means[self._hour, rows])
        before = learned.spread[rows]
        newer = np.where(np.isnan(before), far, before + np.maximum(LEAST_SPREAD_STEP, 0.02) * (far - before))
        learned.spread[rows] = np.where(weeks > 0, newer, before)
        learned.weeks[self._hour, rows] = np.minimum(weeks + 1, 255)
        self._sum[:], self._far[:], self._count[:] = 0.0, 0.0, 0.0
        self._keep(at)
