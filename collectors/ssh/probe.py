"""`probe --ssh USER@HOST[:PORT]`: one look at one server, over the same connection and commands as the collector's."""

import argparse
import os
import threading
import time
from pathlib import Path

from collectors.ssh.address import host_and_port
from collectors.ssh.calls import Calls
from collectors.ssh.commands import Command, Output
from collectors.ssh.connection import Connector, Target
from collectors.ssh.keys import Keys, SecretSource
from collectors.ssh.known_hosts import KnownHosts
from collectors.ssh.link import Link, Surroundings
from collectors.ssh.look import look
from collectors.ssh.pool import ConnectPool
from collectors.ssh.timers import Timers
from collectors.ssh.trouble import Trouble, trouble
from noc_console.inventory import load
from noc_console.model.fleet import Credential
from noc_console.model.poll import ErrorKind, PollError
from noc_console.paths import Places
from noc_console.secrets import Secrets

CONNECT_S = 10.0


def probe(args: argparse.Namespace) -> dict[str, object]:
    """What the server is and shows. ValueError if the arguments are wrong, Trouble if it cannot be asked."""
    places = Places.of(os.environ, inventory=args.inventory, data=args.data)
    target = _target(args, places)
    return look_at(target, Path(args.known_hosts or places.known_hosts), Secrets(), seconds=args.timeout)


def _target(args: argparse.Namespace, places: Places) -> Target:
    user, at, place = args.ssh.rpartition("@")
    host, port = host_and_port(place)
    if args.key is not None:
        if not at or not user:
            raise ValueError(f"{args.ssh!r} names no user: USER@HOST[:PORT]")
        credential = Credential(name="probe", kind="ssh", user=user, key=str(args.key))
    else:
        credential = _credential(args, places, user)
    return Target(device=host, address=host, port=port, credential=credential, timeout=min(CONNECT_S, args.timeout))


def _credential(args: argparse.Namespace, places: Places, user: str) -> Credential:
    if not args.credential:
        raise ValueError("--ssh needs --key FILE, or --credential NAME of the inventory")
    loaded = load(places.inventory)
    found = loaded.inventory.credentials.get(args.credential) if loaded.inventory is not None else None
    if found is None or found.kind != "ssh":
        raise ValueError(f"the inventory has no credential {args.credential!r} of the kind ssh")
    if user and user != found.user:
        return Credential(name=found.name, kind="ssh", user=user, key=found.key)
    return found


def look_at(target: Target, known_hosts: Path, secrets: SecretSource, *, seconds: float) -> dict[str, object]:
    """The look, done in this thread with one more that connects; Trouble after `seconds` too."""
    confirmed = KnownHosts(known_hosts)
    connector = Connector(keys=Keys(secrets), known_hosts=confirmed, stopping=threading.Event())
    calls = Calls()
    timers = Timers()
    pool = ConnectPool(connector, 1)
    link = Link(target, Surroundings(pool=pool, known_hosts=confirmed, calls=calls, timers=timers))
    looking = _Looking(link, calls, timers, time.monotonic() + seconds)
    pool.start()
    try:
        return looking.through()
    finally:
        pool.stop()
        link.drop()
        for thread in pool.threads:
            thread.join(CONNECT_S)
        calls.close()


class _Looking:
    """Waits where the collector would go on."""

    def __init__(self, link: Link, calls: Calls, timers: Timers, deadline: float) -> None:
        self._link = link
        self._calls = calls
        self._timers = timers
        self._deadline = deadline

    def through(self) -> dict[str, object]:
        """The whole of it."""
        opened: list[PollError | None] = []
        self._link.open(opened.append)
        self._until(opened, 1)
        if opened[0] is not None:
            raise Trouble(opened[0])
        talk = look()
        try:
            commands = next(talk)
            while True:
                commands = talk.send(self._run(commands))
        except StopIteration as end:
            found: dict[str, object] = end.value
            return found

    def _run(self, commands: tuple[Command, ...]) -> tuple[Output, ...]:
        outputs: list[Output] = []
        for number, command in enumerate(commands, 1):
            self._link.run(command, outputs.append)
            self._until(outputs, number)
        if any(output.problem == "connection-lost" for output in outputs):
            raise trouble(ErrorKind.UNREACHABLE, "connection-lost")
        return tuple(outputs)

    def _until(self, got: "list[Output] | list[PollError | None]", number: int) -> None:
        while len(got) < number:
            now = time.monotonic()
            if now > self._deadline:
                raise trouble(ErrorKind.UNREACHABLE, "timeout")
            self._timers.call_due(now)
            wake = min(self._deadline, self._timers.next_wake() or self._deadline)
            self._calls.wait(max(0.0, wake - now))
