"""A paramiko transport without a thread of its own: once it has logged in, the reader thread reads for all of them.

paramiko has a thread per connection: at 500 connections, 500 threads in the process that draws the window. It is kept for the
handshake, which blocks; then it parks, and `pump` takes its place. A packet is only begun when all of it is there, which AES-GCM
and the `-etm` signatures tell by a length in the clear (RFC 5647, PROTOCOL of OpenSSH); with any other the thread stays. Parts of
`paramiko.Transport` that are not public (5.x) are used here; tests/collectors/ssh pins them.
"""

import contextlib
import errno
import select
import socket
import struct
import time
import weakref
from collections.abc import Callable

import paramiko
from paramiko import transport as paramiko_transport
from paramiko.common import MSG_DEBUG, MSG_DISCONNECT, MSG_IGNORE, MSG_UNIMPLEMENTED, cMSG_UNIMPLEMENTED

CHUNK = 1 << 16
SHORTEST = 4
"""Octets of a packet's length."""
LONGEST = 1 << 20
"""paramiko asks for packets of 32 KiB; a length beyond this is no packet."""
ROOM_S = 1.0
"""How long a question may wait for room to be sent."""
REKEY_S = 1.0
"""How long a question waits while keys are exchanged anew."""


class _Parked(BaseException):
    """Ends the thread and nothing else: no handler of paramiko's takes it for a fault."""


