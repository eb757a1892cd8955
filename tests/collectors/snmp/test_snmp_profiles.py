"""What a profile's tables find on a device, and what its regular poll makes of it."""

import math

import numpy as np
import pytest

from collectors.snmp import ber
from collectors.snmp.found import Found
from collectors.snmp.inventory import take_inventory
from collectors.snmp.planning import plan_of
from collectors.snmp.regular import Reading, poll_regularly
from collectors.snmp.seldom import often, seldom
from noc_console.profiles.catalogue import Catalogue, own_catalogue, profile_of
from tests.collectors.snmp.talking import talk
from tests.servers.snmp_agent import Agent, switch

ACME = "1.3.6.1.4.1.32473"
TABLE = f"{ACME}.1.1"
ENTITY = "1.3.6.1.2.1.47.1.1.1.1.7"
HEAD = f'name = "acme"\ntitle = "Acme"\nwritten_from = ["ACME-MIB"]\nsys_object_ids = ["{ACME}"]\n'


def integers(**columns):
    """`c3={"1.2": 5}`: column 3 of the table."""
    return {f"{TABLE}.{name[1:]}.{row}": (ber.INTEGER, value) for name, rows in columns.items() for row, value in rows.items()}


def texts(**columns):
    return {
        f"{TABLE}.{name[1:]}.{row}": (ber.OCTET_STRING, value.encode())
        for name, rows in columns.items()
        for row, value in rows.items()
    }


class Looked:
    """A device as its profile finds it."""

    def __init__(self, profile, objects, *, ports=0, only=lambda found: found):
        told = profile_of(HEAD + profile, "acme.toml")
        self.agent = Agent(switch(ports, 0) | {"1.3.6.1.2.1.1.2.0": (ber.OBJECT_IDENTIFIER, ber.oid(f"{ACME}.9"))} | objects)
        self.found = Found()
        catalogue = Catalogue({**own_catalogue().profiles, "acme": told})
        talk(take_inventory(catalogue, self.found, has_bulk=True), self.agent)
        self.plan = plan_of(only(self.found), has_bulk=True)
        self.poll()

    def poll(self):
        self.reading = Reading(np.full(self.plan.size, np.nan))
        talk(poll_regularly(self.plan, self.reading), self.agent)
        self.values = dict(zip(self.plan.layout.keys, self.plan.values(self.reading.raw).tolist(), strict=True))
        self.words = {(component, metric): text for component, metric, text in self.plan.texts(self.reading.raw)}

    def of(self, metric):
        return {component: value for (component, m), value in self.values.items() if m == metric}


def table(text, *, kind="temperature"):
    return f'[[sensors]]\nname = "acmeTable"\nmib = "ACME-MIB"\nbase = "{TABLE}"\nvalue = ".3"\nclass = "{kind}"\n{text}\n'


def test_names_come_from_other_tables_by_parts_of_the_index_pointers_and_texts():
    objects = integers(c3={"7.1": 20, "7.2": 21, "8.1": 22}, c4={"7.1": 900, "7.2": 901, "8.1": 900})
    objects |= {f"{ENTITY}.900": (ber.OCTET_STRING, b"Fan tray"), f"{ENTITY}.901": (ber.OCTET_STRING, b"Supply")}
    objects |= {f"{TABLE}.9.{slot}": (ber.OCTET_STRING, f"Card {slot}".encode()) for slot in (7, 8)}
    names = f'names = ["{{.9 @ [1]}} {{{ENTITY} @ <.4>}} {{[2]+1}}"]'
    assert set(Looked(table(names), objects).of("temperature_celsius")) == {
        "Card 7 Fan tray 2",
        "Card 7 Supply 3",
        "Card 8 Fan tray 2",
    }


