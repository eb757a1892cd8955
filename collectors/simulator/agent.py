"""SNMP agents: a datagram in, a datagram (or nothing) out. No sockets, no clock.

One `Agent` per device: v2c with a community or v3 with one user at authPriv, as its credential says; anything else gets no answer
or the report that RFC 3414 asks for. The codec and the security are those of the collector, `collectors.snmp`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from collectors.simulator.mib import Position, View
from collectors.simulator.plan import PlanDevice
from collectors.simulator.tables import view_of
from collectors.simulator.world import World
from collectors.snmp import ber, usm

MOST_REPLY = 8000
"""Bytes of variable bindings in one answer; a GETBULK that wants more gets fewer repetitions."""
NOT_WRITABLE = 17
_EXCEPTION = {ber.NO_SUCH_OBJECT: b"\x80\x00", ber.NO_SUCH_INSTANCE: b"\x81\x00", ber.END_OF_MIB_VIEW: b"\x82\x00"}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Access:
    """How agents let a manager in: a community, or a user with SHA-256 and AES. Never shown."""

    community: str = ""
    user: str = ""
    auth: str = "SHA-256"
    auth_passphrase: str = ""
    privacy: str = "AES"
    privacy_passphrase: str = ""


class Agent:
    """The agent of one device. Its view is made at the first request, and anew after the network changed."""

    def __init__(self, world: World, device: PlanDevice, access: Access) -> None:
        self.world = world
        self.device = device
        self.access = access
        # RFC 3411, SnmpEngineID: enterprise 32473 with the first bit set, format 4 (text)
        self.engine = bytes((0x80, 0x00, 0x7E, 0xD9, 4)) + device.name.encode()[:27]
        self.keys: usm.Keys | None = None
        self.salt = count(world.network.number[device.name] << 32)
        self._boot = ""
        self._boots = 0
        self._view: View | None = None
        self._version = -1

    @property
    def view(self) -> View:
        """What it answers, with its neighbours as they are now."""
        version = self.world.network.version
        if self._view is None or self._version != version:
            self._view, self._version = view_of(self.world, self.device), version
        return self._view

    def answer(self, data: bytes) -> bytes | None:
        """The reply to a datagram; None if it deserves none."""
        try:
            head = ber.read_message(data)
            if head.version == ber.V3:
                return self._answer_v3(data, head)
            return self._answer_v2c(data, head)
        except ber.BadMessage:
            return None

    def _answer_v2c(self, data: bytes, head: ber.Head) -> bytes | None:
        if head.version != ber.V2C or not self.access.community or head.community != self.access.community.encode():
            return None
        pdu = self._respond(data, head.start, head.end, MOST_REPLY)
        return ber.encode_community_message(ber.V2C, head.community, pdu) if pdu is not None else None

    # --- version 3 ------------------------------------------------------------------------------------------------------------

    def _answer_v3(self, data: bytes, head: ber.Head) -> bytes | None:
        if not self.access.user:
            return None
        if self.keys is None:
            self.keys = self._make_keys()
        security = usm.read_security(data, head)
        boots, now = self._engine_time()
        keys = self.keys if security.user == self.keys.user else None
        why = usm.refusal(keys, data, head, security, engine=self.engine, boots=boots, now=now)
        answering = usm.Security(engine=self.engine, boots=boots, time=now)
        if why:
            return self._report(head, answering, why)
        plain = usm.open_scoped(self.keys, data, head, security)
        _, context, start, end = ber.read_scoped(plain, 0, len(plain))
        if context:
            return None
        pdu = self._respond(plain, start, end, min(MOST_REPLY, max(head.max_size - 400, 400)))
        if pdu is None:
            return None
        scoped = ber.encode_scoped(self.engine, b"", pdu)
        return usm.seal_message(self.keys, answering, scoped, message_id=head.message_id, reportable=False, salt=next(self.salt))

    def _make_keys(self) -> usm.Keys:
        access = self.access
        return usm.keys_for(
            access.user,
            self.engine,
            auth=access.auth,
            auth_passphrase=access.auth_passphrase,
            privacy=access.privacy,
            privacy_passphrase=access.privacy_passphrase,
        )

    def _engine_time(self) -> tuple[int, int]:
        """(snmpEngineBoots, snmpEngineTime). A device that was started anew since counts one boot more."""
        boot = self.world.hosts[self.device.name].boot_id
        if boot != self._boot:
            self._boot, self._boots = boot, self._boots + 1
        return self._boots, int(self.world.uptime(self.device.name))

    def _report(self, head: ber.Head, answering: usm.Security, why: bytes) -> bytes | None:
        """A report, signed only where the request's signature was right (RFC 3414, 3.2)."""
        if not head.flags & usm.REPORTABLE:
            return None
        pdu = ber.encode_pdu(ber.REPORT, 0, ber.encode_varbinds([(why, ber.COUNTER32, 1)]))
        keys = usm.Keys(user=b"")
        if why == usm.NOT_IN_TIME_WINDOWS and self.keys is not None:
            keys = usm.Keys(user=self.keys.user, auth=self.keys.auth, auth_key=self.keys.auth_key)
        scoped = ber.encode_scoped(self.engine, b"", pdu)
        return usm.seal_message(keys, answering, scoped, message_id=head.message_id, reportable=False)

    # --- protocol operations ----------------------------------------------------------------------------------------------------

    def _respond(self, data: bytes, start: int, end: int, most: int) -> bytes | None:
        """The response PDU to the request PDU in a span; None for what an agent does not answer."""
        head = ber.read_pdu_head(data, start, end)
        asked = [name for name, _, _ in ber.read_varbinds(data, head.start, head.end)]
        if head.type == ber.GET:
            found = [self._get(name) for name in asked]
        elif head.type == ber.GET_NEXT:
            found = [self._next(name)[0] for name in asked]
        elif head.type == ber.GET_BULK:
            found = list(self._bulk(asked, max(0, head.error_status), max(0, head.error_index), most))
        elif head.type == ber.SET:
            same = data[head.start : head.end]
            return ber.encode_pdu(
                ber.RESPONSE, head.request_id, ber.tlv(ber.SEQUENCE, same), first=NOT_WRITABLE, second=min(len(asked), 1)
            )
        else:
            return None
        return ber.encode_pdu(ber.RESPONSE, head.request_id, ber.tlv(ber.SEQUENCE, b"".join(found)))

    def _get(self, name: bytes) -> bytes:
        position = self.view.at(ber.oid_numbers(name))
        if position is None:
            return _binding(name, _EXCEPTION[ber.NO_SUCH_INSTANCE])
        return _binding(name, self.view.value(position))

    def _next(self, name: bytes) -> tuple[bytes, Position | None]:
        """The binding after a name, and where it stands."""
        return self._at(self.view.after(ber.oid_numbers(name)), name)

    def _at(self, position: Position | None, name: bytes) -> tuple[bytes, Position | None]:
        if position is None:
            return _binding(name, _EXCEPTION[ber.END_OF_MIB_VIEW]), None
        view = self.view
        return _binding(view.name(position), view.value(position)), position

    def _bulk(self, asked: list[bytes], once: int, repetitions: int, most: int) -> Iterator[bytes]:
        """RFC 3416, 4.2.3: the first `once` names one time, the others again and again, as far as they fit."""
        size = 0
        for name in asked[:once]:
            binding = self._next(name)[0]
            size += len(binding)
            yield binding
        runs: list[tuple[bytes, Position | None]] = []
        for turn in range(repetitions):
            row = [self._next(name) for name in asked[once:]] if turn == 0 else [self._further(run) for run in runs]
            size += sum(len(binding) for binding, _ in row)
            if (size > most and turn) or not row:
                return
            yield from (binding for binding, _ in row)
            if all(position is None for _, position in row):
                return
            runs = row

    def _further(self, run: tuple[bytes, Position | None]) -> tuple[bytes, Position | None]:
        binding, position = run
        if position is None:
            return binding, None
        return self._at(self.view.following(position), self.view.name(position))


def _binding(name: bytes, value: bytes) -> bytes:
    return ber.tlv(ber.SEQUENCE, ber.tlv(ber.OBJECT_IDENTIFIER, name) + value)
