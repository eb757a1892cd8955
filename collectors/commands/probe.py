"""`probe`: one device, looked at once, as one JSON object."""

import argparse
import getpass
import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from noc_console.inventory import load
from noc_console.model.fleet import Collect, Credential, Inventory
from noc_console.model.poll import ErrorKind, PollError
from noc_console.paths import Places
from noc_console.secrets import Secrets, variable

if TYPE_CHECKING:
    from collectors.snmp.exchange import Line

SNMP_PORT = 161
AUTH = ("MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512")
PRIVACY = ("DES", "AES", "AES-128", "AES-192", "AES-256", "AES-192-CISCO", "AES-256-CISCO")
KINDS = {"1": "snmp-v1", "2c": "snmp-v2c"}
PROBE = "probe"
"""Name of the credential that the options make; its secrets come from `NOC_SECRET_PROBE_AUTH`, `NOC_SECRET_PROBE_PRIVACY`."""


class WrongArguments(Exception):
    """Arguments that do not go together; the text is a sentence."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--snmp", metavar="HOST[:PORT]", help="ask over SNMP")
    where.add_argument("--ssh", metavar="USER@HOST[:PORT]", help="ask over SSH")
    where.add_argument("--local", action="store_true", help="this machine")
    parser.add_argument("--credential", metavar="NAME", help="a credential of the inventory")
    parser.add_argument("--version", choices=tuple(KINDS), help="SNMP version of --community (2c)")
    parser.add_argument(
        "--community", metavar="NAME", help="a public community, or one for tests: others can read the command line"
    )
    parser.add_argument("--v3-user", metavar="U", help="user of SNMP version 3")
    parser.add_argument("--auth", choices=AUTH, type=str.upper, help="how it signs; the passphrase is asked")
    parser.add_argument("--privacy", choices=PRIVACY, type=str.upper, help="how it encrypts; the passphrase is asked")
    parser.add_argument("--context", default="", metavar="NAME", help="context of SNMP version 3")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write all that the device tells over SNMP there instead")
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="for the whole look (60)")
    parser.add_argument("--key", type=Path, metavar="FILE", help="private key for --ssh")
    parser.add_argument("--known-hosts", type=Path, metavar="FILE", help="host keys for --ssh")


def run(args: argparse.Namespace) -> int:
    """Print what the device is and says; 1 if it did not answer or refused, 2 if the arguments are wrong."""
    try:
        if args.timeout <= 0:
            raise WrongArguments("--timeout must be more than 0 seconds.")
        return _over_snmp(args) if args.snmp else _otherwise(args)
    except WrongArguments as wrong:
        print(wrong, file=sys.stderr)
        return 2


def _print(told: dict[str, object]) -> int:
    print(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))
    return 0


def _otherwise(args: argparse.Namespace) -> int:
    """Over SSH, or this machine: those collectors' own look."""
    if args.ssh:
        from collectors.ssh.probe import probe as look
    else:
        from collectors.local.probe import probe as look
    from collectors.ssh.trouble import Trouble

    try:
        return _print(look(args))
    except ValueError as wrong:
        raise WrongArguments(str(wrong)) from wrong
    except Trouble as trouble:
        print(sentence(args.ssh or "this machine", trouble.error), file=sys.stderr)
        return 1


# --- SNMP ---------------------------------------------------------------------------------------------------------------------


def _over_snmp(args: argparse.Namespace) -> int:
    from collectors.snmp.failure import PollFailed
    from collectors.snmp.preparing import line_to
    from collectors.snmp.probe import look_at
    from noc_console.profiles.catalogue import ProfileError, catalogue_with

    inventory, credential, secret = _credential(args)
    rng = random.SystemRandom()
    try:
        line: Line = line_to(_collect(args, credential), inventory, _Given(secret), rng)
        if args.record:
            return _record(line, args, rng)
        catalogue = catalogue_with(Places.of(os.environ).profiles)
        for mistake in catalogue.mistakes:
            print(mistake, file=sys.stderr)
        return _print(look_at(line, catalogue, timeout=args.timeout, rng=rng))
    except ProfileError as mistake:
        print(mistake, file=sys.stderr)
        return 1
    except PollFailed as failure:
        print(sentence(args.snmp, failure.error, credential), file=sys.stderr)
        return 1


def _record(line: "Line", args: argparse.Namespace, rng: random.Random) -> int:
    """All objects of the device into a file. PollFailed if it does not answer."""
    from collectors.snmp.probe import record

    try:
        told = record(line, args.record, timeout=args.timeout, rng=rng)
    except OSError as error:
        print(f"{args.record}: cannot be written: {error}", file=sys.stderr)
        return 1
    return _print(told)


class _Given:
    """Secrets as a function gives them."""

    def __init__(self, secret: Callable[[str, str], str | None]) -> None:
        self.get = secret


