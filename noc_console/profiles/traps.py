"""What traps mean, as profiles say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SEVERITIES = ("", "warning", "minor", "major", "critical")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrapKind:
    """A notification of a MIB.

    Attributes
    ----------
    name : as the MIB calls it. object : its identifier (snmpTrapOID) as text.
    severity : of the alarm that one raises by itself, where its sender proved who it is; empty = it is only a reason to ask.
    clears : name of the trap whose alarm it ends.
    component : column whose value names the part (the first variable binding below it).
    """

    name: str
    object: str
    severity: str = ""
    clears: str = ""
    component: str = ""


def mistakes_in(traps: Iterable[TrapKind]) -> list[str]:
    """What types cannot say, a sentence each."""
    known = list(traps)
    names = {trap.name for trap in known}
    wrong = [f"{t.name}: no severity is called {t.severity!r}" for t in known if t.severity not in SEVERITIES]
    return wrong + [f"{t.name}: clears names no trap: {t.clears}" for t in known if t.clears and t.clears not in names]


def by_object(traps: Iterable[TrapKind]) -> Mapping[str, TrapKind]:
    """Traps by their identifier, without a leading dot."""
    return {trap.object.lstrip("."): trap for trap in traps}
