"""The tables of one device as rows of plain text: GPUs, ports, sensors, neighbours, what happened. No Qt but its words."""

import math
from dataclasses import dataclass

import numpy as np

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm, Entry
from noc_console.model.changes import LinkState, Row
from noc_console.model.fleet import End
from noc_console.model.poll import Neighbour
from noc_console.text import clean
from widgets import alarm_words, words
from widgets.canvas import device_words
from widgets.canvas.readings import answers, facts, gpu_components, is_gpu, lost_gpus, text_of
from widgets.canvas.tier_layout import natural
from widgets.words import UNKNOWN, translate

STATUS = "oper_status"
QUIET = frozenset({"reachable", "poll_duration_seconds"})
"""Metrics that the head of the view tells."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One line of a table. `component` and `metric` name its curve; `goes_to` is the device that Enter opens."""

    component: str
    metric: str
    cells: tuple[str, ...]
    stale: bool = False
    alarm: Alarm | None = None
    goes_to: str = ""
    number: int = 0
    """Of the alarm that the line is about."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `right` are the numbers of its columns of figures, `wide` the one that takes what room is left."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[PartRow, ...]
    right: frozenset[int] = frozenset()
    wide: int = 0


class _Values:
    """The newest value and row of each key of a device."""

    def __init__(self, mirror: Mirror, device: str, now: float) -> None:
        self.now, self.mirror = now, mirror
        self.silent = not answers(mirror, device)
        self.found: dict[tuple[str, str], tuple[float, float, Row]] = {}
        for row in sorted(mirror.rows.get(device, {}).values(), key=lambda r: r.time):
            for i, key in enumerate(row.layout.keys):
                self.found[key] = float(row.values[i]), float(row.rates[i]), row

    def value(self, component: str, metric: str) -> float | None:
        found = self.found.get((component, metric))
        return None if found is None or math.isnan(found[0]) else found[0]

    def rate(self, component: str, metric: str) -> float | None:
        found = self.found.get((component, metric))
        return None if found is None or math.isnan(found[1]) else found[1]

    def text(self, component: str, metric: str) -> str:
        return words.quantity(metric, self.value(component, metric))

    def bare(self, component: str, metric: str, divisor: float = 1.0, digits: int = 0) -> str:
        value = self.value(component, metric)
        return UNKNOWN if value is None else words.number(value / divisor, digits)

    def row(self, component: str, metric: str = "") -> Row | None:
        rows = [row for (part, name), (_, _, row) in self.found.items() if part == component and metric in ("", name)]
        return max(rows, key=lambda r: r.time, default=None)

    def age(self, row: Row | None) -> str:
        return UNKNOWN if row is None else words.duration(self.now - row.time)

    def stale(self, row: Row | None) -> bool:
        return row is None or self.silent or self.mirror.is_stale(row, self.now)


def _worst(mirror: Mirror, device: str) -> dict[str, Alarm]:
    """Component → its worst open alarm."""
    worst: dict[str, Alarm] = {}
    for number in mirror.open_by_device.get(device, ()):
        alarm = mirror.alarms[number]
        other = worst.get(alarm.component)
        if other is None or (alarm.severity, alarm.raised) > (other.severity, other.raised):
            worst[alarm.component] = alarm
    return worst


def gpus(mirror: Mirror, device: str, now: float) -> Table:
    """One line for each GPU, one that is lost among them."""
    values, worst = _Values(mirror, device, now), _worst(mirror, device)
    rows, lost = [], lost_gpus(mirror, device)
    for gpu in gpu_components(mirror, device):
        row = values.row(gpu)
        if gpu in lost:  # what a slower answer still tells of it is the past
            rows.append(_gone(gpu, facts(mirror, device, gpu).get("serial", UNKNOWN), values.age(row), worst.get(gpu)))
            continue
        power = values.bare(gpu, "power_watts")
        cap = values.value(gpu, "power_limit_watts")
        cells = (
            gpu,
            values.bare(gpu, "temperature_celsius"),
            values.bare(gpu, "temperature_limit_margin_celsius"),
            values.bare(gpu, "memory_temperature_celsius"),
            power if cap is None else f"{power} / {words.number(cap)}",
            values.bare(gpu, "sm_clock_hertz", 1e6),
            values.text(gpu, "utilization_percent"),
            _memory(values, gpu),
            values.bare(gpu, "ecc_uncorrected_total"),
            _throttle(mirror, device, gpu),
            clean(facts(mirror, device, gpu).get("serial", UNKNOWN), 40),
            values.age(row),
        )
        rows.append(PartRow(gpu, "temperature_celsius", cells, values.stale(row), worst.get(gpu)))
    heads = (
        translate("device", "GPU"),
        "°C",
        translate("device", "Left"),
        translate("device", "Mem °C"),
        translate("device", "Power W"),
        translate("device", "MHz"),
        translate("device", "Use"),
        translate("device", "Memory GiB"),
        translate("device", "ECC"),
        translate("device", "Throttle"),
        translate("device", "Serial"),
        translate("device", "Age"),
    )
    return Table(translate("device", "GPUs"), heads, tuple(rows), frozenset({1, 2, 3, 4, 5, 6, 7, 8, 11}), 9)


def _gone(gpu: str, serial: str, age: str, alarm: Alarm | None) -> PartRow:
    """The line of a GPU that its host has lost: which one it is, and since when nothing is known of it."""
    return PartRow(gpu, "temperature_celsius", (gpu, *[UNKNOWN] * 9, clean(serial, 40), age), True, alarm)


def _memory(values: _Values, gpu: str) -> str:
    used, total = values.value(gpu, "memory_used_bytes"), values.value(gpu, "memory_total_bytes")
    if used is None:
        return UNKNOWN
    text = words.number(used / 2**30)
    return text if total is None else f"{text} / {words.number(total / 2**30)}"


def _throttle(mirror: Mirror, device: str, gpu: str) -> str:
    text = text_of(mirror, device, gpu, "throttle_reasons")
    if text is None:
        return UNKNOWN
    reasons = text.strip("[] ").replace('"', "").replace("'", "").replace("_", " ")
    return clean(reasons, 60) if reasons else translate("device", "none")


def ports(mirror: Mirror, device: str, now: float) -> Table:
    """One line for each port, those of the plan that the device does not tell among them."""
    values, worst = _Values(mirror, device, now), _worst(mirror, device)
    told = {c for c, metric in values.found if metric == STATUS or metric == "in_octets_total"}
    links = _links(mirror, device)
    rows = []
    for port in sorted(told | set(links), key=natural):
        row, (planned, link) = values.row(port), links.get(port, (None, None))
        far = planned or (link and _far(link, device))
        speed = values.value(port, "speed_bits_per_second")
        cells = (
            clean(port, 60),
            _oper(mirror, values, device, port),
            words.quantity("speed_bits_per_second", speed),
            _load(values.rate(port, "in_octets_total"), speed),
            _load(values.rate(port, "out_octets_total"), speed),
            _errors(values, port),
            f"{far.device} {far.port}" if far else "",
            _evidence(planned, link),
            clean(facts(mirror, device, port).get("alias", ""), 40),
            values.age(row),
        )
        rows.append(PartRow(port, "", cells, values.stale(row), worst.get(port), far.device if far else ""))
    heads = (
        translate("device", "Port"),
        translate("device", "State"),
        translate("device", "Speed"),
        translate("device", "In"),
        translate("device", "Out"),
        translate("device", "Errors"),
        translate("device", "Neighbour"),
        translate("device", "Evidence"),
        translate("device", "Alias"),
        translate("device", "Age"),
    )
    return Table(translate("device", "Ports"), heads, tuple(rows), frozenset({2, 3, 4, 5, 9}), 6)


def _links(mirror: Mirror, device: str) -> dict[str, tuple[End | None, LinkState | None]]:
    """Port → (the planned far end, the link as known)."""
    found: dict[str, tuple[End | None, LinkState | None]] = {}
    for link in mirror.inventory.links:
        for near, far in ((link.a, link.b), (link.b, link.a)):
            if near.device == device:
                found[near.port] = far, mirror.links.get((link.a, link.b))
    for (a, b), state in mirror.links.items():
        for near in (a, b):
            if near.device == device and near.port not in found:
                found[near.port] = None, state
    return found


def _far(link: LinkState, device: str) -> End:
    return link.b if link.a.device == device else link.a


def _oper(mirror: Mirror, values: _Values, device: str, port: str) -> str:
    word = text_of(mirror, device, port, STATUS)
    value, admin = values.value(port, STATUS), values.value(port, "admin_status")
    if admin == 0:
        return translate("device", "off by hand")
    if word:
        return clean(word, 20)
    if value is None:
        return UNKNOWN
    return translate("device", "up") if value > 0 else translate("device", "down")


def _load(rate: float | None, speed: float | None) -> str:
    if rate is None:
        return UNKNOWN
    if not speed:
        return words.scaled(rate * 8, "bit/s")
    return words.share(rate * 8 / speed)


def _errors(values: _Values, port: str) -> str:
    rates = [values.rate(port, f"{way}_{kind}_total") for way in ("in", "out") for kind in ("errors", "discards")]
    known = [rate for rate in rates if rate is not None]
    return f"{words.shortest(sum(known), 2)}/s" if known else UNKNOWN


def _evidence(planned: End | None, link: LinkState | None) -> str:
    """Who tells of the link, and whether that is what the plan says."""
    told = (link.evidence or (link.found_by,)) if link is not None else ()
    found = ", ".join(each.upper() for each in told if each)
    if link is not None and link.plan == "contradictory" and link.instead:
        return (
            translate("device", "{found}: {instead} is here, not as planned")
            .format(found=found, instead=link.instead)
            .lstrip(": ")
        )
    if link is not None and link.plan == "missing":
        return translate("device", "planned, not found")
    if planned is None:
        return translate("device", "{found}, not in the plan").format(found=found) if found else ""
    return translate("device", "{found}, as planned").format(found=found) if found else translate("device", "planned")


def sensors(mirror: Mirror, device: str, now: float) -> Table:
    """Everything else that has a value, with its limit."""
    values, worst = _Values(mirror, device, now), _worst(mirror, device)
    ports_told = {c for c, metric in values.found if metric in (STATUS, "in_octets_total")}
    rows = []
    for (component, metric), (value, _, row) in values.found.items():
        if is_gpu(component) or component in ports_told or metric in QUIET:
            continue
        word = text_of(mirror, device, component, metric)
        cells = (
            clean(component, 60) or translate("device", "device"),
            words.metric(metric),
            clean(word, 40) if word else words.quantity(metric, value),
            _limits(mirror, device, component, metric),
            values.age(row),
        )
        rows.append(PartRow(component, metric, cells, values.stale(row), _about(worst.get(component), metric)))
    rows.sort(key=lambda r: (r.component == "", natural(r.component), r.metric))
    heads = (
        translate("device", "Sensor"),
        translate("device", "Measures"),
        translate("device", "Now"),
        translate("device", "Limits"),
        translate("device", "Age"),
    )
    return Table(translate("device", "Sensors"), heads, tuple(rows), frozenset({2, 4}), 0)


def _about(alarm: Alarm | None, metric: str) -> Alarm | None:
    """The alarm, unless it is about another metric of the same part."""
    return alarm if alarm is not None and alarm.params.get("metric", metric) == metric else None


def _limits(mirror: Mirror, device: str, component: str, metric: str) -> str:
    levels = device_words.levels(mirror, (device, component, metric))
    below = metric.startswith(("fan_", "voltage_")) or "margin" in metric
    sign = "≥" if below else "≤"
    return ", ".join(f"{sign} {words.shortest(value, 1)}" for value in sorted(set(levels.values()), reverse=below))


def neighbours(mirror: Mirror, device: str) -> Table:
    """What it hangs together with: links by evidence, feeds, coolers."""
    rows = [
        _link_row(mirror, device, port, *pair)
        for port, pair in sorted(_links(mirror, device).items(), key=lambda p: natural(p[0]))
    ]
    ports_known = {row.component for row in rows}
    for known in mirror.known.get(device, {}).values():
        rows += [_told_row(mirror, found) for found in known.neighbours if found.local_port not in ports_known]
    planned = mirror.inventory.devices.get(device)
    rack = mirror.inventory.racks.get(planned.rack or "") if planned else None
    if planned is not None:
        power = planned.power or (rack.power if rack else ())
        cooling = planned.cooling or (rack.cooling if rack else ())
        rows += [_tie(translate("device", "feed"), name, name) for name in power if name != device]
        rows += [_tie(translate("device", "cooled by"), name, name) for name in cooling if name != device]
    for name, other in mirror.inventory.racks.items():
        rows += [_tie(translate("device", "feeds"), name)] if device in other.power else []
        rows += [_tie(translate("device", "cools"), name)] if device in other.cooling else []
    heads = (
        translate("device", "Port"),
        translate("device", "Neighbour"),
        translate("device", "Load"),
        translate("device", "Evidence"),
    )
    return Table(translate("device", "Neighbours"), heads, tuple(rows), frozenset({2}), 1)


def _tie(how: str, name: str, goes_to: str = "") -> PartRow:
    return PartRow("", "", (how, name, "", translate("device", "planned")), goes_to=goes_to)


def _link_row(mirror: Mirror, device: str, port: str, planned: End | None, link: LinkState | None) -> PartRow:
    far = planned or (_far(link, device) if link else End(device="", port=""))
    load = UNKNOWN
    if link is not None and link.status == "down":
        load = translate("device", "down")
    elif link is not None:
        loads = np.array([link.load_ab, link.load_ba])
        load = UNKNOWN if np.isnan(loads).all() else words.share(float(np.nanmax(loads)))
    cells = (port, f"{far.device} {far.port}", load, _evidence(planned, link))
    return PartRow(port, "", cells, goes_to=far.device if far.device in mirror.inventory.devices else "")


def _told_row(mirror: Mirror, found: Neighbour) -> PartRow:
    name = clean(found.remote_host, 60)
    evidence = translate("device", "{found}, not in the plan").format(found=clean(found.protocol, 8).upper())
    cells = (clean(found.local_port, 40), f"{name} {clean(found.remote_port, 40)}", UNKNOWN, evidence)
    return PartRow(found.local_port, "", cells, goes_to=name if name in mirror.inventory.devices else "")


def happened(mirror: Mirror, device: str, now: float) -> Table:
    """Entries of its alarms, the newest first."""
    zone = mirror.inventory.timezone_of(device)
    mine = [alarm for alarm in mirror.alarms.values() if alarm.device == device]
    found = [(entry, alarm) for alarm in mine for entry in mirror.entries.get(alarm.id, ())]
    found.sort(key=lambda pair: (-pair[0].at, -pair[0].id))
    rows = [
        PartRow("", "", (words.moment(entry.at, zone, now, seconds=True), _story(entry, alarm)), alarm=alarm, number=alarm.id)
        for entry, alarm in found[:200]
    ]
    time = translate("device", "Time ({zone})").format(zone=words.zone_label(zone, now))
    heads = (time, translate("device", "What happened"))
    return Table(translate("device", "What happened here"), heads, tuple(rows), frozenset(), 1)


def _story(entry: Entry, alarm: Alarm) -> str:
    what = alarm_words.part_and_what(alarm)
    note = f"“{clean(entry.text, 200)}”" if entry.text else ""
    who = clean(entry.who, 40)
    return " · ".join(part for part in (f"{words.action(entry.kind)}: {what}", who, note) if part)
