"""A collector under test, with its inbox and a fleet of agents on loopback."""

import queue
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from collectors.snmp.collector import SnmpCollector
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from noc_console.model.poll import CollectorBeat, PollResult

V2C = Credential(name="public", kind="snmp-v2c")


class KnownSecrets:
    """Secrets by `credential.name`."""

    def __init__(self, **secrets: str) -> None:
        self.secrets = secrets

    def get(self, credential: str, name: str) -> str | None:
        return self.secrets.get(f"{credential}_{name}")


def fleet(*devices: tuple[str, tuple[str, int], Credential], interval: float = 0.2, timeout: float | None = None) -> Inventory:
    return Inventory(
        credentials={credential.name: credential for _, _, credential in devices},
        devices={
            name: Device(
                name=name,
                address=address[0],
                role="leaf",
                collect={
                    "snmp": Collect(
                        protocol="snmp",
                        credential=credential.name,
                        address=address[0],
                        port=address[1],
                        interval=interval,
                        timeout=timeout,
                    )
                },
            )
            for name, address, credential in devices
        },
    )


class Polling:
    """Results as they come, within a time."""

    def __init__(self, collector: SnmpCollector, inbox: "queue.SimpleQueue[PollResult | CollectorBeat]") -> None:
        self.collector, self.inbox = collector, inbox
        self.seen: list[PollResult | CollectorBeat] = []

    def until(self, wanted: Callable[[PollResult], bool], within: float = 30.0) -> PollResult:
        """The first result from now on that is wanted."""
        for item in self.items(within):
            if isinstance(item, PollResult) and wanted(item):
                return item
        raise AssertionError(f"nothing such within {within} s; came: {self.seen[-5:]}")

    def beat(self, within: float = 30.0) -> CollectorBeat:
        return next(item for item in self.items(within) if isinstance(item, CollectorBeat))

    def items(self, within: float) -> Iterator[PollResult | CollectorBeat]:
        end = time.monotonic() + within
        while (left := end - time.monotonic()) > 0:
            try:
                item = self.inbox.get(timeout=left)
            except queue.Empty:
                return
            self.seen.append(item)
            yield item


@contextmanager
def polling(inventory: Inventory, secrets: KnownSecrets) -> Iterator[Polling]:
    inbox: queue.SimpleQueue[PollResult | CollectorBeat] = queue.SimpleQueue()
    collector = SnmpCollector(inventory, secrets, inbox, time.time, random.Random(1))
    collector.start()
    try:
        yield Polling(collector, inbox)
    finally:
        collector.stop()
        collector.join(2.0)


def value(result: PollResult, component: str, metric: str) -> float:
    return float(result.values[result.layout.index[component, metric]])


def told() -> Callable[[PollResult], bool]:
    """A regular poll that was answered: on a busy machine one may time out."""
    return lambda result: result.source == "snmp" and result.error is None


def regular(device: str = "") -> Callable[[PollResult], bool]:
    return lambda result: result.source == "snmp" and device in ("", result.device)
