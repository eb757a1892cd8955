"""What an Xid means: `resources/xid/*.toml`, read once when the first Xid is seen."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Xid:
    """One entry. `severity` is `critical`, `error`, `warning` or `info`; `action` one of the catalogue's classes."""

    xid: int
    mnemonic: str
    meaning: str
    severity: str
    action: str


UNKNOWN = Xid(xid=-1, mnemonic="", meaning="", severity="", action="")


@cache
def catalogue() -> Mapping[int, Xid]:
    """All entries by number."""
    found: dict[int, Xid] = {}
    for file in sorted((files("resources") / "xid").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for entry in tomllib.loads(file.read_text(encoding="utf-8"))["xids"]:
                keys = ("xid", "mnemonic", "meaning", "severity", "action")
                found[entry["xid"]] = Xid(**{key: entry[key] for key in keys})
    return found


def xid(number: int) -> Xid:
    """The entry of an Xid; one of empty words if the catalogue does not have it."""
    return catalogue().get(number, UNKNOWN)
