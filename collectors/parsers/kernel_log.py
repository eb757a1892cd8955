"""Kernel logs: Xid and SXid lines, and GPUs that fell off the bus without one, in every style that tools print.

Styles seen: `dmesg` (`[123.456]`), `dmesg -T` (`[Fri Aug 30 11:43:09 2024]`), `dmesg -x --time-format iso`
(`kern  :warn  : 2025-01-21T04:41:44,283302+00:00`), journalctl short-iso, syslog in any language, and records of /dev/kmsg
(`4,1227,437812449932,-;…`, Documentation/ABI/testing/dev-kmsg), which alone carry the kernel's sequence number.
journalctl's other styles and syslog (RFC 3164, RFC 5424) have the same stamps elsewhere in the line, or none with a zone; its
JSON is read by `journal.py`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache

from collectors.parsers.cells import pci_bus_id
from collectors.parsers.journal import entry_of
from collectors.parsers.parsed import MOST_BYTES, LoggedEvent, Parsed
from collectors.parsers.xid_catalogue import xid as catalogue_entry
from noc_console.text import clean

MOST_LINE = 4096
MOST_EVENTS = 10_000
"""One fault writes hundreds of lines (656 of Xid 13 in one recording); a ring buffer of a megabyte holds about 10,000."""

MOST_TAIL = 65_536
"""Characters at the end that are searched for the highest sequence number: the kernel's grow."""

_KMSG = re.compile(r"(\d{1,6}),(\d{1,18}),(\d{1,18}),[^;\n]{0,64};")
_UPTIME = re.compile(r"\[\s{0,12}(\d{1,12}\.\d{1,9})(?: <[ \d.]{1,24}>)?\]")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d):([0-5]\d(?:[.,]\d{1,9})?)(Z| UTC\b|[+-]\d\d:?\d\d)")
_UNIX = re.compile(r"(\d{9,11}\.\d{3,9}) ")  # journalctl -o short-unix
_XID = re.compile(r"(?<![^\s\];>])(S?)Xid \((?:PCI:)?([^()]{0,40})\):\s{0,4}(\d{1,6})\b,?\s{0,4}(.*)")
# A comma ends the name only before a space: a process may be called "a,b".
_WHO = re.compile(
    r"(?:pid=(?:'[^']{0,32}'|<[^>]{0,32}>|(\d{1,10})),?\s{0,8})?"
    r"(?:name=('[^']{0,64}'|[^,]{0,64}(?:,(?=\S)[^,]{0,64}){0,4}),?\s{0,8})?(.*)"
)
_COLOURS = re.compile(r"\x1b\[[0-9;]{0,16}m")  # dmesg --color
_LOST_GPU = re.compile(r"NVRM: The NVIDIA GPU ([0-9a-fA-F:.]{5,20})")
_BUS = re.compile(r"\b(?:[0-9a-fA-F]{4,8}:)[0-9a-fA-F]{2}:[0-9a-fA-F]{2}(?:\.[0-9])?\b")
_GPU_NAMED = "NVRM: The NVIDIA GPU"
_LOST = ("fallen off the bus", "RmInitAdapter failed!", "GPU has been lost", "GPU is lost")
_MARKS = ("Xid (", _GPU_NAMED, *_LOST, '"MESSAGE":[')

_made: Callable[[type[LoggedEvent], tuple[object, ...]], LoggedEvent] = tuple.__new__
"""An event of its fields in their order: ten thousand lines are worth leaving out the named tuple's own constructor."""

