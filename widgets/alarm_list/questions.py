"""What each action asks in the line under the row, and whether it means anything for an alarm."""

from collections.abc import Mapping
from dataclasses import replace

from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.model.command import Action
from noc_console.model.severity import OperatorState
from noc_console.text import clean
from widgets import alarm_words
from widgets.alarm_list.deed_line import Deed, Question
from widgets.words import translate

MOST_OFFERS = 500
_ASKED = frozenset({Action.ACKNOWLEDGE, Action.COMMENT, Action.SHELVE, Action.ASSIGN, Action.REGROUP})


def means_something(action: Action, alarm: Alarm) -> bool:
    """Whether an action on an alarm changes anything."""
    if action is Action.ACKNOWLEDGE:
        return alarm.is_open and (alarm.state is OperatorState.NONE or alarm.worse_again)
    if action is Action.UNACKNOWLEDGE:
        return alarm.state is OperatorState.ACKNOWLEDGED
    if action is Action.CLOSE:
        return not alarm.is_open and alarm.state is not OperatorState.CLOSED
    if action is Action.SHELVE:
        return alarm.is_open and alarm.state is not OperatorState.CLOSED
    if action is Action.UNSHELVE:
        return alarm.shelved_until is not None
    if action in (Action.ASSIGN, Action.REGROUP):
        return alarm.state is not OperatorState.CLOSED
    return True


def question(action: Action, numbers: tuple[int, ...], mirror: Mirror, who: str) -> Question | None:
    """What is asked before an action is sent; None where nothing is."""
    deed = Deed(action=action, alarms=numbers)
    word = with_count(_word(action), len(numbers)) if action in _ASKED else ""
    if action is Action.ACKNOWLEDGE:
        hint = translate("alarms", "Note (may be empty): who does what until when")
        return Question(deed=deed, word=word, hint=hint, ends=True, open_end=True)
    if action is Action.COMMENT:
        return Question(deed=deed, word=word, hint=translate("alarms", "What the next one should know"), needs_text=True)
    if action is Action.SHELVE:
        hint = translate("alarms", "Why it may be silent until then (needed)")
        return Question(deed=deed, word=word, hint=hint, needs_text=True, ends=True)
    if action is Action.ASSIGN:
        hint = translate("alarms", "To whom; empty = to nobody")
        return Question(deed=deed, word=word, hint=hint, offers=people(mirror, who), take=_given)
    if action is Action.REGROUP:
        return _regroup(deed, word, mirror)
    return None


def _given(deed: Deed, text: str) -> Deed:
    return replace(deed, owner=text)


def _word(action: Action) -> str:
    return {
        Action.ACKNOWLEDGE: translate("alarms", "Acknowledge"),
        Action.COMMENT: translate("alarms", "Comment"),
        Action.SHELVE: translate("alarms", "Shelve"),
        Action.ASSIGN: translate("alarms", "Give to …"),
        Action.REGROUP: translate("alarms", "Regroup"),
    }[action]


def with_count(word: str, count: int) -> str:
    """`Acknowledge 318 alarms`; the word alone for one."""
    return translate("alarms", "{action} {count} alarms").format(action=word, count=count) if count > 1 else word


def people(mirror: Mirror, who: str) -> list[str]:
    """Names that something was given to or that took something, the own one first."""
    known = {name for a in mirror.alarms.values() for name in (a.owner, a.state_by) if name}
    return [who, *sorted(known - {who})]


def _regroup(deed: Deed, word: str, mirror: Mirror) -> Question:
    offers = {
        _label(alarm): alarm.id
        for ids in mirror.open_by_device.values()
        for alarm in (mirror.alarms[i] for i in ids)
        if alarm.symptom_of is None and alarm.id not in deed.alarms
    }

    def take(deed: Deed, text: str) -> Deed | None:
        if not text:
            return deed
        number = offers.get(text) or _numbered(text) or _only(text, offers)
        return replace(deed, under=number) if number in mirror.alarms and number not in deed.alarms else None

    return Question(
        deed=deed,
        word=word,
        hint=translate("alarms", "Under which cause (# or name); empty = pull out, a cause of its own"),
        offers=sorted(offers)[:MOST_OFFERS],
        take=take,
        wrong=translate("alarms", "No such cause"),
    )


def _only(text: str, offers: Mapping[str, int]) -> int:
    """The one offer that has these words; 0 where none or several have."""
    found = [number for label, number in offers.items() if text.casefold() in label.casefold()]
    return found[0] if len(found) == 1 else 0


def _label(alarm: Alarm) -> str:
    return clean(f"{' '.join(alarm_words.where(alarm)).strip()}: {alarm_words.what(alarm)} #{alarm.id}", 160)


def _numbered(text: str) -> int:
    word = text.rpartition("#")[2].strip()
    return int(word) if word.isascii() and word.isdigit() and len(word) < 16 else 0
