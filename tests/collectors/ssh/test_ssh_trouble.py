"""The SSH collector against a real sshd that misbehaves: each trouble has its own name, and blinds nothing else."""

import getpass
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from collectors.ssh.keys import opens
from noc_console.model.poll import ErrorKind, PollRequest
from noc_console.secrets import Secrets as KeptSecrets
from tests.collectors.ssh.conftest import Secrets, Watch, inventory_of
from tests.servers.sshd import SshBed, make_key

pytestmark = pytest.mark.server("sshd")


def error_of(result) -> tuple[ErrorKind, str]:
    assert result.error is not None
    assert len(result.layout) == 0
    return result.error.kind, result.error.reason


# Who the server is


def test_an_unknown_host_is_not_logged_into(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.known_hosts.write_text("# nobody yet\n")
    result = watching().next()
    assert error_of(result) == (ErrorKind.AUTH_FAILED, "host-key-unknown")
    assert bed.fingerprint() in result.error.detail
    assert f"noc-console trust 127.0.0.1:{bed.port}" in result.error.detail
    assert bed.asked() == []


def test_lines_of_known_hosts_that_cannot_be_used_are_passed_over(bed: SshBed, watching: Callable[..., Watch]) -> None:
    right = bed.known_hosts.read_text()
    authority = right.replace(f"[127.0.0.1]:{bed.port}", "@cert-authority *")
    bed.known_hosts.write_text(f"# comment\n\n{authority}@revoked nonsense\n{right}")
    assert watching().next().error is None


def test_a_changed_host_key_stops_that_host_until_it_is_trusted_anew(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.trust(host_key="other")
    watch = watching()
    first = watch.next()
    assert error_of(first) == (ErrorKind.HOST_KEY_CHANGED, "host-key-changed")
    assert bed.fingerprint() in first.error.detail
    assert bed.fingerprint("other") in first.error.detail
    bed.stop()  # no connection is tried any more: the same answer without a server
    assert error_of(watch.next(ask=True)) == (ErrorKind.HOST_KEY_CHANGED, "host-key-changed")
    bed.start()
    bed.trust()
    assert watch.next(ask=True).error is None
    assert watch.next("ssh:full", ask=True).error is None


def test_a_server_with_another_type_of_key_than_the_confirmed_one_has_changed(
    bed: SshBed, watching: Callable[..., Watch]
) -> None:
    bed.trust(host_key="ecdsa")
    assert error_of(watching().next()) == (ErrorKind.HOST_KEY_CHANGED, "host-key-changed")


def test_of_two_types_the_confirmed_one_is_asked_for(tmp_path: Path, watching: Callable[..., Watch], bed: SshBed) -> None:
    both = SshBed(tmp_path / "both", more=f"HostKey {tmp_path}/both/host/ecdsa")
    both.start()
    try:
        both.trust(host_key="ecdsa")
        result = watching(inventory_of(both), known_hosts=both.known_hosts).next()
        assert result.error is None
    finally:
        both.stop()


# Who we are


def test_a_key_that_the_server_does_not_know_is_refused(bed: SshBed, tmp_path: Path, watching: Callable[..., Watch]) -> None:
    stranger = make_key(tmp_path / "stranger")
    assert error_of(watching(inventory_of(bed, key=str(stranger))).next()) == (ErrorKind.AUTH_FAILED, "key-refused")


def test_a_missing_key_file_is_a_missing_credential(bed: SshBed, tmp_path: Path, watching: Callable[..., Watch]) -> None:
    result = watching(inventory_of(bed, key=str(tmp_path / "none"))).next()
    assert error_of(result) == (ErrorKind.CREDENTIAL_MISSING, "key-file-missing")


@pytest.mark.parametrize(
    ("secrets", "reason"),
    [(Secrets(), "passphrase-missing"), (Secrets(servers__passphrase="wrong"), "passphrase-wrong")],
)
def test_a_key_that_cannot_be_opened_is_a_missing_credential(
    bed: SshBed, tmp_path: Path, watching: Callable[..., Watch], secrets: Secrets, reason: str
) -> None:
    locked = make_key(tmp_path / "locked", passphrase="open sesame")
    result = watching(inventory_of(bed, key=str(locked)), secrets=secrets).next()
    assert error_of(result) == (ErrorKind.CREDENTIAL_MISSING, reason)
    assert "sesame" not in result.error.detail


def test_a_key_with_its_passphrase_opens(bed: SshBed, tmp_path: Path, watching: Callable[..., Watch]) -> None:
    locked = make_key(tmp_path / "locked", passphrase="open sesame")
    line = f'restrict,command="{bed.folder}/gate" {locked.with_suffix(".pub").read_text()}'
    (bed.folder / "authorized_keys").write_text(line)
    secrets = Secrets(servers__passphrase="open sesame")
    assert watching(inventory_of(bed, key=str(locked)), secrets=secrets).next().error is None


def test_a_passphrase_told_while_it_runs_opens_the_key(bed: SshBed, tmp_path: Path, watching: Callable[..., Watch]) -> None:
    locked = make_key(tmp_path / "locked", passphrase="open sesame")
    line = f'restrict,command="{bed.folder}/gate" {locked.with_suffix(".pub").read_text()}'
    (bed.folder / "authorized_keys").write_text(line)
    secrets = KeptSecrets({}, open_keyring=lambda: None)
    inventory = inventory_of(bed, key=str(locked))
    watch = watching(inventory, secrets=secrets)
    assert error_of(watch.next()) == (ErrorKind.CREDENTIAL_MISSING, "passphrase-missing")
    credential = inventory.credentials["servers"]
    assert opens(credential, "shut sesame") == "passphrase-wrong"
    assert opens(credential, "open sesame") == ""
    secrets.keep("servers", "passphrase", "open sesame")
    assert watch.next(ask=True).error is None


def test_a_user_certificate_opens_where_the_key_alone_is_unknown(
    bed: SshBed, tmp_path: Path, watching: Callable[..., Watch]
) -> None:
    authority, key = make_key(tmp_path / "authority"), make_key(tmp_path / "certified")
    signed = ["ssh-keygen", "-q", "-s", str(authority), "-I", "noc", "-n", getpass.getuser(), "-V", "+1h", f"{key}.pub"]
    subprocess.run(signed, check=True)
    line = f'cert-authority,restrict,command="{bed.folder}/gate" {authority.with_suffix(".pub").read_text()}'
    (bed.folder / "authorized_keys").write_text(line)
    assert watching(inventory_of(bed, key=str(key))).next().error is None


# What goes wrong with one command


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines of a second, so that a hang is seen within a test."""
    monkeypatch.setattr("collectors.ssh.commands.Command.deadline_s", 1.0)


def test_a_hanging_nvidia_smi_blinds_neither_host_nor_kernel_log(
    bed: SshBed, watching: Callable[..., Watch], impatient: None
) -> None:
    watch = watching()
    well = watch.next()
    bed.does("csv", "hang")
    hung = watch.next(ask=True)
    assert hung.error is None
    assert hung.incomplete == ("nvidia-smi-csv: timeout",)
    # Not heard is not gone: the GPUs' keys are still there, without values.
    assert hung.layout is well.layout
    assert np.isnan(hung.values[hung.layout.index["gpu0", "temperature_celsius"]])
    assert np.isfinite(hung.values[hung.layout.index["", "uptime_seconds"]])
    assert watch.next("ssh:kernel", ask=True).error is None
    asked = len(bed.ran("csv"))
    again = watch.next(ask=True)
    assert again.incomplete == ("nvidia-smi-csv: still-running",)
    assert again.finished - again.started < 0.9
    assert len(bed.ran("csv")) == asked > 0


def test_a_hang_that_ends_is_over(bed: SshBed, watching: Callable[..., Watch], impatient: None) -> None:
    (bed.folder / "late").write_text("1.6")
    bed.does("csv", "late")
    watch = watching()
    assert watch.next().incomplete == ("nvidia-smi-csv: timeout",)
    bed.does("csv", "")
    deadline = time.monotonic() + 5
    while watch.next(ask=True).incomplete and time.monotonic() < deadline:
        pass
    assert watch.results[-1].incomplete == () or watch.next(ask=True).incomplete == ()


def test_a_hanging_full_poll_is_an_error_of_its_own(bed: SshBed, watching: Callable[..., Watch], impatient: None) -> None:
    bed.does("xml", "hang")
    watch = watching()
    assert error_of(watch.next("ssh:full")) == (ErrorKind.BAD_REPLY, "timeout")
    assert watch.next(ask=True).error is None


def test_a_flood_is_cut_off(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.does("xml", "flood")
    watch = watching()
    result = watch.next("ssh:full")
    assert error_of(result) == (ErrorKind.BAD_REPLY, "too-long")
    assert watch.next(ask=True).error is None


def test_half_an_xml_is_no_answer(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.does("xml", "half")
    assert error_of(watching().next("ssh:full")) == (ErrorKind.BAD_REPLY, "unreadable")


def test_a_connection_that_drops_in_the_middle_gives_nothing_and_is_made_anew(
    bed: SshBed, watching: Callable[..., Watch]
) -> None:
    bed.does("xml", "drop")
    watch = watching()
    kind, _ = error_of(watch.next("ssh:full"))
    assert kind is ErrorKind.UNREACHABLE
    again = watch.next(ask=True)
    if again.error is not None:  # one that was under way on the same connection went with it
        again = watch.next(ask=True)
    assert again.error is None


def test_escapes_from_the_server_reach_no_detail(bed: SshBed, watching: Callable[..., Watch]) -> None:
    bed.does("xml", "noise")
    result = watching().next("ssh:full")
    assert result.error is not None
    assert "\x1b" not in result.error.detail


# What goes wrong with the server


def test_a_server_that_is_stopped_is_unreachable_and_recovers(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    assert watch.next().error is None
    bed.stop()
    assert watch.next(ask=True).error.kind is ErrorKind.UNREACHABLE
    assert error_of(watch.next(ask=True)) == (ErrorKind.UNREACHABLE, "refused")
    bed.start()
    assert watch.next(ask=True).error is None


def test_a_frozen_server_is_unreachable_within_its_timeout_and_recovers(
    bed: SshBed, watching: Callable[..., Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collectors.ssh.targets.TIMEOUT_S", 0.5)
    watch = watching()
    assert watch.next().error is None
    bed.freeze()
    frozen = watch.next(ask=True)
    assert error_of(frozen)[0] is ErrorKind.UNREACHABLE
    assert frozen.finished - frozen.started < 2.0
    assert error_of(watch.next(ask=True)) == (ErrorKind.UNREACHABLE, "timeout")
    bed.freeze(thaw=True)
    assert watch.next(ask=True).error is None


def test_stopping_ends_all_threads_even_with_a_frozen_server(bed: SshBed, watching: Callable[..., Watch]) -> None:
    watch = watching()
    watch.next()
    bed.freeze()
    watch.collector.ask(PollRequest(device="gpu-1", source="ssh", why="operator"))
    began = time.monotonic()
    watch.collector.stop()
    watch.collector.join(2.0)
    deadline = time.monotonic() + 1.0
    while any(thread.name.startswith("ssh-") for thread in threading.enumerate()) and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("ssh-")] == []
    assert time.monotonic() - began < 2.0
    bed.freeze(thaw=True)


def test_a_port_where_no_ssh_answers_has_its_own_reason(bed: SshBed, watching: Callable[..., Watch]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_hello, args=(listener,), name="http").start()
        inventory = inventory_of(bed)
        device = inventory.devices["gpu-1"]
        collect = replace(device.collect["ssh"], port=listener.getsockname()[1])
        inventory = replace(inventory, devices={"gpu-1": replace(device, collect={"ssh": collect})})
        assert error_of(watching(inventory).next()) == (ErrorKind.UNREACHABLE, "no-banner")
        listener.shutdown(socket.SHUT_RDWR)


def _hello(listener: socket.socket) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")


def test_a_server_with_only_old_algorithms_is_named_as_such(tmp_path: Path, watching: Callable[..., Watch], bed: SshBed) -> None:
    old = SshBed(tmp_path / "old", more="Ciphers aes128-cbc\nMACs hmac-sha1")
    old.start()
    try:
        result = watching(inventory_of(old), known_hosts=old.known_hosts).next()
        assert error_of(result) == (ErrorKind.BAD_REPLY, "no-common-algorithm")
    finally:
        old.stop()


def test_many_servers_that_are_down_do_not_hold_up_one_that_is_up(bed: SshBed, watching: Callable[..., Watch]) -> None:
    # 127.0.2.x refuses at once; what counts is that each has its result, and the living one its values.
    watch = watching(inventory_of(bed, ("127.0.0.1", *(f"127.0.2.{number}" for number in range(1, 40)))))
    watch.until(lambda watch: all(watch.of("ssh", f"gpu-{number}") for number in range(1, 41)))
    assert watch.of("ssh", "gpu-1")[0].error is None
    assert {error_of(watch.of("ssh", f"gpu-{number}")[0]) for number in range(2, 41)} == {(ErrorKind.UNREACHABLE, "refused")}


def test_a_server_behind_another_is_reached_through_it(bed: SshBed, watching: Callable[..., Watch]) -> None:
    inventory = inventory_of(bed, ("127.0.0.1", "127.0.0.1"))
    inner = inventory.devices["gpu-2"]
    collect = replace(inner.collect["ssh"], via="gpu-1")
    inventory = replace(inventory, devices={**inventory.devices, "gpu-2": replace(inner, collect={"ssh": collect})})
    assert watching(inventory).next(device="gpu-2").error is None