def _collect(args: argparse.Namespace, credential: Credential) -> Collect:
    host, port = host_and_port(args.snmp)
    return Collect(
        protocol="snmp",
        credential=credential.name,
        address=host,
        port=port,
        interval=args.timeout,
        timeout=min(6.0, args.timeout),
        context=args.context,
    )


def host_and_port(text: str, port: int = SNMP_PORT) -> tuple[str, int]:
    """Host and port of `HOST`, `HOST:PORT`, `::1`, `[::1]:PORT`. WrongArguments."""
    host, colon, given = text, "", ""
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        colon, given = rest[:1], rest[1:]
    elif text.count(":") == 1:
        host, colon, given = text.partition(":")
    is_port = given.isascii() and given.isdecimal() and 0 < int(given) < 65536
    if not host or colon not in ("", ":") or (colon and not is_port):
        raise WrongArguments(f"{text!r} is no HOST[:PORT].")
    return host, int(given) if colon else port


def _credential(args: argparse.Namespace) -> tuple[Inventory, Credential, Callable[[str, str], str | None]]:
    """The credential that the options name or make, in an inventory, with where its secrets are."""
    given = [option for option in ("credential", "community", "v3_user") if getattr(args, option)]
    if len(given) != 1:
        raise WrongArguments("Give one of --credential, --community and --v3-user.")
    if args.credential:
        inventory = _inventory(args)
        credential = inventory.credentials.get(args.credential)
        if credential is None or not credential.kind.startswith("snmp"):
            raise WrongArguments(f"The inventory has no SNMP credential {args.credential!r}.")
        return inventory, credential, Secrets().get
    credential, found = _of_community(args) if args.community else _of_user(args)
    return Inventory(credentials={PROBE: credential}), credential, lambda _, name: found.get(name)


def _inventory(args: argparse.Namespace) -> Inventory:
    path = Places.of(os.environ, inventory=args.inventory).inventory
    loaded = load(path)
    if loaded.inventory is None:
        raise WrongArguments("\n".join(map(str, loaded.mistakes)))
    return loaded.inventory


def _of_community(args: argparse.Namespace) -> tuple[Credential, dict[str, str]]:
    if args.auth or args.privacy:
        raise WrongArguments("--auth and --privacy belong to --v3-user.")
    print(
        "The community on the command line can be read by others on this machine; use --credential for a real one.",
        file=sys.stderr,
    )
    return Credential(name=PROBE, kind=KINDS[args.version or "2c"]), {"community": args.community}


def _of_user(args: argparse.Namespace) -> tuple[Credential, dict[str, str]]:
    if args.version:
        raise WrongArguments("--version belongs to --community; --v3-user is version 3.")
    if args.privacy and not args.auth:
        raise WrongArguments("--privacy needs --auth: version 3 encrypts only what it signs.")
    credential = Credential(name=PROBE, kind="snmp-v3", user=args.v3_user, auth=args.auth or "", privacy=args.privacy or "")
    return credential, {name: _passphrase(name) for name in credential.needs}


def _passphrase(name: str) -> str:
    """From the environment, else asked without echo. WrongArguments where nobody can be asked."""
    given = os.environ.pop(variable(PROBE, name), None)
    if given:
        return given
    if not sys.stdin.isatty():
        raise WrongArguments(f"There is no {name} passphrase: set {variable(PROBE, name)}, or run in a terminal to be asked.")
    return getpass.getpass(f"{name} passphrase: ", stream=sys.stderr)


# --- what went wrong ----------------------------------------------------------------------------------------------------------

_REASONS = {
    "unknown-user": "it does not know the user",
    "wrong-auth": "the authentication passphrase or algorithm is wrong",
    "wrong-privacy": "the privacy passphrase or algorithm is wrong",
    "unsupported-level": "it does not take this security level for the user",
    "no-access": "the credential may not read it",
    "name-unknown": "its name is not known",
    "unusable-secret": "a secret has characters that cannot be sent",
    "deadline": "it answers too slowly",
    "malformed": "what it sent is no SNMP message",
    "refused": "the connection was refused",
    "host-key-unknown": "its host key is not known; see `noc-console trust`",
}


def sentence(device: str, error: PollError, credential: Credential | None = None) -> str:
    """What went wrong, for a person."""
    if error.kind is ErrorKind.UNREACHABLE and error.reason == "timeout":
        silent = credential is not None and credential.kind != "snmp-v3"
        return f"{device} does not answer{' (a wrong community is not answered either)' if silent else ''}."
    if error.reason == "secret-missing":
        named = variable(*error.detail.rsplit(".", 1))
        return f"{device}: a secret is missing: noc-console secret set {error.detail}, or {named} in the environment."
    detail = f" ({error.detail})" if error.detail else ""
    return f"{device}: {error.kind.value}: {_REASONS.get(error.reason, error.reason)}{detail}."