def test_a_name_whose_part_is_missing_gives_way_and_names_alike_become_different():
    objects = integers(c3={"1": 20, "2": 21, "3": 22, "4": 23}) | texts(c5={"1": "Inlet", "2": "Inlet", "3": "Outlet", "4": ""})
    looked = Looked(table('names = [".5", "Probe {[1]}"]'), objects)
    assert set(looked.of("temperature_celsius")) == {"Probe 1", "Probe 2", "Outlet", "Probe 4"}
    looked = Looked(table('names = [".5"]\nreplace = [["let$", ""]]'), objects)
    assert set(looked.of("temperature_celsius")) == {"In 1", "In 2", "Out", "temperature 4"}


def test_text_and_addresses_in_an_index_are_read():
    index = ".".join(map(str, (3, *b"abc")))
    address = "2.0.94.0.83.1"
    looked = Looked(table('names = ["{text [1-4]} {mac [5-10]}"]'), integers(c3={f"{index}.{address}": 20}))
    assert set(looked.of("temperature_celsius")) == {"abc 02:00:5e:00:53:01"}


def test_numbers_of_a_column_are_written_in_words():
    objects = integers(c3={"1": 20, "2": 21}, c4={"1": 1, "2": 2})
    looked = Looked(table('names = ["{.4} air"]\nlabels.".4" = { 1 = "Inlet", 2 = "Outlet" }'), objects)
    assert set(looked.of("temperature_celsius")) == {"Inlet air", "Outlet air"}


def test_several_values_of_a_row_are_asked_side_by_side():
    objects = integers(
        c3={str(n): 2300 + n for n in range(1, 21)}, c4={str(n): n for n in range(1, 21)}, c5={str(n): 500 for n in range(1, 21)}
    )
    profile = f"""
        [[sensors]]
        name = "acmeTable"
        mib = "ACME-MIB"
        base = "{TABLE}"
        names = ["Phase {{[1]}}"]
        [[sensors.each]]
        value = ".3"
        label = "voltage"
        class = "voltage"
        divisor = 10
        [[sensors.each]]
        value = ".4"
        label = "current"
        class = "current"
        [[sensors.each]]
        value = ".5"
        label = "frequency"
        class = "frequency"
        scale = 0.1
    """
    looked = Looked(profile, objects)
    assert looked.values["Phase 7 voltage", "voltage_volts"] == 230.7
    assert looked.values["Phase 7 current", "current_amperes"] == 7
    assert looked.values["Phase 7 frequency", "frequency_hertz"] == 50
    wide = [block for block in looked.plan.blocks if len(block.columns) == 3 and len(block.rows) > 1]
    assert sum(len(block.rows) for block in wide) == 20
    assert looked.reading.misfits == 0


@pytest.mark.parametrize(
    ("how", "raw", "expected"),
    [
        ('unit = "°F"', 77, 25),
        ('unit = "°F"\nscale = 0.1', 770, 25),
        ('unit = "K"\nscale = 0.1', 2982, 25.05),
        ("divisor = 10", 253, 25.3),
        ("offset = -50", 75, 25),
        ("absent = [-9999]", -9999, math.nan),
        ("absent = [0]", 0, math.nan),
        ("least = -40", -41, math.nan),
        ('precision_object = ".6"', 253, 25.3),
        ('scale_object = ".6"\nscales = { 1 = 0.01 }', 253, 2.53),
        ('divisor_object = ".7"', 2530, 25.3),
        ('divide_by = ".7"\nscale = 100', 25, 25),
        ('divide_by = ".8"', 25, math.nan),
        ('status_object = ".6"\nstatus_ok = [1]', 25, 25),
        ('status_object = ".6"\nstatus_ok = [2]', 25, math.nan),
    ],
)
def test_a_raw_number_becomes_a_value(how, raw, expected):
    objects = integers(c3={"1": raw}, c6={"1": 1}, c7={"1": 100}, c8={"1": 0})
    found = Looked(table(f'names = ["Probe"]\n{how}'), objects).values["Probe", "temperature_celsius"]
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("45.2 C", 45.2), ("12,3", 12.3), ("+3.1 dBm", 3.1), ("0x2A", 42), (" 45 %", 45), ("N/A", math.nan), ("", math.nan)],
)
def test_a_number_in_a_text_counts(text, expected):
    looked = Looked(table('names = ["Probe"]'), texts(c3={"1": text}))
    assert looked.values["Probe", "temperature_celsius"] == pytest.approx(expected, nan_ok=True)


