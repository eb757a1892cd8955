"""Alarms in words: what is wrong, the value now with its limit, what to do. Made from codes and parameters; plain text."""

from collections.abc import Callable, Mapping
from functools import cache

from noc_console.alarms.types import AlarmType
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm, Param
from noc_console.model.command import Action
from noc_console.model.fleet import Inventory
from noc_console.model.severity import OperatorState
from noc_console.text import clean
from widgets import cause_words, condition_words, gpu_words, sensor_words, words
from widgets.advice import steps
from widgets.models.alarm_groups import is_held
from widgets.words import NARROW, duration, error, quantity, severity, translate
from widgets.xid_words import meaning

RISING, FALLING, STEADY = 1, -1, 0
_LOW_IS_BAD = frozenset({
    AlarmType.FAN_STOPPED, AlarmType.VOLTAGE_LOW, AlarmType.GPU_THROTTLED, AlarmType.PCIE_DEGRADED, AlarmType.TEMPERATURE_LOW,
    AlarmType.HUMIDITY_LOW,
})  # fmt: skip
_TREND_SECONDS = 300.0
"""The direction compares with what stood this long ago."""
_TREND_SHARE = 0.02
"""Changes below this share of the limit are no direction."""


def what(alarm: Alarm) -> str:
    """What is wrong, as one sentence without a full stop; an unknown type is shown by its code."""
    own = condition_words.own_words(alarm)
    if own:
        return own
    try:
        made = _SENTENCES[AlarmType(alarm.type)]
    except (ValueError, KeyError):
        return clean(alarm.type, 80)
    return made(alarm)


def part_and_what(alarm: Alarm) -> str:
    """Which part of its device, and what is wrong with it: `Fan: Fan stopped`, `Unreachable: no answer in time`."""
    part = clean(alarm.component, 60) if alarm.device else ""
    return f"{part}: {what(alarm)}" if part else what(alarm)


def advice(alarm: Alarm, mirror: Mirror) -> list[str]:
    """What to do, step by step; the serial of the part as the device told it, where the alarm has none."""
    parts = [known.facts.get(alarm.component, {}) for known in mirror.known.get(alarm.device or "", {}).values()]
    return steps(alarm, next((part["serial"] for part in parts if alarm.component and part.get("serial")), ""))


def where(alarm: Alarm) -> tuple[str, str]:
    """(device, component); for what is no device, the collector, rack, room or site."""
    if alarm.device:
        return alarm.device, alarm.component
    return alarm.component or alarm.rack or alarm.room or alarm.site or "", ""


def place(alarm: Alarm, inventory: Inventory) -> str:
    """`Hanoi · h1-a02`: site and rack, or room."""
    device = inventory.devices.get(alarm.device or "")
    site = alarm.site or (device.site if device else None) or ""
    rack = alarm.rack or (device.rack if device else None) or alarm.room or ""
    known = inventory.sites.get(site)
    return " · ".join(part for part in (words.site(known) if known else site, rack) if part)


def present_value(alarm: Alarm, mirror: Mirror | None) -> float | None:
    """The value now in the metric of the alarm: the live one while it stands, else the one it was raised with."""
    metric = alarm.params.get("metric")
    if mirror is not None and alarm.is_open and alarm.device and isinstance(metric, str):
        found = mirror.value(alarm.device, alarm.component, metric)
        if found is not None and found[0] == found[0]:
            return found[0]
    return _figure(alarm.params, "value")


def now_and_limit(alarm: Alarm, mirror: Mirror | None = None) -> str:
    """`32.4 °C (≤ 32)`: the value now and the limit it should keep; words where there is no number."""
    metric = alarm.params.get("metric")
    if alarm.type in gpu_words.COUNTED:
        return gpu_words.counted(alarm)
    if alarm.type == AlarmType.GPU_TOOL_HUNG:
        return duration(present_value(alarm, mirror) or 0.0)
    if alarm.type in condition_words.SENTENCES:
        return condition_words.figure(alarm, present_value(alarm, mirror))
    if isinstance(metric, str) and metric != "state":
        return _measured(alarm, metric, present_value(alarm, mirror))
    return _unmeasured(alarm)


def _measured(alarm: Alarm, metric: str, value: float | None) -> str:
    text, limit = quantity(metric, value), _figure(alarm.params, "limit")
    if limit is None:
        return text
    least = "≥" if limit else ">"  # a fan may not stand still: its limit is 0 and it has to be above
    sign = least if low_is_bad(alarm) else "≤"
    bare = quantity(metric, limit, short=True).partition(NARROW + _unit_of(metric))[0]
    return f"{text} ({sign}{NARROW}{bare})"


