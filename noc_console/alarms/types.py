"""The codes of alarms and the parameters that a sentence is made from.

Words are made in `widgets`; a code never changes its meaning, since alarms of years ago carry it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class AlarmType(StrEnum):
    """What kind of thing is wrong. The text is the `type` of an `Alarm`."""

    UNREACHABLE = "unreachable"
    """The device does not answer; with a qualifier (`snmp`, `ssh`, `local`): only that protocol of it does not."""
    AUTH_FAILED = "auth-failed"
    """It answers and refuses our credential; the qualifier is the protocol."""
    BAD_REPLY = "bad-reply"
    """It answers what cannot be read; the qualifier is the protocol."""
    HOST_KEY_CHANGED = "host-key-changed"
    """Its SSH host key is not the one that is trusted, or none is trusted yet (`reason` = `host-key-unknown`)."""
    CREDENTIAL_MISSING = "credential-missing"
    """A secret of its credential is not there; nothing is asked of it over that protocol."""
    SOURCE_SILENT = "source-silent"
    """One slower source (the qualifier: `ssh:full`, `snmp:inventory`) fails while its protocol answers; or, with the `reason`
    `no-permission` and as a warning, it may not be read (the kernel log of a server with GPUs)."""
    PORT_DOWN = "port-down"
    """A port that should be up is down; the component is the port."""
    TEMPERATURE_HIGH = "temperature-high"
    """A temperature is above its limit, or the margin that is left (`metric` = `temperature_limit_margin_celsius`) is used up."""
    TEMPERATURE_LOW = "temperature-low"
    """A temperature is below its limit."""
    HUMIDITY_HIGH = "humidity-high"
    """The air is damper than its limit."""
    HUMIDITY_LOW = "humidity-low"
    """The air is drier than its limit."""
    FAN_STOPPED = "fan-stopped"
    """A fan stands still; the component is the fan."""
    VOLTAGE_LOW = "voltage-low"
    """An input or output voltage is below its limit."""
    VOLTAGE_HIGH = "voltage-high"
    """An input or output voltage is above its limit."""
    STATE_BAD = "state-bad"
    """A part says of itself that it is not well (`value` 1 warning, 2 critical; `text` its own word)."""
    XID = "xid"
    """The NVIDIA driver reported an Xid (or SXid); the component is the GPU, the qualifier the number."""
    GPU_LOST = "gpu-lost"
    """The driver says that the GPU has fallen off the bus, or cannot be initialised."""
    GPU_MISSING = "gpu-missing"
    """A GPU that was there is not listed any more."""
    FLAPPING = "flapping"
    """A port goes down and up again and again: one alarm, its count is how often."""
    LINK_DIFFERS = "link-differs"
    """The cabling is not as planned (`plan` says how); the component is the port, the qualifier the other end."""
    POWER_LOST = "power-lost"
    """A rack, row or room has no power, as far as what stands there tells; the device is None, the component the place."""
    SITE_UNREACHABLE = "site-unreachable"
    """Nothing at a site answers: its line is cut, its edge dead or the site dark; the device is None, the component the site."""
    GPU_THROTTLED = "gpu-throttled"
    """Something holds a GPU's clock down; the qualifier says what: `heat`, `brake`, `power` (`reasons` by their names)."""
    ROW_REMAP = "row-remap"
    """Memory rows wait to be replaced (qualifier `pending`: by a reset), or could not be (`failed`)."""
    ECC_ERRORS = "ecc-errors"
    """Memory errors grow: the qualifier is `uncorrected` or `corrected`."""
    NVLINK_ERRORS = "nvlink-errors"
    """Errors on NVLinks grow; the qualifier is their kind (`crc`, `replay`, `recovery`), or `down`: links are inactive."""
    PCIE_DEGRADED = "pcie-degraded"
    """The PCI Express link is narrower (qualifier `width`) or slower (`speed`) than both of its ends can."""
    GPU_STRAGGLER = "gpu-straggler"
    """A GPU differs from the others of its server at the same load; the qualifier says in what: `clock`, `power`, `heat`."""
    COOLING_POOR = "cooling-poor"
    """Warmer for its power than others: a whole server (component `""`: fans, dust) or one GPU (paste, heat sink)."""
    GPU_TOOL_HUNG = "gpu-tool-hung"
    """The GPUs' own tool (nvidia-smi) does not answer: nothing is known of the GPUs; `text` is its process, state D is stuck."""
    GPU_SWAPPED = "gpu-swapped"
    """Another GPU than before sits in a slot; `moved_from` is where it was, if it was in this server."""
    CHANGING_FAST = "changing-fast"
    """A value rises or falls faster than a condition allows; the qualifier is the condition's name."""
    UNLIKE_PEERS = "unlike-peers"
    """A value differs from those of its peers; the qualifier is the condition's name."""
    UNUSUAL = "unusual"
    """A value differs from what it usually is at this hour of the week; the qualifier is the condition's name."""
    ABSENT = "absent"
    """A source does not give any more what it used to give; the qualifier is the condition's name and the source."""
    TOO_OFTEN = "too-often"
    """Something happened more often than a condition allows; the qualifier is the condition's name."""
    COLLECTOR_LATE = "collector-late"
    """A collector polls later than it should; the device is None, the component the collector's name."""
    COLLECTOR_DEAD = "collector-dead"
    """A collector gives no sign of life; the device is None, the component the collector's name."""
    TRAPS_OFF = "traps-off"
    """No traps are received; the device is None, the component `traps`."""
    TRAP = "trap"
    """A device told of something in a signed trap; the qualifier is the trap's name, the component the part that it names."""
    STORE_FAILED = "store-failed"
    """What must last cannot be stored; the device is None, the component `store`, the qualifier the error's code."""


