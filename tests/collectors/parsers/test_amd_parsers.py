import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.parsers import amd_smi, rocm_smi

CARD = {
    "Temperature (Sensor edge) (C)": "N/A",
    "Temperature (Sensor junction) (C)": "44.0",
    "Temperature (Sensor HBM 0) (C)": "N/A",
    "Temperature (Sensor HBM 1) (C)": "39.0",
    "Current Socket Graphics Package Power (W)": "140.0",
    "sclk clock speed:": "(132Mhz)",
    "GPU use (%)": "7",
    "pcie clock level": "2 (32.0GT/s x16)",
    "PCI Bus": "0000:05:00.0",
    "Serial Number": "0",
    "Card Series": "AMD Instinct MI300X",
}
METRIC = {
    "gpu": 3,
    "usage": {"gfx_activity": {"value": 91, "unit": "%"}},
    "power": {"socket_power": "N/A", "current_socket_power": {"value": 702, "unit": "W"}},
    "clock": {"gfx_0": {"clk": {"value": 2104, "unit": "MHz"}}, "mem_0": {"clk": {"value": 1300, "unit": "MHz"}}},
    "temperature": {"edge": "N/A", "hotspot": {"value": 88, "unit": "C"}, "mem": {"value": 61, "unit": "C"}},
    "pcie": {"width": 16, "speed": {"value": 32, "unit": "GT/s"}, "replay_count": 2},
    "ecc": {"total_correctable_count": 4, "total_uncorrectable_count": 1},
    "throttle": {"ppt_violation_status": "ACTIVE", "socket_thermal_violation_status": "NOT ACTIVE", "vr": "N/A"},
    "mem_usage": {"total_vram": {"value": 196592, "unit": "MB"}, "used_vram": {"value": 283, "unit": "MB"}},
}
STATIC = {
    "gpu": 0,
    "asic": {"market_name": "AMD Instinct MI210", "asic_serial": "0x4A31B"},
    "bus": {"bdf": "0000:C1:00.0", "max_pcie_width": 16, "max_pcie_speed": {"value": 16, "unit": "GT/s"}},
    "limit": {
        "max_power": {"value": 300, "unit": "W"},
        "slowdown_edge_temperature": "N/A",
        "slowdown_hotspot_temperature": {"value": 100, "unit": "C"},
        "shutdown_hotspot_temperature": {"value": 105, "unit": "C"},
        "slowdown_vram_temperature": {"value": 94, "unit": "C"},
        "shutdown_vram_temperature": {"value": 99, "unit": "C"},
    },
}


def given_of(parsed, component):
    pairs = zip(parsed.layout.keys, parsed.values.tolist(), strict=True)
    return {metric: value for (owner, metric), value in pairs if owner == component and value == value}


def test_a_card_without_an_edge_sensor_has_the_temperature_of_its_junction():
    parsed = rocm_smi.parse(json.dumps({"card1": CARD, "system": {"Driver version": "6.7.0"}}))
    assert parsed.components == ("gpu1",)
    assert given_of(parsed, "gpu1") == {
        "temperature_celsius": 44,
        "hotspot_temperature_celsius": 44,
        "memory_temperature_celsius": 39,
        "power_watts": 140,
        "sm_clock_hertz": 132e6,
        "utilization_percent": 7,
        "pcie_link_generation": 5,
        "pcie_link_width": 16,
    }
    assert parsed.facts == {"gpu1": {"product": "AMD Instinct MI300X", "pci_bus_id": "0000:05:00"}, "": {"driver": "6.7.0"}}


