"""The language of profiles: what is short is made whole, mistakes are told with their line, a bad file costs only itself."""

import contextlib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noc_console.commands.profiles import table_of
from noc_console.profiles.catalogue import Catalogue, ProfileError, catalogue_with, own_catalogue, profile_of
from noc_console.profiles.classes import SENSOR_CLASSES
from noc_console.profiles.profile import Kind
from noc_console.profiles.template import (
    Follow,
    Index,
    Own,
    Reference,
    Show,
    TemplateError,
    Word,
    columns_of,
    index_of,
    template_of,
)

HEAD = 'name = "acme"\ntitle = "Acme"\nwritten_from = ["ACME-MIB"]\n'
BASE = "1.3.6.1.4.1.32473.1.1"


def profile(text: str):
    return profile_of(f"{HEAD}{text}", "acme.toml")


def test_objects_continue_the_base_and_each_spreads_a_table():
    first, second = profile(
        f"""
        [[sensors]]
        name = "acmeTable"
        mib = "ACME-MIB"
        base = "{BASE}"
        names = [".2", "Slot {{[1]}} {{.7 @ <.5>.0}} {{1.3.6.9 @ [2-]}}"]
        class = "temperature"
        where = {{ ".4" = [1], ".6 @ [1].3" = ["on"] }}
        limits = {{ high_warning = ".8", high_critical = 75 }}
        labels.".4" = {{ 1 = "Inlet" }}
        [[sensors.each]]
        value = ".3"
        label = "inlet"
        divisor = 10
        [[sensors.each]]
        value = ".9.0"
        class = "voltage"
        unit = "mV"
        poll = "seldom"
        """
    ).sensors
    assert (first.value, second.value) == (f"{BASE}.3", f"{BASE}.9")
    assert first.names == (f"{BASE}.2", f"Slot {{[1]}} {{{BASE}.7 @ <{BASE}.5>.0}} {{1.3.6.9 @ [2-]}}")
    assert first.scale == 0.1
    assert first.where == {f"{BASE}.4": (1,), f"{BASE}.6 @ [1].3": ("on",)}
    assert first.limits == {"high_warning": f"{BASE}.8", "high_critical": 75}
    assert first.labels == {f"{BASE}.4": {"1": "Inlet"}}
    assert (second.sensor_class, second.unit, second.seldom, first.seldom) == ("voltage", "mV", True, False)


