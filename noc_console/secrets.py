"""Secrets of credentials: from the system's keyring, else from the environment. Never in a file, a log, or a repr.

Keyring is imported at the first secret, not before: it costs 0.1 s, and a window is to be painted first.
"""

import os
import re
from collections.abc import Callable, MutableMapping
from logging import getLogger
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = getLogger(__name__)

SERVICE = "noc-console"
"""Name under which the keyring keeps them; the user name there is `credential.secret`."""

SECRET_NAMES = ("community", "auth", "privacy", "password", "passphrase")
AGAIN_AFTER = 30.0
"""Seconds until a secret that was missing is looked for again: one set while the console runs is found."""

# Keyrings that encrypt under the user's login. Everything else, third-party plaintext files first of all, is refused.
_WELL_KNOWN = {
    ("keyring.backends.SecretService", "Keyring"): "Secret Service",
    ("keyring.backends.libsecret", "Keyring"): "Secret Service",
    ("keyring.backends.kwallet", "DBusKeyring"): "KWallet",
    ("keyring.backends.kwallet", "DBusKeyringKWallet4"): "KWallet",
    ("keyring.backends.macOS", "Keyring"): "macOS keychain",
    ("keyring.backends.Windows", "WinVaultKeyring"): "Windows credential vault",
}


class NoKeyring(Exception):
    """There is no keyring that can be trusted, or it does not open. The text says what to do instead."""


def variable(credential: str, name: str) -> str:
    """The environment's variable for a secret: `NOC_SECRET_SWITCHES_AUTH`."""
    return "NOC_SECRET_" + re.sub(r"[-.]", "_", f"{credential}_{name}").upper()


def well_known(backend: object) -> str:
    """What a keyring is called if it is one of the well-known, else an empty string."""
    kind = type(backend)
    return _WELL_KNOWN.get((kind.__module__, kind.__name__), "")


def system_keyring() -> "KeyringBackend | None":
    """The system's keyring, or None where there is none that is well known."""
    import keyring
    import keyring.errors

    try:
        chosen = keyring.get_keyring()
    except (keyring.errors.KeyringError, RuntimeError, OSError, ImportError) as error:
        log.info("no keyring: %s", type(error).__name__)
        return None
    # The chainer asks several in turn, unknown ones among them: its parts are judged one by one.
    found: list[KeyringBackend] = [chosen, *getattr(chosen, "backends", ())]
    return next((backend for backend in found if well_known(backend)), None)


class Secrets:
    """Secrets by (credential, name). Thread-safe; each is looked up once and then kept in memory.

    Parameters
    ----------
    environ : taken from it, and removed from it, where the keyring has none. open_keyring : gives the keyring, or None.
    clock : seconds that only go up; without one, what is missing stays missing until the end of the run.
    """

    __slots__ = ("_clock", "_environ", "_found", "_keyring", "_lock", "_missing", "_open_keyring", "_opened")

    def __init__(
        self,
        environ: MutableMapping[str, str] | None = None,
        *,
        open_keyring: "Callable[[], KeyringBackend | None]" = system_keyring,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._environ = os.environ if environ is None else environ
        self._open_keyring = open_keyring
        self._clock = clock
        self._lock = Lock()
        self._found: dict[tuple[str, str], str] = {}
        self._missing: dict[tuple[str, str], float] = {}
        self._keyring: KeyringBackend | None = None
        self._opened = False

    def __repr__(self) -> str:
        return "Secrets(…)"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("secrets are not written to bytes")

    def get(self, credential: str, name: str) -> str | None:
        """The secret, or None if it is nowhere. Never raises; may wait while the user unlocks the keyring. Any thread."""
        key = (credential, name)
        known = self._found.get(key)
        if known is not None:
            return known
        with self._lock:
            if key in self._found or self._still_missing(key):
                return self._found.get(key)
            value = self._from_keyring(credential, name)
            # Removed wherever the secret came from: what this process starts has no use for it.
            given = self._environ.pop(variable(credential, name), None)
            value = value or given
            if value:
                self._found[key] = value
                self._missing.pop(key, None)
            else:
                self._missing[key] = self._clock() if self._clock else 0.0
            return value or None

    def has(self, credential: str, name: str) -> str | None:
        """Where a secret is: `keyring`, `environment`, or None; it is not handed out."""
        with self._lock:
            if self._from_keyring(credential, name):
                return "keyring"
            return "environment" if self._environ.get(variable(credential, name)) else None

    def set(self, credential: str, name: str, value: str) -> None:
        """Keep a secret in the keyring; NoKeyring if that cannot be."""
        import keyring.errors

        try:
            self._need_keyring().set_password(SERVICE, f"{credential}.{name}", value)
        except (keyring.errors.KeyringError, RuntimeError, OSError) as error:
            raise NoKeyring(f"the keyring did not take it ({type(error).__name__}); unlock it and try again") from error
        with self._lock:
            self._found[credential, name] = value

    def keep(self, credential: str, name: str, value: str) -> None:
        """Keep a secret in memory, until the console ends. Any thread."""
        with self._lock:
            self._found[credential, name] = value
            self._missing.pop((credential, name), None)

    def delete(self, credential: str, name: str) -> bool:
        """Remove a secret from the keyring; False if it was not there, NoKeyring if there is no keyring."""
        import keyring.errors

        with self._lock:
            self._found.pop((credential, name), None)
        try:
            self._need_keyring().delete_password(SERVICE, f"{credential}.{name}")
        except keyring.errors.PasswordDeleteError:
            return False
        except (keyring.errors.KeyringError, RuntimeError, OSError) as error:
            raise NoKeyring(f"the keyring did not open ({type(error).__name__}); unlock it and try again") from error
        return True

    def keyring_name(self) -> str:
        """What the keyring is called; empty if there is none."""
        with self._lock:
            return well_known(self._the_keyring())

    def _still_missing(self, key: tuple[str, str]) -> bool:
        since = self._missing.get(key)
        return since is not None and (self._clock is None or self._clock() - since < AGAIN_AFTER)

    def _the_keyring(self) -> "KeyringBackend | None":
        """Opened once; the lock is held."""
        if not self._opened:
            self._keyring = self._open_keyring()
            self._opened = True
        return self._keyring

    def _need_keyring(self) -> "KeyringBackend":
        with self._lock:
            backend = self._the_keyring()
        if backend is None:
            raise NoKeyring("there is no system keyring that keeps secrets encrypted (Secret Service, KWallet, macOS, Windows)")
        return backend

    def _from_keyring(self, credential: str, name: str) -> str | None:
        backend = self._the_keyring()
        if backend is None:
            return None
        import keyring.errors

        try:
            return backend.get_password(SERVICE, f"{credential}.{name}")
        except (keyring.errors.KeyringError, RuntimeError, OSError) as error:
            log.warning("the keyring does not give %s.%s: %s", credential, name, type(error).__name__)
            return None
