"""GPU values of a poll: from CSV, from XML where CSV cannot be had; and what it means when neither can be read."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

import numpy as np

from collectors.parsers.nvidia_smi_csv import parse as parse_csv
from collectors.parsers.nvidia_smi_xml import parse as parse_xml
from collectors.parsers.parsed import Parsed
from collectors.ssh.answer import Answer, Dialogue
from collectors.ssh.commands import GPU_CSV, GPU_XML, GPU_XML_PLAIN, NOT_FOUND, Command, Output
from collectors.ssh.server import Server
from noc_console.model.poll import EMPTY_LAYOUT, EMPTY_VALUES, ErrorKind, Facts, Layout, Limits, PollError, Values

NO_GPUS = ("no-gpu", "driver-failed")
"""Problems with which nvidia-smi says, by itself and for certain, that it sees no GPU."""
HANGING = ("timeout", "still-running")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GpuValues:
    """The GPUs' part of an answer. `incomplete` says why there is none, where it should be."""

    layout: Layout = EMPTY_LAYOUT
    values: Values = field(default_factory=lambda: EMPTY_VALUES)
    texts: tuple[tuple[str, str, str], ...] = ()
    facts: Facts = field(default_factory=dict)
    limits: Limits | None = None
    incomplete: str = ""


def fast_command(server: Server) -> Command | None:
    """How this server's GPUs are asked often; None: it has none."""
    if server.has_gpus is False:
        return None
    return server.xml if server.by_xml else GPU_CSV


def wants_xml(server: Server, output: Output) -> bool:
    """Whether CSV cannot be had, so that XML is worth a try: some gates allow only that, some drivers lack a field."""
    if output.command is not GPU_CSV or output.problem in (*HANGING, "connection-lost") or output.status in (NOT_FOUND, 124, 137):
        return False
    return _read(output).problem not in ("", *NO_GPUS)


def gpu_values(server: Server, output: Output) -> GpuValues:
    """What this output tells; the server's memory follows."""
    if output.status == NOT_FOUND and not output.problem and not server.gpu_layout:
        server.has_gpus = False
        return GpuValues()
    parsed = _read(output)
    if not parsed.problem:
        server.has_gpus = True
        server.gpu_layout = parsed.layout
        server.learn_gpus(parsed.facts)
        return GpuValues(
            layout=parsed.layout, values=parsed.values, texts=parsed.texts, facts=parsed.facts, limits=parsed.limits or None
        )
    if parsed.problem in NO_GPUS:
        # The keys go: what an answer no longer has is missing.
        return GpuValues(incomplete=f"nvidia-smi: {parsed.problem}")
    # Not heard is not gone: the keys stay, without values.
    blank = np.full(len(server.gpu_layout), np.nan)
    blank.setflags(write=False)
    return GpuValues(
        layout=server.gpu_layout,
        values=blank,
        incomplete=output.says if _unread(output) else f"{output.command.name}: {parsed.problem}",
    )


def _unread(output: Output) -> bool:
    return bool(output.problem) or output.status not in output.command.accepted


def _read(output: Output) -> Parsed:
    """The output through its parser; one that failed is believed only in what it says of failing."""
    if output.problem:
        return Parsed(problem=output.problem)
    parse: Callable[[bytes], Parsed] = parse_csv if output.command is GPU_CSV else parse_xml
    parsed = parse(output.stdout)
    if not output.is_whole and parsed.problem not in NO_GPUS:
        return Parsed(problem="refused" if not output.stdout.strip() else "failed", detail=parsed.detail)
    return parsed


def full(server: Server) -> Dialogue:
    """Everything that nvidia-smi tells, and the limits and facts that the fast poll lacks."""
    (output,) = yield (server.xml,)
    if server.xml is GPU_XML and not output.problem and output.status not in (NOT_FOUND, *GPU_XML.accepted) and not output.stdout:
        (plain,) = yield (GPU_XML_PLAIN,)
        if plain.is_whole:
            server.xml, output = GPU_XML_PLAIN, plain
    return _full_answer(server, output)


def _full_answer(server: Server, output: Output) -> Answer:
    if output.problem == "connection-lost":
        return Answer(error=PollError(kind=ErrorKind.UNREACHABLE, reason=output.problem))
    if output.status == NOT_FOUND and not output.problem:
        return Answer()
    before = server.gpu_layout
    found = gpu_values(server, output)
    # The fast poll keeps its own keys, unless it is made of the same output.
    server.gpu_layout = server.gpu_layout if server.by_xml or not before else before
    if found.incomplete and not found.incomplete.endswith(NO_GPUS):
        return Answer(error=PollError(kind=ErrorKind.BAD_REPLY, reason=_reason(output), detail=found.incomplete))
    return Answer(
        layout=found.layout,
        values=found.values,
        texts=found.texts,
        facts=found.facts or None,
        limits=found.limits,
        incomplete=(found.incomplete,) if found.incomplete else (),
    )


def _reason(output: Output) -> str:
    if output.problem:
        return output.problem
    return "timeout" if output.status in (124, 137) else "refused" if output.status == 126 else "unreadable"


def learn_gpus(server: Server) -> Generator[tuple[Command, ...], tuple[Output, ...], None]:
    """Ask which GPU sits where, unless that is known: a log line names only the bus."""
    for command in (GPU_CSV, server.xml):
        if server.has_gpus is not None:
            return
        (output,) = yield (command,)
        if output.status == NOT_FOUND:
            return
        parsed = _read(output)
        if not parsed.problem:
            server.learn_gpus(parsed.facts)
            return
