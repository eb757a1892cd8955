"""Whose work a process with an Xid was: asked while it may still be there, remembered after it has ended."""

import pytest

from collectors.ssh.answer import Answer
from collectors.ssh.commands import JOBS, KERNEL_KMSG, Command, Output
from collectors.ssh.kernel_poll import kernel
from collectors.ssh.server import Server
from collectors.ssh.tool_poll import ask_tools
from noc_console.model.poll import Cursor

XID = "NVRM: Xid (PCI:0000:3b:00): 13, pid=4242, name=python3, Graphics Exception"
GROUPS = b"/proc/4242/cgroup:0::/system.slice/slurmstepd.scope/job_1234/step_0/user/task_0\nend\n"


def a_server(*tools: str) -> Server:
    cursor = Cursor(name="ssh:kernel", boot="b", number=1)
    return Server(device="gpu-1", protocol="ssh", has_gpus=True, tools=frozenset(tools), log_cursors={cursor.name: cursor})


def polled(server: Server, number: int, groups: bytes) -> tuple[Answer, list[Command]]:
    """One poll of the kernel log, and what else was asked."""
    talk, asked = kernel(server, lambda: 1000.0), []
    log = f"b\n500.0 1.0\n4,{number},1000000,-;{XID}\nend\n".encode()
    (command,) = next(talk)
    while True:
        stdout = log if command is KERNEL_KMSG else groups
        try:
            (command,) = talk.send((Output(command=command, status=0, stdout=stdout),))
        except StopIteration as end:
            return end.value, asked
        asked.append(command)


def test_an_xid_tells_the_job_of_its_process() -> None:
    answer, asked = polled(a_server("jobs"), 7, GROUPS)
    assert [event.job for event in answer.events] == ["slurm:1234"]
    assert asked == [JOBS]


def test_a_process_that_has_ended_keeps_the_job_of_the_last_look() -> None:
    server = a_server("jobs")
    talk = ask_tools(server, "jobs")
    (command,) = next(talk)
    with pytest.raises(StopIteration):
        talk.send((Output(command=command, status=0, stdout=GROUPS),))
    answer, asked = polled(server, 7, b"end\n")
    assert [event.job for event in answer.events] == ["slurm:1234"]
    assert asked == []


def test_a_process_of_no_job_and_a_look_that_failed_leave_the_event_as_it_is() -> None:
    answer, _ = polled(a_server("jobs"), 7, b"end\n")
    assert [(event.code, event.job) for event in answer.events] == [(13, "")]


def test_where_there_is_neither_slurm_nor_kubernetes_nothing_is_asked() -> None:
    answer, asked = polled(a_server(), 7, GROUPS)
    assert [(event.pid, event.job) for event in answer.events] == [(4242, "")]
    assert asked == []
