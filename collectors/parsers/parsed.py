"""What a parser gives: columns, facts, limits, events. Text in, values out; no parser does I/O or raises on its input."""

from dataclasses import dataclass, field
from typing import NamedTuple

from noc_console.model.poll import EMPTY_LAYOUT, EMPTY_VALUES, Event, Facts, Layout, Limits, Values

MOST_BYTES = 8 * 1024 * 1024
"""Bytes; more is refused as `too-long`. `nvidia-smi -q -x` of eight B200 is 357 kB, a kernel ring buffer rarely over 4 MB."""


class LoggedEvent(NamedTuple):
    """What one line of a log tells. A named tuple: a megabyte of a burst makes ten thousand of them.

    Attributes
    ----------
    line : number of the line in the text, from 1.
    kind : `xid`, `sxid`, `gpu-lost`. code : the Xid or SXid.
    pci_bus_id : `dddd:bb:dd` in hex; None where the line does not tell it.
    severity, action : the catalogue's words; empty for a code that it does not have.
    number : sequence number of the kernel (kmsg); None in other styles.
    uptime : seconds since boot, by the kernel's own stamp. time : UTC seconds, where the stamp tells a zone.
        None where the stamp does not tell it; a wall clock without zone is left in neither.
    """

    line: int
    kind: str
    code: int | None = None
    pci_bus_id: str | None = None
    pid: int | None = None
    process: str | None = None
    severity: str = ""
    action: str = ""
    text: str = ""
    number: int | None = None
    uptime: float | None = None
    time: float | None = None

    def as_event(self, *, seen: float, booted: float | None = None, boot: str = "", component: str | None = None) -> Event:
        """The event as the monitor takes it.

        `seen` is when the log was read (UTC seconds), `booted` when the host started: the stamp since boot counts from there.
        An event is never later than it was seen. `boot` is the host's boot_id.
        """
        time = self.time
        if time is None and self.uptime is not None and booted is not None:
            time = booted + self.uptime
        return Event(
            time=seen if time is None else min(time, seen),
            kind=self.kind,
            component=component,
            code=self.code,
            pci_bus_id=self.pci_bus_id,
            pid=self.pid,
            process=self.process,
            severity=self.severity,
            action=self.action,
            text=self.text,
            boot=boot,
            number=self.line if self.number is None else self.number,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parsed:
    """One output of a tool, read.

    Attributes
    ----------
    problem : why it could not be read (whole), as a code: `empty`, `too-long`, `truncated`, `not-xml`, `not-this-tool`,
        `no-gpu`, `driver-failed`…; empty when all is well. What could be read is given beside it. `detail` : the words that
        did not fit, cleaned.
    components : in the order of the tool: `gpu0`, `gpu0/mig0`, `eth0`. The device itself (`""`) is not listed.
    layout, values : the readings as columns; NaN = not given. The layout is the same (identical) for the same shape, also
        when single values are not given.
    texts : values that are words: (component, metric, text). `throttle_reasons` is `a,b`, `""` = read, and none.
    events : of a log. last_number : the highest sequence number in it, for a cursor.
    """

    problem: str = ""
    detail: str = ""
    components: tuple[str, ...] = ()
    layout: Layout = EMPTY_LAYOUT
    values: Values = field(default_factory=lambda: EMPTY_VALUES)
    texts: tuple[tuple[str, str, str], ...] = ()
    events: tuple[LoggedEvent, ...] = ()
    last_number: int | None = None
    facts: Facts = field(default_factory=dict)
    limits: Limits = field(default_factory=dict)
