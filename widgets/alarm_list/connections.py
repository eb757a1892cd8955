"""How the chosen alarm hangs together with others, in sentences for the preview: its cause, its symptoms, what looks alike."""

from collections import Counter

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.text import clean
from widgets import alarm_words, cause_words, words
from widgets.models.causes import Causes
from widgets.words import translate

MOST_REASONS = 2


def sentences(alarm: Alarm, mirror: Mirror, causes: Causes) -> list[str]:
    """Of a symptom why it stands there and under what; of a cause how many stand under it and why; nothing of others."""
    cause = mirror.alarms.get(causes.of(alarm.id)) if alarm.symptom_of is not None else None
    if cause is not None and cause.id != alarm.id:
        return [_of_symptom(alarm, cause)]
    made = []
    members = causes.members(alarm.id)
    if members:
        made.append(_of_cause(members))
    if cause_words.is_inferred(alarm):
        made.append(translate("alarms", "Inferred: nobody monitors it, but all that hangs on it is silent"))
    alike = cause_words.alike(alarm, mirror)
    if alike:
        text = translate("alarms", "It looks alike: {where} dead, {link} down")
        made.append(text.format(where=alarm_words.where(alarm)[0], link=alike))
    return made


def _of_symptom(alarm: Alarm, cause: Alarm) -> str:
    where = clean(" ".join(alarm_words.where(cause)).strip(), 80)
    why = cause_words.why(alarm)
    text = translate("alarms", "Its cause: {where}, {what} (#{number})")
    said = text.format(where=where, what=alarm_words.what(cause), number=cause.id)
    return f"{said}: {why}" if why else said


def _of_cause(members: list[Alarm]) -> str:
    severities = Counter(alarm.severity for alarm in members)
    figures = ", ".join(f"{severities[s]} {words.severity(s)}" for s in sorted(severities, reverse=True))
    reasons = Counter(why for alarm in members if (why := cause_words.why(alarm)))
    most = ", ".join(f"{why} ({count})" for why, count in reasons.most_common(MOST_REASONS))
    text = translate("alarms", "{count} symptoms: {figures}").format(count=len(members), figures=figures)
    return f"{text}; {most}" if most else text
