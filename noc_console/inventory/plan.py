"""What stands around the devices: sites, racks, collectors, credentials, links, and what may not lead in a circle."""

from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from zoneinfo import available_timezones

from noc_console.inventory.gathering import Gathered
from noc_console.inventory.mistakes import Notes, Where, quoted
from noc_console.model.fleet import CollectorPlace, Credential, Device, End, Link, Rack, Site


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def build_sites(gathered: Gathered, notes: Notes) -> dict[str, Site]:
    """The sites; unknown time zones are noted."""
    sites = {}
    for name, placed in gathered.sites.items():
        table = placed.table
        if table.timezone and table.timezone not in _timezones():
            notes.unknown(placed.where.at("timezone"), "time zone", table.timezone, _timezones())
        if (table.latitude is None) != (table.longitude is None):
            notes.note(placed.where, f"site {quoted(name)} has only one of latitude and longitude; give both or none")
        sites[name] = Site(
            name=name,
            title=table.title or name,
            timezone=table.timezone or "UTC",
            latitude=table.latitude,
            longitude=table.longitude,
        )
    return sites


def build_racks(gathered: Gathered, notes: Notes) -> dict[str, Rack]:
    """The racks; unknown sites and feeding devices are noted."""
    racks = {}
    for name, placed in gathered.racks.items():
        table, where = placed.table, placed.where
        if table.site and table.site not in gathered.declared["sites"]:
            notes.unknown(where.at("site"), "site", table.site, gathered.declared["sites"])
        for key, names, needs in (("power", table.power, table.needs_power), ("cooling", table.cooling, table.needs_cooling)):
            for feeding in names:
                if feeding not in gathered.declared["devices"]:
                    notes.unknown(where.at(key), "device", feeding, gathered.declared["devices"])
            if needs > max(len(names), 1):
                notes.note(where.at(f"needs_{key}"), f"needs {needs} of the {len(names)} in {key}; it can never have them")
        racks[name] = Rack(
            name=name,
            site=table.site or "",
            room=table.room or "",
            row=table.row or "",
            position=table.position,
            units=table.units,
            power=tuple(table.power),
            cooling=tuple(table.cooling),
            needs_power=table.needs_power,
            needs_cooling=table.needs_cooling,
        )
    return racks


def build_collectors(gathered: Gathered, notes: Notes) -> dict[str, CollectorPlace]:
    """Where the asking comes from; unknown sites and devices are noted."""
    collectors = {}
    for name, placed in gathered.collectors.items():
        table, where = placed.table, placed.where
        if table.site and table.site not in gathered.declared["sites"]:
            notes.unknown(where.at("site"), "site", table.site, gathered.declared["sites"])
        for attached in table.attached:
            end_of(attached, where.at("attached"), gathered, notes)
        collectors[name] = CollectorPlace(name=name, site=table.site, attached=tuple(table.attached))
    return collectors


def build_credentials(gathered: Gathered) -> dict[str, Credential]:
    """The credentials. A key's path is made whole: `~` is the home folder, a relative one counts from the file that names it."""
    credentials = {}
    for name, placed in gathered.credentials.items():
        table = placed.table
        privacy = "AES" if table.privacy == "AES-128" else table.privacy or ""
        credentials[name] = Credential(
            name=name,
            kind=table.kind,
            user=table.user or "",
            auth=table.auth or "",
            privacy=privacy,
            key=_key_path(table.key, placed.where) if table.key else "",
            ranges=tuple(table.ranges),
        )
    return credentials


def _key_path(key: str, where: Where) -> str:
    try:
        path = Path(key).expanduser()
    except RuntimeError:  # no such user: said when the key is opened
        path = Path(key)
    return str(Path(where.source.file).absolute().parent / path)


def build_links(gathered: Gathered, notes: Notes) -> tuple[Link, ...]:
    """The plan; unknown devices, missing ports and links given twice are noted."""
    links: dict[frozenset[End], Link] = {}
    places: dict[frozenset[End], Where] = {}
    for placed in gathered.links:
        a = end_of(placed.table.a, placed.where.at("a"), gathered, notes)
        b = end_of(placed.table.b, placed.where.at("b"), gathered, notes)
        if a is None or b is None:
            continue
        ends = frozenset((a, b))
        if a == b:
            notes.note(placed.where, f"both ends of the link are {quoted(placed.table.a)}; a link joins two ports")
        elif ends in links:
            says = f"the link between {quoted(placed.table.a)} and {quoted(placed.table.b)} is given twice"
            notes.note(placed.where, says, other=places[ends])
        else:
            links[ends] = Link(a=a, b=b)
            places[ends] = placed.where
    return tuple(links.values())


def end_of(text: str, where: Where, gathered: Gathered, notes: Notes) -> End | None:
    """The end that `device:port` means. A device's name has no colon, a port's may have."""
    name, colon, port = text.partition(":")
    if not colon or not name.strip() or not port.strip():
        notes.note(where, f'{quoted(text)} must name a device and its port, as in "leaf-01:Ethernet1"')
        return None
    if name not in gathered.declared["devices"]:
        notes.unknown(where, "device", name, gathered.declared["devices"])
        return None
    return End(device=name, port=port.strip())


def check_names(devices: Mapping[str, Device], places: Mapping[str, Where], gathered: Gathered, notes: Notes) -> None:
    """Note former names that are in use, and management controllers of devices that are not there."""
    former: dict[str, str] = {}
    for device in devices.values():
        for name in device.formerly:
            where = places[device.name].at("formerly")
            if name in gathered.declared["devices"]:
                notes.note(where, f"{quoted(name)} is the name of a device now; formerly is for names that are no longer used")
            elif former.setdefault(name, device.name) != device.name:
                notes.note(
                    where,
                    f"{quoted(name)} was formerly {quoted(former[name])} too; it can be only one",
                    other=places[former[name]],
                )
        if device.bmc_of is None:
            continue
        where = places[device.name].at("bmc_of")
        if device.bmc_of == device.name:
            notes.note(where, f"{quoted(device.name)} cannot be its own management controller")
        elif device.bmc_of not in gathered.declared["devices"]:
            notes.unknown(where, "device", device.bmc_of, gathered.declared["devices"])


def check_circles(devices: Mapping[str, Device], places: Mapping[str, Where], notes: Notes) -> None:
    """Note devices that feed each other in a circle: no cause could be found in one."""
    for key in ("power", "cooling"):
        graph: dict[str, Iterable[str]] = {device.name: getattr(device, key) for device in devices.values()}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            ways = " ← ".join(quoted(name) for name in circle[:8])
            place = places.get(circle[0])
            if place:
                notes.note(place.at(key), f"{key} goes in a circle: {ways}; one of them must name what feeds it from outside")
