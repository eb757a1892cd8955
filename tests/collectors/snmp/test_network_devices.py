"""Small devices made by hand from the MIBs, as `probe` tells them: units, scales, what is absent, what belongs to a port."""

import json

import pytest

from collectors.snmp import ber
from collectors.snmp.found import Found
from collectors.snmp.inventory import take_inventory
from main import main
from noc_console.profiles.catalogue import ProfileError, own_catalogue, profile_of
from tests.collectors.snmp.talking import talk
from tests.servers.snmp_agent import Agent, AgentServer

ENTITY_DESCR, ENTITY_NAME = "1.3.6.1.2.1.47.1.1.1.1.2", "1.3.6.1.2.1.47.1.1.1.1.7"


@pytest.fixture(autouse=True)
def no_places_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def device(sys_object_id, sys_descr, cells, ports=()):
    """Objects of a device: `cells` are column and index → number or text; `ports` are ifIndex → ifName."""
    system = {"1.3.6.1.2.1.1.1.0": sys_descr, "1.3.6.1.2.1.1.5.0": "made-by-hand"}
    for number, name in dict(ports).items():
        system |= {
            f"1.3.6.1.2.1.2.2.1.{column}.{number}": value for column, value in ((1, number), (2, name), (3, 6), (7, 1), (8, 1))
        }
        system[f"1.3.6.1.2.1.31.1.1.1.1.{number}"] = name
    objects = {
        oid: (ber.INTEGER, value) if isinstance(value, int) else (ber.OCTET_STRING, value.encode())
        for oid, value in (system | cells).items()
    }
    objects["1.3.6.1.2.1.1.2.0"] = (ber.OBJECT_IDENTIFIER, ber.oid(sys_object_id))
    return objects


