"""Collectors that are late or dead: a screen that stays green because nobody asks would lie."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.conditions import CollectorRules
from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Param
from noc_console.model.changes import CollectorState
from noc_console.model.poll import CollectorBeat
from noc_console.model.severity import Severity
from noc_console.monitor.gathered import Gathered


@dataclass(slots=True)
class _Watched:
    """Of one collector. `heard` is when its last beat came."""

    beat: CollectorBeat
    heard: float
    alive: bool = True
    behind: int = 0
    behind_since: float = 0.0
    fine: int = 0


class CollectorsWatch:
    """All collectors that gave a sign of life. Used from the monitor's thread."""

    def __init__(self, rules: CollectorRules, book: Book, gathered: Gathered) -> None:
        self._rules = rules
        self._book = book
        self._gathered = gathered
        self._watched: dict[str, _Watched] = {}

    def beat(self, beat: CollectorBeat, now: float) -> None:
        """A sign of life."""
        watched = self._watched.get(beat.collector)
        if watched is None:
            watched = self._watched[beat.collector] = _Watched(beat, now)
        watched.beat, watched.heard, watched.alive = beat, now, True
        self._book.clear(_dead(beat.collector), now)
        self._judge_lateness(watched, now)
        self._judge_port(beat, now)
        self._gathered.collectors[beat.collector] = _state(watched)

    def _judge_lateness(self, watched: _Watched, now: float) -> None:
        behind, rules, name = watched.beat.behind_seconds, self._rules, watched.beat.collector
        watched.fine = watched.fine + 1 if behind <= rules.fine_behind else 0
        if behind >= rules.late_behind:
            if not watched.behind:
                watched.behind_since = now
            watched.behind += 1
        elif watched.fine:
            watched.behind = 0
        who = Identity(None, name, AlarmType.COLLECTOR_LATE)
        if watched.behind >= rules.hold.readings and now - watched.behind_since >= rules.hold.seconds:
            params: dict[str, Param] = {"collector": name, "behind_seconds": behind, "late": watched.beat.late}
            self._book.raise_alarm(who, Severity.MAJOR, now, params)
        elif watched.fine >= rules.hold.readings:
            self._book.clear(who, now)

    def _judge_port(self, beat: CollectorBeat, now: float) -> None:
        """Traps that cannot be received are only slower news: a warning."""
        if beat.traps is None:
            return
        who = Identity(None, beat.collector, AlarmType.TRAPS_OFF)
        if beat.traps.error:
            params: dict[str, Param] = {"error": beat.traps.error, "port": beat.traps.port}
            self._book.raise_alarm(who, Severity.WARNING, now, params)
        else:
            self._book.clear(who, now)

    def advance(self, now: float) -> None:
        """Find those that have gone quiet."""
        for name, watched in self._watched.items():
            quiet_since = watched.heard + self._rules.dead_after
            if watched.alive and now > quiet_since:
                watched.alive = False
                params: Mapping[str, Param] = {"collector": name, "last_beat": watched.heard}
                self._book.raise_alarm(_dead(name), Severity.CRITICAL, now, params)
                self._gathered.collectors[name] = _state(watched)

    def forget(self, name: str) -> None:
        """A person closed its alarm: one that is still quiet is found dead again."""
        if name in self._watched:
            self._watched[name].alive = True

    def next_wake(self) -> float | None:
        """When one would be found dead."""
        return min((w.heard + self._rules.dead_after for w in self._watched.values() if w.alive), default=None)

    def states(self) -> tuple[CollectorState, ...]:
        """All that were heard of."""
        return tuple(_state(watched) for watched in self._watched.values())

    def names(self) -> Iterable[str]:
        """Names of those that were heard of."""
        return self._watched.keys()


def _dead(name: str) -> Identity:
    return Identity(None, name, AlarmType.COLLECTOR_DEAD)


def _state(watched: _Watched) -> CollectorState:
    beat = watched.beat
    return CollectorState(
        collector=beat.collector,
        alive=watched.alive,
        last_beat=watched.heard,
        devices=beat.devices,
        polls=beat.polls,
        due=beat.due,
        failed=beat.failed,
        late=beat.late,
        behind_seconds=beat.behind_seconds,
        traps=beat.traps,
    )
