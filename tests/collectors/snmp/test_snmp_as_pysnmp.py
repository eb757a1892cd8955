"""What we send is what pysnmp would send, octet for octet, at version 3 too; what devices sent is read as pysnmp reads it."""

import itertools

import numpy as np
import pysnmp.hlapi.v3arch.asyncio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyasn1.codec.ber import decoder as their_decoder
from pyasn1.codec.ber import encoder as their_encoder
from pyasn1.type import univ
from pysnmp.proto import rfc1902
from pysnmp.proto.api import v2c
from pysnmp.proto.mpmod.rfc3412 import ScopedPDU, SNMPv3Message
from pysnmp.proto.secmod.rfc3414.service import UsmSecurityParameters

from collectors.snmp import ber, usm
from collectors.snmp.ber import PduTemplate
from collectors.snmp.numbers import number
from collectors.snmp.session import UsmSession
from collectors.snmp.shapes import Asking, Buffer, Shapes
from tests.collectors.snmp.test_snmp_usm import AUTH, ENGINE, PRIVACY
from tests.servers.snmprec import varbinds_of

assert pysnmp.hlapi.v3arch.asyncio  # imported first: the security modules import each other in a circle

LEVELS = [("", ""), *((auth, "") for auth in AUTH), *itertools.product(AUTH, PRIVACY)]
KINDS = {ber.GET: v2c.GetRequestPDU, ber.GET_NEXT: v2c.GetNextRequestPDU, ber.GET_BULK: v2c.GetBulkRequestPDU}
IDENT, BOOTS, TIME, SALT = 0x01020304, 7, 4321, 0x1122334455667788


def session_of(auth, privacy):
    """One that knows its engine, as after a discovery."""
    session = UsmSession(
        user="noc",
        auth=auth,
        auth_passphrase="open sesame",
        privacy=privacy,
        privacy_passphrase="shut sesame",
        context=b"vrf-1",
        salt=SALT - 1,
    )
    session._meet(usm.Security(engine=ENGINE, boots=BOOTS, time=TIME), 0.0)
    return session


def their_pdu(kind, asked, repetitions):
    pdu = KINDS[kind]()
    api = v2c.apiBulkPDU if kind == ber.GET_BULK else v2c.apiPDU
    api.set_defaults(pdu)
    api.set_request_id(pdu, IDENT)
    if kind == ber.GET_BULK:
        api.set_non_repeaters(pdu, 0)
        api.set_max_repetitions(pdu, repetitions)
    api.set_varbinds(pdu, [(name, univ.Null("")) for name in asked])
    return pdu


def their_message(auth, privacy, pdu):
    """A whole message as pysnmp's own classes make it, signed and encrypted by pysnmp's own security modules."""
    keys = session_of(auth, privacy)._keys
    scoped = ScopedPDU()
    scoped[0], scoped[1] = ENGINE, b"vrf-1"
    scoped[2][scoped[2].componentType.getNameByPosition(scoped[2].componentType.getPositionByType(pdu.tagSet))] = pdu
    message, parameters = SNMPv3Message(), UsmSecurityParameters()
    message["msgVersion"] = 3
    for name, value in (("msgID", IDENT), ("msgMaxSize", usm.MAX_SIZE), ("msgSecurityModel", 3)):
        message["msgGlobalData"][name] = value
    message["msgGlobalData"]["msgFlags"] = bytes((4 | (1 if auth else 0) | (2 if privacy else 0),))
    salt = b""
    if privacy:
        plain = their_encoder.encode(scoped)
        # Its salt is its own; sealed() below takes it over.
        cipher, salt = PRIVACY[privacy].encrypt_data(rfc1902.OctetString(keys.privacy_key), (BOOTS, TIME, None), plain)
        message["msgData"]["encryptedPDU"] = cipher
    else:
        message["msgData"]["plaintext"] = scoped
    for at, value in enumerate((ENGINE, BOOTS, TIME, b"noc", bytes(keys.code_length), salt)):
        parameters[at] = value
    message["msgSecurityParameters"] = their_encoder.encode(parameters)
    whole = their_encoder.encode(message)
    if auth:
        whole = AUTH[auth].authenticate_outgoing_message(rfc1902.OctetString(keys.auth_key), whole)
    return bytes(whole), bytes(salt)


