"""What a person types to plan maintenance, made into a window; or what is wrong with it, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from noc_console.model.alarm import Alarm
from noc_console.model.fleet import Inventory
from noc_console.model.maintenance import MaintenanceWindow, Recurrence
from noc_console.text import clean
from widgets.alarm_list.ends import typed
from widgets.maintenance_words import zone_of
from widgets.words import translate

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")

NOW = "now"
"""Understood in every language, as the forms of times are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields as they stand. `days` = days of the week (0 = Monday) of a window that recurs; none = once."""

    what: str
    begin: str
    end: str
    days: tuple[int, ...] = ()
    title: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """What is named, by its kind; `unknown` are words that name nothing."""

    devices: tuple[str, ...] = ()
    racks: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.devices or self.racks or self.sites or self.labels)


def covered(text: str, inventory: Inventory) -> Covered:
    """Names divided by commas: devices, racks, sites as they are called, labels as `name=value`; `rack:` and `site:` may lead."""
    found: dict[str, list[str]] = {"devices": [], "racks": [], "sites": [], "unknown": []}
    labels: list[tuple[str, str]] = []
    for word in (part.strip() for part in text.split(",")):
        kind, _, name = word.rpartition(":")
        if not word:
            continue
        if "=" in word:
            key, _, value = word.removeprefix("label:").partition("=")
            labels.append((key.strip(), value.strip()))
        elif kind in ("", "device") and name in inventory.devices:
            found["devices"].append(name)
        elif kind in ("", "rack") and name in inventory.racks:
            found["racks"].append(name)
        elif kind in ("", "site") and name in inventory.sites:
            found["sites"].append(name)
        else:
            found["unknown"].append(word)
    return Covered(**{key: tuple(dict.fromkeys(names)) for key, names in found.items()}, labels=tuple(labels))


def offers(inventory: Inventory) -> list[str]:
    """What may be named, for completing."""
    labels = {f"{key}={value}" for device in inventory.devices.values() for key, value in device.labels.items()}
    return [*inventory.sites, *inventory.racks, *inventory.devices, *sorted(labels)]


def planned(typed_: Typed, inventory: Inventory, who: str, now: float) -> MaintenanceWindow | str:
    """The window; a sentence where something is missing or cannot be read."""
    what = covered(typed_.what, inventory)
    if what.unknown:
        return translate("maintenance", "Not known: {names}").format(names=clean(", ".join(what.unknown), 120))
    if not what:
        return translate("maintenance", "Say what is worked on: a device, rack, site or label=value")
    if not typed_.reason.strip():
        return translate("maintenance", "A reason is needed")
    zone = zone_of(what.sites, what.devices, what.racks, inventory)
    made = _recurring(typed_, now) if typed_.days else _once(typed_, now, zone)
    if isinstance(made, str):
        return made
    start, end, recurrence = made
    title = clean(typed_.title.strip() or typed_.what.strip(), 120)
    return MaintenanceWindow(
        id=str(uuid4()),
        title=title,
        reason=clean(typed_.reason.strip(), 500),
        who=who,
        start=start,
        end=end,
        timezone=zone,
        recurrence=recurrence,
        devices=what.devices,
        racks=what.racks,
        sites=what.sites,
        labels=what.labels,
    )


Span = tuple[float, float | None, Recurrence | None]


def _once(typed_: Typed, now: float, zone: str) -> Span | str:
    begin = typed_.begin.strip()
    start = now if begin.casefold() in ("", NOW, translate("maintenance", "now")) else typed(begin, now, zone)
    if start is None:
        return translate("maintenance", "The begin is no time to come: 22:00, 11-25 22:00, 30m")
    if not typed_.end.strip():
        return start, None, None
    end = typed(typed_.end, start, zone)
    return (start, end, None) if end else translate("maintenance", "The end is no time after the begin: 02:00, 11-26 02:00, 4h")


def _recurring(typed_: Typed, now: float) -> Span | str:
    begin, end = _minute(typed_.begin), _minute(typed_.end)
    if begin is None or end is None:
        return translate("maintenance", "A window that recurs has clock times: 22:00 to 02:00")
    return now, None, Recurrence(days=tuple(sorted(typed_.days)), from_minute=begin, to_minute=end)


def _minute(text: str) -> int | None:
    found = _CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return int(found[1]) * 60 + int(found[2])


def named(names: Sequence[str]) -> str:
    """Devices and places as one would type them."""
    return ", ".join(dict.fromkeys(names))


def worked_on(alarm: Alarm, inventory: Inventory) -> str:
    """What is worked on because of an alarm: its device, else its rack or its site; empty where that has no name."""
    if alarm.device is not None:
        return alarm.device
    if alarm.rack in inventory.racks:
        return f"rack:{alarm.rack}" if alarm.rack in inventory.devices else str(alarm.rack)
    # A row or a room has no name of its own in a maintenance window.
    is_site = alarm.room is None and alarm.rack is None and alarm.site in inventory.sites
    return f"site:{alarm.site}" if is_site else ""
