"""SNMPv3's user-based security as plain functions, the same for a manager and for an agent.

Keys from passphrases, localised to an engine; signing and checking of whole messages; sealing and opening of scoped PDUs.
No sockets, no state but the cache of keys that are slow to make (1 MiB of hashing each).

Sources: RFC 3414 (USM, MD5, SHA, DES), RFC 3826 (AES), RFC 7860 (SHA-2), draft-blumenthal-aes-usm-04 (AES-192, AES-256),
draft-reeder-snmpv3-usm-3desede-00 (the other key extension, as Cisco and others use it with AES).
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from collectors.snmp import ber
from collectors.snmp.ber import BadMessage

try:
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
except ImportError:  # before cryptography 47
    from cryptography.hazmat.primitives.ciphers.modes import CFB

AUTH, PRIVACY, REPORTABLE = 0x01, 0x02, 0x04
"""Bits of msgFlags (RFC 3412, 6.4)."""
MAX_SIZE = 65507
TIME_WINDOW_S = 150
"""How far an engine's clock may be off (RFC 3414, 3.2.7)."""
MAX_BOOTS = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthProtocol:
    """A way to sign: the name of its hash, and how many octets of the code are sent."""

    name: str
    hash: str
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyProtocol:
    """A way to encrypt: octets of the key (16 for DES: key and pre-IV), and how a key that is too short grows."""

    name: str
    key_length: int
    extension: str = ""
    """`blumenthal` or `reeder`."""

    @property
    def is_des(self) -> bool:
        """Whether it is DES; all others are AES in CFB."""
        return self.name == "DES"


AUTH_PROTOCOLS: Mapping[str, AuthProtocol] = MappingProxyType(
    {
        name: AuthProtocol(name=name, hash=digest, length=length)
        for name, digest, length in (
            ("MD5", "md5", 12),
            ("SHA", "sha1", 12),
            ("SHA-224", "sha224", 16),
            ("SHA-256", "sha256", 24),
            ("SHA-384", "sha384", 32),
            ("SHA-512", "sha512", 48),
        )
    }
)
PRIVACY_PROTOCOLS: Mapping[str, PrivacyProtocol] = MappingProxyType(
    {
        name: PrivacyProtocol(name=name, key_length=length, extension=extension)
        for name, length, extension in (
            ("DES", 16, ""),
            ("AES", 16, ""),
            ("AES-128", 16, ""),
            ("AES-192", 24, "blumenthal"),
            ("AES-256", 32, "blumenthal"),
            ("AES-192-CISCO", 24, "reeder"),
            ("AES-256-CISCO", 32, "reeder"),
        )
    }
)


