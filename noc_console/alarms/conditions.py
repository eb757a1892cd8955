"""Conditions as data: what is judged, by which limits, for how long. Loaded from TOML by `noc_console.alarms.load`.

A kind of condition is a dataclass here or in `kinds`, its reader in `load` or `read_kinds`, its judge in `noc_console.monitor`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cached_property
from re import IGNORECASE, Pattern
from re import compile as compile_pattern
from typing import TYPE_CHECKING

from noc_console.model.alarm import Param
from noc_console.model.fleet import Device
from noc_console.model.severity import Severity

if TYPE_CHECKING:
    from noc_console.alarms.gpu_conditions import GpuCondition
    from noc_console.alarms.kinds import AbsenceCondition, CountCondition, Figure

LEVELS = (Severity.WARNING, Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
"""The severities that a limit may have, rising."""

Levels = Mapping[Severity, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How long something must be so: at least this many readings one after another, and at least this many seconds."""

    readings: int = 2
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which components of which devices are meant; what is empty leaves it open.

    Attributes
    ----------
    components, devices : shell patterns for their names, without regard to case. roles, sites, racks : names.
    labels : label → shell pattern for its value.
    """

    components: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    racks: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _components(self) -> tuple[Pattern[str], ...]:
        return patterns(self.components)

    @cached_property
    def _devices(self) -> tuple[Pattern[str], ...]:
        return patterns(self.devices)

    @cached_property
    def _labels(self) -> Mapping[str, Pattern[str]]:
        return {label: patterns((pattern,))[0] for label, pattern in self.labels.items()}

    def fits_device(self, device: Device) -> bool:
        """Whether it is meant for this device."""
        return (
            (not self.roles or device.role in self.roles)
            and (not self.sites or device.site in self.sites)
            and (not self.racks or device.rack in self.racks)
            and any_matches(self._devices, device.name)
            and all(pattern.match(device.labels.get(label, "")) for label, pattern in self._labels.items())
        )

    def fits_component(self, component: str) -> bool:
        """Whether it is meant for a component of this name."""
        return any_matches(self._components, component)


def patterns(shell: Iterable[str]) -> tuple[Pattern[str], ...]:
    """Shell patterns, made to be matched without regard to case."""
    return tuple(compile_pattern(translate(pattern), IGNORECASE) for pattern in shell)


def any_matches(among: tuple[Pattern[str], ...], word: str) -> bool:
    """Whether a word fits one of them, or there is none."""
    return not among or any(pattern.match(word) for pattern in among)


@dataclass(frozen=True, kw_only=True)
class Raises(Selection):
    """What all conditions have that judge a figure by limits: the alarm, the limits, and for how long.

    Attributes
    ----------
    above : True where a figure at or above the limit is wrong, False where one at or below is.
    levels : limits by severity. hysteresis : how far back behind the limit the figure must come (in its unit) to clear.
    qualifier : tells apart alarms of the same type on one component.
    text, advice : the user's own words for what is wrong and what to do. file : where it stands.
    """

    name: str
    type: str
    qualifier: str = ""
    above: bool = True
    levels: Levels = field(default_factory=dict)
    hold: Hold = field(default_factory=Hold)
    clear: Hold = field(default_factory=Hold)
    hysteresis: float = 0.0
    text: str = ""
    advice: str = ""
    file: str = field(default="", compare=False)

    @cached_property
    def said(self) -> Mapping[str, Param]:
        """Parameters that each of its alarms carries."""
        own = {"condition": self.name, "says": self.text, "do": self.advice}
        return {name: word for name, word in own.items() if word}


@dataclass(frozen=True, kw_only=True)
class ThresholdCondition(Raises):
    """A value that passes a limit.

    `levels` are used where neither the device nor the inventory gives any; empty = then nothing is judged. `unless_metric` : they
    do not hold for a component that also gives this metric (a GPU with a T.Limit margin).
    """

    metric: str
    unless_metric: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorRules:
    """When a collector is late or dead (seconds; beats come every 2 s)."""

    dead_after: float = 20.0
    late_behind: float = 5.0
    fine_behind: float = 2.0
    hold: Hold = field(default_factory=lambda: Hold(readings=3))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionMistake:
    """One thing wrong in a file of conditions; `line` counts from 1, None where it cannot be told."""

    file: str
    says: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}" if self.line else f"{self.file}: {self.says}"


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """All conditions, the user's before the program's own: of two that fit a value and raise the same alarm the first holds.

    `mistakes` are those of the files; what has one is left out, all others are here.
    """

    thresholds: tuple[ThresholdCondition, ...] = ()
    gpus: "tuple[GpuCondition, ...]" = ()
    figures: "tuple[Figure, ...]" = ()
    absences: "tuple[AbsenceCondition, ...]" = ()
    counts: "tuple[CountCondition, ...]" = ()
    collectors: CollectorRules = field(default_factory=CollectorRules)
    mistakes: tuple[ConditionMistake, ...] = ()

    @cached_property
    def _by_metric(self) -> Mapping[str, tuple[ThresholdCondition, ...]]:
        found: dict[str, tuple[ThresholdCondition, ...]] = {}
        for condition in self.thresholds:
            found[condition.metric] = (*found.get(condition.metric, ()), condition)
        return found

    def for_value(self, device: Device, component: str, metric: str) -> Iterable[ThresholdCondition]:
        """The thresholds that judge this value: for each type and qualifier the first that fits."""
        taken: set[tuple[str, str]] = set()
        for condition in self._by_metric.get(metric, ()):
            named = (condition.type, condition.qualifier)
            if named not in taken and condition.fits_component(component) and condition.fits_device(device):
                taken.add(named)
                yield condition
