"""Many agents on one port, each at a loopback address of its own, in one thread; what each is sent is remembered."""

import selectors
import socket
import threading
from collections.abc import Mapping

from collectors.snmp import ber
from tests.servers.snmp_agent import Agent, AgentServer, Object, neighbour_objects, port_objects


def named_switch(name: str, ports: int, descr: str = "Test switch", serial: str = "") -> dict[str, Object]:
    objects: dict[str, Object] = {
        "1.3.6.1.2.1.1.1.0": (ber.OCTET_STRING, descr.encode()),
        "1.3.6.1.2.1.1.2.0": (ber.OBJECT_IDENTIFIER, ber.oid("1.3.6.1.4.1.99999.1")),
        "1.3.6.1.2.1.1.3.0": (ber.TIME_TICKS, 4200),
        "1.3.6.1.2.1.1.5.0": (ber.OCTET_STRING, name.encode()),
        "1.3.6.1.2.1.2.1.0": (ber.INTEGER, ports),
        "1.3.6.1.2.1.47.1.1.1.1.5.1": (ber.INTEGER, 3),
        "1.3.6.1.2.1.47.1.1.1.1.11.1": (ber.OCTET_STRING, (serial or f"SN-{name}").encode()),
        "1.3.6.1.2.1.47.1.1.1.1.13.1": (ber.OCTET_STRING, b"TS-24"),
    }
    for port in range(1, ports + 1):
        objects |= port_objects(port)
    return objects


def cabled(here: dict[str, Object], port: int, host: str, remote_port: str, address: str = "") -> dict[str, Object]:
    """An LLDP neighbour more, managed at an address."""
    here |= neighbour_objects(port, host.encode(), remote_port.encode())
    if address:
        here[f"1.0.8802.1.1.2.1.4.2.1.3.0.{port}.1.1.4.{address}"] = (ber.INTEGER, 2)
    return here


class Subnet:
    """`agents` by address. A community, or users of version 3; `heard` is (address, community or user) of each datagram."""

    def __init__(
        self,
        agents: Mapping[str, dict[str, Object]],
        *,
        community: bytes = b"public",
        users: Mapping[str, dict[str, dict[str, str]]] | None = None,
        silent: tuple[str, ...] = (),
    ) -> None:
        """`users` by address: who has some speaks version 3 only. `silent`: addresses that listen and never answer."""
        self.heard: list[tuple[str, str]] = []
        self._users, self._community = users or {}, community
        self._selector = selectors.DefaultSelector()
        self._servers: dict[str, AgentServer | None] = {}
        self.port = 0
        for address in (*agents, *silent):
            udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            udp.bind((address, self.port))
            udp.setblocking(False)
            self.port = udp.getsockname()[1]
            self._selector.register(udp, selectors.EVENT_READ, address)
            self._servers[address] = self._server(address, agents[address]) if address in agents else None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="subnet")

    def _server(self, address: str, objects: dict[str, Object]) -> AgentServer:
        server = AgentServer(Agent(objects), community=self._community, users=self._users.get(address))
        server.socket.close()
        server.engine = b"\x80\x00\x1f\x88\x04" + address.encode()
        return server

    def __enter__(self) -> "Subnet":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(2)
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def _run(self) -> None:
        while not self._ending.is_set():
            for key, _ in self._selector.select(0.05):
                message, sender = key.fileobj.recvfrom(65535)  # type: ignore[union-attr]
                if answer := self._answer(key.data, message):
                    key.fileobj.sendto(answer, sender)  # type: ignore[union-attr]

    def _answer(self, address: str, message: bytes) -> bytes | None:
        head = ber.read_message(message)
        is_v3 = head.version == ber.V3
        self.heard.append((address, "v3" if is_v3 else head.community.decode()))
        server = self._servers[address]
        if server is None or is_v3 != bool(server.users):
            return None
        return server.respond(message)
