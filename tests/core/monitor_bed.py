"""A small fleet and its answers, for tests of the monitor."""

from collections.abc import Mapping

import numpy as np

from noc_console.alarms.load import standard_conditions
from noc_console.model.changes import Restored
from noc_console.model.fleet import Collect, Device, End, Inventory, Link, Rack, Site
from noc_console.model.poll import ErrorKind, Layout, PollError, PollResult
from noc_console.monitor.gathered import Output
from noc_console.monitor.monitor import Monitor

T0 = 1_795_000_000.0
CONDITIONS = standard_conditions()


def device(name, role, *, protocols=("snmp",), **more):
    collect = {
        p: Collect(protocol=p, credential=None, address="127.0.0.1", port=1, interval=10.0 if p == "ssh" else 30.0)
        for p in protocols
    }
    return Device(name=name, address="127.0.0.1", role=role, site="hanoi", rack="a01", collect=collect, **more)


def fleet(*devices, links=()):
    return Inventory(
        sites={"hanoi": Site(name="hanoi", title="Hanoi", timezone="Asia/Ho_Chi_Minh")},
        racks={"a01": Rack(name="a01", site="hanoi", room="hall-1", row="A", position=1)},
        devices={d.name: d for d in devices},
        links=tuple(Link(a=End(device=a, port=p), b=End(device=b, port=q)) for a, p, b, q in links),
    )


FLEET = fleet(
    device("gpu-1", "gpu-server", protocols=("ssh",)),
    device("leaf-1", "leaf"),
    device("spine-1", "spine"),
    device("crac-1", "cooling"),
    links=(("spine-1", "Ethernet1", "leaf-1", "Ethernet1"), ("leaf-1", "Ethernet2", "gpu-1", "eth0")),
)


def answer(name, at, values: Mapping[tuple[str, str], float], *, source=None, interval=10.0, **more):
    source = source or ("ssh" if name.startswith("gpu") else "snmp")
    array = np.array(list(values.values()), dtype=np.float64)
    array.setflags(write=False)
    return PollResult(
        device=name, source=source, due=at, started=at - 0.01, finished=at, interval=interval,
        layout=Layout.of(values), values=array, **more,
    )  # fmt: skip


def miss(name, at, kind=ErrorKind.UNREACHABLE, *, source=None, reason="timeout"):
    source = source or ("ssh" if name.startswith("gpu") else "snmp")
    return PollResult(
        device=name, source=source, due=at, started=at - 1, finished=at, interval=10.0, error=PollError(kind=kind, reason=reason)
    )


class Bed:
    """A monitor that is fed answers and remembers everything it told."""

    def __init__(self, inventory=FLEET, restored: Restored | None = None, now=T0, conditions=CONDITIONS):
        self.monitor = Monitor(inventory, conditions, restored, now=now)
        self.outputs: list[Output] = []

    def feed(self, *results):
        for result in results:
            self.monitor.advance(result.finished)
            self.monitor.ingest(result)
            self.outputs.append(self.monitor.take(result.finished))
        return self.outputs[-1]

    def at(self, now):
        self.monitor.advance(now)
        self.outputs.append(self.monitor.take(now))
        return self.outputs[-1]

    def alarms(self, type_=None):
        return [a for a in self.monitor.book.alarms.values() if type_ is None or a.type == type_]

    def open(self, type_=None):
        return [a for a in self.alarms(type_) if a.is_open]

    def told(self, kind):
        return [x for o in self.outputs if o.changes for x in getattr(o.changes, kind)]

    def stored(self, kind):
        return [x for o in self.outputs if o.durable for x in getattr(o.durable, kind)]
