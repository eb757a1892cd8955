"""What becomes of each datagram: whose it is, whether it is right, when the monitor is told. No sockets, no clock of its own.

Confined to the thread of the receiver; `counts` from any. A device is told of at most once a second, with each of its traps once
and a count: a storm costs the monitor no more than a few polls.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from collectors.snmp import ber, usm
from collectors.snmp.ber import BadMessage, Head
from collectors.traps.message import Notification, answer_pdu, read_notification
from collectors.traps.security import Gate, Opened, Refused
from noc_console.model.poll import UNASKED, Event, PollResult, TrapCounts
from noc_console.profiles.traps import TrapKind
from noc_console.text import clean

TOLD_EVERY_S = 1.0
MOST_KINDS = 32
"""Kinds of traps of one device that are told at once; others are counted with the last of them."""
MOST_NAMES = 1_000
"""Names and addresses that are counted one by one; those beyond share one count."""
BEYOND = "…"
SHOWN = 20


@dataclass(slots=True)
class _Kind:
    """Traps of one name and part that wait to be told."""

    first: float
    event: Event
    count: int = 1


@dataclass(slots=True)
class _Device:
    """What waits of one device; `told` is the monotonic time of the last telling."""

    told: float = float("-inf")
    kinds: dict[tuple[bytes, str], _Kind] = field(default_factory=dict)


@dataclass(slots=True)
class _Tally:
    received: int = 0
    told: int = 0
    coalesced: int = 0
    strangers: int = 0
    refused: int = 0
    malformed: int = 0
    informs: int = 0
    undescribed: Counter[str] = field(default_factory=Counter)
    senders: Counter[str] = field(default_factory=Counter)


class Intake:
    """Traps and informs of all devices.

    `kinds` are those that profiles describe, by identifier. `senders` are devices by address, set once names are looked up.
    """

    def __init__(self, gate: Gate, kinds: Mapping[str, TrapKind], port: int) -> None:
        self.gate = gate
        self.senders: Mapping[str, tuple[str, ...]] = {}
        self._kinds = {ber.oid(name): kind for name, kind in kinds.items()}
        self._port = port
        self._tally = _Tally()
        self._devices: dict[str, _Device] = {}
        self._due: dict[str, None] = {}

    def take(self, data: bytes, address: str, now: float, at: float) -> bytes | None:
        """Take a datagram; gives what is to be sent back, if anything. `now` is monotonic, `at` UTC seconds."""
        self._tally.received += 1
        devices = self.senders.get(address)
        if not devices:
            self._tally.strangers += 1
            _count(self._tally.senders, address)
            return None
        try:
            return self._taken(data, devices, now, at)
        except BadMessage:
            self._tally.malformed += 1
        except Refused:
            self._tally.refused += 1
        return None

    def give_up(self) -> None:
        """The datagram before could not be taken, by a mistake of ours."""
        self._tally.malformed += 1

    def _taken(self, data: bytes, devices: tuple[str, ...], now: float, at: float) -> bytes | None:
        head = ber.read_message(data)
        if head.version == ber.V3:
            return self._taken_v3(data, head, devices, now, at)
        notification = read_notification(data, head.start, head.end)
        self._note(notification, devices, now, at, None)
        if not notification.is_inform:
            return None
        return ber.encode_community_message(head.version, head.community, answer_pdu(notification))

    def _taken_v3(self, data: bytes, head: Head, devices: tuple[str, ...], now: float, at: float) -> bytes | None:
        security = usm.read_security(data, head)
        if head.flags & usm.REPORTABLE:
            why, signer = self._refusal(data, head, security, now)
            if why:
                self._tally.refused += 1
                pdu = ber.encode_pdu(ber.REPORT, 0, ber.encode_varbinds([(why, ber.COUNTER32, 1)]))
                return self._sealed(signer, ber.encode_scoped(self.gate.own.identifier, b"", pdu), head, now)
        opened = self.gate.open(data, head, security, now)
        notification = read_notification(opened.octets, opened.start, opened.end)
        self._note(notification, devices, now, at, opened)
        return self._answer(head, notification, opened, now) if notification.is_inform else None

    # informs: our engine has the clock

    def _refusal(self, data: bytes, head: Head, security: usm.Security, now: float) -> tuple[bytes, usm.Keys]:
        """(the object that a report names, empty if it passes; who signs the report). RFC 3414, 3.2, in its order."""
        gate, level = self.gate, head.flags & (usm.AUTH | usm.PRIVACY)
        nobody = usm.Keys(user=security.user)
        if security.engine != gate.own.identifier:
            return usm.UNKNOWN_ENGINES, nobody
        if security.user not in gate.users:
            return usm.UNKNOWN_USERS, nobody
        if level & ~gate.levels_of(security.user):
            return usm.UNSUPPORTED_LEVELS, nobody
        if not level:
            return b"", nobody
        signer = gate.signer(data, security)
        if signer is None:
            return usm.WRONG_DIGESTS, nobody
        # Signed, or its receiver may not believe the time.
        return (b"" if gate.is_in_time(security, now) else usm.NOT_IN_TIME_WINDOWS), signer

    def _answer(self, head: Head, inform: Notification, opened: Opened, now: float) -> bytes:
        scoped = ber.encode_scoped(opened.context_engine, opened.context, answer_pdu(inform))
        return self._sealed(opened.keys, scoped, head, now, level=head.flags)

    def _sealed(self, keys: usm.Keys, scoped: bytes, head: Head, now: float, *, level: int = usm.AUTH | usm.PRIVACY) -> bytes:
        own = self.gate.own
        if not level & usm.PRIVACY:
            keys = usm.Keys(user=keys.user, auth=keys.auth if level & usm.AUTH else "", auth_key=keys.auth_key)
        security = usm.Security(engine=own.identifier, boots=own.boots, time=own.time(now))
        salt = self._tally.received
        return usm.seal_message(keys, security, scoped, message_id=head.message_id, reportable=False, salt=salt)

    # what is told

    def _note(self, notification: Notification, devices: tuple[str, ...], now: float, at: float, opened: Opened | None) -> None:
        kind = self._kinds.get(notification.trap)
        if kind is None:
            _count(self._tally.undescribed, ber.oid_text(notification.trap))
        self._tally.informs += notification.is_inform
        event = _event(notification, kind, at, opened)
        first, *others = devices
        self._wait(first, notification.trap, event, at)
        for device in others:
            # Devices that share an address are each asked; the message is counted with the first of them.
            self._wait(device, notification.trap, event, at, counted=False)

    def _wait(self, device: str, trap: bytes, event: Event, at: float, *, counted: bool = True) -> None:
        waiting = self._devices.setdefault(device, _Device())
        key = trap, event.component or ""
        known = waiting.kinds.get(key)
        if known is None and len(waiting.kinds) >= MOST_KINDS:
            known = next(reversed(waiting.kinds.values()))
        elif known is not None:
            known.event = event
        if known is not None:
            known.count += counted
        else:
            waiting.kinds[key] = _Kind(at, event, int(counted))
        self._due[device] = None

    def tell(self, now: float, at: float) -> list[PollResult]:
        """What the monitor is to be told now."""
        told: list[PollResult] = []
        for device in list(self._due):
            waiting = self._devices[device]
            if now - waiting.told < TOLD_EVERY_S:
                continue
            del self._due[device]
            kinds, waiting.kinds, waiting.told = waiting.kinds, {}, now
            self._tally.told += sum(kind.count > 0 for kind in kinds.values())
            self._tally.coalesced += sum(max(0, kind.count - 1) for kind in kinds.values())
            events = tuple(kind.event for kind in kinds.values())
            first = min(kind.first for kind in kinds.values())
            told.append(
                PollResult(
                    device=device, source=UNASKED, due=first, started=first, finished=at, interval=TOLD_EVERY_S, events=events
                )
            )
        return told

    def next_telling(self) -> float | None:
        """When `tell` has something next (monotonic)."""
        return min((self._devices[device].told + TOLD_EVERY_S for device in self._due), default=None)

    def counts(self, dropped: int | None = None, error: str = "") -> TrapCounts:
        """Counts since the start."""
        tally = self._tally
        waiting = sum(kind.count for device in list(self._due) for kind in list(self._devices[device].kinds.values()))
        return TrapCounts(
            port=self._port,
            received=tally.received,
            told=tally.told,
            coalesced=tally.coalesced,
            waiting=waiting,
            strangers=tally.strangers,
            refused=tally.refused,
            malformed=tally.malformed,
            informs=tally.informs,
            dropped=dropped,
            undescribed=tuple(tally.undescribed.most_common(SHOWN)),
            unknown_senders=tuple(tally.senders.most_common(SHOWN)),
            error=error,
        )


def _event(notification: Notification, kind: TrapKind | None, at: float, opened: Opened | None) -> Event:
    signed = opened is not None and opened.is_signed and opened.is_known_engine
    name = kind.name if kind is not None else ber.oid_text(notification.trap)
    return Event(
        time=at,
        kind="trap",
        component=_component(notification, kind),
        severity=("clear" if kind.clears else kind.severity) if kind is not None else "",
        text=clean((kind.clears or name) if kind is not None else name, 200),
        is_signed=signed,
    )


def _component(notification: Notification, kind: TrapKind | None) -> str | None:
    if kind is None or not kind.component:
        return None
    column = ber.oid(kind.component)
    for name, _, value in notification.varbinds:
        if name.startswith(column) and value is not None:
            return clean(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value), 100) or None
    return None


def _count(counter: Counter[str], name: str) -> None:
    """Count by name; names beyond a bound share one count, so that nobody fills the memory."""
    counter[name if name in counter or len(counter) < MOST_NAMES else BEYOND] += 1
