"""Who answers: misses of each source, the quick re-asks after one, and the alarms of what does not answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.types import AlarmType
from noc_console.model.alarm import Param
from noc_console.model.changes import DeviceState, SourceState, StateChange
from noc_console.model.poll import ErrorKind, PollError, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.gathered import Gathered

MISSES = 3
"""Misses in a row until something does not answer."""

RE_ASK_AFTER = (1.0, 3.0)
"""Seconds after a first miss at which it is asked again (as Nagios and Icinga do with soft states)."""

TOLD_EVERY = 15.0
"""Seconds after which the times of answers are told even though nothing changed."""

FORBIDDEN = "not allowed"
"""Words of an `incomplete` with which a collector says that a server does not let it read something."""

KERNEL = ":kernel"
"""Ending of the sources of kernel logs, which are read for what they tell of GPUs: without GPUs nobody misses them."""

_AT_ONCE = frozenset({ErrorKind.HOST_KEY_CHANGED, ErrorKind.CREDENTIAL_MISSING})
TYPES = tuple(str(t) for t in (
    AlarmType.UNREACHABLE, AlarmType.AUTH_FAILED, AlarmType.BAD_REPLY, AlarmType.HOST_KEY_CHANGED, AlarmType.CREDENTIAL_MISSING,
))  # fmt: skip


@dataclass(slots=True)
class _Source:
    """Of one source of a device."""

    interval: float = 0.0
    last_answer: float | None = None
    last_poll: float | None = None
    duration: float | None = None
    misses: int = 0
    missing_since: float = 0.0
    error: PollError | None = None
    unread: int = 0
    """Answers in a row that told only what could not be read."""
    unread_since: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether it is sure that it does not answer as it should."""
        return self.error is not None and (self.misses >= MISSES or self.error.kind in _AT_ONCE)

    def state(self, name: str) -> SourceState:
        """As the window has it."""
        error = self.error
        return SourceState(
            source=name,
            interval=self.interval,
            last_answer=self.last_answer,
            last_poll=self.last_poll,
            duration=self.duration,
            misses=self.misses,
            error=str(error.kind) if error else "",
            reason=error.reason if error else "",
            detail=error.detail if error else "",
        )


@dataclass(slots=True)
class _Reach:
    """Of one device."""

    sources: dict[str, _Source] = field(default_factory=dict)
    reachable: bool | None = None
    suspect: bool = False
    since: float | None = None
    told: float = float("-inf")

    def regular(self) -> dict[str, _Source]:
        """The sources that tell whether it answers; the slower ones do not."""
        return {name: source for name, source in self.sources.items() if ":" not in name}


