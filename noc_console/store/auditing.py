"""Writes the audit chain, inside the transaction of what it is about. On the writer's connection and in its thread."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from noc_console.audit import chain
from noc_console.audit.key import AuditKey
from noc_console.model.alarm import Entry
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.store import records

log = logging.getLogger(__name__)

AT_ONCE = 10_000
"""As many entries of before are bound at the start (0.1 s); more of them beside what comes."""
INSERT = "INSERT INTO audit (number, kind, about, noted, digest, body, mac) VALUES (?, ?, ?, ?, ?, ?, ?)"
TAKEN_TO = "SELECT coalesce(max(about), 0) FROM audit WHERE kind = ? AND about <= ?"
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
        self._binder = chain.Binder(key.octets)
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
        """Say where the chain begins, and that it goes on with another key where that is so.

        Entries of before are taken in at once where they are few, else piece by piece (`take_in`).
        """
        if self.head.number == 0:
            self._begin(now)
            return
        told = self._db.conn.execute(
            "SELECT body FROM audit WHERE kind IN (?, ?) ORDER BY number DESC LIMIT 1", (chain.BEGIN, chain.KEY)
        ).fetchone()
        if not told or json.loads(told[0]).get("key") != self._key.name:
            self._say(chain.KEY, now, {"key": self._key.name})

    def _begin(self, now: float) -> None:
        count, last = self._db.conn.execute("SELECT count(*), coalesce(max(id), 0) FROM entries").fetchone()
        begun = {"key": self._key.name, "entries_before": count}
        if count <= AT_ONCE:
            self._say(chain.BEGIN, now, begun)
            self._bind((0, last), AT_ONCE, now)
        else:
            self._say(chain.BEGIN, now, begun | {"up_to": last})
            log.info("the %d stored entries are bound into the audit chain beside what comes; this is done once", count)

    def waits(self) -> tuple[int, int] | None:
        """(number of the last entry that is taken in, of the last that must be) where some of before wait; else None."""
        begun = self._body(chain.BEGIN)
        # A chain of a version that took in all at once does not say up to where.
        if begun is None or "up_to" not in begun or self._body(chain.TAKEN) is not None:
            return None
        last = int(begun["up_to"])
        return int(self._db.conn.execute(TAKEN_TO, (chain.ENTRY, last)).fetchone()[0]), last

    def _body(self, kind: str) -> dict[str, Any] | None:
        row = self._db.conn.execute("SELECT body FROM audit WHERE kind = ? LIMIT 1", (kind,)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def take_in(self, most: int, now: float) -> bool:
        """Bind so many more of the entries from before the chain; whether there are still some."""
        waits = self.waits()
        if waits is None:
            return False
        if self._bind(waits, most, now) == most:
            return True
        self._say(chain.TAKEN, now, {"up_to": waits[1]})
        return False

    def _bind(self, between: tuple[int, int], most: int, now: float) -> int:
        """Bind so many entries after the first number, up to the second; how many there were."""
        columns = records.select("entries", records.ENTRY_COLUMNS)
        rows = self._db.conn.execute(f"{columns} WHERE id > ? AND id <= ? ORDER BY id LIMIT ?", (*between, most)).fetchall()
        digests = chain.digests(rows)
        self._link((chain.ENTRY, row[0], now, digest, "") for row, digest in zip(rows, digests, strict=True))
        return len(rows)

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
        digests = chain.digests([records.entry_row(entry) for entry in fresh])
        self._link((chain.ENTRY, e.id, e.noted, digest, "") for e, digest in zip(fresh, digests, strict=True))

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
            before = self._binder.mac(before, number, kind, about, noted, digest)
            rows.append((number, kind, about, noted, digest, body, before))
        self._db.conn.executemany(INSERT, rows)
        self._head = Head(number, before)
