"""Real SSH for the simulated servers: paramiko's server side, one address per server, one key, commands answered by `shell`.

Threads: one of paramiko's per connection, and a few workers that answer commands; connections are accepted by the fleet's loop.
"""

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue

import paramiko
from paramiko.buffered_pipe import BufferedPipe
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED, OPEN_SUCCEEDED

from collectors.simulator.shell import hangs, run
from collectors.simulator.world import World
from collectors.ssh.commands import CLOSED, CUT, REGULAR, STREAM_GPU, STREAM_HOST

log = logging.getLogger(__name__)

USER = "noc"
WORKERS = 3
IDLE_WAKE_S = 5.0
"""paramiko wakes each connection ten times a second to see whether it should end; forty would cost more than all answers."""
MOST_COMMAND = 8192
MSG_CHANNEL_SUCCESS = bytes((99,))

LETTERS = {part.letter: part.line for part in REGULAR if part.letter}
LOOPS = frozenset((STREAM_HOST.line, STREAM_GPU.line))


@dataclass(frozen=True, slots=True)
class Job:
    """A command to answer. In a lasting loop `line` is what its input asks: letters and a tag."""

    server: str
    channel: paramiko.Channel
    line: str
    in_loop: bool = False

    @property
    def commands(self) -> tuple[str, ...]:
        """The command lines that it stands for."""
        if not self.in_loop:
            return (self.line,)
        return tuple(LETTERS[letter] for letter in self.line.partition(" ")[0] if letter in LETTERS)


class _Input(BufferedPipe):  # type: ignore[type-arg]  # generic in its stubs only
    """The input of a lasting loop: each line of it is a job. Fed in the connection's thread."""

    def __init__(self, server: str, channel: paramiko.Channel, jobs: "SimpleQueue[Job | None]") -> None:
        super().__init__()
        self._server, self._channel, self._jobs, self._rest = server, channel, jobs, b""

    def feed(self, data: bytes) -> None:
        """Take what came."""
        *lines, self._rest = (self._rest + bytes(data)).split(b"\n")
        self._rest = self._rest[:MOST_COMMAND]
        for line in lines:
            self._jobs.put(Job(self._server, self._channel, line.decode("ascii", "replace"), in_loop=True))


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
        self.hanging: list[Job] = []
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
            try:
                self._answer(job)
            except (OSError, EOFError, paramiko.SSHException) as error:
                log.debug("%s: a client went away: %s", job.server, error)
            except Exception:
                log.exception("%s: a command could not be answered", job.server)
                job.channel.close()
            self._go_on_with_what_hung()

    def _go_on_with_what_hung(self) -> None:
        with self.lock:
            free = [job for job in self.hanging if job.server not in self.world.hung]
            self.hanging = [job for job in self.hanging if job.server in self.world.hung]
        for job in free:
            self.jobs.put(job)

    def _answer(self, job: Job) -> None:
        server, channel = job.server, job.channel
        if not self.world.answers(server, "ssh"):
            channel.get_transport().close()
            return
        if any(hangs(self.world, server, line) for line in job.commands):
            with self.lock:
                self.hanging.append(job)
            return
        if job.in_loop:
            self._answer_in_loop(job)
            self.asked(server)
            return
        answer = run(self.world, server, job.line)
        channel.settimeout(10.0)
        if answer.out:
            channel.sendall(answer.out.encode())
        if answer.error:
            channel.sendall_stderr(answer.error.encode())
        channel.send_exit_status(answer.status)
        channel.close()
        self.asked(server)

    def _answer_in_loop(self, job: Job) -> None:
        """As the shell's loop does: every output closed by its status and the tag, and all of it at once."""
        asked, _, tag = job.line.partition(" ")
        text = []
        for letter in asked:
            if letter in LETTERS:
                answer = run(self.world, job.server, LETTERS[letter])
                text.append(f"{answer.out}\n{CLOSED} {answer.status} {letter} {tag}\n")
        job.channel.settimeout(10.0)
        job.channel.sendall(f"{''.join(text)}\n{CLOSED} 0 {CUT} {tag}\n".encode())


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
        line = command.decode("utf-8", "replace")
        if line in LOOPS and isinstance(connection, _Connection):
            channel.in_buffer = _Input(self.name, channel, connection.jobs)
        elif isinstance(connection, _Connection):
            connection.accepted = Job(self.name, channel, line)
        return True

    def check_channel_env_request(self, channel: paramiko.Channel, name: bytes, value: bytes) -> bool:
        return False
