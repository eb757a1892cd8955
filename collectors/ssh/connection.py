"""One lasting connection to one server: made in a thread of the pool, then owned by the reader thread.

Two settings decide what a thousand of them cost (measured, paramiko 5.1): without TCP_NODELAY each command waits 50 ms for
Nagle and the delayed acknowledgement; and a transport's thread wakes ten times a second, so it has none any more (`pumped.py`).
"""

import contextlib
import errno
import logging
import select
import socket
import threading
import time
from dataclasses import dataclass

import paramiko

from collectors.ssh.address import place_of
from collectors.ssh.keys import Keys
from collectors.ssh.known_hosts import KnownHosts, fingerprint
from collectors.ssh.pumped import PumpedTransport
from collectors.ssh.trouble import from_handshake, from_network, trouble
from noc_console.model.fleet import Credential
from noc_console.model.poll import ErrorKind

# What goes wrong on a connection is the result of a poll; paramiko would print it with its traceback as well.
logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)

IDLE_WAKE_S = 5.0
"""Of a transport that keeps its thread: 500 of them, idle, cost 13 % of a core at paramiko's 0.1 s, 0.3 % at 5 s."""
SLICE_S = 0.2
"""How long a wait goes on before it looks whether the console is stopping."""
DISABLED = {
    "ciphers": ["aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"],
    "macs": ["hmac-sha1", "hmac-sha1-96", "hmac-md5", "hmac-md5-96"],
}
"""Still offered by paramiko 5.1, refused by today's OpenSSH."""
MOST_JUMPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a server is asked, and as whom. `via`: the server to go through first."""

    device: str
    address: str
    port: int
    credential: Credential
    timeout: float
    via: "Target | None" = None


@dataclass(slots=True, eq=False)
class Connection:
    """An authenticated transport. `last_heard` (monotonic) and everything else belongs to the reader thread."""

    transport: paramiko.Transport
    channel_or_socket: "socket.socket | paramiko.Channel"
    last_heard: float
    outer: "Connection | None" = None
    descriptor: int = -1
    """Of its socket, while the reader watches it."""

    @property
    def is_open(self) -> bool:
        """Whether both sides still hold it, as far as is known: a frozen peer looks open."""
        return self.transport.is_active() and (self.outer is None or self.outer.is_open)

    def close(self) -> None:
        """End it without waiting. Any thread."""
        _cut(self.transport, self.channel_or_socket)
        if self.outer is not None:
            self.outer.close()


def _cut(transport: paramiko.Transport, sock: "socket.socket | paramiko.Channel") -> None:
    # Shut down first: closing alone leaves the transport's thread in recv() until its timeout (5 s).
    with contextlib.suppress(OSError, EOFError, paramiko.SSHException):
        sock.shutdown(socket.SHUT_RDWR)
    transport.close()
    if not transport.initial_kex_done:
        # Its thread first, which may start it only now: paramiko's timer of the handshake outlives a failed one.
        transport.join(0.5)
        transport.packetizer.complete_handshake()
    with contextlib.suppress(OSError, EOFError, paramiko.SSHException):
        sock.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """Makes connections; blocks, so it is called from the threads of the pool. Ends early when `stopping` is set."""

    keys: Keys
    known_hosts: KnownHosts
    stopping: threading.Event

    def connect(self, target: Target, *, jumps: int = 0) -> Connection:
        """A connection to the server whose key is confirmed. Trouble says why there is none."""
        # Secrets first: nothing is sent to a server that could not be logged into anyway.
        key = self.keys.key(target.credential)
        password = self.keys.password(target.credential) if key is None else None
        with contextlib.ExitStack() as on_failure:
            outer = self._outer(target, jumps)
            if outer is not None:
                on_failure.callback(outer.close)
            sock = self._dial(target) if outer is None else _tunnel(outer, target)
            on_failure.callback(sock.close)
            transport = self._begin(target, sock, parks=not jumps)
            on_failure.callback(_cut, transport, sock)
            self._check_host(target, transport)
            self._log_in(target, transport, key, password)
            on_failure.pop_all()
        if isinstance(transport, PumpedTransport):
            transport.settle()
        if not isinstance(transport, PumpedTransport) or not transport.is_parked:
            sock.settimeout(IDLE_WAKE_S)
        return Connection(transport=transport, channel_or_socket=sock, last_heard=time.monotonic(), outer=outer)

    def fetch_key(self, address: str, port: int, timeout: float, *, kind: str = "") -> paramiko.PKey:
        """The key that a server shows, before anyone logs in; that of a `kind`. Trouble if it shows none."""
        target = Target(device=address, address=address, port=port, credential=Credential(name="", kind="ssh"), timeout=timeout)
        sock = self._dial(target)
        with contextlib.ExitStack() as at_the_end:
            at_the_end.callback(sock.close)
            transport = self._begin(target, sock, kind)
            at_the_end.callback(_cut, transport, sock)
            return transport.get_remote_server_key()

    def _outer(self, target: Target, jumps: int) -> Connection | None:
        if target.via is None:
            return None
        if jumps >= MOST_JUMPS:
            raise trouble(ErrorKind.UNREACHABLE, "too-many-jumps", target.device)
        return self.connect(target.via, jumps=jumps + 1)

    def _dial(self, target: Target) -> socket.socket:
        """A TCP connection, whichever of the name's addresses answers first in order."""
        deadline = time.monotonic() + target.timeout
        last: OSError = TimeoutError()
        try:
            found = socket.getaddrinfo(target.address, target.port, type=socket.SOCK_STREAM)
        except UnicodeError as error:  # a name that cannot be one: a part of it is empty, or longer than 63 signs
            raise trouble(ErrorKind.UNREACHABLE, "name-unknown", target.address) from error
        except OSError as error:
            raise from_network(error) from error
        for family, kind, proto, _name, place in found:
            sock = socket.socket(family, kind, proto)
            try:
                self._reach(sock, place, deadline)
            except OSError as error:
                sock.close()
                last = error
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        raise from_network(last) from last

    def _reach(self, sock: socket.socket, place: tuple[object, ...], deadline: float) -> None:
        sock.setblocking(False)
        code = sock.connect_ex(place)
        if code not in (0, errno.EINPROGRESS, errno.EWOULDBLOCK):
            raise OSError(code, "connect")
        poller = select.poll()
        poller.register(sock, select.POLLOUT)
        while not poller.poll(SLICE_S * 1000):
            if self.stopping.is_set() or time.monotonic() > deadline:
                raise TimeoutError
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, "connect")
        sock.setblocking(True)

    def _begin(
        self, target: Target, sock: "socket.socket | paramiko.Channel", kind: str = "", *, parks: bool = False
    ) -> paramiko.Transport:
        """Key exchange, offering the confirmed key types first, so that a second type of an honest server is no surprise.

        `parks` : whether the reader thread will read for it; one that others are reached through keeps its thread.
        """
        try:
            if parks and isinstance(sock, socket.socket):
                transport: paramiko.Transport = PumpedTransport(sock, disabled_algorithms=DISABLED)
            else:
                transport = paramiko.Transport(sock, disabled_algorithms=DISABLED)
        except (paramiko.SSHException, OSError, EOFError) as error:
            raise from_handshake(error) from error
        transport.name = f"ssh-transport-{target.device}"
        # Our own wait ends first, and calls it what it is.
        transport.banner_timeout = transport.handshake_timeout = target.timeout + 1.0
        # A peer that freezes while keys are exchanged anew may hold up the reader for this long, not for 30 s.
        transport.clear_to_send_timeout = 1.0
        _prefer_cheap_ciphers(transport)
        if kind:
            transport.get_security_options().key_types = [kind]
        else:
            _prefer(transport, self.known_hosts.keys_of(target.address, target.port))
        done = threading.Event()
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(_cut, transport, sock)
            transport.start_client(event=done)
            self._wait(transport, done, target.timeout)
            if not transport.is_active() or not transport.initial_kex_done:
                raise from_handshake(transport.get_exception())
            on_failure.pop_all()
        return transport

    def _check_host(self, target: Target, transport: paramiko.Transport) -> None:
        shown = transport.get_remote_server_key()
        confirmed = self.known_hosts.keys_of(target.address, target.port)
        place = place_of(target.address, target.port)
        if not confirmed:
            detail = f"{fingerprint(shown)} shown; compare it, then: noc-console trust {place}"
            raise trouble(ErrorKind.AUTH_FAILED, "host-key-unknown", detail)
        if shown not in confirmed.values():
            known = confirmed.get(shown.get_name()) or next(iter(confirmed.values()))
            detail = (
                f"{fingerprint(known)} confirmed, {fingerprint(shown)} shown; "
                f"not asked any more until: noc-console trust --replace {place}"
            )
            raise trouble(ErrorKind.HOST_KEY_CHANGED, "host-key-changed", detail)

    def _log_in(self, target: Target, transport: paramiko.Transport, key: paramiko.PKey | None, password: str | None) -> None:
        done = threading.Event()
        user = target.credential.user
        try:
            if key is not None:
                transport.auth_publickey(user, key, done)
            else:
                transport.auth_password(user, password or "", done, fallback=False)
        except paramiko.SSHException as error:
            raise from_handshake(error) from error
        self._wait(transport, done, target.timeout)
        if transport.is_authenticated():
            return
        cause = transport.get_exception()
        what = "key" if key is not None else "password"
        if isinstance(cause, paramiko.PasswordRequiredException | paramiko.BadAuthenticationType):
            raise trouble(ErrorKind.AUTH_FAILED, f"{what}-not-accepted", str(cause))
        if not transport.is_active() and not isinstance(cause, paramiko.AuthenticationException):
            raise trouble(ErrorKind.UNREACHABLE, "connection-lost", "closed while logging in")
        raise trouble(ErrorKind.AUTH_FAILED, f"{what}-refused", f"user {user}")

    def _wait(self, transport: paramiko.Transport, done: threading.Event, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while not done.wait(SLICE_S):
            if not transport.is_active():
                return
            if self.stopping.is_set() or time.monotonic() > deadline:
                raise trouble(ErrorKind.UNREACHABLE, "timeout", "no answer in the handshake")


def _prefer(transport: paramiko.Transport, confirmed: dict[str, paramiko.PKey]) -> None:
    options = transport.get_security_options()
    names = {name for kind in confirmed for name in (("rsa-sha2-512", "rsa-sha2-256") if kind == "ssh-rsa" else (kind,))}
    known = [name for name in options.key_types if name in names]
    options.key_types = [*known, *(name for name in options.key_types if name not in names)]


def _prefer_cheap_ciphers(transport: paramiko.Transport) -> None:
    """AES-GCM first: enciphered and signed in one call, where the others' signatures are computed in Python."""
    options = transport.get_security_options()
    options.ciphers = sorted(options.ciphers, key=lambda name: "gcm" not in name)


def _tunnel(outer: Connection, target: Target) -> paramiko.Channel:
    try:
        return outer.transport.open_channel(
            "direct-tcpip", (target.address, target.port), ("127.0.0.1", 0), timeout=target.timeout
        )
    except (paramiko.SSHException, OSError, EOFError) as error:
        raise trouble(ErrorKind.UNREACHABLE, "jump-refused", str(error)) from error
