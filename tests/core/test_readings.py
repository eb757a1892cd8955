"""Readings as JSON lines: those of one answer become one result; a broken line is told with its number."""

import gzip
import json
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitor_bed import T0, answer, miss

from noc_console.model.poll import ErrorKind, Event, Neighbour
from noc_console.readings import ReadingMistake, lines_of, read_lines, read_readings


def read(*lines, parse_log=None):
    return list(read_lines((line if isinstance(line, str) else json.dumps(line) for line in lines), parse_log))


def value(at, metric, number, *, device="gpu-1", component="", **more):
    return {"time": at, "device": device, "component": component, "metric": metric, "value": number, **more}


def test_the_lines_of_one_answer_are_one_result_with_columns():
    one, two = read(
        value(T0, "reachable", 1),
        value(T0, "temperature_celsius", 71, component="gpu3"),
        value(T0, "throttle_reasons", ["sw_power_cap", "hw_slowdown"], component="gpu3"),
        value(T0, "power_watts", None, component="gpu3"),
        value(T0, "reachable", 1, device="gpu-2"),
    )
    assert one.layout.keys == (("", "reachable"), ("gpu3", "temperature_celsius"), ("gpu3", "power_watts"))
    assert one.values[:2].tolist() == [1, 71]
    assert np.isnan(one.values[2])
    assert one.texts == (("gpu3", "throttle_reasons", "sw_power_cap,hw_slowdown"),)
    assert (one.device, one.source, one.finished, two.device) == ("gpu-1", "readings", T0, "gpu-2")


def test_sources_and_times_part_answers():
    results = read(
        value(T0, "a", 1, source="ssh"),
        value(T0, "a", 1, source="snmp"),
        value(T0 + 10, "a", 1, source="ssh"),
        value(T0 + 20, "a", 1, source="ssh"),
    )
    assert [(r.source, r.finished, r.interval) for r in results] == [
        ("ssh", T0, 30), ("snmp", T0, 30), ("ssh", T0 + 10, 10), ("ssh", T0 + 20, 10),
    ]  # fmt: skip


def test_a_device_that_did_not_answer_is_a_miss_with_its_kind():
    (result,) = read(value(T0, "reachable", 0, error="auth-failed"))
    assert result.error.kind is ErrorKind.AUTH_FAILED
    assert len(result.layout) == 0


def test_facts_limits_and_neighbours_belong_to_the_answer_and_alone_say_nothing_of_reachability():
    lines = (
        {"time": T0, "device": "gpu-1", "facts": {"gpu3": {"serial": "1\u202e6"}}},
        {"time": T0, "device": "gpu-1", "limits": {"gpu3": {"temperature_celsius": {"major": 85}}}},
        {
            "time": T0,
            "device": "gpu-1",
            "neighbours": [{"protocol": "lldp", "local_port": "a", "remote_host": "b", "remote_port": "c"}],
        },
    )
    (alone,) = read(*lines)
    assert alone.source == "readings:facts"
    (together,) = read(*lines, value(T0, "reachable", 1))
    assert together.source == "readings"
    assert together.facts == {"gpu3": {"serial": "16"}}
    assert together.limits == {"gpu3": {"temperature_celsius": {"major": 85.0}}}
    assert together.neighbours == (Neighbour(protocol="lldp", local_port="a", remote_host="b", remote_port="c"),)


class Logged:
    """What a parser of collectors gives."""

    def as_event(self, *, seen):
        return Event(time=seen, kind="xid", code=79)


@pytest.mark.parametrize("found", [Logged(), (Logged(),), [Event(time=0.0, kind="xid", code=79)]])
def test_a_line_of_a_log_goes_through_the_parser_that_was_given(found):
    (result,) = read({"time": T0, "device": "gpu-1", "log": "NVRM: Xid"}, parse_log=lambda text: found)
    assert [(e.code, e.time, e.number) for e in result.events] == [(79, T0, 1)]
    assert ":" in result.source


def test_without_a_parser_or_an_event_a_line_of_a_log_says_nothing():
    line = {"time": T0, "device": "gpu-1", "log": "hello"}
    assert read(line) == []
    assert read(line, parse_log=lambda text: None) == []


def test_a_trap_is_an_event():
    (result,) = read({"time": T0, "device": "leaf-1", "trap": "1.3.6.1.6.3.1.1.5.3", "varbinds": {}})
    assert [(e.kind, e.text) for e in result.events] == [("trap", "1.3.6.1.6.3.1.1.5.3")]


