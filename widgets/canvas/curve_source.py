"""Curves from the mirror's memory, continued into the past from the store. UI thread; the store is read in a worker."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from widgets.past import PastReader
from widgets.view import ViewContext

Key = tuple[str, str, str]
Points = tuple[NDArray[np.float64], NDArray[np.float64]]
RANGES = (1800.0, 7200.0, 86400.0)
"""What [ and ] step through: 30 min, 2 h, 24 h."""
SLACK = 120.0
"""The memory reaches back far enough when this many seconds are missing."""


class CurveSource(QObject):
    """Points of keys, live ones at once, older ones when they have been read.

    Signals
    -------
    changed(): older points came, or are being read (`is_reading`), or could not be (`error`).
    """

    changed = Signal()

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._past: dict[Key, Points] = {}
        self._read_from: dict[Key, float] = {}
        self._reader = PastReader(self)
        self._reader.found.connect(self._take)
        self._reader.failed.connect(self._fail)
        self._reader.busy_changed.connect(self.changed)
        self.error = ""

    @property
    def is_reading(self) -> bool:
        """Whether older points are being read."""
        return self._reader.is_busy

    def points(self, key: Key) -> Points:
        """(times, values) of a key, oldest first."""
        times, values = self._context.mirror.series.curve(*key)
        live = values.astype(np.float64)
        past = self._past.get(key)
        if past is None:
            return times, live
        before = past[0] < times[0] if len(times) else np.ones(len(past[0]), dtype=bool)
        return np.concatenate([past[0][before], times]), np.concatenate([past[1][before], live])

    def reach_back(self, keys: Sequence[Key], start: float) -> None:
        """Read from the store what the memory of these keys lacks since `start`."""
        wanted: list[tuple[Key, float]] = []
        for key in keys:
            times, _ = self._context.mirror.series.curve(*key)
            first = float(times[0]) if len(times) else self._context.clock()
            if first - start > SLACK and self._read_from.get(key, np.inf) > start + SLACK:
                wanted.append((key, first))
        if wanted and not self._reader.is_busy:
            self._reader.ask(tuple(wanted), partial(self._read, tuple(wanted), start))

    def _read(self, wanted: tuple[tuple[Key, float], ...], start: float) -> tuple[float, dict[Key, Points]]:
        """In the worker: the points before what the memory holds."""
        return start, {key: self._context.history.readings(*key, start, end) for key, end in wanted}

    @Slot(object, object)
    def _take(self, _wanted: object, answer: tuple[float, dict[Key, Points]]) -> None:
        start, found = answer
        self._past.update(found)
        self._read_from.update(dict.fromkeys(found, start))
        self.error = ""
        self.changed.emit()

    @Slot(object, str)
    def _fail(self, wanted: tuple[tuple[Key, float], ...], error: str) -> None:
        self._read_from.update({key: 0.0 for key, _ in wanted})
        self.error = error
        self.changed.emit()

    def try_again(self) -> None:
        """Forget that reading failed."""
        self._read_from.clear()
        self.error = ""
