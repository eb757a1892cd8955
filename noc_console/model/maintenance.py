"""Maintenance windows: what is being worked on, when, and why. Monitoring goes on; only calling stops."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """When a window comes again: on these days of the week (0 = Monday), from and to these minutes of the day.

    Minutes are of the zone's wall clock, so they follow its summer time. `to_minute` not after `from_minute` means: until the
    next day.
    """

    days: tuple[int, ...]
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceWindow:
    """Work on devices, racks, sites, or all that carry a label. All that is named is covered.

    Attributes
    ----------
    start, end : UTC seconds. A window that recurs counts only between them; `end` None = until it is ended.
    timezone : IANA name of the zone that `recurrence` is in; the site's.
    labels : (name, value) pairs; a device with any of them is covered.
    ended : UTC seconds when a person ended it before its time.
    """

    id: str
    title: str
    reason: str
    who: str
    start: float
    end: float | None
    timezone: str = "UTC"
    recurrence: Recurrence | None = None
    devices: tuple[str, ...] = ()
    racks: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    ended: float | None = None
