"""What the filter of the Alarms view means: `site: sev: owner: type: state: since:` and free text, all of which must fit."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from noc_console.model.alarm import Alarm
from noc_console.model.severity import OperatorState, Severity

KEYS = ("site", "sev", "owner", "type", "state", "since")
_TERM = re.compile(r'(?:(?P<key>site|sev|owner|type|state|since):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>\S+))', re.IGNORECASE)
_SINCE = re.compile(r"(\d{1,5})([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
STATES = ("new", "acknowledged", "cleared", "closed", "shelved", "maintenance")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a filter; `key` is empty for free text. `value` is folded in case."""

    key: str
    value: str

    def __str__(self) -> str:
        value = f'"{self.value}"' if " " in self.value else self.value
        return f"{self.key}:{value}" if self.key else value


def parse(text: str) -> tuple[Term, ...]:
    """Terms of a filter as typed; what is not one of the keys is free text."""
    terms = []
    for found in _TERM.finditer(text):
        value = found["quoted"] if found["quoted"] is not None else (found["bare"] or "")
        if value:
            terms.append(Term((found["key"] or "").lower(), value.casefold()))
    return tuple(terms)


def severities(value: str) -> frozenset[Severity]:
    """`critical`, `c`, `crit`, `>=major`, `critical,major`; all of them for a word that fits none."""
    at_least = value.startswith(">=")
    found = {s for part in value.removeprefix(">=").split(",") if part for s in Severity if _means(part, s)}
    if at_least and found:
        found = {s for s in Severity if s >= min(found)}
    return frozenset(found or Severity)


def _means(word: str, severity: Severity) -> bool:
    """Whether a word is the beginning of a severity's; N is the letter of minor, since M is major's."""
    if word in ("m", "n"):
        return severity is (Severity.MAJOR if word == "m" else Severity.MINOR)
    return severity.word.startswith(word)


def since_seconds(value: str) -> float | None:
    """Seconds of `40s`, `30m`, `2h`, `1d`; None for anything else (then it filters nothing)."""
    found = _SINCE.fullmatch(value)
    return float(int(found[1]) * _SECONDS[found[2]]) if found else None


def state_word(alarm: Alarm) -> str:
    """`new`, `acknowledged`, `cleared`, `closed`, `shelved`, `maintenance`: what `state:` compares with."""
    if alarm.state is OperatorState.CLOSED:
        return "closed"
    if not alarm.is_open:
        return "cleared"
    if alarm.is_quiet:
        return "shelved" if alarm.shelved_until is not None else "maintenance"
    return "acknowledged" if alarm.state is OperatorState.ACKNOWLEDGED else "new"


def matcher(term: Term, titles: Mapping[str, str], now: float) -> Callable[[Alarm], bool]:
    """What a term with a key asks of an alarm. `titles` are the titles of sites, folded in case."""
    value = term.value
    if term.key == "sev":
        wanted = severities(value)
        return lambda alarm: alarm.severity in wanted
    if term.key == "since":
        seconds = since_seconds(value)
        return lambda alarm: seconds is None or now - alarm.raised <= seconds
    if term.key == "site":
        return lambda alarm: value in (alarm.site or "").casefold() or value in titles.get(alarm.site or "", "")
    if term.key == "state":
        known = any(word.startswith(value) for word in STATES)
        return lambda alarm: not known or state_word(alarm).startswith(value)
    if term.key == "owner":
        return lambda alarm: value in alarm.owner.casefold() or value in alarm.state_by.casefold()
    return lambda alarm: value in alarm.type


def written(terms: Sequence[Term]) -> str:
    """The filter as one would type it."""
    return " ".join(str(term) for term in terms)
