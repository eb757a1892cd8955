"""Requests and replies over UDP: many conversations at once on one thread, none of them waiting for another.

A conversation is a generator: it yields requests (a tuple of `PduTemplate`, or of `Asking` where the shape of the reply may be
known) and is sent their replies in the same order, or has `PollFailed` thrown in. A `Line` is the way to one device, shared by
its conversations: no more than two requests are on it.
"""

import contextlib
import heapq
import random
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from logging import getLogger

from collectors.snmp import ber
from collectors.snmp.ber import BadMessage, PduTemplate
from collectors.snmp.failure import PollFailed, bad_reply, out_of_time
from collectors.snmp.session import AT_PLACE, Again, Reply, Session
from collectors.snmp.shapes import AHEAD, Asking, Buffer

log = getLogger(__name__)

Request = PduTemplate | Asking
Conversation = Generator[tuple[Request, ...], list[Reply], None]
Ended = Callable[[PollFailed | None], None]
"""Called in the exchange's thread when a conversation ended: None when it came to its own end."""

IN_FLIGHT_PER_DEVICE = 2
RECEIVE_BUFFER = 8 << 20
SO_RCVBUFFORCE = 33
"""Of Linux (socket(7)); Python has no name for it."""
GATHER_S = 0.002
"""After some replies were taken, the next ones may gather this long."""
DATAGRAMS_PER_ROUND = 128
"""Datagrams taken before what is due is looked at again."""
MOST_GARBLED = 10_000
"""Addresses whose unreadable datagrams are remembered until a time-out there asks for a reason."""
MOST_TRIES = 16
"""How often a request is sent to a device that has answered another one of the same conversation: it is there, packets are lost.

Of such requests one in 50,000 stays unanswered where three of ten packets are lost on either way.
"""
REPORTS_PER_REQUEST = 3
"""How often a device may ask for the same request again: discovery, the time, and once more after a restart."""


@dataclass(slots=True, kw_only=True, eq=False)
class Line:
    """The way to one device. `timeout` is how long an answer to one sending is waited for; it is sent `tries` times."""

    session: Session
    address: tuple[str, int]
    timeout: float = 1.0
    tries: int = 3
    in_flight: list["_Request"] = field(default_factory=list)
    waiting: deque["_Request"] = field(default_factory=deque)
    introducing: bool = False


@dataclass(slots=True, eq=False)
class _Talk:
    """A conversation under way."""

    conversation: Conversation
    line: Line
    deadline: float
    ended: Ended
    replies: list[Reply | None] = field(default_factory=list)
    missing: int = 0
    over: bool = False
    introduced: bool = False
    answered: bool = False
    is_silent: bool = False
    """Its last request was waited for in vain."""


@dataclass(slots=True, eq=False)
class _Request:
    """One request of a conversation, waiting or in flight; `slot` is its place among those yielded together.

    The introduction of a session has no template and no slot.
    """

    talk: _Talk
    slot: int
    template: PduTemplate | None
    asking: Asking | None = None
    ident: int = 0
    sent: int = 0
    sent_at: float = 0.0
    reports: int = 0


def _request(talk: _Talk, slot: int, request: Request) -> _Request:
    return _Request(talk, slot, request.template, request) if isinstance(request, Asking) else _Request(talk, slot, request)


