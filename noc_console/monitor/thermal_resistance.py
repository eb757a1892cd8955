"""Thermal resistance of GPUs, (GPU - inlet) / power, against other servers of the same product and within a server.

It rises weeks before a limit is met where dust chokes a server or paste dries out. The temperature follows the power with a
delay of half a minute, so both are smoothed before one is divided by the other.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from math import exp, isnan, nan
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from noc_console.alarms.book import Identity
from noc_console.alarms.gpu_conditions import Resistance
from noc_console.model.alarm import Param
from noc_console.model.fleet import Device
from noc_console.model.poll import Layout, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.streaks import Streaks

INLETS = ("*inlet temp*", "*inlet*", "*ambient*", "*intake*")
INLET_HOLDS = 300.0
"""Seconds for which an inlet temperature is good: a room does not change sooner, a management controller answers slower."""
LEAST_WATTS = 50.0
SETTLED = 2.0
"""Times the smoothing that must have passed under load before a resistance is believed."""
FRESH = 120.0
"""Seconds for which another server's resistance counts."""
MANY, ANEW_AFTER = 64, 5.0
"""Among more servers than this the median is reckoned anew after so many seconds only."""


class Latest(Protocol):
    """The newest values of GPUs."""

    def get(self, device: str, metric: str, gpus: tuple[str, ...]) -> NDArray[np.float64]:
        """(GPUs,) values, NaN where one is not known."""


class _Smoothed:
    """Rise above the inlet and power of one server's GPUs, smoothed while they are loaded.

    Of the last three readings the middle one counts: one wrong one (255 °C, -128 °C) would stay in the smoothed ones for minutes.
    """

    __slots__ = ("begun", "gpus", "last", "power", "readings", "rise", "time")

    def __init__(self, gpus: tuple[str, ...], rise: NDArray[np.float64], power: NDArray[np.float64], time: float) -> None:
        self.gpus = gpus
        self.rise, self.power = rise.copy(), power.copy()
        self.begun = np.full(len(gpus), time)
        self.time = time
        self.last: deque[NDArray[np.float64]] = deque(maxlen=3)
        self.readings = 0

    def step(
        self, rise: NDArray[np.float64], power: NDArray[np.float64], loaded: NDArray[np.bool_], at: float, tau: float
    ) -> None:
        """One more reading; a GPU that is not loaded begins anew."""
        part = 1.0 - exp(-max(at - self.time, 0.0) / tau)
        self.last.append(np.stack((rise, power)))
        self.readings += 1
        if len(self.last) == 3:
            a, b, c = self.last
            rise, power = np.maximum(np.minimum(a, b), np.minimum(np.maximum(a, b), c))
        afresh = ~loaded | np.isnan(self.rise) | (self.readings <= 3)
        self.rise = np.where(afresh, rise, self.rise + part * (rise - self.rise))
        self.power = np.where(afresh, power, self.power + part * (power - self.power))
        self.begun = np.where(afresh, at, self.begun)
        self.time = at

    def resistance(self, at: float, settle: float) -> NDArray[np.float64]:
        """Kelvin per watt; NaN where a GPU has not been loaded for long enough."""
        believed = (at - self.begun >= settle) & (self.power > LEAST_WATTS)
        found: NDArray[np.float64] = np.where(believed, self.rise / np.where(believed, self.power, 1.0), nan)
        return found