def _unit_of(metric: str) -> str:
    return quantity(metric, 1.0).rpartition(NARROW)[2]


def low_is_bad(alarm: Alarm) -> bool:
    """Whether the value should stay above its limit."""
    if alarm.type == AlarmType.GPU_STRAGGLER:
        return alarm.qualifier != "heat"
    return alarm.type in _LOW_IS_BAD or "margin" in str(alarm.params.get("metric", ""))


def _unmeasured(alarm: Alarm) -> str:
    kind, params = alarm.type, alarm.params
    if kind == AlarmType.GPU_MISSING and _figure(params, "found") is not None:
        return f"{_word(params, 'found')}{NARROW}GPU ({_word(params, 'expected')})"
    if kind == AlarmType.COLLECTOR_LATE and _figure(params, "behind_seconds") is not None:
        return translate("alarm", "{duration} behind").format(duration=duration(_figure(params, "behind_seconds") or 0.0))
    if kind in (AlarmType.XID, AlarmType.STATE_BAD):
        return f"Xid {_word(params, 'xid')}" if kind == AlarmType.XID else _word(params, "text")
    if kind == AlarmType.CREDENTIAL_MISSING:
        return _secret_now(_word(params, "reason"))
    return _states_now().get(kind, "")


def _secret_now(reason: str) -> str:
    """What is missing, or wrong, in two words."""
    return {
        "passphrase-missing": translate("alarm", "no passphrase"),
        "passphrase-wrong": translate("alarm", "wrong passphrase"),
        "key-file-missing": translate("alarm", "no key file"),
        "key-unreadable": translate("alarm", "unreadable key"),
    }.get(reason, translate("alarm", "no secret"))


def _states_now() -> Mapping[str, str]:
    return {
        AlarmType.UNREACHABLE: translate("alarm", "no answer"),
        AlarmType.SOURCE_SILENT: translate("alarm", "no answer"),
        AlarmType.COLLECTOR_DEAD: translate("alarm", "silent"),
        AlarmType.AUTH_FAILED: translate("alarm", "refused"),
        AlarmType.BAD_REPLY: translate("alarm", "unreadable"),
        AlarmType.HOST_KEY_CHANGED: translate("alarm", "stopped"),
        AlarmType.PORT_DOWN: translate("alarm", "down"),
        AlarmType.GPU_LOST: translate("alarm", "lost"),
        AlarmType.STORE_FAILED: translate("alarm", "not stored"),
    }


def direction(alarm: Alarm, mirror: Mirror) -> int:
    """RISING, FALLING or STEADY: the value now against five minutes ago."""
    metric, limit = alarm.params.get("metric"), _figure(alarm.params, "limit")
    if not alarm.device or not isinstance(metric, str) or limit is None:
        return STEADY
    times, values = mirror.series.curve(alarm.device, alarm.component, metric)
    if len(times) < 2:
        return STEADY
    before = values[max(int(times.searchsorted(times[-1] - _TREND_SECONDS)), 0)]
    change = float(values[-1] - before)
    if not abs(change) > _TREND_SHARE * max(abs(limit), 1.0):
        return STEADY
    return RISING if change > 0 else FALLING


def state(alarm: Alarm, *, sending: bool | Action = False, now: float | None = None, zone: str = "UTC") -> str:
    """The words of the state cell: `New`, `Lan · crew 14:40`, `worse again`, `40 min left`, `acknowledging…`.

    With `now` ends are told, in this zone.
    """
    if sending:
        return words.sending(sending if isinstance(sending, Action) else Action.ACKNOWLEDGE)
    if alarm.worse_again and alarm.is_open:
        who = clean(alarm.owner or alarm.state_by, 40)
        return translate("alarm", "worse again · {who}").format(who=who) if who else translate("alarm", "worse again")
    if alarm.is_quiet and alarm.is_open:
        return _quiet(alarm, now)
    if alarm.state is OperatorState.NONE:
        return _untaken(alarm)
    parts = [clean(part, 80) for part in (alarm.owner or alarm.state_by, alarm.note) if part]
    if alarm.state_until is not None and now is not None:
        parts.append(translate("alarm", "until {time}").format(time=words.moment(alarm.state_until, zone, now)))
    return " · ".join(parts)


def _untaken(alarm: Alarm) -> str:
    """Nobody has acknowledged it: new, with who is to do it; a symptom is nobody's, since its cause is someone's."""
    if not alarm.is_open:
        return clean(alarm.owner, 40)
    if alarm.symptom_of is not None:
        return clean(alarm.owner, 40)
    new = translate("alarm", "held") if is_held(alarm) else translate("alarm", "New")
    return f"{new} · {clean(alarm.owner, 40)}" if alarm.owner else new


