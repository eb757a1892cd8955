"""The audit chain as it is stored, many rows at a time in their order. It is read beside a console that writes, too."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from noc_console.audit import chain
from noc_console.audit.verify import Checked
from noc_console.store import records
from noc_console.store.errors import store_error
from noc_console.store.files import open_reader

AT_ONCE = 2_000
_CHAIN = "SELECT number, kind, about, noted, digest, body, mac, purge FROM audit WHERE number > ? ORDER BY number LIMIT ?"
_ENTRIES = records.select("entries", records.ENTRY_COLUMNS)
_UNBOUND = "SELECT id FROM entries WHERE NOT EXISTS (SELECT 1 FROM audit WHERE kind = 'entry' AND about = entries.id) ORDER BY id"
_KIND, _ABOUT = 1, 2
_APART = 4
"""Entries whose numbers are spread wider than this many times their count are looked up one by one."""


class ChainRows:
    """The chain of one database, as it is at the first look. `close` it. One thread; sqlite3's errors come as StoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._conn = open_reader(path)
        self._conn.row_factory = None

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()

    def last(self) -> int:
        """The number of the newest record; 0 = there is none. From here on what is read is one view of the database."""
        return int(self._all("SELECT coalesce(max(number), 0) FROM audit")[0][0])

    def batches(self) -> Iterator[Sequence[Checked]]:
        """All records, each with the purge that took its entry, and the values of its entry."""
        number = -(1 << 63)
        while rows := self._all(_CHAIN, number, AT_ONCE):
            number = rows[-1][0]
            entries = self._entries([row[_ABOUT] for row in rows if row[_KIND] == chain.ENTRY])
            yield [(*row, entries.get(row[_ABOUT]) if row[_KIND] == chain.ENTRY else None) for row in rows]

    def _entries(self, numbers: list[object]) -> dict[object, tuple[object, ...]]:
        known = sorted(number for number in numbers if isinstance(number, int))
        if not known:
            return {}
        if known[-1] - known[0] < _APART * len(known):
            rows = self._all(f"{_ENTRIES} WHERE id BETWEEN ? AND ?", known[0], known[-1])
        else:
            rows = [row for number in known for row in self._all(f"{_ENTRIES} WHERE id = ?", number)]
        return {row[0]: row for row in rows}

    def unbound(self) -> Iterator[int]:
        """Entries that no record binds."""
        return (row[0] for row in self._all(_UNBOUND))

    def _all(self, sql: str, *arguments: object) -> list[tuple[Any, ...]]:
        try:
            if not self._conn.in_transaction:
                self._conn.execute("BEGIN")
            return self._conn.execute(sql, arguments).fetchall()
        except sqlite3.Error as error:
            raise store_error(error, self._path) from error


def unbound_entries(path: Path) -> list[int]:
    """Entries that no record binds: put in by another program, or not taken in yet. StoreError."""
    with closing(ChainRows(path)) as rows:
        return list(rows.unbound())
