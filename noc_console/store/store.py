"""The store as the program uses it: opened once, written from any thread, read by readers."""

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from sqlite_utils import Database

from noc_console.audit.heads import Heads
from noc_console.audit.key import AuditKey, BadKey, audit_key
from noc_console.model.changes import Durable, Restored
from noc_console.store.auditing import AuditChain
from noc_console.store.catching_up import CatchingUp
from noc_console.store.errors import StoreError, store_error
from noc_console.store.files import DATABASE, LOCK, open_writer, prepare_folder
from noc_console.store.keeping import Keeping
from noc_console.store.lock import FolderLock
from noc_console.store.reader import Reader
from noc_console.store.reports import StoreReport
from noc_console.store.writer import StoreCounts, Writer

CLOSE_SECONDS = 2.0


def _key_in(folder: Path) -> AuditKey:
    try:
        return audit_key(None, folder)
    except (BadKey, OSError) as error:
        raise StoreError(str(error)) from error


def _begun(db: Database, path: Path, key: AuditKey, now: float) -> tuple[AuditChain, CatchingUp]:
    """The chain, and what is left to be done of what an older version stored: nothing, where that was little."""
    audit = AuditChain(db, key)
    try:
        with db.atomic():
            audit.begin(now)
            left = CatchingUp(db, audit)
            while left.is_short and not left.is_done:
                left.step(now)
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return audit, left


class Store:
    """The durable state of one folder; no second one can be open on it. All methods from any thread."""

    def __init__(self, writer: Writer, path: Path, clock: Callable[[], float]) -> None:
        self._writer = writer
        self._path = path
        self._clock = clock

    @classmethod
    def open(
        cls,
        folder: Path,
        report: Callable[[StoreReport], None],
        clock: Callable[[], float],
        *,
        keeping: Keeping = Keeping(),  # noqa: B008 - it never changes
        key: AuditKey | None = None,
    ) -> "Store":
        """Open or make the store of a folder and start its thread.

        `report` is called in that thread; `clock` gives UTC seconds; `key` binds the audit chain (None: the one in the folder,
        made where there is none). Raises StoreBusy (a second console), StoreNewer, StoreBroken, StoreFull or StoreError, each
        with a sentence for the operator.
        """
        prepare_folder(folder)
        path = folder / DATABASE
        lock = FolderLock(folder / LOCK)
        try:
            lock.take()
        except OSError as error:
            raise store_error(error, path) from error
        with ExitStack() as undo:
            undo.callback(lock.release)
            db = open_writer(path)
            undo.callback(db.close)
            audit, left = _begun(db, path, key or _key_in(folder), clock())
            undo.pop_all()
        tell = Heads(folder).tell
        writer = Writer(
            db, path, report, clock, keeping=keeping, audit=audit, catching_up=left, tell_head=tell, at_end=lock.release
        )
        writer.start()
        return cls(writer, path, clock)

    def append(self, durable: Durable) -> None:
        """Store this, in one transaction; Committed or NotStored is reported if it has a `command`. Never blocks."""
        self._writer.append(durable)

    def restored(self) -> Restored:
        """What a run starts from; StoreError if it cannot be read. Blocks (tens of milliseconds)."""
        reader = self.reader()
        try:
            return reader.restored(self._clock())
        finally:
            reader.close()

    def reader(self) -> Reader:
        """A reader with a connection of its own; close it before the store's folder is removed."""
        return Reader(self._path)

    @property
    def counts(self) -> StoreCounts:
        """What was stored so far."""
        return self._writer.counts

    def close(self, timeout: float = CLOSE_SECONDS) -> None:
        """Write what waits and end the thread; TimeoutError if it still writes after `timeout` seconds."""
        self._writer.close()
        self._writer.join(timeout)
        if self._writer.is_alive():
            raise TimeoutError(f"the store still writes after {timeout} s")
