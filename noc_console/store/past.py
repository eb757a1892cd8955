"""What was heard in the past, as the answers, misses and events that it came from: for trying conditions on it.

A second connection that can only read, in many short transactions, so that a console that is writing is never held up and its
log can be cut back.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import count
from pathlib import Path
from types import TracebackType

from noc_console.model.poll import ErrorKind, Event, Layout, PollError, PollResult
from noc_console.store.columns import layout_of, unpack
from noc_console.store.errors import StoreBroken, StoreError, store_error
from noc_console.store.files import DATABASE, open_reader

PAGE = 1000
"""Answers that are read in one transaction."""

MISSES = 3
"""A device that was unreachable is heard to miss so often at once: what came before it was stored is not known any more."""

USUAL_INTERVAL = 30.0
_SEVERITY_WORDS = {5: "critical", 4: "error"}


class Past:
    """Reads what a store holds. Blocking, one thread; raises StoreError with its sentence. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / DATABASE
        if not self._path.is_file():
            raise StoreError(
                f"There is no database in {folder}: nothing was watched with this folder yet (--data DIR names another)."
            )
        self._conn = open_reader(self._path)
        self._layouts: dict[int, Layout] = {}

    def __enter__(self) -> "Past":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._conn.close()

    def span(self) -> tuple[float, float] | None:
        """(first, last) time of the answers that are kept (UTC seconds); None if there are none."""
        first, last = self._rows("SELECT min(time), max(time) FROM readings")[0]
        return (first, last) if first is not None else None

    def results(self, start: float, end: float) -> Iterator[PollResult]:
        """Everything heard in the range, in order of time: what is known of the devices first."""
        yield from self._facts(start)
        yield from merge(
            self._answers(start, end), self._misses(start, end), self._events(start, end), key=lambda result: result.finished
        )

    def _rows(self, sql: str, *arguments: object) -> list[sqlite3.Row]:
        try:
            return self._conn.execute(sql, arguments).fetchall()
        except sqlite3.Error as error:
            raise store_error(error, self._path) from error

    def _answers(self, start: float, end: float) -> Iterator[PollResult]:
        after = (start, -1)
        while rows := self._rows(
            'SELECT r.id, r.time, s.device, s.source, r.interval, r.layout, r."values", r.texts FROM readings r'
            " JOIN sources s ON s.id = r.source WHERE (r.time, r.id) > (?, ?) AND r.time <= ? ORDER BY r.time, r.id LIMIT ?",
            *after, end, PAGE,
        ):  # fmt: skip
            for row in rows:
                yield self._answer(row)
            after = (rows[-1]["time"], rows[-1]["id"])

    def _answer(self, row: sqlite3.Row) -> PollResult:
        try:
            layout, values = self._layout(row["layout"]), unpack(row["values"])
            if len(layout) != len(values):
                raise ValueError(f"{len(values)} values in a layout of {len(layout)}")
            texts = tuple((str(c), str(m), str(t)) for c, m, t in json.loads(row["texts"] or "[]"))
        except (ValueError, TypeError) as error:
            raise StoreBroken(f"The database {self._path} holds an answer that cannot be read ({error}).") from error
        values.setflags(write=False)
        at = row["time"]
        return PollResult(
            device=row["device"], source=row["source"], due=at, started=at, finished=at, interval=row["interval"],
            layout=layout, values=values, texts=texts,
        )  # fmt: skip

    def _layout(self, number: int) -> Layout:
        found = self._layouts.get(number)
        if found is None:
            found = self._layouts[number] = layout_of(self._rows("SELECT keys FROM layouts WHERE id = ?", number)[0]["keys"])
        return found

    def _facts(self, start: float) -> Iterator[PollResult]:
        """What devices told of themselves; as it is known now, since it seldom changes."""
        rows = self._rows("SELECT device, component, name, now FROM newest_states WHERE kind = 'fact' AND name != 'boot_id'")
        known: dict[str, dict[str, dict[str, str]]] = {}
        for row in rows:
            known.setdefault(row["device"], {}).setdefault(row["component"], {})[row["name"]] = row["now"]
        for device, facts in known.items():
            yield PollResult(
                device=device, source="past:facts", due=start, started=start, finished=start, interval=USUAL_INTERVAL, facts=facts
            )

    def _misses(self, start: float, end: float) -> Iterator[PollResult]:
        """A change to unreachable, as the misses of each regular source of the device."""
        rows = self._rows(
            "SELECT time, device FROM states WHERE kind = 'reachable' AND now = '0' AND time BETWEEN ? AND ? ORDER BY time, id",
            start, end,
        )  # fmt: skip
        regular: dict[str, list[str]] = {}
        for row in self._rows("SELECT device, source FROM sources WHERE source NOT LIKE '%:%' ORDER BY id") if rows else ():
            regular.setdefault(row["device"], []).append(row["source"])
        for row in rows:
            at = row["time"]
            for source in regular.get(row["device"], ()):
                for _ in range(MISSES):
                    yield PollResult(
                        device=row["device"], source=source, due=at, started=at, finished=at, interval=USUAL_INTERVAL,
                        error=PollError(kind=ErrorKind.UNREACHABLE),
                    )  # fmt: skip

    def _events(self, start: float, end: float) -> Iterator[PollResult]:
        """Events of kernel logs, from the entries of the alarms that they raised."""
        rows = self._rows(
            "SELECT e.at, a.device, a.component, a.type, a.qualifier, a.severity, a.params FROM entries e"
            " JOIN alarms a ON a.id = e.alarm WHERE a.type IN ('xid', 'gpu-lost') AND e.kind = 'raised'"
            " AND e.at BETWEEN ? AND ? ORDER BY e.at, e.id",
            start, end,
        )  # fmt: skip
        numbers = count(1)
        for row in rows:
            at, event = row["at"], _event(row, next(numbers))
            yield PollResult(
                device=row["device"], source="past:kernel", due=at, started=at, finished=at, interval=USUAL_INTERVAL,
                events=(event,),
            )  # fmt: skip


def _event(row: sqlite3.Row, number: int) -> Event:
    params = _object(row["params"])
    word, _, code = row["qualifier"].rpartition("-")
    return Event(
        time=row["at"],
        kind="gpu-lost" if row["type"] == "gpu-lost" else word or "xid",
        component=row["component"] or None,
        code=int(code) if code.isdecimal() else None,
        severity=_SEVERITY_WORDS.get(row["severity"], "warning"),
        action=str(params.get("action") or ""),
        text=str(params.get("text") or ""),
        boot="past",
        number=number,
    )


def _object(text: str) -> Mapping[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