def test_rows_count_where_they_say_so():
    objects = integers(c3={"1": 20, "2": 21, "3": 22, "4": 23}, c4={"1": 1, "2": 2, "3": 1}) | texts(c5={"3": "Empty"})
    looked = Looked(table('names = ["Probe {[1]}"]\nwhere = { ".4" = [1, 5] }\nunless = { ".5" = ["empty"] }'), objects)
    assert set(looked.of("temperature_celsius")) == {"Probe 1"}


def test_a_class_by_a_column_and_by_a_unit():
    objects = integers(c3={"1": 20, "2": 3000, "3": 212, "4": 9}, c4={"1": 1, "2": 2, "3": 9, "4": 9}) | texts(
        c5={"3": "F", "4": "?"}
    )
    profile = f"""
        [[sensors]]
        name = "acmeTable"
        mib = "ACME-MIB"
        base = "{TABLE}"
        value = ".3"
        names = ["Probe {{[1]}}"]
        class_object = ".4"
        classes = {{ 1 = "humidity", 2 = {{ class = "current", unit = "mA" }} }}
        units_object = ".5"
        units = {{ "f" = {{ class = "temperature", unit = "°F" }} }}
    """
    looked = Looked(profile, objects)
    assert looked.values["Probe 1", "humidity_percent"] == 20
    assert looked.values["Probe 2", "current_amperes"] == 3
    assert looked.values["Probe 3", "temperature_celsius"] == pytest.approx(100)
    assert not any(component == "Probe 4" for component, _ in looked.values)


def test_states_are_levels_with_the_devices_own_words_of_numbers_and_texts():
    states = (
        'states = { 1 = "ok normal", 200 = "critical shutdown", "Degraded" = "warning", -1 = "absent" }\nnames = ["Fan {[1]}"]'
    )
    objects = integers(c3={"1": 1, "2": 200, "3": -1, "4": 77}) | texts(c3={"5": "degraded "})
    looked = Looked(table(states, kind="state"), objects)
    assert looked.of("state") == {
        "Fan 1": 0,
        "Fan 2": 2,
        "Fan 3": pytest.approx(math.nan, nan_ok=True),
        "Fan 4": pytest.approx(math.nan, nan_ok=True),
        "Fan 5": 1,
    }
    assert looked.words == {("Fan 1", "state"): "normal", ("Fan 2", "state"): "shutdown", ("Fan 5", "state"): "warning"}


def test_bits_are_states_of_which_the_worst_counts():
    bits = 'bits = { 0 = "warning filter", 3 = "critical over temperature" }\nnames = ["Unit {[1]}"]'
    looked = Looked(table(bits, kind="state"), integers(c3={"1": 0, "2": 1, "3": 9, "4": 4}))
    assert looked.of("state") == {"Unit 1": 0, "Unit 2": 1, "Unit 3": 2, "Unit 4": 0}
    assert looked.words["Unit 3", "state"] == "filter, over temperature"


def test_limits_of_the_device_go_to_the_judge_in_the_unit_of_the_metric():
    objects = integers(c3={"1": 200, "2": 210}, c7={"1": 300, "2": 0}, c8={"1": 350, "2": 360}, c9={"1": 50, "2": 60})
    limits = 'limits = { high_warning = ".7", high_critical = ".8", low_critical = ".9" }\nlimits_absent = [0]'
    looked = Looked(table(f'names = ["Probe {{[1]}}"]\nscale = 0.1\n{limits}'), objects)
    told = looked.found.limits()
    assert told["Probe 1"]["temperature_celsius"] == pytest.approx({"minor": 30, "critical": 35, "low-critical": 5})
    assert told["Probe 2"]["temperature_celsius"] == pytest.approx({"critical": 36, "low-critical": 6})


