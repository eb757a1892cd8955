"""A small SNMP agent for tests, well-behaved unless told otherwise: as a function from request to answer, and on a UDP socket."""

import bisect
import socket
import threading
from collections.abc import Callable, Iterable

from collectors.snmp import ber, usm

Object = tuple[int, ber.Value]


class Agent:
    """Answers PDUs from `objects` (dotted identifier → (tag, value)).

    `most` cuts replies to so many variable bindings; `too_big` refuses more than so many; `wrong_order` walks like an agent
    that sorts identifiers as text.
    """

    def __init__(
        self, objects: dict[str, Object], *, most: int = 10_000, too_big: int = 10_000, wrong_order: bool = False
    ) -> None:
        self.most, self.too_big, self.wrong_order = most, too_big, wrong_order
        self.requests: list[ber.PduHead] = []
        self._changing = threading.Lock()
        self.set(objects)

    def set(self, objects: dict[str, Object]) -> None:
        """What it has from now on; no answer is half of one and half of the other."""
        with self._changing:
            self.objects = {ber.oid(name): value for name, value in objects.items()}
            self._sort()

    def _sort(self) -> None:
        key: Callable[[bytes], object] = ber.oid_text if self.wrong_order else ber.oid_numbers
        self.order = sorted(self.objects, key=key)
        self.keys = [key(name) for name in self.order]
        self.key = key

    def answer(self, request: bytes, *, version: int = ber.V2C) -> bytes:
        """The response PDU to a request PDU."""
        head = ber.read_pdu_head(request, 0, len(request))
        self.requests.append(head)
        names = [name for name, _, _ in ber.read_varbinds(request, head.start, head.end)]
        with self._changing:
            found = list(self._bindings(head, names))[: self.most]
        if len(found) > self.too_big:
            return self.error(head, names, 1, 0)
        if version == ber.V1:
            for position, (_, tag, _) in enumerate(found):
                if tag in ber.EXCEPTIONS:
                    return self.error(head, names, 2, position + 1)
        return ber.encode_pdu(ber.RESPONSE, head.request_id, ber.encode_varbinds(found))

    def error(self, head: ber.PduHead, names: list[bytes], status: int, index: int) -> bytes:
        nulls = ber.encode_varbinds((name, ber.NULL, None) for name in names)
        return ber.encode_pdu(ber.RESPONSE, head.request_id, nulls, first=status, second=index)

    def _bindings(self, head: ber.PduHead, names: list[bytes]) -> Iterable[ber.VarBind]:
        if head.type == ber.GET:
            for name in names:
                yield (name, *self.objects.get(name, (ber.NO_SUCH_INSTANCE, None)))
        elif head.type == ber.GET_NEXT:
            yield from map(self.after, names)
        else:
            once, repeated = names[: head.error_status], names[head.error_status :]
            yield from map(self.after, once)
            for _ in range(min(head.error_index, 100)):
                row = [self.after(name) for name in repeated]
                yield from row
                repeated = [name for name, _, _ in row]

    def after(self, name: bytes) -> ber.VarBind:
        at = bisect.bisect_right(self.keys, self.key(name))
        if at == len(self.order):
            return name, ber.END_OF_MIB_VIEW, None
        return self.order[at], *self.objects[self.order[at]]


class AgentServer:
    """An agent on a loopback port. `change` may alter, multiply or drop the datagrams of an answer."""

    def __init__(
        self,
        agent: Agent,
        *,
        community: bytes = b"public",
        change: Callable[[bytes], list[bytes]] = lambda message: [message],
        users: dict[str, dict[str, str]] | None = None,
    ) -> None:
        self.agent, self.community, self.change = agent, community, change
        self.users = users or {}
        self.engine, self.boots, self.time = b"\x80\x00\x1f\x88\x04tests", 3, 1000
        self.silent = False
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0.05)
        self.address = self.socket.getsockname()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="agent")

    def __enter__(self) -> "AgentServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(2)
        self.socket.close()

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                message, sender = self.socket.recvfrom(65535)
            except TimeoutError:
                continue
            if self.silent:
                continue
            answer = self.respond(message)
            for datagram in self.change(answer) if answer else ():
                self.socket.sendto(datagram, sender)

    def respond(self, message: bytes) -> bytes | None:
        head = ber.read_message(message)
        if head.version == ber.V3:
            return self._respond_v3(message, head)
        if head.community != self.community:
            return None
        answer = self.agent.answer(message[head.start : head.end], version=head.version)
        return ber.encode_community_message(head.version, self.community, answer)

    def _respond_v3(self, message: bytes, head: ber.Head) -> bytes:
        security = usm.read_security(message, head)
        known = self.users.get(security.user.decode())
        keys = usm.keys_for(security.user.decode(), self.engine, **known) if known is not None else None
        why = usm.refusal(keys, message, head, security, engine=self.engine, boots=self.boots, now=self.time)
        mine = usm.Security(engine=self.engine, boots=self.boots, time=self.time)
        if why:
            report = ber.encode_pdu(ber.REPORT, 0, ber.encode_varbinds([(why, ber.COUNTER32, 1)]))
            signing = usm.Keys(user=security.user)
            if why == usm.NOT_IN_TIME_WINDOWS and keys is not None:
                signing = usm.Keys(user=keys.user, auth=keys.auth, auth_key=keys.auth_key)
            scoped = ber.encode_scoped(self.engine, b"", report)
            return usm.seal_message(signing, mine, scoped, message_id=head.message_id, reportable=False)
        assert keys is not None
        octets = usm.open_scoped(keys, message, head, security)
        _, name, start, end = ber.read_scoped(octets, 0, len(octets))
        scoped = ber.encode_scoped(self.engine, name, self.agent.answer(octets[start:end]))
        return usm.seal_message(keys, mine, scoped, message_id=head.message_id, reportable=False, salt=head.message_id)


