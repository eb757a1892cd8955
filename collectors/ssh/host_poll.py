"""The part of a poll that comes from /proc: CPU, memory, network, uptime, and which boot it is."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from collectors.parsers.parsed import Parsed
from collectors.parsers.proc import (
    cpu_utilization,
    joined_layout,
    parse_boot_id,
    parse_meminfo,
    parse_net_dev,
    parse_stat,
    parse_uptime,
)
from collectors.ssh.commands import Output
from collectors.ssh.server import Server
from noc_console.model.poll import EMPTY_LAYOUT, EMPTY_VALUES, Facts, Layout, Values
from noc_console.text import clean

_UTILIZATION = Layout.of([("", "cpu_utilization_percent")])
_PARSERS: tuple[tuple[str, Callable[[str], Parsed]], ...] = (
    ("stat", parse_stat),
    ("meminfo", parse_meminfo),
    ("uptime", parse_uptime),
    ("net/dev", parse_net_dev),
    ("sys/kernel/random/boot_id", parse_boot_id),
)
_WORDS = (("sys/kernel/hostname", "sysName"), ("sys/kernel/osrelease", "kernel"))
MOST_FILES = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HostValues:
    """The host's part of an answer. `incomplete` says why there is none, or what of it is missing."""

    layout: Layout = EMPTY_LAYOUT
    values: Values = field(default_factory=lambda: EMPTY_VALUES)
    facts: Facts = field(default_factory=dict)
    incomplete: str = ""
    is_readable: bool = True


def host_values(server: Server, output: Output) -> HostValues:
    """What /proc tells; CPU load is that since the last poll, not given at the first."""
    if not output.is_whole:
        return _blank(server, output.says)
    files = by_file(output.stdout.decode("utf-8", "replace"))
    parts = read_host(files)
    wrong = [f"/proc/{name}: {part.problem}" for name, part in parts.items() if part.problem]
    if len(wrong) == len(parts):
        return _blank(server, "proc: unreadable")
    # What an answer lacks is missing, so a file that could not be read keeps its keys too, if it ever had any.
    if wrong and server.host_layout:
        return _blank(server, "; ".join(wrong), is_readable=True)
    return _read(server, files, parts, "; ".join(wrong))


def _read(server: Server, files: dict[str, str], parts: dict[str, Parsed], wrong: str) -> HostValues:
    before, server.stat = server.stat, parts["stat"]
    load = np.nan if before is None else cpu_utilization(before, server.stat)
    # The processors' seconds only serve to tell their load.
    shown = [part for name, part in parts.items() if name != "stat"]
    server.host_layout = joined_layout((*(part.layout for part in shown), _UTILIZATION))
    values = np.concatenate((*(part.values for part in shown), (load,)))
    values.setflags(write=False)
    facts = {"": {**parts["sys/kernel/random/boot_id"].facts.get("", {}), **words_of(files)}}
    return HostValues(layout=server.host_layout, values=values, facts=facts, incomplete=wrong)


def read_host(files: dict[str, str]) -> dict[str, Parsed]:
    """Each file through its parser."""
    return {name: parse(files.get(name, "")) for name, parse in _PARSERS}


def words_of(files: dict[str, str]) -> dict[str, str]:
    """Facts of the host that are words."""
    return {fact: clean(files[name], 128) for name, fact in _WORDS if name in files}


def _blank(server: Server, why: str, *, is_readable: bool = False) -> HostValues:
    """Not heard is not gone: the keys of the last answer, without values."""
    values = np.full(len(server.host_layout), np.nan)
    values.setflags(write=False)
    return HostValues(layout=server.host_layout, values=values, incomplete=why, is_readable=is_readable)


def by_file(text: str) -> dict[str, str]:
    """Content of each file under /proc, by its path there; `grep` has put the file's name before each line.

    It prints one file after the other, so a file is what stands between its first line and its last.
    """
    files: dict[str, str] = {}
    at = text.find("/proc/")
    while at >= 0 and len(files) < MOST_FILES:
        start, colon = text.rfind("\n", 0, at) + 1, text.find(":", at)
        if colon < 0:
            break
        begins = f"\n{text[start : colon + 1]}"
        end = text.find("\n", max(text.rfind(begins) + 1, colon))
        end = len(text) if end < 0 else end
        files.setdefault(text[at + 6 : colon], text[colon + 1 : end].replace(begins, "\n"))
        at = text.find("/proc/", end)
    return files
