"""How others talk to a running fleet: a line of JSON each way over loopback, with the token of the fleet's folder.

`begin`, `repair` and `status` are what the command line and the window use; they need nothing of the simulator but this file.
"""

import hmac
import json
import logging
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from collectors.simulator.folder import read_control

log = logging.getLogger(__name__)

TIMEOUT_S = 3.0
MOST_LINE = 65536


class NoFleet(Exception):
    """No fleet runs in this folder, or it does not answer."""


class Refused(Exception):
    """The fleet runs and said no; the text says why."""


def begin(folder: Path, scenario: str) -> dict[str, Any]:
    """Begin a scenario now; gives the status. Raises NoFleet, Refused (no scenario of this name)."""
    return _ask(folder, {"do": "begin", "scenario": scenario})


def repair(folder: Path) -> dict[str, Any]:
    """End every scenario; gives the status with `repaired`, their names. Raises NoFleet."""
    return _ask(folder, {"do": "repair"})


def status(folder: Path) -> dict[str, Any]:
    """What the fleet is and which scenarios are on. Raises NoFleet."""
    return _ask(folder, {"do": "status"})


def _ask(folder: Path, request: Mapping[str, object]) -> dict[str, Any]:
    try:
        place = read_control(folder)
        with socket.create_connection(("127.0.0.1", int(place["port"])), TIMEOUT_S) as connection:
            connection.settimeout(TIMEOUT_S)
            connection.sendall(json.dumps({**request, "token": place["token"]}).encode() + b"\n")
            line = _line(connection)
        answer = json.loads(line)
    except FileNotFoundError:
        raise NoFleet(f"no simulated fleet runs in {folder}") from None
    except (OSError, ValueError, KeyError) as error:
        raise NoFleet(f"the simulated fleet in {folder} does not answer") from error
    if "error" in answer:
        raise Refused(str(answer["error"]))
    found: dict[str, Any] = answer
    return found


def _line(connection: socket.socket) -> bytes:
    """Bytes up to the first line's end, or the end of the connection."""
    received = b""
    while b"\n" not in received and len(received) < MOST_LINE:
        piece = connection.recv(4096)
        if not piece:
            break
        received += piece
    return received.partition(b"\n")[0]


Reply = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class ControlServer:
    """The fleet's end: a thread (`simulator-control`) that serves one request after the other.

    `reply` gives the answer to a request whose token was right; a ValueError of it becomes an error for the one who asked.
    """

    def __init__(self, token: str, reply: Reply) -> None:
        self.token = token
        self.reply = reply
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, name="simulator-control")
        self.thread.start()

    def close(self) -> None:
        """End; within a second."""
        # a thread that waits in accept() wakes up when the listening socket is shut down
        self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join(TIMEOUT_S)
        self.listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1.0)
                try:
                    answer = self._answer(_line(connection))
                    connection.sendall(json.dumps(answer).encode() + b"\n")
                except OSError as error:
                    log.debug("a request that broke off: %s", error)

    def _answer(self, line: bytes) -> Mapping[str, Any]:
        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            return {"error": "no JSON"}
        if not isinstance(request, dict) or not hmac.compare_digest(str(request.get("token")).encode(), self.token.encode()):
            return {"error": "a wrong token"}
        try:
            return self.reply(request)
        except ValueError as error:
            return {"error": str(error)}
