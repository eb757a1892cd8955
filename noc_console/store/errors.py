"""Why the store cannot be opened or written, each with one clear sentence.

Known troubles of the environment (disk, permissions, another program) are told apart from bugs by SQLite's result codes
(https://www.sqlite.org/rescode.html).
"""

import errno
import shutil
import sqlite3
from pathlib import Path

PLENTY = 1_000_000
"""Bytes free below which an I/O error is taken for a full disk: SQLite names a WAL index that cannot grow an I/O error."""


class StoreError(RuntimeError):
    """The store cannot be used; its text is one sentence that says what to do. `code` is that of `StoreState.error`."""

    code = "store-failed"


class StoreBusy(StoreError):
    """Another console uses the folder. `pid` is its process, None if it could not be read."""

    def __init__(self, text: str, pid: int | None) -> None:
        super().__init__(text)
        self.pid = pid


class StoreBroken(StoreError):
    """The file is damaged, or no database of ours, or its folder cannot hold one."""


class StoreFull(StoreError):
    """No space left on the device."""

    code = "disk-full"


class StoreNewer(StoreError):
    """The file was written by a newer version of the program."""


def store_error(error: sqlite3.Error | OSError, path: Path) -> StoreError:
    """The StoreError for what SQLite or the system said about this file."""
    if isinstance(error, OSError):
        return _of_system(error, path)
    # The low byte is the primary code, the rest extends it (SQLITE_IOERR_SHMSIZE and the like).
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(path.parent)):
        return StoreFull(f"There is no space left for the database {path}: free some space; nothing that waits is lost.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreBroken(
            f"The database {path} is damaged or is none ({error}): move it aside to start with an empty one, or put a copy back."
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(f"Another program holds the database {path}: end it, or let it finish.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreError(f"The database {path} cannot be opened for writing: check the rights of its folder ({error}).")
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(f"The disk under {path} gave an error ({name}): check the disk.")
    return StoreError(f"The database {path} cannot be used: {error} ({name}).")


def _of_system(error: OSError, path: Path) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(f"There is no space left for the database {path}: free some space.")
    return StoreError(f"The folder {path.parent} cannot be used for the database: {error.strerror or error}.")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < PLENTY
    except OSError:
        return False
