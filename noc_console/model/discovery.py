"""What discovery is asked for, how far it is, and what it found: words between the collectors, the command and the window."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from noc_console.model.fleet import End


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveryOrder:
    """What a person named: nothing else is asked.

    Attributes
    ----------
    ranges : addresses, `a.b.c.d/24`, `a.b.c.d-e`, as they were written. seeds : devices whose neighbours are followed.
    within : networks in which neighbours are followed; depth : how many hops from a seed.
    credentials : names of the inventory's. community_ranges : credential → networks that its community may be sent to, beside
        those that the inventory names for it.
    port, ssh_port : where SNMP and SSH are asked.
    rate : hosts that are begun with in a second. timeout : seconds that an answer is waited for, twice.
    """

    ranges: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    depth: int = 3
    credentials: tuple[str, ...] = ()
    community_ranges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    port: int = 161
    ssh_port: int = 22
    rate: float = 200.0
    timeout: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveryProgress:
    """How far it is. `asked` of `known` addresses are done with; `answered` of them answered, `found` are known by now."""

    asked: int
    known: int
    answered: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveredHost:
    """A device that answered. Texts are its own, cleaned.

    Attributes
    ----------
    name : fit for an inventory, and no other's. others : more addresses of the same device.
    credential : that it answered with over SNMP, empty if over none. refused : code of why those that were tried did not do
        (`unknown-user`, `wrong-auth`…).
    ssh : SSH credential that could be tried, where it shows an SSH banner; host_key : the fingerprint that it showed.
    known_as : its name in the inventory that is used now, empty where it is new.
    incomplete : what could not be read. hop : from a seed.
    """

    name: str
    address: str
    others: tuple[str, ...] = ()
    credential: str = ""
    refused: str = ""
    ssh: str = ""
    host_key: str = ""
    is_trusted: bool = False
    sys_name: str = ""
    sys_descr: str = ""
    profile: str = ""
    role: str = "unknown"
    model: str = ""
    serial: str = ""
    known_as: str = ""
    hop: int = 0
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveredLink:
    """A link between two found devices. `ends` is how many of them tell of it; `doubt` a code of what to look at, or empty.

    `far-port`: the far device has no port of this name. `shared-port`: a port tells of several neighbours.
    """

    a: End
    b: End
    protocols: tuple[str, ...]
    ends: int
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unvisited:
    """A neighbour that was told of and is no found device."""

    told_by: End
    host: str
    port: str
    address: str
    protocol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """All that was found. `is_whole` is false where it was cancelled; `asked` is how many addresses were."""

    hosts: tuple[DiscoveredHost, ...] = ()
    links: tuple[DiscoveredLink, ...] = ()
    unvisited: tuple[Unvisited, ...] = ()
    asked: int = 0
    seconds: float = 0.0
    is_whole: bool = True
