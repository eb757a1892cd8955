"""Small devices of power, cooling and management made by hand from the MIBs, as `probe` tells them."""

import pytest

from tests.collectors.snmp.test_network_devices import device, probed, row


@pytest.fixture(autouse=True)
def no_places_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def test_a_pdu_of_apc_tells_hundredths_of_kilowatts_and_leaves_out_what_it_does_not_measure(capsys):
    base = "1.3.6.1.4.1.318.1.1.26"
    cells = (
        row(f"{base}.4.3.1", 1, c4=2, c5=152, c9=12345, c13=1, c14=3, c16=-1)
        | row(f"{base}.6.3.1", 1, c2=1, c3=1, c4=2, c5=66, c6=230)
        | row(f"{base}.8.3.1", 1, c2=1, c3=2, c4=3, c5=140)
    )
    profile, found = probed(device("1.3.6.1.4.1.318.1.3.4.6", "APC Web/SNMP Management Card", cells), capsys)
    assert profile == "apc-pdu"
    assert found["power", "PDU power"] == pytest.approx(1520)
    assert found["power_consumed", "PDU energy"] == pytest.approx(1234.5)
    assert found["current", "Phase 1 current"] == pytest.approx(6.6)
    assert found["voltage", "Phase 1 voltage"] == 230
    assert found["state", "Bank 2 load"] == "warning"
    assert found["state", "PDU power supply 1"] == "ok"
    assert not {("state", "PDU power supply 2"), ("power", "PDU apparent power")} & found.keys()


def test_a_ups_of_apc_is_told_once_and_by_its_tenths(capsys):
    ups = "1.3.6.1.4.1.318.1.1.1"
    cells = {
        f"{ups}.2.1.1.0": 2,
        f"{ups}.2.2.1.0": 99,
        f"{ups}.2.2.3.0": 360000,
        f"{ups}.2.3.1.0": 994,
        f"{ups}.2.3.2.0": 251,
        f"{ups}.4.1.1.0": 3,
        f"{ups}.4.3.3.0": 123,
        "1.3.6.1.2.1.33.1.2.4.0": 99,
    }
    profile, found = probed(device("1.3.6.1.4.1.318.1.3.27", "APC Web/SNMP Management Card", cells), capsys)
    assert profile == "apc-ups"
    assert found["charge", "Battery charge"] == pytest.approx(99.4)
    assert [key for key in found if key[0] == "charge"] == [("charge", "Battery charge")]
    assert found["temperature", "Battery temperature"] == pytest.approx(25.1)
    assert found["runtime", "Runtime remaining"] == pytest.approx(60)
    assert found["load", "Output load"] == pytest.approx(12.3)
    assert found["state", "Output status"] == "warning"


def test_raritan_tells_what_a_number_is_by_its_unit_and_decimals(capsys):
    base = "1.3.6.1.4.1.13742.6"
    cells = row(f"{base}.3.3.3.1", "1.1", c2="I1", c3="Feed A")
    for kind, unit, digits, value in ((1, 2, 3, 7467), (4, 1, 0, 229), (5, 3, 0, 1665), (7, -1, 2, 98), (8, 5, 0, 74057676)):
        cells |= row(f"{base}.3.3.4.1", f"1.1.{kind}", c6=unit, c7=digits)
        cells |= row(f"{base}.5.2.3.1", f"1.1.{kind}", c2=1, c3=4, c4=value)
    cells |= row(f"{base}.3.6.3.1", "1.1", c2=10, c4="Rack top", c17=1) | row(f"{base}.5.5.3.1", "1.1", c2=1, c3=4, c4=231)
    cells |= row(f"{base}.3.6.3.1", "1.2", c2=10, c4="Unplugged", c17=1) | row(f"{base}.5.5.3.1", "1.2", c2=2, c3=-1, c4=0)
    profile, found = probed(device("1.3.6.1.4.1.13742.6", "Raritan PDU", cells), capsys)
    assert profile == "raritan-px"
    values = {kind: value for (kind, name), value in found.items() if name.startswith("Inlet Feed A")}
    assert values == {
        "current": pytest.approx(7.467),
        "voltage": 229,
        "power": 1665,
        "power_factor": pytest.approx(0.98),
        "power_consumed": pytest.approx(74057.676),
    }
    assert found["temperature", "Rack top"] == pytest.approx(23.1)
    assert ("temperature", "Unplugged") not in found


