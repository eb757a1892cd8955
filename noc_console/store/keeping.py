"""How long what is stored is kept, and the purge of alarms that are past it: in pieces, each with its record in the audit chain.

Comments are kept for ever: an alarm that somebody commented keeps its record and its comments, and loses the rest.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from noc_console.audit import chain
from noc_console.model.alarm import EntryKind
from noc_console.store.auditing import AuditChain
from noc_console.store.vocabulary import drop_unused, words_of

DAY = 86_400.0
PIECE = 100
"""Alarms purged at a time, after each gathering; a flood that ended a year ago goes in minutes."""
RULE = "ended"

_OLD = (
    "SELECT id FROM alarms WHERE ((state = 'closed' AND cleared < ?) OR (state IN ('none', 'acknowledged') AND cleared < ?))"
    " AND (EXISTS (SELECT 1 FROM entries e WHERE e.alarm = alarms.id AND e.kind != 'commented')"
    " OR NOT EXISTS (SELECT 1 FROM entries e WHERE e.alarm = alarms.id)) LIMIT ?"
)
"""Past the rule, and not those of which only comments are left."""
_MARKS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Seconds. `readings` in their plain form; `closed`: alarms that ended and were closed; `unclosed`: nobody closed them."""

    readings: float = DAY
    closed: float = 365 * DAY
    unclosed: float = 730 * DAY


class KeepingWrong(ValueError):
    """A setting that cannot be; the text says which and what would be right."""


_DAYS = {"alarms_days": "closed", "unclosed_alarms_days": "unclosed"}


def keeping_of(settings: Path) -> Keeping:
    """What `[keep]` of the settings says; the defaults where there is no such file. KeepingWrong."""
    try:
        told = tomllib.loads(settings.read_text(encoding="utf-8")).get("keep", {})
    except FileNotFoundError:
        return Keeping()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KeepingWrong(f"{settings}: {error}") from error
    if not isinstance(told, dict):
        raise KeepingWrong(f"{settings}: keep must be a table")
    found = {}
    for name, days in told.items():
        if name not in _DAYS:
            raise KeepingWrong(f"{settings}: keep.{name} is not known; there are {', '.join(_DAYS)}")
        if isinstance(days, bool) or not isinstance(days, int | float) or not 1 <= days <= 36_500:
            raise KeepingWrong(f"{settings}: keep.{name} must be a number of days, 1 to 36500")
        found[_DAYS[name]] = days * DAY
    return Keeping(**found)


def purge_alarms(db: Database, audit: AuditChain, keeping: Keeping, now: float) -> int:
    """Purge a piece of the alarms that are past the rule, inside a transaction; how many there were (PIECE: maybe more).

    If there were any, numbers of texts must be forgotten (`Vocabulary.forget`).
    """
    cuts = now - keeping.closed, now - keeping.unclosed
    old = [row[0] for row in db.conn.execute(_OLD, (*cuts, PIECE))]
    if old:
        _purge(db, audit, old, keeping, now)
    return len(old)


def _purge(db: Database, audit: AuditChain, alarms: Sequence[int], keeping: Keeping, now: float) -> None:
    marks = ", ".join("?" * len(alarms))
    going = [
        row[0]
        for row in db.conn.execute(
            f"SELECT id FROM entries WHERE alarm IN ({marks}) AND kind != ?",  # noqa: S608 - marks only
            (*alarms, str(EntryKind.COMMENTED)),
        )
    ]
    taken = [row for piece in _pieces(going) for row in _bound(db, piece)]
    taken.sort()
    body = {
        "rule": RULE, "closed_days": keeping.closed / DAY, "unclosed_days": keeping.unclosed / DAY,
        "alarms": len(alarms), "entries": len(taken), "digest": chain.together(row[1] for row in taken),
    }  # fmt: skip
    number = audit.purged(body, now)
    db.conn.executemany("UPDATE audit SET purge = ? WHERE number = ?", [(number, row[0]) for row in taken])
    db.conn.execute("UPDATE purging SET under_way = 1")
    db.conn.executemany("DELETE FROM entries WHERE id = ?", [(entry,) for entry in going])
    db.conn.execute("UPDATE purging SET under_way = 0")
    said = words_of(db, alarms)
    incidents = {
        row[0]
        for row in db.conn.execute(f"SELECT incident FROM alarms WHERE id IN ({marks})", alarms)  # noqa: S608
    }
    db.conn.execute(
        f"DELETE FROM alarms WHERE id IN ({marks}) AND id NOT IN (SELECT alarm FROM entries WHERE alarm IN ({marks}))",  # noqa: S608
        (*alarms, *alarms),
    )
    drop_unused(db, said)
    db.conn.executemany(
        "DELETE FROM incidents WHERE id = ? AND closed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM alarms WHERE incident = ?)",
        [(incident, incident) for incident in incidents if incident is not None],
    )


def _pieces(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[at : at + _MARKS_AT_ONCE] for at in range(0, len(numbers), _MARKS_AT_ONCE)]


def _bound(db: Database, entries: Sequence[int]) -> list[tuple[int, bytes]]:
    """(number, digest) of the records that bind these entries."""
    marks = ", ".join("?" * len(entries))
    sql = f"SELECT number, digest FROM audit WHERE kind = ? AND about IN ({marks})"  # noqa: S608 - marks only
    return [(row[0], row[1]) for row in db.conn.execute(sql, (chain.ENTRY, *entries))]