_Told = tuple[str, int | None, str | None, int | None, str | None, str, str, str]
"""What a message tells without its line and its stamp: kind, code, pci_bus_id, pid, process, severity, action, text."""


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
    if "\x1b" in text:
        text = _COLOURS.sub("", text)
    if '"MESSAGE"' in text and (entry := entry_of(text)):
        event = parse_line(entry.message.replace('"MESSAGE"', ""), line)
        return event and event._replace(uptime=entry.uptime, time=entry.time)
    at = text.find("Xid (")
    if at >= 0 and (match := _XID.search(text, max(at - 1, 0))):
        return _made(LoggedEvent, (line, *_message(*match.groups()), *_stamp(text[: match.start()])))
    driver = text.find("NVRM")
    if driver >= 0 and _tells_of_loss(text):
        words = text.partition("NVRM:")[2] or text
        return _made(LoggedEvent, (line, *_lost_message(words), *_stamp(text[:driver])))
    return None


def _tells_of_loss(text: str) -> bool:
    for words in _LOST:  # noqa: SIM110  (a generator costs as much again; ten thousand of these lines are a megabyte)
        if words in text:
            return True
    return False


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
    begun = text.find("\n", len(text) - MOST_TAIL) + 1 if len(text) > MOST_TAIL else 0
    numbers = [int(match[2]) for match in re.finditer(rf"^{_KMSG.pattern}", text[begun:], re.MULTILINE)]
    return max(numbers, default=None)


@lru_cache(maxsize=2048)
def _message(switch: str, bus: str, xid: str, rest: str) -> _Told:
    """What an Xid's message tells: the lines of a burst differ in their stamps alone."""
    who = _WHO.match(rest)
    pid, process, words = (who[1], who[2], who[3]) if who else (None, None, rest)
    kind, code, severity, action = _judged(switch, xid)
    if switch:
        severity, action = _switch_severity(words)
    return kind, code, _address(bus), int(pid) if pid else None, _process(process), severity, action, clean(words, 300)


@lru_cache(maxsize=512)
def _judged(switch: str, xid: str) -> tuple[str, int, str, str]:
    code = int(xid)
    entry = catalogue_entry(code)
    return "sxid" if switch else "xid", code, entry.severity, entry.action


@lru_cache(maxsize=1024)
def _address(bus: str) -> str | None:
    """The GPU's address; in MIG mode the instance stands behind it: `0000:07:00 GPU-I:05`."""
    return pci_bus_id(bus.partition(" ")[0])


def _process(name: str | None) -> str | None:
    shown = clean(name.strip("'"), 64) if name else ""
    return shown if shown and shown != "<unknown>" else None


def _switch_severity(words: str) -> tuple[str, str]:
    """An SXid says itself whether it is fatal (NVIDIA Fabric Manager guide); its numbers are a table of their own."""
    if words.startswith("Fatal"):
        return "critical", "reset_gpu"
    return "warning", "investigate"


@lru_cache(maxsize=1024)
def _lost_message(words: str) -> _Told:
    """What a line tells of a GPU that is gone without an Xid; judged as Xid 79 is."""
    bus = _BUS.search(words)
    address = pci_bus_id(bus[0]) if bus else None
    return ("gpu-lost", None, address, None, None, "critical", "reboot_then_rma", clean(words, 300))


def _stamp(head: str) -> tuple[int | None, float | None, float | None]:
    """(sequence number, seconds since boot, UTC seconds) of what stands before the message; each None if it is not told."""
    if head[:1].isdecimal() and head[4:5] != "-":
        if kmsg := _KMSG.match(head):
            return int(kmsg[2]), int(kmsg[3]) / 1e6, None
        if unix := _UNIX.match(head):
            return None, None, float(unix[1])
    if "-" in head and (iso := _ISO.search(head)):
        minute = _minute(iso[1], iso[3])
        return None, None, None if minute is None else minute + float(iso[2].replace(",", "."))
    since = _UPTIME.search(head) if "[" in head else None
    return None, float(since[1]) if since else None, None


@lru_cache(maxsize=256)
def _minute(minute: str, zone: str) -> float | None:
    """UTC seconds at the begin of a minute; None where no calendar has it. Once for a burst's lines."""
    try:
        return datetime.fromisoformat(f"{minute}:00{zone.replace(' UTC', 'Z')}").timestamp()
    except (ValueError, OverflowError):
        return None
