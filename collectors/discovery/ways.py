"""With what a host may be asked: the named credentials, version 3 first, each community only where it is named for."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from collectors.discovery.ranges import Network, is_within, networks_of
from collectors.snmp.line import Line
from collectors.snmp.session import SecretSource, session_for
from noc_console.model.discovery import DiscoveryOrder
from noc_console.model.fleet import Credential, Inventory

MOST_CREDENTIALS = 8
"""Of SNMP in one discovery: a host is not to be knocked at with a bunch of keys."""
TRIES = 2


class WaysMistake(ValueError):
    """Credentials that cannot be used; the text is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One SNMP credential with its secrets."""

    credential: Credential
    secrets: Mapping[str, str] = field(repr=False)
    networks: tuple[Network, ...] = ()

    @property
    def is_v3(self) -> bool:
        """Whether it shows no secret to whom it asks."""
        return self.credential.kind == "snmp-v3"

    def may_go_to(self, address: str) -> bool:
        """A community goes in clear: only to the networks that were named for it."""
        return self.is_v3 or is_within(address, self.networks)

    def line(self, address: str, order: DiscoveryOrder, rng: random.Random) -> Line:
        """The way to a host. PollFailed."""
        session = session_for(self.credential, _Kept(self.secrets), context="", salt=rng.getrandbits(60))
        return Line(session=session, address=(address, order.port), timeout=order.timeout, tries=TRIES)


@dataclass(frozen=True, slots=True)
class _Kept:
    secrets: Mapping[str, str] = field(repr=False)

    def get(self, credential: str, secret: str, /) -> str | None:
        """The secret, whichever credential asks: there is one."""
        return self.secrets.get(secret)


def ways_of(order: DiscoveryOrder, inventory: Inventory, secrets: SecretSource) -> tuple[tuple[Way, ...], str]:
    """(ways of SNMP with version 3 first, name of the SSH credential or empty). WaysMistake."""
    named = [_credential(name, inventory) for name in dict.fromkeys(order.credentials)]
    if not named:
        raise WaysMistake("No credential is named: give --credential NAME of one in the inventory.")
    ssh = [each.name for each in named if each.kind == "ssh"]
    if len(ssh) > 1:
        raise WaysMistake("Only one SSH credential can be proposed for what is found; name one.")
    asked = sorted((each for each in named if each.kind != "ssh"), key=lambda each: each.kind != "snmp-v3")
    if len(asked) > MOST_CREDENTIALS:
        raise WaysMistake(f"More than {MOST_CREDENTIALS} SNMP credentials are named; a host is not asked with so many.")
    for name in order.community_ranges:
        if not any(each.name == name and each.kind in ("snmp-v1", "snmp-v2c") for each in asked):
            raise WaysMistake(f"{name!r} has a community range, but is no community among the named credentials.")
    return tuple(_way(each, order, secrets) for each in asked), ssh[0] if ssh else ""


def _credential(name: str, inventory: Inventory) -> Credential:
    found = inventory.credentials.get(name)
    if found is None:
        known = ", ".join(sorted(inventory.credentials)) or "none"
        raise WaysMistake(f"The inventory has no credential {name!r}; it has {known}.")
    return found


def _way(credential: Credential, order: DiscoveryOrder, secrets: SecretSource) -> Way:
    found = {name: secrets.get(credential.name, name) or "" for name in credential.needs}
    missing = [name for name, secret in found.items() if not secret]
    if missing:
        raise WaysMistake(f"A secret is missing: noc-console secret set {credential.name}.{missing[0]}")
    networks = networks_of((*credential.ranges, *order.community_ranges.get(credential.name, ())))
    if credential.kind != "snmp-v3" and not networks:
        raise WaysMistake(
            f"The community {credential.name!r} is sent only to networks that are named for it: --community-range "
            f'{credential.name}=192.0.2.0/24, or ranges = ["192.0.2.0/24"] in its table in the inventory.'
        )
    return Way(credential=credential, secrets=found, networks=networks)
