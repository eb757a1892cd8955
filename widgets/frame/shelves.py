"""The warning before a shelf ends: told once, when the monitor notes it."""

from collections.abc import Callable, Iterable

from noc_console.mirror import Mirror
from noc_console.model.alarm import EntryKind
from noc_console.text import clean
from widgets import alarm_words, words
from widgets.words import translate

FRESH_SECONDS = 60.0
"""An older warning is told by the list alone."""


class ShelfWarnings:
    """Looks at the newest entry of each alarm that was touched; `tell` shows a sentence."""

    def __init__(self, mirror: Mirror, tell: Callable[[str], None]) -> None:
        self._mirror, self._tell = mirror, tell
        self._told: set[int] = set()

    def look(self, numbers: Iterable[int], now: float) -> None:
        """Whether the shelf of one of these alarms was noted to end soon."""
        for number in numbers:
            entries = self._mirror.entries.get(number)
            if not entries or entries[-1].kind is not EntryKind.SHELF_ENDING or entries[-1].id in self._told:
                continue
            self._told.add(entries[-1].id)
            alarm = self._mirror.alarms.get(number)
            if alarm is not None and alarm.shelved_until is not None and now - entries[-1].noted <= FRESH_SECONDS:
                text = translate("frame", "Shelf ends in {duration}, then it calls again: {where}")
                left, where = words.duration(alarm.shelved_until - now), " ".join(alarm_words.where(alarm)).strip()
                self._tell(text.format(duration=left, where=clean(where, 80)))
