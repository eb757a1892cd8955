"""`nvidia-smi nvlink`: `-s` (state and speed of each link), `-e` (errors), `-gt d` (traffic), told apart by their lines.

Values are sums over the links of a GPU; `nvlink_inactive` names the links that are down.
"""

import re
from math import nan

from collectors.parsers.cells import number, refusal, text_cell
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import MOST_BYTES, Parsed
from noc_console.text import clean

MOST_GPUS = 256
MOST_LINES = 16_384
"""256 GPUs with 18 links, three lines for each, and some."""

_GPU = re.compile(r"GPU (\d{1,3}): ([^(\n]{0,128})(?:\(UUID: ([^)\n]{0,64})\))?")
_LINK = re.compile(r"\s{1,32}Link (\d{1,3}): {0,4}(?:([A-Za-z][A-Za-z ()_-]{0,48}): {0,4})?(\S.{0,63})")
_SPEED = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?) GB/s")
_KIB = 1024.0

# Name in lower case → metric. The older names (NVLink 1 to 4), then those of NVLink 5.
_ERRORS = {
    "replay errors": "nvlink_replay_errors_total",
    "recovery errors": "nvlink_recovery_errors_total",
    "crc errors": "nvlink_crc_errors_total",
    "crc flit errors": "nvlink_crc_errors_total",
    "crc data errors": "nvlink_crc_errors_total",
    "ecc data errors": "nvlink_ecc_errors_total",
    "effective errors": "nvlink_effective_errors_total",
    "symbol errors": "nvlink_symbol_errors_total",
    "rx errors": "nvlink_receive_errors_total",
    "malformed packet errors": "nvlink_receive_errors_total",
    "buffer overrun errors": "nvlink_receive_errors_total",
    "local link integrity errors": "nvlink_integrity_errors_total",
    "link recovery failed count": "nvlink_recovery_failures_total",
}
_TRAFFIC = {
    "data tx": "nvlink_out_octets_total",
    "data rx": "nvlink_in_octets_total",
    "raw tx": "nvlink_out_raw_octets_total",
    "raw rx": "nvlink_in_raw_octets_total",
}


def parse(text: str) -> Parsed:
    """Sums over each GPU's links. A GPU that says that all of its links are inactive has none. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    found, down, gpu = Collected(), dict[str, list[str]](), ""
    for line in text[: MOST_LINES * 80].split("\n", MOST_LINES)[:MOST_LINES]:
        if line.startswith("GPU "):
            gpu = _begin(found, line)
        elif gpu and "all links are inactive" in line.lower():
            found.put(gpu, "nvlink_links_active", 0.0)
        elif gpu and "Link " in line and (match := _LINK.match(line)):
            _link(found, gpu, match, down.setdefault(gpu, []))
    for gpu, links in down.items():
        if (gpu, "nvlink_links_active") in found.values:
            found.texts[gpu, "nvlink_inactive"] = ",".join(links)
    if not found.components:
        problem, detail = refusal(text)
        return Parsed(problem=problem or ("not-this-tool" if text.strip() else "empty"), detail=detail or clean(text, 200))
    return found.parsed()


def _begin(found: Collected, line: str) -> str:
    match = _GPU.match(line)
    if match is None or len(found.components) >= MOST_GPUS:
        return ""
    gpu = f"gpu{int(match[1])}"
    if gpu in found.facts:
        return gpu
    found.known(gpu)
    found.fact(gpu, "product", text_cell(match[2]))
    found.fact(gpu, "uuid", text_cell(match[3] or ""))
    return gpu


def _link(found: Collected, gpu: str, match: re.Match[str], down: list[str]) -> None:
    link, name, cell = match[1], (match[2] or "").strip().lower(), match[3].strip()
    if name in _ERRORS:
        found.add(gpu, _ERRORS[name], number(cell))
    elif name in _TRAFFIC:
        found.add(gpu, _TRAFFIC[name], number(cell.removesuffix("KiB").strip()) * _KIB)
    elif not name:
        _state(found, gpu, cell)
        if "inactive" in cell.lower() and len(down) < 64:
            down.append(str(int(link)))


def _state(found: Collected, gpu: str, cell: str) -> None:
    speed = _SPEED.fullmatch(cell)
    is_down = "inactive" in cell.lower()
    found.add(gpu, "nvlink_links_active", 1.0 if speed else 0.0 if is_down else nan)
    found.add(gpu, "nvlink_links_inactive", 1.0 if is_down else 0.0 if speed else nan)
    if speed:
        found.add(gpu, "nvlink_speed_bits_per_second", float(speed[1]) * 8e9)