class Wire:
    """A socket that is read in large pieces, and written to in few: what two loops are asked at a time leaves together.

    Attributes
    ----------
    soon : called once there is something to `flush`; None = all is sent at once.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.unread = bytearray()
        self.unsent = bytearray()
        self.soon: Callable[[], None] | None = None

    def recv(self, most: int) -> bytes:
        """At most so many octets, as a socket gives them."""
        if not self.unread:
            self.unread += self.sock.recv(CHUNK)
        with memoryview(self.unread) as unread:
            taken = bytes(unread[:most])
        del self.unread[:most]
        return taken

    def fill(self) -> bool:
        """Take what has arrived, without waiting; False at the end of the connection."""
        try:
            piece = self.sock.recv(CHUNK)
        except BlockingIOError:
            return True
        self.unread += piece
        return bool(piece)

    def send(self, piece: bytes) -> int:
        """Take it to be sent; how much was taken."""
        if self.soon is None:
            return self._send(piece)
        if not self.unsent:
            self.soon()
        self.unsent += piece
        return len(piece)

    def flush(self) -> None:
        """Send what was taken. OSError as `_send`."""
        while self.unsent:
            del self.unsent[: self._send(self.unsent)]

    def _send(self, piece: bytes | bytearray) -> int:
        """Send what there is room for; OSError if there is none for a while: the other side has frozen."""
        try:
            return self.sock.send(piece)
        except BlockingIOError as error:
            if not _waits(self.sock, select.POLLOUT, ROOM_S):
                raise BrokenPipeError(errno.EPIPE, "no room to send") from error
            return 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.sock, name)


class _Numbered(dict[int, bool]):
    """Stands where paramiko keeps every channel that there ever was: their numbers are given in order, so none is kept."""

    def __init__(self, transport: paramiko.Transport) -> None:
        super().__init__()
        self._transport = weakref.ref(transport)

    def __contains__(self, number: object) -> bool:
        transport = self._transport()
        return transport is not None and isinstance(number, int) and number < transport._channel_counter  # type: ignore[attr-defined]

    def __setitem__(self, number: int, seen: bool) -> None:
        return


class PumpedTransport(paramiko.Transport):
    """Parks after the login. From then on all of it, `pump` included, belongs to the reader thread.

    Attributes
    ----------
    is_parked : whether it has no thread, so that it wants to be pumped.
    """

    def __init__(self, sock: socket.socket, *, disabled_algorithms: dict[str, list[str]]) -> None:
        self.wire = Wire(sock)
        self.is_parked = False
        super().__init__(self.wire, disabled_algorithms=disabled_algorithms)  # type: ignore[arg-type]  # it is like one
        self.channels_seen = _Numbered(self)
        self.clear_to_send_timeout = REKEY_S  # its own 30 s would hold up every other server, and our end
        self._read_message = self.packetizer.read_message
        self.packetizer.read_message = self._read_or_park  # type: ignore[method-assign]

    def run(self) -> None:
        """The handshake and the login; and all the rest where packets cannot be told apart."""
        with contextlib.suppress(_Parked):
            super().run()

    def is_authenticated(self) -> bool:
        """Whether it is logged in: what has parked was."""
        return bool(self.active and self.is_parked) or super().is_authenticated()

    def settle(self) -> None:
        """Wait until it has parked, if it will. After the login."""
        if self._tells_lengths():
            self.join(REKEY_S)
        if self.is_parked:
            self.wire.sock.setblocking(False)
            # What was for the login: the secret among it.
            self.auth_handler = self.completion_event = None

    def _read_or_park(self) -> tuple[int, paramiko.Message]:
        if self.authenticated and self._tells_lengths() and not self.is_parked:
            with contextlib.suppress(ValueError):
                paramiko_transport._active_threads.remove(self)  # type: ignore[attr-defined]
            self.is_parked = True
            raise _Parked
        return self._read_message()

    def _tells_lengths(self) -> bool:
        return bool(self.packetizer._Packetizer__aead_in or self.packetizer._Packetizer__etm_in)  # type: ignore[attr-defined]

    # Reader thread

    def flush(self) -> None:
        """Send what was to be sent; the transport ends where that cannot be done."""
        try:
            self.wire.flush()
        except OSError as error:
            self.saved_exception = error
            self._over()

    def pump(self) -> None:
        """Take what has arrived and handle each whole packet of it. What goes wrong ends the transport, as its thread would."""
        try:
            goes_on = self.wire.fill()
            while self.active and self._is_whole():
                self._take_message(*self.packetizer.read_message())
            if not goes_on:
                raise EOFError
        except (paramiko.SSHException, EOFError, OSError, ValueError, KeyError, IndexError, struct.error) as error:
            self.saved_exception = error if isinstance(error, paramiko.SSHException | EOFError | OSError) else EOFError()
            self._over()

    def _is_whole(self) -> bool:
        unread = self.wire.unread
        if len(unread) < SHORTEST:
            return False
        length = int.from_bytes(unread[:SHORTEST], "big")
        if length > LONGEST:
            raise paramiko.SSHException("a packet of no sensible length")
        return len(unread) >= SHORTEST + length + int(self.packetizer._Packetizer__mac_size_in)  # type: ignore[attr-defined]

    def _take_message(self, kind: int, message: paramiko.Message) -> None:
        """What `Transport.run` does with a packet (RFC 4253, 4254)."""
        if self.packetizer.need_rekey() and not self.in_kex:
            self._send_kex_init()  # type: ignore[attr-defined]
        if kind in (MSG_IGNORE, MSG_DEBUG):
            return
        if kind == MSG_DISCONNECT:
            raise EOFError
        expected: tuple[int, ...] = self._expected_packet  # type: ignore[has-type]
        if expected:
            if kind not in expected:
                raise paramiko.SSHException(f"packet {kind} out of order")
            self._expected_packet = ()
            if 30 <= kind <= 41:
                self.kex_engine.parse_next(kind, message)  # type: ignore[union-attr]  # there is one while keys are exchanged
                return
        if kind in self._handler_table:  # type: ignore[attr-defined]
            self._handler_table[kind](message)  # type: ignore[attr-defined]
        elif kind in self._channel_handler_table:  # type: ignore[attr-defined]
            self._for_channel(kind, message)
        elif kind != MSG_UNIMPLEMENTED:
            answer = paramiko.Message()
            answer.add_byte(cMSG_UNIMPLEMENTED)
            answer.add_int(message.seqno)
            self._send_message(answer)  # type: ignore[attr-defined]

    def _for_channel(self, kind: int, message: paramiko.Message) -> None:
        number = message.get_int()
        channel = self._channels.get(number)  # type: ignore[attr-defined]
        if channel is not None:
            self._channel_handler_table[kind](channel, message)  # type: ignore[attr-defined]
        elif number not in self.channels_seen:
            raise paramiko.SSHException("a channel that was never opened")

    def _over(self) -> None:
        """What `Transport.run` does at its end."""
        for channel in list(self._channels.values()):  # type: ignore[attr-defined]
            channel._unlink()
        if self.active:  # type: ignore[has-type]
            self.active = False
            self.packetizer.close()
            for event in list(self.channel_events.values()):
                event.set()
        self.sock.close()

    def _send_user_message(self, data: paramiko.Message) -> None:
        """Send; while keys are exchanged anew there is nobody but us to read the other side's part of it."""
        deadline = time.monotonic() + REKEY_S
        while self.is_parked and self.active and not self.clear_to_send.is_set() and time.monotonic() < deadline:
            self.flush()
            _waits(self.wire.sock, select.POLLIN, 0.1)
            self.pump()
        super()._send_user_message(data)  # type: ignore[misc]


def _waits(sock: socket.socket, what: int, seconds: float) -> bool:
    """Whether the socket can be read from or written to within the time."""
    poller = select.poll()
    poller.register(sock, what)
    return bool(poller.poll(seconds * 1000))
