"""The part of a poll that comes from /proc: CPU, memory, network, uptime, and which boot it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from collectors.ssh.commands import Output
from collectors.ssh.server import Server
from noc_console.model.poll import EMPTY_LAYOUT, EMPTY_VALUES, Facts, Layout, Values
from noc_console.text import clean

MOST_INTERFACES = 512
"""More than that is no server's own (a host of thousands of containers): the first ones are taken."""
_DEVICE_METRICS = ("uptime_seconds", "cpu_utilization_percent", "memory_used_bytes", "memory_total_bytes")
# proc(5), /proc/net/dev: column of each of them after the interface's name.
_NET_METRICS = (
    ("in_octets_total", 0),
    ("out_octets_total", 8),
    ("in_errors_total", 2),
    ("out_errors_total", 10),
    ("in_discards_total", 3),
    ("out_discards_total", 11),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HostValues:
    """The host's part of an answer. `incomplete` says why there is none, or what of it is missing."""

    layout: Layout = EMPTY_LAYOUT
    values: Values = field(default_factory=lambda: EMPTY_VALUES)
    facts: Facts = field(default_factory=dict)
    incomplete: str = ""


def host_values(server: Server, output: Output) -> HostValues:
    """What /proc tells; CPU load is that since the last poll, not given at the first."""
    if not output.is_whole:
        return _blank(server, output.says)
    files = by_file(output.stdout.decode("utf-8", "replace"))
    uptime = _first_number(files.get("uptime", ()))
    if uptime is None:
        return _blank(server, "proc: unreadable")
    boot = _first_word(files, "sys/kernel/random/boot_id")
    load = _cpu_load(server, boot, files.get("stat", ()))
    memory = _memory(files.get("meminfo", ()))
    names, network = _network(files.get("net/dev", ()))
    keys = [*(("", metric) for metric in _DEVICE_METRICS), *((name, metric) for name in names for metric, _ in _NET_METRICS)]
    values = np.array([uptime, load, *memory, *network])
    values.setflags(write=False)
    facts = {
        "boot_id": boot,
        "sysName": _first_word(files, "sys/kernel/hostname"),
        "kernel": _first_word(files, "sys/kernel/osrelease"),
    }
    server.host_layout = Layout.of(keys)
    return HostValues(layout=server.host_layout, values=values, facts={"": {name: word for name, word in facts.items() if word}})


def by_file(text: str) -> dict[str, list[str]]:
    """Lines of each file under /proc, by its path there; `grep` has put the file's name before each."""
    files: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, colon, rest = line.partition("/proc/")[2].partition(":")
        if colon:
            files.setdefault(name, []).append(rest)
    return files


def _blank(server: Server, why: str) -> HostValues:
    """Not heard is not gone: the keys of the last answer, without values."""
    values = np.full(len(server.host_layout), np.nan)
    values.setflags(write=False)
    return HostValues(layout=server.host_layout, values=values, incomplete=why)


def _first_number(lines: Sequence[str]) -> float | None:
    try:
        return float(lines[0].split()[0]) if lines else None
    except (ValueError, IndexError):
        return None


def _first_word(files: dict[str, list[str]], name: str) -> str:
    lines = files.get(name, [])
    return clean(lines[0], 128) if lines else ""


def _cpu_load(server: Server, boot: str, lines: Sequence[str]) -> float:
    """Percent of all CPUs' time since the last poll that was not idle (proc(5): idle and iowait are the 4th and 5th)."""
    ticks = next((line.split()[1:9] for line in lines if line.startswith("cpu ")), [])
    try:
        numbers = [float(word) for word in ticks]
    except ValueError:
        numbers = []
    before, server.cpu = (server.cpu if boot == server.boot else None), None
    server.boot = boot
    if len(numbers) < 5:
        return np.nan
    total = sum(numbers)
    server.cpu = total - numbers[3] - numbers[4], total
    if before is None or total <= before[1]:
        return np.nan
    return min(100.0, max(0.0, 100.0 * (server.cpu[0] - before[0]) / (total - before[1])))


def _memory(lines: Sequence[str]) -> tuple[float, float]:
    """Used and total bytes; used is what is not available to a new program (MemAvailable, kernel 3.14 and later)."""
    kilobytes = {}
    for line in lines:
        name, _, rest = line.partition(":")
        if name in ("MemTotal", "MemAvailable"):
            words = rest.split()
            kilobytes[name] = float(words[0]) if words and words[0].isdigit() else np.nan
    total = kilobytes.get("MemTotal", np.nan) * 1024
    return total - kilobytes.get("MemAvailable", np.nan) * 1024, total


def _network(lines: Sequence[str]) -> tuple[list[str], list[float]]:
    """Names of the interfaces and their counters, flat; the loopback is nobody's concern."""
    names: list[str] = []
    numbers: list[float] = []
    for line in lines:
        name, colon, rest = line.rpartition(":")
        words = rest.split()
        component = clean(name, 64)
        if not colon or len(words) < 16 or component in ("", "lo") or component in names or len(names) >= MOST_INTERFACES:
            continue
        try:
            row = [float(words[column]) for _, column in _NET_METRICS]
        except ValueError:
            continue
        names.append(component)
        numbers += row
    return names, numbers