@lru_cache(maxsize=256)
def key_of_passphrase(auth: str, passphrase: bytes) -> bytes:
    """Ku: the passphrase repeated to 1 MiB and hashed (RFC 3414, A.2). ValueError if it is empty. About 1 ms, then remembered."""
    if not passphrase:
        raise ValueError("an empty passphrase")
    repeated = passphrase * (0x100000 // len(passphrase) + 1)
    return hashlib.new(AUTH_PROTOCOLS[auth].hash, repeated[:0x100000], usedforsecurity=False).digest()


def localised(auth: str, key: bytes, engine: bytes) -> bytes:
    """Kul: a key that holds for one engine only (RFC 3414, 2.6)."""
    return hashlib.new(AUTH_PROTOCOLS[auth].hash, key + engine + key, usedforsecurity=False).digest()


def privacy_key(auth: str, privacy: str, passphrase: bytes, engine: bytes) -> bytes:
    """The localised key that encrypts, made as long as the protocol needs it."""
    protocol = PRIVACY_PROTOCOLS[privacy]
    key = localised(auth, key_of_passphrase(auth, passphrase), engine)
    while len(key) < protocol.key_length:
        if protocol.extension == "reeder":
            # the key made so far is itself taken as a passphrase and localised
            key += localised(auth, key_of_passphrase(auth, key[-_hash_size(auth) :]), engine)
        else:
            key += hashlib.new(AUTH_PROTOCOLS[auth].hash, key, usedforsecurity=False).digest()
    return key[: protocol.key_length]


def other_extension(auth: str, privacy: str) -> str:
    """The protocol that differs from this usual one only in how a key that is too short grows; empty where none does."""
    other = PRIVACY_PROTOCOLS.get(f"{privacy}-CISCO")
    return other.name if other is not None and _hash_size(auth) < other.key_length else ""


@lru_cache(maxsize=16)
def _hash_size(auth: str) -> int:
    return hashlib.new(AUTH_PROTOCOLS[auth].hash, usedforsecurity=False).digest_size


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Keys:
    """What a user signs and encrypts with at one engine. Empty names: no authentication, no privacy. Never shown."""

    user: bytes
    auth: str = ""
    auth_key: bytes = b""
    privacy: str = ""
    privacy_key: bytes = b""

    @property
    def flags(self) -> int:
        """Bits of msgFlags for its security level."""
        return (AUTH if self.auth else 0) | (PRIVACY if self.privacy else 0)

    @property
    def code_length(self) -> int:
        """Octets of the authentication code; 0 without authentication."""
        return AUTH_PROTOCOLS[self.auth].length if self.auth else 0


def keys_for(
    user: str, engine: bytes, *, auth: str = "", auth_passphrase: str = "", privacy: str = "", privacy_passphrase: str = ""
) -> Keys:
    """Keys of a user at an engine.

    ValueError for privacy without authentication or for an empty passphrase, KeyError for an unknown protocol.
    """
    if privacy and not auth:
        raise ValueError("privacy needs authentication")
    return Keys(
        user=user.encode(),
        auth=auth,
        auth_key=localised(auth, key_of_passphrase(auth, auth_passphrase.encode()), engine) if auth else b"",
        privacy=privacy,
        privacy_key=privacy_key(auth, privacy, privacy_passphrase.encode(), engine) if privacy else b"",
    )


# --- security parameters ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """msgSecurityParameters (RFC 3414, 2.4). `code_at` is where the authentication code stands in the whole message."""

    engine: bytes = b""
    boots: int = 0
    time: int = 0
    user: bytes = b""
    code: bytes = b""
    salt: bytes = b""
    code_at: int = 0


def read_security(data: bytes, head: ber.Head) -> Security:
    """The security parameters of a message of version 3."""
    start, end = ber.expect(data, *head.security, ber.SEQUENCE)
    engine, at = ber.read_octets(data, start, end)
    boots, at = ber.read_integer(data, at, end)
    time, at = ber.read_integer(data, at, end)
    user, at = ber.read_octets(data, at, end)
    code_at, code_end = ber.expect(data, at, end, ber.OCTET_STRING)
    salt, _ = ber.read_octets(data, code_end, end)
    if not (0 <= boots <= MAX_BOOTS and 0 <= time <= MAX_BOOTS):
        raise BadMessage("an engine's boots or time out of range")
    return Security(engine=engine, boots=boots, time=time, user=user, code=data[code_at:code_end], salt=salt, code_at=code_at)


def seal_message(keys: Keys, security: Security, scoped: bytes, *, message_id: int, reportable: bool, salt: int = 0) -> bytes:
    """A whole message of version 3 around an encoded scoped PDU: encrypted and signed as the keys say.

    `security` gives engine, boots and time; `salt` is any number that does not repeat for these keys.
    """
    sent_salt = b""
    if keys.privacy:
        cipher, sent_salt = encrypt(keys, security.boots, security.time, salt, scoped)
        scoped = ber.octets(cipher)
    flags = keys.flags | (REPORTABLE if reportable else 0)
    head = ber.integer(message_id) + ber.integer(MAX_SIZE) + ber.octets(bytes((flags,))) + ber.integer(3)
    front = ber.octets(security.engine) + ber.integer(security.boots) + ber.integer(security.time) + ber.octets(keys.user)
    code = bytes(keys.code_length)
    parameters = ber.tlv(ber.SEQUENCE, front + ber.octets(code) + ber.octets(sent_salt))
    message = ber.tlv(ber.SEQUENCE, ber.integer(ber.V3) + ber.tlv(ber.SEQUENCE, head) + ber.octets(parameters) + scoped)
    # Counted from the end, because the lengths before it vary: the code is followed by the salt and the scoped PDU only.
    code_at = len(message) - len(scoped) - len(ber.octets(sent_salt)) - len(code)
    return sign(keys, message, code_at)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MessageTemplate:
    """A request of version 3 made once: message id, time, code, salt and scoped PDU are put between its parts.

    It holds for these keys, this engine and its boots, and for times of as many octets.
    """

    keys: Keys
    engine: bytes
    boots: int
    time_octets: int
    scoped: tuple[bytes, bytes]
    parts: tuple[bytes, bytes, bytes, bytes, bytes]

    @classmethod
    def of(cls, keys: Keys, security: Security, context: bytes, pdu: ber.PduTemplate) -> "MessageTemplate":
        """Made by `seal_message`, cut where the reader finds what differs."""
        scoped = ber.encode_scoped(security.engine, context, pdu.with_id(ber.FIRST_REQUEST_ID))
        message = seal_message(keys, security, scoped, message_id=ber.FIRST_REQUEST_ID, reportable=True)
        ident = ber.ident_at(message, 0)
        head = ber.read_message(message)
        start, end = ber.expect(message, *head.security, ber.SEQUENCE)
        at = ber.expect(message, ber.expect(message, start, end, ber.OCTET_STRING)[1], end, ber.INTEGER)[1]
        time, time_end = ber.expect(message, at, end, ber.INTEGER)
        code_at = read_security(message, head).code_at
        code_end = code_at + keys.code_length
        salt, salt_end = ber.expect(message, code_end, end, ber.OCTET_STRING)
        cut = scoped.index(pdu.before) + len(pdu.before)
        return cls(
            keys=keys,
            engine=security.engine,
            boots=security.boots,
            time_octets=time_end - time,
            scoped=(scoped[:cut], scoped[cut + 4 :]),
            parts=(
                message[:ident],
                message[ident + 4 : time],
                message[time_end:code_at],
                message[code_end:salt],
                message[salt_end : head.start],
            ),
        )

    def fits(self, keys: Keys, engine: bytes, boots: int, time: int) -> bool:
        """Whether it holds still."""
        octets = time.bit_length() // 8 + 1
        return keys is self.keys and engine == self.engine and boots == self.boots and octets == self.time_octets

    def sealed(self, ident: int, time: int, salt: int) -> bytes:
        """The whole message, encrypted and signed as the keys say; `ident` is that of message and request."""
        number = ident.to_bytes(4, "big")
        content, sent_salt = self.scoped[0] + number + self.scoped[1], b""
        if self.keys.privacy:
            content, sent_salt = encrypt(self.keys, self.boots, time, salt, content)
        front, middle, before_code, before_salt, before_content = self.parts
        start = front + number + middle + time.to_bytes(self.time_octets, "big") + before_code
        rest = before_salt + sent_salt + before_content + content
        if not self.keys.auth:
            return start + rest
        protocol = AUTH_PROTOCOLS[self.keys.auth]
        code = hmac.digest(self.keys.auth_key, start + bytes(protocol.length) + rest, protocol.hash)
        return start + code[: protocol.length] + rest


def sign(keys: Keys, message: bytes, code_at: int) -> bytes:
    """The message with its authentication code in place of the zeros at `code_at`."""
    if not keys.auth:
        return message
    code = hmac.digest(keys.auth_key, message, AUTH_PROTOCOLS[keys.auth].hash)[: keys.code_length]
    return message[:code_at] + code + message[code_at + len(code) :]


def verify(keys: Keys, message: bytes, security: Security) -> bool:
    """Whether the authentication code of a message is right."""
    length = keys.code_length
    if len(security.code) != length:
        return False
    zeroed = message[: security.code_at] + bytes(length) + message[security.code_at + length :]
    code = hmac.digest(keys.auth_key, zeroed, AUTH_PROTOCOLS[keys.auth].hash)[:length]
    return hmac.compare_digest(code, security.code)


def open_scoped(keys: Keys, data: bytes, head: ber.Head, security: Security) -> bytes:
    """A message's scoped PDU, decrypted if it was encrypted, then with what padding it has. BadMessage if it cannot be."""
    if not head.flags & PRIVACY:
        return data[head.start : head.end]
    if not keys.privacy:
        raise BadMessage("an encrypted message for a user without privacy")
    return decrypt(keys, security.boots, security.time, security.salt, data[head.start : head.end])


# --- privacy ------------------------------------------------------------------------------------------------------------------


def encrypt(keys: Keys, boots: int, time: int, salt: int, plain: bytes) -> tuple[bytes, bytes]:
    """(cipher text, msgPrivacyParameters)."""
    if PRIVACY_PROTOCOLS[keys.privacy].is_des:
        sent = boots.to_bytes(4, "big") + (salt & 0xFFFFFFFF).to_bytes(4, "big")
        padded = plain + bytes(-len(plain) % 8)
        encryptor = _des(keys.privacy_key, sent).encryptor()
        return encryptor.update(padded) + encryptor.finalize(), sent
    sent = (salt & (2**64 - 1)).to_bytes(8, "big")
    encryptor = _aes(keys.privacy_key, boots, time, sent).encryptor()
    return encryptor.update(plain) + encryptor.finalize(), sent


def decrypt(keys: Keys, boots: int, time: int, salt: bytes, cipher: bytes) -> bytes:
    """The plain text, with DES's padding still on it. BadMessage if salt or length cannot be."""
    is_des = PRIVACY_PROTOCOLS[keys.privacy].is_des
    if len(salt) != 8 or (is_des and len(cipher) % 8):
        raise BadMessage("privacy parameters or a cipher text of a wrong length")
    decryptor = (_des(keys.privacy_key, salt) if is_des else _aes(keys.privacy_key, boots, time, salt)).decryptor()
    return decryptor.update(cipher) + decryptor.finalize()


def _des(key: bytes, salt: bytes) -> Cipher[modes.CBC]:
    """DES in CBC (RFC 3414, 8.1.1): the key's last eight octets, mixed with the salt, start it. It is triple DES with one key."""
    start = bytes(a ^ b for a, b in zip(key[8:16], salt, strict=True))
    return Cipher(TripleDES(key[:8] * 3), modes.CBC(start))


def _aes(key: bytes, boots: int, time: int, salt: bytes) -> Cipher[CFB]:
    """AES in CFB-128 (RFC 3826, 3.1.2.1)."""
    return Cipher(algorithms.AES(key), CFB(boots.to_bytes(4, "big") + time.to_bytes(4, "big") + salt))


# --- the authoritative side ---------------------------------------------------------------------------------------------------

UNSUPPORTED_LEVELS = ber.oid("1.3.6.1.6.3.15.1.1.1.0")
NOT_IN_TIME_WINDOWS = ber.oid("1.3.6.1.6.3.15.1.1.2.0")
UNKNOWN_USERS = ber.oid("1.3.6.1.6.3.15.1.1.3.0")
UNKNOWN_ENGINES = ber.oid("1.3.6.1.6.3.15.1.1.4.0")
WRONG_DIGESTS = ber.oid("1.3.6.1.6.3.15.1.1.5.0")
DECRYPTION_ERRORS = ber.oid("1.3.6.1.6.3.15.1.1.6.0")
"""Objects that a report names to say why (usmStats, RFC 3414)."""


def refusal(keys: Keys | None, data: bytes, head: ber.Head, security: Security, *, engine: bytes, boots: int, now: int) -> bytes:
    """The object that an agent's report names for this request, empty if the request passes (RFC 3414, 3.2, in its order).

    `keys` are those of the request's user at this engine, None if there is no such user; `now` is the engine's time in seconds.
    """
    if security.engine != engine:
        return UNKNOWN_ENGINES
    if keys is None:
        return UNKNOWN_USERS
    if head.flags & (AUTH | PRIVACY) != keys.flags:
        return UNSUPPORTED_LEVELS
    if not keys.auth:
        return b""
    if not verify(keys, data, security):
        return WRONG_DIGESTS
    if security.boots != boots or abs(security.time - now) > TIME_WINDOW_S:
        return NOT_IN_TIME_WINDOWS
    return b""
