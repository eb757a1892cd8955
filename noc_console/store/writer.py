"""The writer thread `store`: gathers what comes, commits it together, keeps what could not be written, purges old readings."""

import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from sqlite_utils import Database

from noc_console.model.changes import Durable
from noc_console.store.auditing import AuditChain
from noc_console.store.catching_up import CatchingUp
from noc_console.store.errors import StoreError, store_error
from noc_console.store.inserts import Inserter, count_readings
from noc_console.store.keeping import PIECE, Keeping, purge_alarms
from noc_console.store.reports import Committed, NotStored, StorePreparing, StoreReport, StoreTrouble, StoreWell

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.25
"""What no person waits for is gathered this long, so that the disk is not flushed for every poll."""
RETRY_SECONDS = 2.0
IDLE_SECONDS = 5.0
"""With nothing to write, look at old readings this often."""
BETWEEN_PIECES = 0.03
"""While an older version's rest is made ready: as long as a piece takes, so that the window has its half."""
SHARE_SECONDS = 1.0
WELL_SECONDS = 5.0
MOST_ANSWERS_WAITING = 20_000
"""Answers kept while the disk takes none (60 MB at 347 values): beyond it the oldest are dropped and counted."""
PURGE_PIECE = 256
"""Old readings deleted at a time (about 2 ms), after each gathering: up to a thousand a second, more than a large fleet gives."""
PURGE = "DELETE FROM readings WHERE id IN (SELECT id FROM readings WHERE time < ? ORDER BY time LIMIT ?)"

HEAD_SECONDS = 3600.0
HEAD_EVERY = 1_000
"""The head of the audit chain is told elsewhere after so many seconds, or records."""
MOST_ANSWERS_AT_ONCE = 1_000
"""In one transaction (80 ms): a try while the disk is full costs no more than that."""
ENDED = "The store has ended: nothing is stored any more; start the console again."

