"""Access and transport devices made by hand from the MIBs, as `probe` tells them: units, states, what is absent."""

import pytest

from noc_console.profiles.catalogue import own_catalogue
from tests.collectors.snmp.test_network_devices import device, probed, row


@pytest.fixture(autouse=True)
def no_places_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.mark.parametrize(
    ("sys_object_id", "sys_descr", "profile"),
    [
        ("1.3.6.1.4.1.2011.2.123", "Huawei Integrated Access Software", "huawei-smartax"),
        ("1.3.6.1.4.1.2011.2.239.7", "VRP (R) software, Version 8.191 (CE6850)", "huawei-vrp"),
        ("1.3.6.1.4.1.3902.1082.1001.320.2.1", "C320 Version V2.1.0 Software", "zte-zxa10"),
        ("1.3.6.1.4.1.637.61.1", "R6.2.04m ISAM", "nokia-isam"),
        ("1.3.6.1.4.1.6296.1.1.1", "V5824G", "dasan"),
        ("1.3.6.1.4.1.1271.1", "Waveserver", "ciena"),
        ("1.3.6.1.4.1.6141.1.96", "3930 Service Delivery Switch", "ciena"),
        ("1.3.6.1.4.1.42229.1.2", "Groove G30", "infinera"),
        ("1.3.6.1.4.1.7483.1.1.5", "Nokia 1830 PSS v23.6.0 SONET ADM", "nokia-1830"),
        ("1.3.6.1.4.1.2544.1.12.1.1.23", "FSP150CC-XG210", "adva"),
        ("1.3.6.1.4.1.6321.1.2.2.5.3", "E7-2", "calix"),
        ("1.3.6.1.4.1.7800.1.95", "C9500", "ubiquoss"),
        ("1.3.6.1.4.1.1588.2.1.1.1", "Fibre Channel Switch", "brocade-fos"),
        ("1.3.6.1.4.1.1991.1.3.57.1", "Ruckus Wireless, Inc. ICX7250", "brocade-ironware"),
        ("1.3.6.1.4.1.789.2.5", "NetApp Release 9.7P8: Thu Nov 12", "netapp"),
        ("1.3.6.1.4.1.7779.1.1403", "Infoblox IB-1410", "infoblox"),
        ("1.3.6.1.4.1.22610.1.3.8", "AX Series Advanced Traffic Manager AX2500", "a10"),
        ("1.3.6.1.4.1.2620.1.6.123.1.38", "Linux gw 2.6.18-92cpx86_64", "checkpoint"),
    ],
)
def test_an_access_or_transport_device_is_recognised_by_its_family(sys_object_id, sys_descr, profile):
    assert own_catalogue().fitting(sys_object_id, sys_descr)[0].name == profile


def test_smartax_tells_its_boards_and_not_those_that_have_no_thermometer(capsys):
    slot, board, power_input = "1.3.6.1.4.1.2011.6.3.3.2.1", "1.3.6.1.4.1.2011.2.6.7.1.1.2.1", "1.3.6.1.4.1.2011.2.6.7.1.1.5.1"
    cells = (
        row(slot, "0.1", c8=2, c13=47, c21="H805GPFD")
        | row(slot, "0.2", c8=7, c13=2147483647, c21="H801MCUD")
        | row(slot, "0.3", c8=1, c13=0, c21="")
        | row(board, "0.1", c11=31)
        | row(board, "0.2", c11=-1)
        | row(power_input, "0.1.0", c3=1)
        | row(power_input, "0.1.1", c3=2)
    )
    profile, found = probed(device("1.3.6.1.4.1.2011.2.123", "Huawei Integrated Access Software", cells), capsys)
    assert profile == "huawei-smartax"
    assert found == {
        ("temperature", "Slot 0/1 H805GPFD"): 47,
        ("state", "Slot 0/1 H805GPFD"): "ok",
        ("state", "Slot 0/2 H801MCUD"): "critical",
        ("power", "Slot 0/1 H805GPFD"): 31,
        ("state", "Power input 1.0"): "ok",
        ("state", "Power input 1.1"): "critical",
    }


def test_smartax_boards_are_asked_a_second_way_only_where_the_first_is_silent(capsys):
    cells = row("1.3.6.1.4.1.2011.2.6.7.1.1.2.1", "0.4", c7="H801SCUN", c10=39)
    _, found = probed(device("1.3.6.1.4.1.2011.2.123", "Huawei Integrated Access Software", cells), capsys)
    assert found == {("temperature", "Slot 0/4 H801SCUN"): 39}


