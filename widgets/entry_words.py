"""What was noted of an alarm, as one line: who did what, from what to what, and what was said."""

from collections.abc import Mapping

from noc_console.model.alarm import ByItself, Entry, EntryKind
from noc_console.text import clean
from widgets import cause_words, words
from widgets.words import translate


def told(entry: Entry) -> str:
    """`Lan acknowledged: crew on site`, `severity changed: minor → major`, `Lan gave it to 김민준`."""
    verb = _verb(entry)
    if entry.kind is EntryKind.FOLDED:
        return f"{verb}: {cause_words.why_of(entry.text)}" if entry.text else verb
    if not entry.who:
        why = _by_itself().get(entry.text, clean(entry.text, 300))
        return f"{verb}: {why}" if why else verb
    text = f"{clean(entry.who, 40)} {verb}"
    return f"{text}: {clean(entry.text, 300)}" if entry.text else text


def _by_itself() -> Mapping[str, str]:
    return {
        ByItself.WORSE: translate("words", "it got worse"),
        ByItself.TIME: translate("words", "its time is over"),
        ByItself.CLEARED: translate("words", "it has cleared"),
        ByItself.ALONG: translate("words", "along with its cause"),
    }


def _verb(entry: Entry) -> str:
    was, now = clean(entry.was, 40), clean(entry.now, 40)
    if entry.kind is EntryKind.SEVERITY:
        return f"{words.action(str(entry.kind))}: {was} → {now}"
    if entry.undoes is not None:
        return translate("words", "undid: {what}").format(what=words.action(str(entry.kind)))
    if entry.kind is EntryKind.ASSIGNED:
        if entry.now and entry.now == entry.who:
            return translate("words", "took it")
        return translate("words", "gave it to {who}").format(who=now) if now else translate("words", "gave it to nobody")
    if entry.kind is EntryKind.REGROUPED:
        text = translate("words", "put it under #{number}") if now else translate("words", "pulled it out of its cause")
        return text.format(number=now)
    if entry.kind is EntryKind.FOLDED:
        text = translate("words", "symptom of #{number}") if now else translate("words", "a cause of its own")
        return text.format(number=now)
    if entry.kind is EntryKind.MAINTENANCE:
        return translate("words", "maintenance began") if now else translate("words", "maintenance ended")
    return words.action(str(entry.kind))
