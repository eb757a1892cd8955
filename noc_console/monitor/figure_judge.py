"""Conditions that judge a figure of what was measured: rate, state, peers, usual. Which of them look at which answer.

As with thresholds, everything is made ready once per layout; an answer costs a few array operations for each condition that
fits its device, and nothing where none does.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.conditions import Conditions
from noc_console.alarms.kinds import Figure, PeersCondition, RateCondition, StateCondition, UsualCondition
from noc_console.model.alarm import Param
from noc_console.model.changes import Baseline
from noc_console.model.fleet import Device, Inventory
from noc_console.model.poll import Key, Layout, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.gauges import Columns, Gauge, RateGauge, StateGauge
from noc_console.monitor.judge import GONE_AFTER, Judge
from noc_console.monitor.peers import Group, PeersGauge, group_of
from noc_console.monitor.plan import Plan, Transition, Watched
from noc_console.monitor.usual_kept import UsualKept

MOST_WORDS = 1024
"""Components of one source that give words only."""


@dataclass(slots=True)
class _Follow:
    """One condition on one source of a device."""

    condition: Figure
    plan: Plan
    gauge: Gauge


@dataclass(slots=True)
class _Current:
    """What looks at the answers of one source."""

    layout: Layout
    shape: int
    follows: list[_Follow]
    words: frozenset[Key] = frozenset()
    gone: tuple[Identity, ...] = ()
    answers_without: int = 0


class FigureJudge:
    """Used from the monitor's thread."""

    def __init__(
        self,
        conditions: Conditions,
        book: Book,
        inventory: Inventory,
        judge: Judge,
        keep: Callable[[Baseline], None],
    ) -> None:
        self._conditions = conditions.figures
        self._book = book
        self._inventory = inventory
        self._judge = judge
        self._usual = UsualKept(inventory, keep)
        self._fitting: dict[str, tuple[Figure, ...]] = {}
        self._current: dict[tuple[str, str], _Current] = {}
        self._groups: dict[tuple[str, ...], Group] = {}
        self._texts = {c.metric for c in self._conditions if isinstance(c, StateCondition)}

    def restore(self, baselines: Iterable[Baseline]) -> None:
        """What was learned in earlier runs."""
        self._usual.restore(baselines, (c.name for c in self._conditions if isinstance(c, UsualCondition)))

    def forget(self, device: str | None) -> None:
        """Begin to count anew for a device: what still stands is raised again after its hold. What was learned stays."""
        for key in [key for key in self._current if key[0] == device]:
            self._close(self._current.pop(key))

    def judge(self, result: PollResult) -> None:
        """Judge the figures of an answer."""
        if not self._conditions:
            return
        fitting = self._fitting.get(result.device)
        if fitting is None:
            found = self._inventory.devices[result.device]
            fitting = self._fitting[result.device] = tuple(c for c in self._conditions if c.fits_device(found))
        if not fitting:
            return
        current = self._current_for(result, fitting)
        for follow in current.follows:
            for transition in follow.plan.judge(follow.gauge.figures(result), result.finished):
                self._tell(transition, follow, result)
        if current.gone and not result.incomplete:
            self._end_what_is_gone(current, result)

    def _current_for(self, result: PollResult, fitting: tuple[Figure, ...]) -> _Current:
        key = (result.device, result.source)
        current = self._current.get(key)
        shape = self._judge.shape_of(result.device)
        words = self._words(result, current)
        if current is None or current.layout is not result.layout or current.shape != shape or current.words != words:
            current = self._current[key] = self._made(result, fitting, current, words)
            current.shape = shape
        return current

    def _words(self, result: PollResult, current: _Current | None) -> frozenset[Key]:
        """Keys that this source has given as words only, so far."""
        known = current.words if current is not None else frozenset()
        if not self._texts or not result.texts:
            return known
        given = {(c, m) for c, m, _ in result.texts if m in self._texts} - known - result.layout.index.keys()
        return known | given if given and len(known) + len(given) <= MOST_WORDS else known

    def _made(self, result: PollResult, fitting: tuple[Figure, ...], old: _Current | None, words: frozenset[Key]) -> _Current:
        standing = {Identity(*a.identity): (a.severity, a.raised) for a in self._book.open_of(result.device)}
        keys = [*enumerate(result.layout.keys), *((-1, key) for key in sorted(words))]
        elsewhere = self._judge.given_by_others(result.device, result.source)[0]
        taken: set[tuple[str, str, str]] = set()
        before = {id(f.condition): f for f in old.follows} if old is not None else {}
        follows = []
        for condition in fitting:
            mine = [(column, component) for column, (component, metric) in keys
                    if metric == condition.metric and (component, metric) not in elsewhere
                    and (component, condition.type, condition.qualifier) not in taken
                    and condition.fits_component(component)]  # fmt: skip
            taken |= {(component, condition.type, condition.qualifier) for _, component in mine}
            follow = self._follow(result, condition, mine, standing) if mine else None
            if follow is not None:
                follows.append(follow)
                _take_over(follow, before.get(id(condition)))
        gone: tuple[Identity, ...] = ()
        if old is not None:
            self._close(old)
            given = {component for _, (component, _) in keys}
            watched = (w.identity for f in old.follows for w in f.plan.watched)
            gone = tuple({w: None for w in (*watched, *old.gone) if w in standing and w.component not in given})
        return _Current(result.layout, 0, follows, words, gone)

    def _follow(
        self,
        result: PollResult,
        condition: Figure,
        mine: list[tuple[int, str]],
        standing: Mapping[Identity, tuple[Severity, float]],
    ) -> _Follow | None:
        columns = np.array([column for column, _ in mine], dtype=np.intp)
        components = [component for _, component in mine]
        gauge = self._gauge(result.device, condition, columns, components)
        if gauge is None:
            return None
        watched = [
            Watched(
                column=i,
                identity=Identity(result.device, component, condition.type, condition.qualifier),
                component=component,
                metric=condition.metric,
                condition=condition,
                levels=condition.levels,
            )
            for i, component in enumerate(components)
        ]
        return _Follow(condition, Plan(watched, standing), gauge)

    def _gauge(self, name: str, condition: Figure, columns: Columns, components: list[str]) -> Gauge | None:
        device = self._inventory.devices[name]
        if isinstance(condition, RateCondition):
            return RateGauge(condition, columns, components)
        if isinstance(condition, StateCondition):
            return StateGauge(condition, columns, components)
        if isinstance(condition, PeersCondition):
            groups = self._groups_of(condition, device, components)
            return PeersGauge(condition, columns, groups) if groups is not None else None
        return self._usual.gauge(condition, device, columns, components)

    def _groups_of(self, condition: PeersCondition, device: Device, components: list[str]) -> list[Group] | None:
        place = group_of(condition, device, self._inventory)
        if place is None:
            return None
        each = components if condition.by_component else [""] * len(components)
        return [self._groups.setdefault((condition.name, *place, component), Group()) for component in each]

    @staticmethod
    def _close(current: _Current) -> None:
        for follow in current.follows:
            if isinstance(follow.gauge, PeersGauge):
                follow.gauge.close()

    def _end_what_is_gone(self, current: _Current, result: PollResult) -> None:
        current.answers_without += 1
        if current.answers_without >= GONE_AFTER:
            for who in current.gone:
                self._book.clear(who, result.finished, "not given any more")
            current.gone = ()

    def _tell(self, transition: Transition, follow: _Follow, result: PollResult) -> None:
        who, i = transition.watched.identity, transition.watched.column
        if transition.severity is None:
            self._book.clear(who, result.finished)
            return
        params: dict[str, Param] = {"metric": follow.condition.metric, "since": transition.since, **follow.condition.said}
        column = result.layout.index.get((who.component, follow.condition.metric))
        value = float(result.values[column]) if column is not None else float("nan")
        if value == value:
            params["value"] = value
        if transition.limit is not None and not isinstance(follow.condition, StateCondition):
            params["limit"] = transition.limit
        self._book.raise_alarm(who, transition.severity, result.finished, {**params, **follow.gauge.params(i)})


def _take_over(follow: _Follow, old: _Follow | None) -> None:
    if old is None:
        return
    follow.plan.carry_over(old.plan)
    if isinstance(follow.gauge, RateGauge) and isinstance(old.gauge, RateGauge):
        follow.gauge.take_over(old.gauge)
