"""Each mistake of a user or of the world: one clear sentence, and nothing lost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.program import MAIN, clean_environment, noc_console

GOOD = """
[credentials.switches]
kind = "snmp-v2c"

[[devices]]
name = "leaf-01"
address = "127.0.0.1"
role = "leaf"
collect = { snmp = { credential = "switches", port = 9 } }
"""
SAYS = {
    "broken TOML": (GOOD + "\n[[devices\n", "TOML"),
    "an unknown key": (GOOD + 'colour = "red"\n', "colour"),
    "an unknown rack": (GOOD + 'rack = "nowhere"\n', "nowhere"),
    "the same target twice": (
        GOOD + GOOD.split("\n\n", 1)[1].replace("leaf-01", "leaf-02"),
        "leaf-01",
    ),
}


def inventory(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "inventory.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("mistake", SAYS)
def test_a_wrong_inventory_is_told_in_one_sentence_and_nothing_is_polled(tmp_path: Path, mistake: str):
    text, word = SAYS[mistake]
    path = inventory(tmp_path, text)
    checked = noc_console("check", path, home=tmp_path)
    assert checked.returncode == 1
    (told,) = json.loads(checked.stdout)["mistakes"]
    assert told["line"] is not None
    assert word in checked.stderr
    assert len(checked.stderr.strip().splitlines()) == 1
    collected = noc_console("collect", path, "--for", 1, home=tmp_path)
    assert collected.returncode == 1
    assert collected.stderr == checked.stderr
    assert not list(tmp_path.rglob("*.db*")), "nothing was begun"


def test_an_inventory_that_is_not_there_is_one_sentence(tmp_path: Path):
    done = noc_console("collect", tmp_path / "no.toml", "--for", 1, home=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_second_console_on_the_same_folder_is_refused_and_the_first_goes_on(tmp_path: Path):
    path = inventory(tmp_path, GOOD)
    words = [sys.executable, str(MAIN), "collect", str(path), "--for", "60", "--stats", "--data", str(tmp_path / "data")]
    first = subprocess.Popen(words, env=clean_environment(tmp_path), stdout=subprocess.PIPE, text=True)
    try:
        while not list((tmp_path / "data").glob("*.db*")):
            assert first.poll() is None
        second = noc_console("collect", path, "--for", 1, "--data", tmp_path / "data", home=tmp_path)
        assert second.returncode == 1
        assert len(second.stderr.strip().splitlines()) == 1
        assert str(first.pid) in second.stderr
        assert first.poll() is None
    finally:
        first.terminate()
        out, _ = first.communicate(timeout=20)
    assert first.returncode == 0
    assert json.loads(out)["devices"] == 1


def test_a_profile_that_is_none_is_told_mistake_by_mistake_and_the_others_hold(tmp_path: Path):
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "mine.toml").write_text("colour = 1\n")
    done = noc_console("collect", inventory(tmp_path, GOOD), "--for", 1, "--traps", "off", home=tmp_path)
    assert done.returncode == 0, done.stderr
    told = done.stderr.strip().splitlines()
    assert told
    assert [line for line in told if "mine.toml" not in line] == []
    assert any("mine.toml:1: colour" in line for line in told)


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("--inventory", "{home}/empty.toml"), 0, ""),
        (("--inventory", "{home}/no.toml"), 1, "no.toml"),
        (("--inventory", "{home}/empty.toml", "--data", "{home}/empty.toml"), 1, "empty.toml"),
        (("--replay", "{home}/empty.toml", "{home}/no.jsonl"), 1, "no.jsonl"),
    ],
)
def test_the_window_opens_and_says_in_one_sentence_what_it_cannot_show(
    tmp_path: Path, words: tuple[str, ...], status: int, says: str
):
    (tmp_path / "empty.toml").write_text("")
    done = noc_console("console", "--for", 0.5, *(word.format(home=tmp_path) for word in words), home=tmp_path)
    assert done.returncode == status, done.stderr
    assert len(done.stderr.strip().splitlines()) == bool(says)
    assert says in done.stderr


def test_an_unknown_command_and_a_wrong_option_end_with_two(tmp_path: Path):
    assert noc_console("colect", home=tmp_path).returncode == 2
    assert noc_console("collect", "--for", "soon", home=tmp_path).returncode == 2
    assert noc_console("replay", home=tmp_path).returncode == 2


def test_help_and_version_need_no_window(tmp_path: Path):
    done = noc_console("--help", home=tmp_path)
    assert done.returncode == 0
    for command in ("console", "demo", "simulate", "collect", "probe", "parse", "replay", "check", "secret", "trust"):
        assert command in done.stdout
    assert noc_console("--version", home=tmp_path).stdout.strip()
