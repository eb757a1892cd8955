"""Whether the GPUs' tool answers: since when it does not, and what the kernel says of it.

A sick GPU takes nvidia-smi with it, into the kernel (state D), where not even SIGKILL reaches it. It is then left alone: nothing
else is held up, no second one is started, not even over a new connection; and it is a reading, which has an alarm.
"""

from collections.abc import Callable

import numpy as np

from collectors.parsers.parsed import Parsed
from collectors.ssh.commands import TIMED_OUT, Output
from collectors.ssh.server import Server
from noc_console.model.poll import Layout
from noc_console.text import clean

SILENT = "gpu_tool_silent_seconds"
"""Of the device itself: seconds for which the tool has not answered; 0 = it does."""
_LAYOUT = Layout.of([("", SILENT)])
_HANGING = ("timeout", "still-running")
MOST_PROCESSES = 32


def hangs(output: Output) -> bool:
    """Whether the command did not end in its time, or the server had to end it."""
    return output.problem in _HANGING or (not output.problem and output.status in TIMED_OUT)


def stuck_process(state: Output) -> str:
    """`nvidia-smi D nvidia_open` out of `TOOL_STATE`: the first process that the kernel does not let go; empty: none."""
    if not state.is_whole:
        return ""
    for line in state.stdout.decode("utf-8", "replace").splitlines()[:MOST_PROCESSES]:
        words = line.split()
        if len(words) >= 3 and words[1].startswith("D"):
            return clean(" ".join((words[0], words[1], *words[3:4])), 80)
    return ""


def note(server: Server, output: Output, stuck: str, clock: Callable[[], float]) -> Parsed:
    """Remember whether it answers; the reading of it."""
    now = clock()
    if output.problem == "connection-lost":  # nothing is known anew: a hung one goes on hanging there
        return _reading(np.nan if server.hung_since is None else max(now - server.hung_since, 0.0))
    if not hangs(output):
        server.hung_since = None
        return _ANSWERS
    if server.hung_since is None:
        # asked when it still had all of its time
        server.hung_since = now - (output.command.deadline_s if output.problem == "timeout" else output.command.remote_s)
    return _reading(max(now - server.hung_since, 0.0), stuck or output.command.tool)


def _reading(seconds: float, text: str = "") -> Parsed:
    values = np.array([seconds])
    values.setflags(write=False)
    return Parsed(layout=_LAYOUT, values=values, texts=(("", SILENT, text),) if text else ())


_ANSWERS = _reading(0.0)
