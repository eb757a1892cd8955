"""Maintenance windows in words: what they cover, when they run, whether they run now."""

from noc_console import maintenance
from noc_console.model.fleet import Inventory
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.text import clean
from widgets import words
from widgets.cause_words import listed
from widgets.words import translate


def covers(window: MaintenanceWindow) -> str:
    """`gpu-0001 and gpu-0002, rack h1-a02, site hanoi`."""
    parts = [listed(window.devices)] if window.devices else []
    parts += [translate("maintenance", "rack {name}").format(name=clean(name, 40)) for name in window.racks]
    parts += [translate("maintenance", "site {name}").format(name=clean(name, 40)) for name in window.sites]
    parts += [translate("maintenance", "label {name}").format(name=clean(f"{key}={value}", 60)) for key, value in window.labels]
    return ", ".join(parts)


def when(window: MaintenanceWindow, now: float) -> str:
    """`11-23 22:00 to 02:00 (UTC+7)`; `Mon, Wed 22:00 to 02:00 (UTC+7)`."""
    zone = words.zone_label(window.timezone, now)
    if window.recurrence is not None:
        days = ", ".join(day_names()[day] for day in window.recurrence.days)
        begun, ends = _clock(window.recurrence.from_minute), _clock(window.recurrence.to_minute)
        return translate("maintenance", "{days} {begun} to {ends} ({zone})").format(days=days, begun=begun, ends=ends, zone=zone)
    begun = words.moment(window.start, window.timezone, now)
    if window.end is None:
        return translate("maintenance", "since {begun}, until it is ended ({zone})").format(begun=begun, zone=zone)
    ends = words.moment(window.end, window.timezone, now)
    return translate("maintenance", "{begun} to {ends} ({zone})").format(begun=begun, ends=ends, zone=zone)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def state(window: MaintenanceWindow, now: float) -> str:
    """`running`, `planned`, `ended`."""
    if maintenance.counts(window, now):
        return translate("maintenance", "running")
    return translate("maintenance", "ended") if maintenance.is_over(window, now) else translate("maintenance", "planned")


def day_names() -> tuple[str, ...]:
    """Monday first."""
    return (
        translate("maintenance", "Mon"),
        translate("maintenance", "Tue"),
        translate("maintenance", "Wed"),
        translate("maintenance", "Thu"),
        translate("maintenance", "Fri"),
        translate("maintenance", "Sat"),
        translate("maintenance", "Sun"),
    )


def zone_of(window_sites: tuple[str, ...], devices: tuple[str, ...], racks: tuple[str, ...], inventory: Inventory) -> str:
    """The zone of the first site that is named, directly or by a rack or a device; else the first site's."""
    sites = list(window_sites)
    sites += [inventory.racks[rack].site for rack in racks if rack in inventory.racks]
    sites += [inventory.devices[name].site or "" for name in devices if name in inventory.devices]
    return words.home_zone(inventory, next((site for site in sites if site in inventory.sites), ""))
