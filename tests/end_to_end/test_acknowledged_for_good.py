"""The main job, end to end: a cooler fails, the alarm is seen, acknowledged by key with a note, and a crash changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.program import Fleet, Window, open_alarm

FASTER = ("[roles.cooling]\n", "[roles.cooling]\ninterval = 4\n")
NOTE = "Kỹ thuật viên đang đến 점검 중"


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    fleet = Fleet(tmp_path / "fleet", "--devices", "40")
    yield fleet
    fleet.close()


def is_whole(state: dict) -> bool:
    return len(state["devices"]) >= 30 and all(state["devices"].values())


def fans(state: dict) -> list[tuple[str, str]]:
    """(device, key) of the coolers' fans."""
    return [(d, k) for d, row in state["rows"].items() if d.startswith("crac") for k in row if k.endswith("/fan_speed_rpm")]


@pytest.mark.slow
def test_an_acknowledgement_by_key_is_still_there_after_a_kill(fleet: Fleet, tmp_path: Path):
    home = fleet.home(tmp_path / "home", changed=(FASTER,))
    words = ("console", "--traps", "off", "--inventory", fleet.inventory)
    window = Window(*words, home=home, environment=fleet.ready["environment"])
    try:
        window.until(is_whole, 30, "every device answers")
        fleet.tell("--scenario", "cooler-failure")
        window.until(lambda s: any(s["rows"][d][k] == 0 for d, k in fans(s)), 60, "a fan that has run down to 0 rpm")
        state = window.until(
            lambda s: any(a["type"] == "fan-stopped" and a["announced"] for a in s["alarms"]), 30, "the stopped fan"
        )
        alarm = next(a for a in state["alarms"] if a["type"] == "fan-stopped")
        assert alarm["severity"] == "critical"
        assert alarm["announced"]
        window.do("key", key="1", modifiers="Control")
        window.do("choose", alarm=alarm["id"])
        window.do("key", key="A")
        window.do("type", text=NOTE)
        window.do("key", key="Return")
        acknowledged = window.until(
            lambda s: open_alarm(s, device=alarm["device"], kind="fan-stopped")["state"] == "acknowledged", 10, "acknowledged"
        )
        before = open_alarm(acknowledged, device=alarm["device"], kind="fan-stopped")
        window.kill()

        window = Window(*words, home=home, environment=fleet.ready["environment"])
        state = window.until(lambda s: is_whole(s) and s["alarms"], 30, "the window is back")
        after = open_alarm(state, device=alarm["device"], kind="fan-stopped")
        assert after is not None
        for key in ("id", "state", "by", "at", "note", "raised", "announced"):
            assert after[key] == before[key], key
        assert after["note"] == NOTE
        assert "@" in after["by"]

        fleet.tell("--repair")
        window.until(lambda s: open_alarm(s, device=alarm["device"], kind="fan-stopped") is None, 30, "cleared after the repair")
        assert window.close() == 0
        assert window.said == []
    finally:
        window.end()
