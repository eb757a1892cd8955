"""What a manufacturer's support asks for, as plain text to paste: the device, the parts concerned, what the log said and when."""

from datetime import UTC, datetime

from noc_console.alarms.types import AlarmType
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets import alarm_words
from widgets.canvas.device_words import open_alarms
from widgets.canvas.readings import facts
from widgets.words import translate

_DEVICE_FACTS = (("product", "product"), ("model", "product"), ("serial", "serial"), ("driver", "driver"), ("kernel", "kernel"))
_PART_FACTS = (("product", "product"), ("serial", "serial"), ("uuid", "uuid"), ("pci_bus_id", "slot"))


def support_case(mirror: Mirror, device: str, now: float) -> str:
    """The text for a case about this device: times are UTC, so that they fit the logs that are sent with it."""
    alarms = open_alarms(mirror, device)
    named, part_named, written = translate("support", "Device"), translate("support", "Part"), translate("support", "Written")
    lines = [f"{named}: {clean(device, 80)}", *_facts(mirror, device, "", _DEVICE_FACTS)]
    for part in dict.fromkeys(alarm.component for alarm in alarms if alarm.component):
        lines += ["", f"{part_named}: {clean(part, 60)}", *_facts(mirror, device, part, _PART_FACTS)]
        lines += [line for alarm in alarms if alarm.component == part for line in _told(alarm)]
    own = [line for alarm in alarms if not alarm.component for line in _told(alarm)]
    lines += ["", *own] if own else []
    return "\n".join([*lines, "", f"{written}: {_utc(now)}"])


def _facts(mirror: Mirror, device: str, part: str, wanted: tuple[tuple[str, str], ...]) -> list[str]:
    known = facts(mirror, device, part)
    shown = {name: clean(known[fact], 120) for fact, name in wanted if known.get(fact)}
    return [f"{name}: {value}" for name, value in shown.items()]


def _told(alarm: Alarm) -> list[str]:
    """An alarm with its first and last time; of an Xid the line of the driver too."""
    lines = [f"{_utc(alarm.raised)}  {alarm_words.what(alarm)}"]
    if alarm.count > 1:
        lines.append(translate("support", "  {count} times, last {time}").format(count=alarm.count, time=_utc(alarm.changed)))
    if alarm.type in (AlarmType.XID, AlarmType.GPU_LOST) and alarm.params.get("text"):
        code = f"Xid {alarm.params.get('xid')}, " if alarm.params.get("xid") is not None else ""
        lines.append("  " + clean(f"NVRM: {code}{alarm.params['text']}", 400))
    for name in ("process", "job", "advice"):
        if alarm.params.get(name):
            lines.append("  " + clean(f"{name}: {alarm.params[name]}", 200))
    before, place = alarm.params.get("before"), alarm.params.get("before_place")
    if before:
        text = translate("support", "  This part reported {count} before, last Xid {xid}")
        where = f" ({clean(str(place), 80)})" if place else ""
        lines.append(text.format(count=before, xid=alarm.params.get("before_xid")) + where)
    return lines


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
