"""Alarms of links that are not as planned: one for each, calm, gone as soon as plan and cabling agree again."""

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.types import AlarmType
from noc_console.cabling import CONTRADICTORY, DIFFERENCES, UNPLANNED
from noc_console.model.changes import LinkState
from noc_console.model.severity import Severity
from noc_console.topology import Topology


class CableWatch:
    """Used from the monitor's thread, after a device told its neighbours."""

    def __init__(self, book: Book, topology: Topology) -> None:
        self._book = book
        self._topology = topology
        self._heard: dict[str, int] = {}

    def judge(self, device: str, at: float) -> None:
        """Raise and end the alarms of a device's links."""
        standing: set[Identity] = set()
        for link in self._topology.judged():
            who = _identity(link)
            if self._is_difference(link):
                standing.add(who)
                if self._topology.is_held(link):
                    self._book.raise_alarm(who, Severity.WARNING, at, _params(link))
            else:
                self._book.clear(who, at)
        self._heard[device] = self._heard.get(device, 0) + 1
        if self._heard[device] > 1:
            self._end_others(device, standing, at)

    def forget(self, device: str | None) -> None:
        """A person closed the alarm: what still differs is raised again after two more inventories."""
        if device is not None:
            self._topology.forget_cables(device)

    def _is_difference(self, link: LinkState) -> bool:
        if link.plan not in DIFFERENCES:
            return False
        if link.planned:
            return True
        # What was found at a planned port is told with the planned link.
        if link.plan == CONTRADICTORY:
            return False
        # Where the plan says nothing of a device, nothing differs from it.
        return link.plan == UNPLANNED and {link.a.device, link.b.device} <= self._topology.in_plan

    def _end_others(self, device: str, standing: set[Identity], at: float) -> None:
        """Alarms of links that are in the plan no more, or not found any more."""
        for alarm in self._book.open_of(device, AlarmType.LINK_DIFFERS):
            who = Identity(*alarm.identity)
            if who not in standing:
                self._book.clear(who, at)


def _identity(link: LinkState) -> Identity:
    return Identity(link.a.device, link.a.port, AlarmType.LINK_DIFFERS, f"{link.b.device}:{link.b.port}")


def _params(link: LinkState) -> dict[str, str | float]:
    found: dict[str, str | float] = {"found": link.instead} if link.instead else {}
    return {"plan": link.plan, "neighbour": link.b.device, "neighbour_port": link.b.port, **found}
