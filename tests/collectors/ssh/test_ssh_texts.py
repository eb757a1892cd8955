"""What is read from files, people and servers: any text is taken, none breaks anything."""

import logging
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.ssh.address import host_and_port, place_of
from collectors.ssh.commands import KERNEL_KMSG, Output
from collectors.ssh.connection import Connection, Connector, Target
from collectors.ssh.host_poll import by_file, host_values
from collectors.ssh.kernel_poll import take_apart
from collectors.ssh.keys import Keys
from collectors.ssh.known_hosts import KnownHosts, entry_name
from collectors.ssh.polls import dialogue, sources_of
from collectors.ssh.pool import ConnectPool
from collectors.ssh.server import Server
from collectors.ssh.tools import EVERY
from collectors.ssh.trouble import Trouble
from noc_console.model.fleet import Credential
from noc_console.secrets import Secrets

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


@given(st.sampled_from(("gpu-1", "192.0.2.1", "2001:db8::1")), st.integers(1, 65535))
def test_a_place_that_is_told_can_be_typed(host: str, port: int) -> None:
    assert host_and_port(place_of(host, port)) == (host, port)


@given(content=st.binary(max_size=400))
def test_any_known_hosts_file_can_be_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any-known-hosts"
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


def test_to_replace_one_server_takes_no_other_from_its_line(tmp_path: Path) -> None:
    path = tmp_path / "known_hosts"
    path.write_text(f"192.0.2.1,192.0.2.2 {KEY} shared by two\n192.0.2.1 {KEY}\n")
    known = KnownHosts(path)
    key = known.keys_of("192.0.2.1", 22)["ssh-ed25519"]
    known.store("192.0.2.1", 22, key, replace=True)
    assert path.read_text() == f"192.0.2.2 {KEY} shared by two\n192.0.2.1 {KEY}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["known_hosts"]


def test_a_revoked_key_is_nobodys(tmp_path: Path) -> None:
    path = tmp_path / "known_hosts"
    path.write_text(f"192.0.2.1 {KEY}\n")
    known = KnownHosts(path)
    assert known.keys_of("192.0.2.1", 22)
    path.write_text(f"@revoked * {KEY}\n192.0.2.1 {KEY}\n")
    assert not known.keys_of("192.0.2.1", 22)


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "known_hosts"
    path.write_text(f"192.0.2.2 {KEY}\n")
    known = KnownHosts(path)
    key = known.keys_of("192.0.2.2", 22)["ssh-ed25519"]

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("collectors.ssh.known_hosts.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        known.store("192.0.2.1", 22, key, replace=False)
    assert path.read_text() == f"192.0.2.2 {KEY}\n"
    assert [each.name for each in tmp_path.iterdir()] == ["known_hosts"]


def test_a_name_that_cannot_be_one_is_an_unknown_name(tmp_path: Path) -> None:
    connector = Connector(
        keys=Keys(Secrets({}, open_keyring=lambda: None)), known_hosts=KnownHosts(tmp_path / "none"), stopping=threading.Event()
    )
    for name in ("a..b", "x" * 80):
        with pytest.raises(Trouble) as found:
            connector.fetch_key(name, 22, 1.0)
        assert found.value.error.reason == "name-unknown"


def test_a_connection_made_while_we_end_is_closed(tmp_path: Path) -> None:
    closed = threading.Event()
    stopping = threading.Event()

    class Made(Connection):
        def close(self) -> None:
            closed.set()

    class Late:
        def __init__(self) -> None:
            self.stopping = stopping

        def connect(self, target: Target) -> Connection:
            stopping.set()
            return Made(transport=None, channel_or_socket=None, last_heard=0.0)  # type: ignore[arg-type]

    pool = ConnectPool(Late(), 1)  # type: ignore[arg-type]
    pool.start()
    pool.submit(Target(device="a", address="a", port=22, credential=Credential(name="", kind="ssh"), timeout=1.0), lambda _: None)
    assert stopping.wait(5)
    pool.stop()
    pool.threads[0].join(5)
    assert closed.is_set()


def test_a_missing_file_knows_nobody(tmp_path: Path) -> None:
    assert KnownHosts(tmp_path / "none").keys_of("a", 22) == {}


@given(st.binary(max_size=300), st.sampled_from(EVERY), st.sampled_from([None, 0, 1, 2, 6, 9, 14, 15, 124, 126, 127, 137, 255]))
def test_any_output_of_any_command_ends_a_poll_with_an_answer(stdout: bytes, command, status: int | None) -> None:
    for source, *_ in sources_of("ssh", 10.0):
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


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["net/dev", "stat", "loadavg", "meminfo"]),
            st.lists(st.text("ab: 1", max_size=6), min_size=1, max_size=4),
        ),
        max_size=4,
        unique_by=lambda file: file[0],
    ),
    st.booleans(),
)
def test_every_line_of_every_file_is_there(files: list[tuple[str, list[str]]], has_end: bool) -> None:
    text = "\n".join(f"/proc/{name}:{line}" for name, lines in files for line in lines)
    assert by_file(text + "\n" * (has_end and bool(files))) == {name: "\n".join(lines) for name, lines in files}


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