def probed(objects, capsys):
    """(profile, {(class, description): value or state}) as `probe` prints them."""
    with AgentServer(Agent(objects)) as server:
        assert main(["probe", "--snmp", f"127.0.0.1:{server.address[1]}", "--community", "public"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["incomplete"] == []
    found = {("temperature", each["descr"]): each["value"] for each in told["temperatures"]}
    for each in told["sensors"]:
        found[each["class"], each["descr"]] = each.get("state", each["value"])
    return told["system"]["profile"], found


def row(base, index, **columns):
    """Cells of a row: c4=5 is column 4."""
    return {f"{base}.{name[1:]}.{index}": value for name, value in columns.items()}


def test_cisco_gives_its_sensors_with_their_own_scale_and_only_where_they_work(capsys):
    sensor, supply = "1.3.6.1.4.1.9.9.91.1.1.1.1", "1.3.6.1.4.1.9.9.13.1.5.1"
    cells = (
        row(sensor, 1001, c1=8, c2=9, c3=1, c4=314, c5=1)
        | row(sensor, 1002, c1=8, c2=9, c3=0, c4=40, c5=2)
        | row(sensor, 1003, c1=4, c2=8, c3=0, c4=3291, c5=1)
        | {f"{ENTITY_DESCR}.1001": "Inlet", f"{ENTITY_DESCR}.1002": "Outlet", f"{ENTITY_DESCR}.1003": "VP 3.3"}
        | row(supply, 1, c2="Power Supply 1, Normal", c3=1)
        | row(supply, 2, c2="Power Supply 2, Normal", c3=5)
    )
    profile, found = probed(device("1.3.6.1.4.1.9.1.1208", "Cisco IOS Software, C2960X", cells), capsys)
    assert profile == "cisco-ios"
    assert found == {("temperature", "Inlet"): 31.4, ("voltage", "VP 3.3"): 3.291, ("state", "Power Supply 1"): "ok"}


def test_junipers_empty_cages_are_absent_and_lanes_are_told_only_of_modules_that_have_several(capsys):
    dom, lane = "1.3.6.1.4.1.2636.3.60.1.1.1.1", "1.3.6.1.4.1.2636.3.60.1.2.1.1"
    cells = (
        row(dom, 501, c5=-325, c6=6050, c7=-210, c8=31, c25=3300, c30=1)
        | row(dom, 502, c5=0, c6=0, c7=0, c8=0, c25=0, c30=0)
        | row(dom, 503, c5=-150, c6=7000, c7=-100, c8=40, c25=3310, c30=2)
        | row(lane, "501.0", c6=-325, c7=6050, c8=-210, c9=31)
        | row(lane, "503.0", c6=-150, c7=7000, c8=-100, c9=0)
        | row(lane, "503.1", c6=-4000, c7=0, c8=-4000, c9=0)
    )
    ports = {501: "xe-0/0/0", 502: "xe-0/0/1", 503: "et-0/0/2"}
    _, found = probed(device("1.3.6.1.4.1.2636.1.1.1.2.25", "Juniper Networks, Inc. mx480", cells, ports), capsys)
    assert found["temperature", "xe-0/0/0 module temperature"] == 31
    assert found["voltage", "xe-0/0/0 module voltage"] == 3.3
    assert found["current", "xe-0/0/0 tx bias current"] == pytest.approx(0.00605)
    assert found["dbm", "xe-0/0/0 rx power"] == -3.25
    assert found["dbm", "et-0/0/2 lane 1 rx power"] == -40
    assert not [each for each in found if "xe-0/0/1" in each[1] or "xe-0/0/0 lane" in each[1]]


@pytest.mark.parametrize(
    ("profile", "sys_object_id", "sys_descr", "raw", "dbm"),
    [
        ("huawei-switch", "1.3.6.1.4.1.2011.2.23.344", "S5720 VRP (R) software,Version 5.170", 500, -3.01),
        ("huawei-vrp", "1.3.6.1.4.1.2011.2.239.7", "VRP (R) software, Version 8.191 (CE6850)", -301, -3.01),
    ],
)
def test_huawei_writes_light_in_microwatts_or_in_hundredths_of_dbm(profile, sys_object_id, sys_descr, raw, dbm, capsys):
    optics, part = "1.3.6.1.4.1.2011.5.25.31.1.1.3.1", "1.3.6.1.4.1.2011.5.25.31.1.1.1.1"
    cells = (
        row(optics, 71, c5=36, c6=3300, c7=6500, c8=raw, c9=-1)
        | row(part, 71, c11=0)
        | row(part, 9, c11=45, c12=70, c13=2147483647)
        | {f"{ENTITY_NAME}.71": "10GE1/0/1", f"{ENTITY_NAME}.9": "Board 1"}
    )
    told, found = probed(device(sys_object_id, sys_descr, cells, {4: "10GE1/0/1"}), capsys)
    assert told == profile
    assert found["dbm", "10GE1/0/1 rx power"] == pytest.approx(dbm, abs=0.005)
    assert {each for each in found if each[0] == "temperature"} == {
        ("temperature", "10GE1/0/1 module temperature"),
        ("temperature", "Board 1"),
    }
    assert ("dbm", "10GE1/0/1 tx power") not in found


def test_nokia_has_a_temperature_only_where_it_has_a_sensor_and_light_in_tenths_of_microwatts(capsys):
    hardware, ddm = "1.3.6.1.4.1.6527.3.1.2.2.1.8.1", "1.3.6.1.4.1.6527.3.1.2.2.4.31.1"
    cells = (
        row(hardware, "1.134217729", c8="Slot 1", c16=2, c17=1, c18=42, c19=75)
        | row(hardware, "1.100663297", c8="Fan 1", c16=5, c17=2, c18=-1)
        | row(ddm, "1.35684352", c1=7936, c6=32900, c11=3250, c16=5000, c21=1000)
    )
    _, found = probed(device("1.3.6.1.4.1.6527.1.3.17", "TiMOS-C-21.10", cells, {35684352: "1/1/1"}), capsys)
    assert found["temperature", "Slot 1"] == 42
    assert ("temperature", "Fan 1") not in found
    assert found["state", "Fan 1"] == "critical"
    assert found["temperature", "1/1/1 module temperature"] == 31
    assert found["voltage", "1/1/1 module voltage"] == pytest.approx(3.29)
    assert found["current", "1/1/1 tx bias current"] == pytest.approx(0.0065)
    assert found["dbm", "1/1/1 tx power"] == pytest.approx(-3.01, abs=0.005)
    assert found["dbm", "1/1/1 rx power"] == -10


def test_mikrotik_7_names_its_gauges_and_their_units(capsys):
    gauge = "1.3.6.1.4.1.14988.1.1.3.100.1"
    cells = (
        row(gauge, 1, c2="cpu-temperature", c3=51, c4=1)
        | row(gauge, 2, c2="psu1-voltage", c3=481, c4=3)
        | row(gauge, 3, c2="fan1-speed", c3=4200, c4=2)
        | row(gauge, 4, c2="psu2-state", c3=1, c4=6)
        | {"1.3.6.1.4.1.14988.1.1.3.10.0": 510}
    )
    _, found = probed(device("1.3.6.1.4.1.14988.1", "RouterOS CCR2116", cells), capsys)
    assert found == {
        ("temperature", "cpu-temperature"): 51,
        ("voltage", "psu1-voltage"): 48.1,
        ("fanspeed", "fan1-speed"): 4200,
        ("state", "psu2-state"): "critical",
    }


def test_comware_says_absent_by_65535_and_by_the_largest_number(capsys):
    part, optics = "1.3.6.1.4.1.25506.2.6.1.1.1.1", "1.3.6.1.4.1.25506.2.70.1.1.1"
    cells = (
        row(part, 212, c12=41, c13=75, c19=2)
        | row(part, 213, c12=65535, c19=4)
        | {
            f"{ENTITY_NAME}.212": "Board",
            f"{ENTITY_NAME}.213": "Slot 2",
            "1.3.6.1.2.1.47.1.1.1.1.5.212": 9,
            "1.3.6.1.2.1.47.1.1.1.1.5.213": 9,
        }
        | row(optics, 1, c9=-265, c12=-301, c15=33, c16=331, c17=612)
        | row(optics, 2, c9=2147483647, c12=2147483647, c15=2147483647, c16=2147483647, c17=2147483647)
    )
    ports = {1: "XGE1/0/1", 2: "XGE1/0/2"}
    _, found = probed(device("1.3.6.1.4.1.25506.11.1.187", "HPE Comware", cells, ports), capsys)
    assert found["temperature", "Board"] == 41
    assert found["state", "Board"] == "ok"
    assert found["current", "XGE1/0/1 tx bias current"] == pytest.approx(0.00612)
    assert not [each for each in found if each[1].startswith(("XGE1/0/2", "Slot 2"))]


def test_aruba_cx_tells_states_in_words(capsys):
    fan, supply = "1.3.6.1.4.1.47196.4.1.1.3.11.5.1.1", "1.3.6.1.4.1.47196.4.1.1.3.11.2.1.1"
    cells = (
        row("1.3.6.1.4.1.47196.4.1.1.3.11.3.1.1", "1.1.1.1", c5="1/1-Inlet-Air", c6="normal", c7=24500)
        | row(fan, "1.1.1", c4="1/1/1", c5="fault", c8=0)
        | row(supply, "1.1", c3="1/1", c4="ok", c7=68)
        | row(supply, "1.2", c3="1/2", c4="absent", c7=0)
    )
    _, found = probed(device("1.3.6.1.4.1.47196.4.1.1.1.110", "Aruba JL658A 6300M", cells), capsys)
    assert found == {
        ("temperature", "1/1-Inlet-Air"): 24.5,
        ("state", "1/1-Inlet-Air"): "ok",
        ("fanspeed", "Fan 1/1/1"): 0,
        ("state", "Fan 1/1/1"): "critical",
        ("power", "PSU 1/1"): 68,
        ("state", "PSU 1/1"): "ok",
    }


def test_omniswitch_tells_its_sensors_by_their_parts_and_light_in_thousandths(capsys):
    warmth, ddm = "1.3.6.1.4.1.6486.801.1.1.1.1.1.2.1", "1.3.6.1.4.1.6486.801.1.2.1.5.1.1.2.6.1"
    cells = (
        row(warmth, 451, c1=46, c2=70, c3=78, c4=3)
        | row(warmth, 452, c1=0, c4=2)
        | {f"{ENTITY_NAME}.451": "CMM-A", f"{ENTITY_NAME}.452": "CMM-B"}
        | row(ddm, "1001.1", c2=34500, c7=3297, c12=6100, c17=-2310, c22=-200000000)
    )
    _, found = probed(
        device("1.3.6.1.4.1.6486.801.1.1.2.1.11.1.7", "Alcatel-Lucent Enterprise OS6860E-24", cells, {1001: "1/1/1"}), capsys
    )
    assert found["temperature", "CMM-A"] == 46
    assert ("temperature", "CMM-B") not in found
    assert found["temperature", "1/1/1 module temperature"] == 34.5
    assert found["dbm", "1/1/1 tx power"] == -2.31
    assert ("dbm", "1/1/1 rx power") not in found


def test_what_cisco_tells_in_two_mibs_is_shown_by_a_full_look_and_polled_once():
    own, standard = "1.3.6.1.4.1.9.9.91.1.1.1.1", "1.3.6.1.2.1.99.1.1.1"
    cells = row(own, 10, c1=8, c2=9, c3=0, c4=25, c5=1) | row(standard, 10, c1=8, c2=9, c3=0, c4=25, c5=1)
    agent = Agent(device("1.3.6.1.4.1.9.1.3085", "Cisco IOS Software [IOSXE]", cells | {f"{ENTITY_DESCR}.10": "Temp1"}))
    found = Found()
    talk(take_inventory(own_catalogue(), found, has_bulk=True), agent)
    assert [each.table.name for each in found.sensors] == ["entSensorValueTable", "entPhySensorTable"]
    found.forget_repeated()
    assert [each.table.name for each in found.sensors] == ["entSensorValueTable"]


def test_fortigates_sensors_are_of_the_kind_that_their_names_say(capsys):
    sensor = "1.3.6.1.4.1.12356.101.4.3.2.1"
    cells = (
        row(sensor, 1, c2="CPU Temperature", c3="56.69", c4=0)
        | row(sensor, 2, c2="FAN1", c3="5400", c4=0)
        | row(sensor, 3, c2="+3.3V", c3="3.2960", c4=0)
        | row(sensor, 4, c2="PS1 Status", c3="0", c4=1)
    )
    _, found = probed(device("1.3.6.1.4.1.12356.101.1.1003", "Edge", cells), capsys)
    values = {key: value for key, value in found.items() if key[0] != "state"}
    assert values == {("temperature", "CPU Temperature"): 56.69, ("fanspeed", "FAN1"): 5400, ("voltage", "+3.3V"): 3.296}
    assert found["state", "PS1 Status"] == "critical"


def test_dells_columns_of_lanes_are_lanes_of_the_port(capsys):
    optics = "1.3.6.1.4.1.6027.3.11.1.3.1.1"
    cells = row(optics, 7, c3=1, c8="1.09", c9="", c12="-2.74", c13="-40.0", c16="31.5", c17="3.29") | row(
        optics, 8, c3=2, c12="-1"
    )
    _, found = probed(device("1.3.6.1.4.1.6027.1.3.22", "Dell Networking OS", cells, {7: "Te 1/1", 8: "Te 1/2"}), capsys)
    assert found == {
        ("dbm", "Te 1/1 lane 1 tx power"): 1.09,
        ("dbm", "Te 1/1 lane 1 rx power"): -2.74,
        ("dbm", "Te 1/1 lane 2 rx power"): -40,
        ("temperature", "Te 1/1 module temperature"): 31.5,
        ("voltage", "Te 1/1 module voltage"): 3.29,
    }


def test_a_wrong_expression_for_rows_is_told_with_its_file():
    table = "[[sensors]]\nname = 't'\nmib = 'm'\nvalue = '1.3.9'\nclass = 'power'\nnames = ['x']\nwhere = { '1.3.8' = ['~('] }\n"
    with pytest.raises(ProfileError, match=r"x\.toml.*where"):
        profile_of(f"name = 'x'\ntitle = 'X'\nwritten_from = ['M']\n{table}", "x.toml")


def test_ciscos_limits_are_rows_of_their_own_and_the_one_that_is_reached_first_counts():
    own, limit = "1.3.6.1.4.1.9.9.91.1.1.1.1", "1.3.6.1.4.1.9.9.91.1.2.1.1"
    cells = row(own, 10, c1=8, c2=9, c3=1, c4=250, c5=1) | row(own, 11, c1=8, c2=9, c3=0, c4=25, c5=1)
    for number, (severity, relation, value) in enumerate(
        ((30, 4, 800), (20, 4, 700), (10, 3, 600), (20, 2, -50), (1, 4, 300)), start=1
    ):
        cells |= row(limit, f"10.{number}", c2=severity, c3=relation, c4=value)
    found = Found()
    names = {f"{ENTITY_DESCR}.10": "Inlet", f"{ENTITY_DESCR}.11": "Outlet"}
    talk(
        take_inventory(own_catalogue(), found, has_bulk=True),
        Agent(device("1.3.6.1.4.1.9.1.1208", "Cisco IOS Software", cells | names)),
    )
    assert found.limits() == {"Inlet": {"temperature_celsius": {"minor": 60, "critical": 70, "low-critical": -5}}}
