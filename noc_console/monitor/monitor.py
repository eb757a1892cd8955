"""The one owner of live state. Answers, beats and commands go in; changes, what must last, and requests come out.

Pure: no thread, no clock, no store. Its caller (`noc_console.live`, `noc_console.replay`) tells it the time.
"""

from collections.abc import Iterable
from dataclasses import replace
from logging import getLogger

from noc_console.alarms.book import Book, BookNews, Identity, Place, is_kept
from noc_console.alarms.conditions import Conditions
from noc_console.alarms.types import AlarmType
from noc_console.correlation.correlator import Correlator
from noc_console.correlation.sight import Sight
from noc_console.incidents import Incidents
from noc_console.model.alarm import Alarm, EntryKind
from noc_console.model.changes import Changes, Durable, LinkState, Restored, Snapshot, StateChange, StoreState
from noc_console.model.command import Command, CommandOutcome, PlanMaintenance
from noc_console.model.fleet import Inventory
from noc_console.model.poll import CollectorBeat, PollResult
from noc_console.model.severity import Severity
from noc_console.monitor.asking import Asking
from noc_console.monitor.cables import CableWatch
from noc_console.monitor.closing import Closing
from noc_console.monitor.collectors_watch import CollectorsWatch
from noc_console.monitor.flapping import FlapWatch
from noc_console.monitor.gathered import Gathered, Output
from noc_console.monitor.gpu_judge import GpuJudge
from noc_console.monitor.gpus import GpuWatch
from noc_console.monitor.judge import Judge
from noc_console.monitor.known import KnownThings
from noc_console.monitor.life import Life
from noc_console.monitor.log_events import LogEvents
from noc_console.monitor.own_conditions import OwnConditions
from noc_console.monitor.ports import PortWatch
from noc_console.monitor.reachability import Reachability
from noc_console.monitor.rows import Rows, booted_at
from noc_console.monitor.xid_desk import XidDesk
from noc_console.topology import Topology

log = getLogger(__name__)

FORGET_EVERY = 3600.0
"""Seconds between two looks for alarms that need not be in memory any more."""


