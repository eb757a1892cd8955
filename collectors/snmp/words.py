"""What the numbers and texts of a state mean: the level that is kept and the device's own word."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from collectors.snmp.numbers import bits_of, number_of
from noc_console.profiles.profile import SensorTable, Word

LEVELS = {"ok": 0.0, "warning": 1.0, "critical": 2.0}
Meaning = tuple[int, float, str]
"""(the raw value as `bits_of` gives it, the value that is kept, its word)."""
Flag = tuple[int, float, str]
"""(number of the bit, its level, its word)."""
_OWN_WORD = re.compile(r"([^(),;]+)\(\s*(-?\d+)\s*\)")
_MOST_OWN = 512
_own: dict[tuple[int, str], tuple[SensorTable, SensorTable]] = {}
"""(the table as written, as a row has it) by the written one's identity and the row's text: rows that say the same share one."""


def with_own_words(table: SensorTable, text: str) -> SensorTable:
    """A table of states whose row tells its own numbers, `Open(0),Closed(1)`: `states` says what the words mean."""
    known = _own.get((id(table), text))
    if known is None:
        levels = {word.lower(): level for word, level in table.states.items()}
        told = [(number, word.strip()) for word, number in _OWN_WORD.findall(text[:1000])]
        states = {number: levels.get(word.lower(), f"unknown {word}") for number, word in told}
        while len(_own) >= _MOST_OWN:
            del _own[next(iter(_own))]
        known = _own[id(table), text] = (table, replace(table, states={**table.states, **states}))
    return known[1]


def meanings_of_words(words: tuple[tuple[int, Word], ...]) -> tuple[Meaning, ...]:
    """Those of a column of ports."""
    return tuple(
        (bits_of(float(code)), math.nan if word.value is None else word.value, "" if word.plain else word.text)
        for code, word in words
    )


@lru_cache(maxsize=1024)
def _level_and_word(text: str) -> tuple[str, str]:
    level, _, word = text.partition(" ")
    return level, word.strip() or level


def meanings_of(table: SensorTable) -> tuple[Meaning, ...]:
    """Those of a table of states. A part that is absent has neither value nor word."""
    return tuple(_meanings(table))


def _meanings(table: SensorTable) -> Iterator[Meaning]:
    for raw, text in table.states.items():
        level, word = _level_and_word(text)
        yield bits_of(number_of(raw)), LEVELS.get(level, math.nan), "" if level == "absent" else word


def flags_of(table: SensorTable) -> tuple[Flag, ...]:
    """Those of a table of bits."""
    return tuple(
        (bit, LEVELS.get(_level_and_word(text)[0], math.nan), _level_and_word(text)[1]) for bit, text in table.bits.items()
    )


def state_of(table: SensorTable, raw: float) -> tuple[str, str]:
    """(level, word) of a raw value; ("absent", "") where there is nothing."""
    if table.bits:
        return _of_bits(table, raw)
    known = {bits_of(number_of(each)): text for each, text in table.states.items()}
    text = known.get(bits_of(raw))
    if text is not None:
        return _level_and_word(text)
    return ("absent", "") if math.isnan(raw) and bits_of(raw) == bits_of(math.nan) else ("unknown", "")


def _of_bits(table: SensorTable, raw: float) -> tuple[str, str]:
    if math.isnan(raw):
        return "absent", ""
    found = [_level_and_word(text) for bit, text in table.bits.items() if int(raw) >> bit & 1]
    worst = max((level for level, _ in found), key=lambda level: LEVELS.get(level, -1.0), default="ok")
    return worst, ", ".join(word for level, word in found if level != "ok")
