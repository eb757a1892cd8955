"""Writes the fleet's `inventory.toml`, as a user would write one for devices like these."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from collectors.simulator.plan import Plan, PlanDevice, PlanRack

COLLECTED_AT = "hanoi-1"
BMC_INTERVAL = 30
"""Management controllers are slow; their hosts are asked every 10 s over SSH."""
_CREDENTIAL = {"switches": "demo-switches", "power": "demo-power", "bmcs": "demo-bmcs"}


def inventory_text(plan: Plan, *, port: int, key: Path) -> str:
    """The inventory of a plan whose devices answer at this port."""
    blocks = [
        "# Written by `noc-console simulate` for its simulated fleet; made anew at each start.",
        *_credentials(key),
        *_roles(plan, port),
        *(_table("sites", _site(site.name, plan)) for site in plan.sites),
        _table("collectors", {"name": COLLECTED_AT, "site": plan.sites[0].name, "attached": list(plan.attached)}),
        *(_table("racks", _rack(rack)) for rack in plan.racks),
        *(_table("devices", _device(device, port)) for device in plan.devices),
        *(_table("links", {"a": ":".join(link.a), "b": ":".join(link.b)}) for link in plan.links),
    ]
    return "\n\n".join(blocks) + "\n"


def _credentials(key: Path) -> Iterator[str]:
    yield _lines("[credentials.demo-switches]", {"kind": "snmp-v3", "user": "noc", "auth": "SHA-256", "privacy": "AES"}.items())
    yield _lines("[credentials.demo-power]", {"kind": "snmp-v2c"}.items())
    yield _lines("[credentials.demo-bmcs]", {"kind": "snmp-v2c"}.items())
    yield _lines("[credentials.demo-servers]", {"kind": "ssh", "user": "noc", "key": str(key)}.items())


def _roles(plan: Plan, port: int) -> Iterator[str]:
    """What all devices of a role have in common. A GPU server's two addresses stand at the server."""
    for role in dict.fromkeys(device.role for device in plan.devices if not device.gpu):
        device = plan.of_role(role)[0]
        keys: dict[str, object] = {"collect": {"snmp": {"credential": _CREDENTIAL[device.snmp], "port": port}}}
        if role in plan.limits:
            keys["limits"] = plan.limits[role]
        yield _lines(f"[roles.{role}]", keys.items())


def _site(name: str, plan: Plan) -> dict[str, object]:
    site = next(site for site in plan.sites if site.name == name)
    return {
        "name": site.name,
        "title": site.title,
        "latitude": site.latitude,
        "longitude": site.longitude,
        "timezone": site.timezone,
    }


def _rack(rack: PlanRack) -> dict[str, object]:
    return {
        "name": rack.name,
        "site": rack.site,
        "room": rack.room,
        "row": rack.row,
        "position": rack.position,
        "units": 48,
        "power": list(rack.power),
        "cooling": list(rack.cooling),
    }


def _device(device: PlanDevice, port: int) -> dict[str, object]:
    keys: dict[str, object] = {"name": device.name, "address": device.address, "role": device.role}
    if device.rack:
        keys["rack"] = device.rack
    else:
        keys["site"] = device.site
    if device.unit is not None:
        keys["unit"] = device.unit
    if device.height != 1 and device.unit is not None:
        keys["height"] = device.height
    if device.power:
        keys["power"] = list(device.power)
    if device.gpu:
        controller = {"credential": _CREDENTIAL["bmcs"], "port": port, "address": device.bmc_address, "interval": BMC_INTERVAL}
        keys["collect"] = {"ssh": {"credential": "demo-servers", "port": port}, "snmp": controller}
    return keys


def _table(name: str, keys: Mapping[str, object]) -> str:
    return _lines(f"[[{name}]]", keys.items())


def _lines(head: str, keys: Iterable[tuple[str, object]]) -> str:
    return "\n".join([head, *(f"{key} = {_toml(value)}" for key, value in keys)])


def _toml(value: object) -> str:
    """A value in TOML: texts, numbers, flat lists and inline tables are all that is needed."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_toml(each)}" for key, each in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(each) for each in value)}]"
    # JSON's strings, numbers and booleans are TOML's too
    return json.dumps(value, ensure_ascii=False)
