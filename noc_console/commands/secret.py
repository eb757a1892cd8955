"""`secret set|delete|list NAME`: secrets in the system's keyring. Asked without echo, never printed."""

import argparse
import getpass
import json
import os
import sys

from noc_console.inventory import load
from noc_console.inventory.mistakes import nearest
from noc_console.paths import Places
from noc_console.secrets import SECRET_NAMES, NoKeyring, Secrets, variable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "action", choices=("set", "delete", "list"), help="list tells where the inventory's secrets are, not what they are"
    )
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="CREDENTIAL.SECRET, as in switches.auth; for list, a credential or nothing"
    )


def run(args: argparse.Namespace, secrets: Secrets | None = None) -> int:
    """Do it; 1 if the keyring cannot, 2 if NAME is none."""
    secrets = secrets or Secrets()
    if args.action == "list":
        return _list(args, secrets)
    parted = _parted(args.name or "")
    if parted is None:
        return 2
    credential, name = parted
    try:
        return _set(credential, name, secrets) if args.action == "set" else _delete(credential, name, secrets)
    except NoKeyring as error:
        print(f"{error}. Headless, put the secret into the environment as {variable(credential, name)}.", file=sys.stderr)
        return 1


def _set(credential: str, name: str, secrets: Secrets) -> int:
    if not secrets.keyring_name():
        raise NoKeyring("there is no system keyring that keeps secrets encrypted (Secret Service, KWallet, macOS, Windows)")
    value = _ask(f"{credential}.{name}: ")
    if not value:
        print("nothing was given; the secret stays as it was", file=sys.stderr)
        return 1
    secrets.set(credential, name, value)
    print(json.dumps({"set": f"{credential}.{name}", "keyring": secrets.keyring_name()}))
    return 0


def _ask(prompt: str) -> str:
    """Typed without echo; or one line of a pipe, which echoes nothing."""
    try:
        return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    except (EOFError, KeyboardInterrupt):
        return ""


def _delete(credential: str, name: str, secrets: Secrets) -> int:
    if not secrets.delete(credential, name):
        print(f"{credential}.{name} is not in the keyring", file=sys.stderr)
        return 1
    print(json.dumps({"deleted": f"{credential}.{name}"}))
    return 0


def _list(args: argparse.Namespace, secrets: Secrets) -> int:
    path = Places.of(os.environ, inventory=args.inventory).inventory
    loaded = load(path)
    if loaded.inventory is None:
        print(f"the inventory has {len(loaded.mistakes)} mistakes, see check: {loaded.mistakes[0]}", file=sys.stderr)
        return 1
    wanted = [
        (credential.name, name)
        for credential in loaded.inventory.credentials.values()
        if args.name in (None, credential.name)
        for name in (*credential.needs, *(("passphrase",) if credential.key else ()))
    ]
    found = [{"name": f"{credential}.{name}", "from": secrets.has(credential, name)} for credential, name in wanted]
    print(json.dumps({"keyring": secrets.keyring_name() or None, "secrets": found}, ensure_ascii=False))
    return 0


def _parted(name: str) -> tuple[str, str] | None:
    """Credential and secret of NAME; None (told) if it is none."""
    credential, _, secret = name.rpartition(".")
    if credential and secret in SECRET_NAMES:
        return credential, secret
    near = nearest(secret, SECRET_NAMES)
    hint = f"; did you mean {credential}.{near}?" if credential and near else f" with SECRET one of {', '.join(SECRET_NAMES)}"
    print(f"{name or 'NAME'} must be written as CREDENTIAL.SECRET{hint}", file=sys.stderr)
    return None
