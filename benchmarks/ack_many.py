"""10,000 alarms at once, from the command to the window's mirror, on disk in between: `./run bench ack-many`. Prints JSON.

The real monitor thread, the real store (a commit is on disk when it returns) and one reader. Each figure is the seconds from
handing the command to the inbox until the mirror has the outcome and all changed alarms; the goal is 2.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from noc_console.alarms.book import Identity
from noc_console.alarms.load import standard_conditions
from noc_console.inbox import Inbox
from noc_console.live import MonitorThread
from noc_console.mirror import Mirror
from noc_console.model.command import Action, Command
from noc_console.model.fleet import Collect, Device, Inventory
from noc_console.model.severity import OperatorState, Severity
from noc_console.monitor.monitor import Monitor
from noc_console.store.store import Store

PER_DEVICE = 50
GOAL_S = 2.0
LONGEST_S = 60.0


def inventory(devices: int) -> Inventory:
    """Switches that are asked over SNMP."""
    collect = {"snmp": Collect(protocol="snmp", credential=None, address="127.0.0.1", port=161, interval=30.0)}
    names = [f"leaf-{i:04}" for i in range(devices)]
    return Inventory(devices={name: Device(name=name, address="127.0.0.1", role="leaf", collect=collect) for name in names})


def monitor_with(alarms: int, now: float) -> Monitor:
    """A monitor in which so many alarms stand, announced and stored nowhere yet."""
    fleet = inventory(-(-alarms // PER_DEVICE))
    monitor = Monitor(fleet, standard_conditions(), now=now)
    for number in range(alarms):
        device, port = f"leaf-{number // PER_DEVICE:04}", f"Ethernet{number % PER_DEVICE}"
        monitor.book.raise_alarm(Identity(device, port, "port-down"), Severity.MAJOR, now, {"neighbour": ""})
    return monitor


class Reader:
    """What a window does with its feed, without a window."""

    def __init__(self, thread: MonitorThread) -> None:
        self.mirror = Mirror()
        self.feed = thread.feed()
        self.done: dict[str, str] = {}

    def until(self, command: str) -> float:
        """Take changes until a command is answered; seconds that taking them cost this thread."""
        spent = 0.0
        end = time.monotonic() + LONGEST_S
        while command not in self.done:
            if time.monotonic() > end:
                raise TimeoutError(command)
            snapshot, changes, _ = self.feed.take()
            began = time.perf_counter()
            if snapshot is not None:
                self.mirror.start(snapshot)
            for one in changes:
                self.done |= {outcome.id: outcome.error for outcome in self.mirror.apply(one).outcomes}
            spent += time.perf_counter() - began
            time.sleep(0.002)
        return spent


def measure(reader: Reader, inbox: Inbox, command: Command) -> dict[str, float | str]:
    """One command, there and back."""
    began, processor = time.perf_counter(), time.process_time()
    inbox.put(command)
    mirror = reader.until(command.id)
    seconds, cpu = time.perf_counter() - began, time.process_time() - processor
    figures = {"seconds": seconds, "cpu_seconds": cpu, "mirror_seconds": mirror}
    return {name: round(figure, 3) for name, figure in figures.items()} | {"error": reader.done[command.id]}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alarms", type=int, default=10_000)
    count = parser.parse_args().alarms
    with tempfile.TemporaryDirectory() as folder:
        inbox = Inbox()
        store = Store.open(Path(folder), inbox.put, time.time)
        thread = MonitorThread(monitor_with(count, time.time() - 300.0), inbox, store, lambda request: None, time.time)
        reader = Reader(thread)
        thread.start()
        try:
            figures = run(reader, inbox, count)
        finally:
            thread.stop()
            thread.join()
            store.close(timeout=LONGEST_S)
    held = all(not figure["error"] and float(figure["seconds"]) <= GOAL_S for figure in figures.values())
    print(json.dumps({"alarms": count, "goal_seconds": GOAL_S, "held": held, **figures}))
    return 0 if held else 1


def run(reader: Reader, inbox: Inbox, count: int) -> dict[str, dict[str, float | str]]:
    """Each command on all of them; what is undone is done before."""
    everything = tuple(range(1, count + 1))

    def command(name: str, action: Action, **more: object) -> Command:
        alarms = () if action is Action.UNDO else everything
        return Command(id=name, action=action, alarms=alarms, who="lan", at=time.time(), text="bench", **more)  # type: ignore[arg-type]

    # Until the alarms themselves are stored and told.
    inbox.put(command("first", Action.COMMENT))
    reader.until("first")
    figures = {"acknowledge": measure(reader, inbox, command("acknowledge", Action.ACKNOWLEDGE))}
    assert all(alarm.state is OperatorState.ACKNOWLEDGED for alarm in reader.mirror.alarms.values())
    figures["undo"] = measure(reader, inbox, command("undo", Action.UNDO, undoes="acknowledge"))
    assert all(alarm.state is OperatorState.NONE for alarm in reader.mirror.alarms.values())
    figures["shelve"] = measure(reader, inbox, command("shelve", Action.SHELVE, until=time.time() + 3600))
    figures["assign"] = measure(reader, inbox, command("assign", Action.ASSIGN, owner="mai"))
    figures["close"] = measure(reader, inbox, command("close", Action.CLOSE))
    figures["reopen"] = measure(reader, inbox, command("reopen", Action.UNDO, undoes="close"))
    assert all(alarm.is_open and alarm.shelved_until for alarm in reader.mirror.alarms.values())
    return figures


if __name__ == "__main__":
    sys.exit(main())
