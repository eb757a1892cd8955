"""Where the chain's head is told, outside the database: to the system's log, and to a file beside the database.

Who can change the database and has the key can write a chain anew; a head that was told elsewhere before shows it. The system's
log is reached through `/dev/log`, where both systemd's journal and syslog listen; it does not leave this machine.
"""

import json
import logging
import os
import sys
from logging.handlers import SysLogHandler
from pathlib import Path

FILE = "audit-heads.jsonl"
SOCKET = Path("/dev/log")
MOST_OCTETS = 4 << 20
"""The file is cut to its newer half beyond this: about 30,000 heads."""

log = logging.getLogger(__name__)


class Heads:
    """Tells heads of the chain of one folder. One thread; a head that cannot be told is logged once and told the next time."""

    def __init__(self, folder: Path, socket: Path = SOCKET) -> None:
        self._file = folder / FILE
        self._socket = socket
        self._failed = False

    def tell(self, number: int, mac: bytes, at: float) -> None:
        """The chain ends with this record now."""
        is_told = self._to_system(f"noc-console audit head {number}:{mac.hex()} of {self._file.parent}")
        try:
            self._to_file({"time": at, "number": number, "mac": mac.hex(), "told": "system" if is_told else "file"})
        except OSError as error:
            if not self._failed:
                log.warning("the head of the audit chain cannot be written beside the database: %s", error)
            self._failed = True
            return
        self._failed = False

    def _to_system(self, message: str) -> bool:
        if sys.platform == "win32" or not self._socket.exists():
            return False
        try:
            handler = SysLogHandler(address=str(self._socket), facility=SysLogHandler.LOG_AUTHPRIV)
        except OSError:
            return False
        try:
            handler.ident = "noc-console: "
            handler.handleError = lambda record: None  # type: ignore[method-assign]
            handler.emit(logging.LogRecord("audit", logging.INFO, __file__, 0, message, (), None))
        finally:
            handler.close()
        return True

    def _to_file(self, head: dict[str, object]) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with open(os.open(self._file, flags, 0o600), "a", encoding="ascii") as out:
            out.write(json.dumps(head) + "\n")
        if self._file.stat().st_size > MOST_OCTETS:
            kept = self._file.read_bytes()[-MOST_OCTETS // 2 :].partition(b"\n")[2]
            beside = self._file.with_suffix(".new")
            beside.write_bytes(kept)
            beside.chmod(0o600)
            beside.replace(self._file)


def told_heads(folder: Path) -> list[tuple[int, bytes]]:
    """(number, mac) of the heads in the file; lines that are none are left out."""
    found: list[tuple[int, bytes]] = []
    try:
        lines = (folder / FILE).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return found
    for line in lines:
        try:
            head = json.loads(line)
            found.append((int(head["number"]), bytes.fromhex(head["mac"])))
        except (ValueError, TypeError, KeyError):
            continue
    return found