_OWN = ("condition", "says", "do")
_MEASURED = ("metric", "value", "limit", "since", *_OWN)
_ERROR = ("protocol", "reason", "detail")

PARAMS: Mapping[AlarmType, tuple[str, ...]] = MappingProxyType({
    AlarmType.UNREACHABLE: (*_ERROR, "misses", "last_answer", "since"),
    AlarmType.AUTH_FAILED: _ERROR,
    AlarmType.BAD_REPLY: _ERROR,
    AlarmType.HOST_KEY_CHANGED: _ERROR,
    AlarmType.CREDENTIAL_MISSING: _ERROR,
    AlarmType.SOURCE_SILENT: (*_ERROR, "source", "last_answer"),
    AlarmType.PORT_DOWN: ("neighbour", "neighbour_port", "text", "since"),
    AlarmType.TEMPERATURE_HIGH: _MEASURED,
    AlarmType.FAN_STOPPED: _MEASURED,
    AlarmType.VOLTAGE_LOW: _MEASURED,
    AlarmType.VOLTAGE_HIGH: _MEASURED,
    AlarmType.TEMPERATURE_LOW: _MEASURED,
    AlarmType.HUMIDITY_HIGH: _MEASURED,
    AlarmType.HUMIDITY_LOW: _MEASURED,
    AlarmType.STATE_BAD: (*_MEASURED, "text"),
    AlarmType.XID: (
        "xid", "text", "action", "gpu", "pci_bus_id", "process", "job", "sxid", "serial", "advice",
        "before", "before_xid", "before_at", "before_place",
    ),
    AlarmType.GPU_LOST: ("text", "gpu", "pci_bus_id", "serial"),
    AlarmType.GPU_MISSING: ("expected", "found", "serial", "gpu", "pci_bus_id"),
    AlarmType.FLAPPING: ("neighbour", "neighbour_port", "percent", "since"),
    AlarmType.LINK_DIFFERS: ("plan", "neighbour", "neighbour_port", "found"),
    AlarmType.POWER_LOST: ("place", "feeds", "devices", "since"),
    AlarmType.SITE_UNREACHABLE: ("site", "devices", "since"),
    AlarmType.GPU_THROTTLED: (*_MEASURED, "reasons"),
    AlarmType.ROW_REMAP: _MEASURED,
    AlarmType.ECC_ERRORS: (*_MEASURED, "rise"),
    AlarmType.NVLINK_ERRORS: (*_MEASURED, "rise"),
    AlarmType.PCIE_DEGRADED: _MEASURED,
    AlarmType.GPU_STRAGGLER: (*_MEASURED, "others"),
    AlarmType.COOLING_POOR: (*_MEASURED, "others"),
    AlarmType.GPU_TOOL_HUNG: (*_MEASURED, "text"),
    AlarmType.GPU_SWAPPED: ("gpu", "serial", "serial_before", "moved_from"),
    AlarmType.CHANGING_FAST: (*_MEASURED, "rate", "per"),
    AlarmType.UNLIKE_PEERS: (*_MEASURED, "others", "peers"),
    AlarmType.UNUSUAL: (*_MEASURED, "usual"),
    AlarmType.ABSENT: (*_OWN, "metric", "source", "last_given", "limit", "since"),
    AlarmType.TOO_OFTEN: (*_OWN, "value", "limit", "window", "of", "text", "since"),
    AlarmType.COLLECTOR_LATE: ("collector", "behind_seconds", "late"),
    AlarmType.COLLECTOR_DEAD: ("collector", "last_beat"),
    AlarmType.TRAPS_OFF: ("error", "port"),
    AlarmType.TRAP: ("text",),
    AlarmType.STORE_FAILED: ("error", "detail"),
})  # fmt: skip
"""Names of the parameters that an alarm of each type may carry. A name that is not known is absent.

`metric` names what was measured and so its unit (`temperature_celsius`); `value` and `limit` are numbers in that unit, as
they were when the severity was last set; `since` (before the hold), `last_answer`, `last_beat` are UTC seconds; `reason`
is a code, `detail` and `text` are untrusted words of the device; `expected` and `found` are numbers of GPUs; `gpu` is the
component (`gpu3`), `action` a word of the Xid catalogue; `condition` names what raised it, `says` and `do` are the words of a
user's own condition for what is wrong and what to do; `rate` is in the metric's unit `per` second, minute or hour.
"""
