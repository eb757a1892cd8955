from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.parsers.nvidia_smi_csv import AMPERE_FIELDS, FIELDS, PLAIN_FIELDS, parse
from collectors.parsers.printed import as_object
from collectors.parsers.throttle import from_mask

QUERY = (Path(__file__).parents[1] / "recordings" / "smi-query.csv").read_text()
MIB = 1024 * 1024


def given_of(parsed, component):
    pairs = zip(parsed.layout.keys, parsed.values, strict=True)
    return {metric: value for (owner, metric), value in pairs if owner == component and not np.isnan(value)}


def test_every_field_is_mapped_by_its_name_with_its_unit():
    parsed = parse(QUERY)
    assert parsed.problem == ""
    assert given_of(parsed, "gpu0") == {
        "temperature_celsius": 41,
        "power_watts": 68.92,
        "power_limit_watts": 700,
        "utilization_percent": 12,
        "memory_used_bytes": 46 * MIB,
        "memory_total_bytes": 81559 * MIB,
        "sm_clock_hertz": 1980e6,
        "memory_clock_hertz": 2619e6,
        "ecc_uncorrected_total": 0,
        "pcie_link_generation": 5,
        "pcie_link_width": 16,
    }
    assert parsed.texts == (("gpu0", "throttle_reasons", "sw_power_cap,hw_thermal_slowdown"),)
    assert parsed.facts["gpu0"] == {
        "uuid": "GPU-bbbbbbbb-0000-0000-0000-000000000001",
        "pci_bus_id": "0000:53:00",
        "serial": "1650000000001",
        "product": "NVIDIA H100 80GB HBM3",
    }


def test_no_spelling_of_not_available_becomes_a_value():
    parsed = parse(QUERY)
    assert given_of(parsed, "gpu1") == {"memory_total_bytes": 81559 * MIB, "pcie_link_width": 16}
    assert "serial" not in parsed.facts["gpu1"]


def test_the_order_of_fields_and_units_in_the_header_alone_do_not_matter():
    parsed = parse("memory.used [MiB], temperature.gpu, index\n7, 50, 3\n")
    assert parsed.components == ("gpu3",)
    assert given_of(parsed, "gpu3") == {"memory_used_bytes": 7 * MIB, "temperature_celsius": 50}


def test_instant_power_serves_where_no_average_is_given():
    parsed = parse("index, power.draw [W], power.draw.instant [W], clocks.max.sm [MHz]\n0, [N/A], 30.5, 1980\n1, 20, 21, [N/A]\n")
    assert given_of(parsed, "gpu0") == {"power_watts": 30.5, "sm_clock_max_hertz": 1980e6}
    assert given_of(parsed, "gpu1") == {"power_watts": 20}


def test_a_warning_behind_the_values_is_no_cut_off_row():
    parsed = parse("index, temperature.gpu\n0, 41\nWARNING: infoROM is corrupted at gpu 0000:3B:00.0\n")
    assert (parsed.problem, given_of(parsed, "gpu0")) == ("", {"temperature_celsius": 41})


def test_the_layout_is_the_same_from_poll_to_poll():
    assert parse(QUERY).layout is parse(QUERY.replace("41,", "[N/A],").replace("\n", "\r\n")).layout


def test_a_gpu_that_does_not_answer_leaves_the_others_and_is_told():
    parsed = parse("Unable to determine the device handle for GPU0000:0B:00.0: Unknown Error\n" + QUERY)
    assert parsed.components == ("gpu0", "gpu1")
    assert parsed.problem == "gpu-lost"
    assert "0000:0B:00.0" in parsed.detail


def test_a_row_that_was_cut_off_is_told_and_left_out():
    parsed = parse(QUERY[: QUERY.rindex("81559")])
    assert parsed.components == ("gpu0",)
    assert parsed.problem == "truncated"