def switch(ports: int = 24, sensors: int = 6, *, high_capacity: bool = True) -> dict[str, Object]:
    """The objects of a switch: system, ifTable, ifXTable, sensors with their entities, two LLDP neighbours."""
    objects: dict[str, Object] = {
        "1.3.6.1.2.1.1.1.0": (ber.OCTET_STRING, b"Test switch"),
        "1.3.6.1.2.1.1.2.0": (ber.OBJECT_IDENTIFIER, ber.oid("1.3.6.1.4.1.99999.1")),
        "1.3.6.1.2.1.1.3.0": (ber.TIME_TICKS, 4200),
        "1.3.6.1.2.1.1.5.0": (ber.OCTET_STRING, b"leaf-01"),
        "1.3.6.1.2.1.2.1.0": (ber.INTEGER, ports),
        "1.3.6.1.2.1.31.1.5.0": (ber.TIME_TICKS, 17),
        "1.3.6.1.2.1.47.1.1.1.1.5.1": (ber.INTEGER, 3),
        "1.3.6.1.2.1.47.1.1.1.1.2.1": (ber.OCTET_STRING, b"Chassis"),
        "1.3.6.1.2.1.47.1.1.1.1.11.1": (ber.OCTET_STRING, b"SN-1"),
        "1.3.6.1.2.1.47.1.1.1.1.13.1": (ber.OCTET_STRING, b"TS-24"),
    }
    for port in range(1, ports + 1):
        objects |= port_objects(port, high_capacity=high_capacity)
    for sensor in range(1, sensors + 1):
        objects |= sensor_objects(1000 + sensor, f"Inlet {sensor}".encode(), raw=200 + sensor)
    objects |= neighbour_objects(1, b"spine-1", b"Ethernet7") | neighbour_objects(2, b"spine-2", b"Ethernet8")
    return objects


def port_objects(port: int, *, high_capacity: bool = True) -> dict[str, Object]:
    table, extended = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"
    objects: dict[str, Object] = {
        f"{table}.1.{port}": (ber.INTEGER, port),
        f"{table}.2.{port}": (ber.OCTET_STRING, f"GigabitEthernet{port}".encode()),
        f"{table}.3.{port}": (ber.INTEGER, 6),
        f"{table}.5.{port}": (ber.GAUGE32, 1_000_000_000),
        f"{table}.7.{port}": (ber.INTEGER, 1),
        f"{table}.8.{port}": (ber.INTEGER, 1),
        f"{table}.10.{port}": (ber.COUNTER32, 10 * port),
        f"{table}.16.{port}": (ber.COUNTER32, 20 * port),
        f"{table}.13.{port}": (ber.COUNTER32, 1),
        f"{table}.14.{port}": (ber.COUNTER32, 2),
        f"{table}.19.{port}": (ber.COUNTER32, 3),
        f"{table}.20.{port}": (ber.COUNTER32, 4),
        f"{extended}.1.{port}": (ber.OCTET_STRING, f"Gi{port}".encode()),
        f"{extended}.18.{port}": (ber.OCTET_STRING, b""),
    }
    if high_capacity:
        objects |= {
            f"{extended}.6.{port}": (ber.COUNTER64, 2**40 + port),
            f"{extended}.10.{port}": (ber.COUNTER64, 2**41 + port),
            f"{extended}.15.{port}": (ber.GAUGE32, 1000),
        }
    return objects


def sensor_objects(
    index: int, descr: bytes, *, raw: int, kind: int = 8, precision: int = 1, status: int = 1
) -> dict[str, Object]:
    table = "1.3.6.1.2.1.99.1.1.1"
    return {
        f"1.3.6.1.2.1.47.1.1.1.1.2.{index}": (ber.OCTET_STRING, descr),
        f"1.3.6.1.2.1.47.1.1.1.1.5.{index}": (ber.INTEGER, 8),
        f"{table}.1.{index}": (ber.INTEGER, kind),
        f"{table}.2.{index}": (ber.INTEGER, 9),
        f"{table}.3.{index}": (ber.INTEGER, precision),
        f"{table}.4.{index}": (ber.INTEGER, raw),
        f"{table}.5.{index}": (ber.INTEGER, status),
    }


def neighbour_objects(port: int, host: bytes, remote_port: bytes) -> dict[str, Object]:
    remote, local = "1.0.8802.1.1.2.1.4.1.1", "1.0.8802.1.1.2.1.3.7.1"
    row = f"0.{port}.1"
    return {
        f"{local}.2.{port}": (ber.INTEGER, 5),
        f"{local}.3.{port}": (ber.OCTET_STRING, f"Gi{port}".encode()),
        f"{local}.4.{port}": (ber.OCTET_STRING, b""),
        f"{remote}.4.{row}": (ber.INTEGER, 4),
        f"{remote}.5.{row}": (ber.OCTET_STRING, bytes((2, 0, 0, 0, 0, port))),
        f"{remote}.6.{row}": (ber.INTEGER, 5),
        f"{remote}.7.{row}": (ber.OCTET_STRING, remote_port),
        f"{remote}.8.{row}": (ber.OCTET_STRING, b""),
        f"{remote}.9.{row}": (ber.OCTET_STRING, host),
    }
