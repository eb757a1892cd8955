"""The polls of a server, one dialogue each: the fast one, the full one, the kernel log."""

from collections.abc import Callable

import numpy as np

from collectors.parsers.parsed import Parsed
from collectors.ssh.answer import Answer, Dialogue
from collectors.ssh.commands import HOST, TIMED_OUT, TOOL_STATE, Output
from collectors.ssh.gpu_poll import GpuValues, fast_command, full, gpu_values, second_try
from collectors.ssh.host_poll import host_values
from collectors.ssh.kernel_poll import kernel
from collectors.ssh.server import Server
from collectors.ssh.tool_poll import ask_tools, look_for_tools
from collectors.ssh.tool_watch import hangs, note, stuck_process
from collectors.ssh.tools import DAY_S, KINDS, interval_of, kinds_of
from noc_console.model.poll import ErrorKind, Facts, Layout, PollError

FULL_INTERVAL_S = 300.0

_joined: dict[tuple[int, int], Layout] = {}


LEAST_KERNEL_S = 5.0
"""A kernel log is a ring of up to some megabytes: read whole each second it would cost the server a few percent of a core."""


def sources_of(protocol: str, interval: float) -> tuple[tuple[str, float, str], ...]:
    """The sources that a server is polled for: name, interval, and the one that it is polled along with."""
    return (
        (protocol, interval, ""),
        (f"{protocol}:kernel", max(LEAST_KERNEL_S, interval), protocol),
        (f"{protocol}:full", max(FULL_INTERVAL_S, interval), ""),
        (f"{protocol}:tools", DAY_S, ""),
    )


def tool_sources_of(protocol: str, server: Server, interval: float) -> tuple[tuple[str, float], ...]:
    """The sources that the tools found on a server give, with their intervals."""
    return tuple((f"{protocol}:{kind}", interval_of(kind, interval)) for kind in kinds_of(server.tools))


def dialogue(source: str, server: Server, clock: Callable[[], float]) -> Dialogue:
    """The poll of a source: `ssh`, `ssh:full`, `ssh:kernel`, and the same of `local`. ValueError for another."""
    kind = source.partition(":")[2]
    if kind == "":
        return fast(server, clock)
    if kind == "full":
        return full(server)
    if kind == "kernel":
        return kernel(server, clock)
    if kind == "tools":
        return look_for_tools(server)
    if kind in KINDS:
        return ask_tools(server, kind)
    raise ValueError(f"no poll is called {source}")


def fast(server: Server, clock: Callable[[], float]) -> Dialogue:
    """GPUs and /proc at the same time; neither waits for the other to work."""
    command = fast_command(server)
    if command is None:
        (host,) = yield (HOST,)
        return _answer(server, None, host, GpuValues(), Parsed())
    stuck = ""
    if server.hung_since is None:
        gpu, host = yield command, HOST
    else:
        host, state = yield HOST, TOOL_STATE
        stuck = stuck_process(state)
        if stuck:
            gpu = Output(command=command, problem="still-running")
        else:
            (gpu,) = yield (command,)
    if hangs(gpu) and server.hung_since is None:
        (state,) = yield (TOOL_STATE,)
        stuck = stuck_process(state)
    while (another := second_try(server, gpu)) is not None:
        (gpu,) = yield (another,)
    found = gpu_values(server, gpu)
    # What was read only on the second try is asked for first from now on.
    server.by_xml = gpu.command is server.xml and (server.by_xml or found.is_readable)
    tool = note(server, gpu, stuck, clock) if server.has_gpus or hangs(gpu) else Parsed()
    return _answer(server, gpu, host, found, tool)


def _answer(server: Server, gpu: Output | None, host: Output, gpus: GpuValues, tool: Parsed) -> Answer:
    outputs = [output for output in (gpu, host) if output is not None]
    if all(output.problem == "connection-lost" for output in outputs):
        return Answer(error=PollError(kind=ErrorKind.UNREACHABLE, reason="connection-lost"))
    machine = host_values(server, host)
    incomplete = tuple(part for part in (gpus.incomplete, machine.incomplete) if part)
    if not machine.is_readable and (gpu is None or not gpus.is_readable or not server.has_gpus):
        return Answer(error=_nothing_readable(outputs, incomplete))
    values = np.concatenate((machine.values, gpus.values, tool.values))
    values.setflags(write=False)
    return Answer(
        layout=_join(_join(machine.layout, gpus.layout), tool.layout),
        values=values,
        texts=(*gpus.texts, *tool.texts),
        facts=server.news(_both(machine.facts, gpus.facts)),
        incomplete=incomplete,
    )


def _nothing_readable(outputs: list[Output], incomplete: tuple[str, ...]) -> PollError:
    """It answers, but nothing that it answers can be used."""
    hangs = all(output.problem in ("timeout", "still-running") or output.status in TIMED_OUT for output in outputs)
    return PollError(kind=ErrorKind.BAD_REPLY, reason="timeout" if hangs else "unreadable", detail="; ".join(incomplete))


def _join(first: Layout, second: Layout) -> Layout:
    """Both orders in one; the same pair gives the same layout without building its keys."""
    if not len(first) or not len(second):
        return first if len(first) else second
    pair = (first.number, second.number)
    known = _joined.get(pair)
    if known is None:
        known = _joined.setdefault(pair, Layout.of((*first.keys, *second.keys)))
    return known


def _both(first: Facts, second: Facts) -> Facts:
    """Facts of the device itself may come from both."""
    both = {**first, **second}
    if "" in first and "" in second:
        both[""] = {**first[""], **second[""]}
    return both