class Timers:
    """When requests are to be sent again: (identifier, how often sent). Those of one time-out come due in their order."""

    def __init__(self) -> None:
        self._queues: dict[float, deque[tuple[float, int, int]]] = {}
        self._odd: list[tuple[float, int, int]] = []

    def add(self, now: float, timeout: float, deadline: float, ident: int, sent: int) -> None:
        """Come due after the time-out, or at the deadline if that is sooner."""
        when = now + timeout
        if deadline < when:
            heapq.heappush(self._odd, (max(deadline, now), ident, sent))
            return
        queue = self._queues.get(timeout)
        if queue is None:
            queue = self._queues[timeout] = deque()
        queue.append((when, ident, sent))

    def next(self, is_waited_for: Callable[[int, int], bool]) -> float:
        """When the next of those comes due that are still waited for; the others are dropped. Infinity if there is none."""
        soonest = float("inf")
        for queue in self._queues.values():
            while queue and not is_waited_for(*queue[0][1:]):
                queue.popleft()
            if queue:
                soonest = min(soonest, queue[0][0])
        while self._odd and not is_waited_for(*self._odd[0][1:]):
            heapq.heappop(self._odd)
        return min(soonest, self._odd[0][0]) if self._odd else soonest

    def due(self, now: float) -> list[tuple[int, int]]:
        """What has come due, taken off."""
        found = []
        for queue in self._queues.values():
            while queue and queue[0][0] <= now:
                found.append(queue.popleft()[1:])
        while self._odd and self._odd[0][0] <= now:
            found.append(heapq.heappop(self._odd)[1:])
        return found


