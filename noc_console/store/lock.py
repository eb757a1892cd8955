"""One console per folder: a lock of the operating system, gone with its process however that ends."""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

from noc_console.store.errors import StoreBusy

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

log = logging.getLogger(__name__)

LOCKED_BYTE = 1 << 30
"""Windows locks bytes, and what is locked cannot be read by others: one far behind the pid is locked."""


class FolderLock:
    """Held from `take` to `release`. Raises StoreBusy with the holder's pid if another process holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> None:
        """Take it, or raise StoreBusy at once; OSError if the file cannot be made."""
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
        except OSError as error:
            pid = _read_pid(file)
            os.close(file)
            holder = f"process {pid}" if pid else "another process"
            raise StoreBusy(
                f"Another console ({holder}) already uses {self.path.parent}: use that one, end it, or start this one with"
                " another folder (--data DIR).",
                pid,
            ) from error
        self._file = file
        try:
            os.ftruncate(file, 0)
            os.write(file, f"{os.getpid()}\n".encode())
        except OSError as error:
            # A full disk: the lock itself needs no space, only the pid is missing for the next one's sentence.
            log.warning("cannot note the process in %s: %s", self.path, error)

    def release(self) -> None:
        """Let go; the file stays, so that no second lock can be taken on one that is being deleted."""
        if self._file is not None:
            with suppress(OSError):
                os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


def _lock(file: int) -> None:
    if sys.platform == "win32":
        os.lseek(file, LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read_pid(file: int) -> int | None:
    try:
        os.lseek(file, 0, os.SEEK_SET)
        return int(os.read(file, 32))
    except (OSError, ValueError):
        return None
