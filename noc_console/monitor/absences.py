"""What a source used to give and gives no more, judged for each source by itself; and sources that say nothing at all.

What was given is kept as a baseline, so that it is missed after a restart as well.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.conditions import Conditions, any_matches, patterns
from noc_console.alarms.kinds import AbsenceCondition
from noc_console.model.alarm import Param
from noc_console.model.changes import Baseline
from noc_console.model.fleet import Device
from noc_console.model.poll import Layout, PollResult, Values
from noc_console.monitor.plan import Plan, Transition, Watched

GIVEN = "given"
"""Kind of the baselines of what a source gives; the name is the condition's and the source's."""

MOST_EXPECTED = 4096
"""Components of one source that are expected."""

LOOK_EVERY = 10.0
"""Seconds between two looks for sources that say nothing."""

QUIET_INTERVALS = 2.5
"""A source is not silent within so many of its intervals, whatever the levels say."""


@dataclass(slots=True)
class _Expected:
    """What one condition expects of one source of a device.

    `names` : the components. seen, last : (n,) answers that had it, up to the least; when it was given last (UTC seconds).
    columns, owner : where the layout has their values, and whose they are.
    """

    condition: AbsenceCondition
    names: dict[str, int] = field(default_factory=dict)
    seen: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    last: Values = field(default_factory=lambda: np.zeros(0))
    plan: Plan | None = None
    layout: Layout | None = None
    columns: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    owner: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))


def identity_of(condition: AbsenceCondition, device: str, source: str, component: str) -> Identity:
    """The alarm of one component of one source."""
    return Identity(device, component, condition.type, f"{condition.qualifier} {source}")


class Absences:
    """Used from the monitor's thread."""

    def __init__(
        self, conditions: Conditions, book: Book, devices: Mapping[str, Device], keep: Callable[[Baseline], None]
    ) -> None:
        self._conditions = tuple(c for c in conditions.absences if c.of == "values")
        self._sources = {c.name: patterns(c.sources) for c in self._conditions}
        self._book = book
        self._devices = devices
        self._keep = keep
        self._expected: dict[tuple[str, str], tuple[_Expected, ...]] = {}
        self._restored: dict[tuple[str, str], tuple[str, ...]] = {}

    def restore(self, baselines: Iterable[Baseline]) -> None:
        """What was given in earlier runs: the time without it counts from the first answer on."""
        if not self._conditions:
            return
        for baseline in baselines:
            if baseline.kind == GIVEN and baseline.value:
                self._restored[baseline.device, baseline.name] = _names(baseline.value)

    def forget(self, who: Identity) -> None:
        """A person has closed this alarm: the component is not expected any more until it is given again."""
        for each, source, place in self._of(who):
            each.seen[place] = 0
            self._store(each, who.device or "", source, each.last[place])

    def remember(self, who: Identity) -> None:
        """Closing the alarm was a mistake: the component is expected again, and ends the alarm where it is given."""
        for each, source, place in self._of(who):
            each.seen[place] = each.condition.least
            self._store(each, who.device or "", source, each.last[place])
            each.plan = None
            self._make_plan(each, who.device or "", source)

    def _of(self, who: Identity) -> list[tuple[_Expected, str, int]]:
        """(what expects it, by which source, at which place) of an alarm."""
        return [
            (each, source, each.names[who.component])
            for (device, source), expected in self._expected.items()
            for each in expected
            if who.component in each.names and identity_of(each.condition, device, source, who.component) == who
        ]

    def judge(self, result: PollResult) -> None:
        """Look what an answer lacks. One that could not be read whole says nothing."""
        if not self._conditions or result.incomplete:
            return
        key = (result.device, result.source)
        expected = self._expected.get(key)
        if expected is None:
            expected = self._expected[key] = self._begin(result)
        for each in expected:
            self._look(each, result)

    def _begin(self, result: PollResult) -> tuple[_Expected, ...]:
        device = self._devices[result.device]
        fitting = [
            c for c in self._conditions if c.fits_device(device) and any_matches(self._sources[c.name], result.source)
        ]  # fmt: skip
        found = []
        for condition in fitting:
            each = _Expected(condition)
            known = self._restored.pop((result.device, _baseline_name(condition, result.source)), ())
            self._add(each, result, known)
            each.seen[:] = condition.least
            found.append(each)
        return tuple(found)

    def _add(self, each: _Expected, result: PollResult, names: Iterable[str]) -> None:
        new = [name for name in names if name not in each.names][: MOST_EXPECTED - len(each.names)]
        each.names.update({name: len(each.names) + i for i, name in enumerate(new)})
        each.seen = np.concatenate((each.seen, np.zeros(len(new), dtype=np.int64)))
        each.last = np.concatenate((each.last, np.full(len(new), result.finished)))
        self._make_plan(each, result.device, result.source)

    def _make_plan(self, each: _Expected, device: str, source: str) -> None:
        standing = {Identity(*a.identity): (a.severity, a.raised) for a in self._book.open_of(device)}
        watched = [
            Watched(
                column=i,
                identity=identity_of(each.condition, device, source, name),
                component=name,
                metric=each.condition.metric,
                condition=each.condition,
                levels=each.condition.levels,
            )
            for name, i in each.names.items()
        ]
        old, each.plan = each.plan, Plan(watched, standing)
        if old is not None:
            each.plan.carry_over(old)

    def _look(self, each: _Expected, result: PollResult) -> None:
        if each.layout is not result.layout:
            self._read_layout(each, result)
        given = np.bincount(each.owner, ~np.isnan(result.values[each.columns]), len(each.names)) > 0
        least = each.condition.least
        learned = given & (each.seen == least - 1)
        each.seen = np.minimum(each.seen + given, least)
        each.last = np.where(given, result.finished, each.last)
        if learned.any():
            self._store(each, result.device, result.source, result.finished)
        figures = np.where(each.seen >= least, result.finished - each.last, np.nan)
        assert each.plan is not None
        for transition in each.plan.judge(figures, result.finished):
            self._tell(transition, each, result)

    def _read_layout(self, each: _Expected, result: PollResult) -> None:
        metric = each.condition.metric
        mine = [
            (column, component)
            for column, (component, name) in enumerate(result.layout.keys)
            if (not metric or name == metric) and each.condition.fits_component(component)
        ]
        if any(component not in each.names for _, component in mine):
            self._add(each, result, dict.fromkeys(component for _, component in mine))
        mine = [(column, component) for column, component in mine if component in each.names]
        each.columns = np.array([column for column, _ in mine], dtype=np.intp)
        each.owner = np.array([each.names[component] for _, component in mine], dtype=np.intp)
        each.layout = result.layout

    def _store(self, each: _Expected, device: str, source: str, at: float) -> None:
        names = [name for name, i in each.names.items() if each.seen[i] >= each.condition.least]
        value = json.dumps(names, ensure_ascii=False) if names else ""
        self._keep(Baseline(device=device, kind=GIVEN, name=_baseline_name(each.condition, source), value=value, time=at))

    def _tell(self, transition: Transition, each: _Expected, result: PollResult) -> None:
        who = transition.watched.identity
        if transition.severity is None:
            self._book.clear(who, result.finished)
            return
        last = float(each.last[transition.watched.column])
        params: dict[str, Param] = {"source": result.source, "last_given": last, "since": last, **each.condition.said}
        if each.condition.metric:
            params["metric"] = each.condition.metric
        if transition.limit is not None:
            params["limit"] = transition.limit
        self._book.raise_alarm(who, transition.severity, result.finished, params)


