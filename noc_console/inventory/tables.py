"""The tables of an inventory file as a person writes them: one pydantic model each, nothing resolved yet.

Strict: a number in quotes is a mistake, not a number. Unknown keys are mistakes.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Level = Literal["warning", "minor", "major", "critical"]
Protocol = Literal["snmp", "ssh", "local"]
Kind = Literal["snmp-v1", "snmp-v2c", "snmp-v3", "ssh"]
Auth = Literal["MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512"]
Privacy = Literal["DES", "AES", "AES-128", "AES-192", "AES-256", "AES-192-CISCO", "AES-256-CISCO"]
PortAlarms = Literal["planned", "all", "none"]

Text = Annotated[str, Field(min_length=1, max_length=1024)]
Name = Annotated[
    str, Field(min_length=1, max_length=255, pattern=r"^[^\s:\x00-\x1f\x7f]([^:\x00-\x1f\x7f]*[^\s:\x00-\x1f\x7f])?$")
]
"""A name that a link can point at: no colon (it parts device and port), no white space at its ends."""
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
Port = Annotated[int, Field(ge=1, le=65_535)]
Mtu = Annotated[int, Field(ge=576, le=65_535)]
"""Octets of a packet; every host takes one of 576 (RFC 1122)."""
Count = Annotated[int, Field(ge=1, le=1_000)]
Limit = Annotated[float, Field(allow_inf_nan=False)]

FLAG, NAME, TABLE, OTHER = "<flag>", "<name>", "<table>", "<other>"
"""Tags of the three forms of a `collect` value; they stand in pydantic's paths and are dropped from them."""


def _form(value: object) -> str:
    if isinstance(value, bool):
        return FLAG
    return NAME if isinstance(value, str) else TABLE


class Table(BaseModel):
    """Common to all tables."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CollectTable(Table):
    """`collect.PROTOCOL` as a table."""

    credential: Text | None = None
    port: Port | None = None
    address: Text | None = None
    context: str | None = None
    interval: Seconds | None = None
    timeout: Seconds | None = None
    via: Text | None = None
    mtu: Mtu | None = None


CollectValue = Annotated[
    Annotated[bool, Tag(FLAG)] | Annotated[Text, Tag(NAME)] | Annotated[CollectTable, Tag(TABLE)], Discriminator(_form)
]
Limits = dict[str, dict[Level, Limit]]


class RoleTable(Table):
    """`[roles.NAME]`: what a device of this role has unless it says otherwise."""

    interval: Seconds | None = None
    collect: dict[Protocol, CollectValue] = Field(default_factory=dict)
    limits: Limits = Field(default_factory=dict)
    port_alarms: PortAlarms | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    height: Count | None = None


class CredentialTable(Table):
    """`[credentials.NAME]`."""

    kind: Kind
    user: Text | None = None
    auth: Auth | None = None
    privacy: Privacy | None = None
    key: Text | None = None
    ranges: list[Text] = Field(default_factory=list)


class SiteTable(Table):
    """`[[sites]]`."""

    name: Name
    title: Text | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    timezone: Text | None = None


class CollectorTable(Table):
    """`[[collectors]]`."""

    name: Name
    site: Text | None = None
    attached: list[Text] = Field(default_factory=list)


class RackTable(Table):
    """`[[racks]]`."""

    name: Name
    site: Text | None = None
    room: Text | None = None
    row: Text | None = None
    position: Annotated[int, Field(ge=0, le=100_000)] | None = None
    units: Count = 42
    power: list[Text] = Field(default_factory=list)
    cooling: list[Text] = Field(default_factory=list)
    needs_power: Count = 1
    needs_cooling: Count = 1


class DeviceTable(Table):
    """`[[devices]]`: one device, or a range of devices where the name has brackets."""

    name: Name
    address: Text
    role: Text
    formerly: list[Text] = Field(default_factory=list)
    site: Text | None = None
    rack: Text | None = None
    unit: Count | None = None
    height: Count | None = None
    power: list[Text] | None = None
    cooling: list[Text] | None = None
    needs_power: Count | None = None
    needs_cooling: Count | None = None
    bmc_of: Text | None = None
    interval: Seconds | None = None
    limits: Limits = Field(default_factory=dict)
    port_alarms: PortAlarms | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    collect: dict[Protocol, CollectValue] = Field(default_factory=dict)


class LinkTable(Table):
    """`[[links]]`: two ends, each `device:port`."""

    a: Text
    b: Text


LISTS: dict[str, type[Table]] = {
    "sites": SiteTable,
    "collectors": CollectorTable,
    "racks": RackTable,
    "devices": DeviceTable,
    "links": LinkTable,
}
NAMED: dict[str, type[Table]] = {"roles": RoleTable, "credentials": CredentialTable}
