"""Plain geometry behind the canvases: viewport, labels, scales, gaps, thinning, lanes."""

import numpy as np
import pytest
import sample_fleet
from hypothesis import given
from hypothesis import strategies as st

from noc_console.model.alarm import Entry, EntryKind
from widgets.canvas.curve_points import envelope, with_gaps
from widgets.canvas.labels import choose_labels
from widgets.canvas.scale import INLET, MISSING, bounds_of, time_ticks, value_ticks
from widgets.canvas.timeline_lanes import build, loud_times, standing
from widgets.canvas.viewport import Viewport

NOW = sample_fleet.NOW


@given(st.floats(0.1, 5), st.floats(0, 800), st.floats(0, 600))
def test_zoom_keeps_the_world_under_the_pointer(factor, x, y):
    view = Viewport(x=10, y=-5, scale=1.0, width=800, height=600)
    before = view.to_world(x, y)
    view.zoom(factor, x, y)
    assert view.to_world(x, y) == pytest.approx(before, abs=1e-6)


def test_fit_shows_the_whole_with_its_margin():
    view = Viewport(width=800, height=600)
    view.fit((100, 100, 2100, 600), 10)
    corners = view.to_screen(np.array([[100, 100], [2100, 600]], dtype=float))
    assert corners[0, 0] == pytest.approx(10)
    assert corners[1, 0] == pytest.approx(790)


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0, 100)), max_size=30))
def test_no_label_covers_another(corners):
    boxes = np.array([(x, y, x + 30, y + 10) for x, y in corners]).reshape(len(corners), 4)
    chosen = choose_labels(boxes, np.arange(len(corners), dtype=float))
    for i in chosen:
        for j in chosen:
            a, b = boxes[i], boxes[j]
            assert i == j or a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


def test_the_label_of_higher_rank_is_kept():
    boxes = np.array([[0, 0, 10, 10], [5, 0, 15, 10]], dtype=float)
    assert choose_labels(boxes, np.array([1.0, 2.0])).tolist() == [1]


def test_a_ramp_has_a_fixed_range_and_a_step_for_the_unknown():
    assert INLET.step(np.array([10.0, 20.0, 44.0, 99.0, np.nan])).tolist() == [0, 0, 10, 10, MISSING]


def test_time_ticks_stand_on_round_times_of_the_zone():
    ticks, step = time_ticks(NOW - 86400, NOW, 10, "Asia/Kolkata")
    assert step == 10800
    assert all((t + 5.5 * 3600) % step == 0 for t in ticks)


@given(st.floats(-1e3, 1e3), st.floats(1, 1e3), st.integers(2, 12))
def test_value_ticks_are_few_and_inside(low, height, most):
    ticks = value_ticks(low, low + height, most)
    assert len(ticks) <= most + 1
    assert all(low - 1e-6 <= t <= low + height + 1e-6 for t in ticks)


def test_a_range_holds_values_and_limits_and_does_not_follow_each_tick():
    one = bounds_of(np.array([22.1, 23.4]), [27.0, 32.0], 10.0, 5.0)
    other = bounds_of(np.array([22.3, 23.9]), [27.0, 32.0], 10.0, 5.0)
    assert one == other
    assert one[0] < 22.1
    assert one[1] > 32.0


def test_nothing_is_joined_across_a_gap():
    times, values = with_gaps(np.array([0.0, 10, 20, 200, 210]), np.ones(5))
    assert np.isnan(values).sum() == 1
    assert 20 < times[np.isnan(values)][0] < 200


def test_thinning_keeps_the_highest_and_lowest():
    times = np.linspace(0, 1000, 20_000)
    values = np.sin(times)
    values[7777], values[9999] = 50.0, np.nan
    thin_times, thin = envelope(times, values, 0, 1000, 100)
    assert len(thin) <= 200
    assert np.nanmax(thin) == 50.0
    assert np.isnan(thin).any()
    assert (np.diff(thin_times) >= 0).all()


def _entry(number, kind, at):
    return Entry(id=number, alarm=1, kind=kind, at=at, noted=at)


def test_nobody_had_it_until_it_was_acknowledged_and_again_after_it_was_taken_back():
    alarm = next(a for a in sample_fleet.alarms() if a.id == 147)
    entries = [
        _entry(1, EntryKind.ACKNOWLEDGED, NOW - 300),
        _entry(2, EntryKind.UNACKNOWLEDGED, NOW - 200),
        _entry(3, EntryKind.ACKNOWLEDGED, NOW - 100),
    ]
    assert loud_times(alarm, entries) == ((alarm.raised, NOW - 300), (NOW - 200, NOW - 100))


def test_bars_of_one_lane_never_overlap():
    alarms = sample_fleet.alarms()
    timeline = build(alarms, {}, NOW - 86400, NOW, NOW)
    assert sorted(bar.alarm.id for _, bar in timeline.bars()) == sorted(a.id for a in alarms)
    ends: dict[int, float] = {}
    for line, bar in sorted(timeline.bars(), key=lambda pair: (pair[0], pair[1].start)):
        assert bar.start >= ends.get(line, 0.0)
        ends[line] = bar.end if bar.end is not None else NOW
    assert standing(alarms, NOW)[0] == sum(a.is_open for a in alarms)
