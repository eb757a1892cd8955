"""Who may send: devices by address, users by name. Name servers and keyrings may block, so a thread of its own asks them."""

import socket
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from logging import getLogger

from collectors.snmp.session import SecretSource
from collectors.traps.security import User
from noc_console.model.fleet import Inventory

log = getLogger(__name__)


def numeric_senders(inventory: Inventory) -> dict[str, tuple[str, ...]]:
    """Devices that are asked over SNMP, by address as far as it is a number."""
    return _grouped((address, name) for name, address in _asked(inventory) if _is_number(address))


def all_senders(inventory: Inventory) -> Mapping[str, tuple[str, ...]]:
    """The same with names looked up. Blocks as long as name servers take."""
    pairs: list[tuple[str, str]] = []
    for name, address in _asked(inventory):
        if _is_number(address):
            pairs.append((address, name))
            continue
        try:
            found = socket.getaddrinfo(address, None, type=socket.SOCK_DGRAM)
        except OSError as error:
            log.info("%s: traps of it are not known by address: %s", name, error)
            continue
        pairs += [(str(each[4][0]), name) for each in found]
    return _grouped(pairs)


def users_of(inventory: Inventory, secrets: SecretSource) -> list[User]:
    """Users of the inventory's v3 credentials whose passphrases are there. May wait for the keyring."""
    users: list[User] = []
    for credential in inventory.credentials.values():
        if credential.kind != "snmp-v3":
            continue
        found = {need: secrets.get(credential.name, need) or "" for need in credential.needs}
        if all(found.values()):
            users.append(
                User(
                    name=credential.user,
                    auth=credential.auth,
                    auth_passphrase=found.get("auth", ""),
                    privacy=credential.privacy,
                    privacy_passphrase=found.get("privacy", ""),
                )
            )
    return users


def _asked(inventory: Inventory) -> Iterable[tuple[str, str]]:
    """(device, address) of each that is asked over SNMP."""
    return ((name, d.collect["snmp"].address) for name, d in inventory.devices.items() if "snmp" in d.collect)


def _is_number(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, dict[str, None]] = {}
    for address, device in pairs:
        key = str(ip_address(address.partition("%")[0]))
        grouped.setdefault(key, {})[device] = None
    return {address: tuple(devices) for address, devices in grouped.items()}
