"""Calls that wait for their time, in the thread that owns them."""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

Call = Callable[[], None]


@dataclass(slots=True)
class Timers:
    """Confined to one thread; times are monotonic seconds. A call looks for itself whether it is still needed."""

    _heap: list[tuple[float, int, Call]] = field(default_factory=list)
    _count: "itertools.count[int]" = field(default_factory=itertools.count)

    def at(self, when: float, call: Call) -> None:
        """Make this call then."""
        heapq.heappush(self._heap, (when, next(self._count), call))

    def call_due(self, now: float) -> None:
        """Make the calls whose time has come."""
        while self._heap and self._heap[0][0] <= now:
            heapq.heappop(self._heap)[2]()

    def next_wake(self) -> float | None:
        """When the next is due."""
        return self._heap[0][0] if self._heap else None
