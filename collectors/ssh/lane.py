"""A server's two lasting loops as lanes: what is asked meanwhile goes in one line, outputs go to whoever asked. Reader thread.

Where a server does not allow the loop, or its shell cannot run it, each command is run by itself as before, and the loop is tried
again after a while.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import paramiko

from collectors.ssh.commands import CUT, STREAM_S, Command, Output
from collectors.ssh.exchange import Stage, Wake
from collectors.ssh.stream import Section, Stream

Done = Callable[[Output], None]

REFUSED_S = 300.0
"""How long a server that does not run the loop is asked command by command."""
RENEW_S = STREAM_S - 300.0
"""A loop this old is ended by us, between two questions."""
GONE = (paramiko.SSHException, EOFError, OSError)


class Ground(Protocol):
    """What a lane stands on: its server's link."""

    def transport(self) -> paramiko.Transport | None:
        """The connection, if there is one."""

    def later(self, seconds: float, call: Callable[[], None], /) -> None:
        """Call in so many seconds."""

    def soon(self, call: Callable[[], None], /) -> None:
        """Call when what is due now has been begun. Any thread."""

    def heard(self) -> None:
        """The server has said something."""

    def run_alone(self, command: Command, done: Done, /) -> None:
        """Run it on a channel of its own."""

    def look_alive(self) -> None:
        """See whether the connection is alive; it is given up if not."""


@dataclass(slots=True, eq=False)
class _Asked:
    """One command in a question."""

    command: Command
    callers: list[Done]
    expired: bool = False

    def answer(self, output: Output) -> None:
        """Tell everyone who waits."""
        callers, self.callers = self.callers, []
        for done in callers:
            done(output)


