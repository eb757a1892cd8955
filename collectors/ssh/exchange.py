"""One command on one channel, driven by events: nobody waits, no thread per command, no polling of `recv_ready`.

paramiko's own `open_session` and `exec_command` block their caller until the server has answered (the second for ever); at
1,000 servers over a WAN that is a pool of waiting threads. Here the reader thread sends, and what arrives wakes it. For that
this file, and only it, uses parts of `paramiko.Transport` and `Channel` that are not public (5.x; tests/collectors/ssh pins
them): how a channel is numbered and registered, and the events that are set when it opens.
"""

from collections.abc import Callable
from enum import Enum, auto

import paramiko
from paramiko.common import cMSG_CHANNEL_OPEN, cMSG_CHANNEL_REQUEST, cMSG_CHANNEL_WINDOW_ADJUST

from collectors.ssh.commands import MOST_STDERR, MOST_STDOUT, Command, Output

Wake = Callable[[], None]
_PACKET = 32768


class Bell:
    """Stands where paramiko sets a `threading.Event`; wakes the reader instead. Set in the transport's thread."""

    __slots__ = ("_wake", "rung")

    def __init__(self, wake: Wake) -> None:
        self._wake = wake
        self.rung = False

    def set(self) -> None:
        """It has opened, or never will."""
        self.rung = True
        self._wake()

    def clear(self) -> None:
        """Nothing waits on it."""

    def is_set(self) -> bool:
        """Whether it has rung."""
        return self.rung

    def let_go(self) -> None:
        """Wake nobody any more."""
        self._wake = nothing


class Bounded:
    """Stands where a channel has a `BufferedPipe`: takes what it receives, up to a bound; what is beyond it is dropped.

    Fed in the thread that reads the connection. Nobody waits on it, so it has no lock: the two of paramiko are 3 kB.
    """

    __slots__ = ("_chunks", "_most", "_wake", "channel", "is_full", "taken")

    def __init__(self, most: int, wake: Wake) -> None:
        self._most = most
        self._wake = wake
        self._chunks: list[bytes] = []
        self.taken = 0
        self.is_full = False
        self.channel: paramiko.Channel | None = None

    def feed(self, data: bytes) -> None:
        """Keep it; ring when there is more than may be."""
        if self.is_full:
            return
        self.taken += len(data)
        if self.taken > self._most:
            self.is_full = True
            self._wake()
        else:
            self._chunks.append(bytes(data))

    def close(self) -> None:
        """The stream has ended. Comes twice: at the end of the output, and when the channel is closed, which alone is news."""
        if self.channel is None or self.channel.closed:
            self._wake()

    def let_go(self) -> None:
        """Wake nobody any more, and hold nothing: else what has ended is held in a ring until it is looked for."""
        self._wake, self.channel = nothing, None

    def take(self) -> bytes:
        """All of it, kept no longer. Reader thread."""
        chunks, self._chunks = self._chunks, []
        return b"".join(chunks)


class Stage(Enum):
    """How far a command has come."""

    OPENING = auto()
    RUNNING = auto()
    ENDED = auto()


def open_channel(transport: paramiko.Transport, stdout: Bounded, stderr: Bounded, opened: Bell) -> paramiko.Channel:
    """What `Transport.open_channel` does before it begins to wait. SSHException or EOFError if the connection is gone."""
    if not transport.is_active():
        raise paramiko.SSHException("SSH session not active")
    window = MOST_STDOUT + MOST_STDERR  # the whole of what may come: a flood stops by itself
    message = paramiko.Message()
    message.add_byte(cMSG_CHANNEL_OPEN)
    message.add_string("session")
    with transport.lock:
        number = transport._next_channel()  # type: ignore[attr-defined]
        channel = paramiko.Channel(number)
        stdout.channel = channel
        channel.in_buffer, channel.in_stderr_buffer = stdout, stderr  # type: ignore[assignment]
        channel.event, channel.status_event = Bell(nothing), Bell(nothing)  # type: ignore[assignment]
        transport._channels.put(number, channel)  # type: ignore[attr-defined]
        transport.channel_events[number] = opened  # type: ignore[assignment]
        transport.channels_seen[number] = True
        channel._set_transport(transport)  # type: ignore[attr-defined]
        channel._set_window(window, _PACKET)  # type: ignore[attr-defined]
    for value in (number, window, _PACKET):
        message.add_int(value)
    transport._send_user_message(message)  # type: ignore[attr-defined]
    return channel