class Monitor:
    """Judges what collectors bring and keeps alarms, links, rows. Used from one thread.

    Attributes
    ----------
    inventory : the fleet. book : its alarms.
    """

    def __init__(self, inventory: Inventory, conditions: Conditions, restored: Restored | None = None, *, now: float) -> None:
        restored = restored or Restored()
        self.inventory = inventory
        self._now = now
        self._number = 0
        self._gathered = gathered = Gathered()

        def follow(alarm: Alarm) -> None:
            self._own.noted(alarm, self.book.alarms.get(alarm.id))
            self._correlator.followed(alarm, self._now)

        self.book = Book(self._place, follow)
        self._incidents = Incidents(self.book.alarms)
        self._topology = Topology(inventory)
        self._rows = Rows()
        self._known = KnownThings(gathered)
        self._judge = Judge(conditions, self.book, inventory.devices)
        self._cables = CableWatch(self.book, self._topology)
        self._flaps = FlapWatch(self.book)
        self._asking = Asking(inventory, gathered)
        self._ports = PortWatch(self.book, gathered, self._topology, inventory.devices, self._asking.later, self._flaps.changed)
        self._gpus = GpuWatch(self.book, gathered)
        self._gpu_judge = GpuJudge(conditions, self.book, inventory.devices)
        self._desk = XidDesk(self._known.fact, gathered.baselines.append)
        self._reach = Reachability(self.book, gathered, self._asking.later, self._gpus.has_any)
        self._own = OwnConditions(
            conditions, self.book, inventory, self._judge, gathered.baselines.append, self._reach.is_reachable
        )
        self._events = LogEvents(self.book, gathered, self._gpus, self._desk, self._own.event)
        self._collectors = CollectorsWatch(conditions.collectors, self.book, gathered)
        self._correlator = Correlator(self._sight(), self._incidents, self._asking.possible_cause)
        judges = self._judge, self._gpu_judge, self._ports, self._cables
        self._closing = Closing(judges, self._flaps, self._gpus, self._collectors, self._reach, self._events)
        self._life = Life(self.book, self._incidents, self._correlator, inventory, gathered, self._after_maintenance)
        self._store = StoreState()
        self._strangers: set[str] = set()
        self._forget_at = now + FORGET_EVERY
        self._restore(restored)

    def _sight(self) -> Sight:
        return Sight(
            self.inventory,
            self.book,
            self._reach,
            unsure=self._judge.is_unsure,
            port_word=self._ports.word,
            values_of=self._rows.values_of,
            links=self._topology.ends,
        )

    def _after_maintenance(self, device: str) -> tuple[str, ...]:
        return self._asking.all_of(device, self._reach, "maintenance-ended")

    def _place(self, device: str | None) -> Place:
        found = self.inventory.devices.get(device) if device is not None else None
        if found is None:
            return Place()
        rack = self.inventory.racks.get(found.rack) if found.rack else None
        return Place(found.site or (rack.site if rack else None), rack.room if rack and rack.room else None, found.rack)

    def _restore(self, restored: Restored) -> None:
        self.book.now = self._now
        renamed = {old: device.name for device in self.inventory.devices.values() for old in device.formerly}
        alarms = [replace(a, device=renamed.get(a.device or "", a.device)) for a in restored.alarms]
        self._incidents.restore(restored.incidents, restored.last_incident)
        self.book.restore(alarms, restored.entries, last_alarm=restored.last_alarm, last_entry=restored.last_entry)
        states = [replace(s, device=renamed.get(s.device, s.device)) for s in restored.states]
        baselines = [replace(b, device=renamed.get(b.device, b.device)) for b in restored.baselines]
        self._link_words = {(s.device, s.component, s.name): s.now for s in states if s.kind == "link"}
        self._known.restore(states)
        self._ports.restore(states, baselines)
        self._reach.restore(states)
        self._gpus.restore(states, baselines)
        self._flaps.restore()
        self._correlator.restore(self.book.alarms.values(), self._now)
        self._desk.restore(baselines)
        self._own.restore(baselines)
        self._events.restore([(renamed.get(device, device), cursor) for device, cursor in restored.cursors], states)
        for alarm in [a for a in self.book.alarms.values() if a.is_open and self._is_orphan(a)]:
            why = "no longer asked" if alarm.device in self.inventory.devices else "no longer in the inventory"
            self.book.clear(Identity(*alarm.identity), self._now, why)
        windows = [replace(w, devices=tuple(renamed.get(d, d) for d in w.devices)) for w in restored.maintenance]
        self._life.restore(windows, self._now)

    def _is_orphan(self, alarm: Alarm) -> bool:
        """Whether nothing will ever judge it again: its device, or the protocol that it names, is not asked any more."""
        if alarm.device is None:
            return False
        device = self.inventory.devices.get(alarm.device)
        protocol = alarm.params.get("protocol")
        return device is None or not device.collect or (bool(protocol) and protocol not in device.collect)

    # what comes in

    def advance(self, now: float) -> None:
        """Do what is due up to now, in order of time."""
        self._now = self.book.now = max(self._now, now)
        while (due := self._life.next_wake()) is not None and due <= now:
            self._judge_until(due)
            self._life.advance(due)
        self._judge_until(now)
        self._life.advance(now)
        if self._now >= self._forget_at:
            self._forget_at = self._now + FORGET_EVERY
            self.book.forget_old(self._now)
            self._correlator.forget()
            self._incidents.forget(a.incident for a in self.book.alarms.values() if a.incident is not None)

    def _judge_until(self, now: float) -> None:
        self._asking.advance(
            now, lambda device, source: self._reach.still_missing(device, source) or self._ports.is_unsure(device, source)
        )
        self._collectors.advance(now)
        self._flaps.advance(now)
        self._own.advance(now)
        self._correlator.advance(now)

    def next_wake(self) -> float | None:
        """When `advance` wants to be called next (UTC seconds); None = nothing waits for a time."""
        parts = (self._asking, self._collectors, self._flaps, self._correlator, self._life)
        return min((time for part in parts if (time := part.next_wake()) is not None), default=None)

    def ingest(self, result: PollResult) -> None:
        """Take an answer or a miss. Answers of one source come in the order in which they were given."""
        self._now = self.book.now = max(self._now, result.finished)
        if result.device not in self.inventory.devices:
            self._note_stranger(result.device)
            return
        if result.is_unasked:
            self._events.heard(result)
            return
        self._reach.heard(result)
        self._own.heard(result)
        self._correlator.heard(self._now)
        if result.error is not None:
            if not self._reach.is_reachable(result.device):
                self._topology.lost(result.device)
            self._life.heard(result)
            return
        if result.facts is not None or result.limits is not None or result.neighbours is not None:
            self._learn(result)
        if len(result.layout):
            self._gathered.results.append(result)
            row, rebooted = self._rows.take(result)
            self._gathered.rows[result.device, result.source] = row
            # sysUpTime is that of the SNMP agent (RFC 3418): it says nothing of the host whose driver logs.
            if rebooted and result.protocol != "snmp":
                self._events.rebooted(result.device, booted_at(result), result.finished)
            self._judge.judge(result)
            self._ports.judge(result)
            if self._flaps.any_on(result.device):
                self._flaps.checked(result.device, self._ports.checks(result.device, result.source), result.finished)
            self._gpus.judge(result)
            self._gpu_judge.judge(result)
            self._own.judge(result)
            self._topology.update(result, row.rates)
        if result.events:
            self._events.heard(result)
        if result.cursor is not None:
            self._gathered.cursors[result.device, result.cursor.name] = result.cursor
        self._life.heard(result)

    def _learn(self, result: PollResult) -> None:
        changed = self._known.learn(result)
        was, boot = changed.get(("", "boot_id"), ("", ""))
        if was and boot:
            self._events.rebooted(result.device, booted_at(result), result.finished)
        sys_name = changed.get(("", "sysName"))
        if sys_name:
            self._topology.named(result.device, sys_name[1])
        if result.limits is not None:
            known = self._known.known[result.device, result.source]
            self._judge.learn_limits(result.device, result.source, known.limits)
        if result.facts is not None:
            self._gpus.learn(result, result.facts)
            self._gpu_judge.learn(result)
        if result.neighbours is not None:
            self._ports.neighbours(result.device, result.neighbours, result.finished)
            for far in self._topology.neighbours(result.device, result.neighbours, result.finished):
                self._ports.linked(far)
            self._cables.judge(result.device, result.finished)

    def _note_stranger(self, device: str) -> None:
        if device not in self._strangers:
            self._strangers.add(device)
            log.warning("an answer of %r is left out: it is not in the inventory", device)

    def beat(self, beat: CollectorBeat) -> None:
        """A sign of life of a collector."""
        self._now = self.book.now = max(self._now, beat.time)
        # Heard now, whatever its own time says: a clock that is set back must not make living collectors dead.
        self._collectors.beat(beat, self._now)

    def ask(self, device: str, now: float) -> None:
        """A person wants this device asked now: each of its protocols, and each slower source that was heard of."""
        self.advance(now)
        self._asking.all_of(device, self._reach, "operator")

    def store_state(self, state: StoreState) -> None:
        """How the store does; one that fails is an alarm."""
        self._gathered.store = self._store = state
        if state.error:
            params = {"error": state.error, "detail": state.detail}
            self.book.raise_alarm(_store_alarm(state.error), Severity.CRITICAL, self._now, params)
        for alarm in self.book.open_of(None, AlarmType.STORE_FAILED):
            if alarm.qualifier != state.error:
                self.book.clear(Identity(*alarm.identity), self._now)

    # commands

    def prepare(self, command: Command | PlanMaintenance, now: float) -> Durable | CommandOutcome:
        """What is to be stored for a command; state is not changed yet. A CommandOutcome says why it is refused.

        A refusal is for the caller to publish. Of what could not be stored, `abandon` is to be told.
        """
        self.advance(now)
        return self._life.prepare(command, now)

    def commit(self, durable: Durable, now: float) -> None:
        """A prepared command is stored: change the state. It shows in the next changes, with its outcome."""
        self.advance(now)
        ended = [entry.alarm for entry in durable.entries if entry.kind is EntryKind.CLOSED and self.book.is_open(entry.alarm)]
        outcome = self._life.commit(durable, self._now)
        for alarm in ended:
            self._closing.ended(self.book.alarms[alarm])
            self._own.forget(self.book.alarms[alarm])
        for entry in durable.entries:
            if entry.kind is EntryKind.REOPENED and self.book.is_open(entry.alarm):
                self._closing.undone(self.book.alarms[entry.alarm], self._now)
                self._own.undone(self.book.alarms[entry.alarm])
        self._gathered.outcomes.append(outcome)

    def abandon(self, durable: Durable) -> None:
        """A prepared command could not be stored: it never was. Its outcome is for the caller to tell."""
        self._life.abandon(durable)

    # what goes out

    def take(self, now: float) -> Output:
        """What there is to tell and to store since the last call."""
        self._now = max(self._now, now)
        self._correlator.advance(self._now)
        self._life.count(self._now)
        news = self.book.take()
        links, link_changes = self._topology.take()
        for link in link_changes:
            self._note_link(link)
        incidents = self._incidents.take()
        basket = self._gathered
        changes = Changes(
            number=self._number + 1,
            time=self._now,
            rows=tuple(basket.rows.values()),
            devices=tuple(basket.devices.values()),
            links=tuple(links),
            known=tuple(basket.known.values()),
            alarms=self._records(news.alarms),
            entries=tuple(news.entries),
            incidents=incidents,
            collectors=tuple(basket.collectors.values()),
            outcomes=tuple(basket.outcomes),
            store=basket.store,
            load=basket.load,
            maintenance=basket.maintenance,
        )
        durable = self._durable(news, changes)
        requests = tuple(basket.requests.values())
        self._empty()
        if not _tells(changes):
            return Output(changes=None, durable=durable, requests=requests)
        self._number += 1
        return Output(changes=changes, durable=durable, requests=requests)

    def _note_link(self, link: LinkState) -> None:
        key = (link.a.device, link.a.port, f"{link.b.device}:{link.b.port}")
        was = self._link_words.get(key, "")
        if was != link.status:
            self._link_words[key] = link.status
            self._gathered.states.append(
                StateChange(time=self._now, device=key[0], component=key[1], kind="link", name=key[2], was=was, now=link.status)
            )

    def _durable(self, news: BookNews, changes: Changes) -> Durable | None:
        basket = self._gathered
        axes = tuple(i for i in news.own_axes if i in news.own_alarms and i in self.book.alarms)
        alarms = self._records(news.own_alarms)
        if axes:
            # A command that waits for its commit has written its word before this: it is not to be lost.
            alarms = tuple(self._life.spoken(a) if a.id in news.own_axes else a for a in alarms)
        durable = Durable(
            alarms=alarms,
            axes=axes,
            urgent=news.announced,
            entries=tuple(news.own_entries),
            incidents=changes.incidents,
            states=tuple(basket.states),
            baselines=tuple(basket.baselines),
            cursors=tuple((device, cursor) for (device, _), cursor in basket.cursors.items()),
            results=tuple(basket.results),
        )
        filled = (
            durable.alarms or durable.entries or durable.incidents or durable.states or durable.baselines
            or durable.cursors or durable.results
        )  # fmt: skip
        return durable if filled else None

    def _records(self, ids: Iterable[int]) -> tuple[Alarm, ...]:
        return tuple(self.book.alarms[i] for i in ids if i in self.book.alarms)

    def _empty(self) -> None:
        """The parts hold on to the basket: it is emptied, never replaced."""
        basket = self._gathered
        for filled in (
            basket.rows, basket.devices, basket.known, basket.collectors, basket.outcomes, basket.states, basket.baselines,
            basket.cursors, basket.results, basket.requests,
        ):  # fmt: skip
            filled.clear()
        basket.store = basket.load = basket.maintenance = None

    def snapshot(self, now: float) -> Snapshot:
        """Everything as it is now; changes that are taken later follow it."""
        alarms = tuple(a for a in self.book.alarms.values() if is_kept(a, now))
        wanted = {a.incident for a in alarms}
        return Snapshot(
            number=self._number,
            time=max(self._now, now),
            inventory=self.inventory,
            rows=tuple(self._rows.rows.values()),
            devices=self._reach.states(),
            links=self._topology.states(),
            known=tuple(self._known.known.values()),
            alarms=alarms,
            entries=tuple(entry for a in alarms for entry in self.book.entries.get(a.id, ())),
            incidents=tuple(i for i in self._incidents.now() if i.id in wanted),
            collectors=self._collectors.states(),
            store=self._store,
            load=self._life.load,
            maintenance=self._life.windows,
        )


def _tells(changes: Changes) -> bool:
    return bool(
        changes.rows or changes.devices or changes.links or changes.known or changes.alarms or changes.entries
        or changes.incidents or changes.collectors or changes.outcomes or changes.store is not None
        or changes.load is not None or changes.maintenance is not None
    )  # fmt: skip


def _store_alarm(error: str) -> Identity:
    return Identity(None, "store", AlarmType.STORE_FAILED, error)
