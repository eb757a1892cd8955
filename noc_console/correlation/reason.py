"""The answer of a rule: which alarm explains another, and how."""

from dataclasses import dataclass

from noc_console.correlation.why import Why


@dataclass(frozen=True, slots=True)
class Reason:
    """The alarm that explains another, and how.

    `is_guess`: it holds only where nothing better is found, once all that may be a cause was asked.
    """

    cause: int
    why: Why
    is_guess: bool = False
