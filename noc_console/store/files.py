"""The folder and the file of the store, and its connections. No one but their owner can read them."""

import logging
import os
import sqlite3
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from noc_console.store.errors import StoreBroken, store_error
from noc_console.store.schema import migrate

log = logging.getLogger(__name__)

DATABASE = "console.db"
LOCK = "console.lock"
BUSY_SECONDS = 1.0
"""Wait for another program (a backup, a shell) that holds the file; below the two seconds that a stop may take."""
WAL_BYTES = 64 << 20
"""A log that a long read let grow is cut back to this."""
CACHE_KIBIBYTES = 32 << 10
"""Of the file, for a reader, as far as it is used: of a million alarms SQLite's own two megabytes hold too little."""
WRITER_CACHE_KIBIBYTES = 16 << 10
"""The writer mostly adds to the end."""
CHECKED_BYTES = 128 << 20
"""A larger file is not read through at each start (seconds for a million alarms): its damage shows where it is read."""

# A count that came out of an array is a number to SQLite too (np.float64 is a float already).
sqlite3.register_adapter(np.int64, int)
sqlite3.register_adapter(np.float32, float)


def prepare_folder(folder: Path) -> None:
    """Make the folder, 0700. One that existed and holds something is another's to change: it is only told. StoreError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            folder.chmod(0o700)
        elif os.name == "posix" and folder.stat().st_mode & 0o077:
            log.warning("others can look into %s; its files are closed to them (chmod 700 closes the folder too)", folder)
    except OSError as error:
        raise store_error(error, folder / DATABASE) from error


def open_writer(path: Path) -> Database:
    """The writer's connection to a file of our version; StoreError if there can be none. Usable from any one thread."""
    try:
        # SQLite gives its -wal and -shm files the mode of the database.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if os.name == "posix":
            path.chmod(0o600)
    except OSError as error:
        raise store_error(error, path) from error
    with ExitStack() as undo:
        try:
            conn = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            undo.callback(conn.close)
            db = _set_up(conn, path)
        except sqlite3.Error as error:
            raise store_error(error, path) from error
        undo.pop_all()
    return db


def _set_up(conn: sqlite3.Connection, path: Path) -> Database:
    mode = conn.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        raise StoreBroken(f"The file system of {path.parent} cannot hold the database (no shared memory): use a local disk.")
    # FULL: a commit is on disk when it returns, also through a power cut (https://www.sqlite.org/pragma.html#pragma_synchronous).
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KIBIBYTES}")
    conn.execute(f"PRAGMA journal_size_limit={WAL_BYTES}")
    db = Database(conn)
    migrate(db)
    small = ("baselines", "cursors", "maintenance")
    for table in small if path.stat().st_size > CHECKED_BYTES else ("alarms", "entries", *small):
        said = conn.execute(f"PRAGMA quick_check({table})").fetchone()[0]
        if said != "ok":
            raise StoreBroken(f"The database {path} is damaged ({said}): move it aside, or put a copy back.")
    return db


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; StoreError if there is no such file. One thread at a time."""
    try:
        conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
        conn.row_factory = sqlite3.Row
        conn.execute("PRAGMA query_only=ON")
        conn.execute(f"PRAGMA cache_size=-{CACHE_KIBIBYTES}")
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return conn
