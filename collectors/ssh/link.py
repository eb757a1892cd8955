"""One server as the reader thread sees it: its connection, who waits for it, and what runs on it. Confined to that thread."""

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import paramiko

from collectors.ssh.calls import Call, Calls
from collectors.ssh.commands import STREAM_GPU, STREAM_HOST, STREAM_OF, Command, Output
from collectors.ssh.connection import Connection, Target
from collectors.ssh.exchange import Exchange, Opening, Stage
from collectors.ssh.known_hosts import KnownHosts, Signature
from collectors.ssh.lane import Lane
from collectors.ssh.pool import ConnectPool
from collectors.ssh.pumped import PumpedTransport
from collectors.ssh.timers import Timers
from noc_console.model.poll import ErrorKind, PollError

log = logging.getLogger(__name__)

Done = Callable[[Output], None]
Opened = Callable[[PollError | None], None]

LOST = PollError(kind=ErrorKind.UNREACHABLE, reason="connection-lost")
LOOK = Command(name="look", line="", remote_s=5)
TICK_S = 0.25
"""Deadlines are looked at so often: a thousand servers' are not worth a wake-up each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every link of a collector shares."""

    pool: ConnectPool
    known_hosts: KnownHosts
    calls: Calls
    timers: Timers
    returned: Callable[[str], None] = lambda _device: None
    """Called when a server that could not be reached can be again."""


