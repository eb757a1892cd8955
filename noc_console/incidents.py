"""Incidents: one cause and the alarms that belong to it. For now each alarm is its own cause; correlation joins here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from noc_console.model.alarm import Alarm, Incident
from noc_console.model.fleet import Inventory, Link


class Incidents:
    """All incidents of the monitor. Used from its thread."""

    def __init__(self, inventory: Inventory) -> None:
        self._links: dict[tuple[str, str], Link] = {}
        for link in inventory.links:
            self._links[link.a.device, link.a.port] = link
            self._links[link.b.device, link.b.port] = link
        self.incidents: dict[int, Incident] = {}
        self._touched: dict[int, None] = {}
        self._last = 0

    def restore(self, incidents: Iterable[Incident], last: int = 0) -> None:
        """Take up what was stored."""
        for incident in incidents:
            self.incidents[incident.id] = incident
        self._last = max(last, *self.incidents, 0)

    def follow(self, alarm: Alarm) -> int:
        """The incident of this alarm, opened, closed or opened again as the alarm stands now."""
        known = self.incidents.get(alarm.incident) if alarm.incident is not None else None
        if known is None:
            self._last += 1
            known = Incident(id=self._last, root=self._root(alarm), opened=alarm.raised, alarms=(alarm.id,))
        self.incidents[known.id] = replace(known, closed=alarm.cleared)
        self._touched[known.id] = None
        return known.id

    def _root(self, alarm: Alarm) -> Mapping[str, object]:
        link = self._links.get((alarm.device or "", alarm.component)) if alarm.type == "port-down" else None
        if link is not None:
            ends = ((link.a.device, link.a.port), (link.b.device, link.b.port))
            return {"kind": "link", "device": alarm.device, "component": alarm.component, "ends": ends}
        if alarm.device is None:
            return {"kind": "unknown", "component": alarm.component}
        return {"kind": "device", "device": alarm.device, "component": alarm.component}

    def take(self) -> tuple[Incident, ...]:
        """Those that changed since the last call."""
        touched, self._touched = self._touched, {}
        return tuple(self.incidents[i] for i in touched)

    def forget(self, kept: Iterable[int]) -> None:
        """Keep only these."""
        staying = set(kept)
        self.incidents = {i: incident for i, incident in self.incidents.items() if i in staying}
