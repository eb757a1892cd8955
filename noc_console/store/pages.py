"""The stored alarms page by page: which way to look for what fits, so that a page of a million comes at once.

What is rare is looked up by its texts and sorted; what is common is met soon on the way from the newest. Which of the two it is
is found by looking up at most `FEW` of each condition.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from noc_console.model.page import PageQuery
from noc_console.store import records

FEW = 20_000
"""Numbers of alarms that are looked up and sorted (20 ms). Of what has more, a page is within the newest 25,000 of a million."""

_COLUMNS = ", ".join(f'a."{name}"' for name in records.ALARM_COLUMNS)
_OPEN = "a.cleared IS NULL AND "
_QUIET = "(a.shelved_until IS NOT NULL OR a.maintenance != '')"
_STATES = {
    "closed": "a.state = 'closed'",
    "cleared": "a.state IN ('none', 'acknowledged') AND a.cleared > 0",
    "shelved": f"{_OPEN}a.state != 'closed' AND a.shelved_until IS NOT NULL",
    "maintenance": f"{_OPEN}a.state != 'closed' AND a.shelved_until IS NULL AND a.maintenance != ''",
    "acknowledged": f"{_OPEN}a.state = 'acknowledged' AND NOT {_QUIET}",
    "new": f"{_OPEN}a.state = 'none' AND NOT {_QUIET}",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is asked: of the texts (`words` as `w`), else of the alarms (`a`) themselves. SQL of ours with marks.

    `of` names the columns of an alarm that lead to the texts.
    """

    asks: str
    arguments: tuple[object, ...]
    of: tuple[str, ...] = ()

    @property
    def test(self) -> str:
        """What a row of `alarms` must fit; its arguments are `arguments`."""
        if not self.of:
            return self.asks
        numbers = ", ".join(f"a.{column}" for column in self.of)
        return f"EXISTS (SELECT 1 FROM words w WHERE w.id IN ({numbers}) AND {self.asks})"  # noqa: S608 - ours

    def numbers(self, bounds: str) -> list[str]:
        """Selects of the numbers of alarms that fit, by an index."""
        if not self.of:
            return [f"SELECT a.id FROM alarms a WHERE {self.asks}{bounds}"]  # noqa: S608 - ours
        return [
            f"SELECT a.id FROM words w{_SAID[column]} CROSS JOIN alarms a ON a.{column} = w.id AND a.{column} != 0"  # noqa: S608
            f" WHERE {_OF_WORDS[column]}{self.asks}{bounds}"
            for column in self.of
        ]


_IS_SAID = "w.type = ''"
_SAID = {"subject": "", "saying": " INDEXED BY words_said"}
_OF_WORDS = {"subject": "", "saying": f"{_IS_SAID} AND "}


def conditions(query: PageQuery, said: Collection[str]) -> Iterator[Condition]:
    """What a query asks, the most telling first. `said` are those of its words that people said of some alarm."""
    about = [*_about(query), *(_asks(query, word) for word in query.text if word not in said)]
    if about:
        asks = " AND ".join(ask for ask, _ in about)
        yield Condition(asks, tuple(value for _, values in about for value in values), ("subject",))
    if query.owner:
        yield Condition(f"{_IS_SAID} AND instr(w.people, ?)", (query.owner,), ("saying",))
    for word in sorted((word for word in query.text if word in said), key=len, reverse=True):
        asks, arguments = _asks(query, word)
        yield Condition(asks, arguments, ("subject", "saying"))
    if query.state in _STATES:
        yield Condition(_STATES[query.state], ())


def _asks(query: PageQuery, word: str) -> tuple[str, tuple[object, ...]]:
    types = sorted(query.types_of.get(word, ()))
    return (f"(instr(w.text, ?) OR w.type IN ({_marks(types)}))", (word, *types)) if types else ("instr(w.text, ?)", (word,))