class ThermalResistance:
    """Used from the monitor's thread."""

    def __init__(self, conditions: Iterable[Resistance], streaks: Streaks, devices: Mapping[str, Device]) -> None:
        self._conditions = tuple(conditions)
        self._streaks = streaks
        self._host_of = {name: device.bmc_of or name for name, device in devices.items()}
        self._inlet: dict[str, tuple[float, float]] = {}
        self._inlets: dict[str, deque[float]] = {}
        self._columns: dict[tuple[str, str], tuple[Layout, int]] = {}
        self._smoothed: dict[str, _Smoothed] = {}
        self._product: dict[str, str] = {}
        self._of_server: dict[str, dict[str, tuple[float, float]]] = {}
        self._middle: dict[str, tuple[float, int, float]] = {}

    def learn(self, result: PollResult) -> None:
        """The product of a server's GPUs."""
        product = (result.facts or {}).get("gpu0", {}).get("product", "")
        if product and self._product.get(result.device) != product:
            self._of_server.get(self._product.get(result.device, ""), {}).pop(result.device, None)
            self._product[result.device] = product

    def take_inlet(self, result: PollResult) -> None:
        """The inlet temperature in this answer, if it has one; that of a management controller is its server's."""
        key = (result.device, result.source)
        known = self._columns.get(key)
        if known is None or known[0] is not result.layout:
            known = self._columns[key] = (result.layout, _inlet_column(result.layout))
        if known[1] >= 0:
            value = float(result.values[known[1]])
            if not isnan(value):
                host = self._host_of.get(result.device, result.device)
                last = self._inlets.setdefault(host, deque(maxlen=3))
                last.append(value)
                self._inlet[host] = (result.finished, sorted(last)[len(last) // 2])

    def judge(self, result: PollResult, gpus: tuple[str, ...], latest: Latest) -> None:
        """Judge the server of an answer that has its GPUs' temperatures and powers."""
        at, inlet = result.finished, self._inlet.get(result.device)
        if inlet is None or at - inlet[0] > INLET_HOLDS or not self._conditions:
            return
        if (gpus[0], "power_watts") not in result.layout.index:
            return
        celsius, watts, most = (
            latest.get(result.device, metric, gpus) for metric in ("temperature_celsius", "power_watts", "power_limit_watts")
        )
        condition = self._conditions[0]
        loaded = watts >= condition.load * np.where(np.isnan(most), watts, most)
        smoothed = self._smoothed.get(result.device)
        if smoothed is None or smoothed.gpus != gpus:
            smoothed = self._smoothed[result.device] = _Smoothed(gpus, celsius - inlet[1], watts, at)
        smoothed.step(celsius - inlet[1], watts, loaded, at, condition.seconds)
        resistance = smoothed.resistance(at, SETTLED * condition.seconds)
        for condition in self._conditions:
            if condition.among == "servers":
                self._among_servers(result, condition, resistance)
            else:
                self._among_gpus(result, condition, gpus, resistance)

    def _among_servers(self, result: PollResult, condition: Resistance, resistance: NDArray[np.float64]) -> None:
        product, at = self._product.get(result.device, ""), result.finished
        known = resistance[~np.isnan(resistance)]
        if not product or len(known) < 1:
            return
        own = _median(known.tolist())
        servers = self._of_server.setdefault(product, {})
        servers[result.device] = (at, own)
        count, others = self._others(product, result.device, at)
        if count >= condition.peers:
            who = Identity(result.device, "", condition.type, condition.qualifier)
            self._tell(who, condition, own, others, at)

    def _others(self, product: str, device: str, at: float) -> tuple[int, float]:
        """(how many, their median) of the other servers of a product; among many the own one changes nothing."""
        servers = self._of_server[product]
        many = len(servers) > MANY
        last = self._middle.get(product)
        if many and last is not None and 0 <= at - last[0] < ANEW_AFTER:
            return last[1], last[2]
        others = [value for name, (time, value) in servers.items() if at - time <= FRESH and (many or name != device)]
        found = (len(others), _median(others) if others else nan)
        if many:
            self._middle[product] = (at, *found)
        return found

    def _among_gpus(
        self, result: PollResult, condition: Resistance, gpus: tuple[str, ...], resistance: NDArray[np.float64]
    ) -> None:
        known = ~np.isnan(resistance)
        if known.sum() <= condition.peers:
            return
        # of so few values the median with the own one in it differs little from that without it
        believed = resistance[known]
        mildest = next(iter(condition.levels.values()), 0.0)
        if believed.max() < mildest * believed.min() and not self._streaks.any_of(result.device):
            return
        median = _median(believed.tolist())
        for i in np.nonzero(known)[0]:
            who = Identity(result.device, gpus[i], condition.type, condition.qualifier)
            self._tell(who, condition, float(resistance[i]), median, result.finished)

    def _tell(self, who: Identity, condition: Resistance, own: float, others: float, at: float) -> None:
        wrong = [(severity, limit) for severity, limit in condition.levels.items() if own >= limit * others > 0.0]
        if wrong:
            severity, limit = wrong[-1]
            params: dict[str, Param] = {"metric": "thermal_resistance", "value": own, "limit": limit * others, "others": others}
            self._streaks.wrong(who, Severity(severity), at, condition.hold, params)
        elif self._streaks.is_open(who):
            self._streaks.well(who, at, condition.clear)


def _inlet_column(layout: Layout) -> int:
    """Where the inlet's temperature stands; the most telling name counts. -1 if there is none."""
    temperatures = [
        (component.lower(), i) for i, (component, metric) in enumerate(layout.keys) if metric == "temperature_celsius"
    ]
    for pattern in INLETS:
        for component, i in temperatures:
            if fnmatch(component, pattern):
                return i
    return -1


def _median(values: list[float]) -> float:
    """Of a few values; NumPy's own takes ten times as long for them."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2.0
