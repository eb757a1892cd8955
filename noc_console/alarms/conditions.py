"""Conditions as data: what is judged, by which limits, for how long. Loaded from TOML by `noc_console.alarms.load`.

A kind of condition is a dataclass here, its reader in `load`, and its judge in `noc_console.monitor`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cached_property
from re import IGNORECASE, Pattern
from re import compile as compile_pattern
from typing import TYPE_CHECKING

from noc_console.model.severity import Severity

if TYPE_CHECKING:
    from noc_console.alarms.gpu_conditions import GpuCondition

LEVELS = (Severity.WARNING, Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
"""The severities that a limit may have, rising."""

Levels = Mapping[Severity, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How long something must be so: at least this many readings one after another, and at least this many seconds."""

    readings: int = 2
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class ThresholdCondition:
    """A value that passes a limit.

    Attributes
    ----------
    components : shell patterns, without regard to case; any component if empty. roles : of devices; any if empty.
    above : True where a value at or above the limit is wrong, False where one at or below is.
    levels : limits used where neither the device nor the inventory gives any; empty = then nothing is judged.
    hysteresis : how far back behind the limit the value must come (in its unit) to clear.
    unless_metric : the levels here do not hold for a component that also gives this metric (a GPU with a T.Limit margin).
    qualifier : tells apart alarms of the same type on one component.
    """

    name: str
    type: str
    metric: str
    components: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    above: bool = True
    levels: Levels = field(default_factory=dict)
    hold: Hold = field(default_factory=Hold)
    clear: Hold = field(default_factory=Hold)
    hysteresis: float = 0.0
    unless_metric: str = ""
    qualifier: str = ""

    @cached_property
    def _patterns(self) -> tuple[Pattern[str], ...]:
        return tuple(compile_pattern(translate(pattern), IGNORECASE) for pattern in self.components)

    def fits(self, role: str, component: str) -> bool:
        """Whether it is meant for this component of a device with this role."""
        if self.roles and role not in self.roles:
            return False
        return not self._patterns or any(pattern.match(component) for pattern in self._patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorRules:
    """When a collector is late or dead (seconds; beats come every 2 s)."""

    dead_after: float = 10.0
    late_behind: float = 5.0
    fine_behind: float = 2.0
    hold: Hold = field(default_factory=lambda: Hold(readings=3))


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """All conditions, the user's before the program's own: of two that fit a value and raise the same alarm the first holds."""

    thresholds: tuple[ThresholdCondition, ...] = ()
    gpus: "tuple[GpuCondition, ...]" = ()
    collectors: CollectorRules = field(default_factory=CollectorRules)

    @cached_property
    def _by_metric(self) -> Mapping[str, tuple[ThresholdCondition, ...]]:
        found: dict[str, tuple[ThresholdCondition, ...]] = {}
        for condition in self.thresholds:
            found[condition.metric] = (*found.get(condition.metric, ()), condition)
        return found

    def for_value(self, role: str, component: str, metric: str) -> Iterable[ThresholdCondition]:
        """The conditions that judge this value: for each type and qualifier the first that fits."""
        taken: set[tuple[str, str]] = set()
        for condition in self._by_metric.get(metric, ()):
            named = (condition.type, condition.qualifier)
            if named not in taken and condition.fits(role, component):
                taken.add(named)
                yield condition
