"""What the timeline draws: alarms as bars in lanes by device, people's actions as marks. Pure; no Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.severity import OperatorState

PEOPLE = frozenset({EntryKind.ACKNOWLEDGED, EntryKind.UNACKNOWLEDGED, EntryKind.COMMENTED, EntryKind.CLOSED})
"""What only a person does."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An alarm over time. `end` is None while it stands; `loud` are the times in which nobody had it."""

    alarm: Alarm
    start: float
    end: float | None
    loud: tuple[tuple[float, float | None], ...]
    line: int
    """Line within its lane, from 0: bars that overlap stand below each other."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something a person did."""

    time: float
    alarm: Alarm
    entry: Entry


@dataclass(slots=True)
class Lane:
    """The bars of one device, or of one thing that is no device."""

    name: str
    bars: list[Bar] = field(default_factory=list)
    lines: int = 0
    first: int = 0
    """Its first line on the canvas."""


@dataclass(slots=True)
class Timeline:
    """Lanes, the worst first, then by the first raise: what came first stands over what followed.

    `marks` are in order of time. `lines` is how many lines all lanes take.
    """

    lanes: list[Lane] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    lines: int = 0

    def bars(self) -> list[tuple[int, Bar]]:
        """(line on the canvas, bar), lane by lane."""
        return [(lane.first + bar.line, bar) for lane in self.lanes for bar in lane.bars]


def build(
    alarms: Iterable[Alarm], entries: Mapping[int, Sequence[Entry]], start: float, end: float, now: float, words: int = 0
) -> Timeline:
    """The timeline of the alarms that stood between start and end. `words` seconds after a bar are kept free for its words."""
    timeline = Timeline()
    shown = [a for a in alarms if a.raised <= end and (a.cleared is None or a.cleared >= start)]
    by_name: dict[str, list[Alarm]] = {}
    for alarm in sorted(shown, key=lambda a: (-a.severity, a.raised, a.id)):
        by_name.setdefault(_lane_name(alarm), []).append(alarm)
    for name, members in by_name.items():
        lane = _lane(name, members, entries, now, words)
        lane.first = timeline.lines
        timeline.lines += lane.lines
        timeline.lanes.append(lane)
    marks = [Mark(e.at, a, e) for a in shown for e in entries.get(a.id, ()) if e.kind in PEOPLE and start <= e.at <= end]
    timeline.marks = sorted(marks, key=lambda m: (m.time, m.entry.id))
    return timeline


def _lane_name(alarm: Alarm) -> str:
    return alarm.device or alarm.component or alarm.rack or alarm.room or alarm.site or ""


def _lane(name: str, alarms: list[Alarm], entries: Mapping[int, Sequence[Entry]], now: float, words: int) -> Lane:
    lane = Lane(name)
    free_from: list[float] = []
    for alarm in sorted(alarms, key=lambda a: (a.raised, a.id)):
        line = next((n for n, free in enumerate(free_from) if free <= alarm.raised), len(free_from))
        until = (alarm.cleared if alarm.cleared is not None else now) + words
        free_from[line : line + 1] = [until]
        lane.bars.append(Bar(alarm, alarm.raised, alarm.cleared, loud_times(alarm, entries.get(alarm.id, ())), line))
    lane.lines = len(free_from)
    return lane


def loud_times(alarm: Alarm, entries: Sequence[Entry]) -> tuple[tuple[float, float | None], ...]:
    """When nobody had an alarm: from its raise, or from when it was taken back, until somebody did, or it cleared."""
    times: list[tuple[float, float | None]] = []
    since: float | None = alarm.raised
    steps = [e for e in entries if e.kind in (EntryKind.ACKNOWLEDGED, EntryKind.UNACKNOWLEDGED)]
    for entry in sorted(steps, key=lambda e: (e.at, e.id)):
        if entry.kind is EntryKind.ACKNOWLEDGED and since is not None:
            times.append((since, entry.at))
            since = None
        elif entry.kind is EntryKind.UNACKNOWLEDGED and since is None:
            since = entry.at
    if since is not None:
        known = alarm.state_at if alarm.state is not OperatorState.NONE and not steps else None
        times.append((since, known if known is not None else alarm.cleared))
    return tuple(times)


def standing(alarms: Iterable[Alarm], time: float) -> tuple[int, int]:
    """(how many stood at a time, how many of them called)."""
    found = [a for a in alarms if a.raised <= time and (a.cleared is None or a.cleared > time)]
    return len(found), sum(a.severity.calls for a in found)
