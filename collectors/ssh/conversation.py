"""Leads a poll's dialogue: runs what it asks for, all at the same time, and sends it the outputs. Reader thread."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from collectors.ssh.answer import Answer, Dialogue
from collectors.ssh.commands import Command, Output
from noc_console.model.poll import PollError


class Way(Protocol):
    """How commands get to a server."""

    def open(self, opened: Callable[[PollError | None], None], /) -> None:
        """Make it ready, then call with None, or with why it cannot be."""

    def run(self, command: Command, done: Callable[[Output], None], /) -> None:
        """Run a command, and call with its output; never two of one name at a time."""


class Conversation:
    """One poll over one way; `finished` gets its answer once."""

    def __init__(self, way: Way, talk: Dialogue, finished: Callable[[Answer], None]) -> None:
        self._way = way
        self._talk = talk
        self._finished = finished
        self._outputs: list[Output | None] = []
        self._missing = 0

    def begin(self) -> None:
        """Connect if need be, then ask."""
        self._way.open(self._opened)

    def _opened(self, error: PollError | None) -> None:
        if error is not None:
            self._finished(Answer(error=error))
            return
        self._ask(None)

    def _ask(self, outputs: tuple[Output, ...] | None) -> None:
        try:
            commands = next(self._talk) if outputs is None else self._talk.send(outputs)
        except StopIteration as end:
            self._finished(end.value)
            return
        self._outputs = [None] * len(commands)
        self._missing = len(commands)
        for place, command in enumerate(commands):
            self._run(place, command)

    def _run(self, place: int, command: Command) -> None:
        self._way.run(command, partial(self._take, place))

    def _take(self, place: int, output: Output) -> None:
        self._outputs[place] = output
        self._missing -= 1
        if self._missing == 0:
            self._ask(tuple(output for output in self._outputs if output is not None))
