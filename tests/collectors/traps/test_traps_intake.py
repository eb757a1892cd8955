"""What becomes of each datagram, without a socket: told or joined, counted exactly, refused where it is not what it says."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyasn1.codec.ber import encoder
from pysnmp.proto import rfc1902
from pysnmp.proto.api import v1, v2c

from collectors.snmp import ber, usm
from collectors.traps.intake import BEYOND, MOST_KINDS, MOST_NAMES, Intake
from collectors.traps.message import read_notification
from collectors.traps.own_engine import OwnEngine, own_engine
from collectors.traps.security import Gate, User
from noc_console.profiles.traps import TrapKind

OWN = OwnEngine(identifier=b"\x80\x00\x7e\xd9\x05ourselves", boots=3, started=0.0)
THEIRS = b"\x80\x00\x7e\xd9\x04leaf-1"
LINK_DOWN = "1.3.6.1.6.3.1.1.5.3"
BAD_AUTH = "1.3.6.1.6.3.1.1.5.5"
KINDS = {
    LINK_DOWN: TrapKind(name="linkDown", object=LINK_DOWN),
    BAD_AUTH: TrapKind(name="authenticationFailure", object=BAD_AUTH, severity="warning"),
    "1.3.6.1.4.1.32473.0.1": TrapKind(
        name="fanFailed", object="1.3.6.1.4.1.32473.0.1", severity="major", component="1.3.6.1.4.1.32473.1.2"
    ),
    "1.3.6.1.4.1.32473.0.2": TrapKind(
        name="fanWell", object="1.3.6.1.4.1.32473.0.2", clears="fanFailed", component="1.3.6.1.4.1.32473.1.2"
    ),
}
NOC = User(name="noc", auth="SHA-256", auth_passphrase="open sesame", privacy="AES", privacy_passphrase="shut sesame")
AT = 1_795_000_000.0


def an_intake(*users):
    gate = Gate(OWN)
    gate.take_users(users or (NOC,))
    intake = Intake(gate, KINDS, 10162)
    intake.senders = {"192.0.2.1": ("leaf-1",), "192.0.2.9": ("olt-1", "olt-2")}
    return intake


def trap_pdu(name=LINK_DOWN, varbinds=(), kind=ber.TRAP_V2, ident=77):
    head = [
        (ber.oid("1.3.6.1.2.1.1.3.0"), ber.TIME_TICKS, 4200),
        (ber.oid("1.3.6.1.6.3.1.1.4.1.0"), ber.OBJECT_IDENTIFIER, ber.oid(name)),
    ]
    return ber.encode_pdu(kind, ident, ber.encode_varbinds([*head, *varbinds]))


def v2_trap(*args, **options):
    return ber.encode_community_message(ber.V2C, b"public", trap_pdu(*args, **options))


def v3_trap(name=LINK_DOWN, *, user=NOC, engine=THEIRS, boots=1, time=100, varbinds=(), privacy=True):
    keys = usm.keys_for(
        user.name,
        engine,
        auth=user.auth,
        auth_passphrase=user.auth_passphrase,
        privacy=user.privacy if privacy else "",
        privacy_passphrase=user.privacy_passphrase,
    )
    scoped = ber.encode_scoped(engine, b"", trap_pdu(name, varbinds))
    security = usm.Security(engine=engine, boots=boots, time=time)
    return usm.seal_message(keys, security, scoped, message_id=9, reportable=False, salt=5)


def whole(counts):
    parts = (counts.told, counts.coalesced, counts.waiting, counts.strangers, counts.refused, counts.malformed)
    return sum(parts) == counts.received


def test_a_trap_is_told_at_once_and_those_of_the_next_second_together():
    intake = an_intake()
    intake.take(v2_trap(), "192.0.2.1", 10.0, AT)
    [first] = intake.tell(10.0, AT)
    assert (first.device, first.source, first.protocol, first.is_unasked) == ("leaf-1", "snmp:trap", "snmp", True)
    assert [(e.kind, e.text, e.is_signed) for e in first.events] == [("trap", "linkDown", False)]
    for after in range(50):
        intake.take(v2_trap(), "192.0.2.1", 10.1 + after / 100, AT)
    intake.take(v2_trap(BAD_AUTH), "192.0.2.1", 10.7, AT)
    assert intake.tell(10.9, AT) == []
    assert intake.next_telling() == 11.0
    assert intake.counts().waiting == 51
    [second] = intake.tell(11.0, AT + 1)
    assert [e.text for e in second.events] == ["linkDown", "authenticationFailure"]
    counts = intake.counts()
    assert (counts.received, counts.told, counts.coalesced, counts.waiting) == (52, 3, 49, 0)
    assert intake.next_telling() is None


def test_devices_that_share_an_address_are_all_told_and_the_message_counts_once():
    intake = an_intake()
    intake.take(v2_trap(), "192.0.2.9", 1.0, AT)
    assert [result.device for result in intake.tell(1.0, AT)] == ["olt-1", "olt-2"]
    assert whole(intake.counts())
    assert intake.counts().told == 1


def test_strangers_are_counted_by_address_within_a_bound():
    intake = an_intake()
    for number in range(MOST_NAMES + 40):
        intake.take(v2_trap(), f"198.51.{number // 250}.{number % 250}", 1.0, AT)
    intake.take(v2_trap(), "198.51.0.7", 1.0, AT)
    counts = intake.counts()
    assert counts.strangers == MOST_NAMES + 41
    assert dict(counts.unknown_senders)[BEYOND] == 40
    assert dict(counts.unknown_senders)["198.51.0.7"] == 2
    assert intake.tell(2.0, AT) == []


def test_names_that_no_profile_describes_are_kept_and_counted():
    intake = an_intake()
    for _ in range(3):
        intake.take(v2_trap("1.3.6.1.4.1.99999.0.7"), "192.0.2.1", 1.0, AT)
    [result] = intake.tell(1.0, AT)
    assert [event.text for event in result.events] == ["1.3.6.1.4.1.99999.0.7"]
    assert intake.counts().undescribed == (("1.3.6.1.4.1.99999.0.7", 3),)


def test_a_device_with_very_many_kinds_fills_no_memory():
    intake = an_intake()
    intake.take(v2_trap(), "192.0.2.1", 0.0, AT)
    intake.tell(0.0, AT)
    for number in range(500):
        intake.take(v2_trap(f"1.3.6.1.4.1.99999.0.{number}"), "192.0.2.1", 0.5, AT)
    [result] = intake.tell(1.0, AT)
    assert len(result.events) == MOST_KINDS
    assert whole(intake.counts())


@pytest.mark.parametrize(
    ("enterprise", "generic", "specific", "name"),
    [
        ("1.3.6.1.4.1.9.1.1", 2, 0, LINK_DOWN),
        ("1.3.6.1.4.1.9.1.1", 0, 0, "1.3.6.1.6.3.1.1.5.1"),
        ("1.3.6.1.4.1.32473", 6, 4711, "1.3.6.1.4.1.32473.0.4711"),
    ],
)
def test_a_trap_of_version_1_gets_its_name_as_rfc_3584_says(enterprise, generic, specific, name):
    pdu = v1.TrapPDU()
    v1.apiTrapPDU.set_defaults(pdu)
    v1.apiTrapPDU.set_enterprise(pdu, enterprise)
    v1.apiTrapPDU.set_agent_address(pdu, "203.0.113.7")
    v1.apiTrapPDU.set_generic_trap(pdu, generic)
    v1.apiTrapPDU.set_specific_trap(pdu, specific)
    v1.apiTrapPDU.set_timestamp(pdu, 4200)
    v1.apiTrapPDU.set_varbinds(pdu, [("1.3.6.1.2.1.2.2.1.1.7", rfc1902.Integer32(7))])
    octets = encoder.encode(pdu)
    read = read_notification(octets, 0, len(octets))
    assert ber.oid_text(read.trap) == name
    assert (read.uptime, read.is_inform) == (4200, False)
    assert [(ber.oid_text(n), v) for n, _, v in read.varbinds] == [("1.3.6.1.2.1.2.2.1.1.7", 7)]


@given(
    name=st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=10),
    uptime=st.integers(0, 2**32 - 1),
    text=st.binary(max_size=200),
    inform=st.booleans(),
)
def test_what_pysnmp_writes_is_read_as_it_was_meant(name, uptime, text, inform):
    pdu = v2c.InformRequestPDU() if inform else v2c.TrapPDU()
    trap = (1, 3, 6, 1, 4, 1, *name)
    v2c.apiTrapPDU.set_defaults(pdu)
    v2c.apiTrapPDU.set_varbinds(
        pdu,
        [
            ("1.3.6.1.2.1.1.3.0", rfc1902.TimeTicks(uptime)),
            ("1.3.6.1.6.3.1.1.4.1.0", rfc1902.ObjectIdentifier(trap)),
            ("1.3.6.1.2.1.31.1.1.1.1.7", rfc1902.OctetString(text)),
        ],
    )
    octets = encoder.encode(pdu)
    read = read_notification(octets, 0, len(octets))
    assert ber.oid_numbers(read.trap) == trap
    assert (read.uptime, read.is_inform) == (uptime, inform)
    assert [value for _, _, value in read.varbinds] == [text]


def test_a_signed_trap_counts_as_signed_once_its_engine_is_known():
    intake = an_intake()
    for time in (100, 101):
        intake.take(v3_trap(BAD_AUTH, time=time), "192.0.2.1", float(time), AT)
    first, second = intake.tell(100.0, AT), intake.tell(101.5, AT)
    events = [event for result in (*first, *second) for event in result.events]
    assert [(event.severity, event.is_signed) for event in events] == [("warning", True)]
    intake = an_intake()
    intake.take(v3_trap(BAD_AUTH), "192.0.2.1", 1.0, AT)
    [result] = intake.tell(1.0, AT)
    assert [event.is_signed for event in result.events] == [False]


def test_the_part_is_named_by_its_column_and_the_end_by_the_name_of_the_beginning():
    intake = an_intake()
    part = [(ber.oid("1.3.6.1.4.1.32473.1.2.4"), ber.OCTET_STRING, b"Fan tray 4\x00")]
    intake.take(v3_trap("1.3.6.1.4.1.32473.0.1", varbinds=part), "192.0.2.1", 1.0, AT)
    intake.take(v3_trap("1.3.6.1.4.1.32473.0.2", varbinds=part), "192.0.2.1", 1.1, AT)
    [result] = intake.tell(2.0, AT)
    assert [(e.text, e.component, e.severity) for e in result.events] == [
        ("fanFailed", "Fan tray 4", "major"),
        ("fanFailed", "Fan tray 4", "clear"),
    ]


@pytest.mark.parametrize(
    "message",
    [
        v3_trap(user=User(name="noc", auth="SHA-256", auth_passphrase="guessed one", privacy="AES", privacy_passphrase="x")),
        v3_trap(user=User(name="nobody", auth="SHA-256", auth_passphrase="open sesame")),
        v3_trap(user=User(name="noc", auth="SHA-256", auth_passphrase="open sesame", privacy="AES", privacy_passphrase="other")),
        v3_trap(user=User(name="noc", auth="MD5", auth_passphrase="open sesame")),
        v3_trap()[:-1] + b"\x00",
    ],
    ids=["passphrase", "user", "privacy", "algorithm", "changed"],
)
def test_what_is_not_rightly_signed_is_refused_and_never_told(message):
    intake = an_intake()
    assert intake.take(message, "192.0.2.1", 1.0, AT) is None
    counts = intake.counts()
    assert counts.refused + counts.malformed == 1
    assert intake.tell(5.0, AT) == []


def test_an_old_message_is_refused():
    intake = an_intake()
    recorded = v3_trap(time=100)
    intake.take(v3_trap(time=1000), "192.0.2.1", 0.0, AT)
    assert intake.counts().refused == 0
    intake.take(recorded, "192.0.2.1", 1.0, AT)
    intake.take(v3_trap(boots=0, time=2000), "192.0.2.1", 1.0, AT)
    assert intake.counts().refused == 2
    intake.take(v3_trap(boots=2, time=1), "192.0.2.1", 1.0, AT)
    assert intake.counts().refused == 2


def test_two_credentials_may_have_a_user_of_one_name():
    other = User(name="noc", auth="SHA-512", auth_passphrase="another word")
    intake = an_intake(other, NOC)
    intake.take(v3_trap(), "192.0.2.1", 1.0, AT)
    intake.take(v3_trap(user=other), "192.0.2.1", 1.0, AT)
    assert intake.counts().refused == 0


@given(data=st.binary(max_size=300), cut=st.integers(0, 200), at=st.integers(0, 200), octet=st.integers(0, 255))
def test_no_datagram_raises_and_each_is_counted_once(data, cut, at, octet):
    intake = an_intake()
    for message in (v2_trap(), v3_trap(), ber.encode_community_message(0, b"p", ber.tlv(0xA4, data)), data):
        broken = bytearray(message)
        if at < len(broken):
            broken[at] = octet
        intake.take(bytes(broken), "192.0.2.1", 1.0, AT)
        intake.take(message[:cut], "192.0.2.1", 1.0, AT)
    assert whole(intake.counts())
    intake.tell(1.0, AT)
    assert whole(intake.counts())
    assert intake.counts().waiting == 0


def test_our_engine_keeps_its_name_and_counts_its_starts(tmp_path):
    first, second = own_engine(tmp_path, 1.0), own_engine(tmp_path, 2.0)
    assert (second.identifier, second.boots) == (first.identifier, first.boots + 1)
    assert second.time(7.5) == 5
    assert (tmp_path / "traps-engine.json").stat().st_mode & 0o077 == 0
    (tmp_path / "traps-engine.json").write_text('{"engine": "zz"}')
    assert own_engine(tmp_path, 2.0).boots == 1
    assert own_engine(None, 1.0).identifier != own_engine(None, 1.0).identifier


@pytest.mark.parametrize(("auth", "privacy"), [*itertools.product(usm.AUTH_PROTOCOLS, ("", *usm.PRIVACY_PROTOCOLS))])
def test_every_pair_of_algorithms_opens(auth, privacy):
    user = User(name="u", auth=auth, auth_passphrase="open sesame", privacy=privacy, privacy_passphrase="shut sesame")
    intake = an_intake(user)
    intake.take(v3_trap(user=user), "192.0.2.1", 1.0, AT)
    [result] = intake.tell(1.0, AT)
    assert result.events[0].text == "linkDown"
