"""Private keys and passwords of credentials, loaded once: a passphrase costs 0.6 s of CPU per load (bcrypt)."""

from pathlib import Path
from threading import Lock
from typing import Protocol

import paramiko
from cryptography.exceptions import UnsupportedAlgorithm
from paramiko.pkey import UnknownKeyType

from collectors.ssh.trouble import Trouble, trouble
from noc_console.model.fleet import Credential
from noc_console.model.poll import ErrorKind


class SecretSource(Protocol):
    """What this collector needs of `noc_console.secrets.Secrets`."""

    def get(self, credential: str, secret: str, /) -> str | None:
        """The secret, or None if there is none. Any thread."""


class Keys:
    """Keys by (file, time of change, passphrase); what cannot be loaded is remembered as well. Any thread."""

    def __init__(self, secrets: SecretSource) -> None:
        self._secrets = secrets
        self._lock = Lock()
        self._known: dict[tuple[str, int, str | None], paramiko.PKey | Trouble] = {}

    def key(self, credential: Credential) -> paramiko.PKey | None:
        """The credential's key; None if it has none. Trouble (credential-missing) if it cannot be used."""
        if not credential.key:
            return None
        path = Path(credential.key).expanduser()
        try:
            changed = path.stat().st_mtime_ns
        except OSError as error:
            raise trouble(ErrorKind.CREDENTIAL_MISSING, "key-file-missing", str(path)) from error
        wanted = (str(path), changed, self._secrets.get(credential.name, "passphrase"))
        with self._lock:  # 8 threads that connect at once shall not each spend 0.6 s
            if wanted not in self._known:
                self._known[wanted] = _load(path, wanted[2])
            found = self._known[wanted]
        if isinstance(found, Trouble):
            raise Trouble(found.error)
        return found

    def password(self, credential: Credential) -> str:
        """The credential's password. Trouble (credential-missing) if it has none."""
        found = self._secrets.get(credential.name, "password")
        if found is None:
            raise trouble(ErrorKind.CREDENTIAL_MISSING, "password-missing", f"noc-console secret set {credential.name}.password")
        return found


def opens(credential: Credential, passphrase: str) -> str:
    """A code why this passphrase does not open the credential's key; empty: it does. Blocks for about 0.6 s (bcrypt)."""
    found = _load(Path(credential.key).expanduser(), passphrase) if credential.key else None
    if found is None:
        return "key-file-missing"
    return found.error.reason if isinstance(found, Trouble) else ""


def _load(path: Path, passphrase: str | None) -> paramiko.PKey | Trouble:
    secret = None if passphrase is None else passphrase.encode("utf-8")
    try:
        # A certificate beside it (NAME-cert.pub) is taken along by from_path.
        return paramiko.PKey.from_path(path, secret)  # type: ignore[arg-type]  # 5.1 wants bytes, its stubs say str
    except (paramiko.PasswordRequiredException, TypeError):
        if secret is not None:  # a passphrase for a key that needs none
            return _load(path, None)
        return trouble(ErrorKind.CREDENTIAL_MISSING, "passphrase-missing", str(path))
    except OSError:
        return trouble(ErrorKind.CREDENTIAL_MISSING, "key-file-missing", str(path))
    except (ValueError, paramiko.SSHException, UnknownKeyType, UnsupportedAlgorithm):
        # The library's words may quote the file: they are not passed on.
        reason = "key-unreadable" if passphrase is None else "passphrase-wrong"
        return trouble(ErrorKind.CREDENTIAL_MISSING, reason, str(path))