def _quiet(alarm: Alarm, now: float | None) -> str:
    if alarm.shelved_until is None:
        return translate("alarm", "in maintenance")
    if now is None:
        left = translate("alarm", "shelved by {who}").format(who=clean(alarm.shelved_by, 40))
    else:
        left = translate("alarm", "{duration} left").format(duration=duration(alarm.shelved_until - now))
    return left


def why_quiet(alarm: Alarm, mirror: Mirror) -> str:
    """Why it calls nobody, in the words of who said so: of the shelf, or of the maintenance window; empty for others."""
    if alarm.shelved_until is not None:
        return ", ".join(clean(part, 120) for part in (alarm.shelf_reason, alarm.shelved_by) if part)
    window = next((w for w in mirror.maintenance if w.id == alarm.maintenance), None) if alarm.maintenance else None
    return ", ".join(clean(part, 120) for part in (window.title, window.reason) if part) if window is not None else ""


def accessible(alarm: Alarm, since: str, symptoms: int = 0) -> str:
    """`critical, not acknowledged, crac-1 fan, Fan stopped, cause of 61, since 13:52`."""
    parts = [severity(alarm.severity), hands(alarm), " ".join(where(alarm)).strip(), what(alarm)]
    if symptoms:
        parts.append(translate("alarm", "cause of {count} others").format(count=symptoms))
    parts.append(cause_words.why(alarm))
    return ", ".join([*filter(None, parts), translate("alarm", "since {time}").format(time=since)])


def hands(alarm: Alarm) -> str:
    """`not acknowledged`, `acknowledged by Lan`, `symptom`, `shelved by Lan`, `in maintenance`, `cleared`."""
    if not alarm.is_open:
        return translate("alarm", "cleared")
    if alarm.shelved_until is not None:
        return translate("alarm", "shelved by {who}").format(who=clean(alarm.shelved_by, 40))
    if alarm.maintenance:
        return translate("alarm", "in maintenance")
    if alarm.symptom_of is not None:
        return translate("alarm", "symptom")
    if alarm.needs_someone:
        return translate("alarm", "not acknowledged")
    return translate("alarm", "acknowledged by {who}").format(who=clean(alarm.state_by, 40))


# ---------------------------------------------------------------- one sentence for each type
def _figure(params: Mapping[str, Param], name: str) -> float | None:
    value = params.get(name)
    return float(value) if isinstance(value, int | float) else None


def _word(params: Mapping[str, Param], name: str, most: int = 60) -> str:
    value = params.get(name)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return "" if value is None else clean(str(value), most)


def _because(sentence: str, alarm: Alarm) -> str:
    reason = error(_word(alarm.params, "reason"))
    return f"{sentence}: {reason}" if reason and reason != sentence else sentence


def _unreachable(alarm: Alarm) -> str:
    if alarm.qualifier:
        text = translate("alarm", "No answer over {protocol}; the device answers otherwise")
        return text.format(protocol=clean(alarm.qualifier, 20).upper())
    return _because(translate("alarm", "Unreachable"), alarm)


def _auth_failed(alarm: Alarm) -> str:
    text = translate("alarm", "{protocol} refuses our credential")
    return _because(text.format(protocol=clean(alarm.qualifier, 20).upper()), alarm)


def _bad_reply(alarm: Alarm) -> str:
    text = translate("alarm", "{protocol} answers what cannot be read")
    return _because(text.format(protocol=clean(alarm.qualifier, 20).upper()), alarm)


def _host_key(alarm: Alarm) -> str:
    if alarm.params.get("reason") == "host-key-unknown":
        return translate("alarm", "SSH host key is not trusted yet. Polling waits")
    return translate("alarm", "SSH host key changed. Polling is stopped")


def _credential(alarm: Alarm) -> str:
    return _because(translate("alarm", "Not polled"), alarm)


def _source_silent(alarm: Alarm) -> str:
    source = _word(alarm.params, "source") or clean(alarm.qualifier, 30)
    if alarm.params.get("reason") == "no-permission":
        return translate("alarm", "{source} may not be read: what it would tell is not seen").format(source=source)
    return translate("alarm", "{source} gives no answer; the device does").format(source=source)


def _port_down(alarm: Alarm) -> str:
    neighbour = " ".join(filter(None, (_word(alarm.params, "neighbour"), _word(alarm.params, "neighbour_port"))))
    if not neighbour:
        return translate("alarm", "Port is down")
    return translate("alarm", "Port is down. Link to {neighbour}").format(neighbour=neighbour)


