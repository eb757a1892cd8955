"""InfiniBand and RoCE ports out of /sys/class/infiniband: `grep -H . …/ports/*/{state,rate,counters/*}`.

Documentation/ABI/stable/sysfs-class-infiniband: data counters count 32-bit words. Also read: one JSON object of path → text.
"""

import re
from collections.abc import Iterator
from math import nan

from collectors.parsers import json_text
from collectors.parsers.cells import text_cell
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import MOST_BYTES, Parsed

MOST_LINES = 16_384
"""Files; sixteen cards of two ports have about a thousand."""

_PORT = re.compile(r"(?:/sys/class/infiniband/)?([A-Za-z0-9_.-]{1,32})/ports/(\d{1,3})/(?:(counters|hw_counters)/)?(\w{1,48})\Z")
_CARD = re.compile(r"(?:/sys/class/infiniband/)?([A-Za-z0-9_.-]{1,32})/(fw_ver|hca_type|board_id)\Z")
_RATE = re.compile(r"([0-9]{1,5}(?:\.[0-9])?) Gb/sec")
_WORD = 4.0
_COUNTERS = {
    "port_rcv_data": ("in_octets_total", _WORD),
    "port_xmit_data": ("out_octets_total", _WORD),
    "port_rcv_errors": ("in_errors_total", 1.0),
    "port_xmit_discards": ("out_discards_total", 1.0),
    "symbol_error": ("symbol_errors_total", 1.0),
    "link_downed": ("link_downs_total", 1.0),
    "link_error_recovery": ("link_recoveries_total", 1.0),
    "local_link_integrity_errors": ("link_integrity_errors_total", 1.0),
    "excessive_buffer_overrun_errors": ("buffer_overruns_total", 1.0),
    "port_rcv_remote_physical_errors": ("remote_physical_errors_total", 1.0),
    "port_xmit_wait": ("out_wait_ticks_total", 1.0),
}
_HARDWARE = {
    "out_of_sequence": ("out_of_sequence_total", 1.0),
    "local_ack_timeout_err": ("ack_timeouts_total", 1.0),
    "packet_seq_err": ("sequence_errors_total", 1.0),
}
_UP = {"1": 0.0, "2": 0.0, "3": 0.0, "4": 1.0}
"""`state`: 1 DOWN, 2 INIT, 3 ARMED, 4 ACTIVE; nothing passes before it is active."""


def parse(text: str) -> Parsed:
    """Ports as `mlx5_0/1`, with the metrics of ports and their own error counters. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    if not text.strip():
        return Parsed(problem="empty")
    found = Collected()
    cards: dict[str, dict[str, str]] = {}
    for path, cell in _cells(text):
        port = _PORT.match(path)
        if port is not None:
            name = f"{port[1]}/{int(port[2])}"
            if found.known(name):
                _cell(found, name, port[3] or "", port[4], cell)
        elif card := _CARD.match(path):
            cards.setdefault(card[1], {})[card[2]] = text_cell(cell)
    for name in found.components:
        for fact, word in cards.get(name.partition("/")[0], {}).items():
            found.fact(name, {"fw_ver": "firmware", "hca_type": "product"}.get(fact, "board"), word)
    return found.parsed(detail=text[:400] if not found.components else "")


def _cells(text: str) -> Iterator[tuple[str, str]]:
    if text.lstrip()[:1] == "{":
        document, _ = json_text.read(text)
        for path, cell in list(json_text.table(document).items())[:MOST_LINES]:
            yield path, json_text.word(cell)
        return
    for line in text.splitlines()[:MOST_LINES]:
        path, colon, cell = line[:512].partition(":")
        if colon:
            yield path, cell.strip()


def _cell(found: Collected, port: str, folder: str, name: str, cell: str) -> None:
    known = {"counters": _COUNTERS, "hw_counters": _HARDWARE}.get(folder, {})
    if name in known:
        metric, factor = known[name]
        # `N/A (no PMA)` on cards that do not count
        found.put(port, metric, float(cell) * factor if cell.isascii() and cell.isdigit() and len(cell) <= 20 else nan)
    elif folder == "" and name == "state":
        found.put(port, "oper_status", _UP.get(cell[:1], nan))
    elif folder == "" and name == "rate":
        rate = _RATE.match(cell)
        found.put(port, "speed_bits_per_second", float(rate[1]) * 1e9 if rate else nan)
    elif folder == "" and name in ("link_layer", "phys_state"):
        found.fact(port, name, text_cell(cell))
