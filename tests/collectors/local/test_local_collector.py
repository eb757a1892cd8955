"""The local collector on this machine, with an nvidia-smi of the test's own."""

import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest

from collectors.local.collector import LocalCollector
from collectors.local.processes import Processes
from collectors.parsers.nvidia_smi_csv import FIELDS
from collectors.ssh.commands import Command, Output
from noc_console.model.fleet import Collect, Device, Inventory
from noc_console.model.poll import CollectorBeat, PollRequest, PollResult
from tests.servers import gpus

pytestmark = pytest.mark.skipif(not Path("/proc/stat").exists(), reason="needs Linux's /proc")

HERE = Inventory(
    devices={
        "here": Device(
            name="here",
            address="127.0.0.1",
            role="server",
            collect={"local": Collect(protocol="local", credential=None, address="", port=0, interval=60.0)},
        )
    }
)


class Gathered:
    """A collector and its results."""

    def __init__(self) -> None:
        self.inbox: SimpleQueue[PollResult | CollectorBeat] = SimpleQueue()
        self.collector = LocalCollector(HERE, None, self.inbox, time.time, random.Random(3), ())  # type: ignore[arg-type]

    def next(self, source: str, *, ask: bool = False) -> PollResult:
        if ask:
            self.collector.ask(PollRequest(device="here", source=source, why="operator"))
        while True:
            item = self.inbox.get(timeout=10)
            if isinstance(item, PollResult) and item.source == source:
                return item


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for programs, first in PATH."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


@pytest.fixture
def gathered(path: Path) -> Iterator[Gathered]:
    gathered = Gathered()
    gathered.collector.start()
    yield gathered
    gathered.collector.stop()
    gathered.collector.join(2.0)


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


def with_gpus(folder: Path) -> None:
    (folder / "csv").write_text(gpus.csv(gpus.eight(), FIELDS))
    (folder / "xml").write_text(gpus.xml(gpus.eight()))
    program(folder, "nvidia-smi", f'case "$*" in --query*) cat {folder}/csv;; *) cat {folder}/xml;; esac')


def test_this_machine_gives_its_host_and_gpus(path: Path) -> None:
    with_gpus(path)
    gathered = Gathered()
    gathered.collector.start()
    try:
        result = gathered.next("local")
        assert result.error is None
        assert result.incomplete == ()
        assert result.values[result.layout.index["gpu6", "temperature_celsius"]] == 46
        assert result.values[result.layout.index["", "memory_total_bytes"]] > 1e8
        assert result.facts is not None
        assert result.facts[""]["boot_id"] == Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        again = gathered.next("local", ask=True)
        assert again.layout is result.layout
        assert 0 <= again.values[again.layout.index["", "cpu_utilization_percent"]] <= 100 or np.isnan(
            again.values[again.layout.index["", "cpu_utilization_percent"]]
        )
        assert gathered.next("local:full", ask=True).limits is not None
    finally:
        gathered.collector.stop()
        gathered.collector.join(2.0)


def test_a_machine_without_nvidia_smi_is_a_plain_one(gathered: Gathered, path: Path) -> None:
    program(path, "nvidia-smi", "exit 127")
    result = gathered.next("local", ask=True)
    assert (result.error, result.incomplete) == (None, ())
    assert gathered.next("local:full", ask=True).error is None
    assert gathered.next("local:kernel", ask=True).error is None


def test_it_stops_within_two_seconds_while_a_command_hangs(path: Path) -> None:
    program(path, "nvidia-smi", "exec sleep 60")
    gathered = Gathered()
    gathered.collector.start()
    gathered.next("local:kernel")
    began = time.monotonic()
    gathered.collector.stop()
    gathered.collector.join(2.0)
    assert time.monotonic() - began < 2.0
    assert "local" not in {thread.name for thread in threading.enumerate()}


# Processes


@pytest.fixture
def processes() -> Iterator[Processes]:
    processes = Processes()
    yield processes
    processes.close()


def run(processes: Processes, line: str, seconds: int = 8, name: str = "test") -> Output:
    got: list[Output] = []
    processes.run(Command(name=name, line=line, remote_s=seconds), got.append)
    deadline = time.monotonic() + 10
    while not got and time.monotonic() < deadline:
        processes.wait(0.5)
    return got[0]


def test_a_command_gives_status_output_and_errors(processes: Processes) -> None:
    output = run(processes, "printf out; printf err >&2; exit 3")
    assert (output.status, output.stdout, output.stderr, output.problem) == (3, b"out", b"err", "")


def test_a_large_output_is_whole(processes: Processes) -> None:
    output = run(processes, "head -c 3000000 /dev/zero")
    assert (output.status, len(output.stdout)) == (0, 3000000)


def test_a_flood_is_ended(processes: Processes) -> None:
    output = run(processes, "yes flood")
    assert (output.problem, output.stdout) == ("too-long", b"")


def test_a_hang_is_reported_at_its_deadline_and_not_started_twice(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collectors.ssh.commands.Command.deadline_s", 0.3)
    monkeypatch.setattr("collectors.local.processes._end", lambda process: None)  # as in state D: it cannot be killed
    began = time.monotonic()
    assert run(processes, "exec sleep 2").problem == "timeout"
    assert time.monotonic() - began < 1.0
    assert run(processes, "exec sleep 2").problem == "still-running"
    monkeypatch.undo()
    deadline = time.monotonic() + 5
    while run(processes, "true").problem and time.monotonic() < deadline:
        processes.wait(0.1)
    assert run(processes, "true").status == 0


def test_who_asks_for_the_same_meanwhile_gets_the_same(processes: Processes, tmp_path: Path) -> None:
    command = Command(name="same", line=f"echo x >>{tmp_path}/ran; sleep 0.1", remote_s=8)
    got: list[Output] = []
    processes.run(command, got.append)
    processes.run(command, got.append)
    while len(got) < 2:
        processes.wait(0.5)
    assert got[0] is got[1]
    assert (tmp_path / "ran").read_text() == "x\n"
