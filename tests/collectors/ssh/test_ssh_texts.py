"""What is read from files, people and servers: any text is taken, none breaks anything."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.ssh.address import host_and_port
from collectors.ssh.commands import EVERY, KERNEL_KMSG, Output
from collectors.ssh.host_poll import by_file, host_values
from collectors.ssh.kernel_poll import take_apart
from collectors.ssh.known_hosts import KnownHosts, entry_name
from collectors.ssh.polls import dialogue, sources_of
from collectors.ssh.server import Server

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILd1Y1yX0NnlBcVOTLzNs5zjSCwnDsRUDTOSP7rY4CTV"


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("gpu-1", "gpu-1", 22),
        ("gpu-1:2222", "gpu-1", 2222),
        ("192.0.2.1:22", "192.0.2.1", 22),
        ("2001:db8::1", "2001:db8::1", 22),
        ("[2001:db8::1]", "2001:db8::1", 22),
        ("[2001:db8::1]:2222", "2001:db8::1", 2222),
    ],
)
def test_host_and_port_in_each_form(text: str, host: str, port: int) -> None:
    assert host_and_port(text) == (host, port)


@given(st.text(max_size=40))
def test_any_other_text_is_refused_or_gives_a_host(text: str) -> None:
    try:
        host, port = host_and_port(text)
    except ValueError:
        return
    assert host
    assert 0 < port < 65536


@given(st.binary(max_size=400))
def test_any_known_hosts_file_can_be_read(content: bytes) -> None:
    path = Path("/dev/shm" if Path("/dev/shm").is_dir() else "/tmp") / "noc-console-test-known-hosts"
    logging.getLogger("collectors.ssh.known_hosts").setLevel(logging.ERROR)
    try:
        path.write_bytes(content + f"\n[::1]:2222 {KEY}\n".encode())
        assert list(KnownHosts(path).keys_of("::1", 2222)) == ["ssh-ed25519"]
    finally:
        path.unlink()
        logging.getLogger("collectors.ssh.known_hosts").setLevel(logging.NOTSET)


def test_the_name_in_known_hosts_is_that_of_openssh() -> None:
    assert entry_name("192.0.2.1", 22) == "192.0.2.1"
    assert entry_name("192.0.2.1", 2222) == "[192.0.2.1]:2222"


def test_a_missing_file_knows_nobody(tmp_path: Path) -> None:
    assert KnownHosts(tmp_path / "none").keys_of("a", 22) == {}


@given(st.binary(max_size=300), st.sampled_from(EVERY), st.sampled_from([None, 0, 1, 2, 6, 9, 14, 15, 124, 126, 127, 137, 255]))
def test_any_output_of_any_command_ends_a_poll_with_an_answer(stdout: bytes, command, status: int | None) -> None:
    for source, _ in sources_of("ssh", 10.0):
        server = Server(device="a", protocol="ssh")
        talk = dialogue(source, server, lambda: 1.8e9)
        sent = None
        for _ in range(20):
            try:
                commands = next(talk) if sent is None else talk.send(sent)
            except StopIteration as end:
                answer = end.value
                break
            problem = "" if status is not None else "timeout"
            sent = tuple(Output(command=each, status=status, stdout=stdout, problem=problem) for each in commands)
        else:
            raise AssertionError("the poll goes on asking")
        assert len(answer.values) == len(answer.layout)


@given(st.text(max_size=300))
def test_any_text_parts_into_files(text: str) -> None:
    assert all(isinstance(part, str) for part in by_file(text).values())


@given(st.binary(max_size=200))
def test_a_frame_of_the_kernel_log_is_whole_or_none(content: bytes) -> None:
    lines = take_apart(Output(command=KERNEL_KMSG, status=0, stdout=content))
    assert lines is None or content.endswith(b"end\n")
    framed = take_apart(Output(command=KERNEL_KMSG, status=0, stdout=b"abc\n12.5 3.0\n" + content + b"end\n"))
    assert framed is not None
    assert (framed.boot, framed.uptime, framed.text) == ("abc", 12.5, content)


def test_proc_that_cannot_be_read_keeps_its_keys() -> None:
    server = Server(device="a", protocol="local")
    command = next(command for command in EVERY if command.name == "proc")
    well = host_values(
        server,
        Output(command=command, status=0, stdout=b"/proc/uptime:5.0 1\n/proc/net/dev:eth0: 1 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0\n"),
    )
    gone = host_values(server, Output(command=command, status=0, stdout=b"rubbish\n"))
    assert gone.layout is well.layout
    assert not gone.is_readable
