"""The receiver's own SNMP engine: informs are sent to it by name, with its clock (RFC 3411, 5; RFC 3414, 2.2).

The identifier stays the same over restarts, because some devices are configured with it; the count of starts goes up each time,
so that nothing recorded before can be played again.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

FILE = "traps-engine.json"
_PREFIX = bytes.fromhex("80007ed905")
"""First bit set, enterprise 32473 (for documentation, RFC 5612), format 5: octets of our own choice (SnmpEngineID)."""
_MOST_BOOTS = 2**31 - 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEngine:
    """Who informs are sent to. `started` is `time.monotonic()` of the start; the engine's time counts from there."""

    identifier: bytes
    boots: int
    started: float

    def time(self, now: float) -> int:
        """Seconds since the start."""
        return int(now - self.started)


def own_engine(folder: Path | None, now: float) -> OwnEngine:
    """The engine kept in a folder, one start older; a new one where there is none, it cannot be read, or nothing is kept.

    OSError if the folder cannot be written: an engine whose starts are not counted would accept old messages.
    """
    known = _read(folder / FILE) if folder is not None else None
    identifier, boots = known or (_PREFIX + secrets.token_bytes(8), 0)
    if boots >= _MOST_BOOTS:
        identifier, boots = _PREFIX + secrets.token_bytes(8), 0
    engine = OwnEngine(identifier=identifier, boots=boots + 1, started=now)
    if folder is not None:
        _write(folder / FILE, engine)
    return engine


def _read(file: Path) -> tuple[bytes, int] | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        identifier, boots = bytes.fromhex(told["engine"]), int(told["boots"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (identifier, boots) if 5 <= len(identifier) <= 32 and boots >= 0 else None


def _write(file: Path, engine: OwnEngine) -> None:
    folder = file.parent
    folder.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump({"engine": engine.identifier.hex(), "boots": engine.boots}, out)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
