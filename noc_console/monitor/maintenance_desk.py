"""Maintenance windows at work: which count now, which alarms they cover, and who is called when they end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite

from noc_console.alarms.book import Book
from noc_console.alarms.types import AlarmType
from noc_console.maintenance import MOST_TEXT, counts, devices_of, is_over, mistake, next_change
from noc_console.model.alarm import Alarm, EntryKind
from noc_console.model.changes import Durable
from noc_console.model.command import CommandOutcome, PlanMaintenance
from noc_console.model.fleet import Inventory
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.severity import OperatorState
from noc_console.monitor.gathered import Gathered
from noc_console.monitor.owed import OwedCalls
from noc_console.text import clean

_OF_PORTS = (AlarmType.PORT_DOWN, AlarmType.FLAPPING)


@dataclass(frozen=True, slots=True)
class _Active:
    """A window that counts now, and the devices that it covers."""

    window: MaintenanceWindow
    devices: frozenset[str]


class MaintenanceDesk:
    """All windows that are not over. Used from the monitor's thread."""

    def __init__(self, book: Book, inventory: Inventory, gathered: Gathered, owed: OwedCalls) -> None:
        self._book = book
        self._inventory = inventory
        self._gathered = gathered
        self._owed = owed
        self._windows: dict[str, MaintenanceWindow] = {}
        self._active: tuple[_Active, ...] = ()
        self._change_at: float | None = None
        book.cover = self.cover

    def restore(self, windows: Iterable[MaintenanceWindow], now: float) -> None:
        """Take up what was planned; what began or ended since is noted now."""
        self._windows = {window.id: window for window in windows if not is_over(window, now)}
        self._look(now)

    @property
    def windows(self) -> tuple[MaintenanceWindow, ...]:
        """Those that are not over, the first to begin first."""
        return tuple(sorted(self._windows.values(), key=lambda window: (window.start, window.id)))

    # commands

    def prepare(self, plan: PlanMaintenance, now: float) -> Durable | CommandOutcome:
        """What is to be stored, or why not. Nothing is changed yet."""
        window = plan.window
        if window.ended is not None:
            known = self._windows.get(window.id)
            if known is None:
                return CommandOutcome(id=plan.id, error="unknown-window", detail=clean(window.id, most=200))
            if not isfinite(window.ended):
                return CommandOutcome(id=plan.id, error="bad-time")
            # All that an end says is that it ends, and not before now: the rest stays as it was agreed.
            window = replace(known, ended=max(window.ended, now))
        else:
            window = replace(
                window,
                title=clean(window.title, most=200),
                reason=clean(window.reason, most=MOST_TEXT),
                who=clean(window.who or plan.who, most=200),
            )
            error = mistake(window, self._inventory, now)
            if error:
                return CommandOutcome(id=plan.id, error=error)
        return Durable(maintenance=(window,), command=plan.id)

    def commit(self, windows: Iterable[MaintenanceWindow], now: float) -> None:
        """They are stored: they count."""
        self._windows.update((window.id, window) for window in windows)
        self._look(now)
        self._gathered.maintenance = self.windows

    # time

    def next_wake(self) -> float | None:
        """When a window begins or ends next."""
        return self._change_at

    def advance(self, now: float) -> None:
        """Begin and end what is due. To be called at each moment that `next_wake` told."""
        if self._change_at is not None and self._change_at <= now:
            self._look(now)
            self._gathered.maintenance = self.windows

    def _look(self, now: float) -> None:
        for over in [window.id for window in self._windows.values() if is_over(window, now)]:
            del self._windows[over]
        standing = [window for window in self.windows if counts(window, now)]
        self._active = tuple(_Active(window, devices_of(window, self._inventory)) for window in standing)
        changes = (next_change(window, now) for window in self._windows.values())
        self._change_at = min((at for at in changes if at is not None), default=None)
        self._cover_anew(now)

    def _cover_anew(self, now: float) -> None:
        ended: list[int] = []
        for alarm in list(self._book.alarms.values()):
            # One that was covered when it cleared stays so until its window ends; a closed one is nobody's concern.
            if alarm.state is OperatorState.CLOSED or not (alarm.is_open or alarm.maintenance):
                continue
            window = self.cover(alarm)
            if window != alarm.maintenance:
                self._book.say(alarm.id, EntryKind.MAINTENANCE, now, now=window)
                if not window:
                    ended.append(alarm.id)
        for number in ended:
            self._owed.note_judged(self._book.alarms[number], now)

    # space

    def cover(self, alarm: Alarm) -> str:
        """The window that covers an alarm now: the one that does already, else the first to begin; empty = none."""
        covering = [active.window.id for active in self._active if self._covers(active, alarm)]
        return alarm.maintenance if alarm.maintenance in covering else next(iter(covering), "")

    def _covers(self, active: _Active, alarm: Alarm) -> bool:
        window, devices = active.window, active.devices
        if alarm.device in devices or alarm.rack in window.racks or alarm.site in window.sites:
            return True
        if alarm.device is None:
            return self._covers_place(devices, alarm)
        # Work on one end of a link takes the port at its other end down too.
        return alarm.type in _OF_PORTS and alarm.params.get("neighbour") in devices

    def _covers_place(self, covered: frozenset[str], alarm: Alarm) -> bool:
        """Whether all that feeds a place, or all that is asked there, is being worked on."""
        inventory = self._inventory
        rack = inventory.racks.get(alarm.rack) if alarm.rack else None
        if rack is not None and rack.power and covered.issuperset(rack.power):
            return True
        racks = {r.name for r in inventory.racks.values() if _is_within(r.name, r.room, r.site, alarm)}
        inside = {d.name for d in inventory.devices.values() if d.collect and (d.rack in racks or _is_at(d.site, alarm))}
        return bool(inside) and covered >= inside


def _is_within(rack: str, room: str, site: str, alarm: Alarm) -> bool:
    if alarm.rack is not None:
        return rack == alarm.rack
    if alarm.room is not None:
        return room == alarm.room and alarm.site in (None, site)
    return alarm.site is not None and site == alarm.site


def _is_at(site: str | None, alarm: Alarm) -> bool:
    return alarm.rack is None and alarm.room is None and alarm.site is not None and site == alarm.site
