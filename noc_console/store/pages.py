"""The stored alarms page by page: which way to look for what fits, so that a page of a million comes at once.

What is rare is looked up by its texts and sorted; what is common is met soon on the way from the newest. Which of the two it is
is found by looking up at most `FEW` of each condition. What is common each for itself and never meets is looked for in an index
that has all that is asked of an alarm, beside the numbers of the texts that fit.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from noc_console.model.page import PageQuery
from noc_console.store import records

FEW = 20_000
"""Alarms that are looked up and sorted (20 ms). Of what has more, a page is within the newest 25,000 of a million."""
NEAR = 5_000
"""Alarms from the newest whose texts are looked at one by one; beyond them the texts that fit are gathered first."""

_COLUMNS = ", ".join(f'a."{name}"' for name in records.ALARM_COLUMNS)
_STANDS = "a.cleared IS NULL"
_OPEN = f"{_STANDS} AND "
_QUIET = "(a.shelved_until IS NOT NULL OR a.maintenance != '')"
_STATES = {
    "closed": "a.state = 'closed'",
    "cleared": "a.state IN ('none', 'acknowledged') AND a.cleared > 0",
    "shelved": f"{_OPEN}a.state != 'closed' AND a.shelved_until IS NOT NULL",
    "maintenance": f"{_OPEN}a.state != 'closed' AND a.shelved_until IS NULL AND a.maintenance != ''",
    "acknowledged": f"{_OPEN}a.state = 'acknowledged' AND NOT {_QUIET}",
    "new": f"{_OPEN}a.state = 'none' AND NOT {_QUIET}",
}

Found = tuple[float, int]
"""(raised, number) of an alarm."""


@dataclass(frozen=True, slots=True)
class Asked:
    """SQL of ours with marks, and what stands for them."""

    sql: str = ""
    arguments: tuple[object, ...] = ()

    def __add__(self, other: "Asked") -> "Asked":
        return Asked(self.sql + other.sql, self.arguments + other.arguments)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is asked: of the texts (`words` as `w`), else of the alarms (`a`) themselves.

    `of` names the columns of an alarm that lead to the texts.
    """

    asks: Asked
    of: tuple[str, ...] = ()

    def test(self) -> Asked:
        """What a row of `alarms` must fit, by a look at its texts."""
        if not self.of:
            return self.asks
        numbers = ", ".join(f"a.{column}" for column in self.of)
        has_words = f"EXISTS (SELECT 1 FROM words w WHERE w.id IN ({numbers}) AND "  # noqa: S608 - ours
        return Asked(has_words) + self.asks + Asked(")")

    def membership(self) -> Asked:
        """The same by the numbers of all texts that fit, gathered once. `+`: a test, no way to the alarms."""
        if not self.of:
            return self.asks
        told = []
        for column in self.of:
            of_words = f"SELECT w.id FROM words w{_SAID[column]} WHERE {_OF_WORDS[column]}"  # noqa: S608 - ours
            told.append(Asked(f"+a.{column} IN ({of_words}") + self.asks + Asked(")"))
        return Asked("(") + _joined(told, " OR ") + Asked(")")

    def finds(self, others: Asked) -> Asked:
        """(raised, number) of the alarms that fit this and the others, by indexes that have all that is asked; some twice."""
        if not self.of:
            return Asked("SELECT a.raised, a.id FROM alarms a WHERE ") + self.asks + others
        ways = [
            Asked(
                f"SELECT a.raised, a.id FROM words w{_SAID[column]} CROSS JOIN alarms a INDEXED BY alarms_of_{column}"  # noqa: S608
                f" ON a.{column} = w.id{_NOT_NONE[column]} WHERE {_OF_WORDS[column]}"
            )
            + self.asks
            + others
            for column in self.of
        ]
        return _joined(ways, " UNION ALL ")


_IS_SAID = "w.type = ''"
_SAID = {"subject": "", "saying": " INDEXED BY words_said"}
_OF_WORDS = {"subject": "", "saying": f"{_IS_SAID} AND "}
_NOT_NONE = {"subject": "", "saying": " AND a.saying != 0"}


def _joined(parts: Iterable[Asked], between: str) -> Asked:
    parts = list(parts)
    return Asked(between.join(part.sql for part in parts), tuple(value for part in parts for value in part.arguments))


def _all(conditions: Iterable[Asked]) -> Asked:
    return _joined((Asked(" AND ") + each for each in conditions), "")


def conditions(query: PageQuery, said: Collection[str]) -> Iterator[Condition]:
    """What a query asks, the most telling first. `said` are those of its words that people said of some alarm."""
    about = [*_about(query), *(_asks(query, word) for word in query.text if word not in said)]
    if about:
        yield Condition(_joined(about, " AND "), ("subject",))
    if query.owner:
        yield Condition(Asked(f"{_IS_SAID} AND instr(w.people, ?)", (query.owner,)), ("saying",))
    for word in sorted((word for word in query.text if word in said), key=len, reverse=True):
        yield Condition(_asks(query, word), ("subject", "saying"))
    if query.state in _STATES:
        yield Condition(Asked(_STATES[query.state]))


def _asks(query: PageQuery, word: str) -> Asked:
    types = sorted(query.types_of.get(word, ()))
    found = Asked("instr(w.text, ?)", (word,))
    return Asked("(") + found + Asked(f" OR w.type IN ({_marks(types)}))", (*types,)) if types else found


