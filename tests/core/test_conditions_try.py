"""`conditions list | check | try`: what they print, on a store that a console is writing and on a recording."""

import argparse
import json
import sqlite3

import numpy as np
import pytest
from monitor_bed import T0, answer, device, fleet, miss
from stored import Reports
from test_replay import value

import noc_console.commands.conditions as command
from noc_console.alarms.load import load_conditions
from noc_console.commands.conditions import add_arguments
from noc_console.monitor.monitor import Monitor
from noc_console.store.past import Past
from noc_console.store.store import Store

INVENTORY = """
[[sites]]
name = "hanoi"
title = "Hanoi"
[[racks]]
name = "a01"
site = "hanoi"
[credentials.c]
kind = "snmp-v2c"
[[devices]]
name = "box"
formerly = ["old-box"]
address = "127.0.0.1"
role = "server"
rack = "a01"
collect = { snmp = "c" }
"""
MINE = """
[[conditions]]
name = "warm"
type = "temperature-high"
metric = "temperature_celsius"
components = ["inlet"]
levels = { minor = 25 }
[[conditions]]
name = "xids"
kind = "count"
codes = [63]
levels = { minor = 2 }
"""
INLET = ("inlet", "temperature_celsius")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path))
    (tmp_path / "inventory.toml").write_text(INVENTORY)
    (tmp_path / "mine.toml").write_text(MINE)
    return tmp_path


def run(capsys, *words):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    for name in ("--inventory", "--data"):
        parser.add_argument(name)
    status = command.run(parser.parse_args([str(word) for word in words]))
    out, errors = capsys.readouterr()
    return status, json.loads(out) if out else None, errors


def filled(folder, days=2):
    """A store as a console leaves it: warm in the afternoon of each day, unreachable once, two Xids."""
    clock = T0
    store = Store.open(folder, Reports(), lambda: clock)
    monitor = Monitor(fleet(device("box", "server"), device("leaf-9", "leaf")), load_conditions(None), now=T0)

    def heard(*results):
        for result in results:
            monitor.advance(result.finished)
            monitor.ingest(result)
        durable = monitor.take(results[-1].finished).durable
        if durable:
            store.append(durable)

    for i in range(int(days * 86_400 / 600)):
        hour = i / 6 % 24
        warm = 26.0 if 6 <= hour < 9 else 22.0
        heard(answer("box", T0 + 600 * i, {INLET: warm, ("x", "y"): 1.0}, interval=600.0))
        if i == 10:
            heard(*(miss("box", T0 + 600 * i + 20 + n, source="snmp") for n in range(3)))
    store.close()


def test_what_the_store_holds_is_run_through_a_file_of_conditions(home, capsys):
    filled(home)
    status, said, _ = run(capsys, "try", home / "mine.toml", "--last", "7d")
    assert status == 0
    warm, xids = said["conditions"]
    assert (warm["name"], warm["kind"], warm["alarms"], warm["calls"], warm["devices"], warm["open"]) == (
        "warm",
        "threshold",
        2,
        2,
        1,
        0,
    )
    assert warm["longest_seconds"] == 3 * 3600.0
    assert warm["busiest_hour"]["alarms"] == 1
    assert warm["examples"][0]["params"]["limit"] == 25.0
    assert (xids["alarms"], xids["busiest_hour"], xids["examples"]) == (0, None, [])
    assert said["in_force"]["alarms"] == 1  # unreachable, in both
    assert (said["difference"]["alarms"], said["difference"]["calls"], said["difference"]["gone"]) == (2, 2, 0)


def test_only_the_last_time_is_counted(home, capsys):
    filled(home)
    _, said, _ = run(capsys, "try", home / "mine.toml", "--last", "1d")
    assert said["conditions"][0]["alarms"] == 1
    assert said["in_force"]["alarms"] == 0


