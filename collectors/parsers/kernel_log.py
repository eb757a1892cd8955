"""Kernel logs: Xid and SXid lines, and GPUs that fell off the bus without one, in every style that tools print.

Styles seen: `dmesg` (`[123.456]`), `dmesg -T` (`[Fri Aug 30 11:43:09 2024]`), `dmesg -x --time-format iso`
(`kern  :warn  : 2025-01-21T04:41:44,283302+00:00`), journalctl short-iso, syslog in any language, and records of /dev/kmsg
(`4,1227,437812449932,-;…`, Documentation/ABI/testing/dev-kmsg), which alone carry the kernel's sequence number.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from collectors.parsers.cells import pci_bus_id
from collectors.parsers.parsed import MOST_BYTES, LoggedEvent, Parsed
from collectors.parsers.xid_catalogue import xid as entry_of
from noc_console.text import clean

MOST_LINE = 4096
MOST_EVENTS = 10_000
"""One fault writes hundreds of lines (656 of Xid 13 in one recording); a ring buffer of a megabyte holds about 10,000."""

_KMSG = re.compile(r"(\d{1,6}),(\d{1,18}),(\d{1,18}),[^;\n]{0,64};")
_UPTIME = re.compile(r"\[\s{0,12}(\d{1,12}\.\d{1,9})\]")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)")
_XID = re.compile(r"(?:^|[\s\];>])(?:NVRM:\s{1,4})?(S?)Xid \((?:PCI:)?([^()]{0,40})\):\s{0,4}(\d{1,6})\b,?\s{0,4}(.*)")
_WHO = re.compile(r"(?:pid=(?:'[^']{0,32}'|(\d{1,10})),?\s{0,8})?(?:name=([^,]{0,64}),?\s{0,8})?(.*)")
_LOST_GPU = re.compile(r"NVRM: The NVIDIA GPU ([0-9a-fA-F:.]{5,20})")
_BUS = re.compile(r"\b(?:[0-9a-fA-F]{4,8}:)[0-9a-fA-F]{2}:[0-9a-fA-F]{2}(?:\.[0-9])?\b")
_GPU_NAMED = "NVRM: The NVIDIA GPU"
_LOST = ("fallen off the bus", "RmInitAdapter failed!", "GPU has been lost", "GPU is lost")
_MARKS = ("Xid (", _GPU_NAMED, *_LOST)


def parse(text: str) -> Parsed:
    """One event for each line that tells one, numbered from 1; and the highest sequence number, where the style has them."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    events = []
    for event in _events(text):
        events.append(event)
        if len(events) >= MOST_EVENTS:
            return Parsed(problem="too-long", events=tuple(events), last_number=_last_number(text))
    return Parsed(events=tuple(events), last_number=_last_number(text))


def parse_line(text: str, line: int = 1) -> LoggedEvent | None:
    """What one line tells; None if it tells nothing of a GPU."""
    text = text[:MOST_LINE]
    if "Xid (" in text:
        match = _XID.search(text)
        if match:
            return _xid_event(text, match, line)
    if "NVRM" in text and any(words in text for words in _LOST):
        return _lost_event(text, line)
    return None


def _events(text: str) -> Iterator[LoggedEvent]:
    fallen = None  # bus id of the message that goes over three lines, of which only the first names it
    for line, content in _lines_that_may_tell(text):
        event = parse_line(content, line)
        if event is not None:
            if event.kind == "gpu-lost" and event.pci_bus_id is None:
                event = event._replace(pci_bus_id=fallen)
            yield event
        if _GPU_NAMED in content and (match := _LOST_GPU.search(content)):
            fallen = pci_bus_id(match[1])


def _lines_that_may_tell(text: str) -> Iterator[tuple[int, str]]:
    """(number, content) of the lines that hold one of the marks: found from mark to mark, most of a log is none of ours."""
    starts: set[int] = set()
    for mark in _MARKS:
        at = text.find(mark)
        while at >= 0 and len(starts) < 2 * MOST_EVENTS:
            starts.add(text.rfind("\n", 0, at) + 1)
            end = text.find("\n", at)
            at = text.find(mark, end) if end >= 0 else -1
    line, counted = 1, 0
    for start in sorted(starts):
        line, counted = line + text.count("\n", counted, start), start
        end = text.find("\n", start, start + MOST_LINE)
        yield line, text[start : end if end >= 0 else start + MOST_LINE]


def _last_number(text: str) -> int | None:
    """The highest sequence number of /dev/kmsg."""
    numbers = [int(match[2]) for match in re.finditer(rf"^{_KMSG.pattern}", text, re.MULTILINE)]
    return max(numbers, default=None)


def _xid_event(text: str, match: re.Match[str], line: int) -> LoggedEvent:
    told = _message(match[1], match[2], match[3], match[4])
    number, uptime, time = _stamp(text[: match.start() + 1])  # the sign before it ends a kmsg head
    return told._replace(line=line, number=number, uptime=uptime, time=time)


@lru_cache(maxsize=2048)
def _message(switch: str, bus: str, xid: str, rest: str) -> LoggedEvent:
    """What an Xid's message tells, without its line and its stamp: the lines of a burst differ in these alone."""
    code = int(xid)
    who = _WHO.match(rest)
    pid, process, words = (who[1], who[2], who[3]) if who else (None, None, rest)
    entry = entry_of(code)
    severity, action = _switch_severity(words) if switch else (entry.severity, entry.action)
    return LoggedEvent(
        line=0,
        kind="sxid" if switch else "xid",
        code=code,
        pci_bus_id=pci_bus_id(bus),
        pid=int(pid) if pid else None,
        process=_process(process),
        severity=severity,
        action=action,
        text=clean(words, 300),
    )


def _process(name: str | None) -> str | None:
    shown = clean(name or "", 64)
    return shown if shown and shown != "<unknown>" else None


def _switch_severity(words: str) -> tuple[str, str]:
    """An SXid says itself whether it is fatal (NVIDIA Fabric Manager guide); its numbers are a table of their own."""
    if words.startswith("Fatal"):
        return "critical", "reset_gpu"
    return "warning", "investigate"


def _lost_event(text: str, line: int) -> LoggedEvent:
    """A GPU that is gone without an Xid."""
    number, uptime, time = _stamp(text[:128])
    return _lost_message(text.partition("NVRM:")[2] or text)._replace(line=line, number=number, uptime=uptime, time=time)


@lru_cache(maxsize=1024)
def _lost_message(words: str) -> LoggedEvent:
    """What such a line tells, without its number and its stamp; judged as Xid 79 is."""
    bus = _BUS.search(words)
    return LoggedEvent(
        line=0,
        kind="gpu-lost",
        pci_bus_id=pci_bus_id(bus[0]) if bus else None,
        severity="critical",
        action="reboot_then_rma",
        text=clean(words, 300),
    )


def _stamp(head: str) -> tuple[int | None, float | None, float | None]:
    """(sequence number, seconds since boot, UTC seconds) of what stands before the message; each None if it is not told."""
    kmsg = _KMSG.match(head)
    if kmsg:
        return int(kmsg[2]), int(kmsg[3]) / 1e6, None
    iso = _ISO.search(head)
    if iso:
        try:
            return None, None, datetime.fromisoformat(iso[0].replace(",", ".")).timestamp()
        except (ValueError, OverflowError):
            return None, None, None
    since = _UPTIME.search(head)
    return None, float(since[1]) if since else None, None
