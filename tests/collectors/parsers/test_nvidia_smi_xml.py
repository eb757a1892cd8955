from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.parsers import nvidia_smi_xml
from collectors.parsers.nvidia_smi_xml import parse
from collectors.parsers.printed import as_object

RECORDINGS = Path(__file__).parents[1] / "recordings"
OLD = (RECORDINGS / "smi-old-driver.xml").read_text()
NEW = (RECORDINGS / "smi-new-driver.xml").read_text()
MIB = 1024 * 1024


def value(parsed, component, metric):
    return parsed.values[parsed.layout.index[component, metric]]


def given_of(parsed, component):
    pairs = zip(parsed.layout.keys, parsed.values, strict=True)
    return {metric: value for (owner, metric), value in pairs if owner == component and not np.isnan(value)}


def test_an_old_driver_is_read_by_its_own_tags():
    parsed = parse(OLD)
    assert parsed.problem == ""
    assert parsed.components == ("gpu0", "gpu1")
    assert given_of(parsed, "gpu0") == {
        "temperature_celsius": 71,
        "memory_temperature_celsius": 66,
        "power_watts": 231.5,
        "power_limit_watts": 225,
        "sm_clock_hertz": 1290e6,
        "memory_clock_hertz": 877e6,
        "utilization_percent": 97,
        "memory_used_bytes": 1000 * MIB,
        "memory_total_bytes": 32510 * MIB,
        "ecc_uncorrected_total": 3,
        "ecc_corrected_total": 7,
        "ecc_uncorrected_since_load_total": 1,
        "pcie_link_generation": 1,
        "pcie_link_width": 8,
        "pcie_link_generation_max": 3,
        "pcie_link_width_max": 16,
        "sm_clock_max_hertz": 1530e6,
        "pcie_replays_total": 4,
        "processes": 2,
    }
    assert parsed.limits["gpu0"] == {
        "temperature_celsius": {"major": 83, "critical": 87},
        "memory_temperature_celsius": {"major": 85},
    }


def test_a_gpu_that_gives_nothing_has_no_values_but_keeps_its_keys():
    parsed = parse(OLD)
    assert given_of(parsed, "gpu1") == {}
    assert ("gpu1", "temperature_celsius") in parsed.layout.index
    assert "gpu1" not in parsed.limits
    assert parsed.facts["gpu1"] == {
        "uuid": "GPU-aaaaaaaa-0000-0000-0000-000000000002",
        "pci_bus_id": "0000:90:00",
        "product": "Tesla V100-PCIE-32GB",
    }


def test_a_new_driver_is_read_by_parents_not_by_names_that_repeat():
    parsed = parse(NEW)
    gpu = given_of(parsed, "gpu0")
    assert gpu["power_watts"] == 68.92
    assert gpu["power_limit_watts"] == 700
    assert gpu["memory_used_bytes"] == 46 * MIB
    assert gpu["ecc_uncorrected_total"] == 70
    assert gpu["ecc_corrected_total"] == 7
    assert gpu["ecc_uncorrected_since_load_total"] == 7
    assert gpu["row_remap_pending"] == 1
    assert gpu["row_remap_failure"] == 0
    assert gpu["temperature_limit_margin_celsius"] == 58
    assert gpu["processes"] == 0
    assert "utilization_percent" not in gpu
    assert parsed.limits["gpu0"] == {"temperature_limit_margin_celsius": {"major": 0, "critical": -2}}
    assert parsed.facts[""] == {"driver": "580.95.05", "cuda": "13.0", "attached_gpus": "3"}


def test_mig_instances_have_their_own_memory_and_errors():
    parsed = parse(NEW)
    assert parsed.components == ("gpu0", "gpu0/mig0", "gpu0/mig1", "gpu1")
    assert given_of(parsed, "gpu0/mig0") == {
        "memory_used_bytes": 12 * MIB,
        "memory_total_bytes": 40192 * MIB,
        "ecc_uncorrected_since_load_total": 5,
    }
    assert value(parsed, "gpu0/mig1", "memory_used_bytes") == 34 * MIB


def test_a_lost_gpu_keeps_its_name_and_gives_no_values():
    parsed = parse(NEW)
    assert given_of(parsed, "gpu1") == {}
    assert parsed.facts["gpu1"]["serial"] == "1650000000002"


def test_throttle_reasons_are_named_without_the_idle_one_and_absent_when_not_told():
    assert parse(OLD).texts == (("gpu0", "throttle_reasons", "sw_power_cap,hw_thermal_slowdown"),)
    assert parse(NEW).texts == (("gpu0", "throttle_reasons", ""),)