def test_raritan_tells_what_a_number_is_by_its_index_where_the_firmware_tells_no_unit(capsys):
    base = "1.3.6.1.4.1.13742.6"
    cells = row(f"{base}.3.3.3.1", "1.1", c2="I1")
    for kind, value in ((1, 66), (4, 2290), (8, 7405)):
        cells |= row(f"{base}.3.3.4.1", f"1.1.{kind}", c7=1) | row(f"{base}.5.2.3.1", f"1.1.{kind}", c4=value)
    _, found = probed(device("1.3.6.1.4.1.13742.6", "Raritan PDU", cells), capsys)
    assert found["current", "Inlet I1 current"] == pytest.approx(6.6)
    assert found["voltage", "Inlet I1 voltage"] == pytest.approx(229)
    assert found["power_consumed", "Inlet I1 energy"] == pytest.approx(0.7405)


def test_an_air_conditioner_of_apc_tells_its_own_numbers_in_words_row_by_row(capsys):
    base = "1.3.6.1.4.1.318.1.1.27.1.4.2.2.1"
    cells = (
        row(base, "1.1", c2="Condenser valve", c4=1, c5="Open(0),Closed(1)")
        | row(base, "1.2", c2="Role", c4=1, c5="Primary (0), Secondary (1)")
        | row(base, "1.3", c2="Input", c4=0, c5="Strange(0)")
    )
    profile, found = probed(device("1.3.6.1.4.1.318.1.3.14.17", "APC Web/SNMP Management Card", cells), capsys)
    assert profile == "apc-inrow"
    states = {name: state for (kind, name), state in found.items() if kind == "state"}
    assert states == {"Condenser valve": "ok", "Role": "warning", "Input": "unknown"}


def test_what_stands_in_for_a_table_is_asked_where_that_table_has_rows_without_a_value(capsys):
    own, older = "1.3.6.1.4.1.318.1.1.26.4.3.1", "1.3.6.1.4.1.318.1.1.12.1"
    cells = row(own, 1, c4=5, c5=-1, c13=1) | {f"{older}.16.0": 312}
    _, found = probed(device("1.3.6.1.4.1.318.1.3.4.5", "APC Web/SNMP Management Card", cells), capsys)
    assert found["power", "Power"] == 312
    _, found = probed(device("1.3.6.1.4.1.318.1.3.4.5", "APC Web/SNMP Management Card", cells | row(own, 1, c5=31)), capsys)
    assert [name for kind, name in found if kind == "power"] == ["PDU power"]


def test_stulz_tells_tenths_of_each_unit_under_its_own_name(capsys):
    names, air = "1.3.6.1.4.1.29462.10.1.1.6.1.1.393221", "1.3.6.1.4.1.29462.10.2.1.1.1.1.1.1.1"
    cells = {f"{names}.1.1": "CRAC 1", f"{names}.1.2": "CRAC 2"}
    cells |= {f"{air}.1192.1.1.1": 245, f"{air}.1193.1.1.1": 180, f"{air}.1192.1.2.1": 251}
    profile, found = probed(device("1.3.6.1.4.1.29462.10", "WIB8000", cells), capsys)
    assert profile == "stulz-wib8000"
    assert {name: value for (kind, name), value in found.items() if kind == "temperature"} == {
        "CRAC 1 return air temperature": pytest.approx(24.5),
        "CRAC 1 supply air temperature": pytest.approx(18),
        "CRAC 2 return air temperature": pytest.approx(25.1),
    }


