"""A monitor with a disk of the test's own: what is written is what survives; what waits is lost with a kill."""

from collections import deque
from dataclasses import replace

from monitor_bed import CONDITIONS, FLEET, T0

from noc_console.alarms.operator_axis import axis_of, with_axis
from noc_console.mirror import Mirror
from noc_console.model.alarm import Alarm, Entry, Incident
from noc_console.model.changes import Durable, Restored
from noc_console.model.command import Action, Command, CommandOutcome, PlanMaintenance
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.monitor.monitor import Monitor


class Disk:
    """The rules of the store, in plain words."""

    def __init__(self):
        self.alarms: dict[int, Alarm] = {}
        self.entries: dict[int, Entry] = {}
        self.incidents: dict[int, Incident] = {}
        self.windows: dict[str, MaintenanceWindow] = {}

    def write(self, durable: Durable):
        for alarm in durable.alarms:
            old = self.alarms.get(alarm.id)
            if old is not None and not durable.command and alarm.id not in durable.axes:
                alarm = with_axis(alarm, axis_of(old))
            self.alarms[alarm.id] = alarm
        self.entries |= {entry.id: entry for entry in durable.entries}
        self.incidents |= {incident.id: incident for incident in durable.incidents}
        self.windows |= {window.id: window for window in durable.maintenance}

    def restored(self) -> Restored:
        return Restored(
            alarms=tuple(self.alarms.values()),
            entries=tuple(self.entries.values()),
            incidents=tuple(self.incidents.values()),
            maintenance=tuple(self.windows.values()),
            last_alarm=max(self.alarms, default=0),
            last_entry=max(self.entries, default=0),
            last_incident=max(self.incidents, default=0),
        )


class LifeBed:
    """People in front of a monitor, and a disk behind it."""

    def __init__(self, inventory=FLEET, now=T0):
        self.inventory = inventory
        self.now = now
        self.disk = Disk()
        self.turn = 0
        self.requests = []
        self.start()

    def start(self):
        self.waiting: deque[Durable] = deque()
        self.outcomes: dict[str, CommandOutcome] = {}
        self.monitor = Monitor(self.inventory, CONDITIONS, self.disk.restored(), now=self.now)
        self.mirror = Mirror()
        self.mirror.start(self.monitor.snapshot(self.now))

    @property
    def book(self):
        return self.monitor.book

    def alarm(self, number: int) -> Alarm:
        return self.book.alarms[number]

    def take(self):
        output = self.monitor.take(self.now)
        if output.durable is not None:
            self.waiting.append(output.durable)
        if output.changes is not None:
            self.mirror.apply(output.changes)
            self.outcomes |= {outcome.id: outcome for outcome in output.changes.outcomes}
        self.requests += output.requests
        return output

    def wait(self, seconds):
        self.now += seconds
        self.monitor.advance(self.now)
        self.take()

    def raise_(self, who, severity, *, again=0, **more):
        self.monitor.advance(self.now)
        number = self.book.raise_alarm(who, severity, self.now, {}, again=again, **more).id
        self.take()
        return number

    def clear(self, who):
        self.monitor.advance(self.now)
        self.book.clear(who, self.now)
        self.take()

    # commands

    def send(self, action, *alarms, who="lan", text="why", **more):
        """The command's id, or the outcome that refuses it."""
        self.turn += 1
        command = Command(id=f"c{self.turn}", action=action, alarms=alarms, who=who, at=self.now, text=text, **more)
        return self._prepare(command)

    def plan(self, window, who="lan"):
        self.turn += 1
        return self._prepare(PlanMaintenance(id=f"c{self.turn}", window=window, who=who, at=self.now))

    def _prepare(self, command):
        self.monitor.advance(self.now)
        self.take()
        prepared = self.monitor.prepare(command, self.now)
        if isinstance(prepared, CommandOutcome):
            return prepared
        self.waiting.append(prepared)
        return command.id

    def say(self, action, *alarms, **more):
        """The same, and it is stored."""
        said = self.send(action, *alarms, **more)
        self.flush()
        return said

    def undo(self, command, who="lan"):
        return self.say(Action.UNDO, who=who, undoes=command)

    # the disk

    def flush(self, count=None):
        self.take()
        while self.waiting and count != 0:
            durable = self.waiting.popleft()
            self.disk.write(durable)
            if durable.command:
                self.monitor.commit(durable, self.now)
                self.take()
            count = count - 1 if count is not None else None

    def fail(self):
        """The disk is full for a moment: commands that wait are refused, all else is kept."""
        commands = [durable for durable in self.waiting if durable.command]
        self.waiting = deque(durable for durable in self.waiting if not durable.command)
        for durable in commands:
            self.monitor.abandon(durable)
        self.take()

    def kill(self, down=0.0):
        """Killed: what waits is gone. Started again after a while."""
        self.now += down
        self.start()


def as_it_is(alarm: Alarm) -> Alarm:
    """Without what a call adds."""
    return replace(alarm, announced=())
