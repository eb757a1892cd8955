"""The collector's thread over loopback UDP: what it puts into the inbox, with agents good and bad."""

import random
import socket
import threading
import time

import numpy as np
import pytest

from collectors.snmp import ber
from collectors.snmp import collector as snmp_collector
from collectors.snmp.collector import SnmpCollector
from collectors.snmp.exchange import Exchange
from collectors.snmp.line import Line
from collectors.snmp.session import CommunitySession, session_for
from noc_console.model.fleet import Credential
from noc_console.model.poll import CollectorBeat, ErrorKind, PollRequest, PollResult
from tests.collectors.snmp.polling import V2C, KnownSecrets, fleet, polling, regular, told, value
from tests.servers.snmp_agent import Agent, AgentServer, port_objects, switch

PUBLIC = KnownSecrets(public_community="public")
V3 = Credential(name="v3", kind="snmp-v3", user="noc", auth="SHA-256", privacy="AES-256")
KEYS = {"auth": "SHA-256", "auth_passphrase": "one passphrase", "privacy": "AES-256", "privacy_passphrase": "another one"}
V3_SECRETS = KnownSecrets(v3_auth="one passphrase", v3_privacy="another one")


def test_first_an_inventory_then_columns_in_one_layout():
    with AgentServer(Agent(switch(12))) as server, polling(fleet(("leaf-01", server.address, V2C)), PUBLIC) as polls:
        first = polls.until(lambda r: True)
        assert (first.source, first.interval, first.error) == ("snmp:inventory", 3600.0, None)
        assert first.facts is not None
        assert first.facts[""]["sysName"] == "leaf-01"
        assert first.neighbours is not None
        assert [n.remote_host for n in first.neighbours] == ["spine-1", "spine-2"]
        one, two = polls.until(regular()), polls.until(regular())
        assert one.layout is two.layout
        assert not one.values.flags.writeable
        assert value(two, "Gi3", "in_octets_total") == 2**40 + 3
        assert one.neighbours is None
        assert one.facts is None
        assert one.due <= one.started <= one.finished
        assert one.interval == 0.2


def test_beats_come_every_two_seconds_and_count_what_was_done():
    with AgentServer(Agent(switch(2))) as server, polling(fleet(("leaf-01", server.address, V2C)), PUBLIC) as polls:
        polls.until(regular())
        first, second = (b for b in [polls.beat(4), polls.beat(4)])
        first = next(item for item in polls.seen if isinstance(item, CollectorBeat))
        assert 1.5 < second.time - first.time < 4.5
        assert (second.collector, second.devices, second.failed) == ("snmp", 1, 0)
        assert second.polls >= 5
        # one may be on its way; what a busy machine slept through is told as late
        assert second.due - second.polls <= 1 + second.late
        assert second.varbinds >= 5 * 10


def test_a_wrong_community_is_a_time_out_and_others_go_on():
    wrong = Credential(name="wrong", kind="snmp-v2c")
    secrets = KnownSecrets(public_community="public", wrong_community="nonsense")
    with AgentServer(Agent(switch(2))) as server:
        inventory = fleet(("good", server.address, V2C), ("bad", server.address, wrong), timeout=0.3)
        with polling(inventory, secrets) as polls:
            failed = polls.until(regular("bad"))
            assert failed.error is not None
            assert (failed.error.kind, failed.error.reason) == (ErrorKind.UNREACHABLE, "timeout")
            assert failed.facts is None
            assert len(failed.layout) == 0
            assert polls.until(regular("good")).error is None


def test_a_missing_secret_fails_its_device_only_and_is_found_when_it_is_set():
    other = Credential(name="other", kind="snmp-v2c")
    secrets = KnownSecrets(public_community="public")
    with (
        AgentServer(Agent(switch(2))) as server,
        polling(fleet(("good", server.address, V2C), ("bad", server.address, other)), secrets) as polls,
    ):
        failed = polls.until(regular("bad"))
        assert failed.error is not None
        assert (failed.error.kind, failed.error.detail) == (ErrorKind.CREDENTIAL_MISSING, "other.community")
        assert polls.until(regular("good")).error is None
        secrets.secrets["other_community"] = "public"
        assert polls.until(lambda r: r.device == "bad" and r.error is None).source == "snmp:inventory"