class Reachability:
    """Reachability of all devices. Used from the monitor's thread.

    Attributes
    ----------
    suspects : devices that missed a poll and are not known to be unreachable.
    """

    def __init__(
        self, book: Book, gathered: Gathered, later: Callable[[float, str, str], None], has_gpus: Callable[[str], bool]
    ) -> None:
        """`later` asks for a re-ask of (device, source) at a time; `has_gpus` tells whether a device is known to have any."""
        self._has_gpus = has_gpus
        self._book = book
        self._gathered = gathered
        self._later = later
        self._devices: dict[str, _Reach] = {}
        self.suspects: set[str] = set()
        self._restored: dict[str, str] = {}

    def restore(self, states: Iterable[StateChange]) -> None:
        """What was known last; the first answers confirm or change it."""
        self._restored = {s.device: s.now for s in states if s.kind == "reachable"}

    def is_reachable(self, device: str) -> bool | None:
        """Whether it answers; None before it was asked."""
        reach = self._devices.get(device)
        return reach.reachable if reach else None

    def answered_at(self, device: str) -> float | None:
        """When it answered last on any protocol; None if it never did."""
        reach = self._devices.get(device)
        times = [s.last_answer for s in reach.sources.values() if s.last_answer is not None] if reach else []
        return max(times, default=None)

    def polled_at(self, device: str, source: str = "") -> float | None:
        """When it was asked last: this source, or any of its regular ones."""
        reach = self._devices.get(device)
        sources = reach.sources.items() if reach else ()
        times = [
            s.last_poll for name, s in sources if (name == source if source else ":" not in name) and s.last_poll is not None
        ]
        return max(times, default=None)

    def interval(self, device: str, source: str = "") -> float:
        """Seconds between two polls of a source, or of its slowest regular one; 0 before it was asked."""
        reach = self._devices.get(device)
        if source and reach is not None and source in reach.sources:
            return reach.sources[source].interval
        return max((s.interval for name, s in reach.sources.items() if ":" not in name), default=0.0) if reach else 0.0

    def states(self) -> tuple[DeviceState, ...]:
        """All devices that were asked."""
        return tuple(self._state(name, reach) for name, reach in self._devices.items())

    def sources(self, device: str) -> tuple[str, ...]:
        """The sources of a device that were heard of, the slower ones among them."""
        reach = self._devices.get(device)
        return tuple(reach.sources) if reach else ()

    def heard(self, result: PollResult) -> None:
        """Take note of an answer or a miss."""
        reach = self._devices.get(result.device)
        if reach is None:
            reach = self._devices[result.device] = _Reach()
        source = reach.sources.get(result.source)
        if source is None:
            source = reach.sources[result.source] = _Source()
        source.interval, source.last_poll = result.interval, result.finished
        source.duration = result.finished - result.started
        if result.error is None:
            changed = self._answered(source, result)
        else:
            self._missed(source, result)
            changed = True
        if changed or reach.reachable is None:
            self._judge(result, reach)
        elif result.finished - reach.told >= TOLD_EVERY:
            self._tell(result.device, reach, result.finished)
        if ":" in result.source:
            self._slow_alarm(result, source, reach)

    @staticmethod
    def _answered(source: _Source, result: PollResult) -> bool:
        first = source.last_answer is None
        changed = source.misses > 0 or first
        source.last_answer = result.finished
        source.misses, source.error = 0, None
        return changed

    def _missed(self, source: _Source, result: PollResult) -> None:
        source.misses += 1
        source.error = result.error
        if source.misses == 1:
            source.missing_since = result.finished
            if ":" not in result.source and not source.failed:
                for seconds in RE_ASK_AFTER:
                    self._later(result.finished + seconds, result.device, result.source)

    def still_missing(self, device: str, source: str) -> bool:
        """Whether a re-ask is still needed."""
        reach = self._devices.get(device)
        track = reach.sources.get(source) if reach else None
        return track is not None and 0 < track.misses < MISSES

    def _judge(self, result: PollResult, reach: _Reach) -> None:
        at = result.finished
        regular = reach.regular()
        if regular:
            was = reach.reachable
            reach.reachable = self._reachable(regular, was)
            reach.suspect = any(source.misses and not source.failed for source in regular.values())
            (self.suspects.add if reach.suspect else self.suspects.discard)(result.device)
            if was is not reach.reachable:
                reach.since = at
                self._note(result.device, reach.reachable, at)
            self._alarms(result.device, regular, at)
        self._tell(result.device, reach, at)

    @staticmethod
    def _reachable(regular: Mapping[str, _Source], was: bool | None) -> bool | None:
        if any(source.last_answer is not None and not source.failed for source in regular.values()):
            return True
        return False if all(source.failed for source in regular.values()) else was

    def _note(self, device: str, reachable: bool | None, at: float) -> None:
        word = {True: "1", False: "0", None: ""}[reachable]
        before = self._restored.get(device, "")
        if before != word:
            self._restored[device] = word
            change = StateChange(time=at, device=device, component="", kind="reachable", name="", was=before, now=word)
            self._gathered.states.append(change)

    def _alarms(self, device: str, regular: Mapping[str, _Source], at: float) -> None:
        """Raise what fails for sure; clear what answers again. A suspect changes nothing."""
        failed = {name: source for name, source in regular.items() if source.failed}
        wanted = self._wanted(device, regular, failed)
        for who, (severity, source) in wanted.items():
            self._book.raise_alarm(who, severity, at, _params(who.qualifier, source))
        for alarm in self._book.open_of(device, *TYPES):
            who = Identity(*alarm.identity)
            if who not in wanted and self._refuted(who, regular):
                self._book.clear(who, at)

    def stands_again(self, device: str, at: float) -> None:
        """An alarm of a device that does not answer stands again, since its closing was undone: it ends if it answered since.

        While all is well nothing is judged, so no later answer would end it.
        """
        reach = self._devices.get(device)
        if reach is not None:
            self._alarms(device, reach.regular(), at)

    @staticmethod
    def _wanted(
        device: str, regular: Mapping[str, _Source], failed: Mapping[str, _Source]
    ) -> dict[Identity, tuple[Severity, _Source]]:
        silent = {n: s for n, s in failed.items() if s.error is not None and s.error.kind is ErrorKind.UNREACHABLE}
        wanted: dict[Identity, tuple[Severity, _Source]] = {}
        if silent and len(silent) == len(regular):
            last = max(silent.values(), key=lambda s: s.last_answer or 0.0)
            wanted[Identity(device, "", AlarmType.UNREACHABLE)] = (Severity.CRITICAL, last)
            return wanted
        for name, source in failed.items():
            if name in silent:
                wanted[Identity(device, "", AlarmType.UNREACHABLE, name)] = (Severity.MINOR, source)
            elif source.error is not None:
                wanted[Identity(device, "", AlarmType(source.error.kind), name)] = (Severity.MAJOR, source)
        return wanted

    @staticmethod
    def _refuted(who: Identity, regular: Mapping[str, _Source]) -> bool:
        """Whether what is known now speaks against an alarm: an answer, or a sure failure of another kind."""
        if not who.qualifier:
            return any(s.failed or (not s.misses and s.last_answer is not None) for s in regular.values())
        source = regular.get(who.qualifier)
        return source is not None and (source.failed or (not source.misses and source.last_answer is not None))

    def _slow_alarm(self, result: PollResult, source: _Source, reach: _Reach) -> None:
        """A slower source that fails while its protocol answers, or that answers and may read nothing of what it is for."""
        who = Identity(result.device, "", AlarmType.SOURCE_SILENT, result.source)
        self._count_unread(result, source)
        if source.unread >= MISSES and (not result.source.endswith(KERNEL) or self._has_gpus(result.device)):
            # Nothing that anyone is to be called for: it is how the server is set up. But a log that nobody reads is no calm one.
            params = {**_params(result.protocol, source), "source": result.source, **_why_unread(result, source)}
            self._book.raise_alarm(who, Severity.WARNING, result.finished, params)
        elif not source.misses and not source.unread:
            self._book.clear(who, result.finished)
        elif source.misses >= MISSES and self._answers(reach.sources.get(result.protocol)):
            params = {**_params(result.protocol, source), "source": result.source}
            self._book.raise_alarm(who, Severity.MINOR, result.finished, params)

    @staticmethod
    def _count_unread(result: PollResult, source: _Source) -> None:
        tells_nothing = result.error is None and result.incomplete and not _tells(result)
        if tells_nothing and not source.unread:
            source.unread_since = result.finished
        source.unread = source.unread + 1 if tells_nothing else 0

    @staticmethod
    def _answers(regular: _Source | None) -> bool:
        """Whether the protocol itself is well: where it is not, that is the alarm, and its slower sources are symptoms."""
        return regular is not None and not regular.misses and regular.last_answer is not None

    def _tell(self, device: str, reach: _Reach, at: float) -> None:
        reach.told = at
        self._gathered.devices[device] = self._state(device, reach)

    @staticmethod
    def _state(device: str, reach: _Reach) -> DeviceState:
        return DeviceState(
            device=device,
            reachable=reach.reachable,
            suspect=reach.suspect,
            since=reach.since,
            sources={name: source.state(name) for name, source in reach.sources.items()},
        )


def _params(protocol: str, source: _Source) -> dict[str, Param]:
    error = source.error
    params: dict[str, Param] = {"misses": source.misses, "since": source.missing_since}
    if error is not None:
        params.update(reason=error.reason, detail=error.detail)
    if protocol:
        params["protocol"] = protocol
    if source.last_answer is not None:
        params["last_answer"] = source.last_answer
    return params


def _tells(result: PollResult) -> bool:
    return bool(
        len(result.layout) or result.texts or result.events or result.facts or result.limits or result.neighbours or result.cursor
    )


def _why_unread(result: PollResult, source: _Source) -> dict[str, Param]:
    detail = "; ".join(result.incomplete)
    return {"reason": "no-permission" if FORBIDDEN in detail else "unreadable", "detail": detail, "since": source.unread_since}
