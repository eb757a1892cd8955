"""What else a server is asked for: only what it has, each by its own fixed command, none of them able to hide another."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.ssh.answer import Answer
from collectors.ssh.commands import Output
from collectors.ssh.server import Server
from collectors.ssh.tool_poll import ask_tools, look_for_tools
from collectors.ssh.tools import EVERY, EVERY_TOOL, TOOLS, found_tools, kinds_of, tools_of
from tests.collectors.ssh.conftest import Watch, inventory_of
from tests.servers.sshd import SshBed

NVLINK = """GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1)
\t Link 0: 26.562 GB/s
\t Link 1: <inactive>
GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1)
\t Link 0: Replay Errors: 0
\t Link 0: Recovery Errors: 0
\t Link 0: CRC Errors: 7
"""
SDR = "Inlet Temp       | 04h | ok  |  7.1 | 23 degrees C\nFan1             | 30h | ok  |  7.1 | 8400 RPM\n"
OPTICS = """interface eth0
Cannot get module EEPROM information: Operation not supported
interface ens1np0
\tIdentifier                                : 0x11 (QSFP28)
\tVendor name                               : ACME
\tModule temperature                        : 41.50 degrees C / 106.70 degrees F
\tRcvr signal avg optical power(Channel 1)  : 0.8000 mW / -0.97 dBm
end
"""
SMART = """disk nvme0
{"critical_warning":0,"temperature":310,"avail_spare":100,"spare_thresh":10,"percent_used":3,"media_errors":0}
disk nvme1
{"critical_warning":4,"temperature":320,"avail_spare":5,"spare_thresh":10,"percent_used":97,"media_errors":2}
end
"""
INFINIBAND = """/sys/class/infiniband/mlx5_0/fw_ver:28.39.1002
/sys/class/infiniband/mlx5_0/ports/1/state:4: ACTIVE
/sys/class/infiniband/mlx5_0/ports/1/rate:400 Gb/sec (4X NDR)
/sys/class/infiniband/mlx5_0/ports/1/counters/symbol_error:3
"""
SAYS = {"nvidia-smi-nvlink": NVLINK, "ipmitool": SDR, "ethtool": OPTICS, "nvme": SMART, "infiniband": INFINIBAND}


def polled(server: Server, kind: str, says: dict[str, str], **more: object) -> Answer:
    talk = ask_tools(server, kind)
    try:
        commands = next(talk)
        talk.send(
            tuple(
                Output(command=command, status=0, stdout=says[command.name].encode())
                if command.name in says
                else Output(command=command, **{"status": 1, **more})  # type: ignore[arg-type]
                for command in commands
            )
        )
    except StopIteration as end:
        return end.value
    raise AssertionError("a poll of tools asks once")


def server(*tools: str) -> Server:
    return Server(device="gpu-1", protocol="ssh", tools=frozenset(tools))


def value(found: Answer, component: str, metric: str) -> float:
    return float(found.values[found.layout.index[component, metric]])


def test_links_come_from_nvidia_smi_and_from_sysfs() -> None:
    found = polled(server("nvidia-smi", "infiniband"), "links", SAYS)
    assert value(found, "gpu0", "nvlink_links_inactive") == 1
    assert value(found, "gpu0", "nvlink_crc_errors_total") == 7
    assert value(found, "mlx5_0/1", "speed_bits_per_second") == 400e9
    assert value(found, "mlx5_0/1", "symbol_errors_total") == 3
    assert "gpu0" not in (found.facts or {})


def test_the_inlet_comes_from_ipmitool() -> None:
    found = polled(server("ipmitool"), "sensors", SAYS)
    assert value(found, "Inlet Temp", "temperature_celsius") == 23
    assert value(found, "Fan1", "fan_speed_rpm") == 8400


def test_a_server_whose_controller_is_a_device_of_its_own_is_not_asked_for_its_sensors() -> None:
    known = Server(device="gpu-1", protocol="ssh", has_controller=True)
    talk = look_for_tools(known)
    next(talk)
    with pytest.raises(StopIteration):
        talk.send((Output(command=TOOLS, status=0, stdout=b"nvidia-smi\nipmitool\nend\n"),))
    assert known.tools == {"nvidia-smi"}


def test_each_optic_and_each_disk_has_its_name() -> None:
    found = polled(server("ethtool", "nvme"), "health", SAYS)
    assert value(found, "ens1np0 module", "temperature_celsius") == 41.5
    assert value(found, "ens1np0 module", "rx_power_dbm") == -0.97
    assert not any(component.startswith("eth0") for component, _ in found.layout.keys)
    assert (value(found, "nvme0", "state"), value(found, "nvme1", "state")) == (0, 2)
    assert value(found, "nvme1", "wear_percent") == 97


def test_one_that_fails_keeps_its_keys_and_hides_no_other() -> None:
    known = server("nvidia-smi", "infiniband")
    polled(known, "links", SAYS)
    found = polled(known, "links", {"infiniband": INFINIBAND}, status=None, problem="timeout")
    assert np.isnan(value(found, "gpu0", "nvlink_crc_errors_total"))
    assert value(found, "mlx5_0/1", "symbol_errors_total") == 3
    assert found.incomplete == ("nvidia-smi-nvlink: timeout",)


def test_one_that_the_gate_does_not_allow_is_not_asked_again() -> None:
    known = server("ipmitool", "sensors")
    found = polled(known, "sensors", {}, status=126)
    assert (found.error, found.incomplete) == (None, ())
    assert tools_of("sensors", known.tools) == ()


@given(names=st.lists(st.text(max_size=20)), whole=st.booleans())
def test_any_list_of_tools_is_read_or_refused(names: list[str], whole: bool) -> None:
    found = found_tools("\n".join([*names, "end", ""] if whole else names))
    assert found is None or all(kinds_of(frozenset((name,))) is not None for name in found)


@given(text=st.text(), kind=st.sampled_from(["links", "sensors", "amd", "health", "layout"]))
def test_any_output_of_any_tool_ends_a_poll_with_an_answer(text: str, kind: str) -> None:
    known = server(*(tool.needs for tool in EVERY_TOOL))
    found = polled(known, kind, {tool.command.name: text for tool in EVERY_TOOL})
    assert len(found.layout) == len(found.values)


def test_names_of_commands_are_unique_but_for_second_ways() -> None:
    names = [tool.command.name for tool in EVERY_TOOL]
    assert len(set(names)) == len(names)
    assert len({command.line for command in EVERY}) == len(EVERY)


@pytest.mark.server("sshd")
def test_only_what_a_server_has_is_asked_over_a_real_connection(bed: SshBed, watching: Callable[..., Watch]) -> None:
    smi = Path(bed.folder / "bin" / "nvidia-smi")
    smi.write_text(
        smi.read_text().replace('case "$*" in', f"case \"$*\" in\n'nvlink -s') cat '{bed.folder}/out/nvlink' ;;\n'nvlink -e') ;;")
    )
    bed.says("nvlink", NVLINK)
    watch = watching(inventory_of(bed))
    watch.next("ssh:tools")
    links = watch.next("ssh:links")
    assert (links.error, links.incomplete) == (None, ())
    assert links.values[links.layout.index["gpu0", "nvlink_crc_errors_total"]] == 7
    assert not any("ipmitool sdr" in line and "-n -l" not in line for line in bed.asked())
