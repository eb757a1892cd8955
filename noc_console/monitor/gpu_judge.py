"""GPUs judged against themselves, their neighbours and what they were: throttling, links, errors that grow, stragglers, heat.

An answer's columns become arrays over the GPUs of a device, in their order; conditions look at arrays, and Python objects are
made only for what is wrong.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from re import compile as compile_pattern

import numpy as np
from numpy.typing import NDArray

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.conditions import Conditions, Levels
from noc_console.alarms.gpu_conditions import GpuCondition, Resistance, Rise, Shortfall, Straggler, Throttle
from noc_console.model.alarm import Param
from noc_console.model.fleet import Device
from noc_console.model.poll import Layout, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.streaks import Streaks
from noc_console.monitor.thermal_resistance import ThermalResistance

Array = NDArray[np.float64]
_GPU = compile_pattern(r"gpu(\d+)\Z")
LEAST_PEERS = 4
"""GPUs of a server from which what most of them have counts for each."""
_METRICS = frozenset({
    "temperature_celsius", "power_watts", "power_limit_watts", "sm_clock_hertz", "sm_clock_max_hertz", "utilization_percent",
})  # fmt: skip
"""What is compared across answers of different sources; others only within one."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the GPUs of one layout have their metrics: (GPUs,) of columns each, -1 = not there."""

    layout: Layout
    gpus: tuple[str, ...]
    at: Mapping[str, NDArray[np.intp]]

    @classmethod
    def of(cls, layout: Layout) -> "_Columns":
        numbers = sorted({int(match[1]) for component, _ in layout.keys if (match := _GPU.match(component))})
        gpus = tuple(f"gpu{number}" for number in numbers)
        metrics = {metric for component, metric in layout.keys if _GPU.match(component)}
        index = layout.index
        at = {metric: np.array([index.get((gpu, metric), -1) for gpu in gpus], dtype=np.intp) for metric in metrics}
        return cls(layout, gpus, at)

    def read(self, metric: str, result: PollResult) -> Array | None:
        """(GPUs,) values, NaN where one is not given; None if no GPU has this metric in this layout."""
        columns = self.at.get(metric)
        if columns is None:
            return None
        found: Array = np.where(columns >= 0, result.values[columns], np.nan)
        return found


