"""The one queue into the monitor thread: answers, signs of life, what people tell, and what became of it on disk.

Any thread puts; only the monitor thread takes.
"""

from dataclasses import dataclass
from queue import SimpleQueue

from noc_console.model.command import AskNow, Command, PlanMaintenance
from noc_console.model.poll import CollectorBeat, PollResult
from noc_console.store.reports import StoreReport


@dataclass(frozen=True, slots=True)
class Wake:
    """Nothing but: look up (a new reader waits, or the end)."""


InboxItem = PollResult | CollectorBeat | Command | PlanMaintenance | AskNow | StoreReport | Wake
Inbox = SimpleQueue[InboxItem]