def execute(transport: paramiko.Transport, channel: paramiko.Channel, line: str) -> None:
    """Have a line run on an open channel. A refusal closes the channel, which wakes the reader."""
    message = paramiko.Message()
    message.add_byte(cMSG_CHANNEL_REQUEST)
    message.add_int(channel.remote_chanid)
    message.add_string("exec")
    message.add_boolean(True)
    message.add_string(line)
    transport._send_user_message(message)  # type: ignore[attr-defined]


def give_window(transport: paramiko.Transport, channel: paramiko.Channel, taken: int) -> None:
    """Let the server send as much again as was taken; told only when a tenth of the window is used up."""
    more = channel._check_add_window(taken)  # type: ignore[attr-defined]
    if more > 0:
        message = paramiko.Message()
        message.add_byte(cMSG_CHANNEL_WINDOW_ADJUST)
        message.add_int(channel.remote_chanid)
        message.add_int(more)
        transport._send_user_message(message)  # type: ignore[attr-defined]


class Exchange:
    """A command under way. All of it is called by the reader thread; `wake` is called from the transport's thread.

    Attributes
    ----------
    stage : how far it is. expired : its deadline has passed and was reported, but the server has not ended it yet.
    """

    def __init__(self, transport: paramiko.Transport, command: Command, wake: Wake) -> None:
        self.command = command
        self.stage = Stage.OPENING
        self.expired = False
        self._transport = transport
        self._stdout = Bounded(command.most, wake)
        self._stderr = Bounded(MOST_STDERR, nothing)
        self._opened = Bell(wake)
        self._channel = open_channel(transport, self._stdout, self._stderr, self._opened)

    def advance(self) -> Output | None:
        """Take the next step that has become possible; the output once it has ended, else None."""
        if self.stage is Stage.ENDED:
            return None
        # A refused channel is never closed: the transport only forgets it, and rings.
        if self._channel.closed or (self._opened.rung and not self._channel.active):
            return self._end()
        if self._stdout.is_full:
            self.abandon()
            return Output(command=self.command, problem="too-long")
        if self.stage is Stage.OPENING and self._channel.active:
            self._execute()
        return None

    def _execute(self) -> None:
        self.stage = Stage.RUNNING
        execute(self._transport, self._channel, self.command.line)

    def _end(self) -> Output:
        opened = self.stage is Stage.RUNNING
        self.over()
        status = self._channel.exit_status
        if status >= 0:
            return Output(command=self.command, status=status, stdout=self._stdout.take(), stderr=self._stderr.take())
        if not self._transport.is_active():
            return Output(command=self.command, problem="connection-lost")
        # Ended without a status: cut off in the middle, or never begun.
        cut = opened and (self._stdout.taken > 0 or self._channel.eof_received)
        return Output(command=self.command, problem="truncated" if cut else "no-channel")

    def abandon(self) -> None:
        """Close the channel: what floods us gets SIGPIPE there."""
        self._channel.close()
        self.over()

    def over(self) -> None:
        """It has ended, and wakes nobody any more."""
        self.stage = Stage.ENDED
        for each in (self._stdout, self._stderr, self._opened):
            each.let_go()


def nothing() -> None:
    """Standard error alone wakes nobody."""


class Opening(Exchange):
    """Only opens a channel and closes it: an sshd answers that by itself, so silence means that the connection is dead."""

    def advance(self) -> Output | None:
        """Close it as soon as it is open."""
        if self.stage is Stage.OPENING and self._channel.active:
            self.abandon()
            return Output(command=self.command, status=0)
        return super().advance()
