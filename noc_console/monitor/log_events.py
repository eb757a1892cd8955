"""Events out of kernel logs and traps: each counts once, repeated ones count up one alarm."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm, Param
from noc_console.model.changes import StateChange
from noc_console.model.poll import Cursor, Event, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.gathered import Gathered
from noc_console.monitor.gpus import GpuWatch
from noc_console.monitor.xid_desk import RECOVERY_ACTION, XidDesk, advised

PREEMPTIVE_CLEANUP = 45
"""Xid 45 says only that a channel was torn down, after another fault or at a job's end: never an alarm by itself."""

_SEVERITY_OF = {"critical": Severity.CRITICAL, "error": Severity.MAJOR, "warning": Severity.WARNING, "": Severity.WARNING}
"""Severity for the catalogue's word; `info` is none, a number that the catalogue does not know is a warning."""

CLEARS = "clear"
"""The severity of a trap that ends what another of its kind began."""
_MOST_SEEN = 4096
MOST_BOOTS = 8
"""Boots of a device whose events are told apart; the log of an older one is not read again."""
_UNTIL_REBOOT = (AlarmType.XID, AlarmType.GPU_LOST)


@dataclass(slots=True)
class _Seen:
    """Numbers of one boot's log that were counted; all up to `floor` were."""

    floor: int = -1
    numbers: set[int] = field(default_factory=set)

    def first_time(self, number: int) -> bool:
        """Whether this number is new; it is not from now on."""
        if number <= self.floor or number in self.numbers:
            return False
        self.numbers.add(number)
        if len(self.numbers) > _MOST_SEEN:
            old = sorted(self.numbers)[: _MOST_SEEN // 2]
            self.floor = old[-1]
            self.numbers.difference_update(old)
        return True


class LogEvents:
    """Events of all devices. Used from the monitor's thread."""

    def __init__(
        self,
        book: Book,
        gathered: Gathered,
        gpus: GpuWatch,
        desk: XidDesk,
        told: Callable[[str, str, Event], None] = lambda *_: None,
    ) -> None:
        """`told` hears of each event (device, component, event) once."""
        self._told = told
        self._book = book
        self._desk = desk
        self._gathered = gathered
        self._gpus = gpus
        self._seen: dict[tuple[str, str], dict[str, _Seen]] = {}
        self._booted: dict[str, float] = {}

    def restore(self, cursors: Iterable[tuple[str, Cursor]], states: Iterable[StateChange]) -> None:
        """Events up to a stored cursor were stored with it, and reboots that were noticed as changes of the boot's name."""
        self._booted = {s.device: s.time for s in states if (s.kind, s.component, s.name) == ("fact", "", "boot_id") and s.was}
        for device, cursor in cursors:
            self._seen.setdefault((device, cursor.name), {})[cursor.boot] = _Seen(floor=cursor.number)

    def heard(self, result: PollResult) -> None:
        """Take the events of an answer: those of one GPU and number together, so that a burst is one change."""
        together: dict[Identity, list[Event]] = {}
        # Two ways to read one log number its lines differently: the cursor's name tells them apart.
        numbering = result.cursor.name if result.cursor is not None else ""
        for event in result.events:
            if not self._is_new(result.device, numbering, event):
                continue
            self._told(result.device, self._component(result.device, event), event)
            if event.kind == "trap":
                self._take_trap(result, event)
                continue
            if event.kind == "xid" and event.code == RECOVERY_ACTION:
                self._take_advice(result.device, event)
            who = self._identity(result.device, event)
            if who is not None:
                together.setdefault(who, []).append(event)
        for who, events in together.items():
            self._raise(who, events)

    def _take_trap(self, result: PollResult, event: Event) -> None:
        """Anyone can forge a datagram: it is a reason to ask. Only one that is surely its sender's says more by itself."""
        self._gathered.ask(result.device, result.protocol, "trap")
        if not event.is_signed or not event.severity:
            return
        who = Identity(result.device, event.component or "", AlarmType.TRAP, event.text)
        if event.severity == CLEARS:
            self._book.clear(who, event.time)
        else:
            self._book.raise_alarm(who, Severity.of(event.severity), event.time, {"text": event.text}, again=1)

    def rebooted(self, device: str, booted: float, at: float) -> None:
        """The host was started anew at `booted`: what its driver reported before that is over."""
        self._desk.rebooted(device)
        self._booted[device] = booted
        for alarm in self._book.open_of(device, *_UNTIL_REBOOT):
            if alarm.changed < booted:
                self._book.clear(Identity(*alarm.identity), at, "rebooted")

    def undone(self, alarm: Alarm, at: float) -> None:
        """An alarm stands again, since its closing was undone: a reboot meanwhile has ended it (`at`: now, UTC seconds)."""
        if alarm.type in _UNTIL_REBOOT and alarm.changed < self._booted.get(alarm.device or "", -inf):
            self._book.clear(Identity(*alarm.identity), at, "rebooted")

    def _take_advice(self, device: str, event: Event) -> None:
        """Xid 154: what the driver wants done. It replaces the catalogue's action in all that stands for this GPU."""
        component = self._component(device, event)
        action = self._desk.note_advice(device, component, event.text)
        for alarm in self._book.open_of(device, AlarmType.XID):
            if action and alarm.component == component and alarm.params.get("action") != action:
                self._book.amend(alarm.id, {"action": action, "advice": event.text})

    def _is_new(self, device: str, numbering: str, event: Event) -> bool:
        if not event.boot and not event.number:
            return True
        boots = self._seen.setdefault((device, numbering), {})
        seen = boots.get(event.boot)
        if seen is None:
            seen = boots[event.boot] = _Seen()
            if len(boots) > MOST_BOOTS:
                del boots[next(iter(boots))]
        return seen.first_time(event.number)

    def _identity(self, device: str, event: Event) -> Identity | None:
        if event.kind == "gpu-lost":
            return Identity(device, self._component(device, event), AlarmType.GPU_LOST)
        unimportant = event.kind not in ("xid", "sxid") or event.code == PREEMPTIVE_CLEANUP
        if unimportant or (event.severity not in _SEVERITY_OF and not _asks_for_something(event)):
            return None
        prefix = "sxid-" if event.kind == "sxid" else ""
        return Identity(device, self._component(device, event), AlarmType.XID, f"{prefix}{event.code}")

    def _component(self, device: str, event: Event) -> str:
        if event.component:
            return event.component
        address = event.pci_bus_id or ""
        return self._gpus.slot_of(device, address) or address

    def _raise(self, who: Identity, events: list[Event]) -> None:
        newest = max(events, key=lambda event: (event.time, event.number))
        severity = max(_severity(event) for event in events)
        standing = self._book.standing(who)
        if standing is not None:
            severity = max(severity, standing.severity)
        params = dict(_params(who, newest))
        if who.type == AlarmType.XID:
            params |= self._desk.reported(who.device or "", who.component, events)
        advice = self._desk.advice(who.device or "", who.component)
        if advice and not params.get("sxid"):
            params["action"] = advice
        self._book.raise_alarm(who, severity, newest.time, params, again=len(events))
        if who.type == AlarmType.GPU_LOST:
            self._gpus.watch(who.device or "")


def _severity(event: Event) -> Severity:
    if event.kind == "xid" and event.code == RECOVERY_ACTION:
        return Severity.MAJOR
    return Severity.CRITICAL if event.kind == "gpu-lost" else _SEVERITY_OF[event.severity]


def _asks_for_something(event: Event) -> bool:
    """Whether it is an Xid 154 that wants a reset or a reboot: an alarm of its own, since its cause may not be in the log."""
    return event.kind == "xid" and event.code == RECOVERY_ACTION and bool(advised(event.text))


def _params(who: Identity, event: Event) -> Mapping[str, Param]:
    params: dict[str, Param] = {"text": event.text, "gpu": who.component}
    if event.code is not None:
        params["xid"] = event.code
    if event.kind == "sxid":
        params["sxid"] = 1
    words = {"action": event.action, "pci_bus_id": event.pci_bus_id, "process": event.process, "job": event.job}
    for name, word in words.items():
        if word:
            params[name] = word
    return params
