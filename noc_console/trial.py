"""Conditions tried on the past: two monitors hear it, one with the conditions in force, one with those that are tried."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from noc_console.alarms.conditions import Conditions, Raises
from noc_console.alarms.gpu_conditions import GpuCondition
from noc_console.alarms.load import kind_of
from noc_console.model.alarm import Alarm
from noc_console.model.fleet import Inventory
from noc_console.model.poll import PollResult
from noc_console.replay import Replayed, Run

EXAMPLES = 5
HOUR = 3600.0
AnyCondition = Raises | GpuCondition


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of it. `start`, `end` : what is counted, UTC seconds."""

    tried: Replayed
    in_force: Replayed
    start: float
    end: float
    answers: int

    def as_object(self, conditions: Sequence[AnyCondition]) -> dict[str, object]:
        """For each of these conditions what it raised, and what would be different with all of them."""
        mine, before = self._counted(self.tried), self._counted(self.in_force)
        new = [alarm for key, alarm in mine.items() if key not in before]
        gone = [alarm for key, alarm in before.items() if key not in mine]
        return {
            "from": _moment(self.start),
            "to": _moment(self.end),
            "answers": self.answers,
            "readings": self.tried.readings,
            "conditions": [self._of_condition(condition, mine.values()) for condition in conditions],
            "with": self._totals(mine.values()),
            "in_force": self._totals(before.values()),
            "difference": {
                "alarms": len(mine) - len(before),
                "calls": sum(map(self._calls, mine.values())) - sum(map(self._calls, before.values())),
                "new": len(new),
                "gone": len(gone),
                "new_examples": [self._example(alarm) for alarm in new[:EXAMPLES]],
                "gone_examples": [self._example(alarm) for alarm in gone[:EXAMPLES]],
            },
        }

    def _counted(self, run: Replayed) -> dict[tuple[object, ...], Alarm]:
        return {(*alarm.identity, alarm.raised): alarm for alarm in run.alarms.values() if alarm.raised >= self.start}

    def _of_condition(self, condition: AnyCondition, alarms: Iterable[Alarm]) -> Mapping[str, object]:
        mine = [alarm for alarm in alarms if _is_of(condition, alarm)]
        hours = Counter(alarm.raised // HOUR * HOUR for alarm in mine)
        busiest = max(hours, key=lambda hour: (hours[hour], -hour), default=None)
        return {
            "name": condition.name,
            "kind": kind_of(condition),
            **self._totals(mine),
            "raises": sum(alarm.count for alarm in mine),
            "longest_seconds": round(max((self._seconds(alarm) for alarm in mine), default=0.0), 1),
            "busiest_hour": {"from": _moment(busiest), "alarms": hours[busiest]} if busiest is not None else None,
            "examples": [self._example(alarm) for alarm in mine[:EXAMPLES]],
        }

    def _totals(self, alarms: Iterable[Alarm]) -> dict[str, object]:
        listed = list(alarms)
        return {
            "alarms": len(listed),
            "calls": sum(map(self._calls, listed)),
            "devices": len({alarm.device for alarm in listed if alarm.device is not None}),
            "open": sum(alarm.is_open for alarm in listed),
        }

    def _calls(self, alarm: Alarm) -> int:
        return sum(at >= self.start for at in alarm.announced) if alarm.severity.calls else 0

    def _seconds(self, alarm: Alarm) -> float:
        return (alarm.cleared if alarm.cleared is not None else max(self.end, alarm.raised)) - alarm.raised

    def _example(self, alarm: Alarm) -> dict[str, object]:
        return {
            "device": alarm.device,
            "component": alarm.component,
            "type": alarm.type,
            "qualifier": alarm.qualifier,
            "severity": alarm.severity.word,
            "raised": _moment(alarm.raised),
            "cleared": _moment(alarm.cleared) if alarm.cleared is not None else None,
            "calls": self._calls(alarm),
            "why": alarm.why,
            "params": dict(alarm.params),
        }


def _is_of(condition: AnyCondition, alarm: Alarm) -> bool:
    if isinstance(condition, GpuCondition):
        return (alarm.type, alarm.qualifier) == (condition.type, condition.qualifier)
    return alarm.params.get("condition") == condition.name and alarm.type == condition.type


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def run_trial(
    inventory: Inventory,
    tried: Conditions,
    in_force: Conditions,
    results: Iterable[PollResult],
    start: float | None,
    told: Callable[[float], None],
) -> Trial:
    """Both sets of conditions on the same past; alarms raised before `start` are not counted (None = all are).

    `told` hears the time of each answer.
    """
    both = Run(inventory, tried), Run(inventory, in_force)
    renamed = {old: device.name for device in inventory.devices.values() for old in device.formerly}
    first = last = start
    answers = 0
    for result in results:
        first = result.finished if first is None else first
        last = result.finished
        answers += result.error is None and bool(len(result.layout))
        for run in both:
            run.feed(result, renamed.get(result.device, result.device))
        told(result.finished)
    for run in both:
        run.end()
    return Trial(tried=both[0].replayed, in_force=both[1].replayed, start=first or 0.0, end=last or 0.0, answers=answers)
