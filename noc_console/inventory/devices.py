"""Tables of devices to devices: ranges spread out, the role's and the rack's share applied."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from noc_console.inventory.addresses import address_mistake
from noc_console.inventory.asking import Asked, asked_of, at_address
from noc_console.inventory.gathering import Gathered, Placed
from noc_console.inventory.metrics import LEVELS, METRICS, RISING
from noc_console.inventory.mistakes import Notes, Where, quoted
from noc_console.inventory.ranges import RangeError, is_range, share_out, spread
from noc_console.inventory.tables import DeviceTable, Limits, RoleTable
from noc_console.model.fleet import Device, Rack

Upstream = Callable[[str, tuple[str, ...]], frozenset[str]]
"""(`power` or `cooling`, names of feeding devices) → those and what feeds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """What differs from device to device of a table."""

    name: str
    address: str
    rack: str | None
    bmc_of: str | None
    elsewhere: Mapping[str, str]
    """Address by protocol, where `collect.PROTOCOL.address` is a range of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """What every device of a table has in common."""

    table: DeviceTable
    asked: Mapping[str, Asked]
    limits: Mapping[str, Mapping[str, float]]
    labels: Mapping[str, str]
    port_alarms: str
    height: int


def build_devices(gathered: Gathered, racks: Mapping[str, Rack], notes: Notes) -> tuple[dict[str, Device], dict[str, Where]]:
    """All devices by name, and where each stands. Mistakes are noted; a device that is not sure is left out."""
    devices: dict[str, Device] = {}
    places: dict[str, Where] = {}
    upstream = _upstream_of(gathered)
    for placed in gathered.devices:
        share = _share(placed, gathered, notes)
        ones = _spread(placed, share.asked, notes)
        _check_racks(placed, {one.rack for one in ones}, racks, gathered, notes)
        for one in ones:
            if one.name in devices:
                notes.note(placed.where.at("name"), f"device {quoted(one.name)} is given twice", other=places[one.name])
                continue
            rack = racks.get(one.rack) if one.rack else None
            devices[one.name] = _device(one, share, rack, upstream)
            places[one.name] = placed.where
    return devices, places


def _share(placed: Placed[DeviceTable], gathered: Gathered, notes: Notes) -> _Share:
    """The table under its role, checked."""
    table, role = placed.table, gathered.roles.get(placed.table.role)
    defaults = role.table if role else RoleTable()
    _check_table(placed, gathered, notes)
    limits = merged_limits(defaults.limits, table.limits)
    if table.limits:  # the role's own are checked where they stand
        check_limits(limits, placed.where.at("limits"), notes)
    return _Share(
        table=table,
        asked=asked_of(placed, role, gathered, notes),
        limits=limits,
        labels={**defaults.labels, **table.labels},
        port_alarms=table.port_alarms or defaults.port_alarms or "planned",
        height=table.height or defaults.height or 1,
    )


def _device(one: _One, share: _Share, rack: Rack | None, upstream: Upstream) -> Device:
    table = share.table
    feeds = rack is None or one.name in upstream("power", rack.power)
    cools = rack is None or one.name in upstream("cooling", rack.cooling)
    power = table.power if table.power is not None else () if rack is None or feeds else rack.power
    cooling = table.cooling if table.cooling is not None else () if rack is None or cools else rack.cooling
    # A need of the rack's speaks of the rack's feeds: it does not hold for a device that has its own.
    needs_power = rack.needs_power if rack and power is rack.power else 1
    needs_cooling = rack.needs_cooling if rack and cooling is rack.cooling else 1
    return Device(
        name=one.name,
        address=one.address,
        role=table.role,
        site=table.site or (rack.site if rack else None) or None,
        rack=one.rack,
        unit=table.unit,
        height=share.height,
        power=tuple(power),
        cooling=tuple(cooling),
        needs_power=table.needs_power or needs_power,
        needs_cooling=table.needs_cooling or needs_cooling,
        bmc_of=one.bmc_of,
        formerly=tuple(table.formerly),
        limits=share.limits,
        port_alarms=share.port_alarms,
        labels=share.labels,
        collect={protocol: at_address(way, one.elsewhere.get(protocol, one.address)) for protocol, way in share.asked.items()},
    )


def _upstream_of(gathered: Gathered) -> Upstream:
    """The way from feeding devices to all that stands before them: a PDU in a rack, and the UPS that it hangs on.

    None of these is fed by the rack that it feeds, though it stands in it.
    """
    own: dict[str, dict[str, list[str]]] = {"power": {}, "cooling": {}}
    for placed in gathered.devices:
        table = placed.table
        own["power"].setdefault(table.name, table.power or [])
        own["cooling"].setdefault(table.name, table.cooling or [])

    @cache
    def upstream(key: str, feeding: tuple[str, ...]) -> frozenset[str]:
        seen: set[str] = set()
        waiting = list(feeding)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(own[key].get(name, ()))
        return frozenset(seen)

    return upstream


def _spread(placed: Placed[DeviceTable], asked: Mapping[str, Asked], notes: Notes) -> list[_One]:
    """The devices that a table stands for; none if its ranges are wrong (noted)."""
    table = placed.table
    names = _values(placed.where, "name", table.name, None, notes)
    if names is None:
        return []
    addresses = _values(placed.where, "address", table.address, len(names), notes)
    racks = _racks(placed, len(names), notes)
    bmc_of = _values(placed.where, "bmc_of", table.bmc_of, len(names), notes) if table.bmc_of else [None] * len(names)
    elsewhere = {
        protocol: _values(way.where, "address", way.collect.address, len(names), notes)
        for protocol, way in asked.items()
        if is_range(way.collect.address)
    }
    if table.formerly and len(names) > 1:
        notes.note(
            placed.where.at("formerly"), f"{len(names)} devices cannot all be formerly one; write a table for each renamed device"
        )
        return []
    if addresses is None or racks is None or bmc_of is None:
        return []
    for address in addresses:
        says = address_mistake(address)
        if says:
            notes.note(placed.where.at("address"), says)
            break
    return [
        _One(
            name=name,
            address=addresses[i],
            rack=racks[i],
            bmc_of=bmc_of[i],
            elsewhere={protocol: values[i] for protocol, values in elsewhere.items() if values},
        )
        for i, name in enumerate(names)
    ]


def _values(where: Where, key: str, text: str, wanted: int | None, notes: Notes) -> list[str] | None:
    """The values of a range; None (noted) if it is none or has not as many as the name."""
    try:
        values = spread(text)
    except RangeError as error:
        notes.note(where.at(key), str(error))
        return None
    if wanted is not None and len(values) != wanted:
        notes.note(
            where.at(key), f"{quoted(text)} stands for {len(values)} of {key}, the name for {wanted}; they must be as many"
        )
        return None
    return values


def _racks(placed: Placed[DeviceTable], wanted: int, notes: Notes) -> list[str] | list[None] | None:
    if placed.table.rack is None:
        return [None] * wanted
    values = _values(placed.where, "rack", placed.table.rack, None, notes)
    if values is None:
        return None
    if len(values) > wanted:
        notes.note(
            placed.where.at("rack"), f"{quoted(placed.table.rack)} stands for {len(values)} racks, more than the {wanted} devices"
        )
        return None
    return share_out(values, wanted)


def _check_racks(
    placed: Placed[DeviceTable], names: Iterable[str | None], racks: Mapping[str, Rack], gathered: Gathered, notes: Notes
) -> None:
    """Note racks that are not there, are elsewhere, or are too low for the unit."""
    table = placed.table
    for name in dict.fromkeys(names):
        rack = racks.get(name) if name else None
        if rack is None:
            if name and name not in gathered.declared["racks"]:
                notes.unknown(placed.where.at("rack"), "rack", name, gathered.declared["racks"])
            continue
        if table.site and rack.site and table.site != rack.site:
            notes.note(
                placed.where.at("site"),
                f"site {quoted(table.site)}, but its rack {quoted(rack.name)} stands in {quoted(rack.site)}; leave site out",
            )
        if table.unit and table.unit + (table.height or 1) - 1 > rack.units:
            notes.note(placed.where.at("unit"), f"unit {table.unit} is above the {rack.units} units of rack {quoted(rack.name)}")


def _check_table(placed: Placed[DeviceTable], gathered: Gathered, notes: Notes) -> None:
    """Note names that are not there."""
    table, where, known = placed.table, placed.where, gathered.declared
    if table.site and table.site not in known["sites"]:
        notes.unknown(where.at("site"), "site", table.site, known["sites"])
    for key, names in (("power", table.power), ("cooling", table.cooling)):
        for name in names or ():
            if name not in known["devices"]:
                notes.unknown(where.at(key), "device", name, known["devices"])
    for key, needs, names in (("power", table.needs_power, table.power), ("cooling", table.needs_cooling, table.cooling)):
        if needs and names is not None and needs > len(names):
            notes.note(where.at(f"needs_{key}"), f"needs {needs} of the {len(names)} in {key}; it can never have them")


def merged_limits(roles: Limits, own: Limits) -> dict[str, dict[str, float]]:
    """The role's limits under the device's own, level by level."""
    merged: dict[str, dict[str, float]] = {}
    for limits in (roles, own):
        for metric, levels in limits.items():
            merged.setdefault(metric, {}).update({str(level): value for level, value in levels.items()})
    return merged


def check_limits(limits: Mapping[str, Mapping[str, float]], where: Where, notes: Notes) -> None:
    """Note limits on what is no metric, and limits of which the worse is reached before the milder."""
    for metric, levels in limits.items():
        if metric not in METRICS:
            notes.note(where.at(metric), f"{quoted(metric)} is no metric{notes.hint(metric, METRICS)}")
        ordered = [level for level in LEVELS if level in levels] if metric in RISING else []
        for milder, worse in pairwise(ordered):
            if levels[worse] < levels[milder]:
                says = f"{metric}: {worse} {levels[worse]:g} lies below {milder} {levels[milder]:g}; the worse must be the higher"
                notes.note(where.at(metric), says)