@pytest.mark.parametrize(("auth", "privacy"), LEVELS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_request_of_version_3_is_byte_equal_with_pysnmp(kind, auth, privacy):
    # Of a length that DES pads: where there is nothing to pad, pysnmp adds eight octets more (RFC 3414, 8.1.1.2 wants none).
    asked = [(1, 3, 6, 1, 2, 1, 31, 1, 1, 1, column, 4_000_000) for column in (6, 10, 15)]
    theirs, salt = their_message(auth, privacy, their_pdu(kind, asked, 20))
    ours = session_of(auth, privacy)
    # the session counts its salt up before each request; DES sends the engine's boots before it
    ours.salt = int.from_bytes(salt[4:] if privacy == "DES" else salt, "big") - 1
    template = PduTemplate.of(kind, [ber.encode_oid(name) for name in asked], second=20 if kind == ber.GET_BULK else 0)
    before = ours.salt
    assert ours.seal(template, IDENT, 0.0) == theirs
    ours.salt, asking = before, Asking(template)
    assert ours.seal(asking, IDENT, 0.0) == theirs
    ours.salt = before
    assert ours.seal(asking, IDENT, 0.0) == theirs
    assert asking.message is not None


@given(
    st.sampled_from(LEVELS),
    st.lists(
        st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1), st.binary(min_size=5, max_size=32)),
        min_size=1,
        max_size=4,
    ),
    st.integers(0x01000000, 0x7FFFFFFF),
    st.integers(0, 2**64 - 100),
)
def test_a_patched_request_is_the_one_that_would_be_made_anew(level, clocks, ident, salt):
    template = PduTemplate.of(ber.GET_BULK, [ber.oid("1.3.6.1.2.1.2.2.1.10")], second=20)
    session, asking = session_of(*level), Asking(template)
    for boots, time, engine in clocks:  # the engine restarts, its clock goes on, it is another engine
        session._meet(usm.Security(engine=engine, boots=boots, time=time), 0.0)
        for request in (asking, asking):
            session.salt = salt
            patched = session.seal(request, ident, 7.5)
            session.salt = salt
            assert patched == session.seal(template, ident, 7.5)


# --- what devices sent --------------------------------------------------------------------------------------------------------

_TYPES = {
    ber.INTEGER: rfc1902.Integer32,
    ber.OCTET_STRING: rfc1902.OctetString,
    ber.OBJECT_IDENTIFIER: lambda value: rfc1902.ObjectIdentifier(ber.oid_numbers(value)),
    ber.IP_ADDRESS: rfc1902.IpAddress,
    ber.COUNTER32: rfc1902.Counter32,
    ber.GAUGE32: rfc1902.Gauge32,
    ber.TIME_TICKS: rfc1902.TimeTicks,
    ber.COUNTER64: rfc1902.Counter64,
    ber.OPAQUE: rfc1902.Opaque,
}
SAMPLE = 24
"""Objects of each recording, spread over it: pysnmp needs a quarter of a millisecond for one."""


def their_reading(message):
    """(name, value) pairs as pysnmp reads them, values as Python's own."""
    decoded, rest = their_decoder.decode(message, asn1Spec=v2c.Message())
    assert not rest
    pairs = v2c.apiPDU.get_varbinds(v2c.apiMessage.get_pdu(decoded))
    return [(tuple(name), _plain(value)) for name, value in pairs]


def _plain(value):
    if isinstance(value, univ.ObjectIdentifier):
        return ber.encode_oid(tuple(value))
    return value.asOctets() if isinstance(value, univ.OctetString) else int(value)


def by_shape(octets):
    """The values of a reply, read by its own shape."""
    head = ber.read_message(octets)
    body = ber.read_pdu_head(octets, head.start, head.end)
    bindings = ber.read_varbinds(octets, body.start, body.end)
    asking = Asking(PduTemplate.of(ber.GET, ()), b"".join(name for name, _, _ in bindings), shapes=Shapes())
    asking.into = np.full(len(bindings), np.nan)
    asking.learn(octets, head.start)
    buffer = Buffer()
    buffer.put(octets)
    assert asking.fits(buffer, len(octets), IDENT.to_bytes(4, "big"))
    asking.take(buffer)
    return [repr(value) for value in asking.into.tolist()]


def reply_of(sample):
    """A reply that holds these objects, written by pysnmp."""
    pdu = v2c.GetResponsePDU()
    v2c.apiPDU.set_defaults(pdu)
    v2c.apiPDU.set_request_id(pdu, IDENT)
    v2c.apiPDU.set_varbinds(pdu, [(ber.oid_numbers(name), _TYPES[tag](value)) for name, tag, value in sample])
    message = v2c.Message()
    v2c.apiMessage.set_defaults(message)
    v2c.apiMessage.set_pdu(message, pdu)
    return their_encoder.encode(message)


@pytest.mark.recordings
def test_every_recording_is_read_as_pysnmp_reads_it(recordings):
    files = sorted((recordings / "snmp" / "recordings").glob("*.snmprec"))
    assert files
    read = 0
    for file in files:
        held = [each for each in varbinds_of(file) if each[1] in _TYPES]
        sample = held[:: max(1, len(held) // SAMPLE)]
        octets = reply_of(sample)
        head = ber.read_message(octets)
        body = ber.read_pdu_head(octets, head.start, head.end)
        ours = [(ber.oid_numbers(name), value) for name, _, value in ber.read_varbinds(octets, body.start, body.end)]
        assert ours == their_reading(octets), file.name
        assert ours == [(ber.oid_numbers(name), value) for name, _, value in sample], file.name
        # identifiers among the values always go the safe way
        plain = [each for each in sample if each[1] != ber.OBJECT_IDENTIFIER]
        assert by_shape(reply_of(plain)) == [repr(number(value)) for _, _, value in plain], file.name
        read += len(sample)
    assert read > 10 * len(files)
