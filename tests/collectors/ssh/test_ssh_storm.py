"""Many servers restarted at once: each is told as unreachable and returns; one beside them is polled on time throughout."""

import os
import random
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue

import pytest

from collectors.parsers.nvidia_smi_csv import FIELDS
from collectors.ssh.collector import SshCollector
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from noc_console.model.poll import ErrorKind, PollResult
from tests.collectors.ssh.conftest import Secrets, Watch
from tests.servers import gpus
from tests.servers.sshd import SshBed

pytestmark = pytest.mark.server("sshd")

SERVERS = int(os.environ.get("NOC_STORM", "20"))
"""`NOC_STORM=100` for what is claimed of a hundred; fewer show the same within the time of a test."""
PER_SSHD, INTERVAL = 10, 2.0


@pytest.fixture
def beds(tmp_path: Path) -> Iterator[list[SshBed]]:
    made = []
    for number in range(SERVERS // PER_SSHD + 1):
        last = number == SERVERS // PER_SSHD
        addresses = tuple(f"127.0.{20 + number}.{1 + place}" for place in range(1 if last else PER_SSHD))
        bed = SshBed(tmp_path / f"bed{number}", addresses=addresses)
        (bed.folder / "bin" / "timeout").unlink()
        bed.says("xml", gpus.xml(gpus.eight()))
        bed.says("csv", gpus.csv(gpus.eight(), FIELDS))
        bed.start()
        made.append(bed)
    yield made
    for bed in made:
        bed.stop()


def inventory_of(beds: list[SshBed]) -> Inventory:
    devices, credentials = {}, {}
    for bed in beds:
        credentials[bed.folder.name] = Credential(name=bed.folder.name, kind="ssh", user=bed.user, key=str(bed.key))
        for address in bed.addresses:
            collect = Collect(protocol="ssh", credential=bed.folder.name, address=address, port=bed.port, interval=INTERVAL)
            devices[address] = Device(name=address, address=address, role="gpu-server", collect={"ssh": collect})
    return Inventory(devices=devices, credentials=credentials)


def last_of(watch: Watch, device: str) -> PollResult | None:
    found = watch.of("ssh", device)
    return found[-1] if found else None


def test_many_servers_restarted_at_once_return_and_hold_nobody_up(beds: list[SshBed], tmp_path: Path) -> None:
    *storm, calm = beds
    names = [address for bed in storm for address in bed.addresses]
    (steady,) = calm.addresses
    known = tmp_path / "known_hosts"
    known.write_text("".join(bed.known_hosts.read_text() for bed in beds))
    inbox: SimpleQueue = SimpleQueue()
    collector = SshCollector(inventory_of(beds), Secrets(), inbox, time.time, random.Random(3), (), known_hosts=known)
    watch = Watch(collector, inbox)
    collector.start()
    try:
        patience = 20 + SERVERS / 2
        watch.until(lambda w: all((r := last_of(w, name)) and r.error is None for name in (*names, steady)), patience)
        for bed in storm:
            bed.stop()
        watch.until(lambda w: all((r := last_of(w, name)) and r.error is not None for name in names), patience)
        kinds = {last_of(watch, name).error.kind for name in names}  # type: ignore[union-attr]
        assert kinds == {ErrorKind.UNREACHABLE}
        for bed in storm:
            bed.start()
        watch.until(lambda w: all((r := last_of(w, name)) and r.error is None for name in names), 30 + patience)
    finally:
        collector.stop()
        collector.join(5.0)
    calm_ones = watch.of("ssh", steady)
    assert all(result.error is None for result in calm_ones)
    between = [second.started - first.started for first, second in pairwise(calm_ones)]
    assert between
    assert max(between) < 2 * INTERVAL
