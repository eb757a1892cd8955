"""Profiles: what fits a device, and what is told about one that is wrong."""

import pytest

from noc_console.profiles.catalogue import Catalogue, ProfileError, catalogue_with, own_catalogue, profile_of
from noc_console.profiles.classes import SENSOR_CLASSES

LEAST = 'name = "x"\ntitle = "X"\nwritten_from = ["X-MIB"]\n'
TABLE = "[[ports]]\nname = 't'\nmib = 'm'\nnames = []\n"


def named(name, **keys):
    lines = "".join(f"{key} = {value!r}\n" for key, value in keys.items())
    return profile_of(f'name = "{name}"\ntitle = "{name}"\nwritten_from = ["M"]\n{lines}', f"{name}.toml")


def test_every_profile_of_the_program_is_sound_and_says_what_it_was_written_from():
    for name, profile in own_catalogue().profiles.items():
        assert name == profile.name
        assert profile.written_from
        for column in (column for table in profile.ports for column in table.columns):
            assert column.metric.endswith(("_total", "_status", "_per_second", "_dbm"))


def test_the_longest_prefix_of_sysobjectid_wins_then_sysdescr_and_the_general_ones_come_last():
    catalogue = Catalogue(
        {
            profile.name: profile
            for profile in (
                named("standard"),
                named("cisco", sys_object_ids=["1.3.6.1.4.1.9"]),
                named("nexus", sys_object_ids=["1.3.6.1.4.1.9.12"]),
                named("odd", sys_descrs=["Odd ?Box"]),
            )
        }
    )

    def fits(sys_object_id, sys_descr=""):
        return [profile.name for profile in catalogue.fitting(sys_object_id, sys_descr)]

    assert fits("1.3.6.1.4.1.9.12.3.1") == ["nexus", "standard"]
    assert fits(".1.3.6.1.4.1.9.1.7") == ["cisco", "standard"]
    assert fits("1.3.6.1.4.1.99.1") == ["standard"]
    assert fits("1.3.6.1.4.1.8072.3.2.10", "OddBox 3") == ["odd", "standard"]
    assert fits("", "") == ["standard"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("nonsense = 1", "nonsense"),
        ("[[scalars]]\nmetric = 'uptime_seconds'", "object"),
        ("[[sensors]]\nname = 't'\nmib = 'm'\nvalue = '1.2'\nnames = []\nsensor_class = 'warmth'", "warmth"),
        ("[[sensors]]\nname = 't'\nmib = 'm'\nvalue = '1.2'\nnames = []", "sensor"),
        (
            f"{TABLE}[[ports.columns]]\nname = 'a'\nobject = '1.2'\nmetric = 'm'\ninstead_of = 'b'",
            "b",
        ),
        ("sys_descrs = ['(']", "sys_descrs"),
        (
            "[[sensors]]\nname = 't'\nmib = 'm'\nvalue = '1.2'\nnames = []\nsensor_class = 'power'\n"
            "optics = { receives = '(', transmits = 'tx', within = '1.2', port = '1.2' }",
            "optics",
        ),
        ("title = 'twice'", "x.toml"),
    ],
)
def test_a_wrong_profile_is_told_with_its_file(more, says):
    with pytest.raises(ProfileError, match=r"x\.toml") as told:
        profile_of(f"{LEAST}{more}\n", "x.toml")
    assert says in str(told.value)


def test_the_users_own_profile_takes_the_place_of_one_of_the_same_name(tmp_path):
    assert catalogue_with(tmp_path / "nothing") is own_catalogue()
    (tmp_path / "standard.toml").write_text('name = "standard"\ntitle = "Mine"\nwritten_from = ["M"]\n')
    (tmp_path / "notes.txt").write_text("no profile")
    assert catalogue_with(tmp_path).profiles["standard"].title == "Mine"


def test_each_class_of_sensors_has_a_metric_in_base_units():
    assert SENSOR_CLASSES["runtime"].factor == 60
    assert SENSOR_CLASSES["power_consumed"].factor == 3_600_000
    assert SENSOR_CLASSES["airflow"].factor == pytest.approx(0.000471947443)
    assert len({(each.metric, each.factor) for each in SENSOR_CLASSES.values()}) == len(SENSOR_CLASSES)