def test_a_file_takes_the_place_of_the_one_in_force_of_its_name(home, capsys):
    filled(home)
    (home / "conditions").mkdir()
    (home / "conditions" / "mine.toml").write_text(MINE.replace("25", "20"))
    _, said, _ = run(capsys, "try", home / "mine.toml")
    assert said["in_force"]["alarms"] == 2
    assert said["conditions"][0]["alarms"] == 2
    assert said["difference"]["gone"] == 1


def test_a_store_that_is_being_written_is_not_held_up(home, capsys):
    filled(home)
    writer = sqlite3.connect(home / "console.db", timeout=0.01)
    with Past(home) as past:
        heard = past.results(T0, T0 + 90_000)
        next(heard)
        writer.execute("INSERT INTO sources (device, source) VALUES ('a', 'b')")
        writer.commit()
        assert writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        assert sum(1 for _ in heard) > 100
    writer.close()


def test_the_answers_of_the_past_are_those_that_were_stored(home):
    filled(home, days=0.2)
    with Past(home) as past:
        assert past.span() == (T0, T0 + 600 * 27)
        heard = [r for r in past.results(T0, T0 + 1e6) if r.error is None]
        late = [r for r in past.results(T0 + 600 * 20, T0 + 1e6) if r.error is None]
    assert [r.finished for r in heard] == [T0 + 600 * i for i in range(28)]
    assert heard[0].layout.keys == (INLET, ("x", "y"))
    np.testing.assert_array_equal(heard[0].values, [22.0, 1.0])
    assert len(late) == 8


def test_a_recording_will_do_instead_of_a_store(home, capsys):
    lines = [value(T0 + 30 * i, "old-box", "inlet", "temperature_celsius", 26.0) for i in range(4)]
    (home / "r.jsonl").write_text("\n".join(map(json.dumps, lines)))
    status, said, _ = run(capsys, "try", home / "mine.toml", "--readings", home / "r.jsonl")
    assert status == 0
    assert said["conditions"][0]["devices"] == 1
    (home / "r.jsonl").write_text("{")
    status, said, errors = run(capsys, "try", home / "mine.toml", "--readings", home / "r.jsonl")
    assert (status, said) == (1, None)
    assert "line 1: is no JSON" in errors


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("try", "mine.toml"), "There is no database"),
        (("try", "missing.toml"), "missing.toml: cannot be read"),
        (("try", "mine.toml", "--inventory", "none.toml"), "none.toml"),
        (("try", "mine.toml", "--readings", "none.jsonl"), "none.jsonl: No such file"),
    ],
)
def test_what_cannot_be_tried_is_told_in_one_sentence(home, capsys, monkeypatch, words, says):
    monkeypatch.chdir(home)
    status, said, errors = run(capsys, *words)
    assert (status, said) == (1, None)
    assert says in errors
    assert errors.count("\n") == 1


def test_a_stop_is_one_sentence(home, capsys, monkeypatch):
    filled(home, days=0.1)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "run_trial", stop)
    status, said, errors = run(capsys, "try", home / "mine.toml")
    assert (status, said, errors) == (1, None, "Stopped before the end: nothing is reported.\n")


def test_check_tells_every_mistake_with_its_line_and_list_what_holds(home, capsys):
    (home / "conditions").mkdir()
    (home / "conditions" / "a.toml").write_text(MINE + "[[conditions]]\nname = 'x'\nkind = 'rat'\n")
    status, said, errors = run(capsys, "check")
    assert status == 1
    assert said["mistakes"][0]["line"] == 15
    assert "is 'rate' meant?" in errors
    assert said["conditions"] > 20
    status, said, _ = run(capsys, "check", home / "mine.toml")
    assert (status, said) == (0, {"conditions": 2, "mistakes": []})
    status, said, errors = run(capsys, "list")
    assert status == 0
    assert said["conditions"][0]["name"] == "warm"
    assert {c["kind"] for c in said["conditions"]} >= {"threshold", "count", "throttle", "straggler"}
    assert "a.toml:15" in errors
