"""GPU events out of the kernel log, each once: read from a cursor, by whichever way the server allows.

A cursor is (boot_id, number). The number is the kernel's own sequence number from /dev/kmsg; dmesg and journalctl do not
tell it, there it is the stamp in microseconds since boot (×64, counting lines of the same microsecond).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from collectors.parsers.cgroup_jobs import jobs
from collectors.parsers.kernel_log import parse as parse_log
from collectors.parsers.parsed import LoggedEvent
from collectors.ssh.answer import Answer, Dialogue
from collectors.ssh.commands import JOBS, KERNEL_KMSG, KERNEL_WAYS, TIMED_OUT, Command, Output
from collectors.ssh.gpu_poll import learn_gpus
from collectors.ssh.server import Server
from noc_console.model.poll import Cursor, ErrorKind, Event, PollError

RECENT_S = 600.0
"""At first contact, older lines are history that nobody is to be called for."""
RETRY_S = 300.0
"""How long a server whose log cannot be read is left alone."""
SAME_STAMP = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelLines:
    """An output taken apart: which boot, for how long, and the log's lines."""

    boot: str
    uptime: float
    text: bytes


def kernel(server: Server, clock: Callable[[], float]) -> Dialogue:
    """New events since the cursor. What cannot be read at all is `incomplete`, not an error: it is how the server is set up."""
    now = clock()
    if server.log_retry is not None and now < server.log_retry:
        return Answer(incomplete=("kernel log: not allowed to read it",))
    for way in range(server.log_way, len(KERNEL_WAYS)):
        (output,) = yield (KERNEL_WAYS[way],)
        if output.problem or output.status in TIMED_OUT:
            return _failed(output)
        lines = take_apart(output)
        if lines is not None:
            server.log_way, server.log_retry = way, None
            if lines.text:
                yield from learn_gpus(server)
            answer = _answer(server, KERNEL_WAYS[way], lines, clock())
            return (yield from _with_jobs(server, answer))
    server.log_way, server.log_retry = 0, now + RETRY_S
    return Answer(incomplete=("kernel log: not allowed to read it",))


def _failed(output: Output) -> Answer:
    kind = ErrorKind.UNREACHABLE if output.problem == "connection-lost" else ErrorKind.BAD_REPLY
    return Answer(error=PollError(kind=kind, reason=output.problem or "timeout", detail=output.says))


def take_apart(output: Output) -> KernelLines | None:
    """The frame that the commands put around the log; None if it is not whole."""
    if not output.is_whole or not output.stdout.endswith(b"end\n"):
        return None
    first, _, rest = output.stdout.partition(b"\n")
    second, _, text = rest.partition(b"\n")
    try:
        uptime = float(second.split()[0])
    except (ValueError, IndexError):
        return None
    boot = first.decode("ascii", "replace").strip()
    return KernelLines(boot=boot, uptime=uptime, text=text[:-4]) if 0 < len(boot) <= 64 else None


def _answer(server: Server, command: Command, lines: KernelLines, now: float) -> Answer:
    seen, server.log_seen = server.log_seen, lines.text + lines.boot.encode()
    if seen and seen == server.log_seen:
        return Answer()
    name = f"{server.protocol}:kernel" if command is KERNEL_KMSG else f"{server.protocol}:kernel-stamp"
    cursor = server.log_cursors.get(name)
    booted = now - lines.uptime
    found = list(_numbered(parse_log(lines.text.decode("utf-8", "replace")).events))
    fresh = [event for event in found if _is_new(event, cursor, lines)]
    number = max((event.number or 0 for event in found), default=0)
    if cursor is not None and cursor.boot == lines.boot:
        number = max(number, cursor.number)
    moved = Cursor(name=name, boot=lines.boot, number=number)
    server.log_cursors[name] = moved
    return Answer(
        events=tuple(_event(server, event, lines.boot, now, booted) for event in fresh),
        cursor=None if moved == cursor else moved,
    )


def _with_jobs(server: Server, answer: Answer) -> Dialogue:
    """The events with whose work it was: as of the last look, or of one now, while the process may still be there."""
    named = {event.pid for event in answer.events if event.pid is not None}
    if JOBS.name in server.tools and named - server.jobs.keys():
        (output,) = yield (JOBS,)
        if output.is_whole:
            now = jobs(output.stdout.decode("utf-8", "replace"))
            # a process that has ended meanwhile keeps the job that it had
            server.jobs = {**{pid: job for pid, job in server.jobs.items() if pid in named}, **now}
    if not named & server.jobs.keys():
        return answer
    told = (replace(event, job=server.jobs.get(event.pid or -1, "")) for event in answer.events)
    return replace(answer, events=tuple(told))


def _numbered(events: tuple[LoggedEvent, ...]) -> Iterator[LoggedEvent]:
    """Each event with a number that grows and stays the same: the kernel's, or one made from its stamp."""
    last, again = -1, 0
    for event in events:
        if event.number is not None:
            yield event
            continue
        stamp = round((event.uptime or 0.0) * 1e6)
        again = min(again + 1, SAME_STAMP - 1) if stamp == last else 0
        last = stamp
        yield event._replace(number=stamp * SAME_STAMP + again)


def _is_new(event: LoggedEvent, cursor: Cursor | None, lines: KernelLines) -> bool:
    if cursor is None:
        return event.uptime is None or lines.uptime - event.uptime <= RECENT_S
    return cursor.boot != lines.boot or (event.number or 0) > cursor.number


def _event(server: Server, event: LoggedEvent, boot: str, now: float, booted: float) -> Event:
    component = server.gpus.get(event.pci_bus_id) if event.pci_bus_id else None
    return event.as_event(seen=now, booted=booted, boot=boot, component=component)
