"""Keys and messages of the user-based security, against the RFCs' examples and pysnmp."""

import itertools

import pysnmp.hlapi.v3arch.asyncio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysnmp.proto import rfc1902
from pysnmp.proto.secmod.eso.priv import aes192, aes256
from pysnmp.proto.secmod.rfc3414.auth import hmacmd5, hmacsha
from pysnmp.proto.secmod.rfc3414.priv import des
from pysnmp.proto.secmod.rfc3826.priv import aes
from pysnmp.proto.secmod.rfc7860.auth import hmacsha2

from collectors.snmp import ber, usm
from collectors.snmp.ber import BadMessage

assert pysnmp.hlapi.v3arch.asyncio  # imported first: the security modules import each other in a circle

ENGINE = bytes.fromhex("80001f8880e9630000d61ff449")
AUTH_IDS = {
    "MD5": hmacmd5.HmacMd5.SERVICE_ID,
    "SHA": hmacsha.HmacSha.SERVICE_ID,
    "SHA-224": hmacsha2.HmacSha2.SHA224_SERVICE_ID,
    "SHA-256": hmacsha2.HmacSha2.SHA256_SERVICE_ID,
    "SHA-384": hmacsha2.HmacSha2.SAH384_SERVICE_ID,  # spelt so there
    "SHA-512": hmacsha2.HmacSha2.SHA512_SERVICE_ID,
}
AUTH = {
    "MD5": hmacmd5.HmacMd5(),
    "SHA": hmacsha.HmacSha(),
    **{name: hmacsha2.HmacSha2(AUTH_IDS[name]) for name in ("SHA-224", "SHA-256", "SHA-384", "SHA-512")},
}
PRIVACY = {
    "DES": des.Des(),
    "AES": aes.Aes(),
    "AES-192": aes192.AesBlumenthal192(),
    "AES-256": aes256.AesBlumenthal256(),
    "AES-192-CISCO": aes192.Aes192(),
    "AES-256-CISCO": aes256.Aes256(),
}
PAIRS = list(itertools.product(AUTH, PRIVACY))


def keys(auth="SHA-256", privacy="AES-256", auth_phrase="open sesame", privacy_phrase="shut sesame", engine=ENGINE):
    return usm.keys_for("noc", engine, auth=auth, auth_passphrase=auth_phrase, privacy=privacy, privacy_passphrase=privacy_phrase)


def sealed(with_keys, *, boots=7, time=1234, scoped=None, message_id=99, salt=5):
    scoped = scoped or ber.encode_scoped(
        ENGINE, b"", ber.PduTemplate.of(ber.GET, [ber.oid("1.3.6.1.2.1.1.3.0")]).with_id(0x01020304)
    )
    security = usm.Security(engine=ENGINE, boots=boots, time=time)
    return usm.seal_message(with_keys, security, scoped, message_id=message_id, reportable=True, salt=salt), scoped


def test_keys_of_rfc_3414_appendix_a():
    engine = bytes.fromhex("000000000000000000000002")
    assert usm.localised("MD5", usm.key_of_passphrase("MD5", b"maplesyrup"), engine).hex() == "526f5eed9fcce26f8964c2930787d82b"
    ours = usm.localised("SHA", usm.key_of_passphrase("SHA", b"maplesyrup"), engine)
    assert ours.hex() == "6695febc9288e36282235fc7151f128497b38f3f"


@pytest.mark.parametrize(("auth", "privacy"), PAIRS)
def test_keys_are_those_of_pysnmp(auth, privacy):
    ours = keys(auth, privacy)
    theirs, service = AUTH[auth], AUTH_IDS[auth]
    hashed = theirs.hash_passphrase(rfc1902.OctetString("open sesame"))
    assert ours.auth_key == theirs.localize_key(hashed, rfc1902.OctetString(ENGINE)).asOctets()
    hashed = theirs.hash_passphrase(rfc1902.OctetString("shut sesame"))
    private = PRIVACY[privacy].localize_key(
        service,
        hashed,
        rfc1902.OctetString(ENGINE),
    )
    assert ours.privacy_key == private.asOctets()[: len(ours.privacy_key)]


@pytest.mark.parametrize(("auth", "privacy"), PAIRS)
def test_a_sealed_message_opens_at_the_other_end(auth, privacy):
    ours = keys(auth, privacy)
    message, scoped = sealed(ours)
    head = ber.read_message(message)
    security = usm.read_security(message, head)
    assert (head.message_id, head.flags, security.user, security.boots, security.time) == (99, 7, b"noc", 7, 1234)
    assert scoped not in message
    assert usm.verify(ours, message, security)
    plain = usm.open_scoped(ours, message, head, security)
    engine, name, at, stop = ber.read_scoped(plain, 0, len(plain))
    assert (engine, name) == (ENGINE, b"")
    assert ber.read_pdu_head(plain, at, stop).request_id == 0x01020304


@pytest.mark.parametrize("privacy", ["", "DES", "AES", "AES-256"])
def test_any_changed_octet_of_a_signed_message_is_noticed(privacy):
    ours = keys("SHA-256", privacy)
    message, _ = sealed(ours)
    for position in range(len(message)):
        changed = message[:position] + bytes((message[position] ^ 1,)) + message[position + 1 :]
        try:
            head = ber.read_message(changed)
            security = usm.read_security(changed, head)
        except BadMessage:
            continue
        assert not usm.verify(ours, changed, security)


@given(st.binary(max_size=300), st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1), st.integers(0, 2**64))
def test_privacy_goes_there_and_back(plain, boots, time, salt):
    for privacy in usm.PRIVACY_PROTOCOLS:
        ours = usm.Keys(
            user=b"u",
            auth="SHA-512",
            auth_key=b"k",
            privacy=privacy,
            privacy_key=bytes(range(usm.PRIVACY_PROTOCOLS[privacy].key_length)),
        )
        cipher, sent = usm.encrypt(ours, boots, time, salt, plain)
        assert usm.decrypt(ours, boots, time, sent, cipher)[: len(plain)] == plain


def test_a_cipher_text_that_cannot_be_is_a_bad_message():
    with pytest.raises(BadMessage):
        usm.decrypt(keys(privacy="DES"), 1, 1, bytes(8), b"seven..")
    with pytest.raises(BadMessage):
        usm.decrypt(keys(), 1, 1, b"short", b"12345678")


def test_an_agent_refuses_in_the_order_of_the_rfc():
    ours = keys()

    def why(message, *, known=ours, boots=7, now=1234, engine=ENGINE):
        head = ber.read_message(message)
        return usm.refusal(known, message, head, usm.read_security(message, head), engine=engine, boots=boots, now=now)

    message, _ = sealed(ours)
    assert why(message) == b""
    assert why(message, engine=b"other") == usm.UNKNOWN_ENGINES
    assert why(message, known=None) == usm.UNKNOWN_USERS
    assert why(message, known=keys(privacy="")) == usm.UNSUPPORTED_LEVELS
    assert why(message, known=keys(auth_phrase="another one")) == usm.WRONG_DIGESTS
    assert why(message, boots=8) == usm.NOT_IN_TIME_WINDOWS
    assert why(message, now=1234 + 151) == usm.NOT_IN_TIME_WINDOWS


def test_keys_are_never_shown():
    assert "key" not in repr(keys()).lower().replace("keys object", "")


def test_what_cannot_be_a_user_is_refused():
    with pytest.raises(ValueError, match="empty"):
        keys(auth_phrase="")
    with pytest.raises(ValueError, match="authentication"):
        keys(auth="")
