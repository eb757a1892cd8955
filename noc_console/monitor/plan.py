"""The judging of one answer's values against their limits, as arrays: made once per layout, Python objects only at transitions.

All arithmetic is in the direction of wrong: a value that must not fall is negated together with its limits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noc_console.alarms.book import Identity
from noc_console.alarms.conditions import LEVELS, Levels, Raises
from noc_console.model.severity import Severity

_RANKS = np.arange(1, len(LEVELS) + 1, dtype=np.int8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One value or figure that is judged: where it stands in the layout, by which condition, with which limits."""

    column: int
    identity: Identity
    component: str
    condition: Raises
    levels: Levels
    metric: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A severity that changed; None = clear. `since` is when the value first passed the limit."""

    watched: Watched
    severity: Severity | None
    value: float
    limit: float | None
    since: float


class Plan:
    """The watched values of one layout, with their state.

    Attributes
    ----------
    watched : the n values. on : (n, 4) bool, levels that stand. count, fine : (n, 4) int, readings in a row at or beyond the
        limit, or back behind it. since, well : (n, 4) float, when those rows began (UTC seconds).
    level : (n,) rank that was told last.
    calm : nothing stands and nothing is counted, so that a look at the lowest limits is enough.
    """

    def __init__(self, watched: Iterable[Watched], standing: Mapping[Identity, tuple[Severity, float]]) -> None:
        """`standing` are the severities of alarms that are open already, with their time: confirmed or cleared from here."""
        self.watched = tuple(watched)
        n = len(self.watched)
        self.columns = np.array([w.column for w in self.watched], dtype=np.intp)
        self.sign = np.array([1.0 if w.condition.above else -1.0 for w in self.watched])
        limits = [[w.levels.get(level, np.nan) for level in LEVELS] for w in self.watched]
        self.limits = np.array(limits).reshape(n, len(LEVELS)) * self.sign[:, None]
        back = np.array([w.condition.hysteresis for w in self.watched]).reshape(n, 1)
        self.back = self.limits - back
        self.lowest = np.nanmin(self.limits, axis=1) if n else np.zeros(0)
        self._need = _column([w.condition.hold.readings for w in self.watched])
        self._need_seconds = _column([w.condition.hold.seconds for w in self.watched])
        self._enough = _column([w.condition.clear.readings for w in self.watched])
        self._enough_seconds = _column([w.condition.clear.seconds for w in self.watched])
        self.on = np.zeros((n, len(LEVELS)), dtype=bool)
        self.count = np.zeros((n, len(LEVELS)), dtype=np.int32)
        self.fine = np.zeros((n, len(LEVELS)), dtype=np.int32)
        self.since = np.zeros((n, len(LEVELS)))
        self.well = np.zeros((n, len(LEVELS)))
        self.level = np.zeros(n, dtype=np.int8)
        self._take_up(standing)

    def _take_up(self, standing: Mapping[Identity, tuple[Severity, float]]) -> None:
        for i, watched in enumerate(self.watched):
            found = standing.get(watched.identity)
            if found is not None:
                rank = max(1, int(found[0]) - 1)  # LEVELS begin at WARNING = 2
                self.on[i, :rank] = True
                self.since[i] = found[1]
                self.level[i] = rank
        self._note_calm()

    def carry_over(self, old: "Plan") -> None:
        """Go on with what an older plan had counted of the same values."""
        rows = {w.identity: i for i, w in enumerate(old.watched)}
        for i, watched in enumerate(self.watched):
            j = rows.get(watched.identity)
            if j is not None and old.watched[j].condition == watched.condition:
                for mine, theirs in self._state(old):
                    mine[i] = theirs[j]
        self._note_calm()

    def _state(self, old: "Plan") -> Iterable[tuple[NDArray[np.generic], NDArray[np.generic]]]:
        names = ("on", "count", "fine", "since", "well", "level")
        return [(getattr(self, name), getattr(old, name)) for name in names]

    def _note_calm(self) -> None:
        self.calm = not (self.on.any() or self.count.any())

    @property
    def is_unsure(self) -> bool:
        """Whether a value is beyond a limit that does not stand yet."""
        return not self.calm and bool(((self.count > 0) & ~self.on).any())

    def judge(self, values: NDArray[np.float64], at: float) -> list[Transition]:
        """What changed by this answer. A NaN says nothing: it raises nothing and clears nothing."""
        signed = values[self.columns] * self.sign
        if self.calm and 1 not in (signed >= self.lowest).tobytes():  # of so few a third of what `any` costs
            return []
        before, self.level = self.level, self._advance(signed[:, None], at)
        self._note_calm()
        return [self._transition(int(i), signed) for i in np.nonzero(before != self.level)[0]]

    def _advance(self, signed: NDArray[np.float64], at: float) -> NDArray[np.int8]:
        known = ~np.isnan(signed)
        breaking = signed >= self.limits
        behind = known & ~(signed >= self.back)
        self.since = np.where(breaking & (self.count == 0) & ~self.on, at, self.since)
        self.count = np.where(known, np.where(breaking, self.count + 1, 0), self.count)
        self.well = np.where(behind & (self.fine == 0), at, self.well)
        self.fine = np.where(known, np.where(behind, self.fine + 1, 0), self.fine)
        up = breaking & (self.count >= self._need) & (at - self.since >= self._need_seconds)
        down = behind & (self.fine >= self._enough) & (at - self.well >= self._enough_seconds)
        self.on = (self.on | up) & ~down
        rank: NDArray[np.int8] = (self.on * _RANKS).max(axis=1).astype(np.int8)
        return rank

    def _transition(self, i: int, signed: NDArray[np.float64]) -> Transition:
        rank = int(self.level[i])
        watched = self.watched[i]
        value = float(signed[i] * self.sign[i])
        if not rank:
            return Transition(watched=watched, severity=None, value=value, limit=None, since=0.0)
        severity = LEVELS[rank - 1]
        return Transition(
            watched=watched,
            severity=severity,
            value=value,
            limit=watched.levels.get(severity),
            since=float(self.since[i, rank - 1]),
        )


def _column(numbers: Iterable[float]) -> NDArray[np.float64]:
    column = np.array(list(numbers), dtype=float)
    return column.reshape(len(column), 1)
