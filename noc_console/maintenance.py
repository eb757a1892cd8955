"""Maintenance windows in time and space: when one counts, what it covers, and what is wrong with one.

Times of a recurrence are those of its zone's wall clock (tz database, RFC 8536). Where a clock is set forward over a beginning
or an end, that is the moment of the change; where it is set back, the first of the two moments counts.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from noc_console.model.fleet import Inventory
from noc_console.model.maintenance import MaintenanceWindow, Recurrence

DAY_MINUTES = 1440
MOST_TEXT = 2000
LAST = 253_402_214_400.0
"""The last day that a calendar date can name (the year 9999): no end is beyond it."""


def mistake(window: MaintenanceWindow, inventory: Inventory, now: float) -> str:
    """The code of what is wrong with a window that is to be planned; empty if nothing."""
    if not window.id:
        return "no-id"
    if not window.reason.strip():
        return "no-reason"
    times = [t for t in (window.start, window.end, window.ended) if t is not None]
    if not all(isfinite(t) and 0 <= t < LAST for t in times):
        return "bad-time"
    if window.end is not None and window.end <= window.start:
        return "end-before-start"
    if window.end is not None and window.end <= now:
        return "end-in-past"
    return _mistake_of_scope(window, inventory) or _mistake_of_recurrence(window)


def _mistake_of_scope(window: MaintenanceWindow, inventory: Inventory) -> str:
    if not (window.devices or window.racks or window.sites or window.labels):
        return "no-scope"
    for names, known, code in (
        (window.devices, inventory.devices, "unknown-device"),
        (window.racks, inventory.racks, "unknown-rack"),
        (window.sites, inventory.sites, "unknown-site"),
    ):
        if any(name not in known for name in names):
            return code
    carried = {label for device in inventory.devices.values() for label in device.labels.items()}
    return "" if carried.issuperset(window.labels) else "unknown-label"


def _mistake_of_recurrence(window: MaintenanceWindow) -> str:
    try:
        ZoneInfo(window.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "unknown-zone"
    again = window.recurrence
    if again is None:
        return ""
    days = bool(again.days) and all(0 <= day <= 6 for day in again.days)
    minutes = 0 <= again.from_minute < DAY_MINUTES and 0 <= again.to_minute <= DAY_MINUTES
    return "" if days and minutes else "bad-recurrence"


def is_over(window: MaintenanceWindow, now: float) -> bool:
    """Whether it will never count again."""
    return now >= _last(window)


def counts(window: MaintenanceWindow, at: float) -> bool:
    """Whether it counts at a moment: from its beginning, until just before its end."""
    return any(start <= at < end for start, end in spans(window, at))


def next_change(window: MaintenanceWindow, after: float) -> float | None:
    """When it next begins or ends, after this moment; None = never again."""
    if is_over(window, after):
        return None
    found = (edge for span in spans(window, max(after, window.start)) for edge in span if edge > after)
    last = _last(window)
    return min((*found, last) if last != float("inf") else found, default=None)


def spans(window: MaintenanceWindow, about: float) -> Iterator[tuple[float, float]]:
    """The times from which and until which it counts, from the day before `about` to nine days after it (UTC seconds)."""
    first, last = window.start, _last(window)
    if window.recurrence is None:
        if first < last:
            yield first, last
        return
    zone = ZoneInfo(window.timezone)
    today = datetime.fromtimestamp(min(max(about, 86_400.0), LAST - 10 * 86_400.0), UTC).astimezone(zone).date()
    for ahead in range(-2, 10):
        day = today + timedelta(days=ahead)
        if day.weekday() in window.recurrence.days:
            start, end = _on_day(window.recurrence, day, zone)
            start, end = max(start, first), min(end, last)
            if start < end:
                yield start, end


def _on_day(again: Recurrence, day: date, zone: ZoneInfo) -> tuple[float, float]:
    until_next = again.to_minute <= again.from_minute
    return _moment(day, again.from_minute, zone), _moment(day + timedelta(days=until_next), again.to_minute, zone)


def _moment(day: date, minute: int, zone: ZoneInfo) -> float:
    """UTC seconds of a minute of the wall clock."""
    wall = datetime.combine(day + timedelta(days=minute // DAY_MINUTES), time(minute % DAY_MINUTES // 60, minute % 60), zone)
    moment = wall.timestamp()
    if datetime.fromtimestamp(moment, zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    # The clock skips it (PEP 495): fold 1 gives a moment before the change, fold 0 one after it.
    return _change_between(wall.replace(fold=1).timestamp(), moment, zone)


def _change_between(before: float, after: float, zone: ZoneInfo) -> float:
    offset = datetime.fromtimestamp(after, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def _last(window: MaintenanceWindow) -> float:
    return min(t for t in (window.end, window.ended, float("inf")) if t is not None)


def devices_of(window: MaintenanceWindow, inventory: Inventory) -> frozenset[str]:
    """The devices that it covers."""
    labels = frozenset(window.labels)
    return frozenset(
        device.name
        for device in inventory.devices.values()
        if device.name in window.devices
        or device.rack in window.racks
        or (device.site or _site_of_rack(inventory, device.rack)) in window.sites
        or not labels.isdisjoint(device.labels.items())
    )


def _site_of_rack(inventory: Inventory, rack: str | None) -> str | None:
    found = inventory.racks.get(rack) if rack else None
    return found.site if found is not None else None
