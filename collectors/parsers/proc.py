"""Linux hosts: /proc/stat, meminfo, net/dev, uptime, loadavg and the boot_id, as columns (proc(5))."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from math import isnan, nan
from operator import itemgetter

import numpy as np

from collectors.parsers.parsed import MOST_BYTES, Parsed
from noc_console.model.poll import Key, Layout, Values
from noc_console.text import clean

USER_HZ = 100.0
"""Ticks in a second in /proc/stat; 100 on every Linux that matters (sysconf(_SC_CLK_TCK))."""
MOST_INTERFACES = 512
MOST_LINES = 4096
MOST_NAME = 256
"""Characters of an interface's name that are looked at; Linux allows 15, and aliases a few more."""
MOST_DIGITS = 20
"""Of a counter; 2^64 has twenty."""
MOST_STAT_LINES = 8192
"""One for each processor, and a dozen."""

_STAT = Layout.of([("", "cpu_busy_seconds_total"), ("", "cpu_seconds_total"), ("", "boot_time_seconds")])
_MEMORY = Layout.of([("", "memory_used_bytes"), ("", "memory_total_bytes")])
_MEMORY_LINES = frozenset(("MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached", "SReclaimable", "Shmem"))
_UPTIME = Layout.of([("", "uptime_seconds")])
_LOAD = Layout.of([("", "load_average")])
_PORT_METRICS = (
    # metric, its column in /proc/net/dev counted behind the name
    ("in_octets_total", 0),
    ("in_errors_total", 2),
    ("in_discards_total", 3),
    ("out_octets_total", 8),
    ("out_errors_total", 10),
    ("out_discards_total", 11),
)
_counters = itemgetter(*(at for _, at in _PORT_METRICS))
# Ends of containers' and machines' cables come and go with them, and would make a new layout each time.
_PASSING = re.compile(r"lo$|veth|cali|lxc|tap|vnet|ifb|nodelocaldns|kube-ipvs")
_BOOT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _frozen(*values: float) -> Values:
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


