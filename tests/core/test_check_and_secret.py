import argparse
import io
import json

import keyring.backends.SecretService
import keyring.errors
import pytest

from noc_console.commands import check, secret
from noc_console.secrets import Secrets

INVENTORY = """\
[credentials.switches]
kind = "snmp-v3"
user = "noc"
auth = "SHA-256"
privacy = "AES-256"
[credentials.servers]
kind = "ssh"
user = "noc"
key = "id"
[[devices]]
name = "leaf-[1-3]"
address = "192.0.2.[1-3]"
role = "leaf"
collect.snmp = "switches"
"""


class Ring(keyring.backends.SecretService.Keyring):
    """The well-known keyring with a dictionary for its inside."""

    def __init__(self):
        self.known = {}

    def get_password(self, service, username):
        return self.known.get(username)

    def set_password(self, service, username, password):
        self.known[username] = password

    def delete_password(self, service, username):
        if self.known.pop(username, None) is None:
            raise keyring.errors.PasswordDeleteError


# A class of this file is not trusted; that of the library is.
Ring.__module__, Ring.__name__ = "keyring.backends.SecretService", "Keyring"


def arguments(command, words):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    parser.add_argument("--inventory")
    return parser.parse_args([str(word) for word in words])


@pytest.fixture
def inventory(tmp_path):
    file = tmp_path / "inventory.toml"
    file.write_text(INVENTORY)
    return file


def test_check_of_a_right_inventory_counts_its_devices(inventory, capsys):
    assert check.run(arguments(check, [inventory])) == 0
    assert json.loads(capsys.readouterr().out) == {"devices": 3, "mistakes": []}


def test_check_tells_every_mistake_and_a_sentence_for_each(inventory, capsys):
    inventory.write_text(INVENTORY + 'rak = "a"\nunit = 0\n')
    assert check.run(arguments(check, ["--inventory", inventory])) == 1
    captured = capsys.readouterr()
    mistakes = json.loads(captured.out)["mistakes"]
    assert [(mistake["file"], mistake["line"]) for mistake in mistakes] == [(str(inventory), 15), (str(inventory), 16)]
    assert captured.err.count("\n") == 2


def test_check_takes_the_users_own_inventory(inventory, capsys, monkeypatch):
    monkeypatch.setenv("NOC_CONSOLE_HOME", str(inventory.parent))
    assert check.run(arguments(check, [])) == 0
    assert json.loads(capsys.readouterr().out)["devices"] == 3


def test_a_secret_is_taken_from_a_pipe_and_never_printed(capsys, monkeypatch):
    ring = Ring()
    monkeypatch.setattr("sys.stdin", io.StringIO("hush hush\n"))
    assert secret.run(arguments(secret, ["set", "switches.auth"]), Secrets({}, open_keyring=lambda: ring)) == 0
    captured = capsys.readouterr()
    assert ring.known == {"switches.auth": "hush hush"}
    assert "hush" not in captured.out + captured.err
    assert json.loads(captured.out) == {"set": "switches.auth", "keyring": "Secret Service"}


def test_at_a_terminal_it_is_asked_without_echo(monkeypatch, capsys):
    ring, asked = Ring(), []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "typed")
    assert secret.run(arguments(secret, ["set", "a.community"]), Secrets({}, open_keyring=lambda: ring)) == 0
    assert (asked, ring.known) == (["a.community: "], {"a.community": "typed"})


def test_nothing_given_leaves_the_secret_as_it_was(monkeypatch, capsys):
    ring = Ring()
    ring.known["a.auth"] = "old"
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert secret.run(arguments(secret, ["set", "a.auth"]), Secrets({}, open_keyring=lambda: ring)) == 1
    assert ring.known == {"a.auth": "old"}


def test_without_a_keyring_it_says_how_to_use_the_environment(capsys):
    assert secret.run(arguments(secret, ["set", "switches.auth"]), Secrets({}, open_keyring=lambda: None)) == 1
    assert "NOC_SECRET_SWITCHES_AUTH" in capsys.readouterr().err
    assert secret.run(arguments(secret, ["delete", "switches.auth"]), Secrets({}, open_keyring=lambda: None)) == 1


def test_a_secret_is_deleted_once(capsys):
    ring = Ring()
    ring.known["a.auth"] = "x"
    found = Secrets({}, open_keyring=lambda: ring)
    assert secret.run(arguments(secret, ["delete", "a.auth"]), found) == 0
    assert secret.run(arguments(secret, ["delete", "a.auth"]), found) == 1
    assert ring.known == {}


def test_list_tells_where_secrets_are_and_not_what_they_are(inventory, capsys):
    ring = Ring()
    ring.known["switches.auth"] = "hush"
    found = Secrets({"NOC_SECRET_SWITCHES_PRIVACY": "hush"}, open_keyring=lambda: ring)
    assert secret.run(arguments(secret, ["list", "--inventory", inventory]), found) == 0
    printed = capsys.readouterr().out
    assert "hush" not in printed
    assert json.loads(printed) == {
        "keyring": "Secret Service",
        "secrets": [
            {"name": "switches.auth", "from": "keyring"},
            {"name": "switches.privacy", "from": "environment"},
            {"name": "servers.passphrase", "from": None},
        ],
    }


@pytest.mark.parametrize(
    ("name", "says"),
    [("switches", "CREDENTIAL.SECRET"), ("switches.auht", "did you mean switches.auth?"), (".auth", "CREDENTIAL.SECRET")],
)
def test_a_name_that_is_none_says_how_to_write_it(name, says, capsys):
    assert secret.run(arguments(secret, ["set", name]), Secrets({}, open_keyring=lambda: None)) == 2
    assert says in capsys.readouterr().err
