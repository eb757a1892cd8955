"""The records and entries of all alarms, found by number and by what they are about; and what of them is to be told on."""

from dataclasses import dataclass, field
from typing import NamedTuple

from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.severity import OperatorState

KEPT_SECONDS = 86_400.0
"""How long an alarm that is cleared stays in memory; the store has it for ever."""

UNSEEN_SECONDS = 3 * 86_400.0
"""How long it does where nobody has said anything of it: over a weekend."""

MOST_ENTRIES = 1000
"""Entries of one alarm in memory beside those that change something: an Xid may repeat for months."""


class Identity(NamedTuple):
    """What an alarm is about: X.733's resource, type and qualifier."""

    device: str | None
    component: str
    type: str
    qualifier: str = ""


@dataclass(slots=True)
class BookNews:
    """What changed since the last look. `own` are the changes that the monitor has to store itself (a person's are stored)."""

    alarms: dict[int, None] = field(default_factory=dict)
    own_alarms: dict[int, None] = field(default_factory=dict)
    own_axes: dict[int, None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    own_entries: list[Entry] = field(default_factory=list)
    announced: bool = False


class Ledger:
    """All alarms in memory. One owner, one thread.

    Attributes
    ----------
    alarms : id → newest record. entries : id → its entries in order of their numbers.
    now : UTC seconds; when a change is noted. Set by the owner before it judges.
    """

    def __init__(self) -> None:
        self.alarms: dict[int, Alarm] = {}
        self.entries: dict[int, list[Entry]] = {}
        self.now = 0.0
        self._newest: dict[Identity, int] = {}
        self._open: dict[str | None, dict[Identity, int]] = {}
        self._last_alarm = 0
        self._last_entry = 0
        self._news = BookNews()

    def standing(self, who: Identity) -> Alarm | None:
        """The open alarm of this identity."""
        found = self._open.get(who.device, {}).get(who)
        return self.alarms[found] if found is not None else None

    def newest(self, device: str | None, component: str, type_: str, qualifier: str = "") -> Alarm | None:
        """The newest alarm of this identity, open or not."""
        found = self._newest.get(Identity(device, component, type_, qualifier))
        return self.alarms[found] if found is not None else None

    def is_open(self, alarm: int) -> bool:
        """Whether this alarm is known and its condition stands."""
        return alarm in self.alarms and self.alarms[alarm].is_open

    def open_of(self, device: str | None, *types: str) -> list[Alarm]:
        """The open alarms of a device, of these types where some are named."""
        return [self.alarms[i] for who, i in self._open.get(device, {}).items() if not types or who.type in types]

    def _change(self, alarm: Alarm) -> None:
        self._put(alarm)
        self._news.alarms[alarm.id] = None
        self._news.own_alarms[alarm.id] = None

    def _put(self, alarm: Alarm) -> None:
        who = Identity(*alarm.identity)
        self.alarms[alarm.id] = alarm
        if alarm.id >= self._newest.get(who, 0):
            self._newest[who] = alarm.id
        standing = self._open.setdefault(who.device, {})
        if alarm.is_open:
            standing[who] = alarm.id
        elif standing.get(who) == alarm.id:
            del standing[who]

    def _write(
        self,
        alarm: Alarm,
        kind: EntryKind,
        at: float,
        *,
        was: str = "",
        now: str = "",
        text: str = "",
        until: float | None = None,
    ) -> Entry:
        entry = Entry(
            id=self.next_entry(), alarm=alarm.id, kind=kind, at=at, noted=self.now, was=was, now=now, text=text, until=until
        )
        self.entries.setdefault(alarm.id, []).append(entry)
        self._news.entries.append(entry)
        self._news.own_entries.append(entry)
        return entry

    def next_entry(self) -> int:
        """A number for an entry, given once."""
        self._last_entry += 1
        return self._last_entry

    def take(self) -> BookNews:
        """What changed since the last call."""
        news, self._news = self._news, BookNews()
        return news

    def forget_old(self, now: float) -> None:
        """Let go of what ended long ago, and of repetitions; the store has it."""
        for alarm in [a for a in self.alarms.values() if not is_kept(a, now)]:
            del self.alarms[alarm.id]
            self.entries.pop(alarm.id, None)
            if self._newest.get(Identity(*alarm.identity)) == alarm.id:
                del self._newest[Identity(*alarm.identity)]
        for number, told in self.entries.items():
            if len(told) > 2 * MOST_ENTRIES:
                late = len(told) - MOST_ENTRIES
                self.entries[number] = [e for i, e in enumerate(told) if i >= late or not _repeats(e)]


def _repeats(entry: Entry) -> bool:
    """Whether it only counts: neither the condition nor a person's word changed by it."""
    return entry.kind is EntryKind.RAISED and entry.was == entry.now


def is_kept(alarm: Alarm, now: float) -> bool:
    """Whether an alarm belongs into memory and snapshots: open, or ended in the last 24 hours, or 72 where nobody has seen it."""
    kept = UNSEEN_SECONDS if alarm.state is OperatorState.NONE else KEPT_SECONDS
    return alarm.cleared is None or now - alarm.cleared < kept
