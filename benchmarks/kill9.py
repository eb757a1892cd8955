"""Killed with signal 9 at random moments and started again: `./run bench kill9 --rounds 20`. Prints JSON.

A console without a window (monitor thread and store, as in the program) goes through a story of faults and of people's words,
on the story's clock. A round is the story with kills; it must end in the durable state of the story without any. Whoever was
called for must not be called again: calls that had not reached the disk when it was killed are counted apart.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from noc_console.alarms.load import standard_conditions
from noc_console.inbox import Inbox
from noc_console.live import MonitorThread
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm
from noc_console.model.command import Action, Command, PlanMaintenance
from noc_console.model.fleet import Collect, Device, End, Inventory, Link
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.poll import ErrorKind, Layout, PollError, PollResult
from noc_console.monitor.monitor import Monitor
from noc_console.store.store import Store

T0 = 1_795_000_000.0
STEP_S = 60.0
HALF = 8
"""Answers of a step, less one, after which the monitor is waited for."""
LONGEST_S = 60.0
"""Of real time, for one step of the story."""
KILLED_AFTER_S = (0.3, 4.0)
"""Of real time since the start of the process, which is not counted."""

HOT, DOWN, DEAD = ("gpu-1", "temperature-high"), ("leaf-1", "port-down"), ("spine-1", "unreachable")
Name = tuple[str, str]
"""(device, type) of an alarm of the story."""


@dataclass(frozen=True, slots=True)
class Step:
    """How the fleet is for a minute, and what is said after half of it."""

    celsius: float = 50.0
    port_up: bool = True
    spine_answers: bool = True
    says: tuple[tuple[Action, Name | None, Mapping[str, object]], ...] = ()
    maintains: bool = False


def at(step: int) -> float:
    """The story's clock when a step begins."""
    return T0 + STEP_S * step


STORY = (
    Step(),
    Step(86.0),
    Step(86.0, port_up=False, says=((Action.ACKNOWLEDGE, HOT, {"text": "mine"}),)),
    Step(97.0, port_up=False, says=((Action.ASSIGN, DOWN, {"owner": "mai"}), (Action.ACKNOWLEDGE, DOWN, {"until": at(7) + 5}))),
    Step(97.0, port_up=False, spine_answers=False, says=((Action.SHELVE, HOT, {"until": at(9) + 5, "text": "fan is on order"}),)),
    Step(97.0, port_up=False, spine_answers=False, maintains=True, says=((Action.COMMENT, DEAD, {"text": "rebooting"}),)),
    Step(97.0, port_up=False, spine_answers=False, says=((Action.ASSIGN, HOT, {"owner": "lan"}), (Action.UNDO, None, {}))),
    Step(97.0, port_up=False, spine_answers=False, says=((Action.REGROUP, HOT, {"under": DEAD}),)),
    Step(97.0, port_up=False, spine_answers=False, says=((Action.UNDO, None, {"undoes": "7.0"}),)),
    Step(97.0, port_up=False, spine_answers=False),
    Step(97.0, port_up=False, says=((Action.CLOSE, HOT, {}), (Action.UNDO, None, {}))),
    Step(says=((Action.CLOSE, DOWN, {}), (Action.ACKNOWLEDGE, HOT, {"text": "new fan"}))),
    Step(),
)  # fmt: skip
WINDOW = MaintenanceWindow(
    id="w", title="new PSU", reason="PSU 2 is dead", who="mai", start=at(5), end=at(7), devices=("leaf-1", "spine-1")
)


def fleet() -> Inventory:
    """A server, a leaf, a spine; one planned link."""

    def device(name: str, role: str, protocol: str) -> Device:
        collect = Collect(protocol=protocol, credential=None, address="127.0.0.1", port=1, interval=10.0)
        return Device(name=name, address="127.0.0.1", role=role, collect={protocol: collect})

    devices = (device("gpu-1", "gpu-server", "ssh"), device("leaf-1", "leaf", "snmp"), device("spine-1", "spine", "snmp"))
    # The far end of the leaf's port is nothing that is asked.
    link = Link(a=End(device="leaf-1", port="Ethernet1"), b=End(device="gpu-1", port="eth0"))
    return Inventory(devices={device.name: device for device in devices}, links=(link,))


