"""When what is in flight has to be looked at again."""

import heapq
from collections import deque
from collections.abc import Callable


class Timers:
    """Keys that come due. Those of one time-out come due in their order, so that most are added and dropped at an end."""

    def __init__(self) -> None:
        self._queues: dict[float, deque[tuple[float, int]]] = {}
        self._odd: list[tuple[float, int]] = []

    def add(self, when: float, key: int, timeout: float) -> None:
        """Come due at this time; `timeout` says which it is likely to stand in order with."""
        queue = self._queues.get(timeout)
        if queue is None:
            queue = self._queues[timeout] = deque()
        if queue and when < queue[-1][0]:
            heapq.heappush(self._odd, (when, key))
        else:
            queue.append((when, key))

    def next(self, is_waited_for: Callable[[int], object]) -> float:
        """When the next of those comes due that are still waited for; the others are dropped. Infinity if there is none."""
        soonest = float("inf")
        for queue in self._queues.values():
            while queue and not is_waited_for(queue[0][1]):
                queue.popleft()
            if queue:
                soonest = min(soonest, queue[0][0])
        while self._odd and not is_waited_for(self._odd[0][1]):
            heapq.heappop(self._odd)
        return min(soonest, self._odd[0][0]) if self._odd else soonest

    def due(self, now: float) -> list[int]:
        """What has come due, taken off."""
        found = []
        for queue in self._queues.values():
            while queue and queue[0][0] <= now:
                found.append(queue.popleft()[1])
        while self._odd and self._odd[0][0] <= now:
            found.append(heapq.heappop(self._odd)[1])
        return found
