"""Conditions that compare a GPU with itself, with its neighbours, or with what it was: as data, from TOML tables.

Their judge is `noc_console.monitor.gpu_judge`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from noc_console.alarms.conditions import Hold
from noc_console.alarms.table import Levels, Wrong, hold, levels, number, only, severity_word, word, words
from noc_console.model.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuCondition:
    """What all have: the alarm that is raised, and how long it must be so before it is raised and before it is cleared."""

    name: str
    type: str
    qualifier: str = ""
    hold: Hold = field(default_factory=Hold)
    clear: Hold = field(default_factory=Hold)
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle(GpuCondition):
    """One of these reasons holds the clock down.

    `below` : only where the clock is below this share of the GPU's highest while it is `busy` (percent of utilisation); 0 = in
    any case. At its power limit a healthy GPU under full load is most of the time.
    """

    reasons: tuple[str, ...]
    severity: Severity
    below: float = 0.0
    busy: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall(GpuCondition):
    """A value that is less than another of the same GPU.

    `busy` : percent of utilisation from which it is judged. `seen` : only where the GPU has had more since it is watched, or most
    of its server's have more: a slot may have fewer lanes than the card.
    """

    metric: str
    of: str
    severity: Severity
    busy: float = 0.0
    seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise(GpuCondition):
    """A counter that rose: `levels` say by how much within `window` seconds.

    `quiet` : seconds without a rise after which it clears; it clears at once where the counter `reset_by` went back.
    """

    metric: str
    levels: Levels
    window: float
    quiet: float
    reset_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Straggler(GpuCondition):
    """A GPU that differs from the median of the others of its server that are as busy as it is.

    `levels` : shares of the median that it is below, or kelvin that it is above it (`above`). `busy`, `alike` : percent of
    utilisation that it has at least, and by which the others differ from it at most; `peers` : how many others there must be.
    """

    metric: str
    levels: Levels
    above: bool = False
    busy: float = 60.0
    alike: float = 15.0
    peers: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Resistance(GpuCondition):
    """Thermal resistance, (GPU - inlet) / power, against others: of the same product in other servers, or of the same server.

    `levels` : shares of the others' median. `among` : `servers` or `gpus`. `load` : share of the power limit from which it is
    judged; `seconds` : over which temperature and power are smoothed, since the one follows the other; `peers` as above.
    """

    levels: Levels
    among: str
    load: float = 0.35
    seconds: float = 60.0
    peers: int = 3


Table = Mapping[str, object]


def _common(table: Table) -> dict[str, object]:
    return {"name": word(table, "name"), "type": word(table, "type"), "qualifier": word(table, "qualifier", ""),
            "hold": hold(table.get("hold", {}), "hold"), "clear": hold(table.get("clear", {}), "clear")}  # fmt: skip


_COMMON = "name kind type qualifier hold clear "


def _throttle(table: Table) -> GpuCondition:
    only(table, _COMMON + "reasons severity below busy")
    return Throttle(
        **_common(table),  # type: ignore[arg-type]
        reasons=words(table, "reasons"),
        severity=severity_word(table, "severity"),
        below=number(table, "below", 0.0),
        busy=number(table, "busy", 30.0),
    )


def _shortfall(table: Table) -> GpuCondition:
    only(table, _COMMON + "metric of severity busy seen")
    return Shortfall(
        **_common(table),  # type: ignore[arg-type]
        metric=word(table, "metric"),
        of=word(table, "of"),
        severity=severity_word(table, "severity"),
        busy=number(table, "busy", 0.0),
        seen=table.get("seen") is True,
    )


def _rise(table: Table) -> GpuCondition:
    only(table, _COMMON + "metric levels window quiet reset_by")
    return Rise(
        **_common(table),  # type: ignore[arg-type]
        metric=word(table, "metric"),
        levels=levels(table.get("levels", {}), rising=True),
        window=number(table, "window", 3600.0),
        quiet=number(table, "quiet", 3600.0),
        reset_by=word(table, "reset_by", ""),
    )


def _straggler(table: Table) -> GpuCondition:
    only(table, _COMMON + "metric direction levels busy alike peers")
    above = table.get("direction", "below") == "above"
    return Straggler(
        **_common(table),  # type: ignore[arg-type]
        metric=word(table, "metric"),
        above=above,
        levels=levels(table.get("levels", {}), rising=above),
        busy=number(table, "busy", 60.0),
        alike=number(table, "alike", 15.0),
        peers=int(number(table, "peers", 3)),
    )


def _resistance(table: Table) -> GpuCondition:
    only(table, _COMMON + "levels among load seconds peers")
    among = word(table, "among")
    if among not in ("servers", "gpus"):
        raise Wrong(f"among must be servers or gpus, not {among!r}", "among")
    return Resistance(
        **_common(table),  # type: ignore[arg-type]
        levels=levels(table.get("levels", {}), rising=True),
        among=among,
        load=number(table, "load", 0.35),
        seconds=number(table, "seconds", 60.0),
        peers=int(number(table, "peers", 3)),
    )


GPU_KINDS: Mapping[str, Callable[[Table], GpuCondition]] = {
    "throttle": _throttle,
    "shortfall": _shortfall,
    "rise": _rise,
    "straggler": _straggler,
    "thermal-resistance": _resistance,
}
"""Kind → reader of its table."""
