"""From inventory to plan to values, without a network."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.snmp import ber
from collectors.snmp.failure import timed_out
from collectors.snmp.inventory import Found, take_inventory
from collectors.snmp.planning import plan_of, reply_octets
from collectors.snmp.regular import Reading, poll_regularly
from collectors.snmp.requests import before_scalar
from collectors.snmp.session import CommunitySession
from noc_console.model.poll import Neighbour
from noc_console.profiles.catalogue import own_catalogue
from tests.collectors.snmp.talking import talk
from tests.servers.snmp_agent import Agent, port_objects, sensor_objects, switch

OPER, ADMIN, SPEED = "1.3.6.1.2.1.2.2.1.8", "1.3.6.1.2.1.2.2.1.7", "1.3.6.1.2.1.31.1.1.1.15"
VERSIONS = [ber.V1, ber.V2C]
COMMUNITY = CommunitySession(ber.V2C, b"public")


def inventory_of(agent, version=ber.V2C):
    found = Found()
    talk(take_inventory(own_catalogue(), found, has_bulk=version != ber.V1), agent, version=version)
    return found


def poll(agent, plan, version=ber.V2C):
    reading = Reading(np.full(plan.size, np.nan))
    talk(poll_regularly(plan, reading), agent, version=version)
    return reading


def values_of(agent, version=ber.V2C):
    plan = plan_of(inventory_of(agent, version), has_bulk=version != ber.V1)
    reading = poll(agent, plan, version)
    return dict(zip(plan.layout.keys, plan.values(reading.raw).tolist(), strict=True)), plan.texts(reading.raw), reading


@pytest.mark.parametrize("version", VERSIONS)
def test_a_switch_gives_its_ports_sensors_facts_and_neighbours(version):
    agent = Agent(switch(24))
    found = inventory_of(agent, version)
    assert found.system["sysObjectID"] == "1.3.6.1.4.1.99999.1"
    assert (found.system["sysName"], found.system["model"], found.system["serial"]) == ("leaf-01", "TS-24", "SN-1")
    assert found.ports[4].names == ("Gi5", "GigabitEthernet5")
    assert found.facts()["Gi5"] == {"type": "6", "if_index": "5"}
    assert found.neighbours[0] == Neighbour(
        protocol="lldp", local_port="Gi1", remote_host="spine-1", remote_port="Ethernet7", local_if_index=1
    )
    assert not found.incomplete
    values, texts, reading = values_of(agent, version)
    assert values["", "uptime_seconds"] == 42.0
    assert values["Gi24", "in_octets_total"] == 2**40 + 24
    assert values["Gi24", "speed_bits_per_second"] == 1e9
    assert (values["Gi1", "oper_status"], values["Gi1", "admin_status"]) == (1, 1)
    assert values["Inlet 3", "temperature_celsius"] == 20.3
    assert not texts
    assert reading.misfits == 0
    assert len(values) == 1 + 24 * 9 + 6


def test_a_regular_poll_asks_little_and_each_reply_fits_a_frame():
    agent = Agent(switch(48, 10))
    plan = plan_of(inventory_of(agent), has_bulk=True)
    agent.requests.clear()
    sizes = []

    def measured(request):
        answer = agent.answer(request)
        sizes.append(len(answer))
        return answer

    poll(measured, plan)
    assert len(agent.requests) <= 12
    assert max(sizes) <= 1400


def test_single_objects_travel_with_the_last_rows_of_a_table_and_are_named_one_by_one_where_one_of_them_is_gone():
    agent = Agent(switch(24, 2))
    plan = plan_of(inventory_of(agent), has_bulk=True)
    (block,) = [block for block in plan.blocks if block.first]
    assert block is plan.blocks[-1]
    assert ber.oid("1.3.6.1.2.1.1.3.0") in block.first
    assert not [block for block in plan.blocks if block.template.before[:1] == bytes((ber.GET,))]
    whole = poll(agent, plan)
    assert (whole.misfits, np.isnan(whole.raw).any()) == (0, False)
    gone = next(name for name in block.first if name != ber.oid("1.3.6.1.2.1.1.3.0"))
    agent.set({ber.oid_text(name): value for name, value in agent.objects.items() if name != gone})
    partly = poll(agent, plan)
    assert partly.misfits >= 1
    assert np.isnan(partly.raw).sum() == 1
    assert np.isnan(partly.raw[block.start + block.first.index(gone)])


def test_where_no_reply_has_room_for_them_single_objects_are_asked_on_their_own():
    plan = plan_of(inventory_of(Agent(switch(10, 2))), has_bulk=True, most_octets=520, envelope=COMMUNITY.envelope)
    assert not [block for block in plan.blocks if block.first]
    assert plan.blocks[0].template.before[:1] == bytes((ber.GET,))


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=6))
def test_only_a_scalar_has_an_object_before_its_instance(numbers):
    name = ber.encode_oid((1, 3, 6, *numbers))
    assert before_scalar(name) == (ber.encode_oid((1, 3, 6, *numbers[:-1])) if numbers[-1] == 0 else b"")


def test_states_that_stay_are_settled_once_for_all_devices_and_one_that_turns_shows_at_once():
    agent = Agent(switch(4, 2))
    plan = plan_of(inventory_of(agent), has_bulk=True)
    _, first = plan.told(poll(agent, plan).raw)
    same, other = plan.told(poll(agent, plan).raw, first), plan.told(poll(agent, plan).raw)
    assert same[1] is first
    assert other[1] is first
    agent.objects[ber.oid(f"{OPER}.2")] = (ber.INTEGER, 7)
    raw = poll(agent, plan).raw
    values, settled = plan.told(raw, first)
    assert settled is not first
    assert values[plan.layout.index["Gi2", "oper_status"]] == 0
    assert settled.texts == plan.texts(raw) == (("Gi2", "oper_status", "lowerLayerDown"),)
    agent.objects[ber.oid(f"{OPER}.2")] = (ber.INTEGER, 1)
    assert plan.told(poll(agent, plan).raw, settled)[1] is first


def test_devices_with_the_same_tables_share_one_plan():
    one = plan_of(inventory_of(Agent(switch(24))), has_bulk=True)
    assert plan_of(inventory_of(Agent(switch(24))), has_bulk=True) is one
    assert plan_of(inventory_of(Agent(switch(25))), has_bulk=True) is not one


@pytest.mark.parametrize(
    ("code", "value", "word"),
    [
        (1, 1, ""),
        (2, 0, ""),
        (3, None, "testing"),
        (4, None, "unknown"),
        (5, 1, "dormant"),
        (6, 0, "notPresent"),
        (7, 0, "lowerLayerDown"),
        (99, None, ""),
    ],
)
def test_status_of_a_port_is_a_number_and_where_that_is_not_enough_a_word(code, value, word):
    objects = switch(2)
    objects[f"{OPER}.2"] = (ber.INTEGER, code)
    values, texts, _ = values_of(Agent(objects))
    found = values["Gi2", "oper_status"]
    assert np.isnan(found) if value is None else found == value
    assert texts == ((("Gi2", "oper_status", word),) if word else ())


def test_without_64_bit_counters_the_32_bit_ones_are_taken():
    values, _, reading = values_of(Agent(switch(4, high_capacity=False)))
    assert values["Gi3", "in_octets_total"] == 30
    assert values["Gi3", "out_octets_total"] == 60
    assert values["Gi3", "speed_bits_per_second"] == 1e9
    assert reading.misfits == 0


def test_ports_of_both_kinds_beside_each_other_are_read_right():
    objects = switch(0)
    for port in range(1, 31):
        objects |= port_objects(port, high_capacity=port % 7 != 0)
    values, _, reading = values_of(Agent(objects))
    assert values["Gi7", "in_octets_total"] == 70
    assert values["Gi8", "in_octets_total"] == 2**40 + 8
    assert reading.misfits == 0
    assert not any(np.isnan(value) for value in values.values())


def test_speed_0_is_unknown_unless_ifspeed_knows_better():
    objects = switch(3)
    objects |= {f"{SPEED}.1": (ber.GAUGE32, 0), f"{SPEED}.2": (ber.GAUGE32, 0)}
    objects |= {"1.3.6.1.2.1.2.2.1.5.1": (ber.GAUGE32, 0), "1.3.6.1.2.1.2.2.1.5.2": (ber.GAUGE32, 64_000)}
    values, _, _ = values_of(Agent(objects))
    assert np.isnan(values["Gi1", "speed_bits_per_second"])
    assert values["Gi2", "speed_bits_per_second"] == 64_000


def test_sensors_are_scaled_and_those_that_do_not_work_give_nothing():
    objects = switch(1, 0)
    objects |= sensor_objects(2001, b"Fan", raw=5400, kind=10, precision=0)
    objects |= sensor_objects(2002, b"Fan", raw=5300, kind=10, precision=0)
    objects |= sensor_objects(2003, b"Supply", raw=12043, kind=4, precision=3)
    objects |= sensor_objects(2004, b"Door", raw=1, kind=12, precision=0)
    objects |= sensor_objects(2005, b"Gone", raw=-99, status=3)
    objects |= sensor_objects(2007, b"Beyond", raw=-1_000_000_000)
    objects |= sensor_objects(2006, b"Odd", raw=42, precision=2_000_000_000)
    objects["1.3.6.1.2.1.99.1.1.1.2.2003"] = (ber.INTEGER, 10)
    values, _, reading = values_of(Agent(objects))
    assert values["Fan 2001", "fan_speed_rpm"] == 5400
    assert values["Fan 2002", "fan_speed_rpm"] == 5300
    assert values["Supply", "voltage_volts"] == 12043
    assert np.isnan(values["Gone", "temperature_celsius"])
    assert np.isnan(values["Beyond", "temperature_celsius"])
    assert values["Odd", "temperature_celsius"] == 42
    assert not any(component == "Door" for component, _ in values)
    assert reading.misfits == 0


@pytest.mark.parametrize(
    ("unit", "raw", "key", "expected"),
    [
        (b"kWh", 125, "energy_joules_total", 12.5 * 3_600_000),
        (b"W", 4305, "power_watts", 430.5),
        (b" Volts ", 2301, "voltage_volts", 230.1),
        (b"%", 415, "level_percent", 41.5),
        (b"%RH", 415, "humidity_percent", 41.5),
        ("°C".encode(), 215, "temperature_celsius", 21.5),
        (b"RPM", 54000, "fan_speed_rpm", 5400),
        (b"dBm", -32, "power_dbm", -3.2),
    ],
)
def test_a_sensor_of_another_kind_is_told_by_its_unit(unit, raw, key, expected):
    objects = switch(1, 0) | sensor_objects(2001, b"Meter", raw=raw, kind=1)
    objects["1.3.6.1.2.1.99.1.1.1.6.2001"] = (ber.OCTET_STRING, unit)
    objects |= sensor_objects(2002, b"Nobody knows", raw=1, kind=1)
    objects["1.3.6.1.2.1.99.1.1.1.6.2002"] = (ber.OCTET_STRING, b"furlongs")
    values, _, _ = values_of(Agent(objects))
    assert values["Meter", key] == pytest.approx(expected)
    assert not any(component == "Nobody knows" for component, _ in values)


def optic(index, descr, raw, *, cage, kind=6):
    """A sensor in watts with six decimal places, in a transceiver in a cage."""
    within = "1.3.6.1.2.1.47.1.1.1.1.4"
    return sensor_objects(index, descr, raw=raw, kind=kind, precision=6) | {
        f"{within}.{index}": (ber.INTEGER, cage + 1),
        f"{within}.{cage + 1}": (ber.INTEGER, cage),
        f"{within}.{cage}": (ber.INTEGER, 1),
        f"{within}.1": (ber.INTEGER, 0),
    }


def aliased(cage, if_index, logical=0):
    return {f"1.3.6.1.2.1.47.1.3.2.1.2.{cage}.{logical}": (ber.OBJECT_IDENTIFIER, ber.oid(f"1.3.6.1.2.1.2.2.1.1.{if_index}"))}


def test_light_belongs_to_the_port_that_holds_the_optic():
    objects = switch(5, 1)
    objects |= optic(3001, b"Rx Power Sensor", 500, cage=300) | optic(3002, b"Tx Power Sensor", 1000, cage=300)
    objects |= aliased(300, 2)
    # called as the port is, without an alias
    objects |= optic(3101, b"DOM RX Power Sensor for Gi3", 0, cage=310)
    objects["1.3.6.1.2.1.47.1.1.1.1.7.310"] = (ber.OCTET_STRING, b"Gi3")
    # two lanes of one port, a cage that is two ports, one that is none, a supply's power, dBm by its unit
    objects |= optic(3201, b"Lane 1 receive power", 1, cage=320) | optic(3202, b"Lane 2 receive power", 2, cage=320)
    objects |= aliased(320, 4)
    objects |= optic(3301, b"Split Tx Power", 10, cage=330) | aliased(330, 1) | aliased(330, 2, logical=1)
    objects |= optic(3401, b"Stray Tx Power", 10, cage=340)
    objects |= optic(3501, b"Input Power", 10, cage=350) | aliased(350, 1)
    objects |= optic(3601, b"Receiver Power", -7_500_000, cage=360, kind=1) | aliased(360, 5)
    objects["1.3.6.1.2.1.99.1.1.1.6.3601"] = (ber.OCTET_STRING, b"dBm")
    values, _, reading = values_of(Agent(objects))
    assert values["Gi2", "rx_power_dbm"] == pytest.approx(-3.0103, abs=1e-3)
    assert values["Gi2", "tx_power_dbm"] == pytest.approx(0.0, abs=1e-9)
    assert np.isnan(values["Gi3", "rx_power_dbm"])  # no light: no number
    assert values["Gi5", "rx_power_dbm"] == pytest.approx(-7.5)
    assert values["Lane 1 receive power", "power_dbm"] == pytest.approx(-30)
    assert values["Split Tx Power", "power_dbm"] == values["Stray Tx Power", "power_dbm"] == pytest.approx(-20)
    assert values["Input Power", "power_watts"] == pytest.approx(1e-5)
    assert {port for port, metric in values if metric.endswith("x_power_dbm")} == {"Gi2", "Gi3", "Gi5"}
    assert reading.misfits == 0


def test_parts_that_hold_each_other_belong_to_no_port():
    objects = switch(2, 0) | optic(3001, b"Rx Power", 500, cage=300)
    objects["1.3.6.1.2.1.47.1.1.1.1.4.300"] = (ber.INTEGER, 301)
    values, _, _ = values_of(Agent(objects))
    assert values["Rx Power", "power_dbm"] == pytest.approx(-3.0103, abs=1e-3)


def test_a_port_that_went_away_leaves_a_gap_and_the_others_stay_right():
    agent = Agent(switch(24))
    plan = plan_of(inventory_of(agent), has_bulk=True)
    agent.set({name: value for name, value in switch(24).items() if name.split(".")[-1] != "5" or ".2.2.1." not in name})
    reading = poll(agent, plan)
    values = dict(zip(plan.layout.keys, plan.values(reading.raw).tolist(), strict=True))
    assert reading.misfits
    assert np.isnan(values["Gi5", "oper_status"])
    assert values["Gi24", "in_octets_total"] == 2**40 + 24
    assert values["Gi6", "in_errors_total"] == 2


def test_a_port_that_appeared_in_between_shifts_nothing():
    objects = switch(24)
    agent = Agent({k: v for k, v in objects.items() if not (k.endswith(".7") and (".2.2.1." in k or ".31.1.1.1." in k))})
    plan = plan_of(inventory_of(agent), has_bulk=True)
    agent.set(objects)
    reading = poll(agent, plan)
    values = dict(zip(plan.layout.keys, plan.values(reading.raw).tolist(), strict=True))
    assert [values[f"Gi{n}", "in_octets_total"] - 2**40 for n in range(1, 25) if n != 7] == [n for n in range(1, 25) if n != 7]


@pytest.mark.parametrize("most", [1, 5, 20])
def test_replies_cut_short_are_completed(most):
    agent = Agent(switch(24))
    plan = plan_of(inventory_of(agent), has_bulk=True)
    cut = Agent(switch(24), too_big=most)
    reading = poll(cut, plan)
    assert reading.varbinds == plan.size
    assert not np.isnan(plan.values(reading.raw)).any()


def test_names_of_devices_are_cleaned():
    objects = switch(1)
    objects["1.3.6.1.2.1.31.1.1.1.1.1"] = (ber.OCTET_STRING, b"Gi1\x1b[31m\x00\xe2\x80\xae")
    objects["1.3.6.1.2.1.1.5.0"] = (ber.OCTET_STRING, b"leaf\n\x07-01" + b"x" * 5000)
    found = inventory_of(Agent(objects))
    assert found.ports[0].component == "Gi1"
    assert found.system["sysName"].startswith("leaf -01xxx")
    assert len(found.system["sysName"]) <= 512


def test_a_device_without_tables_is_still_a_device():
    values, _, _ = values_of(Agent({"1.3.6.1.2.1.1.3.0": (ber.TIME_TICKS, 100)}))
    assert values == {("", "uptime_seconds"): 1.0}


def test_a_device_with_nothing_to_measure_is_still_asked_something():
    agent = Agent({"1.3.6.1.2.1.1.1.0": (ber.OCTET_STRING, b"Odd box")})
    plan = plan_of(inventory_of(agent), has_bulk=True)
    assert len(plan.layout) == 0
    assert len(plan.blocks) == 1
    assert len(plan.values(poll(agent, plan).raw)) == 0


def test_a_part_that_cannot_be_read_is_named_and_the_rest_is_there():
    agent = Agent(switch(4))
    chassis = ber.oid("1.3.6.1.2.1.47.1.1.1.1.13.1")

    def partly(request):
        head = ber.read_pdu_head(request, 0, len(request))
        names = [name for name, _, _ in ber.read_varbinds(request, head.start, head.end)]
        if chassis in names or any(name.startswith(ber.oid("1.0.8802")) for name in names):
            raise timed_out()
        return agent.answer(request)

    found = inventory_of(partly)
    assert found.incomplete == ["entPhysicalTable: timed out", "lldpRemTable: timed out"]
    assert len(found.ports) == 4
    assert len(found.sensors) == 6


@settings(max_examples=40, deadline=None)
@given(mtu=st.integers(576, 9_000), ports=st.integers(1, 60), sensors=st.integers(0, 12), ipv6=st.booleans())
def test_every_reply_fits_one_packet_of_the_way(mtu, ports, sensors, ipv6):
    agent = Agent(switch(ports, sensors))
    most = reply_octets(mtu, ipv6=ipv6)
    plan = plan_of(inventory_of(agent), has_bulk=True, most_octets=most, envelope=COMMUNITY.envelope)
    replies = []
    for block in plan.blocks:
        reply = agent.answer(block.template.with_id(0x01020304), version=ber.V2C)
        replies.append(len(ber.encode_community_message(ber.V2C, COMMUNITY.community, reply)))
    assert max(replies) <= most
    assert sum(block.size for block in plan.blocks) == plan.size
    # and is not much smaller than it may be: only as many requests are made as are needed
    assert len(replies) <= 3 + 1.6 * sum(replies) / most
