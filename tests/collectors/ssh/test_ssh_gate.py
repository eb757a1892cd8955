"""The gate that is handed out for servers: it runs the console's commands and nothing else."""

import os
import random
import re
import subprocess
from pathlib import Path

import pytest

from collectors.ssh.commands import HOST, KERNEL_WAYS, STREAM_GPU, STREAM_HOST
from collectors.ssh.tools import EVERY

GATE = Path(__file__).parents[3] / "resources" / "gate" / "noc-gate"


def through_the_gate(line: str | None, asked: str = "") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"]} | ({} if line is None else {"SSH_ORIGINAL_COMMAND": line})
    return subprocess.run(["/bin/sh", str(GATE)], env=environment, input=asked, capture_output=True, text=True, timeout=20)


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
    """What the outer shell expands stands outside single quotes; a loop's own `$` stands within."""
    for command in EVERY:
        bare = re.sub(r"'[^']*'", "", command.line)
        assert "\n" not in command.line
        assert "$" not in bare
        assert "`" not in command.line


@pytest.mark.parametrize("loop", [STREAM_HOST, STREAM_GPU], ids=lambda loop: loop.name)
def test_a_loop_runs_only_what_its_letters_stand_for_and_ends_with_its_input(loop) -> None:
    asked = 'q 1\n$(id) 2\n"; id; " 3\n`id` 4\n'
    done = through_the_gate(loop.line, asked)
    assert done.returncode == 0
    assert "uid=" not in done.stdout + done.stderr
    assert "\nnoc 0 z 1\n" in done.stdout


def test_a_loop_closes_what_it_printed_with_status_and_tag() -> None:
    done = through_the_gate(STREAM_HOST.line, "h 2f\n")
    text, closed, rest = done.stdout.partition("\nnoc 0 h 2f\n")
    assert "/proc/uptime:" in text
    assert closed
    assert rest == "\nnoc 0 z 2f\n"


def test_no_variation_of_a_command_is_allowed() -> None:
    """All of them would take hours: one place in each line, and its ends."""
    rng = random.Random(6)
    for command in EVERY:
        at = rng.randrange(len(command.line))
        for line in (
            command.line[:at] + command.line[at + 1 :],
            command.line[:at] + "x" + command.line[at:],
            command.line + " ",
            command.line + ";id",
            command.line.replace("timeout", "timeout -s KILL"),
        ):
            if line != command.line and line not in {other.line for other in EVERY}:
                done = through_the_gate(line)
                assert (done.returncode, done.stdout) == (126, ""), line
