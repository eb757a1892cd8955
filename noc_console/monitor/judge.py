"""Threshold conditions over all devices: which plan judges which answer, and what its transitions mean for the book."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.conditions import Conditions, Levels, ThresholdCondition
from noc_console.alarms.sides import levels_of
from noc_console.model.alarm import Param
from noc_console.model.fleet import Device
from noc_console.model.poll import Key, Layout, Limits, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.plan import Plan, Transition, Watched

GONE_AFTER = 2
"""Complete answers without a value until an alarm that stands on it ends."""


@dataclass(slots=True)
class _Current:
    """The plan of one source and what it does not find any more."""

    layout: Layout
    plan: Plan
    gone: tuple[Identity, ...] = ()
    answers_without: int = 0


class Judge:
    """Judges values by limits. Used from the monitor's thread.

    A value that several sources of a device give is judged from the quickest of them only.
    """

    def __init__(self, conditions: Conditions, book: Book, devices: Mapping[str, Device]) -> None:
        self._conditions = conditions
        self._book = book
        self._devices = devices
        self._current: dict[tuple[str, str], _Current] = {}
        self._outdated: dict[tuple[str, str], _Current] = {}
        self._shapes: dict[str, dict[str, tuple[float, Layout]]] = {}
        self._limits: dict[str, dict[str, Limits]] = {}
        self._shape_numbers: dict[str, int] = {}

    def learn_limits(self, device: str, source: str, limits: Limits) -> None:
        """Limits that a device gives; they hold until this source gives others."""
        known = self._limits.setdefault(device, {})
        if known.get(source) != limits:
            known[source] = limits
            self._outdate(device)

    def is_unsure(self, device: str) -> bool:
        """Whether a value has passed a limit, and not long enough for an alarm yet."""
        plans = (self._current.get((device, source)) for source in self._shapes.get(device, ()))
        return any(current is not None and current.plan.is_unsure for current in plans)

    def forget(self, device: str | None) -> None:
        """Begin anew for a device: what still stands is raised again after its hold."""
        if device is not None:
            self._outdate(device)
            for key in [key for key in self._outdated if key[0] == device]:
                del self._outdated[key]

    def judge(self, result: PollResult) -> None:
        """Judge the values of an answer."""
        key = (result.device, result.source)
        current = self._current.get(key)
        if current is None or current.layout is not result.layout:
            current = self._plan_for(result)
        for transition in current.plan.judge(result.values, result.finished):
            self._tell(transition, result)
        if current.gone and not result.incomplete:
            self._end_what_is_gone(current, result)

    def shape_of(self, device: str) -> int:
        """A number that changes when what the sources of a device give does."""
        return self._shape_numbers.get(device, 0)

    def _outdate(self, device: str) -> None:
        self._shape_numbers[device] = self._shape_numbers.get(device, 0) + 1
        for key in [(device, source) for source in self._shapes.get(device, ())]:
            current = self._current.pop(key, None)
            if current is not None:
                self._outdated[key] = current

    def _plan_for(self, result: PollResult) -> _Current:
        key = (result.device, result.source)
        shapes = self._shapes.setdefault(result.device, {})
        if shapes.get(result.source) != (result.interval, result.layout):
            shapes[result.source] = (result.interval, result.layout)
            self._outdate(result.device)
        old = self._outdated.pop(key, None)
        current = self._compiled(result.device, result.source, result.layout, old)
        self._current[key] = current
        return current

    def _compiled(self, device: str, source: str, layout: Layout, old: _Current | None) -> _Current:
        standing = {Identity(*a.identity): (a.severity, a.raised) for a in self._book.open_of(device)}
        plan = Plan(self._watched(device, source, layout), standing)
        if old is None:
            return _Current(layout, plan)
        plan.carry_over(old.plan)
        gone = self._gone(device, (*(w.identity for w in old.plan.watched), *old.gone), standing)
        return _Current(layout, plan, gone)

    def _gone(self, device: str, before: Iterable[Identity], standing: Mapping[Identity, object]) -> tuple[Identity, ...]:
        """Alarms that stand on values that no source of the device gives any more."""
        given = {component for _, layout in self._shapes[device].values() for component, _ in layout.keys}
        return tuple({who: None for who in before if who in standing and who.component not in given})

    def _end_what_is_gone(self, current: _Current, result: PollResult) -> None:
        current.answers_without += 1
        if current.answers_without >= GONE_AFTER:
            for who in current.gone:
                self._book.clear(who, result.finished, "not given any more")
            current.gone = ()

    def _watched(self, name: str, source: str, layout: Layout) -> Iterable[Watched]:
        device = self._devices[name]
        elsewhere, everywhere = self.given_by_others(name, source)
        for column, (component, metric) in enumerate(layout.keys):
            if (component, metric) in elsewhere:
                continue
            for condition in self._conditions.for_value(device, component, metric):
                levels = self._levels(device, condition, component, everywhere)
                if levels:
                    who = Identity(name, component, condition.type, condition.qualifier)
                    yield Watched(
                        column=column, identity=who, component=component, metric=metric, condition=condition, levels=levels
                    )

    def given_by_others(self, device: str, source: str) -> tuple[set[Key], set[Key]]:
        """(keys that a quicker source gives, keys that any source gives)."""
        shapes = self._shapes[device]
        mine = (shapes[source][0], source)
        quicker: set[Key] = set()
        everywhere: set[Key] = set()
        for other, (interval, layout) in shapes.items():
            everywhere.update(layout.keys)
            if (interval, other) < mine:
                quicker.update(layout.keys)
        return quicker, everywhere

    def _levels(self, device: Device, condition: ThresholdCondition, component: str, given: set[Key]) -> Levels:
        """Limits of the device itself, else of the inventory, else of the condition."""
        for limits in self._limits.get(device.name, {}).values():
            own = levels_of(limits.get(component, {}).get(condition.metric, {}), condition.metric, above=condition.above)
            if own:
                return own
        named = levels_of(device.limits.get(condition.metric, {}), condition.metric, above=condition.above)
        if named:
            return named
        if condition.unless_metric and (component, condition.unless_metric) in given:
            return {}
        return condition.levels

    def _tell(self, transition: Transition, result: PollResult) -> None:
        who = transition.watched.identity
        if transition.severity is None:
            self._book.clear(who, result.finished)
            return
        params = _params(transition, result)
        self._book.raise_alarm(who, Severity(transition.severity), result.finished, params)


def _params(transition: Transition, result: PollResult) -> Mapping[str, Param]:
    watched = transition.watched
    metric = watched.metric
    params: dict[str, Param] = {"metric": metric, "value": transition.value, "since": transition.since}
    params |= watched.condition.said
    if transition.limit is not None:
        params["limit"] = transition.limit
    text = next((t for component, m, t in result.texts if component == watched.component and m == metric), None)
    if text is not None:
        params["text"] = text
    return params
