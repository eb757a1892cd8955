"""Why a server could not be asked: an exception inside the collector, an error as data at its edge."""

import errno
import socket

from paramiko.ssh_exception import IncompatiblePeer

from noc_console.model.poll import ErrorKind, PollError
from noc_console.text import clean

_ROUTE = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN)


class Trouble(Exception):
    """Carries the error of a poll up to where it becomes a result."""

    def __init__(self, error: PollError) -> None:
        super().__init__(f"{error.kind} {error.reason} {error.detail}".rstrip())
        self.error = error


def trouble(kind: ErrorKind, reason: str, detail: str = "") -> Trouble:
    """One to raise; the detail is cleaned, since it may hold a device's text."""
    return Trouble(PollError(kind=kind, reason=reason, detail=clean(detail)))


def from_network(error: OSError) -> Trouble:
    """What a failed connection means: the name, a refusal, no way, or silence."""
    if isinstance(error, socket.gaierror):
        return trouble(ErrorKind.UNREACHABLE, "name-unknown", str(error.strerror or error))
    if isinstance(error, ConnectionRefusedError):
        return trouble(ErrorKind.UNREACHABLE, "refused")
    if isinstance(error, TimeoutError):
        return trouble(ErrorKind.UNREACHABLE, "timeout")
    if error.errno in _ROUTE:
        return trouble(ErrorKind.UNREACHABLE, "no-route", error.strerror or "")
    return trouble(ErrorKind.UNREACHABLE, "connection-lost", error.strerror or str(error))


def from_handshake(error: Exception | None) -> Trouble:
    """What a session that never began means. `error` is paramiko's; None where it kept none (the other side just went away)."""
    if isinstance(error, IncompatiblePeer):
        return trouble(ErrorKind.BAD_REPLY, "no-common-algorithm", str(error))
    if isinstance(error, EOFError) or error is None:
        return trouble(ErrorKind.UNREACHABLE, "connection-lost", "closed before the session began")
    if isinstance(error, OSError):
        return from_network(error)
    text = str(error)
    if "banner" in text:
        # MaxStartups of a busy sshd drops connections exactly so; something that never says SSH- ends here as well.
        return trouble(ErrorKind.UNREACHABLE, "no-banner", text)
    return trouble(ErrorKind.BAD_REPLY, "handshake-failed", text)