def test_a_class_by_a_column_may_bring_its_unit():
    (table,) = profile(
        """
        [[sensors]]
        name = "t"
        mib = "M"
        value = "1.3.6.1"
        class_object = "1.3.6.2"
        classes = { 1 = "temperature", 2 = { class = "power", unit = "kW", scale = 0.1 }, "fan" = "fanspeed" }
        """
    ).sensors
    assert table.classes["1"] == Kind(sensor_class="temperature")
    assert table.classes["2"] == Kind(sensor_class="power", unit="kW", scale=0.1)
    assert table.classes["fan"].sensor_class == "fanspeed"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'warmth'", 8, "warmth"),
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'power'\nunit = '°F'", 9, "°F"),
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'power'\n\nnames = ['{1.2']", 10, "brace"),
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'power'\nclas = 'x'", 9, "clas"),
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'state'\nstates = { 1 = 'fine' }", 9, "fine"),
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'state'", 4, "states"),
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'power'\nwhere = { '[0]' = [1] }", 9, "[1]"),
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'power'\nwords_object = '1.3'", 9, "level"),
        (
            "[[sensors]]\nname = 'a'\nmib = 'M'\nvalue = '1.2'\nclass = 'power'\n"
            "[[sensors]]\nname = 'b'\nmib = 'M'\nclass = 'power'"
            "\n[[sensors.each]]\nvalue = '1.2'\n[[sensors.each]]\nvalue = '1.3'\nscale = 'ten'",
            17,
            "scale",
        ),
        ("[[sensors]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nclass = 'power'\nport = '[0]'", 9, "[1]"),
        ("[[gauges]]\nname = 't'\nmib = 'M'\nvalue = '1.2'\nmetric = 'Nonsense'", 8, "metric"),
        ("[[neighbour_tables]]\nname = 't'\nmib = 'M'\nprotocol = 'cdp'\nport = '[1]'", 4, "host"),
        ("[[recognised]]\nsys_descr = '('", 5, "("),
        ("x = = 1", 4, "acme.toml"),
        ("neighbours = ['pigeons']", 4, "pigeons"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(text, line, says):
    with pytest.raises(ProfileError) as told:
        profile(text)
    assert f"acme.toml:{line}:" in str(told.value)
    assert says in str(told.value)


def test_every_mistake_is_told_at_once():
    with pytest.raises(ProfileError) as told:
        profile(
            "[[sensors]]\nname = 'a'\nmib = 'M'\nvalue = '1.2'\nclass = 'x'\nport = '['\n[[gauges]]\nname='b'\nmib='M'\nvalue='1'"
        )
    assert len(str(told.value).splitlines()) == 3


@given(st.text(max_size=40))
def test_any_template_is_read_or_refused(text):
    for parse in (template_of, index_of):
        with contextlib.suppress(TemplateError):
            list(columns_of(parse(text)))


def test_templates_and_indexes_are_what_they_say():
    assert template_of("Slot {[1]+1} {1.3.6 @ <1.3.7>.1}") == (
        "Slot ",
        Show(Own(1, 1, 1)),
        " ",
        Show(Reference("1.3.6", Index((Follow(Reference("1.3.7")), 1)))),
    )
    assert template_of("1.3.6.1") == (Show(Reference("1.3.6.1")),)
    assert template_of("{port} {mac [2-7]}{1.3?}") == (
        Word("port"),
        " ",
        Show(Own(2, 7), "mac"),
        Show(Reference("1.3"), "", True),
    )
    assert index_of("<1.3.9 @ [1].*>") == Index((Follow(Reference("1.3.9", Index((Own(1, 1),), is_prefix=True))),))


# --- which profile --------------------------------------------------------------------------------------------------------------


def catalogue_of(**profiles: str) -> Catalogue:
    return Catalogue(
        {
            name: profile_of(f'name = "{name}"\ntitle = "{name}"\nwritten_from = ["M"]\n{text}', f"{name}.toml")
            for name, text in profiles.items()
        }
    )


NET_SNMP = "1.3.6.1.4.1.8072.3.2.10"


def test_a_shared_identifier_is_told_apart_by_an_object_that_only_one_of_them_has():
    catalogue = catalogue_of(
        linux=f"sys_object_ids = ['{NET_SNMP}']",
        acme=f"builds_on = ['linux']\n[[recognised]]\nsys_object_id = '{NET_SNMP}'\npresent = '1.3.6.1.4.1.32473'",
        other=f"[[recognised]]\nsys_object_id = '{NET_SNMP}'\nsys_descr = 'Other'\npresent = '1.3.6.1.4.1.99'",
        standard="priority = 1",
    )

    def fits(descr, *present):
        return [each.name for each in catalogue.fitting(NET_SNMP, descr, present)]

    assert catalogue.questions(NET_SNMP, "Linux") == ("1.3.6.1.4.1.32473",)
    assert set(catalogue.questions(NET_SNMP, "Other")) == {"1.3.6.1.4.1.32473", "1.3.6.1.4.1.99"}
    assert catalogue.questions("1.3.6.1.4.1.9.1", "") == ()
    assert fits("Linux") == ["linux", "standard"]
    assert fits("Linux", "1.3.6.1.4.1.32473") == ["acme", "linux", "standard"]
    assert fits("Other", "1.3.6.1.4.1.32473", "1.3.6.1.4.1.99")[0] == "other"


def test_priority_wins_before_length_and_an_identifier_ends_at_a_dot():
    catalogue = catalogue_of(
        long="sys_object_ids = ['1.3.6.1.4.1.9.1.2']", first="sys_object_ids = ['1.3.6.1.4.1.9']\npriority = 5"
    )
    assert catalogue.fitting("1.3.6.1.4.1.9.1.2.3", "")[0].name == "first"
    assert catalogue.fitting("1.3.6.1.4.1.91.1", "") == ()


@pytest.mark.expected_log("profile left out")
def test_a_bad_file_of_the_users_own_is_told_and_the_others_keep_working(tmp_path):
    (tmp_path / "bad.toml").write_text(f"{HEAD}nonsense = 1\n", encoding="utf-8")
    (tmp_path / "good.toml").write_text(HEAD.replace("acme", "good") + "sys_object_ids = ['1.3.6.1.4.1.7']\n", encoding="utf-8")
    (tmp_path / "lost.toml").write_text(HEAD.replace("acme", "lost") + "builds_on = ['nobody']\n", encoding="utf-8")
    catalogue = catalogue_with(tmp_path)
    assert catalogue.fitting("1.3.6.1.4.1.7.1", "")[0].name == "good"
    assert "standard" in catalogue.profiles
    assert any("bad.toml:4: nonsense" in each for each in catalogue.mistakes)
    assert any("nobody" in each for each in catalogue.mistakes)


# --- the program's own ----------------------------------------------------------------------------------------------------------


def test_every_profile_names_the_mib_of_each_of_its_tables():
    for name, each in own_catalogue().profiles.items():
        assert each.written_from, name
        sources = " ".join(each.written_from)
        for table in (*each.ports, *each.sensors, *each.gauges, *each.neighbour_tables, *each.entities):
            assert table.mib in sources, f"{name}: {table.name} is of {table.mib}, which written_from does not name"


@pytest.mark.parametrize("name", sorted(name for name, each in own_catalogue().profiles.items() if each.ways()))
def test_no_device_of_a_family_that_has_a_profile_ends_with_the_standard_one(name):
    catalogue = own_catalogue()
    for way in catalogue.profiles[name].ways():
        identifier = way.sys_object_id or NET_SNMP
        for below in ("", ".1", ".99.7"):
            # what its expression finds stands in the tests of the families; here the identifier alone must do
            chosen = catalogue.fitting(identifier + below, "", (way.present,) if way.present else ())
            assert way.sys_descr or chosen[0].name != "standard", f"{name}: {identifier}{below}"


def test_every_profile_is_in_a_file_of_its_name():
    names = {file.name for file in (files("resources") / "profiles").iterdir() if file.name.endswith(".toml")}
    assert names == {f"{name}.toml" for name in own_catalogue().profiles}


def test_the_table_of_gear_is_made_anew():
    page = files("resources").joinpath("..", "docs", "devices.md")
    assert page.read_text(encoding="utf-8") == table_of(own_catalogue()), (
        "run: noc-console profiles table --write docs/devices.md"
    )


def test_units_of_devices_become_those_of_the_class():
    def converted(name, unit, value):
        found = SENSOR_CLASSES[name].unit_of(unit)
        assert found is not None
        return value * found.factor + found.offset

    assert converted("temperature", "°F", 212) == pytest.approx(100)
    assert converted("temperature", "K", 273.15) == pytest.approx(0)
    assert converted("current", "mA", 1500) == pytest.approx(1.5)
    assert converted("runtime", "s", 90) == pytest.approx(1.5)
    assert converted("power_consumed", "Wh", 1500) == pytest.approx(1.5)
    assert converted("airflow", "m3/h", 100) == pytest.approx(58.86, abs=0.01)
    assert converted("pressure", "Pa", 1500) == pytest.approx(1.5)
    assert SENSOR_CLASSES["power"].unit_of("°C") is None
