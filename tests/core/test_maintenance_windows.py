"""Windows in time: once, again and again, across midnight, over changes of the clock; and what is wrong with one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitor_bed import device, fleet

from noc_console.maintenance import counts, devices_of, is_over, mistake, next_change
from noc_console.model.maintenance import MaintenanceWindow, Recurrence

FLEET = fleet(device("leaf-1", "leaf", labels={"team": "core"}), device("gpu-1", "gpu-server", protocols=("ssh",)))
START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def window(**more):
    basis = {"id": "w", "title": "t", "reason": "new PSU", "who": "lan", "start": START, "end": START + 3600}
    basis["devices"] = ("leaf-1",)
    return MaintenanceWindow(**{**basis, **more})


def again(zone, days, from_minute, to_minute, **more):
    recurrence = Recurrence(days=days, from_minute=from_minute, to_minute=to_minute)
    return window(timezone=zone, recurrence=recurrence, **{"end": None, **more})


def utc(zone, *wall, fold=0):
    return datetime(*wall, tzinfo=ZoneInfo(zone), fold=fold).timestamp()


def edges(made, start, end):
    """All its beginnings and ends in a range."""
    found, at = [], start
    while (at := next_change(made, at)) is not None and at <= end:
        found.append(at)
    return found


def test_once_it_counts_from_its_start_until_just_before_its_end():
    made = window()
    assert [counts(made, t) for t in (START - 1, START, START + 3599, START + 3600)] == [False, True, True, False]
    assert edges(made, START - 10, START + 1e6) == [START, START + 3600]
    assert [is_over(made, t) for t in (START, START + 3600)] == [False, True]


def test_ended_before_its_time_it_is_over():
    made = window(ended=START + 60)
    assert edges(made, START - 10, START + 1e6) == [START, START + 60]


def test_each_sunday_night_across_midnight_in_the_zone_of_the_site():
    made = again("Asia/Ho_Chi_Minh", (6,), 22 * 60, 2 * 60)
    zone = "Asia/Ho_Chi_Minh"
    assert edges(made, utc(zone, 2026, 3, 1, 12), utc(zone, 2026, 3, 9, 3)) == [
        utc(zone, 2026, 3, 1, 22), utc(zone, 2026, 3, 2, 2), utc(zone, 2026, 3, 8, 22), utc(zone, 2026, 3, 9, 2),
    ]  # fmt: skip
    assert counts(made, utc(zone, 2026, 3, 2, 1, 59))
    assert not counts(made, utc(zone, 2026, 3, 2, 22))


def test_it_follows_summer_time():
    made = again("Europe/Berlin", tuple(range(7)), 8 * 60, 9 * 60)
    assert counts(made, datetime(2026, 1, 15, 7, 30, tzinfo=UTC).timestamp())
    assert counts(made, datetime(2026, 7, 15, 6, 30, tzinfo=UTC).timestamp())
    assert not counts(made, datetime(2026, 7, 15, 7, 30, tzinfo=UTC).timestamp())


def test_a_beginning_that_the_clock_skips_is_the_moment_of_the_change():
    # 2026-03-29: 02:00 becomes 03:00.
    made = again("Europe/Berlin", (6,), 150, 195)
    change = datetime(2026, 3, 29, 1, 0, tzinfo=UTC).timestamp()
    assert edges(made, change - 3600, change + 7200) == [change, change + 900]


def test_a_time_that_comes_twice_is_the_first_of_the_two():
    # 2026-10-25: 03:00 becomes 02:00.
    made = again("Europe/Berlin", (6,), 60, 150)
    end = utc("Europe/Berlin", 2026, 10, 25, 2, 30)
    assert edges(made, end - 7200, end + 7200) == [end - 5400, end]


def test_it_counts_only_between_its_start_and_its_end():
    made = again("UTC", (0, 1, 2, 3, 4, 5, 6), 0, 1440, start=START + 100, end=START + 200)
    assert edges(made, START, START + 1e6) == [START + 100, START + 200]


ZONES = st.sampled_from(["Asia/Ho_Chi_Minh", "Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])


@given(
    zone=ZONES,
    days=st.sets(st.integers(0, 6), min_size=1).map(tuple),
    minutes=st.tuples(st.integers(0, 1439), st.integers(0, 1440)),
    at=st.integers(0, 3 * 365 * 1440).map(lambda minute: START + 60.0 * minute),
)
def test_at_any_moment_it_counts_as_the_clock_on_the_wall_says(zone, days, minutes, at):
    made = again(zone, days, *minutes, start=0.0)
    wall = datetime.fromtimestamp(at, ZoneInfo(zone))
    minute = wall.hour * 60 + wall.minute
    start, end = minutes
    today, yesterday = wall.weekday() in days, (wall - timedelta(days=1)).weekday() in days
    said = (today and start <= minute < end) if start < end else (today and minute >= start) or (yesterday and minute < end)
    hours = [datetime.fromtimestamp(at + 1800 * n, ZoneInfo(zone)).utcoffset() for n in range(-4, 5)]
    if len(set(hours)) == 1:
        assert counts(made, at) == said
    following = next_change(made, at)
    assert following is not None
    assert at < following <= at + 9 * 86_400
    middle = (at + following) / 2
    assert counts(made, middle) == counts(made, at), "nothing changes before the next change"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({}, ""),
        ({"id": ""}, "no-id"),
        ({"reason": "  "}, "no-reason"),
        ({"start": float("nan")}, "bad-time"),
        ({"end": float("inf")}, "bad-time"),
        ({"end": START}, "end-before-start"),
        ({"start": START - 9000, "end": START - 10}, "end-in-past"),
        ({"devices": ()}, "no-scope"),
        ({"devices": ("leaf-9",)}, "unknown-device"),
        ({"racks": ("z9",)}, "unknown-rack"),
        ({"sites": ("atlantis",)}, "unknown-site"),
        ({"labels": (("team", "edge"),)}, "unknown-label"),
        ({"labels": (("team", "core"),)}, ""),
        ({"timezone": "Asia/Hanoi"}, "unknown-zone"),
        ({"timezone": "../etc/passwd"}, "unknown-zone"),
        ({"recurrence": Recurrence(days=(), from_minute=0, to_minute=60)}, "bad-recurrence"),
        ({"recurrence": Recurrence(days=(7,), from_minute=0, to_minute=60)}, "bad-recurrence"),
        ({"recurrence": Recurrence(days=(0,), from_minute=1440, to_minute=60)}, "bad-recurrence"),
        ({"recurrence": Recurrence(days=(0,), from_minute=0, to_minute=1441)}, "bad-recurrence"),
    ],
)
def test_a_window_that_cannot_be_is_refused_with_its_code(more, error):
    assert mistake(window(**more), FLEET, START) == error


def test_it_covers_devices_racks_sites_and_labels():
    nothing = window(devices=())
    for scope, names in (
        ({"devices": ("gpu-1",)}, {"gpu-1"}),
        ({"racks": ("a01",)}, {"gpu-1", "leaf-1"}),
        ({"sites": ("hanoi",)}, {"gpu-1", "leaf-1"}),
        ({"labels": (("team", "core"),)}, {"leaf-1"}),
    ):
        assert devices_of(replace(nothing, **scope), FLEET) == names