BAD_RECORD = (
    TypeError,
    ValueError,
    OverflowError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    sqlite3.DataError,
)
"""Errors of what is written rather than of the disk: the same again would fail again. (sqlite3 raises all of these.)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCounts:
    """What the writer did since its start. `readings` are values that are not NaN."""

    answers: int = 0
    readings: int = 0
    dropped_answers: int = 0
    purged_answers: int = 0
    purged_alarms: int = 0
    waiting: int = 0
    last_commit: float | None = None


class Writer(Thread):
    """The thread `store`; owns the connection from its start until its end. `append` and `close` from any thread.

    `clock` gives UTC seconds; `keeping` is how long things are kept. `tell_head` is told the head of the audit chain
    now and then, in the thread. `at_end` is called last.
    """

    def __init__(
        self,
        db: Database,
        path: Path,
        report: Callable[[StoreReport], None],
        clock: Callable[[], float],
        *,
        keeping: Keeping,
        audit: AuditChain,
        catching_up: CatchingUp,
        tell_head: Callable[[int, bytes, float], None],
        at_end: Callable[[], None],
    ) -> None:
        super().__init__(name="store")
        self.counts = StoreCounts()
        self._db = db
        self._path = path
        self._report = report
        self._clock = clock
        self._keeping = keeping
        self._tell_head = tell_head
        self._head_told = (0, float("-inf"))
        self._at_end = at_end
        self._inserter = Inserter(db, audit)
        self._catching_up: CatchingUp | None = catching_up
        self._queue: SimpleQueue[Durable | None] = SimpleQueue()
        self._urgent = Event()
        self._closing = Event()
        self._ended = Event()
        self._kept: deque[Durable] = deque()
        self._trouble = ""
        self._purge_failed = False
        self._told_well = float("-inf")
        self._share_told = float("-inf")
        self._catching_failed = False

    def append(self, durable: Durable) -> None:
        """Write this soon, at once if a person waits for it. Never blocks."""
        self._queue.put(durable)
        if durable.command or durable.urgent:
            self._urgent.set()
        if self._ended.is_set():
            for left in self._drained():
                self._refuse(left)

    def close(self) -> None:
        """Write what waits, then end."""
        self._closing.set()
        self._urgent.set()
        self._queue.put(None)

    def run(self) -> None:
        """Write until closed."""
        try:
            while not self._closing.is_set():
                self._round()
            self._last_round()
        finally:
            self._ended.set()
            self._last_head()
            if not self._closing.is_set():
                self._report(StoreTrouble(error=StoreError.code, detail=ENDED))
            for durable in (*self._kept, *self._drained()):
                self._refuse(durable)
            self._db.close()
            self._at_end()

    def _last_head(self) -> None:
        try:
            self._head_now_and_then(at_once=True)
        except sqlite3.Error as error:
            log.warning("the head of the audit chain is not known at the end: %s", error)

    def _refuse(self, durable: Durable) -> None:
        if durable.command:
            self._report(NotStored(durable=durable, error=StoreError.code, detail=ENDED))

    def _round(self) -> None:
        first: list[Durable | None] = []
        if self._kept:
            self._urgent.wait(RETRY_SECONDS)
        else:
            try:
                first.append(self._queue.get(timeout=IDLE_SECONDS if self._catching_up is None else BETWEEN_PIECES))
                self._urgent.wait(GATHER_SECONDS)
            except Empty:
                log.debug("nothing to store")
        self._urgent.clear()
        came = self._drained(first)
        if came or self._kept:
            self._write(came)
        if not self._kept and not self._urgent.is_set():
            self._purge()
        if not self._kept and not self._urgent.is_set():
            self._catch_up()
        self._head_now_and_then()

    def _drained(self, first: Sequence[Durable | None] = ()) -> list[Durable]:
        came = [durable for durable in first if durable is not None]
        while True:
            try:
                durable = self._queue.get_nowait()
            except Empty:
                return came
            if durable is not None:
                came.append(durable)

    def _last_round(self) -> None:
        came = self._drained()
        if came or self._kept:
            self._write(came)
        if self._kept:
            log.error("%d changes could not be stored before the end: %s", len(self._kept), self._trouble)

    def _write(self, came: list[Durable]) -> None:
        """Commit what was kept and what came, piece by piece; on trouble of the disk keep the rest, without commands."""
        self._kept = deque(self._bounded([*self._kept, *came]))
        try:
            while self._kept:
                self._write_piece(first_piece(self._kept))
        except StoreError as error:
            self._keep(error)

    def _write_piece(self, piece: list[Durable]) -> None:
        """Commit the first of what waits; a record that cannot be written is set aside and holds up no other."""
        try:
            self._commit(piece)
        except BAD_RECORD:
            for durable in piece:
                try:
                    self._commit([durable])
                except BAD_RECORD as error:
                    self._set_aside(durable, error)

    def _commit(self, piece: list[Durable]) -> None:
        """One transaction; StoreError on trouble of the disk, one of BAD_RECORD for what cannot be written."""
        try:
            with self._db.atomic():
                self._inserter.insert(piece, self._clock())
        except BAD_RECORD:
            self._inserter.forget()
            raise
        except sqlite3.Error as error:
            self._inserter.forget()
            raise store_error(error, self._path) from error
        for _ in piece:
            self._kept.popleft()
        self._committed(piece)

    def _committed(self, batch: Sequence[Durable]) -> None:
        now = self._clock()
        self.counts = replace(
            self.counts,
            answers=self.counts.answers + sum(len(durable.results) for durable in batch),
            readings=self.counts.readings + sum(count_readings(durable.results) for durable in batch),
            waiting=len(self._kept),
            last_commit=now,
        )
        for durable in batch:
            if durable.command:
                self._report(Committed(durable=durable))
        if self._trouble:
            log.info("the database %s can be written again", self._path)
        if self._trouble or abs(now - self._told_well) >= WELL_SECONDS:
            self._trouble, self._told_well = "", now
            self._report(StoreWell(last_commit=now))

    def _keep(self, error: StoreError) -> None:
        if not self._trouble:
            log.error("%s", error)
        self._trouble = str(error)
        commands = [durable for durable in self._kept if durable.command]
        self._kept = deque(durable for durable in self._kept if not durable.command)
        self.counts = replace(self.counts, waiting=len(self._kept))
        for durable in commands:
            self._report(NotStored(durable=durable, error=error.code, detail=str(error)))
        self._report(StoreTrouble(error=error.code, detail=str(error), waiting=len(self._kept)))

    def _set_aside(self, durable: Durable, error: Exception) -> None:
        self._kept.popleft()
        log.error("a change cannot be stored: alarms %s, entries %s", durable.alarms, durable.entries, exc_info=error)
        self._trouble = f"A change cannot be stored: {error}"
        if durable.command:
            self._report(NotStored(durable=durable, error=StoreError.code, detail=self._trouble))
        self._report(StoreTrouble(error=StoreError.code, detail=self._trouble))

    def _bounded(self, batch: list[Durable]) -> list[Durable]:
        """The batch, without the oldest answers beyond what may wait; all else stays."""
        over = sum(len(durable.results) for durable in batch) - MOST_ANSWERS_WAITING
        if over <= 0:
            return batch
        bounded = []
        dropped = 0
        for durable in batch:
            if dropped < over and durable.results:
                dropped += len(durable.results)
                durable = replace(durable, results=())
            bounded.append(durable)
        self.counts = replace(self.counts, dropped_answers=self.counts.dropped_answers + dropped)
        return [durable for durable in bounded if _says_something(durable)]

    def _head_now_and_then(self, *, at_once: bool = False) -> None:
        """Tell the chain's head elsewhere: at the start and the end, each hour, after many records."""
        head, now = self._inserter.audit.head, self._clock()
        number, at = self._head_told
        many = head.number - number >= HEAD_EVERY and self._catching_up is None
        if head.number != number and (at_once or many or abs(now - at) >= HEAD_SECONDS):
            self._tell_head(head.number, head.mac, now)
            self._head_told = (head.number, now)

    def _catch_up(self) -> None:
        """A piece of what an older version left to be done; told each second."""
        work = self._catching_up
        if work is None:
            return
        try:
            if not work.is_done:
                with self._db.atomic():
                    work.step(self._clock())
        except sqlite3.Error as error:
            self._inserter.forget()
            work.forget()
            if not self._catching_failed:
                log.warning("what an older version stored is not made ready for now: %s", store_error(error, self._path))
            self._catching_failed = True
            self._urgent.wait(RETRY_SECONDS)
            return
        self._catching_failed = False
        self._tell_share(work)

    def _tell_share(self, work: CatchingUp) -> None:
        now = self._clock()
        if work.is_done:
            self._catching_up = None
            if not work.is_short:
                self._report(StorePreparing(share=None))
                self._head_now_and_then(at_once=True)
        elif abs(now - self._share_told) >= SHARE_SECONDS:
            self._share_told = now
            self._report(StorePreparing(share=work.share))

    def _purge(self) -> None:
        """Delete a piece of what is past its time; more pieces follow while there are some."""
        now = self._clock()
        try:
            with self._db.atomic():
                done = self._db.conn.execute(PURGE, (now - self._keeping.readings, PURGE_PIECE)).rowcount
                # Entries that the chain does not bind yet stay until it does.
                alarms = 0 if self._catching_up else purge_alarms(self._db, self._inserter.audit, self._keeping, now)
        except sqlite3.Error as error:
            if not self._purge_failed:
                log.warning("old readings stay for now: %s", store_error(error, self._path))
            self._purge_failed = True
            self._inserter.forget()
            return
        self._purge_failed = False
        if alarms:
            self._inserter.vocabulary.forget()
        self.counts = replace(
            self.counts, purged_answers=self.counts.purged_answers + done, purged_alarms=self.counts.purged_alarms + alarms
        )
        if done == PURGE_PIECE or alarms == PIECE:
            self._queue.put(None)


def first_piece(waiting: Iterable[Durable]) -> list[Durable]:
    """The first of what waits, at least one, with about as many answers as a transaction may have."""
    piece: list[Durable] = []
    answers = 0
    for durable in waiting:
        answers += len(durable.results)
        if piece and answers > MOST_ANSWERS_AT_ONCE:
            break
        piece.append(durable)
    return piece


def _says_something(durable: Durable) -> bool:
    return bool(
        durable.alarms or durable.entries or durable.incidents or durable.states
        or durable.baselines or durable.cursors or durable.results or durable.maintenance or durable.command
    )  # fmt: skip
