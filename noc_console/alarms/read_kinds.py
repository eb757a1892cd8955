"""Readers of the kinds of conditions that judge a figure: one function for each, a TOML table in, a condition out."""

from collections.abc import Callable, Mapping

from noc_console.alarms.conditions import LEVELS, Hold, Raises, ThresholdCondition
from noc_console.alarms.kinds import (
    AMONG,
    DIRECTIONS,
    RATED,
    SECONDS_PER,
    AbsenceCondition,
    CountCondition,
    PeersCondition,
    RateCondition,
    StateCondition,
    UsualCondition,
)
from noc_console.alarms.table import (
    Wrong,
    alarm_type,
    between,
    hold,
    levels,
    number,
    one_of,
    only,
    only_levels,
    table_of,
    truth,
    whole,
    word,
    words,
)
from noc_console.alarms.types import AlarmType
from noc_console.model.severity import Severity

Table = Mapping[str, object]

DAY = 86_400.0
_SELECTION = "components devices roles sites racks labels "
_COMMON = "name kind type qualifier text advice " + _SELECTION
_JUDGED = "levels hold clear hysteresis "


def _selection(table: Table) -> dict[str, object]:
    found: dict[str, object] = {key: words(table, key) for key in _SELECTION.split() if key != "labels"}
    return {**found, "labels": table_of(table, "labels")}


def _said(table: Table) -> dict[str, object]:
    return {"name": word(table, "name"), "text": word(table, "text", ""), "advice": word(table, "advice", "")}


def _own_type(table: Table, code: AlarmType) -> dict[str, object]:
    """The alarm of a kind that has its own type: the conditions of it are told apart by their names."""
    if alarm_type(table, str(code)) != code:
        raise Wrong(f"a condition of kind {table.get('kind')!r} raises {str(code)!r}: leave type out", "type")
    return {"type": str(code), "qualifier": word(table, "qualifier", "") or word(table, "name")}


def _judged(table: Table, *, rising: bool = True, least: float | None = None) -> dict[str, object]:
    found = {
        "levels": levels(table.get("levels", {}), rising=rising, least=least),
        "hold": hold(table.get("hold", {}), "hold"),
        "clear": hold(table.get("clear", {}), "clear"),
        "hysteresis": number(table, "hysteresis", 0.0),
    }
    if "hysteresis" in table and number(table, "hysteresis", 0.0) < 0:
        raise Wrong("hysteresis must be 0 or more", "hysteresis")
    return found


def _needs_levels(table: Table, example: str) -> None:
    if not table.get("levels"):
        raise Wrong(f"levels must say from when it is an alarm: levels = {{ {example} }}", "levels")


def read_threshold(table: Table) -> ThresholdCondition:
    """A value that passes a limit."""
    only(table, _COMMON + _JUDGED + "metric direction unless_metric")
    alarm_type(table)
    direction = one_of(table, "direction", ("above", "below"), "above")
    return ThresholdCondition(
        **_said(table),  # type: ignore[arg-type]  # read by name; each reader gives its field's type
        **_selection(table),  # type: ignore[arg-type]
        **_judged(table, rising=direction == "above"),  # type: ignore[arg-type]
        type=alarm_type(table),
        qualifier=word(table, "qualifier", ""),
        metric=word(table, "metric"),
        above=direction == "above",
        unless_metric=word(table, "unless_metric", ""),
    )


def read_rate(table: Table) -> RateCondition:
    """How fast a value changes."""
    only(table, _COMMON + _JUDGED + "metric direction per window least")
    _needs_levels(table, "warning = 20")
    return RateCondition(
        **_said(table),  # type: ignore[arg-type]
        **_selection(table),  # type: ignore[arg-type]
        **_judged(table, least=0.0),  # type: ignore[arg-type]
        **_own_type(table, AlarmType.CHANGING_FAST),  # type: ignore[arg-type]
        metric=word(table, "metric"),
        direction=one_of(table, "direction", RATED, "up"),
        per=one_of(table, "per", SECONDS_PER, "hour"),
        window=between(table, "window", 1800.0, 10.0, DAY),
        least=whole(table, "least", 5, 3, 40),
    )


def read_state(table: Table) -> StateCondition:
    """A word or a number that says that something is wrong."""
    only(table, _COMMON + "levels hold clear metric")
    _needs_levels(table, 'major = ["failed", 3]')
    by_word, by_number = _states(table["levels"])
    return StateCondition(
        **_said(table),  # type: ignore[arg-type]
        **_selection(table),  # type: ignore[arg-type]
        levels={severity: float(severity) for severity in LEVELS if severity in by_word or severity in by_number},
        hold=hold(table.get("hold", {}), "hold"),
        clear=hold(table.get("clear", {}), "clear"),
        type=alarm_type(table, str(AlarmType.STATE_BAD)),
        qualifier=word(table, "qualifier", "") or word(table, "name"),
        metric=word(table, "metric"),
        words=by_word,
        numbers=by_number,
    )


