"""A device in words: for tooltips, lists and accessible names. Plain text."""

import html

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.model.fleet import Device
from noc_console.text import clean
from widgets import alarm_words, words
from widgets.canvas.readings import TEMPERATURE, facts, inlet_component, limit_levels, reading
from widgets.canvas.thermal_facts import inlet_levels
from widgets.words import translate


def tier(role: str) -> str:
    """The short word of a tier of the map."""
    return {
        "core": translate("map", "core"),
        "spine": translate("map", "spine"),
        "leaf": translate("map", "leaf"),
        "router": translate("map", "router"),
        "access": translate("map", "access"),
        "olt": translate("map", "OLT"),
        "cell-site": translate("map", "cell sites"),
        "gpu-server": translate("map", "servers"),
        "server": translate("map", "servers"),
        "storage": translate("map", "storage"),
        "pdu": translate("map", "power"),
        "ups": translate("map", "UPS"),
        "cooling": translate("map", "cooling"),
    }.get(role, clean(role, 20))


def matching(mirror: Mirror, wanted: str) -> list[str]:
    """Devices whose name, address, label or serial has the text (lower case): those that begin with it first."""
    found: list[tuple[int, str]] = []
    for name, device in mirror.inventory.devices.items():
        texts = [device.address, *device.labels.values(), facts(mirror, name).get("serial", "")]
        if name.lower().startswith(wanted):
            found.append((0, name))
        elif wanted in name.lower() or any(wanted in text.lower() for text in texts):
            found.append((1, name))
    return [name for _, name in sorted(found, key=lambda f: f[0])]


def place(mirror: Mirror, device: Device) -> str:
    """`Hanoi › hall-1 › h1-a02, unit 3`: what is known of where it stands."""
    site = mirror.inventory.sites.get(device.site or "")
    rack = mirror.inventory.racks.get(device.rack or "")
    parts = [site.title or site.name if site else "", rack.room if rack else "", device.rack or ""]
    text = " › ".join(part for part in parts if part)
    if device.unit is None:
        return text
    if device.height > 1:
        unit = translate("device", "units {first}–{last}").format(first=device.unit, last=device.unit + device.height - 1)
    else:
        unit = translate("device", "unit {unit}").format(unit=device.unit)
    return f"{text}, {unit}" if text else unit


def reachability(mirror: Mirror, name: str, now: float) -> str:
    """Whether and how a device answers, each source with its age: `Answers snmp 4 s ago`."""
    state = mirror.devices.get(name)
    if state is None or state.reachable is None:
        return translate("device", "Not asked yet")
    parts = [
        f"{source.source} {words.ago(now - source.last_answer)}"
        for source in state.sources.values()
        if source.last_answer is not None
    ]
    if state.reachable:
        return translate("device", "Answers") + (f" {', '.join(parts)}" if parts else "")
    text = translate("device", "No answer")
    if state.since is not None:
        text = translate("device", "No answer for {duration}").format(duration=words.duration(now - state.since))
    return text


def open_alarms(mirror: Mirror, name: str | None) -> list[Alarm]:
    """Open alarms of a device, worst first: in nobody's hands before others, then by severity, then newest."""
    alarms = [mirror.alarms[i] for i in mirror.open_by_device.get(name, ())]
    return sorted(alarms, key=lambda a: (-a.needs_someone, -a.severity, -a.raised))


def tooltip(mirror: Mirror, name: str, now: float) -> str:
    """A few lines of facts."""
    device = mirror.inventory.devices.get(name)
    if device is None:
        return name
    lines = [f"{name} · {words.role(device.role)}", place(mirror, device), reachability(mirror, name, now)]
    component = inlet_component(mirror.rows.get(name, {}).values())
    inlet = reading(mirror, name, component, TEMPERATURE, now) if component is not None else None
    if inlet is not None and component is not None:
        age = f" ({words.ago(now - inlet.time)})" if inlet.stale else ""
        lines.append(f"{clean(component, 40)} {words.quantity(TEMPERATURE, inlet.value)}{age}")
    lines += [f"{words.severity(a.severity)}: {a.component} {alarm_words.what(a)}" for a in open_alarms(mirror, name)[:4]]
    return "\n".join(clean(line, 160) for line in lines if line)


def as_plain(text: str) -> str:
    """Plain text for a tooltip, which Qt would otherwise take for HTML where it looks like it."""
    return html.escape(text).replace("\n", "<br>")


def status(mirror: Mirror, name: str, now: float) -> str:
    """One line for lists: the worst alarm, else how it answers."""
    alarms = open_alarms(mirror, name)
    if alarms:
        worst = alarms[0]
        return f"{words.severity(worst.severity)}, {alarm_words.hands(worst)}: {worst.component} {alarm_words.what(worst)}"
    return reachability(mirror, name, now)


def levels(mirror: Mirror, key: tuple[str, str, str] | None) -> dict[str, float]:
    """Limits of a curve; an inlet without its own has the recommended ones."""
    if key is None:
        return {}
    device, component, metric = key
    if metric == TEMPERATURE and component == inlet_component(mirror.rows.get(device, {}).values()):
        return inlet_levels(mirror, device, component)
    return limit_levels(mirror, device, component, metric)
