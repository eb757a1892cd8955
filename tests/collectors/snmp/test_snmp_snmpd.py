"""Against Debian's snmpd: every version, every pair of algorithms that it offers, refusals, a stop and a start."""

import itertools
import random
from collections.abc import Iterator

import pytest

from collectors.snmp.failure import PollFailed
from collectors.snmp.line import Line
from collectors.snmp.probe import look_at
from collectors.snmp.session import session_for
from noc_console.model.fleet import Credential
from noc_console.profiles.catalogue import own_catalogue
from tests.collectors.snmp.polling import V2C, KnownSecrets, fleet, polling, told, value
from tests.servers.snmpd import AUTH_NAMES, PRIVACY_NAMES, Snmpd, SnmpUser

pytestmark = pytest.mark.server("snmpd")

PAIRS = [*itertools.product(AUTH_NAMES, ("", *PRIVACY_NAMES)), ("", "")]


def user_of(auth: str, privacy: str) -> SnmpUser:
    return SnmpUser(f"u-{auth or 'none'}-{privacy or 'none'}".lower(), auth, privacy=privacy)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snmpd]:
    snmpd = Snmpd(tmp_path_factory.mktemp("snmpd"), users=tuple(user_of(*pair) for pair in PAIRS))
    snmpd.start()
    yield snmpd
    snmpd.stop()


def look(server: Snmpd, credential: Credential, secrets: KnownSecrets, *, context: str = "") -> dict:
    session = session_for(credential, secrets, context=context, salt=1)
    line = Line(session=session, address=server.address, timeout=0.7, tries=2)
    return look_at(line, own_catalogue(), timeout=20, rng=random.Random(2))


def v3(auth: str, privacy: str, name: str = "") -> Credential:
    return Credential(name="v3", kind="snmp-v3", user=name or user_of(auth, privacy).name, auth=auth, privacy=privacy)


GOOD = KnownSecrets(v3_auth="auth passphrase", v3_privacy="privacy passphrase", public_community="public")


@pytest.mark.parametrize("kind", ["snmp-v1", "snmp-v2c"])
def test_by_community(server, kind):
    told = look(server, Credential(name="public", kind=kind), GOOD)
    assert told["system"]["sysName"] == "snmpd-under-test"
    assert told["system"]["profile"] == "linux"
    loopback = next(port for port in told["ports"] if port["name"] == "lo")
    assert (loopback["oper"], loopback["admin"], loopback["ifIndex"]) == ("up", "up", 1)
    assert told["incomplete"] == []


@pytest.mark.parametrize(("auth", "privacy"), PAIRS)
def test_by_user_with_each_pair_of_algorithms(server, auth, privacy):
    assert look(server, v3(auth, privacy), GOOD)["system"]["sysName"] == "snmpd-under-test"


@pytest.mark.parametrize("privacy", ["AES-192", "AES-256", "AES-192-CISCO", "AES-256-CISCO"])
@pytest.mark.parametrize("auth", ["MD5", "SHA"])
def test_of_the_two_ways_to_make_a_long_key_the_right_one_is_found_and_named(server, auth, privacy):
    usual = v3(auth, privacy.removesuffix("-CISCO"), user_of(auth, privacy).name)
    system = look(server, usual, GOOD)["system"]
    assert (system["sysName"], system["snmp_privacy"]) == ("snmpd-under-test", privacy)


@pytest.mark.parametrize(
    ("credential", "secrets", "reason"),
    [
        (v3("SHA-256", "AES", "nobody"), GOOD, "unknown-user"),
        (v3("SHA-256", "AES"), KnownSecrets(v3_auth="a wrong one", v3_privacy="privacy passphrase"), "wrong-auth"),
        (v3("SHA", "AES", user_of("SHA-256", "AES").name), GOOD, "wrong-auth"),
        (v3("SHA-256", "AES"), KnownSecrets(v3_auth="auth passphrase", v3_privacy="a wrong one"), "wrong-privacy"),
        (v3("SHA-256", "AES-192-CISCO", user_of("SHA-256", "AES-256").name), GOOD, "wrong-privacy"),
        (v3("SHA-256", "", user_of("SHA-256", "AES").name), GOOD, "no-access"),
        (v3("SHA-256", "AES", user_of("SHA-256", "").name), GOOD, "unsupported-level"),
        (Credential(name="public", kind="snmp-v2c"), KnownSecrets(public_community="nonsense"), "timeout"),
    ],
)
def test_what_it_refuses_is_told_by_name(server, credential, secrets, reason):
    with pytest.raises(PollFailed) as failed:
        look(server, credential, secrets)
    assert failed.value.error.reason == reason


@pytest.mark.parametrize("credential", [V2C, v3("SHA-512", "AES-256")])
def test_it_is_missed_when_it_stops_and_polled_again_when_it_starts(tmp_path, credential):
    snmpd = Snmpd(tmp_path, users=(user_of("SHA-512", "AES-256"),)).start()
    try:
        with polling(fleet(("a", snmpd.address, credential), timeout=0.4), GOOD) as polls:
            first = polls.until(told())
            assert value(first, "lo", "oper_status") == 1
            assert value(polls.until(told()), "lo", "in_octets_total") >= value(first, "lo", "in_octets_total")
            snmpd.stop()
            assert polls.until(lambda r: r.error is not None).error.reason == "timeout"
            snmpd.start()
            returned = polls.until(lambda r: r.error is None)
            assert returned.source == "snmp:inventory"  # it restarted: its ports may have other numbers now
            assert value(polls.until(told()), "lo", "oper_status") == 1
    finally:
        snmpd.stop()
