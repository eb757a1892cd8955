"""`trust HOST[:PORT]`: store a server's host key, once a person has compared its fingerprint."""

import argparse
import base64
import binascii
import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from collectors.ssh.address import host_and_port
from collectors.ssh.connection import Connector
from collectors.ssh.keys import Keys
from collectors.ssh.known_hosts import HostKey, KnownHosts, fingerprint, fingerprint_of
from collectors.ssh.trouble import Trouble
from noc_console.model.poll import ErrorKind
from noc_console.paths import Places
from noc_console.secrets import Secrets

TIMEOUT_S = 10.0
HOST_KEY_TYPES = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512")
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}=?")
_PUBLIC_KEY = re.compile(r"(?:ssh-|ecdsa-)[a-z0-9-]+ (AAAA[A-Za-z0-9+/=]+)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("host", metavar="HOST[:PORT]", help="as the inventory names it (its address)")
    expected = parser.add_mutually_exclusive_group()
    expected.add_argument(
        "--fingerprint", metavar="SHA256:…", help="what the key must be, as `ssh-keygen -lf` on the server prints it"
    )
    expected.add_argument(
        "--file", type=Path, metavar="F", help="a file with fingerprints or public keys, one of which it must be"
    )
    parser.add_argument("--replace", action="store_true", help="the key that is stored now is no longer this server's")


def run(args: argparse.Namespace) -> int:
    """Store the key; 1 if it does not match or cannot be had, 2 if an argument is wrong."""
    try:
        host, port = host_and_port(args.host)
        wanted = _wanted(args)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    known = KnownHosts(Places.of(os.environ, inventory=args.inventory, data=args.data).known_hosts)
    connector = Connector(keys=Keys(Secrets()), known_hosts=known, stopping=threading.Event())
    try:
        shown = _shown(connector, host, port, wanted)
    except Trouble as found:
        print(f"{host} port {port} shows no host key: {found.error.reason} {found.error.detail}".rstrip(), file=sys.stderr)
        return 1
    return _decide(known, host, port, shown, wanted, replace=args.replace)


def _wanted(args: argparse.Namespace) -> frozenset[str] | None:
    """Fingerprints that are right; None: a person is to be asked. ValueError or OSError if what was given says none."""
    if args.fingerprint is None and args.file is None:
        return None
    text = args.fingerprint if args.fingerprint is not None else args.file.read_text("utf-8", "replace")
    found = fingerprints_in(text)
    if not found:
        raise ValueError(
            f"{args.fingerprint or args.file} holds no fingerprint of the form SHA256:… (43 signs) and no public key"
        )
    return found


def fingerprints_in(text: str) -> frozenset[str]:
    """Fingerprints that a text has, and those of the public keys in it."""
    found = {match.rstrip("=") for match in _FINGERPRINT.findall(text)}
    for encoded in _PUBLIC_KEY.findall(text):
        try:
            found.add(fingerprint_of(base64.b64decode(encoded, validate=True)))
        except binascii.Error:
            continue
    return frozenset(found)


def confirm(known_hosts: Path, host: str, port: int, expected: str, *, replace: bool) -> str:
    """The same check for the window: store the key that the server shows if it is among those expected.

    Blocks for some seconds. A code why nothing was stored: `no-fingerprint`, `not-the-same`, `another-stored`, `not-written`, or
    the reason why the server shows no key; empty: it is stored.
    """
    wanted = fingerprints_in(expected)
    if not wanted:
        return "no-fingerprint"
    known = KnownHosts(known_hosts)
    connector = Connector(keys=Keys(Secrets()), known_hosts=known, stopping=threading.Event())
    try:
        shown = _shown(connector, host, port, wanted)
    except Trouble as found:
        return found.error.reason
    if fingerprint(shown) not in wanted:
        return "not-the-same"
    stored = known.keys_of(host, port).get(shown.get_name())
    if stored is not None and stored != shown and not replace:
        return "another-stored"
    try:
        known.store(host, port, shown, replace=replace)
    except OSError:
        return "not-written"
    return ""


def _shown(connector: Connector, host: str, port: int, wanted: frozenset[str] | None) -> HostKey:
    """The key that the server shows; of several, the one that is wanted. Trouble if it shows none."""
    first = connector.fetch_key(host, port, TIMEOUT_S)
    if wanted is None or fingerprint(first) in wanted:
        return first
    for key in _others(connector, host, port, first):
        if fingerprint(key) in wanted:
            return key
    return first


def _others(connector: Connector, host: str, port: int, first: HostKey) -> Iterator[HostKey]:
    for kind in HOST_KEY_TYPES:
        try:
            key = connector.fetch_key(host, port, TIMEOUT_S, kind=kind)
        except Trouble as found:
            if found.error.kind is not ErrorKind.BAD_REPLY:
                raise
            continue  # it has no key of this type
        if key != first:
            yield key


def _decide(known: KnownHosts, host: str, port: int, shown: HostKey, wanted: frozenset[str] | None, *, replace: bool) -> int:
    stored = known.keys_of(host, port)
    changed = stored.get(shown.get_name())
    told = {
        "host": host,
        "port": port,
        "type": shown.get_name(),
        "fingerprint": fingerprint(shown),
        "known_hosts": str(known.path),
    }
    if changed == shown:
        return _tell(told, stored=True)
    if changed is not None and not replace:
        says = f"is stored with {fingerprint(changed)}, but shows {fingerprint(shown)}; if that is right, say --replace"
        return _tell(told, stored=False, says=f"{host} port {port} {says}")
    if wanted is None:
        return _ask_person(told, lambda: known.store(host, port, shown, replace=replace))
    if fingerprint(shown) not in wanted:
        return _tell(told, stored=False, says=f"{host} port {port} shows {fingerprint(shown)}, which is not what was given")
    return _store(told, lambda: known.store(host, port, shown, replace=replace))


def _ask_person(told: dict[str, object], store: Callable[[], None]) -> int:
    """Typed, not just confirmed: a person who types it has read it where it is right."""
    says = f"{told['host']} port {told['port']} shows {told['type']} {told['fingerprint']}"
    if not sys.stdin.isatty():
        return _tell(told, stored=False, says=f"{says}; compare it at the server, then give it with --fingerprint")
    print(f"{says}\nOn the server: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub", file=sys.stderr)
    print("Type the fingerprint as it is there: ", end="", file=sys.stderr, flush=True)
    typed = sys.stdin.readline().strip().rstrip("=")
    if typed != told["fingerprint"]:
        return _tell(told, stored=False, says="that is not the same; nothing was stored")
    return _store(told, store)


def _store(told: dict[str, object], store: Callable[[], None]) -> int:
    try:
        store()
    except OSError as error:
        return _tell(told, stored=False, says=f"{told['known_hosts']} cannot be written: {error.strerror}")
    return _tell(told, stored=True)


def _tell(told: dict[str, object], *, stored: bool, says: str = "") -> int:
    print(json.dumps({**told, "stored": stored}))
    if says:
        print(says, file=sys.stderr)
    return 0 if stored else 1
