"""Which polls the monitor wants now: asked again after a miss, of a possible cause, of what was maintained, by a person."""

from collections.abc import Callable
from heapq import heappop, heappush

from noc_console.model.fleet import Inventory
from noc_console.monitor.gathered import Gathered
from noc_console.monitor.reachability import Reachability


class Asking:
    """Used from the monitor's thread."""

    def __init__(self, inventory: Inventory, gathered: Gathered) -> None:
        self._inventory = inventory
        self._gathered = gathered
        self._later: list[tuple[float, str, str]] = []

    def later(self, time: float, device: str, source: str) -> None:
        """Ask again then, if it is still of use."""
        heappush(self._later, (time, device, source))

    def advance(self, now: float, still: Callable[[str, str], bool]) -> None:
        """Ask what is due; `still` tells whether a (device, source) is worth asking."""
        while self._later and self._later[0][0] <= now:
            _, device, source = heappop(self._later)
            if still(device, source):
                self._gathered.ask(device, source, "re-ask")

    def next_wake(self) -> float | None:
        """When the next is due."""
        return self._later[0][0] if self._later else None

    def possible_cause(self, device: str) -> None:
        """Each protocol of a device that others may hang on."""
        for protocol in self._inventory.devices[device].collect:
            self._gathered.ask(device, protocol, "possible-cause")

    def all_of(self, device: str, reach: Reachability, why: str) -> tuple[str, ...]:
        """Each protocol of a device, and each slower source that was heard of; gives them."""
        found = self._inventory.devices.get(device)
        sources = tuple(dict.fromkeys((*found.collect, *reach.sources(device)))) if found is not None else ()
        for source in sources:
            self._gathered.ask(device, source, why)
        return sources
