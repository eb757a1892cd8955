"""Writes durables into the tables, inside a transaction that the caller holds."""

import json
from collections.abc import Iterable

import numpy as np
from sqlite_utils import Database

from noc_console.model.alarm import Alarm
from noc_console.model.changes import Durable
from noc_console.model.poll import Layout, PollResult
from noc_console.store import records
from noc_console.store.auditing import AuditChain
from noc_console.store.columns import layout_row, pack
from noc_console.store.vocabulary import Vocabulary

_STORED = (*records.ALARM_COLUMNS, "subject", "saying")
# One of before that has no texts yet (0) gets them in its turn, with what was said of it: see `catching_up`.
ALARM = records.upsert("alarms", _STORED, ("id",), records.OPERATOR_COLUMNS | {"saying"}).replace(
    '"subject" = excluded."subject"', '"subject" = CASE alarms.subject WHEN 0 THEN 0 ELSE excluded."subject" END'
)
ALARM_BY_PERSON = records.upsert("alarms", _STORED, ("id",))
# An entry never changes; written again after a commit whose outcome was unknown (a disk error) it stays one.
ENTRY = records.insert("entries", records.ENTRY_COLUMNS, ("id",))
WINDOW = records.upsert("maintenance", records.WINDOW_COLUMNS, ("id",))
INCIDENT = records.upsert("incidents", records.INCIDENT_COLUMNS, ("id",))
STATE = "INSERT INTO states (device, component, kind, name, time, was, now) VALUES (?, ?, ?, ?, ?, ?, ?)"
NEWEST_STATE = (
    records.upsert("newest_states", records.STATE_COLUMNS, ("device", "component", "kind", "name"))
    + " WHERE excluded.time >= newest_states.time"
)
BASELINE = records.upsert("baselines", records.BASELINE_COLUMNS, ("device", "kind", "name"))
FORGET = "DELETE FROM baselines WHERE device = ? AND kind = ? AND name = ?"
CURSOR = records.upsert("cursors", records.CURSOR_COLUMNS, ("device", "name"))
MOST_LAYOUTS = 10_000
"""Layouts whose numbers are remembered: those of this process come and go."""
READING = 'INSERT INTO readings (source, time, interval, layout, "values", texts) VALUES (?, ?, ?, ?, ?, ?)'


class Inserter:
    """Writes on one connection and remembers the numbers of layouts and sources. One thread."""

    def __init__(self, db: Database, audit: AuditChain) -> None:
        self._db = db
        self.audit = audit
        self.vocabulary = Vocabulary(db)
        self._layouts: dict[int, int] = {}
        self._sources: dict[tuple[str, str], int] = {}

    def forget(self) -> None:
        """After a rollback: numbers given in it are no longer there."""
        self.audit.forget()
        self.vocabulary.forget()
        self._layouts.clear()
        self._sources.clear()

    def insert(self, durables: Iterable[Durable], now: float) -> None:
        """Write them in order, at `now` (UTC seconds); sqlite3.Error as SQLite says it, ValueError or TypeError for what
        cannot be written.
        """
        for durable in durables:
            self._insert_alarms(durable, now)
            self._insert_states(durable)
            self._insert_readings(durable.results)

    def _insert_alarms(self, durable: Durable, now: float) -> None:
        run = self._db.conn.executemany
        spoken = frozenset(durable.axes)
        with_axis = [alarm for alarm in durable.alarms if durable.command or alarm.id in spoken]
        if with_axis:
            run(ALARM_BY_PERSON, map(self._alarm_row, with_axis))
        if len(with_axis) < len(durable.alarms):
            run(ALARM, [self._alarm_row(alarm) for alarm in durable.alarms if alarm.id not in spoken])
        if durable.entries:
            run(ENTRY, map(records.entry_row, durable.entries))
            self.audit.entries(durable.entries)
        if durable.incidents:
            run(INCIDENT, map(records.incident_row, durable.incidents))
        if durable.maintenance:
            run(WINDOW, map(records.window_row, durable.maintenance))
            self.audit.windows(durable.maintenance, now)

    def _alarm_row(self, alarm: Alarm) -> records.Row:
        return *records.alarm_row(alarm), *self.vocabulary.of(alarm)

    def _insert_states(self, durable: Durable) -> None:
        run = self._db.conn.executemany
        if durable.states:
            rows = [records.state_row(state) for state in durable.states]
            run(STATE, rows)
            run(NEWEST_STATE, rows)
        for baseline in durable.baselines:
            if baseline.value:
                self._db.conn.execute(BASELINE, records.baseline_row(baseline))
            else:
                self._db.conn.execute(FORGET, (baseline.device, baseline.kind, baseline.name))
        if durable.cursors:
            run(CURSOR, [records.cursor_row(device, cursor) for device, cursor in durable.cursors])

    def _insert_readings(self, results: Iterable[PollResult]) -> None:
        rows = [self._reading_row(result) for result in results if has_readings(result)]
        if rows:
            self._db.conn.executemany(READING, rows)

    def _reading_row(self, result: PollResult) -> records.Row:
        texts = json.dumps(result.texts, ensure_ascii=False) if result.texts else None
        layout, source = self._layout(result.layout), self._source(result.device, result.source)
        return source, result.finished, result.interval, layout, pack(result.values), texts

    def _layout(self, layout: Layout) -> int:
        found = self._layouts.get(layout.number)
        if found is None:
            if len(self._layouts) >= MOST_LAYOUTS:
                self._layouts.clear()
            digest, keys = layout_row(layout)
            self._db.conn.execute("INSERT OR IGNORE INTO layouts (digest, keys) VALUES (?, ?)", (digest, keys))
            found = self._layouts[layout.number] = self._number("SELECT id FROM layouts WHERE digest = ?", digest)
        return found

    def _source(self, device: str, source: str) -> int:
        found = self._sources.get((device, source))
        if found is None:
            self._db.conn.execute("INSERT OR IGNORE INTO sources (device, source) VALUES (?, ?)", (device, source))
            found = self._number("SELECT id FROM sources WHERE device = ? AND source = ?", device, source)
            self._sources[device, source] = found
        return found

    def _number(self, sql: str, *arguments: object) -> int:
        return int(self._db.conn.execute(sql, arguments).fetchone()[0])


def has_readings(result: PollResult) -> bool:
    """Whether an answer has values or words to keep."""
    return result.error is None and (len(result.layout) > 0 or bool(result.texts))


def count_readings(results: Iterable[PollResult]) -> int:
    """Values given (not NaN) in these answers."""
    return sum(int(np.count_nonzero(result.values == result.values)) for result in results if has_readings(result))
