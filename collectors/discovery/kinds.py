"""What a found device is in the words of an inventory: a role that a person reviews, and a name that is fit and no other's."""

import re
from collections.abc import Iterable

from collectors.snmp.found import Found
from noc_console.text import clean

MOST_NAME = 63
UNKNOWN = "unknown"
_PLACES_IN_FABRIC = (
    (re.compile(r"(?:^|[^a-z])(?:super)?spine", re.I), "spine"),
    (re.compile(r"(?:^|[^a-z])(?:leaf|tor)(?:[^a-z]|$)", re.I), "leaf"),
    (re.compile(r"(?:^|[^a-z])core", re.I), "core"),
    (re.compile(r"(?:^|[^a-z])(?:acc|access|edge)(?:[^a-z]|$)", re.I), "access"),
)
"""By the name that people gave it: only they know where a switch stands."""
_KINDS = (
    (re.compile(r"\b(?:ups|uninterruptible|ups-mib)\b", re.I), "ups"),
    (re.compile(r"\b(?:r?pdu|power distribution|power strip|rack power)\b", re.I), "pdu"),
    (re.compile(r"\b(?:crac|crah|cooling|chiller|air condition\w*|in-?row)\b", re.I), "cooling"),
    (re.compile(r"\b(?:olt|gpon|xgs-?pon|smartax|isam|dslam|msan)\b", re.I), "olt"),
    (re.compile(r"\b(?:env\w* (?:monitor|probe|sensor)\w*|sensorprobe|netbotz|room ?alert)\b", re.I), "sensor"),
    (re.compile(r"\b(?:nas|storage|data ontap|isilon|powerscale|qnap|synology)\b", re.I), "storage"),
    (
        re.compile(r"\b(?:idrac|ilo|xclarity|bmc|esxi|vmware|windows)\b", re.I),
        "server",
    ),
    (
        re.compile(r"\b(?:router|ios.xr|sr ?os|asr\d*|mx\d+|routeros|timos|firewall|asa|fortigate|pan-?os)\b", re.I),
        "router",
    ),
    (
        re.compile(r"\b(?:switch\w*|nx-?os|cumulus|sonic|arista|eos|comware|catalyst|aos-cx|qfx\d*|ex\d{4})\b", re.I),
        "switch",
    ),
    (re.compile(r"\b(?:linux|ubuntu|freebsd|net-snmp)\b", re.I), "server"),
)
_MANY_PORTS = 8


def role_of(found: Found, sys_name: str) -> str:
    """A guess: by the profile's own words, then what the device says of itself, then its ports. `unknown` where nothing tells."""
    own = [each for each in found.profiles if not each.is_general]
    words = [word for each in own for word in (each.name, each.title, *each.families)]
    texts = (" ; ".join(words), found.system.get("sysDescr", ""), found.system.get("model", ""))
    kind = next((role for text in texts for said, role in _KINDS if said.search(text)), "")
    if kind in ("", "switch"):
        place = next((role for said, role in _PLACES_IN_FABRIC if said.search(sys_name)), "")
        if place:
            return place
    if kind == "switch" or (not kind and len(found.ports) >= _MANY_PORTS):
        return "access"
    return kind or UNKNOWN


class Names:
    """Names for an inventory: without what has a meaning there (colons, brackets), each given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.lower() for name in taken}

    def give(self, sys_name: str, address: str) -> str:
        """The device's own name without its domain, or its address; with a number if another has that."""
        wanted = _fit(_short(sys_name)) or f"host-{_fit(address.replace(':', '-'))}"
        name, count = wanted, 1
        while name.lower() in self._taken:
            count += 1
            name = f"{wanted}-{count}"
        self._taken.add(name.lower())
        return name


def _short(sys_name: str) -> str:
    """Without the domain; what is all numbers (an address as a name) stays."""
    first = sys_name.partition(".")[0]
    return sys_name if first.isdecimal() else first


def _fit(text: str) -> str:
    return re.sub(r"[^\w.+@()-]+", "-", clean(text, MOST_NAME)).strip("-._")
