"""Whether a notification of version 3 is what it says it is. Confined to the thread of the receiver.

For a trap the sender's engine has the clock (RFC 3414, 3.2.7 b), for an inform ours has. Keys are made for the signature first,
and for the encryption only after the signature was right: what anyone can send must cost little.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from collectors.snmp import ber, usm
from collectors.snmp.ber import BadMessage, Head
from collectors.traps.own_engine import OwnEngine

MOST_ENGINES = 20_000
"""Engines whose clocks are remembered; the one heard of first goes first."""


class Refused(Exception):
    """A message that is not taken; the text is a code: `unknown-user`, `wrong-auth`, `wrong-privacy`, `wrong-level`, `old`."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class User:
    """A user of the inventory's credentials, with its passphrases. Never shown."""

    name: str
    auth: str = ""
    auth_passphrase: str = ""
    privacy: str = ""
    privacy_passphrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A message that was let in: its scoped PDU's span, and who signed it."""

    octets: bytes
    start: int
    end: int
    context_engine: bytes
    context: bytes
    is_signed: bool
    is_known_engine: bool
    """Its clock was known before, so that this message is surely a new one."""
    keys: usm.Keys


@dataclass(slots=True)
class _Clock:
    boots: int
    time: int
    at: float


@dataclass(slots=True)
class Gate:
    """Users, the clocks of the engines that were heard, and our own engine."""

    own: OwnEngine
    users: Mapping[bytes, tuple[User, ...]] = field(default_factory=dict)
    _clocks: dict[bytes, _Clock] = field(default_factory=dict)
    _keys: dict[tuple[bytes, bytes, int], usm.Keys] = field(default_factory=dict)

    def take_users(self, users: Iterable[User]) -> None:
        """These from now on; several credentials may have a user of the same name."""
        grouped: dict[bytes, tuple[User, ...]] = {}
        for user in users:
            grouped[user.name.encode()] = (*grouped.get(user.name.encode(), ()), user)
        self.users = grouped
        self._keys.clear()

    def clocks(self) -> dict[bytes, tuple[int, int]]:
        """(boots, time) of each engine, as last told."""
        return {engine: (clock.boots, clock.time) for engine, clock in self._clocks.items()}

    def open(self, data: bytes, head: Head, security: usm.Security, now: float) -> Opened:
        """Check and decrypt a message. Refused, or BadMessage."""
        level = head.flags & (usm.AUTH | usm.PRIVACY)
        if level == usm.PRIVACY:
            raise BadMessage("privacy without authentication")
        keys = self._verified(data, security, level) if level else usm.Keys(user=security.user)
        known = False
        if level and security.engine != self.own.identifier:
            known = self._follow(security, now)
        elif level:
            if not self.is_in_time(security, now):
                raise Refused("old")
            known = True
        octets = usm.open_scoped(keys, data, head, security)
        try:
            context_engine, context, start, end = ber.read_scoped(octets, 0, len(octets))
        except BadMessage as error:
            raise Refused("wrong-privacy") if level & usm.PRIVACY else error from None
        return Opened(
            octets=octets,
            start=start,
            end=end,
            context_engine=context_engine,
            context=context,
            is_signed=bool(level),
            is_known_engine=known,
            keys=keys,
        )

    def is_in_time(self, security: usm.Security, now: float) -> bool:
        """Whether a message to our own engine has its time (RFC 3414, 3.2.7 a)."""
        own = self.own
        return security.boots == own.boots and abs(security.time - own.time(now)) <= usm.TIME_WINDOW_S

    def signer(self, data: bytes, security: usm.Security) -> usm.Keys | None:
        """Keys of whose signature it is, without those for privacy; None if it is nobody's. Refused for an unknown user."""
        if security.user not in self.users:
            raise Refused("unknown-user")
        try:
            keys = self._verified(data, security, usm.AUTH)
        except Refused:
            return None
        return usm.Keys(user=keys.user, auth=keys.auth, auth_key=keys.auth_key)

    def levels_of(self, user: bytes) -> int:
        """The flags that a user may have at most, of all credentials that name it; 0 for none."""
        known = self.users.get(user, ())
        return max(((usm.AUTH if u.auth else 0) | (usm.PRIVACY if u.privacy else 0) for u in known), default=0)

    def _verified(self, data: bytes, security: usm.Security, level: int) -> usm.Keys:
        """Keys of the user whose signature it is."""
        users = self.users.get(security.user)
        if not users:
            raise Refused("unknown-user")
        if not 5 <= len(security.engine) <= 32:
            raise BadMessage("an engine identifier of impossible length")
        for number, user in enumerate(users):
            place = security.user, security.engine, number
            keys = self._keys.get(place) or _signing(user, security.engine)
            if not keys.auth or not usm.verify(keys, data, security):
                continue
            if level & usm.PRIVACY and not keys.privacy:
                if not user.privacy:
                    raise Refused("wrong-level")
                keys = _whole(user, security.engine)
            if len(self._keys) >= MOST_ENGINES:
                self._keys.clear()
            self._keys[place] = keys
            return keys
        raise Refused("wrong-auth")

    def _follow(self, security: usm.Security, now: float) -> bool:
        """Follow a sender's clock; whether it was known. Refused if the message is an old one."""
        clock = self._clocks.get(security.engine)
        if clock is None:
            if len(self._clocks) >= MOST_ENGINES:
                del self._clocks[next(iter(self._clocks))]
            self._clocks[security.engine] = _Clock(security.boots, security.time, now)
            return False
        here = clock.time + int(now - clock.at)
        if security.boots < clock.boots or (security.boots == clock.boots and security.time < here - usm.TIME_WINDOW_S):
            raise Refused("old")
        if security.boots > clock.boots or security.time > here:
            clock.boots, clock.time, clock.at = security.boots, security.time, now
        return True


def _signing(user: User, engine: bytes) -> usm.Keys:
    return usm.keys_for(user.name, engine, auth=user.auth, auth_passphrase=user.auth_passphrase)


def _whole(user: User, engine: bytes) -> usm.Keys:
    return usm.keys_for(
        user.name,
        engine,
        auth=user.auth,
        auth_passphrase=user.auth_passphrase,
        privacy=user.privacy,
        privacy_passphrase=user.privacy_passphrase,
    )