def _states(table: object) -> tuple[dict[Severity, tuple[str, ...]], dict[Severity, tuple[float, ...]]]:
    """Words and numbers by severity."""
    example = 'levels = { warning = ["degraded"], major = ["failed", 3] }'
    if not isinstance(table, dict):
        raise Wrong(f"levels must be a table: {example}", "levels")
    only_levels(table)
    by_word: dict[Severity, tuple[str, ...]] = {}
    by_number: dict[Severity, tuple[float, ...]] = {}
    for severity in LEVELS:
        given = table.get(severity.word, [])
        if not isinstance(given, list) or not all(isinstance(g, str) or _is_number(g) for g in given):
            raise Wrong(f"levels.{severity.word} must be a list of words and numbers: {example}", "levels", severity.word)
        if any(isinstance(g, str) for g in given):
            by_word[severity] = tuple(g for g in given if isinstance(g, str))
        if any(not isinstance(g, str) for g in given):
            by_number[severity] = tuple(float(g) for g in given if not isinstance(g, str))
    return by_word, by_number


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300


def read_peers(table: Table) -> PeersCondition:
    """A value that differs from its peers."""
    only(table, _COMMON + _JUDGED + "metric among direction relative spreads peers by_component")
    _needs_levels(table, "minor = 8")
    return PeersCondition(
        **_compared(table, AlarmType.UNLIKE_PEERS),  # type: ignore[arg-type]
        among=one_of(table, "among", AMONG, "rack"),
        peers=whole(table, "peers", 4, 2, 10_000),
        by_component=truth(table, "by_component"),
    )


def read_usual(table: Table) -> UsualCondition:
    """A value that differs from what it usually is."""
    only(table, _COMMON + _JUDGED + "metric direction relative spreads weeks")
    _needs_levels(table, "minor = 8")
    compared = _compared(table, AlarmType.UNUSUAL)
    return UsualCondition(**compared, weeks=whole(table, "weeks", 3, 1, 50))  # type: ignore[arg-type]


def _compared(table: Table, code: AlarmType) -> dict[str, object]:
    return {
        **_said(table),
        **_selection(table),
        **_judged(table, least=1e-12),
        **_own_type(table, code),
        "metric": word(table, "metric"),
        "direction": one_of(table, "direction", DIRECTIONS, "either"),
        "relative": truth(table, "relative"),
        "spreads": between(table, "spreads", 4.0, 0.0, 1000.0),
    }


def read_absence(table: Table) -> AbsenceCondition:
    """What is not given any more."""
    only(table, _COMMON + "levels hold clear metric of sources least")
    _needs_levels(table, "minor = 300")
    of = one_of(table, "of", ("values", "source"), "values")
    if of == "source" and (table.get("metric") or table.get("components")):
        raise Wrong("a whole source has neither metric nor components: leave them out", "of")
    return AbsenceCondition(
        **_said(table),  # type: ignore[arg-type]
        **_selection(table),  # type: ignore[arg-type]
        levels=levels(table["levels"], rising=True, least=0.0),
        hold=hold(table.get("hold", {}), "hold"),
        clear=hold(table.get("clear", {}), "clear", 1),
        **_own_type(table, AlarmType.ABSENT),  # type: ignore[arg-type]
        metric=word(table, "metric", ""),
        of=of,
        sources=words(table, "sources"),
        least=whole(table, "least", 3, 1, 200),
    )


def read_count(table: Table) -> CountCondition:
    """What happens too often."""
    only(table, _COMMON + "levels clear of window kinds codes words types per")
    _needs_levels(table, "minor = 5")
    of = one_of(table, "of", ("events", "raises"), "events")
    foreign = [key for key in (("types",) if of == "events" else ("kinds", "codes", "words")) if table.get(key)]
    if foreign:
        raise Wrong(f"{foreign[0]} has no meaning where {of} are counted", foreign[0])
    types = words(table, "types")
    unknown = [code for code in types if code not in set(AlarmType)]
    if unknown:
        raise Wrong(f"unknown type {unknown[0]!r}; known: {', '.join(sorted(AlarmType))}", "types")
    return CountCondition(
        **_said(table),  # type: ignore[arg-type]
        **_selection(table),  # type: ignore[arg-type]
        levels=_numbers_of_times(table),
        hold=Hold(readings=1),
        clear=hold(table.get("clear", {}), "clear", 1),
        **_own_type(table, AlarmType.TOO_OFTEN),  # type: ignore[arg-type]
        of=of,
        window=between(table, "window", 3600.0, 1.0, 31 * DAY),
        kinds=words(table, "kinds"),
        codes=_codes(table),
        words=words(table, "words"),
        types=types,
        per=one_of(table, "per", ("component", "device"), "component"),
    )


MOST_TIMES = 10_000


def _numbers_of_times(table: Table) -> Mapping[Severity, float]:
    found = levels(table["levels"], rising=True, least=1.0)
    for severity, limit in found.items():
        if limit != int(limit) or limit > MOST_TIMES:
            raise Wrong(f"levels.{severity.word} must be a whole number up to {MOST_TIMES}", "levels", severity.word)
    return found


def _codes(table: Table) -> tuple[int, ...]:
    given = table.get("codes", [])
    if not isinstance(given, list) or not all(isinstance(code, int) and not isinstance(code, bool) for code in given):
        raise Wrong("codes must be a list of whole numbers: codes = [63, 64]", "codes")
    return tuple(given)


FIGURE_KINDS: Mapping[str, Callable[[Table], Raises]] = {
    "threshold": read_threshold,
    "rate": read_rate,
    "state": read_state,
    "absence": read_absence,
    "count": read_count,
    "peers": read_peers,
    "usual": read_usual,
}
"""Kind → reader of its table."""