def _about(query: PageQuery) -> Iterator[tuple[str, tuple[object, ...]]]:
    if query.type:
        yield "instr(w.type, ?)", (query.type,)
    if query.severities:
        yield f"w.severity IN ({_marks(query.severities)})", tuple(int(each) for each in query.severities)
    if query.site:
        yield "w.site = ?", (query.site,)
    if query.sites is not None:
        yield "(" + (" OR ".join("instr(lower(w.site), ?)" for _ in query.sites) or "0") + ")", query.sites


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def page(conn: sqlite3.Connection, query: PageQuery) -> list[sqlite3.Row]:
    """Rows of a page. sqlite3.Error as SQLite says it (an interruption too)."""
    asked = list(conditions(query, [word for word in query.text if _is_said(conn, word)]))
    bounds, bounding = _bounds(query)
    for number, condition in enumerate(asked):
        found = _few(conn, condition, bounds, bounding)
        if found is not None:
            return _sorted(conn, found, asked[:number] + asked[number + 1 :], query.most)
    return _walked(conn, asked, bounds, bounding, query.most)


def _is_said(conn: sqlite3.Connection, word: str) -> bool:
    sql = f"SELECT 1 FROM words w INDEXED BY words_said WHERE {_IS_SAID} AND instr(w.text, ?) LIMIT 1"  # noqa: S608 - ours
    return conn.execute(sql, (word,)).fetchone() is not None


def _bounds(query: PageQuery) -> tuple[str, tuple[object, ...]]:
    sql, arguments = "", []
    if query.since is not None:
        sql += " AND a.raised >= ?"
        arguments.append(query.since)
    if query.before is not None:
        sql += " AND (a.raised, a.id) < (?, ?)"
        arguments += query.before
    return sql, tuple(arguments)


def _few(conn: sqlite3.Connection, condition: Condition, bounds: str, bounding: tuple[object, ...]) -> set[int] | None:
    """Numbers of all alarms that fit a condition, if there are few."""
    found: set[int] = set()
    for sql in condition.numbers(bounds):
        found.update(row[0] for row in conn.execute(f"{sql} LIMIT {FEW + 1}", (*condition.arguments, *bounding)))
        if len(found) > FEW:
            return None
    return found


def _sorted(conn: sqlite3.Connection, numbers: set[int], others: list[Condition], most: int) -> list[sqlite3.Row]:
    """The newest of these that fit the others too."""
    if not numbers:
        return []
    tests = "".join(f" AND {other.test}" for other in others)
    arguments = [value for other in others for value in other.arguments]
    # The numbers first, the whole rows of a page only. `+`: by what is found, never along an index.
    sql = (
        f"SELECT {_COLUMNS} FROM alarms a WHERE a.id IN (SELECT a.id FROM json_each(?) j CROSS JOIN alarms a ON a.id = j.value"  # noqa: S608
        f" WHERE 1{tests} ORDER BY +a.raised DESC, +a.id DESC LIMIT ?) ORDER BY +a.raised DESC, +a.id DESC"
    )
    return conn.execute(sql, (json.dumps(list(numbers)), *arguments, most)).fetchall()


def _walked(
    conn: sqlite3.Connection, asked: list[Condition], bounds: str, bounding: tuple[object, ...], most: int
) -> list[sqlite3.Row]:
    """The first that fit on the way from the newest, along an index that has all that is asked of each."""
    tests = "".join(f" AND {condition.test}" for condition in asked)
    arguments = [value for condition in asked for value in condition.arguments]
    sql = (
        f"SELECT {_COLUMNS} FROM alarms a WHERE a.id IN (SELECT a.id FROM alarms a INDEXED BY alarms_pages WHERE 1{bounds}{tests}"  # noqa: S608
        " ORDER BY a.raised DESC, a.id DESC LIMIT ?) ORDER BY +a.raised DESC, +a.id DESC"
    )
    return conn.execute(sql, (*bounding, *arguments, most)).fetchall()