def polls(number: int) -> Iterator[PollResult]:
    """The answers of a step: each device each ten seconds."""
    step = STORY[number]
    values = {
        "gpu-1": {("gpu0", "temperature_celsius"): step.celsius},
        "leaf-1": {("Ethernet1", "oper_status"): 1.0 if step.port_up else 0.0},
        "spine-1": {("", "uptime_seconds"): at(number)},
    }
    for turn in range(6):
        for place, (name, keys) in enumerate(values.items()):
            moment = at(number) + 10.0 * turn + place
            times = {"due": moment, "started": moment, "finished": moment, "interval": 10.0}
            source = "ssh" if name == "gpu-1" else "snmp"
            if name == "spine-1" and not step.spine_answers:
                error = PollError(kind=ErrorKind.UNREACHABLE, reason="timeout")
                yield PollResult(device=name, source=source, error=error, **times)
            else:
                array = np.array(list(keys.values()))
                yield PollResult(device=name, source=source, layout=Layout.of(keys), values=array, **times)


class Console:
    """Monitor thread and store, on the story's clock; tells what it does as lines of JSON."""

    def __init__(self, folder: Path, first: int, say: Callable[[object], None]) -> None:
        self.now = at(first)
        self.say = say
        self.inbox = Inbox()
        self.store = Store.open(folder, self.inbox.put, lambda: self.now)
        monitor = Monitor(fleet(), standard_conditions(), self.store.restored(), now=self.now)
        self.thread = MonitorThread(monitor, self.inbox, self.store, lambda request: None, lambda: self.now)
        self.mirror = Mirror()
        self.feed = self.thread.feed()
        self.calls: dict[int, int] | None = None
        self.done: set[str] = set()
        self.thread.start()

    def look(self, enough: Callable[[], bool]) -> None:
        """Take changes until it is enough."""
        end = time.monotonic() + LONGEST_S
        while not enough():
            if time.monotonic() > end:
                raise TimeoutError("the story stands still")
            snapshot, changes, _ = self.feed.take()
            if snapshot is not None:
                self.mirror.start(snapshot)
            for one in changes:
                self.done |= {outcome.id for outcome in self.mirror.apply(one).outcomes}
            self._tell_calls()
            time.sleep(0.002)

    def _tell_calls(self) -> None:
        calls = {alarm.id: len(alarm.announced) for alarm in self.mirror.alarms.values()}
        if self.calls is None and self.mirror.number == 0 and not calls:
            return
        for number, count in calls.items():
            before = (self.calls or {}).get(number, count if self.calls is None else 0)
            for turn in range(before, count):
                alarm = self.mirror.alarms[number]
                self.say({"call": [number, alarm.device, alarm.type, turn]})
        self.calls = calls

    def play(self, number: int) -> None:
        """One step: answers, time, words."""
        step = STORY[number]
        for place, result in enumerate(polls(number)):
            self.inbox.put(result)
            self.now = max(self.now, result.finished)
            if place in (HALF, 2 * HALF + 1):
                self._turn()
        if step.maintains:
            self._send(PlanMaintenance(id=f"{number}.w", window=WINDOW, who="mai", at=at(number) + 55))
        for place, (action, name, more) in enumerate(step.says):
            more = {"undoes": f"{number}.{place - 1}", **more} if action is Action.UNDO else dict(more)
            if isinstance(more.get("under"), tuple):
                more["under"] = self.newest(more["under"]).id  # type: ignore[arg-type]
            alarms = (self.newest(name).id,) if name is not None else ()
            self._send(
                Command(id=f"{number}.{place}", action=action, alarms=alarms, who="lan", at=at(number) + 55, **more)  # type: ignore[arg-type]
            )
        self.say({"step": number})

    def _turn(self) -> None:
        turns = self.thread.counts.turns
        self.look(lambda: self.inbox.empty() and self.thread.counts.turns > turns + 1)

    def _send(self, command: Command | PlanMaintenance) -> None:
        self.inbox.put(command)
        self.look(lambda: command.id in self.done)
        self.say({"done": command.id})

    def newest(self, name: Name) -> Alarm:
        """The newest alarm of a name."""
        return max((a for a in self.mirror.alarms.values() if (a.device, a.type) == name), key=lambda a: a.id)

    def end(self) -> None:
        """All that waits is stored."""
        self.thread.stop()
        self.thread.join()
        self.store.close(LONGEST_S)


