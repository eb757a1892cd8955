"""What stands behind the window, made from an inventory: what stops it leaves nothing behind."""

import json
import sqlite3
import time

import pytest

from collectors.commands.collect import watch_for
from collectors.watch import Watch
from noc_console.inventory import load
from noc_console.paths import Places
from noc_console.secrets import Secrets
from noc_console.store.errors import StoreBroken
from noc_console.store.files import DATABASE
from noc_console.store.store import Store

EMPTY = '[[sites]]\nname = "hanoi"\n'


def watch(folder, text=EMPTY):
    (folder / "inventory.toml").write_text(text)
    places = Places.of({"NOC_CONSOLE_HOME": str(folder)})
    return Watch(load(places.inventory).or_raise(), places, Secrets({}, open_keyring=lambda: None), time.time)


def test_a_record_that_cannot_be_read_is_told_and_the_store_is_let_go(tmp_path):
    Store.open(tmp_path, lambda report: None, time.time).close()
    db = sqlite3.connect(tmp_path / DATABASE)
    with db:
        db.execute(
            "INSERT INTO alarms (id, component, type, qualifier, severity, raised, changed, count, state, params, announced)"
            " VALUES (1, '', 'xid', '', 77, 0, 0, 1, 'none', '{}', '[]')"
        )
    db.close()
    with pytest.raises(StoreBroken, match="cannot be read"):
        watch(tmp_path)
    # A thread that still runs would fail this test too; the folder is free again.
    Store.open(tmp_path, lambda report: None, time.time).close()


@pytest.mark.expected_log("profile left out")
def test_a_profile_that_is_none_is_told_and_the_others_hold(tmp_path):
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "mine.toml").write_text("colour = 1\n")
    watched = watch(tmp_path)
    watched.start()
    try:
        assert any("mine.toml" in note for note in watched.profile_notes)
    finally:
        watched.stop()


def test_an_inventory_without_devices_is_watched_and_counts_nothing(tmp_path):
    stats = watch_for(watch(tmp_path), 0.05)
    assert json.loads(json.dumps(stats)) == stats
    assert {name: stats[name] for name in ("devices", "polls", "due", "readings", "stored_readings")} == dict.fromkeys(
        ("devices", "polls", "due", "readings", "stored_readings"), 0
    )
    assert stats["poll_seconds"] == {"p50": None, "p99": None}
