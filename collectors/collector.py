"""What every collector offers to the composition root."""

from typing import Protocol

from noc_console.model.poll import CollectorBeat, PollRequest, PollResult


class Inbox(Protocol):
    """Where collectors put what they have; any thread, never blocks. (`queue.SimpleQueue` is one.)"""

    def put(self, item: PollResult | CollectorBeat, /) -> None:
        """Hand it to the monitor thread."""


class Collector(Protocol):
    """A protocol's collector: its own named threads, its own schedule.

    Made with `(inventory, secrets, inbox, clock, rng, cursors)`; polls each device of the inventory whose `collect` names its
    protocol, puts one `PollResult` per poll into the inbox and a `CollectorBeat` about every two seconds.
    """

    name: str
    """`snmp`, `ssh`, `local`."""

    def start(self) -> None:
        """Start the threads. Returns at once."""

    def ask(self, request: PollRequest) -> None:
        """Poll now; from any thread. One that is in flight is followed by another."""

    def beat(self) -> CollectorBeat:
        """Its counts as of now; from any thread."""

    def drain(self) -> None:
        """Start no more polls; those in flight go on. From any thread."""

    def idle(self) -> bool:
        """Whether nothing is in flight. From any thread."""

    def stop(self) -> None:
        """End: sets the event; threads end within two seconds."""

    def join(self, timeout: float) -> None:
        """Wait for the threads; TimeoutError if one still runs."""
