import os
import pickle
import threading

import keyring.backend
import keyring.errors
import pytest

from noc_console import secrets
from noc_console.secrets import NoKeyring, Secrets, system_keyring, variable, well_known


class MemoryKeyring(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self, **known):
        super().__init__()
        self.known = dict(known)
        self.asked = 0

    def get_password(self, service, username):
        self.asked += 1
        assert service == "noc-console"
        return self.known.get(username)

    def set_password(self, service, username, password):
        self.known[username] = password

    def delete_password(self, service, username):
        if username not in self.known:
            raise keyring.errors.PasswordDeleteError
        del self.known[username]


class LockedKeyring(MemoryKeyring):
    priority = 1

    def get_password(self, service, username, *_):
        raise keyring.errors.KeyringLocked("secret words of the backend")

    set_password = delete_password = get_password


def test_the_keyring_is_asked_before_the_environment():
    environ = {"NOC_SECRET_SWITCHES_AUTH": "from-environment"}
    ring = MemoryKeyring(**{"switches.auth": "from-keyring"})
    found = Secrets(environ, open_keyring=lambda: ring)
    assert found.get("switches", "auth") == "from-keyring"
    assert environ == {}


def test_a_secret_of_the_environment_is_removed_from_it_once_read_and_kept():
    environ = {"NOC_SECRET_SWITCH_ES_1_AUTH": "x", "OTHER": "y"}
    found = Secrets(environ, open_keyring=lambda: None)
    assert environ["NOC_SECRET_SWITCH_ES_1_AUTH"] == "x"
    assert found.get("switch-es.1", "auth") == "x"
    assert environ == {"OTHER": "y"}
    assert found.get("switch-es.1", "auth") == "x"


def test_by_default_it_is_the_process_that_forgets(monkeypatch):
    monkeypatch.setenv("NOC_SECRET_A_COMMUNITY", "x")
    assert Secrets(open_keyring=lambda: None).get("a", "community") == "x"
    assert "NOC_SECRET_A_COMMUNITY" not in os.environ


@pytest.mark.parametrize(
    ("credential", "name", "expected"),
    [("switches", "auth", "NOC_SECRET_SWITCHES_AUTH"), ("a-b.c", "community", "NOC_SECRET_A_B_C_COMMUNITY")],
)
def test_the_variable_of_a_secret(credential, name, expected):
    assert variable(credential, name) == expected


def test_what_is_missing_is_looked_for_again_after_a_while():
    now, ring = [0.0], MemoryKeyring()
    found = Secrets({}, open_keyring=lambda: ring, clock=lambda: now[0])
    assert found.get("a", "auth") is None
    ring.known["a.auth"] = "late"
    now[0] = secrets.AGAIN_AFTER - 1
    assert found.get("a", "auth") is None
    assert ring.asked == 1
    now[0] = secrets.AGAIN_AFTER
    assert found.get("a", "auth") == "late"


def test_a_keyring_that_does_not_open_is_no_exception_and_the_environment_serves(caplog):
    found = Secrets({"NOC_SECRET_A_AUTH": "x"}, open_keyring=LockedKeyring)
    assert found.get("a", "auth") == "x"
    assert "KeyringLocked" in caplog.text
    assert "secret words" not in caplog.text
    caplog.clear()


def test_nothing_shows_a_secret():
    found = Secrets({"NOC_SECRET_A_AUTH": "hush"}, open_keyring=lambda: None)
    found.get("a", "auth")
    assert "hush" not in repr(found)
    with pytest.raises(TypeError):
        pickle.dumps(found)


def test_many_threads_get_the_same_secret_and_the_keyring_is_asked_once():
    ring = MemoryKeyring(**{"a.auth": "x"})
    found = Secrets({}, open_keyring=lambda: ring)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(found.get("a", "auth"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["x"] * 16
    assert ring.asked == 1


def test_a_secret_is_set_and_deleted_in_the_keyring():
    ring = MemoryKeyring()
    found = Secrets({}, open_keyring=lambda: ring)
    found.set("a", "auth", "new")
    assert ring.known == {"a.auth": "new"}
    assert found.get("a", "auth") == "new"
    assert found.delete("a", "auth")
    assert not found.delete("a", "auth")
    assert found.get("a", "auth") is None


def test_without_a_keyring_setting_says_so():
    with pytest.raises(NoKeyring, match="no system keyring"):
        Secrets({}, open_keyring=lambda: None).set("a", "auth", "x")
    with pytest.raises(NoKeyring, match="unlock it"):
        Secrets({}, open_keyring=LockedKeyring).set("a", "auth", "x")


def test_only_well_known_keyrings_are_trusted(monkeypatch):
    import keyring.backends.fail
    import keyring.backends.null
    import keyring.backends.SecretService

    for plain in (MemoryKeyring(), keyring.backends.null.Keyring(), keyring.backends.fail.Keyring()):
        assert well_known(plain) == ""
        monkeypatch.setattr(keyring, "get_keyring", lambda plain=plain: plain)
        assert system_keyring() is None
    service = object.__new__(keyring.backends.SecretService.Keyring)
    assert well_known(service) == "Secret Service"
    monkeypatch.setattr(keyring, "get_keyring", lambda: service)
    assert system_keyring() is service


def test_of_a_chain_only_its_well_known_parts_are_asked(monkeypatch):
    import keyring.backends.SecretService

    service = object.__new__(keyring.backends.SecretService.Keyring)

    class Chain(MemoryKeyring):
        priority = 1
        backends = (MemoryKeyring(), service)

    monkeypatch.setattr(keyring, "get_keyring", Chain)
    assert system_keyring() is service


def test_a_class_that_only_has_the_name_of_a_known_one_is_not_trusted():
    imposter = type("Keyring", (MemoryKeyring,), {"priority": 1, "__module__": "keyrings.alt.file"})
    assert well_known(imposter()) == ""
