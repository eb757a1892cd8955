"""`noc-console profiles`: list, check, table."""

import json

import pytest

from main import main


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))


def test_list_names_every_profile_with_its_mibs(capsys):
    assert main(["profiles", "list"]) == 0
    told = {each["name"]: each for each in json.loads(capsys.readouterr().out)["profiles"]}
    assert told["standard"]["written_from"][1] == "IF-MIB (RFC 2863)"
    assert "ifTable" in told["standard"]["tables"]
    assert told["bench"]["recognised"] == [{"sys_object_id": "1.3.6.1.4.1.64001.1.1"}]


@pytest.mark.expected_log("profile left out")
def test_list_tells_what_was_left_out(tmp_path, capsys):
    (tmp_path / "config" / "profiles").mkdir(parents=True)
    from noc_console.paths import Places

    folder = Places.of({"NOC_CONSOLE_HOME": str(tmp_path)}).profiles
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bad.toml").write_text("name = 3\n", encoding="utf-8")
    assert main(["profiles", "list"]) == 1
    printed = capsys.readouterr()
    assert "bad.toml" in printed.err
    assert "standard" in printed.out


def test_check_says_each_mistake_with_its_line(tmp_path, capsys):
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('name = "good"\ntitle = "G"\nwritten_from = ["M"]\n', encoding="utf-8")
    bad.write_text('name = "bad"\ntitle = "B"\nwritten_from = ["M"]\n[[sensors]]\nvalue = "1.2"\n', encoding="utf-8")
    assert main(["profiles", "check", str(good)]) == 0
    assert json.loads(capsys.readouterr().out)["profiles"][0]["name"] == "good"
    assert main(["profiles", "check", str(good), str(bad), str(tmp_path / "none.toml")]) == 1
    printed = capsys.readouterr()
    assert "bad.toml:4: sensors.name" in printed.err
    assert "none.toml: cannot be read" in printed.err
    assert len(json.loads(printed.out)["profiles"]) == 1


def test_table_is_printed_or_written(tmp_path, capsys):
    assert main(["profiles", "table"]) == 0
    page = capsys.readouterr().out
    assert "`standard-power`" in page
    assert main(["profiles", "table", "--write", str(tmp_path / "devices.md")]) == 0
    assert (tmp_path / "devices.md").read_text(encoding="utf-8") == page
    assert main(["profiles", "table", "--write", str(tmp_path / "nowhere" / "devices.md")]) == 1
    assert "cannot be written" in capsys.readouterr().err
