"""The way to one device and what is on it: conversations under way, and their rounds of requests that wait for replies.

Confined to the exchange's thread once they are made.
"""

import socket
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from collectors.snmp.ber import PduTemplate
from collectors.snmp.failure import PollFailed
from collectors.snmp.session import Reply, Session
from collectors.snmp.shapes import Asking

Request = PduTemplate | Asking
Conversation = Generator[tuple[Request, ...], list[Reply], None]
Ended = Callable[[PollFailed | None], None]
"""Called in the exchange's thread when a conversation ended: None when it came to its own end."""


SENDINGS = 2
"""Instead of one, where the way is quick."""
QUICK = 6
"""An answer that comes within this part of the time-out is a quick one."""
LIKE_OTHERS, SOON = 2, 0.1
"""An answer within so many times what others take, or this part of a pause, comes as soon as ever."""
TRIPS_WEIGHED = 8
"""So many of the newest answers say how long they take (as TCP weighs them, RFC 6298)."""


@dataclass(slots=True, kw_only=True, eq=False)
class Line:
    """The way to one device. `timeout` is how long an answer to one sending is waited for; it is sent `tries` times.

    On a way that is known to be quick it is sent twice as often in the same time: what is lost is then lost again less often,
    and only a slow agent would be burdened by questions that it is answering already.
    """

    session: Session
    address: tuple[str, int]
    timeout: float = 1.0
    tries: int = 3
    in_flight: int = 0
    """Requests that wait for an answer."""
    rounds: list["Round"] = field(default_factory=list)
    introduction: "Round | None" = None
    is_held: bool = False
    """It waits for room among the requests of all devices."""
    trip: float | None = None
    """Seconds from a sending to its answer, about; None before the first."""
    family: socket.AddressFamily = field(init=False)

    @property
    def is_quick(self) -> bool:
        """Whether answers come long before they are given up."""
        return self.trip is not None and self.trip * QUICK <= self.timeout

    @property
    def pause(self) -> float:
        """Seconds after which a request is sent again."""
        return self.timeout / SENDINGS if self.is_quick else self.timeout

    @property
    def sendings(self) -> int:
        """How often a request is sent at most."""
        return self.tries * SENDINGS if self.is_quick else self.tries

    def answered_after(self, seconds: float, *, again: bool = False) -> None:
        """Note how long an answer took since the last sending.

        Where the request was sent `again` it is the answer to either (Karn): as soon as others came it says nothing new, and
        later it may well be what the first sending was too impatient for.
        """
        if again:
            if self.trip is None or seconds <= max(LIKE_OTHERS * self.trip, SOON * self.pause):
                return
            seconds += self.pause
        self.trip = seconds if self.trip is None else self.trip + (seconds - self.trip) / TRIPS_WEIGHED

    def __post_init__(self) -> None:
        self.family = socket.AF_INET6 if ":" in self.address[0] else socket.AF_INET


@dataclass(slots=True, eq=False)
class Talk:
    """A conversation under way; `deadline` in monotonic seconds."""

    conversation: Conversation
    line: Line
    deadline: float
    ended: Ended
    over: bool = False
    introduced: bool = False
    answered: bool = False
    is_silent: bool = False
    """Its last request was waited for in vain."""


class Round:
    """Requests that a conversation yielded together, one slot for each; or, without any, the introduction of a session.

    Attributes
    ----------
    idents : of those that are in flight, 0 of the others. sent : how often each was sent, sent_at : when last (monotonic).
    following : the first that was not sent yet. missing : how many replies have not come.
    blocks : of identifiers, that lead to it; base : the identifier of slot 0.
    """

    __slots__ = ("base", "blocks", "following", "idents", "missing", "replies", "reports", "requests", "sent", "sent_at", "talk")

    def __init__(self, talk: Talk, requests: tuple[Request, ...]) -> None:
        size = len(requests) or 1
        self.talk = talk
        self.requests = requests
        self.replies: list[Reply | None] = [None] * size
        self.idents = [0] * size
        self.sent = [0] * size
        self.sent_at = [0.0] * size
        self.reports = 0
        self.following = 0
        self.missing = size
        self.base = 0
        self.blocks: list[int] = []

    @property
    def introduces(self) -> bool:
        """Whether it is an introduction."""
        return not self.requests
