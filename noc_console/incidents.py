"""Incidents: one cause and the alarms that belong to it. Who belongs where is said by `noc_console.correlation`."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from noc_console.model.alarm import Alarm, Incident


class Incidents:
    """All incidents of the monitor. Used from its thread."""

    def __init__(self, alarms: Mapping[int, Alarm]) -> None:
        """`alarms` are those of the book, read when an incident is told."""
        self._alarms = alarms
        self._incidents: dict[int, Incident] = {}
        self._members: dict[int, dict[int, None]] = {}
        self._touched: dict[int, None] = {}
        self._founded: dict[int, int] = {}
        self._last = 0

    def restore(self, incidents: Iterable[Incident], last: int = 0) -> None:
        """Take up what was stored."""
        for incident in incidents:
            self._incidents[incident.id] = incident
            self._members[incident.id] = dict.fromkeys(incident.alarms)
            if incident.cause is not None:
                self._founded[incident.cause] = incident.id
        self._last = max(last, *self._incidents, 0)

    def open(self, root: Mapping[str, object], alarm: Alarm) -> int:
        """A new incident with this alarm as its cause."""
        self._last += 1
        self._incidents[self._last] = Incident(id=self._last, root=root, opened=alarm.raised, cause=alarm.id)
        self._founded[alarm.id] = self._last
        self._members[self._last] = {alarm.id: None}
        self._touched[self._last] = None
        return self._last

    def reopen(self, root: Mapping[str, object], alarm: Alarm) -> int:
        """The incident that was opened for this alarm, if nothing is left in it; else a new one."""
        founded = self._founded.get(alarm.id)
        if founded not in self._incidents or self._members[founded]:
            return self.open(root, alarm)
        self.set_root(founded, root)
        self.join(founded, alarm.id)
        return founded

    def join(self, incident: int, alarm: int, *, late: bool = False) -> None:
        """The alarm belongs to it from now on. `late`: it is older than the incident, which does not begin earlier by it."""
        self._members[incident][alarm] = None
        known, record = self._incidents[incident], self._alarms.get(alarm)
        if record is not None and not late and record.raised < known.opened:
            self._incidents[incident] = replace(known, opened=record.raised)
        self._touched[incident] = None

    def leave(self, incident: int, alarm: int) -> None:
        """The alarm belongs to another."""
        self._members.get(incident, {}).pop(alarm, None)
        self._touched[incident] = None

    def members(self, incident: int) -> tuple[int, ...]:
        """Its alarms that are in memory, the first that came first."""
        return tuple(alarm for alarm in self._members.get(incident, ()) if alarm in self._alarms)

    def set_root(self, incident: int, root: Mapping[str, object]) -> None:
        """Name the cause anew."""
        if self._incidents[incident].root != root:
            self._incidents[incident] = replace(self._incidents[incident], root=root)
            self._touched[incident] = None

    def touch(self, incident: int | None) -> None:
        """One of its alarms changed."""
        if incident in self._incidents:
            self._touched[incident] = None

    def is_open(self, incident: int | None) -> bool:
        """Whether a condition of it stands."""
        members = self._members.get(incident, {}) if incident is not None else {}
        return any(self._alarms[alarm].is_open for alarm in members if alarm in self._alarms)

    def now(self) -> tuple[Incident, ...]:
        """All of them, as they stand."""
        self._settle()
        return tuple(self._incidents.values())

    def _settle(self) -> list[int]:
        """Bring those that were touched up to date."""
        touched = [incident for incident in self._touched if incident in self._incidents]
        for number in touched:
            self._incidents[number] = self._as_it_stands(self._incidents[number])
        return touched

    def _as_it_stands(self, incident: Incident) -> Incident:
        alarms = [self._alarms[i] for i in self._members[incident.id] if i in self._alarms]
        members = tuple(sorted(self._members[incident.id]))
        if not members:
            # All of it turned out to belong elsewhere.
            return replace(incident, alarms=(), closed=incident.closed or incident.opened)
        if not alarms:
            return replace(incident, alarms=members, closed=incident.closed or incident.opened)
        ends = [alarm.cleared for alarm in alarms]
        closed = max(end for end in ends if end is not None) if None not in ends else None
        return replace(incident, alarms=members, closed=closed)

    def take(self) -> tuple[Incident, ...]:
        """Those that changed since the last call."""
        touched = self._settle()
        self._touched = {}
        return tuple(self._incidents[number] for number in touched)

    def forget(self, kept: Iterable[int]) -> None:
        """Keep only these."""
        staying = set(kept)
        self._incidents = {i: incident for i, incident in self._incidents.items() if i in staying}
        self._members = {i: members for i, members in self._members.items() if i in staying}
        self._founded = {alarm: i for alarm, i in self._founded.items() if i in staying}
