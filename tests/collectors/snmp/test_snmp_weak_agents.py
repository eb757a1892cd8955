"""A full look at weak agents: it ends, tells what it could not read, keeps what it has, asks two things at once at most."""

import json
import random

import pytest

from collectors.snmp import ber
from collectors.snmp.exchange import Line
from collectors.snmp.found import Found
from collectors.snmp.inventory import take_inventory
from collectors.snmp.probe import look_at
from collectors.snmp.session import CommunitySession
from main import main
from noc_console.profiles.catalogue import own_catalogue
from tests.collectors.snmp.talking import talk
from tests.servers.snmp_agent import Agent, AgentServer, switch

DESCR = "1.3.6.1.2.1.2.2.1.2"
SENSORS = ber.oid("1.3.6.1.2.1.99.1.1.1")


def requests_of(request):
    head = ber.read_pdu_head(request, 0, len(request))
    return head, [name for name, _, _ in ber.read_varbinds(request, head.start, head.end)]


def answer_with(head, varbinds):
    return ber.encode_pdu(ber.RESPONSE, head.request_id, ber.encode_varbinds(varbinds))


def bindings_of(answer):
    head = ber.read_pdu_head(answer, 0, len(answer))
    return ber.read_varbinds(answer, head.start, head.end)


class Looping(Agent):
    """The last sensor is followed by the first, in every column."""

    def after(self, name):
        last = ber.encode_index((1006,))
        is_last = name.startswith(SENSORS) and name.endswith(last)
        return super().after(name.removesuffix(last) if is_last else name)


def looping(agent):
    return Looping(agent.given).answer


def skipping(agent):
    """Every third row of a GETBULK is left out."""

    def answer(request):
        head, names = requests_of(request)
        told = bindings_of(agent.answer(request))
        width = max(1, len(names))
        if head.type == ber.GET_BULK:
            told = [each for at, each in enumerate(told) if at // width % 3 != 2]
        return answer_with(head, told)

    return answer


def truncating(agent):
    """No answer has more than seven objects, whatever row that cuts."""

    def answer(request):
        head, _ = requests_of(request)
        return answer_with(head, bindings_of(agent.answer(request))[:7])

    return answer


def shuffling(agent):
    """The rows of a GETBULK come backwards."""

    def answer(request):
        head, names = requests_of(request)
        told = bindings_of(agent.answer(request))
        width = max(1, len(names))
        rows = [told[at : at + width] for at in range(0, len(told), width)]
        return answer_with(head, [each for row in reversed(rows) for each in row] if head.type == ber.GET_BULK else told)

    return answer


def standing_still(agent):
    """It answers each GETNEXT and GETBULK with what was asked."""

    def answer(request):
        head, names = requests_of(request)
        if head.type == ber.GET:
            return agent.answer(request)
        return answer_with(head, [(name, ber.INTEGER, 1) for name in names])

    return answer


def refusing_bulk(agent):
    """GETBULK is a general error; some old firmware."""

    def answer(request):
        head, names = requests_of(request)
        return agent.error(head, names, 5, 0) if head.type == ber.GET_BULK else agent.answer(request)

    return answer


def look(behaviour, most=2_000):
    found = Found()
    objects = switch(24, 6)
    agent = Agent(objects)
    agent.given = objects
    talk(take_inventory(own_catalogue(), found, has_bulk=True), behaviour(agent), most=most)
    return found, agent


@pytest.mark.parametrize("behaviour", [looping, skipping, truncating, shuffling, standing_still, refusing_bulk])
def test_a_look_ends_and_says_what_it_could_not_read(behaviour):
    found, _ = look(behaviour)
    assert found.system["sysName"] == "leaf-01"
    whole = len(found.ports) == 24 and len(found.sensors) == 6
    assert whole or found.incomplete


@pytest.mark.parametrize("behaviour", [looping, skipping, truncating, shuffling, refusing_bulk])
def test_what_can_be_had_is_had(behaviour):
    found, _ = look(behaviour)
    assert len(found.ports) == 24
    assert {sensor.descr for sensor in found.sensors} == {f"Inlet {n}" for n in range(1, 7)}


def test_an_agent_that_refuses_large_replies_is_asked_for_less_and_read_whole():
    found = Found()
    agent = Agent(switch(24, 6), too_big=5)
    talk(take_inventory(own_catalogue(), found, has_bulk=True), agent)
    assert (len(found.ports), len(found.sensors), found.incomplete) == (24, 6, [])


def test_a_device_is_asked_no_more_than_two_things_at_once(monkeypatch):
    most = 0
    pump = "collectors.snmp.exchange.Exchange._send"
    from collectors.snmp.exchange import Exchange

    send = Exchange._send

    def counted(self, request, now):
        nonlocal most
        most = max(most, len(request.talk.line.in_flight))
        send(self, request, now)

    monkeypatch.setattr(pump, counted)
    with AgentServer(Agent(switch(48, 30))) as server:
        line = Line(session=CommunitySession(ber.V2C, b"public"), address=server.address, timeout=1.0)
        told = look_at(line, own_catalogue(), timeout=10, rng=random.Random(1))
    assert told["incomplete"] == []
    assert 1 <= most <= 2


def test_a_probe_of_an_agent_that_is_silent_half_of_the_time_ends_in_its_time(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    asked = 0

    def sleepy(message):
        nonlocal asked
        asked += 1
        return [message] if asked % 2 else []

    with AgentServer(Agent(switch(8, 4)), change=sleepy) as server:
        arguments = ["probe", "--snmp", f"127.0.0.1:{server.address[1]}", "--community", "public", "--timeout", "3"]
        assert main(arguments) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["system"]["sysName"] == "leaf-01"
    assert len(told["ports"]) == 8 or told["incomplete"]
