"""GPUs that were there and are not listed any more, and lost ones that answer again.

What was seen is a baseline; an answer of a source that gives GPUs, and lacks one of them twice, means that it is missing.
Keys without values beside an `incomplete` were not heard; keys that are not there at all are gone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from re import compile as compile_pattern

import numpy as np
from numpy.typing import NDArray

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Param
from noc_console.model.changes import Baseline, StateChange
from noc_console.model.poll import Facts, Layout, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.gathered import Gathered
from noc_console.monitor.gpu_places import GpuPlaces

ANSWERS = 2
"""Answers that must lack a GPU, or have a lost one again."""

TRUSTED_INTERVALS = 3.0
"""For so many of its intervals the quickest source that tells of GPUs has the say: `nvidia-smi -q -x` lists a lost GPU, with
its serial and the like, for as long as its CSV does not."""

_GPU = compile_pattern(r"gpu\d+\Z")
_UNKNOWN = "unknown"
_NONE_THERE = ("no-gpu", "driver-failed", "gpu-lost")
"""Words of an `incomplete` with which nvidia-smi says for certain that there is none to be seen."""

_IDENTIFYING = ("serial", "uuid", "pci_bus_id")


@dataclass(slots=True)
class _Columns:
    """Where a layout has GPUs. `probes` has one column of each, `parts` all of them."""

    layout: Layout
    names: frozenset[str]
    probes: NDArray[np.intp]
    parts: dict[str, NDArray[np.intp]]

    @classmethod
    def of(cls, layout: Layout) -> "_Columns":
        parts: dict[str, list[int]] = {}
        for i, (component, metric) in enumerate(layout.keys):
            if _GPU.match(component):
                # The temperature is what every living GPU gives: it stands first.
                columns = parts.setdefault(component, [])
                columns.insert(0, i) if metric == "temperature_celsius" else columns.append(i)
        probes = np.array([columns[0] for columns in parts.values()], dtype=np.intp)
        return cls(layout, frozenset(parts), probes, {name: np.array(c, dtype=np.intp) for name, c in parts.items()})

    def answering(self, values: NDArray[np.float64]) -> frozenset[str]:
        """The GPUs that give any value."""
        if not np.isnan(values[self.probes]).any():
            return self.names
        return frozenset(name for name, columns in self.parts.items() if not np.isnan(values[columns]).all())


@dataclass(slots=True)
class _Expected:
    """Of one device: slot → what identifies the GPU in it, and the sources that give GPUs.

    `present` has the identifying facts as last given, `heard` each (source, GPU) that was given since the start, `told`
    when (UTC seconds) and at which interval each source last told which GPUs there are.
    """

    gpus: dict[str, str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    present: dict[str, dict[str, str]] = field(default_factory=dict)
    heard: set[tuple[str, str]] = field(default_factory=set)
    told: dict[str, tuple[float, float]] = field(default_factory=dict)
    missed: dict[tuple[str, str], int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    watching: bool = True


class GpuWatch:
    """GPUs of all devices. Used from the monitor's thread."""

    def __init__(self, book: Book, gathered: Gathered) -> None:
        self._book = book
        self._gathered = gathered
        self._columns: dict[tuple[str, str], _Columns] = {}
        self._expected: dict[str, _Expected] = {}
        self._slots: dict[str, dict[str, str]] = {}
        self._places = GpuPlaces(book, gathered.baselines.append)

    def restore(self, states: Iterable[StateChange], baselines: Iterable[Baseline]) -> None:
        """Take up what was there before, and where it sat: an event may come before the first answer tells."""
        for state in states:
            if state.kind == "fact" and state.name == "pci_bus_id" and state.now and _GPU.match(state.component):
                self._slots.setdefault(state.device, {})[state.now.lower()] = state.component
        stored = tuple(baselines)
        self._places.restore(stored)
        for baseline in stored:
            expected = self._expected.setdefault(baseline.device, _Expected())
            if baseline.kind == "gpu" and baseline.value:
                expected.gpus[baseline.name] = baseline.value
            elif baseline.kind == "gpu-source" and baseline.value:
                expected.sources.add(baseline.name)

    def slot_of(self, device: str, pci_bus_id: str) -> str | None:
        """The GPU at a PCI address (`dddd:bb:dd`)."""
        return self._slots.get(device, {}).get(pci_bus_id.lower())

    def has_any(self, device: str) -> bool:
        """Whether a device is known to have GPUs."""
        expected = self._expected.get(device)
        return expected is not None and bool(expected.gpus)

    def forget(self, device: str | None, gpu: str) -> None:
        """A person closed the alarm: this GPU is not expected any more."""
        expected = self._expected.get(device or "")
        if expected is not None and expected.gpus.pop(gpu, None) is not None:
            self._baseline(device or "", "gpu", gpu, "", self._book.now)

    def remember(self, device: str | None, gpu: str, serial: str) -> None:
        """Closing the alarm was a mistake: this GPU is expected again."""
        expected = self._expected.setdefault(device or "", _Expected())
        if gpu not in expected.gpus:
            expected.gpus[gpu] = serial = serial or _UNKNOWN
            self._baseline(device or "", "gpu", gpu, serial, self._book.now)

    def watch(self, device: str) -> None:
        """Look closely at the next answers: a GPU was reported lost."""
        self._expected.setdefault(device, _Expected()).watching = True

    def learn(self, result: PollResult, facts: Facts) -> None:
        """Serials and addresses of GPUs. A new serial in a slot is the expected one from now on."""
        gpus = {name: told for name, told in facts.items() if _GPU.match(name)}
        if not gpus:
            return
        self._places.learn(result.device, gpus, result.finished)
        slots = self._slots.setdefault(result.device, {})
        expected = self._expected.setdefault(result.device, _Expected())
        for gpu, told in gpus.items():
            address = told.get("pci_bus_id", "").lower()
            if address:
                slots[address] = gpu
            known = expected.present.setdefault(gpu, {})
            known.update((name, told[name]) for name in _IDENTIFYING if told.get(name))
            if known:
                self._expect(result, expected, gpu, _identity(known))

    def _expect(self, result: PollResult, expected: _Expected, gpu: str, serial: str) -> None:
        """Not while the numbers may have moved: a known serial in another slot means that one in between is missing."""
        known = expected.gpus.get(gpu)
        moved = any(other != gpu and known_serial == serial for other, known_serial in expected.gpus.items())
        if known != serial and not moved:
            expected.gpus[gpu] = serial
            self._baseline(result.device, "gpu", gpu, serial, result.finished)

    def judge(self, result: PollResult) -> None:
        """Compare an answer's GPUs with those expected."""
        key = (result.device, result.source)
        columns = self._columns.get(key)
        if columns is None or columns.layout is not result.layout:
            columns = self._columns[key] = _Columns.of(result.layout)
            self._watch_again(result.device, columns)
        expected = self._expected.get(result.device)
        if expected is None:
            return
        if columns.names and result.source not in expected.sources:
            expected.sources.add(result.source)
            self._baseline(result.device, "gpu-source", result.source, "1", result.finished)
        if result.source not in expected.sources:
            return
        answering = columns.answering(result.values)
        if answering or not result.incomplete:
            expected.told[result.source] = result.finished, result.interval
        if (expected.watching or answering is not columns.names) and self._has_the_say(result, expected):
            self._compare(result, expected, columns, answering)

    def _watch_again(self, device: str, columns: _Columns) -> None:
        if columns.names:
            self.watch(device)
        elif device in self._expected:
            self._expected[device].watching = True

    @staticmethod
    def _has_the_say(result: PollResult, expected: _Expected) -> bool:
        """Whether no quicker source of the device tells of its GPUs now: two that differ would raise and clear in turn."""
        return not any(
            source != result.source and interval < result.interval and result.finished - at <= TRUSTED_INTERVALS * interval
            for source, (at, interval) in expected.told.items()
        )

    def _compare(self, result: PollResult, expected: _Expected, columns: _Columns, answering: frozenset[str]) -> None:
        for gpu in sorted(answering - expected.gpus.keys()):
            serial = _identity(expected.present.get(gpu, {}))
            expected.gpus[gpu] = serial
            self._baseline(result.device, "gpu", gpu, serial, result.finished)
        for gpu in answering:
            expected.heard.add((result.source, gpu))
            expected.missed.pop((result.source, gpu), None)
            self._answers_again(result, expected, gpu)
        missing = sorted(expected.gpus.keys() - answering)
        for gpu in missing:
            if self._is_gone(result, expected, gpu, has_keys=gpu in columns.names):
                self._missed(result, expected, gpu, len(answering))
        lost = self._book.open_of(result.device, AlarmType.GPU_LOST, AlarmType.GPU_MISSING)
        expected.watching = bool(missing or lost)

    @staticmethod
    def _is_gone(result: PollResult, expected: _Expected, gpu: str, *, has_keys: bool) -> bool:
        """Whether an answer without values of this GPU says that it is not there, and not only that nothing was heard."""
        if not result.incomplete:
            return True
        if has_keys:
            return False
        certain = any(word in why for why in result.incomplete for word in _NONE_THERE)
        return certain or (result.source, gpu) in expected.heard

    def _missed(self, result: PollResult, expected: _Expected, gpu: str, found: int) -> None:
        expected.back.pop(gpu, None)
        key = (result.source, gpu)
        expected.missed[key] = expected.missed.get(key, 0) + 1
        if expected.missed[key] >= ANSWERS:
            who = Identity(result.device, gpu, AlarmType.GPU_MISSING)
            if self._book.standing(who) is None:
                params = self._params(result.device, expected, gpu, found)
                self._book.raise_alarm(who, Severity.CRITICAL, result.finished, params)

    def _params(self, device: str, expected: _Expected, gpu: str, found: int) -> Mapping[str, Param]:
        params: dict[str, Param] = {"expected": len(expected.gpus), "found": found, "gpu": gpu}
        serial = expected.gpus[gpu]
        if serial != _UNKNOWN:
            params["serial"] = serial
        address = next((a for a, slot in self._slots.get(device, {}).items() if slot == gpu), None)
        if address:
            params["pci_bus_id"] = address
        return params

    def _answers_again(self, result: PollResult, expected: _Expected, gpu: str) -> None:
        self._book.clear(Identity(result.device, gpu, AlarmType.GPU_MISSING), result.finished)
        lost = self._book.standing(Identity(result.device, gpu, AlarmType.GPU_LOST))
        if lost is None or result.started <= lost.changed:
            return
        expected.back[gpu] = expected.back.get(gpu, 0) + 1
        if expected.back[gpu] >= ANSWERS:
            del expected.back[gpu]
            self._book.clear(Identity(result.device, gpu, AlarmType.GPU_LOST), result.finished)

    def _baseline(self, device: str, kind: str, name: str, value: str, at: float) -> None:
        self._gathered.baselines.append(Baseline(device=device, kind=kind, name=name, value=value, time=at))


def _identity(facts: Mapping[str, str]) -> str:
    """What names one GPU: its serial, else its UUID, else where it sits."""
    return next((facts[name] for name in _IDENTIFYING if name in facts), _UNKNOWN)
