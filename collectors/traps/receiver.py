"""The socket that traps come to, and what the system says of those that it threw away."""

import errno
import socket
import struct
import sys
from contextlib import suppress

BUFFER = 8 << 20
"""Octets asked of the system for what waits; it may give less."""
MOST_OCTETS = 65_535
AT_ONCE = 200
"""Datagrams read before the rest of the thread's work gets its turn."""
_ANCILLARY = 64
_SO_RXQ_OVFL = 40
"""Linux: with each datagram, how many were dropped so far (socket(7))."""

CODES = {errno.EADDRINUSE: "port-in-use", errno.EACCES: "no-permission", errno.EADDRNOTAVAIL: "no-address"}


class CannotReceive(Exception):
    """The port cannot be opened; the text is a code."""


class TrapSocket:
    """One UDP socket. Confined to the receiver's thread, but for `wake`.

    `address` empty = all addresses, IPv6 and IPv4. Raises CannotReceive.
    """

    def __init__(self, address: str, port: int) -> None:
        self.dropped: int | None = None
        self._socket = _bound(address, port)
        self._counts_drops = _count_drops(self._socket)
        if self._counts_drops:
            self.dropped = 0
        self.port: int = self._socket.getsockname()[1]

    def wait(self, seconds: float) -> None:
        """Until something is there, at most this long."""
        self._socket.settimeout(max(0.001, seconds))
        # An error is a timeout, or a refusal that came back for an answer of ours.
        with suppress(OSError):
            self._socket.recv(1, socket.MSG_PEEK)

    def read(self) -> list[tuple[bytes, tuple[str, int]]]:
        """(octets, sender) of what is there, at most AT_ONCE."""
        self._socket.settimeout(0)
        found: list[tuple[bytes, tuple[str, int]]] = []
        while len(found) < AT_ONCE:
            try:
                data, ancillary, sender = self._receive()
            except BlockingIOError:
                break
            except OSError:
                continue
            for _, kind, content in ancillary:
                if kind == _SO_RXQ_OVFL and len(content) >= 4:
                    self.dropped = struct.unpack("=I", content[:4])[0]
            found.append((data, sender))
        return found

    def _receive(self) -> tuple[bytes, list[tuple[int, int, bytes]], tuple[str, int]]:
        if not self._counts_drops:
            data, sender = self._socket.recvfrom(MOST_OCTETS)
            return data, [], sender
        data, ancillary, _, sender = self._socket.recvmsg(MOST_OCTETS, _ANCILLARY)
        return data, ancillary, sender

    def answer(self, data: bytes, sender: tuple[str, int]) -> None:
        """Send back; what cannot be sent is asked for again by whoever waits for it."""
        with suppress(OSError):
            self._socket.sendto(data, sender)

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()


def plain_address(text: str) -> str:
    """An IPv4 address that came through an IPv6 socket, as itself; a zone after it is cut."""
    return text.partition("%")[0].removeprefix("::ffff:")


def _bound(address: str, port: int) -> socket.socket:
    both = not address and socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if both or ":" in address else socket.AF_INET
    try:
        made = socket.socket(family, socket.SOCK_DGRAM)
    except OSError:
        # The system was built without IPv6.
        both, made = False, socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        if both:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        made.bind((address, port))
    except OSError as error:
        made.close()
        raise CannotReceive(CODES.get(error.errno or 0, "no-address")) from error
    return made


def _count_drops(made: socket.socket) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        made.setsockopt(socket.SOL_SOCKET, _SO_RXQ_OVFL, 1)
    except OSError:
        return False
    return True
