"""Replies read by their shape give what the safe decoder gives, or nothing at all."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyasn1.codec.ber import encoder
from pysnmp.proto.api import v2c

from collectors.snmp import ber
from collectors.snmp.ber import BadMessage, PduTemplate
from collectors.snmp.shapes import Asking, Buffer, Shapes, number

IDENT, NEXT = 0x01020304, 0x7FABCDEF
INTEGERS = (ber.INTEGER,)
UNSIGNED = (ber.COUNTER32, ber.GAUGE32, ber.TIME_TICKS, ber.UINTEGER32)
names = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=12).map(lambda rest: ber.encode_oid((1, 3, *rest)))
# raw contents too: agents that forget leading zeros, or send more octets than they need
integers = st.tuples(
    st.sampled_from((*INTEGERS, *UNSIGNED, ber.COUNTER64)),
    st.one_of(st.binary(min_size=1, max_size=9), st.binary(max_size=8).map(lambda v: b"\0" + v), st.just(b"")),
)
texts = st.tuples(st.just(ber.OCTET_STRING), st.one_of(st.binary(max_size=20), st.floats().map(lambda v: str(v).encode())))
floats = st.floats(width=32).map(lambda v: (ber.OPAQUE, ber.encode_value(ber.OPAQUE, v)[2:]))
nothing = st.tuples(st.sampled_from([*sorted(ber.EXCEPTIONS), ber.NULL]), st.just(b""))
objects = st.tuples(names, st.one_of(integers, integers, texts, floats, nothing))


def message(bindings, ident=IDENT, community=b"public", status=0):
    """A reply around contents that are taken as they are."""
    each = (ber.tlv(ber.SEQUENCE, ber.tlv(ber.OBJECT_IDENTIFIER, n) + ber.tlv(tag, content)) for n, (tag, content) in bindings)
    pdu = ber.encode_pdu(ber.RESPONSE, ident, ber.tlv(ber.SEQUENCE, b"".join(each)), first=status)
    return ber.encode_community_message(ber.V2C, community, pdu)


def safely(reply):
    """(names, values) by the safe decoder; None where it refuses."""
    try:
        head = ber.read_message(reply)
        pdu = ber.read_pdu_head(reply, head.start, head.end)
        found = ber.read_varbinds(reply, pdu.start, pdu.end)
    except BadMessage:
        return None
    if pdu.type != ber.RESPONSE or pdu.error_status:
        return None
    return [name for name, _, _ in found], [number(value) for _, _, value in found], pdu.request_id


def learned(reply, shapes=None):
    """An asking that has learned this reply, and where its values go."""
    read = safely(reply)
    assert read is not None
    into = np.full(len(read[0]), -1.0)
    asking = Asking(PduTemplate.of(ber.GET, ()), b"".join(read[0]), None, Shapes() if shapes is None else shapes, into=into)
    asking.learn(reply, ber.read_message(reply).start)
    return asking, into


def by_shape(asking, reply, ident):
    """The values by shape; None where it refuses."""
    buffer = Buffer()
    buffer.put(reply)
    if not asking.fits(buffer, len(reply), ident.to_bytes(4, "big")):
        return None
    asking.take(buffer)
    return asking.into


@given(st.lists(objects, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_a_reply_of_a_learned_shape_gives_the_values_of_the_safe_decoder(bindings, rng):
    first = message(bindings)
    asking, _ = learned(first)
    assert asking.shape is not None
    # others of the same lengths: the values anew, or only some of them
    for _ in range(3):
        again = message([(n, (tag, rng.randbytes(len(v)) if rng.random() < 0.7 else v)) for n, (tag, v) in bindings], NEXT)
        asking.into[:] = -1.0
        values = by_shape(asking, again, NEXT)
        read = safely(again)
        if values is not None:
            assert read is not None
            np.testing.assert_array_equal(values, read[1])
        else:
            assert (asking.into == -1.0).all()
    again = message(bindings, NEXT)
    np.testing.assert_array_equal(by_shape(asking, again, NEXT), safely(again)[1])


@given(st.lists(objects, min_size=1, max_size=8), st.data())
@settings(max_examples=150, deadline=None)
def test_a_changed_reply_gives_no_value_that_the_safe_decoder_would_not_give(bindings, data):
    reply = message(bindings)
    asking, _ = learned(reply)
    changed = bytearray(message(bindings, NEXT))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        how = data.draw(st.sampled_from(("flip", "set", "cut", "grow")))
        if how == "flip":
            changed[at] ^= 1 << data.draw(st.integers(0, 7))
        elif how == "set":
            changed[at] = data.draw(st.integers(0, 255))
        elif how == "cut" and len(changed) > 1:
            del changed[at]
        else:
            changed.insert(at, data.draw(st.integers(0, 255)))
    values = by_shape(asking, bytes(changed), NEXT)
    if values is not None:
        read = safely(bytes(changed))
        assert read is not None
        assert read[2] == NEXT
        assert [*read[0]] == [name for name, _ in bindings]
        np.testing.assert_array_equal(values, read[1])


@pytest.mark.parametrize("octets", range(1, 10))
@pytest.mark.parametrize("tag", [*INTEGERS, *UNSIGNED, ber.COUNTER64])
def test_numbers_of_every_type_and_length_are_right_at_their_ends(tag, octets):
    name = ber.oid("1.3.6.1.2.1.2.2.1.10.1")
    ends = {
        bytes(octets),
        b"\xff" * octets,
        b"\x7f" + b"\xff" * (octets - 1),
        b"\x80" + bytes(octets - 1),
        b"\0" + b"\xff" * (octets - 1),
    }
    for taught in sorted(ends):
        asking, _ = learned(message([(name, (tag, taught))]))
        for content in sorted(ends):
            reply = message([(name, (tag, content))], NEXT)
            values = by_shape(asking, reply, NEXT)
            if taught == content:
                assert values is not None
            if values is not None:
                np.testing.assert_array_equal(values, safely(reply)[1])


def test_the_values_are_those_of_pysnmp():
    rng = random.Random(4)
    kinds = [
        (lambda: v2c.Counter64(rng.getrandbits(64)), ber.COUNTER64),
        (lambda: v2c.Counter32(rng.getrandbits(32)), ber.COUNTER32),
        (lambda: v2c.Gauge32(rng.getrandbits(rng.randrange(1, 33))), ber.GAUGE32),
        (lambda: v2c.Integer32(rng.randrange(-(2**31) + 1, 2**31)), ber.INTEGER),
        (lambda: v2c.TimeTicks(rng.getrandbits(30)), ber.TIME_TICKS),
    ]
    checked = 0
    for _ in range(40):
        made = [((1, 3, 6, 1, 2, 1, 2, 2, 1, 10, n), kinds[n % len(kinds)][0]()) for n in range(15)]
        pdu = v2c.GetResponsePDU()
        v2c.apiPDU.set_defaults(pdu)
        v2c.apiPDU.set_request_id(pdu, IDENT)
        v2c.apiPDU.set_varbinds(pdu, made)
        whole = v2c.Message()
        v2c.apiMessage.set_defaults(whole)
        v2c.apiMessage.set_pdu(whole, pdu)
        reply = encoder.encode(whole)
        asking, _ = learned(reply)
        values = by_shape(asking, reply, IDENT)
        assert values is not None
        np.testing.assert_array_equal(values, [float(int(value)) for _, value in made])
        checked += len(made)
    assert checked == 600


def test_a_reply_to_another_request_of_the_same_shape_is_refused():
    name = ber.oid("1.3.6.1.2.1.1.3.0")
    asking, into = learned(message([(name, (ber.TIME_TICKS, b"\1\2\3"))]))
    into[:] = -1.0
    assert by_shape(asking, message([(name, (ber.TIME_TICKS, b"\1\2\4"))], NEXT), IDENT) is None
    assert into[0] == -1.0


def test_an_error_status_is_no_shape():
    name = ber.oid("1.3.6.1.2.1.1.3.0")
    reply = message([(name, (ber.NULL, b""))], status=2)
    assert Shapes().learn(reply, ber.read_message(reply).start, name, 1) is None


def test_names_that_are_not_those_expected_are_no_shape():
    reply = message([(ber.oid("1.3.6.1.2.1.1.3.0"), (ber.TIME_TICKS, b"\1"))])
    at = ber.read_message(reply).start
    assert Shapes().learn(reply, at, ber.oid("1.3.6.1.2.1.1.4.0"), 1) is None
    assert Shapes().learn(reply, at, ber.oid("1.3.6.1.2.1.1.3.0"), 2) is None


def test_devices_that_answer_alike_share_a_shape_and_one_that_ends_is_forgotten():
    shapes = Shapes()
    name = ber.oid("1.3.6.1.2.1.1.3.0")
    one, _ = learned(message([(name, (ber.TIME_TICKS, b"\1\2\3"))]), shapes)
    other, _ = learned(message([(name, (ber.TIME_TICKS, b"\4\5\6"))], NEXT), shapes)
    assert one.shape is other.shape
    assert len(shapes) == 1
    third = Asking(one.template, name, None, shapes, into=np.zeros(1))
    assert by_shape(third, message([(name, (ber.TIME_TICKS, b"\7\1\1"))]), IDENT) is not None
    one.shape = other.shape = third.shape = None
    assert len(shapes) == 0


def test_beyond_their_bound_no_more_shapes_are_learned_and_room_that_comes_free_is_used():
    shapes = Shapes(most_octets=8_000)
    kept = []
    for n in range(30):
        asking, _ = learned(message([(ber.oid(f"1.3.6.1.2.1.1.3.{n}"), (ber.TIME_TICKS, b"\1"))]), shapes)
        kept.append(asking)
    assert 1 < sum(asking.shape is not None for asking in kept) < 30
    assert shapes.octets <= 8_000
    kept.clear()
    found = None
    for n in range(1_100):
        reply = message([(ber.oid(f"1.3.6.1.2.1.1.4.{n}"), (ber.TIME_TICKS, b"\1"))])
        found = found or shapes.learn(reply, ber.read_message(reply).start, ber.oid(f"1.3.6.1.2.1.1.4.{n}"), 1)
    assert found is not None
