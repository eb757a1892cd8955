"""Reads the past and what a run starts from, on a connection of its own, while the writer writes."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from noc_console.model.alarm import Alarm, Entry
from noc_console.model.changes import Restored, Row, StateChange
from noc_console.model.page import PageQuery
from noc_console.model.poll import Layout
from noc_console.store import pages, records
from noc_console.store.columns import layout_of, unpack, unpack_one
from noc_console.store.errors import StoreBroken, store_error
from noc_console.store.files import open_reader

BETWEEN_QUESTIONS = 10_000
"""Steps of SQLite (below a millisecond) between two looks at whether a page is still wanted."""

Stored = TypeVar("Stored")
Made = TypeVar("Made")

ENDED_SHOWN, UNSEEN_SHOWN = 24 * 3600.0, 72 * 3600.0
"""A run starts with the alarms that ended within this time before it, the second where nobody has said anything of them."""

ALARMS = records.select("alarms", records.ALARM_COLUMNS)
ENTRIES = records.select("entries", records.ENTRY_COLUMNS)
INCIDENTS = records.select("incidents", records.INCIDENT_COLUMNS)
WINDOWS = records.select("maintenance", records.WINDOW_COLUMNS)
# `+id` where it is ordered: else SQLite goes through all alarms in the order of their numbers.
STARTED = "cleared IS NULL OR cleared >= ? OR (state = 'none' AND cleared >= ?)"


class Reader:
    """The past (`widgets.view.History`). Blocking; any thread, one call at a time. Raises StoreError.

    Connects at the first call.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._conn: sqlite3.Connection | None = None
        self._layouts: dict[int, Layout] = {}

    def close(self) -> None:
        """Let go of the file; a later call connects again."""
        with self._lock:
            if self._conn is not None:
                self._conn.close()
                self._conn = None

    def _connected(self) -> sqlite3.Connection:
        if self._conn is None:
            self._conn = open_reader(self._path)
        return self._conn

    def _rows(self, sql: str, *arguments: object) -> list[sqlite3.Row]:
        with self._lock:
            conn = self._connected()
            try:
                return conn.execute(sql, arguments).fetchall()
            except sqlite3.Error as error:
                raise store_error(error, self._path) from error

    def _each(self, rows: Iterable[Stored], made: Callable[[Stored], Made]) -> list[Made]:
        """What is made of each row; StoreBroken if one has what no version of ours wrote."""
        try:
            return [made(row) for row in rows]
        except (ValueError, TypeError) as error:
            raise StoreBroken(
                f"The database {self._path} holds a record that cannot be read ({error}): put a copy back."
            ) from error

    def alarms(self, start: float, end: float) -> list[Alarm]:
        """Alarms that stood at some time in the range (UTC seconds), in order of their raise."""
        rows = self._rows(
            f"{ALARMS} WHERE cleared IS NULL AND raised <= ? UNION ALL {ALARMS} WHERE cleared >= ? AND raised <= ?"
            " ORDER BY raised, id",
            end, start, end,
        )  # fmt: skip
        return self._each(rows, records.alarm_of)

    def alarm_page(self, query: PageQuery, cancelled: Callable[[], bool]) -> list[Alarm]:
        """A page of the stored alarms, newest raise first; fewer than `most` = there are no more, or it is not wanted any more.

        `cancelled` is asked about every millisecond, in this thread.
        """
        with self._lock:
            conn = self._connected()
            conn.set_progress_handler(cancelled, BETWEEN_QUESTIONS)
            try:
                rows = [] if cancelled() else pages.page(conn, query)
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                    return []
                raise store_error(error, self._path) from error
            finally:
                conn.set_progress_handler(None, 0)
        return self._each(rows, records.alarm_of)

    def open_alarms(self) -> list[Alarm]:
        """Alarms whose condition stands, in order of their raise."""
        return self._each(self._rows(f"{ALARMS} WHERE cleared IS NULL ORDER BY raised, id"), records.alarm_of)

    def entries(self, start: float, end: float) -> list[Entry]:
        """Entries noted in the range, in order."""
        rows = self._rows(f"{ENTRIES} WHERE noted BETWEEN ? AND ? ORDER BY noted, id", start, end)
        return self._each(rows, records.entry_of)

    def entries_of(self, alarm: int) -> list[Entry]:
        """What happened to one alarm, in order."""
        return self._each(self._rows(f"{ENTRIES} WHERE alarm = ? ORDER BY id", alarm), records.entry_of)

    def states(self, device: str, start: float, end: float) -> list[StateChange]:
        """Changes of state of a device in the range, in order."""
        sql = records.select("states", records.STATE_COLUMNS)
        rows = self._rows(f"{sql} WHERE device = ? AND time BETWEEN ? AND ? ORDER BY time, id", device, start, end)
        return self._each(rows, records.state_of)

    def readings(
        self, device: str, component: str, metric: str, start: float, end: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(times, values) of one key in the range, oldest first; NaN where an answer did not give it.

        An answer whose layout lacks the key has no point. Where two sources give the key, their points stand together.
        """
        rows = self._rows(
            'SELECT r.time, r.layout, r."values" FROM readings r JOIN sources s ON s.id = r.source'
            " WHERE s.device = ? AND r.time BETWEEN ? AND ? ORDER BY r.time",
            device, start, end,
        )  # fmt: skip
        columns = {number: self._layout(number).index.get((component, metric)) for number in {row[1] for row in rows}}
        giving = [(row, at) for row in rows if (at := columns[row[1]]) is not None]
        points = self._each(giving, lambda found: (found[0][0], unpack_one(found[0][2], found[1])))
        pairs = np.array(points, dtype=np.float64).reshape(-1, 2)
        return pairs[:, 0].copy(), pairs[:, 1].copy()

    def newest_readings(self, device: str, until: float = float("inf")) -> list[Row]:
        """The newest answer of each source of a device not after `until`; its rates are unknown (NaN)."""
        rows = self._rows(
            'SELECT s.source, r.time, r.interval, r.layout, r."values", r.texts FROM sources s JOIN readings r ON r.id ='
            " (SELECT id FROM readings WHERE source = s.id AND time <= ? ORDER BY time DESC LIMIT 1)"
            " WHERE s.device = ? ORDER BY s.source",
            until, device,
        )  # fmt: skip
        return self._each(rows, lambda row: self._row(device, row))

    def _row(self, device: str, row: sqlite3.Row) -> Row:
        values = unpack(row["values"])
        texts = tuple((str(c), str(m), str(t)) for c, m, t in json.loads(row["texts"] or "[]"))
        return Row(
            device=device, source=row["source"], time=row["time"], interval=row["interval"],
            layout=self._layout(row["layout"]), values=values, rates=np.full(len(values), np.nan), texts=texts,
        )  # fmt: skip

    def _layout(self, number: int) -> Layout:
        found = self._layouts.get(number)
        if found is None:
            keys = self._rows("SELECT keys FROM layouts WHERE id = ?", number)[0]["keys"]
            found = self._layouts[number] = layout_of(keys)
        return found

    def restored(self, now: float) -> Restored:
        """What a run at `now` starts from: alarms that are open or ended a short while ago, with all that is theirs."""
        since = (now - ENDED_SHOWN, now - UNSEEN_SHOWN)
        of_these = f"SELECT id FROM alarms WHERE {STARTED}"  # noqa: S608
        alarms = self._rows(f"{ALARMS} WHERE {STARTED} ORDER BY +id", *since)
        entries = self._rows(f"{ENTRIES} WHERE alarm IN ({of_these}) ORDER BY id", *since)
        of_incidents = f"SELECT incident FROM alarms WHERE {STARTED}"  # noqa: S608
        incidents = self._rows(
            f"{INCIDENTS} WHERE closed IS NULL OR closed >= ? OR id IN ({of_incidents}) ORDER BY id", since[0], *since
        )
        baselines = self._rows(records.select("baselines", records.BASELINE_COLUMNS))
        cursors = self._rows(records.select("cursors", records.CURSOR_COLUMNS))
        states = self._rows(records.select("newest_states", records.STATE_COLUMNS))
        planned = self._rows(
            f'{WINDOWS} WHERE (ended IS NULL OR ended > ?) AND ("end" IS NULL OR "end" > ?) ORDER BY start, id', now, now
        )
        return Restored(
            alarms=tuple(self._each(alarms, records.alarm_of)),
            entries=tuple(self._each(entries, records.entry_of)),
            incidents=tuple(self._each(incidents, records.incident_of)),
            baselines=tuple(self._each(baselines, records.baseline_of)),
            cursors=tuple(self._each(cursors, records.cursor_of)),
            states=tuple(self._each(states, records.state_of)),
            maintenance=tuple(self._each(planned, records.window_of)),
            last_alarm=self._last("alarms"),
            last_entry=self._last("entries"),
            last_incident=self._last("incidents"),
        )

    def _last(self, table: str) -> int:
        return int(self._rows(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0])  # noqa: S608
