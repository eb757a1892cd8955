"""Logging in with a password, against a small server of our own: sshd itself would need PAM and a real account's password."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import paramiko
import pytest

from collectors.ssh.connection import Connector, Target
from collectors.ssh.keys import Keys
from collectors.ssh.known_hosts import KnownHosts
from collectors.ssh.trouble import Trouble
from noc_console.model.fleet import Credential
from noc_console.model.poll import ErrorKind
from tests.collectors.ssh.conftest import Secrets


class OnePassword(paramiko.ServerInterface):
    """Takes noc with one password."""

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_auth_password(self, username: str, password: str) -> int:
        right = (username, password) == ("noc", "correct horse")
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Port and known_hosts of the server."""
    key = paramiko.ECDSAKey.generate()
    listener = socket.create_server(("127.0.0.1", 0))
    transports: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(key)
            transport.start_server(event=threading.Event(), server=OnePassword())
            transports.append(transport)

    thread = threading.Thread(target=serve, name="server")
    thread.start()
    port = listener.getsockname()[1]
    known = tmp_path / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
    yield port, known
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(2)
    for transport in transports:
        transport.close()
        transport.join(2)


def log_in(place: tuple[int, Path], **secrets: str) -> None:
    port, known = place
    connector = Connector(keys=Keys(Secrets(**secrets)), known_hosts=KnownHosts(known), stopping=threading.Event())
    credential = Credential(name="servers", kind="ssh", user="noc")
    target = Target(device="gpu-1", address="127.0.0.1", port=port, credential=credential, timeout=4.0)
    connection = connector.connect(target)
    try:
        assert connection.transport.is_authenticated()
    finally:
        connection.close()


def test_the_right_password_logs_in(place: tuple[int, Path]) -> None:
    log_in(place, servers__password="correct horse")


def test_a_wrong_password_is_refused_and_not_repeated_in_words(place: tuple[int, Path]) -> None:
    with pytest.raises(Trouble) as found:
        log_in(place, servers__password="battery staple")
    assert (found.value.error.kind, found.value.error.reason) == (ErrorKind.AUTH_FAILED, "password-refused")
    assert "staple" not in str(found.value)


def test_without_a_password_nobody_is_asked(place: tuple[int, Path]) -> None:
    with pytest.raises(Trouble) as found:
        log_in(place)
    assert (found.value.error.kind, found.value.error.reason) == (ErrorKind.CREDENTIAL_MISSING, "password-missing")


def test_a_password_is_not_shown_to_a_server_that_nobody_confirmed(place: tuple[int, Path]) -> None:
    port, known = place
    known.write_text("")
    with pytest.raises(Trouble) as found:
        log_in((port, known), servers__password="correct horse")
    assert found.value.error.reason == "host-key-unknown"
