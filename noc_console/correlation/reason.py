"""The answer of a rule: which alarm explains another, and how."""

from dataclasses import dataclass

from noc_console.correlation.why import Why


@dataclass(frozen=True, slots=True)
class Reason:
    """The alarm that explains another, and how."""

    cause: int
    why: Why
