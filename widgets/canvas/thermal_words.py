"""The thermal sentence, from facts. Plain text."""

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from widgets import alarm_words, words
from widgets.canvas.thermal_facts import Findings, Group, Inlet
from widgets.words import NARROW, translate

MOST_NAMED = 3


def sentence(findings: Findings, mirror: Mirror) -> tuple[str, str]:
    """(what is, the figures behind it)."""
    if not findings.inlets and not findings.hot_gpus:
        return translate("thermal", "No inlet temperature is known yet."), ""
    details = [_over(findings), _unknown(findings)]
    if findings.warming:
        return _warms(findings.warming[0], mirror), _joined([_rate(findings.warming[0]), *details, _others(findings)])
    if findings.hot_inlets or findings.hot_gpus:
        return _over(findings), _joined([_span(findings.fresh), _named(findings.hot_inlets), _unknown(findings)])
    return _calm(findings), _joined([translate("thermal", "No GPU is over its limit."), _unknown(findings)])


def worst_alarm(findings: Findings, mirror: Mirror) -> Alarm | None:
    """The alarm whose glyph stands before the sentence: the cooler's of the group that warms, else of the hottest."""
    names = [c for group in findings.warming[:1] for c in group.coolers]
    names += [i.device for i in findings.hot_inlets[:1]] + [g[0] for g in findings.hot_gpus[:1]]
    return next((alarm for name in names if (alarm := mirror.worst(name)) is not None), None)


def group_name(group: Group) -> str:
    """`Row A of hall-1`, `Rack h1-a01`, `gpu-0003`."""
    if group.kind == "row":
        text = translate("thermal", "Row {name} of {room}") if group.room else translate("thermal", "Row {name}")
        return text.format(name=group.name, room=group.room)
    return translate("thermal", "Rack {name}").format(name=group.name) if group.kind == "rack" else group.name


def _warms(group: Group, mirror: Mirror) -> str:
    text = translate("thermal", "{group} warms") if group.kind == "device" else translate("thermal", "{group} warms as one")
    parts = [text.format(group=group_name(group))]
    for cooler in group.coolers[:1]:
        worst = mirror.worst(cooler)
        what = alarm_words.what(worst) if worst else ""
        parts.append(translate("thermal", "Its cooler {cooler}: {what}").format(cooler=cooler, what=what))
    return ". ".join(parts) + "."


def _rate(group: Group) -> str:
    if group.kind == "device":
        return translate("thermal", "Its inlet rises {rate} °C per min.").format(rate=words.number(group.per_minute, 1))
    text = translate("thermal", "{rising} of {all} inlets rise, {rate} °C per min.")
    return text.format(rising=group.rising, all=group.of, rate=words.number(group.per_minute, 1))


def _others(findings: Findings) -> str:
    names = [group_name(group) for group in findings.warming[1 : 1 + MOST_NAMED]]
    return translate("thermal", "Also warming: {names}.").format(names=", ".join(names)) if names else ""


def _over(findings: Findings) -> str:
    inlets, gpus = len(findings.hot_inlets), len(findings.hot_gpus)
    if inlets and gpus:
        return translate("thermal", "{inlets} inlets and {gpus} GPUs are over a limit.").format(inlets=inlets, gpus=gpus)
    if inlets:
        return translate("thermal", "{inlets} of {all} inlets are over a limit.").format(inlets=inlets, all=len(findings.fresh))
    return translate("thermal", "{gpus} GPUs are over a limit.").format(gpus=gpus) if gpus else ""


def _named(inlets: list[Inlet]) -> str:
    shown = [f"{i.device} {words.number(i.value, 1)}{NARROW}°C" for i in inlets[:MOST_NAMED]]
    return translate("thermal", "Warmest: {names}.").format(names=", ".join(shown)) if shown else ""


def _span(inlets: list[Inlet]) -> str:
    if not inlets:
        return ""
    values = [i.value for i in inlets]
    text = translate("thermal", "Inlets between {low} and {high} °C.")
    return text.format(low=words.number(min(values), 1), high=words.number(max(values), 1))


def _calm(findings: Findings) -> str:
    if not findings.fresh:
        return translate("thermal", "No inlet has a fresh value.")
    values = [i.value for i in findings.fresh]
    text = translate("thermal", "All {count} inlets between {low} and {high} °C.")
    return text.format(count=len(values), low=words.number(min(values), 1), high=words.number(max(values), 1))


def _unknown(findings: Findings) -> str:
    count = len(findings.inlets) - len(findings.fresh)
    return translate("thermal", "{count} inlets have no fresh value.").format(count=count) if count and findings.fresh else ""


def _joined(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)