GOOD = json.dumps(value(T0, "a", 1))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "is no JSON"),
        ("[1]", "must be an object"),
        ("[" * 100_000, "is no JSON"),
        ({"device": "x", "metric": "a", "value": 1}, "time must be a number"),
        ({"time": True, "device": "x", "metric": "a", "value": 1}, "time must be a number"),
        ('{"time": Infinity, "device": "x", "metric": "a", "value": 1}', "time must be a number"),
        (value(T0 - 1, "a", 1), "in order"),
        ({"time": T0, "metric": "a", "value": 1}, "device must be a name"),
        ({"time": T0, "device": "x"}, "has neither metric"),
        (value(T0, "a", {}), "value must be a number"),
        (value(T0, "a", True), "value must be a number"),
        ('{"time": 1795000000, "device": "x", "metric": "a", "value": NaN}', "value must be a number"),
        (value(T0, "a", 10**400), "value must be a number"),
        (value(T0, "", 1), "must be words"),
        (value(T0, "a", 1, source=3), "source must be a word"),
        (value(T0, "reachable", 0, error="tired"), "unknown error 'tired'"),
        ({"time": T0, "device": "x", "facts": 3}, "facts must be"),
        ({"time": T0, "device": "x", "limits": {"a": {"b": {"major": "hot"}}}}, "limits must be"),
        ({"time": T0, "device": "x", "limits": 3}, "limits must be"),
        ({"time": T0, "device": "x", "neighbours": [{}]}, "a neighbour needs"),
        ({"time": T0, "device": "x", "neighbours": 3}, "neighbours must be"),
        ({"time": T0, "device": "x", "log": 3}, "log and trap must be text"),
    ],
)
def test_a_broken_line_is_one_clear_mistake_with_its_number(line, says):
    with pytest.raises(ReadingMistake, match=says) as mistake:
        read(GOOD, "", line)
    assert mistake.value.line == 3
    assert str(mistake.value).startswith("line 3: ")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


KEYS = ["time", "device", "component", "metric", "value", "source", "facts", "limits", "neighbours", "log", "trap", "error"]


@given(st.lists(st.dictionaries(
    st.sampled_from(KEYS),
    json_values | st.just(T0) | st.sampled_from(["reachable", "gpu-1"]), max_size=8,
), max_size=4))  # fmt: skip
def test_no_line_makes_anything_but_results_or_a_mistake(lines):
    with suppress(ReadingMistake):
        for result in read(*lines):
            assert result.device
            assert len(result.values) == len(result.layout)
            assert not np.isinf(result.values).any()


def test_what_is_written_reads_back():
    written = [
        answer(
            "gpu-1", T0, {("", "reachable"): 1.0, ("gpu0", "temperature_celsius"): 71.0},
            texts=(("gpu0", "throttle_reasons", "a,b"),), facts={"": {"model": "x"}}, limits={"gpu0": {"t": {"major": 1.0}}},
            neighbours=(Neighbour(protocol="lldp", local_port="a", remote_host="b", remote_port="c"),),
        ),
        miss("leaf-1", T0 + 1, ErrorKind.BAD_REPLY),
    ]  # fmt: skip
    back = read(*(line for result in written for line in lines_of(result)))
    for before, after in zip(written, back, strict=True):
        names = ("device", "source", "finished", "layout", "texts", "facts", "limits", "neighbours")
        assert [getattr(after, n) for n in names] == [getattr(before, n) for n in names]
        assert after.values.tolist() == before.values.tolist()
        assert (after.error and after.error.kind) == (before.error and before.error.kind)


def test_a_packed_file_reads_like_a_plain_one_and_a_cut_one_is_told(tmp_path):
    packed, plain, cut, latin = (tmp_path / name for name in ("a.jsonl.gz", "a.jsonl", "cut.jsonl.gz", "latin.jsonl"))
    plain.write_text(GOOD)
    packed.write_bytes(gzip.compress(GOOD.encode()))
    cut.write_bytes(gzip.compress(GOOD.encode() * 100)[:40])
    latin.write_bytes(b"\xff\xfe")
    assert [r.finished for r in read_readings(plain)] == [r.finished for r in read_readings(packed)] == [T0]
    for broken in (cut, latin):
        with pytest.raises(OSError, match="cannot be read whole"):
            list(read_readings(broken))
