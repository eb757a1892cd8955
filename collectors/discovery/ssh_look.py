"""Which hosts show an SSH server, and its host key. Nothing is said to it: no user, no password."""

import contextlib
import errno
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from collectors.ssh.connection import Connector
from collectors.ssh.keys import Keys
from collectors.ssh.known_hosts import KnownHosts, fingerprint
from collectors.ssh.trouble import Trouble
from noc_console.secrets import Secrets

AT_ONCE = 128
KEYS_AT_ONCE = 8
KEY_TIMEOUT_S = 5.0
STEP_S = 0.1
_WAITING = frozenset((0, errno.EINPROGRESS, errno.EWOULDBLOCK))


def ssh_servers(addresses: Sequence[str], port: int, timeout: float, is_cancelled: Callable[[], bool]) -> list[str]:
    """Those that greet as an SSH server (RFC 4253, 4.2) within the time-out."""
    found: set[str] = set()
    waiting = iter(addresses)
    with selectors.DefaultSelector() as selector:
        ends: dict[socket.socket, tuple[str, float]] = {}
        try:
            while not is_cancelled():
                _dial(waiting, port, time.monotonic() + timeout, selector, ends)
                if not ends:
                    break
                for key, _ in selector.select(STEP_S):
                    assert isinstance(key.fileobj, socket.socket)
                    if _greets(key.fileobj):
                        found.add(ends[key.fileobj][0])
                    _drop(key.fileobj, selector, ends)
                now = time.monotonic()
                for late in [sock for sock, (_, end) in ends.items() if end <= now]:
                    _drop(late, selector, ends)
        finally:
            for sock in list(ends):
                _drop(sock, selector, ends)
    return [address for address in addresses if address in found]


def _dial(
    waiting: Iterator[str],
    port: int,
    end: float,
    selector: selectors.BaseSelector,
    ends: dict[socket.socket, tuple[str, float]],
) -> None:
    while len(ends) < AT_ONCE and (address := next(waiting, None)) is not None:
        sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        sock.setblocking(False)
        if sock.connect_ex((address, port)) in _WAITING:
            ends[sock] = address, end
            selector.register(sock, selectors.EVENT_READ)
        else:
            sock.close()


def _greets(sock: socket.socket) -> bool:
    """Whether the first octets are an SSH server's; lines before them are allowed, as far as they are there."""
    with contextlib.suppress(OSError):
        heard = sock.recv(1024)
        return any(line.startswith(b"SSH-") for line in heard.splitlines())
    return False


def _drop(sock: socket.socket, selector: selectors.BaseSelector, ends: dict[socket.socket, tuple[str, float]]) -> None:
    selector.unregister(sock)
    del ends[sock]
    sock.close()


def host_keys(addresses: Sequence[str], port: int, known: KnownHosts, stopping: threading.Event) -> dict[str, tuple[str, bool]]:
    """Address → (fingerprint, whether it is the trusted one) of those that show a key."""
    connector = Connector(keys=Keys(Secrets()), known_hosts=known, stopping=stopping)

    def look(address: str) -> tuple[str, bool] | None:
        if stopping.is_set():
            return None
        try:
            key = connector.fetch_key(address, port, KEY_TIMEOUT_S)
        except Trouble:
            return None
        return fingerprint(key), key in known.keys_of(address, port).values()

    if not addresses:
        return {}
    with ThreadPoolExecutor(KEYS_AT_ONCE, thread_name_prefix="discover-ssh") as pool:
        return {address: told for address, told in zip(addresses, pool.map(look, addresses), strict=True) if told}