def test_zxa10_gives_milliwatts_as_watts_and_leaves_out_what_a_card_does_not_measure(capsys):
    card, environment, fan = (f"1.3.6.1.4.1.3902.1082.10.{end}" for end in ("1.2.4.1", "10.2.1.6.1", "10.2.4.11.1"))
    cells = (
        row(card, "1.1.2", c4="GTGO", c5=1)
        | row(card, "1.1.3", c4="SMXA", c5=4)
        | row(environment, "1.1.2", c2=41, c3=21500, c4=12000, c5=0)
        | row(environment, "1.1.3", c2=-1000, c3=0, c4=0, c5=0)
        | row(fan, "1.1.1", c5=1, c6=1, c7=3200)
        | row(fan, "1.1.2", c5=2, c6=2, c7=0)
    )
    profile, found = probed(device("1.3.6.1.4.1.3902.1082.1001.320.2.1", "C320 Version V2.1.0 Software", cells), capsys)
    assert profile == "zte-zxa10"
    assert found == {
        ("state", "GTGO slot 2"): "ok",
        ("state", "SMXA slot 3"): "critical",
        ("temperature", "GTGO slot 2"): 41,
        ("power", "GTGO slot 2"): 21.5,
        ("voltage", "GTGO slot 2"): 12,
        ("fanspeed", "Fan 1"): 3200,
        ("state", "Fan 1"): "ok",
    }


def test_isam_tells_the_boards_planned_and_plugged_in_and_the_heat_of_each_sensor(capsys):
    board, heat = "1.3.6.1.4.1.637.61.1.23.3.1", "1.3.6.1.4.1.637.61.1.23.10.1"
    cells = (
        row(board, 4353, c2="NANT-E", c3="NANT-E", c7=1)
        | row(board, 4354, c2="NGLT-A", c3="EMPTY", c7=3)
        | row(board, 4355, c2="NOT_PLANNED", c3="EMPTY", c7=5)
        | row(heat, "4353.1", c2=44, c3=80, c4=85, c5=90, c6=95)
    )
    profile, found = probed(device("1.3.6.1.4.1.637.61.1", "R6.2.04m 7360", cells), capsys)
    assert profile == "nokia-isam"
    assert found == {
        ("state", "NANT-E"): "ok",
        ("state", "NGLT-A"): "critical",
        ("temperature", "NANT-E sensor 1"): 44,
    }


def test_dasan_gives_its_light_at_the_port_and_no_fan_that_is_not_installed(capsys):
    optics, heat, tray, fan = (f"1.3.6.1.4.1.6296.101.2.{end}" for end in ("2.4.1", "6.1.1", "4.1.1", "5.1.1"))
    cells = (
        row(optics, 5, c2="36.5", c3="3.29", c4="6.05", c5="-2.10", c6="-20.97")
        | row(heat, 1, c2=1, c3=42)
        | row(heat, 2, c2=2, c3=0)
        | row(tray, 1, c2=7)
        | row(tray, 2, c2=-1)
        | row(fan, "1.1", c2=1, c3=5400)
        | row(fan, "2.1", c2=0, c3=0)
    )
    profile, found = probed(device("1.3.6.1.4.1.6296.1.1.1", "V5824G", cells, {5: "5/1"}), capsys)
    assert profile == "dasan"
    assert found["dbm", "5/1 rx power"] == -20.97
    assert found["dbm", "5/1 tx power"] == -2.1
    assert found["current", "5/1 tx bias current"] == pytest.approx(0.00605)
    assert found["temperature", "Temperature 1"] == 42
    assert found["fanspeed", "Fan 1/1"] == 5400
    assert not [each for each in found if each[1] in ("Temperature 2", "Fan 2/1") and each[0] != "state"]
    assert ("state", "Fan 2/1") not in found


def test_fabric_os_tells_each_sensor_by_its_kind_and_none_that_is_absent(capsys):
    system = "1.3.6.1.4.1.1588.2.1.1.1.1"
    cells = (
        row(f"{system}.22.1", 1, c2=1, c3=4, c4=38, c5="SLOT #0: TEMP #1")
        | row(f"{system}.22.1", 2, c2=2, c3=3, c4=900, c5="FAN #1")
        | row(f"{system}.22.1", 3, c2=3, c3=2, c4=0, c5="Power Supply #1")
        | row(f"{system}.22.1", 4, c2=2, c3=6, c4=-2147483648, c5="FAN #2")
        | {f"{system}.7.0": 1, f"{system}.20.0": 1}
    )
    profile, found = probed(device("1.3.6.1.4.1.1588.2.1.1.1", "Fibre Channel Switch", cells), capsys)
    assert profile == "brocade-fos"
    assert found == {
        ("temperature", "SLOT #0: TEMP #1"): 38,
        ("state", "SLOT #0: TEMP #1"): "ok",
        ("fanspeed", "FAN #1"): 900,
        ("state", "FAN #1"): "warning",
        ("state", "Power Supply #1"): "critical",
        ("state", "Switch"): "ok",
        ("state", "Diagnosis"): "ok",
    }


def test_ironware_gives_half_degrees_of_the_stack_and_of_the_chassis_only_without_one(capsys):
    chassis = "1.3.6.1.4.1.1991.1.1.1"
    alone = {f"{chassis}.1.18.0": 81, f"{chassis}.1.19.0": 160, f"{chassis}.1.20.0": 170} | row(f"{chassis}.3.1.1", 1, c3=3)
    stack = (
        row(f"{chassis}.4.1.1", 1, c4=90, c5=160, c6=170)
        | row(f"{chassis}.2.2.1", "1.2", c4=1)
        | row(f"{chassis}.3.2.1", "1.1", c4=2)
    )
    profile, found = probed(device("1.3.6.1.4.1.1991.1.3.57.1", "Ruckus Wireless, Inc. ICX7250", alone), capsys)
    assert profile == "brocade-ironware"
    assert found == {("temperature", "Chassis"): 40.5, ("state", "Fan 1"): "critical"}
    _, found = probed(device("1.3.6.1.4.1.1991.1.3.57.1", "Ruckus Wireless, Inc. ICX7250", alone | stack), capsys)
    assert found == {("temperature", "Unit 1"): 45, ("state", "Unit 1 fan 1"): "ok"}


