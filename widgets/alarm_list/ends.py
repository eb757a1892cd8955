"""When an acknowledgement or a shelf ends: some usual lengths, tomorrow's shift, or a time as one types it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from widgets import words
from widgets.words import translate

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
SHIFT_BEGINS = "06:00"
"""When the day's first shift begins, where the settings (`shift/begins`) say nothing else."""
_LENGTH = re.compile(r"(\d{1,4})\s*(m|min|h|d)", re.IGNORECASE)
_UNITS = {"m": MINUTE, "min": MINUTE, "h": HOUR, "d": DAY}
_MOMENT = re.compile(r"(?:(?:(\d{4})-)?(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2}):(\d{2})")


class End(StrEnum):
    """The choices."""

    NONE = "none"
    HALF_HOUR = "30m"
    TWO_HOURS = "2h"
    EIGHT_HOURS = "8h"
    SHIFT = "shift"
    OWN = "own"


_SECONDS = {End.HALF_HOUR: 30 * MINUTE, End.TWO_HOURS: 2 * HOUR, End.EIGHT_HOURS: 8 * HOUR}


def choices(*, open_end: bool) -> Sequence[tuple[End, str]]:
    """(choice, its words); `open_end` = one may choose none."""
    made = [
        (End.NONE, translate("ends", "no end")),
        (End.HALF_HOUR, words.duration(30 * MINUTE)),
        (End.TWO_HOURS, translate("ends", "{hours} h").format(hours=2)),
        (End.EIGHT_HOURS, translate("ends", "{hours} h").format(hours=8)),
        (End.SHIFT, translate("ends", "until tomorrow's shift")),
        (End.OWN, translate("ends", "own time…")),
    ]
    return made if open_end else made[1:]


def moment_of(end: End, now: float, zone: str, own: str = "", shift: str = SHIFT_BEGINS) -> float | None:
    """UTC seconds of an end; None where there is none, or what was typed is no time to come."""
    if end in _SECONDS:
        return now + _SECONDS[end]
    if end is End.SHIFT:
        return _tomorrow(now, zone, shift)
    return typed(own, now, zone) if end is End.OWN else None


def typed(text: str, now: float, zone: str) -> float | None:
    """`90m`, `3 h`, `2d` from now; `14:40` today or tomorrow, `11-25 14:40`, `2026-11-25 14:40` in the zone; else None."""
    text = text.strip()
    length = _LENGTH.fullmatch(text)
    if length:
        return now + int(length[1]) * _UNITS[length[2].lower()] if int(length[1]) else None
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    there = datetime.fromtimestamp(now, words.zone(zone))
    year, month, day, hour, minute = (int(part) if part else 0 for part in found.groups())
    try:
        at = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if month:
            at = at.replace(year=year or there.year, month=month, day=day)
    except ValueError:
        return None
    if at <= there and not month:
        at += timedelta(days=1)
    return at.timestamp() if at > there else None


def _tomorrow(now: float, zone: str, shift: str) -> float:
    hour, _, minute = shift.partition(":")
    there = datetime.fromtimestamp(now, words.zone(zone)) + timedelta(days=1)
    try:
        return there.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0).timestamp()
    except ValueError:
        return _tomorrow(now, zone, SHIFT_BEGINS)
