"""The audit chain as it is stored, row by row in its order, for whoever follows it. Beside a console that writes, too."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from noc_console.audit.chain import Record
from noc_console.audit.verify import Checked
from noc_console.store import records
from noc_console.store.errors import store_error
from noc_console.store.files import open_reader

_ENTRY = ", ".join(f'e."{name}"' for name in records.ENTRY_COLUMNS)
_ROWS = (
    "SELECT a.number, a.kind, a.about, a.noted, a.digest, a.body, a.mac, a.purge, "  # noqa: S608 - names of ours
    f"{_ENTRY} FROM audit a LEFT JOIN entries e ON a.kind = 'entry' AND e.id = a.about ORDER BY a.number"
)
_UNBOUND = "SELECT id FROM entries WHERE NOT EXISTS (SELECT 1 FROM audit WHERE kind = 'entry' AND about = entries.id) ORDER BY id"
_OF_RECORD = 8


def chain_rows(path: Path) -> Iterator[Checked]:
    """(record, the purge that took its entry, its entry's values), in one view of the database. StoreError."""
    conn = open_reader(path)
    try:
        conn.row_factory = None
        for row in conn.execute(_ROWS):
            entry = row[_OF_RECORD:] if row[_OF_RECORD] is not None else None
            yield Record(*row[: _OF_RECORD - 1]), row[_OF_RECORD - 1], entry
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    finally:
        conn.close()


def unbound_entries(path: Path) -> list[int]:
    """Entries that no record binds: put in by another program. StoreError."""
    conn = open_reader(path)
    try:
        return [row[0] for row in conn.execute(_UNBOUND)]
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    finally:
        conn.close()
