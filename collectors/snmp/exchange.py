"""Requests and replies over UDP: many conversations at once on one thread, none of them waiting for another.

A conversation is a generator: it yields requests (a tuple of `PduTemplate`, or of `Asking` where the shape of the reply may be
known) and is sent their replies in the same order, or has `PollFailed` thrown in. A `Line` is the way to one device, shared by
its conversations: no more than two requests are on it, and on all lines no more than the receive buffer holds replies.
"""

import random
import socket
import time
from collections import deque
from collections.abc import Callable
from logging import getLogger

from collectors.snmp import ber
from collectors.snmp.awaited import BLOCK_BITS, Awaited
from collectors.snmp.ber import BadMessage
from collectors.snmp.failure import PollFailed, bad_reply, out_of_time
from collectors.snmp.line import Conversation, Ended, Line, Request, Round, Talk
from collectors.snmp.session import AT_PLACE, Again, Reply
from collectors.snmp.shapes import AHEAD, Asking, Buffer
from collectors.snmp.sockets import Sockets
from collectors.snmp.timers import Timers

log = getLogger(__name__)

IN_FLIGHT_PER_DEVICE = 2
GATHER_S = 0.02
"""After some replies were taken, the next ones may gather this long."""
DATAGRAMS_PER_ROUND = 512
"""Datagrams taken before what is due is looked at again."""
MOST_GARBLED = 10_000
"""Addresses whose unreadable datagrams are remembered until a time-out there asks for a reason."""
MOST_TRIES = 16
"""For how many time-outs a request is sent to a device that has answered another one of the conversation: packets are lost.

Of such requests one in 50,000 stays unanswered where three of ten packets are lost on either way.
"""
MOST_TRIES_WALKED = 2
"""How many times as often as a first one a request of a walk is sent, once the device has answered another one."""
REPORTS_PER_REQUEST = 3
"""How often a device may ask for requests again: discovery, the time, and once more after a restart."""
_DEFECT = bad_reply("defect")


