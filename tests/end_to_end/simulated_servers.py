"""A simulated fleet's GPU servers through the real parsers into a real monitor; time is passed in, nothing is sent anywhere."""

from collections.abc import Iterable, Mapping

import numpy as np

from collectors.parsers import nvidia_smi_csv, nvidia_smi_xml, nvlink
from collectors.parsers.kernel_log import parse as parse_log
from collectors.parsers.parsed import Parsed
from collectors.simulator.layout import make_plan
from collectors.simulator.scenarios import Stage
from collectors.simulator.sensors import sensors_of
from collectors.simulator.shell import run
from collectors.simulator.world import World
from collectors.ssh.commands import GPU_CSV
from noc_console.alarms.load import standard_conditions
from noc_console.model.alarm import Alarm
from noc_console.model.fleet import Device, Inventory
from noc_console.model.poll import Layout, PollResult
from noc_console.monitor.monitor import Monitor

INTERVAL, FULL, BMC = 10, 300, 30


class Servers:
    """Servers of a simulated fleet, polled each 10 s (CSV, NVLinks), 30 s (inlet) and 300 s (XML)."""

    def __init__(self, size: int = 300, *, full: int = FULL) -> None:
        plan = make_plan(size)
        self.world = World(plan, 1_795_000_000.0)
        self.stage = Stage(self.world)
        self.full = full
        self.servers = tuple(self.world.server_at)
        devices = {name: Device(name=name, address="127.0.0.1", role="gpu-server") for name in self.servers}
        self.monitor = Monitor(Inventory(devices=devices), standard_conditions(), now=self.world.now)

    def run(self, seconds: int) -> None:
        """Let so much time pass."""
        for _ in range(seconds):
            self.world.advance(self.world.now + 1)
            self.stage.tick(self.world.now)
            second = int(self.world.now)
            for place, name in enumerate(self.servers):
                self._poll(name, second + place)

    def _poll(self, name: str, second: int) -> None:
        if second % INTERVAL == 0:
            csv = run(self.world, name, GPU_CSV.line).out
            self._ingest(name, "ssh", INTERVAL, nvidia_smi_csv.parse(csv))
            links = run(self.world, name, "nvidia-smi nvlink -e").out
            if links:
                self._ingest(name, "ssh:nvlink", INTERVAL, nvlink.parse(links))
        if second % BMC == 3:
            self._ingest(name, "snmp", BMC, self._inlet(name))
        if second % self.full == 1:
            self._ingest(name, "ssh:full", self.full, nvidia_smi_xml.parse(run(self.world, name, "nvidia-smi -q -x").out))

    def _inlet(self, name: str) -> Parsed:
        sensors = [s for s in sensors_of(self.world, self.world.device[name]) if s.name == "Inlet Temp"]
        return Parsed(layout=Layout.of([("Inlet Temp", "temperature_celsius")]), values=np.array([sensors[0].read()]))

    def _ingest(self, name: str, source: str, interval: float, parsed: Parsed) -> None:
        now = self.world.now
        self.monitor.advance(now)
        self.monitor.ingest(
            PollResult(
                device=name, source=source, due=now, started=now, finished=now, interval=interval, layout=parsed.layout,
                values=parsed.values, texts=parsed.texts, facts=parsed.facts or None, limits=parsed.limits or None,
            )
        )  # fmt: skip
        self.monitor.take(now)

    def open(self) -> list[Alarm]:
        """Alarms that stand."""
        return [alarm for alarm in self.monitor.book.alarms.values() if alarm.is_open]

    def told(self) -> set[tuple[str | None, str, str, str]]:
        """(device, component, type, qualifier) of all that were raised."""
        return {alarm.identity for alarm in self.monitor.book.alarms.values()}


def kinds(alarms: Iterable[Alarm]) -> Mapping[str, int]:
    """How many of each type."""
    found: dict[str, int] = {}
    for alarm in alarms:
        found[alarm.type] = found.get(alarm.type, 0) + 1
    return found


__all__ = ["Servers", "kinds", "parse_log"]
