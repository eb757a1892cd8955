"""What stands where in the simulated fleet: frozen descriptions, no behaviour.

`collectors.simulator.layout` makes a plan from `resources/demo/fleet.toml`; the inventory is written from it, and the world
that answers is built from it. Imports no protocol.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSite:
    """A place. `utc_offset` in hours, for the daily wave of its traffic."""

    name: str
    title: str
    latitude: float
    longitude: float
    timezone: str
    utc_offset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRack:
    """A rack. `heat_row` is the cold aisle it stands in, `""` where none is modelled."""

    name: str
    site: str
    room: str
    row: str
    position: int
    power: tuple[str, ...]
    cooling: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPort:
    """A port as it is built in. `admin_up` false = switched off by its owner, as unused ports often are."""

    name: str
    speed: float
    admin_up: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDevice:
    """A device. `bmc_address` is where a server's management controller answers SNMP; `snmp` names the credential."""

    name: str
    role: str
    site: str
    address: str
    descr: str = ""
    rack: str | None = None
    unit: int | None = None
    height: int = 1
    power: tuple[str, ...] = ()
    watts: float = 0.0
    ports: tuple[PlanPort, ...] = ()
    gpu: str = ""
    bmc_address: str = ""
    snmp: str = ""
    out_of_band: bool = False
    """Reached over the management network, whatever the fabric does."""

    @property
    def snmp_address(self) -> str:
        """Where it answers SNMP."""
        return self.bmc_address or self.address

    @property
    def has_ssh(self) -> bool:
        """Whether it answers SSH."""
        return bool(self.gpu)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLink:
    """A cable. Its load, as a share of its speed, is `base + gain × driver`, from a to b; `back` times that from b to a.

    `driver` is what its traffic follows: `server:NAME`, `rack:NAME`, `site:NAME` (mean load of the jobs there) or
    `people:SITE` (the daily wave). Links of one `group` share their traffic: what one cannot carry, the others take.
    """

    a: tuple[str, str]
    b: tuple[str, str]
    driver: str
    gain: float
    base: float = 0.005
    back: float = 0.9
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole fleet, in the order in which it is shown."""

    seed: int
    sites: tuple[PlanSite, ...]
    racks: tuple[PlanRack, ...]
    devices: tuple[PlanDevice, ...]
    links: tuple[PlanLink, ...]
    attached: tuple[str, ...]
    """Ports that the collector hangs on: `device:port`."""
    gpus: Mapping[str, Mapping[str, object]]
    heat: Mapping[str, float]
    limits: Mapping[str, object] = field(default_factory=dict)

    def of_role(self, role: str) -> tuple[PlanDevice, ...]:
        """Devices of a role, in order."""
        return tuple(device for device in self.devices if device.role == role)
