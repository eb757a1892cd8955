"""Causes in words: why an alarm stands under another, what is inferred, what cannot be told apart. Plain text."""

from collections.abc import Mapping, Sequence

from noc_console.alarms.types import AlarmType
from noc_console.correlation.why import read
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.model.fleet import Inventory
from noc_console.text import clean
from widgets.words import translate

_INFERRED = frozenset({AlarmType.POWER_LOST, AlarmType.SITE_UNREACHABLE})
MOST_NAMES = 4
"""Names in a reason; the others are counted."""


def is_inferred(alarm: Alarm) -> bool:
    """Whether it is no monitored thing but what must be so: a rack without power, a site that nothing reaches."""
    return alarm.device is None and alarm.type in _INFERRED


def why(alarm: Alarm) -> str:
    """`behind access-12` in the window's language, where the monitor gave its reason; else its own words."""
    made = _phrases().get(alarm.reason[0].replace("_", "-")) if alarm.reason else None
    if made is None:
        return clean(alarm.why, 200)
    return made.format(names=listed(alarm.reason[1:]))


def why_of(text: str) -> str:
    """The same of a phrase as an entry keeps it: `behind a and b`."""
    code, names = read(text)
    made = _phrases().get(code)
    return made.format(names=clean(names, 200)) if made is not None else clean(text, 200)


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; of many the first ones and how many more."""
    shown = [clean(name, 60) for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        return translate("cause", "{names} and {count} more").format(names=", ".join(shown), count=len(names) - MOST_NAMES)
    if len(shown) < 2:
        return "".join(shown)
    return translate("cause", "{names} and {last}").format(names=", ".join(shown[:-1]), last=shown[-1])


def _phrases() -> Mapping[str, str]:
    inside = translate("cause", "in {names}")
    return {
        "behind": translate("cause", "behind {names}"),
        "fed-by": translate("cause", "fed by {names}"),
        "feeds": translate("cause", "feeds {names}"),
        "cooled-by": translate("cause", "cooled by {names}"),
        "link-to": translate("cause", "link to {names}"),
        "gpu-of": translate("cause", "GPU of {names}"),
        "bmc-of": translate("cause", "BMC of {names}"),
        "part-of": translate("cause", "part of {names}"),
        "in": inside,
        "within": inside,
        "credential": translate("cause", "asked with {names}"),
        "placed": translate("cause", "placed by hand"),
    }


def alike(alarm: Alarm, mirror: Mirror) -> str:
    """`or the link a 1 ↔ b 2`: both ends of the link that looks as dead as the device behind it; empty where nothing does."""
    incident = mirror.incidents.get(alarm.incident or 0)
    ends = incident.root.get("ends") if incident is not None and alarm.symptom_of is None else None
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        return ""
    first, second = (" ".join(clean(str(part), 40) for part in end if part) for end in ends)
    return translate("cause", "or the link {first} ↔ {second}").format(first=first, second=second)


def member_count(count: int) -> str:
    """What stands on the chip of a cause."""
    return translate("cause", "cause · {count}").format(count=count)


def devices_of(alarm: Alarm, inventory: Inventory) -> tuple[str, ...]:
    """Devices that stand in the place of an inferred cause: of the rack, else of the room or row, else of the site."""
    devices = inventory.devices.values()
    if alarm.rack:
        return tuple(d.name for d in devices if d.rack == alarm.rack)
    if alarm.room:
        row = alarm.component.removeprefix(alarm.room).strip()
        racks = {
            r.name
            for r in inventory.racks.values()
            if r.site == alarm.site and r.room == alarm.room and (not row or r.row == row)
        }
        return tuple(d.name for d in devices if d.rack in racks)
    return tuple(d.name for d in devices if alarm.site and (d.site or _site_of_rack(d.rack, inventory)) == alarm.site)


def _site_of_rack(rack: str | None, inventory: Inventory) -> str:
    found = inventory.racks.get(rack or "")
    return found.site if found is not None else ""
