"""What is never offered, asked or shown, whatever a server would accept."""

import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import paramiko
import pytest

from collectors.ssh.connection import DISABLED
from tests.collectors.ssh.conftest import Secrets, Watch, inventory_of
from tests.servers.sshd import SshBed, make_key

WEAK = ("cbc", "3des", "arcfour", "md5", "sha1", "group1-", "dss")


@pytest.fixture
def offered() -> Iterator[paramiko.Transport]:
    """A connection as ours are made, before anything is said."""
    here, there = socket.socketpair()
    with here, there:
        yield paramiko.Transport(here, disabled_algorithms=DISABLED)


def test_nothing_weak_is_offered(offered: paramiko.Transport) -> None:
    for kind in ("preferred_ciphers", "preferred_macs", "preferred_kex", "preferred_keys", "preferred_pubkeys"):
        names = getattr(offered, kind)
        assert names
        assert not [name for name in names if any(weak in name for weak in WEAK)], kind
    assert "ssh-rsa" not in (*offered.preferred_keys, *offered.preferred_pubkeys)  # type: ignore[attr-defined]  # RSA with SHA-1
    assert "none" not in offered.preferred_ciphers  # type: ignore[attr-defined]


@pytest.mark.server("sshd")
def test_an_agent_is_never_asked(
    bed: SshBed, watching: Callable[..., Watch], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as agent:
        agent.bind(str(tmp_path / "agent"))
        agent.listen()
        agent.setblocking(False)
        monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "agent"))
        assert watching().next().error is None
        with pytest.raises(BlockingIOError):
            agent.accept()


@pytest.mark.server("sshd")
def test_a_passphrase_is_in_no_log_no_result_and_no_repr(
    bed: SshBed, tmp_path: Path, watching: Callable[..., Watch], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = make_key(tmp_path / "locked", passphrase="open sesame")
    secrets = Secrets(servers__passphrase="shut sesame")
    watch = watching(inventory_of(bed, key=str(key)), secrets=secrets)
    result = watch.next()
    assert result.error is not None
    assert result.error.reason == "passphrase-wrong"
    shown = "\n".join([caplog.text, repr(result), str(result.error), repr(vars(watch.collector))])
    assert "sesame" not in shown
