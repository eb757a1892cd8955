import stat
from pathlib import Path

from noc_console.paths import Places, make_private


def test_one_variable_overrides_both_folders(tmp_path):
    places = Places.of({"NOC_CONSOLE_HOME": str(tmp_path), "XDG_DATA_HOME": "/elsewhere"})
    assert (places.config, places.data) == (tmp_path, tmp_path)
    assert places.inventory == tmp_path / "inventory.toml"
    assert places.known_hosts == tmp_path / "known_hosts"


def test_the_folders_are_those_of_the_platform(tmp_path):
    places = Places.of({"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": str(tmp_path / "d")})
    assert places.config == tmp_path / "c" / "noc-console"
    assert places.data == tmp_path / "d" / "noc-console"
    assert places.settings == places.config / "settings.toml"
    assert places.conditions == places.config / "conditions"
    assert places.profiles == places.config / "profiles"


def test_a_relative_xdg_folder_is_ignored():
    assert Places.of({"XDG_CONFIG_HOME": "relative"}).config.is_absolute()


def test_options_win(tmp_path):
    places = Places.of({"NOC_CONSOLE_HOME": "/x"}, inventory=tmp_path / "i", data=tmp_path / "d")
    assert (places.inventory, places.data) == (tmp_path / "i", tmp_path / "d")
    assert places.config == Path("/x")


def test_a_folder_of_inventories_is_taken_where_there_is_no_file(tmp_path):
    (tmp_path / "inventory.d").mkdir()
    environ = {"NOC_CONSOLE_HOME": str(tmp_path)}
    assert Places.of(environ).inventory == tmp_path / "inventory.d"
    (tmp_path / "inventory.toml").touch()
    assert Places.of(environ).inventory == tmp_path / "inventory.toml"


def test_what_is_made_only_its_owner_may_enter(tmp_path):
    places = Places.of({"NOC_CONSOLE_HOME": str(tmp_path / "a" / "b")})
    places.make()
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_was_there_is_not_closed_to_others(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    make_private(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755