def test_the_layout_is_the_same_when_values_come_and_go():
    assert parse(OLD).layout is parse(OLD.replace("71 C", "N/A").replace("97 %", "98 %")).layout
    assert parse(NEW).layout is not parse(OLD).layout


def test_output_that_is_cut_off_gives_no_gpu():
    for cut in (len(NEW) // 2, len(NEW) - 20):
        parsed = parse(NEW[:cut])
        assert parsed.problem == "truncated"
        assert parsed.components == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("hello", "not-this-tool"),
        ("No devices were found", "no-gpu"),
        ("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.", "driver-failed"),
        ("Unable to determine the device handle for GPU0000:0B:00.0: Unknown Error", "gpu-lost"),
        ("<?xml version='1.0'?><nvidia_smi_log></nvidia_smi_log>", "no-gpu"),
        ("<nvidia_smi_log><gpu></nvidia_smi_log>", "not-xml"),
        ("<?xml version='1.0'?><other></other><!-- </nvidia_smi_log>", "not-xml"),
        ("x" * (9 * 1024 * 1024), "too-long"),
    ],
)
def test_what_is_no_output_of_the_tool_says_why(text, problem):
    assert parse(text).problem == problem


def test_an_entity_bomb_is_refused_before_it_grows():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE nvidia_smi_log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<nvidia_smi_log><gpu><product_name>&b;</product_name></gpu></nvidia_smi_log>"
    )
    assert parse(bomb).problem == "forbidden-xml"


def test_names_of_processes_and_products_cannot_carry_escapes():
    assert "\x1b" in OLD
    dirty = OLD.replace("<serial>0320000000017</serial>", "<serial>03\u202e20\x9b31m17</serial>")
    assert parse(dirty).facts["gpu0"]["serial"] == "032017"


@pytest.mark.parametrize("name", ["a & b", "<x", "</nvidia_smi_log>", "]]>", "&a;", "</process_name><gpu>", "<?xml", "<!ENTITY"])
def test_a_process_cannot_hide_its_server_by_its_name(name):
    dirty = NEW.replace("</gpu>", f"<processes>\n<process_info>\n<pid>1</pid>\n<process_name>{name}</process_name>\n"
                        "</process_info>\n</processes>\n</gpu>", 1)  # fmt: skip
    parsed = parse(dirty)
    assert parsed.problem == ""
    assert parsed.components == parse(NEW).components


def test_the_last_of_several_outputs_counts():
    assert value(parse(OLD + NEW), "gpu0", "power_watts") == value(parse(NEW), "gpu0", "power_watts")


GENERATIONS = {
    # what stands under one parent: the metric it tells, of one driver each
    "<power_readings><power_draw>26.1 W</power_draw></power_readings>": ("power_watts", 26.1),
    "<gpu_power_readings><power_draw>26.1 W</power_draw></gpu_power_readings>": ("power_watts", 26.1),
    "<gpu_power_readings><average_power_draw>N/A</average_power_draw><instant_power_draw>30 W</instant_power_draw>"
    "</gpu_power_readings><module_power_readings><power_draw>600 W</power_draw></module_power_readings>": ("power_watts", 30),
    "<module_power_readings><power_draw>600 W</power_draw></module_power_readings>": ("power_watts", None),
    "<gpu_power_readings><power_draw>[Not Supported]</power_draw></gpu_power_readings>": ("power_watts", None),
    "<gpu_power_readings><power_draw>Requested functionality has been deprecated</power_draw></gpu_power_readings>": (
        "power_watts",
        None,
    ),
    "<power_readings><enforced_power_limit>149 W</enforced_power_limit></power_readings>": ("power_limit_watts", 149),
    "<gpu_power_readings><current_power_limit>700.00 W</current_power_limit></gpu_power_readings>": ("power_limit_watts", 700),
    "<temperature><gpu_temp>ERR!</gpu_temp></temperature>": ("temperature_celsius", None),
    "<temperature><gpu_temp>GPU requires reset</gpu_temp></temperature>": ("temperature_celsius", None),
    "<temperature><gpu_temp_tlimit>-3 C</gpu_temp_tlimit></temperature>": ("temperature_limit_margin_celsius", -3),
    "<fan_speed>N/A</fan_speed>": ("fan_speed_percent", None),
    "<fan_speed>[Unknown Error]</fan_speed>": ("fan_speed_percent", None),
    "<remapped_rows>N/A</remapped_rows>": ("row_remap_pending", None),
    "<remapped_rows>GPU is lost</remapped_rows>": ("row_remap_failure", None),
    "<remapped_rows><remapped_row_pending>Yes</remapped_row_pending></remapped_rows>": ("row_remap_pending", 1),
    "<ecc_errors><aggregate><double_bit><device_memory>2</device_memory><total>3</total></double_bit></aggregate></ecc_errors>": (
        "ecc_uncorrected_total",
        3,
    ),
    "<ecc_errors><aggregate><sram_uncorrectable>1</sram_uncorrectable><dram_uncorrectable>4</dram_uncorrectable></aggregate>"
    "</ecc_errors>": ("ecc_uncorrected_total", 5),
    "<ecc_errors><aggregate><sram_uncorrectable_parity>1</sram_uncorrectable_parity><sram_uncorrectable_secded>2"
    "</sram_uncorrectable_secded><dram_uncorrectable>4</dram_uncorrectable></aggregate></ecc_errors>": (
        "ecc_uncorrected_total",
        7,
    ),
    "<ecc_errors><aggregate><double_bit><total>N/A</total></double_bit></aggregate></ecc_errors>": (
        "ecc_uncorrected_total",
        None,
    ),
    "<pci><pci_gpu_link_info><pcie_gen><max_link_gen>5</max_link_gen><current_link_gen>1</current_link_gen></pcie_gen>"
    "</pci_gpu_link_info></pci>": ("pcie_link_generation", 1),
    "<pci><pci_gpu_link_info><link_widths><max_link_width>16x</max_link_width></link_widths></pci_gpu_link_info></pci>": (
        "pcie_link_width_max",
        16,
    ),
    "<fb_memory_usage><total>Not Supported</total></fb_memory_usage>": ("memory_total_bytes", None),
    "<fb_memory_usage><used>12 MiB</used></fb_memory_usage><bar1_memory_usage><used>9 MiB</used></bar1_memory_usage>": (
        "memory_used_bytes",
        12 * 1024**2,
    ),
}