@dataclass(slots=True, eq=False)
class Lane:
    """One loop of one server, whichever stream it runs on now."""

    loop: Command
    ground: Ground
    patience: float
    """Seconds of silence after which the connection is looked at."""
    _stream: Stream | None = None
    _born: float = 0.0
    _refused_until: float = 0.0
    _again: bool = False
    _flush_is_due: bool = False
    _waiting: dict[str, _Asked] = field(default_factory=dict)
    _flying: dict[str, _Asked] = field(default_factory=dict)

    @property
    def is_stuck(self) -> bool:
        """Whether a command in it has outlived its time and has not ended."""
        return any(asked.expired for asked in self._flying.values())

    def run(self, command: Command, done: Done) -> None:
        """Run it with what else is asked now, and call with its output."""
        if time.monotonic() < self._refused_until:
            self.ground.run_alone(command, done)
            return
        flying = self._flying.get(command.letter)
        if flying is not None and not flying.expired:
            flying.callers.append(done)
        elif self.is_stuck:
            done(Output(command=command, problem="still-running"))
        else:
            self._waiting.setdefault(command.letter, _Asked(command, [])).callers.append(done)
            self._flush_soon()

    def _flush_soon(self) -> None:
        if not self._flush_is_due:
            self._flush_is_due = True
            self.ground.soon(self._flush)

    def _flush(self) -> None:
        """Send what waits in one line, unless the line before is still being answered."""
        self._flush_is_due = False
        if not self._waiting or self._flying:
            return
        self._flying, self._waiting = self._waiting, {}
        self._ask()

    def _ask(self) -> None:
        now = time.monotonic()
        try:
            stream = self._present_stream(now)
        except GONE:
            self.drop()
            return
        try:
            stream.ask("".join(self._flying))
        except GONE:
            self._broken(stream)
            return
        asked = tuple(self._flying.values())
        self.ground.later(max(each.command.deadline_s for each in asked), lambda: self._expire(stream, asked))
        self.ground.later(self.patience, lambda: self._look(asked))

    def _present_stream(self, now: float) -> Stream:
        stream = self._stream
        if stream is not None and (stream.stage is Stage.ENDED or now - self._born > RENEW_S):
            stream.end()
            stream = None
        if stream is None:
            transport = self.ground.transport()
            if transport is None:
                raise EOFError
            stream = self._stream = self._open(transport)
            self._born = now
        return stream

    def _open(self, transport: paramiko.Transport) -> Stream:
        began: list[Stream] = []

        def advance() -> None:
            if began:
                self._advance(began[0])

        wake: Wake = lambda: self.ground.soon(advance)  # noqa: E731 - it is called for every output
        began.append(Stream(transport, self.loop, wake))
        return began[0]

    def _look(self, asked: tuple[_Asked, ...]) -> None:
        if any(self._flying.get(each.command.letter) is each for each in asked):
            self.ground.look_alive()

    # What comes back

    def _advance(self, stream: Stream) -> None:
        if stream is not self._stream:
            return
        self.ground.heard()
        try:
            sections = stream.advance()
        except GONE:
            self._broken(stream)
            return
        for section in sections:
            if section.letter == CUT:
                self._answer_all("too-long")
            else:
                self._take(section)
        if stream.is_flooding:
            self._without_for_a_while(stream)
            self._end(stream, "too-long")
        elif stream.stage is Stage.ENDED:
            self._ended(stream)
        elif sections and not self._flying and self._waiting:
            self._flush_soon()

    def _take(self, section: Section) -> None:
        asked = self._flying.pop(section.letter, None)
        self._again = False
        if asked is not None:
            asked.answer(Output(command=asked.command, status=section.status, stdout=section.stdout))

    def _ended(self, stream: Stream) -> None:
        """The loop has ended by itself: anew, once, if it ever worked here; else command by command."""
        self._stream = None
        if not self._flying:
            return
        if stream.has_answered and not self._again and not self.is_stuck:
            self._again = True
            self._ask()
        elif self.ground.transport() is None or (stream.exit_status < 0 and stream.has_answered):
            self._answer_all("truncated")
        else:
            self._do_without()

    def _broken(self, stream: Stream) -> None:
        """It takes nothing any more: the server has closed its channel only, or the whole connection is gone."""
        transport = self.ground.transport()
        if transport is None or not transport.is_active():
            self.drop()
            return
        stream.stage = Stage.ENDED
        self._ended(stream)

    def _do_without(self) -> None:
        self._refused_until = time.monotonic() + REFUSED_S
        flying, self._flying = self._flying, {}
        waiting, self._waiting = self._waiting, {}
        for asked in (*flying.values(), *waiting.values()):
            for done in asked.callers:
                self.ground.run_alone(asked.command, done)

    def _expire(self, stream: Stream, question: tuple[_Asked, ...]) -> None:
        late = [asked for asked in question if self._flying.get(asked.command.letter) is asked]
        if stream is not self._stream or not late:
            return
        if not stream.has_answered:
            self._without_for_a_while(stream)
            self._end(stream, "timeout")
            return
        # The loop stays with what hangs in it, so that its end is seen; until then no second one is started.
        for asked in late:
            asked.expired = True
            asked.answer(Output(command=asked.command, problem="timeout"))

    def _without_for_a_while(self, stream: Stream) -> None:
        """A server that takes the loop and never answers it: what it can be asked is found out command by command."""
        if not stream.has_answered:
            self._refused_until = time.monotonic() + REFUSED_S

    def _end(self, stream: Stream, problem: str) -> None:
        self._stream = None
        try:
            stream.end()
        except GONE:
            problem = "connection-lost"
        self._answer_all(problem)

    def _answer_all(self, problem: str) -> None:
        flying, self._flying = self._flying, {}
        for asked in flying.values():
            asked.answer(Output(command=asked.command, problem=problem))
        if self._waiting:
            self._flush_soon()

    def drop(self) -> None:
        """The connection is gone: whoever waits is told."""
        self._stream, self._again = None, False
        waiting, self._waiting = self._waiting, {}
        self._answer_all("connection-lost")
        for asked in waiting.values():
            asked.answer(Output(command=asked.command, problem="connection-lost"))
