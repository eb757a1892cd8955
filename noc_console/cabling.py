"""What neighbours say of each link, held against the plan: agreed, missing, unplanned, contradictory. No clock.

Calm on purpose: silence says something only where both ends are known to tell of neighbours, and another device only where the
inventory knows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

AGREED, MISSING, UNPLANNED, CONTRADICTORY = "agreed", "missing", "unplanned", "contradictory"
DIFFERENCES = frozenset((MISSING, UNPLANNED, CONTRADICTORY))
ON_THE_CABLE = frozenset(("lldp", "cdp", "edp", "fdp", "ndp", "lldp-v2"))
"""Protocols that only what hangs on the cable hears. Stations (`bridge`) and peers (`bgp`) support a link; they deny none."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A device says that at its port there is a device of the inventory. `link` is the one it speaks of.

    `far` is the other port where it is one that the plan gives to another link.
    """

    port: str
    remote: str
    remote_port: str
    protocol: str
    link: int
    far: str = ""


@dataclass(slots=True)
class Standing:
    """What is known of a link. `seen` is when it was told of last; `instead` (`device:port`) is what is there in its place."""

    evidence: tuple[str, ...] = ()
    seen: float | None = None
    plan: str = ""
    instead: str = ""
    readings: dict[str, int] = field(default_factory=dict)
    """By device: inventories in a row that gave this difference."""

    @property
    def is_held(self) -> bool:
        """Whether one device gave the same difference twice."""
        return max(self.readings.values(), default=0) >= 2


@dataclass(frozen=True, slots=True)
class Ends:
    """A link as the check needs it: (device, port) of each end, whether it is planned, whether an end says that it is down."""

    a: tuple[str, str]
    b: tuple[str, str]
    planned: bool
    down: bool
    at_planned_port: bool = False
    """It was found at a port that the plan gives to another link."""


class Cabling:
    """Links by number, with what was said of them. Used from the monitor's thread."""

    def __init__(self) -> None:
        self._standing: dict[int, Standing] = {}
        self._claims: dict[str, tuple[Claim, ...]] = {}
        self._speaks: set[str] = set()

    def standing(self, link: int) -> Standing:
        """What is known of a link."""
        return self._standing.get(link) or Standing()

    def hear(self, device: str, claims: Iterable[Claim], *, speaks: bool, at: float) -> None:
        """Take all that a device tells of its neighbours. `speaks`: it tells of one on a cable, known or not."""
        self._claims[device] = tuple(claims)
        (self._speaks.add if speaks else self._speaks.discard)(device)
        for claim in self._claims[device]:
            known = self._standing.setdefault(claim.link, Standing())
            known.seen = at

    def judge(self, link: int, ends: Ends, told_by: str) -> bool:
        """Hold a link against the plan after one of its ends told its neighbours; whether what is known of it changed."""
        standing = self._standing.setdefault(link, Standing())
        before = standing.evidence, standing.plan, standing.instead, standing.is_held
        claims = [each for device in (ends.a[0], ends.b[0]) for each in self._claims.get(device, ()) if each.link == link]
        if claims:
            standing.evidence = tuple(sorted({claim.protocol for claim in claims}))
        plan, instead = self._plan(ends, claims, standing.plan)
        if plan != standing.plan or instead != standing.instead:
            standing.readings.clear()
        standing.plan, standing.instead = plan, instead
        if plan in DIFFERENCES:
            standing.readings[told_by] = standing.readings.get(told_by, 0) + 1
        return before != (standing.evidence, standing.plan, standing.instead, standing.is_held)

    def _plan(self, ends: Ends, claims: list[Claim], before: str) -> tuple[str, str]:
        """(state, what is there instead)."""
        if not ends.planned:
            if not claims:
                return "", ""
            return (CONTRADICTORY if ends.at_planned_port else UNPLANNED), ""
        for claim in claims:
            if claim.far and claim.protocol in ON_THE_CABLE:
                return CONTRADICTORY, f"{claim.remote}:{claim.far}"
        if claims:
            return AGREED, ""
        other = next(filter(None, (self._other(end, ends) for end in (ends.a, ends.b))), "")
        if other:
            return CONTRADICTORY, other
        if ends.down or not {ends.a[0], ends.b[0]} <= self._speaks:
            # A link that is down carries no word: what was known of its cable holds.
            return (AGREED if before == AGREED else ""), ""
        return MISSING, ""

    def _other(self, end: tuple[str, str], ends: Ends) -> str:
        """The device of the inventory that a planned end sees in place of the one in the plan."""
        far = {ends.a[0], ends.b[0]} - {end[0]}
        for claim in self._claims.get(end[0], ()):
            if claim.port == end[1] and claim.remote not in far and claim.protocol in ON_THE_CABLE:
                return f"{claim.remote}:{claim.remote_port}"
        return ""