@pytest.mark.parametrize("body", GENERATIONS)
def test_each_generation_is_read_by_its_tags(body):
    metric, wanted = GENERATIONS[body]
    parsed = parse(f'<nvidia_smi_log><gpu id="00000000:3B:00.0">{body}</gpu></nvidia_smi_log>')
    assert given_of(parsed, "gpu0").get(metric) == wanted


@pytest.mark.parametrize("tag", ["event", "throttle"])
def test_throttle_reasons_are_read_by_either_name(tag):
    prefix = f"clocks_{tag}_reason"
    body = (
        f"<{prefix}s><{prefix}_gpu_idle>Active</{prefix}_gpu_idle><{prefix}_hw_slowdown>Active</{prefix}_hw_slowdown></{prefix}s>"
    )
    assert parse(f"<nvidia_smi_log><gpu>{body}</gpu></nvidia_smi_log>").texts == (("gpu0", "throttle_reasons", "hw_slowdown"),)
    assert parse(f"<nvidia_smi_log><gpu><{prefix}s>N/A</{prefix}s></gpu></nvidia_smi_log>").texts == ()


def mutated(text):
    @st.composite
    def build(draw):
        result = text
        for _ in range(draw(st.integers(1, 4))):
            at, length = draw(st.integers(0, len(result))), draw(st.integers(0, 40))
            result = result[:at] + draw(st.text(max_size=12)) + result[at + length :]
        return result

    return build()


@given(st.one_of(st.text(), mutated(OLD), mutated(NEW)))
def test_any_text_gives_columns_that_fit_or_a_problem(text):
    parsed = parse(text)
    assert len(parsed.values) == len(parsed.layout)
    assert parsed.components or parsed.problem
    assert not np.isinf(parsed.values).any()
    as_object(parsed)


@given(
    st.lists(
        st.sampled_from(["gpu", "mig_devices", "mig_device", "temperature", "ecc_errors", "index", "processes", "uuid"]),
        max_size=8,
    )
)
def test_any_nesting_of_known_tags_is_read(tags):
    text = "".join(f"<{tag}>" for tag in tags) + "7" + "".join(f"</{tag}>" for tag in reversed(tags))
    parsed = parse(f"<nvidia_smi_log><gpu>{text}</gpu></nvidia_smi_log>")
    assert parsed.components[:1] == ("gpu0",)


@pytest.mark.recordings
def test_real_outputs_of_every_generation_are_read(recordings):
    files = sorted((recordings / "gpu" / "nvidia-smi-xml").glob("*.xml"))
    assert len(files) >= 27
    for file in files:
        parsed = nvidia_smi_xml.parse(file.read_text())
        assert parsed.problem == ""
        assert all(parsed.facts[name]["pci_bus_id"] for name in parsed.components if "/" not in name)
