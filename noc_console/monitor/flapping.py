"""Ports that go down and up again and again: one alarm with a count, told by the raw changes before any hold time."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Param
from noc_console.model.severity import Severity

FALLS = 3
WITHIN_S = 600.0
"""Three falls in ten minutes are chattering (field)."""

CALM_S = 300.0
"""Seconds without a change after which it is over: ten checks of the last twenty, a weighted share below 25 % (Icinga)."""


@dataclass(slots=True)
class _Port:
    """When it fell, and its last change of either kind."""

    falls: deque[float] = field(default_factory=lambda: deque(maxlen=FALLS))
    changed: float = 0.0


class FlapWatch:
    """All ports that ever changed. Used from the monitor's thread."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._ports: dict[tuple[str, str], _Port] = {}
        self._on: dict[tuple[str, str], None] = {}

    def restore(self) -> None:
        """Alarms that stand are over when nothing changes any more."""
        for alarm in self._book.alarms.values():
            if alarm.is_open and alarm.type == AlarmType.FLAPPING:
                self.remember(alarm.device, alarm.component)

    def remember(self, device: str | None, port: str) -> None:
        """Its alarm stands: it is over when nothing changes any more."""
        key = (device or "", port)
        self._ports.setdefault(key, _Port()).changed = self._book.now
        self._on[key] = None

    def changed(self, device: str, port: str, at: float, neighbour: Mapping[str, Param], *, up: bool) -> None:
        """A port that should be up changed."""
        key = (device, port)
        known = self._ports.setdefault(key, _Port())
        known.changed = at
        if up:
            return
        known.falls.append(at)
        who = Identity(device, port, AlarmType.FLAPPING)
        if key in self._on:
            self._book.raise_alarm(who, Severity.MAJOR, at, {"since": known.falls[0], **neighbour}, again=1)
        elif len(known.falls) == FALLS and at - known.falls[0] <= WITHIN_S:
            self._on[key] = None
            self._book.raise_alarm(who, Severity.MAJOR, at, {"since": known.falls[0], **neighbour}, again=FALLS)

    def advance(self, now: float) -> None:
        """End what has been calm for long enough."""
        for key in [key for key in self._on if now >= self._ports[key].changed + CALM_S]:
            del self._on[key]
            self._ports[key].falls.clear()
            self._book.clear(Identity(*key, AlarmType.FLAPPING), self._ports[key].changed + CALM_S)

    def forget(self, device: str | None, port: str) -> None:
        """A person closed the alarm: what goes on is counted anew."""
        if self._on.pop((device or "", port), "no") != "no":
            self._ports[device or "", port].falls.clear()

    def next_wake(self) -> float | None:
        """When one may be over."""
        return min((self._ports[key].changed + CALM_S for key in self._on), default=None)
