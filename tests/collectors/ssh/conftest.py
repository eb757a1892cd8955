"""The bed of the SSH tests: one sshd per test, and a collector on it whose results are gathered."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from collectors.parsers.nvidia_smi_csv import FIELDS
from collectors.ssh.collector import SshCollector
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from noc_console.model.poll import CollectorBeat, Cursor, PollRequest, PollResult
from tests.servers import gpus
from tests.servers.sshd import SshBed


class Secrets:
    """Secrets of a test, by `credential.secret`."""

    def __init__(self, **known: str) -> None:
        self.known = {name.replace("__", "."): value for name, value in known.items()}

    def get(self, credential: str, secret: str) -> str | None:
        return self.known.get(f"{credential}.{secret}")


class Watch:
    """A collector and what it has handed over so far."""

    def __init__(self, collector: SshCollector, inbox: "SimpleQueue[PollResult | CollectorBeat]") -> None:
        self.collector = collector
        self.results: list[PollResult] = []
        self.beats: list[CollectorBeat] = []
        self._inbox = inbox

    def until(self, done: Callable[["Watch"], object], seconds: float = 10.0) -> None:
        """Gather until it holds."""
        deadline = time.monotonic() + seconds
        while not done(self):
            try:
                item = self._inbox.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"not within {seconds} s; got {[describe(result) for result in self.results]}") from None
            (self.results if isinstance(item, PollResult) else self.beats).append(item)  # type: ignore[arg-type]

    def next(self, source: str = "ssh", device: str = "gpu-1", *, ask: bool = False, seconds: float = 10.0) -> PollResult:
        """The next result of a source, asked for if wanted."""
        before = len(self.of(source, device))
        if ask:
            self.collector.ask(PollRequest(device=device, source=source, why="operator"))
        self.until(lambda watch: len(watch.of(source, device)) > before, seconds)
        return self.of(source, device)[-1]

    def of(self, source: str, device: str = "gpu-1") -> list[PollResult]:
        """Results of a source so far."""
        return [result for result in self.results if (result.source, result.device) == (source, device)]


def describe(result: PollResult) -> str:
    return f"{result.device} {result.source} {result.error} {len(result.layout)} values {result.incomplete}"


def inventory_of(bed: SshBed, addresses: tuple[str, ...] = ("127.0.0.1",), *, interval: float = 60.0, key: str = "") -> Inventory:
    """Devices gpu-1… at these addresses of the bed."""
    credential = Credential(name="servers", kind="ssh", user=bed.user, key=key or str(bed.key))
    devices = {}
    for number, address in enumerate(addresses, 1):
        collect = Collect(protocol="ssh", credential="servers", address=address, port=bed.port, interval=interval)
        devices[f"gpu-{number}"] = Device(name=f"gpu-{number}", address=address, role="gpu-server", collect={"ssh": collect})
    return Inventory(devices=devices, credentials={"servers": credential})


def watch(
    bed: SshBed,
    inventory: Inventory,
    *,
    cursors: tuple[tuple[str, Cursor], ...] = (),
    secrets: Secrets | None = None,
    known_hosts: Path | None = None,
) -> Watch:
    """A collector on the bed, started."""
    inbox: SimpleQueue[PollResult | CollectorBeat] = SimpleQueue()
    collector = SshCollector(
        inventory, secrets or Secrets(), inbox, time.time, random.Random(7), cursors, known_hosts=known_hosts or bed.known_hosts
    )
    collector.start()
    return Watch(collector, inbox)


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[SshBed]:
    """A server with eight GPUs, running."""
    bed = SshBed(tmp_path / "bed")
    shows(bed, gpus.eight())
    bed.start()
    yield bed
    bed.stop()


def shows(bed: SshBed, some: tuple[gpus.Gpu, ...]) -> None:
    """Let nvidia-smi show these GPUs, in both forms."""
    bed.says("xml", gpus.xml(some))
    bed.says("csv", gpus.csv(some, FIELDS))


@pytest.fixture
def watching(bed: SshBed) -> Iterator[Callable[..., Watch]]:
    """Makes collectors on the bed; they are stopped at the end, within two seconds."""
    made: list[Watch] = []

    def make(inventory: Inventory | None = None, **more: object) -> Watch:
        made.append(watch(bed, inventory or inventory_of(bed), **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.collector.stop()
        one.collector.join(2.0)