def _natural(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else nan


def _checked(text: str) -> str:
    """Why a text is not worth reading; empty if it is."""
    if len(text) > MOST_BYTES:
        return "too-long"
    return "" if text.strip() else "empty"


def parse_stat(text: str) -> Parsed:
    """/proc/stat: seconds of all processors since boot, busy and in all, and when the host booted (UTC seconds).

    Busy is all but idle and waiting for a disk; a guest's time stands in user's already. The share needs two of them:
    `cpu_utilization`.
    """
    problem = _checked(text)
    if problem:
        return Parsed(problem=problem)
    busy = total = booted = nan
    for line in text.split("\n", MOST_STAT_LINES)[:MOST_STAT_LINES]:
        words = line.split(maxsplit=11) if line.startswith(("cpu ", "btime ")) else []
        if words[:1] == ["cpu"] and len(words) >= 5 and isnan(total):
            ticks = [_natural(word) for word in words[1:9]]
            total = sum(ticks) / USER_HZ
            busy = (sum(ticks) - sum(ticks[3:5])) / USER_HZ
        elif words[:1] == ["btime"] and len(words) >= 2:
            booted = _natural(words[1])
    return _simple(_STAT, busy, total, booted, detail=text)


def cpu_utilization(before: Parsed, after: Parsed) -> float:
    """Percent of all processors that were busy between two readings of /proc/stat; NaN if that cannot be told.

    It cannot after a reboot, and within the same tick.
    """
    if before.layout is not _STAT or after.layout is not _STAT:
        return nan
    now, then = after.values.tolist(), before.values.tolist()
    busy, total = float(now[0] - then[0]), float(now[1] - then[1])
    if not total > 0 or not busy >= 0:
        return nan
    return min(100.0 * busy / total, 100.0)


def parse_meminfo(text: str) -> Parsed:
    """/proc/meminfo: memory in bytes, and what of it is used, that is not available to new programs.

    Before Linux 3.14 there is no MemAvailable (else the third line, behind MemTotal); free, buffers and cache (without shared
    memory) stand for it.
    """
    problem = _checked(text)
    if problem:
        return Parsed(problem=problem)
    found = _memory_lines(text.split("\n", 4)[:4])
    if not {"MemTotal", "MemAvailable"} <= found.keys():
        found = _memory_lines(text.split("\n", 256)[:256])
    total = found.get("MemTotal", nan)
    free = found.get("MemFree", nan) + found.get("Buffers", 0.0) + found.get("Cached", 0.0) + found.get("SReclaimable", 0.0)
    available = found.get("MemAvailable", free - found.get("Shmem", 0.0))
    used = total - available
    return _simple(_MEMORY, used if used >= 0 else nan, total, detail=text)


def _memory_lines(lines: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in lines:
        name, _, rest = line.partition(":")
        if name in _MEMORY_LINES and (words := rest.split(maxsplit=2)):
            found[name] = _natural(words[0]) * (1024.0 if words[1:2] == ["kB"] else 1.0)
    return found


def parse_uptime(text: str) -> Parsed:
    """/proc/uptime: seconds since boot."""
    problem = _checked(text)
    return Parsed(problem=problem) if problem else _simple(_UPTIME, _first_decimal(text), detail=text)


def parse_loadavg(text: str) -> Parsed:
    """/proc/loadavg: the load average over one minute."""
    problem = _checked(text)
    return Parsed(problem=problem) if problem else _simple(_LOAD, _first_decimal(text), detail=text)


def parse_boot_id(text: str) -> Parsed:
    """/proc/sys/kernel/random/boot_id: names one run of the kernel; what its log numbers count within."""
    problem = _checked(text)
    boot_id = text[:100].strip()
    if problem or not _BOOT_ID.fullmatch(boot_id):
        return Parsed(problem=problem or "not-this-tool", detail=clean(text, 100))
    return Parsed(facts={"": {"boot_id": boot_id}})


def _first_decimal(text: str) -> float:
    match = re.match(r"\s{0,16}([0-9]{1,15}(?:\.[0-9]{1,6})?)(?!\S)", text)
    return float(match[1]) if match else nan


def _simple(layout: Layout, *values: float, detail: str) -> Parsed:
    """Columns of the device itself; `not-this-tool` if none of them was given."""
    array = _frozen(*values)
    if all(value != value for value in values):
        return Parsed(problem="not-this-tool", detail=clean(detail, 100), layout=layout, values=array)
    return Parsed(layout=layout, values=array)


@lru_cache(maxsize=1024)
def _ports_layout(names: tuple[str, ...]) -> Layout:
    return Layout.of((name, metric) for name in names for metric, _ in _PORT_METRICS)


def parse_net_dev(text: str) -> Parsed:
    """/proc/net/dev: octets, errors and discards of each interface that stays; the loopback and containers' ends are left out."""
    problem = _checked(text)
    if problem:
        return Parsed(problem=problem)
    rows: dict[str, tuple[str, ...]] = {}
    for line in text.split("\n", MOST_LINES)[:MOST_LINES]:
        # A name may hold colons (an alias: `ibr10:30`), the counters none.
        name, _, rest = line.rpartition(":")
        words = rest.split(maxsplit=12)
        if len(words) >= 12 and words[0].isdigit():
            shown = _lasting(name[:MOST_NAME])
            if shown and shown not in rows and len(rows) < MOST_INTERFACES:
                rows[shown] = _counters(words)
    if not rows and "face" not in text[:1000]:
        return Parsed(problem="not-this-tool", detail=clean(text, 100))
    names = tuple(rows)
    return Parsed(components=names, layout=_ports_layout(names), values=_frozen(*_naturals(list(chain(*rows.values())))))


@lru_cache(maxsize=4096)
def _lasting(name: str) -> str:
    """The interface's name; empty for one that comes and goes."""
    name = clean(name, 64)
    return "" if _PASSING.match(name) else name


def _naturals(words: list[str]) -> list[float]:
    """Each as `_natural` reads it: all at once, where nothing is wrong with any."""
    together = "".join(words)
    if together.isascii() and together.isdigit() and max(map(len, words)) <= MOST_DIGITS:
        return list(map(float, words))
    return [_natural(word) for word in words]


@lru_cache(maxsize=1024)
def joined_layout(parts: tuple[Layout, ...]) -> Layout:
    """Keys behind each other. ValueError if one is in two."""
    keys: list[Key] = [key for part in parts for key in part.keys]
    return Layout.of(keys)


def joined(parts: Sequence[Parsed]) -> Parsed:
    """Several outputs of one poll as one: their columns behind each other. The first problem stands.

    ValueError if a key is in two.
    """
    values = np.concatenate([part.values for part in parts]) if parts else np.zeros(0)
    values.setflags(write=False)
    facts: dict[str, dict[str, str]] = {}
    limits: dict[str, dict[str, dict[str, float]]] = {}
    for part in parts:
        for component, own in part.facts.items():
            facts.setdefault(component, {}).update(own)
        for component, metrics in part.limits.items():
            limits.setdefault(component, {}).update({metric: dict(levels) for metric, levels in metrics.items()})
    wrong = next((part for part in parts if part.problem), Parsed())
    return Parsed(
        problem=wrong.problem,
        detail=wrong.detail,
        components=tuple(dict.fromkeys(component for part in parts for component in part.components)),
        layout=joined_layout(tuple(part.layout for part in parts)),
        values=values,
        texts=tuple(text for part in parts for text in part.texts),
        events=tuple(event for part in parts for event in part.events),
        last_number=max((part.last_number for part in parts if part.last_number is not None), default=None),
        facts=facts,
        limits=limits,
    )
