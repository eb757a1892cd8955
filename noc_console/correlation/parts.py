"""Rules for heat, power and parts of devices: coolers, feeds, the chain from a fan to a slow GPU, GPUs of one host."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from noc_console.alarms.types import AlarmType
from noc_console.correlation import why
from noc_console.correlation.inferred import Inferred
from noc_console.correlation.reason import Reason
from noc_console.correlation.sight import FEED_ROLES, Sight, began
from noc_console.model.alarm import Alarm

CLOGGED = 1.25
"""A server whose GPUs stand this much higher above their inlet, per watt, than those beside it has a fault of its own."""

CALM_INLET = 25.0
"""Degrees: a GPU that is hot in air cooler than this is not hot for want of cooling (ASHRAE recommends up to 27)."""

BURST_S = 15.0
"""Xids of several GPUs of a host within this time have one cause."""

OWN_PARTS = ("cooling", "pdu", "ups", "sensor")
"""Roles of devices all of whose alarms tell of one thing."""

_POWER_PARTS = ("psu", "power", "supply", "feed", "inlet", "input")
GPU_GONE = (AlarmType.XID, AlarmType.GPU_LOST, AlarmType.GPU_MISSING)
_OF_A_GPU = (AlarmType.ECC_ERRORS, AlarmType.ROW_REMAP, AlarmType.NVLINK_ERRORS, AlarmType.PCIE_DEGRADED, AlarmType.GPU_STRAGGLER)
_WARMTH = (AlarmType.COOLING_POOR, AlarmType.TEMPERATURE_HIGH, AlarmType.GPU_THROTTLED)
"""What one server says when it does not get rid of its heat; the first of them is called."""

FIGURES = (AlarmType.CHANGING_FAST, AlarmType.UNLIKE_PEERS, AlarmType.UNUSUAL)
"""Alarms of users' conditions: explained by what explains a limit that the same value passes."""

AIR = (AlarmType.TEMPERATURE_LOW, AlarmType.HUMIDITY_HIGH, AlarmType.HUMIDITY_LOW)
"""What air that nobody treats becomes, beside hot."""

OF_PARTS = (
    AlarmType.TEMPERATURE_HIGH, *AIR, AlarmType.FAN_STOPPED, AlarmType.VOLTAGE_LOW, AlarmType.VOLTAGE_HIGH, AlarmType.STATE_BAD,
    AlarmType.COOLING_POOR, AlarmType.GPU_THROTTLED, *GPU_GONE, *_OF_A_GPU, *FIGURES,
)  # fmt: skip
"""The types of alarms that these rules explain."""


