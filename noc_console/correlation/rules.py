"""The rules: which cause explains an alarm, and which possible causes must be known before it is called a cause itself.

For each type of alarm one rule, tried in the order of how far up the cause lies: place, power, network, device, part.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from noc_console.alarms.types import AlarmType
from noc_console.correlation import why
from noc_console.correlation.inferred import Inferred
from noc_console.correlation.sight import COOLER_TROUBLE, EARLIER_S, FEED_ROLES, Sight, Word, began
from noc_console.model.alarm import Alarm
from noc_console.model.severity import Severity

CLOGGED = 1.25
"""A server whose GPUs stand this much higher above their inlet, per watt, than those beside it has a fault of its own."""

CALM_INLET = 25.0
"""Degrees: a GPU that is hot in air cooler than this is not hot for want of cooling (ASHRAE recommends up to 27)."""

RECOVERY_S = 60.0
"""Seconds after a device answers again in which its ports and slower answers may still be missing."""

REBOOT_S = 3600.0

BURST_S = 15.0
"""Xids of several GPUs of a host within this time have one cause."""

_GPU = (AlarmType.XID, AlarmType.GPU_LOST, AlarmType.GPU_MISSING)
_OF_ANSWERS = (AlarmType.SOURCE_SILENT, AlarmType.AUTH_FAILED, AlarmType.BAD_REPLY)
_FIGURES = (AlarmType.CHANGING_FAST, AlarmType.UNLIKE_PEERS, AlarmType.UNUSUAL)
"""Alarms of users' conditions: explained by what explains a limit that the same value passes."""
_OWN_PARTS = ("cooling", "pdu", "ups", "sensor")
"""Roles of devices all of whose alarms tell of one thing."""

_POWER_PARTS = ("psu", "power", "supply", "feed", "inlet", "input")


@dataclass(frozen=True, slots=True)
class Reason:
    """The alarm that explains another, and how."""

    cause: int
    why: str


@dataclass(frozen=True, slots=True)
class Waited:
    """Devices that must be asked, and devices that missed a poll, before an alarm can be called a cause."""

    unknown: frozenset[str] = frozenset()
    suspect: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.unknown or self.suspect)


