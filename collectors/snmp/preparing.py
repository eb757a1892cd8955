"""What may block before a device can be asked: its name looked up, its secrets fetched from a keyring. A thread of its own."""

import random
import socket
import threading
from collections.abc import Callable
from ipaddress import ip_address
from logging import getLogger
from queue import SimpleQueue

from collectors.snmp.failure import PollFailed
from collectors.snmp.line import Line
from collectors.snmp.session import SecretSource, session_for
from noc_console.model.fleet import Collect, Inventory
from noc_console.model.poll import ErrorKind

log = getLogger(__name__)

TRIES = 4
TIMEOUT_S = 0.75
"""Four sendings in 3 s: a device that is away is known so by then, and one that needs 2.5 s to answer is heard.

Where three of ten packets are lost on either way, a sending is answered with 0.7 * 0.7; two requests are sent four times each,
so that a poll hears nothing at all with 0.51 ** 8, once in 200, and three polls in a row do once in ten million. A device that
answered something in a poll is asked on (see `exchange.MOST_TRIES`).
"""

Prepared = Callable[[str, Line | PollFailed], None]
"""Called in the preparing thread with the device's name."""


class Preparer:
    """Makes lines, one after the other. `want` and `stop` from any thread."""

    def __init__(self, inventory: Inventory, secrets: SecretSource, rng: random.Random, prepared: Prepared) -> None:
        self._inventory = inventory
        self._secrets = secrets
        self._rng = random.Random(rng.getrandbits(64))  # noqa: S311 - salts that must not repeat, not secrets
        self._prepared = prepared
        self._wanted: SimpleQueue[tuple[str, Collect] | None] = SimpleQueue()
        # A name server that stays silent holds getaddrinfo for tens of seconds; that must not hold the end of the program.
        self._thread = threading.Thread(target=self._run, name="snmp-prepare", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def want(self, device: str, collect: Collect) -> None:
        """Make the line of a device."""
        self._wanted.put((device, collect))

    def stop(self) -> None:
        """End once what is under way is done."""
        self._wanted.put(None)

    def join(self, timeout: float) -> None:
        """Wait for the thread, no longer than this."""
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            device, collect = wanted
            try:
                self._prepared(device, line_to(collect, self._inventory, self._secrets, self._rng))
            except PollFailed as failure:
                self._prepared(device, failure)
            except Exception as error:
                # One device costs itself only; without this net no device would get its line any more.
                log.exception("the way to %s could not be made", device)
                self._prepared(device, PollFailed(ErrorKind.UNREACHABLE, "own-failure", type(error).__name__))


def line_to(collect: Collect, inventory: Inventory, secrets: SecretSource, rng: random.Random) -> Line:
    """The way to a device. PollFailed CREDENTIAL_MISSING, AUTH_FAILED, or UNREACHABLE if its name is not known. May block."""
    credential = inventory.credentials.get(collect.credential or "")
    if credential is None:
        raise PollFailed(ErrorKind.CREDENTIAL_MISSING, "no-credential", collect.credential or "")
    try:
        session = session_for(credential, secrets, context=collect.context, salt=rng.getrandbits(60))
    except ValueError:  # a secret or a context with characters that cannot be sent; its text must not get into a log
        raise PollFailed(ErrorKind.AUTH_FAILED, "unusable-secret") from None
    timeout = (collect.timeout or TIMEOUT_S * TRIES) / TRIES
    return Line(session=session, address=address_of(collect.address, collect.port), timeout=timeout, tries=TRIES)


def address_of(host: str, port: int) -> tuple[str, int]:
    """Where to send to, as numbers. PollFailed UNREACHABLE if the name is not known. May block."""
    try:
        return str(ip_address(host)), port
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise PollFailed(ErrorKind.UNREACHABLE, "name-unknown") from error
    return str(found[0][4][0]), port
