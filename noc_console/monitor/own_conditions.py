"""All conditions beside thresholds and those of GPUs, as one part of the monitor."""

from collections.abc import Callable, Iterable

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.conditions import Conditions
from noc_console.model.alarm import Alarm
from noc_console.model.changes import Baseline
from noc_console.model.fleet import Inventory
from noc_console.model.poll import Event, PollResult
from noc_console.monitor.absences import Absences, SilentSources
from noc_console.monitor.counts import Counts
from noc_console.monitor.figure_judge import FigureJudge
from noc_console.monitor.judge import Judge


class OwnConditions:
    """Used from the monitor's thread. Where there are no such conditions an answer costs a few calls that end at once."""

    def __init__(
        self,
        conditions: Conditions,
        book: Book,
        inventory: Inventory,
        judge: Judge,
        keep: Callable[[Baseline], None],
        is_reachable: Callable[[str], bool | None],
    ) -> None:
        self._figures = FigureJudge(conditions, book, inventory, judge, keep)
        self._absences = Absences(conditions, book, inventory.devices, keep)
        self._silent = SilentSources(conditions, book, inventory.devices, is_reachable)
        self._counts = Counts(conditions, book, inventory.devices)
        self._any = bool(conditions.figures or conditions.absences)

    def restore(self, baselines: Iterable[Baseline]) -> None:
        """What was learned and expected in earlier runs."""
        known = tuple(baselines)
        self._figures.restore(known)
        self._absences.restore(known)
        self._counts.restore()

    def heard(self, result: PollResult) -> None:
        """An answer or a miss."""
        self._silent.heard(result)

    def judge(self, result: PollResult) -> None:
        """The values of an answer."""
        if self._any:
            self._figures.judge(result)
            self._absences.judge(result)

    def noted(self, alarm: Alarm, before: Alarm | None) -> None:
        """An alarm is about to be kept as this record."""
        self._counts.noted(alarm, before)

    def event(self, device: str, component: str, event: Event) -> None:
        """One event that is told for the first time."""
        self._counts.heard(device, component, event)

    def advance(self, now: float) -> None:
        """Time passed."""
        self._silent.advance(now)
        self._counts.advance(now)

    def forget(self, alarm: Alarm) -> None:
        """A person has ended an alarm that stood."""
        self._figures.forget(alarm.device)
        self._absences.forget(Identity(*alarm.identity))
        self._counts.forget(Identity(*alarm.identity))

    def undone(self, alarm: Alarm) -> None:
        """Its end was undone: it stands again, and what ends it is watched for again."""
        self._figures.forget(alarm.device)
        self._absences.remember(Identity(*alarm.identity))
        self._silent.remember(Identity(*alarm.identity))
        self._counts.stands(alarm)