def test_a_secret_that_cannot_be_sent_harms_nobody_else():
    odd = Credential(name="odd", kind="snmp-v2c")
    with AgentServer(Agent(switch(2))) as server:
        inventory = fleet(("bad", server.address, odd), ("good", server.address, V2C))
        with polling(inventory, KnownSecrets(public_community="public", odd_community="\udcff")) as polls:
            failed = polls.until(regular("bad"))
            assert failed.error is not None
            assert (failed.error.kind, failed.error.reason) == (ErrorKind.AUTH_FAILED, "unusable-secret")
            assert polls.until(regular("good")).error is None


def test_an_unreachable_device_is_known_so_within_its_timeout_and_returns():
    with AgentServer(Agent(switch(2))) as server, polling(fleet(("a", server.address, V2C), timeout=0.3), PUBLIC) as polls:
        polls.until(regular())
        server.silent = True
        failed = polls.until(lambda r: r.error is not None)
        assert 0.25 < failed.finished - failed.started < 1.5
        server.silent = False
        assert polls.until(lambda r: r.error is None).source == "snmp"


def test_a_request_is_served_at_once():
    with AgentServer(Agent(switch(2))) as server, polling(fleet(("a", server.address, V2C), interval=600.0), PUBLIC) as polls:
        polls.until(regular())
        polls.collector.ask(PollRequest(device="a", source="snmp", why="operator"))
        polls.until(regular(), within=30)
        polls.collector.ask(PollRequest(device="a", source="snmp:inventory", why="operator"))
        assert polls.until(lambda r: True, within=30).source == "snmp:inventory"
        polls.collector.ask(PollRequest(device="nobody", source="snmp", why="operator"))
        polls.collector.ask(PollRequest(device="a", source="ssh", why="operator"))
        polls.collector.ask(PollRequest(device="a", source="snmp", why="operator"))
        polls.until(regular("a"), within=30)


def test_a_lost_datagram_is_asked_for_again():
    lose = iter([True, False, True, True] + [False] * 10_000)
    with (
        AgentServer(Agent(switch(2)), change=lambda m: [] if next(lose) else [m]) as server,
        polling(fleet(("a", server.address, V2C), timeout=0.3), PUBLIC) as polls,
    ):
        assert polls.until(lambda r: True).error is None


def test_duplicates_do_no_harm():
    with (
        AgentServer(Agent(switch(4)), change=lambda m: [m, m, m]) as server,
        polling(fleet(("a", server.address, V2C)), PUBLIC) as polls,
    ):
        result = polls.until(regular())
        assert result.error is None
        assert not np.isnan(result.values).any()


def test_an_answer_from_another_address_is_ignored():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger, AgentServer(Agent(switch(2))) as server:
        stranger.bind(("127.0.0.1", 0))
        asking = []
        respond = server.respond

        def remember(message):
            asking.append(message)
            return respond(message)

        server.respond = remember
        with polling(fleet(("a", stranger.getsockname(), V2C), timeout=0.3), PUBLIC) as polls:
            stranger.settimeout(3)
            request, manager = stranger.recvfrom(2000)
            server.socket.sendto(respond(request), manager)  # right in all but where it comes from
            failed = polls.until(regular())
            assert failed.error is not None
            assert failed.error.reason == "timeout"


