"""Any order of what happens, what people say, time, and kills keeps what the model promises.

The promises:

- At most one alarm of an identity stands.
- The operator's axis (state, owner, shelf, group by hand, maintenance) is the fold of the alarm's entries; these are in order,
  the first is its raise, and one that was stored never changes.
- A shelf is on what stands and is not closed, and its end is to come; so is the end of an acknowledgement.
- An alarm that stands is under maintenance exactly while a window that covers it counts.
- What is quiet, or a symptom, is announced to nobody.
- Who was acknowledged does not stand worse than then.
- A symptom's cause is in memory, is no symptom itself, and both are in one incident; every alarm is in the one it names.
- Each announcement after the first has an entry that is its reason: nobody is called twice, also after a restart.
- What stands in nobody's hands was announced, or waits for its cause or its device's answers.
- A window (mirror) that only took changes has the same alarms and entries.
- After a kill the same is true of what was written before it, and nothing else is.
"""

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from life_bed import LifeBed

from noc_console.alarms.book import EPISODE_SECONDS, Identity
from noc_console.alarms.operator_axis import axis_of, fold
from noc_console.alarms.tale import acknowledged_at
from noc_console.maintenance import counts
from noc_console.model.alarm import ByItself, EntryKind
from noc_console.model.command import Action
from noc_console.model.maintenance import MaintenanceWindow
from noc_console.model.severity import OperatorState, Severity

IDENTITIES = (
    Identity("leaf-1", "Ethernet1", "port-down"),
    Identity("spine-1", "", "unreachable"),
    Identity("leaf-1", "", "unreachable"),
    Identity("gpu-1", "gpu0", "temperature-high"),
    Identity("gpu-1", "gpu0", "xid", "79"),
    Identity(None, "snmp", "collector-late"),
)
WINDOWS = (
    {"devices": ("gpu-1",)},
    {"racks": ("a01",)},
    {"devices": ("spine-1",)},
)
SIMPLE = (Action.ACKNOWLEDGE, Action.UNACKNOWLEDGE, Action.COMMENT, Action.CLOSE, Action.UNSHELVE)
PEOPLE = st.sampled_from(["lan", "mai"])


