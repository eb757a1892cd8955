"""Readings as JSON lines, in and out (formats: Readings): the edge where a value is an object of its own.

Lines of one answer become one `PollResult` with columns. Streaming: a file may be larger than memory.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import TextIOWrapper
from itertools import islice
from math import isfinite, nan
from pathlib import Path
from typing import Any, Protocol, TextIO, runtime_checkable

import numpy as np

from noc_console.model.poll import (
    EMPTY_LAYOUT,
    EMPTY_VALUES,
    ErrorKind,
    Event,
    Facts,
    Key,
    Layout,
    Limits,
    Neighbour,
    PollError,
    PollResult,
    Values,
)
from noc_console.text import clean

SOURCE = "readings"
"""Source of answers that name none."""

USUAL_INTERVAL = 30.0
"""Seconds between answers of a source until the second one tells."""

MOST_LINE = 1_000_000
MOST_TEXT = 2000

TOGETHER = 256
"""Lines that are decoded at once: measured, a third of the time of one after another."""
_NUMBERS = frozenset((int, float))


@runtime_checkable
class LoggedLine(Protocol):
    """What a log's parser tells of a line."""

    def as_event(self, *, seen: float) -> Event:
        """The event, when the line was seen at this time."""


Logged = Event | LoggedLine
ParseLog = Callable[[str], Logged | Iterable[Logged] | None]
"""A parser of kernel log text; collectors have it, the core takes it as an argument."""


class ReadingMistake(ValueError):
    """A line that is no reading; `line` counts from 1."""

    def __init__(self, line: int, says: str) -> None:
        self.line = line
        self.says = says
        super().__init__(f"line {line}: {says}")


@dataclass(slots=True)
class _Answer:
    """The lines of one answer so far."""

    time: float
    device: str
    source: str
    values: dict[Key, float] = field(default_factory=dict)
    texts: dict[Key, str] = field(default_factory=dict)
    facts: dict[str, Mapping[str, str]] | None = None
    limits: dict[str, Mapping[str, Mapping[str, float]]] | None = None
    neighbours: tuple[Neighbour, ...] | None = None
    error: PollError | None = None

    def fits(self, time: float, device: str, source: str) -> bool:
        """Whether a line belongs to it."""
        return self.time == time and self.device == device and self.source == source

    @property
    def is_answer(self) -> bool:
        """Whether the device was asked for values; facts alone say nothing of it."""
        return bool(self.values or self.texts or self.error)


