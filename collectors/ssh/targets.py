"""Which servers of an inventory are asked over SSH, where, and as whom."""

from collectors.ssh.connection import Target
from noc_console.model.fleet import Credential, Inventory

TIMEOUT_S = 4.0
"""For a connection, a handshake, a login, a new channel, each; `timeout` of the inventory replaces it."""


def targets_of(inventory: Inventory) -> dict[str, Target]:
    """A target for each device whose `collect` names `ssh`, by the device's name."""
    return {name: _target(inventory, name, ()) for name, device in inventory.devices.items() if "ssh" in device.collect}


def _target(inventory: Inventory, name: str, passed: tuple[str, ...]) -> Target:
    collect = inventory.devices[name].collect["ssh"]
    credential = inventory.credentials.get(collect.credential or "", Credential(name=collect.credential or "", kind="ssh"))
    via = None
    if collect.via is not None and collect.via not in passed and "ssh" in inventory.devices[collect.via].collect:
        via = _target(inventory, collect.via, (*passed, name))
    return Target(
        device=name,
        address=collect.address,
        port=collect.port,
        credential=credential,
        timeout=TIMEOUT_S if collect.timeout is None else collect.timeout,
        via=via,
    )