def test_rittal_scales_by_factor_or_divisor_and_hides_what_has_no_value(capsys):
    var = "1.3.6.1.4.1.2606.7.4.2.2.1"
    cells = (
        row("1.3.6.1.4.1.2606.7.4.1.2.1", 1, c2="CMCIII-PU", c3="Row A", c6=2)
        | row(var, "1.2", c3="Temperature.Value", c4=2, c5="°C", c6=2, c7=-10, c11=235, c14=2)
        | row(var, "1.3", c3="Humidity.Value", c4=2, c5="%", c6=2, c7=1, c11=41, c14=2)
        | row(var, "1.4", c3="Air.Value", c4=2, c5="°C", c6=2, c7=-10, c11=0, c14=22)
        | row(var, "1.5", c3="Temperature.SetPtHighAlarm", c4=3, c5="°C", c6=2, c7=-10, c11=350, c14=2)
    )
    profile, found = probed(device("1.3.6.1.4.1.2606.7", "Rittal CMC III PU", cells), capsys)
    assert profile == "rittal-cmc3"
    assert found["temperature", "Row A Temperature"] == pytest.approx(23.5)
    assert found["humidity", "Row A Humidity"] == 41
    assert len([key for key in found if key[0] == "temperature"]) == 1


def test_idrac_tells_tenths_of_degrees_amperes_of_supplies_and_watts_of_the_system(capsys):
    base = "1.3.6.1.4.1.674.10892.5.4"
    cells = (
        row(f"{base}.700.20.1", "1.1", c5=3, c6=230, c8="System Board Inlet Temp", c10=470)
        | row(f"{base}.700.12.1", "1.1", c5=5, c6=0, c8="System Board Fan1")
        | row(f"{base}.600.30.1", "1.1", c5=3, c6=4, c7=23, c8="PS1 Current 1")
        | row(f"{base}.600.30.1", "1.3", c5=3, c6=112, c7=26, c8="System Board Pwr Consumption")
        | row(f"{base}.1100.50.1", "1.1", c5=4, c8="DIMM A1")
    )
    profile, found = probed(device("1.3.6.1.4.1.674.10892.5", "iDRAC9", cells), capsys)
    assert profile == "dell-idrac"
    assert found["temperature", "System Board Inlet Temp"] == pytest.approx(23)
    assert found["fanspeed", "System Board Fan1"] == 0
    assert found["state", "System Board Fan1 status"] == "critical"
    assert found["current", "PS1 Current 1"] == pytest.approx(0.4)
    assert found["power", "System Board Pwr Consumption"] == 112
    assert found["state", "DIMM A1"] == "warning"


def test_ilo_leaves_out_empty_bays_and_probes_without_a_value(capsys):
    base = "1.3.6.1.4.1.232.6.2"
    cells = (
        row(f"{base}.6.8.1", "0.1", c3=11, c4=21, c5=42, c6=2)
        | row(f"{base}.6.8.1", "0.2", c3=6, c4=-99, c5=0, c6=1)
        | row(f"{base}.9.3.1", "0.1", c3=3, c4=2, c5=1, c6=228, c7=45)
        | row(f"{base}.9.3.1", "0.2", c3=2, c4=1, c5=1, c6=0, c7=0)
    )
    profile, found = probed(device("1.3.6.1.4.1.232.9.4.10", "Integrated Lights-Out 4", cells), capsys)
    assert profile == "hpe-ilo"
    assert found["temperature", "Ambient 1"] == 21
    assert len([key for key in found if key[0] == "temperature"]) == 1
    assert found["power", "Power supply 1 power"] == 45
    assert not [name for _, name in found if name.startswith("Power supply 2")]


def test_a_probe_of_akcp_that_is_offline_is_not_there(capsys):
    base = "1.3.6.1.4.1.3854.1.2.2.1"
    cells = (
        row(f"{base}.16.1", 0, c1="Cold aisle", c3=24, c4=2, c5=1, c12=1)
        | row(f"{base}.16.1", 1, c1="Hot aisle", c3=95, c4=3, c5=1, c12=0)
        | row(f"{base}.16.1", 2, c1="Nothing", c3=0, c4=1, c5=2, c12=1)
        | row(f"{base}.17.1", 0, c1="Room", c3=45, c4=2, c5=1)
    )
    profile, found = probed(device("1.3.6.1.4.1.3854.1", "sensorProbe2", cells), capsys)
    assert profile == "akcp"
    assert found["temperature", "Cold aisle"] == 24
    assert found["temperature", "Hot aisle"] == pytest.approx(35)
    assert found["state", "Hot aisle status"] == "warning"
    assert found["humidity", "Room"] == 45
    assert not [name for _, name in found if name.startswith("Nothing")]
