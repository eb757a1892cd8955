"""Stored alarms that are no longer in the mirror, page by page: read beside the window, given up when unwanted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from noc_console.model.alarm import Alarm
from noc_console.model.page import PageQuery
from noc_console.model.severity import Severity
from widgets.models.alarm_filter import STATES, Term, severities, since_seconds
from widgets.past import PastReader
from widgets.type_words import types_of
from widgets.view import History

PAGE = 500
TYPING_MS = 60
"""A search waits this long for the next letter."""
DAY = 86400.0
LONGEST_SPAN = 2048 * DAY


class Archive(QObject):
    """Asks for the first page of a search, then for more as they are wanted.

    Signals
    -------
    came(object): the alarms of a page (list). changed(): whether it reads, or what went wrong, changed.
    """

    came = Signal(object)
    changed = Signal()

    def __init__(self, history: Callable[[], History], clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history, self._clock = history, clock
        self._reader = PastReader(self)
        self._reader.found.connect(self._found)
        self._reader.failed.connect(self._failed)
        self._generation = 0
        self._query: PageQuery | None = None
        self._ended = True
        self.trouble = ""
        self._soon = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._soon.timeout.connect(self._ask)

    @property
    def is_reading(self) -> bool:
        """Whether a page is on its way."""
        return self._query is not None and (self._soon.isActive() or self._reader.is_busy)

    def search(self, terms: Sequence[Term], site: str, titles: Mapping[str, str] = MappingProxyType({})) -> None:
        """Read what fits, from the newest; what was asked before is given up."""
        self._generation += 1
        self._query, self._ended, self.trouble = query(terms, site, self._clock(), titles), False, ""
        self._soon.start()
        self.changed.emit()

    def stop(self) -> None:
        """Nothing of it is wanted any more."""
        self._generation += 1
        self._query, self._ended = None, True
        self._soon.stop()

    def more(self) -> None:
        """The next page, if there is one."""
        if self._query is not None and not self._ended and not self.is_reading:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        wanted, generation, history = self._query, self._generation, self._history()
        if wanted is None:
            return
        now = self._clock()

        def read() -> list[Alarm]:
            return page(history, wanted, now, lambda: self._generation != generation)

        self._reader.ask(generation, read)
        self.changed.emit()

    @Slot(object, object)
    def _found(self, generation: object, alarms: object) -> None:
        if generation == self._generation and isinstance(alarms, list) and self._query is not None:
            if alarms:
                last = min(alarms, key=lambda a: (a.raised, a.id))
                self._query = _after(self._query, last)
            self._ended = len(alarms) < (PAGE if hasattr(self._history(), "alarm_page") else 1)
            self.came.emit(alarms)
        self.changed.emit()

    @Slot(object, str)
    def _failed(self, generation: object, trouble: str) -> None:
        if generation == self._generation:
            self._ended, self.trouble = True, trouble
        self.changed.emit()


def query(terms: Sequence[Term], site: str, now: float, titles: Mapping[str, str] = MappingProxyType({})) -> PageQuery:
    """The part of a filter that the store can look for; the list itself judges all of it once more."""
    by_key = {term.key: term.value for term in terms if term.key}
    since = since_seconds(by_key["since"]) if "since" in by_key else None
    text = tuple(term.value for term in terms if not term.key)
    wanted = severities(by_key["sev"]) if "sev" in by_key else frozenset(Severity)
    return PageQuery(
        text=text,
        types_of=types_of(text),
        severities=frozenset() if wanted == frozenset(Severity) else wanted,
        site=site,
        owner=by_key.get("owner", ""),
        type=by_key.get("type", ""),
        state=next((word for word in STATES if "state" in by_key and word.startswith(by_key["state"])), ""),
        sites=_sites(by_key["site"], titles) if "site" in by_key else None,
        since=now - since if since is not None else None,
        most=PAGE,
    )


def _sites(value: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Parts of names of sites of which one fits: what was typed, and the sites whose title has it."""
    return value, *(name.casefold() for name, title in titles.items() if value in title)


def _after(wanted: PageQuery, last: Alarm) -> PageQuery:
    return replace(wanted, before=(last.raised, last.id))


def page(history: History, wanted: PageQuery, now: float, cancelled: Callable[[], bool]) -> list[Alarm]:
    """One page; of a history that has no pages the alarms of a span of time, longer and longer until it holds some. Blocking."""
    paged = getattr(history, "alarm_page", None)
    if paged is not None:
        return list(paged(wanted, cancelled))
    end, span = (wanted.before[0] if wanted.before else now), DAY
    while span <= LONGEST_SPAN and not cancelled():
        start = end - span
        found = [a for a in history.alarms(start, end) if start <= a.raised < end or (a.raised == end and not wanted.before)]
        if found:
            return found
        end, span = start, span * 2
    return []