@pytest.mark.parametrize("rubbish", [b"", b"\x30\x80", b"hello", b"\x30\x03\x02\x01\x01", bytes(1400)])
def test_rubbish_is_a_bad_reply(rubbish):
    with (
        AgentServer(Agent(switch(2)), change=lambda m: [rubbish]) as server,
        polling(fleet(("a", server.address, V2C), timeout=0.3), PUBLIC) as polls,
    ):
        failed = polls.until(regular())
        assert failed.error is not None
        assert (failed.error.kind, failed.error.reason) == (ErrorKind.BAD_REPLY, "malformed")


def test_a_new_port_is_found_by_the_next_poll():
    agent = Agent(switch(2))
    with AgentServer(agent) as server, polling(fleet(("a", server.address, V2C)), PUBLIC) as polls:
        polls.until(regular())
        polls.collector._devices["a"]._looked_at = 0.0  # as if long ago
        agent.set({**agent_objects(2), **port_objects(3), "1.3.6.1.2.1.2.1.0": (ber.INTEGER, 3)})
        polls.until(lambda r: r.source == "snmp:inventory")
        assert value(polls.until(told()), "Gi3", "in_octets_total") == 2**40 + 3


def agent_objects(ports):
    return switch(ports)


def test_at_most_two_requests_are_in_flight_at_a_device():
    agent = Agent(switch(48))
    waiting, most = [], []

    with AgentServer(agent) as server:
        collecting = threading.Event()

        def held(message):
            if not collecting.is_set():
                return [message]
            waiting.append(message)
            most.append(len(waiting))
            if len(waiting) < 2:
                return []
            together, waiting[:] = list(waiting), []
            return together

        server.change = held
        with polling(fleet(("a", server.address, V2C), interval=0.5, timeout=0.6), PUBLIC) as polls:
            polls.until(regular())
            collecting.set()
            result = polls.until(regular())
            assert result.error is None
        assert max(most) == 2


class TestVersion3:
    def test_it_polls_and_follows_a_restart_of_the_agent(self):
        with (
            AgentServer(Agent(switch(4)), users={"noc": KEYS}) as server,
            polling(fleet(("a", server.address, V3)), V3_SECRETS) as polls,
        ):
            assert polls.until(regular()).error is None
            server.boots, server.time = 4, 5
            assert polls.until(regular()).error is None
            server.time = 5000
            assert polls.until(regular()).error is None

    def test_another_engine_is_discovered(self):
        with (
            AgentServer(Agent(switch(4)), users={"noc": KEYS}) as server,
            polling(fleet(("a", server.address, V3)), V3_SECRETS) as polls,
        ):
            assert polls.until(regular()).error is None
            server.engine = b"\x80\x00\x1f\x88\x04other"
            time_of_change = time.time()
            assert polls.until(lambda r: r.started > time_of_change and r.source == "snmp").error is None

    @pytest.mark.parametrize(
        ("users", "secrets", "reason"),
        [
            ({}, V3_SECRETS, "unknown-user"),
            ({"noc": KEYS}, KnownSecrets(v3_auth="a wrong one", v3_privacy="another one"), "wrong-auth"),
            ({"noc": {**KEYS, "privacy": "", "privacy_passphrase": ""}}, V3_SECRETS, "unsupported-level"),
        ],
    )
    def test_what_it_refuses_is_told_by_name(self, users, secrets, reason):
        with (
            AgentServer(Agent(switch(2)), users=users) as server,
            polling(fleet(("a", server.address, V3), timeout=0.3), secrets) as polls,
        ):
            failed = polls.until(regular())
            assert failed.error is not None
            assert (failed.error.kind, failed.error.reason) == (ErrorKind.AUTH_FAILED, reason)

    def test_an_agent_that_cannot_decrypt_and_stays_silent_is_no_dead_device(self):
        def discovery_only(message):
            return [message] if ber.read_message(message).flags == 0 else []

        with (
            AgentServer(Agent(switch(2)), users={"noc": KEYS}, change=discovery_only) as server,
            polling(fleet(("a", server.address, V3), timeout=0.3), V3_SECRETS) as polls,
        ):
            failed = polls.until(regular())
            assert failed.error is not None
            assert (failed.error.kind, failed.error.reason) == (ErrorKind.AUTH_FAILED, "wrong-privacy")

    def test_an_answer_whose_signature_is_wrong_is_a_bad_reply(self):
        def forged(message):
            return [message if ber.read_message(message).flags == 0 else message[:-1] + bytes((message[-1] ^ 1,))]

        with (
            AgentServer(Agent(switch(2)), users={"noc": KEYS}, change=forged) as server,
            polling(fleet(("a", server.address, V3), timeout=0.3), V3_SECRETS) as polls,
        ):
            failed = polls.until(regular())
            assert failed.error is not None
            assert failed.error.kind is ErrorKind.BAD_REPLY


