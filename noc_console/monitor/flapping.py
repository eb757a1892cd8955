"""Ports that go down and up again and again: one alarm with a count, told by the raw changes before any hold time.

Two measures, each enough: three falls within ten minutes, or Icinga's share of changes in the last 20 checks, where a check
weighs from 0.8 (the oldest) to 1.18 (the newest), 0.02 more each: on above 30 %, off below 25 % (Icinga 2: checkable-flapping).
"""

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

CHECKS = 20
OLDEST, STEP = 0.8, 0.02
ON_SHARE, OFF_SHARE = 0.30, 0.25

CALM_S = 300.0
"""Seconds without a change after which it is over."""


@dataclass(slots=True)
class _Port:
    """When it fell, at which checks it changed, its last change of either kind, and the first fall of what stands."""

    falls: deque[float] = field(default_factory=lambda: deque(maxlen=FALLS))
    checks: deque[int] = field(default_factory=lambda: deque(maxlen=CHECKS))
    changed: float = 0.0
    first: float = 0.0

    def share(self, check: int) -> float:
        """Weighted share of changes in the last checks, this one being the newest."""
        ages = (check - c for c in self.checks)
        return sum(OLDEST + STEP * (CHECKS - 1 - age) for age in ages if 0 <= age < CHECKS) / CHECKS


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
        known = self._ports.setdefault(key, _Port(first=self._book.now))
        known.changed = self._book.now
        self._on[key] = None

    def changed(self, device: str, port: str, at: float, neighbour: Mapping[str, Param], *, up: bool, check: int) -> None:
        """A port that should be up changed; `check` counts the answers of its device."""
        key = (device, port)
        known = self._ports.setdefault(key, _Port())
        known.changed = at
        known.checks.append(check)
        if up:
            return
        known.falls.append(at)
        if key in self._on:
            self._tell(key, known, neighbour, 1)
            return
        often = len(known.falls) == FALLS and at - known.falls[0] <= WITHIN_S
        if often or (len(known.falls) > 1 and known.share(check) > ON_SHARE):
            self._on[key] = None
            known.first = known.falls[0]
            self._tell(key, known, neighbour, len(known.falls))

    def _tell(self, key: tuple[str, str], known: _Port, neighbour: Mapping[str, Param], falls: int) -> None:
        who = Identity(*key, AlarmType.FLAPPING)
        params = {"since": known.first, "percent": round(100 * known.share(known.checks[-1]), 1), **neighbour}
        self._book.raise_alarm(who, Severity.MAJOR, known.changed, params, again=falls, chattering=True)

    def advance(self, now: float) -> None:
        """End what has been calm for long enough."""
        for key in [key for key in self._on if now >= self._ports[key].changed + CALM_S]:
            self._end(key, self._ports[key].changed + CALM_S)

    def checked(self, device: str, check: int, at: float) -> None:
        """Its device answered: what changes seldom enough again is over."""
        for key in [key for key in self._on if key[0] == device]:
            known = self._ports[key]
            if at - known.changed >= CALM_S / 2 and known.share(check) < OFF_SHARE:
                self._end(key, at)

    def _end(self, key: tuple[str, str], at: float) -> None:
        del self._on[key]
        self._ports[key].falls.clear()
        self._book.clear(Identity(*key, AlarmType.FLAPPING), at)

    def any_on(self, device: str) -> bool:
        """Whether a port of it flaps."""
        return bool(self._on) and any(key[0] == device for key in self._on)

    def forget(self, device: str | None, port: str) -> None:
        """A person closed the alarm: what goes on is counted anew."""
        if self._on.pop((device or "", port), "no") != "no":
            self._ports[device or "", port].falls.clear()
            self._ports[device or "", port].checks.clear()

    def next_wake(self) -> float | None:
        """When one may be over."""
        return min((self._ports[key].changed + CALM_S for key in self._on), default=None)
