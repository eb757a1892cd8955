"""Recorded readings through the same monitor, on the recording's own clock: no window, no network, no secret, no store."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from noc_console.alarms.conditions import Conditions
from noc_console.model.alarm import Alarm, Incident
from noc_console.model.fleet import Inventory
from noc_console.model.poll import PollResult
from noc_console.monitor.monitor import Monitor

GATHER_EVERY = 1.0
"""Seconds of the recording between two looks at what changed; live it is twenty times a second."""

MOST_WAKES = 10_000
"""Steps of the clock at the end; what waits is bounded, this only ends a mistake of ours."""


@dataclass(slots=True)
class Replayed:
    """What a recording raised. `left_out` are devices that the inventory does not have."""

    alarms: dict[int, Alarm] = field(default_factory=dict)
    incidents: dict[int, Incident] = field(default_factory=dict)
    readings: int = 0
    calls: int = 0
    seconds: float = 0.0
    left_out: set[str] = field(default_factory=set)

    def as_object(self) -> dict[str, object]:
        """The object of the formats."""
        return {
            "alarms": [alarm_object(alarm) for alarm in self.alarms.values()],
            "incidents": [incident_object(i) for i in self.incidents.values() if i.alarms],
            "load": {
                "calls": self.calls,
                "alarms": len(self.alarms),
                "readings": self.readings,
                "seconds": round(self.seconds, 3),
            },
        }


class Run:
    """A monitor of its own that hears one result after another, and what came of it.

    Attributes
    ----------
    replayed : what was raised so far.
    """

    def __init__(self, inventory: Inventory, conditions: Conditions) -> None:
        self.replayed = Replayed()
        self._inventory = inventory
        self._conditions = conditions
        self._monitor: Monitor | None = None
        self._now, self._gathered = 0.0, -np.inf

    def feed(self, result: PollResult, device: str = "") -> None:
        """Judge one result; `device` is its name now, where it had another."""
        name, now = device or result.device, result.finished
        if name not in self._inventory.devices:
            self.replayed.left_out.add(name)
            return
        monitor = self._monitor
        if monitor is None:
            monitor = self._monitor = Monitor(self._inventory, self._conditions, now=now)
        self._now = now
        monitor.advance(now)
        monitor.ingest(result if name == result.device else replace(result, device=name))
        self.replayed.readings += len(result.values) - int(np.count_nonzero(np.isnan(result.values)))
        if now - self._gathered >= GATHER_EVERY:
            self._gathered = now
            self._gather(monitor)

    def end(self) -> None:
        """Let the clock run on until nothing is held back."""
        if self._monitor is None:
            return
        self._gather(self._monitor)
        self._run_on(self._monitor)
        self.replayed.calls = self._monitor.book.calls

    def _gather(self, monitor: Monitor) -> None:
        changes = monitor.take(self._now).changes
        if changes is not None:
            self.replayed.alarms.update((alarm.id, alarm) for alarm in changes.alarms)
            self.replayed.incidents.update((incident.id, incident) for incident in changes.incidents)

    def _run_on(self, monitor: Monitor) -> None:
        for _ in range(MOST_WAKES):
            wake = monitor.next_wake()
            if wake is None:
                break
            self._now = max(self._now, wake)
            monitor.advance(self._now)
            self._gather(monitor)


def replay(
    inventory: Inventory, conditions: Conditions, results: Iterable[PollResult], stopwatch: Callable[[], float]
) -> Replayed:
    """Judge the results in their order; at the end the clock runs on until nothing is held back.

    `stopwatch` gives seconds for `load.seconds` only.
    """
    began = stopwatch()
    run = Run(inventory, conditions)
    for result in results:
        run.feed(result)
    run.end()
    run.replayed.seconds = stopwatch() - began
    return run.replayed


def alarm_object(alarm: Alarm) -> Mapping[str, object]:
    """An alarm as the formats show it."""
    places = {"rack": alarm.rack, "room": alarm.room, "site": alarm.site} if alarm.device is None else {}
    return {
        "id": alarm.id,
        "device": alarm.device,
        "component": alarm.component,
        "type": alarm.type,
        "qualifier": alarm.qualifier,
        "severity": alarm.severity.word,
        "raised": alarm.raised,
        "cleared": alarm.cleared,
        "count": alarm.count,
        "incident": alarm.incident,
        "symptom_of": alarm.symptom_of,
        "why": alarm.why,
        "announced": list(alarm.announced),
        "params": dict(alarm.params),
        **{name: value for name, value in places.items() if value is not None},
    }


def incident_object(incident: Incident) -> Mapping[str, object]:
    """An incident as the formats show it."""
    return {
        "id": incident.id,
        "root": dict(incident.root),
        "opened": incident.opened,
        "closed": incident.closed,
        "alarms": list(incident.alarms),
    }
