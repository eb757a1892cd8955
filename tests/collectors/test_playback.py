"""A recording played as if it were live."""

import json
import threading
import time

import pytest

from collectors.playback import Playback
from noc_console.alarms.load import standard_conditions
from noc_console.inventory import load
from noc_console.mirror import Mirror
from noc_console.readings import ReadingMistake, read_readings

T0 = 1_795_000_000.0
ONE = '[[devices]]\nname = "leaf-01"\naddress = "127.0.0.1"\nrole = "leaf"\n'


def line(at, value, device="leaf-01"):
    return json.dumps({"time": T0 + at, "device": device, "component": "", "metric": "uptime_seconds", "value": value})


def playback(folder, *lines, speed=1000.0):
    (folder / "inventory.toml").write_text(ONE)
    readings = folder / "readings.jsonl"
    readings.write_text("\n".join(lines) + "\n")
    inventory = load(folder / "inventory.toml").or_raise()
    return Playback(inventory, standard_conditions(), read_readings(readings), speed=speed, monotonic=time.monotonic)


def newest(played, wanted):
    """Watch until the value shows; the mirror."""
    mirror, feed = Mirror(), played.feed()
    end = time.monotonic() + 5
    while True:
        snapshot, changes, _ = feed.take()
        if snapshot is not None:
            mirror.start(snapshot)
        for one in changes:
            mirror.apply(one)
        found = mirror.value("leaf-01", "", "uptime_seconds")
        if found is not None and found[0] == wanted:
            return mirror
        assert time.monotonic() < end, "it did not come"
        threading.Event().wait(0.005)


def test_readings_come_in_their_order_at_their_times_and_strangers_are_left_out(tmp_path):
    played = playback(tmp_path, line(0, 1), line(10, 2, device="stranger"), line(20, 3))
    played.start()
    try:
        mirror = newest(played, 3)
        assert mirror.rows["leaf-01"]["readings"].time == T0 + 20
        assert played.clock() >= T0 + 20
        assert "stranger" not in mirror.rows
    finally:
        played.stop()


def test_it_stops_in_the_middle_of_a_long_pause(tmp_path):
    played = playback(tmp_path, line(0, 1), line(1e6, 2), speed=1.0)
    played.start()
    newest(played, 1)
    began = time.monotonic()
    played.stop()
    assert time.monotonic() - began < 2.0


@pytest.mark.expected_log("the recording ends here: line 3")
def test_a_line_that_is_none_ends_the_playing_is_logged_and_what_was_played_stays(tmp_path, caplog):
    played = playback(tmp_path, line(0, 1), line(1, 2), "no reading")
    played.start()
    try:
        assert newest(played, 1).devices["leaf-01"].reachable is True
        played._thread.join(2)
        assert [record.getMessage()[:33] for record in caplog.records if record.levelname == "ERROR"] == [
            "the recording ends here: line 3: "
        ]
    finally:
        played.stop()


def test_a_recording_that_begins_with_no_reading_or_is_empty_is_refused(tmp_path):
    with pytest.raises(ReadingMistake, match="line 1"):
        playback(tmp_path, "no reading")
    with pytest.raises(ValueError, match="empty"):
        playback(tmp_path, "")
