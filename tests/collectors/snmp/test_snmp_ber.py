"""The decoder and encoder, beside pysnmp's and on rubbish."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyasn1.codec.ber import decoder as their_decoder
from pyasn1.codec.ber import encoder as their_encoder
from pyasn1.type import univ
from pysnmp.proto import rfc1902
from pysnmp.proto.api import v1, v2c

from collectors.snmp import ber
from collectors.snmp.ber import BadMessage

numbers32 = st.integers(0, 2**32 - 1)
names = st.lists(numbers32, min_size=1, max_size=40).map(lambda rest: (1, 3, *rest))
typed = st.one_of(
    # pyasn1 spends an octet too many on these four
    st.integers(-(2**31), 2**31 - 1)
    .filter(lambda v: v not in (-(2**7), -(2**15), -(2**23), -(2**31)))
    .map(lambda v: (ber.INTEGER, v, rfc1902.Integer32(v))),
    st.binary(max_size=300).map(lambda v: (ber.OCTET_STRING, v, rfc1902.OctetString(v))),
    names.map(lambda v: (ber.OBJECT_IDENTIFIER, ber.encode_oid(v), rfc1902.ObjectIdentifier(v))),
    st.binary(min_size=4, max_size=4).map(lambda v: (ber.IP_ADDRESS, v, rfc1902.IpAddress(v))),
    numbers32.map(lambda v: (ber.COUNTER32, v, rfc1902.Counter32(v))),
    numbers32.map(lambda v: (ber.GAUGE32, v, rfc1902.Gauge32(v))),
    numbers32.map(lambda v: (ber.TIME_TICKS, v, rfc1902.TimeTicks(v))),
    st.integers(0, 2**64 - 1).map(lambda v: (ber.COUNTER64, v, rfc1902.Counter64(v))),
)
exceptions = st.sampled_from(
    (
        (ber.NO_SUCH_OBJECT, None, v2c.NoSuchObject("")),
        (ber.NO_SUCH_INSTANCE, None, v2c.NoSuchInstance("")),
        (ber.END_OF_MIB_VIEW, None, v2c.EndOfMibView("")),
        (ber.NULL, None, univ.Null("")),
    )
)
varbinds = st.lists(st.tuples(names, st.one_of(typed, exceptions)), max_size=12)
four_bytes = st.integers(ber.FIRST_REQUEST_ID, 2**31 - 1)


def their_message(version, pdu_type, request_id, bindings, community=b"public", first=0, second=0):
    """A whole message as pysnmp encodes it."""
    api = v1 if version == ber.V1 else v2c
    pdu = pdu_type()
    if pdu_type is v2c.GetBulkRequestPDU:
        v2c.apiBulkPDU.set_defaults(pdu)
        v2c.apiBulkPDU.set_request_id(pdu, request_id)
        v2c.apiBulkPDU.set_non_repeaters(pdu, first)
        v2c.apiBulkPDU.set_max_repetitions(pdu, second)
        v2c.apiBulkPDU.set_varbinds(pdu, bindings)
    else:
        api.apiPDU.set_defaults(pdu)
        api.apiPDU.set_request_id(pdu, request_id)
        api.apiPDU.set_error_status(pdu, first)
        api.apiPDU.set_error_index(pdu, second)
        api.apiPDU.set_varbinds(pdu, bindings)
    message = api.Message()
    api.apiMessage.set_defaults(message)
    api.apiMessage.set_community(message, community)
    api.apiMessage.set_pdu(message, pdu)
    return their_encoder.encode(message)


def read_all(message):
    head = ber.read_message(message)
    pdu = ber.read_pdu_head(message, head.start, head.end)
    return head, pdu, ber.read_varbinds(message, pdu.start, pdu.end)


@given(varbinds, four_bytes)
def test_a_reply_reads_as_pysnmp_wrote_it_and_is_written_byte_for_byte_the_same(bindings, request_id):
    theirs = their_message(ber.V2C, v2c.GetResponsePDU, request_id, [(name, value[2]) for name, value in bindings])
    head, pdu, found = read_all(theirs)
    assert (head.version, head.community, pdu.type, pdu.request_id) == (ber.V2C, b"public", ber.RESPONSE, request_id)
    assert found == [(ber.encode_oid(name), tag, value) for name, (tag, value, _) in bindings]
    ours = ber.encode_pdu(ber.RESPONSE, request_id, ber.encode_varbinds(found))
    assert ber.encode_community_message(ber.V2C, b"public", ours) == theirs


@given(st.lists(names, max_size=12), four_bytes, st.integers(0, 20), st.integers(0, 300), st.binary(max_size=40))
def test_requests_are_byte_equal_with_pysnmp(asked, request_id, non_repeaters, repetitions, community):
    encoded = [ber.encode_oid(name) for name in asked]
    bindings = [(name, univ.Null("")) for name in asked]
    for version, kind, theirs in (
        (ber.V1, ber.GET, v1.GetRequestPDU),
        (ber.V1, ber.GET_NEXT, v1.GetNextRequestPDU),
        (ber.V2C, ber.GET, v2c.GetRequestPDU),
        (ber.V2C, ber.GET_NEXT, v2c.GetNextRequestPDU),
    ):
        ours = ber.encode_community_message(version, community, ber.PduTemplate.of(kind, encoded).with_id(request_id))
        assert ours == their_message(version, theirs, request_id, bindings, community)
    bulk = ber.PduTemplate.of(ber.GET_BULK, encoded, first=non_repeaters, second=repetitions).with_id(request_id)
    theirs = their_message(
        ber.V2C, v2c.GetBulkRequestPDU, request_id, bindings, community, first=non_repeaters, second=repetitions
    )
    assert ber.encode_community_message(ber.V2C, community, bulk) == theirs


@given(st.integers(-(2**63), 2**64 - 1))
@example(-128)
def test_integers_are_read_by_pyasn1_and_take_the_fewest_octets(value):
    assert their_decoder.decode(ber.integer(value))[0] == value
    assert len(ber.integer(value)) <= len(their_encoder.encode(univ.Integer(value)))


@given(names)
@example((2, 999, 2**32 - 1))
def test_identifiers_go_there_and_back(name):
    encoded = ber.encode_oid(name)
    assert ber.oid_numbers(encoded) == name
    assert ber.oid(ber.oid_text(encoded)) == encoded
    assert their_decoder.decode(ber.tlv(6, encoded))[0] == univ.ObjectIdentifier(name)


@given(st.binary(max_size=200))
@example(b"\x30\x80\x02\x01\x01\x00\x00")
@example(b"\x30\x84\xff\xff\xff\xff")
@example(b"\x30\x85\x00\x00\x00\x00\x00")
def test_rubbish_is_a_bad_message_and_nothing_else(rubbish):
    with pytest.raises(BadMessage):
        read_all(rubbish)


good = their_message(
    ber.V2C,
    v2c.GetResponsePDU,
    0x01020304,
    [((1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 6, i), rfc1902.Counter64(2**40 + i)) for i in range(9)]
    + [((1, 3, 6, 1, 2, 1, 1, 1, 0), rfc1902.OctetString(b"x" * 200))],
)


@given(st.lists(st.tuples(st.integers(0, len(good) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_changed_message_either_reads_or_is_bad(changes):
    message = bytearray(good)
    for position, octet in changes:
        message[position] = octet
    try:
        _, pdu, found = read_all(bytes(message))
    except BadMessage:
        return
    assert len(found) <= len(message) // 4
    assert pdu.end <= len(message)
    for name, _, _ in found:
        assert ber.oid_numbers(name)


@pytest.mark.parametrize("length", range(len(good)))
def test_every_truncated_message_is_bad(length):
    with pytest.raises(BadMessage):
        read_all(good[:length])


@pytest.mark.parametrize(
    ("tag", "content", "value"),
    [
        (ber.COUNTER32, b"\xff\xff\xff\xff", 2**32 - 1),
        (ber.GAUGE32, b"\xff", 2**32 - 1),
        (ber.COUNTER64, b"\xff" * 8, 2**64 - 1),
        (ber.COUNTER64, b"\x00" + b"\xff" * 8, 2**64 - 1),
        (ber.INTEGER, b"\xff\x80", -128),
        (ber.INTEGER, b"", 0),
        (ber.OPAQUE, b"\x9f\x78\x04\x42\x28\x00\x00", 42.0),
        (ber.OPAQUE, b"\x9f\x79\x08\x40\x45\x00\x00\x00\x00\x00\x00", 42.0),
        (ber.OPAQUE, b"\x9f\x78\x04\x42", b"\x9f\x78\x04\x42"),
    ],
)
def test_odd_numbers_of_real_agents(tag, content, value):
    binding = ber.tlv(ber.SEQUENCE, ber.tlv(6, ber.oid("1.3.6.1")) + ber.tlv(tag, content))
    assert ber.read_varbinds(binding, 0, len(binding)) == [(ber.oid("1.3.6.1"), tag, value)]


@pytest.mark.parametrize(
    "value",
    [
        ber.tlv(ber.INTEGER, bytes(10)),
        b"\x1f\x81\x01\x00",
        ber.tlv(0x6A, b""),
        b"\x02\x05\x00",
        b"\x02",
        b"",
        ber.tlv(6, b"\x81"),
    ],
)
def test_values_that_cannot_be_are_bad(value):
    binding = ber.tlv(ber.SEQUENCE, ber.tlv(6, ber.oid("1.3.6.1")) + value)
    with pytest.raises(BadMessage):
        ber.read_varbinds(binding, 0, len(binding))


def test_a_binding_cannot_reach_into_the_next():
    inner = ber.tlv(6, ber.oid("1.3.6.1")) + b"\x04\x20" + b"ab"
    both = ber.tlv(ber.SEQUENCE, inner) + ber.tlv(ber.SEQUENCE, ber.tlv(6, ber.oid("1.3.6.2")) + ber.octets(bytes(40)))
    with pytest.raises(BadMessage):
        ber.read_varbinds(both, 0, len(both))


@settings(max_examples=30)
@given(st.integers(1, 60000))
def test_lengths_are_the_shortest(size):
    assert ber.octets(bytes(size)) == their_encoder.encode(univ.OctetString(bytes(size)))