class _Reader:
    """Turns lines into results, one after another."""

    def __init__(self, parse_log: ParseLog | None) -> None:
        self._parse_log = parse_log
        self._answer: _Answer | None = None
        self._line = 0
        self._last_time = -np.inf
        self._polled: dict[tuple[str, str], float] = {}
        self._intervals: dict[tuple[str, str], float] = {}

    def read(self, lines: Iterable[str]) -> Iterator[PollResult]:
        """Results in order of time."""
        coming = iter(lines)
        while several := list(islice(coming, TOGETHER)):
            decoded = _decoded(several)
            # Where one of them is wrong they are read one by one: those before it count, and its number is told.
            for line in decoded if decoded is not None else map(self._parsed, several):
                self._line += 1
                if line is not None and not self._goes_on(line):
                    yield from self._take(line)
        yield from self._finished()

    def _goes_on(self, line: Mapping[str, Any]) -> bool:
        """Take the usual line at once: one more number of the answer that is being read."""
        answer: _Answer | None = self._answer
        time, value = line.get("time"), line.get("value", nan)
        if answer is None or time != answer.time or type(time) not in _NUMBERS or type(value) not in _NUMBERS:
            return False
        component, metric = line.get("component", ""), line.get("metric")
        words = type(component) is str and type(metric) is str
        if not words or not metric or metric == "reachable" or "log" in line or "trap" in line:
            return False
        if line.get("device") != answer.device or line.get("source", SOURCE) != answer.source or not _is_finite(value):
            return False
        answer.values[component, metric] = float(value)
        return True

    def _wrong(self, says: str) -> ReadingMistake:
        return ReadingMistake(self._line, says)

    def _take(self, line: Mapping[str, object]) -> Iterator[PollResult]:
        time, device = self._time(line), line.get("device")
        if not isinstance(device, str) or not device:
            raise self._wrong("device must be a name")
        if "log" in line or "trap" in line:
            yield from self._finished()
            yield from self._event(line, time, device)
            return
        source = line.get("source", SOURCE)
        if not isinstance(source, str) or not source:
            raise self._wrong("source must be a word")
        if self._answer is None or not self._answer.fits(time, device, source):
            yield from self._finished()
            self._answer = _Answer(time, device, source)
        self._add(self._answer, line)

    def _parsed(self, text: str) -> Mapping[str, object] | None:
        """The object of the next line; None of an empty one."""
        number = self._line + 1
        if not text.strip():
            return None
        if len(text) > MOST_LINE:
            raise ReadingMistake(number, f"is longer than {MOST_LINE} characters")
        try:
            line = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ReadingMistake(number, f"is no JSON: {error}") from None
        if not isinstance(line, dict):
            raise ReadingMistake(number, "must be an object")
        return line

    def _time(self, line: Mapping[str, object]) -> float:
        time = line.get("time")
        if isinstance(time, bool) or not isinstance(time, int | float) or not isfinite(time):
            raise self._wrong("time must be a number of seconds")
        if time < self._last_time:
            raise self._wrong(f"time {time} is before that of the line above ({self._last_time}): the lines must be in order")
        self._last_time = float(time)
        return float(time)

    def _add(self, answer: _Answer, line: Mapping[str, object]) -> None:
        if "metric" in line:
            self._add_value(answer, line)
        elif "facts" in line:
            answer.facts = {**(answer.facts or {}), **self._facts(line["facts"])}
        elif "limits" in line:
            answer.limits = {**(answer.limits or {}), **self._limits(line["limits"])}
        elif "neighbours" in line:
            answer.neighbours = (*(answer.neighbours or ()), *self._neighbours(line["neighbours"]))
        else:
            raise self._wrong("has neither metric, facts, limits, neighbours, log nor trap")

    def _add_value(self, answer: _Answer, line: Mapping[str, object]) -> None:
        component, metric, value = line.get("component", ""), line["metric"], line.get("value")
        if not isinstance(component, str) or not isinstance(metric, str) or not metric:
            raise self._wrong("component and metric must be words")
        if metric == "reachable" and component == "" and value == 0:
            answer.error = self._error(line.get("error", "unreachable"))
            return
        key = (component, metric)
        if value is None:
            answer.values[key] = nan
        elif isinstance(value, str):
            answer.texts[key] = clean(value, most=MOST_TEXT)
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            answer.texts[key] = clean(",".join(value), most=MOST_TEXT)
        elif isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value):
            answer.values[key] = float(value)
        else:
            raise self._wrong("value must be a number, a word, a list of words or null")

    def _error(self, word: object) -> PollError:
        try:
            return PollError(kind=ErrorKind(str(word)))
        except ValueError:
            raise self._wrong(f"unknown error {word!r}; known: {', '.join(ErrorKind)}") from None

    def _facts(self, table: object) -> Facts:
        if not isinstance(table, dict) or not all(isinstance(facts, dict) for facts in table.values()):
            raise self._wrong("facts must be an object of components, each an object of facts")
        return {
            component: {name: clean(str(text), most=MOST_TEXT) for name, text in facts.items() if text is not None}
            for component, facts in table.items()
        }

    def _limits(self, table: object) -> Limits:
        try:
            return {
                component: {
                    metric: {level: float(limit) for level, limit in levels.items()} for metric, levels in metrics.items()
                }
                for component, metrics in table.items()  # type: ignore[attr-defined]  # what it is not is told below
            }
        except (AttributeError, TypeError, ValueError):
            raise self._wrong("limits must be component → metric → level → number") from None

    def _neighbours(self, table: object) -> Iterator[Neighbour]:
        if not isinstance(table, list) or not all(isinstance(entry, dict) for entry in table):
            raise self._wrong("neighbours must be a list of objects")
        for entry in table:
            words = [entry.get(name) for name in ("protocol", "local_port", "remote_host", "remote_port")]
            if not all(isinstance(word, str) for word in words):
                raise self._wrong("a neighbour needs protocol, local_port, remote_host and remote_port")
            protocol, local, host, remote = (clean(str(word)) for word in words)
            yield Neighbour(protocol=protocol, local_port=local, remote_host=host, remote_port=remote)

    def _event(self, line: Mapping[str, object], time: float, device: str) -> Iterator[PollResult]:
        """A line of a log, or a trap: no answer, so it says nothing of whether the device can be reached."""
        events: tuple[Event, ...] = ()
        if isinstance(line.get("log"), str):
            events = tuple(_events(self._parse_log, str(line["log"]), time))
        elif isinstance(line.get("trap"), str):
            events = (Event(time=time, kind="trap", text=clean(str(line["trap"]))),)
        else:
            raise self._wrong("log and trap must be text")
        if events:
            numbered = tuple(replace(event, boot="", number=self._line) for event in events[:1])
            more = tuple(replace(event, boot=f"line {self._line}", number=i) for i, event in enumerate(events[1:], start=1))
            yield self._result(_Answer(time, device, f"{SOURCE}:log"), events=(*numbered, *more))

    def _finished(self) -> Iterator[PollResult]:
        answer, self._answer = self._answer, None
        if answer is not None:
            yield self._result(answer)

    def _result(self, answer: _Answer, events: tuple[Event, ...] = ()) -> PollResult:
        source = answer.source if answer.is_answer or events else f"{answer.source}:facts"
        layout, values = EMPTY_LAYOUT, EMPTY_VALUES
        if answer.error is None and answer.values:
            layout, values = Layout.of(answer.values), _frozen(answer.values.values())
        return PollResult(
            device=answer.device,
            source=source,
            due=answer.time,
            started=answer.time,
            finished=answer.time,
            interval=self._interval((answer.device, source), answer.time),
            error=answer.error,
            layout=layout,
            values=values,
            texts=tuple((component, metric, text) for (component, metric), text in answer.texts.items()),
            events=events,
            facts=answer.facts,
            limits=answer.limits,
            neighbours=answer.neighbours,
        )

    def _interval(self, key: tuple[str, str], time: float) -> float:
        """The time between the first two answers of a source; a usual one before that is known."""
        before = self._polled.setdefault(key, time)
        if key not in self._intervals and time > before:
            self._intervals[key] = time - before
        return self._intervals.get(key, USUAL_INTERVAL)


