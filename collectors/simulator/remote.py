"""A running fleet's scenarios for a window: never blocks, knows the state of a second ago.

Satisfies `widgets.backend.ScenarioControl` without importing it.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from collectors.simulator import control

log = logging.getLogger(__name__)

PERIOD_S = 1.0


class Remote:
    """Talks to a fleet in a thread of its own (`fleet-control`); its methods return at once, from any thread.

    Attributes
    ----------
    name : the scenario that runs or waits for the fleet to be whole; empty = none.
    begun : since when it runs (UTC seconds); None = it waits, or there is none.
    """

    def __init__(self, folder: Path, scenario: str = "") -> None:
        self.folder = folder
        self.name = scenario
        self.begun: float | None = None
        self._names: tuple[str, ...] = ()
        self._orders: SimpleQueue[Callable[[], Mapping[str, Any]] | None] = SimpleQueue()
        self._is_lost = False
        self._thread = Thread(target=self._follow, name="fleet-control")
        self._thread.start()

    def repair(self) -> None:
        """End the scenario."""
        self._orders.put(lambda: control.repair(self.folder))

    def begin(self, name: str) -> None:
        """Begin another one, now."""
        self._orders.put(lambda: control.begin(self.folder, name))

    def list(self) -> tuple[str, ...]:
        """Names of all scenarios; none until the fleet has answered."""
        return self._names

    def close(self) -> None:
        """End the thread; within two seconds, unless the fleet hangs."""
        self._orders.put(None)
        self._thread.join(2 * control.TIMEOUT_S)

    def _follow(self) -> None:
        order: Callable[[], Mapping[str, Any]] | None = self._ask
        while order is not None:
            try:
                self._take(order())
            except (control.NoFleet, control.Refused) as error:
                self._lost(error)
            try:
                order = self._orders.get(timeout=PERIOD_S)
            except Empty:
                order = self._ask

    def _ask(self) -> Mapping[str, Any]:
        return control.status(self.folder)

    def _take(self, found: Mapping[str, Any]) -> None:
        self._is_lost = False
        self._names = tuple(found["scenarios"])
        active: Mapping[str, Mapping[str, Any]] = found["active"]
        name = next(iter(active), None)
        self.begun = float(active[name]["since"]) if name is not None else None
        self.name = name if name is not None else str(found["waiting"] or "")

    def _lost(self, error: Exception) -> None:
        """Say once that the fleet does not answer."""
        if not self._is_lost:
            log.info("%s", error)
        self._is_lost = True
