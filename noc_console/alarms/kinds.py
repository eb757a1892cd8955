"""Kinds of conditions beside the threshold: each makes a figure of what was measured, and judges that by levels.

Their readers are in `read_kinds`, their judges in `noc_console.monitor`: `figure_judge` (rate, state, peers, usual), `absences`
and `counts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from noc_console.alarms.conditions import Raises
from noc_console.model.severity import Severity

SECONDS_PER = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
DIRECTIONS = ("above", "below", "either")
AMONG = ("server", "rack", "row", "room", "site", "role")
RATED = ("up", "down", "either")


@dataclass(frozen=True, kw_only=True)
class RateCondition(Raises):
    """How fast a value changes: `levels` in its unit `per` second, minute or hour.

    `direction` : `up`, `down`, `either`. `window` : seconds over which it is reckoned, from medians of its two halves, so that
    one wrong reading changes nothing; `least` : readings that must be in it.
    """

    metric: str
    direction: str = "up"
    per: str = "hour"
    window: float = 1800.0
    least: int = 5


@dataclass(frozen=True, kw_only=True)
class StateCondition(Raises):
    """A word or a number that says of itself that something is wrong.

    `words` : shell patterns by severity, without regard to case. `numbers` : values by severity. The levels are the severities.
    """

    metric: str
    words: Mapping[Severity, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[Severity, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PeersCondition(Raises):
    """A value that differs from the median of its peers: those of the same metric on devices of the same role.

    `among` : where the peers are (`server` = the other components of the same device). `levels` : differences in the metric's
    unit, or shares of the median where `relative`. `spreads` : where the peers themselves differ much (median absolute deviation,
    made comparable with a standard deviation), a level is at least so many times that. `peers` : how many others there must be.
    `by_component` : a component is compared with those of its own name only.
    """

    metric: str
    among: str = "rack"
    direction: str = "either"
    relative: bool = False
    spreads: float = 4.0
    peers: int = 4
    by_component: bool = False


@dataclass(frozen=True, kw_only=True)
class UsualCondition(Raises):
    """A value that differs from what it usually is at this hour of the week, in the zone of its site.

    `levels`, `relative`, `spreads` as among peers. `weeks` : how many weeks must have been seen before anything is said.
    """

    metric: str
    direction: str = "either"
    relative: bool = False
    spreads: float = 4.0
    weeks: int = 3


@dataclass(frozen=True, kw_only=True)
class AbsenceCondition(Raises):
    """What a source used to give and gives no more; `levels` in seconds since it was last given.

    `of` : `values` (a component, or one metric of it where `metric` is set) or `source` (all of its answers, while the device
    itself answers). `sources` : shell patterns. `least` : answers that must have had it before it is missed.
    """

    metric: str = ""
    of: str = "values"
    sources: tuple[str, ...] = ()
    least: int = 3


@dataclass(frozen=True, kw_only=True)
class CountCondition(Raises):
    """How often something happened within `window` seconds: `levels` are numbers of times.

    `of` : `events` (lines of a kernel log and traps, by `kinds`, `codes`, `words` = shell patterns for their text) or `raises`
    (of alarms, by `types`). `per` : counted for each `component` or for the whole `device`.
    """

    of: str = "events"
    window: float = 3600.0
    kinds: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    per: str = "component"


Figure = RateCondition | StateCondition | PeersCondition | UsualCondition