def test_drain_starts_nothing_more_and_idle_says_when_it_is_over():
    with AgentServer(Agent(switch(2))) as server, polling(fleet(("a", server.address, V2C)), PUBLIC) as polls:
        polls.until(regular())
        polls.collector.drain()
        deadline = time.monotonic() + 2
        while not polls.collector.idle() and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        assert polls.collector.idle()
        for _ in polls.items(0.1):
            pass
        assert not [item for item in polls.items(0.6) if isinstance(item, PollResult)]


def test_it_stops_at_once_with_requests_in_flight():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        with polling(fleet(("a", silent.getsockname(), V2C)), PUBLIC) as polls:
            silent.settimeout(5)
            silent.recvfrom(2000)
            began = time.monotonic()
            polls.collector.stop()
            polls.collector.join(2)
            assert time.monotonic() - began < 0.5


def test_a_name_is_looked_up_and_an_unknown_one_is_unreachable(monkeypatch):
    real = socket.getaddrinfo

    def look_up(host, *more, **named):  # no name server is asked, and a bare system may not know `localhost`
        if host == "no such name":
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return real({"switch.example": "127.0.0.1"}.get(host, host), *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with AgentServer(Agent(switch(2))) as server:
        inventory = fleet(("a", ("switch.example", server.address[1]), V2C), ("b", ("no such name", 161), V2C))
        with polling(inventory, PUBLIC) as polls:
            assert polls.until(regular("a")).error is None
            failed = polls.until(regular("b"))
            assert failed.error is not None
            assert (failed.error.kind, failed.error.reason) == (ErrorKind.UNREACHABLE, "name-unknown")


def test_one_that_was_never_started_can_be_joined():
    collector = SnmpCollector(fleet(), PUBLIC, __import__("queue").SimpleQueue(), time.time, random.Random(1))
    collector.stop()
    collector.join(1)


def test_ipv6():
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as trial:
            trial.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    server = AgentServer(Agent(switch(2)))
    server.socket.close()
    server.socket = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    server.socket.bind(("::1", 0))
    server.socket.settimeout(0.05)
    with server, polling(fleet(("a", ("::1", server.socket.getsockname()[1]), V2C)), PUBLIC) as polls:
        assert polls.until(regular()).error is None


def test_a_conversation_that_asks_nothing_ends_all_the_same():
    def silent():
        assert (yield ()) == []
        assert (yield ()) == []

    ended = []
    exchange = Exchange(random.Random(1))
    line = Line(session=CommunitySession(ber.V2C, b"public"), address=("127.0.0.1", 9))
    exchange.begin(silent(), line, deadline=time.monotonic() + 1, ended=ended.append)
    exchange.close()
    assert ended == [None]


def test_after_a_restart_that_renumbers_ports_no_value_is_told_under_the_old_name():
    agent = Agent(switch(3))
    with AgentServer(agent) as server, polling(fleet(("a", server.address, V2C)), PUBLIC) as polls:
        assert value(polls.until(regular()), "Gi1", "in_octets_total") == 2**40 + 1
        renumbered = switch(3)
        name = "1.3.6.1.2.1.31.1.1.1.1."
        renumbered[f"{name}1"], renumbered[f"{name}3"] = renumbered[f"{name}3"], renumbered[f"{name}1"]
        renumbered["1.3.6.1.2.1.1.3.0"] = (ber.TIME_TICKS, 100)
        agent.set(renumbered)
        changed = polls.until(lambda r: r.source == "snmp:inventory")
        assert changed.facts is not None
        for result in (r for r in polls.seen if isinstance(r, PollResult) and r.source == "snmp"):
            assert value(result, "Gi1", "in_octets_total") == 2**40 + 1
        assert value(polls.until(regular()), "Gi1", "in_octets_total") == 2**40 + 3


def test_a_table_that_is_cut_off_in_a_later_inventory_takes_no_port_away():
    agent = Agent(switch(30))
    with AgentServer(agent) as server, polling(fleet(("a", server.address, V2C), timeout=0.3), PUBLIC) as polls:
        polls.until(regular())
        whole, polls.collector._devices["a"]._looked_at = len(polls.until(regular()).layout), 0.0

        def no_sensors(message):
            head = ber.read_message(message)
            pdu = ber.read_pdu_head(message, head.start, head.end)
            names = [name for name, _, _ in ber.read_varbinds(message, pdu.start, pdu.end)]
            walked = ber.oid("1.3.6.1.2.1.99.1.1.1.1")
            return [] if any(name.startswith(walked) for name in names) else [message]

        server.change = no_sensors
        polls.collector.ask(PollRequest(device="a", source="snmp:inventory", why="operator"))
        cut = polls.until(lambda r: r.source == "snmp:inventory")
        assert cut.incomplete == ("entPhySensorTable: timed out",)
        assert cut.facts is None
        assert len(polls.until(regular()).layout) == whole


class OwnTime:
    """A clock that goes only when it is told to: what a deadline does then depends on no load of the machine."""

    now = 1_000.0

    def __call__(self):
        return self.now


def until_ended(exchange, ended):
    """Real seconds bound the wait; the exchange's own clock does not move with them."""
    end = time.monotonic() + 10
    while not ended and time.monotonic() < end:
        exchange.step(exchange._monotonic() + 0.05)
    exchange.close()
    return [str(failure) for failure in ended]


def endless(answered):
    name = ber.oid("1.3.6.1.9.1")
    while True:
        (reply,) = yield (ber.PduTemplate.of(ber.GET, [name]),)
        assert reply.pdu.error_status == 0
        answered()


def test_a_device_that_answers_for_ever_is_cut_off_at_its_deadline():
    clock, ended, answers = OwnTime(), [], []

    def answered():
        answers.append(1)
        clock.now += 1.0

    with AgentServer(Agent(switch(1))) as server:
        exchange = Exchange(random.Random(1), clock)
        line = Line(session=CommunitySession(ber.V2C, b"public"), address=server.address, timeout=100.0)
        exchange.begin(endless(answered), line, deadline=clock() + 20, ended=ended.append)
        assert until_ended(exchange, ended) == ["unreachable: deadline"]
    assert len(answers) == 20


def test_a_deadline_that_passes_while_an_answer_is_on_its_way_is_no_silence():
    clock, ended = OwnTime(), []
    with AgentServer(Agent(switch(1))) as server:
        exchange = Exchange(random.Random(1), clock)
        line = Line(session=CommunitySession(ber.V2C, b"public"), address=server.address, timeout=100.0)

        def answered():
            server.silent = True
            clock.now += 20.0  # the next request is sent at the deadline, and not waited for

        exchange.begin(endless(answered), line, deadline=clock() + 20.5, ended=ended.append)
        end = time.monotonic() + 10
        while not server.silent and time.monotonic() < end:
            exchange.step(clock() + 0.05)
        clock.now += 1.0
        assert until_ended(exchange, ended) == ["unreachable: deadline"]


def test_a_quick_way_is_asked_again_twice_as_often_in_the_same_time_and_a_slow_agent_is_not():
    line = Line(session=CommunitySession(ber.V2C, b"public"), address=("127.0.0.1", 161), timeout=0.6, tries=4)
    assert (line.pause, line.sendings) == (0.6, 4)  # nobody knows yet
    for _ in range(40):
        line.answered_after(0.5)
    assert (line.pause, line.sendings) == (0.6, 4)
    for _ in range(40):
        line.answered_after(0.01)
    assert (line.pause, line.sendings) == (0.3, 8)
    for _ in range(40):  # packets are lost: what is sent again is answered as soon as ever
        line.answered_after(0.012, again=True)
    assert line.is_quick
    for _ in range(40):  # it has turned slow: what is taken for an answer to the second sending is one to the first
        line.answered_after(0.2, again=True)
    assert (line.pause, line.sendings) == (0.6, 4)


def test_devices_are_met_a_few_at_a_time_and_all_of_them_are(monkeypatch):
    monkeypatch.setattr(snmp_collector, "MOST_LOOKS", 1)
    with AgentServer(Agent(switch(2))) as server, AgentServer(Agent(switch(2))) as away:
        away.silent = True
        devices = [("away", away.address, V2C), *((f"d{n}", server.address, V2C) for n in range(4))]
        with polling(fleet(*devices, interval=600.0, timeout=0.2), PUBLIC) as polls:
            met = {polls.until(lambda r: r.source == "snmp").device for _ in devices}
            assert met == {name for name, _, _ in devices}


def test_rubbish_of_long_ago_does_not_explain_todays_silence():
    clock, ended = OwnTime(), []

    def ask_twice():
        (reply,) = yield (ber.PduTemplate.of(ber.GET, [ber.oid("1.3.6.1.9.1")]),)
        assert reply.pdu.error_status == 0
        server.silent = True
        yield (ber.PduTemplate.of(ber.GET, [ber.oid("1.3.6.1.9.1")]),)

    # Before its answer it sends something that is none.
    with AgentServer(Agent(switch(1)), change=lambda message: [b"hello", message]) as server:
        exchange = Exchange(random.Random(1), clock)
        line = Line(session=CommunitySession(ber.V2C, b"public"), address=server.address, timeout=1.0, tries=1)
        exchange.begin(ask_twice(), line, deadline=clock() + 100, ended=ended.append)
        end = time.monotonic() + 10
        while not server.silent and time.monotonic() < end:
            exchange.step(clock() + 0.05)
        while not ended and clock.now < 1_050:  # it is sent several times, each time waited for
            clock.now += 2.0
            exchange.step(clock())
        assert until_ended(exchange, ended) == ["unreachable: timeout"]


@pytest.mark.parametrize("credential", [V2C, V3])
def test_no_secret_shows_where_a_line_is_shown(credential):
    secrets = KnownSecrets(public_community="one passphrase", v3_auth="one passphrase", v3_privacy="another one")
    session = session_for(credential, secrets, context="", salt=1)
    shown = repr(Line(session=session, address=("127.0.0.1", 161)))
    assert "one passphrase" not in shown
    assert "another one" not in shown


def test_half_a_table_of_neighbours_is_not_told_as_all_of_them():
    def no_neighbours(message):
        head = ber.read_message(message)
        pdu = ber.read_pdu_head(message, head.start, head.end)
        names = [name for name, _, _ in ber.read_varbinds(message, pdu.start, pdu.end)]
        return [] if any(name.startswith(ber.oid("1.0.8802.1.1.2.1.4")) for name in names) else [message]

    with (
        AgentServer(Agent(switch(2)), change=no_neighbours) as server,
        polling(fleet(("a", server.address, V2C), timeout=0.3), PUBLIC) as polls,
    ):
        first = polls.until(lambda r: True)
        assert (first.source, first.neighbours) == ("snmp:inventory", None)
        assert first.incomplete == ("lldpRemTable: timed out",)
        assert polls.until(regular()).error is None
