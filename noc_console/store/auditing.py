"""Writes the audit chain, inside the transaction of what it is about. On the writer's connection and in its thread."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from noc_console.audit import chain
from noc_console.audit.key import AuditKey
from noc_console.model.alarm import Entry
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.store import records

log = logging.getLogger(__name__)

AT_ONCE = 10_000
"""Entries of before that are bound at a time: a million of them take no more memory."""
INSERT = "INSERT INTO audit (number, kind, about, noted, digest, body, mac) VALUES (?, ?, ?, ?, ?, ?, ?)"
NEWEST = "SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest record: what must be known elsewhere so that a cut-off end shows."""

    number: int
    mac: bytes


class AuditChain:
    """The chain of one database. One thread, inside transactions; after a rollback `forget` must be called."""

    def __init__(self, db: Database, key: AuditKey) -> None:
        self._db = db
        self._key = key
        self._head: Head | None = None

    @property
    def head(self) -> Head:
        """The newest record; number 0 of an empty chain."""
        if self._head is None:
            row = self._db.conn.execute(NEWEST).fetchone()
            self._head = Head(row[0], row[1]) if row else Head(0, chain.START)
        return self._head

    def forget(self) -> None:
        """After a rollback: the head is what the table says."""
        self._head = None

    def begin(self, now: float) -> None:
        """Say where the chain begins, and that it goes on with another key where that is so. Entries of before are taken in."""
        if self.head.number == 0:
            self._take_in(now)
            return
        told = self._db.conn.execute(
            "SELECT body FROM audit WHERE kind IN (?, ?) ORDER BY number DESC LIMIT 1", (chain.BEGIN, chain.KEY)
        ).fetchone()
        if not told or json.loads(told[0]).get("key") != self._key.name:
            self._say(chain.KEY, now, {"key": self._key.name})

    def _take_in(self, now: float) -> None:
        count = self._db.conn.execute("SELECT count(*) FROM entries").fetchone()[0]
        self._say(chain.BEGIN, now, {"key": self._key.name, "entries_before": count})
        if count:
            log.info("the %d stored entries are bound into the audit chain; this is done once", count)
        rows = self._db.conn.execute(f"{records.select('entries', records.ENTRY_COLUMNS)} ORDER BY id")
        while some := rows.fetchmany(AT_ONCE):
            self._link((chain.ENTRY, row[0], now, chain.digest(row), "") for row in some)

    def entries(self, entries: Sequence[Entry]) -> None:
        """Bind entries; those that are bound already (written again after a commit whose outcome was unknown) are left."""
        if not entries:
            return
        numbers = [entry.id for entry in entries]
        known = {
            row[0]
            for row in self._db.conn.execute(
                "SELECT about FROM audit WHERE kind = ? AND about BETWEEN ? AND ?", (chain.ENTRY, min(numbers), max(numbers))
            )
        }
        fresh = [entry for entry in entries if entry.id not in known]
        self._link((chain.ENTRY, e.id, e.noted, chain.digest(records.entry_row(e)), "") for e in fresh)

    def windows(self, windows: Iterable[MaintenanceWindow], now: float) -> None:
        """Bind maintenance windows as they are from now on."""
        for window in windows:
            self._say(chain.MAINTENANCE, now, dict(zip(records.WINDOW_COLUMNS, records.window_row(window), strict=True)))

    def purged(self, body: dict[str, object], now: float) -> int:
        """Bind what a purge took away; gives the record's number."""
        self._say(chain.PURGE, now, body)
        return self.head.number

    def _say(self, kind: str, now: float, body: dict[str, object]) -> None:
        text = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        self._link([(kind, 0, now, chain.digest([text]), text)])

    def _link(self, told: Iterable[tuple[str, int, float, bytes, str]]) -> None:
        number, before, rows = self.head.number, self.head.mac, []
        for kind, about, noted, digest, body in told:
            number += 1
            record = chain.linked(self._key.octets, before, number, kind, about, noted, digest, body)
            before = record.mac
            rows.append((record.number, kind, about, noted, digest, body, record.mac))
        self._db.conn.executemany(INSERT, rows)
        self._head = Head(number, before)
