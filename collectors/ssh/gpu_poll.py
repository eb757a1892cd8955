"""GPU values of a poll: from CSV, from XML where CSV cannot be had; and what it means when neither can be read."""

import re
from collections.abc import Generator
from dataclasses import dataclass, field

import numpy as np

from collectors.parsers.cells import pci_bus_id
from collectors.parsers.nvidia_smi_csv import parse as parse_csv
from collectors.parsers.nvidia_smi_xml import parse as parse_xml
from collectors.parsers.parsed import Parsed
from collectors.ssh.answer import Answer, Dialogue
from collectors.ssh.commands import CSV_WAYS, GPU_XML, GPU_XML_PLAIN, NOT_FOUND, TIMED_OUT, Command, Output
from collectors.ssh.server import Server
from noc_console.model.poll import EMPTY_LAYOUT, EMPTY_VALUES, ErrorKind, Facts, Layout, Limits, PollError, Values

NO_GPUS = frozenset(("no-gpu", "driver-failed"))
"""Problems with which nvidia-smi says, by itself and for certain, that it sees no GPU."""
LOST = "gpu-lost"
READABLE = frozenset(("", LOST, "no-permission"))
"""Problems of single GPUs or cells: what stands beside them is true."""
HANGING = ("timeout", "still-running")
_BUS = re.compile(r"[0-9A-Fa-f]{4,8}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}(?:\.[0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GpuValues:
    """The GPUs' part of an answer. `incomplete` says why there is none, where it should be."""

    layout: Layout = EMPTY_LAYOUT
    values: Values = field(default_factory=lambda: EMPTY_VALUES)
    texts: tuple[tuple[str, str, str], ...] = ()
    facts: Facts = field(default_factory=dict)
    limits: Limits | None = None
    incomplete: str = ""
    is_readable: bool = True


def fast_command(server: Server) -> Command | None:
    """How this server's GPUs are asked often; None: it has none."""
    if server.has_gpus is False:
        return None
    return server.xml if server.by_xml else server.csv


def second_try(server: Server, output: Output) -> Command | None:
    """What to ask after a CSV that was refused or cannot be read: fewer fields, or XML; some gates allow only that."""
    if output.command.name != server.csv.name or output.problem in (*HANGING, "connection-lost"):
        return None
    if output.status in (NOT_FOUND, *TIMED_OUT):
        return None
    problem = read_gpus(output).problem
    if problem in READABLE | NO_GPUS:
        return None
    fewer = CSV_WAYS[CSV_WAYS.index(server.csv) + 1 :]
    if problem == "unknown-field" and fewer:
        server.csv = fewer[0]
        return server.csv
    return server.xml


def gpu_values(server: Server, output: Output) -> GpuValues:
    """What this output tells; the server's memory follows."""
    if output.status == NOT_FOUND and not output.problem and not server.gpu_layout:
        server.has_gpus = False
        return GpuValues()
    parsed = read_gpus(output)
    if parsed.problem in READABLE and parsed.components:
        server.has_gpus = True
        server.gpu_layout = parsed.layout
        server.learn_gpus(parsed.facts)
        return GpuValues(
            layout=parsed.layout, values=parsed.values, texts=parsed.texts, facts=parsed.facts, limits=parsed.limits or None
        )
    if parsed.problem in NO_GPUS:
        # The keys go: what an answer no longer has is missing.
        return GpuValues(incomplete=f"nvidia-smi: {parsed.problem}")
    if parsed.problem == LOST:
        return _without_the_lost(server, parsed.detail)
    return _blank(server.gpu_layout, output.says if output.has_failed else f"{output.command.name}: {parsed.problem}")


def _without_the_lost(server: Server, detail: str) -> GpuValues:
    """One GPU is lost, and nvidia-smi says nothing of the others: they are not given, only the lost one is missing.

    Where none has been seen yet, nobody can tell which are the others: that is no answer.
    """
    found = _BUS.search(detail)
    lost = server.gpus.get(pci_bus_id(found[0]) or "") if found else None
    keys = [key for key in server.gpu_layout.keys if key[0] != lost]
    if lost is None or not keys:
        return _blank(server.gpu_layout, f"nvidia-smi: {detail}")
    return _blank(Layout.of(keys), f"nvidia-smi: {LOST}: {detail}", is_readable=True)


def _blank(layout: Layout, why: str, *, is_readable: bool = False) -> GpuValues:
    """Not heard is not gone: the keys stay, without values."""
    values = np.full(len(layout), np.nan)
    values.setflags(write=False)
    return GpuValues(layout=layout, values=values, incomplete=why, is_readable=is_readable)


def read_gpus(output: Output) -> Parsed:
    """The output through its parser; one that failed is believed only in what it says of failing."""
    if output.problem:
        return Parsed(problem=output.problem)
    if output.parsed is None:
        object.__setattr__(output, "parsed", _parsed(output))  # frozen for all but this memory
    assert output.parsed is not None
    return output.parsed


def _parsed(output: Output) -> Parsed:
    text = output.stdout.decode("utf-8", "replace")
    parsed = (parse_xml if output.command.name == GPU_XML.name else parse_csv)(text or output.stderr.decode("utf-8", "replace"))
    if output.is_whole or parsed.problem in (*NO_GPUS, LOST, "unknown-field"):
        return parsed
    return Parsed(problem="refused" if not text.strip() else "failed", detail=parsed.detail)


def full(server: Server) -> Dialogue:
    """Everything that nvidia-smi tells, and the limits and facts that the fast poll lacks."""
    if server.hung_since is not None:  # that it hangs is told by the fast poll; a second one would hang as well
        blank = _blank(server.full_layout, "nvidia-smi: still-running")
        return Answer(layout=blank.layout, values=blank.values, incomplete=(blank.incomplete,) if len(blank.layout) else ())
    (output,) = yield (server.xml,)
    if server.xml is GPU_XML and output.is_refused:
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
    server.gpu_layout = server.full_layout
    found = gpu_values(server, output)
    server.full_layout = server.gpu_layout
    # The fast poll keeps its own keys, unless it is made of the same output.
    if not server.by_xml:
        server.gpu_layout = before
    if not found.is_readable:
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
    return "timeout" if output.status in TIMED_OUT else "refused" if output.is_refused else "unreadable"


def learn_gpus(server: Server) -> Generator[tuple[Command, ...], tuple[Output, ...], None]:
    """Ask which GPU sits where, unless that is known: a log line names only the bus."""
    for command in (server.csv, server.xml):
        if server.has_gpus is not None:
            return
        (output,) = yield (command,)
        if output.status == NOT_FOUND:
            return
        parsed = read_gpus(output)
        if parsed.components:
            server.learn_gpus(parsed.facts)
            return
