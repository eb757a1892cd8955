"""Recordings of real devices: a look at each is whole and short, finds every port, and says what each neighbour is called."""

import json
from functools import cache
from pathlib import Path

import pytest

from collectors.snmp import ber
from collectors.snmp.found import Found
from collectors.snmp.inventory import take_inventory
from noc_console.profiles.catalogue import own_catalogue
from tests.collectors.snmp.talking import talk
from tests.servers.snmp_agent import Agent
from tests.servers.snmprec import varbinds_of

pytestmark = pytest.mark.recordings
MOST_REQUESTS = 1_500
"""Of a full look: at 10 ms each that is 15 s."""


@cache
def looked_at(folder: Path) -> dict[str, tuple[Found, int]]:
    """What is found on each device, and how often it was asked."""
    told = {}
    for file in sorted((folder / "snmp" / "recordings").glob("*.snmprec")):
        agent = Agent({ber.oid_text(name): (tag, value) for name, tag, value in varbinds_of(file)})
        found = Found()
        talk(take_inventory(own_catalogue(), found, has_bulk=True), agent)
        told[file.stem] = found, len(agent.requests)
    return told


def truth_of(folder: Path, name: str) -> dict:
    return json.loads((folder / "snmp" / "truth" / f"{name}.json").read_text(encoding="utf-8"))


def test_each_look_is_whole_and_short(recordings):
    looks = looked_at(recordings)
    assert len(looks) > 50
    assert {name: found.incomplete for name, (found, _) in looks.items() if found.incomplete} == {}
    assert {name: asked for name, (_, asked) in looks.items() if asked > MOST_REQUESTS} == {}


def test_every_port_is_found_under_a_name_of_its_own(recordings):
    wanted = found_right = reported = 0
    for name, (found, _) in looked_at(recordings).items():
        truth = truth_of(recordings, name)
        if not truth["covered"]["ports"]:
            continue
        ports = {port.if_index: set(port.names) for port in found.ports if port.if_index is not None}
        ignored = set(truth.get("ports_ignored") or [])
        named = {port["ifIndex"]: set(port["names"]) for port in truth["ports"] if port.get("in_recording", True)}
        wanted += len(named)
        reported += len(ports.keys() - ignored)
        found_right += sum(not names or bool(names & ports.get(index, set())) for index, names in named.items())
        assert len({port.component for port in found.ports}) == len(found.ports), name
    assert found_right >= 0.995 * wanted
    assert found_right >= 0.98 * reported


def test_neighbours_are_told_at_the_right_port(recordings):
    wanted = right = 0
    for name, (found, _) in looked_at(recordings).items():
        truth = truth_of(recordings, name)
        told = {
            (each.local_if_index, each.remote_host.split(".")[0].split("(")[0].lower())
            for each in found.neighbours or ()
            if each.protocol not in ("bridge", "bgp")
        }
        if truth["covered"]["links"]:
            links = [(each["local_ifIndex"], each["remote_host"].split(".")[0].split("(")[0].lower()) for each in truth["links"]]
            wanted += len(links)
            right += sum(link in told for link in links)
    assert right >= 0.9 * wanted
