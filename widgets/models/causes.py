"""What stands under which cause, for the rows that show it: how many, of which severity, where, how fast."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from noc_console.model.alarm import Alarm
from noc_console.model.severity import Severity
from widgets.models.alarm_rows import AlarmRows
from widgets.models.alarm_tree import Slots

RATE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Tally:
    """The symptoms of a cause: how many, by severity from the worst, by site, and how many began in the last ten minutes."""

    count: int
    severities: tuple[tuple[Severity, int], ...]
    sites: tuple[tuple[str, int], ...]
    fresh: int


class Causes:
    """Reads the rows; keeps nothing of its own."""

    def __init__(self, rows: AlarmRows) -> None:
        self._rows = rows

    def _slot(self, number: int) -> int:
        slot = self._rows.slots.get(number, -1)
        return slot if slot < len(self._rows.roots) else -1

    def of(self, number: int) -> int:
        """The number of the cause at the end that an alarm stands under; its own where there is none."""
        slot = self._slot(number)
        return number if slot < 0 else self._rows.alarms[int(self._rows.roots[slot])].id

    def is_folded(self, number: int) -> bool:
        """Whether an alarm stands under a cause that is shown."""
        slot = self._slot(number)
        return slot >= 0 and bool(self._rows.folded[slot])

    def count(self, number: int) -> int:
        """How many stand under a cause."""
        slot = self._slot(number)
        return int(self._rows.symptoms[slot]) if slot >= 0 else 0

    def members(self, number: int) -> list[Alarm]:
        """Symptoms of a cause, as many as `count` says."""
        slot = self._slot(number)
        return self._rows.members(slot) if slot >= 0 else []

    def hidden(self, number: int, shown: Slots) -> tuple[int, int]:
        """How many of the symptoms that fit have no row, and how many of those are over: what the line "57 more" says."""
        fitting = np.flatnonzero(self._rows.folded & (self._rows.roots == self._slot(number)))
        left = fitting[~np.isin(fitting, shown)]
        return len(left), sum(not self._rows.alarms[slot].is_open for slot in left.tolist())

    def tally(self, number: int, now: float) -> Tally:
        """The symptoms of a cause in figures."""
        members = self.members(number)
        severities = Counter(alarm.severity for alarm in members)
        sites = Counter(alarm.site for alarm in members if alarm.site)
        return Tally(
            count=len(members),
            severities=tuple((severity, severities[severity]) for severity in sorted(severities, reverse=True)),
            sites=tuple(sites.most_common()),
            fresh=sum(now - alarm.raised <= RATE_SECONDS for alarm in members),
        )
