import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from noc_console.model.changes import Row
from noc_console.model.poll import Layout
from noc_console.series import RecentSeries, Ring

T = "temperature_celsius"


def row(time: float, values: dict[tuple[str, str], float], source: str = "ssh", interval: float = 10.0) -> Row:
    numbers = np.array(list(values.values()), dtype=float)
    return Row(
        device="gpu-0001", source=source, time=time, interval=interval, layout=Layout.of(values),
        values=numbers, rates=np.full(len(numbers), np.nan),
    )  # fmt: skip


def points(series: RecentSeries, component: str, metric: str = T) -> list[tuple[float, float | None]]:
    times, values = series.curve("gpu-0001", component, metric)
    return [(float(t), None if np.isnan(v) else float(v)) for t, v in zip(times, values, strict=True)]


def test_a_curve_holds_drawn_metrics_only():
    series = RecentSeries()
    series.append(row(1.0, {("gpu0", T): 40.0, ("gpu0", "memory_used_bytes"): 5.0}))
    assert series.keys("gpu-0001") == [("gpu0", T)]
    assert points(series, "gpu0") == [(1.0, 40.0)]
    assert points(series, "gpu0", "memory_used_bytes") == []


def test_a_source_without_curves_takes_no_room():
    series = RecentSeries()
    series.append(row(1.0, {("eth0", "in_octets_total"): 1.0}))
    assert series.rings == {}


def test_a_gpu_that_is_missing_for_an_answer_leaves_a_gap_and_keeps_its_past():
    series = RecentSeries()
    series.append(row(1.0, {("gpu0", T): 40.0, ("gpu1", T): 50.0}))
    series.append(row(2.0, {("gpu1", T): 51.0}))
    series.append(row(3.0, {("gpu0", T): 42.0, ("gpu1", T): 52.0}))
    assert points(series, "gpu0") == [(1.0, 40.0), (2.0, None), (3.0, 42.0)]
    assert points(series, "gpu1") == [(1.0, 50.0), (2.0, 51.0), (3.0, 52.0)]


def test_the_source_that_answers_more_often_gives_the_curve():
    series = RecentSeries()
    series.append(row(1.0, {("gpu0", T): 1.0}, source="ssh:full", interval=300.0))
    series.append(row(2.0, {("gpu0", T): 2.0}))
    assert points(series, "gpu0") == [(2.0, 2.0)]


def test_rows_that_are_not_newer_are_ignored():
    series = RecentSeries()
    for time in (1.0, 2.0, 2.0, 1.5):
        series.append(row(time, {("gpu0", T): time}))
    assert points(series, "gpu0") == [(1.0, 1.0), (2.0, 2.0)]


def test_memory_grows_with_what_is_held():
    ring = Ring()
    ring.append(row(0.0, {("gpu0", T): 1.0}))
    small = len(ring.times)
    for n in range(1, 5000):
        ring.append(row(float(n), {("gpu0", T): 1.0}))
    assert small < 50
    assert len(ring.times) == ring.capacity == 720


answers = st.lists(
    st.dictionaries(st.sampled_from([(f"gpu{n}", T) for n in range(5)]), st.floats(-50, 150, width=32) | st.just(float("nan"))),
    max_size=60,
)


@given(answers, st.integers(1, 40))
def test_a_ring_is_the_last_rows_of_all_that_came_whatever_layouts_they_had(rows, capacity):
    ring = Ring(capacity=capacity)
    for n, values in enumerate(rows):
        ring.append(row(float(n), values))
    kept = list(enumerate(rows))[-capacity:]
    order = ring.order()
    assert ring.times[order].tolist() == [float(n) for n, _ in kept]
    for key in {key for _, values in kept for key in values}:
        expected = [values.get(key, np.nan) for _, values in kept]
        column = ring.column_of.get(key)
        got = ring.values[order, column] if column is not None else np.full(len(kept), np.nan)
        assert np.array_equal(got, np.array(expected, dtype=np.float32), equal_nan=True)
