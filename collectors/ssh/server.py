"""What a collector remembers of a server between polls: how it can be asked, and what it showed last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from collectors.parsers.parsed import Parsed
from collectors.ssh.commands import GPU_CSV, GPU_XML, Command
from noc_console.model.fleet import Inventory
from noc_console.model.poll import EMPTY_LAYOUT, Cursor, Facts, Layout

Component = str
BusId = str


@dataclass(slots=True, kw_only=True)
class Server:
    """One server's memory. Confined to the collector's thread.

    Attributes
    ----------
    has_gpus : None = not known yet; False = there is no nvidia-smi (looked for again with each full poll).
    by_xml : the fast poll takes its values from XML, because CSV is refused or cannot be read here.
    csv, xml : how CSV and XML are asked for here.
    gpu_layout, full_layout, host_layout : keys of the last answers, so that what did not come is "not given", not "gone".
    gpus : bus id → component. told : facts as they were given last.
    stat : /proc/stat at the last poll.
    log_way, log_retry : which way to the kernel log works here; when to look for another (UTC seconds), if none does.
    has_controller : its management controller is a device of its own. tools : what `TOOLS` found. tool_layouts : keys by command.
    hung_since : since when the GPUs' tool does not answer (UTC seconds); None = it does.
    jobs : whose work each process is, as of the last look.
    log_seen, log_cursors : the last output, so that the same is not read twice; cursors by name.
    """

    device: str
    protocol: str
    has_gpus: bool | None = None
    by_xml: bool = False
    csv: Command = GPU_CSV
    xml: Command = GPU_XML
    gpu_layout: Layout = EMPTY_LAYOUT
    full_layout: Layout = EMPTY_LAYOUT
    host_layout: Layout = EMPTY_LAYOUT
    gpus: dict[BusId, Component] = field(default_factory=dict)
    told: Facts = field(default_factory=dict)
    stat: Parsed | None = None
    log_way: int = 0
    log_retry: float | None = None
    log_seen: bytes = b""
    log_cursors: dict[str, Cursor] = field(default_factory=dict)
    has_controller: bool = False
    tools: frozenset[str] = frozenset()
    tool_layouts: dict[str, Layout] = field(default_factory=dict)
    hung_since: float | None = None
    jobs: Mapping[int, str] = field(default_factory=dict)

    def learn_gpus(self, facts: Facts) -> None:
        """Remember which GPU is where; one that is not listed any more keeps its place, for its log lines."""
        for component, words in facts.items():
            if component and "pci_bus_id" in words:
                self.gpus[words["pci_bus_id"]] = component

    def news(self, facts: Mapping[str, Mapping[str, str]]) -> Facts | None:
        """These facts if they are not what was told last, else None."""
        if not facts or all(self.told.get(component) == words for component, words in facts.items()):
            return None
        self.told = {**self.told, **facts}
        return facts


def servers_of(
    inventory: Inventory, protocol: str, names: Iterable[str], cursors: Iterable[tuple[str, Cursor]]
) -> dict[str, Server]:
    """An empty memory for each of these servers, with the stored cursors of its logs."""
    stored = tuple(cursors)
    controlled = {device.bmc_of for device in inventory.devices.values() if device.collect}
    return {
        name: Server(
            device=name,
            protocol=protocol,
            log_cursors=cursors_of(name, protocol, stored),
            has_controller=name in controlled,
        )
        for name in names
    }


def cursors_of(device: str, protocol: str, cursors: Iterable[tuple[str, Cursor]]) -> dict[str, Cursor]:
    """The stored cursors of this device's logs, by name."""
    return {cursor.name: cursor for name, cursor in cursors if name == device and cursor.name.startswith(f"{protocol}:")}
