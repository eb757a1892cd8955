"""A command that stays: a loop in the server's shell that runs what a line of its input asks for, and frames what it prints.

`commands.STREAM_GPU` and `STREAM_HOST` are such loops. A line is letters and a tag; for each letter its fixed command is run, and
`NEWLINE noc STATUS LETTER TAG NEWLINE` closes its output, and the letter z the whole answer. Only what is closed so, with the tag
of the question, is taken. The loop ends when its input does: with the channel, or with the connection, whichever way that goes.
"""

import re
import threading
from dataclasses import dataclass

import paramiko

from collectors.ssh.commands import CLOSED, MOST_STDERR, MOST_STDOUT, Command
from collectors.ssh.exchange import Bell, Bounded, Stage, Wake, execute, give_window, nothing, open_channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The whole output of one letter."""

    letter: str
    status: int
    stdout: bytes


class _Printed(Bounded):
    """What the loop has printed and nobody took yet. Rings once an output is closed, not for each packet of it."""

    def __init__(self, most: int, wake: Wake) -> None:
        super().__init__(most, wake)
        self.end = b"\n"

    def feed(self, data: bytes) -> None:
        """Keep it; ring when an output is whole, or when there is more than may be."""
        super().feed(data)
        if data.endswith(self.end):
            self._wake()

    def take(self) -> bytes:
        """All of it; it begins to count anew. Reader thread."""
        taken = super().take()
        self.taken -= len(taken)
        return taken


class _Room(threading.Condition):
    """Stands where paramiko waits for room to send; wakes the reader. An sshd gives none until the command runs."""

    def __init__(self, channel: paramiko.Channel, wake: Wake) -> None:
        super().__init__(channel.lock)
        self._wake = wake

    def notify_all(self) -> None:
        """There is room, or there never will be."""
        super().notify_all()
        self._wake()


class Stream:
    """One loop on one channel. All of it is called by the reader thread; `wake` is called from the transport's thread.

    Attributes
    ----------
    stage : how far it is. has_answered : whether it ever closed an output: a gate that does not allow it never does.
    """

    def __init__(self, transport: paramiko.Transport, command: Command, wake: Wake) -> None:
        self.command = command
        self.stage = Stage.OPENING
        self.has_answered = False
        self._transport = transport
        self._stdout = _Printed(MOST_STDOUT, wake)
        self._stderr = _Printed(MOST_STDERR, nothing)
        self._opened = Bell(wake)
        self._rest = b""
        self._tag = ""
        self._ask = b""
        self._asked = 0
        self._channel = open_channel(transport, self._stdout, self._stderr, self._opened)
        self._channel.out_buffer_cv = _Room(self._channel, wake)
        self._channel.settimeout(0.0)

    def ask(self, letters: str) -> None:
        """Have these run; not before the last question is answered. Raises what `lane.GONE` lists if the connection is gone."""
        self._asked += 1
        self._tag = f"{self._asked:x}"
        self._stdout.end = f" {self._tag}\n".encode()
        self._rest = b""
        self._ask = f"{letters} {self._tag}\n".encode()
        if self.stage is Stage.RUNNING:
            self._send()

    def _send(self) -> None:
        if self._ask and self._channel.out_window_size >= len(self._ask):
            ask, self._ask = self._ask, b""
            self._channel.sendall(ask)

    def advance(self) -> tuple[Section, ...]:
        """Take the next step that has become possible; the outputs that were closed by now."""
        if self.stage is Stage.OPENING and self._channel.active:
            self.stage = Stage.RUNNING
            execute(self._transport, self._channel, self.command.line)
        if self.stage is Stage.RUNNING:
            self._send()
        found = self._sections()
        if self._channel.closed or (self._opened.rung and not self._channel.active):
            self.stage = Stage.ENDED
        return found

    def _sections(self) -> tuple[Section, ...]:
        taken = self._stdout.take()
        if not taken:
            return ()
        give_window(self._transport, self._channel, len(taken) + len(self._stderr.take()))
        text = self._rest + taken
        found, at = [], 0
        for close in re.finditer(rb"\n%s (\d{1,3}) ([a-z]) %s\n" % (CLOSED.encode(), self._tag.encode()), text):
            found.append(Section(letter=close[2].decode(), status=int(close[1]), stdout=text[at : close.start()]))
            at = close.end()
        self._rest = text[at:]
        self.has_answered = self.has_answered or bool(found)
        return tuple(found)

    @property
    def is_flooding(self) -> bool:
        """Whether it printed more than any of its commands may."""
        return self._stdout.is_full or len(self._rest) > MOST_STDOUT

    @property
    def exit_status(self) -> int:
        """Of a loop that has ended; -1 if it did not tell one."""
        return self._channel.exit_status

    def end(self) -> None:
        """Close the channel: the loop sees the end of its input."""
        self.stage = Stage.ENDED
        self._channel.close()