class Exchange:
    """The sockets, and what is in flight. Used by one thread; only `wake` may be called from others."""

    def __init__(self, rng: random.Random, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._selector = selectors.DefaultSelector()
        self._sockets = {family: udp for family in (socket.AF_INET, socket.AF_INET6) if (udp := _socket(family)) is not None}
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._bell.setblocking(False)
        for source in (*self._sockets.values(), self._ear):
            self._selector.register(source, selectors.EVENT_READ)
        self._buffer = Buffer()
        self._pending: dict[int, _Request] = {}
        self._timers = Timers()
        self._gathers_until = 0.0
        self._garbled: dict[tuple[str, int], str] = {}
        self._next_ident = rng.randrange(ber.FIRST_REQUEST_ID, 0x7FFFFFFF)

    def close(self) -> None:
        """Close the sockets; conversations still open are closed without a word."""
        for request in list(self._pending.values()):
            request.talk.over = True
            request.talk.conversation.close()
        self._pending.clear()
        self._selector.close()
        for source in (*self._sockets.values(), self._ear, self._bell):
            source.close()

    def wake(self) -> None:
        """Let `step` return at once. Any thread."""
        with contextlib.suppress(BlockingIOError, OSError):  # full: it is awake already; closed: it needs no waking
            self._bell.send(b"\0")

    def begin(self, conversation: Conversation, line: Line, *, deadline: float, ended: Ended) -> None:
        """Start a conversation; `deadline` in monotonic seconds. `ended` may be called before this returns."""
        talk = _Talk(conversation, line, deadline, ended)
        self._advance(talk, lambda: next(conversation))

    def step(self, until: float) -> None:
        """Wait for datagrams until then (monotonic) at the latest, take them, and send again what was not answered."""
        until = min(until, self._timers.next(self._is_waited_for))
        now = self._monotonic()
        if self._gathers_until > now:
            # One wake-up then serves many replies, and many requests leave together; nobody waits for a few milliseconds.
            time.sleep(min(GATHER_S, self._gathers_until - now))
        for key, _ in self._selector.select(max(0.0, until - self._monotonic())):
            if key.fileobj is self._ear:
                with contextlib.suppress(BlockingIOError):
                    while self._ear.recv(4096):
                        pass
            elif isinstance(key.fileobj, socket.socket):
                self._receive(key.fileobj)
                self._gathers_until = self._monotonic() + GATHER_S
        self._fire(self._monotonic())

    # --- in -------------------------------------------------------------------------------------------------------------------

    def _receive(self, udp: socket.socket) -> None:
        buffer = self._buffer
        octets, view, receive = buffer.octets, buffer.view, udp.recvfrom_into
        for _ in range(DATAGRAMS_PER_ROUND):
            try:
                size, address = receive(view)
            except BlockingIOError:
                return
            except OSError as error:  # an ICMP error of an earlier datagram; the time-out tells who it was
                log.debug("receiving: %s", error)
                continue
            at = ber.ident_at(octets, AHEAD)
            ident = bytes(octets[at : at + 4])
            request = self._pending.get(int.from_bytes(ident, "big"))
            asking = request.asking if request is not None and address[:2] == request.talk.line.address else None
            if request is not None and asking is not None and asking.fits(buffer, size, ident):
                asking.take(buffer)
                self._answered(request, AT_PLACE)
            else:
                self._take_carefully(bytes(view[:size]), address)

    def _take_carefully(self, message: bytes, address: tuple[str, int]) -> None:
        try:
            self._take(message, address)
        except BadMessage as error:
            log.debug("%s: ignored a datagram: %s", address[0], error)
            if len(self._garbled) < MOST_GARBLED:
                self._garbled[address[:2]] = str(error)

    def _take(self, message: bytes, address: tuple[str, int]) -> None:
        """One datagram. BadMessage if it cannot be read or trusted."""
        head = ber.read_message(message)
        ident = head.message_id if head.version == ber.V3 else ber.read_pdu_head(message, head.start, head.end).request_id
        request = self._pending.get(ident)
        if request is None or address[:2] != request.talk.line.address:
            log.debug("%s: an answer that nobody waits for", address[0])
            return
        talk, line = request.talk, request.talk.line
        now = self._monotonic()
        try:
            reply = line.session.open(message, head, ident, now, request.asking, self._buffer)
            if request.template is None:
                raise BadMessage("no report on an introduction")
        except Again:
            self._again(request, now)
            return
        except PollFailed as failure:
            self._settle(request)
            self._fail(talk, failure)
            return
        self._answered(request, reply)

    def _answered(self, request: _Request, reply: Reply) -> None:
        """A request has its reply: the conversation goes on once all have theirs."""
        talk = request.talk
        self._settle(request)
        talk.answered, talk.is_silent = True, False
        if self._garbled:
            self._garbled.pop(talk.line.address, None)
        talk.replies[request.slot] = reply
        talk.missing -= 1
        if self._monotonic() >= talk.deadline:
            self._fail(talk, out_of_time())
        elif not talk.missing:
            replies = [each for each in talk.replies if each is not None]
            self._advance(talk, lambda: talk.conversation.send(replies))
        self._pump(talk.line)

    def _again(self, request: _Request, now: float) -> None:
        """The device asked for the request again, or an introduction was answered."""
        talk = request.talk
        request.reports += 1
        if request.template is None:
            talk.introduced = True
            self._settle(request)
            talk.line.introducing = False
        elif request.reports > REPORTS_PER_REQUEST:
            self._settle(request)
            self._fail(talk, bad_reply("report-loop"))
            return
        else:
            del self._pending[request.ident]
            request.sent = 0
            self._send(request, now)
        self._pump(talk.line)

    # --- out ------------------------------------------------------------------------------------------------------------------

    def _advance(self, talk: _Talk, step: Callable[[], tuple[Request, ...]]) -> None:
        """Let a conversation go on until it yields its next requests, or ends."""
        failure: PollFailed | None = bad_reply("defect")
        goes_on = False
        try:
            requests = step()
            while not requests:  # nothing to ask this time: waiting for it would be for ever
                requests = talk.conversation.send([])
            goes_on = True
        except StopIteration:
            failure = None
        except PollFailed as told:
            failure = told
        except BadMessage as error:
            failure = bad_reply("malformed", str(error))
        finally:  # a defect goes on to the worker loop, but its poll has ended
            if not goes_on:
                self._over(talk, failure)
        if goes_on:
            talk.replies = [None] * len(requests)
            talk.missing = len(requests)
            talk.line.waiting.extend(_request(talk, slot, each) for slot, each in enumerate(requests))
            self._pump(talk.line)

    def _fail(self, talk: _Talk, failure: PollFailed) -> None:
        """Throw a failure into a conversation; what else of it waits or is in flight is dropped."""
        self._drop(talk)
        self._advance(talk, lambda: talk.conversation.throw(failure))
        self._pump(talk.line)

    def _over(self, talk: _Talk, failure: PollFailed | None) -> None:
        talk.over = True
        self._drop(talk)
        talk.ended(failure)

    def _drop(self, talk: _Talk) -> None:
        for request in [each for each in talk.line.in_flight if each.talk is talk]:
            self._settle(request)
            if request.template is None:
                talk.line.introducing = False
        talk.line.waiting = deque(each for each in talk.line.waiting if each.talk is not talk)

    def _pump(self, line: Line) -> None:
        """Send what waits, as far as the line has room."""
        while line.waiting and len(line.in_flight) < IN_FLIGHT_PER_DEVICE and not line.introducing:
            now = self._monotonic()
            if line.session.ready:
                request = line.waiting.popleft()
            else:
                line.introducing = True
                request = _Request(line.waiting[0].talk, -1, None)
            line.in_flight.append(request)
            self._send(request, now)

    def _send(self, request: _Request, now: float) -> None:
        """Send a request under a new identifier, or again under its own."""
        line = request.talk.line
        if not request.sent:
            request.ident = self._fresh_ident()
            self._pending[request.ident] = request
        message = self._message(request, now)
        request.sent, request.sent_at = request.sent + 1, now
        self._timers.add(now, line.timeout, request.talk.deadline, request.ident, request.sent)
        udp = self._sockets.get(socket.AF_INET6 if ":" in line.address[0] else socket.AF_INET)
        try:
            if udp is not None:
                udp.sendto(message, line.address)
        except OSError as error:  # no route, or a full buffer: as good as lost; the time-out deals with it
            log.debug("%s: sending: %s", line.address[0], error)

    @staticmethod
    def _message(request: _Request, now: float) -> bytes:
        session, ident = request.talk.line.session, request.ident
        if request.asking is not None and request.asking.sealed is not None:
            before, after = request.asking.sealed
            return before + ident.to_bytes(4, "big") + after
        if request.template is None:
            return session.introduction(ident)
        return session.seal(request.template, ident, now)

    def _fresh_ident(self) -> int:
        while True:
            self._next_ident = self._next_ident + 1 if self._next_ident < 0x7FFFFFFF else ber.FIRST_REQUEST_ID
            if self._next_ident not in self._pending:
                return self._next_ident

    def _settle(self, request: _Request) -> None:
        """Nothing is waited for any more."""
        if self._pending.pop(request.ident, None) is not None:
            request.talk.line.in_flight.remove(request)

    def _fire(self, now: float) -> None:
        """Send again, or give up, what is due."""
        for ident, sent in self._timers.due(now):
            request = self._pending.get(ident)
            if request is None or request.sent != sent:
                continue
            # What is walked may be what makes an agent fall silent; what is polled regularly was answered before.
            tries = MOST_TRIES if request.talk.answered and request.asking is not None else request.talk.line.tries
            if request.sent < tries and now < request.talk.deadline:
                self._send(request, now)
                continue
            self._settle(request)
            if request.template is None:
                request.talk.line.introducing = False
            # A device that answered until its deadline came is slow; only a whole time-out without a word is silence.
            was_waited_for = request.sent > 1 or now >= request.sent_at + request.talk.line.timeout
            request.talk.is_silent |= was_waited_for or not request.talk.answered
            self._fail(request.talk, self._silence(request.talk) if request.talk.is_silent else out_of_time())

    def _is_waited_for(self, ident: int, sent: int) -> bool:
        request = self._pending.get(ident)
        return request is not None and request.sent == sent

    def _silence(self, talk: _Talk) -> PollFailed:
        """What it means that nothing usable came."""
        said = self._garbled.pop(talk.line.address, None)
        failure = talk.line.session.silence(only_introduced=talk.introduced and not talk.answered)
        return failure if said is None else bad_reply("malformed", said)


def _socket(family: socket.AddressFamily) -> socket.socket | None:
    """A non-blocking UDP socket with a large receive buffer; None where the family is not there."""
    try:
        udp = socket.socket(family, socket.SOCK_DGRAM)
        udp.setblocking(False)
        udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        with contextlib.suppress(OSError):  # beyond the system's limit, where we may
            udp.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER)
        if family == socket.AF_INET6:
            udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    except OSError as error:
        log.debug("no socket of %s: %s", family.name, error)
        return None
    return udp
