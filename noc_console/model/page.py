"""What is asked of the stored alarms, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from noc_console.model.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuery:
    """What is wanted of the stored alarms: those that fit all of it, newest raise first.

    `text` : words, folded in case, all of which stand in what, where, notes or names. `before` : (raised, number) of the last
    one of the page before; None = from the newest.
    """

    text: tuple[str, ...] = ()
    types_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Word of `text` → types of alarms whose sentence, in the words of the reader's language, has it."""
    severities: frozenset[Severity] = frozenset()
    site: str = ""
    sites: tuple[str, ...] | None = None
    """Parts of names of sites, folded, of which one is to fit; None = any."""
    owner: str = ""
    type: str = ""
    state: str = ""
    """`new`, `acknowledged`, `cleared`, `closed`, `shelved`, `maintenance`; empty = any."""
    since: float | None = None
    before: tuple[float, int] | None = None
    most: int = 500