class Link:
    """A server's connection and its commands."""

    def __init__(self, target: Target, around: Surroundings) -> None:
        self.target = target
        self._around = around
        self._connection: Connection | None = None
        self._is_connecting = False
        self._waiting: list[Opened] = []
        self._running: dict[str, Exchange] = {}
        self._callers: dict[str, list[Done]] = {}
        self._stopped: tuple[PollError, Signature] | None = None
        self._last_trouble = ""
        self._is_down = False
        patience = target.timeout / 2
        self._lanes = {loop.name: Lane(loop, self, patience) for loop in (STREAM_HOST, STREAM_GPU)}

    # The connection

    def open(self, opened: Opened) -> None:
        """Have a connection, then call with None; or with why there is none. At once where that is known already."""
        refused = self._still_stopped()
        if refused is not None:
            opened(refused)
        elif self._connection is not None and self._connection.is_open:
            opened(None)
        else:
            self._waiting.append(opened)
            self._connect()

    def _still_stopped(self) -> PollError | None:
        """A changed host key stops the polling until a person has changed what is confirmed."""
        if self._stopped is None:
            return None
        error, signature = self._stopped
        if self._around.known_hosts.signature() == signature:
            return error
        self._stopped = None
        return None

    def _connect(self) -> None:
        if self._is_connecting:
            return
        self.drop()
        self._is_connecting = True
        # The file as it is before the key is looked at: a change while connecting is then seen as one.
        signature = self._around.known_hosts.signature()
        post = self._around.calls.put
        self._around.pool.submit(self.target, lambda found: post(lambda: self._connected(found, signature)))

    def _connected(self, found: Connection | PollError, signature: Signature) -> None:
        self._is_connecting = False
        error: PollError | None = None
        if isinstance(found, Connection):
            self._connection = found
            self._tell("")
            self._pump_from_now_on(found)
        else:
            error = found
            self._tell(f"{found.kind} {found.reason}")
            if found.kind is ErrorKind.HOST_KEY_CHANGED:
                self._stopped = (found, signature)
        returns = error is None and self._is_down
        self._is_down = error is not None
        waiting, self._waiting = self._waiting, []
        for opened in waiting:
            opened(error)
        if returns:
            self._around.returned(self.target.device)

    def _pump_from_now_on(self, connection: Connection) -> None:
        transport, calls = connection.transport, self._around.calls
        if not isinstance(transport, PumpedTransport) or not transport.is_parked:
            return
        descriptor = connection.descriptor = transport.wire.sock.fileno()

        def watched(step: Call) -> None:
            step()
            if not transport.is_active():
                calls.forget(descriptor)
                connection.descriptor = -1

        pump, flush = partial(watched, transport.pump), partial(watched, transport.flush)
        if descriptor >= 0:
            transport.wire.soon = lambda: calls.put_last(flush)
            calls.watch(descriptor, pump)
            pump()  # what came with the login's last packet is here already

    def _tell(self, trouble: str) -> None:
        """Once when it goes down, once when it returns."""
        if trouble and trouble != self._last_trouble:
            log.info("%s: no SSH connection: %s", self.target.device, trouble)
        elif self._last_trouble and not trouble:
            log.info("%s: SSH connection is back", self.target.device)
        self._last_trouble = trouble

    def drop(self) -> None:
        """Close the connection; what ran on it ends as `connection-lost`."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._around.calls.forget(connection.descriptor)
            connection.close()
        for name in list(self._running):
            self._end(name, self._running[name], "connection-lost")
        for lane in self._lanes.values():
            lane.drop()

    @property
    def is_up(self) -> bool:
        """Whether there is a connection, as far as is known."""
        return self._connection is not None and self._connection.is_open

    # Commands

    def run(self, command: Command, done: Done) -> None:
        """Run it, and call with its output. One of a name runs at a time: who asks meanwhile gets the same output."""
        if self._is_hung(command):
            # The one before hangs on the server (a sick GPU, state D): a second would hang as well.
            done(Output(command=command, problem="still-running"))
        elif command.letter:
            self._lanes[STREAM_OF[command.letter].name].run(command, done)
        else:
            self.run_alone(command, done)

    def _is_hung(self, command: Command) -> bool:
        alone = any(
            running.expired and (name == command.name or (command.tool and running.command.tool == command.tool))
            for name, running in self._running.items()
        )
        return alone or bool(command.tool == STREAM_GPU.tool and self._lanes[STREAM_GPU.name].is_stuck)

    def run_alone(self, command: Command, done: Done) -> None:
        """Run it on a channel of its own."""
        running = self._running.get(command.name)
        if running is not None:
            self._callers[command.name].append(done)
        elif self._connection is None:
            done(Output(command=command, problem="connection-lost"))
        else:
            self._begin(self._connection, command, done)

    # What the lanes stand on

    def transport(self) -> paramiko.Transport | None:
        """The connection, if there is one."""
        return self._connection.transport if self._connection is not None else None

    def later(self, seconds: float, call: Call) -> None:
        """Call in so many seconds, or a little later: with what is due at the same tick."""
        self._around.timers.at(math.ceil((time.monotonic() + seconds) / TICK_S) * TICK_S, call)

    def soon(self, call: Call) -> None:
        """Call when what is due now has been begun. Any thread."""
        self._around.calls.put(call)

    def heard(self) -> None:
        """The server has said something."""
        if self._connection is not None:
            self._connection.last_heard = time.monotonic()

    def look_alive(self) -> None:
        """Where nothing was heard for a while: open a channel, and give the connection up if that is not answered."""
        connection = self._connection
        silent_since = time.monotonic() - self.target.timeout / 2
        if connection is not None and connection.last_heard <= silent_since and LOOK.name not in self._running:
            self._begin(connection, LOOK, _nobody)

    # Channels

    def _begin(self, connection: Connection, command: Command, done: Done) -> None:
        calls = self._around.calls
        began: list[Exchange] = []

        def advance() -> None:
            if began:
                self._advance(connection, began[0])

        try:
            kind = Opening if command is LOOK else Exchange
            exchange = kind(connection.transport, command, lambda: calls.put(advance))
        except (paramiko.SSHException, OSError, EOFError):
            done(Output(command=command, problem="connection-lost"))
            return
        began.append(exchange)
        self._running[command.name] = exchange
        self._callers[command.name] = [done]
        now = time.monotonic()
        self.later(self.target.timeout, lambda: self._must_be_open(connection, exchange))
        self.later(command.deadline_s, lambda: self._expire(connection, exchange, now))

    def _advance(self, connection: Connection, exchange: Exchange) -> None:
        connection.last_heard = time.monotonic()
        try:
            output = exchange.advance()
        except (paramiko.SSHException, OSError, EOFError):
            output = Output(command=exchange.command, problem="connection-lost")
        if output is not None and self._running.get(exchange.command.name) is exchange:
            self._finish(exchange.command.name, output)

    def _must_be_open(self, connection: Connection, exchange: Exchange) -> None:
        """An sshd opens a channel without starting anything: silence means that the whole connection is dead."""
        if exchange.stage is Stage.OPENING and self._connection is connection:
            self._give_up("no answer to a new channel")

    def _expire(self, connection: Connection, exchange: Exchange, began: float) -> None:
        name = exchange.command.name
        if self._running.get(name) is not exchange:
            return
        if connection.last_heard <= began and self._connection is connection:
            self._give_up("nothing heard")
            return
        # Only this command hangs. Its channel stays open, so that its end is seen; until then no second one is started.
        exchange.expired = True
        for done in self._callers.pop(name, []):
            done(Output(command=exchange.command, problem="timeout"))

    def _give_up(self, why: str) -> None:
        log.info("%s: SSH connection is dead: %s", self.target.device, why)
        self.drop()

    def _end(self, name: str, exchange: Exchange, problem: str) -> None:
        exchange.over()
        self._finish(name, Output(command=exchange.command, problem=problem))

    def _finish(self, name: str, output: Output) -> None:
        del self._running[name]
        for done in self._callers.pop(name, []):
            done(output)


def _nobody(_: Output) -> None:
    """Nobody waits for what comes of a look."""
