"""The way of changes from the monitor thread to one reader: coalesced while they wait, never blocking the monitor."""

from collections import deque
from threading import Lock

from noc_console.model.changes import Changes, Row, Snapshot

MOST_WAITING = 50_000
"""Rows that may wait before the reader is told to take a new snapshot."""


class Feed:
    """Changes for one reader. `publish` from the monitor thread, `take` from the reader's.

    While they wait, the latest row of a (device, source) wins; alarms, entries and outcomes are all kept in order.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Changes] = deque()
        self._rows: dict[tuple[str, str], Row] = {}
        self._snapshot: Snapshot | None = None
        self.overflowed = False

    def restart(self, snapshot: Snapshot) -> None:
        """Give the reader a whole state; what waited before it is dropped."""
        with self._lock:
            self._snapshot = snapshot
            self._waiting.clear()
            self._rows.clear()
            self.overflowed = False

    def publish(self, changes: Changes) -> None:
        """Add changes; after an overflow nothing more is kept until `restart`."""
        with self._lock:
            if self.overflowed:
                return
            for row in changes.rows:
                self._rows[row.device, row.source] = row
            self._waiting.append(changes)
            if len(self._waiting) > MOST_WAITING:
                self.overflowed = True
                self._waiting.clear()
                self._rows.clear()

    def take(self) -> tuple[Snapshot | None, list[Changes], dict[tuple[str, str], Row]]:
        """(snapshot to start from or None, changes in order, newest row of each key among them). Takes them off."""
        with self._lock:
            snapshot, self._snapshot = self._snapshot, None
            changes, self._waiting = list(self._waiting), deque()
            rows, self._rows = self._rows, {}
        return snapshot, changes, rows
