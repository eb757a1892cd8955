"""The sentence that stands where nothing needs anyone: why, and when the last thing was."""

from noc_console.model.alarm import Alarm
from noc_console.model.severity import OperatorState
from noc_console.text import clean
from widgets import alarm_words, words
from widgets.view import ViewContext
from widgets.words import translate


def nothing_here(context: ViewContext) -> str:
    """`Nothing needs you. Last call 11:02 (leaf-09), closed by 김민준`."""
    mirror = context.mirror
    if mirror.time and not mirror.inventory.devices:
        return translate("alarms", "Nothing is watched: the inventory is empty")
    if not mirror.number:
        return translate("alarms", "Nothing has been read yet")
    called = (a for a in mirror.alarms.values() if a.announced and a.severity.calls and a.symptom_of is None)
    last = max(called, key=lambda a: a.raised, default=None)
    if last is None:
        return translate("alarms", "Nothing needs you. No call in the last 24 hours")
    zone = words.home_zone(mirror.inventory, context.selection.site)
    text = translate("alarms", "Nothing needs you. Last call {time} ({where})")
    said = text.format(time=words.moment(last.raised, zone, context.clock()), where=alarm_words.where(last)[0])
    return said + _then(last, zone, context.clock())


def _then(last: Alarm, zone: str, now: float) -> str:
    if last.state is OperatorState.CLOSED and last.state_at is not None:
        text = translate("alarms", ", closed {time} by {who}")
        return text.format(time=words.moment(last.state_at, zone, now), who=clean(last.state_by, 40))
    if last.cleared is not None:
        return translate("alarms", ", cleared {time}").format(time=words.moment(last.cleared, zone, now))
    return ""
