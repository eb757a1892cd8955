"""Why a poll failed, as an exception that carries the poll's error."""

from noc_console.model.poll import ErrorKind, PollError


class PollFailed(Exception):
    """A poll that gives nothing. `reason` is a code; `detail` is cleaned text without secrets."""

    def __init__(self, kind: ErrorKind, reason: str, detail: str = "") -> None:
        super().__init__(f"{kind.value}: {reason}{': ' if detail else ''}{detail}")
        self.error = PollError(kind=kind, reason=reason, detail=detail)


def timed_out() -> PollFailed:
    """No answer: the device is away, or it does not know the community (which then stays silent, RFC 3584)."""
    return PollFailed(ErrorKind.UNREACHABLE, "timeout")


def out_of_time() -> PollFailed:
    """It answers, but so slowly, or so much, that the next poll would be due."""
    return PollFailed(ErrorKind.UNREACHABLE, "deadline")


def bad_reply(reason: str, detail: str = "") -> PollFailed:
    """An answer that makes no sense."""
    return PollFailed(ErrorKind.BAD_REPLY, reason, detail)
