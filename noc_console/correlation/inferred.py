"""Causes that are no monitored thing: a rack, row or room without power, a site that nothing reaches. Alarms of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from noc_console.alarms.book import Identity, Place
from noc_console.alarms.types import AlarmType
from noc_console.correlation.doubt import Doubt, Doubts
from noc_console.correlation.sight import Sight, Word, began
from noc_console.model.alarm import Alarm, Param
from noc_console.model.fleet import Rack
from noc_console.model.severity import Severity

_NONE: frozenset[str] = frozenset()

_Wanted = tuple[Place, dict[str, Param], tuple[str, ...]]
"""Where it is, its parameters, and the racks that it explains."""


@dataclass(frozen=True, slots=True)
class _Room:
    """A row or a room: its name (site, room, row), and its racks that hold something that is asked."""

    name: tuple[str, str, str]
    racks: tuple[str, ...]

    @property
    def text(self) -> str:
        """What people call it: the room, or row and room."""
        _, room, row = self.name
        return f"{room} {row}".strip() if row else room


@dataclass(slots=True)
class _Kept:
    """What stands where. `powered` are the devices of a rack that hang on its feeds, by rack."""

    powered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rooms: list[_Room] = field(default_factory=list)
    sites: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fed: dict[str, list[str]] = field(default_factory=dict)


class Inferred:
    """Alarms of places. Used from the monitor's thread."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._book = sight.book
        self._racks = sight.inventory.racks
        self._kept = self._places()
        self._power: dict[str, int] = {}
        """rack → its alarm of the widest place."""
        self._sites: dict[str, int] = {}
        self._standing: set[Identity] = set()
        self._doubts = Doubts(sight)
        self._rooms: dict[tuple[str, str, str], float] = {}

    def restore(self) -> None:
        """Take up the alarms that stand."""
        self._standing = {
            Identity(*a.identity) for a in self._book.open_of(None, AlarmType.POWER_LOST, AlarmType.SITE_UNREACHABLE)
        }

    def _places(self) -> _Kept:
        kept = _Kept()
        devices = self._sight.inventory.devices.values()
        for rack in self._racks.values():
            inside = [d for d in devices if d.rack == rack.name and d.collect and d.name not in rack.power]
            names = tuple(d.name for d in inside if not rack.power or d.power == rack.power)
            if names:
                kept.powered[rack.name] = names
            for feed in rack.power:
                kept.fed.setdefault(feed, []).append(rack.name)
        groups: dict[tuple[str, str, str], list[str]] = {}
        for name in kept.powered:
            rack = self._racks[name]
            if rack.room:
                groups.setdefault((rack.site, rack.room, ""), []).append(name)
            if rack.row:
                groups.setdefault((rack.site, rack.room, rack.row), []).append(name)
        # The widest place first.
        kept.rooms = [_Room(name, tuple(racks)) for name, racks in sorted(groups.items()) if len(racks) > 1]
        kept.rooms.sort(key=lambda room: bool(room.name[2]))
        here = {self._site(name) for name in self._sight.paths.attached}
        for device in devices:
            site = self._site(device.name)
            if site and device.collect and site not in here:
                kept.sites[site] = (*kept.sites.get(site, ()), device.name)
        return kept

    def _site(self, device: str) -> str:
        found = self._sight.inventory.devices[device]
        rack = self._racks.get(found.rack or "")
        return found.site or (rack.site if rack else "") or ""

    # what stands

    def site_of(self, device: str) -> Alarm | None:
        """The alarm of a site that nothing reaches, for a device there."""
        return self.site_alarm(self._site(device))

    def site_alarm(self, site: str | None) -> Alarm | None:
        """The alarm of a site that nothing reaches."""
        found = self._sites.get(site) if site is not None else None
        return self._book.alarms[found] if found is not None else None

    def power_of(self, device: str) -> Alarm | None:
        """The alarm of a place without power, for a device that hangs on its feeds."""
        rack = self._sight.inventory.devices[device].rack or ""
        found = self._power.get(rack)
        return self._book.alarms[found] if found is not None and device in self._kept.powered.get(rack, ()) else None

    def feeding(self, feed: str) -> Alarm | None:
        """The alarm of a place without power that a dead feed is one of the feeds of."""
        found = [self._power[rack] for rack in self._kept.fed.get(feed, ()) if rack in self._power]
        return self._book.alarms[found[0]] if found and self._sight.feed_alarm(feed) is not None else None

    def around(self, alarm: Alarm) -> Alarm | None:
        """The alarm of a wider place that has no power either."""
        found = self._power.get(alarm.rack or "") if alarm.rack else None
        if found is None and alarm.room:
            inside = (room for room in self._kept.rooms if room.text == alarm.component)
            found = next((self._power[rack] for room in inside for rack in room.racks if rack in self._power), None)
        return self._book.alarms[found] if found is not None and found != alarm.id else None

    def root(self, alarm: Alarm) -> Mapping[str, object]:
        """The cause as the formats name it."""
        if alarm.type == AlarmType.SITE_UNREACHABLE:
            return {"kind": "site", "site": alarm.site, **self._line(str(alarm.site))}
        if alarm.rack:
            return {"kind": "rack", "rack": alarm.rack}
        room = next((r for r in self._kept.rooms if r.text == alarm.component), None)
        row = room.name[2] if room is not None else ""
        return {"kind": "row" if row else "room", "room": alarm.room, **({"row": row} if row else {})}

    def _line(self, site: str) -> Mapping[str, object]:
        """The one link to a site, if there is only one: cut or the device behind it dead, it looks alike."""
        lines = [
            (other, theirs, name, mine)
            for name in self._kept.sites[site]
            for other, theirs, mine in self._sight.paths.uplinks(name)
            if self._site(other) != site
        ]
        if len(lines) != 1:
            return {}
        other, theirs, name, mine = lines[0]
        return {"device": other, "component": theirs, "ends": ((other, theirs), (name, mine))}

    # what is inferred

    def update(self, now: float) -> None:
        """Raise and clear by what is known now."""
        self._doubts.clear()
        self._rooms.clear()
        dark = {rack: dead for rack in self._suspected() if (dead := self._is_dark(rack))}
        wanted: dict[Identity, _Wanted] = {}
        self._power = {}
        for room in self._kept.rooms:
            if self._is_room_dark(room, dark) and not any(rack in self._power for rack in room.racks):
                self._want_room(room, dark, wanted)
        for rack in dark:
            self._want_rack(rack, dark[rack], wanted)
        self._want_sites(wanted)
        # Of a site that nothing reaches nobody knows whether it has power.
        lost = {who.component for who in wanted if who.type == AlarmType.SITE_UNREACHABLE}
        wanted = {
            who: want
            for who, want in wanted.items()
            if who.type == AlarmType.SITE_UNREACHABLE or want[0].site not in lost or who in self._standing
        }
        self._power, self._sites = {}, {}
        for who, (place, params, racks) in wanted.items():
            alarm = self._book.raise_alarm(who, Severity.CRITICAL, now, params, place=place)
            self._power.update((rack, alarm.id) for rack in racks if rack not in self._power)
            if who.type == AlarmType.SITE_UNREACHABLE:
                self._sites[who.component] = alarm.id
        for who in sorted(self._standing - wanted.keys()):
            self._book.clear(who, now)
        self._standing = set(wanted)

    def _is_room_dark(self, room: _Room, dark: Mapping[str, tuple[str, ...]]) -> bool:
        """All of it at once; while its racks come back one after another it is still the same loss."""
        stands = Identity(None, room.text, AlarmType.POWER_LOST, room.name[0]) in self._standing
        return (any if stands else all)(rack in dark for rack in room.racks)

    def _want_room(self, room: _Room, dark: Mapping[str, tuple[str, ...]], wanted: dict[Identity, _Wanted]) -> None:
        site, name, row = room.name
        devices = [d for rack in room.racks for d in dark.get(rack, ())]
        params: dict[str, Param] = {"place": "row" if row else "room", "devices": len(devices), "since": self._since(devices)}
        who = Identity(None, room.text, AlarmType.POWER_LOST, site)
        wanted[who] = (Place(site=site, room=name), params, room.racks)
        self._power.update(dict.fromkeys(room.racks, 0))

    def _want_rack(self, name: str, devices: tuple[str, ...], wanted: dict[Identity, _Wanted]) -> None:
        rack = self._racks[name]
        who = Identity(None, name, AlarmType.POWER_LOST)
        # A rack within a wider place that is dark is not raised anew.
        if name in self._power and who not in self._standing:
            return
        params: dict[str, Param] = {"place": "rack", "devices": len(devices), "since": self._since(devices)}
        if rack.power:
            params["feeds"] = ", ".join(rack.power)
        wanted[who] = (Place(site=rack.site, room=rack.room or None, rack=name), params, (name,))

    def _want_sites(self, wanted: dict[Identity, _Wanted]) -> None:
        for site, devices in self._kept.sites.items():
            if devices[0] in self._sight.dead and self._is_lost(site, devices):
                params: dict[str, Param] = {"site": site, "devices": len(devices), "since": self._since(devices)}
                wanted[Identity(None, site, AlarmType.SITE_UNREACHABLE)] = (Place(site=site), params, ())

    def _since(self, devices: Iterable[str]) -> float:
        return min(began(self._book.alarms[self._sight.dead[d]]) for d in devices if d in self._sight.dead)

    def _suspected(self) -> list[str]:
        """Racks in which something is dead."""
        racks = {self._sight.inventory.devices[name].rack or "" for name in self._sight.dead}
        return sorted(racks & self._kept.powered.keys())

    def _is_dark(self, name: str) -> tuple[str, ...]:
        """The dead devices of a rack that has lost its power; none if it has not."""
        self._book.breathe()
        rack, inside = self._racks[name], self._kept.powered[name]
        if not all(_is_silent(self._sight, device) for device in inside):
            return ()
        dead = tuple(device for device in inside if device in self._sight.dead)
        if not rack.power:
            alone = [device for device in dead if device not in self._sight.blocked.by]
            return dead if len(alone) >= 2 and not any(d in self._sight.blocked.by for d in alone) else ()
        if not self._feeds_lost(rack) or len(rack.power) < 2:
            return ()
        return dead

    def _feeds_lost(self, rack: Rack) -> bool:
        """Whether its feeds are gone for themselves, not because of one thing above them."""
        lost = self._sight.lost_feeds(rack.power)
        if len(lost) <= len(rack.power) - max(1, rack.needs_power):
            return False
        above = [set(self._sight.lost_feeds(self._sight.supplies.feeds(feed))) for feed in lost]
        return not set.intersection(*above)

    def _is_lost(self, site: str, devices: tuple[str, ...]) -> bool:
        if len(devices) < 2 or not all(_is_silent(self._sight, device) for device in devices):
            return False
        outside = (name for device in devices for name in self._sight.blocked.by.get(device, _NONE))
        if any(self._site(name) != site for name in outside):
            return False
        # An edge whose line stands is dead itself: then it is the cause, and not the line.
        line = self._line(site)
        return not (line and self._sight.port_word(str(line["device"]), str(line["component"])) == "up")

    # what may turn out yet

    def undecided(self, alarm: Alarm) -> float:
        """Whether a wider place than this alarm's may turn out to be the cause: the interval of the slowest suspect, 0 = no."""
        if alarm.type == AlarmType.UNREACHABLE and alarm.device is not None:
            return self._undecided_around(alarm.device, began(alarm))
        if alarm.type == AlarmType.POWER_LOST:
            return self._undecided_rooms(alarm)
        return 0.0

    def _undecided_around(self, device: str, since: float) -> float:
        site, slowest = self._site(device), 0.0
        if site not in self._sites and site in self._kept.sites:
            slowest = self._doubts.of(("", site), self._kept.sites[site]).since(since)
        for rack in (self._sight.inventory.devices[device].rack or "", *self._kept.fed.get(device, ())):
            inside = self._kept.powered.get(rack, ())
            power = self._racks[rack].power if rack in self._racks else ()
            if inside and rack not in self._power and (device in inside or device in power):
                feeds = [f for f in power if self._sight.word(f, since) is Word.GOOD and not self._sight.feed_alarm(f)]
                if not power or len(feeds) < max(1, self._racks[rack].needs_power):
                    slowest = max(slowest, self._doubts.of((rack, ""), (*inside, *power)).since(since))
        return slowest

    def _undecided_rooms(self, alarm: Alarm) -> float:
        around = (
            room
            for room in self._kept.rooms
            if alarm.rack in room.racks or (alarm.rack is None and any(self._power.get(rack) == alarm.id for rack in room.racks))
        )
        return max(map(self._undecided_room, around), default=0.0)

    def _undecided_room(self, room: _Room) -> float:
        """Reckoned once for all alarms of its racks."""
        found = self._rooms.get(room.name)
        if found is None:
            dark = [d for rack in room.racks if rack in self._power for d in self._kept.powered[rack]]
            rest = [
                self._doubts.of((rack, ""), (*self._kept.powered[rack], *self._racks[rack].power))
                for rack in room.racks
                if rack not in self._power
            ]
            # By the last of the dark ones: the first miss of one may be a single lost poll of before.
            last = max((began(self._book.alarms[self._sight.dead[d]]) for d in dark if d in self._sight.dead), default=0.0)
            others = Doubt(max((d.answered for d in rest), default=0.0), max((d.slowest for d in rest), default=0.0))
            found = self._rooms[room.name] = others.since(last)
        return found


def _is_silent(sight: Sight, device: str) -> bool:
    """Dead, or never asked."""
    return device in sight.dead or not sight.was_asked(device)