@pytest.mark.parametrize("wrapped", [[METRIC], {"gpu_data": [METRIC]}])
def test_metrics_are_read_from_a_list_or_from_gpu_data_and_behind_a_warning(wrapped):
    parsed = amd_smi.parse("WARNING: User is missing the following required groups: render\n" + json.dumps(wrapped))
    assert given_of(parsed, "gpu3") == {
        "temperature_celsius": 88,
        "hotspot_temperature_celsius": 88,
        "memory_temperature_celsius": 61,
        "power_watts": 702,
        "utilization_percent": 91,
        "sm_clock_hertz": 2104e6,
        "memory_clock_hertz": 1300e6,
        "memory_used_bytes": 283 * 1024**2,
        "memory_total_bytes": 196592 * 1024**2,
        "ecc_corrected_total": 4,
        "ecc_uncorrected_total": 1,
        "pcie_link_width": 16,
        "pcie_replays_total": 2,
        "pcie_link_generation": 5,
    }
    assert parsed.texts == (("gpu3", "throttle_reasons", "sw_power_cap"),)


def test_static_facts_give_limits_and_what_the_link_can_do():
    parsed = amd_smi.parse(json.dumps([STATIC]))
    assert given_of(parsed, "gpu0") == {"power_limit_watts": 300, "pcie_link_width_max": 16, "pcie_link_generation_max": 4}
    assert parsed.limits["gpu0"]["temperature_celsius"] == {"major": 100, "critical": 105}
    assert parsed.limits["gpu0"]["memory_temperature_celsius"] == {"major": 94, "critical": 99}
    assert parsed.facts["gpu0"] == {"product": "AMD Instinct MI210", "serial": "0x4A31B", "pci_bus_id": "0000:c1:00"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("ROCm is not installed", "not-this-tool"),
        ("[" * 100_000, "not-json"),
        ('[{"gpu": ' + "9" * 6000 + "}]", "not-json"),
        ('{"gpu_data": []}', "no-gpu"),
        ("[" + "1," * 100, "not-json"),
        ("7" * (5 * 1024 * 1024), "too-long"),
    ],
)
def test_what_is_no_output_of_amd_smi_says_why(text, problem):
    assert amd_smi.parse(text).problem == problem


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.floats(), st.integers(), st.sampled_from(["N/A", "7 W", "(1Mhz)", "ACTIVE", "\x1b[2J"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from([*CARD, *METRIC, *STATIC, "value", "unit", "card0", "gpu_data", "clk", "edge"]), inner),
    ),
    max_leaves=30,
)


@given(JSON)
def test_any_json_gives_columns_that_fit(document):
    for parse in (amd_smi.parse, rocm_smi.parse):
        parsed = parse(json.dumps(document))
        assert len(parsed.values) == len(parsed.layout)
        assert not np.isinf(parsed.values).any()


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("file", "gpus", "first"),
    [
        ("telegraf-mi100_rocm571.json", 6, (31, 34, 30, 39, 290, 300e6, 0, 34342961152, 3)),
        ("telegraf-rx6700xt_rocm430.json", 1, (45, 47, 46, 6, 211, 500e6, 0, 12868124672, 4)),
        ("telegraf-vega-20-WKS-GL-XE.json", 1, (36, 38, 35, 26, 225, 1725e6, 0, 34342961152, 4)),
    ],
)
def test_recorded_cards_have_the_values_that_stand_in_them(recordings: Path, file, gpus, first):
    parsed = rocm_smi.parse((recordings / "gpu" / "amd" / file).read_text())
    assert (parsed.problem, len(parsed.components)) == ("", gpus)
    names = (
        "temperature_celsius", "hotspot_temperature_celsius", "memory_temperature_celsius", "power_watts", "power_limit_watts",
        "sm_clock_hertz", "utilization_percent", "memory_total_bytes", "pcie_link_generation",
    )  # fmt: skip
    assert tuple(given_of(parsed, "gpu0")[name] for name in names) == first


@pytest.mark.recordings
def test_the_recorded_mi300x_has_the_values_that_stand_in_it(recordings: Path):
    parsed = amd_smi.parse((recordings / "gpu" / "amd" / "mi300x-amd-smi-metric-rocm7.0.2.json").read_text())
    assert given_of(parsed, "gpu0") == {
        "temperature_celsius": 45,
        "hotspot_temperature_celsius": 45,
        "memory_temperature_celsius": 38,
        "power_watts": 158,
        "utilization_percent": 0,
    }
    assert parsed.texts == ()
