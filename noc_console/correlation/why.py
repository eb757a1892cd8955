"""Why an alarm is a symptom: a phrase of a few fixed forms, so that the window can say it in each language."""

from collections.abc import Iterable


def listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    order = sorted(names)
    return " and ".join(part for part in (", ".join(order[:-1]), order[-1]) if part)


def behind(names: Iterable[str]) -> str:
    """Every path to it passes these."""
    return f"behind {listed(names)}"


def fed_by(names: Iterable[str]) -> str:
    """It hangs on these feeds."""
    return f"fed by {listed(names)}"


def feeds(place: str) -> str:
    """It is one of the feeds that a place lost."""
    return f"feeds {place}"


def cooled_by(names: Iterable[str]) -> str:
    """It stands in the air of these coolers."""
    return f"cooled by {listed(names)}"


def link_to(device: str) -> str:
    """It is an end of a link to that device."""
    return f"link to {device}"


def gpu_of(device: str) -> str:
    """The same GPU, or another one of the same host."""
    return f"GPU of {device}"


def bmc_of(device: str) -> str:
    """The management controller of that host."""
    return f"BMC of {device}"


def part_of(device: str) -> str:
    """Another part of the same device."""
    return f"part of {device}"


def within(place: str) -> str:
    """It stands in that place."""
    return f"in {place}"
