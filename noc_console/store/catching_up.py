"""What a database of an older version lacks is made up for beside what comes: piece by piece, in the writer's thread.

Each piece is a transaction of its own, and where it goes on is read from the tables: a kill, or the end of the console, costs
one piece and loses nothing.
"""

import logging

from sqlite_utils import Database

from noc_console.store.auditing import AuditChain
from noc_console.store.vocabulary import NOTHING, Vocabulary, describe

log = logging.getLogger(__name__)

ALARMS_AT_ONCE, ENTRIES_AT_ONCE = 1_000, 2_000
"""Of a piece: about 25 ms, which a person who acknowledges may have to wait."""
SHORT = 10_000
"""Alarms and entries that are made up for at the start itself (half a second)."""
REMEMBERED = 100_000
_UNDESCRIBED = f"SELECT count(*) FROM alarms INDEXED BY alarms_of_subject WHERE subject = {NOTHING}"  # noqa: S608 - a number of ours


class CatchingUp:
    """Texts for the alarms that have none yet, then the entries that the audit chain does not bind yet.

    One thread, inside transactions; after a rollback `forget` must be called. `is_short`: it is done at once.
    """

    def __init__(self, db: Database, audit: AuditChain) -> None:
        self._db = db
        self._audit = audit
        self._vocabulary = Vocabulary(db, remembered=REMEMBERED)
        self._alarms = int(db.conn.execute(_UNDESCRIBED).fetchone()[0])
        waits = audit.waits()
        # Where all are bound, that is still to be said.
        self._entries = 0 if waits is None else max(1, waits[1] - waits[0])
        self._all = self._alarms + self._entries
        self.is_short = self._all <= SHORT
        if self._alarms:
            log.info("the %d stored alarms are made ready to be searched; this is done once", self._alarms)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return not self._alarms and not self._entries

    @property
    def share(self) -> float:
        """How much is done of what there was, 0 to 1."""
        return 1.0 - (self._alarms + self._entries) / self._all if self._all else 1.0

    def forget(self) -> None:
        """Numbers given in what was rolled back are no longer there."""
        self._vocabulary.forget()

    def step(self, now: float) -> None:
        """A piece more, at `now` (UTC seconds). sqlite3.Error as SQLite says it."""
        if self._alarms:
            done = describe(self._db, self._vocabulary, ALARMS_AT_ONCE)
            self._alarms = max(0, self._alarms - done) if done == ALARMS_AT_ONCE else 0
        elif self._entries:
            has_more = self._audit.take_in(ENTRIES_AT_ONCE, now)
            self._entries = max(1, self._entries - ENTRIES_AT_ONCE) if has_more else 0
