"""The rules: which cause explains an alarm, and which possible causes must be known before it is called a cause itself.

For each type of alarm one rule, tried in the order of how far up the cause lies: place, power, network, device, part.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType

from noc_console.alarms.types import AlarmType
from noc_console.correlation import why
from noc_console.correlation.inferred import Inferred
from noc_console.correlation.parts import AIR, FIGURES, GPU_GONE, OF_PARTS, OWN_PARTS, PartRules, is_heat
from noc_console.correlation.reason import Reason
from noc_console.correlation.sight import COOLER_TROUBLE, EARLIER_S, Sight, Word, began
from noc_console.model.alarm import Alarm
from noc_console.model.fleet import End
from noc_console.model.severity import OperatorState, Severity

RECOVERY_S = 60.0
"""Seconds after a device answers again in which its ports and slower answers may still be missing."""

REBOOT_S = 900.0
"""Seconds that a reboot may take; a host that stays away longer is a cause of its own."""

REBOOT_OF_NOBODY_S = 180.0
"""The same where nobody has said that the lost GPU is in hand: a short reboot is none of the news that a dead host is."""

FORGOTTEN_S = 86_400.0
"""A lost GPU that nobody took in hand for so long is no reason to reboot its host now (field: stale)."""

CHATTER_S = 600.0
"""Seconds after its last change in which a link that was called as down is the same as one that flaps."""

_OF_ANSWERS = (AlarmType.SOURCE_SILENT, AlarmType.AUTH_FAILED, AlarmType.BAD_REPLY)


@dataclass(frozen=True, slots=True)
class Waited:
    """What must be known before an alarm can be called a cause: devices to ask, whether others missed a poll, the slowest."""

    unknown: tuple[str, ...] = ()
    suspect: bool = False
    slowest: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.unknown) or self.suspect


class Rules:
    """Used from the monitor's thread."""

    def __init__(self, sight: Sight, inferred: Inferred, heat_cause: Callable[[str], Alarm | None]) -> None:
        """`heat_cause` is the trouble of a cooler whose incident is not closed."""
        self._sight = sight
        self._book = sight.book
        self._inferred = inferred
        parts = PartRules(sight, inferred, heat_cause)
        self._rules: Mapping[str, Callable[[Alarm], Iterator[Reason | None]]] = MappingProxyType({
            AlarmType.UNREACHABLE: self._unreachable,
            **dict.fromkeys(_OF_ANSWERS, self._answering),
            AlarmType.PORT_DOWN: self._port_down,
            AlarmType.FLAPPING: self._flapping,
            **dict.fromkeys(OF_PARTS, parts.reasons),
            AlarmType.POWER_LOST: self._place,
            AlarmType.ABSENT: self._absent,
        })  # fmt: skip

    def reason(self, alarm: Alarm) -> Reason | None:
        """What explains it, by what is known now."""
        rule = self._rules.get(alarm.type)
        return next((r for r in rule(alarm) if r is not None and self._fits(r, alarm)), None) if rule else None

    def _fits(self, reason: Reason, alarm: Alarm) -> bool:
        """Whether the cause can be one: not itself, and not begun long after its symptom."""
        cause = self._book.alarms.get(reason.cause)
        if cause is None or cause.id == alarm.id:
            return False
        # That a port flaps is known only at its third fall; the first of them is no sign of when its cause began.
        begun = alarm.raised if alarm.type == AlarmType.FLAPPING else began(alarm)
        return began(cause) <= begun + EARLIER_S

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
        yield from self._behind_unsteady(alarm)
        yield self._rebooted(alarm)

    def _behind_unsteady(self, alarm: Alarm) -> Iterator[Reason | None]:
        """The only way to it flaps, or was away while it missed its polls."""
        device = alarm.device or ""
        for name in self._sight.paths.above(device):
            before = self._book.newest(name, "", AlarmType.UNREACHABLE)
            if before is not None and before.cleared is not None and before.cleared >= began(alarm):
                yield Reason(before.id, why.behind((name,)))
        for line in self._sight.paths.lines(device):
            told = why.behind((line.below,)) if line.below != device else why.link_to(line.above)
            # Its own line, of which it was called itself before anyone could tell that the line flaps: that goes under it.
            was_called = line.below == device and bool(alarm.announced) and alarm.symptom_of is None
            for end, port in ((line.above, line.far_port), (line.below, line.port)):
                unsteady = self._sight.standing(end, port, AlarmType.FLAPPING)
                yield Reason(unsteady.id, told) if unsteady is not None and not was_called else None
                down = self._book.newest(end, port, AlarmType.PORT_DOWN)
                if down is not None and line.below != device and (down.is_open or (down.cleared or 0.0) >= began(alarm)):
                    yield Reason(down.id, told)
                elif down is not None and down.changed >= began(alarm) - CHATTER_S and _called_lately(down, alarm):
                    # Its own and only line went down a while before it: that was called already.
                    yield Reason(down.id, told)

    def _answering(self, alarm: Alarm) -> Iterator[Reason | None]:
        """One way of asking fails: no news where the device does not answer at all."""
        whole = self._lately_dead(alarm.device or "", alarm)
        yield Reason(whole.id, why.part_of(alarm.device or "")) if whole is not None else None
        if alarm.type == AlarmType.AUTH_FAILED:
            # A credential that was changed is refused by all that are asked with it.
            credential = self._sight.credential_of(alarm)
            first = min(self._sight.refused.get(credential, ()), default=alarm.id)
            yield Reason(first, why.asked_with(credential)) if first < alarm.id else None
        yield self._rebooted(alarm)

    def _rebooted(self, alarm: Alarm) -> Reason | None:
        """A host with a lost GPU is rebooted for it, or the GPU took it along: no news until that takes too long."""
        lost = (a for a in self._book.open_of(alarm.device, *GPU_GONE) if a.severity is Severity.CRITICAL)
        found = min((a.id for a in lost if self._book.now < reboot_ends(alarm, a)), default=None)
        return Reason(found, why.part_of(alarm.device or ""), is_guess=True) if found is not None else None

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
        far = self._sight.far_end(device, alarm.component)
        before = self._book.newest(far.device, far.port, AlarmType.PORT_DOWN) if far is not None else None
        if far is not None and before is not None and _called_lately(before, alarm):
            # The same link, which goes down again: this end saw it at another moment.
            yield Reason(before.id, why.link_to(far.device))

    def _far_side(self, alarm: Alarm, type_: str) -> Iterator[Reason | None]:
        """The far device is dead, or the far port says the same of the link."""
        far = self._sight.far_end(alarm.device or "", alarm.component)
        if far is None:
            return
        dead = self._lately_dead(far.device, alarm)
        if dead is not None and not self._was_cut_before(alarm, far, dead):
            yield Reason(dead.id, why.link_to(far.device))
        other = self._sight.standing(far.device, far.port, type_)
        if other is not None and (other.id < alarm.id or other.type != alarm.type):
            yield Reason(other.id, why.link_to(far.device))

    def _was_cut_before(self, alarm: Alarm, far: End, dead: Alarm) -> bool:
        """Whether the far device itself still said that the link is down, before it died: then that is a fault of its own."""
        said = self._sight.port_word(far.device, far.port) == "down"
        return said and alarm.type == AlarmType.PORT_DOWN and began(alarm) < began(dead) and not dead.qualifier

    def _flapping(self, alarm: Alarm) -> Iterator[Reason | None]:
        """The other end, or the same link where it, or what is behind it, was called as down already."""
        yield from self._far_side(alarm, AlarmType.FLAPPING)
        device = alarm.device or ""
        far = self._sight.far_end(device, alarm.component)
        ends = [(device, alarm.component)] + ([(far.device, far.port)] if far is not None else [])
        told = why.link_to(far.device) if far is not None else why.part_of(device)
        for name, port in ends:
            down = self._book.newest(name, port, AlarmType.PORT_DOWN)
            away = self._book.newest(name, "", AlarmType.UNREACHABLE)
            uplinks = self._sight.paths.uplinks(name)
            if down is not None and _called_lately(down, alarm):
                yield Reason(down.id, told)
            if away is not None and _called_lately(away, alarm) and [mine for _, _, mine in uplinks] == [port]:
                yield Reason(away.id, told)

    # places

    # users' conditions

    def _absent(self, alarm: Alarm) -> Iterator[Reason | None]:
        """What is missing of a device that does not answer, or of a GPU that is lost, is no news."""
        lost = [a for a in self._book.open_of(alarm.device, *GPU_GONE) if a.component == alarm.component]
        yield Reason(min(a.id for a in lost), why.gpu_of(alarm.device or "")) if lost else None
        yield from self._answering(alarm)

    def _place(self, alarm: Alarm) -> Iterator[Reason | None]:
        site = self._inferred.site_alarm(alarm.site)
        yield Reason(site.id, why.within(str(alarm.site))) if site is not None else None
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
        if is_heat(alarm) or alarm.type in AIR:
            return frozenset(self._sight.supplies.coolers(device))
        if alarm.type == AlarmType.GPU_THROTTLED:
            return frozenset(self._sight.supplies.coolers(device) if alarm.qualifier == "heat" else self._feeds(device))
        if alarm.type in (AlarmType.FAN_STOPPED, AlarmType.VOLTAGE_LOW, AlarmType.VOLTAGE_HIGH, AlarmType.STATE_BAD, *FIGURES):
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
        since, reach = began(alarm), self._sight.reach
        unknown: list[str] = []
        suspect: list[str] = []
        for device in causes:
            word = self._sight.word(device, since)
            if word is Word.SUSPECT:
                suspect.append(device)
            elif word is Word.UNKNOWN:
                unknown.append(device)
            elif word is Word.GOOD and self._sight.inventory.devices[device].role in OWN_PARTS and self._sight.unsure(device):
                suspect.append(device)
        if alarm.type == AlarmType.UNREACHABLE and not alarm.qualifier:
            doubt = self._sight.doubtful.by.get(alarm.device or "", ())
            suspect += [name for name in doubt if name not in self._sight.dead]
        wider = self._inferred.undecided(alarm)
        slowest = max(map(reach.interval, (*unknown, *suspect)), default=0.0)
        return Waited(tuple(unknown), bool(suspect or wider), max(slowest, wider))


def reboot_ends(alarm: Alarm, cause: Alarm) -> float:
    """Until when (UTC seconds) silence of a host may be the reboot that a lost GPU of it needs; infinite for any other pair."""
    if alarm.type not in (AlarmType.UNREACHABLE, *_OF_ANSWERS) or cause.type not in GPU_GONE or cause.device != alarm.device:
        return inf
    if _is_in_hand(cause):
        return began(alarm) + REBOOT_S
    return began(alarm) + (REBOOT_OF_NOBODY_S if began(alarm) - cause.changed <= FORGOTTEN_S else 0.0)


def _is_in_hand(alarm: Alarm) -> bool:
    return alarm.state is OperatorState.ACKNOWLEDGED or bool(alarm.owner)


def _called_lately(before: Alarm, alarm: Alarm) -> bool:
    is_cause = bool(before.announced) and before.symptom_of is None
    return is_cause and (before.is_open or before.changed >= began(alarm) - CHATTER_S)


__all__ = ["COOLER_TROUBLE", "Reason", "Rules", "Waited"]
