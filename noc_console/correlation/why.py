"""Why an alarm is a symptom: an English phrase of a few fixed forms, and beside it a code with its names, for each language.

======================  ===============================  =====================================
code (`reason[0]`)      phrase                           names (`reason[1:]`)
======================  ===============================  =====================================
`behind`                behind a and b                   devices that every path passes
`fed-by`                fed by a and b                   feeds that are lost
`feeds`                 feeds r1                         the place (rack, row, room)
`cooled-by`             cooled by a and b                coolers
`link-to`               link to a                        the device at the other end
`gpu-of`                GPU of a                         the host
`bmc-of`                BMC of a                         the host
`part-of`               part of a                        the device
`in`                    in a                             the place (rack, row, room, site)
`credential`            asked with a                     the credential
`placed`                placed by hand                   none
======================  ===============================  =====================================
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

WORDS: Mapping[str, str] = MappingProxyType({
    "behind": "behind", "fed-by": "fed by", "feeds": "feeds", "cooled-by": "cooled by", "link-to": "link to", "gpu-of": "GPU of",
    "bmc-of": "BMC of", "part-of": "part of", "in": "in", "credential": "asked with",
})  # fmt: skip
"""Code → the words before the names."""


class Why(NamedTuple):
    """The phrase, and the code with its names."""

    text: str = ""
    reason: tuple[str, ...] = ()


NOTHING = Why()


def listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    order = sorted(names)
    return " and ".join(part for part in (", ".join(order[:-1]), order[-1]) if part)


def _of(code: str, names: Iterable[str]) -> Why:
    order = tuple(sorted(names))
    return Why(f"{WORDS[code]} {listed(order)}", (code, *order))


def read(text: str) -> tuple[str, str]:
    """The code of a phrase, and its names as one text; empty where it is none of these."""
    found = next((code for code, words in WORDS.items() if text.startswith(f"{words} ")), "")
    return found, text[len(WORDS[found]) + 1 :] if found else ""


def behind(names: Iterable[str]) -> Why:
    """Every path to it passes these."""
    return _of("behind", names)


def fed_by(names: Iterable[str]) -> Why:
    """It hangs on these feeds."""
    return _of("fed-by", names)


def feeds(place: str) -> Why:
    """It is one of the feeds that a place lost."""
    return _of("feeds", (place,))


def cooled_by(names: Iterable[str]) -> Why:
    """It stands in the air of these coolers."""
    return _of("cooled-by", names)


def link_to(device: str) -> Why:
    """It is an end of a link to that device."""
    return _of("link-to", (device,))


def gpu_of(device: str) -> Why:
    """The same GPU, or another one of the same host."""
    return _of("gpu-of", (device,))


def bmc_of(device: str) -> Why:
    """The management controller of that host."""
    return _of("bmc-of", (device,))


def part_of(device: str) -> Why:
    """Another part of the same device."""
    return _of("part-of", (device,))


def within(place: str) -> Why:
    """It stands in that place."""
    return _of("in", (place,))


def asked_with(credential: str) -> Why:
    """It is asked with that credential."""
    return _of("credential", (credential,))
