"""Durables for the tests of the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np

from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.changes import Durable
from noc_console.model.poll import Layout, PollResult
from noc_console.model.severity import OperatorState, Severity
from noc_console.store.reports import StoreReport
from noc_console.store.store import Store

NOW = 1_795_000_000.0


def alarm(number: int, **fields: object) -> Alarm:
    basis: dict[str, object] = {
        "id": number, "device": "leaf-01", "component": "Ethernet1", "type": "port-down", "severity": Severity.MAJOR,
        "raised": NOW, "changed": NOW, "params": {"neighbour": "gpu-0001", "value": 1.5, "n": 3, "none": None},
    }  # fmt: skip
    return Alarm(**(basis | fields))  # type: ignore[arg-type]


def acknowledged(number: int, **fields: object) -> Alarm:
    said = {"state": OperatorState.ACKNOWLEDGED, "state_by": "mai", "state_at": NOW + 5, "note": "on my way"}
    return alarm(number, **(said | fields))


def entry(number: int, of: int, kind: EntryKind = EntryKind.RAISED, **fields: object) -> Entry:
    basis: dict[str, object] = {"id": number, "alarm": of, "kind": kind, "at": NOW, "noted": NOW + number}
    return Entry(**(basis | fields))  # type: ignore[arg-type]


def acknowledgement(number: int, of: int, command: str = "c-1") -> Durable:
    told = entry(number, of, EntryKind.ACKNOWLEDGED, who="mai", text="on my way")
    return Durable(alarms=(acknowledged(of),), entries=(told,), command=command)


def result(device: str, time: float, values: dict[tuple[str, str], float], source: str = "snmp", **fields: object) -> PollResult:
    basis: dict[str, object] = {
        "device": device, "source": source, "due": time, "started": time, "finished": time, "interval": 30.0,
        "layout": Layout.of(values), "values": np.array(list(values.values()), dtype=np.float64),
    }  # fmt: skip
    return PollResult(**(basis | fields))  # type: ignore[arg-type]


class Reports:
    """What a store told, waited for."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[StoreReport] = SimpleQueue()

    def __call__(self, report: StoreReport) -> None:
        self._queue.put(report)

    def next(self, kind: type, timeout: float = 5.0) -> StoreReport:
        """The next of this kind; those before it are passed over."""
        while True:
            try:
                report = self._queue.get(timeout=timeout)
            except Empty:
                raise AssertionError(f"no {kind.__name__} was told") from None
            if isinstance(report, kind):
                return report

    def all(self) -> list[StoreReport]:
        told = []
        while not self._queue.empty():
            told.append(self._queue.get())
        return told


@contextmanager
def open_store(folder: Path, reports: Reports | None = None, now: float = NOW, **options: float) -> Iterator[Store]:
    store = Store.open(folder, reports or Reports(), lambda: now, **options)
    try:
        yield store
    finally:
        store.close()