class Latest:
    """The newest values of each device's GPUs, whichever source gave them."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], tuple[tuple[str, ...], Array]] = {}

    def put(self, device: str, metric: str, gpus: tuple[str, ...], values: Array) -> None:
        """Newer ones; of a GPU that gives none the older one does not stay."""
        self._values[device, metric] = (gpus, values)

    def get(self, device: str, metric: str, gpus: tuple[str, ...]) -> Array:
        """(GPUs,) values in this order, NaN where one is not known."""
        known = self._values.get((device, metric))
        if known is None:
            return np.full(len(gpus), np.nan)
        if known[0] == gpus:
            return known[1]
        by_gpu = dict(zip(known[0], known[1].tolist(), strict=True))
        return np.array([by_gpu.get(gpu, np.nan) for gpu in gpus])


@dataclass(frozen=True, slots=True)
class _Compared:
    """One condition over all GPUs of a device: (GPUs,) each. `ranks` : severity, 0 = well; `others` : what they have."""

    metric: str
    known: NDArray[np.bool_]
    ranks: NDArray[np.intp]
    values: Array
    limits: Array
    others: Array | None


@dataclass(slots=True)
class _Counter:
    """What a counter has been within the window, and when it last rose."""

    seen: deque[tuple[float, float]] = field(default_factory=deque)
    rose: float = -np.inf
    reset: float = np.nan


class GpuJudge:
    """Used from the monitor's thread."""

    def __init__(self, conditions: Conditions, book: Book, devices: Mapping[str, Device]) -> None:
        self._book = book
        self._streaks = Streaks(book)
        self._columns: dict[tuple[str, str], _Columns] = {}
        self._latest = Latest()
        self._steady: dict[tuple[str, str, str], Array] = {}
        self._widest: dict[tuple[str, str, str], float] = {}
        self._counters: dict[tuple[str, str, str], _Counter] = {}
        self._by_kind: dict[type[GpuCondition], list[GpuCondition]] = {}
        for condition in conditions.gpus:
            self._by_kind.setdefault(type(condition), []).append(condition)
        resistances = [c for c in conditions.gpus if isinstance(c, Resistance)]
        self._resistance = ThermalResistance(resistances, self._streaks, devices)

    def forget(self, device: str | None) -> None:
        """Begin anew for a device: what still stands is raised again after its hold."""
        if device is not None:
            self._streaks.forget(device)

    def learn(self, result: PollResult) -> None:
        """Products of GPUs, so that like is compared with like."""
        self._resistance.learn(result)

    def judge(self, result: PollResult) -> None:
        """Judge the GPUs of an answer; and take up a server's inlet from any."""
        self._resistance.take_inlet(result)
        key = (result.device, result.source)
        columns = self._columns.get(key)
        if columns is None or columns.layout is not result.layout:
            columns = self._new_columns(key, columns, result)
        if not columns.gpus:
            return
        self._remember(result, columns)
        self._throttles(result, columns)
        self._shortfalls(result, columns)
        self._rises(result, columns)
        self._stragglers(result, columns)
        self._resistance.judge(result, columns.gpus, self._latest)

    def _new_columns(self, key: tuple[str, str], old: _Columns | None, result: PollResult) -> _Columns:
        columns = self._columns[key] = _Columns.of(result.layout)
        mine = [condition for found in self._by_kind.values() for condition in found]
        for gpu in set(old.gpus if old else ()) - set(columns.gpus):
            for condition in mine:
                self._streaks.gone(Identity(result.device, gpu, condition.type, condition.qualifier), result.finished)
        return columns

    def _remember(self, result: PollResult, columns: _Columns) -> None:
        """The newest values that other sources are compared with."""
        for metric in _METRICS & columns.at.keys():
            values = columns.read(metric, result)
            if values is not None:
                self._latest.put(result.device, metric, columns.gpus, values)

    # --- each kind ----------------------------------------------------------------------------------------------------------

    def _throttles(self, result: PollResult, columns: _Columns) -> None:
        told = {component: text.split(",") for component, metric, text in result.texts if metric == "throttle_reasons"}
        if not told or (not any(any(reasons) for reasons in told.values()) and not self._streaks.any_of(result.device)):
            return
        clocks, highest, load = (
            self._latest.get(result.device, metric, columns.gpus)
            for metric in ("sm_clock_hertz", "sm_clock_max_hertz", "utilization_percent")
        )
        for condition in self._by_kind.get(Throttle, ()):
            assert isinstance(condition, Throttle)
            held_down = load >= condition.busy if condition.below else np.ones(len(columns.gpus), dtype=bool)
            limits = highest * condition.below
            held_down &= clocks < limits if condition.below else True
            for i, gpu in enumerate(columns.gpus):
                if gpu in told:
                    acting = [reason for reason in told[gpu] if held_down[i] and reason in condition.reasons]
                    self._throttle(result, gpu, condition, acting, (float(clocks[i]), float(limits[i])))

    def _throttle(self, result: PollResult, gpu: str, condition: Throttle, acting: list[str], clock: tuple[float, float]) -> None:
        who = Identity(result.device, gpu, condition.type, condition.qualifier)
        if acting:
            params: dict[str, Param] = {"reasons": ",".join(acting), "metric": "sm_clock_hertz"}
            if clock[0] == clock[0]:
                params["value"] = clock[0]
            if condition.below:
                params["limit"] = clock[1]
            self._streaks.wrong(who, condition.severity, result.finished, condition.hold, params)
        elif self._streaks.is_open(who):
            self._streaks.well(who, result.finished, condition.clear)

    def _shortfalls(self, result: PollResult, columns: _Columns) -> None:
        for condition in self._by_kind.get(Shortfall, ()):
            assert isinstance(condition, Shortfall)
            values, most = columns.read(condition.metric, result), columns.read(condition.of, result)
            if values is None or most is None:
                continue
            known = ~(np.isnan(values) | np.isnan(most))
            if condition.busy:
                load = columns.read("utilization_percent", result)
                known &= load >= condition.busy if load is not None else False
            if condition.seen:
                most = np.fmin(most, self._expected(result.device, columns.gpus, condition, values))
            ranks = np.where(values < most, int(condition.severity), 0)
            self._tell(result, columns.gpus, condition, _Compared(condition.metric, known, ranks, values, most, None))

    def _expected(self, device: str, gpus: tuple[str, ...], condition: Shortfall, values: Array) -> Array:
        """What each GPU has had at most since it is watched, or what most of its server's have now."""
        found = np.empty(len(gpus))
        middle = float(np.median(values)) if len(gpus) >= LEAST_PEERS else 0.0
        for i, gpu in enumerate(gpus):
            key = (device, gpu, condition.name)
            known = self._widest.get(key, 0.0)
            if values[i] > known:
                known = self._widest[key] = float(values[i])
            found[i] = max(known, middle)
        return found

    def _stragglers(self, result: PollResult, columns: _Columns) -> None:
        load = columns.read("utilization_percent", result)
        if load is None or len(columns.gpus) <= 1:
            return
        throttled = {component for component, metric, text in result.texts if metric == "throttle_reasons" and _explains(text)}
        explained = np.array([gpu in throttled for gpu in columns.gpus])
        for condition in self._by_kind.get(Straggler, ()):
            assert isinstance(condition, Straggler)
            values = columns.read(condition.metric, result)
            if values is not None:
                self._straggle(result, columns, condition, values, load, explained)

    def _straggle(
        self,
        result: PollResult,
        columns: _Columns,
        condition: Straggler,
        values: Array,
        load: Array,
        explained: NDArray[np.bool_],
    ) -> None:
        known = ~(np.isnan(values) | np.isnan(load)) & (load >= condition.busy)
        if known.sum() <= condition.peers or (_lie_close(values[known], condition) and not self._streaks.any_of(result.device)):
            return
        alike = known[None, :] & (np.abs(load[None, :] - load[:, None]) <= condition.alike)
        np.fill_diagonal(alike, False)
        enough = known & (alike.sum(axis=1) >= condition.peers)
        if not enough.any():
            return
        others = _medians(values, alike)
        ranks = np.zeros(len(values), dtype=int)
        for severity, limit in condition.levels.items():
            wrong = values - others >= limit if condition.above else values <= others * limit
            ranks[enough & wrong & ~explained] = int(severity)

        lowest = next(iter(condition.levels.values()))
        passed = {int(severity): limit for severity, limit in condition.levels.items()}
        steps = np.array([passed.get(rank, lowest) for rank in ranks.tolist()])
        limits = others + steps if condition.above else others * steps
        self._tell(result, columns.gpus, condition, _Compared(condition.metric, enough, ranks, values, limits, others))

    def _tell(self, result: PollResult, gpus: tuple[str, ...], condition: GpuCondition, found: _Compared) -> None:
        """Count what is wrong, and what was and is well again; what is not known changes nothing."""
        for i in np.nonzero(found.known)[0]:
            who = Identity(result.device, gpus[i], condition.type, condition.qualifier)
            if found.ranks[i]:
                params: dict[str, Param] = {
                    "metric": found.metric,
                    "value": float(found.values[i]),
                    "limit": float(found.limits[i]),
                }
                if found.others is not None:
                    params["others"] = float(found.others[i])
                self._streaks.wrong(who, Severity(int(found.ranks[i])), result.finished, condition.hold, params)
            elif self._streaks.is_open(who):
                self._streaks.well(who, result.finished, condition.clear)

    def _rises(self, result: PollResult, columns: _Columns) -> None:
        for condition in self._by_kind.get(Rise, ()):
            assert isinstance(condition, Rise)
            values = columns.read(condition.metric, result)
            if values is None:
                continue
            key = (result.device, result.source, condition.name)
            before, self._steady[key] = self._steady.get(key), values
            if before is not None and np.array_equal(before, values, equal_nan=True) and not self._streaks.any_of(result.device):
                continue  # nothing rose and nothing stands that could be quiet by now
            resets = columns.read(condition.reset_by, result) if condition.reset_by else None
            for i, gpu in enumerate(columns.gpus):
                if values[i] == values[i]:
                    self._rise(result, gpu, condition, float(values[i]), float(resets[i]) if resets is not None else np.nan)

    def _rise(self, result: PollResult, gpu: str, condition: Rise, value: float, reset: float) -> None:
        who, at = Identity(result.device, gpu, condition.type, condition.qualifier), result.finished
        counter = self._counters.setdefault((result.device, gpu, condition.name), _Counter())
        seen = counter.seen
        was_reset = reset < counter.reset
        counter.reset = reset if reset == reset else counter.reset
        if seen and value < seen[-1][1]:  # the counter began anew: a driver was loaded, a GPU replaced
            seen.clear()
            was_reset = True
        rose = bool(seen) and value > seen[-1][1]
        if not seen or rose or len(seen) == 1:
            seen.append((at, value))
        else:  # a counter that stands keeps its first and its last time
            seen[-1] = (at, value)
        while len(seen) > 2 and seen[1][0] <= at - condition.window:
            seen.popleft()
        grown = value - seen[0][1]
        severity = max((severity for severity, limit in condition.levels.items() if grown >= limit), default=None)
        if rose:
            counter.rose = at
        if rose and severity is not None and not was_reset:
            self._raise_rise(who, condition, severity, at, value, grown)
        elif self._book.standing(who) is not None and (was_reset or self._is_quiet(who, counter, at, condition)):
            seen.clear()
            seen.append((at, value))
            self._book.clear(who, at)

    def _is_quiet(self, who: Identity, counter: _Counter, at: float, condition: Rise) -> bool:
        standing = self._book.standing(who)
        last = max(counter.rose, standing.changed if standing is not None else -np.inf)
        return at - last >= condition.quiet

    def _raise_rise(self, who: Identity, condition: Rise, severity: Severity, at: float, value: float, grown: float) -> None:
        standing = self._book.standing(who)
        severity = max(severity, standing.severity) if standing is not None else severity
        limit: Levels = condition.levels
        params: dict[str, Param] = {"metric": condition.metric, "value": value, "rise": grown, "limit": limit.get(severity, 0.0)}
        self._book.raise_alarm(who, severity, at, params)


def _lie_close(values: Array, condition: Straggler) -> bool:
    """Whether not even the lowest and the highest are as far apart as the mildest limit: then nobody is far from a median."""
    lowest, highest, limit = float(values.min()), float(values.max()), next(iter(condition.levels.values()), 0.0)
    return highest - lowest < limit if condition.above else lowest > highest * limit


def _medians(values: Array, among: NDArray[np.bool_]) -> Array:
    """For each row of `among` the median of the values that it marks; NaN for an empty one."""
    ordered = np.sort(np.where(among, values[None, :], np.nan), axis=1)  # NaN come last
    count = among.sum(axis=1)
    rows = np.arange(len(values))
    upper = np.minimum(count // 2, len(values) - 1)
    found: Array = (ordered[rows, np.maximum((count - 1) // 2, 0)] + ordered[rows, upper]) / 2.0
    return found


def _explains(reasons: str) -> bool:
    """Whether a slow clock has its own alarm already."""
    return any(reason.startswith(("hw_", "sw_thermal")) or reason == "sw_power_cap" for reason in _split(reasons))


def _split(reasons: str) -> Iterable[str]:
    return reasons.split(",")