def test_single_throttle_columns_serve_where_there_is_no_mask():
    head = "index, clocks_event_reasons.gpu_idle, clocks_event_reasons.sw_power_cap, clocks_event_reasons.hw_slowdown\n"
    assert parse(head + "0, Active, Active, Not Active").texts == (("gpu0", "throttle_reasons", "sw_power_cap"),)
    assert parse(head + "0, Active, Not Active, [N/A]").texts == (("gpu0", "throttle_reasons", ""),)
    assert parse(head + "0, [N/A], [N/A], [N/A]").texts == ()


@pytest.mark.parametrize(
    ("mask", "names"),
    [
        ("0x0000000000000000", ""),
        ("0x0000000000000001", ""),
        (
            "0x00000000000001FE",
            "applications_clocks_setting sw_power_cap hw_slowdown sync_boost sw_thermal_slowdown hw_thermal_slowdown"
            " hw_power_brake_slowdown display_clocks_setting",
        ),
        ("0x0000000000000200", "bit_9"),
        ("N/A", None),
        ("0xzz", None),
        ("12", None),
    ],
)
def test_the_mask_of_throttle_reasons_is_spelled_out(mask, names):
    assert from_mask(mask) == (None if names is None else names.split())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("index, temperature.gpu\n", "no-gpu"),
        ("No devices were found\n", "no-gpu"),
        ('Field "temperature.memory" is not a valid field to query.\n', "unknown-field"),
        ("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure…", "driver-failed"),
        ("Failed to initialize NVML: Driver/library version mismatch", "driver-failed"),
        ("sh: 1: nvidia-smi: command not found", "no-tool"),
        ("1, 2, 3\n4, 5, 6", "not-this-tool"),
        ("index, " * 10_000, "not-this-tool"),
        ("x" * (9 * 1024 * 1024), "too-long"),
    ],
)
def test_what_is_no_output_of_the_tool_says_why(text, problem):
    assert parse(text).problem == problem


@pytest.mark.parametrize(
    ("retired", "remapped", "pending"),
    [("Yes", "[N/A]", 1.0), ("No", "[N/A]", 0.0), ("[N/A]", "Yes", 1.0), ("[N/A]", "No", 0.0), ("[N/A]", "[N/A]", None)],
)
def test_memory_that_waits_for_a_reset_is_told_by_pages_where_there_are_no_rows(retired, remapped, pending):
    rows = parse(f"index, retired_pages.pending, remapped_rows.pending\n0, {retired}, {remapped}\n")
    assert rows.layout.keys == (("gpu0", "row_remap_pending"),)
    assert (None if rows.values[0] != rows.values[0] else rows.values[0]) == pending
    if remapped == "[N/A]":
        assert parse(f"index, retired_pages.pending\n0, {retired}\n").values.tolist()[0] == pytest.approx(
            rows.values[0], nan_ok=True
        )


def test_each_richer_query_has_all_of_the_plainer_one():
    assert set(PLAIN_FIELDS) < set(AMPERE_FIELDS) < set(FIELDS)
    assert len(set(FIELDS)) == len(FIELDS)
    assert all(field.isascii() and " " not in field and "," not in field for field in FIELDS)


def test_two_gpus_of_one_index_stay_two():
    parsed = parse("index, temperature.gpu\n0, 40\n0, 50\n")
    assert parsed.components == ("gpu0", "gpu1")


CELLS = st.sampled_from(
    [*QUERY.replace("\n", ", ").split(", "), "[N/A]", "-1", "1e999", "9" * 400, "0x" + "f" * 17, "", "\x1b[2J"]
)


@given(st.one_of(st.text(), st.lists(st.lists(CELLS, max_size=6), max_size=5).map(lambda rows: "\n".join(map(", ".join, rows)))))
def test_any_text_gives_columns_that_fit_or_a_problem(text):
    parsed = parse(text)
    assert len(parsed.values) == len(parsed.layout)
    assert parsed.components or parsed.problem
    assert not np.isinf(parsed.values).any()
    as_object(parsed)


@given(st.integers(0, len(QUERY)), st.text(max_size=10))
def test_a_recording_with_something_put_into_it_is_still_read(at, text):
    parsed = parse(QUERY[:at] + text + QUERY[at:])
    assert len(parsed.values) == len(parsed.layout)
