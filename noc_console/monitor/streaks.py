"""How long something has been wrong, or well again, before an alarm is raised or cleared."""

from collections.abc import Mapping
from dataclasses import dataclass

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.conditions import Hold
from noc_console.model.alarm import Param
from noc_console.model.severity import Severity


@dataclass(slots=True)
class _Streak:
    wrong: int = 0
    well: int = 0
    since: float = 0.0
    calm: float = 0.0


class Streaks:
    """Counts readings one after another for each alarm that may be. Used from the monitor's thread."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._running: dict[Identity, _Streak] = {}
        self._devices: set[str | None] = set()

    def is_open(self, who: Identity) -> bool:
        """Whether it stands, or readings towards it are counted: then a good reading matters."""
        return who in self._running or self._book.standing(who) is not None

    def any_of(self, device: str) -> bool:
        """Whether anything of a device stands or is counted: where nothing does, good readings need not be told."""
        return device in self._devices or bool(self._book.open_of(device))

    def wrong(self, who: Identity, severity: Severity, at: float, hold: Hold, params: Mapping[str, Param]) -> None:
        """One more bad reading; raises after the hold."""
        streak = self._running.setdefault(who, _Streak(since=at))
        self._devices.add(who.device)
        streak.wrong, streak.well = streak.wrong + 1, 0
        if self._book.standing(who) is None and (streak.wrong < hold.readings or at - streak.since < hold.seconds):
            return
        self._book.raise_alarm(who, severity, at, {**params, "since": streak.since})

    def well(self, who: Identity, at: float, clear: Hold) -> None:
        """One more good reading; clears after its hold."""
        if self._book.standing(who) is None:
            if self._running.pop(who, None) is not None:
                self._devices = {other.device for other in self._running}
            return
        streak = self._running.setdefault(who, _Streak())
        streak.calm = at if not streak.well else streak.calm
        streak.wrong, streak.well = 0, streak.well + 1
        if streak.well >= clear.readings and at - streak.calm >= clear.seconds:
            del self._running[who]
            self._book.clear(who, at)

    def forget(self, device: str) -> None:
        """Begin anew: what still stands is raised again after its hold."""
        for who in [who for who in self._running if who.device == device]:
            del self._running[who]

    def gone(self, who: Identity, at: float) -> None:
        """Nothing gives it any more."""
        self._running.pop(who, None)
        self._book.clear(who, at, "not given any more")
