"""How one device is spoken to: requests made into messages, messages into replies. A community, or a user with keys and a clock.

Confined to the thread of the exchange. Time is `time.monotonic()` seconds and comes in.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from logging import getLogger
from typing import Protocol

from collectors.snmp import ber, usm
from collectors.snmp.ber import BadMessage, Head, PduHead, PduTemplate, VarBind
from collectors.snmp.failure import PollFailed, bad_reply, timed_out
from collectors.snmp.shapes import Asking, Buffer
from noc_console.model.fleet import Credential
from noc_console.model.poll import ErrorKind

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """A response; its variable bindings are read when asked for. `at` is where its PDU begins in `octets`."""

    octets: bytes
    pdu: PduHead
    at: int = 0

    def varbinds(self) -> list[VarBind]:
        """All of them. BadMessage if they cannot be read."""
        return ber.read_varbinds(self.octets, self.pdu.start, self.pdu.end)


V3_ENVELOPE = 160
"""Octets around the objects of a reply of version 3 with the longest signature, an engine of 32 octets, a long user name."""
AT_PLACE = Reply(b"", PduHead(type=ber.RESPONSE, request_id=0, error_status=0, error_index=0, start=0, end=0))
"""Stands for a reply of a known shape: its values are where they belong already."""


class Again(Exception):
    """The device told what was missing (its engine, its time): the same request may be sent again."""


class Session(Protocol):
    """What the exchange needs of a device's way of speaking."""

    @property
    def has_bulk(self) -> bool:
        """Whether it has GETBULK."""

    @property
    def envelope(self) -> int:
        """Octets of a reply around its objects."""

    @property
    def privacy_found(self) -> str:
        """Which of two ways of encrypting the device turned out to use; empty where there is only one."""

    @property
    def ready(self) -> bool:
        """Whether requests can be sealed; otherwise `introduction` is sent first."""

    def introduction(self, ident: int) -> bytes:
        """A message whose answer makes the session ready."""

    def seal(self, request: PduTemplate | Asking, ident: int, now: float) -> bytes:
        """The message of a request."""

    def sealed(self, template: PduTemplate) -> tuple[bytes, bytes] | None:
        """What stands before and after the identifier in the message of a request; None where it differs each time."""

    def open(
        self, message: bytes, head: Head, ident: int, now: float, asking: Asking | None = None, buffer: Buffer | None = None
    ) -> Reply:
        """The reply in a message; AT_PLACE if `asking` knew its shape (`buffer` is where it may be laid for that).

        Raises Again, PollFailed, or BadMessage for one that is to be ignored.
        """

    def silence(self, *, only_introduced: bool) -> PollFailed:
        """What it means that a request was not answered; `only_introduced`: its introduction just was."""


@dataclass(slots=True)
class CommunitySession:
    """SNMP v1 or v2c."""

    version: int
    community: bytes = field(repr=False)
    ready: bool = True
    privacy_found: str = ""

    @property
    def has_bulk(self) -> bool:
        """Version 1 has no GETBULK."""
        return self.version != ber.V1

    @property
    def envelope(self) -> int:
        """Headers, version, community, identifier, error."""
        return 38 + len(self.community)

    def introduction(self, ident: int) -> bytes:
        """Never needed."""
        raise AssertionError(ident)

    def seal(self, request: PduTemplate | Asking, ident: int, now: float) -> bytes:
        """The message of a request."""
        template = request.template if isinstance(request, Asking) else request
        return ber.encode_community_message(self.version, self.community, template.with_id(ident))

    def sealed(self, template: PduTemplate) -> tuple[bytes, bytes]:
        """The message around the identifier; devices that are asked alike share it."""
        return _sealed(self.version, self.community, template)

    def open(
        self, message: bytes, head: Head, ident: int, now: float, asking: Asking | None = None, buffer: Buffer | None = None
    ) -> Reply:
        """The reply in a message. The community of a reply is not compared: some agents answer with another."""
        if head.version != self.version:
            raise BadMessage("an answer in another version")
        return _response(message, head.start, head.end, ident)

    def silence(self, *, only_introduced: bool) -> PollFailed:
        """The device is away, or does not know the community."""
        return timed_out()


@lru_cache(maxsize=65536)
def _sealed(version: int, community: bytes, template: PduTemplate) -> tuple[bytes, bytes]:
    message = ber.encode_community_message(version, community, template.with_id(ber.FIRST_REQUEST_ID))
    at = ber.ident_at(message, 0)
    return message[:at], message[at + 4 :]