def _state_bad(alarm: Alarm) -> str:
    return translate("alarm", "Says of itself: {word}").format(word=_word(alarm.params, "text") or translate("alarm", "not well"))


def _xid(alarm: Alarm) -> str:
    kind = "SXid" if alarm.params.get("sxid") else "Xid"
    number = _word(alarm.params, "xid") or clean(alarm.qualifier, 10)
    known = meaning(int(number)) if kind == "Xid" and number.isdigit() else ""
    text = known or _word(alarm.params, "text", 100).rstrip(". ") or translate("alarm", "Driver reports an error")
    return f"{text} ({kind} {number})"


def _gpu_lost(_: Alarm) -> str:
    return translate("alarm", "GPU fell off the bus")


def _gpu_missing(alarm: Alarm) -> str:
    serial = _word(alarm.params, "serial")
    text = translate("alarm", "GPU is missing")
    return f"{text} (SN {serial})" if serial else text


def _collector_late(_: Alarm) -> str:
    return translate("alarm", "Collector polls too late")


def _collector_dead(_: Alarm) -> str:
    return translate("alarm", "Collector is silent. Its devices are not watched")


def _flapping(_: Alarm) -> str:
    return translate("alarm", "Port goes down and up again and again")


def _link_differs(alarm: Alarm) -> str:
    planned = " ".join(filter(None, (_word(alarm.params, "neighbour"), _word(alarm.params, "neighbour_port"))))
    said = {
        "missing": translate("alarm", "Not cabled as planned: {planned} is not seen here"),
        "unplanned": translate("alarm", "A link that is not in the plan: to {planned}"),
        "contradictory": translate("alarm", "Not cabled as planned: {found} is here in place of {planned}"),
    }.get(_word(alarm.params, "plan"), translate("alarm", "Not cabled as planned"))
    return said.format(planned=planned, found=_word(alarm.params, "found"))


def _power_lost(alarm: Alarm) -> str:
    return translate("alarm", "No power: {place}").format(place=alarm.component)


def _site_unreachable(alarm: Alarm) -> str:
    return translate("alarm", "Nothing at {site} answers").format(site=alarm.component)


def _store(alarm: Alarm) -> str:
    code = _word(alarm.params, "error") or alarm.qualifier
    return translate("alarm", "Not stored: {why}").format(why=error(code))


def _traps_off(alarm: Alarm) -> str:
    code = _word(alarm.params, "error")
    why = {
        "port-in-use": translate("alarm", "another program has the port"),
        "no-permission": translate("alarm", "this account may not open the port"),
        "no-address": translate("alarm", "the address is not of this machine"),
        "engine-not-kept": translate("alarm", "the data folder cannot be written"),
    }.get(code, code)
    port = _word(alarm.params, "port")
    return translate("alarm", "No traps are received on port {port}: {why}").format(port=port, why=why)


def _trap(alarm: Alarm) -> str:
    return translate("alarm", "The device reports {trap}").format(trap=clean(alarm.qualifier, 80))


_SENTENCES: Mapping[AlarmType, Callable[[Alarm], str]] = {
    AlarmType.UNREACHABLE: _unreachable,
    AlarmType.AUTH_FAILED: _auth_failed,
    AlarmType.BAD_REPLY: _bad_reply,
    AlarmType.HOST_KEY_CHANGED: _host_key,
    AlarmType.CREDENTIAL_MISSING: _credential,
    AlarmType.SOURCE_SILENT: _source_silent,
    AlarmType.PORT_DOWN: _port_down,
    AlarmType.STATE_BAD: _state_bad,
    AlarmType.XID: _xid,
    AlarmType.GPU_LOST: _gpu_lost,
    AlarmType.GPU_MISSING: _gpu_missing,
    AlarmType.FLAPPING: _flapping,
    AlarmType.LINK_DIFFERS: _link_differs,
    AlarmType.POWER_LOST: _power_lost,
    AlarmType.SITE_UNREACHABLE: _site_unreachable,
    **sensor_words.SENTENCES,
    **gpu_words.SENTENCES,
    **condition_words.SENTENCES,
    AlarmType.COLLECTOR_LATE: _collector_late,
    AlarmType.COLLECTOR_DEAD: _collector_dead,
    AlarmType.STORE_FAILED: _store,
    AlarmType.TRAPS_OFF: _traps_off,
    AlarmType.TRAP: _trap,
}


@cache
def type_names() -> tuple[str, ...]:
    """All types of alarms, for the filter's `type:`."""
    return tuple(str(kind) for kind in AlarmType)
