"""All that can go wrong with servers at the same time: each has its own state and words, and the others are asked on time."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest

from collectors.parsers.nvidia_smi_csv import FIELDS
from collectors.ssh.collector import SshCollector
from noc_console.model.fleet import Collect, Credential, Device, Inventory
from noc_console.model.poll import ErrorKind, PollResult
from tests.collectors.ssh.conftest import Secrets, Watch, shows
from tests.servers import gpus
from tests.servers.sshd import SshBed, make_key
from widgets.error_words import error

pytestmark = pytest.mark.server("sshd")

INTERVAL = 3.0
HOSTILE = "\033]0;own title\007\033[31mAuthorized users only\033[0m\u202e"
CALM = ("calm-1", "calm-2")
NVIDIA_SMI = {"hang": ("csv",), "trickle": ("csv",), "flood": ("csv", "xml"), "noise": ("csv", "xml"), "drop": ("csv",)}
"""Which of its outputs misbehave; where only the quick one does, the other is asked instead."""
HIDDEN = ("\x1b", "\x9b", "\u202e", "own title", "sesame")


@pytest.fixture
def beds(tmp_path: Path) -> Iterator[dict[str, SshBed]]:
    """One sshd with a hostile banner and a place for each trouble; one to freeze and one to restart."""
    (tmp_path / "banner").write_text(HOSTILE)
    made = {
        "many": SshBed(
            tmp_path / "many", addresses=tuple(f"127.0.31.{place}" for place in range(1, 13)), more=f"Banner {tmp_path}/banner"
        ),
        "frozen": SshBed(tmp_path / "frozen"),
        "restarted": SshBed(tmp_path / "restarted"),
    }
    for bed in made.values():
        shows(bed, gpus.eight())
        bed.says("csv", gpus.csv(gpus.eight(), FIELDS))
        bed.start()
    yield made
    for bed in made.values():
        bed.stop()


class Fleet:
    """The inventory, grown name by name."""

    def __init__(self, beds: dict[str, SshBed]) -> None:
        self.beds, self.inventory, self.known = beds, Inventory(devices={}, credentials={}), ""
        self._places = iter(beds["many"].addresses)

    def add(self, name: str, bed: str = "many", *, key: Path | None = None, host_key: str | None = "") -> str:
        """A device; its address. `host_key` : which one is confirmed ("" the right one, None nobody's)."""
        server = self.beds[bed]
        address = next(self._places) if bed == "many" else server.addresses[0]
        credential = Credential(name=name, kind="ssh", user=server.user, key=str(key or server.key))
        collect = Collect(protocol="ssh", credential=name, address=address, port=server.port, interval=INTERVAL)
        device = Device(name=name, address=address, role="gpu-server", collect={"ssh": collect})
        self.inventory = replace(
            self.inventory,
            devices={**self.inventory.devices, name: device},
            credentials={**self.inventory.credentials, name: credential},
        )
        if host_key is not None:
            server.trust(address, host_key=host_key)
            self.known += server.known_hosts.read_text()
        return address


def state_of(result: PollResult) -> str:
    """What an operator sees of it, as codes."""
    if result.error is not None:
        return f"{result.error.kind} {result.error.reason}"
    return "; ".join(result.incomplete)


EXPECTED = {
    "unknown": {"auth-failed host-key-unknown"},
    "changed": {"host-key-changed host-key-changed"},
    "stranger": {"auth-failed key-refused"},
    "locked": {"credential-missing passphrase-missing"},
    "hang": {"nvidia-smi-csv: timeout", "nvidia-smi-csv: still-running"},
    "trickle": {"nvidia-smi-csv: timeout", "nvidia-smi-csv: still-running"},
    "flood": {"nvidia-smi-xml: too-long"},
    "noise": {"nvidia-smi-xml: not-this-tool"},
    "drop": {"unreachable connection-lost", "nvidia-smi-csv: truncated", "nvidia-smi-csv: connection-lost"},
    "frozen": {"unreachable connection-lost", "unreachable timeout"},
    "restarted": {"unreachable connection-lost", "unreachable refused"},
}


OWN_KIND = {
    "unknown": ErrorKind.AUTH_FAILED,
    "changed": ErrorKind.HOST_KEY_CHANGED,
    "stranger": ErrorKind.AUTH_FAILED,
    "locked": ErrorKind.CREDENTIAL_MISSING,
}
SLOW = {"bad-reply timeout"}
"""What a busy machine may make of an answer that comes late."""


def test_each_trouble_has_its_state_and_its_words_and_the_others_are_asked_on_time(
    beds: dict[str, SshBed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collectors.ssh.commands.Command.deadline_s", 4.0)
    monkeypatch.setattr("collectors.ssh.targets.TIMEOUT_S", 2.0)
    fleet = Fleet(beds)
    fleet.add("unknown", host_key=None)
    fleet.add("changed", host_key="other")
    fleet.add("stranger", key=make_key(tmp_path / "stranger"))
    fleet.add("locked", key=make_key(tmp_path / "locked", passphrase="open sesame"))
    for how, kinds in NVIDIA_SMI.items():
        address = fleet.add(how)
        for kind in kinds:
            beds["many"].does(kind, how, address)
    for name in (*CALM, "frozen", "restarted"):
        fleet.add(name, name if name in beds else "many")
    known = tmp_path / "known_hosts"
    known.write_text(fleet.known)
    inbox: SimpleQueue = SimpleQueue()
    collector = SshCollector(fleet.inventory, Secrets(), inbox, time.time, random.Random(5), (), known_hosts=known)
    watch = Watch(collector, inbox)
    collector.start()
    try:
        seen = lambda *names: lambda w: all(any(r.error is None for r in w.of("ssh", name)) for name in names)  # noqa: E731
        watch.until(seen(*CALM, "frozen", "restarted"), 60.0)
        beds["frozen"].freeze()
        beds["restarted"].stop()
        watch.until(told(EXPECTED), 60.0)
        beds["frozen"].freeze(thaw=True)
        beds["restarted"].start()
        since = len(watch.results)
        watch.until(lambda w: {"frozen", "restarted"} <= {r.device for r in w.results[since:] if is_well(r)}, 60.0)
    finally:
        beds["frozen"].freeze(thaw=True)
        collector.stop()
        collector.join(10.0)
    assert_each_is_as_it_should(watch)


def is_well(result: PollResult) -> bool:
    return result.source == "ssh" and result.error is None and not result.incomplete


def told(expected: dict[str, set[str]]) -> Callable[[Watch], bool]:
    return lambda watch: all(
        any(state_of(result) in states for result in watch.of("ssh", name)) for name, states in expected.items()
    )


def assert_each_is_as_it_should(watch: Watch) -> None:
    for name in EXPECTED:
        kinds = {result.error.kind for result in watch.of("ssh", name) if result.error is not None}
        assert kinds <= {OWN_KIND.get(name, ErrorKind.BAD_REPLY), ErrorKind.UNREACHABLE}, name
    for name in CALM:
        results = watch.of("ssh", name)
        assert {state_of(result) for result in results if result.error is not None} <= SLOW
        assert max(result.started - result.due for result in results) < 2 * INTERVAL  # nobody waits for another's sake
    hung = next(result for result in watch.of("ssh", "hang") if state_of(result) in EXPECTED["hang"])
    assert hung.values[hung.layout.index["", "gpu_tool_silent_seconds"]] > 0
    assert np.isfinite(hung.values[hung.layout.index["", "uptime_seconds"]])
    shown = repr(watch.results)
    assert [text for text in HIDDEN if text in shown or repr(text)[1:-1] in shown] == []
    reasons = {result.error.reason for result in watch.results if result.error is not None}
    assert {reason for reason in reasons if error(reason) == reason} == set()  # each code has words
