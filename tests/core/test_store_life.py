"""Any sequence of durables, restarts in between: what is restored is what a plain model of the rules says."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from stored import NOW, Reports, alarm, entry, open_store

from noc_console.alarms.operator_axis import axis_of, with_axis
from noc_console.model.alarm import Alarm, Entry, EntryKind
from noc_console.model.changes import Baseline, Durable, StateChange
from noc_console.model.poll import Cursor
from noc_console.model.severity import OperatorState, Severity
from noc_console.store.reports import Committed

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
params = st.dictionaries(words, st.none() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | words, max_size=3)
names = st.sampled_from(["leaf-01", "gpu-0001"])


@st.composite
def alarms(draw: st.DrawFn) -> Alarm:
    return alarm(
        draw(st.integers(1, 5)),
        device=draw(st.none() | names), component=draw(words), severity=draw(st.sampled_from(Severity)),
        cleared=draw(st.none() | st.floats(NOW - 1e5, NOW)), count=draw(st.integers(1, 9)), params=draw(params),
        state=draw(st.sampled_from(OperatorState)), state_by=draw(words), note=draw(words), worse_again=draw(st.booleans()),
        owner=draw(words), shelved_until=draw(st.none() | st.floats(0, 2e9)), shelf_reason=draw(words),
        placed=draw(st.booleans()), maintenance=draw(words), chattering=draw(st.booleans()),
        reason=tuple(draw(st.lists(words, max_size=2))),
        state_at=draw(st.none() | st.floats(0, 2e9)), announced=tuple(draw(st.lists(st.floats(0, 2e9), max_size=2))),
    )  # fmt: skip


@st.composite
def durables(draw: st.DrawFn) -> Durable:
    changed = draw(st.lists(alarms(), max_size=2))
    told = [
        entry(draw(st.integers(1, 200)), one.id, draw(st.sampled_from(EntryKind)), who=draw(words), text=draw(words))
        for one in changed
        if draw(st.booleans())
    ]
    states = st.builds(
        StateChange, time=st.floats(0, 2e9), device=names, component=words, kind=st.just("port"), name=st.just(""),
        was=words, now=words,
    )  # fmt: skip
    baselines = st.builds(
        Baseline, device=names, kind=st.just("gpu"), name=st.sampled_from(["gpu0", "gpu1"]),
        value=st.sampled_from(["", "a", "b"]),
        time=st.floats(0, 2e9),
    )  # fmt: skip
    cursors = st.tuples(names, st.builds(Cursor, name=st.just("kernel"), boot=words, number=st.integers(0, 2**60)))
    return Durable(
        alarms=tuple(changed), entries=tuple(told), states=tuple(draw(st.lists(states, max_size=2))),
        baselines=tuple(draw(st.lists(baselines, max_size=2))), cursors=tuple(draw(st.lists(cursors, max_size=2))),
        command=draw(st.sampled_from(["", "c"])), axes=tuple(one.id for one in changed if draw(st.booleans())),
    )  # fmt: skip


class Model:
    """The rules in plain words."""

    def __init__(self) -> None:
        self.alarms: dict[int, Alarm] = {}
        self.entries: dict[int, Entry] = {}
        self.states: dict[object, StateChange] = {}
        self.baselines: dict[object, Baseline] = {}
        self.cursors: dict[object, Cursor] = {}

    def append(self, durable: Durable) -> None:
        for new in durable.alarms:
            old = self.alarms.get(new.id)
            if old is not None and not durable.command and new.id not in durable.axes:
                new = with_axis(new, axis_of(old))
            self.alarms[new.id] = new
        # An entry never changes: one of a number that is there already is the same one, written again.
        self.entries = {one.id: one for one in reversed(durable.entries)} | self.entries
        for state in durable.states:
            key = state.device, state.component
            if key not in self.states or state.time >= self.states[key].time:
                self.states[key] = state
        for baseline in durable.baselines:
            self.baselines.pop((baseline.device, baseline.name), None)
            if baseline.value:
                self.baselines[baseline.device, baseline.name] = baseline
        self.cursors |= dict(durable.cursors)

    def kept(self) -> list[Alarm]:
        def is_kept(one: Alarm) -> bool:
            hours = 72 if one.state is OperatorState.NONE else 24
            return one.is_open or (one.cleared or 0) >= NOW - hours * 3600

        return sorted(filter(is_kept, self.alarms.values()), key=lambda one: one.id)


@settings(max_examples=40)
@given(st.lists(st.lists(durables(), max_size=4), min_size=1, max_size=3))
def test_what_is_restored_is_what_the_rules_say_through_any_restarts(runs):
    model = Model()
    with tempfile.TemporaryDirectory() as folder:
        for run in runs:
            with open_store(Path(folder)) as store:
                for durable in run:
                    model.append(durable)
                    store.append(durable)
        with open_store(Path(folder)) as store:
            back = store.restored()
    kept = model.kept()
    assert list(back.alarms) == kept
    ids = {one.id for one in kept}
    assert {one.id: one for one in back.entries} == {n: one for n, one in model.entries.items() if one.alarm in ids}
    assert {(s.device, s.component): s for s in back.states} == model.states
    assert {(b.device, b.name): b for b in back.baselines} == model.baselines
    assert dict(back.cursors) == model.cursors
    assert back.last_alarm == max(model.alarms, default=0)
    assert back.last_entry == max(model.entries, default=0)


def test_numbers_out_of_arrays_are_stored_as_numbers(tmp_path):
    values = {"value": np.float64(71.5), "xid": np.int64(79), "share": np.float32(0.5)}
    reports = Reports()
    with open_store(tmp_path, reports) as store:
        store.append(Durable(alarms=(alarm(np.int64(1), count=np.int64(2), params=values),), command="c"))
        reports.next(Committed)
        (back,) = store.restored().alarms
    assert (back.id, back.count, dict(back.params)) == (1, 2, {"value": 71.5, "xid": 79.0, "share": 0.5})
