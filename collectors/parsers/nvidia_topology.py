"""`nvidia-smi topo -m`: how each GPU hangs together with the others, the network cards and the processors, as facts."""

import re

from collectors.parsers.cells import refusal, text_cell
from collectors.parsers.collected import Collected
from collectors.parsers.parsed import MOST_BYTES, Parsed
from noc_console.text import clean

MOST_COLUMNS = 512
_ESCAPE = re.compile(r"\x1b\[[0-9;]{0,16}m")  # the header is underlined even into a pipe (590)
_GPU = re.compile(r"GPU(\d{1,3})\Z")
_CARD = re.compile(r"(?:NIC\d{1,3}|mlx\d_\w{1,16})\Z")
_LEGEND = re.compile(r"\s{0,8}(NIC\d{1,3}): {0,4}(\S{1,32})\s{0,8}\Z")
_WAYS = re.compile(r"X|SYS|NODE|PHB|PXB|PIX|SOC|NV\d{1,3}")
_OTHERS = (("CPU Affinity", "cpu_affinity"), ("NUMA Affinity", "numa_node"))


def parse(text: str) -> Parsed:
    """Facts of each GPU: `peers` (`gpu1=NV18,gpu2=SYS`), `nics` (`mlx5_0=PIX`), `cpu_affinity`, `numa_node`. Any thread."""
    if len(text) > MOST_BYTES:
        return Parsed(problem="too-long")
    lines = [_ESCAPE.sub("", line) for line in text[:1_000_000].splitlines()[:1024]]
    start = next((i for i, line in enumerate(lines) if line.lstrip().startswith("GPU0") and "\t" in line), None)
    if start is None:
        problem, detail = refusal(text)
        return Parsed(problem=problem or ("not-this-tool" if text.strip() else "empty"), detail=detail or clean(text, 200))
    header = [cell.strip() for cell in lines[start].lstrip().split("\t")[:MOST_COLUMNS]]
    names = {match[1]: match[2] for line in lines if (match := _LEGEND.match(line))}
    found = Collected()
    for line in lines[start + 1 :]:
        name, _, rest = line.partition("\t")
        match = _GPU.match(name.strip())
        if match:
            cells = dict(zip(header, (cell.strip() for cell in rest.split("\t")), strict=False))
            _row(found, f"gpu{int(match[1])}", cells, names)
    return found.parsed()


def _row(found: Collected, gpu: str, cells: dict[str, str], names: dict[str, str]) -> None:
    if not found.known(gpu):
        return
    ways = {name: way for name, way in cells.items() if _WAYS.fullmatch(way) and way != "X"}
    peers = [f"gpu{int(match[1])}={way}" for name, way in ways.items() if (match := _GPU.match(name))]
    cards = [f"{names.get(name, name)}={way}" for name, way in ways.items() if _CARD.match(name)]
    found.fact(gpu, "peers", clean(",".join(peers), 1024))
    found.fact(gpu, "nics", clean(",".join(cards), 1024))
    for column, fact in _OTHERS:
        found.fact(gpu, fact, text_cell(cells.get(column, "")))
