"""Which types of alarms a word of a search means: those whose sentence has it, in the words of the window's language.

The store knows alarms by their codes; what a person reads of them is made in the window. So the window looks through all that
it could say of a type and asks the store for the types as well.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QLocale

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.model.poll import ErrorKind
from noc_console.model.severity import Severity
from widgets import alarm_words

_PARAMS: dict[str, tuple[Any, ...]] = {
    "reason": ("host-key-unknown", "no-permission", "timeout", "refused", "unknown-user", "truncated", *map(str, ErrorKind)),
    "neighbour": ("–",),
    "metric": ("temperature_limit_margin_celsius", "memory_temperature_celsius"),
    "value": (1.0,),
    "plan": ("missing", "unplanned", "contradictory"),
    "sxid": (1,),
    "error": ("port-in-use", "no-permission", "no-address", "engine-not-kept", "disk-full", "store-failed"),
    "text": ("– D",),
    "rate": (-1.0,),
    "serial": ("–",),
}
_QUALIFIERS = (
    "snmp", "heat", "brake", "power", "failed", "corrected", "down", "crc", "replay", "recovery", "width", "clock", "moved",
)  # fmt: skip
"""What the sentences tell apart; a test looks that none of them is left out."""


def types_of(words: Iterable[str]) -> dict[str, frozenset[str]]:
    """Word, folded in case → types of alarms whose sentence may have it; words that are in none are left out."""
    sentences = _sentences(QLocale().name())
    found = {word: frozenset(kind for kind, text in sentences if word in text) for word in words}
    return {word: kinds for word, kinds in found.items() if kinds}


def sentences_of(kind: AlarmType) -> list[str]:
    """All that the window says of a type, folded in case, without the names and figures of a single alarm."""
    return list(dict.fromkeys(alarm_words.what(alarm).casefold() for alarm in _variants(kind)))


@lru_cache(maxsize=4)
def _sentences(_language: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(kind), sentence) for kind in AlarmType for sentence in sentences_of(kind))


def _variants(kind: AlarmType) -> Iterator[Alarm]:
    plain: dict[str, Any] = {
        "id": 0, "device": "–", "component": "", "type": str(kind), "severity": Severity.MAJOR, "raised": 0.0, "changed": 0.0,
    }  # fmt: skip
    yield Alarm(**plain)
    for component in ("inlet", "–"):
        yield Alarm(**(plain | {"component": component}))
        yield Alarm(**(plain | {"component": component, "params": {"metric": "–"}}))
    for qualifier in _QUALIFIERS:
        yield Alarm(**(plain | {"qualifier": qualifier}))
    for name, values in _PARAMS.items():
        for value in values:
            yield Alarm(**(plain | {"params": {name: value}}))