class LifeOfAlarms(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.bed = LifeBed()
        self.commands = []
        self.announced = {}
        self.quiet = set()
        self.stored = {}
        self.told = 0

    @initialize(causes=st.lists(st.sampled_from(IDENTITIES), min_size=2, max_size=4, unique=True), decided=st.booleans())
    def begins(self, causes, decided):
        for who in causes:
            self.bed.raise_(who, Severity.MINOR)
        if decided:
            self.bed.wait(100)
            self.bed.flush()

    # what happens

    @rule(who=st.sampled_from(IDENTITIES), severity=st.sampled_from(list(Severity)), again=st.integers(0, 2))
    def raised(self, who, severity, again):
        self.bed.raise_(who, severity, again=again)

    @rule(who=st.sampled_from(IDENTITIES))
    def cleared(self, who):
        self.bed.clear(who)

    @rule(seconds=st.sampled_from([0.5, 6.0, 61.0, 200.0, EPISODE_SECONDS + 1, 5000.0]))
    def time_passes(self, seconds):
        self.bed.wait(seconds)

    # what people say

    def say(self, data, action, **more):
        known = sorted(self.bed.book.alarms)
        numbers = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=4), label="alarms")
        who = data.draw(PEOPLE, label="who")
        self.said(who, self.bed.send(action, *numbers, who=who, **more), data)

    def said(self, who, outcome, data):
        if isinstance(outcome, str):
            self.commands.append((who, outcome))
        if data.draw(st.integers(0, 3), label="written at once"):
            self.bed.flush()

    @precondition(lambda self: self.bed.book.alarms)
    @rule(data=st.data(), action=st.sampled_from(SIMPLE))
    def says(self, data, action):
        self.say(data, action)

    @precondition(lambda self: self.bed.book.alarms)
    @rule(data=st.data())
    def acknowledges(self, data):
        self.say(data, Action.ACKNOWLEDGE)

    @precondition(lambda self: self.bed.book.alarms)
    @rule(data=st.data(), seconds=st.sampled_from([30.0, 3600.0]))
    def acknowledges_for_a_while(self, data, seconds):
        self.say(data, Action.ACKNOWLEDGE, until=self.bed.now + seconds)

    @precondition(lambda self: self.bed.book.alarms)
    @rule(data=st.data(), seconds=st.sampled_from([30.0, 3600.0]))
    def shelves(self, data, seconds):
        self.say(data, Action.SHELVE, until=self.bed.now + seconds)

    @precondition(lambda self: self.bed.book.alarms)
    @rule(data=st.data(), owner=st.sampled_from(["", "lan", "mai"]))
    def assigns(self, data, owner):
        self.say(data, Action.ASSIGN, owner=owner)

    @precondition(lambda self: self.bed.book.alarms)
    @rule(data=st.data())
    def regroups(self, data):
        under = data.draw(st.none() | st.sampled_from(sorted(self.bed.book.alarms)), label="under")
        self.say(data, Action.REGROUP, under=under)

    @precondition(lambda self: self.commands)
    @rule(data=st.data())
    def undoes(self, data):
        who, command = data.draw(st.sampled_from(self.commands[-3:]), label="command")
        self.said(who, self.bed.send(Action.UNDO, who=who, undoes=command), data)

    @rule(
        data=st.data(),
        which=st.sampled_from(range(len(WINDOWS))),
        ahead=st.sampled_from([0.0, 40.0]),
        long=st.sampled_from([20.0, 700.0]),
    )
    def plans(self, data, which, ahead, long):
        start = self.bed.now + ahead
        scope = WINDOWS[which]
        window = MaintenanceWindow(id=f"w{which}", title="w", reason="work", who="lan", start=start, end=start + long, **scope)
        self.bed.plan(window)
        if data.draw(st.integers(0, 3), label="written at once"):
            self.bed.flush()

    # the disk

    @rule(count=st.sampled_from([1, 2, None]))
    def written(self, count):
        self.bed.flush(count)

    @rule()
    def disk_full(self):
        self.bed.fail()

    @rule(down=st.sampled_from([0.0, 30.0, 1000.0]))
    def killed(self, down):
        disk = dict(self.bed.disk.entries)
        self.bed.kill(down)
        known = {entry.id: entry for told in self.bed.book.entries.values() for entry in told}
        assert disk.items() <= known.items(), "what was stored is there"
        news = self.bed.take().durable
        own = {entry.id for entry in news.entries} if news is not None else set()
        assert known.keys() | own == disk.keys() | own, "and nothing else"
        self.announced = {}
        self.quiet = set()

    # the promises

    @invariant()
    def one_of_an_identity_stands(self):
        standing = Counter(alarm.identity for alarm in self.bed.book.alarms.values() if alarm.is_open)
        assert all(count == 1 for count in standing.values())

    @invariant()
    def the_axis_is_the_fold_of_the_entries(self):
        for alarm in self.bed.book.alarms.values():
            told = self.bed.book.entries[alarm.id]
            assert [entry.id for entry in told] == sorted({entry.id for entry in told})
            assert told[0].kind is EntryKind.RAISED
            assert fold(told) == axis_of(alarm)
            if alarm.is_open:
                assert alarm.state is not OperatorState.CLOSED
        assert self.stored.items() <= self.bed.disk.entries.items()
        self.stored = dict(self.bed.disk.entries)

    @invariant()
    def what_has_an_end_ends(self):
        for alarm in self.bed.book.alarms.values():
            if alarm.shelved_until is not None:
                assert alarm.is_open
                assert alarm.shelf_reason
                assert alarm.shelved_by
                assert alarm.shelved_until > self.bed.now or self.just_said(alarm)
            if alarm.state_until is not None:
                assert alarm.state is OperatorState.ACKNOWLEDGED
                assert alarm.state_until > self.bed.now or self.just_said(alarm)

    def just_said(self, alarm):
        """An undo may bring an end back that is over: it ends at the next turn."""
        return self.is_something_due()

    def is_something_due(self):
        wake = self.bed.monitor.next_wake()
        return wake is not None and wake <= self.bed.now

    @invariant()
    def maintenance_is_where_a_window_counts(self):
        if self.is_something_due():
            return
        windows = {window.id: window for window in self.bed.monitor.snapshot(self.bed.now).maintenance}
        for alarm in self.bed.book.alarms.values():
            if alarm.maintenance and alarm.state is not OperatorState.CLOSED:
                assert counts(windows[alarm.maintenance], self.bed.now)
            if alarm.is_open:
                assert alarm.maintenance == self.bed.book.cover(alarm)

    @invariant()
    def quiet_and_symptoms_are_announced_to_nobody(self):
        quiet = {a.id for a in self.bed.book.alarms.values() if a.is_quiet or a.symptom_of is not None}
        # What was quiet in between for another reason than now was called for in between.
        ended = {number for number in quiet & self.quiet if any(map(ends_quiet, self.news_of(number)))}
        for number in quiet & self.quiet - ended:
            assert self.bed.alarm(number).announced == self.announced.get(number, self.bed.alarm(number).announced)
        # What ends at this very moment (a shelf, at a restart) is called for first, and may be quiet again then.
        self.quiet = set() if self.is_something_due() else quiet
        self.announced = {alarm.id: alarm.announced for alarm in self.bed.book.alarms.values()}
        self.told = max((entry.id for told in self.bed.book.entries.values() for entry in told), default=0)

    def news_of(self, number):
        return [entry for entry in self.bed.book.entries[number] if entry.id > self.told]

    @invariant()
    def nobody_holds_what_is_worse_than_he_said(self):
        for alarm in self.bed.book.alarms.values():
            if alarm.state is OperatorState.ACKNOWLEDGED and alarm.is_open:
                assert alarm.severity <= acknowledged_at(self.bed.book.entries[alarm.id])
            if alarm.worse_again:
                assert alarm.state is OperatorState.NONE

    @invariant()
    def groups_are_whole(self):
        incidents = {incident.id: incident for incident in self.bed.monitor.snapshot(self.bed.now).incidents}
        for alarm in self.bed.book.alarms.values():
            if alarm.incident is None:
                assert alarm.symptom_of is None
                continue
            assert alarm.id in incidents[alarm.incident].alarms
            if alarm.symptom_of is not None:
                cause = self.bed.alarm(alarm.symptom_of)
                assert cause.symptom_of is None
                assert cause.incident == alarm.incident
        members = Counter(number for incident in incidents.values() for number in incident.alarms)
        assert all(count == 1 for count in members.values())

    @invariant()
    def each_call_has_its_reason(self):
        for alarm in self.bed.book.alarms.values():
            assert len(alarm.announced) <= 1 + sum(map(is_reason, self.bed.book.entries[alarm.id]))
            assert list(alarm.announced) == sorted(alarm.announced)

    @invariant()
    def who_needs_someone_is_announced_or_will_be(self):
        if self.is_something_due():
            return
        held = self.bed.monitor._correlator._held
        for alarm in self.bed.book.alarms.values():
            if alarm.needs_someone and not alarm.announced and not was_moved(self.bed.book.entries[alarm.id]):
                assert alarm.id in held or alarm.id in self.bed.monitor._life._owed._owed

    @invariant()
    def the_mirror_has_the_same(self):
        self.bed.take()
        for alarm in self.bed.book.alarms.values():
            assert self.bed.mirror.alarms[alarm.id] == alarm
            assert self.bed.mirror.entries[alarm.id] == self.bed.book.entries[alarm.id]
        assert self.bed.mirror.load == self.bed.monitor.snapshot(self.bed.now).load


def is_reason(entry):
    if entry.kind is EntryKind.MAINTENANCE:
        return not entry.now
    if entry.kind in (EntryKind.UNACKNOWLEDGED, EntryKind.UNSHELVED):
        return not entry.who and entry.text in (ByItself.TIME, ByItself.WORSE)
    return entry.kind in (EntryKind.SEVERITY, EntryKind.RAISED) and entry.was == "warning"


def ends_quiet(entry):
    return entry.kind is EntryKind.UNSHELVED or (entry.kind is EntryKind.MAINTENANCE and not entry.now)


def was_moved(told):
    return any(entry.kind is EntryKind.REGROUPED for entry in told)


TestLifeOfAlarms = LifeOfAlarms.TestCase
TestLifeOfAlarms.settings = settings(max_examples=15, stateful_step_count=30)
