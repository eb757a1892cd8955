"""What watching servers over SSH costs this side: `./run bench ssh-idle [SERVERS] [SECONDS]`. Prints JSON.

Real sshds on loopback, each "server" with eight GPUs, at the default interval of 10 s. The servers' own cost is not counted:
it is in their processes.
"""

import json
import random
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path
from queue import SimpleQueue

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collectors.parsers.nvidia_smi_csv import FIELDS
from collectors.ssh.collector import SshCollector
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from noc_console.model.poll import PollResult
from tests.servers import gpus
from tests.servers.sshd import SshBed

INTERVAL = 10.0
PER_SSHD = 16
"""Addresses of one sshd: it takes no more."""


class NoSecrets:
    """The key has no passphrase."""

    def get(self, credential: str, secret: str) -> None:
        """None."""


def beds_for(servers: int, folder: Path) -> list[SshBed]:
    """Running sshds with that many addresses in all."""
    beds = []
    for first in range(0, servers, PER_SSHD):
        addresses = tuple(f"127.0.{1 + first // PER_SSHD}.{1 + place}" for place in range(min(PER_SSHD, servers - first)))
        bed = SshBed(folder / f"bed{first}", addresses=addresses)
        bed.says("xml", gpus.xml(gpus.eight()))
        bed.says("csv", gpus.csv(gpus.eight(), FIELDS))
        bed.start()
        beds.append(bed)
    return beds


def inventory_of(beds: list[SshBed]) -> Inventory:
    """A device for each address."""
    devices, credentials = {}, {}
    for bed in beds:
        name = bed.folder.name
        credentials[name] = Credential(name=name, kind="ssh", user=bed.user, key=str(bed.key))
        for address in bed.addresses:
            collect = Collect(protocol="ssh", credential=name, address=address, port=bed.port, interval=INTERVAL)
            devices[address] = Device(name=address, address=address, role="gpu-server", collect={"ssh": collect})
    return Inventory(devices=devices, credentials=credentials)


def used() -> float:
    """CPU seconds of this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Connect, let it settle, measure."""
    servers = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 30.0
    inbox: SimpleQueue[object] = SimpleQueue()
    with tempfile.TemporaryDirectory() as folder:
        beds = beds_for(servers, Path(folder))
        known = Path(folder) / "known_hosts"
        known.write_text("".join(bed.known_hosts.read_text() for bed in beds))
        collector = SshCollector(inventory_of(beds), NoSecrets(), inbox, time.time, random.Random(1), (), known_hosts=known)
        begun, before = time.monotonic(), used()
        collector.start()
        try:
            time.sleep(INTERVAL)
            settled, connecting = used(), time.monotonic() - begun
            while not inbox.empty():
                inbox.get()
            time.sleep(seconds)
            spent = used() - settled
            results = [item for item in (inbox.get() for _ in range(inbox.qsize())) if isinstance(item, PollResult)]
            threads = threading.active_count()
        finally:
            collector.stop()
            collector.join(2.0)
            for bed in beds:
                bed.stop()
    fast = [result for result in results if result.source == "ssh"]
    print(
        json.dumps(
            {
                "servers": servers,
                "seconds": seconds,
                "fast_polls": len(fast),
                "polls": len(results),
                "failed": sum(result.error is not None for result in results),
                "values": sum(len(result.layout) for result in results),
                "cpu_percent_of_a_core": round(100 * spent / seconds, 2),
                "cpu_ms_per_server_and_interval": round(1000 * spent / (servers * seconds / INTERVAL), 3),
                "cpu_ms_per_poll": round(1000 * spent / max(1, len(results)), 3),
                "cpu_seconds_to_connect": round(settled - before, 2),
                "settled_after": round(connecting, 1),
                "poll_seconds_p50": round(sorted(r.finished - r.started for r in fast)[len(fast) // 2], 4) if fast else None,
                "threads": threads,
                "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    )


if __name__ == "__main__":
    main()
