"""Sentences and figures of the alarms that conditions of users raise: what changes fast, differs, is missing, comes too often."""

from collections.abc import Callable, Mapping

from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets import words
from widgets.words import NARROW, duration, number, quantity, shortest, translate

MOST_OWN = 120


def own_words(alarm: Alarm) -> str:
    """The words of the condition's own file; empty where it has none."""
    return clean(str(alarm.params.get("says") or ""), MOST_OWN)


def figure(alarm: Alarm, value: float | None) -> str:
    """The figure that is judged, with its limit: `+24 °C/h`, `48 °C (36)`, `7 × in 60 min`."""
    metric = str(alarm.params.get("metric") or "")
    if alarm.type == AlarmType.CHANGING_FAST:
        rate = _figure(alarm, "rate")
        return "" if rate is None else _signed(metric, rate) + "/" + _per(alarm)
    if alarm.type == AlarmType.TOO_OFTEN:
        times, window = _figure(alarm, "value"), _figure(alarm, "window")
        return "" if times is None else f"{number(times)}{NARROW}×" + (f" / {duration(window)}" if window is not None else "")
    if alarm.type == AlarmType.ABSENT:
        return translate("alarm", "not given")
    compared = _figure(alarm, "others" if alarm.type == AlarmType.UNLIKE_PEERS else "usual")
    return quantity(metric, value) + (f" ({quantity(metric, compared, short=True)})" if compared is not None else "")


def _signed(metric: str, value: float) -> str:
    text = quantity(metric, value, short=True)
    return f"+{text}" if value > 0 else text


def _figure(alarm: Alarm, name: str) -> float | None:
    found = alarm.params.get(name)
    return float(found) if isinstance(found, int | float) and found == found else None


def _per(alarm: Alarm) -> str:
    return {"second": translate("words", "s"), "minute": translate("words", "min")}.get(
        str(alarm.params.get("per")), translate("words", "h")
    )


def _measured(alarm: Alarm) -> str:
    name = words.metric(clean(str(alarm.params.get("metric") or ""), 60))
    return name[:1].upper() + name[1:] if name else translate("alarm", "Value")


def _changing(alarm: Alarm) -> str:
    rate = _figure(alarm, "rate")
    if rate is not None and rate < 0:
        return translate("alarm", "{what} falls fast").format(what=_measured(alarm))
    return translate("alarm", "{what} rises fast").format(what=_measured(alarm))


def _unlike(alarm: Alarm) -> str:
    return translate("alarm", "{what} differs from its peers").format(what=_measured(alarm))


def _unusual(alarm: Alarm) -> str:
    return translate("alarm", "{what} is not as usual at this hour").format(what=_measured(alarm))


def _absent(alarm: Alarm) -> str:
    source = clean(str(alarm.params.get("source") or "–"), 60)
    if not alarm.component:
        return translate("alarm", "{source} says nothing any more").format(source=source)
    if alarm.params.get("metric"):
        return translate("alarm", "{what} is not given any more ({source})").format(what=_measured(alarm), source=source)
    return translate("alarm", "Not given any more ({source})").format(source=source)


def _often(alarm: Alarm) -> str:
    times = _figure(alarm, "value")
    what = clean(str(alarm.params.get("text") or alarm.params.get("of") or "–"), 60)
    count = shortest(times) if times is not None else "–"
    return translate("alarm", "Too often ({count} ×): {what}").format(count=count, what=what)


SENTENCES: Mapping[AlarmType, Callable[[Alarm], str]] = {
    AlarmType.CHANGING_FAST: _changing,
    AlarmType.UNLIKE_PEERS: _unlike,
    AlarmType.UNUSUAL: _unusual,
    AlarmType.ABSENT: _absent,
    AlarmType.TOO_OFTEN: _often,
}
