"""Everything behind the window: the collectors, the monitor and the store, started and stopped together.

Used from the thread that made it; `send` and `ask` from any.
"""

import logging
import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from collectors.breath import of_this_thread
from collectors.collector import Collector
from collectors.traps.place import TrapPlace
from noc_console.alarms.load import load_conditions
from noc_console.audit.key import BadKey, audit_key
from noc_console.feed import Feed
from noc_console.inbox import Inbox
from noc_console.live import MonitorThread
from noc_console.model.changes import Restored
from noc_console.model.command import AskNow, Command, PlanMaintenance
from noc_console.model.fleet import Inventory
from noc_console.model.poll import Cursor, PollRequest
from noc_console.monitor.monitor import Monitor
from noc_console.paths import Places
from noc_console.profiles.catalogue import Catalogue, catalogue_with
from noc_console.secrets import Secrets
from noc_console.store.errors import StoreError
from noc_console.store.files import prepare_folder
from noc_console.store.keeping import KeepingWrong, keeping_of
from noc_console.store.reader import Reader
from noc_console.store.store import Store

log = logging.getLogger(__name__)

STOP_SECONDS = 2.0


class Watch:
    """A fleet that is being watched.

    `store=False` keeps nothing (`collect --no-store`); `traps` is where they are received, None = nowhere. Raises StoreError or
    ProfileError, with its sentence.

    Attributes
    ----------
    notes : what is wrong in the files of conditions; what has no mistake holds. profile_notes : likewise of the user's profiles.
    """

    def __init__(
        self,
        inventory: Inventory,
        places: Places,
        secrets: Secrets,
        clock: Callable[[], float],
        *,
        store: bool = True,
        traps: TrapPlace | None = None,
    ) -> None:
        self.inventory = inventory
        self.inbox = Inbox()
        self._clock = clock
        conditions, profiles = load_conditions(places.conditions), catalogue_with(places.profiles)
        self.notes = tuple(map(str, conditions.mistakes))
        for note in self.notes:
            log.warning("a condition is left out: %s", note)
        self.profile_notes = profiles.mistakes
        with ExitStack() as undo:
            self.store = _opened(places, secrets, self.inbox, clock) if store else None
            if self.store:
                # Its thread runs already, and holds the lock of the folder.
                undo.callback(self.store.close)
            restored = self.store.restored() if self.store else Restored()
            breath = of_this_thread(self.inbox.qsize)
            monitor = Monitor(inventory, conditions, restored, now=clock())
            monitor.book.breathe = breath
            self.monitor = MonitorThread(monitor, self.inbox, self.store, self.ask, clock, breathe=breath)
            self.collectors = make_collectors(inventory, secrets, self.inbox, clock, restored.cursors, places, profiles)
            if traps is not None and "snmp" in self.collectors:
                folder = places.data if store else None
                self.collectors["traps"] = _receiver(inventory, secrets, self.inbox, clock, profiles, traps, folder)
            undo.pop_all()

    def start(self) -> None:
        """Start all threads."""
        self.monitor.start()
        for collector in self.collectors.values():
            collector.start()

    def feed(self) -> Feed:
        """Changes for one more reader, from a snapshot on."""
        return self.monitor.feed()

    def send(self, command: Command | PlanMaintenance | AskNow) -> None:
        """Tell the monitor what a person wants; returns at once."""
        self.inbox.put(command)

    def ask(self, request: PollRequest) -> None:
        """Hand a request of the monitor to the collector that can serve it."""
        collector = self.collectors.get(request.source.partition(":")[0])
        if collector is not None:
            collector.ask(request)

    def reader(self) -> Reader | None:
        """Reads the past from the store, with a connection of its own; None if nothing is kept."""
        return self.store.reader() if self.store else None

    def drain(self) -> None:
        """Begin no more polls."""
        for collector in self.collectors.values():
            collector.drain()

    def idle(self) -> bool:
        """Whether no poll is in flight."""
        return all(collector.idle() for collector in self.collectors.values())

    def stop(self) -> None:
        """Stop collectors first, then the monitor, then the store; what a thread does not end in time is logged."""
        for collector in self.collectors.values():
            collector.stop()
        ends: Sequence[Callable[[], None]] = (
            *(lambda c=c: c.join(STOP_SECONDS) for c in self.collectors.values()),
            self._stop_monitor,
            *((self.store.close,) if self.store else ()),
        )
        for end in ends:
            try:
                end()
            except TimeoutError as error:
                log.error("%s", error)

    def _stop_monitor(self) -> None:
        self.monitor.stop()
        self.monitor.join(STOP_SECONDS)
        if self.monitor.is_alive():
            raise TimeoutError("the monitor thread did not end in time")


def _opened(places: Places, secrets: Secrets, inbox: Inbox, clock: Callable[[], float]) -> Store:
    """The store, with the audit chain's key and how long things are kept. StoreError."""
    try:
        prepare_folder(places.data)
        key, keeping = audit_key(secrets, places.data), keeping_of(places.settings)
    except (BadKey, KeepingWrong, OSError) as error:
        raise StoreError(str(error)) from error
    return Store.open(places.data, inbox.put, clock, key=key, keeping=keeping)


def _receiver(
    inventory: Inventory,
    secrets: Secrets,
    inbox: Inbox,
    clock: Callable[[], float],
    profiles: Catalogue,
    place: TrapPlace,
    folder: Path | None,
) -> Collector:
    from collectors.traps.collector import TrapCollector

    return TrapCollector(inventory, secrets, inbox, clock, catalogue=profiles, place=place, folder=folder)


def make_collectors(
    inventory: Inventory,
    secrets: Secrets,
    inbox: Inbox,
    clock: Callable[[], float],
    cursors: Sequence[tuple[str, Cursor]],
    places: Places,
    profiles: Catalogue,
) -> dict[str, Collector]:
    """A collector for each protocol that a device of the inventory is asked by; only their libraries are loaded."""
    wanted = {protocol for device in inventory.devices.values() for protocol in device.collect}
    rng = random.Random()  # noqa: S311 - spreads polls, guards nothing
    made: dict[str, Collector] = {}
    if "snmp" in wanted:
        from collectors.snmp.collector import SnmpCollector

        made["snmp"] = SnmpCollector(inventory, secrets, inbox, clock, rng, cursors, catalogue=profiles)
    if "ssh" in wanted:
        from collectors.ssh.collector import SshCollector

        made["ssh"] = SshCollector(inventory, secrets, inbox, clock, rng, cursors, known_hosts=places.known_hosts)
    if "local" in wanted:
        from collectors.local.collector import LocalCollector

        made["local"] = LocalCollector(inventory, secrets, inbox, clock, rng, cursors)
    return made