def test_light_is_the_ports_and_of_its_lanes_where_it_has_several():
    objects = integers(c3={"1.1": 1000, "2.1": 500, "2.2": 100, "9.1": 1, "3.1": 0})
    how = 'port = "[1]"\nlane = "[2]"\nunit = "µW"\nnames = ["{port} rx power", "Stray {index}"]\nabsent = [0]'
    looked = Looked(table(how, kind="rx_power"), objects, ports=4)
    assert looked.of("rx_power_dbm") == {
        "Gi1": pytest.approx(0),
        "Gi2 lane 1": pytest.approx(-3.0103, abs=1e-3),
        "Gi2 lane 2": pytest.approx(-10),
        "Gi3": pytest.approx(math.nan, nan_ok=True),
        "Stray 9.1": pytest.approx(-30),
    }


def test_a_port_is_found_by_its_name_too():
    looked = Looked(
        table('port_name = ".5"\nnames = ["{port} module"]'),
        integers(c3={"7": 41}) | texts(c5={"7": "GigabitEthernet2"}),
        ports=3,
    )
    assert looked.of("temperature_celsius") == {"Gi2 module": 41}


def test_seldom_values_have_a_plan_of_their_own():
    objects = integers(c3={"1": 20})
    profile = table('names = ["Energy"]\npoll = "seldom"', kind="power_consumed")
    assert ("Energy", "energy_joules_total") not in Looked(profile, objects, ports=2, only=often).values
    assert Looked(profile, objects, ports=2, only=seldom).values == {("Energy", "energy_joules_total"): 72_000_000}


def test_a_table_stands_back_where_another_is_found_and_a_profile_leaves_tables_out():
    second = table('names = ["Old"]\nunless_found = ["acmeTable"]').replace("acmeTable", "oldTable", 1).replace('".3"', '".13"')
    objects = integers(c3={"1": 20}, c13={"1": 21})
    looked = Looked(table('names = ["New"]') + second, objects)
    assert set(looked.of("temperature_celsius")) == {"New"}
    assert set(Looked(second, objects).of("temperature_celsius")) == {"Old"}
    hosts = {
        "1.3.6.1.4.1.2021.13.16.2.1.3.1": (ber.GAUGE32, 42000),
        "1.3.6.1.4.1.2021.13.16.2.1.2.1": (ber.OCTET_STRING, b"Core 0"),
    }
    assert set(Looked("", hosts).of("temperature_celsius")) == {"Core 0"}
    assert not Looked('without = ["lmTempSensorsTable"]', hosts).of("temperature_celsius")


def test_gauges_of_the_device_itself_are_kept_under_it_and_are_no_sensors():
    looked = Looked("", {"1.3.6.1.4.1.2021.11.11.0": (ber.INTEGER, 97), "1.3.6.1.4.1.2021.4.5.0": (ber.INTEGER, 1024)})
    assert looked.values["", "cpu_utilization_percent"] == 3
    assert looked.values["", "memory_total_bytes"] == 1024 * 1024


def test_facts_come_from_scalars_first_rows_and_the_description():
    profile = f'facts = {{ serial = ["{TABLE}.1.0", "{TABLE}.2"] }}\nfacts_in_sys_descr = {{ model = "Test (\\\\w+)" }}'
    looked = Looked(profile, texts(c2={"5": "SN-7"}))
    assert looked.found.system["serial"] == "SN-7"
    assert looked.found.system["model"] == "switch"


def test_columns_and_facts_are_added_to_ports_that_are_known():
    profile = f"""
        [[ports]]
        name = "acmePortTable"
        mib = "ACME-MIB"
        base = "{TABLE}"
        adds = true
        facts = {{ module = ".2" }}
        [[ports.columns]]
        name = "acmePortTemperature"
        object = ".3"
        metric = "temperature_celsius"
    """
    looked = Looked(profile, texts(c2={"2": "SFP-LR"}) | integers(c3={"2": 40, "77": 1}), ports=3)
    assert looked.found.facts()["Gi2"]["module"] == "SFP-LR"
    assert looked.of("temperature_celsius") == {"Gi2": 40}
    assert looked.reading.misfits == 0