class Exchange:
    """What is in flight. Used by one thread; only `wake` may be called from others."""

    def __init__(
        self, rng: random.Random, monotonic: Callable[[], float] = time.monotonic, sockets: Sockets | None = None
    ) -> None:
        self._monotonic = monotonic
        self._sockets = sockets or Sockets()
        self._buffer = Buffer()
        self._awaited = Awaited(rng)
        self._in_flight = 0
        self._held: deque[Line] = deque()
        self._timers = Timers()
        self._gathers_until = 0.0
        self._garbled: dict[tuple[str, int], str] = {}

    def close(self) -> None:
        """Close the sockets; conversations still open are closed without a word."""
        for talk in {id(each.talk): each.talk for each, _ in self._awaited.blocks.values()}.values():
            talk.over = True
            talk.conversation.close()
        self._awaited.blocks.clear()
        self._sockets.close()

    def wake(self) -> None:
        """Let `step` return at once. Any thread."""
        self._sockets.ring()

    def begin(self, conversation: Conversation, line: Line, *, deadline: float, ended: Ended) -> None:
        """Start a conversation; `deadline` in monotonic seconds. `ended` may be called before this returns."""
        self._advance(Talk(conversation, line, deadline, ended), lambda: next(conversation))

    def step(self, until: float) -> None:
        """Wait for datagrams until then (monotonic) at the latest, take them, and send again what was not answered."""
        until = min(until, self._timers.next(self._awaited.blocks.get))
        now = self._monotonic()
        if self._gathers_until > now:
            # One wake-up then serves many replies, and many requests leave together; nobody waits for some milliseconds.
            time.sleep(min(GATHER_S, self._gathers_until - now))
            now = self._monotonic()
        for udp in self._sockets.readable(until - now):
            now = self._monotonic()
            is_drained = self._receive(udp, now)
            self._gathers_until = now + GATHER_S if is_drained else now
        while self._held and self._has_room():
            line = self._held.popleft()
            line.is_held = False
            self._pump(line)
        self._fire(self._monotonic())

    def _has_room(self) -> bool:
        return self._in_flight < self._sockets.window

    # --- in -------------------------------------------------------------------------------------------------------------------

    def _receive(self, udp: socket.socket, now: float) -> bool:
        """Take what waits; whether that was all."""
        buffer = self._buffer
        octets, view, receive, pending = buffer.octets, buffer.view, udp.recvfrom_into, self._awaited.blocks
        for _ in range(DATAGRAMS_PER_ROUND):
            try:
                size, address = receive(view)
            except BlockingIOError:
                return True
            except OSError as error:  # an ICMP error of an earlier datagram; the time-out tells who it was
                log.debug("receiving: %s", error)
                continue
            at = ber.ident_at(octets, AHEAD)
            ident = octets[at : at + 4]
            number = int.from_bytes(ident, "big")
            found = pending.get(number >> BLOCK_BITS)
            if found is not None and found[0].requests:
                round_, slot = found[0], number - found[1]
                if slot < len(round_.idents) and round_.idents[slot] == number and address[:2] == round_.talk.line.address:
                    request = round_.requests[slot]
                    if isinstance(request, Asking) and request.fits(buffer, size, ident):
                        request.take(buffer)
                        self._answered(round_, slot, AT_PLACE, now)
                        continue
            self._take_carefully(bytes(view[:size]), address, now)
        return False

    def _take_carefully(self, message: bytes, address: tuple[str, int], now: float) -> None:
        try:
            self._take(message, address[:2], now)
        except BadMessage as error:
            log.debug("%s: ignored a datagram: %s", address[0], error)
            if len(self._garbled) < MOST_GARBLED:
                self._garbled[address[:2]] = str(error)

    def _take(self, message: bytes, address: tuple[str, int], now: float) -> None:
        """One datagram. BadMessage if it cannot be read or trusted."""
        head = ber.read_message(message)
        ident = head.message_id if head.version == ber.V3 else ber.read_pdu_head(message, head.start, head.end).request_id
        found = self._awaited.find(ident)
        if found is None or address != found[0].talk.line.address:
            log.debug("%s: an answer that nobody waits for", address[0])
            return
        round_, slot = found
        asking = request if round_.requests and isinstance(request := round_.requests[slot], Asking) else None
        try:
            reply = round_.talk.line.session.open(message, head, ident, now, asking, self._buffer)
            if round_.introduces:
                raise BadMessage("no report on an introduction")
        except Again:
            self._again(round_, slot, now)
        except PollFailed as failure:
            self._fail(round_.talk, failure)
        else:
            self._answered(round_, slot, reply, now)

    def _answered(self, round_: Round, slot: int, reply: Reply, now: float) -> None:
        """A request has its reply: the conversation goes on once all have theirs."""
        talk, line = round_.talk, round_.talk.line
        round_.idents[slot] = 0
        line.answered_after(now - round_.sent_at[slot], again=round_.sent[slot] > 1)
        line.in_flight -= 1
        self._in_flight -= 1
        talk.answered, talk.is_silent = True, False
        if self._garbled:
            self._garbled.pop(line.address, None)
        round_.replies[slot] = reply
        round_.missing -= 1
        if self._monotonic() >= talk.deadline:
            self._fail(talk, out_of_time())
            return
        if not round_.missing:
            self._forget(round_)
            replies = [each for each in round_.replies if each is not None]
            self._advance(talk, lambda: talk.conversation.send(replies))
        if line.rounds:
            self._pump(line)

    def _again(self, round_: Round, slot: int, now: float) -> None:
        """The device asked for the request again, or an introduction was answered."""
        talk = round_.talk
        if round_.introduces:
            talk.introduced = True
            self._forget(round_)
        else:
            round_.reports += 1
            if round_.reports > REPORTS_PER_REQUEST * len(round_.idents):
                self._fail(talk, bad_reply("report-loop"))
                return
            # under a new identifier: the same report that comes twice is then not taken for another one
            self._settle(round_, slot)
            round_.sent[slot] = 0
            self._send(round_, slot, self._awaited.another(round_, slot), now)
        self._pump(talk.line)

    # --- out ------------------------------------------------------------------------------------------------------------------

    def _advance(self, talk: Talk, step: Callable[[], tuple[Request, ...]]) -> None:
        """Let a conversation go on until it yields its next requests, or ends."""
        failure: PollFailed | None = _DEFECT
        requests: tuple[Request, ...] = ()
        try:
            requests = step()
            while not requests:  # nothing to ask this time: waiting for it would be for ever
                requests = talk.conversation.send([])
        except StopIteration:
            failure = None
        except PollFailed as told:
            failure = told
        except BadMessage as error:
            failure = bad_reply("malformed", str(error))
        finally:  # a defect goes on to the worker loop, but its poll has ended
            if not requests:
                self._over(talk, failure)
        if requests:
            self._begin_round(Round(talk, requests))

    def _begin_round(self, round_: Round) -> None:
        talk, now = round_.talk, self._monotonic()
        first = self._awaited.add(round_)
        talk.line.rounds.append(round_)
        pause = talk.line.pause
        self._timers.add(min(now + pause, talk.deadline), first, pause)
        self._pump(talk.line, now)

    def _pump(self, line: Line, now: float | None = None) -> None:
        """Send what waits, as far as the line and the whole have room."""
        while line.rounds and line.in_flight < IN_FLIGHT_PER_DEVICE and line.introduction is None:
            round_ = line.rounds[0]
            if round_.following >= len(round_.requests):
                others = (each for each in line.rounds if each.following < len(each.requests))
                if (round_ := next(others, round_)).following >= len(round_.requests):
                    return
            if not self._has_room():
                if not line.is_held:
                    line.is_held = True
                    self._held.append(line)
                return
            now = self._monotonic() if now is None else now
            if line.session.ready:
                slot = round_.following
                round_.following += 1
                self._send(round_, slot, round_.base + slot, now)
            else:
                self._introduce(round_.talk)

    def _introduce(self, talk: Talk) -> None:
        talk.line.introduction = round_ = Round(talk, ())
        self._begin_round(round_)
        self._send(round_, 0, round_.base, self._monotonic())

    def _send(self, round_: Round, slot: int, ident: int, now: float) -> None:
        """Send a request under a new identifier, or again under its own."""
        line = round_.talk.line
        if not round_.sent[slot]:
            round_.idents[slot] = ident
            line.in_flight += 1
            self._in_flight += 1
        round_.sent[slot] += 1
        round_.sent_at[slot] = now
        self._sockets.send(line.family, _message(round_, slot, ident, now), line.address)

    # --- ends -----------------------------------------------------------------------------------------------------------------

    def _settle(self, round_: Round, slot: int) -> None:
        """Nothing is waited for any more."""
        if round_.idents[slot]:
            round_.idents[slot] = 0
            round_.talk.line.in_flight -= 1
            self._in_flight -= 1

    def _forget(self, round_: Round) -> None:
        """A round is over."""
        line = round_.talk.line
        for slot in range(len(round_.idents)):
            self._settle(round_, slot)
        self._awaited.forget(round_)
        line.rounds.remove(round_)
        if line.introduction is round_:
            line.introduction = None

    def _fail(self, talk: Talk, failure: PollFailed) -> None:
        """Throw a failure into a conversation; what else of it waits or is in flight is dropped."""
        self._drop(talk)
        self._advance(talk, lambda: talk.conversation.throw(failure))
        self._pump(talk.line)

    def _over(self, talk: Talk, failure: PollFailed | None) -> None:
        talk.over = True
        self._drop(talk)
        talk.ended(failure)

    def _drop(self, talk: Talk) -> None:
        for round_ in [each for each in talk.line.rounds if each.talk is talk]:
            self._forget(round_)

    def _fire(self, now: float) -> None:
        """Send again, or give up, what is due."""
        for block in self._timers.due(now):
            found = self._awaited.blocks.get(block)
            if found is not None:
                self._look_again(found[0], now)

    def _look_again(self, round_: Round, now: float) -> None:
        """Of a round whose time has come: send again what was waited for long enough, or give up."""
        talk, line = round_.talk, round_.talk.line
        pause = line.pause
        soonest = min(talk.deadline, now + pause)
        for slot, ident in enumerate(round_.idents):
            if not ident:
                continue
            if now >= min(round_.sent_at[slot] + pause, talk.deadline):
                if round_.sent[slot] >= _most_tries(round_, slot) or now >= talk.deadline:
                    self._give_up(round_, slot, now)
                    return
                self._send(round_, slot, ident, now)
            soonest = min(soonest, round_.sent_at[slot] + pause)
        if now >= talk.deadline:  # nothing of it is in flight: it waited for room in vain
            self._fail(talk, out_of_time())
            return
        self._timers.add(soonest, round_.blocks[0], pause)

    def _give_up(self, round_: Round, slot: int, now: float) -> None:
        talk = round_.talk
        # A device that answered until its deadline came is slow; only a whole time-out without a word is silence.
        was_waited_for = (
            round_.sent[slot] > talk.line.sendings // talk.line.tries or now >= round_.sent_at[slot] + talk.line.timeout
        )
        talk.is_silent |= was_waited_for or not talk.answered
        self._forget(round_)
        self._fail(talk, self._silence(talk) if talk.is_silent else out_of_time())

    def _silence(self, talk: Talk) -> PollFailed:
        """What it means that nothing usable came."""
        said = self._garbled.pop(talk.line.address, None)
        failure = talk.line.session.silence(only_introduced=talk.introduced and not talk.answered)
        return failure if said is None else bad_reply("malformed", said)


def _most_tries(round_: Round, slot: int) -> int:
    """How often a request is sent. One that is walked may be what makes an agent fall silent: it is not asked for ever."""
    talk = round_.talk
    if not talk.answered:
        return talk.line.sendings
    is_polled = bool(round_.requests) and isinstance(round_.requests[slot], Asking)
    return MOST_TRIES * talk.line.sendings // talk.line.tries if is_polled else MOST_TRIES_WALKED * talk.line.sendings


def _message(round_: Round, slot: int, ident: int, now: float) -> bytes:
    session = round_.talk.line.session
    if not round_.requests:
        return session.introduction(ident)
    request = round_.requests[slot]
    if isinstance(request, Asking) and request.sealed is not None:
        before, after = request.sealed
        return before + ident.to_bytes(4, "big") + after
    return session.seal(request, ident, now)