def _response(octets: bytes, start: int, end: int, ident: int) -> Reply:
    pdu = ber.read_pdu_head(octets, start, end)
    if pdu.type != ber.RESPONSE or pdu.request_id != ident:
        raise BadMessage("no response to this request")
    return Reply(octets, pdu, start)


_AUTH_REPORTS = {
    usm.UNKNOWN_USERS: "unknown-user",
    usm.WRONG_DIGESTS: "wrong-auth",
    usm.DECRYPTION_ERRORS: "wrong-privacy",
    usm.UNSUPPORTED_LEVELS: "unsupported-level",
}
REPORT_OBJECTS = {
    ber.oid("1.3.6.1.6.3.11.2.1.3.0"): "unknown-pdu-handler",
    ber.oid("1.3.6.1.6.3.12.1.4.0"): "unavailable-context",
    ber.oid("1.3.6.1.6.3.12.1.5.0"): "unknown-context",
}


@dataclass(slots=True, repr=False)
class UsmSession:
    """SNMP v3 with the user-based security model.

    The engine is discovered, its clock followed (RFC 3414, 3.2.7 and 4); `salt` counts up from a random number.
    """

    user: str
    auth: str
    auth_passphrase: str
    privacy: str
    privacy_passphrase: str
    context: bytes
    salt: int
    engine: bytes = b""
    boots: int = 0
    engine_time: int = 0
    synced_at: float = 0.0
    ready: bool = False
    has_bulk: bool = True
    privacy_found: str = ""
    """The name of the key extension that the device turned out to use, where the credential's name means the usual one first."""
    _other: bool = False
    _keys: usm.Keys = field(default_factory=lambda: usm.Keys(user=b""))

    @property
    def envelope(self) -> int:
        """As of version 2, and the security parameters."""
        return V3_ENVELOPE

    def introduction(self, ident: int) -> bytes:
        """An unauthenticated request that names no engine: the report that comes back does."""
        scoped = ber.encode_scoped(b"", b"", PduTemplate.of(ber.GET, ()).with_id(ident))
        return usm.seal_message(usm.Keys(user=b""), usm.Security(), scoped, message_id=ident, reportable=True)

    def seal(self, request: PduTemplate | Asking, ident: int, now: float) -> bytes:
        """The message of a request, signed and encrypted as far as the user does that; of what is asked again, only patched."""
        self.salt += 1
        time = self._time(now)
        if isinstance(request, Asking):
            made = request.message
            if made is None or not made.fits(self._keys, self.engine, self.boots, time):
                security = usm.Security(engine=self.engine, boots=self.boots, time=time)
                made = request.message = usm.MessageTemplate.of(self._keys, security, self.context, request.template)
            return made.sealed(ident, time, self.salt)
        scoped = ber.encode_scoped(self.engine, self.context, request.with_id(ident))
        security = usm.Security(engine=self.engine, boots=self.boots, time=time)
        return usm.seal_message(self._keys, security, scoped, message_id=ident, reportable=True, salt=self.salt)

    def _time(self, now: float) -> int:
        return min(usm.MAX_BOOTS, self.engine_time + int(now - self.synced_at))

    def sealed(self, template: PduTemplate) -> None:
        """Never the same: time, salt and signature are new each time."""

    def open(
        self, message: bytes, head: Head, ident: int, now: float, asking: Asking | None = None, buffer: Buffer | None = None
    ) -> Reply:
        """The reply in a message; reports become Again or PollFailed."""
        if head.version != ber.V3 or head.message_id != ident:
            raise BadMessage("no answer to this message")
        security = usm.read_security(message, head)
        signed = bool(head.flags & usm.AUTH)
        if signed and (security.engine != self.engine or not usm.verify(self._keys, message, security)):
            raise BadMessage("a wrong signature")
        octets = usm.open_scoped(self._keys, message, head, security)
        octets = octets[: ber.expect(octets, 0, len(octets), ber.SEQUENCE)[1]]
        # RFC 3412, 7.2.10: an answer must be as well secured as its request was
        secured = head.flags & (usm.AUTH | usm.PRIVACY) == self._keys.flags
        if secured and asking is not None and buffer is not None:
            buffer.put(octets)
            if asking.fits(buffer, len(octets), ident.to_bytes(4, "big")):
                if signed:
                    self._follow(security, now)
                asking.take(buffer)
                return AT_PLACE
        _, _, start, end = ber.read_scoped(octets, 0, len(octets))
        pdu = ber.read_pdu_head(octets, start, end)
        if pdu.type == ber.REPORT:
            self._reported(Reply(octets, pdu), security, signed, now)
        if not secured:
            raise BadMessage("an answer that is less secured than its request")
        if signed:
            self._follow(security, now)
        self._note_extension()
        return _response(octets, start, end, ident)

    def silence(self, *, only_introduced: bool) -> PollFailed:
        """Away; or, where it was there a moment before, it cannot read what is encrypted: agents drop that without a word.

        The next poll introduces itself again, and so finds out which of the two it is.
        """
        self.ready = False
        if only_introduced and self.privacy:
            self._try_other_extension()
            return PollFailed(ErrorKind.AUTH_FAILED, "wrong-privacy", "answers the discovery, not the encrypted request")
        return timed_out()

    @property
    def _extension(self) -> str:
        """The privacy protocol as it is used."""
        return usm.other_extension(self.auth, self.privacy) if self._other else self.privacy

    def _try_other_extension(self) -> None:
        """Where a long key may be made in two ways and none is known to be right, take the other from the next poll on."""
        if not self.privacy_found and usm.other_extension(self.auth, self.privacy):
            self._other, self.engine, self.ready = not self._other, b"", False

    def _note_extension(self) -> None:
        """What was encrypted could be read at both ends: this is how the device makes its key."""
        if not self.privacy_found and usm.other_extension(self.auth, self.privacy):
            self.privacy_found = self._extension
            log.info("user %s at engine %s: %s", self.user, self.engine.hex(), self.privacy_found)

    def _follow(self, security: usm.Security, now: float) -> None:
        """Follow the engine's clock; an old message is a replayed one (RFC 3414, 3.2.7 b)."""
        here = self._time(now)
        if security.boots < self.boots or (security.boots == self.boots and security.time < here - usm.TIME_WINDOW_S):
            raise BadMessage("a message from outside the time window")
        if security.boots > self.boots or security.time > here:
            self._set_clock(security, now)

    def _set_clock(self, security: usm.Security, now: float) -> None:
        self.boots, self.engine_time, self.synced_at = security.boots, security.time, now

    def _reported(self, report: Reply, security: usm.Security, signed: bool, now: float) -> None:
        """What a report asks for; always raises."""
        varbinds = report.varbinds()
        told = varbinds[0][0] if varbinds else b""
        if told == usm.UNKNOWN_ENGINES:
            self._meet(security, now)
            raise Again
        if told == usm.NOT_IN_TIME_WINDOWS:
            # Only believed when signed; an agent that restarted says so in a signed report (RFC 3414, 3.2.7 a).
            if self._keys.auth and not signed:
                raise BadMessage("an unsigned report about the time")
            self._set_clock(security, now)
            raise Again
        if told in _AUTH_REPORTS:
            # The next poll discovers anew: keys that were right go wrong when a device gets another engine.
            self.ready = False
            if told == usm.DECRYPTION_ERRORS:
                self._try_other_extension()
            raise PollFailed(ErrorKind.AUTH_FAILED, _AUTH_REPORTS[told])
        raise bad_reply("report", REPORT_OBJECTS.get(told, ber.oid_text(told) if told else ""))

    def _meet(self, security: usm.Security, now: float) -> None:
        """Learn the engine and make the keys for it."""
        if not 5 <= len(security.engine) <= 32:
            raise BadMessage("an engine identifier of impossible length")
        if security.engine != self.engine:
            self._keys = usm.keys_for(
                self.user,
                security.engine,
                auth=self.auth,
                auth_passphrase=self.auth_passphrase,
                privacy=self._extension,
                privacy_passphrase=self.privacy_passphrase,
            )
            self.engine = security.engine
        self._set_clock(security, now)
        self.ready = True


class SecretSource(Protocol):
    """Where passphrases and communities come from (`noc_console.secrets.Secrets`)."""

    def get(self, credential: str, secret: str, /) -> str | None:
        """The secret, or None if it is missing."""


def session_for(credential: Credential, secrets: SecretSource, *, context: str, salt: int) -> Session:
    """The session of a device. PollFailed CREDENTIAL_MISSING if one of the secrets is not there."""
    found = {name: secrets.get(credential.name, name) for name in credential.needs}
    missing = [name for name, secret in found.items() if not secret]
    if missing:
        raise PollFailed(ErrorKind.CREDENTIAL_MISSING, "secret-missing", f"{credential.name}.{missing[0]}")
    if credential.kind != "snmp-v3":
        version = ber.V1 if credential.kind == "snmp-v1" else ber.V2C
        return CommunitySession(version, (found["community"] or "").encode())
    return UsmSession(
        user=credential.user,
        auth=credential.auth,
        auth_passphrase=found.get("auth") or "",
        privacy=credential.privacy,
        privacy_passphrase=found.get("privacy") or "",
        context=context.encode(),
        salt=salt,
    )
