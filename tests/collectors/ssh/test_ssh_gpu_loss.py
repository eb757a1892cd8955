"""What the fast poll makes of nvidia-smi's own failures, without a server."""

import numpy as np
import pytest

from collectors.parsers.nvidia_smi_csv import AMPERE_FIELDS, FIELDS
from collectors.ssh.commands import GPU_CSV, GPU_CSV_AMPERE, HOST, Output
from collectors.ssh.polls import fast
from collectors.ssh.server import Server
from tests.servers import gpus

PROC = b"""/proc/uptime:100.00 1.00
/proc/stat:cpu  1 0 1 10 0 0 0 0 0 0
/proc/meminfo:MemTotal: 9 kB
/proc/meminfo:MemAvailable: 1 kB
/proc/net/dev: face
/proc/net/dev:eth0: 1 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0
/proc/sys/kernel/random/boot_id:6f1d2c3b-0000-4000-8000-000000000001
"""
WELL = Output(command=HOST, status=0, stdout=PROC)


def answer(server: Server, stdout: str, status: int = 0):
    talk = fast(server, lambda: 1000.0)
    next(talk)
    try:
        more = talk.send((Output(command=GPU_CSV, status=status, stdout=stdout.encode()), WELL))
        while True:  # what does not answer is looked for among the processes: nothing of the kind
            more = talk.send(tuple(Output(command=command, status=1) for command in more))
    except StopIteration as end:
        return end.value


@pytest.fixture
def server() -> Server:
    """One whose eight GPUs were seen."""
    server = Server(device="gpu-1", protocol="ssh")
    assert answer(server, gpus.csv(gpus.eight(), FIELDS)).incomplete == ()
    return server


def shown(found) -> set[str]:
    return {component for component, _ in found.layout.keys if component.startswith("gpu")}


def test_a_driver_is_asked_for_all_that_it_knows_and_no_more_and_that_is_remembered() -> None:
    server = Server(device="gpu-1", protocol="ssh")
    known = {*AMPERE_FIELDS}
    asked = []
    talk = fast(server, lambda: 1000.0)
    commands = next(talk)
    found = None
    while found is None:
        outputs = []
        for command in commands:
            if command is HOST:
                outputs.append(WELL)
                continue
            fields = command.line.partition("--query-gpu=")[2].partition(" ")[0].split(",")
            asked.append(len(fields))
            unknown = next((field for field in fields if field not in known), None)
            text = f'Field "{unknown}" is not a valid field to query.\n' if unknown else gpus.csv(gpus.eight(), tuple(fields))
            outputs.append(Output(command=command, status=2 if unknown else 0, stdout=text.encode()))
        try:
            commands = talk.send(tuple(outputs))
        except StopIteration as end:
            found = end.value
    assert asked == [len(FIELDS), len(AMPERE_FIELDS)]
    assert found.incomplete == ()
    assert ("gpu7", "row_remap_pending") in found.layout.index
    assert server.csv is GPU_CSV_AMPERE


def test_a_corrupted_inforom_still_gives_the_values(server: Server) -> None:
    found = answer(server, gpus.csv(gpus.eight(), FIELDS), status=14)
    assert found.values[found.layout.index["gpu0", "temperature_celsius"]] == 40


def test_no_devices_means_that_all_are_missing(server: Server) -> None:
    found = answer(server, "No devices were found\n", status=6)
    assert found.error is None
    assert shown(found) == set()
    assert found.incomplete == ("nvidia-smi: no-gpu",)


def test_a_driver_that_does_not_answer_means_that_all_are_missing(server: Server) -> None:
    says = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that it is running.\n"
    found = answer(server, says, status=9)
    assert shown(found) == set()
    assert found.incomplete == ("nvidia-smi: driver-failed",)


def test_a_lost_gpu_is_missing_and_the_others_are_not_given(server: Server) -> None:
    bus = gpus.Gpu(index=3).bus
    says = f"Unable to determine the device handle for GPU{bus}: GPU is lost.  Reboot the system to recover this GPU\n"
    found = answer(server, says, status=15)
    assert shown(found) == {f"gpu{index}" for index in range(8)} - {"gpu3"}
    assert np.isnan(found.values[found.layout.index["gpu0", "temperature_celsius"]])
    assert found.values[found.layout.index["", "uptime_seconds"]] == 100
    assert found.incomplete[0].startswith("nvidia-smi: gpu-lost: ")


def test_a_lost_gpu_where_none_was_seen_yet_makes_none_missing() -> None:
    says = "Unable to determine the device handle for GPU00000000:52:00.0: GPU is lost.  Reboot the system to recover this GPU\n"
    found = answer(Server(device="gpu-1", protocol="ssh"), says, status=15)
    assert found.error is None
    assert "gpu-lost" not in found.incomplete[0]


def test_a_lost_gpu_beside_seven_that_answer_is_there_without_values(server: Server) -> None:
    rows = gpus.csv(gpus.eight(), FIELDS).splitlines()
    cells = rows[4].split(", ")
    lost = ", ".join(cell if place < 5 else "[GPU is lost]" for place, cell in enumerate(cells))
    found = answer(server, "\n".join([*rows[:4], lost, *rows[5:]]) + "\n", status=0)
    assert shown(found) == {f"gpu{index}" for index in range(8)}
    assert np.isnan(found.values[found.layout.index["gpu3", "temperature_celsius"]])
    assert found.values[found.layout.index["gpu4", "temperature_celsius"]] == 44


def test_rows_cut_off_are_not_taken_for_gpus_gone(server: Server) -> None:
    text = gpus.csv(gpus.eight(), FIELDS)
    found = answer(server, text[: len(text) // 2], status=137)
    assert shown(found) == {f"gpu{index}" for index in range(8)}
    assert found.incomplete == ("nvidia-smi-csv: timeout",)


def test_a_plain_server_that_never_had_gpus_is_whole_without_them() -> None:
    fresh = Server(device="web-1", protocol="ssh")
    found = answer(fresh, "", status=127)
    assert (found.error, found.incomplete, fresh.has_gpus) == (None, (), False)


def test_nvidia_smi_that_has_gone_from_a_gpu_server_is_said(server: Server) -> None:
    found = answer(server, "", status=127)
    assert shown(found) == {f"gpu{index}" for index in range(8)}
    assert found.incomplete != ()


def test_all_polls_of_one_shape_share_their_layout(server: Server) -> None:
    text = gpus.csv(gpus.eight(), FIELDS)
    assert answer(server, text).layout is answer(Server(device="gpu-2", protocol="ssh"), text).layout