class PartRules:
    """Used from the monitor's thread."""

    def __init__(self, sight: Sight, inferred: Inferred, heat_cause: Callable[[str], Alarm | None]) -> None:
        """`heat_cause` is the trouble of a cooler whose incident is not closed."""
        self._sight = sight
        self._book = sight.book
        self._inferred = inferred
        self._heat_cause = heat_cause
        self._rules: Mapping[str, Callable[[Alarm], Iterator[Reason | None]]] = MappingProxyType({
            AlarmType.TEMPERATURE_HIGH: self._hot,
            AlarmType.FAN_STOPPED: self._supplied,
            AlarmType.VOLTAGE_LOW: self._supplied,
            AlarmType.VOLTAGE_HIGH: self._supplied,
            **dict.fromkeys(AIR, self._air),
            AlarmType.STATE_BAD: self._supplied,
            AlarmType.COOLING_POOR: self._of_own_heat,
            AlarmType.GPU_THROTTLED: self._throttled,
            **dict.fromkeys(GPU_GONE, self._gpu),
            **dict.fromkeys(_OF_A_GPU, self._of_a_gpu),
            **dict.fromkeys(FIGURES, self._figure),
        })  # fmt: skip

    def reasons(self, alarm: Alarm) -> Iterator[Reason | None]:
        """What may explain it, the farthest first."""
        return self._rules[alarm.type](alarm)

    # heat

    def _hot(self, alarm: Alarm) -> Iterator[Reason | None]:
        device = alarm.device or ""
        yield from self._supplied(alarm)
        coolers = {c: a for c in self._sight.supplies.coolers(device) if (a := self._heat_cause(c)) is not None}
        own = bool(coolers) and self._is_its_own(alarm)
        if coolers and not own:
            yield Reason(min(a.id for a in coolers.values()), why.cooled_by(coolers))
        yield from self._of_own_heat(alarm, without_inlet=own)

    def _air(self, alarm: Alarm) -> Iterator[Reason | None]:
        yield from self._supplied(alarm)
        coolers = {c: a for c in self._sight.supplies.coolers(alarm.device or "") if (a := self._heat_cause(c)) is not None}
        yield Reason(min(a.id for a in coolers.values()), why.cooled_by(coolers)) if coolers else None

    def _of_own_heat(self, alarm: Alarm, *, without_inlet: bool = True) -> Iterator[Reason | None]:
        """Its fans, or what the server said of its heat before."""
        device = alarm.device or ""
        fans = self._book.open_of(device, AlarmType.FAN_STOPPED)
        yield Reason(fans[0].id, why.part_of(device)) if fans else None
        before = (
            a.id for a in self._book.open_of(device, *_WARMTH)
            if a.id < alarm.id and (not without_inlet or a.component.startswith("gpu") or a.type == AlarmType.COOLING_POOR)
        )  # fmt: skip
        first = min(before, default=None)
        if first is not None:
            yield Reason(first, self._within(alarm))

    @staticmethod
    def _within(alarm: Alarm) -> why.Why:
        device = alarm.device or ""
        return why.gpu_of(device) if alarm.component.startswith("gpu") else why.part_of(device)

    def _throttled(self, alarm: Alarm) -> Iterator[Reason | None]:
        """By heat it is heat; by a brake or a limit of power it may be a lost feed."""
        if alarm.qualifier == "heat":
            yield from self._hot(alarm)
        else:
            yield self._of_lost_feed(alarm, enough_is_well=False)
            broken = self._book.open_of(alarm.device, AlarmType.STATE_BAD, AlarmType.VOLTAGE_LOW)
            first = min((a.id for a in broken if _is_of_power(a)), default=None)
            yield Reason(first, self._within(alarm)) if first is not None else None
        yield from self._of_a_gpu(alarm)

    def _is_its_own(self, alarm: Alarm) -> bool:
        """Whether a hot GPU is hot by itself: in cool air, or far hotter for its watts than those of the servers beside it."""
        device = alarm.device or ""
        if not alarm.component.startswith("gpu"):
            return False
        inlet = self._sight.values_of(device, "inlet", "temperature_celsius")
        if len(inlet) and float(np.nanmax(inlet)) < CALM_INLET:
            return True
        mine = self._resistance(device)
        beside = [
            r
            for cooler in self._sight.supplies.coolers(device)
            for other in self._sight.supplies.cooled_by[cooler]
            if other != device and (r := self._resistance(other)) is not None
        ]
        return mine is not None and len(beside) >= 2 and mine > CLOGGED * float(np.median(beside))

    def _resistance(self, device: str) -> float | None:
        """K/W between inlet and GPUs (field: shows a clogged fan or bad paste); None where it cannot be told."""
        inlet = self._sight.values_of(device, "inlet", "temperature_celsius")
        hot = self._sight.values_of(device, "gpu", "temperature_celsius")
        power = self._sight.values_of(device, "gpu", "power_watts")
        if not len(inlet) or not len(hot) or len(hot) != len(power):
            return None
        kelvin = (hot - float(np.nanmax(inlet)))[power > 100]
        ratios = kelvin / power[power > 100]
        return float(np.nanmedian(ratios)) if len(ratios) else None

    # users' conditions

    def _figure(self, alarm: Alarm) -> Iterator[Reason | None]:
        """A value that is not as it should be: a limit that the same part passes says more; else as heat, or as what is fed."""
        beside = [a for a in self._book.open_of(alarm.device) if a.component == alarm.component and a.type not in FIGURES]
        yield Reason(min(a.id for a in beside), why.part_of(alarm.device or "")) if beside else None
        yield from self._hot(alarm) if is_heat(alarm) else self._supplied(alarm)

    # power

    def _supplied(self, alarm: Alarm) -> Iterator[Reason | None]:
        """A part without its feed, or a part of a thing that is one whole."""
        device = alarm.device or ""
        role = self._sight.inventory.devices[device].role
        if not is_heat(alarm):
            yield self._of_lost_feed(alarm, enough_is_well=not _is_of_power(alarm))
        if role in FEED_ROLES:
            fed = self._inferred.feeding(device)
            yield Reason(fed.id, why.feeds(fed.component)) if fed is not None else None
        if role in OWN_PARTS:
            first = min((a.id for a in self._book.open_of(device)), default=alarm.id)
            yield Reason(first, why.part_of(device)) if first < alarm.id else None

    def _of_lost_feed(self, alarm: Alarm, *, enough_is_well: bool) -> Reason | None:
        """A feed that it lost; where enough of them are left only for what tells of that feed itself."""
        device = alarm.device or ""
        feeds = self._sight.supplies.feeds(device)
        lost = self._sight.lost_feeds(feeds)
        enough = len(feeds) - len(lost) >= self._sight.supplies.needs_power(device)
        if not lost or (enough and enough_is_well):
            return None
        last = max(lost.values(), key=lambda a: (began(a), a.id))
        return Reason(last.id, why.fed_by(lost))

    # GPUs

    def _gpu(self, alarm: Alarm) -> Iterator[Reason | None]:
        for other in self._book.open_of(alarm.device, *GPU_GONE):
            if other.id >= alarm.id:
                continue
            burst = alarm.type == other.type == AlarmType.XID and abs(alarm.raised - other.raised) <= BURST_S
            if other.component == alarm.component or burst:
                yield Reason(other.id, why.gpu_of(alarm.device or ""))

    def _of_a_gpu(self, alarm: Alarm) -> Iterator[Reason | None]:
        """What counters and neighbours say of a GPU that was called already, or whose loss the links of the others show."""
        for other in self._book.open_of(alarm.device, *GPU_GONE, *_WARMTH, *_OF_A_GPU):
            same = other.component == alarm.component and other.component != ""
            lost = other.type in GPU_GONE and alarm.type == AlarmType.NVLINK_ERRORS
            if other.id < alarm.id and (same or lost):
                yield Reason(other.id, why.gpu_of(alarm.device or ""))


def is_heat(alarm: Alarm) -> bool:
    """Whether it tells of a temperature."""
    of_heat = alarm.type in FIGURES and str(alarm.params.get("metric", "")).endswith("temperature_celsius")
    return alarm.type == AlarmType.TEMPERATURE_HIGH or of_heat


def _is_of_power(alarm: Alarm) -> bool:
    return alarm.type == AlarmType.VOLTAGE_LOW or any(word in alarm.component.lower() for word in _POWER_PARTS)