def test_netapp_tells_the_health_of_each_node(capsys):
    node = "1.3.6.1.4.1.789.1.25.2.1"
    cells = row(node, "110.49", c1="n1", c11=1, c17=2, c18=1, c19=0, c21=1)
    profile, found = probed(device("1.3.6.1.4.1.789.2.5", "NetApp Release 9.7P8: Thu Nov 12", cells), capsys)
    assert profile == "netapp"
    assert found == {
        ("state", "n1 health"): "ok",
        ("state", "n1 temperature"): "ok",
        ("state", "n1 NVRAM battery"): "warning",
        ("count", "n1 failed fans"): 0,
        ("count", "n1 failed power supplies"): 1,
    }


def test_infoblox_tells_the_hardware_among_its_services(capsys):
    service = "1.3.6.1.4.1.7779.3.1.1.2.1.10.1"
    states = {2: 1, 28: 1, 29: 4, 36: 3, 39: 1}
    cells = {}
    for name, state in states.items():
        cells |= row(service, name, c1=name, c2=state, c3="as it says")
    profile, found = probed(device("1.3.6.1.4.1.7779.1.1403", "Infoblox IB-1410", cells), capsys)
    assert profile == "infoblox"
    assert found == {
        ("state", "Fan 1"): "ok",
        ("state", "Power supply 1"): "critical",
        ("state", "CPU 1 temperature"): "ok",
    }


def test_a10_tells_its_temperature_and_which_supply_is_off(capsys):
    hardware = "1.3.6.1.4.1.22610.2.4.1.5"
    cells = {f"{hardware}.1.0": 41, f"{hardware}.7.0": 1, f"{hardware}.8.0": 0}
    cells |= row(f"{hardware}.9.1", 1, c2="Fan1A", c3=4) | row(f"{hardware}.9.1", 2, c2="Fan1B", c3=0)
    profile, found = probed(device("1.3.6.1.4.1.22610.1.3.8", "AX Series AX2500", cells), capsys)
    assert profile == "a10"
    assert found == {
        ("temperature", "System"): 41,
        ("state", "Lower power supply"): "ok",
        ("state", "Upper power supply"): "critical",
        ("state", "Fan1A"): "ok",
        ("state", "Fan1B"): "critical",
    }


def test_check_point_writes_values_as_texts_and_those_that_it_could_not_read_are_left_out(capsys):
    sensors = "1.3.6.1.4.1.2620.1.6.7.8"
    cells = (
        row(f"{sensors}.1.1", "1.0", c2="CPU Temp", c3="44.50", c4="Celsius", c6=0)
        | row(f"{sensors}.1.1", "2.0", c2="Intake Temp", c3="0.00", c4="Celsius", c6=2)
        | row(f"{sensors}.2.1", "1.0", c2="System Fan", c3="3391", c4="RPM", c6=1)
        | row(f"{sensors}.3.1", "1.0", c2="VCC", c3="3.31", c4="Volt", c6=0)
        | row("1.3.6.1.4.1.2620.1.6.7.7.1.1", "1.0", c2=0, c6=1)
    )
    profile, found = probed(device("1.3.6.1.4.1.2620.1.6.123.1.38", "Linux gw", cells), capsys)
    assert profile == "checkpoint"
    values = {name: value for name, value in found.items() if name[0] != "state"}
    assert values == {("temperature", "CPU Temp"): 44.5, ("fanspeed", "System Fan"): 3391, ("voltage", "VCC"): 3.31}
    assert found["state", "System Fan"] == "critical"
    assert found["state", "RAID volume 0"] == "warning"


def test_qnap_is_told_from_other_linux_by_what_it_answers_and_tells_no_empty_slot(capsys):
    system = "1.3.6.1.4.1.24681.1.3"
    cells = (
        {f"{system}.5.0": 52, f"{system}.6.0": 34}
        | row(f"{system}.11.1", 1, c2="HDD1", c3=37, c4=0)
        | row(f"{system}.11.1", 2, c2="HDD2", c3=0, c4=-5)
        | row(f"{system}.15.1", 1, c2="System FAN 1", c3=740)
    )
    profile, found = probed(device("1.3.6.1.4.1.8072.3.2.10", "Linux TS-453A 5.1.1", cells), capsys)
    assert profile == "qnap"
    assert found == {
        ("temperature", "CPU"): 52,
        ("temperature", "System"): 34,
        ("temperature", "HDD1"): 37,
        ("state", "HDD1"): "ok",
        ("fanspeed", "System FAN 1"): 740,
    }
