"""The words by which alarms are searched: each different text once, however many alarms have it.

A fleet has far fewer different things to say than alarms: 1,000,000 alarms of 2,000 devices have about 100,000 texts, which
SQLite looks through in 35 ms, for one letter as for twenty, in any language. A full text index over trigrams was measured
beside it: it finds no word of two letters (half of what is typed in Korean), must be kept with every acknowledgement, and is
slower for what most alarms have.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from noc_console.model.alarm import Alarm, Param

if TYPE_CHECKING:
    # The window asks for the words of alarms as well, and is painted before this is loaded.
    from sqlite_utils import Database

Wording = tuple[str, str, int, str, str]
"""(text, type, severity, site, people): what an alarm is about, or (the last only) what people said of it. Folded in case."""

COLUMNS = ("text", "type", "severity", "site", "people")
NOTHING = 0
"""The number of having nothing to say."""
MOST_REMEMBERED = 20_000
MOST_OF_PARAM, MOST_OF_TEXT = 160, 600

_FIND = "SELECT id FROM words WHERE text = ? AND type = ? AND severity = ? AND site = ? AND people = ?"
_NEW = "INSERT INTO words (text, type, severity, site, people) VALUES (?, ?, ?, ?, ?)"
_DROP = (
    "DELETE FROM words WHERE id = ? AND NOT EXISTS (SELECT 1 FROM alarms WHERE subject = words.id)"
    " AND NOT EXISTS (SELECT 1 FROM alarms WHERE saying = words.id AND saying != 0)"
)


def subject_of(alarm: "Described") -> Wording:
    """What and where it is: what its condition says, without its numbers, which are others each time."""
    told = [value[:MOST_OF_PARAM] for value in alarm.params.values() if isinstance(value, str)]
    parts = (
        alarm.device, alarm.component, alarm.type, alarm.qualifier, alarm.rack, alarm.room, alarm.site, *told, *alarm.reason,
    )  # fmt: skip
    text = " ".join(part for part in parts if part).casefold()[:MOST_OF_TEXT]
    return text, alarm.type.casefold(), int(alarm.severity), alarm.site or "", ""


def saying_of(alarm: "Described") -> Wording | None:
    """What people said of it; None if nobody said anything."""
    people = " ".join(part for part in (alarm.owner, alarm.state_by) if part)
    text = " ".join(part for part in (people, alarm.note, alarm.shelf_reason) if part).casefold()
    return (text, "", 0, "", people.casefold()) if text else None


class StoredWords(NamedTuple):
    """What of a stored alarm is words, in the order of `WORD_COLUMNS`."""

    device: str | None
    component: str
    type: str
    qualifier: str
    severity: int
    params: Mapping[str, Param]
    reason: Sequence[str]
    site: str | None
    room: str | None
    rack: str | None
    owner: str
    state_by: str | None
    note: str | None
    shelf_reason: str


WORD_COLUMNS = StoredWords._fields
Described = Alarm | StoredWords


class Vocabulary:
    """Numbers of texts, given as they come. One thread, inside transactions; after a rollback `forget` must be called."""

    def __init__(self, db: "Database", remembered: int = MOST_REMEMBERED) -> None:
        self._db = db
        self._most = remembered
        self._numbers: dict[Wording, int] = {}

    def forget(self) -> None:
        """The numbers are what the table says."""
        self._numbers.clear()

    def of(self, alarm: Described) -> tuple[int, int]:
        """(subject, saying) of an alarm's row."""
        saying = saying_of(alarm)
        return self._number(subject_of(alarm)), NOTHING if saying is None else self._number(saying)

    def _number(self, wording: Wording) -> int:
        found = self._numbers.get(wording)
        if found is None:
            if len(self._numbers) >= self._most:
                self._numbers.clear()
            row = self._db.conn.execute(_FIND, wording).fetchone()
            found = int(row[0] if row else self._db.conn.execute(_NEW, wording).lastrowid or 0)
            self._numbers[wording] = found
        return found


_SELECT = ", ".join(f'"{name}"' for name in WORD_COLUMNS)
# The newest first: they are looked for first.
_UNDESCRIBED = (
    f"SELECT id, {_SELECT} FROM alarms INDEXED BY alarms_of_subject WHERE subject = {NOTHING} ORDER BY raised DESC LIMIT ?"  # noqa: S608
)
_DESCRIBE = "UPDATE alarms SET subject = ?, saying = ? WHERE id = ?"


def describe(db: "Database", vocabulary: Vocabulary, most: int) -> int:
    """Give their texts to so many alarms of before there were any, the newest first; how many there were."""
    rows = db.conn.execute(_UNDESCRIBED, (most,)).fetchall()
    db.conn.executemany(_DESCRIBE, [(*vocabulary.of(_described(row[1:])), row[0]) for row in rows])
    return len(rows)


def _described(row: Sequence[Any]) -> StoredWords:
    words = StoredWords(*row)
    return words._replace(params=json.loads(row[5]), reason=json.loads(row[6]))


def words_of(db: "Database", alarms: Sequence[int]) -> set[int]:
    """Numbers of the texts of these alarms."""
    marks = ", ".join("?" * len(alarms))
    rows = db.conn.execute(f"SELECT subject, saying FROM alarms WHERE id IN ({marks})", alarms)  # noqa: S608 - marks only
    return {number for row in rows for number in row} - {NOTHING}


def drop_unused(db: "Database", numbers: Iterable[int]) -> None:
    """Take out those of the texts that no alarm has any more; whoever remembers numbers must forget them."""
    db.conn.executemany(_DROP, [(number,) for number in numbers])
