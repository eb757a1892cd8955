"""The one queue into the monitor thread: answers, signs of life, what people tell, and what became of it on disk.

Any thread puts; only the monitor thread takes.
"""

from queue import SimpleQueue

from noc_console.model.command import AskNow, Command
from noc_console.model.poll import CollectorBeat, PollResult
from noc_console.store.reports import StoreReport

InboxItem = PollResult | CollectorBeat | Command | AskNow | StoreReport
Inbox = SimpleQueue[InboxItem]
