"""What a poll of a server asks and answers, whichever way the commands get there: the same for `ssh` and `local`."""

from collections.abc import Generator
from dataclasses import dataclass, field

from collectors.schedule import DuePoll
from collectors.ssh.commands import Command, Output
from noc_console.model.poll import EMPTY_LAYOUT, EMPTY_VALUES, Cursor, Event, Facts, Layout, Limits, PollError, PollResult, Values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """The part of a `PollResult` that comes from the server; its fields mean what they mean there."""

    error: PollError | None = None
    layout: Layout = EMPTY_LAYOUT
    values: Values = field(default_factory=lambda: EMPTY_VALUES)
    texts: tuple[tuple[str, str, str], ...] = ()
    events: tuple[Event, ...] = ()
    facts: Facts | None = None
    limits: Limits | None = None
    cursor: Cursor | None = None
    incomplete: tuple[str, ...] = ()


Dialogue = Generator[tuple[Command, ...], tuple[Output, ...], Answer]
"""A poll as a conversation: yields commands to be run at the same time, is sent their outputs in order, returns the answer."""


def result_of(due: DuePoll, answer: Answer, *, started: float, now: float, utc: float) -> PollResult:
    """The answer as the monitor takes it. `started`, `now`, `due.due` are monotonic seconds; `utc` is what the clock says now."""
    return PollResult(
        device=due.device,
        source=due.source,
        due=utc - (now - due.due),
        started=utc - (now - started),
        finished=utc,
        interval=due.interval,
        error=answer.error,
        layout=answer.layout,
        values=answer.values,
        texts=answer.texts,
        events=answer.events,
        facts=answer.facts,
        limits=answer.limits,
        cursor=answer.cursor,
        incomplete=answer.incomplete,
    )
