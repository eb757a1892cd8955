"""One discovery from order to result: asks, names, brings the ends together. Blocks; for a thread of its own or a command."""

import random
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from collectors.discovery.cabling import NO_CABLES, Cabling
from collectors.discovery.explorer import Explorer, Host, Progress
from collectors.discovery.kinds import UNKNOWN, Names, role_of
from collectors.discovery.ranges import RangeMistake, addresses_of, is_within, networks_of
from collectors.discovery.ssh_look import host_keys, ssh_servers
from collectors.discovery.ways import ways_of
from collectors.snmp.failure import PollFailed
from collectors.snmp.preparing import address_of
from collectors.snmp.session import SecretSource
from collectors.ssh.known_hosts import KnownHosts
from noc_console.model.discovery import Discovered, DiscoveredHost, DiscoveryOrder
from noc_console.model.fleet import Inventory
from noc_console.profiles.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a discovery works with."""

    inventory: Inventory
    secrets: SecretSource
    catalogue: Catalogue
    known_hosts: KnownHosts
    rng: random.Random


class Discovery:
    """One discovery. `cancel` from any thread: what was found until then is the result.

    Raises RangeMistake or WaysMistake (sentences) for an order that cannot be carried out, before anything is sent.
    """

    def __init__(self, order: DiscoveryOrder, means: Means, progress: Progress) -> None:
        self._order, self._means = order, means
        self._ways, self._ssh = ways_of(order, means.inventory, means.secrets)
        self._within = networks_of(order.within)
        self._addresses = _addresses(order)
        self._cancelled = threading.Event()
        self._explorer = Explorer(
            order, self._ways, means.catalogue, means.rng,
            follow=self._follow, progress=progress, is_cancelled=self._cancelled.is_set,
        )  # fmt: skip

    def cancel(self) -> None:
        """End soon, with what is known."""
        self._cancelled.set()
        self._explorer.wake()

    def run(self) -> Discovered:
        """Ask, and tell what was found."""
        began = time.monotonic()
        self._explorer.explore(self._addresses)
        hosts = self._explorer.hosts
        keys = self._look_at_ssh(list(hosts))
        told = _Telling(self._order, self._means.inventory, self._ssh, keys).of(hosts.values())
        return replace(told, asked=len(hosts), seconds=round(time.monotonic() - began, 3), is_whole=not self._cancelled.is_set())

    def _follow(self, host: Host) -> Iterable[str]:
        """Where a host's neighbours are managed, as far as a person allowed to go there."""
        if not self._order.seeds or host.hop >= self._order.depth:
            return []
        told = (each.remote_address for each in host.found.neighbours or () if each.protocol not in NO_CABLES)
        return [address for address in dict.fromkeys(told) if is_within(address, self._within)]

    def _look_at_ssh(self, addresses: Sequence[str]) -> Mapping[str, tuple[str, bool]]:
        if not self._ssh:
            return {}
        servers = ssh_servers(addresses, self._order.ssh_port, 2 * self._order.timeout, self._cancelled.is_set)
        keys = host_keys(servers, self._order.ssh_port, self._means.known_hosts, self._cancelled)
        return {address: keys.get(address, ("", False)) for address in servers}


def _addresses(order: DiscoveryOrder) -> list[str]:
    """What is asked first. RangeMistake."""
    found = addresses_of(order.ranges)
    for seed in order.seeds:
        try:
            found.append(address_of(seed, order.port)[0])
        except PollFailed:
            raise RangeMistake(f"The name of the seed {seed!r} is not known.") from None
    if not found:
        raise RangeMistake("No range and no seed is named: nothing is asked that nobody named.")
    if order.seeds and not order.within:
        raise RangeMistake("Say in which networks the neighbours of a seed may be followed: --within 192.0.2.0/24.")
    return list(dict.fromkeys(found))


class _Telling:
    """Makes the result: each device once, under a name of its own."""

    def __init__(self, order: DiscoveryOrder, inventory: Inventory, ssh: str, keys: Mapping[str, tuple[str, bool]]) -> None:
        self._order, self._ssh, self._keys = order, ssh, keys
        self._known = {
            address: device.name
            for device in inventory.devices.values()
            for address in (device.address, *(way.address for way in device.collect.values() if way.via is None))
        }
        self._names = Names(inventory.devices)

    def of(self, hosts: Iterable[Host]) -> Discovered:
        """The devices, their links, and who was told of and not found."""
        groups = _same_devices([host for host in hosts if host.answered or host.address in self._keys], self._known)
        told = [self._host(first, [each.address for each in others]) for first, others in groups]
        named = {each.name: first for each, (first, _) in zip(told, groups, strict=True)}
        also = {address: each.name for each in told for address in each.others}
        links, unvisited = Cabling(named, also).find()
        return Discovered(hosts=tuple(told), links=links, unvisited=unvisited)

    def _host(self, host: Host, others: Sequence[str]) -> DiscoveredHost:
        system = host.found.system
        sys_name = system.get("sysName", "")
        known_as = next((self._known[each] for each in (host.address, *others) if each in self._known), "")
        key, trusted = self._keys.get(host.address, ("", False))
        is_ssh = host.address in self._keys
        role = role_of(host.found, sys_name) if host.is_known else UNKNOWN
        return DiscoveredHost(
            name=known_as or self._names.give(sys_name, host.address),
            address=host.address,
            others=tuple(others),
            credential=host.way.credential.name if host.is_known and host.way else "",
            refused="" if host.is_known else host.refused,
            ssh=self._ssh if is_ssh else "",
            host_key=key,
            is_trusted=trusted,
            sys_name=sys_name,
            sys_descr=system.get("sysDescr", ""),
            profile=host.found.profiles[0].name if host.found.profiles else "",
            role="server" if role == UNKNOWN and is_ssh and not host.is_known else role,
            model=system.get("model", ""),
            serial=system.get("serial", ""),
            known_as=known_as,
            hop=host.hop,
            incomplete=tuple(dict.fromkeys(host.found.incomplete)),
        )


def _same_devices(hosts: Sequence[Host], known: Mapping[str, str]) -> list[tuple[Host, list[Host]]]:
    """Hosts by device, the first address of each in front: a router answers at every one of its addresses."""
    groups: list[list[Host]] = []
    by_key: dict[object, list[Host]] = {}
    for host in hosts:
        keys = _keys(host, known)
        group = next((by_key[key] for key in keys if key in by_key), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(host)
        by_key.update(dict.fromkeys(keys, group))
    return [(group[0], group[1:]) for group in groups]


def _keys(host: Host, known: Mapping[str, str]) -> list[object]:
    """What is the same at all addresses of one device: its name with its serial or engine, its name in the inventory."""
    name, serial = host.found.system.get("sysName", ""), host.found.system.get("serial", "")
    is_told = host.is_known and name and (serial or host.engine)
    keys: list[object] = [(name, serial, host.engine)] if is_told else []
    return keys + ([known[host.address]] if host.address in known else [])
