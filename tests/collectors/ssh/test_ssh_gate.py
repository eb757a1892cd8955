"""The gate that is handed out for servers: it runs the console's commands and nothing else."""

import os
import subprocess
from pathlib import Path

import pytest

from collectors.ssh.commands import EVERY, HOST, KERNEL_WAYS

GATE = Path(__file__).parents[3] / "resources" / "gate" / "noc-gate"


def through_the_gate(line: str | None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"]} | ({} if line is None else {"SSH_ORIGINAL_COMMAND": line})
    return subprocess.run(["/bin/sh", str(GATE)], env=environment, capture_output=True, text=True, timeout=20)


def test_its_list_is_the_list_of_the_collector() -> None:
    text = GATE.read_text()
    listed = text.partition("<<'END'\n")[2].partition("\nEND\n")[0].splitlines()
    assert listed == [command.line for command in EVERY]


def test_it_can_be_run() -> None:
    assert os.access(GATE, os.X_OK)


@pytest.mark.parametrize("command", [HOST, *KERNEL_WAYS], ids=lambda command: command.name)
def test_what_is_allowed_runs(command) -> None:
    assert through_the_gate(command.line).returncode != 126


def test_the_host_answers_through_it() -> None:
    assert "/proc/uptime:" in through_the_gate(HOST.line).stdout


@pytest.mark.parametrize(
    "line",
    [
        None,
        "",
        "id",
        f"{HOST.line}; id",
        f"{HOST.line}\nid",
        f"id\n{HOST.line}",
        f" {HOST.line}",
        HOST.line.replace("/proc/stat", "/etc/shadow"),
        "LC_ALL=C timeout -k 2 8 *",
        "END",
    ],
)
def test_anything_else_is_refused(line: str | None) -> None:
    done = through_the_gate(line)
    assert (done.returncode, done.stdout) == (126, "")
    assert "uid=" not in done.stderr


def test_no_command_can_hold_more_than_it_says() -> None:
    for command in EVERY:
        assert "\n" not in command.line
        assert "$" not in command.line
        assert "`" not in command.line
