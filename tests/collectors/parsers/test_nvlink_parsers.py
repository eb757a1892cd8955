from pathlib import Path

import pytest

from collectors.parsers import dcgm_links, nvidia_topology, nvlink

STATE = """GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-11111111-2222-3333-4444-555555555555)
\t Link 0: 26.562 GB/s
\t Link 1: <inactive>
\t Link 2: 26.562 GB/s
GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-11111111-2222-3333-4444-666666666666)
NVML: Unable to retrieve Nvlink information as all links are inActive
"""
ERRORS = """GPU 0: Tesla V100-SXM2-16GB (UUID: GPU-11111111-2222-3333-4444-555555555555)
\t Link 0: Replay Errors: 3
\t Link 0: Recovery Errors: 1
\t Link 0: CRC Errors: 10
\t Link 1: Replay Errors: N/A
\t Link 1: CRC Errors: 5
"""
TRAFFIC = """GPU 2: NVIDIA A100-SXM4-80GB (UUID: GPU-1)
\t Link 0: Data Tx: 100 KiB
\t Link 0: Data Rx: 7 KiB
\t Link 1: Data Tx: 1 KiB
"""
MATRIX = """\t\x1b[4mGPU0\tGPU1\tNIC0\tNIC1\tCPU Affinity\tNUMA Affinity\tGPU NUMA ID\x1b[0m
GPU0\t X \tNV18\tPIX\tSYS\t0-55,112-167\t0\t\tN/A
GPU1\tNV18\t X \tSYS\tPIX\t56-111\t1\t\tN/A
NIC0\tPIX\tSYS\t X \tSYS\t\t\t\t

Legend:

  X    = Self

NIC Legend:

  NIC0: mlx5_0
  NIC1: mlx5_1
"""


def given_of(parsed, component):
    pairs = zip(parsed.layout.keys, parsed.values.tolist(), strict=True)
    return {metric: value for (owner, metric), value in pairs if owner == component and value == value}


def test_links_are_counted_and_those_that_are_down_are_named():
    parsed = nvlink.parse(STATE)
    assert given_of(parsed, "gpu0") == {
        "nvlink_links_active": 2,
        "nvlink_links_inactive": 1,
        "nvlink_speed_bits_per_second": pytest.approx(2 * 26.562 * 8e9),
    }
    assert given_of(parsed, "gpu1") == {"nvlink_links_active": 0}
    assert ("gpu0", "nvlink_inactive", "1") in parsed.texts
    assert parsed.facts["gpu0"] == {"product": "NVIDIA H100 80GB HBM3", "uuid": "GPU-11111111-2222-3333-4444-555555555555"}


def test_errors_of_the_links_add_up_and_what_is_not_available_adds_nothing():
    assert given_of(nvlink.parse(ERRORS), "gpu0") == {
        "nvlink_replay_errors_total": 3,
        "nvlink_recovery_errors_total": 1,
        "nvlink_crc_errors_total": 15,
    }


def test_traffic_is_in_octets():
    assert given_of(nvlink.parse(TRAFFIC), "gpu2") == {"nvlink_out_octets_total": 101 * 1024, "nvlink_in_octets_total": 7 * 1024}


def test_the_matrix_tells_peers_cards_and_processors_without_its_escapes():
    parsed = nvidia_topology.parse(MATRIX)
    assert parsed.facts == {
        "gpu0": {"peers": "gpu1=NV18", "nics": "mlx5_0=PIX,mlx5_1=SYS", "cpu_affinity": "0-55,112-167", "numa_node": "0"},
        "gpu1": {"peers": "gpu0=NV18", "nics": "mlx5_0=SYS,mlx5_1=PIX", "cpu_affinity": "56-111", "numa_node": "1"},
    }


@pytest.mark.parametrize("parse", [nvlink.parse, nvidia_topology.parse, dcgm_links.parse])
@pytest.mark.parametrize(("text", "problem"), [("", "empty"), ("lo: 1\n", "not-this-tool"), ("x" * (9 << 20), "too-long")])
def test_what_is_no_output_of_the_tool_says_why(parse, text, problem):
    assert parse(text).problem == problem


def test_a_driver_that_does_not_answer_is_told():
    assert (
        nvlink.parse("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.").problem == "driver-failed"
    )


def sections(file: Path, command: str) -> str:
    """What a capture holds under `# $ command`."""
    lines = file.read_text().splitlines()
    start = lines.index(f"# $ {command}") + 2
    return "\n".join(lines[start : next(i for i in range(start, len(lines)) if lines[i].startswith("####"))])


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("linux-x86_64__nvidia-h100-80gb-hbm3__590.48.01", 18),
        ("linux-x86_64__nvidia-h200__590.48.01", 18),
        ("linux-x86_64__nvidia-geforce-rtx-2080-super__595.71.05", 0),
        ("linux-x86_64__nvidia-geforce-rtx-2080-super__610.57.04", 0),
        ("windows-x86_64__nvidia-geforce-rtx-2080-super__591.86", 0),
    ],
)
def test_recorded_captures_have_their_links_and_their_place(recordings: Path, name, links):
    file = recordings / "gpu" / "nvidia-smi-capture" / f"{name}.txt"
    state = given_of(nvlink.parse(sections(file, "nvidia-smi nvlink -s")), "gpu0")
    assert state["nvlink_links_active"] == links
    assert state.get("nvlink_speed_bits_per_second", 0) == pytest.approx(links * 26.562 * 8e9)
    place = nvidia_topology.parse(sections(file, "nvidia-smi topo -m"))
    if name.startswith("windows"):
        assert place.problem == "not-this-tool"
    else:
        assert place.facts["gpu0"]["cpu_affinity"] == ("0-19" if "h100" in name else "0-23")
        assert place.facts["gpu0"]["numa_node"] == "0"


@pytest.mark.recordings
def test_eight_recorded_a100_have_twelve_links_each(recordings: Path):
    parsed = nvlink.parse((recordings / "gpu" / "nvidia-smi-text" / "gpud-nvidia-smi.nvlink.status.a100.txt").read_text())
    assert parsed.components == tuple(f"gpu{i}" for i in range(8))
    assert {given_of(parsed, gpu)["nvlink_links_active"] for gpu in parsed.components} == {12}
    assert given_of(parsed, "gpu7")["nvlink_speed_bits_per_second"] == 12 * 25 * 8e9
    assert parsed.facts["gpu7"]["uuid"] == "GPU-754035b4-4708-efcd-b261-623aea38bcad"


@pytest.mark.recordings
def test_recorded_letters_of_dcgm_tell_the_links_that_are_down(recordings: Path):
    well = dcgm_links.parse((recordings / "gpu" / "dcgm" / "gcm-test_check_dcgmi-L191.txt").read_text())
    assert given_of(well, "gpu1") == {"nvlink_links_active": 12, "nvlink_links_inactive": 0}
    sick = dcgm_links.parse((recordings / "gpu" / "dcgm" / "gcm-test_check_dcgmi-L199.txt").read_text())
    assert given_of(sick, "gpu1") == {"nvlink_links_active": 9, "nvlink_links_inactive": 1}
    assert sick.texts == (("gpu0", "nvlink_inactive", "3"), ("gpu1", "nvlink_inactive", "6"))
