"""How found devices are cabled: what LLDP, CDP and their like tell, both ends brought together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collectors.discovery.explorer import Host
from noc_console.model.discovery import DiscoveredLink, Unvisited
from noc_console.model.fleet import End
from noc_console.model.poll import Neighbour

NO_CABLES = frozenset(("bridge", "bgp"))
"""Protocols whose neighbours are stations or peers, not what hangs on the cable."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """One end says what it sees at the other: `port` is the far one in the far device's own spelling, if it has such a port."""

    here: End
    device: str
    port: str
    said: str
    protocol: str


class Cabling:
    """Finds the links between hosts; `named` is the inventory name by host."""

    def __init__(self, named: Mapping[str, Host], also: Mapping[str, str]) -> None:
        """`also`: further addresses, and the name of the device that they belong to."""
        self._hosts = named
        self._ports = {name: _spellings(host) for name, host in named.items()}
        self._devices = _directory(named, also)

    def find(self) -> tuple[tuple[DiscoveredLink, ...], tuple[Unvisited, ...]]:
        """(links, neighbours that are no found device)."""
        claims: list[_Claim] = []
        unvisited: dict[Unvisited, None] = {}
        for name, host in self._hosts.items():
            for each in host.found.neighbours or ():
                if each.protocol in NO_CABLES:
                    continue
                here = End(device=name, port=self._port(name, each.local_port) or each.local_port)
                device = self.device_of(each)
                if device is None:
                    unvisited[_unvisited(here, each)] = None
                elif here.port and device != name:
                    far = self._port(device, each.remote_port)
                    claims.append(_Claim(here, device, far, each.remote_port, each.protocol))
        return tuple(_links(claims)), tuple(unvisited)

    def device_of(self, neighbour: Neighbour) -> str | None:
        """The found device that a neighbour is: by its name, else by the address that it is managed by."""
        for text in (neighbour.remote_host, neighbour.remote_host.partition(".")[0], neighbour.remote_address):
            if text and (found := self._devices.get(text.lower())):
                return found
        return None

    def _port(self, device: str, text: str) -> str:
        return self._ports[device].get(text.strip().lower(), "")


def _spellings(host: Host) -> Mapping[str, str]:
    """Every way to write a port's name → how it is called here. What two ports are called is no port's."""
    told: dict[str, set[str]] = {}
    for port in host.found.ports:
        for text in {each.strip().lower() for each in (port.component, *port.names) if each}:
            told.setdefault(text, set()).add(port.component)
    return {text: next(iter(ports)) for text, ports in told.items() if len(ports) == 1}


def _directory(named: Mapping[str, Host], also: Mapping[str, str]) -> Mapping[str, str]:
    """Names and addresses by which neighbours may mean a device. What may mean two means none."""
    told: dict[str, set[str]] = {}
    for name, host in named.items():
        own = host.found.system.get("sysName", "")
        for text in (own, own.partition(".")[0], host.lldp_name, host.lldp_name.partition(".")[0], host.chassis, host.address):
            if text:
                told.setdefault(text.lower(), set()).add(name)
    for address, name in also.items():
        told.setdefault(address.lower(), set()).add(name)
    return {text: next(iter(names)) for text, names in told.items() if len(names) == 1}


def _unvisited(here: End, each: Neighbour) -> Unvisited:
    return Unvisited(
        told_by=here, host=each.remote_host, port=each.remote_port, address=each.remote_address, protocol=each.protocol
    )


def _links(claims: Sequence[_Claim]) -> Iterable[DiscoveredLink]:
    """The links that claims make, each once. A far port that is spelled unlike any is the one that tells of this one."""
    between: dict[tuple[str, str], list[_Claim]] = {}
    for claim in claims:
        between.setdefault((claim.here.device, claim.device), []).append(claim)
    told: dict[frozenset[End], list[tuple[_Claim, str]]] = {}
    for claim in claims:
        port, doubt = claim.port, ""
        if not port:
            port = _told_back(claim, between.get((claim.device, claim.here.device), ()))
        if not port:
            port, doubt = claim.said, "far-port"
        if port:
            told.setdefault(frozenset((claim.here, End(device=claim.device, port=port))), []).append((claim, doubt))
    uses = Counter(end for ends in told for end in ends)
    for ends, said in told.items():
        a, b = sorted(ends, key=lambda end: (end.device, end.port))
        doubt = "" if any(not each for _, each in said) else "far-port"
        if not doubt and max(uses[a], uses[b]) > 1:
            doubt = "shared-port"
        protocols = tuple(dict.fromkeys(claim.protocol for claim, _ in said))
        yield DiscoveredLink(a=a, b=b, protocols=protocols, ends=len({claim.here for claim, _ in said}), doubt=doubt)


def _told_back(claim: _Claim, back: Sequence[_Claim]) -> str:
    """The far port whose own claim names our port; or the only one that tells of us, if neither knows the other's."""
    ports = {each.here.port for each in back if each.port == claim.here.port}
    if not ports and all(not each.port for each in back):
        ports = {each.here.port for each in back}
    return next(iter(ports)) if len(ports) == 1 else ""