def _baseline_name(condition: AbsenceCondition, source: str) -> str:
    return f"{condition.name} {source}"


def _names(text: str) -> tuple[str, ...]:
    try:
        found = json.loads(text)
    except ValueError:
        return ()
    return tuple(dict.fromkeys(str(name) for name in found[:MOST_EXPECTED])) if isinstance(found, list) else ()


class SilentSources:
    """Sources that gave answers and give none, neither an answer nor a miss, while their device answers."""

    def __init__(
        self,
        conditions: Conditions,
        book: Book,
        devices: Mapping[str, Device],
        is_reachable: Callable[[str], bool | None],
    ) -> None:
        self._conditions = tuple(c for c in conditions.absences if c.of == "source")
        self._patterns = {c.name: patterns(c.sources) for c in self._conditions}
        self._book = book
        self._devices = devices
        self._is_reachable = is_reachable
        self._last: dict[tuple[str, str], tuple[float, float]] = {}
        self._plans: dict[str, Plan] = {}
        self._look_at = -np.inf

    def heard(self, result: PollResult) -> None:
        """An answer, or a miss: a source that misses has alarms of its own."""
        if self._conditions and not result.source.startswith("readings:"):
            self._last[result.device, result.source] = (result.finished, result.interval)

    def remember(self, who: Identity) -> None:
        """Closing the alarm was a mistake: it ends where its source was heard again."""
        for name in [c.name for c in self._conditions if c.type == who.type and who.qualifier.startswith(f"{c.qualifier} ")]:
            self._plans.pop(name, None)

    def advance(self, now: float) -> None:
        """Look who says nothing."""
        if not self._conditions or now < self._look_at:
            return
        self._look_at = now + LOOK_EVERY
        for condition in self._conditions:
            self._look(condition, now)

    def _look(self, condition: AbsenceCondition, now: float) -> None:
        mine = [key for key in self._last if self._is_meant(condition, key)]
        plan = self._plans.get(condition.name)
        if plan is None or len(plan.watched) != len(mine):
            plan = self._plans[condition.name] = self._plan(condition, mine, plan)
        silent = [self._silent(key, now) for key in mine]
        for transition in plan.judge(np.array(silent), now):
            self._tell(transition, condition, mine[transition.watched.column], now)

    def _is_meant(self, condition: AbsenceCondition, key: tuple[str, str]) -> bool:
        return any_matches(self._patterns[condition.name], key[1]) and condition.fits_device(self._devices[key[0]])

    def _silent(self, key: tuple[str, str], now: float) -> float:
        last, interval = self._last[key]
        if self._is_reachable(key[0]) is False:
            # It is not the source: its time begins when the device answers again.
            self._last[key] = (now, interval)
            return np.nan
        return now - last if now - last > QUIET_INTERVALS * interval else 0.0

    def _plan(self, condition: AbsenceCondition, mine: list[tuple[str, str]], old: Plan | None) -> Plan:
        watched = [
            Watched(
                column=i,
                identity=identity_of(condition, device, source, ""),
                component="",
                condition=condition,
                levels=condition.levels,
            )
            for i, (device, source) in enumerate(mine)
        ]
        open_ = [a for device in {key[0] for key in mine} for a in self._book.open_of(device, condition.type)]
        plan = Plan(watched, {Identity(*a.identity): (a.severity, a.raised) for a in open_})
        if old is not None:
            plan.carry_over(old)
        return plan

    def _tell(self, transition: Transition, condition: AbsenceCondition, key: tuple[str, str], now: float) -> None:
        who = transition.watched.identity
        if transition.severity is None:
            self._book.clear(who, now)
            return
        last = self._last[key][0]
        params: dict[str, Param] = {"source": key[1], "last_given": last, "since": last, **condition.said}
        if transition.limit is not None:
            params["limit"] = transition.limit
        self._book.raise_alarm(who, transition.severity, now, params)
