"""`trust`: a host key is stored when its fingerprint is the one that a person has, and only then."""

import argparse
import json
import stat
from collections.abc import Callable
from pathlib import Path

import paramiko
import pytest

from collectors.commands import trust
from collectors.commands.trust import confirm
from collectors.ssh.known_hosts import KnownHosts
from tests.collectors.ssh.conftest import Watch
from tests.servers.sshd import SshBed

pytestmark = pytest.mark.server("sshd")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without known hosts."""
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], home: Path) -> Callable[..., tuple[int, dict[str, object], str]]:
    """Runs the command: status, object, sentence."""

    def run(*words: str) -> tuple[int, dict[str, object], str]:
        parser = argparse.ArgumentParser()
        parser.add_argument("--inventory")
        parser.add_argument("--data")
        trust.add_arguments(parser)
        status = trust.run(parser.parse_args(words))
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else {}, err

    return run


def place(bed: SshBed) -> str:
    return f"127.0.0.1:{bed.port}"


def test_the_right_fingerprint_stores_the_key(bed: SshBed, run, home: Path, watching: Callable[..., Watch]) -> None:
    status, told, says = run(place(bed), "--fingerprint", bed.fingerprint())
    assert (status, told["stored"], says) == (0, True, "")
    assert (home / "known_hosts").read_text() == bed.known_hosts.read_text()
    assert stat.S_IMODE((home / "known_hosts").stat().st_mode) == 0o600
    assert watching(known_hosts=home / "known_hosts").next().error is None


def test_a_wrong_fingerprint_stores_nothing(bed: SshBed, run, home: Path) -> None:
    status, told, says = run(place(bed), "--fingerprint", bed.fingerprint("other"))
    assert (status, told["stored"]) == (1, False)
    assert bed.fingerprint() in says
    assert not (home / "known_hosts").exists()


@pytest.mark.parametrize("form", ["public key", "known_hosts", "ssh-keygen"])
def test_a_file_may_hold_keys_or_fingerprints(bed: SshBed, run, tmp_path: Path, form: str) -> None:
    forms = {
        "public key": (bed.folder / "host" / "ed25519.pub").read_text(),
        "known_hosts": "# mine\n" + bed.known_hosts.read_text(),
        "ssh-keygen": f"256 {bed.fingerprint('other')} a (ED25519)\n256 {bed.fingerprint()} b (ED25519)\n",
    }
    (tmp_path / "file").write_text(forms[form])
    assert run(place(bed), "--file", str(tmp_path / "file"))[0] == 0


def test_a_fingerprint_of_another_type_of_key_finds_that_key(tmp_path: Path, run, home: Path) -> None:
    both = SshBed(tmp_path / "both", more=f"HostKey {tmp_path}/both/host/ecdsa")
    both.start()
    try:
        status, told, _ = run(place(both), "--fingerprint", both.fingerprint("ecdsa"))
        assert (status, told["type"]) == (0, "ecdsa-sha2-nistp256")
    finally:
        both.stop()


def test_without_a_fingerprint_and_a_terminal_it_only_tells(bed: SshBed, run, home: Path) -> None:
    status, told, says = run(place(bed))
    assert (status, told["fingerprint"]) == (1, bed.fingerprint())
    assert "--fingerprint" in says
    assert not (home / "known_hosts").exists()


@pytest.mark.parametrize(("typed", "status"), [("right", 0), ("yes", 1), ("", 1)])
def test_on_a_terminal_the_fingerprint_is_to_be_typed(
    bed: SshBed, run, monkeypatch: pytest.MonkeyPatch, typed: str, status: int
) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return (bed.fingerprint() if typed == "right" else typed) + "\n"

    monkeypatch.setattr("sys.stdin", Terminal())
    assert run(place(bed))[0] == status


def test_a_changed_key_needs_to_be_replaced_by_word(bed: SshBed, run, home: Path) -> None:
    home.mkdir()
    bed.trust(host_key="other")
    kept = f"# kept\nelse {(bed.folder / 'host' / 'ecdsa.pub').read_text()}"
    (home / "known_hosts").write_text(kept + bed.known_hosts.read_text())
    status, _, says = run(place(bed), "--fingerprint", bed.fingerprint())
    assert status == 1
    assert bed.fingerprint("other") in says
    assert run(place(bed), "--fingerprint", bed.fingerprint(), "--replace")[0] == 0
    text = (home / "known_hosts").read_text()
    assert text.startswith(kept)
    assert text.count(str(bed.port)) == 1


def test_what_is_stored_already_is_fine(bed: SshBed, run, home: Path) -> None:
    run(place(bed), "--fingerprint", bed.fingerprint())
    before = (home / "known_hosts").read_text()
    assert run(place(bed))[0] == 0
    assert (home / "known_hosts").read_text() == before


def test_a_server_that_is_down_is_said(bed: SshBed, run) -> None:
    bed.stop()
    status, told, says = run(place(bed), "--fingerprint", bed.fingerprint())
    assert (status, told) == (1, {})
    assert "refused" in says


@pytest.mark.parametrize(
    "words", [("host:0",), ("user@host",), ("h", "--fingerprint", "MD5:aa"), ("h", "--file", "/no/such/file")]
)
def test_wrong_arguments_are_2(run, words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2


def test_hashed_names_are_known_as_well(tmp_path: Path, bed: SshBed) -> None:
    name = f"[127.0.0.1]:{bed.port}"
    line = bed.known_hosts.read_text().replace(name, paramiko.HostKeys.hash_host(name))
    (tmp_path / "hashed").write_text(line)
    assert list(KnownHosts(tmp_path / "hashed").keys_of("127.0.0.1", bed.port)) == ["ssh-ed25519"]


@pytest.mark.parametrize(
    ("expected", "code"), [("nothing", "no-fingerprint"), ("SHA256:" + "x" * 43, "not-the-same"), ("right", ""), ("public", "")]
)
def test_the_window_asks_for_the_same_check(bed: SshBed, tmp_path: Path, expected: str, code: str) -> None:
    public = (bed.folder / "host" / "ed25519.pub").read_text()
    given = {"right": bed.fingerprint(), "public": public}.get(expected, expected)
    known = tmp_path / "known_hosts"
    assert confirm(known, "127.0.0.1", bed.port, given, replace=False) == code
    assert known.exists() == (code == "")


def test_the_window_replaces_a_key_only_by_word(bed: SshBed) -> None:
    bed.trust(host_key="other")
    assert confirm(bed.known_hosts, "127.0.0.1", bed.port, bed.fingerprint(), replace=False) == "another-stored"
    assert confirm(bed.known_hosts, "127.0.0.1", bed.port, bed.fingerprint(), replace=True) == ""


def test_a_server_that_shows_no_key_is_named_to_the_window(bed: SshBed) -> None:
    bed.stop()
    assert confirm(bed.known_hosts, "127.0.0.1", bed.port, bed.fingerprint(), replace=False) == "refused"