class Rules:
    """Used from the monitor's thread."""

    def __init__(self, sight: Sight, inferred: Inferred, heat_cause: Callable[[str], Alarm | None]) -> None:
        """`heat_cause` is the trouble of a cooler whose incident is not closed."""
        self._sight = sight
        self._book = sight.book
        self._inferred = inferred
        self._heat_cause = heat_cause
        self._rules: Mapping[str, Callable[[Alarm], Iterator[Reason | None]]] = MappingProxyType({
            AlarmType.UNREACHABLE: self._unreachable,
            **dict.fromkeys(_OF_ANSWERS, self._answering),
            AlarmType.PORT_DOWN: self._port_down,
            AlarmType.FLAPPING: self._flapping,
            AlarmType.TEMPERATURE_HIGH: self._hot,
            AlarmType.FAN_STOPPED: self._supplied,
            AlarmType.VOLTAGE_LOW: self._supplied,
            AlarmType.STATE_BAD: self._supplied,
            AlarmType.XID: self._gpu,
            AlarmType.GPU_LOST: self._gpu,
            AlarmType.GPU_MISSING: self._gpu,
            AlarmType.POWER_LOST: self._place,
            **dict.fromkeys(_FIGURES, self._figure),
            AlarmType.ABSENT: self._absent,
        })  # fmt: skip

    def reason(self, alarm: Alarm) -> Reason | None:
        """What explains it, by what is known now."""
        rule = self._rules.get(alarm.type)
        return next((r for r in rule(alarm) if r is not None and self._fits(r, alarm)), None) if rule else None

    def _fits(self, reason: Reason, alarm: Alarm) -> bool:
        """Whether the cause can be one: not itself, and not begun long after its symptom."""
        cause = self._book.alarms.get(reason.cause)
        return cause is not None and cause.id != alarm.id and began(cause) <= began(alarm) + EARLIER_S

    # devices that do not answer

    def _unreachable(self, alarm: Alarm) -> Iterator[Reason | None]:
        device = alarm.device or ""
        if alarm.qualifier:
            yield from self._answering(alarm)
            return
        yield self._inferred_place(device)
        yield from self._power(device)
        yield self._network(device)
        host = self._sight.inventory.devices[device].bmc_of
        if host in self._sight.dead:
            yield Reason(self._sight.dead[host], why.bmc_of(host))
        yield self._rebooted(alarm)

    def _answering(self, alarm: Alarm) -> Iterator[Reason | None]:
        """One way of asking fails: no news where the device does not answer at all."""
        whole = self._lately_dead(alarm.device or "", alarm)
        yield Reason(whole.id, why.part_of(alarm.device or "")) if whole is not None else None
        yield self._rebooted(alarm)

    def _rebooted(self, alarm: Alarm) -> Reason | None:
        """A host that lost a GPU within the hour crashes of it, or is rebooted for it: it was called already."""
        lost = (a for a in self._book.open_of(alarm.device, *_GPU) if a.severity is Severity.CRITICAL)
        recent = (a for a in lost if alarm.raised - a.raised <= REBOOT_S)
        found = min(recent, key=lambda a: a.id, default=None)
        return Reason(found.id, why.part_of(alarm.device or "")) if found is not None else None

    def _lately_dead(self, device: str, alarm: Alarm) -> Alarm | None:
        """The alarm of a device that does not answer, or came back only shortly before this alarm began: it is still starting."""
        dead = self._book.newest(device, "", AlarmType.UNREACHABLE)
        if dead is not None and (dead.cleared is None or dead.cleared >= began(alarm) - RECOVERY_S):
            return dead
        # One protocol that is silent may be the first sign of it.
        partly = [a for a in self._book.open_of(device, AlarmType.UNREACHABLE) if a.id < alarm.id or a.device != alarm.device]
        return min(partly, key=lambda a: a.id, default=None)

    def _inferred_place(self, device: str) -> Reason | None:
        found = self._inferred.site_of(device)
        return Reason(found.id, why.within(str(found.site))) if found is not None else None

    def _power(self, device: str) -> Iterator[Reason | None]:
        feeds = self._sight.supplies.feeds(device)
        lost = self._sight.lost_feeds(feeds)
        place = self._inferred.power_of(device)
        if place is not None:
            yield Reason(place.id, why.fed_by(lost) if lost else why.within(place.component))
        elif lost and len(lost) > len(feeds) - self._sight.supplies.needs_power(device):
            last = max(lost.values(), key=lambda a: (began(a), a.id))
            yield Reason(last.id, why.fed_by(lost))
        fed = self._inferred.feeding(device)
        if fed is not None:
            yield Reason(fed.id, why.feeds(fed.component))

    def _network(self, device: str) -> Reason | None:
        by = self._sight.blocked.by.get(device)
        if not by:
            return None
        # The last to die is what cut it off.
        last = max((self._sight.dead[name] for name in by), key=lambda i: (began(self._book.alarms[i]), i))
        return Reason(last, why.behind(by))

    # ports

    def _port_down(self, alarm: Alarm) -> Iterator[Reason | None]:
        device = alarm.device or ""
        chattering = self._sight.standing(device, alarm.component, AlarmType.FLAPPING)
        yield Reason(chattering.id, why.part_of(device)) if chattering is not None else None
        yield from self._far_side(alarm, AlarmType.FLAPPING)
        yield from self._far_side(alarm, AlarmType.PORT_DOWN)
        own = self._lately_dead(device, alarm)
        yield Reason(own.id, why.part_of(device)) if own is not None else None

    def _far_side(self, alarm: Alarm, type_: str) -> Iterator[Reason | None]:
        """The far device is dead, or the far port says the same of the link."""
        far = self._sight.far_end(alarm.device or "", alarm.component)
        if far is None:
            return
        dead = self._lately_dead(far.device, alarm)
        yield Reason(dead.id, why.link_to(far.device)) if dead is not None else None
        other = self._sight.standing(far.device, far.port, type_)
        if other is not None and (other.id < alarm.id or other.type != alarm.type):
            yield Reason(other.id, why.link_to(far.device))

    def _flapping(self, alarm: Alarm) -> Iterator[Reason | None]:
        """The other end, or the same link where it was called as down already."""
        yield from self._far_side(alarm, AlarmType.FLAPPING)
        far = self._sight.far_end(alarm.device or "", alarm.component)
        ends = [(alarm.device, alarm.component)] + ([(far.device, far.port)] if far is not None else [])
        for device, port in ends:
            down = self._book.newest(device, port, AlarmType.PORT_DOWN)
            if down is not None and down.announced and down.symptom_of is None and down.changed >= began(alarm) - 600:
                yield Reason(down.id, why.link_to(far.device) if far is not None else why.part_of(alarm.device or ""))

    # heat, power and parts

    def _hot(self, alarm: Alarm) -> Iterator[Reason | None]:
        device = alarm.device or ""
        fans = self._book.open_of(device, AlarmType.FAN_STOPPED)
        yield Reason(fans[0].id, why.part_of(device)) if fans else None
        yield from self._supplied(alarm)
        coolers = {c: a for c in self._sight.supplies.coolers(device) if (a := self._heat_cause(c)) is not None}
        own = bool(coolers) and self._is_its_own(alarm)
        if coolers and not own:
            yield Reason(min(a.id for a in coolers.values()), why.cooled_by(coolers))
        is_gpu = alarm.component.startswith("gpu")
        hot = self._book.open_of(device, AlarmType.TEMPERATURE_HIGH)
        first = min((a.id for a in hot if not own or a.component.startswith("gpu")), default=alarm.id)
        if first < alarm.id:
            yield Reason(first, why.gpu_of(device) if is_gpu else why.part_of(device))

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

    def _supplied(self, alarm: Alarm) -> Iterator[Reason | None]:
        """A part without its feed, or a part of a thing that is one whole."""
        device = alarm.device or ""
        role = self._sight.inventory.devices[device].role
        feeds = self._sight.supplies.feeds(device)
        lost = self._sight.lost_feeds(feeds)
        of_power = alarm.type == AlarmType.VOLTAGE_LOW or any(word in alarm.component.lower() for word in _POWER_PARTS)
        enough = not lost or len(feeds) - len(lost) >= self._sight.supplies.needs_power(device)
        if lost and alarm.type != AlarmType.TEMPERATURE_HIGH and (of_power or not enough):
            last = max(lost.values(), key=lambda a: (began(a), a.id))
            yield Reason(last.id, why.fed_by(lost))
        if role in FEED_ROLES:
            fed = self._inferred.feeding(device)
            yield Reason(fed.id, why.feeds(fed.component)) if fed is not None else None
        if role in _OWN_PARTS:
            first = min((a.id for a in self._book.open_of(device)), default=alarm.id)
            yield Reason(first, why.part_of(device)) if first < alarm.id else None

    def _gpu(self, alarm: Alarm) -> Iterator[Reason | None]:
        for other in self._book.open_of(alarm.device, *_GPU):
            if other.id >= alarm.id:
                continue
            burst = alarm.type == other.type == AlarmType.XID and abs(alarm.raised - other.raised) <= BURST_S
            if other.component == alarm.component or burst:
                yield Reason(other.id, why.gpu_of(alarm.device or ""))

    # users' conditions

    def _figure(self, alarm: Alarm) -> Iterator[Reason | None]:
        """A value that is not as it should be: a limit that the same part passes says more; else as heat, or as what is fed."""
        beside = [a for a in self._book.open_of(alarm.device) if a.component == alarm.component and a.type not in _FIGURES]
        yield Reason(min(a.id for a in beside), why.part_of(alarm.device or "")) if beside else None
        yield from self._hot(alarm) if _is_heat(alarm) else self._supplied(alarm)

    def _absent(self, alarm: Alarm) -> Iterator[Reason | None]:
        """What is missing of a device that does not answer, or of a GPU that is lost, is no news."""
        lost = [a for a in self._book.open_of(alarm.device, *_GPU) if a.component == alarm.component]
        yield Reason(min(a.id for a in lost), why.gpu_of(alarm.device or "")) if lost else None
        yield from self._answering(alarm)

    def _place(self, alarm: Alarm) -> Iterator[Reason | None]:
        larger = self._inferred.around(alarm)
        yield Reason(larger.id, why.within(larger.component)) if larger is not None else None

    # what must be known first

    def possible_causes(self, alarm: Alarm) -> frozenset[str]:
        """The devices that it may hang on."""
        device = alarm.device
        if device is None or device not in self._sight.inventory.devices:
            return frozenset()
        if alarm.type in _OF_ANSWERS or (alarm.type == AlarmType.UNREACHABLE and alarm.qualifier):
            return frozenset((device,))
        if alarm.type == AlarmType.UNREACHABLE:
            host = self._sight.inventory.devices[device].bmc_of
            uplinks = (n for n in self._sight.paths.neighbours(device) if not self._sight.paths.is_behind(n, device))
            return frozenset((*self._sight.paths.above(device), *uplinks, *self._feeds(device), *((host,) if host else ())))
        if alarm.type in (AlarmType.PORT_DOWN, AlarmType.FLAPPING):
            far = self._sight.far_end(device, alarm.component)
            return frozenset((far.device,)) if far is not None else frozenset()
        if alarm.type == AlarmType.ABSENT:
            return frozenset((device,))
        if _is_heat(alarm):
            return frozenset(self._sight.supplies.coolers(device))
        if alarm.type in (AlarmType.FAN_STOPPED, AlarmType.VOLTAGE_LOW, AlarmType.STATE_BAD, *_FIGURES):
            return frozenset(self._feeds(device))
        return frozenset()

    def _feeds(self, device: str) -> Iterator[str]:
        """Its feeds and theirs, upwards."""
        seen: set[str] = set()
        waiting = list(self._sight.supplies.feeds(device))
        while waiting:
            feed = waiting.pop()
            if feed not in seen:
                seen.add(feed)
                yield feed
                waiting.extend(self._sight.supplies.feeds(feed))

    def waited(self, alarm: Alarm, causes: Iterable[str]) -> Waited:
        """Which of the possible causes are not known since the symptom began."""
        since = began(alarm)
        unknown: set[str] = set()
        suspect: set[str] = set()
        for device in causes:
            word = self._sight.word(device, since)
            if word is Word.SUSPECT:
                suspect.add(device)
            elif word is Word.UNKNOWN:
                unknown.add(device)
            elif _is_heat(alarm) and word is Word.GOOD and self._sight.unsure(device):
                suspect.add(device)
        if alarm.type == AlarmType.UNREACHABLE and not alarm.qualifier:
            doubt = self._sight.doubtful.by.get(alarm.device or "", frozenset())
            suspect |= doubt - self._sight.dead.keys()
        suspect |= self._inferred.undecided(alarm)
        return Waited(frozenset(unknown), frozenset(suspect))


def _is_heat(alarm: Alarm) -> bool:
    of_heat = alarm.type in _FIGURES and str(alarm.params.get("metric", "")).endswith("temperature_celsius")
    return alarm.type == AlarmType.TEMPERATURE_HIGH or of_heat


__all__ = ["COOLER_TROUBLE", "Reason", "Rules", "Waited"]
