from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.parsers.proc import (
    cpu_utilization,
    joined,
    parse_boot_id,
    parse_loadavg,
    parse_meminfo,
    parse_net_dev,
    parse_stat,
    parse_uptime,
)

RECORDINGS = Path(__file__).parents[1] / "recordings"
STAT, MEMINFO, NET_DEV = ((RECORDINGS / name).read_text() for name in ("proc-stat", "proc-meminfo", "proc-net-dev"))
BOOT_ID = "0d1e2f3a-4b5c-6d7e-8f90-a1b2c3d4e5f6"
PARSERS = (parse_stat, parse_meminfo, parse_net_dev, parse_uptime, parse_loadavg, parse_boot_id)


def by_key(parsed):
    return dict(zip(parsed.layout.keys, parsed.values.tolist(), strict=True))


def test_processors_are_told_in_seconds_busy_and_in_all():
    assert by_key(parse_stat(STAT)) == {
        ("", "cpu_busy_seconds_total"): 16.0,
        ("", "cpu_seconds_total"): 100.0,
        ("", "boot_time_seconds"): 1795000000.0,
    }


def test_the_share_that_was_busy_needs_two_readings():
    before = parse_stat(STAT)
    after = parse_stat(STAT.replace("cpu  1000 50 350 8000 400", "cpu  1030 50 350 8060 410"))
    assert cpu_utilization(before, after) == pytest.approx(30.0)
    assert np.isnan(cpu_utilization(before, before))
    assert np.isnan(cpu_utilization(after, before))
    assert np.isnan(cpu_utilization(parse_uptime("1 2"), after))


def test_memory_in_use_is_what_no_new_program_could_have():
    assert by_key(parse_meminfo(MEMINFO)) == {
        ("", "memory_used_bytes"): 500_000 * 1024,
        ("", "memory_total_bytes"): 2_000_000 * 1024,
    }
    old = by_key(parse_meminfo(MEMINFO.replace("MemAvailable:", "Other:")))
    assert old["", "memory_used_bytes"] == (2_000_000 - 225_472 - 22_040 - 930_888) * 1024


def test_interfaces_that_stay_are_counted_and_those_of_containers_left_out():
    parsed = parse_net_dev(NET_DEV)
    assert parsed.components == ("eth0", "ibr10:30")
    values = by_key(parsed)
    assert {metric: values["eth0", metric] for component, metric in values if component == "eth0"} == {
        "in_octets_total": 68210035552,
        "in_errors_total": 3,
        "in_discards_total": 4,
        "out_octets_total": 9315587528,
        "out_errors_total": 5,
        "out_discards_total": 6,
    }
    assert parsed.layout is parse_net_dev(NET_DEV.replace("9315587528", "9315587529")).layout


def test_uptime_load_and_boot_id():
    assert by_key(parse_uptime("12345.67 98765.43\n")) == {("", "uptime_seconds"): 12345.67}
    assert by_key(parse_loadavg("0.21 0.37 0.39 1/719 19737\n")) == {("", "load_average"): 0.21}
    assert parse_boot_id(BOOT_ID + "\n").facts == {"": {"boot_id": BOOT_ID}}
    assert parse_boot_id("not one").problem == "not-this-tool"


def test_outputs_of_one_poll_are_joined_into_one_shape():
    parts = [parse_stat(STAT), parse_meminfo(MEMINFO), parse_net_dev(NET_DEV), parse_boot_id(BOOT_ID)]
    whole = joined(parts)
    assert len(whole.values) == len(whole.layout) == 3 + 2 + 12
    assert whole.facts == {"": {"boot_id": BOOT_ID}}
    assert whole.layout is joined(parts).layout
    assert joined([*parts, parse_uptime("")]).problem == "empty"
    assert len(joined([]).values) == 0


def test_the_text_of_something_else_is_a_problem():
    for parse in PARSERS:
        assert parse("").problem == "empty"
        assert parse("cat: /proc/x: No such file or directory").problem == "not-this-tool"


PIECES = st.sampled_from(
    ["cpu ", "btime ", "MemTotal:", "MemFree:", "MemAvailable:", " kB", "eth0:", ":", "1", "9" * 30, "-1", "٣", "\n", " "]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_gives_columns_that_fit(text):
    for parse in PARSERS:
        parsed = parse(text)
        assert len(parsed.values) == len(parsed.layout)
        assert not np.isinf(parsed.values).any()
        assert not (parsed.values < 0).any()


@pytest.mark.recordings
def test_real_files_of_proc_are_read(recordings):
    folder = recordings / "gpu" / "proc"
    for name, parse in (("stat", parse_stat), ("meminfo", parse_meminfo), ("net-dev", parse_net_dev), ("loadavg", parse_loadavg)):
        parsed = parse((folder / f"node_exporter-proc-{name}").read_text())
        assert parsed.problem == ""
        assert not np.isnan(parsed.values).any()


@pytest.mark.recordings
def test_real_files_of_proc_give_their_figures(recordings):
    def read(parse, name):
        parsed = parse((recordings / "gpu" / "proc" / f"node_exporter-proc-{name}").read_text())
        return dict(zip(parsed.layout.keys, parsed.values.tolist(), strict=True))

    # busy is neither idle (89,790.04 s) nor waiting for disks (35.52 s)
    assert read(parse_stat, "stat") == pytest.approx(
        {("", "cpu_busy_seconds_total"): 4183.34, ("", "cpu_seconds_total"): 94008.9, ("", "boot_time_seconds"): 1418183276}
    )
    # without MemAvailable: total − free − buffers − cached − reclaimable + shared
    used = 3742148 - 225472 - 22040 - 930888 - 44772 + 593840
    assert read(parse_meminfo, "meminfo") == {
        ("", "memory_used_bytes"): used * 1024,
        ("", "memory_total_bytes"): 3742148 * 1024,
    }
    assert read(parse_loadavg, "loadavg") == {("", "load_average"): 0.21}
    ports = read(parse_net_dev, "net-dev")
    assert (ports["eth0", "in_octets_total"], ports["eth0", "out_octets_total"]) == (68210035552, 9315587528)
    assert (ports["docker0", "in_octets_total"], ports["docker0", "in_errors_total"]) == (64910168, 0)
