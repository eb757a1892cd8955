"""Values against the median of their peers, robust against those that are wrong themselves."""

from collections.abc import Mapping, Sequence

import numpy as np

from noc_console.alarms.kinds import PeersCondition
from noc_console.model.alarm import Param
from noc_console.model.fleet import Device, Inventory
from noc_console.model.poll import PollResult, Values
from noc_console.monitor.gauges import AS_DEVIATION, Columns, Widened, read

FRESH_INTERVALS = 2.5
"""For so many of its intervals a value counts as that of a peer."""


class Group:
    """The newest values of all that are compared with each other; a place for each.

    Attributes
    ----------
    values, until : (places,) float64; until when a value counts (UTC seconds). used : places that were ever given out.
    """

    def __init__(self) -> None:
        self.values: Values = np.full(8, np.nan)
        self.until: Values = np.full(8, -np.inf)
        self.used = 0
        self._free: list[int] = []

    def take(self, count: int) -> Columns:
        """Places for so many values."""
        found = [self._free.pop() for _ in range(min(count, len(self._free)))]
        while self.used + count - len(found) > len(self.values):
            self.values = np.concatenate((self.values, np.full(len(self.values), np.nan)))
            self.until = np.concatenate((self.until, np.full(len(self.until), -np.inf)))
        more = count - len(found)
        found += range(self.used, self.used + more)
        self.used += more
        return np.array(found, dtype=np.intp)

    def give_back(self, places: Columns) -> None:
        """These are not needed any more."""
        self.values[places] = np.nan
        self.until[places] = -np.inf
        self._free += places.tolist()

    def middle(self, at: float) -> tuple[int, float, float]:
        """(how many, their median, their spread) of the values that count now."""
        values = self.values[: self.used]
        known = values[(self.until[: self.used] >= at) & (values == values)]
        if not len(known):
            return 0, np.nan, np.nan
        median = float(np.median(known))
        return len(known), median, AS_DEVIATION * float(np.median(np.abs(known - median)))


def group_of(condition: PeersCondition, device: Device, inventory: Inventory) -> tuple[str, ...] | None:
    """Where a device's peers are; None where it has no such place."""
    rack = inventory.racks.get(device.rack or "")
    site = device.site or (rack.site if rack else "") or ""
    place = {
        "server": (device.name,),
        "rack": (device.rack or "",),
        "row": (site, rack.room if rack else "", rack.row if rack else ""),
        "room": (site, rack.room if rack else ""),
        "site": (site,),
        "role": (device.role,),
    }[condition.among]
    return (device.role, *place) if place[-1] else None


class PeersGauge:
    """The difference of a device's values from the median of their groups."""

    def __init__(self, condition: PeersCondition, columns: Columns, groups: Sequence[Group]) -> None:
        """`groups` : the group of each column."""
        self._condition = condition
        self._columns = columns
        self._widened = Widened(condition)
        self._parts: list[tuple[Group, Columns, Columns]] = []
        for group in dict.fromkeys(groups):
            mine = np.array([i for i, g in enumerate(groups) if g is group], dtype=np.intp)
            self._parts.append((group, mine, group.take(len(mine))))
        self._others: Values = np.full(len(columns), np.nan)
        self._count = np.zeros(len(columns), dtype=np.intp)

    def close(self) -> None:
        """Give its places back."""
        for group, _, places in self._parts:
            group.give_back(places)

    def figures(self, result: PollResult) -> Values:
        """How far each is from its peers; NaN where they are too few."""
        values = read(result.values, self._columns)
        spread = np.full(len(values), np.nan)
        for group, mine, places in self._parts:
            group.values[places] = values[mine]
            group.until[places] = result.finished + FRESH_INTERVALS * result.interval
            count, median, wide = group.middle(result.finished)
            enough = count > self._condition.peers
            self._others[mine] = median if enough else np.nan
            self._count[mine], spread[mine] = count - 1, wide
        return self._widened.figures(values, self._others, spread)

    def params(self, i: int) -> Mapping[str, Param]:
        """What the others have, and how many they are."""
        return {"others": round(float(self._others[i]), 6), "peers": int(self._count[i])}
