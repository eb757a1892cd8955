"""What all conditions of kind `usual` have learned, by condition and device: from the store, bounded, given out to gauges."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from logging import getLogger

from noc_console.alarms.kinds import UsualCondition
from noc_console.model.changes import Baseline
from noc_console.model.fleet import Device, Inventory
from noc_console.monitor.gauges import Columns
from noc_console.monitor.usual import Learned, UsualGauge, WeekClock
from noc_console.zones import zone_named

log = getLogger(__name__)

USUAL = "usual"
"""Kind of the baselines of what is usual; their name is the condition's."""

MOST_LEARNED = 20_000
"""Values that one condition learns: 17 MB. Those beyond it are not judged, and the log says so once."""


@dataclass(slots=True)
class _Taught:
    """What one condition has learned of all devices."""

    of: dict[str, Learned] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    values: int = 0
    full: bool = False


class UsualKept:
    """Used from the monitor's thread."""

    def __init__(self, inventory: Inventory, keep: Callable[[Baseline], None]) -> None:
        self._inventory = inventory
        self._keep = keep
        self._taught: dict[str, _Taught] = {}
        self._clocks: dict[str, WeekClock] = {}

    def restore(self, baselines: Iterable[Baseline], names: Iterable[str]) -> None:
        """What was learned in earlier runs by conditions of these names; of others it stays in the store."""
        known = set(names)
        for baseline in baselines:
            if baseline.kind == USUAL and baseline.name in known and baseline.value:
                self._taught.setdefault(baseline.name, _Taught()).texts[baseline.device] = baseline.value

    def gauge(self, condition: UsualCondition, device: Device, columns: Columns, components: Sequence[str]) -> UsualGauge | None:
        """The gauge of these components; None where the condition has learned as much as it may."""
        taught = self._taught.setdefault(condition.name, _Taught())
        learned = taught.of.get(device.name)
        if learned is None:
            learned = Learned.of(taught.texts.pop(device.name, "")) or Learned()
        else:
            taught.values -= len(learned.components)
        room = MOST_LEARNED - taught.values - len(learned.components)
        if len([name for name in components if name not in learned.components]) > room:
            self._note_full(condition, taught)
            return None
        taught.of[device.name] = learned
        zone = self._inventory.timezone_of(device.name)
        clock = self._clocks.setdefault(zone, WeekClock(zone_named(zone)))
        keep = partial(self._keep_learned, device.name, condition.name, learned)
        gauge = UsualGauge(condition, columns, components, learned, clock, keep)
        taught.values += len(learned.components)
        return gauge

    def _keep_learned(self, device: str, condition: str, learned: Learned, at: float) -> None:
        self._keep(Baseline(device=device, kind=USUAL, name=condition, value=learned.as_text(), time=at))

    @staticmethod
    def _note_full(condition: UsualCondition, taught: _Taught) -> None:
        if not taught.full:
            log.warning("condition %s has learned %d values, and learns of no more devices", condition.name, taught.values)
        taught.full = True
