"""The running fleet: sockets on loopback, one loop, time that passes.

Every device has its own address of 127/8 (Linux answers on all of them); all share one UDP and one TCP port. The loop's thread
serves SNMP and accepts SSH connections; it never waits for anything but its sockets and the next second.
"""

import errno
import logging
import resource
import secrets
import selectors
import socket
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from collectors.simulator.agent import Access, Agent
from collectors.simulator.control import ControlServer
from collectors.simulator.folder import Folder, Secrets
from collectors.simulator.inventory_text import inventory_text
from collectors.simulator.plan import Plan, PlanDevice
from collectors.simulator.scenarios import SCENARIOS, Stage
from collectors.simulator.ssh_server import SshServer
from collectors.simulator.world import World

log = logging.getLogger(__name__)

DEFAULT_PORT = 16161
TRIES = 8
DATAGRAM = 65535
AT_ONCE = 64
"""Datagrams taken from one device's socket before the others have their turn."""
LONGEST_WAIT_S = 0.25
"""How long the loop may sleep: a signal that stops it does not wake it."""


class NoPort(Exception):
    """No port is free on all addresses."""


class Fleet:
    """Everything of one running fleet. Made and run in one thread; `stop` may be called from any.

    Attributes
    ----------
    port : where all devices answer: the one that was wanted, else the default or a free one.
    asked : (device, protocol) pairs that were asked at least once. wanted : how many there are.
    """

    def __init__(
        self,
        plan: Plan,
        folder: Folder,
        *,
        port: int | None = None,
        scenario: str | None = None,
        seed: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.clock = clock
        self.folder = folder
        self.secrets = Secrets()
        self.world = World(plan, clock(), seed=seed)
        self.stage = Stage(self.world, scenario)
        self.asked: set[tuple[str, str]] = set()
        self.wanted = len(plan.devices) + len(self.world.server_at)
        self.stopping = threading.Event()
        self.selector = selectors.DefaultSelector()
        self.listeners: dict[str, socket.socket] = {}
        _raise_file_limit(3 * len(plan.devices) + 200)
        self.port = self._bind(plan, port)
        host_key, user_key = folder.keys()
        self.ssh = SshServer(
            self.world, host_key=str(folder.host_key), user_key=user_key, asked=lambda server: self.asked.add((server, "ssh"))
        )
        self._write(plan, host_key)
        token = secrets.token_urlsafe(24)
        self.control = ControlServer(token, self._reply)
        folder.write_control(self.control.port, token)

    def ready(self) -> dict[str, Any]:
        """The line that says it answers, and all that a console needs to poll it."""
        return {
            "inventory": str(self.folder.inventory),
            "known_hosts": str(self.folder.known_hosts),
            "folder": str(self.folder.path),
            "port": self.port,
            "devices": len(self.world.plan.devices),
            "environment": self.secrets.environment(),
        }

    # --- opening ----------------------------------------------------------------------------------------------------------------

    def _bind(self, plan: Plan, wanted: int | None) -> int:
        """Sockets of all devices: on the wanted port; without one, where the default is taken, on a free one. Raises NoPort."""
        port = wanted or DEFAULT_PORT
        for _ in range(TRIES):
            try:
                for device in plan.devices:
                    self._open_snmp(device, port)
                    if device.has_ssh:
                        self._listen(device, port)
                return port
            except OSError as error:
                self._close_sockets()
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
                if wanted:
                    raise NoPort(f"port {wanted} is taken; without --port a free one is chosen") from error
                port = _free_port(plan.devices[0].address)
        raise NoPort(f"no port is free on {len(plan.devices)} addresses")

    def _open_snmp(self, device: PlanDevice, port: int) -> None:
        agent_socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        agent_socket.setblocking(False)
        try:
            agent_socket.bind((device.snmp_address, port))
        except OSError:
            agent_socket.close()
            raise
        agent = Agent(self.world, device, self._access(device))
        self.selector.register(agent_socket, selectors.EVENT_READ, agent)

    def _listen(self, device: PlanDevice, port: int) -> None:
        """Accept SSH connections to a server. OSError if it cannot be."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((device.address, port))
            listener.listen(64)
        except OSError:
            listener.close()
            raise
        listener.setblocking(False)
        self.listeners[device.name] = listener
        self.selector.register(listener, selectors.EVENT_READ, device.name)

    def _access(self, device: PlanDevice) -> Access:
        if device.snmp == "switches":
            return Access(user="noc", auth_passphrase=self.secrets.auth, privacy_passphrase=self.secrets.privacy)
        return Access(community=self.secrets.power if device.snmp == "power" else self.secrets.bmcs)

    def _write(self, plan: Plan, host_key: str) -> None:
        """Inventory and known_hosts into the folder."""
        self.folder.write_known_hosts([device.address for device in plan.devices if device.has_ssh], self.port, host_key)
        text = inventory_text(plan, port=self.port, key=self.folder.user_key)
        self.folder.inventory.write_text(text, encoding="utf-8")

    # --- running ----------------------------------------------------------------------------------------------------------------

    def run(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Serve until `stop` is called, or `goes_on` says no (asked each second)."""
        while not self.stopping.is_set():
            wait = max(0.0, self.world.now + 1.0 - self.clock())
            for key, _ in self.selector.select(min(wait, LONGEST_WAIT_S)):
                if isinstance(key.data, Agent):
                    self._serve_snmp(key.fileobj, key.data)  # type: ignore[arg-type]  # registered with sockets only
                else:
                    self._accept(key.fileobj, key.data)  # type: ignore[arg-type]
            if self.clock() >= self.world.now + 1.0:
                self.tick(self.clock())
                if not goes_on():
                    return

    def tick(self, now: float) -> None:
        """Once a second: time passes, scenarios begin, servers that went or came back close or open their doors."""
        with self.world.lock:
            self.world.advance(now)
            if len(self.asked) >= self.wanted:
                self.stage.whole(now)
            begun = self.stage.tick(now)
        if begun:
            log.info("%s begins: %s", begun, SCENARIOS[begun].target(self.world))
        for name in self.world.server_at:
            self._door(name, self.world.answers(name, "ssh"))

    def stop(self) -> None:
        """End at the next turn of the loop, at most a second later."""
        self.stopping.set()

    def close(self) -> None:
        """Close everything; the folder is free afterwards."""
        self.control.close()
        self._close_sockets()
        self.ssh.close()
        self.selector.close()
        self.folder.close()

    def _close_sockets(self) -> None:
        for key in tuple(self.selector.get_map().values()):
            self.selector.unregister(key.fileobj)
            key.fileobj.close()  # type: ignore[union-attr]  # registered with sockets only
        self.listeners.clear()

    def _serve_snmp(self, agent_socket: socket.socket, agent: Agent) -> None:
        for _ in range(AT_ONCE):
            try:
                data, sender = agent_socket.recvfrom(DATAGRAM)
            except (BlockingIOError, ConnectionRefusedError):
                return
            with self.world.lock:
                if not self.world.answers(agent.device.name, "snmp"):
                    continue
                reply = agent.answer(data)
            if reply is None:
                continue
            self.asked.add((agent.device.name, "snmp"))
            try:
                agent_socket.sendto(reply, sender)
            except OSError as error:
                log.debug("%s: a reply was not sent: %s", agent.device.name, error)

    def _accept(self, listener: socket.socket, server: str) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        self.ssh.accept(server, connection)

    def _door(self, server: str, is_open: bool) -> None:
        """Accept connections to a server, or refuse them and cut those that there are."""
        if is_open and server not in self.listeners:
            try:
                self._listen(self.world.device[server], self.port)
            except OSError as error:
                log.warning("%s: cannot listen again: %s", server, error)
        elif not is_open and server in self.listeners:
            listener = self.listeners.pop(server)
            self.selector.unregister(listener)
            listener.close()
            self.ssh.cut(server)

    # --- control ----------------------------------------------------------------------------------------------------------------

    def _reply(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer of the control thread."""
        what = request.get("do")
        more: dict[str, Any] = {}
        with self.world.lock:
            if what == "begin":
                name = str(request.get("scenario"))
                if name not in SCENARIOS:
                    raise ValueError(f"there is no scenario {name!r}; there are {', '.join(SCENARIOS)}")
                self.stage.begin(name)
            elif what == "repair":
                more["repaired"] = list(self.stage.repair())
            elif what != "status":
                raise ValueError("it can begin, repair and tell its status")
            return {**self._status(), **more}

    def _status(self) -> dict[str, Any]:
        stage = self.stage
        return {
            "devices": len(self.world.plan.devices),
            "port": self.port,
            "asked": len(self.asked),
            "to_be_asked": self.wanted,
            "whole_since": stage.whole_at,
            "waiting": stage.waiting,
            "active": {
                name: {"since": since, "target": SCENARIOS[name].target(self.world)} for name, since in stage.active.items()
            },
            "scenarios": {name: scenario.text for name, scenario in SCENARIOS.items()},
        }


def _free_port(address: str) -> int:
    """A port that nobody uses at this address, for TCP at least."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((address, 0))
        found: int = probe.getsockname()[1]
        return found


def _raise_file_limit(wanted: int) -> None:
    """Allow as many open sockets as the fleet needs, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
