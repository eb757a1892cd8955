"""The sockets of the exchange: one for each family of addresses, and a bell that any thread may ring."""

import contextlib
import selectors
import socket
from logging import getLogger

log = getLogger(__name__)

RECEIVE_BUFFER = 8 << 20
SO_RCVBUFFORCE = 33
"""Of Linux (socket(7)); Python has no name for it."""
OCTETS_PER_REPLY = 4_608
"""What a reply of one frame may take of the receive buffer: twice what the kernel counts for one on loopback (2,304)."""
LEAST_WINDOW = 32


class Sockets:
    """UDP sockets and a bell. Used by one thread; only `ring` may be called from others.

    Attributes
    ----------
    window : so many replies fit into what the kernel granted as receive buffer; more requests should not be in flight.
    """

    def __init__(self, wanted: int = RECEIVE_BUFFER) -> None:
        self._selector = selectors.DefaultSelector()
        found = ((family, _opened(family, wanted)) for family in (socket.AF_INET, socket.AF_INET6))
        self._by_family = {family: udp for family, udp in found if udp is not None}
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._bell.setblocking(False)
        for source in (*self._by_family.values(), self._ear):
            self._selector.register(source, selectors.EVENT_READ)
        granted = [udp.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) for udp in self._by_family.values()]
        self.window = max(LEAST_WINDOW, min(granted, default=0) // OCTETS_PER_REPLY)
        if granted and min(granted) < wanted:
            log.info("the system grants %d KiB of receive buffer: %d requests in flight at most", min(granted) >> 10, self.window)

    def close(self) -> None:
        """Close them all."""
        self._selector.close()
        for source in (*self._by_family.values(), self._ear, self._bell):
            source.close()

    def ring(self) -> None:
        """Let `readable` return at once. Any thread."""
        with contextlib.suppress(BlockingIOError, OSError):  # full: it is awake already; closed: it needs no waking
            self._bell.send(b"\0")

    def readable(self, seconds: float) -> list[socket.socket]:
        """Sockets on which datagrams wait; none when the time is over or the bell was rung."""
        found = []
        for key, _ in self._selector.select(max(0.0, seconds)):
            if key.fileobj is self._ear:
                with contextlib.suppress(BlockingIOError):
                    while self._ear.recv(4096):
                        pass
            elif isinstance(key.fileobj, socket.socket):
                found.append(key.fileobj)
        return found

    def send(self, family: socket.AddressFamily, message: bytes, address: tuple[str, int]) -> None:
        """Send a datagram. What cannot be sent is as good as lost: the time-out deals with it."""
        udp = self._by_family.get(family)
        try:
            if udp is not None:
                udp.sendto(message, address)
        except OSError as error:  # no route, or a full buffer
            log.debug("%s: sending: %s", address[0], error)


def _opened(family: socket.AddressFamily, wanted: int) -> socket.socket | None:
    """A non-blocking UDP socket with a large receive buffer; None where the family is not there."""
    try:
        udp = socket.socket(family, socket.SOCK_DGRAM)
        udp.setblocking(False)
        udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, wanted)
        with contextlib.suppress(OSError):  # beyond the system's limit, where we may
            udp.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, wanted)
        if family == socket.AF_INET6:
            udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    except OSError as error:
        log.debug("no socket of %s: %s", family.name, error)
        return None
    return udp
