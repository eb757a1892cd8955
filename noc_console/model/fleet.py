"""The inventory as the program uses it: every default applied, every range spread out, every name resolved.

Made by `noc_console.inventory` from the user's TOML; read by every layer from any thread (it never changes).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """How to show who we are to a device; its secrets are never here (see `noc_console.secrets`)."""

    name: str
    kind: str
    """`snmp-v1`, `snmp-v2c`, `snmp-v3`, `ssh`."""
    user: str = ""
    auth: str = ""
    privacy: str = ""
    key: str = ""
    ranges: tuple[str, ...] = ()
    """Networks that discovery may send it to; a community is sent nowhere else."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the secrets without which it cannot be used: `community`, or `auth` and `privacy`; none for ssh with a key."""
        if self.kind in ("snmp-v1", "snmp-v2c"):
            return ("community",)
        if self.kind == "snmp-v3":
            return (("auth",) if self.auth else ()) + (("privacy",) if self.privacy else ())
        return () if self.key else ("password",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """How one protocol of one device is asked. `address` is where it is asked (the device's own, unless told otherwise)."""

    protocol: str
    """`snmp`, `ssh`, `local`."""
    credential: str | None
    address: str
    port: int
    interval: float
    timeout: float | None = None
    context: str = ""
    via: str | None = None
    mtu: int = 1500
    """Octets of the largest packet on the way (SNMP): replies are asked for in such pieces that each fits one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place with a time zone."""

    name: str
    title: str
    timezone: str = "UTC"
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorPlace:
    """Where the asking comes from."""

    name: str
    site: str | None = None
    attached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rack:
    """A rack, what feeds it and what cools it (names of devices)."""

    name: str
    site: str
    room: str = ""
    row: str = ""
    position: int | None = None
    units: int = 42
    power: tuple[str, ...] = ()
    cooling: tuple[str, ...] = ()
    needs_power: int = 1
    needs_cooling: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device with the defaults of its role and its rack applied."""

    name: str
    address: str
    role: str
    site: str | None = None
    rack: str | None = None
    unit: int | None = None
    height: int = 1
    power: tuple[str, ...] = ()
    cooling: tuple[str, ...] = ()
    needs_power: int = 1
    needs_cooling: int = 1
    bmc_of: str | None = None
    formerly: tuple[str, ...] = ()
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """metric → level (`warning`, `minor`, `major`, `critical`) → value."""
    port_alarms: str = "planned"
    labels: Mapping[str, str] = field(default_factory=dict)
    collect: Mapping[str, Collect] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a link: a device and the name of its port."""

    device: str
    port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A planned link."""

    a: End
    b: End


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The whole of it. Mappings are by name and keep the order of the file."""

    sites: Mapping[str, Site] = field(default_factory=dict)
    collectors: Mapping[str, CollectorPlace] = field(default_factory=dict)
    racks: Mapping[str, Rack] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    credentials: Mapping[str, Credential] = field(default_factory=dict)

    def timezone_of(self, device: str | None) -> str:
        """Zone of the device's site; UTC where none is known."""
        found = self.devices.get(device) if device else None
        site = self.sites.get(found.site) if found and found.site else None
        return site.timezone if site else "UTC"
