"""What is known now of each thing that may be a cause: dead, doubtful, known good since a moment, or not asked yet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum

from noc_console.alarms.book import Book, Identity
from noc_console.alarms.types import AlarmType
from noc_console.correlation.graph import Blocked, NetworkPaths, Supplies
from noc_console.model.alarm import Alarm
from noc_console.model.fleet import End, Inventory
from noc_console.model.poll import Values
from noc_console.monitor.reachability import Reachability

FEED_ROLES = ("pdu", "ups")
COOLER_TROUBLE = (
    AlarmType.FAN_STOPPED, AlarmType.STATE_BAD, AlarmType.UNREACHABLE, AlarmType.TEMPERATURE_HIGH, AlarmType.VOLTAGE_LOW,
)  # fmt: skip
"""Alarms of a cooler that may mean that it does not cool."""


EARLIER_S = 90.0
"""A cause may be seen this much later than its symptom: a device is known dead only at its third miss."""


class Word(Enum):
    """What is known of a possible cause since a moment."""

    GOOD = "good"
    BAD = "bad"
    SUSPECT = "suspect"
    UNKNOWN = "unknown"
    NEVER_ASKED = "never-asked"


class Sight:
    """The state of all possible causes. Used from the monitor's thread.

    Attributes
    ----------
    dead : device → its open alarm of not answering at all. blocked, doubtful : what the dead cut off, and what they and the
        suspects together would. cut : open alarms of ports that are down, with a cause of their own. refused : credential → open
        alarms of devices that refuse it.
    """

    def __init__(
        self,
        inventory: Inventory,
        book: Book,
        reach: Reachability,
        unsure: Callable[[str], bool],
        port_word: Callable[[str, str], str],
        values_of: Callable[[str, str, str], Values],
        links: Callable[[], Sequence[tuple[End, End]]],
    ) -> None:
        """`unsure`: whether a value of a device has passed a limit and not long enough yet. `port_word`: `up`, `down` or empty.

        `values_of` gives the latest values of (device, part of a component's name, metric).
        """
        self.inventory = inventory
        self.book = book
        self.reach = reach
        self.unsure = unsure
        self.port_word = port_word
        self.values_of = values_of
        self.supplies = Supplies(inventory)
        self._links = links
        self._link_count = -1
        self.dead: dict[str, int] = {}
        self.cut: set[int] = set()
        self.refused: dict[str, set[int]] = {}
        self.blocked = Blocked({})
        self.doubtful = Blocked({})
        self._seen: tuple[frozenset[str], frozenset[str], frozenset[int]] | None = None
        self._far: dict[tuple[str, str], End] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take note of new links, deaths and doubts."""
        self.refresh_links()
        now = (frozenset(self.dead), frozenset(self.reach.suspects), frozenset(self.cut))
        if now != self._seen:
            self._seen = now
            pairs = self._cut_pairs()
            self.blocked = self.paths.blocked(now[0], pairs, self.book.breathe)
            self.doubtful = self.paths.blocked(now[0] | now[1], pairs, self.book.breathe) if now[1] else self.blocked

    def refresh_links(self) -> None:
        """Take note of new links."""
        links = self._links()
        if len(links) != self._link_count:
            self._link_count = len(links)
            self.paths = NetworkPaths(self.inventory, links)
            self._far = {(x.device, x.port): y for a, b in links for x, y in ((a, b), (b, a))}
            self._seen = None

    def _cut_pairs(self) -> set[tuple[str, str]]:
        """(device, the dead one at the other end) of links that were down well before that died: no sign of its death."""
        pairs: set[tuple[str, str]] = set()
        for number in self.cut:
            alarm = self.book.alarms[number]
            device = alarm.device or ""
            far = self.far_end(device, alarm.component)
            if far is None or not self.paths.is_single(device, far.device):
                continue
            for here, there in ((device, far.device), (far.device, device)):
                died = self.dead.get(there)
                if died is None or began(self.book.alarms[died]) > began(alarm) + EARLIER_S:
                    pairs.add((here, there))
        return pairs

    def note(self, alarm: Alarm) -> None:
        """An alarm changed."""
        if alarm.type == AlarmType.UNREACHABLE and not alarm.qualifier and alarm.device is not None:
            if alarm.is_open:
                self.dead[alarm.device] = alarm.id
            elif self.dead.get(alarm.device) == alarm.id:
                del self.dead[alarm.device]

        if alarm.type == AlarmType.AUTH_FAILED:
            refused = self.refused.setdefault(self.credential_of(alarm), set())
            (refused.add if alarm.is_open else refused.discard)(alarm.id)

    def credential_of(self, alarm: Alarm) -> str:
        """The credential with which the protocol in its qualifier is asked; empty = none is known."""
        device = self.inventory.devices.get(alarm.device or "")
        asked = device.collect.get(alarm.qualifier) if device is not None else None
        return (
            asked.credential or f"{alarm.device} {alarm.qualifier}" if asked is not None else f"{alarm.device} {alarm.qualifier}"
        )

    def word(self, device: str, since: float) -> Word:
        """What is known of a device's answering since a moment."""
        if device in self.dead:
            return Word.BAD
        if device in self.reach.suspects:
            return Word.SUSPECT
        answered = self.reach.answered_at(device)
        if answered is None:
            return (
                Word.UNKNOWN if device in self.inventory.devices and self.inventory.devices[device].collect else Word.NEVER_ASKED
            )
        return Word.GOOD if answered >= since else Word.UNKNOWN

    def was_asked(self, device: str) -> bool:
        """Whether it ever answered or missed."""
        return self.reach.interval(device) > 0

    def far_end(self, device: str, port: str) -> End | None:
        """The other end of the link at a port."""
        return self._far.get((device, port))

    def feed_alarm(self, feed: str) -> Alarm | None:
        """The alarm that says that a feed gives nothing."""
        dead = self.dead.get(feed)
        if dead is not None:
            return self.book.alarms[dead]
        found = [a for a in self.book.open_of(feed, AlarmType.VOLTAGE_LOW) if a.severity.calls]
        return found[0] if found and self.inventory.devices[feed].role in FEED_ROLES else None

    def lost_feeds(self, feeds: Iterable[str]) -> Mapping[str, Alarm]:
        """Those of these feeds that give nothing, with the alarm that says so."""
        return {feed: alarm for feed in feeds if (alarm := self.feed_alarm(feed)) is not None}

    def standing(self, device: str | None, component: str, type_: str, qualifier: str = "") -> Alarm | None:
        """The open alarm of this identity."""
        return self.book.standing(Identity(device, component, type_, qualifier))


def began(alarm: Alarm) -> float:
    """When what it tells of was first seen, before any hold."""
    since = alarm.params.get("since")
    return min(float(since), alarm.raised) if isinstance(since, int | float) and since else alarm.raised
