"""How each protocol of a device is asked: the role's `collect` under the device's own, and what does not fit together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_network

from noc_console.inventory.addresses import address_mistake, target_address
from noc_console.inventory.gathering import Gathered, Placed
from noc_console.inventory.mistakes import Notes, Where, quoted
from noc_console.inventory.tables import CollectTable, CollectValue, CredentialTable, DeviceTable, RoleTable
from noc_console.model.fleet import Collect, Device

INTERVALS = {"gpu-server": 10.0}
"""Seconds between regular polls, by role; 30 for all others."""
INTERVAL = 30.0
MTU = 1500
"""Octets of an Ethernet frame's packet: SNMP replies fit one unless the inventory says otherwise."""
PORTS = {"snmp": 161, "ssh": 22, "local": 0}

_FITS = {"snmp": ("snmp-v1", "snmp-v2c", "snmp-v3"), "ssh": ("ssh",)}
_NOT_FOR = {"snmp": ("via",), "ssh": ("context", "mtu"), "local": ("credential", "port", "address", "context", "via", "mtu")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One protocol of one table of devices, before the addresses are known. `where` is the place to complain about."""

    collect: Collect
    where: Where


def asked_of(device: Placed[DeviceTable], role: Placed[RoleTable] | None, gathered: Gathered, notes: Notes) -> dict[str, Asked]:
    """What is asked of the devices of a table, by protocol. A protocol set to `false` is not asked, whatever the role says."""
    own = device.table.collect
    given = role.table.collect if role else {}
    found: dict[str, Asked] = {}
    for protocol in {**given, **own}:
        mine = own.get(protocol)
        if mine is False or (mine is None and given[protocol] is False):
            continue
        where = (device if mine is not None or role is None else role).where.at("collect", protocol)
        options = {**_options(given.get(protocol)), **_options(mine)}
        interval = _options(mine).get("interval") or device.table.interval or options.get("interval")
        interval = interval or (role.table.interval if role else None) or INTERVALS.get(device.table.role, INTERVAL)
        if not _fits(protocol, options, where, gathered, notes):
            continue
        table = CollectTable.model_validate({**options, "interval": float(str(interval))})
        found[protocol] = Asked(collect=_collect(protocol, table), where=where)
    return found


def _options(value: CollectValue | None) -> Mapping[str, object]:
    """What a `collect` value sets."""
    if isinstance(value, str):
        return {"credential": value}
    if isinstance(value, CollectTable):
        return {key: getattr(value, key) for key in value.model_fields_set}
    return {}


def _collect(protocol: str, table: CollectTable) -> Collect:
    return Collect(
        protocol=protocol,
        credential=table.credential,
        address=table.address or "",
        port=table.port or PORTS[protocol],
        interval=table.interval or INTERVAL,
        timeout=table.timeout,
        context=table.context or "",
        via=table.via,
        mtu=table.mtu or MTU,
    )


def _fits(protocol: str, options: Mapping[str, object], where: Where, gathered: Gathered, notes: Notes) -> bool:
    """Whether the options make sense together; what does not is noted."""
    wrong = [key for key in _NOT_FOR[protocol] if key in options]
    for key in wrong:
        notes.note(where.at(key), f"{quoted(key)} means nothing for {protocol}; leave it out")
    address = options.get("address")
    says = address_mistake(str(address)) if address is not None and "[" not in str(address) else None
    if says:
        notes.note(where.at("address"), says)
    if protocol == "local":
        return not wrong
    credential = options.get("credential")
    if not isinstance(credential, str):
        kinds = "an ssh credential" if protocol == "ssh" else "an SNMP credential"
        notes.note(where, f'collect.{protocol} names no credential; name {kinds}, as in {protocol} = "NAME"')
        return False
    placed = gathered.credentials.get(credential)
    if placed is None:
        if credential not in gathered.declared["credentials"]:
            notes.unknown(where, "credential", credential, gathered.declared["credentials"])
        return False
    if placed.table.kind not in _FITS[protocol]:
        notes.note(
            where,
            f"credential {quoted(credential)} is of kind {placed.table.kind}, which does not fit {protocol};"
            f" {protocol} needs {' or '.join(_FITS[protocol])}",
        )
        return False
    return not wrong and not says


def check_role(role: Placed[RoleTable], gathered: Gathered, notes: Notes) -> None:
    """Note credentials that a role names and that do not exist, even if no device has the role yet."""
    for protocol, value in role.table.collect.items():
        credential = _options(value).get("credential")
        if isinstance(credential, str) and credential not in gathered.declared["credentials"]:
            notes.unknown(role.where.at("collect", protocol), "credential", credential, gathered.declared["credentials"])


def at_address(asked: Asked, address: str) -> Collect:
    """What is asked, at the address of one device (unless the table names another)."""
    return asked.collect if asked.collect.address else replace(asked.collect, address=address)


def check_targets(devices: Mapping[str, Device], places: Mapping[str, Where], notes: Notes) -> None:
    """Note each pair of devices that are asked the same at the same address."""
    first: dict[tuple[str, str, int, str, str], str] = {}
    told: set[tuple[int, int]] = set()
    for device in devices.values():
        for collect in device.collect.values():
            address = "" if collect.protocol == "local" else target_address(collect.address)
            target = (collect.protocol, address, collect.port, collect.credential or "", collect.context)
            other = first.setdefault(target, device.name)
            pair = (id(places[other]), id(places[device.name]))
            if other == device.name or pair in told:
                continue
            told.add(pair)
            notes.note(places[device.name], _twice(device.name, other, collect), other=places[other])


def _twice(name: str, other: str, collect: Collect) -> str:
    if collect.protocol == "local":
        return f"{quoted(name)} and {quoted(other)} are both this machine (local = true); only one device can be"
    return (
        f"{quoted(name)} and {quoted(other)} are the same target: {collect.protocol} at {collect.address} port {collect.port}"
        f" with credential {quoted(collect.credential or '')}; give each its own address, port or context"
    )


def check_via(devices: Mapping[str, Device], places: Mapping[str, Where], notes: Notes) -> None:
    """Note jumps through a device that is not there, is not asked over SSH, or that lead in a circle."""
    for device in devices.values():
        collect = device.collect.get("ssh")
        if collect is None or collect.via is None:
            continue
        where = places[device.name].at("collect", "ssh", "via")
        through = devices.get(collect.via)
        if through is None:
            notes.unknown(where, "device", collect.via, devices)
        elif "ssh" not in through.collect:
            notes.note(where, f"{quoted(through.name)} is not asked over ssh; a device to jump through needs collect.ssh")
        elif _circle(device.name, devices):
            notes.note(where, f"the jumps from {quoted(device.name)} lead back to it; one of them must go direct")


def _circle(start: str, devices: Mapping[str, Device]) -> bool:
    seen, name = {start}, start
    while True:
        device = devices.get(name)
        collect = device.collect.get("ssh") if device else None
        if collect is None or collect.via is None:
            return False
        name = collect.via
        if name in seen:
            return name == start
        seen.add(name)


def check_credential(name: str, placed: Placed[CredentialTable], notes: Notes) -> None:
    """Note what a credential of its kind needs and lacks, or has and cannot use."""
    table, where = placed.table, placed.where
    useless = {"ssh": ("auth", "privacy"), "snmp-v3": ("key",)}.get(table.kind, ("user", "auth", "privacy", "key"))
    for key in useless:
        if getattr(table, key) is not None:
            notes.note(where.at(key), f"{quoted(key)} means nothing for kind {table.kind}; leave it out")
    if table.kind in ("ssh", "snmp-v3") and table.user is None:
        notes.note(where, f'credential {quoted(name)} of kind {table.kind} names no user; add user = "…"')
    for text in table.ranges:
        try:
            ip_network(text)
        except ValueError:
            notes.note(where.at("ranges"), f"{quoted(text)} is no network; write it as 192.0.2.0/24")
    if table.kind == "snmp-v3" and table.privacy and not table.auth:
        notes.note(where.at("privacy"), 'there is no privacy without authentication (RFC 3414); add auth, as in auth = "SHA-256"')
