"""Real SSH for the simulated servers: paramiko's server side, one address per server, one key, commands answered by `shell`.

Threads: one of paramiko's per connection, and a few workers that answer commands; connections are accepted by the fleet's loop.
"""

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue

import paramiko
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED, OPEN_SUCCEEDED

from collectors.simulator.shell import run
from collectors.simulator.world import World

log = logging.getLogger(__name__)

USER = "noc"
WORKERS = 3
IDLE_WAKE_S = 5.0
"""paramiko wakes each connection ten times a second to see whether it should end; forty would cost more than all answers."""
MOST_COMMAND = 8192
MSG_CHANNEL_SUCCESS = bytes((99,))

Job = tuple[str, paramiko.Channel, str]
"""(server, channel, command line)."""


class SshServer:
    """Serves SSH for all servers of a world.

    `asked` is called, in a worker's thread, with a server's name when a command of it was answered.
    """

    def __init__(self, world: World, *, host_key: str, user_key: str, asked: Callable[[str], None]) -> None:
        # paramiko writes a traceback at level ERROR for every client that goes away in the middle of something
        logging.getLogger("paramiko.transport").setLevel(logging.CRITICAL)
        self.world = world
        self.asked = asked
        self.host_key = paramiko.Ed25519Key.from_private_key_file(host_key)
        self.allowed = user_key.split()[1]
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        self.connections: dict[str, list[paramiko.Transport]] = {}
        self.lock = threading.Lock()
        self.workers = [threading.Thread(target=self._work, name=f"simulator-ssh-{i}") for i in range(WORKERS)]
        for worker in self.workers:
            worker.start()

    def accept(self, server: str, connection: socket.socket) -> None:
        """Serve a new connection to a server. Returns at once."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport = _Connection(connection, self.jobs)
        connection.settimeout(IDLE_WAKE_S)
        transport.add_server_key(self.host_key)
        transport.local_version = "SSH-2.0-OpenSSH_9.6p1"
        with self.lock:
            alive = [each for each in self.connections.get(server, []) if each.is_alive()]
            self.connections[server] = [*alive, transport]
        try:
            transport.start_server(event=threading.Event(), server=_Session(self, server))
        except (OSError, EOFError, paramiko.SSHException) as error:
            log.debug("%s: no connection: %s", server, error)
            transport.close()

    def cut(self, server: str) -> None:
        """Cut all connections to a server, as when its power goes."""
        with self.lock:
            gone = self.connections.pop(server, [])
        for transport in gone:
            # wakes the connection's thread at once; closing alone would wait for it until its next look around
            with suppress(OSError):
                transport.sock.shutdown(socket.SHUT_RDWR)
            transport.close()

    def close(self) -> None:
        """Cut everything and end the workers; within two seconds."""
        for server in tuple(self.connections):
            self.cut(server)
        for _ in self.workers:
            self.jobs.put(None)
        for worker in self.workers:
            worker.join(2.0)

    def _work(self) -> None:
        while (job := self.jobs.get()) is not None:
            server, channel, line = job
            try:
                self._answer(server, channel, line)
            except (OSError, EOFError, paramiko.SSHException) as error:
                log.debug("%s: a client went away: %s", server, error)
            except Exception:
                log.exception("%s: a command could not be answered", server)
                channel.close()

    def _answer(self, server: str, channel: paramiko.Channel, line: str) -> None:
        if not self.world.answers(server, "ssh"):
            channel.get_transport().close()
            return
        answer = run(self.world, server, line)
        channel.settimeout(10.0)
        if answer.out:
            channel.sendall(answer.out.encode())
        if answer.error:
            channel.sendall_stderr(answer.error.encode())
        channel.send_exit_status(answer.status)
        channel.close()
        self.asked(server)


class _Connection(paramiko.Transport):
    """A connection that hands a command to the workers only when the client has been told that it was accepted.

    A worker that is faster than that message would send the output first, and a client would see a channel that closed.
    """

    def __init__(self, connection: socket.socket, jobs: "SimpleQueue[Job | None]") -> None:
        super().__init__(connection)
        self.jobs = jobs
        self.accepted: Job | None = None

    def _send_user_message(self, data: paramiko.Message) -> None:
        super()._send_user_message(data)  # type: ignore[misc]  # the stubs leave it out
        if self.accepted is not None and data.asbytes()[:1] == MSG_CHANNEL_SUCCESS:
            job, self.accepted = self.accepted, None
            self.jobs.put(job)


class _Session(paramiko.ServerInterface):
    """What one connection may do: one user, one key, commands only."""

    def __init__(self, server: SshServer, name: str) -> None:
        self.server = server
        self.name = name

    def get_allowed_auths(self, username: str) -> str:
        return "publickey"

    def check_auth_publickey(self, username: str, key: paramiko.PKey) -> int:
        right = username == USER and key.get_base64() == self.server.allowed
        return AUTH_SUCCESSFUL if right else AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return OPEN_SUCCEEDED if kind == "session" else OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED

    def check_channel_exec_request(self, channel: paramiko.Channel, command: bytes) -> bool:
        if len(command) > MOST_COMMAND:
            return False
        connection = channel.get_transport()
        # the channel also waits to be accepted; nobody does, so it is taken from that queue
        connection.accept(0.0)
        if isinstance(connection, _Connection):
            connection.accepted = (self.name, channel, command.decode("utf-8", "replace"))
        return True

    def check_channel_env_request(self, channel: paramiko.Channel, name: bytes, value: bytes) -> bool:
        return False