def _decoded(lines: list[str]) -> list[Mapping[str, object]] | None:
    """The objects of lines that are one object each; None where any is not."""
    if max(map(len, lines)) > MOST_LINE or any(line[:1] != "{" for line in lines):
        return None
    try:
        found = json.loads("[" + ",".join(lines) + "]")
    except (ValueError, RecursionError):
        return None
    whole = len(found) == len(lines) and all(type(line) is dict for line in found)
    return found if whole else None


def _is_finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:
        return False


def _frozen(values: Iterable[float]) -> Values:
    array = np.fromiter(values, dtype=np.float64)
    array.setflags(write=False)
    return array


def _events(parse_log: ParseLog | None, text: str, time: float) -> Iterator[Event]:
    found = parse_log(text) if parse_log is not None else None
    if found is None:
        return
    for logged in (found,) if isinstance(found, Event | LoggedLine) else found:
        yield replace(logged, time=time) if isinstance(logged, Event) else logged.as_event(seen=time)


def read_lines(lines: Iterable[str], parse_log: ParseLog | None = None) -> Iterator[PollResult]:
    """Results of lines, in order of time. ReadingMistake at the first line that is no reading."""
    return _Reader(parse_log).read(lines)


def read_readings(path: Path, parse_log: ParseLog | None = None) -> Iterator[PollResult]:
    """Results of a file `*.jsonl` or `*.jsonl.gz`. ReadingMistake as `read_lines`; OSError where it cannot be read."""
    with _opened(path) as lines:
        try:
            yield from read_lines(lines, parse_log)
        except (UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
            raise OSError(f"cannot be read whole: {error}") from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return TextIOWrapper(gzip.GzipFile(path), encoding="utf-8")
    return path.open(encoding="utf-8")


def lines_of(result: PollResult) -> Iterator[str]:
    """The lines of one answer or miss; values that were not given are left out. Events are not written."""
    head = {"time": result.finished, "device": result.device, "source": result.source}
    for line in _objects(result):
        yield json.dumps({**head, **line}, ensure_ascii=False)


def _objects(result: PollResult) -> Iterator[dict[str, object]]:
    if result.error is not None:
        yield {"component": "", "metric": "reachable", "value": 0, "error": str(result.error.kind)}
        return
    for name, table in (("facts", result.facts), ("limits", result.limits)):
        if table is not None:
            yield {name: table}
    if result.neighbours is not None:
        yield {"neighbours": [_neighbour(neighbour) for neighbour in result.neighbours]}
    if ("", "reachable") not in result.layout.index:
        yield {"component": "", "metric": "reachable", "value": 1}
    for (component, metric), value in zip(result.layout.keys, result.values.tolist(), strict=True):
        if value == value:
            yield {"component": component, "metric": metric, "value": value}
    for component, metric, text in result.texts:
        words: object = [word for word in text.split(",") if word] if metric == "throttle_reasons" else text
        yield {"component": component, "metric": metric, "value": words}


def _neighbour(neighbour: Neighbour) -> dict[str, str]:
    return {
        "protocol": neighbour.protocol,
        "local_port": neighbour.local_port,
        "remote_host": neighbour.remote_host,
        "remote_port": neighbour.remote_port,
    }