def drive(folder: Path, first: int) -> None:
    """The story from a step on; in a process of its own."""
    console = Console(folder, first, lambda told: print(json.dumps(told), flush=True))
    console.say({"began": first})
    try:
        for number in range(first, len(STORY)):
            console.play(number)
    finally:
        console.end()


# ------------------------------------------------------------------------------------------------------------ from outside


@dataclass(slots=True)
class Told:
    """What the processes of one story told, all together."""

    kills: int = 0
    steps: int = 0
    calls: dict[tuple[object, ...], int] = field(default_factory=dict)
    again: int = 0


def story(folder: Path, rng: random.Random, kills: int) -> Told:
    """Play it to its end, killed at random moments but no more than so many times."""
    told = Told()
    while told.steps < len(STORY):
        words = [sys.executable, __file__, "--folder", str(folder), "--first", str(told.steps)]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        before = told.steps
        killed = _listen(process, told, rng.uniform(*KILLED_AFTER_S) if told.kills < kills else None)
        if not killed and told.steps < len(STORY):
            raise RuntimeError(f"the story ended at step {before} with status {process.returncode}")
        told.kills += killed
    return told


def _listen(process: "subprocess.Popen[str]", told: Told, delay: float | None) -> bool:
    """Read what it tells; kill it `delay` seconds after its first word. Whether it was killed."""
    assert process.stdout is not None
    timer: Timer | None = None
    for line in process.stdout:
        if timer is None and delay is not None:
            timer = Timer(delay, process.send_signal, [signal.SIGKILL])
            timer.start()
        if not line.endswith("\n"):
            break
        _note(json.loads(line), told)
    if timer is not None:
        timer.cancel()
        timer.join()
    process.stdout.close()
    return process.wait() == -signal.SIGKILL


def _note(word: dict[str, object], told: Told) -> None:
    if isinstance(word.get("step"), int):
        told.steps = int(str(word["step"])) + 1
    if isinstance(word.get("call"), list):
        call = tuple(list(word["call"])[1:])  # type: ignore[call-overload]
        told.again += call in told.calls
        told.calls[call] = told.calls.get(call, 0) + 1


def durable(folder: Path) -> object:
    """What lasts, without the numbers and moments that a kill may shift."""
    store = Store.open(folder, lambda report: None, lambda: at(len(STORY)))
    try:
        restored = store.restored()
    finally:
        store.close(LONGEST_S)
    names = {alarm.id: (alarm.device, alarm.type) for alarm in restored.alarms}
    kinds = {alarm.id: [e.kind.value for e in restored.entries if e.alarm == alarm.id and e.who] for alarm in restored.alarms}
    return sorted(
        [
            alarm.device, alarm.type, alarm.severity.word, alarm.is_open, alarm.state.value, alarm.state_by, alarm.note,
            alarm.owner, alarm.state_until, alarm.shelved_until, alarm.placed, alarm.maintenance, alarm.worse_again,
            len(alarm.announced), str(names.get(alarm.symptom_of or 0)), kinds[alarm.id],
        ]
        for alarm in restored.alarms
    )  # fmt: skip


def main() -> int:
    """Play, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--kills", type=int, default=10, help="in a round, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder is not None:
        drive(options.folder, options.first)
        return 0
    with tempfile.TemporaryDirectory() as top, ThreadPoolExecutor(2) as pool:
        folders = [Path(top) / f"round-{number}" for number in range(options.rounds + 1)]
        # Round 0 is the story as it should go. Each has moments of its own, whichever of two ends first.
        moments = [random.Random(f"{options.seed} {number}") for number in range(options.rounds + 1)]
        kills = [0] + [options.kills] * options.rounds
        told = list(pool.map(story, folders, moments, kills))
        expected, *found = map(durable, folders)
    differing = [{"round": number, "found": one} for number, one in enumerate(found, start=1) if one != expected]
    figures = {
        "rounds": options.rounds, "kills": sum(one.kills for one in told), "differing": differing,
        "calls": sum(told[0].calls.values()), "called_again_before_it_was_on_disk": sum(one.again for one in told),
        **({"expected": expected} if differing else {}),
    }  # fmt: skip
    print(json.dumps(figures))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