def _about(query: PageQuery) -> Iterator[Asked]:
    if query.type:
        yield Asked("instr(w.type, ?)", (query.type,))
    if query.severities:
        yield Asked(f"w.severity IN ({_marks(query.severities)})", tuple(int(each) for each in query.severities))
    if query.site:
        yield Asked("w.site = ?", (query.site,))
    if query.sites is not None:
        yield Asked("(" + (" OR ".join("instr(lower(w.site), ?)" for _ in query.sites) or "0") + ")", query.sites)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def page(conn: sqlite3.Connection, query: PageQuery) -> list[sqlite3.Row]:
    """Rows of a page. sqlite3.Error as SQLite says it (an interruption too)."""
    if query.state in _STATES and _STATES[query.state].startswith(_OPEN):
        tests = _bounds(query) + _tests(conditions(query, _said(conn, query)))
        return _rows(conn, _from_newest(conn, f"{_NEWEST} idx_alarms_cleared_raised WHERE {_STANDS}", tests, query.most))
    bounds, asked = _bounds(query), list(conditions(query, _said(conn, query)))
    if query.since is not None and _are_few(conn, Asked(_WALK) + bounds):
        return _rows(conn, _from_newest(conn, _WALK, bounds + _tests(asked), query.most))
    # The texts first: a look through all of them is read from the disk in one go, and what is beside them is in memory then.
    found = _looked_up(conn, asked, bounds, query.most)
    return _rows(conn, _walked(conn, asked, bounds, query.most) if found is None else found)


def _said(conn: sqlite3.Connection, query: PageQuery) -> list[str]:
    """Words of the query that people said of some alarm."""
    sql = f"SELECT 1 FROM words w INDEXED BY words_said WHERE {_IS_SAID} AND instr(w.text, ?) LIMIT 1"  # noqa: S608 - ours
    return [word for word in query.text if conn.execute(sql, (word,)).fetchone()]


def _bounds(query: PageQuery) -> Asked:
    since = Asked() if query.since is None else Asked(" AND a.raised >= ?", (query.since,))
    return since if query.before is None else since + _before(query.before)


def _before(last: Found) -> Asked:
    # The first half is what an index can be entered by.
    return Asked(" AND a.raised <= ? AND (a.raised, a.id) < (?, ?)", (last[0], *last))


def _tests(asked: Iterable[Condition]) -> Asked:
    return _all(condition.test() for condition in asked)


_NEWEST = "SELECT a.raised, a.id FROM alarms a INDEXED BY"
_WALK = f"{_NEWEST} alarms_pages WHERE 1"
_ORDER = " ORDER BY a.raised DESC, a.id DESC LIMIT ?"


def _from_newest(conn: sqlite3.Connection, way: str, tests: Asked, most: int) -> list[Found]:
    return [(row[0], row[1]) for row in conn.execute(f"{way}{tests.sql}{_ORDER}", (*tests.arguments, most))]


def _are_few(conn: sqlite3.Connection, finds: Asked) -> bool:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM ({finds.sql}) LIMIT {FEW + 1})"  # noqa: S608 - ours
    return bool(conn.execute(sql, finds.arguments).fetchone()[0] <= FEW)


def _looked_up(conn: sqlite3.Connection, asked: list[Condition], bounds: Asked, most: int) -> list[Found] | None:
    """The newest that fit, if few fit one of the conditions."""
    for number, condition in enumerate(asked):
        if _are_few(conn, condition.finds(bounds)):
            told = condition.finds(bounds + _tests(asked[:number] + asked[number + 1 :]))
            # One that is found by what it is and by what was said of it comes twice.
            return sorted({(row[0], row[1]) for row in conn.execute(told.sql, told.arguments)}, reverse=True)[:most]
    return None


def _walked(conn: sqlite3.Connection, asked: list[Condition], bounds: Asked, most: int) -> list[Found]:
    """The first that fit on the way from the newest, along an index that has all that is asked of each."""
    last = conn.execute(f"{_WALK}{bounds.sql}{_ORDER} OFFSET {NEAR}", (*bounds.arguments, 1)).fetchone() if asked else None
    if last is None:
        return _from_newest(conn, _WALK, bounds + _tests(asked), most)
    near = Asked(" AND (a.raised, a.id) >= (?, ?)", (last[0], last[1]))
    found = _from_newest(conn, _WALK, bounds + near + _tests(asked), most)
    if len(found) < most:
        # Of the alarms themselves first: a look at the row is cheaper than one for a number among very many.
        ordered = sorted(asked, key=lambda condition: len(condition.of))
        rest = bounds + _before((last[0], last[1])) + _all(condition.membership() for condition in ordered)
        found += _from_newest(conn, _WALK, rest, most - len(found))
    return found


def _rows(conn: sqlite3.Connection, found: list[Found]) -> list[sqlite3.Row]:
    """The whole rows, in the same order."""
    # By what was found, never along an index: `+`.
    sql = f"SELECT {_COLUMNS} FROM alarms a WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY +a.raised DESC, +a.id DESC"  # noqa: S608
    return conn.execute(sql, (json.dumps([number for _, number in found]),)).fetchall() if found else []
